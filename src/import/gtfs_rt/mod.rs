//! GTFS-realtime: alerts as pages of the guide, lifts out of service on their stops, and delays on the boards of
//! departures.

mod alert;
mod delays;
mod lift_words;
mod message;
mod outage;
mod periods;
mod texts;

use super::decoding::decoded;
use super::gtfs::{BOARD_MINUTES, Timetable, boards};
use super::web_address::NO_WEB_ADDRESS;
use super::{Extent, ImportError, Job, Progress, Source};
use crate::content::{Item, Problem, Provenance};
use alert::{Context, entity_id};
use chrono::{DateTime, TimeDelta, Utc};
use delays::Delays;
use message::{Entity, Feed, Period};
use outage::Outages;
pub use outage::{is_ended_mark, is_mark, marked};
use prost::Message;

/// The largest feed, and the largest entity in one.
const BYTES_MAX: u64 = 64 << 20;
const ENTITY_MAX: usize = 1 << 20;
/// `FeedHeader.Incrementality`: what is not in the feed stays as it was.
const DIFFERENTIAL: i32 = 1;

/// What provenance calls the format.
const SOURCE: &str = "GTFS-realtime";

const ACCEPT: &str = "application/x-protobuf, application/octet-stream;q=0.9, */*;q=0.1";

/// News of public transport: GTFS-realtime 2.0, alerts and delays.
pub struct GtfsRt;

impl Source for GtfsRt {
    fn name(&self) -> &'static str {
        "gtfs-rt"
    }

    fn about(&self) -> &'static str {
        "Alerts of a GTFS-realtime feed; with --timetable and --stop also delays of the next departures"
    }

    fn warns(&self) -> bool {
        true
    }

    fn is_of_the_moment(&self) -> bool {
        true
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let Some(bytes) = job.bytes(ACCEPT, BYTES_MAX)? else { return Ok(Extent::Unchanged) };
        let feed = Feed::read(&bytes);
        let header = feed.header.as_ref().filter(|header| header.version.is_some());
        let header = header.ok_or_else(|| job.not_this("not a GTFS-realtime feed in protobuf: it has no header"))?;
        let made = periods::at(header.timestamp);
        if made.is_none() {
            let reason = "the feed does not say when it was made: held to be of now";
            job.problem(Problem::new(job.source(), "", "header.timestamp", reason));
        }
        let made = made.unwrap_or(job.settings.now).min(job.settings.now);
        let is_part = header.incrementality == Some(DIFFERENTIAL);
        read(job, &feed, made, is_part);
        Ok(match feed.broken_off {
            Some(reason) => job.broken_off(reason),
            None if is_part => Extent::Changes,
            None => Extent::Whole,
        })
    }
}

fn read(job: &mut Job<'_>, feed: &Feed<'_>, made: DateTime<Utc>, is_part: bool) {
    // Alerts are only taken apart when it is their turn: a hostile one is a hundred times larger then.
    let (mut delays, mut alerts) = (Delays::default(), Vec::new());
    let is_timed = job.settings.timetable.is_some() && !job.settings.stops.is_empty();
    for bytes in &feed.entities {
        entity(job, bytes, is_timed, &mut delays, &mut alerts);
    }
    for _ in 0..feed.further {
        job.record();
        job.left_out("", "", "the feed has more entities than are read", "");
    }
    let timetable = timetable(job, &delays);
    let settings = job.settings;
    let context = Context {
        settings,
        made,
        zone: timetable.as_ref().map_or(settings.zone, |timetable| timetable.feed.zone),
        provenance: Provenance {
            source: SOURCE.to_owned(),
            licence: String::new(),
            credit: timetable.as_ref().map_or_else(String::new, |timetable| timetable.feed.credit.clone()),
            updated: Some(made),
            confidence: None,
        },
        timetable: timetable.as_ref(),
    };
    let mut outages = Outages::default();
    for (record, bytes) in alerts {
        let Some(alert) = Entity::decode(bytes).ok().and_then(|entity| entity.alert) else { continue };
        match alert::article(&alert, &record, &context) {
            Err((field, reason)) => job.left_out(&record, field, &reason, ""),
            Ok((mut article, periods)) => {
                if let (Some(value), Some(until)) = (outage::wheelchair(&alert, &article), periods.end_of_now(made)) {
                    outages.add(&alert, &article, value, until, &context);
                    article.common.tags.push(outage::TAG.to_owned());
                }
                if let Some(Period { start, end }) = periods.odd {
                    let reason = "a period needs a beginning in seconds, and an end behind it: not taken as such";
                    let shown = [start, end].map(|at| at.map_or_else(String::new, |at| at.to_string())).join(" to ");
                    job.problem(Problem::new(job.source(), &record, "active_period", reason).with_value(&shown));
                }
                for link in alert::bad_links(&alert, &settings.language) {
                    job.problem(Problem::new(job.source(), &record, "url", NO_WEB_ADDRESS).with_value(&link));
                }
                if is_part {
                    // What the same entity said before, under another title, it says no more.
                    job.withdrawn(entity_id(settings, &record));
                }
                job.item(Item::Article(article), Vec::new());
            }
        }
    }
    for place in outages.places() {
        job.record();
        job.item(Item::Place(place), Vec::new());
    }
    if let Some(timetable) = &timetable {
        departures(job, timetable, &delays, made);
    }
}

