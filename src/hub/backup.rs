//! Everything a hub keeps as one file, made while it works.

use super::archive::{FORMAT, Hashed, Kept, MANIFEST, Manifest, UNRESTORED};
use super::current::{self, metadata};
use super::keyring::{SNAPSHOT, TARGETS};
use super::site::UNFINISHED;
use super::staging::target_path;
use super::store::{self, Broken, Copied};
use super::{HubError, Site};
use crate::publication::{ALERTS, LIVE};
use chrono::{DateTime, Utc};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// What is made again from the rest, or belongs to the process that runs: not part of a backup.
const LEFT_OUT: [&str; 9] = [
    "backup.json",
    "beginning",
    "hub.db",
    "hub.db-shm",
    "hub.db-wal",
    "hub.lock",
    "lost+found",
    "signer.sock",
    "publication",
];
/// What signs for displays.
pub const SECRETS: [&str; 2] = ["keys", "passphrase"];
/// How deep folders lie in each other.
const DEPTH_MAX: usize = 32;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    pub files: usize,
    /// Before packing.
    pub bytes: u64,
    /// Where the audit log was changed by other hands.
    pub broken: Option<Broken>,
    /// What is no plain file, and is not in it.
    pub left_out: Vec<String>,
}

/// A file that is gone with it, unless it became something.
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        // It may never have come into being, or have its name by now.
        let _ = fs::remove_file(&self.0);
    }
}

/// Backs up the folder of a hub into a new file that only its owner reads. `progress` is told what is done at this moment,
/// and bytes.
///
/// # Errors
/// When there is no hub, the file is there already, a file changes while it is read, and those of the disk. Then there is
/// no new file.
pub fn back_up(
    data: &Path,
    out: &Path,
    with_keys: bool,
    now: DateTime<Utc>,
    progress: &dyn Fn(&'static str, u64, u64),
) -> Result<BackedUp, HubError> {
    let unfinished = place(data, out)?;
    let copy = Passing(unfinished.0.with_extension("db"));
    progress("copying the database", 0, 1);
    let broken = |error: store::StoreError| HubError::refused(format!("{}: {error}", data.join("hub.db").display()));
    let Copied { version, broken } = store::copy(data, &copy.0).map_err(broken)?;
    let mut walk = Walk { data, with_keys, files: Vec::new(), left_out: Vec::new() };
    walk.folder(Path::new(""), 0)?;
    walk.publication()?;
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished.0);
    let file = file.map_err(HubError::disk(&unfinished.0))?;
    let full = HubError::disk(out);
    let mut writing = Writing::begin(file).map_err(HubError::disk(out))?;
    let all: u64 = walk.files.iter().map(|(_, length)| length).sum();
    // The database before the files that it names: one that comes meanwhile is one too many, and none is missing.
    writing.add("hub.db", &copy.0)?;
    for (path, _) in &walk.files {
        writing.add(path, &data.join(path))?;
        progress("copying files", writing.bytes, all.max(writing.bytes));
    }
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let made = now.to_rfc3339();
    let files = std::mem::take(&mut writing.files);
    let manifest = Manifest { format: FORMAT, program, made, database: version, has_keys: with_keys, files };
    writing.finish(&manifest).map_err(full)?;
    fs::rename(&unfinished.0, out).map_err(HubError::disk(out))?;
    let folder = File::open(unfinished.0.parent().unwrap_or(out));
    folder.and_then(|folder| folder.sync_all()).map_err(HubError::disk(out))?;
    Ok(BackedUp { files: manifest.files.len(), bytes: writing_bytes(&manifest), broken, left_out: walk.left_out })
}

fn writing_bytes(manifest: &Manifest) -> u64 {
    manifest.files.iter().map(|file| file.length).sum()
}

/// The file as long as it is not whole, beside what it will be.
fn place(data: &Path, out: &Path) -> Result<Passing, HubError> {
    if !data.join("hub.db").exists() {
        return Err(HubError::refused(format!("{}: there is no hub", data.display())));
    }
    if out.exists() {
        return Err(HubError::refused(format!(
            "{}: it is there already, and no backup is written over",
            out.display()
        )));
    }
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().map_err(HubError::disk(folder))?;
    let own = data.canonicalize().map_err(HubError::disk(data))?;
    if folder.starts_with(&own) {
        return Err(HubError::refused(format!(
            "{}: a backup in the folder of the hub is lost with it: give another folder, best of another machine",
            out.display()
        )));
    }
    Ok(Passing(folder.join(format!("{UNFINISHED}{}.backup", std::process::id()))))
}

