//! A hub from its backup, in an empty folder.

use super::archive::{Hashed, MANIFEST, Manifest, UNRESTORED, check, read_through};
use super::backup::SECRETS;
use super::store::{AuditLog, Broken, By, Sqlite};
use super::{HubError, Keyring, Site};
use crate::store::{Disk, Folder};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub manifest: Manifest,
    /// Where the audit log was changed by other hands before the backup.
    pub broken: Option<Broken>,
}

/// Restores a backup into an empty folder. `progress` is told what is done at this moment, and bytes of the file.
///
/// # Errors
/// When the folder is not empty, and when anything in the backup is not as it was written: then nothing is there that was
/// not before. Those of the disk.
pub fn restore(
    backup: &Path,
    data: &Path,
    by: By<'_>,
    progress: &dyn Fn(&'static str, u64, u64),
) -> Result<Restored, HubError> {
    let was_there = empty(data)?;
    let near = data.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let room = Folder::new(near).free().map_err(HubError::disk(near))?;
    let manifest = check(backup, room, &|done, all| progress("checking the backup", done, all))?;
    if !was_there {
        DirBuilder::new().recursive(true).mode(0o750).create(data).map_err(HubError::disk(data))?;
    }
    let restored = write(backup, &manifest, data, by, progress);
    if restored.is_err() {
        clear(data, was_there);
    }
    restored.map(|broken| Restored { manifest, broken })
}

/// Whether the folder is there; then it is empty.
fn empty(data: &Path) -> Result<bool, HubError> {
    match fs::read_dir(data) {
        Ok(mut entries) => {
            // A disk of its own has this folder from the beginning.
            let other = entries.find(|entry| entry.as_ref().is_ok_and(|entry| entry.file_name() != "lost+found"));
            match other {
                None => Ok(true),
                Some(_) => Err(HubError::refused(format!(
                    "{}: the folder is not empty, and nothing in it is written over: give another one",
                    data.display()
                ))),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(HubError::Disk { path: data.to_owned(), error }),
    }
}

fn write(
    backup: &Path,
    manifest: &Manifest,
    data: &Path,
    by: By<'_>,
    progress: &dyn Fn(&'static str, u64, u64),
) -> Result<Option<Broken>, HubError> {
    let unrestored = data.join(UNRESTORED);
    File::create(&unrestored).map_err(HubError::disk(&unrestored))?;
    let mut due = manifest.files.iter();
    read_through(backup, &|done, all| progress("restoring", done, all), &mut |name, _, bytes| {
        if name == MANIFEST {
            return Ok(());
        }
        let kept = due.next().filter(|kept| kept.path == name);
        // Somebody may have changed the file since it was checked.
        let changed = || HubError::refused(format!("{}: it changed while it was read", backup.display()));
        let kept = kept.ok_or_else(changed)?;
        let mut bytes = Hashed::new(bytes.take(kept.length));
        put(data, name, &mut bytes)?;
        if bytes.length == kept.length && bytes.finish().to_string() == kept.hash { Ok(()) } else { Err(changed()) }
    })?;
    let told =
        |error: super::store::StoreError| HubError::refused(format!("{}: {error}", data.join("hub.db").display()));
    if super::store::examine(data).map_err(told)? != manifest.database {
        return Err(HubError::refused(format!("{}: its hub.db is not the database that it says", backup.display())));
    }
    let store = Sqlite::open(data).map_err(told)?;
    let broken = store.check_audit().map_err(told)?;
    store.begin_restored(&manifest.made, by).map_err(told)?;
    drop(store);
    if data.join("keys").is_dir() {
        leap(&data.join("keys"))?;
    }
    let site = Site::new(data);
    site.settle()?;
    site.remove(UNRESTORED)?;
    site.settle()?;
    Ok(broken)
}

/// Writes one file where none is.
fn put(data: &Path, name: &str, bytes: &mut dyn Read) -> Result<(), HubError> {
    let path = data.join(name);
    let is_secret = name == "hub.db" || SECRETS.contains(&name.split('/').next().unwrap_or_default());
    let (file, folder) = if is_secret { (0o600, 0o700) } else { (0o640, 0o750) };
    let mut written = || {
        if let Some(above) = path.parent() {
            DirBuilder::new().recursive(true).mode(folder).create(above)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(file).open(&path)?;
        io::copy(bytes, &mut file).map(drop)
    };
    written().map_err(HubError::disk(&path))
}

/// Leaves nothing of a restoration that failed.
fn clear(data: &Path, was_there: bool) {
    // What cannot be removed stays, and says that the folder is not empty.
    if !was_there {
        let _ = fs::remove_dir_all(data);
        return;
    }
    for entry in fs::read_dir(data).into_iter().flatten().flatten().filter(|entry| entry.file_name() != "lost+found") {
        let _ = if entry.path().is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
    }
}

/// Keys from a copy sign as if much had been published since it was made: displays take nothing older than what they have.
///
/// # Errors
/// When there are no keys, and those of the disk.
pub fn leap(keys: &Path) -> Result<(), HubError> {
    let ring = Keyring::open(keys)?;
    let mut ledger = ring.ledger()?;
    ledger.leap();
    ring.write_ledger(&ledger)
}
