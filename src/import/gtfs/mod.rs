//! GTFS timetables: stops as places, and boards of the next departures for the stops asked for.
//!
//! Everything is streamed; what is kept of a table is what stops, lines and boards need of it.

mod board;
mod calendar;
mod calls;
mod clock;
mod departures;
mod feed;
mod place;
mod reader;
mod routes;
mod stops;
mod table;
mod tables;
mod timetable;
mod translations;

pub use board::{MINUTES as BOARD_MINUTES, boards, with_notes};
pub use clock::{date, seconds};
pub use departures::{Departure, News};
pub use place::name;
pub use timetable::Timetable;

use super::record_id::local_id;
use super::{Extent, ImportError, Job, Progress, Settings, Source};
use crate::content::{Id, Item, Problem};
use std::collections::{HashMap, HashSet};

/// Timetables of public transport: GTFS.
pub struct Gtfs;

/// The id of a stop, as the timetable calls it: also for whoever brings news of it.
pub fn stop_id(settings: &Settings, stop: &str) -> Id {
    let of = if settings.timetable_name.is_empty() { &settings.name } else { &settings.timetable_name };
    local_id("gtfs", of, stop)
}

impl Source for Gtfs {
    fn name(&self) -> &'static str {
        "gtfs"
    }

    fn about(&self) -> &'static str {
        "Stops of a GTFS timetable (a ZIP or a folder), with --stop the next departures there"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let Some(path) = job.file("application/zip, */*;q=0.5")? else { return Ok(Extent::Unchanged) };
        let source = job.source().to_owned();
        let settings = job.settings;
        let mut progress = |done| job.progress(Progress { doing: "reading rows", done, total: 0 });
        let timetable = Timetable::read(&path, &source, settings, &HashSet::new(), &mut progress);
        let mut timetable = timetable.map_err(|reason| job.not_this(reason))?;
        let (of_stops, others) = std::mem::take(&mut timetable.problems)
            .into_iter()
            .partition::<Vec<_>, _>(|problem| timetable.stops.at(&problem.record).is_some());
        job.problems(others);
        places(job, &timetable, of_stops);
        boards(job, &timetable, &timetable.departures, None);
        Ok(timetable.broken_off.map_or(Extent::Whole, |reason| job.broken_off(reason)))
    }
}

/// A place for every stop without a station and every station; each row of stops.txt is a record, and what is wrong with
/// it stands among `problems`.
fn places(job: &mut Job<'_>, timetable: &Timetable, problems: Vec<Problem>) {
    for left in &timetable.stops.left {
        job.record();
        job.left_out(&left.record, left.field, &left.reason, &left.value);
    }
    let mut wrong: HashMap<String, Vec<Problem>> = HashMap::new();
    for problem in problems {
        wrong.entry(problem.record.clone()).or_default().push(problem);
    }
    let all = &timetable.stops.all;
    let mut outside = HashSet::new();
    let (platforms, places): (Vec<_>, Vec<_>) =
        all.iter().enumerate().partition(|(_, stop)| stop.station.is_some_and(|station| station < all.len()));
    for (at, stop) in places {
        job.record();
        let place = place::place(timetable, at, stop, job.settings);
        if !job.read_item(Item::Place(place), Vec::new(), wrong.remove(&stop.id).unwrap_or_default()) {
            outside.insert(at);
        }
    }
    for (_, stop) in platforms {
        job.record();
        let Some((at, station)) = stop.station.and_then(|at| Some((at, all.get(at)?))) else { continue };
        if outside.contains(&at) {
            job.outside();
            continue;
        }
        job.problems(wrong.remove(&stop.id).unwrap_or_default());
        let reason = format!("the same place as {}, joined with it", station.id);
        job.left_out(&stop.id, "parent_station", &reason, "");
    }
}
