//! The file of a backup: a tar archive, packed with zstd. The database comes first, the list of all files with their hashes
//! last. Whoever reads one trusts nothing in it.

use super::HubError;
use crate::publication::{Digest, Digesting};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// The version of the format that this program writes.
pub const FORMAT: u32 = 1;
/// The list of files in an archive.
pub const MANIFEST: &str = "backup.json";
/// Lies in a folder as long as what is being restored there is not whole.
pub const UNRESTORED: &str = ".restoring";
/// The longest list, in bytes.
const MANIFEST_MAX: u64 = 256 << 20;
const FILES_MAX: usize = 2_000_000;
const PATH_MAX: u64 = 4096;
/// Memory that unpacking may take, as a power of two of bytes.
const WINDOW_MAX: u32 = 27;

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Below the folder of the hub.
    pub path: String,
    pub length: u64,
    /// SHA-256.
    pub hash: String,
}

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// RFC 3339.
    pub made: String,
    /// The version of the database.
    pub database: u32,
    /// The keys that sign for displays are in it.
    pub has_keys: bool,
    pub files: Vec<Kept>,
}

/// Reads while it counts and hashes.
pub struct Hashed<R> {
    from: R,
    digest: Digesting,
    pub length: u64,
}

impl<R: Read> Hashed<R> {
    pub fn new(from: R) -> Self {
        Self { from, digest: Digesting::new(), length: 0 }
    }

    pub fn finish(self) -> Digest {
        self.digest.finish()
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.from.read(into)?;
        self.digest.add(&into[..length]);
        self.length += length as u64;
        Ok(length)
    }
}

/// A file that tells how far it was read.
struct Counted<'a>(File, &'a AtomicU64);

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.0.read(into)?;
        self.1.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// Whether files of a hub may have this path: relative, plain names only.
fn is_plain(path: &str) -> bool {
    let name = |name: &str| !name.is_empty() && name != "." && name != ".." && name.len() <= 255;
    path.len() as u64 <= PATH_MAX && !path.contains(char::is_control) && path.split('/').all(name)
}

/// What to do with each file of an archive: its path, its length, its bytes.
pub type Visit<'v> = &'v mut dyn FnMut(&str, u64, &mut dyn Read) -> Result<(), HubError>;

/// Goes through all files of an archive, in order. `progress` is told bytes of the file itself, and how many it has.
///
/// # Errors
/// When anything stands in it that is no plain file with a plain path of its own, when it is cut off, those of the disk,
/// and those of `visit`.
pub fn read_through(path: &Path, progress: &dyn Fn(u64, u64), visit: Visit<'_>) -> Result<(), HubError> {
    let told = |why: &dyn std::fmt::Display| HubError::refused(format!("{}: {why}", path.display()));
    let file = File::open(path).map_err(HubError::disk(path))?;
    let all = file.metadata().map_err(HubError::disk(path))?.len();
    let done = AtomicU64::new(0);
    let mut unpacked = zstd::Decoder::new(Counted(file, &done)).map_err(|error| told(&error))?;
    unpacked.window_log_max(WINDOW_MAX).map_err(|error| told(&error))?;
    let mut archive = tar::Archive::new(unpacked);
    let (mut seen, mut long) = (BTreeSet::new(), None::<String>);
    for entry in archive.entries().map_err(|error| told(&error))?.raw(true) {
        let mut entry = entry.map_err(|error| told(&format!("is no backup, or cut off: {error}")))?;
        let length = entry.size();
        let kind = entry.header().entry_type();
        if kind.is_gnu_longname() {
            let mut name = Vec::new();
            let whole = length <= PATH_MAX && entry.read_to_end(&mut name).is_ok();
            name.truncate(name.iter().position(|byte| *byte == 0).unwrap_or(name.len()));
            long = String::from_utf8(name).ok().filter(|_| whole);
            if long.is_none() {
                return Err(told(&"it holds a path that no hub writes: nothing was restored"));
            }
            continue;
        }
        let short = String::from_utf8(entry.path_bytes().into_owned()).unwrap_or_default();
        let name = long.take().unwrap_or(short);
        if !kind.is_file() {
            return Err(told(&format!("it holds {name:?}, which is no file: nothing was restored")));
        }
        let is_below_file = || name.match_indices('/').any(|(at, _)| seen.contains(&name[..at]));
        if !is_plain(&name) || seen.len() >= FILES_MAX || is_below_file() || seen.contains(&name) {
            return Err(told(&format!("it holds the path {name:?}, which no hub writes: nothing was restored")));
        }
        visit(&name, length, &mut entry)?;
        seen.insert(name);
        progress(done.load(Ordering::Relaxed), all);
    }
    Ok(())
}

/// Looks at every byte of an archive before anything is written, and gives what it says of itself.
///
/// # Errors
/// As [`read_through`]; when what it holds is not what it says, a newer program wrote it, or there is not enough room.
pub fn check(path: &Path, room: u64, progress: &dyn Fn(u64, u64)) -> Result<Manifest, HubError> {
    let told = |why: String| HubError::refused(format!("{}: {why}: nothing was restored", path.display()));
    let (mut found, mut all, mut manifest) = (Vec::new(), 0_u64, None);
    read_through(path, progress, &mut |name, length, bytes| {
        let cut_off = |error: io::Error| told(format!("{name}: {error}"));
        if manifest.is_some() {
            return Err(told(format!("{name} stands behind the end")));
        }
        if name == MANIFEST {
            let mut text = Vec::new();
            bytes.take(MANIFEST_MAX).read_to_end(&mut text).map_err(cut_off)?;
            let read: Manifest = serde_json::from_slice(&text).map_err(|error| told(format!("{MANIFEST}: {error}")))?;
            manifest = Some(read);
            return Ok(());
        }
        all = all.saturating_add(length);
        if all > room {
            return Err(told(format!("it takes more than the {} MiB that are free", room >> 20)));
        }
        let mut bytes = Hashed::new(bytes);
        let read = io::copy(&mut bytes, &mut io::sink()).map_err(cut_off)?;
        if read != length {
            return Err(told(format!("{name} is cut off")));
        }
        found.push(Kept { path: name.to_owned(), length, hash: bytes.finish().to_string() });
        Ok(())
    })?;
    let manifest = manifest.ok_or_else(|| told("its end is missing".to_owned()))?;
    if manifest.format > FORMAT || manifest.database > super::store::newest() {
        return Err(told(format!(
            "parvis-hub {} wrote it, which is newer: restore it with that one",
            manifest.program
        )));
    }
    if let Some(kept) = manifest.files.iter().zip(&found).find_map(|(kept, found)| (kept != found).then_some(kept)) {
        return Err(told(format!("{} is not as it was backed up", kept.path)));
    }
    if manifest.files.len() != found.len() || !found.iter().any(|file| file.path == "hub.db") {
        return Err(told("a file of it is missing, or one too many".to_owned()));
    }
    Ok(manifest)
}
