use crate::content::{Item, Problem, read_item};
use crate::import::ListFile;
use crate::import::fetch::Validator;
use crate::import::pictures::KeptPicture;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What is known about one source from earlier imports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The digest of what its items depend on beside the source itself; when this changes, all is read anew.
    pub made_by: String,
    /// When it was last tried.
    pub tried: Option<DateTime<Utc>>,
    /// When it was last read to its end, or found unchanged.
    pub read: Option<DateTime<Utc>>,
    /// When it was last read whole, not only its changes.
    pub whole: Option<DateTime<Utc>>,
    /// Why the last try failed; empty if it did not.
    pub error: String,
    pub items: usize,
    pub problems: usize,
    pub known: BTreeMap<String, Validator>,
    pub pictures: BTreeMap<String, KeptPicture>,
    /// How the file was when it was last read, for a source on this machine.
    pub mark: Option<FileMark>,
}

/// The length and the last change of a file, or of all files below a folder together: the same as long as nobody
/// writes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMark {
    pub files: u64,
    pub bytes: u64,
    pub modified_ns: u64,
}

impl FileMark {
    /// More files than any source has.
    const FILES_MAX: u64 = 1_000_000;

    /// `None` for what is not there or cannot be looked at, such as an address.
    pub fn of(path: &Path) -> Option<Self> {
        let mut mark = Self { files: 0, bytes: 0, modified_ns: 0 };
        let mut open = vec![path.to_owned()];
        while let Some(path) = open.pop() {
            let metadata = fs::metadata(&path).ok()?;
            let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            mark.modified_ns = mark.modified_ns.max(u64::try_from(modified.as_nanos()).ok()?);
            if metadata.is_dir() {
                for entry in fs::read_dir(&path).ok()? {
                    open.push(entry.ok()?.path());
                }
            } else {
                mark.files += 1;
                mark.bytes = mark.bytes.wrapping_add(metadata.len());
            }
            if mark.files > Self::FILES_MAX {
                return None;
            }
        }
        Some(mark)
    }
}

/// The folder in which one source's last good result lies.
#[derive(Clone, Debug)]
pub struct KeptFolder(PathBuf);

impl KeptFolder {
    pub fn new(state: &Path, name: &str) -> Self {
        Self(state.join(name))
    }

    /// Where a timetable from the web lies, for the sources that bring news of it.
    pub fn timetable(&self) -> PathBuf {
        self.0.join("timetable.zip")
    }

    /// # Errors
    /// When it cannot be read or written.
    pub fn save_timetable(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let unfinished = self.0.join(".timetable.zip");
        fs::copy(path, &unfinished)?;
        fs::rename(unfinished, self.timetable())
    }

    /// The last good result as it lies on disk.
    pub fn mark(&self) -> Option<FileMark> {
        FileMark::of(&self.0.join("items.json"))
    }

    /// Where answers of its server lie.
    pub fn pages(&self) -> PathBuf {
        self.0.join("pages")
    }

    /// What is known; nothing where nothing can be read.
    pub fn load(&self) -> Kept {
        let text = fs::read(self.0.join("state.json")).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, kept: &Kept) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let (path, unfinished) = (self.0.join("state.json"), self.0.join(".state.json"));
        fs::write(&unfinished, serde_json::to_vec_pretty(kept)?)?;
        fs::rename(unfinished, path)
    }

    /// The items of the last good result; one that cannot be read any more is a problem.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn items(&self, problems: &mut Vec<Problem>) -> io::Result<Vec<Item>> {
        let file = match File::open(self.0.join("items.json")) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut items = Vec::new();
        for line in BufReader::new(file).lines() {
            let line = line?;
            let line = line.trim_end_matches(',');
            if let Ok(value @ serde_json::Value::Object(_)) = serde_json::from_str(line) {
                items.extend(read_item("items.json", &value, problems));
            }
        }
        Ok(items)
    }

    /// # Errors
    /// When they cannot be written.
    pub fn save_items(&self, items: &[Item]) -> io::Result<()> {
        let mut list = ListFile::list(&self.0.join("items.json"))?;
        items.iter().try_for_each(|item| list.push(item).map(drop))?;
        list.finish().map(drop)
    }

    /// # Errors
    /// When they cannot be written.
    pub fn save_problems(&self, problems: &[Problem]) -> io::Result<()> {
        let mut list = ListFile::list(&self.0.join("problems.json"))?;
        problems.iter().try_for_each(|problem| list.push(problem).map(drop))?;
        list.finish().map(drop)
    }
}
