//! A publication in one file, for a USB stick: a plain tar with the paths that the web has.

use super::current::{self, METADATA_BYTES_MAX};
use super::staging::target_path;
use super::{HubError, Progress, Site};
use crate::publication::{ALERTS, Frame, LIVE, Object, Revision, SegmentMedia, Written};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What a bundle holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bundled {
    pub files: usize,
    pub bytes: u64,
}

/// Writes the bundle. It needs no key: what vouches for it was signed with the publication.
///
/// # Errors
/// When something is missing or damaged, and those of the disk; then there is no new file.
pub fn bundle(site: &Site, out: &Path, progress: Progress<'_>) -> Result<Bundled, HubError> {
    let (metadata, targets) = metadata(site)?;
    let objects = objects(site, &targets)?;
    let name =
        out.file_name().ok_or_else(|| HubError::refused(format!("{}: not the name of a file", out.display())))?;
    let unfinished = out.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let write = || -> Result<Bundled, HubError> {
        let file = File::create(&unfinished).map_err(HubError::disk(out))?;
        let mut tar = Tar { builder: tar::Builder::new(BufWriter::new(file)), bundled: Bundled::default() };
        for path in &metadata {
            let bytes = site.read(path, METADATA_BYTES_MAX)?.ok_or_else(|| absent(site, path))?;
            tar.add(path, &bytes).map_err(HubError::disk(out))?;
        }
        let targets = targets.iter().map(|(target, object)| (target_path(target, object), *object));
        let objects = objects.iter().map(|object| (format!("objects/{}", object.path()), *object));
        let all: Vec<_> = targets.chain(objects).collect();
        for (at, (path, object)) in all.iter().enumerate() {
            let bytes = site.read(path, object.length)?.ok_or_else(|| absent(site, path))?;
            if Object::of(&bytes) != *object {
                return Err(HubError::refused(format!("{}: is damaged: publish again", site.at(path).display())));
            }
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

/// Paths of all metadata, and all targets.
fn metadata(site: &Site) -> Result<(Vec<String>, BTreeMap<String, Object>), HubError> {
    let read = |path: &str| current::metadata(site, path)?.ok_or_else(|| absent(site, path));
    let mut paths = vec!["root.json".to_owned()];
    let roots = site.files("metadata").into_iter().map(|(name, _)| name).filter(|name| name.ends_with(".root.json"));
    paths.extend(roots.map(|name| format!("metadata/{name}")));
    paths.extend(["root.json", "timestamp.json"].map(|name| format!("metadata/bundle/{name}")));
    let version = |above: &Written, file: &str| above.signed["meta"][file]["version"].as_u64();
    let timestamp = read("metadata/bundle/timestamp.json")?;
    let path = format!("metadata/{}.snapshot.json", version(&timestamp, "snapshot.json").unwrap_or_default());
    let snapshot = read(&path)?;
    paths.push(path);
    let mut targets = BTreeMap::new();
    for role in ["targets", ALERTS, LIVE] {
        let Some(version) = version(&snapshot, &format!("{role}.json")) else { continue };
        let path = format!("metadata/{version}.{role}.json");
        targets.extend(read(&path)?.targets());
        paths.push(path);
    }
    Ok((paths, targets))
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
