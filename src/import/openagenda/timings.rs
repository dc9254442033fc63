use crate::content::Timing;
use crate::import::json_fields::Fields;
use crate::import::local_time::{in_zone, wall_time};
use chrono::{DateTime, Datelike, FixedOffset};
use chrono_tz::Tz;
use serde_json::Value;

/// The event's own time zone, or else its location's.
pub fn zone(fields: &mut Fields<'_>) -> Option<Tz> {
    let place = fields.value("location").and_then(|location| location.get("timezone"));
    let named = fields.value("timezone").or(place)?;
    let zone = named.as_str().and_then(|name| name.trim().parse().ok());
    if zone.is_none() {
        fields.problem("timezone", "no time zone of this name is known", Some(named));
    }
    zone
}

/// All occurrences, sorted, each once. One that cannot be understood is a problem and costs only itself. A time without
/// an offset is meant in the event's own zone, where it has none in the town's.
pub fn timings(fields: &mut Fields<'_>, zone: Option<Tz>, town: Tz) -> Vec<Timing> {
    let mut all = Vec::new();
    match fields.value("timings") {
        None => {}
        Some(Value::Array(values)) => {
            for (at, value) in values.iter().enumerate() {
                match timing(value, zone, town) {
                    Ok(timing) => all.push(timing),
                    Err((part, reason)) => {
                        fields.problem(&format!("timings[{at}]{part}"), reason, value.get(&part[1..]));
                    }
                }
            }
        }
        other => fields.problem("timings", "a list of timings is expected", other),
    }
    all.sort_by_key(|timing| (timing.begin, timing.end));
    all.dedup();
    if all.is_empty() {
        fields.problem("timings", "an event needs at least one timing: it is on no day of the agenda", None);
    }
    all
}

fn timing(value: &Value, zone: Option<Tz>, town: Tz) -> Result<Timing, (&'static str, &'static str)> {
    let begin_part = if value.get("begin").is_some() { ".begin" } else { ".start" };
    let begin = instant(value, begin_part, zone, town)?;
    let end = instant(value, ".end", zone, town)?;
    if end < begin {
        return Err((".end", "it ends before it begins"));
    }
    Ok(Timing { begin, end })
}

/// Other years are slips. Early ones had offsets with seconds, which no format can say.
const SLIP: &str = "a year from 1950 to 2199 is expected";

fn instant(
    timing: &Value,
    part: &'static str,
    zone: Option<Tz>,
    town: Tz,
) -> Result<DateTime<FixedOffset>, (&'static str, &'static str)> {
    let text = timing.get(&part[1..]).and_then(Value::as_str).ok_or((part, "a timing needs its begin and its end"))?;
    if let Ok(instant) = DateTime::parse_from_rfc3339(text.trim()) {
        if !(1950..2200).contains(&instant.year()) {
            return Err((part, SLIP));
        }
        return Ok(zone.map_or(instant, |zone| instant.with_timezone(&zone).fixed_offset()));
    }
    let local = wall_time(text).ok_or((part, "a date and time like 2026-05-17T18:30:00+02:00 is expected"))?;
    if !(1950..2200).contains(&local.year()) {
        return Err((part, SLIP));
    }
    in_zone(local, zone.unwrap_or(town)).ok_or((part, "there is no such time in the event's time zone"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDateTime, TimeDelta};
    use proptest::prelude::*;
    use serde_json::json;

    fn paris(begin: &str) -> Result<String, &'static str> {
        let read = instant(&json!({ "begin": begin }), ".begin", Some(Tz::Europe__Paris), Tz::Asia__Tokyo);
        read.map(|instant| instant.to_rfc3339()).map_err(|(_, reason)| reason)
    }

    #[test]
    fn times_take_the_offset_in_force_at_the_place() {
        for (text, read) in [
            ("2026-07-01T10:00:00+02:00", "2026-07-01T10:00:00+02:00"),
            ("2026-07-01T08:00:00.000Z", "2026-07-01T10:00:00+02:00"),
            ("2026-01-01T10:00", "2026-01-01T10:00:00+01:00"),
            ("2026-10-25T02:30:00", "2026-10-25T02:30:00+02:00"),
            ("2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00"),
            ("2026-03-29T02:30:00", "2026-03-29T03:30:00+02:00"),
        ] {
            assert_eq!(paris(text).as_deref(), Ok(read), "{text}");
        }
        assert!(paris("tomorrow").is_err());
    }

    proptest! {
        #[test]
        fn every_wall_clock_time_has_an_instant(minutes in 0_i64..60 * 24 * 366 * 10, zone in 0..chrono_tz::TZ_VARIANTS.len()) {
            let local = NaiveDateTime::default() + TimeDelta::days(20_000) + TimeDelta::minutes(minutes);
            let instant = in_zone(local, chrono_tz::TZ_VARIANTS[zone]).unwrap();
            prop_assert!((instant.naive_local() - local).abs() <= TimeDelta::hours(1));
        }
    }
}
