//! Holds a staged publication against itself: everything that it lists is there, whole, and can be read.

use super::side_by_side::{Progress, side_by_side};
use super::staging::{STAGED, STAGED_BYTES_MAX, Staged, revision_path};
use super::{HubError, Site};
use crate::content::read_document;
use crate::publication::{
    DEFAULT_GROUP, Digesting, FORMAT, Frame, Object, Revision, SegmentMedia, is_group_name, unpack,
};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;

/// Reads what is staged; `None` when nothing is.
///
/// # Errors
/// Those of the disk, and when it cannot be read.
pub fn staged(site: &Site) -> Result<Option<Staged>, HubError> {
    let Some(text) = site.read(STAGED, STAGED_BYTES_MAX)? else { return Ok(None) };
    let staged: Staged = serde_json::from_slice(&text).map_err(|error| refused(STAGED, &error))?;
    Ok(Some(staged))
}

fn refused(what: &str, why: &dyn std::fmt::Display) -> HubError {
    HubError::refused(format!("{what}: {why}: not signed"))
}

/// Holds the staged publication against itself. Returns how many items it has, each counted once for each group.
///
/// # Errors
/// The first thing that is not as it should be.
pub fn check(site: &Site, staged: &Staged, progress: Progress<'_>) -> Result<usize, HubError> {
    if staged.format != FORMAT || !staged.revisions.contains_key(DEFAULT_GROUP) {
        return Err(refused(STAGED, &"it is none that this Parvis signs"));
    }
    let (mut objects, mut packed) = (BTreeSet::new(), BTreeSet::new());
    let mut frames = BTreeSet::new();
    let mut items = 0;
    for (group, object) in &staged.revisions {
        let revision = revision(site, group, object)?;
        frames.insert(revision.frame);
        packed.extend(revision.segments.iter().flatten().copied());
    }
    for frame in frames {
        let text = read_packed(site, &frame)?;
        let frame: Frame = serde_json::from_slice(&text).map_err(|error| refused(&frame.path(), &error))?;
        objects.extend(frame.map.values().copied());
    }
    let packed: Vec<Object> = packed.into_iter().collect();
    for segment in side_by_side(&packed, "checking segments", progress, |segment| read_segment(site, segment)) {
        let (count, media) = segment?;
        items += count;
        objects.extend(media);
    }
    let objects: Vec<Object> = objects.into_iter().collect();
    side_by_side(&objects, "checking objects", progress, |object| is_there(site, object))
        .into_iter()
        .collect::<Result<(), _>>()?;
    if items == 0 {
        return Err(refused(STAGED, &"it holds not one item"));
    }
    Ok(items)
}

fn revision(site: &Site, group: &str, object: &Object) -> Result<Revision, HubError> {
    if !is_group_name(group) {
        return Err(refused(group, &"it is no name of a group"));
    }
    let path = revision_path(group, object);
    let text = site.read(&path, Revision::BYTES_MAX)?.ok_or_else(|| refused(&path, &"is missing"))?;
    if Object::of(&text) != *object {
        return Err(refused(&path, &"is damaged"));
    }
    let revision: Revision = serde_json::from_slice(&text).map_err(|error| refused(&path, &error))?;
    if revision.group != *group || revision.format != FORMAT {
        return Err(refused(&path, &"is of another group or format"));
    }
    Ok(revision)
}

fn read_packed(site: &Site, object: &Object) -> Result<Vec<u8>, HubError> {
    let name = format!("objects/{}", object.path());
    let packed = site.read_object(&name, object)?.ok_or_else(|| refused(&name, &"is missing"))?;
    unpack(&packed).map_err(|error| refused(&name, &error))
}

/// How many items a segment has, and the pictures they use.
fn read_segment(site: &Site, segment: &Object) -> Result<(usize, Vec<Object>), HubError> {
    let name = segment.path();
    let text = read_packed(site, segment)?;
    let imported = read_document("an item", &text);
    if imported.items.len() != imported.records || imported.items.is_empty() {
        let why = imported.problems.first().map_or_else(|| "it has no items".to_owned(), ToString::to_string);
        return Err(refused(&name, &why));
    }
    let media: SegmentMedia = serde_json::from_slice(&text).map_err(|error| refused(&name, &error))?;
    let mut shown = imported.items.iter().flat_map(|item| &item.common().media);
    if let Some(absent) = shown.find(|shown| !media.media.contains_key(&shown.path)) {
        return Err(refused(&name, &format!("it does not say which object {} is", absent.path)));
    }
    Ok((imported.items.len(), media.media.values().map(crate::publication::Rendition::object).collect()))
}

/// Reads every byte, a little at a time: films are large.
fn is_there(site: &Site, object: &Object) -> Result<(), HubError> {
    let name = format!("objects/{}", object.path());
    if object.length > Object::BYTES_MAX {
        return Err(refused(&name, &"is larger than any display takes"));
    }
    let path = site.at(&name);
    let mut file = File::open(&path).map_err(HubError::disk(&path))?;
    let (mut digesting, mut length, mut piece) = (Digesting::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut piece).map_err(HubError::disk(&path))?;
        length += read as u64;
        if read == 0 || length > object.length {
            break;
        }
        digesting.add(&piece[..read]);
    }
    if length != object.length || digesting.finish() != object.hash {
        return Err(refused(&name, &"is damaged"));
    }
    Ok(())
}
