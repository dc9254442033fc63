//! The warnings that stand at this moment and those that are prepared, held against what was signed: whoever can write to
//! the web server's folder must not get a warning signed.

use super::current::{self, METADATA_BYTES_MAX};
use super::keyring::{Keyring, TARGETS};
use super::staging::target_path;
use super::{HubError, Site};
use crate::content::{Alert, Item, Town, read_item, read_town};
use crate::publication::{
    ALERTS, DEFAULT_GROUP, DELEGATED_BYTES_MAX, Frame, Object, Revision, Written, bucket, delegated_target,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A warning and the display groups that have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    pub alert: Alert,
    pub groups: Vec<String>,
}

/// What the alerts role says to each published group: items as they were published, also those that nobody knows here.
pub(super) type Items = BTreeMap<String, Vec<Value>>;

/// The items that stand, by group; none for a group that was never warned.
///
/// # Errors
/// When nothing is published, what lies there is not what was signed, and those of the disk.
pub(super) fn items(ring: &Keyring, site: &Site) -> Result<Items, HubError> {
    let groups = current::groups(&published(ring, site)?);
    let listed = match as_signed(ring, site, ALERTS)? {
        Last::Whole(alerts) => alerts.targets(),
        Last::Lost(path) => return Err(lost_alerts(ring, site, &path)),
        Last::None => BTreeMap::new(),
    };
    let read = |group: String| {
        let target = delegated_target(&group, ALERTS);
        let Some(object) = listed.get(&target) else { return Ok((group, Vec::new())) };
        let path = target_path(&target, object);
        let bytes =
            if object.length > DELEGATED_BYTES_MAX { None } else { site.read_object(&path, object).ok().flatten() };
        let document: Option<Value> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let items = document.and_then(|document| document["items"].as_array().cloned());
        Ok((group, items.ok_or_else(|| lost_alerts(ring, site, &path))?))
    };
    groups.into_iter().map(read).collect()
}

/// The warnings that stand, in force or not yet or no more.
///
/// # Errors
/// When nothing is published, what lies there is not what was signed, and those of the disk.
pub fn standing(ring: &Keyring, site: &Site) -> Result<Vec<Warning>, HubError> {
    let mut all = Vec::new();
    for (group, items) in items(ring, site)? {
        for item in items {
            if let Some(Item::Alert(alert)) = read_item(ALERTS, &item, &mut Vec::new()) {
                add(&mut all, alert, &group);
            }
        }
    }
    Ok(all)
}

/// The prepared warnings that displays have, by the publication: all, or the one called so.
///
/// # Errors
/// When nothing is published, what lies there is not what was signed, and those of the disk.
pub fn prepared(ring: &Keyring, site: &Site, id: Option<&str>) -> Result<Vec<Warning>, HubError> {
    let mut read: BTreeMap<Object, Vec<Alert>> = BTreeMap::new();
    let mut all = Vec::new();
    for (group, revision) in revisions(ring, site)? {
        let segments = &revision.segments;
        let may_hold = |at: usize| id.is_none_or(|id| bucket(id, segments.len()) == at);
        let wanted = segments.iter().enumerate().filter(|(at, _)| may_hold(*at)).filter_map(|(_, segment)| *segment);
        for segment in wanted {
            if let std::collections::btree_map::Entry::Vacant(place) = read.entry(segment) {
                place.insert(prepared_in(&current::document(site, &segment)?));
            }
            for alert in &read[&segment] {
                if id.is_none_or(|id| alert.common.id.as_str() == id) {
                    add(&mut all, alert.clone(), &group);
                }
            }
        }
    }
    Ok(all)
}

/// The town as it is published.
///
/// # Errors
/// When nothing is published, what lies there is not what was signed, and those of the disk.
pub fn town(ring: &Keyring, site: &Site) -> Result<Town, HubError> {
    let revision = revisions(ring, site)?.remove(DEFAULT_GROUP);
    let revision = revision.ok_or_else(|| HubError::refused("nothing is published for the group default"))?;
    let frame: Frame = serde_json::from_value(current::document(site, &revision.frame)?)
        .map_err(|error| HubError::refused(format!("the town cannot be read: {error}")))?;
    Ok(read_town("town.json", frame.town.to_string().as_bytes()).0)
}

/// What to say where warnings that stand cannot be read: an empty list in their place would take them back.
pub(super) fn lost_alerts(ring: &Keyring, site: &Site, path: &str) -> HubError {
    HubError::refused(format!(
        "{}: is missing or not what was signed, so nothing was signed: warnings that stand would be taken back. Bring it \
         back from a copy of the publication, or say for all groups what holds now: \
         parvis-hub alerts --file FILE.json --keys {} --out {}",
        site.at(path).display(),
        ring.folder.display(),
        site.root().display()
    ))
}

/// The revisions that are published, by group.
fn revisions(ring: &Keyring, site: &Site) -> Result<BTreeMap<String, Revision>, HubError> {
    let targets = published(ring, site)?;
    let revisions = current::revisions(site, &targets);
    match current::groups(&targets).into_iter().find(|group| !revisions.contains_key(group)) {
        Some(group) => {
            Err(HubError::refused(format!("what is published for the group {group} is damaged: publish again")))
        }
        None => Ok(revisions),
    }
}

/// The targets that were signed last.
fn published(ring: &Keyring, site: &Site) -> Result<BTreeMap<String, Object>, HubError> {
    let (path, why) = match as_signed(ring, site, TARGETS)? {
        Last::Whole(targets) => return Ok(targets.targets()),
        Last::Lost(path) => (path, "is missing or not what was signed: publish again"),
        Last::None => (String::new(), "nothing is published there that was signed with these keys: publish first"),
    };
    Err(HubError::refused(format!("{}: {why}", site.at(&path).display())))
}

/// The metadata of a role as it was signed last.
enum Last {
    Whole(Written),
    /// It is missing or another: what should lie at this path.
    Lost(String),
    /// It never was signed.
    None,
}

fn as_signed(ring: &Keyring, site: &Site, role: &str) -> Result<Last, HubError> {
    let timestamp = site.read("metadata/timestamp.json", METADATA_BYTES_MAX)?;
    let ledger = ring.ledger()?;
    // Without a timestamp all of it is gone, and was not merely damaged.
    let Some(entry) = timestamp.as_deref().and_then(|there| ledger.current(Some(there)).get(role)) else {
        return Ok(Last::None);
    };
    let path = format!("metadata/{}.{role}.json", entry.pinned.version);
    let bytes = site.read(&path, METADATA_BYTES_MAX)?.filter(|bytes| Object::of(bytes) == entry.pinned.object);
    Ok(bytes.and_then(|bytes| Written::parse(&bytes).ok()).map_or(Last::Lost(path), Last::Whole))
}

fn prepared_in(segment: &Value) -> Vec<Alert> {
    let items = segment["items"].as_array().into_iter().flatten();
    let read = items.filter_map(|item| match item["type"].as_str() {
        Some("prepared_alert") => read_item("a segment", item, &mut Vec::new()),
        _ => None,
    });
    read.filter_map(|item| match item {
        Item::PreparedAlert(alert) => Some(alert),
        _ => None,
    })
    .collect()
}

fn add(all: &mut Vec<Warning>, alert: Alert, group: &str) {
    match all.iter_mut().find(|warning| warning.alert == alert) {
        Some(warning) => warning.groups.push(group.to_owned()),
        None => all.push(Warning { alert, groups: vec![group.to_owned()] }),
    }
}
