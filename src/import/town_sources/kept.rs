use super::kept_items::{KeptItems, Spot};
use super::problem_file::ProblemFile;
use crate::content::{Id, Item, Problem, Validity};
use crate::import::fetch::Validator;
use crate::import::merge::{Current, Of, Standing, current};
use crate::import::pictures::KeptPicture;
use crate::import::{Extent, ListFile, Output, Picture, write_whole};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io;
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
    /// When the first of its items ends that only say of a stop that it cannot be reached for now.
    pub marks_end: Option<DateTime<Utc>>,
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

/// The folder in which one source's last good result lies, and the source's name.
#[derive(Clone, Debug)]
pub struct KeptFolder(PathBuf, String);

/// The items of the last good result.
const ITEMS: &str = "items.json";
/// Those of the import that is under way.
const FOUND: &str = "found.json";

impl KeptFolder {
    pub fn new(state: &Path, name: &str) -> Self {
        Self(state.join(name), name.to_owned())
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
        FileMark::of(&self.0.join(ITEMS))
    }

    /// Where answers of its server lie.
    pub fn pages(&self) -> PathBuf {
        self.0.join("pages")
    }

    /// The first problems of the last import, at most so many.
    pub fn problems(&self, most: usize) -> Vec<Problem> {
        let text = fs::read_to_string(self.0.join("problems.json")).unwrap_or_default();
        let lines = text.lines().filter_map(|line| serde_json::from_str(line.trim_end_matches(',')).ok());
        lines.take(most).collect()
    }

    /// Forgets all that is kept of the source.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn forget(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// What is known; nothing where nothing can be read.
    pub fn load(&self) -> Kept {
        let text = fs::read(self.0.join("state.json")).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, kept: &Kept) -> io::Result<()> {
        write_whole(&self.0.join("state.json"), &serde_json::to_vec_pretty(kept)?)
    }

    /// The items of the last good result.
    ///
    /// # Errors
    /// When they are there and cannot be opened.
    pub fn items(&self) -> io::Result<KeptItems> {
        KeptItems::open(&self.0.join(ITEMS), &self.1)
    }

    /// When the items of the last good result hold, by their ids.
    ///
    /// # Errors
    /// When they are there and cannot be read.
    pub fn validities(&self) -> io::Result<Vec<(Id, Validity)>> {
        let (mut items, mut all) = (self.items()?, Vec::new());
        while let Some((_, item)) = items.next(&mut Vec::new())? {
            all.push((item.common().id.clone(), item.common().valid));
        }
        Ok(all)
    }

    /// Drops items of the last good result; returns how many stay, when the first mark of these ends, and whether some
    /// could not be read.
    ///
    /// # Errors
    /// When they cannot be read or written.
    pub fn retain(&self, stays: impl Fn(&Item) -> bool) -> io::Result<(usize, Option<DateTime<Utc>>, bool)> {
        let (mut items, mut list) = (self.items()?, ListFile::list(&self.0.join(ITEMS))?);
        let (mut count, mut end) = (0, None::<DateTime<Utc>>);
        while let Some((_, item)) = items.next(&mut Vec::new())? {
            if stays(&item) {
                list.push(&item)?;
                count += 1;
                let until = Standing::of(&item).mark.flatten();
                end = end.into_iter().chain(until).min();
            }
        }
        list.finish()?;
        Ok((count, end, items.is_damaged))
    }

    /// What is damaged is had again from the source as a whole: it is due, and asked without regard to what is known.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn read_anew(&self) -> io::Result<()> {
        self.save(&Kept { made_by: String::new(), ..self.load() })
    }

    /// # Errors
    /// When nothing can be written.
    pub fn gather(&self) -> io::Result<Gathered> {
        Ok(Gathered {
            found: ListFile::list(&self.0.join(FOUND))?,
            standing: Vec::new(),
            gone: HashSet::new(),
            problems: ProblemFile::create(&self.0.join("problems.json"), &self.1)?,
            failed: None,
            is_to_be_read_again: false,
        })
    }

    /// Joins what an import gave with what was there.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn join(&self, gathered: Gathered, extent: &Extent) -> io::Result<Joined> {
        let Gathered { found, standing, gone, mut problems, failed, .. } = gathered;
        if let Some(error) = failed {
            return Err(error);
        }
        found.finish()?;
        let mut before = self.items()?;
        let (spots, standing_before, wrong) = listed(&mut before)?;
        let Current { items, withdrawn } = current(&standing_before, &standing, &gone, extent);
        let (path, found) = (self.0.join(ITEMS), self.0.join(FOUND));
        let is_damaged = before.is_damaged && *extent != Extent::Whole;
        let mut count = items.len();
        if *extent == Extent::Whole {
            fs::rename(found, path)?;
        } else {
            problems.push(wrong)?;
            let mut new = KeptItems::open(&found, &self.1)?;
            let (new_spots, new_standing, wrong) = listed(&mut new)?;
            problems.push(wrong)?;
            let new_spots: HashMap<&Id, Spot> = new_standing.iter().map(|one| &one.id).zip(new_spots).collect();
            let mut list = ListFile::list(&path)?;
            for one in &items {
                match one {
                    Of::Before(at) => drop(list.push(&before.again(spots[*at])?)?),
                    // What cannot be read back was told of just before.
                    Of::Found(at) => match new_spots.get(&standing[*at].id) {
                        Some(spot) => drop(list.push(&new.again(*spot)?)?),
                        None => count -= 1,
                    },
                }
            }
            list.finish()?;
            fs::remove_file(found)?;
        }
        let one = |of: &Of| match of {
            Of::Before(at) => &standing_before[*at],
            Of::Found(at) => &standing[*at],
        };
        Ok(Joined {
            items: count,
            problems: problems.finish()?,
            withdrawn: withdrawn.len(),
            marks_end: items.iter().filter_map(|of| one(of).mark.flatten()).min(),
            is_damaged,
        })
    }
}

