//! An item as the fields of its form.

use super::facts::NEEDS;
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
    Media(Vec<Picked>),
    Access(Vec<Fact>),
    Position([String; 2]),
    /// Each part and what stands there.
    Parts(Vec<(&'static str, String)>),
    /// The kinds there are, and each way with its kind.
    Ways(&'static [&'static str], Vec<[String; 2]>),
    Ages([String; 2]),
    Lines(Vec<Wording>),
}

/// A picture that an item has.
pub struct Picked {
    pub path: String,
    /// In whichever language comes first.
    pub alt: String,
    pub credit: String,
}

/// What is known of access for one need.
pub struct Fact {
    pub need: &'static str,
    pub value: String,
    pub details: Vec<Wording>,
    pub source: String,
    pub date: String,
}

impl Fact {
    pub fn is(&self, value: &str) -> bool {
        self.value == value
    }

    pub fn is_known(&self) -> bool {
        !self.is("unknown") || self.details.iter().any(|wording| !wording.text.is_empty())
    }
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
        Holds::Media => Input::Media(value.as_array().into_iter().flatten().map(picked).collect()),
        Holds::Access => Input::Access(NEEDS.map(|need| fact(need, &value[need], languages)).into()),
        Holds::Position => Input::Position(["lat", "lon"].map(|part| number(&value[part]))),
        Holds::Parts(parts) => Input::Parts(parts.iter().map(|part| (*part, text(&value[*part]))).collect()),
        Holds::Ways { kinds } => {
            let all = value.as_array().into_iter().flatten();
            let mut ways: Vec<[String; 2]> = all.map(|way| [text(&way["kind"]), text(&way["value"])]).collect();
            ways.extend((0..MORE_TIMINGS).map(|_| Default::default()));
            Input::Ways(kinds, ways)
        }
        Holds::Ages => Input::Ages([0, 1].map(|end| number(&value[end]))),
        Holds::Lines => Input::Lines(lines(value, languages)),
    }
}

fn number(value: &Value) -> String {
    value.as_number().map_or_else(String::new, ToString::to_string)
}

fn picked(value: &Value) -> Picked {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let alt = value["alt"].as_object().and_then(|all| all.values().next());
    let alt = alt.and_then(|alt| alt.as_str().or(alt["text"].as_str())).unwrap_or_default().to_owned();
    Picked { path: text(&value["path"]), alt, credit: text(&value["credit"]) }
}

fn fact(need: &'static str, value: &Value, languages: &[String]) -> Fact {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Fact {
        need,
        value: value["value"].as_str().unwrap_or("unknown").to_owned(),
        details: wordings(&value["details"], languages),
        source: text(&value["source"]),
        date: text(&value["date"]),
    }
}

/// Lines of each language below one another, those that belong together at the same height.
fn lines(value: &Value, languages: &[String]) -> Vec<Wording> {
    let all: Vec<Vec<Wording>> = value.as_array().into_iter().flatten().map(|line| wordings(line, languages)).collect();
    let mut columns = wordings(&Value::Null, languages);
    for column in &mut columns {
        let text = |line: &Vec<Wording>| {
            let found = line.iter().find(|wording| wording.language == column.language);
            found.map_or_else(String::new, |wording| wording.text.clone())
        };
        let texts: Vec<String> = all.iter().map(text).collect();
        texts.join("\n").trim_end().clone_into(&mut column.text);
    }
    columns
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
