//! What a publication holds at this moment, read without a key: for comparing and for sweeping, never for trusting.

use super::staging::revision_path;
use super::{HubError, Site};
use crate::publication::{Object, Revision, Written, unpack};
use serde_json::Value;
use std::collections::BTreeMap;

/// The largest metadata file that is read, in bytes.
pub const METADATA_BYTES_MAX: u64 = 4 << 20;

/// Reads a metadata file of the publication.
///
/// # Errors
/// Those of the disk, and when it is none.
pub fn metadata(site: &Site, path: &str) -> Result<Option<Written>, HubError> {
    let Some(bytes) = site.read(path, METADATA_BYTES_MAX)? else { return Ok(None) };
    let parsed = Written::parse(&bytes);
    parsed.map(Some).map_err(|error| HubError::refused(format!("{}: {error}", site.at(path).display())))
}

/// The version that a metadata file names for another.
pub fn named(above: &Written, file: &str) -> Option<u64> {
    above.signed["meta"][file]["version"].as_u64()
}

/// The targets that are published; none before the first time.
///
/// # Errors
/// Those of the disk, and when metadata cannot be read.
pub fn targets(site: &Site) -> Result<BTreeMap<String, Object>, HubError> {
    let read = |path: String| metadata(site, &path);
    let Some(timestamp) = read("metadata/timestamp.json".to_owned())? else { return Ok(BTreeMap::new()) };
    let version = named(&timestamp, "snapshot.json").unwrap_or_default();
    let Some(snapshot) = read(format!("metadata/{version}.snapshot.json"))? else { return Ok(BTreeMap::new()) };
    let version = named(&snapshot, "targets.json").unwrap_or_default();
    Ok(read(format!("metadata/{version}.targets.json"))?.map(|targets| targets.targets()).unwrap_or_default())
}

/// The groups that are published, by these targets.
pub fn groups(targets: &BTreeMap<String, Object>) -> Vec<String> {
    targets.keys().filter_map(|target| Some(target.strip_suffix("/revision.json")?.to_owned())).collect()
}

/// The revisions among targets, by group. One that cannot be read is as if it were not there.
pub fn revisions(site: &Site, targets: &BTreeMap<String, Object>) -> BTreeMap<String, Revision> {
    let groups = targets.iter().filter_map(|(target, object)| Some((target.strip_suffix("/revision.json")?, object)));
    let read = |group: &str, object: &Object| {
        let text = site.read(&revision_path(group, object), Revision::BYTES_MAX).ok().flatten()?;
        (Object::of(&text) == *object).then_some(())?;
        serde_json::from_slice::<Revision>(&text).ok()
    };
    groups.filter_map(|(group, object)| Some((group.to_owned(), read(group, object)?))).collect()
}

/// Reads and unpacks an object that is JSON.
///
/// # Errors
/// When it is not there, not whole, or not packed JSON.
pub fn document(site: &Site, object: &Object) -> Result<Value, HubError> {
    let path = format!("objects/{}", object.path());
    let told = |why: &dyn std::fmt::Display| HubError::refused(format!("{}: {why}", site.at(&path).display()));
    let packed = site.read_object(&path, object)?.ok_or_else(|| told(&"is missing"))?;
    let text = unpack(&packed).map_err(|error| told(&error))?;
    serde_json::from_slice(&text).map_err(|error| told(&error))
}
