//! Apidae: the JSON export of a project (a ZIP archive or a folder with `objets_modifies/`, `selections.json`,
//! `elements_reference.json`), or a file with a list of objects.
//!
//! Only fields named here are looked at: the owner's members, their mails and private contacts never get out of it.

mod access;
mod kinds;
mod labels;
mod object;
mod periods;
mod pictures;
#[cfg(test)]
mod tests;

use super::json_files::JsonFiles;
use super::json_records::{Shape, read};
use super::notes::Notes;
use super::{Extent, ImportError, Job, Source};
use crate::content::Id;
use labels::Labels;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

pub struct Apidae;

const EXPORT: Shape = Shape {
    what: "an Apidae export",
    lists: &["objetsTouristiques"],
    wrapped: "objetTouristique",
    alone: &["nom", "type"],
    ..Shape::PLAIN
};

/// What lies in an export beside its objects.
const BESIDE: &[&str] = &[
    "communes.json",
    "criteres_internes.json",
    "elements_reference.json",
    "langues.json",
    "metadata.json",
    "objets_supprimes.json",
    "selections.json",
    "selections_supprimees.json",
    "territoires.json",
];

impl Source for Apidae {
    fn name(&self) -> &'static str {
        "apidae"
    }

    fn about(&self) -> &'static str {
        "Places, events and itineraries of Apidae: a project's JSON export (ZIP or folder), or a list of objects"
    }

    fn hosts(&self) -> &'static [&'static str] {
        &["api.apidae-tourisme.com", "export.apidae-tourisme.com"]
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let Some(path) = job.file("application/zip, application/json")? else { return Ok(Extent::Unchanged) };
        match JsonFiles::open(&path) {
            Err(reason) => Err(job.not_this(reason)),
            Ok(Some(files)) => export(job, &files),
            Ok(None) => list(job, &path),
        }
    }
}

/// A file that holds objects itself.
fn list(job: &mut Job<'_>, path: &Path) -> Result<Extent, ImportError> {
    let unreadable = |error| ImportError::Unreadable { path: path.to_owned(), error };
    let file = File::open(path).map_err(unreadable)?;
    let total = file.metadata().map_err(unreadable)?.len();
    let labels = Labels::default();
    let mut ids = BTreeSet::new();
    let broken_off = read(EXPORT, file, total, job, &mut |job, _, record| take(job, &labels, &mut ids, record));
    let broken_off = broken_off.map_err(|reason| job.not_this(reason))?;
    Ok(broken_off.map_or(Extent::Whole, |reason| job.broken_off(reason)))
}

fn take(job: &mut Job<'_>, labels: &Labels, ids: &mut BTreeSet<u64>, record: Option<&Value>) {
    ids.extend(record.and_then(|record| record.get("id")?.as_u64()));
    let made = object::read(job.source(), job.settings, labels, record);
    job.made(made);
}

/// An export in files. What is only linked to (`objets_lies`) was not selected by the town: it is no record.
fn export(job: &mut Job<'_>, files: &JsonFiles) -> Result<Extent, ImportError> {
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let within = |name: &str, folder: &str| name.split('/').any(|part| part == folder);
    let has_folder = files.names().iter().any(|name| within(name, "objets_modifies"));
    let is_object = |name: &&String| match has_folder {
        true => within(name, "objets_modifies"),
        false => !within(name, "objets_lies") && !BESIDE.contains(&last(name).as_str()),
    };
    let objects: Vec<String> = files.names().iter().filter(is_object).cloned().collect();
    let beside = |name: &str| files.names().iter().find(|path| last(path) == name);
    let is_export =
        has_folder || ["selections.json", "objets_supprimes.json"].iter().any(|name| beside(name).is_some());
    if objects.is_empty() && !is_export {
        return Err(job.not_this("not an Apidae export: there is no object in it"));
    }
    let side = |job: &mut Job<'_>, name: &str| {
        let path = beside(name)?;
        let bytes = files.read(path);
        if let Err(reason) = &bytes {
            let mut notes = Notes::new(job.source(), job.settings);
            notes.problem(path, &format!("cannot be read: {reason}"), "");
            job.problems(notes.problems);
        }
        bytes.ok()
    };
    let labels = side(job, "elements_reference.json").map_or_else(Labels::default, |bytes| Labels::read(&bytes));
    let (source, settings) = (job.source().to_owned(), job.settings.clone());
    let mut ids = BTreeSet::new();
    let mut is_read = files.tell_unreadable(job);
    files.read_each(
        &objects,
        |name, read| (name.to_owned(), read.map(<[u8]>::to_vec)),
        |(name, read)| {
            let left_out = match read {
                Err(reason) => Some(reason),
                Ok(bytes) => file(job, &labels, &mut ids, &bytes).err(),
            };
            if let Some(reason) = left_out {
                is_read = false;
                let mut notes = Notes::new(&source, &settings);
                notes.record = name;
                job.made(notes.left_out("", &reason, ""));
            }
        },
    );
    let removed = side(job, "objets_supprimes.json").map(|bytes| ids_in(&bytes)).unwrap_or_default();
    let selected = side(job, "selections.json").map(|bytes| selected(&bytes)).unwrap_or_default();
    let is_part = !removed.is_empty() || !selected.is_subset(&ids);
    for id in removed.difference(&ids) {
        job.removed(Id(format!("apidae:{id}")));
    }
    if !is_read && !is_part {
        return Ok(job.broken_off("some of its files cannot be read".to_owned()));
    }
    Ok(if is_part { Extent::Changes } else { Extent::Whole })
}

/// One file of an export: an object, or a list of them.
fn file(job: &mut Job<'_>, labels: &Labels, ids: &mut BTreeSet<u64>, bytes: &[u8]) -> Result<(), String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let read = read(EXPORT, bytes, 0, job, &mut |job, _, record| take(job, labels, ids, record));
    match read {
        Ok(None) => Ok(()),
        Ok(Some(reason)) | Err(reason) => Err(format!("not whole JSON: {reason}")),
    }
}

/// Ids written as numbers or as `{"id": ...}`.
fn ids_in(bytes: &[u8]) -> BTreeSet<u64> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let values: Vec<Value> = serde_json::from_slice(bytes).unwrap_or_default();
    values.iter().filter_map(|value| value.get("id").unwrap_or(value).as_u64()).collect()
}

/// All objects of all selections: what an export that holds only changes does not hold anew.
fn selected(bytes: &[u8]) -> BTreeSet<u64> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let selections: Vec<Value> = serde_json::from_slice(bytes).unwrap_or_default();
    let lists = selections.iter().filter_map(|selection| selection.get("objetsTouristiques")?.as_array());
    lists.flatten().filter_map(|object| object.get("id").unwrap_or(object).as_u64()).collect()
}
