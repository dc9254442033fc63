//! What a publication changed, item by item.

use super::{Site, current};
use crate::publication::{Digest, Revision};
use std::collections::{BTreeMap, BTreeSet};

/// How many items came, changed and went, in the groups that were there before and after; and the other groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
    pub new_groups: Vec<String>,
    pub removed_groups: Vec<String>,
}

/// Items by id, each with a digest of what it shows, its pictures included.
type Items = BTreeMap<String, Digest>;

/// Compares two sets of revisions, by group.
pub fn changes(site: &Site, before: &BTreeMap<String, Revision>, after: &BTreeMap<String, Revision>) -> Changes {
    let apart = |one: &BTreeMap<String, Revision>, other: &BTreeMap<String, Revision>| -> Vec<String> {
        one.keys().filter(|group| !other.contains_key(*group)).cloned().collect()
    };
    let mut changes =
        Changes { new_groups: apart(after, before), removed_groups: apart(before, after), ..Changes::default() };
    let [mut added, mut changed, mut removed] = [const { BTreeSet::new() }; 3];
    let everything_is_new = before.is_empty();
    for (group, new) in after {
        let Some(old) = before.get(group) else {
            if everything_is_new {
                added.extend(items(site, new).into_keys());
            }
            continue;
        };
        if old == new {
            continue;
        }
        let (old, new) = (items(site, old), items(site, new));
        removed.extend(old.keys().filter(|id| !new.contains_key(*id)).cloned());
        for (id, digest) in new {
            match old.get(&id) {
                None => drop(added.insert(id)),
                Some(before) if *before != digest => drop(changed.insert(id)),
                Some(_) => {}
            }
        }
    }
    (changes.added, changes.changed, changes.removed) = (added.len(), changed.len(), removed.len());
    changes
}

fn items(site: &Site, revision: &Revision) -> Items {
    let mut items = Items::new();
    for segment in revision.segments.iter().flatten() {
        // A segment that has gone has nothing that could be compared.
        let Ok(segment) = current::document(site, segment) else { continue };
        for item in segment["items"].as_array().into_iter().flatten() {
            let Some(id) = item["id"].as_str() else { continue };
            let pictures = item["media"].as_array().into_iter().flatten();
            let pictures = pictures.filter_map(|media| Some(segment["media"][media["path"].as_str()?].to_string()));
            let shown = pictures.fold(item.to_string(), |shown, picture| shown + &picture);
            items.insert(id.to_owned(), Digest::of(shown.as_bytes()));
        }
    }
    items
}

impl std::fmt::Display for Changes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} added, {} changed, {} removed", self.added, self.changed, self.removed)?;
        for (groups, word) in [(&self.new_groups, "new groups"), (&self.removed_groups, "removed groups")] {
            if !groups.is_empty() {
                write!(f, "; {word}: {}", groups.join(", "))?;
            }
        }
        Ok(())
    }
}
