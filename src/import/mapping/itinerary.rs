use super::item::Reading;
use super::place;
use crate::content::{Common, Itinerary, Tri};
use crate::import::geometry::{Way, number_in, way_of};
use serde::Deserialize;
use serde_json::Value;

/// The field that holds a length, by its unit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    M(String),
    Km(String),
}

/// The field that holds a time, by its unit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duration {
    Min(String),
    H(String),
}

impl Length {
    /// Its field, and how many metres one is.
    pub fn parts(&self) -> (&str, f64) {
        match self {
            Self::M(field) => (field, 1.0),
            Self::Km(field) => (field, 1000.0),
        }
    }
}

impl Duration {
    /// Its field, and how many minutes one is.
    pub fn parts(&self) -> (&str, f64) {
        match self {
            Self::Min(field) => (field, 1.0),
            Self::H(field) => (field, 60.0),
        }
    }
}

/// Longer than any way round the Earth, in metres, and than any year, in minutes: a slip.
const MOST: f64 = 1e7;

/// The itinerary that a row is.
pub fn itinerary(reading: &mut Reading<'_>, common: Common) -> Itinerary {
    let written = &reading.mapping.written;
    let way = way(reading);
    let length = written.length.as_ref().and_then(|length| amount(reading, length.parts()));
    let drawn = way.as_ref().map(|way| way.length_m.round()).filter(|length| (1.0..=MOST).contains(length));
    Itinerary {
        mode: reading.choice(reading.mapping.choices.mode.as_ref()).unwrap_or_default(),
        length_m: length.or(drawn.map(|length| length as u32)),
        duration_min: written.duration.as_ref().and_then(|duration| amount(reading, duration.parts())),
        climb_m: written.climb.as_ref().and_then(|climb| amount(reading, climb.parts())),
        circular: match way.as_ref().and_then(|way| way.circular) {
            Some(true) => Tri::Yes,
            Some(false) => Tri::No,
            None => Tri::Unknown,
        },
        position: way.map(|way| way.begin).or_else(|| place::position(reading)),
        steps: Vec::new(),
        access: reading.access(),
        common,
    }
}

/// The line that it follows: as the mapping says, else the shape that came with the record. What is no line is read as
/// the position.
fn way(reading: &Reading<'_>) -> Option<Way> {
    let record = reading.record;
    let shape = match reading.mapping.written.position.as_ref().map(|place| &place.field) {
        None => record.geometry,
        Some(field) => record.value(field.as_ref()?),
    };
    match shape? {
        Value::String(text) if text.trim_start().starts_with('{') => way_of(&serde_json::from_str(text).ok()?).ok()?,
        shape => way_of(shape).ok()?,
    }
}

/// A number above 0, in metres or minutes.
fn amount(reading: &mut Reading<'_>, (field, unit): (&str, f64)) -> Option<u32> {
    let text = reading.record.text(field)?;
    let amount = number_in(&text).map(|number| (number * unit).round());
    match amount {
        // Nobody has filled it in.
        Some(0.0) => None,
        Some(amount) if (1.0..=MOST).contains(&amount) => Some(amount as u32),
        _ => {
            reading.problem(field, "a number without its unit is expected", &text);
            None
        }
    }
}
