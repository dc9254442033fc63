use super::table::Table;
use crate::import::zip_file::{self, ZipFile};
use chrono::{NaiveDate, NaiveDateTime};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

/// The tables of a GTFS feed: a ZIP, or the folder that one was unpacked into.
pub struct Tables(Holder);

enum Holder {
    Folder(PathBuf),
    Zip(Box<ZipFile>),
}

/// More files than a feed has.
const FILES_MAX: u64 = 10_000;
/// The most that is read of a table, unpacked: several times the largest of a whole country.
const UNPACKED_MAX: u64 = 256 << 20;
/// The same for the two tables of which next to nothing is kept.
const STREAMED_MAX: u64 = 8 << 30;

impl Tables {
    /// # Errors
    /// In words, where it is neither a folder nor a ZIP.
    pub fn open(path: &Path) -> Result<Self, String> {
        if path.is_dir() {
            return Ok(Self(Holder::Folder(path.to_owned())));
        }
        let archive =
            zip_file::open(path, FILES_MAX).map_err(|error| format!("not the ZIP of a GTFS feed: {error}"))?;
        Ok(Self(Holder::Zip(Box::new(archive))))
    }

    /// Opens the table of this name, like `stops.txt`; `None` where the feed has none.
    ///
    /// # Errors
    /// In words, where it is there and cannot be read.
    pub fn table(&mut self, name: &'static str) -> Result<Option<Table<'_>>, String> {
        let broken = |error: String| format!("{name}: {error}");
        let input: Box<dyn Read> = match &mut self.0 {
            Holder::Folder(folder) => match File::open(folder.join(name)) {
                Ok(file) => Box::new(file),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(broken(error.to_string())),
            },
            Holder::Zip(archive) => {
                let Some(at) = index_of(archive, name) else { return Ok(None) };
                Box::new(archive.by_index(at).map_err(|error| broken(error.to_string()))?)
            }
        };
        let left = if ["stop_times.txt", "trips.txt"].contains(&name) { STREAMED_MAX } else { UNPACKED_MAX };
        Table::begin(name, Box::new(BufReader::with_capacity(1 << 16, Limited { input, left }))).map(Some)
    }

    /// When a table was written, as the ZIP says: by the clock of whoever packed it.
    pub fn written(&mut self, name: &str) -> Option<NaiveDateTime> {
        let Holder::Zip(archive) = &mut self.0 else { return None };
        let at = index_of(archive, name)?;
        let written = archive.by_index(at).ok()?.last_modified()?;
        let date = NaiveDate::from_ymd_opt(written.year().into(), written.month().into(), written.day().into())?;
        // A ZIP that does not say when has the first day that it could name.
        let date = NaiveDate::from_ymd_opt(1980, 12, 31).filter(|first| date > *first).and(Some(date))?;
        date.and_hms_opt(written.hour().into(), written.minute().into(), written.second().into())
    }
}

/// Reads so many bytes; that there are more is an error, not an end.
struct Limited<'l> {
    input: Box<dyn Read + 'l>,
    left: u64,
}

impl Read for Limited<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| io::Error::other("unpacked it is too large"))?;
        Ok(read)
    }
}

/// Where the archive has the table of this name: at its root, or in the folder that the feed was zipped with.
fn index_of(archive: &ZipFile, name: &str) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for at in 0..archive.len() {
        let Some(Ok(path)) = archive.name_for_index(at) else { continue };
        let last = path.rsplit('/').next().unwrap_or_default();
        if !last.eq_ignore_ascii_case(name) || path.starts_with("__MACOSX") {
            continue;
        }
        if best.is_none_or(|(length, _)| path.len() < length) {
            best = Some((path.len(), at));
        }
    }
    best.map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_is_read_is_an_error() {
        for (left, is_whole) in [(4, false), (5, true)] {
            let mut limited = Limited { input: Box::new(&b"bytes"[..]), left };
            assert_eq!(limited.read_to_end(&mut Vec::new()).is_ok(), is_whole);
        }
    }
}
