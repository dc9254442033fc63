use super::message::{StopTimeEvent, StopTimeUpdate, TripUpdate};
use crate::content::Tri;
use crate::import::gtfs::{Departure, News, Timetable, date, name, seconds};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};

/// Delays beyond a day are mistakes.
const DELAY_MAX: i64 = 24 * 3600;
/// The most stops of all trips together that news are kept of.
const STOPS_MAX: usize = 500_000;
/// The most departures of trips that no timetable knows.
const ADDED_MAX: usize = 10_000;

/// `TripDescriptor.ScheduleRelationship`
mod trip {
    pub const ADDED: i32 = 1;
    pub const CANCELED: i32 = 3;
    pub const DELETED: i32 = 7;
    pub const NEW: i32 = 8;
}

/// `StopTimeUpdate.ScheduleRelationship`
mod stop {
    pub const SKIPPED: i32 = 1;
    pub const NO_DATA: i32 = 2;
}

/// News of trips, and of trips that no timetable has.
#[derive(Default)]
pub struct Delays {
    all: HashMap<String, Vec<TripUpdate>>,
    stops: usize,
}

impl Delays {
    /// Keeps news of a trip; `false` where there are too many.
    pub fn add(&mut self, update: TripUpdate) -> bool {
        self.stops = self.stops.saturating_add(update.stops.len());
        if self.stops > STOPS_MAX {
            return false;
        }
        let trip = update.trip.as_ref().and_then(|trip| trip.trip_id.clone()).unwrap_or_default();
        self.all.entry(trip).or_default().push(update);
        true
    }

    /// The ids of the trips that there is news of.
    pub fn trips(&self) -> HashSet<String> {
        self.all.keys().cloned().collect()
    }

    /// The departures of a timetable with the news of them.
    pub fn applied(&self, timetable: &Timetable) -> Vec<Departure> {
        let mut all = Vec::new();
        for planned in &timetable.departures {
            let mut updates = self.all.get(&planned.trip).into_iter().flatten();
            match updates.rfind(|update| is_about(update, planned)) {
                None => all.push(planned.clone()),
                Some(update) if relationship(update) == trip::DELETED => {}
                Some(update) => all.push(Departure { news: news(update, planned, timetable), ..planned.clone() }),
            }
        }
        let added = |update: &&TripUpdate| [trip::ADDED, trip::NEW].contains(&relationship(update));
        let added = self.all.values().flatten().filter(added);
        all.extend(added.flat_map(|update| departures_of(update, timetable)).take(ADDED_MAX));
        all
    }
}

fn relationship(update: &TripUpdate) -> i32 {
    update.trip.as_ref().and_then(|trip| trip.relationship).unwrap_or_default()
}

/// Whether news of a trip are about this run of it.
fn is_about(update: &TripUpdate, planned: &Departure) -> bool {
    let Some(trip) = &update.trip else { return false };
    let day = trip.start_date.as_deref().and_then(|day| date(day.as_bytes()));
    let start = trip.start_time.as_deref().and_then(|time| seconds(time.as_bytes()));
    day.is_none_or(|day| day == planned.day) && planned.run.is_none_or(|run| start.is_none_or(|start| start == run))
}

fn news(update: &TripUpdate, planned: &Departure, timetable: &Timetable) -> News {
    if relationship(update) == trip::CANCELED {
        return News::Cancelled;
    }
    let stop = timetable.stops.all.get(planned.stop).map_or("", |stop| stop.id.as_str());
    let sequence = |at: &StopTimeUpdate| {
        at.sequence.or_else(|| timetable.sequence(&planned.trip, at.stop_id.as_deref().unwrap_or_default()))
    };
    let here = update.stops.iter().find(|at| match at.sequence {
        Some(sequence) => sequence == planned.sequence,
        None => at.stop_id.as_deref() == Some(stop),
    });
    if let Some(here) = here {
        return match here.relationship.unwrap_or_default() {
            stop::SKIPPED => News::Cancelled,
            stop::NO_DATA => News::None,
            _ => at_stop(here, planned.planned).map_or(News::None, News::Delay),
        };
    }
    // What is said of an earlier stop holds until something else is said (GTFS-realtime, "Trip updates").
    let before = update.stops.iter().filter(|at| at.relationship != Some(stop::SKIPPED));
    let before = before.filter_map(|at| Some((sequence(at).filter(|before| *before < planned.sequence)?, at)));
    let delay = match before.max_by_key(|(sequence, _)| *sequence) {
        Some((_, before)) if before.relationship == Some(stop::NO_DATA) => None,
        Some((_, before)) => [before.departure, before.arrival].into_iter().flatten().find_map(|event| event.delay),
        None => update.delay,
    };
    delay.map(i64::from).filter(|delay| delay.abs() <= DELAY_MAX).map_or(News::None, News::Delay)
}

/// The delay at a stop itself.
fn at_stop(update: &StopTimeUpdate, planned: DateTime<Utc>) -> Option<i64> {
    let late = |event: StopTimeEvent| {
        let by_time =
            event.time.and_then(|time| DateTime::from_timestamp(time, 0)).map(|at| (at - planned).num_seconds());
        by_time.or(event.delay.map(i64::from)).filter(|delay| delay.abs() <= DELAY_MAX)
    };
    [update.departure, update.arrival].into_iter().flatten().find_map(late)
}

/// The departures of a trip that no timetable has: its last stop is where it goes.
fn departures_of(update: &TripUpdate, timetable: &Timetable) -> Vec<Departure> {
    let Some((last, stops)) = update.stops.split_last() else { return Vec::new() };
    let trip = update.trip.clone().unwrap_or_default();
    let last = last.stop_id.as_deref().and_then(|id| timetable.stops.at(id));
    let direction = last.map(|last| name(&timetable.stops, last)).unwrap_or_default();
    let route = trip.route_id.as_deref().and_then(|id| timetable.routes.at(id));
    let departure = |at: &StopTimeUpdate| {
        let time = [at.departure, at.arrival].into_iter().flatten().find_map(|event| event.time)?;
        let planned = DateTime::from_timestamp(time, 0).filter(|_| at.relationship != Some(stop::SKIPPED))?;
        Some(Departure {
            stop: timetable.stops.at(at.stop_id.as_deref()?)?,
            planned,
            route,
            direction: direction.clone(),
            wheelchair: Tri::Unknown,
            pickup: 0,
            is_about: false,
            trip: trip.trip_id.clone().unwrap_or_default(),
            day: planned.date_naive(),
            sequence: at.sequence.unwrap_or_default(),
            run: None,
            news: News::None,
        })
    };
    stops.iter().filter_map(departure).collect()
}
