use super::record::Record;
use crate::import::local_time::{in_zone, instant, wall_time};
use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use serde::Deserialize;

/// A field that holds a date, with or without its time.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "toml::Value")]
pub struct When {
    pub field: String,
    /// Formats of its own, before those of the mapping.
    formats: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    field: String,
    #[serde(default)]
    formats: Vec<String>,
}

impl TryFrom<toml::Value> for When {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        if let toml::Value::String(field) = value {
            return Ok(Self { field, formats: Vec::new() });
        }
        let table: Table = value.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
        check_formats(&table.formats)?;
        Ok(Self { field: table.field, formats: table.formats })
    }
}

/// # Errors
/// In words, when one is no format.
pub fn check_formats(formats: &[String]) -> Result<(), String> {
    match formats.iter().find(|format| StrftimeItems::new(format).any(|item| item == Item::Error)) {
        Some(wrong) => Err(format!("{wrong}: no date format; one like %d/%m/%Y %H:%M is expected")),
        None => Ok(()),
    }
}

/// What a date field says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    Day(NaiveDate),
    Instant(DateTime<FixedOffset>),
}

impl Moment {
    /// The day in a zone.
    pub fn day(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Instant(instant) => instant.with_timezone(&zone).date_naive(),
        }
    }

    /// The instant itself, or the day's first.
    pub fn begin(self, zone: Tz) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::Day(day) => midnight(day, zone),
            Self::Instant(instant) => Some(instant),
        }
    }

    /// The instant itself, or the first that no longer belongs to the day.
    pub fn end(self, zone: Tz) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::Day(day) => midnight(day.checked_add_days(Days::new(1))?, zone),
            Self::Instant(instant) => Some(instant),
        }
    }
}

fn midnight(day: NaiveDate, zone: Tz) -> Option<DateTime<FixedOffset>> {
    in_zone(day.and_time(NaiveTime::MIN), zone)
}

impl When {
    /// The date of a record; an error is the value that is none.
    pub fn of(&self, record: &Record<'_>, formats: &[String], zone: Tz) -> Result<Option<Moment>, String> {
        let Some(text) = record.text(&self.field) else { return Ok(None) };
        let ours = self.formats.iter().chain(formats).find_map(|format| formatted(&text, format, zone));
        ours.or_else(|| standard(&text, zone)).map(Some).ok_or_else(|| text.into_owned())
    }
}

fn formatted(text: &str, format: &str, zone: Tz) -> Option<Moment> {
    if let Ok(instant) = DateTime::parse_from_str(text, format) {
        return Some(Moment::Instant(instant.with_timezone(&zone).fixed_offset()));
    }
    if let Ok(local) = NaiveDateTime::parse_from_str(text, format) {
        return within(local).and_then(|local| in_zone(local, zone)).map(Moment::Instant);
    }
    NaiveDate::parse_from_str(text, format)
        .ok()
        .and_then(|day| within(day.into()))
        .map(|local| Moment::Day(local.date()))
}

/// ISO 8601, which needs no format.
fn standard(text: &str, zone: Tz) -> Option<Moment> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return within(day.into()).map(|_| Moment::Day(day));
    }
    // What has no offset must lie in years that have zones.
    if let Some(local) = wall_time(text) {
        within(local)?;
    }
    instant(text, zone).filter(|instant| within(instant.naive_utc()).is_some()).map(Moment::Instant)
}

/// Years that somebody may mean; others are slips. Early ones had offsets with seconds, which no format can say.
fn within(local: NaiveDateTime) -> Option<NaiveDateTime> {
    use chrono::Datelike;
    (1950..2200).contains(&local.year()).then_some(local)
}

/// A time of day: 18:30, 18:30:00, 18h30, 18h.
pub fn time_of_day(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase().replace(['h', 'H'], ":");
    let text = text.trim_end_matches(':').replace(' ', "");
    let mut parts = text.split(':').map(|part| part.parse::<u32>().ok());
    let hour = parts.next()??;
    let minute = parts.next().unwrap_or(Some(0))?;
    match parts.next() {
        Some(None) => None,
        _ if parts.next().is_some() => None,
        _ => NaiveTime::from_hms_opt(hour, minute, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str, format: &str) -> Result<Option<Moment>, String> {
        let when = When { field: "d".to_owned(), formats: vec![format.to_owned()] };
        let map = json!({ "d": text });
        when.of(&Record::new(map.as_object().unwrap()), &[], chrono_tz::Europe::Paris)
    }

    #[test]
    fn dates_are_read_as_the_mapping_says_or_as_iso() {
        let day = NaiveDate::from_ymd_opt(2026, 7, 14).unwrap();
        assert_eq!(read("14/07/2026", "%d/%m/%Y"), Ok(Some(Moment::Day(day))));
        assert_eq!(read("2026-07-14", "%d/%m/%Y"), Ok(Some(Moment::Day(day))));
        for (text, format) in [
            ("14/07/2026 21:00", "%d/%m/%Y %H:%M"),
            ("2026-07-14T19:00:00Z", "%d/%m/%Y"),
            ("2026-07-14 21:00", "%d/%m/%Y"),
        ] {
            let Ok(Some(Moment::Instant(instant))) = read(text, format) else { panic!("{text}") };
            assert_eq!(instant.to_rfc3339(), "2026-07-14T21:00:00+02:00");
        }
        for text in ["demain", "31/02/2026", "0001-01-01", "99999-01-01T00:00:00Z", "01/01/9999"] {
            assert_eq!(read(text, "%d/%m/%Y"), Err(text.to_owned()));
        }
        assert!(check_formats(&["%d/%m/%Q".to_owned()]).is_err());
    }

    #[test]
    fn times_of_day_are_read_as_people_write_them() {
        for text in ["18:30", "18h30", "18:30:00", " 18 h 30 ", "18H30"] {
            assert_eq!(time_of_day(text), NaiveTime::from_hms_opt(18, 30, 0), "{text}");
        }
        assert_eq!(time_of_day("9h"), NaiveTime::from_hms_opt(9, 0, 0));
        for text in ["", "midi", "25:00", "18:30:00:00", "h30"] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }
}
