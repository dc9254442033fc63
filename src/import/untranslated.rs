use crate::content::Localized;

/// Without the languages whose text is the original word for word: sources fill in the original where nobody has
/// translated it.
pub fn without_untranslated(mut all: Localized, original: &str) -> Localized {
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    if let Some(text) = all.exact(original).map(|original| bare(&original.text)) {
        all.0.retain(|tag, translation| tag == original || bare(&translation.text) != text);
    }
    all
}
