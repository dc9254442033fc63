use crate::content::{Attendance, Registration};
use crate::import::json_fields::Fields;
use crate::import::plain_text::one_line;
use crate::import::web_address::is_web;
use serde_json::{Map, Value};

/// How to book, and for an online event where it is.
pub fn registration(fields: &mut Fields<'_>, attendance: Attendance) -> Vec<Registration> {
    let values: Vec<&Value> = match fields.value("registration").or_else(|| fields.value("registrationUrl")) {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    let online = fields.value("onlineAccessLink").filter(|_| attendance != Attendance::Offline);
    let personal = personal(fields.map);
    let mut all: Vec<Registration> = Vec::new();
    for value in values.into_iter().chain(online) {
        let text = match value.get("value").unwrap_or(value) {
            Value::Null => continue,
            Value::String(text) if text.trim().is_empty() => continue,
            Value::String(text) => one_line(text),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        if personal.contains(&bare(&text)) {
            continue;
        }
        match way_to_book(value.get("type").and_then(Value::as_str).unwrap_or_default(), text) {
            Some(way) if !all.contains(&way) => all.push(way),
            Some(_) => {}
            None => fields.problem("registration", "a telephone number, e-mail address or link is expected", None),
        }
    }
    all
}

fn way_to_book(kind: &str, value: String) -> Option<Registration> {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let (kind, value) = if is_web(&value) {
        ("link", value)
    } else if value.starts_with("www.") || kind == "link" && value.contains('.') && !value.contains([' ', ':']) {
        ("link", format!("https://{value}"))
    } else if value.contains('@') && !value.contains(' ') {
        ("email", value.trim_start_matches("mailto:").to_owned())
    } else if digits >= 2 && digits * 2 >= value.chars().filter(|c| c.is_alphabetic()).count() {
        ("phone", value)
    } else {
        return None;
    };
    Some(Registration { kind: kind.to_owned(), value })
}

/// What a record says about the people who entered it: looked at only to keep it from getting out.
fn personal(map: &Map<String, Value>) -> Vec<String> {
    let roles = ["member", "contributor", "creator", "owner", "author", "user"];
    let mut open: Vec<&Value> =
        map.iter().filter(|(key, _)| roles.iter().any(|role| key.starts_with(role))).map(|(_, value)| value).collect();
    let mut texts = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => texts.push(bare(text)),
            Value::Array(values) => open.extend(values),
            Value::Object(map) => open.extend(map.values()),
            _ => {}
        }
    }
    texts
}

/// A contact without what only makes it easier to read.
fn bare(contact: &str) -> String {
    contact.chars().filter(|c| c.is_alphanumeric() || matches!(c, '@' | '+')).flat_map(char::to_lowercase).collect()
}
