//! `eventSchedule`: what repeats (Schedule of schema.org), written out day by day.

use super::graph::{Node, word};
use super::record::Record;
use super::timings::{TIMINGS_MAX, duration};
use crate::content::Timing;
use crate::import::local_time::in_zone;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use std::ops::Range;

/// The most days that are looked into for one schedule: those of the window, or of ten years where dates are counted.
const DAYS_MAX: usize = 3660;
/// The most schedules of one event.
const SCHEDULES_MAX: usize = 20;

/// How often something repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Every {
    Days(i64),
    Weeks(i64),
    Months(i64),
    Years(i64),
}

/// All dates of the schedules of an event, and their zone.
pub fn timings(record: &mut Record<'_>, window: &Range<DateTime<Utc>>) -> (Vec<Timing>, Option<Tz>) {
    let (mut all, mut zone) = (Vec::new(), None);
    for node in record.node.nodes("eventSchedule").into_iter().take(SCHEDULES_MAX) {
        match schedule(record, node, window) {
            Ok((timings, own)) => {
                all.extend(timings);
                zone = zone.or(own);
            }
            Err((field, reason)) => {
                let value = node.text(field).unwrap_or_default();
                record.problem(&format!("eventSchedule.{field}"), reason, &value);
            }
        }
        if all.len() > TIMINGS_MAX {
            break;
        }
    }
    (all, zone)
}

type Fault = (&'static str, &'static str);

fn schedule(
    record: &Record<'_>,
    node: Node<'_>,
    window: &Range<DateTime<Utc>>,
) -> Result<(Vec<Timing>, Option<Tz>), Fault> {
    let named = match node.text("scheduleTimezone") {
        Some(name) => Some(name.parse().map_err(|_| ("scheduleTimezone", "no time zone of this name is known"))?),
        None => None,
    };
    let zone = named.unwrap_or(record.site.zone);
    let start = day(node, "startDate")?.or(day(record.node, "startDate").ok().flatten());
    let start = start.ok_or(("startDate", "a schedule needs the day when it begins"))?;
    let last = match day(node, "endDate")? {
        Some(last) => last,
        None => window.end.with_timezone(&zone).date_naive(),
    };
    let every = every(node)?;
    let (opens, length) = (clock(node, "startTime")?, length(node)?);
    let excepted = node.texts("exceptDate");
    let mut left = node.number("repeatCount").map(|count| count as i64);
    let numbers = |key: &str| node.texts(key).iter().filter_map(|text| text.parse().ok()).collect::<Vec<u32>>();
    let (months, month_days) = (numbers("byMonth"), numbers("byMonthDay"));
    let days = Days { every, weekdays: weekdays(node)?, months, month_days, start };
    // Only what is counted must be counted from its beginning.
    let near = window.start.with_timezone(&zone).date_naive().checked_sub_days(chrono::Days::new(1)).unwrap_or(start);
    let first = if left.is_some() { start } else { start.max(near) };
    let mut all = Vec::new();
    for day in first.iter_days().take(DAYS_MAX).take_while(|day| *day <= last) {
        if !days.fit(day) {
            continue;
        }
        if left.is_some_and(|left| left <= 0) || all.len() > TIMINGS_MAX {
            break;
        }
        left = left.map(|left| left - 1);
        if excepted.iter().any(|text| text.starts_with(&day.to_string())) {
            continue;
        }
        let begin = in_zone(day.and_time(opens.unwrap_or(NaiveTime::MIN)), zone);
        let end = match (opens, length) {
            (Some(_), length) => begin.and_then(|begin| begin.checked_add_signed(length)),
            (None, _) => {
                day.checked_add_days(chrono::Days::new(1)).and_then(|day| in_zone(day.and_time(NaiveTime::MIN), zone))
            }
        };
        if let Some((begin, end)) = begin.zip(end).filter(|(_, end)| *end >= window.start) {
            all.push(Timing { begin, end });
        }
    }
    Ok((all, named))
}

fn day(node: Node<'_>, field: &'static str) -> Result<Option<NaiveDate>, Fault> {
    let Some(text) = node.text(field) else { return Ok(None) };
    let read = text.get(..10).unwrap_or(&text).parse();
    read.map(Some).map_err(|_| (field, "a date like 2026-05-17 is expected"))
}

