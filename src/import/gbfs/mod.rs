//! GBFS 1 to 3: stations of shared bicycles as places, and how many bicycles stand at them now.

mod board;
mod document;
mod feeds;
mod station;
mod status;
mod system;
mod values;

use super::{Extent, ImportError, Job, Source};
use crate::content::{Item, Problem};
use chrono::{DateTime, Utc};
use feeds::Feeds;
use serde_json::Value;
use station::Station;
use status::{Status, VehicleTypes};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use system::System;

/// What is said of a file that is GBFS and holds no stations at all, not even none.
const NO_LIST: &str = "there is no list of stations in it";

/// Shared bicycles: GBFS, versions 1 to 3.
pub struct Gbfs;

impl Source for Gbfs {
    fn name(&self) -> &'static str {
        "gbfs"
    }

    fn about(&self) -> &'static str {
        "Shared bicycles of a GBFS system: the address of its gbfs.json, or a folder with its files"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let extent = read(job);
        // A page that is none may have come in place of a file: it shall not be taken for unchanged the next time.
        let is_no_file = matches!(extent, Err(ImportError::NotThisFormat { .. }));
        if let Some(pages) = job.web.pages().filter(|_| is_no_file) {
            pages.remove_used();
        }
        extent
    }
}

/// Reads all files of a system.
fn read(job: &mut Job<'_>) -> Result<Extent, ImportError> {
    let feeds = Feeds::find(job)?;
    let system = system(job, &feeds)?;
    let mut broken_off = None;
    let mut stations = stations(job, &feeds, &system, &mut broken_off)?;
    further_names(job, &feeds, &mut stations);
    let statuses = statuses(job, &feeds, &mut broken_off);
    for station in &stations {
        job.record();
        let status = statuses.by_station.get(&station.id);
        if status.is_some_and(|status| status.is_installed == Some(false)) {
            job.left_out(&station.id, "is_installed", "the station is not there at present", "false");
        } else {
            job.item(Item::Place(station.place.clone()), Vec::new());
        }
    }
    strangers(job, &stations, &statuses);
    if let Some(updated) = statuses.updated {
        let (now, middle) = (job.settings.now, job.settings.position);
        job.record();
        let stands = |station: &&Station| {
            let status = statuses.by_station.get(&station.id);
            status.is_none_or(|status| status.is_installed != Some(false))
        };
        let standing: Vec<Station> = stations.iter().filter(stands).cloned().collect();
        match board::board(&system, &standing, &statuses.by_station, updated, now, middle) {
            Ok(live) => job.item(Item::Live(live), Vec::new()),
            Err(reason) => job.left_out("station_status", "last_updated", reason, &updated.0.to_rfc3339()),
        }
    }
    Ok(broken_off.map_or(Extent::Whole, |reason| job.broken_off(reason)))
}

/// Figures of stations that the list of stations does not have.
fn strangers(job: &mut Job<'_>, stations: &[Station], statuses: &Statuses) {
    let known: HashSet<&str> = stations.iter().map(|station| station.id.as_str()).collect();
    let unknown: BTreeSet<&str> = statuses.by_station.keys().map(String::as_str).collect();
    for station in unknown.into_iter().filter(|station| !known.contains(station)) {
        let reason = "no station of this id can be shown: its figures are not";
        job.problem(Problem::new(job.source(), station, "station_status", reason));
    }
}

/// Who runs the system. Without it stations would get other ids: where it is listed it has to be there.
fn system(job: &mut Job<'_>, feeds: &Feeds) -> Result<System, ImportError> {
    let usual = match feeds.language() {
        "" => job.settings.language.clone(),
        language => language.to_owned(),
    };
    let Some(bytes) = feeds.bytes(job, "system_information", 0)? else {
        let reason = "it is missing: nobody knows who runs the system and under which licence";
        job.problem(Problem::new(job.source(), "system_information", "", reason));
        return Ok(System { id: job.settings.name.clone(), language: usual, ..System::default() });
    };
    let mut problems = Vec::new();
    let system = System::read(&bytes, job.source(), &usual, &mut problems);
    job.problems(problems);
    let mut system = system.map_err(|reason| job.not_this(format!("system_information: {reason}")))?;
    if system.id.is_empty() {
        system.id.clone_from(&job.settings.name);
    }
    for (at, language) in feeds.further() {
        let Ok(Some(bytes)) = feeds.bytes(job, "system_information", at) else { continue };
        // What is wrong there is wrong in the first language too.
        let Ok(other) = System::read(&bytes, "", &language, &mut Vec::new()) else {
            feeds.forget(job, "system_information", at);
            continue;
        };
        if let Some(name) = other.name.0.into_values().next() {
            station::add_name(&mut system.name, &language, name.text);
        }
    }
    Ok(system)
}

