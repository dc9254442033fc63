use super::documents::Documents;
use super::file::SourcesFile;
use super::kept::{FileMark, KeptFolder};
use super::kept_items::{KeptItems, Spot};
use super::problem_file::ProblemFile;
use crate::content::{Id, Item, Problem};
use crate::import::merge::{Decisions, Merging, Overrides, Plan};
use crate::import::record_id::digits_of;
use crate::import::{ListFile, write_whole};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::Path;

/// The folder below `media/` for pictures that came with what was imported.
pub const PICTURES: &str = "imported/";

/// What a town's sources became.
#[derive(Clone, Debug, Default)]
pub struct Content {
    pub items: usize,
    /// Items of one source that are also of another.
    pub joined: usize,
    /// Pairs of which staff may say whether they are one.
    pub proposals: usize,
}

/// What this has written, so that it removes only that.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Ours {
    documents: BTreeSet<String>,
    /// The digest of what they were made of: `sources.toml`, the overrides, the results of the sources, the version.
    made_by: String,
}

/// What was written the last time.
const WRITTEN: &str = "written.json";

/// Whether the content is made of this file, these overrides and the results that are kept now.
pub fn is_written(file: &SourcesFile, text: &str) -> bool {
    ours(file).is_ok_and(|ours| ours.made_by == made_by(file, text))
}

/// Without it documents of sources that are gone would stay for ever: none is fine, a damaged one is not.
fn ours(file: &SourcesFile) -> io::Result<Ours> {
    let path = file.state.join(WRITTEN);
    let hint = "remove it, and from the content folder the documents that came from imports";
    let damaged = |error| io::Error::other(format!("{}: damaged ({error}): {hint}", path.display()));
    match fs::read(&path) {
        Ok(text) => serde_json::from_slice(&text).map_err(damaged),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Ours::default()),
        Err(error) => Err(error),
    }
}

/// A digest of what the town's content is made of now.
pub fn made_by(file: &SourcesFile, text: &str) -> String {
    let overrides = file.overrides.as_deref().map(FileMark::of);
    let results: Vec<Option<FileMark>> =
        file.sources.iter().map(|entry| KeptFolder::new(&file.state, &entry.name).mark()).collect();
    // The text may hold a key.
    digits_of(format!("{} {text} {overrides:?} {results:?}", env!("CARGO_PKG_VERSION")), 64)
}

/// Merges the last good results of all sources, applies the town's own changes, and writes the town's content, documents
/// for each source; what [`unite`] keeps is kept.
/// Without `is_all` documents and pictures of before stay as well, and the next writing is not left out.
///
/// # Errors
/// When something on this machine cannot be read or written.
pub fn write_content(file: &SourcesFile, text: &str, is_all: bool) -> io::Result<Content> {
    let ours = ours(file)?;
    let mut documents = Documents::new(file, &ours.documents);
    let (content, pictures) = unite(file, &mut |source, item| documents.push(source, &item))?;
    let mut documents = documents.finish()?;
    if is_all {
        remove_others(file, &ours, Ours { documents, made_by: made_by(file, text) })?;
        sweep_pictures(file, &pictures)?;
    } else {
        documents.extend(ours.documents.iter().cloned());
        remove_others(file, &ours, Ours { documents, made_by: String::new() })?;
    }
    Ok(content)
}

/// Merges the last good results of all sources, applies the town's own changes, and hands on each item with the number of
/// its source in the file. What was joined, what staff may say to be one, and which ids led where is kept beside the
/// results. Also gives the paths of all pictures that the sources have.
///
/// # Errors
/// When something on this machine cannot be read or written, and those of `take`.
pub fn unite(
    file: &SourcesFile,
    take: &mut dyn FnMut(usize, Item) -> io::Result<()>,
) -> io::Result<(Content, HashSet<String>)> {
    let mut problems = ProblemFile::create(&file.state.join(OF_MERGING), "merge")?;
    let Seen { merging, mut kept, spots, pictures } = seen(file, &mut problems)?;
    let decisions = Decisions { same: file.same.clone(), apart: file.apart.clone(), earlier: earlier(file)? };
    let Plan { things, joined, proposals, problems: found, ids } = merging.decide(&decisions);
    drop(decisions);
    problems.push(found)?;
    let (name, overrides) = overrides(file, &mut problems)?;
    let mut overrides = overrides.one_by_one(&name);
    let mut items = 0;
    for thing in things {
        let mut found = Vec::new();
        let spots = thing.members.iter().map(|member| spots[member.entry]);
        let members = spots.map(|(source, spot)| kept[source].again(spot)).collect::<io::Result<Vec<_>>>()?;
        let source = thing.source;
        let united = thing.unite(members, &mut found);
        problems.push(found)?;
        let Some(item) = united.and_then(|item| overrides.item(item)) else { continue };
        take(source, item)?;
        items += 1;
    }
    problems.push(overrides.finish())?;
    write_whole(&file.state.join(IDS), &serde_json::to_vec(&ids)?)?;
    write_list(&file.state.join("joined.json"), &joined)?;
    write_list(&file.state.join("proposals.json"), &proposals)?;
    problems.finish()?;
    Ok((Content { items, joined: joined.len(), proposals: proposals.len() }, pictures))
}

