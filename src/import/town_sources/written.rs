use super::file::SourcesFile;
use super::kept::{FileMark, KeptFolder};
use crate::content::{Document, Id, Item, Problem};
use crate::import::ListFile;
use crate::import::merge::{Decisions, Overrides, SourceItems, merge};
use crate::import::record_id::digits_of;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;

/// The folder below `media/` for pictures that came with what was imported.
pub const PICTURES: &str = "imported/";

/// Documents are cut before the size at which no kiosk reads them any more, in bytes.
const DOCUMENT_MAX: usize = Document::BYTES_MAX / 4 * 3;

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

/// Whether the content is made of this file, these overrides and the results that are kept now.
pub fn is_written(file: &SourcesFile, text: &str) -> bool {
    ours(file).made_by == made_by(file, text)
}

fn ours(file: &SourcesFile) -> Ours {
    let text = fs::read(file.state.join("written.json")).ok();
    text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

fn made_by(file: &SourcesFile, text: &str) -> String {
    let overrides = file.overrides.as_deref().map(FileMark::of);
    let results: Vec<Option<FileMark>> =
        file.sources.iter().map(|entry| KeptFolder::new(&file.state, &entry.name).mark()).collect();
    // The text may hold a key.
    digits_of(format!("{} {text} {overrides:?} {results:?}", env!("CARGO_PKG_VERSION")), 64)
}

/// Merges the last good results of all sources, applies the town's own changes, and writes the town's content, documents
/// for each source. What was joined, what staff may say to be one, and which ids led where is kept beside the results.
///
/// # Errors
/// When something on this machine cannot be read or written.
pub fn write_content(file: &SourcesFile, text: &str) -> io::Result<Content> {
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    let mut homes: HashMap<Id, usize> = HashMap::new();
    let mut pictures: HashSet<String> = HashSet::new();
    for (at, entry) in file.sources.iter().enumerate() {
        let items = KeptFolder::new(&file.state, &entry.name).items(&mut problems)?;
        for common in items.iter().map(Item::common) {
            homes.extend(std::iter::once(&common.id).chain(&common.aliases).map(|id| (id.clone(), at)));
            pictures.extend(common.media.iter().map(|media| media.path.clone()));
        }
        sources.push(SourceItems { name: entry.name.clone(), items });
    }
    let decisions = Decisions { same: file.same.clone(), apart: file.apart.clone(), earlier: earlier(file)? };
    let merged = merge(sources, &decisions);
    problems.extend(merged.problems);
    let items = changed(file, merged.items, &mut problems)?;
    let home = |item: &Item| {
        let common = item.common();
        std::iter::once(&common.id).chain(&common.aliases).find_map(|id| homes.get(id)).copied().unwrap_or(0)
    };
    let items: Vec<(usize, Item)> = items.into_iter().map(|item| (home(&item), item)).collect();
    let documents = write_documents(file, &items)?;
    remove_others(file, Ours { documents, made_by: made_by(file, text) })?;
    sweep_pictures(file, &pictures)?;
    write_whole(&file.state.join(IDS), &serde_json::to_vec(&merged.ids)?)?;
    write_list(&file.state.join("joined.json"), &merged.joined)?;
    write_list(&file.state.join("proposals.json"), &merged.proposals)?;
    write_list(&file.state.join(OF_MERGING), &problems)?;
    Ok(Content { items: items.len(), joined: merged.joined.len(), proposals: merged.proposals.len() })
}

/// The town's own changes, applied.
fn changed(file: &SourcesFile, items: Vec<Item>, problems: &mut Vec<Problem>) -> io::Result<Vec<Item>> {
    let Some(path) = &file.overrides else { return Ok(items) };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let json = match fs::read(path) {
        Ok(json) => json,
        // None have been made yet.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(items),
        Err(error) => return Err(error),
    };
    match Overrides::read(&name, &json) {
        Ok((overrides, wrong)) => {
            let (items, more) = overrides.apply(&name, items);
            problems.extend(wrong.into_iter().chain(more));
            Ok(items)
        }
        Err(reason) => Err(io::Error::other(format!("{}: {reason}", path.display()))),
    }
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

/// Beside its place first, so that a crash leaves the old one or the new one.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("part");
    fs::write(&unfinished, bytes)?;
    fs::File::open(&unfinished)?.sync_all()?;
    fs::rename(unfinished, path)
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
        || "nothing of it was ever read".to_owned(),
        |read| format!("its items are {} old", in_words(now - read)),
    );
    (!kept.error.is_empty()).then(|| Problem::new(name, "", "", format!("cannot be read ({}); {since}", kept.error)))
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

fn write_documents(file: &SourcesFile, items: &[(usize, Item)]) -> io::Result<BTreeSet<String>> {
    let before = ours(file);
    let mut names = BTreeSet::new();
    for (at, entry) in file.sources.iter().enumerate() {
        let mut of_source = items.iter().filter(|(source, _)| *source == at).map(|(_, item)| item).peekable();
        let mut part = 1;
        while of_source.peek().is_some() {
            let name = if part == 1 { format!("{}.json", entry.name) } else { format!("{}.{part}.json", entry.name) };
            let path = file.content.join(&name);
            if path.exists() && !before.documents.contains(&name) {
                let reason = "was not written by an import: give the source another name, or move the file away";
                return Err(io::Error::other(format!("{}: {reason}", path.display())));
            }
            let mut document = ListFile::document(&path)?;
            let mut bytes = 0;
            while let Some(item) = of_source.next_if(|_| bytes < DOCUMENT_MAX) {
                bytes += document.push(item)?;
            }
            document.finish()?;
            names.insert(name);
            part += 1;
        }
    }
    Ok(names)
}

/// Removes documents of sources that are no longer in the file, and of parts that are no longer needed.
fn remove_others(file: &SourcesFile, now: Ours) -> io::Result<()> {
    for name in ours(file).documents.difference(&now.documents) {
        remove(&file.content.join(name))?;
    }
    fs::create_dir_all(&file.state)?;
    write_whole(&file.state.join("written.json"), &serde_json::to_vec(&now)?)
}

/// Removes pictures that no source has any more. One of an item that staff hide stays: it may be shown again.
fn sweep_pictures(file: &SourcesFile, wanted: &HashSet<String>) -> io::Result<()> {
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
