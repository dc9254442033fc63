//! Heads, and all that they need.

use super::Verifying;
use crate::content::{read_document, read_town};
use crate::publication::{Frame, Object, Rendition, Revision, SegmentMedia, Version, Vouched, unpack};
use crate::store::bulletins::bulletin_version;
use crate::store::{State, stored_path};
use std::collections::BTreeSet;
use std::io::ErrorKind;

const NOT_SIGNED: &str = "damaged: it is not what was signed";

pub(super) fn verify(verifying: &mut Verifying, pinned_root: &[u8]) {
    for entry in verifying.list("heads") {
        let version = entry.name.strip_suffix(".json").and_then(|name| name.parse::<Version>().ok());
        let path = format!("heads/{}", entry.name);
        match bulletin_version(&entry.name) {
            // Warnings that should be shown are not.
            Some(version) => {
                if let Err(words) = verifying.store.read_bulletin(version, pinned_root) {
                    verifying.flaw(path, format!("damaged: {words}"), true);
                }
            }
            None if version.is_none() => verifying.flaw(path, "does not belong there", false),
            None => {}
        }
    }
    let mut is_newest = true;
    for kept in verifying.store.heads(pinned_root) {
        let path = format!("heads/{}.json", kept.version);
        match kept.head {
            Ok((head, vouched)) => {
                if is_newest {
                    verifying.done.newest = Some(kept.version);
                    verifying.done.group = head.group;
                }
                parts(verifying, &vouched, is_newest);
                is_newest = false;
            }
            // What should be shown is not, although something older is.
            Err(words) => verifying.flaw(path, format!("damaged: {words}"), is_newest),
        }
    }
    let shown = verifying.store.shown().filter(|shown| verifying.done.newest.is_some_and(|newest| newest < *shown));
    if let Some(shown) = shown {
        verifying.flaw(format!("heads/{shown}.json"), "missing: it was shown, and something older is now", true);
    }
    if verifying.done.newest.is_none() {
        verifying.flaw("heads", "there is no head: nothing of the town can be shown", true);
    }
}

/// Frame and segments, what is in them, and what they use.
fn parts(verifying: &mut Verifying, vouched: &Vouched, is_newest: bool) {
    let Revision { frame, segments, .. } = &vouched.revision;
    let mut used = BTreeSet::new();
    if let Some(document) = unpacked(verifying, *frame, is_newest) {
        match serde_json::from_slice::<Frame>(&document) {
            Ok(frame) => {
                let (_, problems) = read_town("town.json", frame.town.to_string().as_bytes());
                verifying.done.problems += if is_newest { problems.len() } else { 0 };
                used.extend(frame.map.values().copied());
            }
            Err(error) => verifying.flaw(stored_path(frame.hash), format!("cannot be read: {error}"), is_newest),
        }
    }
    let mut pictures = BTreeSet::new();
    for segment in segments.iter().flatten() {
        let Some(document) = unpacked(verifying, *segment, is_newest) else { continue };
        match serde_json::from_slice::<SegmentMedia>(&document) {
            Ok(segment) => pictures.extend(segment.media.values().map(Rendition::object)),
            Err(error) => verifying.flaw(stored_path(segment.hash), format!("cannot be read: {error}"), is_newest),
        }
        if is_newest {
            let read = read_document(&segment.hash.to_string(), &document);
            verifying.done.items += read.items.len();
            verifying.done.problems += read.problems.len();
        }
    }
    if is_newest {
        verifying.done.pictures = pictures.len();
    }
    for object in used.union(&pictures) {
        let words = match verifying.store.check(object) {
            State::Whole => {
                verifying.objects.insert(object.hash, object.length);
                continue;
            }
            State::Missing => "missing",
            State::Damaged => NOT_SIGNED,
        };
        verifying.flaw(stored_path(object.hash), words, is_newest);
    }
}

fn unpacked(verifying: &mut Verifying, object: Object, is_newest: bool) -> Option<Vec<u8>> {
    let packed = whole(verifying, object, is_newest)?;
    let unpacked = unpack(&packed);
    unpacked
        .map_err(|error| verifying.flaw(stored_path(object.hash), format!("cannot be read: {error}"), is_newest))
        .ok()
}

/// Reads an object whose every byte is right.
fn whole(verifying: &mut Verifying, object: Object, is_newest: bool) -> Option<Vec<u8>> {
    match verifying.store.read(&object) {
        Ok(bytes) => {
            verifying.objects.insert(object.hash, object.length);
            Some(bytes)
        }
        Err(error) => {
            let words = match error.kind() {
                ErrorKind::NotFound => "missing".to_owned(),
                ErrorKind::InvalidData => NOT_SIGNED.to_owned(),
                _ => format!("cannot be read: {error}"),
            };
            verifying.flaw(stored_path(object.hash), words, is_newest);
            None
        }
    }
}
