//! JSON files that lie in a folder or in a ZIP archive, by the thousand: each is read on one of a few threads and handed
//! over in the order of their names, so that memory holds a handful of them at a time.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::thread;
use zip::ZipArchive;

/// The largest file that is read, in bytes; the largest known object has half a MiB.
const FILE_MAX: u64 = 16 << 20;
/// Text shrinks to a fiftieth at most; what shrinks further was made to fill memory.
const RATIO_MAX: u64 = 400;
/// More files than any country has objects.
const FILES_MAX: usize = 1_000_000;
/// How many folders lie in one another.
const DEPTH_MAX: usize = 8;
/// How many threads read; more only wait for the one that takes what they made.
const LANES_MAX: usize = 4;
/// How many records each thread may be ahead.
const AHEAD: usize = 8;

/// The JSON files of a folder or of a ZIP archive.
pub struct JsonFiles {
    place: PathBuf,
    is_zip: bool,
    names: Vec<String>,
}

impl JsonFiles {
    /// `None` for a path that is neither a folder nor a ZIP archive.
    ///
    /// # Errors
    /// In words, where it is one of them and cannot be read.
    pub fn open(path: &Path) -> Result<Option<Self>, String> {
        let (is_zip, mut names) = if path.is_dir() {
            (false, in_folder(path)?)
        } else if is_zip(path)? {
            (true, in_zip(&archive(path)?)?)
        } else {
            return Ok(None);
        };
        names.sort_unstable();
        Ok(Some(Self { place: path.to_owned(), is_zip, names }))
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
        self.reader()?.fill(name, &mut bytes)?;
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
                    let mut reader = self.reader();
                    let mut bytes = Vec::new();
                    for name in names.iter().skip(lane).step_by(lanes) {
                        let read = match &mut reader {
                            Ok(reader) => reader.fill(name, &mut bytes),
                            Err(reason) => Err(reason.clone()),
                        };
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

    fn reader(&self) -> Result<Reader, String> {
        if self.is_zip { archive(&self.place).map(Reader::Zip) } else { Ok(Reader::Folder(self.place.clone())) }
    }
}

enum Reader {
    Folder(PathBuf),
    Zip(ZipArchive<BufReader<File>>),
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
            Self::Zip(archive) => {
                let entry = archive.by_name(name).map_err(|error| error.to_string())?;
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

fn archive(path: &Path) -> Result<ZipArchive<BufReader<File>>, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    ZipArchive::new(BufReader::new(file)).map_err(|error| format!("not a whole ZIP archive: {error}"))
}

fn in_zip(archive: &ZipArchive<BufReader<File>>) -> Result<Vec<String>, String> {
    if archive.len() > FILES_MAX {
        return Err(format!("more than {FILES_MAX} files"));
    }
    let names = archive.file_names().filter_map(Result::ok).filter(|name| is_json(name));
    Ok(names.map(std::borrow::Cow::into_owned).collect())
}

fn in_folder(root: &Path) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut open = VecDeque::from([(root.to_owned(), String::new(), 0)]);
    while let Some((folder, before, depth)) = open.pop_front() {
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let below = if before.is_empty() { name.clone() } else { format!("{before}/{name}") };
            // A link to a folder may lead back to where we are.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && depth < DEPTH_MAX && !name.starts_with('.') {
                open.push_back((entry.path(), below, depth + 1));
            } else if !is_folder && is_json(&name) {
                names.push(below);
            }
            if names.len() > FILES_MAX {
                return Err(format!("more than {FILES_MAX} files"));
            }
        }
    }
    Ok(names)
}

fn is_json(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    // Macintosh archives hold a "._" file beside each.
    !file.starts_with('.') && file.len() > 5 && file.to_ascii_lowercase().ends_with(".json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
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
        fs::remove_dir_all(&folder).unwrap();
    }
}
