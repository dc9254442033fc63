//! A publication in one file, for a USB stick: a plain tar with the paths that the web has.

use super::current::{self, METADATA_BYTES_MAX};
use super::staging::target_path;
use super::{HubError, Progress, Site};
use crate::publication::{
    ALERTS, Frame, Head, LIVE, Object, Revision, SegmentMedia, Written, delegated_target, revision_target, stated,
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What a bundle holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bundled {
    pub files: usize,
    pub bytes: u64,
    /// Until then displays take it.
    pub until: Timestamp,
}

/// Writes the bundle. It needs no key: what vouches for it was signed with the publication.
///
/// # Errors
/// When something is missing or damaged, no display would take it, and those of the disk; then there is no new file.
pub fn bundle(site: &Site, out: &Path, now: Timestamp, progress: Progress<'_>) -> Result<Bundled, HubError> {
    let signed = Signed::read(site)?;
    let until = signed.vouch(site)?;
    if until <= now {
        return Err(HubError::refused(format!(
            "no display takes it: its signature ended on {}. Run `parvis-hub sign --once --keys KEYS --publication {}`, \
             then bundle again",
            stated(until),
            site.root().display()
        )));
    }
    let objects = objects(site, &signed.targets)?;
    let name =
        out.file_name().ok_or_else(|| HubError::refused(format!("{}: not the name of a file", out.display())))?;
    let unfinished = out.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let write = || -> Result<Bundled, HubError> {
        let file = File::create(&unfinished).map_err(HubError::disk(out))?;
        let bundled = Bundled { until, ..Bundled::default() };
        let mut tar = Tar { builder: tar::Builder::new(BufWriter::new(file)), bundled };
        for (path, text) in &signed.files {
            tar.add(path, text.as_bytes()).map_err(HubError::disk(out))?;
        }
        let targets = signed.targets.iter().map(|(target, object)| (target_path(target, object), *object));
        let objects = objects.iter().map(|object| (format!("objects/{}", object.path()), *object));
        let all: Vec<_> = targets.chain(objects).collect();
        for (at, (path, object)) in all.iter().enumerate() {
            let bytes = site.read_object(path, object)?.ok_or_else(|| absent(site, path))?;
            tar.add(path, &bytes).map_err(HubError::disk(out))?;
            progress("bundle", at + 1, all.len());
        }
        tar.finish().map_err(HubError::disk(out))
    };
    let written = write().and_then(|bundled| {
        fs::rename(&unfinished, out).map_err(HubError::disk(out))?;
        Ok(bundled)
    });
    if written.is_err() {
        // It may never have come into being; the first error is the one to tell.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

fn absent(site: &Site, path: &str) -> HubError {
    HubError::refused(format!("{}: is missing: publish again", site.at(path).display()))
}

/// The metadata of a publication, as a stick carries it.
struct Signed {
    /// By path, in the order in which they are written.
    files: Vec<(String, String)>,
    /// What is signed for any group, without its targets.
    head: Head,
    targets: BTreeMap<String, Object>,
}

impl Signed {
    fn read(site: &Site) -> Result<Self, HubError> {
        let mut signed = Self { files: Vec::new(), head: Head::default(), targets: BTreeMap::new() };
        let first =
            Written::parse(signed.add(site, "root.json".to_owned())?.as_bytes()).map_or(0, |root| root.version());
        let mut roots: Vec<u64> = site.files("metadata").iter().filter_map(|(name, _)| version_of_root(name)).collect();
        roots.sort_unstable();
        for version in roots {
            let root = signed.add(site, format!("metadata/{version}.root.json"))?;
            if version > first {
                signed.head.roots.push(root);
            }
        }
        signed.head.bundle_root = Some(signed.add(site, "metadata/bundle/root.json".to_owned())?);
        signed.head.timestamp = signed.add(site, "metadata/bundle/timestamp.json".to_owned())?;
        let version = named(&signed.head.timestamp, "snapshot.json").unwrap_or_default();
        signed.head.snapshot = signed.add(site, format!("metadata/{version}.snapshot.json"))?;
        for role in ["targets", ALERTS, LIVE] {
            let Some(version) = named(&signed.head.snapshot, &format!("{role}.json")) else { continue };
            let text = signed.add(site, format!("metadata/{version}.{role}.json"))?;
            let listed = Written::parse(text.as_bytes()).map_err(|error| HubError::refused(error.to_string()))?;
            signed.targets.extend(listed.targets());
            match role {
                "targets" => signed.head.targets = text,
                _ => drop(signed.head.delegated.insert(role.to_owned(), text)),
            }
        }
        Ok(signed)
    }

    fn add(&mut self, site: &Site, path: String) -> Result<String, HubError> {
        let bytes = site.read(&path, METADATA_BYTES_MAX)?.ok_or_else(|| absent(site, &path))?;
        let told = |_| HubError::refused(format!("{}: is damaged: publish again", site.at(&path).display()));
        let text = String::from_utf8(bytes).map_err(told)?;
        self.files.push((path, text.clone()));
        Ok(text)
    }

    /// Holds it against its root as each display will, and says when its signature ends.
    fn vouch(&self, site: &Site) -> Result<Timestamp, HubError> {
        let pinned = self.files.first().map_or("", |(_, text)| text);
        let read = |target: &str| -> Result<Option<String>, HubError> {
            let Some(object) = self.targets.get(target) else { return Ok(None) };
            let path = target_path(target, object);
            let bytes = site.read_object(&path, object)?.ok_or_else(|| match target.strip_suffix("/alerts.json") {
                Some(group) => HubError::refused(format!(
                    "{}: is missing: publish the warnings again: parvis-hub alerts --file ... --group {group}",
                    site.at(&path).display()
                )),
                None => absent(site, &path),
            })?;
            Ok(String::from_utf8(bytes).ok())
        };
        let mut until = Timestamp::MAX;
        for group in current::groups(&self.targets) {
            let mut head = Head { group: group.clone(), ..self.head.clone() };
            head.revision = read(&revision_target(&group))?.unwrap_or_default();
            for role in [ALERTS, LIVE] {
                head.documents.extend(read(&delegated_target(&group, role))?.map(|text| (role.to_owned(), text)));
            }
            let vouched = head.vouch(pinned.as_bytes()).map_err(|error| Self::not_ended(site, &error))?;
            let held = usize::from(vouched.alerts.is_some()) + usize::from(vouched.live.is_some());
            if held != head.documents.len() {
                return Err(Self::not_ended(site, &"the signatures on alerts or live do not hold"));
            }
            until = vouched.expiries.get("timestamp").copied().unwrap_or(until).min(until);
        }
        Ok(until)
    }

    fn not_ended(site: &Site, why: &dyn std::fmt::Display) -> HubError {
        HubError::refused(format!(
            "no display would take it: {why}. Perhaps a change of keys was cut off before all was signed: run \
             `parvis-hub sign --once --keys KEYS --publication {}`, then bundle again",
            site.root().display()
        ))
    }
}

fn version_of_root(name: &str) -> Option<u64> {
    name.strip_suffix(".root.json")?.parse().ok()
}

/// The version that a metadata file names for another.
fn named(above: &str, file: &str) -> Option<u64> {
    current::named(&Written::parse(above.as_bytes()).ok()?, file)
}

fn objects(site: &Site, targets: &BTreeMap<String, Object>) -> Result<BTreeSet<Object>, HubError> {
    let told = |error: serde_json::Error| HubError::refused(error.to_string());
    let mut objects = BTreeSet::new();
    for (target, object) in targets.iter().filter(|(target, _)| target.ends_with("/revision.json")) {
        let path = target_path(target, object);
        let text = site.read(&path, Revision::BYTES_MAX)?.ok_or_else(|| absent(site, &path))?;
        let revision: Revision = serde_json::from_slice(&text).map_err(told)?;
        if objects.insert(revision.frame) {
            let frame: Frame = serde_json::from_value(current::document(site, &revision.frame)?).map_err(told)?;
            objects.extend(frame.map.into_values());
        }
        for segment in revision.segments.into_iter().flatten() {
            if objects.insert(segment) {
                let media: SegmentMedia = serde_json::from_value(current::document(site, &segment)?).map_err(told)?;
                objects.extend(media.media.values().map(crate::publication::Rendition::object));
            }
        }
    }
    Ok(objects)
}

struct Tar {
    builder: tar::Builder<BufWriter<File>>,
    bundled: Bundled,
}

impl Tar {
    fn add(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        self.bundled.files += 1;
        self.bundled.bytes += bytes.len() as u64;
        self.builder.append_data(&mut header, path, bytes)
    }

    fn finish(self) -> io::Result<Bundled> {
        let mut out = self.builder.into_inner()?;
        out.flush()?;
        out.get_ref().sync_all()?;
        Ok(self.bundled)
    }
}
