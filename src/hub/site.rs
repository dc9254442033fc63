//! The folder of a publication, as any web server gives it out. Every file changes in one rename.

use super::HubError;
use crate::publication::Object;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Names of files that are not yet whole begin with this.
pub const UNFINISHED: &str = ".new-";

/// Asked before each change; an error is what the disk would say.
pub type BeforeChange = Box<dyn Fn(&str) -> io::Result<()> + Send + Sync>;

/// The folder of a publication. Paths are relative to it.
pub struct Site {
    root: PathBuf,
    before_change: Option<BeforeChange>,
    /// How many files were begun: unfinished ones have different names.
    begun: AtomicU64,
    new_bytes: AtomicU64,
}

/// Held as long as nobody else may publish there.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "closing the file is what lets go")] File);

impl Site {
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), before_change: None, begun: AtomicU64::new(0), new_bytes: AtomicU64::new(0) }
    }

    /// A folder in which changes can fail.
    pub fn failing(root: impl Into<PathBuf>, before_change: BeforeChange) -> Self {
        Self { before_change: Some(before_change), ..Self::new(root) }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Bytes of all objects and targets that were written so far: what displays may have to fetch.
    pub fn new_bytes(&self) -> u64 {
        self.new_bytes.load(Ordering::Relaxed)
    }

    /// Reads a file of at most `limit` bytes; `None` when there is none.
    ///
    /// # Errors
    /// Those of the disk, and when it is larger.
    pub fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, HubError> {
        let at = self.at(path);
        let file = match File::open(&at) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(HubError::Disk { path: at, error }),
        };
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(HubError::disk(&at))?;
        if bytes.len() as u64 > limit {
            return Err(HubError::Disk { path: at, error: io::Error::from(io::ErrorKind::FileTooLarge) });
        }
        Ok(Some(bytes))
    }

    /// Reads what an object or target is said to be at this path, whole; `None` when there is nothing.
    ///
    /// # Errors
    /// Those of the disk, when it is another, and when it is said to be larger than any display takes.
    pub fn read_object(&self, path: &str, object: &Object) -> Result<Option<Vec<u8>>, HubError> {
        let told = |why: &str| HubError::refused(format!("{}: {why}", self.at(path).display()));
        if object.length > Object::BYTES_MAX {
            return Err(told("is larger than any display takes"));
        }
        let bytes = self.read(path, object.length)?;
        if bytes.as_ref().is_some_and(|bytes| Object::of(bytes) != *object) {
            return Err(told("is damaged: publish again"));
        }
        Ok(bytes)
    }

    /// Writes a file that is the old one or the new one at any moment, and there for good after this.
    ///
    /// # Errors
    /// Those of the disk; the old file stays.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), HubError> {
        self.put(path, bytes, true)
    }

    /// The same for one of many files: they are there for good after [`Site::settle`].
    ///
    /// # Errors
    /// Those of the disk; the old file stays.
    pub fn write_one_of_many(&self, path: &str, bytes: &[u8]) -> Result<(), HubError> {
        self.put(path, bytes, false)
    }

    fn put(&self, path: &str, bytes: &[u8], for_good: bool) -> Result<(), HubError> {
        let at = self.at(path);
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        let unfinished = at.with_file_name(format!("{UNFINISHED}{}-{number}", std::process::id()));
        let folder = at.parent().unwrap_or(&self.root);
        let done = self.ask(path).and_then(|()| {
            fs::create_dir_all(folder)?;
            let mut file = File::create(&unfinished)?;
            file.write_all(bytes)?;
            if for_good {
                apart_from(&at, &file)?;
                file.sync_all()?;
            }
            fs::rename(&unfinished, &at)?;
            if for_good { File::open(folder)?.sync_all() } else { Ok(()) }
        });
        if done.is_ok() && (path.starts_with("objects/") || path.starts_with("targets/")) {
            self.new_bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        }
        done.map_err(|error| {
            // It may never have come into being; the first error is the one to tell.
            let _ = fs::remove_file(&unfinished);
            HubError::Disk { path: at, error }
        })
    }

    /// Makes sure of everything written so far: one call for thousands of files.
    ///
    /// # Errors
    /// Those of the disk.
    #[expect(unsafe_code, reason = "std has no call that syncs a file system")]
    pub fn settle(&self) -> Result<(), HubError> {
        let sync = || {
            let root = File::open(&self.root)?;
            // SAFETY: the descriptor is open for as long as `root` lives, and syncfs touches no memory.
            if unsafe { libc::syncfs(root.as_raw_fd()) } == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
        };
        self.ask("").and_then(|()| sync()).map_err(HubError::disk(&self.root))
    }

    /// Removes a file; nothing to do when there is none.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn remove(&self, path: &str) -> Result<(), HubError> {
        let at = self.at(path);
        match self.ask(path).and_then(|()| fs::remove_file(&at)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(HubError::Disk { path: at, error }),
            _ => Ok(()),
        }
    }

    fn ask(&self, path: &str) -> io::Result<()> {
        self.before_change.as_ref().map_or(Ok(()), |before| before(path))
    }

    /// Names and lengths of the files in a folder, sorted; nothing when it is not there.
    pub fn files(&self, folder: &str) -> Vec<(String, u64)> {
        let entries = fs::read_dir(self.at(folder)).into_iter().flatten().flatten();
        let file = |entry: fs::DirEntry| {
            let data = entry.metadata().ok()?;
            Some((entry.file_name().into_string().ok()?, data.is_file().then_some(data.len())?))
        };
        let mut files: Vec<_> = entries.filter_map(file).collect();
        files.sort();
        files
    }

    /// Names of the folders in a folder, sorted.
    pub fn folders(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.at(folder)).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        let mut names: Vec<_> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// Keeps every other publisher out of this folder.
    ///
    /// # Errors
    /// When somebody else publishes there at this moment, and those of the disk.
    pub fn lock(&self) -> Result<Lock, HubError> {
        fs::create_dir_all(&self.root).map_err(HubError::disk(&self.root))?;
        let file = lock_file(&self.root.join(".lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(HubError::refused(format!(
                "{}: somebody else publishes there at this moment; try again when that is done",
                self.root.display()
            ))),
            Err(TryLockError::Error(error)) => Err(HubError::Disk { path: self.root.clone(), error }),
        }
    }
}

/// Waits until nobody else works in a folder, and keeps everybody out.
///
/// # Errors
/// Those of the disk.
pub fn wait_for_lock(folder: &Path) -> Result<Lock, HubError> {
    let file = lock_file(&folder.join(".lock"))?;
    file.lock().map_err(HubError::disk(folder))?;
    Ok(Lock(file))
}

/// Web servers tell files apart by length and second: a file that replaces another gets a later one.
fn apart_from(old: &Path, new: &File) -> io::Result<()> {
    let Ok(old) = fs::metadata(old).and_then(|data| data.modified()) else { return Ok(()) };
    let later = old + Duration::from_secs(1);
    if new.metadata()?.modified()? < later { new.set_modified(later) } else { Ok(()) }
}

fn lock_file(path: &Path) -> Result<File, HubError> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    opened.map_err(HubError::disk(path))
}
