//! Acceslibre: what contributors have said about the access of buildings open to the public, from its interface, its
//! CSV export, or saved answers.
//!
//! Only fields named here are looked at: who entered a record never gets out of it.

mod activities;
mod answers;
mod api;
mod facts;
mod place;

use super::csv_rows::Rows;
use super::json_records::{Shape, read};
use super::text_stream::TextStream;
use super::{Extent, ImportError, Input, Job, Source};
use crate::content::{Item, Problem};
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{BufRead, Read};

/// Acceslibre, the French register of what is accessible: pages of its interface, or its exports.
pub struct Acceslibre;

const FORMAT: &str = "acceslibre";
/// Who says so, on every fact, as they write themselves.
const SOURCE: &str = "Acceslibre";

const ANSWER: Shape = Shape {
    what: "an answer of Acceslibre",
    lists: &["results", "features"],
    alone: &["uuid", "accessibilite"],
    ..Shape::PLAIN
};

impl Source for Acceslibre {
    fn name(&self) -> &'static str {
        FORMAT
    }

    fn about(&self) -> &'static str {
        "Access of buildings: https://acceslibre.beta.gouv.fr/api/erps/?commune=NAME with a key, its CSV or saved answers"
    }

    fn hosts(&self) -> &'static [&'static str] {
        &["acceslibre.beta.gouv.fr"]
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        if let Input::Web(url) = job.input
            && api::is_interface(url)
        {
            return api::import(job, url);
        }
        let Some(path) = job.file("application/json, text/csv;q=0.9")? else { return Ok(Extent::Unchanged) };
        let unreadable = |error| ImportError::Unreadable { path: path.clone(), error };
        let file = File::open(&path).map_err(unreadable)?;
        let total = file.metadata().map_err(unreadable)?.len();
        let text = TextStream::new(file).map_err(unreadable)?;
        whole(text, total, job)
    }
}

/// Reads a file, whichever of the two it is.
fn whole(mut text: impl BufRead, total: u64, job: &mut Job<'_>) -> Result<Extent, ImportError> {
    let head = text.fill_buf().map_err(|error| job.not_this(error.to_string()))?;
    match head.trim_ascii_start().first() {
        Some(b'{' | b'[') => answers(text, total, job),
        _ => table(text, total, job),
    }
}

fn answers(text: impl Read, total: u64, job: &mut Job<'_>) -> Result<Extent, ImportError> {
    let mut promised = None;
    let broken_off = read(ANSWER, text, total, job, &mut |job, head, record| {
        promised = promised.or_else(|| count(head));
        one(job, record);
    });
    if let Some(reason) = broken_off.map_err(|reason| job.not_this(reason))? {
        return Ok(job.broken_off(reason));
    }
    let seen = job.counts().records as u64;
    match promised.filter(|promised| seen < *promised) {
        Some(promised) => Ok(job.broken_off(format!("it is one page of several: {seen} of {promised} establishments"))),
        None => Ok(Extent::Whole),
    }
}

/// How many establishments an answer says there are on all its pages.
fn count(head: &Map<String, Value>) -> Option<u64> {
    head.get("count").and_then(Value::as_u64)
}

/// The CSV export, whose columns are the fields.
fn table(text: impl BufRead, total: u64, job: &mut Job<'_>) -> Result<Extent, ImportError> {
    let rows = Rows::new(text).map_err(|reason| job.not_this(reason))?;
    let has = |names: [&str; 2]| rows.columns.iter().any(|column| names.contains(&column.as_str()));
    if !has(["id", "uuid"]) || !has(["name", "nom"]) {
        return Err(job.not_this("no export of Acceslibre: the columns id and name are missing"));
    }
    Ok(rows.each(job, total, |job, map, short| {
        if let Some(reason) = short {
            let id = map.get("id").or_else(|| map.get("uuid")).and_then(Value::as_str).unwrap_or_default();
            let id: String = id.chars().take(100).collect();
            job.problem(Problem::new(job.source(), id, "", reason));
        }
        establishment(job, map);
    }))
}

/// One record as it came, `None` if it was larger than any is.
fn one(job: &mut Job<'_>, record: Option<&Value>) {
    match record.map(Value::as_object) {
        Some(Some(map)) => establishment(job, map),
        other => {
            let too_large = other.is_none();
            let reason = if too_large { "larger than any establishment is" } else { "an establishment is an object" };
            job.record();
            job.left_out("", "", reason, "");
        }
    }
}

fn establishment(job: &mut Job<'_>, map: &Map<String, Value>) {
    job.record();
    let mut problems = Vec::new();
    match place::read(job.source(), map, &mut problems) {
        Ok(place) => drop(job.read_item(Item::Place(place), Vec::new(), problems)),
        Err((id, field, reason)) => job.left_out(&id, field, reason, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::hostile_input::{damaged, damages, keeps_the_count};
    use proptest::prelude::*;

    const JSON: &[u8] = include_bytes!("../../../tests/import/acceslibre/page/input.json");
    const CSV: &[u8] = include_bytes!("../../../tests/import/acceslibre/export/input.csv");

    proptest! {
        #[test]
        fn any_input_never_panics_and_keeps_the_count(damages in damages(), is_table in any::<bool>()) {
            let bytes = damaged(if is_table { CSV } else { JSON }, &damages);
            keeps_the_count(&bytes, |job, bytes| {
                if let Ok(text) = TextStream::new(std::io::Cursor::new(bytes)) {
                    drop(whole(text, 0, job));
                }
            });
        }
    }
}
