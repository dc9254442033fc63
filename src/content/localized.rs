use super::reading::{Read, Reading, Word};
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

    /// Takes the others' texts in languages in which these say nothing.
    pub fn fill_from(&mut self, others: &Self) {
        for (language, translation) in &others.0 {
            if self.exact(language).is_none() {
                self.0.insert(language.clone(), translation.clone());
            }
        }
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

/// The tag with its language in small letters; `None` when it cannot be a BCP 47 tag.
pub fn language_tag(tag: &str) -> Option<String> {
    let (language, rest) = tag.split_once('-').map_or((tag, None), |(language, rest)| (language, Some(rest)));
    let letters = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    let subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !letters || tag.len() > 35 || !rest.is_none_or(|rest| rest.split('-').all(subtag)) {
        return None;
    }
    let rest = rest.map_or_else(String::new, |rest| format!("-{rest}"));
    Some(language.to_ascii_lowercase() + &rest)
}

/// The language of a tag without script and region, as the kiosk calls it: `fr` for `fr-FR` and `fr_FR`.
pub fn language_alone(tag: &str) -> Option<String> {
    language_tag(&tag.trim().replace('_', "-"))?.split('-').next().map(str::to_owned)
}

impl Word for Origin {}

impl Read for Translation {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        if let serde_json::Value::String(text) = value {
            return Some(Self { text: text.clone(), origin: Origin::Original });
        }
        let mut fields = reading.fields(value)?;
        let text = fields.needed("text", "a translation needs its text");
        let origin = fields.get("origin");
        text.map(|text| Self { text, origin })
    }
}

impl Read for Localized {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut all = Self::default();
        for (tag, translation) in BTreeMap::<String, Translation>::read(value, reading)? {
            match language_tag(&tag) {
                Some(tag) => drop(all.0.insert(tag, translation)),
                None => {
                    reading.problem("this is not a language: tags like fr, en or zh-Hant are expected", &tag.into());
                }
            }
        }
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_be_a_language_is_a_tag() {
        for (tag, read) in [("fr", "fr"), ("FR", "fr"), ("zh-Hant-TW", "zh-Hant-TW"), ("oci", "oci")] {
            assert_eq!(language_tag(tag).as_deref(), Some(read));
        }
        for tag in ["", "f", "français", "fr_FR", "fr-", "en--GB", "e1", "text", "fr-abcdefghi"] {
            assert_eq!(language_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_language_alone_has_no_region() {
        for (tag, read) in
            [("fr-FR", Some("fr")), (" fr_CA ", Some("fr")), ("zh-Hant-TW", Some("zh")), ("français", None)]
        {
            assert_eq!(language_alone(tag).as_deref(), read, "{tag}");
        }
    }
}
