//! JSON files that lie in a folder or in a ZIP archive, by the thousand: each is read on one of a few threads and handed
//! over in the order of their names, so that memory holds a handful of them at a time.

use super::Job;
use super::zip_file::{self, ZipFile};
use crate::content::Problem;
use std::collections::{HashMap, VecDeque};
use std::fs::{self, DirEntry, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

/// The largest file that is read, in bytes; the largest known object has half a MiB.
const FILE_MAX: u64 = 16 << 20;
/// Text shrinks to a fiftieth at most; what shrinks further was made to fill memory.
const RATIO_MAX: u64 = 400;
/// More files than any country has objects.
const FILES_MAX: usize = 1_000_000;
/// How many folders lie in one another.
const DEPTH_MAX: usize = 8;
/// How many of those that cannot be read are named.
const UNREADABLE_MAX: usize = 100;
/// How many threads read; more only wait for the one that takes what they made.
const LANES_MAX: usize = 4;
/// How many records each thread may be ahead.
const AHEAD: usize = 8;

/// The JSON files of a folder or of a ZIP archive.
pub struct JsonFiles {
    reader: Reader,
    names: Vec<String>,
    unreadable: Unreadable,
}

/// What lies there and cannot be read.
#[derive(Default)]
struct Unreadable {
    /// Names and reasons.
    told: Vec<(String, String)>,
    /// How many more.
    more: usize,
}

impl Unreadable {
    fn add(&mut self, name: impl Into<String>, reason: impl Into<String>) {
        if self.told.len() < UNREADABLE_MAX {
            self.told.push((name.into(), reason.into()));
        } else {
            self.more += 1;
        }
    }
}

impl JsonFiles {
    /// `None` for a path that is neither a folder nor a ZIP archive.
    ///
    /// # Errors
    /// In words, where it is one of them and cannot be read.
    pub fn open(path: &Path) -> Result<Option<Self>, String> {
        let mut unreadable = Unreadable::default();
        let (reader, mut names) = if path.is_dir() {
            (Reader::Folder(path.to_owned()), in_folder(path, &mut unreadable)?)
        } else if is_zip(path)? {
            let archive = zip_file::open(path, FILES_MAX as u64)?;
            let places = in_zip(&archive, &mut unreadable);
            let names = places.keys().cloned().collect();
            (Reader::Zip { archive, places: Arc::new(places) }, names)
        } else {
            return Ok(None);
        };
        names.sort_unstable();
        Ok(Some(Self { reader, names, unreadable }))
    }

    /// Tells what lies there and cannot be read; whether there was nothing to tell.
    pub fn tell_unreadable(&self, job: &mut Job<'_>) -> bool {
        for (name, reason) in &self.unreadable.told {
            job.problem(Problem::new(job.source(), name.as_str(), "file", reason.as_str()));
        }
        if self.unreadable.more > 0 {
            let reason = format!("{} more files or folders cannot be read", self.unreadable.more);
            job.problem(Problem::new(job.source(), "", "file", reason));
        }
        self.unreadable.told.is_empty()
    }

    /// Their names below the folder or archive, with `/`, sorted.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One of them as a whole.
    ///
    /// # Errors
    /// In words, where it cannot be read.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        self.reader.clone().fill(name, &mut bytes)?;
        Ok(bytes)
    }

    /// Reads these files on several threads, `make` makes something of each, and `take` gets all of it in order.
    pub fn read_each<T: Send>(
        &self,
        names: &[String],
        make: impl Fn(&str, Result<&[u8], String>) -> T + Sync,
        mut take: impl FnMut(T),
    ) {
        let lanes = thread::available_parallelism().map_or(1, usize::from).clamp(1, LANES_MAX);
        thread::scope(|scope| {
            let mut made = Vec::new();
            for lane in 0..lanes {
                let (sender, receiver) = sync_channel(AHEAD);
                made.push(receiver);
                let make = &make;
                scope.spawn(move || {
                    let mut reader = self.reader.clone();
                    let mut bytes = Vec::new();
                    for name in names.iter().skip(lane).step_by(lanes) {
                        let read = reader.fill(name, &mut bytes);
                        // Nobody takes it any more: the other side has gone.
                        if sender.send(make(name, read.map(|()| bytes.as_slice()))).is_err() {
                            return;
                        }
                    }
                });
            }
            for lane in made.iter().cycle().take(names.len()) {
                if let Ok(made) = lane.recv() {
                    take(made);
                }
            }
        });
    }
}

