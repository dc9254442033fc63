use super::clock;
use super::reader::Reader;
use super::routes::Routes;
use super::stops::Stops;
use crate::import::plain_text::one_line;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::ops::ControlFlow;

/// The most trips, pairs of a stop and a line, and calls at the stops asked for that are kept.
const TRIPS_MAX: usize = 10_000_000;
const PAIRS_MAX: usize = 4_000_000;
const CALLS_MAX: usize = 1_000_000;
/// The longest name of a direction, in characters.
pub const HEADSIGN_MAX: usize = 100;

/// A vehicle that calls at a stop somebody asked for.
#[derive(Clone, Debug)]
pub struct Call {
    pub trip: u64,
    pub stop: usize,
    pub sequence: u32,
    /// In seconds of the service day.
    pub leaves: u32,
    pub headsign: String,
    /// 2: only if booked by phone, 3: only if arranged with the driver.
    pub pickup: u8,
}

/// Where and when a trip begins and ends.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub route: Option<u32>,
    first: u32,
    pub last: u32,
    /// When it leaves its first stop.
    pub begins: u32,
}

/// What stop_times.txt says of the stops asked for, and which lines call at every stop.
///
/// A trip is known by a hash of its id: two in 64 bits meet in no feed that there is, and millions of ids take no room.
#[derive(Debug, Default)]
pub struct Calls {
    hasher: RandomState,
    pub trips: HashMap<u64, Span>,
    /// Each stop with each line that calls there.
    pub lines: HashSet<(usize, u32)>,
    pub all: Vec<Call>,
    /// Where a stop stands in the trips that news tell of.
    pub order: HashMap<(u64, usize), u32>,
}

/// What is looked for.
pub struct Wanted<'w> {
    pub stops: &'w HashSet<usize>,
    /// Trips whose order of stops is needed.
    pub trips: &'w HashSet<String>,
}

impl Calls {
    pub fn read(reader: &mut Reader<'_>, stops: &Stops, routes: &Routes, wanted: &Wanted<'_>) -> Self {
        let mut calls = Self::default();
        calls.read_trips(reader, routes);
        let followed: HashSet<u64> = wanted.trips.iter().map(|id| calls.trip(id)).collect();
        let columns =
            ["trip_id", "stop_id", "stop_sequence", "departure_time", "arrival_time", "stop_headsign", "pickup_type"];
        let mut untimed = 0_usize;
        let is_there = reader.optional("stop_times.txt", columns, 2, &mut |row, at, faults| {
            let [trip, stop, sequence, leaves, arrives, headsign, pickup] = at;
            let stop_id = row.word(stop);
            let Some(stop) = stops.at(&stop_id) else {
                if !stops.left.iter().take(LEFT_LOOKED_AT).any(|left| left.record == stop_id) {
                    faults.row(row.line, "stop_id", "this is no stop of the feed", &stop_id);
                }
                return ControlFlow::Continue(());
            };
            let trip = calls.trip(&row.word(trip));
            let Some(span) = calls.trips.get_mut(&trip) else {
                faults.row(row.line, "trip_id", "this is no trip of the feed", &row.word(at[0]));
                return ControlFlow::Continue(());
            };
            let sequence = row.word(sequence).parse().unwrap_or(0);
            let leaves = clock::seconds(row.at(leaves)).or_else(|| clock::seconds(row.at(arrives)));
            span.reach(sequence, leaves);
            let route = span.route;
            if let Some(route) = route.filter(|_| calls.lines.len() < PAIRS_MAX) {
                calls.lines.insert((stop, route));
            }
            if followed.contains(&trip) && calls.order.len() < CALLS_MAX {
                calls.order.insert((trip, stop), sequence);
            }
            let pickup = match row.at(pickup) {
                b"1" => 1,
                b"2" => 2,
                b"3" => 3,
                _ => 0,
            };
            if !wanted.stops.contains(&stop) || pickup == 1 || calls.all.len() >= CALLS_MAX {
                return ControlFlow::Continue(());
            }
            match leaves {
                Some(leaves) => {
                    let headsign = one_line(&row.word(headsign)).chars().take(HEADSIGN_MAX).collect();
                    calls.all.push(Call { trip, stop, sequence, leaves, headsign, pickup });
                }
                None => untimed += 1,
            }
            ControlFlow::Continue(())
        });
        calls.tell(reader, is_there, untimed);
        calls
    }

    fn tell(&mut self, reader: &mut Reader<'_>, is_there: bool, untimed: usize) {
        if !is_there {
            reader.problem("stop_times.txt", "", "it is missing: nobody knows which lines call where", "");
        }
        if untimed > 0 {
            let reason = format!("{untimed} calls at the stops asked for have no time and are not shown");
            reader.problem("stop_times.txt", "departure_time", &reason, "");
        }
        if self.all.len() >= CALLS_MAX || self.lines.len() >= PAIRS_MAX {
            let reason = "there are more calls than are read: some lines or departures may be missing";
            reader.problem("stop_times.txt", "", reason, "");
        }
    }

    fn read_trips(&mut self, reader: &mut Reader<'_>, routes: &Routes) {
        reader.optional("trips.txt", ["trip_id", "route_id"], 2, &mut |row, [trip, route], faults| {
            let route = routes.at(&row.word(route)).or_else(|| {
                faults.row(row.line, "route_id", "this is no route of the feed", &row.word(route));
                None
            });
            let trip = self.trip(&row.word(trip));
            self.trips.insert(trip, Span { route, first: u32::MAX, last: 0, begins: 0 });
            if self.trips.len() < TRIPS_MAX {
                return ControlFlow::Continue(());
            }
            faults.row(row.line, "", "there are more trips than are read: those from here on are left aside", "");
            ControlFlow::Break(())
        });
    }

    /// The number that stands for a trip's id: 64 bits of its hash.
    pub fn trip(&self, id: &str) -> u64 {
        self.hasher.hash_one(id)
    }
}

/// So many rows that are no stops are looked at before a call at one of them is taken for a fault.
const LEFT_LOOKED_AT: usize = 100;

impl Span {
    fn reach(&mut self, sequence: u32, leaves: Option<u32>) {
        if let Some(leaves) = leaves.filter(|_| sequence <= self.first) {
            (self.first, self.begins) = (sequence, leaves);
        }
        self.last = self.last.max(sequence);
    }
}
