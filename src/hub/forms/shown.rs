//! An item as the fields of its form.

use super::field::{Field, Holds};
use super::kinds::fields;
use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use serde_json::Value;

/// Empty lines below the timings, for more of them.
const MORE_TIMINGS: usize = 2;

/// A field with what it holds now.
pub struct Shown {
    pub key: &'static str,
    pub input: Input,
    /// Why what stands there is not taken.
    pub problems: Vec<String>,
}

impl Shown {
    /// Nothing is kept without it.
    pub fn is_needed(&self) -> bool {
        self.key == "title"
    }
}

/// How a field is filled in.
pub enum Input {
    Line(Vec<Wording>),
    Text(Vec<Wording>),
    /// Each choice, and whether it is the one.
    Choice(Vec<(&'static str, bool)>),
    /// Begin and end of each, in the town's time as a browser writes it.
    Timings(Vec<[String; 2]>),
    Validity([String; 2]),
    Plain(String),
    /// Name and address.
    Location([String; 2]),
}

/// A text in one of the town's languages.
pub struct Wording {
    pub language: String,
    pub text: String,
    /// Not the first language of the town.
    pub is_translation: bool,
}

/// The fields of an item's form.
pub fn shown(kind: &str, body: &Value, languages: &[String], zone: Tz) -> Vec<Shown> {
    let all = fields(kind).unwrap_or_default().iter();
    all.map(|field| Shown {
        key: field.key,
        input: input(field, &body[field.key], languages, zone),
        problems: Vec::new(),
    })
    .collect()
}

fn input(field: &Field, value: &Value, languages: &[String], zone: Tz) -> Input {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match field.holds {
        Holds::Line => Input::Line(wordings(value, languages)),
        Holds::Text => Input::Text(wordings(value, languages)),
        Holds::Choice { choices, usual } => {
            let said = value.as_str().filter(|said| choices.contains(said));
            let chosen = said.unwrap_or(usual).to_owned();
            Input::Choice(choices.iter().map(|choice| (*choice, *choice == chosen)).collect())
        }
        Holds::Timings => {
            let all = value.as_array().into_iter().flatten();
            let mut timings: Vec<[String; 2]> =
                all.map(|timing| [local(&timing["begin"], zone), local(&timing["end"], zone)]).collect();
            timings.extend((0..MORE_TIMINGS).map(|_| Default::default()));
            Input::Timings(timings)
        }
        Holds::Validity => Input::Validity([local(&value["from"], zone), local(&value["until"], zone)]),
        Holds::Names => {
            let names: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            Input::Plain(names.join(", "))
        }
        Holds::Location => Input::Location([text(&value["name"]), text(&value["address"])]),
        Holds::Plain => Input::Plain(text(value)),
    }
}

/// The text in each of the town's languages, and in others in which there is one.
fn wordings(value: &Value, languages: &[String]) -> Vec<Wording> {
    let there = value.as_object().into_iter().flat_map(|all| all.keys());
    let others = there.filter(|language| !languages.contains(language));
    let all = languages.iter().chain(others).enumerate();
    all.map(|(nr, language)| {
        let written = &value[language.as_str()];
        let text = written.as_str().or(written["text"].as_str()).unwrap_or_default().to_owned();
        Wording { language: language.clone(), text, is_translation: nr > 0 }
    })
    .collect()
}

/// As a browser writes a local time.
fn local(value: &Value, zone: Tz) -> String {
    let at = value.as_str().and_then(|at| DateTime::<FixedOffset>::parse_from_rfc3339(at).ok());
    at.map_or_else(String::new, |at| at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string())
}
