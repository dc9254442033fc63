//! Reads JSON field by field and reports everything that cannot be understood, so that a record loses only its
//! bad fields.

use super::Problem;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Where in which record the reading stands, and where its problems go.
pub(super) struct Reading<'p> {
    source: &'p str,
    record: &'p str,
    field: String,
    problems: &'p mut Vec<Problem>,
}

impl<'p> Reading<'p> {
    pub fn new(source: &'p str, record: &'p str, problems: &'p mut Vec<Problem>) -> Self {
        Self { source, record, field: String::new(), problems }
    }

    /// Says what is wrong with the field the reading stands at.
    pub fn problem(&mut self, reason: impl Into<String>, value: &Value) {
        let problem = Problem::new(self.source, self.record, self.field.as_str(), reason);
        self.problems.push(problem.with_value(&shortened(value)));
    }

    /// Reads a part, named as one would write its path: `desk.name`, `tags[2]`.
    fn within<T>(&mut self, part: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let whole = self.field.len();
        if !self.field.is_empty() && !part.starts_with('[') {
            self.field.push('.');
        }
        self.field.push_str(part);
        let out = read(self);
        self.field.truncate(whole);
        out
    }

    /// The fields of an object; anything else is a problem.
    pub fn fields<'r, 'v>(&'r mut self, value: &'v Value) -> Option<Fields<'r, 'p, 'v>> {
        match value {
            Value::Object(map) => Some(Fields { reading: self, map }),
            _ => {
                self.problem("an object is expected", value);
                None
            }
        }
    }
}

/// The fields of one JSON object. Those that nobody asks for are ignored.
pub(super) struct Fields<'r, 'p, 'v> {
    reading: &'r mut Reading<'p>,
    map: &'v Map<String, Value>,
}

impl<'v> Fields<'_, '_, 'v> {
    /// The field's value, or the default when it is missing, null or not understood.
    pub fn get<T: Read + Default>(&mut self, key: &str) -> T {
        self.get_or(key, T::default())
    }

    pub fn get_or<T: Read>(&mut self, key: &str, default: T) -> T {
        let Some(value) = self.map.get(key).filter(|value| !value.is_null()) else { return default };
        self.reading.within(key, |reading| T::read(value, reading)).unwrap_or(default)
    }

    /// A field without which its object makes no sense: missing is a problem too.
    pub fn needed<T: Read>(&mut self, key: &str, reason: &str) -> Option<T> {
        if self.map.get(key).is_none_or(Value::is_null) {
            self.problem(key, reason);
            return None;
        }
        self.get(key)
    }

    /// Like [`Fields::get`], for a value that must also satisfy `valid`.
    pub fn get_if<T: Read + Default>(&mut self, key: &str, reason: &str, valid: impl FnOnce(&T) -> bool) -> T {
        self.get_or_if(key, T::default(), reason, valid)
    }

    pub fn get_or_if<T: Read>(&mut self, key: &str, default: T, reason: &str, valid: impl FnOnce(&T) -> bool) -> T {
        let Some(value) = self.map.get(key).filter(|value| !value.is_null()) else { return default };
        let read = self.reading.within(key, |reading| {
            let read = T::read(value, reading)?;
            if !valid(&read) {
                reading.problem(reason, value);
                return None;
            }
            Some(read)
        });
        read.unwrap_or(default)
    }

