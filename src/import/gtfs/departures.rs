use super::calendar::Calendar;
use super::calls::{Call, Calls, HEADSIGN_MAX};
use super::clock;
use super::feed::Feed;
use super::reader::Reader;
use super::translations::{Field, Translations};
use crate::content::{Localized, Tri};
use crate::import::plain_text::one_line;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::collections::{HashMap, HashSet};
use std::ops::{ControlFlow, Range};

/// How far ahead departures are looked for.
pub const HOURS_AHEAD: i64 = 12;
/// How far back: what is late may still come.
const HOURS_BACK: i64 = 3;
/// The most departures that are kept for all stops together.
const MAX: usize = 50_000;

/// One vehicle that leaves one stop.
#[derive(Clone, Debug)]
pub struct Departure {
    pub stop: usize,
    /// As the timetable says.
    pub planned: DateTime<Utc>,
    pub route: Option<u32>,
    pub direction: Localized,
    /// Whether the vehicle takes wheelchairs.
    pub wheelchair: Tri,
    pub pickup: u8,
    /// The times of this line are not exact.
    pub is_about: bool,
    /// What news of it name.
    pub trip: String,
    pub day: NaiveDate,
    pub sequence: u32,
    /// When a trip that runs again and again leaves its first stop this time, in seconds of the service day.
    pub run: Option<u32>,
    pub news: News,
}

/// What is known of a departure beyond the timetable.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum News {
    #[default]
    None,
    /// Seconds later than planned, or earlier.
    Delay(i64),
    Cancelled,
}

impl Departure {
    /// When it leaves, as far as is known: by the news, else by the timetable.
    pub fn expected(&self) -> DateTime<Utc> {
        match self.news {
            News::Delay(seconds) => TimeDelta::try_seconds(seconds)
                .and_then(|delay| self.planned.checked_add_signed(delay))
                .unwrap_or(self.planned),
            News::None | News::Cancelled => self.planned,
        }
    }
}

/// A trip that calls at a stop asked for.
struct Trip {
    id: String,
    service: String,
    headsign: String,
    wheelchair: Tri,
}

/// A trip that runs again and again (GTFS, frequencies.txt).
struct Frequency {
    from: u32,
    until: u32,
    every: u32,
    is_exact: bool,
}

/// Every departure at the stops asked for in the hours around the moment, in no order.
pub fn read(
    reader: &mut Reader<'_>,
    feed: &Feed,
    translations: &Translations,
    calendar: &Calendar,
    calls: &Calls,
    now: DateTime<Utc>,
) -> Vec<Departure> {
    let called: HashSet<u64> = calls.all.iter().map(|call| call.trip).collect();
    let trips = trips(reader, calls, &called);
    let frequencies = frequencies(reader, calls, &called);
    let window = now - TimeDelta::hours(HOURS_BACK)..now + TimeDelta::hours(HOURS_AHEAD);
    let mut all = Vec::new();
    for call in &calls.all {
        let (Some(trip), Some(span)) = (trips.get(&call.trip), calls.trips.get(&call.trip)) else { continue };
        // Where a trip ends nobody gets on.
        if call.sequence == span.last {
            continue;
        }
        let (headsign, field) = match call.headsign.is_empty() {
            true => (&trip.headsign, Field::TripHeadsign),
            false => (&call.headsign, Field::StopHeadsign),
        };
        let departure = Departure {
            stop: call.stop,
            planned: now,
            route: span.route,
            direction: translations.localized(field, &trip.id, headsign, &feed.language, one_line),
            wheelchair: trip.wheelchair,
            pickup: call.pickup,
            is_about: false,
            trip: trip.id.clone(),
            day: NaiveDate::default(),
            sequence: call.sequence,
            run: None,
            news: News::None,
        };
        for day in calendar.runs(&trip.service) {
            let Some(begin) = clock::instant(day, 0, feed.zone) else { continue };
            let near = (window.start - begin).num_seconds()..(window.end - begin).num_seconds();
            for run in runs(call, span.begins, frequencies.get(&call.trip), &near) {
                if all.len() >= MAX {
                    let reason = "there are more departures than are kept: ask for fewer stops";
                    reader.problem("stop_times.txt", "", reason, "");
                    return all;
                }
                let planned = begin + TimeDelta::seconds(run.leaves);
                all.push(Departure { day, planned, run: run.start, is_about: run.is_about, ..departure.clone() });
            }
        }
    }
    all
}