#[derive(Clone)]
enum Reader {
    Folder(PathBuf),
    Zip {
        archive: ZipFile,
        /// Where each name stands in it.
        places: Arc<HashMap<String, usize>>,
    },
}

impl Reader {
    fn fill(&mut self, name: &str, bytes: &mut Vec<u8>) -> Result<(), String> {
        bytes.clear();
        match self {
            Self::Folder(folder) => {
                let file = File::open(folder.join(name)).map_err(|error| error.to_string())?;
                let length = file.metadata().map_err(|error| error.to_string())?.len();
                pour(file, length, bytes)
            }
            Self::Zip { archive, places } => {
                let place = places.get(name).ok_or("there is no such file")?;
                let entry = archive.by_index(*place).map_err(|error| error.to_string())?;
                let (size, packed) = (entry.size(), entry.compressed_size());
                if size > 1 << 20 && size / packed.max(1) > RATIO_MAX {
                    return Err(format!("packed to less than a {RATIO_MAX}th of its size, as no text is"));
                }
                pour(entry, size, bytes)
            }
        }
    }
}

/// What an archive says of a file's size is believed only as far as the limit goes.
fn pour(from: impl Read, length: u64, bytes: &mut Vec<u8>) -> Result<(), String> {
    let too_large = || Err(format!("larger than {} MiB", FILE_MAX >> 20));
    if length > FILE_MAX {
        return too_large();
    }
    from.take(FILE_MAX + 1).read_to_end(bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > FILE_MAX { too_large() } else { Ok(()) }
}

/// A ZIP archive begins with its first entry, or, empty, with its end (APPNOTE 4.3.7, 4.3.16).
fn is_zip(path: &Path) -> Result<bool, String> {
    let mut head = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(4).read_to_end(&mut head).map_err(|error| error.to_string())?;
    Ok(head == b"PK\x03\x04" || head == b"PK\x05\x06")
}

/// The JSON files of an archive, each with its place there.
fn in_zip(archive: &ZipFile, unreadable: &mut Unreadable) -> HashMap<String, usize> {
    let mut places = HashMap::new();
    for (place, (name, raw)) in archive.file_names().zip(archive.file_names_raw()).enumerate() {
        let lossy = || String::from_utf8_lossy(raw).into_owned();
        match name {
            Ok(name) if !is_json(&name) => {}
            Ok(name) => {
                if places.insert(name.into_owned(), place).is_some() {
                    unreadable.add(lossy(), "two files have this name: only one of them is read");
                }
            }
            Err(error) => unreadable.add(lossy(), format!("its name cannot be read: {error}")),
        }
    }
    places
}

/// The JSON files below a folder.
fn in_folder(root: &Path, unreadable: &mut Unreadable) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut open = VecDeque::from([(root.to_owned(), String::new(), 0)]);
    while let Some((folder, before, depth)) = open.pop_front() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(format!("{}: {error}", folder.display())),
            Err(error) => {
                unreadable.add(before, format!("this folder cannot be read: {error}"));
                continue;
            }
        };
        for entry in entries {
            match entry.map(|entry| found(&entry, &before)) {
                Err(error) => unreadable.add(before.clone(), format!("a file in it cannot be read: {error}")),
                Ok(Found::Nothing) => {}
                Ok(Found::Unreadable(name, reason)) => unreadable.add(name, reason),
                Ok(Found::Folder(name, _)) if depth >= DEPTH_MAX => {
                    unreadable.add(name, format!("it lies in more than {DEPTH_MAX} folders: nothing in it is read"));
                }
                Ok(Found::Folder(name, path)) => open.push_back((path, name, depth + 1)),
                Ok(Found::File(name)) => names.push(name),
            }
            if names.len() > FILES_MAX {
                return Err(format!("more than {FILES_MAX} files"));
            }
        }
    }
    Ok(names)
}

/// What an entry of a folder is.
enum Found {
    /// A file to read, by its name below the outermost folder.
    File(String),
    Folder(String, PathBuf),
    Unreadable(String, String),
    /// Nothing that is looked for.
    Nothing,
}