    /// Reads a part that shares this object's level, as the fields of every item do.
    pub fn flat<T>(&mut self, read: impl FnOnce(&mut Fields<'_, '_, 'v>) -> T) -> T {
        read(&mut Fields { reading: self.reading, map: self.map })
    }

    /// Like [`Fields::flat`], for a part that says something else where any of it is lost: then it is `None`.
    pub fn whole<T>(&mut self, read: impl FnOnce(&mut Fields<'_, '_, 'v>) -> T) -> Option<T> {
        let before = self.reading.problems.len();
        let read = self.flat(read);
        (self.reading.problems.len() == before).then_some(read)
    }

    /// Whether there is a field of this name.
    pub fn has(&self, key: &str) -> bool {
        self.map.get(key).is_some_and(|value| !value.is_null())
    }

    /// Reads a field in a way of its own; `None` where it is missing or not understood.
    pub fn one<T>(&mut self, key: &str, read: impl FnOnce(&Value, &mut Reading<'_>) -> Option<T>) -> Option<T> {
        let value = self.map.get(key).filter(|value| !value.is_null())?;
        self.reading.within(key, |reading| read(value, reading))
    }

    /// Reads the elements of a list in a way of their own; those that make no sense are left out.
    pub fn each<T>(&mut self, key: &str, mut read: impl FnMut(&Value, &mut Reading<'_>) -> Option<T>) -> Vec<T> {
        let read_all = |value: &Value, reading: &mut Reading<'_>| {
            let Value::Array(values) = value else {
                reading.problem("a list is expected", value);
                return None;
            };
            let elements = values.iter().enumerate();
            Some(elements.filter_map(|(at, it)| reading.within(&format!("[{at}]"), |r| read(it, r))).collect())
        };
        self.one(key, read_all).unwrap_or_default()
    }

    /// Says that a field, present or not, is not as it should be.
    pub fn problem(&mut self, key: &str, reason: &str) {
        let value = self.map.get(key).unwrap_or(&Value::Null);
        self.reading.within(key, |reading| reading.problem(reason, value));
    }
}

/// Something that can be read leniently from JSON.
pub(super) trait Read: Sized {
    /// `None`, with a problem reported, when the value makes no sense as a whole.
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self>;
}

/// A value out of a fixed list of words, spelled as serde writes them.
pub(super) trait Word: DeserializeOwned {}

impl<T: Word> Read for T {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "not one of the words that this field may have")
    }
}

impl Read for String {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "a text is expected")
    }
}

impl Read for bool {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "true or false is expected")
    }
}

impl Read for f64 {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "a number is expected")
    }
}

impl Read for u8 {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "a whole number from 0 to 255 is expected")
    }
}

impl Read for u32 {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "a whole number is expected")
    }
}

impl Read for i8 {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "a whole number from -128 to 127 is expected")
    }
}

impl Read for f32 {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "a number is expected")
    }
}

impl Read for [u8; 2] {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "two whole numbers from 0 to 255 are expected")
    }
}

impl Read for [f32; 2] {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "two numbers are expected")
    }
}

impl Read for NaiveDate {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "a date like 2026-05-17 is expected")
    }
}

impl Read for NaiveTime {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, "a time of day like 18:30 is expected")
    }
}

impl Read for NaiveDateTime {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        let read = value.as_str().and_then(|text| {
            let minutes = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M");
            minutes.or_else(|_| text.parse()).ok()
        });
        if read.is_none() {
            reading.problem("a date and time of the town's clock like 2026-05-17T18:30 are expected", value);
        }
        read
    }
}

const INSTANT: &str = "a date, time and offset like 2026-05-17T18:30:00+02:00 is expected";

impl Read for DateTime<Utc> {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, INSTANT)
    }
}

impl Read for DateTime<FixedOffset> {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        parsed(value, reading, INSTANT)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        T::read(value, reading).map(Some)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        let Value::Array(values) = value else {
            reading.problem("a list is expected", value);
            return None;
        };
        let elements = values.iter().enumerate();
        Some(elements.filter_map(|(at, value)| reading.within(&format!("[{at}]"), |r| T::read(value, r))).collect())
    }
}

impl<T: Read> Read for std::collections::BTreeMap<String, T> {
    fn read(value: &Value, reading: &mut Reading<'_>) -> Option<Self> {
        let Value::Object(map) = value else {
            reading.problem("an object is expected", value);
            return None;
        };
        let known = map.iter().filter(|(_, value)| !value.is_null());
        let read = known.filter_map(|(key, value)| {
            reading.within(key, |reading| T::read(value, reading)).map(|read| (key.clone(), read))
        });
        Some(read.collect())
    }
}

fn parsed<T: DeserializeOwned>(value: &Value, reading: &mut Reading<'_>, reason: &str) -> Option<T> {
    let read = T::deserialize(value).ok();
    if read.is_none() {
        reading.problem(reason, value);
    }
    read
}

/// Enough of a value to find it again. Lists and objects show only their size: they may be long.
fn shortened(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.chars().take(Problem::VALUE_MAX).collect(),
        Value::Array(values) if values.len() > 4 => format!("a list of {}", values.len()),
        Value::Object(map) => format!("an object of {}", map.len()),
        Value::Array(values) if values.iter().any(|value| value.is_array() || value.is_object()) => {
            format!("a list of {}", values.len())
        }
        other => other.to_string(),
    }
}
