use crate::player::assets::FONTS;
use bevy::text::FontCx;
use parley::fontique::{Blob, Script};
use std::sync::Arc;

/// Family names as the font files state them.
pub const BODY: &str = "Atkinson Hyperlegible Next";
pub const ARABIC: &str = "Noto Sans Arabic";
pub const CHINESE: &str = "Noto Sans CJK SC";
pub const ICONS: &str = "lucide";

/// The typefaces that ship, with their licences.
pub const FONT_CREDITS: &str = "Atkinson Hyperlegible Next, Noto Sans Arabic, Noto Sans SC (SIL OFL 1.1), Lucide (ISC)";

/// Height of a capital letter of [`BODY`] as a fraction of the type size.
pub const CAP_HEIGHT: f32 = 0.668;

/// Registers the shipped fonts and the order in which scripts fall back to them.
///
/// Latin falls back to Arabic for the Arabic comma that may follow a Latin name.
pub fn register_fonts(fonts: &mut FontCx) {
    for file in FONTS.files().filter(|file| file.path().extension().is_some_and(|end| end == "ttf" || end == "otf")) {
        let bytes: &'static [u8] = file.contents();
        fonts.collection.register_fonts(Blob::new(Arc::new(bytes)), None);
    }
    fonts.collection.register_fonts(Blob::new(Arc::new(lucide_icons::LUCIDE_FONT_BYTES)), None);
    for (script, family) in
        [(*b"Arab", ARABIC), (*b"Hani", CHINESE), (*b"Hans", CHINESE), (*b"Bopo", CHINESE), (*b"Latn", ARABIC)]
    {
        let id = fonts.collection.family_id(family);
        fonts.collection.append_fallbacks(Script::from_bytes(script), id.into_iter());
    }
}

/// Families that text needs and that the shipped files do not have.
pub fn missing_fonts() -> Vec<&'static str> {
    let mut fonts = FontCx::default();
    register_fonts(&mut fonts);
    [BODY, ARABIC, CHINESE, ICONS].into_iter().filter(|family| fonts.collection.family_id(family).is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_shipped_under_its_name() {
        assert_eq!(missing_fonts(), Vec::<&str>::new());
    }
}
