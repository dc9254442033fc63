use super::departures::{Departure, HOURS_AHEAD, News};
use super::place::name;
use super::stop_id;
use super::timetable::Timetable;
use crate::content::{Common, Item, Live, LiveKind, LiveRow, Origin, Provenance, Tri};
use crate::import::osm::sentences::in_language;
use crate::import::{Job, Settings};
use crate::language::{Arg, Language, Words};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;

/// The most rows of one board.
const ROWS_MAX: usize = 12;
/// The most rows of one line in one direction: the others have their turn too.
const SAME_MAX: usize = 3;
/// How long a board holds: whoever reads it later would see first what has left.
pub const MINUTES: i64 = 10;

/// A board of the next departures for every entry of `settings.stops`, each of which counts as a record. `seen` is when
/// news of delays were, where there are any.
pub fn boards(job: &mut Job<'_>, timetable: &Timetable, departures: &[Departure], seen: Option<DateTime<Utc>>) {
    let settings = job.settings;
    for (text, stops) in settings.stops.iter().zip(&timetable.asked) {
        job.record();
        let Some(first) = stops.first() else {
            job.left_out(text, "stop", "no stop of the timetable has this id or name", text);
            continue;
        };
        match board(timetable, *first, stops, departures, settings, seen) {
            Some(live) => job.item(Item::Live(live), Vec::new()),
            None => job.left_out(text, "stop", "nothing leaves from here in the next hours", text),
        }
    }
}

fn board(
    timetable: &Timetable,
    first: usize,
    stops: &[usize],
    departures: &[Departure],
    settings: &Settings,
    seen: Option<DateTime<Utc>>,
) -> Option<Live> {
    let now = settings.now;
    let head = timetable.stops.all.get(timetable.stops.head(first))?;
    let ahead = now..=now + TimeDelta::hours(HOURS_AHEAD);
    let is_here = |departure: &&Departure| stops.contains(&departure.stop) && ahead.contains(&departure.expected());
    let mut here: Vec<&Departure> = departures.iter().filter(is_here).collect();
    here.sort_by_key(|departure| (departure.expected(), departure.route, departure.sequence));
    let mut shown: HashMap<(Option<u32>, String), usize> = HashMap::new();
    here.retain(|departure| {
        let direction = departure.direction.0.values().next().map(|text| text.text.clone()).unwrap_or_default();
        let count = shown.entry((departure.route, direction)).or_default();
        *count += 1;
        *count <= SAME_MAX
    });
    here.truncate(ROWS_MAX);
    let last = here.last()?.expected();
    let zone = head.zone.unwrap_or(timetable.feed.zone);
    let until = seen.unwrap_or(now) + TimeDelta::minutes(MINUTES);
    Some(Live {
        kind: LiveKind::Departures,
        observed_at: seen,
        valid_until: Some(last.min(until)),
        rows: here.into_iter().map(|departure| row(timetable, departure, zone)).collect(),
        common: Common {
            id: stop_id(settings, &format!("departures:{}", head.id)),
            title: name(&timetable.stops, first),
            provenance: vec![Provenance { updated: seen.or(timetable.feed.updated), ..timetable.feed.provenance() }],
            ..Common::default()
        },
    })
}

fn row(timetable: &Timetable, departure: &Departure, zone: Tz) -> LiveRow {
    let line = departure.route.and_then(|route| timetable.routes.get(route)).map_or("", |route| route.name.as_str());
    let fallback = [timetable.feed.language.clone()];
    let mut row = LiveRow::default();
    for language in Language::ALL {
        let direction = departure.direction.pick(language.tag(), &fallback).map_or("", |(_, text)| text.text.as_str());
        let label = match (line.is_empty(), direction.is_empty()) {
            (false, false) => {
                let args = [("line", line.into()), ("direction", direction.into())];
                in_language(language, "transit-line-to", &args)
            }
            (false, true) => line.to_owned(),
            (true, _) => direction.to_owned(),
        };
        row.label.insert(language.tag(), label, Origin::Original);
        row.value.insert(language.tag(), value(departure, zone, language), Origin::Original);
    }
    row
}

/// "14:05, 3 min late, takes wheelchairs"
fn value(departure: &Departure, zone: Tz, language: Language) -> String {
    let words = Words::of(language);
    let clock = |at: DateTime<Utc>| words.time(at.with_timezone(&zone).time());
    let say = |key: &str, args: &[(&'static str, Arg<'_>)]| in_language(language, key, args);
    let mut value = clock(departure.expected());
    if departure.is_about {
        value = say("transit-about", &[("time", value.into())]);
    }
    let mut notes = Vec::new();
    match departure.news {
        News::None => {}
        News::Cancelled => notes.push(say("transit-cancelled", &[])),
        News::Delay(seconds) => {
            let minutes = seconds / 60;
            let key = if minutes > 0 { "transit-late" } else { "transit-early" };
            if minutes != 0 {
                notes.push(say(key, &[("minutes", minutes.abs().into())]));
            }
        }
    }
    match departure.pickup {
        2 => notes.push(say("transit-booked", &[])),
        3 => notes.push(say("transit-driver", &[])),
        _ => {}
    }
    match departure.wheelchair {
        Tri::Yes => notes.push(say("transit-wheelchair", &[])),
        Tri::No => notes.push(say("transit-no-wheelchair", &[])),
        Tri::Unknown => {}
    }
    with_notes(language, value, notes)
}

/// "14:05, 3 min late, takes wheelchairs": the language decides how what is said further is set apart.
pub fn with_notes(language: Language, text: String, notes: impl IntoIterator<Item = String>) -> String {
    notes.into_iter().fold(text, |text, note| {
        // Within a sentence nobody needs to be told again which way it runs.
        let plain = |text: &str| text.trim_start_matches('\u{200f}').to_owned();
        let args = [("time", plain(&text).into()), ("note", plain(&note).into())];
        in_language(language, "transit-with-note", &args)
    })
}
