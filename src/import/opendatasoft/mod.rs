//! Opendatasoft portals with a mapping: the interface (Explore 2.1, 2.0 and 1.0), its exports, and saved answers.

mod api;

use super::csv::mapping_of;
use super::json_records::{Shape, read};
use super::mapping::{Mapping, Record};
use super::{Extent, ImportError, Input, Job, Source};
use serde_json::{Map, Value};
use std::fs::File;
use std::io::Read;

/// Records of an Opendatasoft portal (Explore API 2.1, 2.0 and 1.0), each by a mapping.
pub struct Opendatasoft;

/// `results` since 2.1, `records` before; in 2.0 each is wrapped.
const ANSWER: Shape = Shape {
    what: "an answer of an Opendatasoft portal",
    lists: &["results", "records"],
    wrapped: "record",
    alone: &["recordid", "fields"],
    ..Shape::PLAIN
};

impl Source for Opendatasoft {
    fn name(&self) -> &'static str {
        "opendatasoft"
    }

    fn about(&self) -> &'static str {
        "The records of a data set of an Opendatasoft portal, by a mapping of sources.toml"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let mapping = mapping_of(job)?;
        if let Input::Web(url) = job.input
            && let Some(records) = api::Paged::of(url)
        {
            return records.import(job, &mapping);
        }
        let Some(path) = job.file("application/json")? else { return Ok(Extent::Unchanged) };
        let unreadable = |error| ImportError::Unreadable { path: path.clone(), error };
        let file = File::open(&path).map_err(unreadable)?;
        let total = file.metadata().map_err(unreadable)?.len();
        whole(file, total, &mapping, job)
    }
}

/// Reads a saved answer or an export.
pub fn whole(from: impl Read, total: u64, mapping: &Mapping, job: &mut Job<'_>) -> Result<Extent, ImportError> {
    let mut promised = None;
    let broken_off = read(ANSWER, from, total, job, &mut |job, head, one| {
        promised = promised.or_else(|| count(head));
        record(job, mapping, one);
    });
    match broken_off.map_err(|reason| job.not_this(reason))? {
        Some(reason) => Ok(job.broken_off(reason)),
        None => Ok(ended(job, promised)),
    }
}

/// How many records an answer says there are.
fn count(head: &Map<String, Value>) -> Option<u64> {
    let count = head.get("total_count").or_else(|| head.get("nhits"))?;
    count.as_u64().or_else(|| count.as_str()?.parse().ok())
}

/// Fewer records than were promised may be only a part of them.
fn ended(job: &mut Job<'_>, promised: Option<u64>) -> Extent {
    let seen = job.counts().records as u64;
    match promised {
        Some(promised) if seen < promised => {
            job.broken_off(format!("{promised} records were promised, {seen} came: it may be one page of several"))
        }
        _ => Extent::Whole,
    }
}

/// One record, `None` if it is larger than any is: its fields by themselves, or under `fields` before version 2.1.
fn record(job: &mut Job<'_>, mapping: &Mapping, one: Option<&Value>) {
    let Some(object) = one.and_then(Value::as_object) else {
        job.record();
        let reason = if one.is_none() { "it is larger than any record of a town is" } else { "a record is an object" };
        return job.left_out("", "", reason, "");
    };
    let fields = object.get("fields").and_then(Value::as_object).unwrap_or(object);
    let id = ["recordid", "id"].iter().find_map(|key| object.get(*key));
    mapping.take(job, &Record { id, geometry: object.get("geometry"), ..Record::new(fields) });
}