/// What is held of the kept items of all sources: not themselves.
struct Seen {
    merging: Merging,
    kept: Vec<KeptItems>,
    /// Where each item lies that is to be merged, with its source.
    spots: Vec<(usize, Spot)>,
    /// The pictures of all items, by path.
    pictures: HashSet<String>,
}

fn seen(file: &SourcesFile, problems: &mut ProblemFile) -> io::Result<Seen> {
    let (merging, kept, spots, pictures) = Default::default();
    let mut seen = Seen { merging, kept, spots, pictures };
    for (at, entry) in file.sources.iter().enumerate() {
        let folder = KeptFolder::new(&file.state, &entry.name);
        let (mut kept, mut wrong) = (folder.items()?, Vec::new());
        while let Some((spot, item)) = kept.next(&mut wrong)? {
            seen.pictures.extend(item.common().media.iter().map(|media| media.path.clone()));
            if seen.merging.take(at, &entry.name, &item) {
                seen.spots.push((at, spot));
            }
            problems.push(wrong.drain(..))?;
        }
        problems.push(wrong)?;
        if kept.is_damaged {
            folder.read_anew()?;
        }
        seen.kept.push(kept);
    }
    Ok(seen)
}

/// The town's own changes, and the name of their file.
fn overrides(file: &SourcesFile, problems: &mut ProblemFile) -> io::Result<(String, Overrides)> {
    let Some(path) = &file.overrides else { return Ok(Default::default()) };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let json = match fs::read(path) {
        Ok(json) => json,
        // None have been made yet.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((name, Overrides::default())),
        Err(error) => return Err(error),
    };
    let (overrides, wrong) =
        Overrides::read(&name, &json).map_err(|reason| io::Error::other(format!("{}: {reason}", path.display())))?;
    problems.push(wrong)?;
    Ok((name, overrides))
}

/// Where every id that was ever published leads to.
const IDS: &str = "ids.json";

/// Without them ids would change behind everybody's back: none is fine, damaged ones are not.
fn earlier(file: &SourcesFile) -> io::Result<BTreeMap<Id, Id>> {
    let path = file.state.join(IDS);
    match fs::read(&path) {
        Ok(ids) => {
            serde_json::from_slice(&ids).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

fn write_list(path: &Path, elements: &[impl Serialize]) -> io::Result<()> {
    let mut list = ListFile::list(path)?;
    for element in elements {
        list.push(element)?;
    }
    list.finish().map(drop)
}

/// The problems of putting everything together, beside those of each source.
const OF_MERGING: &str = "merging.json";

/// Writes all problems there are as `problems.json`, those first that concern a whole source; returns how many.
///
/// # Errors
/// When something on this machine cannot be written.
pub fn write_problems(file: &SourcesFile, now: DateTime<Utc>) -> io::Result<usize> {
    let mut list = ListFile::list(&file.state.join("problems.json"))?;
    let mut count = 0;
    for entry in &file.sources {
        if let Some(problem) = staleness(&entry.name, &KeptFolder::new(&file.state, &entry.name), now) {
            list.push(&problem)?;
            count += 1;
        }
    }
    let each = file.sources.iter().map(|entry| file.state.join(&entry.name).join("problems.json"));
    for path in std::iter::once(file.state.join(OF_MERGING)).chain(each) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let problems = text.lines().filter_map(|line| serde_json::from_str::<Problem>(line.trim_end_matches(',')).ok());
        for problem in problems {
            list.push(&problem)?;
            count += 1;
        }
    }
    list.finish()?;
    Ok(count)
}

/// A line for a source that failed: since when its items have been the same.
fn staleness(name: &str, folder: &KeptFolder, now: DateTime<Utc>) -> Option<Problem> {
    let kept = folder.load();
    let since = kept.read.map_or_else(
        || "Nothing of it was ever read.".to_owned(),
        |read| format!("Its items are from {} ago.", in_words(now - read)),
    );
    let told = |error: &str| Problem::new(name, "", "", format!("could not be read ({error}). {since}"));
    (!kept.error.is_empty()).then(|| told(&kept.error))
}

/// How long, in the largest unit that fits.
pub fn in_words(age: chrono::TimeDelta) -> String {
    let plural = |number: i64, unit: &str| format!("{number} {unit}{}", if number == 1 { "" } else { "s" });
    match (age.num_days(), age.num_hours()) {
        (days @ 2.., _) => plural(days, "day"),
        (_, hours @ 2..) => plural(hours, "hour"),
        _ => plural(age.num_minutes().max(0), "minute"),
    }
}

/// Removes documents of sources that are no longer in the file, and of parts that are no longer needed.
fn remove_others(file: &SourcesFile, before: &Ours, now: Ours) -> io::Result<()> {
    for name in before.documents.difference(&now.documents) {
        remove(&file.content.join(name))?;
    }
    write_whole(&file.state.join(WRITTEN), &serde_json::to_vec(&now)?)
}

/// Removes pictures that nobody wants any more. One of an item that staff hide stays: it may be shown again.
///
/// # Errors
/// When they cannot be removed.
pub fn sweep_pictures(file: &SourcesFile, wanted: &HashSet<String>) -> io::Result<()> {
    let media = file.media();
    let Ok(entries) = fs::read_dir(media.join(PICTURES)) else { return Ok(()) };
    for entry in entries {
        let name = entry?.file_name();
        let path = format!("{PICTURES}{}", name.to_string_lossy());
        if !wanted.contains(&path) {
            remove(&media.join(path))?;
        }
    }
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
