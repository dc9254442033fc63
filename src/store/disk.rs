//! The one way from the store to the disk: few, plain operations, so that a test can cut, fill or break each of them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// One file or folder of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// In bytes; 0 for a folder.
    pub length: u64,
    pub is_folder: bool,
}

/// Files below one root. Paths are relative to it, with `/`, and never leave it.
///
/// What was written is on the disk only after [`Disk::sync`]; that a name leads to it, only after [`Disk::sync_folder`];
/// both of everything, after [`Disk::sync_all`].
pub trait Disk: Send + Sync {
    /// Reads a whole file of at most `limit` bytes.
    ///
    /// # Errors
    /// `NotFound` when there is none; `FileTooLarge` beyond the limit.
    fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>>;

    /// Reads at most `length` bytes from `offset` on; fewer only where the file ends.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    fn read_piece(&self, path: &str, offset: u64, length: usize) -> io::Result<Vec<u8>>;

    /// Where a file lies for other programs; `None` on a disk that has no such places.
    fn place(&self, _path: &str) -> Option<PathBuf> {
        None
    }

    /// The length of a file in bytes; `None` when there is none.
    ///
    /// # Errors
    /// Those of the disk.
    fn length(&self, path: &str) -> io::Result<Option<u64>>;

    /// What lies in a folder, by name; nothing when it is not there.
    ///
    /// # Errors
    /// Those of the disk.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// Writes bytes into a file at `offset`, making it and cutting off what stood behind that.
    ///
    /// # Errors
    /// Those of the disk, such as `StorageFull`.
    fn write(&self, path: &str, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Makes sure of a file's bytes.
    ///
    /// # Errors
    /// Those of the disk.
    fn sync(&self, path: &str) -> io::Result<()>;

    /// Makes sure of a folder's names.
    ///
    /// # Errors
    /// Those of the disk.
    fn sync_folder(&self, folder: &str) -> io::Result<()>;

    /// Makes sure of everything written and named before: one call for thousands of files.
    ///
    /// # Errors
    /// Those of the disk.
    fn sync_all(&self) -> io::Result<()>;

    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// Those of the disk.
    fn make_folder(&self, folder: &str) -> io::Result<()>;

    /// Gives a file another name, in place of what had it: either name or the other, at any moment.
    ///
    /// # Errors
    /// Those of the disk.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file, or a folder with what is in it; nothing to do when there is none.
    ///
    /// # Errors
    /// Those of the disk.
    fn remove(&self, path: &str) -> io::Result<()>;

    /// Bytes that can still be written.
    ///
    /// # Errors
    /// Those of the disk.
    fn free(&self) -> io::Result<u64>;
}

/// The folder that a path lies in; empty for the root.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A folder of this machine.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    fn at(&self, path: &str) -> io::Result<PathBuf> {
        if path.split('/').any(|part| part == ".." || part.contains('\0')) || path.starts_with('/') {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{path} leaves the store")));
        }
        Ok(self.root.join(path))
    }
}

impl Disk for Folder {
    fn place(&self, path: &str) -> Option<PathBuf> {
        self.at(path).ok()
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let file = File::open(self.at(path)?)?;
        let length = file.metadata()?.len();
        if length > limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("{path}: more than {limit} bytes")));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn read_piece(&self, path: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.at(path)?)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        file.take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn length(&self, path: &str) -> io::Result<Option<u64>> {
        match fs::symlink_metadata(self.at(path)?) {
            Ok(data) => Ok(data.is_file().then_some(data.len())),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let entries = match fs::read_dir(self.at(folder)?) {
            Ok(entries) => entries,
            Err(error) if is_absent(&error) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut listed = Vec::new();
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Ok(data) = entry.metadata() else { continue };
            listed.push(Entry { name, length: if data.is_dir() { 0 } else { data.len() }, is_folder: data.is_dir() });
        }
        listed.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(listed)
    }

    fn write(&self, path: &str, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(offset == 0).open(self.at(path)?)?;
        if offset > 0 {
            file.set_len(offset)?;
            file.seek(SeekFrom::Start(offset))?;
        }
        file.write_all(bytes)
    }

    fn sync(&self, path: &str) -> io::Result<()> {
        File::open(self.at(path)?)?.sync_all()
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        File::open(self.at(folder)?)?.sync_all()
    }

    #[expect(unsafe_code, reason = "std has no call that syncs a file system")]
    fn sync_all(&self) -> io::Result<()> {
        let root = File::open(&self.root)?;
        // SAFETY: the descriptor is open for as long as `root` lives, and syncfs touches no memory.
        if unsafe { libc::syncfs(root.as_raw_fd()) } != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }

    fn make_folder(&self, folder: &str) -> io::Result<()> {
        fs::create_dir_all(self.at(folder)?)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.at(from)?, self.at(to)?)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let at = self.at(path)?;
        let done = match fs::symlink_metadata(&at) {
            Ok(data) if data.is_dir() => fs::remove_dir_all(&at),
            Ok(_) => fs::remove_file(&at),
            Err(error) => Err(error),
        };
        done.or_else(|error| if is_absent(&error) { Ok(()) } else { Err(error) })
    }

    #[expect(unsafe_code, reason = "std has no call for the free space of a file system")]
    fn free(&self) -> io::Result<u64> {
        let path = std::ffi::CString::new(self.root.as_os_str().as_bytes())?;
        let mut space = std::mem::MaybeUninit::<libc::statvfs>::uninit();
        // SAFETY: the path ends in a zero byte, and statvfs fills the whole structure when it returns 0.
        let space = unsafe {
            if libc::statvfs(path.as_ptr(), space.as_mut_ptr()) != 0 {
                return Err(io::Error::last_os_error());
            }
            space.assume_init()
        };
        Ok(space.f_bavail.saturating_mul(space.f_frsize))
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