/// What is kept of a source after an import.
pub struct Joined {
    pub items: usize,
    pub problems: usize,
    pub withdrawn: usize,
    /// As in [`Kept`].
    pub marks_end: Option<DateTime<Utc>>,
    /// Whether some of what was kept could not be read any more, and did not come anew.
    pub is_damaged: bool,
}

/// Where each item lies, what decides whether it stays, and what cannot be read.
fn listed(items: &mut KeptItems) -> io::Result<(Vec<Spot>, Vec<Standing>, Vec<Problem>)> {
    let mut listed = (Vec::new(), Vec::new(), Vec::new());
    while let Some((spot, item)) = items.next(&mut listed.2)? {
        listed.0.push(spot);
        listed.1.push(Standing::of(&item));
    }
    Ok(listed)
}

/// What an import gives, put beside what is kept as it comes.
pub struct Gathered {
    found: ListFile,
    standing: Vec<Standing>,
    gone: HashSet<Id>,
    problems: ProblemFile,
    /// The first error of writing; the import goes on to its end only to be reported.
    failed: Option<io::Error>,
    /// Something of it is missing that the next import may bring, though the source be the same.
    pub is_to_be_read_again: bool,
}

impl Output for Gathered {
    fn item(&mut self, item: Item, _pictures: Vec<Picture>) {
        match self.found.push(&item) {
            Ok(_) => {
                let standing = Standing::of(&item);
                // What came after it was taken back is there again.
                self.gone.remove(&standing.id);
                self.standing.push(standing);
            }
            Err(error) => drop(self.failed.get_or_insert(error)),
        }
    }

    fn problem(&mut self, problem: Problem) {
        if let Err(error) = self.problems.push([problem]) {
            self.failed.get_or_insert(error);
        }
    }

    fn withdrawn(&mut self, id: Id) {
        self.gone.insert(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Common, Localized, Place};

    fn place(id: &str, language: &str, title: &str) -> Item {
        let common = Common { id: Id(id.into()), title: Localized::one(language, title), ..Common::default() };
        Item::Place(Place { common, ..Place::default() })
    }

    fn joined(folder: &KeptFolder, items: &[Item], extent: &Extent) -> Joined {
        let mut gathered = folder.gather().unwrap();
        items.iter().for_each(|item| gathered.item(item.clone(), Vec::new()));
        folder.join(gathered, extent).unwrap()
    }

    #[test]
    fn what_cannot_be_read_back_costs_no_other_its_place() {
        let path = std::env::temp_dir().join(format!("parvis-kept-back-{}", std::process::id()));
        let folder = KeptFolder::new(&path, "a");
        joined(&folder, &[place("1", "fr", "Un"), place("2", "fr", "Deux")], &Extent::Whole);
        // No importer names such a language.
        let news = [place("3", "not a language", "Trois"), place("2", "fr", "Deux bis"), place("4", "fr", "Quatre")];
        let Joined { items, problems, .. } = joined(&folder, &news, &Extent::Changes);
        let (mut kept, mut all) = (folder.items().unwrap(), Vec::new());
        while let Some((_, item)) = kept.next(&mut Vec::new()).unwrap() {
            all.push((item.common().id.0.clone(), item.common().title.0["fr"].text.clone()));
        }
        let expected = [("1", "Un"), ("2", "Deux bis"), ("4", "Quatre")];
        assert_eq!(all, expected.map(|(id, title)| (id.to_owned(), title.to_owned())));
        // The language, and the title that is missing without it.
        assert_eq!((items, problems), (3, 2));
        fs::remove_dir_all(&path).unwrap();
    }
}
