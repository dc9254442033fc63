//! Colours, type sizes and fonts. Values stand in `assets/themes/*.toml`; the names here are roles.

mod contrast;
mod fonts;
pub mod icons;
mod ink;
mod lettering;

pub use contrast::contrast;
pub use fonts::{BODY, CAP_HEIGHT, FONT_CREDITS, ICONS, missing_fonts, register_fonts};
pub use ink::{Colours, Ink};
pub use lettering::{Lettering, Reach};

use crate::player::assets::THEMES;
use serde::Deserialize;
use std::sync::Arc;

/// A town's looks: a file of `assets/themes` or one given by path.
#[derive(Clone, Debug, Deserialize)]
pub struct Theme {
    pub name: String,
    /// Name of a PNG beside the theme file; empty for none.
    #[serde(default)]
    logo: String,
    /// That file, as it stands on disk.
    #[serde(skip)]
    pub logo_png: Option<Arc<[u8]>>,
    /// Family of the two text weights; must be among the registered fonts.
    #[serde(default = "default_family")]
    pub family: String,
    pub day: Colours,
    pub night: Colours,
    pub contrast: Colours,
}

fn default_family() -> String {
    BODY.to_owned()
}

/// Which of a theme's colour sets is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Light {
    #[default]
    Day,
    Night,
    /// The visitor asked for 15:1.
    Contrast,
}

impl Theme {
    /// Reads a theme file; `beside` reads the file of a name that lies beside it.
    ///
    /// # Errors
    /// A sentence that names the line that could not be understood, or the logo that could not be read.
    pub fn parse(toml: &str, beside: impl FnOnce(&str) -> Result<Vec<u8>, String>) -> Result<Self, String> {
        let mut theme: Self = toml::from_str(toml).map_err(|error| error.to_string())?;
        if !theme.logo.is_empty() {
            theme.logo_png = Some(beside(&theme.logo).map_err(|reason| format!("{}: {reason}", theme.logo))?.into());
        }
        Ok(theme)
    }

    /// A theme that ships, by name.
    ///
    /// # Errors
    /// When there is none of that name; the message lists those there are.
    pub fn shipped(name: &str) -> Result<Self, String> {
        let file = THEMES.get_file(format!("{name}.toml")).and_then(|file| file.contents_utf8());
        let Some(text) = file else {
            let tomls = THEMES.files().filter(|file| file.path().extension().is_some_and(|end| end == "toml"));
            let names: Vec<_> = tomls.filter_map(|file| file.path().file_stem()?.to_str()).collect();
            return Err(format!("there is no theme \"{name}\"; there are: {}", names.join(", ")));
        };
        Self::parse(text, |logo| {
            let file = THEMES.get_file(logo).ok_or_else(|| "no such file ships".to_owned())?;
            Ok(file.contents().to_vec())
        })
    }

    pub fn colours(&self, light: Light) -> &Colours {
        match light {
            Light::Day => &self.day,
            Light::Night => &self.night,
            Light::Contrast => &self.contrast,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_that_ships_brings_a_logo_that_can_be_drawn() {
        for file in THEMES.files().filter(|file| file.path().extension().is_some_and(|end| end == "toml")) {
            let name = file.path().file_stem().and_then(|stem| stem.to_str()).expect("a name");
            let theme = Theme::shipped(name).expect(name);
            let png = theme.logo_png.expect(name);
            assert_eq!(image::guess_format(&png).ok(), Some(image::ImageFormat::Png), "{name}");
            assert!(image::load_from_memory(&png).is_ok_and(|logo| logo.width() == logo.height()), "{name}");
        }
    }

    #[test]
    fn a_logo_that_is_not_there_is_told_by_its_name() {
        let toml = THEMES.get_file("parvis.toml").and_then(|file| file.contents_utf8()).expect("it ships");
        let missing = Theme::parse(toml, |_| Err("no such file".to_owned()));
        assert_eq!(missing.err().as_deref(), Some("parvis.png: no such file"));
        let without = Theme::parse(&toml.replace("parvis.png", ""), |_| Err("it is not asked for".to_owned()));
        assert!(without.is_ok_and(|theme| theme.logo_png.is_none()));
    }
}
