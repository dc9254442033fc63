use super::record::Record;
use crate::content::{Localized, Origin, language_tag};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A text with fields in it: "Wi-Fi {name}[, {street}]. Open {hours}."
///
/// A sentence with a field that the record does not have is left out; what stands between `[` and `]` goes by itself.
/// A doubled brace or bracket stands for itself.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Template(Vec<Vec<Piece>>);

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(String),
    Field(String),
    /// Goes as a whole when one of its fields is missing.
    Part(Vec<Piece>),
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl Template {
    fn parse(text: &str) -> Result<Self, String> {
        let mut sentences = vec![Vec::new()];
        let mut part: Option<Vec<Piece>> = None;
        let mut chars = text.chars().peekable();
        let mut words = String::new();
        while let Some(c) = chars.next() {
            if matches!(c, '{' | '}' | '[' | ']') && chars.peek() == Some(&c) {
                chars.next();
                words.push(c);
                continue;
            }
            let last = sentences.len() - 1;
            let here = part.as_mut().unwrap_or(&mut sentences[last]);
            match c {
                '{' | '[' | ']' => flush(&mut words, here),
                _ => {}
            }
            match (c, part.is_some()) {
                ('{', _) => {
                    let mut name = String::new();
                    let mut next = chars.next();
                    while let Some(c) = next.filter(|c| *c != '}') {
                        name.push(c);
                        next = chars.next();
                    }
                    if next.is_none() {
                        return Err(format!("{text}: a {{ is never closed"));
                    }
                    if name.trim().is_empty() {
                        return Err(format!("{text}: a field's name is missing between {{ and }}"));
                    }
                    part.as_mut().unwrap_or(&mut sentences[last]).push(Piece::Field(name.trim().to_owned()));
                }
                ('}', _) => return Err(format!("{text}: }} without {{; write }}}} for the sign itself")),
                ('[', true) => return Err(format!("{text}: no [ inside of [ ]")),
                ('[', false) => part = Some(Vec::new()),
                (']', false) => return Err(format!("{text}: ] without [; write ]] for the sign itself")),
                (']', true) => sentences[last].extend(part.take().map(Piece::Part)),
                (c, inside) => {
                    let ends = c.is_whitespace() && words.ends_with(['.', '!', '?']);
                    words.push(c);
                    // Chinese puts no space behind a sentence.
                    if !inside && (ends || matches!(c, '\n' | '。' | '！' | '？')) {
                        flush(&mut words, &mut sentences[last]);
                        sentences.push(Vec::new());
                    }
                }
            }
        }
        if part.is_some() {
            return Err(format!("{text}: a [ is never closed"));
        }
        if let Some(last) = sentences.last_mut() {
            flush(&mut words, last);
        }
        Ok(Self(sentences))
    }

    /// What is left of the text for this record; empty where nothing is.
    pub fn fill(&self, record: &Record<'_>) -> String {
        self.0.iter().filter_map(|sentence| filled(sentence, record)).collect()
    }

    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let pieces = self.0.iter().flatten().flat_map(|piece| match piece {
            Piece::Part(pieces) => pieces.as_slice(),
            one => std::slice::from_ref(one),
        });
        pieces.filter_map(|piece| match piece {
            Piece::Field(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

fn flush(words: &mut String, pieces: &mut Vec<Piece>) {
    if !words.is_empty() {
        pieces.push(Piece::Text(std::mem::take(words)));
    }
}

fn filled(pieces: &[Piece], record: &Record<'_>) -> Option<String> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Field(name) => out.push_str(&record.words(name)?),
            Piece::Part(part) => out.push_str(&filled(part, record).unwrap_or_default()),
        }
    }
    Some(out)
}

/// A template in the town's language, or one for each language.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "toml::Value")]
pub struct Texts(BTreeMap<String, Template>);

/// Where the town's own language stands.
const OWN: &str = "";

impl TryFrom<toml::Value> for Texts {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        let one = |value: &toml::Value| match value {
            toml::Value::String(text) => Template::parse(text),
            other => Err(format!("{other}: a text is expected")),
        };
        let toml::Value::Table(table) = &value else { return Ok(Self([(OWN.to_owned(), one(&value)?)].into())) };
        let mut all = BTreeMap::new();
        for (tag, text) in table {
            let tag = language_tag(tag).ok_or_else(|| format!("{tag}: a language like fr or en is expected"))?;
            all.insert(tag, one(text)?);
        }
        Ok(Self(all))
    }
}

impl Texts {
    /// The text in each language in which something is left of it; `plain` takes the markup out.
    pub fn fill(
        &self,
        record: &Record<'_>,
        language: &str,
        machine: &[String],
        plain: fn(&str) -> String,
    ) -> Localized {
        let mut all = Localized::default();
        for (tag, template) in &self.0 {
            let text = plain(&template.fill(record));
            let tag = if tag == OWN { language } else { tag };
            let origin = if machine.iter().any(|other| other == tag) { Origin::Machine } else { Origin::Original };
            if !text.is_empty() {
                all.insert(tag, text, origin);
            }
        }
        all
    }

    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.values().flat_map(Template::fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn fill(template: &str, record: serde_json::Value) -> String {
        let map = record.as_object().unwrap();
        Template::parse(template).unwrap().fill(&Record::new(map))
    }

    #[test]
    fn clauses_without_their_fields_are_left_out() {
        let all = json!({"name": "Place", "street": "Rue 1", "n": 3});
        let few = json!({"name": "Place", "street": ""});
        let template = "Wi-Fi {name}[, {street}]. There are {n} of them. Free!";
        assert_eq!(fill(template, all.clone()), "Wi-Fi Place, Rue 1. There are 3 of them. Free!");
        assert_eq!(fill(template, few.clone()), "Wi-Fi Place. Free!");
        assert_eq!(fill("{name}。{n}。", few.clone()), "Place。");
        assert_eq!(fill("{name} {n}", few), "");
        assert_eq!(fill("{{{n}}} [[x]]", all), "{3} [x]");
    }

    #[test]
    fn a_template_that_is_not_one_says_why() {
        for text in ["{a", "{}", "a}", "[a", "a]", "[a [b]]x", "{ }"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_template_is_a_template_or_an_error(text in "[a\\[\\]{}. \n]{0,40}") {
            if let Ok(template) = Template::parse(&text) {
                template.fill(&Record::new(json!({"a": 1}).as_object().unwrap()));
            }
        }
    }
}
