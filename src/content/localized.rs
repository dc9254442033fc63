use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who wrote a translation; a machine's work is labelled on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    #[default]
    Original,
    Human,
    Machine,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    pub text: String,
    #[serde(default)]
    pub origin: Origin,
}

/// A text in any number of languages, keyed by BCP 47 tag ("fr", "zh").
///
/// In JSON a language maps to `{"text", "origin"}` or simply to the text (then `original`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(pub BTreeMap<String, Translation>);

impl Localized {
    pub fn one(lang: &str, text: impl Into<String>) -> Self {
        let mut all = Self::default();
        all.insert(lang, text, Origin::Original);
        all
    }

    pub fn insert(&mut self, lang: &str, text: impl Into<String>, origin: Origin) {
        self.0.insert(lang.to_owned(), Translation { text: text.into(), origin });
    }

    pub fn is_empty(&self) -> bool {
        self.0.values().all(|translation| translation.text.trim().is_empty())
    }

    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The text in exactly this language, when there is one that says something.
    pub fn exact(&self, lang: &str) -> Option<&Translation> {
        self.0.get(lang).filter(|translation| !translation.text.trim().is_empty())
    }

    /// The best text for a reader of `lang`: that language, then `fallback` in order, then any.
    /// Returns the language it is in, so that the screen can label it.
    pub fn pick<'a>(&'a self, lang: &str, fallback: &[String]) -> Option<(&'a str, &'a Translation)> {
        std::iter::once(lang)
            .chain(fallback.iter().map(String::as_str))
            .chain(self.0.keys().map(String::as_str))
            .find_map(|wanted| {
                let (key, translation) = self.0.get_key_value(wanted)?;
                (!translation.text.trim().is_empty()).then_some((key.as_str(), translation))
            })
    }
}