fn clock(node: Node<'_>, field: &'static str) -> Result<Option<NaiveTime>, Fault> {
    let Some(text) = node.text(field) else { return Ok(None) };
    let bare = text.split(['+', 'Z']).next().unwrap_or(&text);
    let read = ["%H:%M:%S", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(bare, format).ok());
    read.map(Some).ok_or((field, "a time like 18:30 is expected"))
}

/// From `startTime` to `endTime`, over midnight where that is earlier, else `duration`.
fn length(node: Node<'_>) -> Result<TimeDelta, Fault> {
    match (clock(node, "startTime")?, clock(node, "endTime")?) {
        (Some(opens), Some(closes)) if closes < opens => Ok(closes - opens + TimeDelta::days(1)),
        (Some(opens), Some(closes)) => Ok(closes - opens),
        _ => match node.text("duration") {
            Some(text) => duration(&text).ok_or(("duration", "a length like PT1H30M is expected")),
            None => Ok(TimeDelta::zero()),
        },
    }
}

/// `P1W`, or a word as Google's examples have it; once a week where only weekdays are given.
fn every(node: Node<'_>) -> Result<Every, Fault> {
    let Some(text) = node.text("repeatFrequency") else {
        return Ok(if node.map.contains_key("byDay") { Every::Weeks(1) } else { Every::Days(1) });
    };
    let name = word(&text).to_ascii_lowercase();
    let named = match name.as_str() {
        "daily" => Some(Every::Days(1)),
        "weekly" => Some(Every::Weeks(1)),
        "monthly" => Some(Every::Months(1)),
        "yearly" => Some(Every::Years(1)),
        _ => None,
    };
    let coded = || {
        let inner = name.strip_prefix('p')?;
        let unit = inner.chars().last()?;
        let number: i64 = inner.strip_suffix(unit)?.parse().ok().filter(|number| (1..1000).contains(number))?;
        match unit {
            'd' => Some(Every::Days(number)),
            'w' => Some(Every::Weeks(number)),
            'm' => Some(Every::Months(number)),
            'y' => Some(Every::Years(number)),
            _ => None,
        }
    };
    named.or_else(coded).ok_or(("repeatFrequency", "how often it repeats is expected, like P1W"))
}

fn weekdays(node: Node<'_>) -> Result<Vec<Weekday>, Fault> {
    let short = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let read = |text: &String| {
        let name = word(text);
        let coded = short.iter().position(|short| name.eq_ignore_ascii_case(short));
        let coded = coded.and_then(|at| u8::try_from(at).ok()).and_then(|at| Weekday::try_from(at).ok());
        coded.or_else(|| name.parse().ok())
    };
    let all: Option<Vec<Weekday>> = node.texts("byDay").iter().map(read).collect();
    all.ok_or(("byDay", "days like https://schema.org/Monday are expected"))
}

/// Which days a schedule holds for; an empty list holds for all.
struct Days {
    every: Every,
    weekdays: Vec<Weekday>,
    months: Vec<u32>,
    month_days: Vec<u32>,
    start: NaiveDate,
}

impl Days {
    fn fit(&self, day: NaiveDate) -> bool {
        let start = self.start;
        let years = i64::from(day.year() - start.year());
        let months = years * 12 + i64::from(day.month()) - i64::from(start.month());
        let week = |day: NaiveDate| day.week(Weekday::Mon).checked_first_day().unwrap_or(day);
        let names_days = !self.weekdays.is_empty() || !self.month_days.is_empty();
        let (in_turn, implied) = match self.every {
            Every::Days(number) => ((day - start).num_days() % number == 0, true),
            Every::Weeks(number) => {
                ((week(day) - week(start)).num_weeks() % number == 0, day.weekday() == start.weekday())
            }
            Every::Months(number) => (months % number == 0, day.day() == start.day()),
            Every::Years(number) => (years % number == 0, (day.month(), day.day()) == (start.month(), start.day())),
        };
        let among = |wanted: &[u32], number: u32| wanted.is_empty() || wanted.contains(&number);
        in_turn
            && (implied || names_days)
            && (self.weekdays.is_empty() || self.weekdays.contains(&day.weekday()))
            && among(&self.months, day.month())
            && among(&self.month_days, day.day())
    }
}
