//! Removes what no display can ask for any more.

use super::site::UNFINISHED;
use super::staging::revision_path;
use super::{HubError, Site, check, current};
use crate::publication::{Digest, Frame, Object, Revision, SegmentMedia, revision_target};
use std::collections::{BTreeMap, BTreeSet};

/// So many publications stay whole: a display that is just fetching an older one can end.
pub const REVISIONS_KEPT: usize = 3;

/// So many versions of other metadata stay.
const VERSIONS_KEPT: usize = 10;

/// What a sweep took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub files: usize,
    pub bytes: u64,
}

/// Removes objects, targets and metadata of publications older than the last [`REVISIONS_KEPT`].
///
/// # Errors
/// Those of the disk, and when a kept publication cannot be read: then nothing is removed.
pub fn sweep(site: &Site) -> Result<Swept, HubError> {
    // What is there now, before what is needed is worked out: a signer may write meanwhile, and what it writes stays.
    let metadata = site.files("metadata");
    let [targets, objects] = ["targets", "objects"].map(|kind| {
        let folders = site.folders(kind).into_iter().map(|folder| format!("{kind}/{folder}"));
        folders
            .flat_map(|folder| {
                site.files(&folder).into_iter().map(move |(name, bytes)| (format!("{folder}/{name}"), bytes))
            })
            .collect::<Vec<_>>()
    });
    let mut keep = Keep::default();
    keep.metadata(site)?;
    keep.staged(site)?;
    let mut swept = Swept::default();
    let mut remove = |path: String, bytes: u64| -> Result<(), HubError> {
        site.remove(&path)?;
        swept.files += 1;
        swept.bytes += bytes;
        Ok(())
    };
    for (name, bytes) in metadata {
        if name.starts_with(UNFINISHED) || versioned(&name).is_some() && !keep.metadata.contains(&name) {
            remove(format!("metadata/{name}"), bytes)?;
        }
    }
    for (path, bytes) in targets {
        if !keep.targets.contains(&path) {
            remove(path, bytes)?;
        }
    }
    for (path, bytes) in objects {
        let hash = path.rsplit('/').next().and_then(Digest::parse);
        if !hash.is_some_and(|hash| keep.objects.contains(&hash)) {
            remove(path, bytes)?;
        }
    }
    Ok(swept)
}

/// Version and role in the name of a metadata file.
fn versioned(name: &str) -> Option<(u64, &str)> {
    let (version, role) = name.strip_suffix(".json")?.split_once('.')?;
    // Displays follow the chain of roots from the very first.
    (role != "root").then_some((version.parse().ok()?, role))
}

#[derive(Default)]
struct Keep {
    metadata: BTreeSet<String>,
    targets: BTreeSet<String>,
    objects: BTreeSet<Digest>,
}

impl Keep {
    fn metadata(&mut self, site: &Site) -> Result<(), HubError> {
        let names: Vec<String> = site.files("metadata").into_iter().map(|(name, _)| name).collect();
        let mut by_role: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for (version, role) in names.iter().filter_map(|name| versioned(name)) {
            by_role.entry(role).or_default().push(version);
        }
        for (role, mut versions) in by_role {
            versions.sort_unstable_by(|one, other| other.cmp(one));
            let mut publications = BTreeSet::new();
            for (at, version) in versions.into_iter().enumerate() {
                let name = format!("{version}.{role}.json");
                if role == "snapshot" {
                    if at < VERSIONS_KEPT {
                        self.metadata.insert(name);
                    }
                    continue;
                }
                let listed = current::metadata(site, &format!("metadata/{name}"))?.map(|file| file.targets());
                let listed = listed.unwrap_or_default();
                // Signing the same again makes no new publication.
                publications.insert(listed.iter().map(|(name, object)| (name.clone(), *object)).collect::<Vec<_>>());
                let kept = if role == "targets" { publications.len() <= REVISIONS_KEPT } else { at < VERSIONS_KEPT };
                if kept {
                    self.publication(site, &listed)?;
                    self.metadata.insert(name);
                }
            }
        }
        Ok(())
    }

    /// What waits for a signature.
    fn staged(&mut self, site: &Site) -> Result<(), HubError> {
        let staged = check::staged(site).ok().flatten().unwrap_or_default();
        let targets = staged.revisions.iter().map(|(group, object)| (revision_target(group), *object));
        self.publication(site, &targets.collect())
    }

    fn publication(&mut self, site: &Site, listed: &BTreeMap<String, Object>) -> Result<(), HubError> {
        for (target, object) in listed {
            self.targets.insert(super::staging::target_path(target, object));
            let Some(group) = target.strip_suffix("/revision.json") else { continue };
            let Some(text) = site.read(&revision_path(group, object), Revision::BYTES_MAX)? else { continue };
            let Ok(revision) = serde_json::from_slice::<Revision>(&text) else { continue };
            self.revision(site, &revision)?;
        }
        Ok(())
    }

    fn revision(&mut self, site: &Site, revision: &Revision) -> Result<(), HubError> {
        let is_new = |keep: &mut Self, object: &Object| keep.objects.insert(object.hash);
        let told = |error: serde_json::Error| HubError::refused(error.to_string());
        if is_new(self, &revision.frame) {
            let frame: Frame = serde_json::from_value(current::document(site, &revision.frame)?).map_err(told)?;
            self.objects.extend(frame.map.values().map(|tile| tile.hash));
        }
        for segment in revision.segments.iter().flatten() {
            if is_new(self, segment) {
                let media: SegmentMedia = serde_json::from_value(current::document(site, segment)?).map_err(told)?;
                self.objects.extend(media.media.values().map(|rendition| rendition.hash));
            }
        }
        Ok(())
    }
}
