use crate::content::{Localized, Origin, language_alone};
use crate::import::json_fields::Fields;
use crate::import::plain_text::one_line;
use crate::import::web_address::is_web;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// A name: one text before version 3, a list of texts with their languages since.
pub fn name(fields: &mut Fields<'_>, key: &str) -> Localized {
    let Some(Value::Array(texts)) = fields.value(key) else { return fields.localized(key, one_line) };
    let mut all = Localized::default();
    for text in texts.iter().take(100) {
        let words = text.get("text").and_then(Value::as_str).map(one_line).filter(|words| !words.is_empty());
        let tag = text.get("language").and_then(Value::as_str).map(|tag| tag.replace('_', "-"));
        match (words, tag.as_deref().and_then(language_alone)) {
            (Some(words), Some(tag)) => all.insert(&tag, words, Origin::Original),
            _ => fields.problem(key, "a list of texts, each with its language, is expected", Some(text)),
        }
    }
    all
}

/// An instant: seconds since 1970 before version 3, a date with its offset since.
pub fn instant(value: Option<&Value>) -> Option<DateTime<Utc>> {
    match value? {
        Value::String(text) => DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| at.to_utc()),
        number => DateTime::from_timestamp(number.as_i64()?, 0),
    }
}

/// Whether something is so: `true`, or 1 in version 1.
pub fn flag(fields: &mut Fields<'_>, key: &str) -> Option<bool> {
    match fields.value(key)? {
        Value::Bool(flag) => Some(*flag),
        value => match value.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => {
                fields.problem(key, "true or false is expected", Some(value));
                None
            }
        },
    }
}

/// How many; never less than none.
pub fn count(fields: &mut Fields<'_>, key: &str) -> Option<u32> {
    let value = fields.value(key)?;
    let whole = value.as_u64().or_else(|| value.as_f64().filter(|count| *count >= 0.0).map(|count| count as u64));
    let count = whole.and_then(|count| u32::try_from(count).ok());
    if count.is_none() {
        fields.problem(key, "a count is expected", Some(value));
    }
    count
}

/// An address of the web.
pub fn address(fields: &Fields<'_>, key: &str) -> Option<String> {
    fields.text(key).map(str::trim).filter(|url| is_web(url)).map(str::to_owned)
}

/// The id of a record, which some systems write as a number.
pub fn id(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
