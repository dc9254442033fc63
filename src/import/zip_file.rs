//! ZIP archives from elsewhere: their directory is looked at before it is read, and read once for any number of readers.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use zip::ZipArchive;

/// The largest directory that is read, in bytes: a million files with long names.
const DIRECTORY_MAX: u64 = 256 << 20;
/// How much of a file is read at once.
const BUFFER: usize = 8 << 10;

/// An archive; its clones share the directory, and each reads by itself.
pub type ZipFile = ZipArchive<Reader>;

/// Opens an archive of at most so many files.
///
/// # Errors
/// In words: it cannot be read, is none, or holds more.
pub fn open(path: &Path, files_max: u64) -> Result<ZipFile, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let length = file.metadata().map_err(|error| error.to_string())?.len();
    let told = directory(&file, length).map_err(|error| error.to_string())?;
    if let Some((files, bytes)) = told {
        if files > files_max {
            return Err(format!("more than {files_max} files"));
        }
        if bytes > DIRECTORY_MAX {
            return Err(format!("a directory of more than {} MiB", DIRECTORY_MAX >> 20));
        }
    }
    // Whatever else its end may be taken for, no more than that is read of its directory.
    let left = Arc::new(AtomicU64::new(DIRECTORY_MAX + length.min(DIRECTORY_MAX)));
    let reader = Reader { file: Arc::new(file), length, at: 0, buffer: Vec::new(), start: 0, left: left.clone() };
    let archive = ZipArchive::new(reader).map_err(|error| format!("not a whole ZIP archive: {error}"))?;
    left.store(u64::MAX, Ordering::Relaxed);
    Ok(archive)
}

/// How many files an archive says it holds, and the bytes of their directory (APPNOTE 4.3.14 to 4.3.16); `None` where
/// its end is not where it should be.
fn directory(file: &File, length: u64) -> io::Result<Option<(u64, u64)>> {
    const END: usize = 22;
    const LOCATOR: usize = 20;
    let tail = length.min((END + LOCATOR + usize::from(u16::MAX)) as u64);
    let mut bytes = vec![0; usize::try_from(tail).unwrap_or_default()];
    file.read_exact_at(&mut bytes, length - tail)?;
    let found = (0..=bytes.len().saturating_sub(END)).rev().find(|at| {
        let end = bytes.get(*at..).filter(|end| end.len() >= END && end.starts_with(b"PK\x05\x06"));
        end.is_some_and(|end| END + number(end, 20, 2) as usize <= end.len())
    });
    let Some(at) = found else { return Ok(None) };
    let end = bytes.get(at..).unwrap_or_default();
    let plain = (number(end, 10, 2), number(end, 12, 4));
    let locator = at.checked_sub(LOCATOR).and_then(|at| bytes.get(at..)).filter(|one| one.starts_with(b"PK\x06\x07"));
    let Some(locator) = locator else { return Ok(Some(plain)) };
    let mut large = [0; 56];
    match file.read_exact_at(&mut large, number(locator, 8, 8)) {
        Ok(()) if large.starts_with(b"PK\x06\x06") => Ok(Some((number(&large, 32, 8), number(&large, 40, 8)))),
        _ => Ok(Some(plain)),
    }
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let bytes = bytes.get(at..at + length).unwrap_or_default();
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Reads a file that others read as well, each at a place of its own.
#[derive(Clone, Debug)]
pub struct Reader {
    file: Arc<File>,
    length: u64,
    at: u64,
    /// What was read last, and where it stands in the file.
    buffer: Vec<u8>,
    start: u64,
    /// How many bytes may still be read.
    left: Arc<AtomicU64>,
}

impl Read for Reader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let before = |start: u64, at: u64| at.checked_sub(start).and_then(|skipped| usize::try_from(skipped).ok());
        let mut here = before(self.start, self.at).filter(|skipped| *skipped < self.buffer.len());
        let taken = if here.is_none() && out.len() >= BUFFER {
            self.file.read_at(out, self.at)?
        } else {
            if here.is_none() {
                self.buffer.resize(BUFFER, 0);
                let read = self.file.read_at(&mut self.buffer, self.at)?;
                self.buffer.truncate(read);
                (self.start, here) = (self.at, Some(0));
            }
            self.buffer.get(here.unwrap_or_default()..).unwrap_or_default().read(out)?
        };
        let left = self.left.load(Ordering::Relaxed);
        let left = left.checked_sub(taken as u64).ok_or_else(|| io::Error::other("its directory is too large"))?;
        if left < u64::MAX / 2 {
            self.left.store(left, Ordering::Relaxed);
        }
        self.at += taken as u64;
        Ok(taken)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// An archive without files whose end says that there are so many, in a directory of so many bytes.
    fn claims(name: &str, files: u64, bytes: u64) -> Result<ZipFile, String> {
        let mut zip = b"PK\x03\x04".to_vec();
        let at = zip.len() as u64;
        zip.extend(b"PK\x06\x06");
        zip.extend(44_u64.to_le_bytes());
        zip.extend([0; 12]);
        [files, files, bytes, 4].iter().for_each(|number| zip.extend(number.to_le_bytes()));
        zip.extend(b"PK\x06\x07\0\0\0\0");
        zip.extend(at.to_le_bytes());
        zip.extend(1_u32.to_le_bytes());
        zip.extend(b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0");
        let path = std::env::temp_dir().join(format!("parvis-zip-{name}-{}.zip", std::process::id()));
        fs::write(&path, zip).unwrap();
        let opened = open(&path, 1000);
        fs::remove_file(&path).unwrap();
        opened
    }

    #[test]
    fn an_archive_of_too_many_files_is_refused_before_its_directory_is_read() {
        assert!(claims("files", 1001, 100).unwrap_err().contains("more than 1000 files"));
        assert!(claims("bytes", 1000, 300 << 20).unwrap_err().contains("256 MiB"));
        assert!(claims("none", 1000, 100).unwrap_err().contains("not a whole ZIP archive"));
    }
}