/// One time that a trip calls at a stop, in seconds of the service day.
struct Run {
    leaves: i64,
    start: Option<u32>,
    is_about: bool,
}

/// When a call takes place near the moment: once, or as often as its trip runs.
fn runs(call: &Call, begins: u32, frequencies: Option<&Vec<Frequency>>, near: &Range<i64>) -> Vec<Run> {
    let leaves = i64::from(call.leaves);
    let Some(frequencies) = frequencies else {
        let once = near.contains(&leaves).then_some(Run { leaves, start: None, is_about: false });
        return once.into_iter().collect();
    };
    let under_way = call.leaves.saturating_sub(begins);
    let mut all = Vec::new();
    for Frequency { from, until, every, is_exact } in frequencies {
        // What ran before is not counted through.
        let missed = (near.start - i64::from(under_way) - i64::from(*from)).max(0) / i64::from(*every).max(1);
        let first = from.saturating_add(u32::try_from(missed).unwrap_or(u32::MAX).saturating_mul(*every));
        for start in (first..*until).step_by(*every as usize) {
            let leaves = i64::from(start) + i64::from(under_way);
            if leaves >= near.end {
                break;
            }
            if near.contains(&leaves) {
                all.push(Run { leaves, start: Some(start), is_about: !is_exact });
            }
        }
    }
    all
}

fn trips(reader: &mut Reader<'_>, calls: &Calls, called: &HashSet<u64>) -> HashMap<u64, Trip> {
    let mut trips = HashMap::new();
    if called.is_empty() {
        return trips;
    }
    let columns = ["trip_id", "service_id", "trip_headsign", "wheelchair_accessible"];
    // What is wrong with it was told when it was read first.
    let told = reader.problems.len();
    let mut kept = 0;
    reader.optional("trips.txt", columns, 2, &mut |row, [id, service, headsign, wheelchair], _| {
        let key = calls.trip(&row.word(id));
        if called.contains(&key) {
            let wheelchair = match row.at(wheelchair) {
                b"1" => Tri::Yes,
                b"2" => Tri::No,
                _ => Tri::Unknown,
            };
            let headsign: String = one_line(&row.word(headsign)).chars().take(HEADSIGN_MAX).collect();
            let (id, service) = (row.text(id), row.text(service));
            kept += id.len() + service.len();
            trips.insert(key, Trip { id, service, headsign, wheelchair });
        }
        if kept < IDS_MAX { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    reader.problems.truncate(told);
    trips
}

/// The most bytes of ids of trips; real ones have 10 to 60 each.
const IDS_MAX: usize = 256 << 20;

/// A vehicle every so many seconds at the least: more often is a mistake.
const EVERY_MIN: u32 = 10;
/// The most rows of frequencies.txt that one trip may have.
const FREQUENCIES_MAX: usize = 100;

fn frequencies(reader: &mut Reader<'_>, calls: &Calls, called: &HashSet<u64>) -> HashMap<u64, Vec<Frequency>> {
    let mut all: HashMap<u64, Vec<Frequency>> = HashMap::new();
    let columns = ["trip_id", "start_time", "end_time", "headway_secs", "exact_times"];
    reader.optional("frequencies.txt", columns, 4, &mut |row, [trip, from, until, every, exact], faults| {
        let trip = calls.trip(&row.word(trip));
        let times = clock::seconds(row.at(from)).zip(clock::seconds(row.at(until)));
        let headway = row.word(every).parse().ok().filter(|every| *every >= EVERY_MIN);
        match times.zip(headway) {
            Some(((from, until), every)) => {
                let of_trip = called.contains(&trip).then(|| all.entry(trip).or_default());
                if let Some(of_trip) = of_trip.filter(|of_trip| of_trip.len() < FREQUENCIES_MAX) {
                    of_trip.push(Frequency { from, until, every, is_exact: row.at(exact) == b"1" });
                }
            }
            None => {
                let reason = "a start, an end and a headway of at least 10 seconds are expected";
                faults.row(row.line, "headway_secs", reason, &row.word(every));
            }
        }
        ControlFlow::Continue(())
    });
    all
}