/// All stations; those that cannot be read are left out.
fn stations(
    job: &mut Job<'_>,
    feeds: &Feeds,
    system: &System,
    broken_off: &mut Option<String>,
) -> Result<Vec<Station>, ImportError> {
    let bytes = feeds.bytes(job, "station_information", 0)?;
    let bytes = bytes.ok_or_else(|| job.not_this("there is no station_information"))?;
    let mut values = Vec::new();
    let source = job.source().to_owned();
    let (mut problems, mut left) = (Vec::new(), Vec::new());
    let read = document::read(&bytes, document::STATIONS, &mut |value| match station::station(
        value,
        system,
        &source,
        None,
        &mut problems,
    ) {
        Ok(station) => values.push(station),
        Err(why) => left.push(why),
    });
    let (head, reason) = read.map_err(|reason| job.not_this(format!("station_information: {reason}")))?;
    let reason = reason.or_else(|| (!head.is_list).then(|| NO_LIST.to_owned()));
    if let Some(reason) = reason {
        if values.is_empty() {
            return Err(job.not_this(format!("station_information: {reason}")));
        }
        feeds.forget(job, "station_information", 0);
        *broken_off = Some(format!("station_information: {reason}"));
    }
    let updated = values::instant(head.fields.get("last_updated"));
    for station in &mut values {
        station.place.common.provenance.iter_mut().for_each(|from| from.updated = updated);
    }
    job.problems(problems);
    for (record, field, reason) in left {
        job.record();
        job.left_out(&record, field, reason, "");
    }
    Ok(values)
}

/// Adds the stations' names in further languages, each of which has a list of stations of its own before version 3.
fn further_names(job: &mut Job<'_>, feeds: &Feeds, stations: &mut [Station]) {
    for (at, language) in feeds.further() {
        let mut names = BTreeMap::new();
        let mut take = |value: Option<&Value>| names.extend(station::further_name(value));
        let fetched = feeds.bytes(job, "station_information", at).map_err(|error| error.to_string());
        let read = fetched.and_then(|bytes| match bytes {
            Some(bytes) => document::read(&bytes, document::STATIONS, &mut take).map(|(_, broken_off)| broken_off),
            None => Ok(None),
        });
        if let Err(reason) | Ok(Some(reason)) = read {
            feeds.forget(job, "station_information", at);
            let reason = format!("names in this language are missing: {reason}");
            job.problem(Problem::new(job.source(), "station_information", language.as_str(), reason));
        }
        for station in stations.iter_mut() {
            if let Some(name) = names.remove(&station.id) {
                station::add_name(&mut station.place.common.title, &language, name);
            }
        }
    }
}

/// What stands at the stations now.
#[derive(Default)]
struct Statuses {
    by_station: HashMap<String, Status>,
    /// When it was so, and for how many seconds that holds.
    updated: Option<(DateTime<Utc>, i64)>,
}

fn statuses(job: &mut Job<'_>, feeds: &Feeds, broken_off: &mut Option<String>) -> Statuses {
    let types = vehicle_types(job, feeds);
    let mut statuses = Statuses::default();
    let (source, mut problems) = (job.source().to_owned(), Vec::new());
    let mut take = |value: Option<&Value>| {
        statuses.by_station.extend(status::status(value, &types, &source, &mut problems));
    };
    let fetched = feeds.bytes(job, "station_status", 0).map_err(|error| error.to_string());
    let read = fetched.and_then(|bytes| match bytes {
        Some(bytes) => document::read(&bytes, document::STATIONS, &mut take).map(Some),
        None => Ok(None),
    });
    job.problems(problems);
    match read {
        Ok(None) => {
            let reason = "it is missing: nobody knows how many bikes there are";
            job.problem(Problem::new(source, "station_status", "", reason));
        }
        Ok(Some((head, reason))) => {
            let reason = reason.or_else(|| (!head.is_list).then(|| NO_LIST.to_owned()));
            if let Some(reason) = reason {
                feeds.forget(job, "station_status", 0);
                broken_off.get_or_insert(format!("station_status: {reason}"));
            }
            let ttl = head.fields.get("ttl").and_then(Value::as_i64).unwrap_or_default();
            let at = values::instant(head.fields.get("last_updated"));
            if at.is_none() {
                let reason = "it does not say when it was made: no figures are shown";
                job.problem(Problem::new(source, "station_status", "last_updated", reason));
            }
            statuses.updated = at.map(|at| (at, ttl));
        }
        Err(reason) => {
            feeds.forget(job, "station_status", 0);
            broken_off.get_or_insert(format!("station_status: {reason}"));
        }
    }
    statuses
}

/// Kinds of vehicles, where the system names them.
fn vehicle_types(job: &mut Job<'_>, feeds: &Feeds) -> VehicleTypes {
    let mut types = VehicleTypes::new();
    let mut take = |value: Option<&Value>| types.extend(value.and_then(status::vehicle_type));
    let fetched = feeds.bytes(job, "vehicle_types", 0).map_err(|error| error.to_string());
    let read = fetched.and_then(|bytes| match bytes {
        Some(bytes) => document::read(&bytes, document::VEHICLE_TYPES, &mut take).map(|(_, broken_off)| broken_off),
        None => Ok(None),
    });
    if let Err(reason) | Ok(Some(reason)) = read {
        feeds.forget(job, "vehicle_types", 0);
        let reason = format!("kinds of vehicles are unknown: {reason}");
        job.problem(Problem::new(job.source(), "vehicle_types", "", reason));
    }
    types
}
