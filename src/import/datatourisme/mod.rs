//! DATAtourisme: fluxes (a ZIP archive or a folder with `index.json` and one file for each object), single objects,
//! and the REST catalogue.
//!
//! JSON-LD is read as plain JSON, of which only the fields named in [`sieve`] are looked at: what is personal is never
//! read, and of an object of half a megabyte a fraction is ever held.

mod access;
mod catalogue;
mod kinds;
mod located;
mod object;
mod offers;
mod pictures;
mod sieve;
#[cfg(test)]
mod tests;
mod texts;

use super::job::Made;
use super::json_files::JsonFiles;
use super::json_records::{Shape, from_bytes, from_stream};
use super::notes::Notes;
use super::paging::Paging;
use super::{Extent, ImportError, Input, Job, Progress, Settings, Source};
use catalogue::Catalogue;
use sieve::Sieve;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

pub struct DataTourisme;

const WHAT: &str = "not a DATAtourisme flux, object or page of its catalogue";

/// `{"objects": [...], "meta": ...}`, `{"@graph": [...]}`, a list, or an object alone.
const SHAPE: Shape<Sieve> = Shape {
    what: "a DATAtourisme document",
    lists: &["objects", "graph"],
    wrapped: "",
    alone: &["type", "label"],
    fields: Sieve::Object,
    records_max: u64::MAX,
};

impl Source for DataTourisme {
    fn name(&self) -> &'static str {
        "datatourisme"
    }

    fn about(&self) -> &'static str {
        "Places, events and itineraries of DATAtourisme: a flux (ZIP or folder), objects, or the REST catalogue"
    }

    fn hosts(&self) -> &'static [&'static str] {
        &["api.datatourisme.fr", "diffuseur.datatourisme.fr"]
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        // With a key it is the catalogue: a flux has its own within its address.
        if let (Input::Web(url), Some(_)) = (job.input, &job.settings.key) {
            let catalogue = Catalogue { settings: job.settings.clone() };
            return Paging::new(catalogue).read(job, url);
        }
        let Some(path) = job.file("application/zip, application/json")? else { return Ok(Extent::Unchanged) };
        match JsonFiles::open(&path) {
            Err(reason) => Err(job.not_this(reason)),
            Ok(Some(files)) => flux(job, &files),
            Ok(None) => document(job, &path),
        }
    }
}

/// Every object of a flux is a record, also one that its index lists and that is not there.
fn flux(job: &mut Job<'_>, files: &JsonFiles) -> Result<Extent, ImportError> {
    let (indexes, objects): (Vec<&String>, Vec<&String>) =
        files.names().iter().partition(|name| matches!(name.rsplit('/').next(), Some("index.json" | "context.json")));
    let objects: Vec<String> = objects.into_iter().cloned().collect();
    if objects.is_empty() {
        return Err(job.not_this(format!("{WHAT}: there is no object in it")));
    }
    // What is still being copied withdraws nothing.
    let mut is_whole = files.tell_unreadable(job);
    let is_read = AtomicBool::new(true);
    for index in indexes.into_iter().filter(|name| name.ends_with("index.json")) {
        match files.read(index).and_then(|bytes| missing(&bytes, index, &objects)) {
            Ok(missing) => {
                is_whole &= missing.is_empty();
                for name in missing {
                    job.record();
                    job.left_out(&name, "file", "its index lists it, and there is no such file", &name);
                }
            }
            Err(reason) => {
                is_whole = false;
                let mut notes = Notes::new(job.source(), job.settings);
                notes.problem(index, &format!("the index cannot be read: {reason}"), "");
                job.problems(notes.problems);
            }
        }
    }
    let (source, settings) = (job.source().to_owned(), job.settings.clone());
    let mut done = 0;
    let total = objects.len() as u64;
    let make = |name: &str, read: Result<&[u8], String>| {
        is_read.fetch_and(read.is_ok(), Ordering::Relaxed);
        objects_of(&source, &settings, name, read)
    };
    files.read_each(&objects, make, |made| {
        made.into_iter().for_each(|made| job.made(made));
        done += 1;
        job.progress(Progress { doing: "reading", done, total });
    });
    if is_whole && is_read.load(Ordering::Relaxed) {
        return Ok(Extent::Whole);
    }
    Ok(job.broken_off("some of its objects are not there or cannot be read".to_owned()))
}

/// The objects of one file; a file that cannot be read is one record that is left out.
fn objects_of(source: &str, settings: &Settings, name: &str, read: Result<&[u8], String>) -> Vec<Made> {
    let left_out = |reason: &str| {
        let mut notes = Notes::new(source, settings);
        name.clone_into(&mut notes.record);
        notes.left_out("", reason, "")
    };
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(reason) => return vec![left_out(&reason)],
    };
    let mut all = Vec::new();
    let (around, read) = from_bytes(SHAPE, bytes, &mut |_, object| all.push(object::read(source, settings, object)));
    match read {
        Err(error) => all.push(left_out(&format!("not whole JSON: {}", error.reason))),
        Ok(()) if around.records == 0 => all.push(left_out("there is no object in this file")),
        Ok(()) => {}
    }
    all
}

/// The files that an index lists and that are not there: `[{"label": ..., "file": "0/00/10-0000.json"}, ...]`, below
/// `objects/` beside it.
fn missing(index: &[u8], name: &str, objects: &[String]) -> Result<Vec<String>, String> {
    #[derive(serde::Deserialize)]
    struct Entry {
        file: String,
    }
    let bytes = index.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(index);
    let entries: Vec<Entry> = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let root = name.strip_suffix("index.json").unwrap_or_default();
    let there: BTreeSet<&str> = objects.iter().filter_map(|name| name.strip_prefix(root)).collect();
    let is_there = |file: &str| {
        let file = file.trim_start_matches("./").trim_start_matches('/');
        there.contains(file) || there.contains(format!("objects/{file}").as_str())
    };
    Ok(entries.into_iter().map(|entry| entry.file).filter(|file| !is_there(file)).collect())
}

/// A single file: an object, a list or graph of them, or a page of the catalogue.
fn document(job: &mut Job<'_>, path: &Path) -> Result<Extent, ImportError> {
    let unreadable = |error| ImportError::Unreadable { path: path.to_owned(), error };
    let file = BufReader::new(File::open(path).map_err(unreadable)?);
    let first = match job.input {
        Input::Web(url) => Some(url),
        Input::Path(_) => None,
    };
    let mut pages = Paging::new(Catalogue { settings: job.settings.clone() });
    let (around, read) = from_stream(SHAPE, file, &mut |around, object| pages.take(job, around, object));
    match (read, first) {
        (Err(error), _) if around.records == 0 => Err(job.not_this(format!("{WHAT}: {}", error.reason))),
        (Err(error), _) => Ok(job.broken_off(error.reason)),
        (Ok(()), _) if around.records == 0 && !around.is_list => Err(job.not_this(WHAT)),
        (Ok(()), Some(url)) => Ok(pages.go_on(job, url, around)),
        (Ok(()), None) if catalogue::next(&around).is_some() => {
            Ok(job
                .broken_off("it is one page of several: give the address of the catalogue for all of them".to_owned()))
        }
        (Ok(()), None) => Ok(Extent::Whole),
    }
}
