use super::reading::{Read, Reading};
use serde::{Deserialize, Serialize};

/// A point on the Earth in WGS 84 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    pub lat: f64,
    pub lon: f64,
}

impl Position {
    /// `None` when the numbers are no place on Earth.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some(Self { lat, lon })
    }
}

impl Read for Position {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let (lat, lon): (Option<f64>, Option<f64>) = (fields.get("lat"), fields.get("lon"));
        let position = lat.zip(lon).and_then(|(lat, lon)| Self::new(lat, lon));
        if position.is_none() {
            reading
                .problem("a latitude (lat) from -90 to 90 and a longitude (lon) from -180 to 180 are expected", value);
        }
        position
    }
}
