use super::sky::Sky;
use crate::content::Position;
use chrono::{DateTime, NaiveDate, Utc};

/// The weather of a place, whoever foretells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Where it was reckoned for.
    pub position: Option<Position>,
    pub now: Moment,
    /// The date at that place now.
    pub today: NaiveDate,
    pub hours: Vec<Moment>,
    pub days: Vec<Day>,
    /// As the service writes it: "°C".
    pub temperature_unit: String,
    /// "km/h".
    pub speed_unit: String,
}

/// The weather at one moment, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub at: DateTime<Utc>,
    pub sky: Option<Sky>,
    pub temperature: Option<f64>,
    pub wind: Option<f64>,
    pub gusts: Option<f64>,
    /// How likely rain or snow is, in percent.
    pub wet: Option<f64>,
}

/// The weather of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    pub date: NaiveDate,
    pub sky: Option<Sky>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub wet: Option<f64>,
}
