use super::station::Station;
use super::status::Status;
use super::system::System;
use crate::content::{Common, Live, LiveKind, LiveRow, Localized, Origin, Position};
use crate::import::geometry::metres;
use crate::import::gtfs::with_notes;
use crate::import::sentences::in_language;
use crate::language::{Arg, Language};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// The most rows.
const ROWS_MAX: usize = 12;
/// Figures hold as long as the system says, but not for so short a time that no display gets them, nor for so long
/// that the bicycles are gone.
const MINUTES: std::ops::RangeInclusive<i64> = 10..=60;

/// How many bicycles and free docks the stations have that are nearest to `middle`, or first in the list.
///
/// # Errors
/// The reason where there is nothing to show.
pub fn board(
    system: &System,
    stations: &[Station],
    statuses: &HashMap<String, Status>,
    updated: (DateTime<Utc>, i64),
    now: DateTime<Utc>,
    middle: Option<Position>,
) -> Result<Live, &'static str> {
    let (observed, ttl) = (updated.0.min(now), updated.1 / 60);
    let valid_until = observed + TimeDelta::minutes(ttl.clamp(*MINUTES.start(), *MINUTES.end()));
    if valid_until <= now {
        return Err("the figures are too old");
    }
    let known = stations.iter().filter_map(|station| Some((station, statuses.get(&station.id)?)));
    let mut known: Vec<(&Station, &Status)> = known.filter(|(_, status)| status.bikes.is_some()).collect();
    if let Some(middle) = middle {
        let away = |station: &Station| station.place.position.map_or(f64::INFINITY, |at| metres(at, middle));
        known.sort_by(|(a, _), (b, _)| away(a).total_cmp(&away(b)));
    }
    known.truncate(ROWS_MAX);
    if known.is_empty() {
        return Err("no station says how many bikes it has");
    }
    Ok(Live {
        kind: LiveKind::Bikes,
        observed_at: Some(observed),
        valid_until: Some(valid_until),
        rows: known.into_iter().map(|(station, status)| row(station, status)).collect(),
        common: Common {
            id: system.record("bikes"),
            title: title(system),
            provenance: vec![system.provenance(Some(observed))],
            ..Common::default()
        },
    })
}

/// The system's name, else what it is.
fn title(system: &System) -> Localized {
    if !system.name.is_empty() {
        return system.name.clone();
    }
    crate::import::sentences::in_every_language("kind-bicycle-rental", |_| Vec::new())
}

fn row(station: &Station, status: &Status) -> LiveRow {
    let mut value = Localized::default();
    for language in Language::ALL {
        value.insert(language.tag(), figures(station, status, language), Origin::Original);
    }
    LiveRow { label: station.place.common.title.clone(), value }
}

/// "5 bikes, of which 2 electric, 3 free docks"
fn figures(station: &Station, status: &Status, language: Language) -> String {
    let say = |key: &str, args: &[(&'static str, Arg<'_>)]| in_language(language, key, args);
    if status.is_renting == Some(false) {
        return say("transit-no-hire", &[]);
    }
    let counted = |key: &str, count: u32| say(key, &[("count", count.into())]);
    let words = counted("transit-bikes", status.bikes.unwrap_or_default());
    let electric = Some(status.electric).filter(|count| *count > 0);
    let docks = status.docks.filter(|_| !station.is_virtual && status.is_returning != Some(false));
    let electric = electric.map(|count| counted("transit-bikes-electric", count));
    let docks = docks.map(|count| counted("transit-docks", count));
    with_notes(language, words, electric.into_iter().chain(docks))
}
