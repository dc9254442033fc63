use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One record of a table, whatever format it came in.
#[derive(Clone, Copy, Debug)]
pub struct Record<'r> {
    pub map: &'r Map<String, Value>,
    /// What the format itself calls the record: a feature's `id`; in a mapping the field `@id`.
    pub id: Option<&'r Value>,
    /// Its shape, where the format has one beside the fields.
    pub geometry: Option<&'r Value>,
    /// By field, the values that mean that nobody has filled it in.
    pub empty: Option<&'r BTreeMap<String, Vec<String>>>,
}

impl<'r> Record<'r> {
    pub fn new(map: &'r Map<String, Value>) -> Self {
        Self { map, id: None, geometry: None, empty: None }
    }

    /// The value of a field, by its name or by its path: `address.city`, `phones.0`. Nothing, where it is empty.
    pub fn value(&self, path: &str) -> Option<&'r Value> {
        let found = if path == "@id" { self.id } else { self.map.get(path).or_else(|| self.below(path)) };
        let empty = self.empty.and_then(|empty| empty.get(path));
        let means_nothing = |value: &Value| {
            let words = empty.into_iter().flatten();
            text_of(value).is_some_and(|text| words.into_iter().any(|word| caseless(word) == caseless(&text)))
        };
        found.filter(|value| match value {
            Value::Null => false,
            value if empty.is_some() && means_nothing(value) => false,
            Value::String(text) => !text.trim().is_empty() && !NOTHING.contains(&text.trim()),
            Value::Array(all) => !all.is_empty(),
            Value::Object(map) => !map.is_empty(),
            _ => true,
        })
    }

    fn below(&self, path: &str) -> Option<&'r Value> {
        let (first, rest) = path.split_once('.')?;
        rest.split('.').try_fold(self.map.get(first)?, |value, part| match value {
            Value::Array(all) => all.get(part.parse::<usize>().ok()?),
            other => other.get(part),
        })
    }

    /// What its first fields say, for staff to find it again.
    pub fn beginning(&self) -> String {
        let texts = self.map.values().filter_map(text_of).filter(|text| !text.is_empty());
        texts.take(4).collect::<Vec<_>>().join(", ")
    }

    /// A field as text, whatever type it drifted to.
    pub fn text(&self, path: &str) -> Option<Cow<'r, str>> {
        text_of(self.value(path)?)
    }

    /// A field as words for a text: true and false are none.
    pub fn words(&self, path: &str) -> Option<Cow<'r, str>> {
        match self.value(path)? {
            Value::Bool(_) => None,
            value => text_of(value),
        }
    }
}

/// What programs write into a field that holds nothing, or whose formula fails.
const NOTHING: &[&str] = &[
    "null",
    "NULL",
    "<Null>",
    "NaN",
    "nan",
    "None",
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#REF",
    "#VALEUR!",
    "#NOM?",
    "undefined",
];

/// A value as text; an object and null have none.
pub fn text_of(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text.trim())),
        // What was a whole number before some program made it one with decimals is one still.
        Value::Number(number) => {
            let text = number.to_string();
            Some(Cow::Owned(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)))
        }
        Value::Bool(is) => Some(Cow::Owned(is.to_string())),
        Value::Array(all) => {
            let parts: Vec<_> = all.iter().filter(|part| !part.is_array()).filter_map(text_of).collect();
            let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).filter(|part| !part.is_empty()).collect();
            (!parts.is_empty()).then(|| Cow::Owned(parts.join(", ")))
        }
        Value::Null | Value::Object(_) => None,
    }
}

/// Two texts are the same word whatever their case and the spaces around them.
pub fn caseless(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_found_by_name_and_by_path() {
        let map = json!({"a.b": "whole", "a": {"c": [{"d": 12.0}, "x"]}, "e": "", "h": " <Null> ", "i": "#N/A", "f": [true, null, ["n"]], "g": {}});
        let record = Record { id: Some(&map), ..Record::new(map.as_object().unwrap()) };
        for (path, text) in [
            ("a.b", Some("whole")),
            ("a.c.0.d", Some("12")),
            ("a.c.1", Some("x")),
            ("a.c.9", None),
            ("a.c.x", None),
            ("e", None),
            ("h", None),
            ("i", None),
            ("f", Some("true")),
            ("g", None),
            ("a", None),
            ("none.at.all", None),
        ] {
            assert_eq!(record.text(path).as_deref(), text, "{path}");
        }
        assert!(record.value("@id").is_some());
    }
}
