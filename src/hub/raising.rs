//! Raising and clearing warnings one by one: what stands is read, changed and signed in one turn, so that two who do so at
//! once lose nothing.

use super::HubError;
use super::delegated::put;
use super::signing::{Change, Signing, Versions};
use super::standing::{self, Items};
use crate::content::{Alert, FORMAT, Item, read_item};
use crate::publication::{ALERTS, DELEGATED_BYTES_MAX, OLDEST_PLAYER};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What came of raising warnings.
#[derive(Debug)]
pub struct Raised {
    pub groups: Vec<String>,
    /// Which wording there was room for.
    pub wording: usize,
    pub versions: Versions,
}

/// What came of clearing warnings.
#[derive(Debug)]
pub struct Cleared {
    pub ids: Vec<String>,
    pub groups: Vec<String>,
    pub versions: Versions,
}

/// Adds warnings to what stands for the groups named, for all where none is; each replaces what stands under its id.
/// `wordings` are the same warnings with fewer and fewer words: the first that fits is taken. What has ended goes.
///
/// # Errors
/// When none fits, a group is not published, what stands cannot be read, a key is missing, and those of the disk.
pub fn raise(signing: &Signing<'_>, wordings: &[Vec<Alert>], groups: &[String]) -> Result<Raised, HubError> {
    let _alone = signing.alone()?;
    let standing = standing::items(signing.ring, signing.site)?;
    let groups = named(groups, &standing)?;
    let mut refused = HubError::refused("there is no warning to raise");
    for (wording, alerts) in wordings.iter().enumerate() {
        let documents = groups.iter().map(|group| {
            let mut items = standing.get(group).cloned().unwrap_or_default();
            items.retain(|item| !has_ended(item, signing));
            for alert in alerts {
                set(&mut items, alert)?;
            }
            Ok((group.clone(), document(group, &items)?))
        });
        match documents.collect::<Result<_, HubError>>() {
            Ok(documents) => {
                let versions = publish(signing, &documents)?;
                return Ok(Raised { groups, wording, versions });
            }
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

/// Takes back the warning called so, or all, from the groups named, from all where none is.
///
/// # Errors
/// When nothing of that stands, a group is not published, what stands cannot be read, a key is missing, and those of the
/// disk.
pub fn clear(signing: &Signing<'_>, id: Option<&str>, groups: &[String]) -> Result<Cleared, HubError> {
    let _alone = signing.alone()?;
    let standing = standing::items(signing.ring, signing.site)?;
    let (mut documents, mut ids) = (BTreeMap::new(), Vec::new());
    for group in named(groups, &standing)? {
        let items = standing.get(&group).cloned().unwrap_or_default();
        let (goes, stays): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| id.is_none_or(|id| item["id"] == id));
        if !goes.is_empty() {
            ids.extend(goes.iter().map(id_of));
            documents.insert(group.clone(), document(&group, &stays)?);
        }
    }
    if documents.is_empty() {
        let mut others: Vec<_> = standing.values().flatten().map(id_of).collect();
        others.sort();
        others.dedup();
        let others = if others.is_empty() { "none does".to_owned() } else { others.join(", ") };
        return Err(HubError::refused(format!("no such warning stands; there are: {others}")));
    }
    ids.sort();
    ids.dedup();
    let versions = publish(signing, &documents)?;
    Ok(Cleared { ids, groups: documents.into_keys().collect(), versions })
}

fn id_of(item: &Value) -> String {
    item["id"].as_str().unwrap_or_default().to_owned()
}

fn named(groups: &[String], standing: &Items) -> Result<Vec<String>, HubError> {
    if let Some(unknown) = groups.iter().find(|group| !standing.contains_key(*group)) {
        let all: Vec<_> = standing.keys().cloned().collect();
        return Err(HubError::refused(format!("the group {unknown} is not published; there are: {}", all.join(", "))));
    }
    Ok(if groups.is_empty() { standing.keys().cloned().collect() } else { groups.to_vec() })
}

fn has_ended(item: &Value, signing: &Signing<'_>) -> bool {
    let Some(Item::Alert(alert)) = read_item(ALERTS, item, &mut Vec::new()) else { return false };
    alert.common.valid.until.is_some_and(|until| until.timestamp() <= signing.now.as_second())
}

/// Puts a warning in the place of the one of its id. It holds since that one does, unless one of the two is a drill.
fn set(items: &mut Vec<Value>, alert: &Alert) -> Result<(), HubError> {
    let mut alert = alert.clone();
    let at = items.iter().position(|item| item["id"] == alert.common.id.as_str());
    let before = at.and_then(|at| read_item(ALERTS, items.get(at)?, &mut Vec::new()));
    if let Some(Item::Alert(before)) = before
        && before.drill == alert.drill
        && before.common.valid.from < alert.common.valid.from
    {
        alert.common.valid.from = before.common.valid.from;
    }
    let item = serde_json::to_value(Item::Alert(alert)).map_err(|error| HubError::refused(error.to_string()))?;
    match at.and_then(|at| items.get_mut(at)) {
        Some(place) => *place = item,
        None => items.push(item),
    }
    Ok(())
}

fn document(group: &str, items: &[Value]) -> Result<Vec<u8>, HubError> {
    let document = json!({"format": FORMAT, "player": OLDEST_PLAYER, "items": items}).to_string().into_bytes();
    if document.len() as u64 > DELEGATED_BYTES_MAX {
        return Err(HubError::refused(format!(
            "the warnings for {group} would have {} bytes, and displays take {DELEGATED_BYTES_MAX}: nothing was \
             published. Say it in fewer words, or clear one that stands (`parvis-hub alert list` names them)",
            document.len()
        )));
    }
    Ok(document)
}

fn publish(signing: &Signing<'_>, documents: &BTreeMap<String, Vec<u8>>) -> Result<Versions, HubError> {
    let documents = documents.iter().map(|(group, document)| (group.as_str(), document.as_slice()));
    let targets = put(signing.site, ALERTS, documents)?;
    signing.sign_in_turn(&Change::Delegated { role: ALERTS, targets })
}
