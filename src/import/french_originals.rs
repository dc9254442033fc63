//! Texts of French platforms, with the translations that they publish beside the originals.

use crate::content::Localized;

/// The language of the originals, and of whatever does not say its own.
pub const ORIGINAL: &str = "fr";

/// The original, or else any translation; empty where there is none.
pub fn french(text: &Localized) -> &str {
    text.pick(ORIGINAL, &[]).map_or("", |(_, text)| text.text.as_str())
}

/// Without the languages whose text is the original word for word: sources fill in the original where nobody has
/// translated it.
pub fn without_untranslated(mut all: Localized) -> Localized {
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    if let Some(text) = all.exact(ORIGINAL).map(|original| bare(&original.text)) {
        all.0.retain(|tag, translation| tag == ORIGINAL || bare(&translation.text) != text);
    }
    all
}
