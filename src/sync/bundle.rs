//! A publication in one file, carried to a display on a stick: a tar archive (POSIX.1-1988 ustar; long names as GNU and
//! pax write them). What is in it is no more believed than what comes over a network.

use super::address::is_path;
use super::fetch::CHUNK_BYTES;
use super::{Answer, Asked, Body, Fetch, FetchFault, Found, Soon};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use tar::{Archive, EntryType, PaxExtensions};

/// The most files of a bundle: what is known of them stays in memory.
const FILES_MAX: usize = 100_000;
/// The most headers that are looked at, files or not.
const HEADERS_MAX: usize = 4 * FILES_MAX;
/// The longest extension of a header that is read, in bytes.
const EXTENSION_BYTES_MAX: u64 = 4096;

/// Where a file lies in the archive.
#[derive(Clone, Copy)]
struct Place {
    start: u64,
    length: u64,
}

/// The files of a bundle.
pub struct Bundle {
    file: Arc<File>,
    places: BTreeMap<Box<str>, Place>,
}

impl Bundle {
    /// Looks through a bundle without reading what is in its files. Of two with one name the first counts; links and
    /// names that lead out of a publication do not.
    ///
    /// # Errors
    /// Why it is no bundle, in words for whoever carries the stick.
    pub fn open(path: &Path) -> Result<Self, String> {
        let in_words = |error: io::Error| format!("{}: {error}", path.display());
        if !path.metadata().map_err(in_words)?.is_file() {
            return Err(format!("{}: is not a file", path.display()));
        }
        let file = File::open(path).map_err(in_words)?;
        let places = places(&file).map_err(|error| format!("{}: is no whole bundle: {error}", path.display()))?;
        Ok(Self { file: Arc::new(file), places })
    }
}

fn places(file: &File) -> io::Result<BTreeMap<Box<str>, Place>> {
    let end = file.metadata()?.len();
    let mut places = BTreeMap::new();
    let mut long_name = None;
    let mut archive = Archive::new(file);
    for (at, entry) in archive.entries_with_seek()?.raw(true).enumerate() {
        let entry = entry?;
        let place = Place { start: entry.raw_file_position(), length: entry.header().entry_size()? };
        if place.start.checked_add(place.length).is_none_or(|last| last > end) {
            return Err(io::Error::other("its end is missing"));
        }
        if at >= HEADERS_MAX || places.len() >= FILES_MAX {
            return Err(io::Error::other(format!("it holds more than {FILES_MAX} files")));
        }
        match entry.header().entry_type() {
            EntryType::GNULongName => long_name = gnu_name(file, place)?.or(long_name),
            EntryType::XHeader => long_name = pax_name(file, place)?.or(long_name),
            EntryType::Regular => {
                let name = long_name.take().or_else(|| String::from_utf8(entry.path_bytes().into_owned()).ok());
                let name = name.as_deref().map(|name| name.strip_prefix("./").unwrap_or(name));
                if let Some(name) = name.filter(|name| is_path(name)) {
                    places.entry(name.into()).or_insert(place);
                }
            }
            _ => long_name = None,
        }
    }
    if places.is_empty() { Err(io::Error::other("it holds no files")) } else { Ok(places) }
}

fn gnu_name(file: &File, place: Place) -> io::Result<Option<String>> {
    let bytes = extension(file, place)?;
    Ok(bytes.split(|byte| *byte == 0).next().and_then(|name| String::from_utf8(name.to_vec()).ok()))
}

fn pax_name(file: &File, place: Place) -> io::Result<Option<String>> {
    let bytes = extension(file, place)?;
    let mut records = PaxExtensions::new(&bytes).filter_map(Result::ok);
    let path = records.find(|record| record.key_bytes() == b"path");
    Ok(path.and_then(|record| record.value().ok().map(str::to_owned)))
}

fn extension(file: &File, place: Place) -> io::Result<Vec<u8>> {
    let length = usize::try_from(place.length.min(EXTENSION_BYTES_MAX)).unwrap_or_default();
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, place.start)?;
    Ok(bytes)
}

impl Fetch for Bundle {
    fn get<'a>(&'a self, asked: Asked<'a>) -> Soon<'a, Result<Answer, FetchFault>> {
        let found = self.places.get(asked.path).map_or(Found::Nothing, |place| {
            let from = if asked.from <= place.length { asked.from } else { 0 };
            let left = Place { start: place.start + from, length: place.length - from };
            Found::Body { from, body: Box::new(Left { file: Arc::clone(&self.file), left }) }
        });
        Box::pin(async { Ok(Answer { found, tag: None, date_secs: None }) })
    }
}

/// What is still to be read of a file.
struct Left {
    file: Arc<File>,
    left: Place,
}

impl Body for Left {
    fn next(&mut self) -> Soon<'_, Result<Option<Vec<u8>>, FetchFault>> {
        let chunk = self.read().map_err(|error| FetchFault::Broken(error.to_string()));
        Box::pin(async { chunk })
    }
}

impl Left {
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        let length = usize::try_from(self.left.length).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES);
        if length == 0 {
            return Ok(None);
        }
        let mut chunk = vec![0; length];
        self.file.read_exact_at(&mut chunk, self.left.start)?;
        self.left = Place { start: self.left.start + length as u64, length: self.left.length - length as u64 };
        Ok(Some(chunk))
    }
}