fn found(entry: &DirEntry, before: &str) -> Found {
    let name = entry.file_name();
    let below = |name: &str| if before.is_empty() { name.to_owned() } else { format!("{before}/{name}") };
    let lossy = name.to_string_lossy();
    let kind = match entry.file_type() {
        Ok(kind) => kind,
        Err(error) => return Found::Unreadable(below(&lossy), error.to_string()),
    };
    let is_meant = if kind.is_dir() { !lossy.starts_with('.') } else { is_json(&lossy) };
    match name.to_str() {
        // A link to a folder may lead back to where we are.
        _ if kind.is_symlink() && entry.path().is_dir() => {
            Found::Unreadable(below(&lossy), "it is a link to a folder, which is not followed".to_owned())
        }
        _ if !is_meant => Found::Nothing,
        None => Found::Unreadable(below(&lossy), "its name is not UTF-8".to_owned()),
        Some(name) if kind.is_dir() => Found::Folder(below(name), entry.path()),
        Some(name) => Found::File(below(name)),
    }
}

fn is_json(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    // Macintosh archives hold a "._" file beside each.
    !file.starts_with('.') && file.len() > 5 && file.to_ascii_lowercase().ends_with(".json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::io::Write;
    use std::os::unix::ffi::OsStrExt;
    use zip::write::SimpleFileOptions;

    fn zipped(folder: &Path, files: &[(&str, &[u8])]) -> PathBuf {
        fs::create_dir_all(folder).unwrap();
        let path = folder.join("flux.zip");
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    #[test]
    fn files_come_in_the_order_of_their_names_and_hostile_ones_are_refused() {
        let folder = std::env::temp_dir().join(format!("parvis-json-files-{}", std::process::id()));
        let bomb = vec![b' '; 8 << 20];
        let mut files: Vec<(String, Vec<u8>)> = (0..50).map(|at| (format!("o/{at:02}.json"), vec![b'0'; at])).collect();
        files.push(("bomb.json".to_owned(), bomb));
        files.push(("context.jsonld".to_owned(), Vec::new()));
        files.push((".hidden.json".to_owned(), Vec::new()));
        let listed: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let path = zipped(&folder, &listed);
        let files = JsonFiles::open(&path).unwrap().unwrap();
        assert_eq!(files.names().len(), 51);
        let mut lengths = Vec::new();
        files.read_each(files.names(), |_, read| read.map(<[u8]>::len), |made| lengths.push(made));
        assert!(lengths.remove(0).unwrap_err().contains("as no text is"));
        assert_eq!(lengths, (0..50).map(Ok).collect::<Vec<_>>());
        assert_eq!(files.read("o/07.json").unwrap(), b"0000000");
        assert!(files.read("none.json").is_err());
        fs::write(folder.join("text.json"), "{}").unwrap();
        assert!(JsonFiles::open(&folder.join("text.json")).unwrap().is_none());
        fs::write(folder.join("cut.zip"), &fs::read(&path).unwrap()[..200]).unwrap();
        assert!(JsonFiles::open(&folder.join("cut.zip")).is_err());
        let loose = JsonFiles::open(&folder).unwrap().unwrap();
        assert_eq!(loose.names(), ["text.json"]);
        assert!(loose.unreadable.told.is_empty());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let folder = std::env::temp_dir().join(format!("parvis-json-unreadable-{}", std::process::id()));
        let deep = folder.join("1/2/3/4/5/6/7/8/9");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("deep.json"), "{}").unwrap();
        fs::write(deep.with_file_name("kept.json"), "{}").unwrap();
        fs::write(folder.join(OsStr::from_bytes(b"caf\xE9.json")), "{}").unwrap();
        fs::write(folder.join(OsStr::from_bytes(b"caf\xE9.txt")), "").unwrap();
        std::os::unix::fs::symlink(&folder, folder.join("round")).unwrap();
        let files = JsonFiles::open(&folder).unwrap().unwrap();
        assert_eq!(files.names(), ["1/2/3/4/5/6/7/8/kept.json"]);
        let mut told: Vec<&str> = files.unreadable.told.iter().map(|(name, _)| name.as_str()).collect();
        told.sort_unstable();
        assert_eq!(told, ["1/2/3/4/5/6/7/8/9", "caf\u{FFFD}.json", "round"]);
        for at in 0..200 {
            let name = [format!("{at}").as_bytes(), b"\xE9.json"].concat();
            fs::write(folder.join(OsStr::from_bytes(&name)), "").unwrap();
        }
        let unreadable = JsonFiles::open(&folder).unwrap().unwrap().unreadable;
        assert_eq!((unreadable.told.len(), unreadable.more), (UNREADABLE_MAX, 203 - UNREADABLE_MAX));
        fs::remove_dir_all(&folder).unwrap();
    }
}
