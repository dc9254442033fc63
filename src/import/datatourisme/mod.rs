//! DATAtourisme: fluxes (a ZIP archive or a folder with `index.json` and one file for each object), single objects,
//! and the REST catalogue.
//!
//! JSON-LD is read as plain JSON, of which only the fields named in [`sieve`] are looked at: what is personal is never
//! read, and of an object of half a megabyte a fraction is ever held.

mod access;
mod catalogue;
mod document;
mod kinds;
mod located;
mod object;
mod offers;
mod pictures;
mod sieve;
#[cfg(test)]
mod tests;
mod texts;

pub use kinds::has_entrance;
pub use offers::free_in_words;
pub use pictures::allows_cropping;

use super::fetch::Ask;
use super::job::Made;
use super::json_files::JsonFiles;
use super::notes::Notes;
use super::{Extent, From, ImportError, Job, Progress, Settings, Source};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

pub struct DataTourisme;

const WHAT: &str = "not a DATAtourisme flux, object or page of its catalogue";

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
        if let (From::Web(url), Some(_)) = (job.from, &job.settings.key) {
            return catalogue::pages(job, url);
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
    let mut is_whole = true;
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
    let (around, read) = document::read_bytes(bytes, &mut |object| all.push(object::read(source, settings, object)));
    match read {
        Err(reason) => all.push(left_out(&format!("not whole JSON: {reason}"))),
        Ok(()) if around.objects == 0 => all.push(left_out("there is no object in this file")),
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
    let (source, settings) = (job.source().to_owned(), job.settings.clone());
    let (around, read) = document::read_stream(file, &mut |object| {
        let made = object::read(&source, &settings, object);
        job.made(made);
    });
    match (read, job.from) {
        (Err(reason), _) if around.objects == 0 => Err(job.not_this(format!("{WHAT}: {reason}"))),
        (Err(reason), _) => Ok(job.broken_off(reason)),
        (Ok(()), _) if around.objects == 0 && !around.is_list => Err(job.not_this(WHAT)),
        (Ok(()), From::Web(url)) => {
            catalogue::go_on(job, url, around, &Ask { accept: "application/json", ..Ask::default() })
        }
        (Ok(()), From::Path(_)) if around.meta.get("next").is_some_and(serde_json::Value::is_string) => {
            Ok(job
                .broken_off("it is one page of several: give the address of the catalogue for all of them".to_owned()))
        }
        (Ok(()), From::Path(_)) => Ok(Extent::Whole),
    }
}
