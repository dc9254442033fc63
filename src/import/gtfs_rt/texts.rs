use super::message::Texts;
use crate::content::{Localized, Origin, language_alone};
use crate::import::decoding::decoded;

/// A text by language; one that does not say its own is in `language`.
pub fn localized(texts: Option<&Texts>, language: &str, plain: fn(&str) -> String) -> Localized {
    let mut all = Localized::default();
    for text in texts.iter().flat_map(|texts| &texts.all).take(TRANSLATIONS_MAX) {
        let tag = decoded(text.language.as_deref().unwrap_or_default(), None).trim().replace('_', "-");
        // Some feeds say each text a second time with markup, in a language like `en-html`.
        let (tag, is_markup) = tag.strip_suffix("-html").map_or((tag.as_str(), false), |tag| (tag, true));
        let tag = language_alone(tag).unwrap_or_else(|| language.to_owned());
        let text = plain(&decoded(text.text.as_deref().unwrap_or_default(), None));
        let is_said = is_markup && all.exact(&tag).is_some();
        if !text.is_empty() && !is_said {
            all.insert(&tag, text, Origin::Original);
        }
    }
    all
}

const TRANSLATIONS_MAX: usize = 100;
