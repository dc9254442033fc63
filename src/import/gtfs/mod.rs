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

use super::fetch::Ask;
use super::record_id::local_id;
use super::{Extent, ImportError, Input, Job, Progress, Settings, Source};
use crate::content::{Id, Item};
use std::collections::HashSet;
use std::path::PathBuf;

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
        let Some(path) = file(job)? else { return Ok(Extent::Unchanged) };
        let source = job.source().to_owned();
        let settings = job.settings;
        let mut progress = |done| job.progress(Progress { doing: "reading rows", done, total: 0 });
        let timetable = Timetable::read(&path, &source, settings, &HashSet::new(), &mut progress);
        let mut timetable = timetable.map_err(|reason| job.not_this(reason))?;
        job.problems(std::mem::take(&mut timetable.problems));
        places(job, &timetable);
        boards(job, &timetable, &timetable.departures, None);
        Ok(timetable.broken_off.map_or(Extent::Whole, |reason| job.broken_off(reason)))
    }
}

/// The feed; where departures are wanted also one that has not changed, since the time has.
fn file(job: &mut Job<'_>) -> Result<Option<PathBuf>, ImportError> {
    let accept = "application/zip, */*;q=0.5";
    match job.input {
        Input::Web(url) if !job.settings.stops.is_empty() => {
            let ask = Ask { accept, bytes_max: job.settings.bytes_max, always: true, ..Ask::default() };
            Ok(job.web.download(url, &ask, &mut |_, _| {})?)
        }
        Input::Web(_) | Input::Path(_) => job.file(accept),
    }
}

/// A place for every stop without a station and every station; each row of stops.txt is a record.
fn places(job: &mut Job<'_>, timetable: &Timetable) {
    for left in &timetable.stops.left {
        job.record();
        job.left_out(&left.record, left.field, &left.reason, &left.value);
    }
    let settings = job.settings;
    for (at, stop) in timetable.stops.all.iter().enumerate() {
        job.record();
        match stop.station.and_then(|station| timetable.stops.all.get(station)) {
            Some(station) => {
                let reason = format!("the same place as {}, joined with it", station.id);
                job.left_out(&stop.id, "parent_station", &reason, "");
            }
            None => job.item(Item::Place(place::place(timetable, at, stop, settings)), Vec::new()),
        }
    }
}
