use super::record::{Moment, Record, moment};
use super::schedule;
use crate::content::Timing;
use crate::import::local_time::in_zone;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::ops::Range;

/// The most dates of one event.
pub const TIMINGS_MAX: usize = 1000;

/// When an event takes place.
#[derive(Debug, Default)]
pub struct When {
    /// Sorted, those within the window only.
    pub timings: Vec<Timing>,
    /// Whether there are only dates before (or behind) the window.
    pub is_over: bool,
    pub is_ahead: bool,
    /// The zone of its schedule, where it is not the town's.
    pub zone: Option<Tz>,
}

/// The dates of an event: those of its schedule, else `startDate` to `endDate`.
pub fn when(record: &mut Record<'_>, window: &Range<DateTime<Utc>>) -> When {
    let mut when = When::default();
    let (mut all, zone) = schedule::timings(record, window);
    when.zone = zone.filter(|zone| *zone != record.site.zone);
    if all.is_empty() {
        all = own(record);
    }
    all.sort_by_key(|timing| (timing.begin, timing.end));
    all.dedup();
    when.is_over = !all.is_empty() && all.iter().all(|timing| timing.end < window.start);
    when.is_ahead = !all.is_empty() && all.iter().all(|timing| timing.begin >= window.end);
    all.retain(|timing| timing.begin < window.end && timing.end >= window.start);
    if all.len() > TIMINGS_MAX {
        let reason = format!("it has more dates than fit: only the first {TIMINGS_MAX} are shown");
        record.problem("startDate", &reason, "");
        all.truncate(TIMINGS_MAX);
    }
    when.timings = all;
    when
}

/// Each `startDate` with its `endDate`.
fn own(record: &mut Record<'_>) -> Vec<Timing> {
    let (starts, ends) = (record.node.texts("startDate"), record.node.texts("endDate"));
    let mut all = Vec::new();
    for (at, text) in starts.iter().enumerate() {
        let Some(start) = moment(text, record.site.zone) else {
            record.problem("startDate", "a date, or a date and time like 2026-05-17T18:30:00+02:00, is expected", text);
            continue;
        };
        let end = ends.get(at).and_then(|text| {
            let end = moment(text, record.site.zone);
            if end.is_none() {
                record.problem(
                    "endDate",
                    "a date, or a date and time like 2026-05-17T18:30:00+02:00, is expected",
                    text,
                );
            }
            end
        });
        let end = end.and_then(|end| end_of(record, end)).or_else(|| by_duration(record, start));
        all.extend(timing(record, start, end));
    }
    all
}

/// An end that is only a day means all of that day.
fn end_of(record: &Record<'_>, end: Moment) -> Option<DateTime<FixedOffset>> {
    match end.day {
        Some(day) => midnight_after(day, record.site.zone),
        None => Some(end.at),
    }
}

fn midnight_after(day: NaiveDate, zone: Tz) -> Option<DateTime<FixedOffset>> {
    in_zone(day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN), zone)
}

fn by_duration(record: &Record<'_>, start: Moment) -> Option<DateTime<FixedOffset>> {
    let length = duration(&record.node.text("duration")?)?;
    start.at.checked_add_signed(length)
}

fn timing(record: &mut Record<'_>, start: Moment, end: Option<DateTime<FixedOffset>>) -> Option<Timing> {
    let whole_day = start.day.and_then(|day| midnight_after(day, record.site.zone));
    let end = end.or(whole_day).unwrap_or(start.at);
    // Programs without a field for whole days give midnight twice.
    let is_midnight = start.at.with_timezone(&record.site.zone).time() == NaiveTime::MIN;
    let end = match end == start.at && is_midnight {
        true => midnight_after(start.at.with_timezone(&record.site.zone).date_naive(), record.site.zone)?,
        false => end,
    };
    if end < start.at {
        record.problem("endDate", "it ends before it begins: shown without an end", &end.to_rfc3339());
        return Some(Timing { begin: start.at, end: start.at });
    }
    Some(Timing { begin: start.at, end })
}

/// A length like `PT1H30M` or `P1D` (ISO 8601).
pub fn duration(text: &str) -> Option<TimeDelta> {
    let rest = text.trim().strip_prefix('P')?;
    let (days, time) = rest.split_once('T').unwrap_or((rest, ""));
    let day = parts(days, &[('W', 604_800), ('D', 86_400)])?;
    let clock = parts(time, &[('H', 3600), ('M', 60), ('S', 1)])?;
    TimeDelta::try_seconds(day.checked_add(clock)?).filter(|length| *length > TimeDelta::zero())
}

fn parts(mut text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut seconds = 0_i64;
    while !text.is_empty() {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = text.get(..digits)?.parse().ok()?;
        let unit = text.get(digits..)?.chars().next()?;
        let (_, length) = units.iter().find(|(name, _)| *name == unit)?;
        seconds = seconds.checked_add(number.checked_mul(*length)?)?;
        text = text.get(digits + unit.len_utf8()..)?;
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read() {
        for (text, minutes) in [("PT1H30M", Some(90)), ("P1D", Some(1440)), ("P1DT1H", Some(1500)), ("PT90M", Some(90))]
        {
            assert_eq!(duration(text).map(|length| length.num_minutes()), minutes, "{text}");
        }
        for text in ["", "P", "1h", "PT", "PTH", "P1", "PT99999999999999999999H", "PT1é"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
