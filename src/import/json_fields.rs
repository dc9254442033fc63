use crate::content::{Id, Localized, Origin, Problem, language_alone};
use crate::import::plain_text::one_line;
use crate::import::tags::distinct;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// The fields of one JSON record, and where its problems go.
pub struct Fields<'r> {
    pub map: &'r Map<String, Value>,
    /// What stands before a field's name in a problem: empty, or the part of the record with its dot.
    pub part: &'static str,
    pub source: &'r str,
    /// The language of a text that does not say its own, as a BCP 47 tag.
    pub language: &'r str,
    pub id: &'r Id,
    pub problems: &'r mut Vec<Problem>,
}

impl<'r> Fields<'r> {
    /// The field's value, unless it is missing or empty; empty objects come as `[]` from some exports.
    pub fn value(&self, key: &str) -> Option<&'r Value> {
        self.map.get(key).filter(|value| match value {
            Value::Null => false,
            Value::Array(values) => !values.is_empty(),
            Value::String(text) => !text.trim().is_empty(),
            _ => true,
        })
    }

    /// The fields of a part of this record.
    pub fn part<'p>(&'p mut self, map: &'p Map<String, Value>, part: &'static str) -> Fields<'p> {
        let Self { source, language, id, .. } = *self;
        Fields { map, part, source, language, id, problems: self.problems }
    }

    /// The field's text; `None` for what is none.
    pub fn text(&self, key: &str) -> Option<&'r str> {
        self.value(key).and_then(Value::as_str)
    }

    /// Something in a field that cannot be understood; only a value that is a text, number or flag is told.
    pub fn problem(&mut self, field: &str, reason: &str, value: Option<&Value>) {
        let value = match value {
            Some(Value::String(text)) => text.clone(),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
            _ => String::new(),
        };
        let field = format!("{}{field}", self.part);
        self.problems.push(Problem::new(self.source, self.id.as_str(), field, reason).with_value(&value));
    }

    /// A text in several languages, or one that does not say in which; `plain` takes the markup out.
    pub fn localized(&mut self, key: &str, plain: fn(&str) -> String) -> Localized {
        let mut all = Localized::default();
        match self.value(key) {
            None => {}
            Some(Value::String(text)) => all.insert(self.language, plain(text), Origin::Original),
            Some(Value::Object(map)) => {
                for (tag, text) in map {
                    match (language_alone(tag), text) {
                        (_, Value::Null) => {}
                        (Some(tag), Value::String(text)) => all.insert(&tag, plain(text), Origin::Original),
                        (None, _) => self.problem(key, "this is not a language", Some(&tag.as_str().into())),
                        (Some(_), other) => self.problem(&format!("{key}.{tag}"), "a text is expected", Some(other)),
                    }
                }
            }
            other => self.problem(key, "a text in one or more languages is expected", other),
        }
        all.0.retain(|_, translation| !translation.text.is_empty());
        all
    }

    /// The number of a code, written `5`, `"5"` or `{"id": 5, "label": ...}`.
    pub fn code(&mut self, key: &str) -> Option<i64> {
        let value = self.value(key)?;
        let inner = value.get("id").unwrap_or(value);
        let code = inner.as_i64().or_else(|| inner.as_str()?.trim().parse().ok());
        if code.is_none() {
            self.problem(key, "a number is expected", Some(value));
        }
        code
    }

    /// A number, also when written as text.
    pub fn number(&mut self, key: &str) -> Option<f64> {
        let value = self.value(key)?;
        let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
        if number.is_none() {
            self.problem(key, "a number is expected", Some(value));
        }
        number
    }

    /// An instant (RFC 3339); one without an offset is none.
    pub fn instant(&mut self, key: &str) -> Option<DateTime<Utc>> {
        let value = self.value(key)?;
        let instant = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        if instant.is_none() {
            self.problem(key, "a date, time and offset is expected", Some(value));
        }
        instant.map(|instant| instant.to_utc())
    }

    /// A list of words, whichever way it is written: by language, as a list, or in one text with commas.
    pub fn words(&mut self, key: &str) -> Vec<String> {
        let value = self.value(key).map(|value| match value {
            Value::Object(map) => map.get(self.language).or_else(|| map.values().next()).unwrap_or(value),
            other => other,
        });
        let words: Vec<&str> = match value {
            Some(Value::String(text)) => text.split(',').collect(),
            Some(Value::Array(all)) => {
                all.iter().filter_map(|word| word.as_str().or_else(|| word.get("label")?.as_str())).collect()
            }
            Some(Value::Object(_)) | None => Vec::new(),
            other => {
                self.problem(key, "a list of words is expected", other);
                Vec::new()
            }
        };
        distinct(words.into_iter().map(one_line))
    }
}

/// Whether a flag is set: `true`, `1` or `"1"`.
pub fn is_set(value: &Value) -> bool {
    value.as_bool() == Some(true) || value.as_i64() == Some(1) || matches!(value.as_str(), Some("1" | "true"))
}