/// Finds what is to be kept.
struct Walk<'a> {
    data: &'a Path,
    with_keys: bool,
    /// Paths below the folder of the hub, and lengths.
    files: Vec<(String, u64)>,
    left_out: Vec<String>,
}

impl Walk<'_> {
    fn folder(&mut self, below: &Path, depth: usize) -> Result<(), HubError> {
        let at = self.data.join(below);
        let mut entries = match fs::read_dir(&at) {
            Ok(entries) => entries.collect::<io::Result<Vec<_>>>().map_err(HubError::disk(&at))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(HubError::Disk { path: at, error }),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = below.join(entry.file_name());
            let Some(name) = path.to_str().map(str::to_owned) else {
                self.left_out.push(path.display().to_string());
                continue;
            };
            if self.is_no_part(&name) {
                continue;
            }
            // A folder of the hub may lie on another disk; a link further below leads anywhere.
            let seen = if depth == 0 { fs::metadata(entry.path()) } else { fs::symlink_metadata(entry.path()) };
            match seen {
                Ok(seen) if seen.is_dir() && depth < DEPTH_MAX => self.folder(&path, depth + 1)?,
                Ok(seen) if seen.is_file() => self.files.push((name, seen.len())),
                Ok(_) => self.left_out.push(name),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(HubError::Disk { path: entry.path(), error }),
            }
        }
        Ok(())
    }

    /// Of the publication only what is signed now, so that warnings that stand go on standing. Its objects are made again.
    fn publication(&mut self) -> Result<(), HubError> {
        let site = Site::new(self.data.join("publication"));
        let mut paths = vec!["root.json".to_owned()];
        paths.extend(["root", "timestamp"].map(|name| format!("metadata/bundle/{name}.json")));
        let roots =
            site.files("metadata").into_iter().map(|(name, _)| name).filter(|name| name.ends_with(".root.json"));
        paths.extend(roots.map(|name| format!("metadata/{name}")));
        let mut named = vec![("metadata/timestamp.json".to_owned(), vec![SNAPSHOT])];
        while let Some((path, below)) = named.pop() {
            let Some(written) = metadata(&site, &path)? else { continue };
            for role in below {
                let version = current::named(&written, &format!("{role}.json"));
                let more = if role == SNAPSHOT { vec![TARGETS, ALERTS, LIVE] } else { Vec::new() };
                named.extend(version.map(|version| (format!("metadata/{version}.{role}.json"), more)));
            }
            paths.extend(written.targets().iter().map(|(target, object)| target_path(target, object)));
            paths.push(path);
        }
        for path in paths {
            // Older ones stay a while, so that nothing of this is gone when another publication comes.
            if let Ok(data) = fs::metadata(site.at(&path)) {
                self.files.push((format!("publication/{path}"), data.len()));
            }
        }
        Ok(())
    }

    fn is_no_part(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_passing = name.starts_with(UNFINISHED) || [".lock", UNRESTORED].contains(&name);
        is_passing || LEFT_OUT.contains(&path) || SECRETS.contains(&path) && !self.with_keys
    }
}

/// The archive as it grows.
struct Writing {
    archive: tar::Builder<zstd::Encoder<'static, BufWriter<File>>>,
    files: Vec<Kept>,
    bytes: u64,
}

impl Writing {
    fn begin(file: File) -> io::Result<Self> {
        let mut packed = zstd::Encoder::new(BufWriter::new(file), zstd::DEFAULT_COMPRESSION_LEVEL)?;
        packed.include_checksum(true)?;
        Ok(Self { archive: tar::Builder::new(packed), files: Vec::new(), bytes: 0 })
    }

    fn add(&mut self, name: &str, path: &Path) -> Result<(), HubError> {
        let file = match File::open(path) {
            Ok(file) => file,
            // Somebody took it away since it was found.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(HubError::Disk { path: path.to_owned(), error }),
        };
        let length = file.metadata().map_err(HubError::disk(path))?.len();
        let mut bytes = Hashed::new(file.take(length));
        self.archive.append_data(&mut header(length), name, &mut bytes).map_err(HubError::disk(path))?;
        if bytes.length != length {
            return Err(HubError::refused(format!("{}: it changed while it was read: try again", path.display())));
        }
        self.bytes += length;
        self.files.push(Kept { path: name.to_owned(), length, hash: bytes.finish().to_string() });
        Ok(())
    }

    fn finish(mut self, manifest: &Manifest) -> io::Result<()> {
        let text = serde_json::to_vec(manifest)?;
        self.archive.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
        let mut file = self.archive.into_inner()?.finish()?;
        file.flush()?;
        file.get_ref().sync_all()
    }
}

fn header(length: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(length);
    header.set_mode(0o600);
    header.set_entry_type(tar::EntryType::Regular);
    header
}
