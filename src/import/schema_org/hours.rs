//! Opening hours of schema.org in OpenStreetMap's syntax.

use super::graph::{Node, word};
use super::record::Record;
use crate::import::opening_hours_text::understood;
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use std::collections::BTreeMap;

const DAYS: [(&str, &str); 8] = [
    ("Monday", "Mo"),
    ("Tuesday", "Tu"),
    ("Wednesday", "We"),
    ("Thursday", "Th"),
    ("Friday", "Fr"),
    ("Saturday", "Sa"),
    ("Sunday", "Su"),
    ("PublicHolidays", "PH"),
];

/// The days that a set of hours holds for: none given means always.
type Season = (Option<NaiveDate>, Option<NaiveDate>);

/// The times of a day; none: closed.
type Times = Vec<(NaiveTime, NaiveTime)>;

/// When a place is open; what cannot be understood is a problem.
pub fn hours(record: &mut Record<'_>) -> String {
    let mut rules = specified(record);
    if rules.is_empty() {
        let said = record.node.texts("openingHours");
        // Each text holds beside the others, it does not replace them.
        let text: Vec<String> = said.iter().map(|text| text.trim().to_owned()).collect();
        rules = if text.is_empty() { Vec::new() } else { vec![text.join(", ")] };
    }
    let hours = rules.join("; ");
    if hours.is_empty() {
        return hours;
    }
    understood(&hours).unwrap_or_else(|| {
        record.problem("openingHours", "opening hours that cannot be understood", &hours);
        String::new()
    })
}

/// OpeningHoursSpecification as rules, those of a season behind those that always hold: the later one counts.
fn specified(record: &mut Record<'_>) -> Vec<String> {
    let mut seasons: BTreeMap<Season, BTreeMap<usize, Times>> = BTreeMap::new();
    for key in ["openingHoursSpecification", "specialOpeningHoursSpecification"] {
        for node in record.node.nodes(key) {
            match specification(node) {
                Ok((season, days, times)) => {
                    let week = seasons.entry(season).or_default();
                    for day in days {
                        week.entry(day).or_default().extend(&times);
                    }
                }
                Err((field, reason, value)) => record.problem(&format!("{key}.{field}"), reason, &value),
            }
        }
    }
    seasons.into_iter().flat_map(|(season, week)| rules(season, week)).collect()
}

type Specified = (Season, Vec<usize>, Times);

fn specification(node: Node<'_>) -> Result<Specified, (&'static str, &'static str, String)> {
    let date = |key: &'static str| match node.text(key) {
        None => Ok(None),
        Some(text) => match text.get(..10).unwrap_or(&text).parse::<NaiveDate>() {
            Ok(date) => Ok(Some(date)),
            Err(_) => Err((key, "a date like 2026-05-17 is expected", text)),
        },
    };
    let season = (date("validFrom")?, date("validThrough")?);
    let mut days = Vec::new();
    for text in node.texts("dayOfWeek") {
        let name = word(&text);
        let day =
            DAYS.iter().position(|(long, short)| name.eq_ignore_ascii_case(long) || name.eq_ignore_ascii_case(short));
        days.push(day.ok_or(("dayOfWeek", "a day like Monday is expected", text))?);
    }
    if days.is_empty() {
        days = (0..7).collect();
    }
    let (opens, closes) = (node.text("opens"), node.text("closes"));
    let times = match (opens, closes) {
        (None, None) => Vec::new(),
        (Some(opens), Some(closes)) => {
            let from = time(&opens).ok_or(("opens", "a time like 09:00 is expected", opens))?;
            let to = time(&closes).ok_or(("closes", "a time like 18:00 is expected", closes))?;
            // Opening and closing at midnight is how the format says closed.
            if from == to { Vec::new() } else { vec![(from, to)] }
        }
        (opens, closes) => {
            return Err(("opens", "opens and closes are expected, or neither", opens.or(closes).unwrap_or_default()));
        }
    };
    Ok((season, days, times))
}

fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let clock = text.rsplit('T').next().unwrap_or(text);
    if clock.starts_with("24:00") {
        return NaiveTime::from_hms_opt(23, 59, 0);
    }
    let bare = clock.split(['+', 'Z']).next().unwrap_or(clock);
    ["%H:%M:%S", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(bare, format).ok())
}

/// The rules of a season: days with the same hours stand together.
fn rules((from, to): Season, week: BTreeMap<usize, Times>) -> Vec<String> {
    let season = match (from, to) {
        (None, None) => String::new(),
        (Some(from), Some(to)) if from == to => format!("{} ", day(from)),
        (Some(from), Some(to)) => format!("{}-{} ", day(from), day(to)),
        (Some(from), None) => format!("{}+ ", day(from)),
        (None, Some(to)) => format!("1970 Jan 01-{} ", day(to)),
    };
    let mut by_times: Vec<(String, Vec<usize>)> = Vec::new();
    for (weekday, mut times) in week {
        times.sort();
        times.dedup();
        let times: Vec<String> =
            times.iter().map(|(from, to)| format!("{}-{}", clock(*from, false), clock(*to, true))).collect();
        let times = if times.is_empty() { "off".to_owned() } else { times.join(",") };
        match by_times.iter_mut().find(|(other, _)| *other == times) {
            Some((_, days)) => days.push(weekday),
            None => by_times.push((times, vec![weekday])),
        }
    }
    let rule = |(times, days): (String, Vec<usize>)| match !season.is_empty() && days.len() >= 7 {
        true => format!("{season}{times}"),
        false => format!("{season}{} {times}", names(&days)),
    };
    by_times.into_iter().map(rule).collect()
}

fn day(date: NaiveDate) -> String {
    format!("{} {}", date.year(), date.format("%b %d"))
}

fn clock(time: NaiveTime, is_end: bool) -> String {
    let is_last = is_end && time.hour() == 23 && time.minute() == 59;
    if is_last { "24:00".to_owned() } else { time.format("%H:%M").to_string() }
}

/// `Mo-Fr,Su`.
fn names(days: &[usize]) -> String {
    let name = |day: usize| DAYS.get(day).map_or("", |(_, short)| short);
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for day in days {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == *day && *day < 7 => *last = *day,
            _ => parts.push((*day, *day)),
        }
    }
    let shown = parts.iter().map(|(first, last)| match last - first {
        0 => name(*first).to_owned(),
        1 => format!("{},{}", name(*first), name(*last)),
        _ => format!("{}-{}", name(*first), name(*last)),
    });
    shown.collect::<Vec<_>>().join(",")
}