/// Counts one entity and puts it where it belongs.
fn entity<'b>(
    job: &mut Job<'_>,
    bytes: &'b [u8],
    is_timed: bool,
    delays: &mut Delays,
    alerts: &mut Vec<(String, &'b [u8])>,
) {
    let entity = if bytes.len() > ENTITY_MAX {
        Err("larger than any alert is".to_owned())
    } else {
        Entity::decode(bytes).map_err(|error| format!("it cannot be read: {error}"))
    };
    let entity = match entity {
        Ok(entity) => entity,
        Err(reason) => {
            job.record();
            return job.left_out("", "", &reason, "");
        }
    };
    let record = decoded(entity.id.as_deref().unwrap_or_default(), None);
    if entity.is_deleted == Some(true) {
        return job.removed(entity_id(job.settings, &record));
    }
    job.record();
    match (entity.alert, entity.trip_update, entity.vehicle) {
        _ if record.is_empty() => job.left_out("", "id", "an entity needs its id", ""),
        (Some(_), _, _) => alerts.push((record, bytes)),
        (None, Some(update), _) => {
            let reason = match is_timed {
                true => "news of a trip: it is part of the boards of departures",
                false => "news of a trip: shown with a timetable and stops (--timetable and --stop)",
            };
            job.left_out(&record, "trip_update", reason, "");
            if is_timed && !delays.add(update) {
                let reason = "the feed has more news of trips than are read: this one is not on the boards";
                job.problem(Problem::new(job.source(), record, "trip_update", reason));
            }
        }
        (None, None, Some(_)) => job.left_out(&record, "vehicle", "where a vehicle is: not shown", ""),
        (None, None, None) => job.left_out(&record, "", "neither an alert nor news of a trip", ""),
    }
}

/// The timetable that the feed refers to, if one is given. What is wrong in it is told when it is imported itself.
fn timetable(job: &mut Job<'_>, delays: &Delays) -> Option<Timetable> {
    let (source, settings) = (job.source().to_owned(), job.settings);
    let Some(path) = &settings.timetable else {
        if !settings.stops.is_empty() {
            let reason = "departures need the timetable: name its source (timetable = \"...\"; or --timetable)";
            job.problem(Problem::new(source, "", "timetable", reason));
        }
        return None;
    };
    let mut progress = |done| job.progress(Progress { doing: "reading the timetable", done, total: 0 });
    let (timetable, reason) = match Timetable::read(path, &source, settings, &delays.trips(), &mut progress) {
        Ok(timetable) => {
            let broken_off = timetable.broken_off.clone();
            (Some(timetable), broken_off)
        }
        Err(reason) => (None, Some(reason)),
    };
    if let Some(reason) = reason {
        let reason = format!("the timetable {} cannot be read: {reason}", path.display());
        job.problem(Problem::new(source, "", "timetable", reason));
    }
    timetable
}

/// The boards of departures, with delays unless these are old.
fn departures(job: &mut Job<'_>, timetable: &Timetable, delays: &Delays, made: DateTime<Utc>) {
    if job.settings.now - made < TimeDelta::minutes(BOARD_MINUTES) {
        return boards(job, timetable, &delays.applied(timetable), Some(made));
    }
    let reason = "the feed is too old for delays: departures are shown as the timetable has them";
    job.problem(Problem::new(job.source(), "", "header.timestamp", reason).with_value(&made.to_rfc3339()));
    boards(job, timetable, &timetable.departures, None);
}
