use crate::content::Town;
use crate::hub::app::Hub;
use crate::hub::publishing::TOWN;
use crate::hub::store::{Health, StoreError, StoredSource};
use crate::hub::words::Tongue;
use crate::import::town_sources::{FetchEntry, KeptFolder, SourceEntry, SourcesFile, TownEntry};
use std::fs;
use std::path::{Path, PathBuf};

/// The town's boundary, below the folder of its sources.
const BOUNDARY: &str = "boundary.geojson";

/// What a town that was made from public sources begins with.
pub struct Begun {
    pub town: Town,
    pub sources: Vec<StoredSource>,
}

/// Where the last good results of sources lie.
pub fn folder(hub: &Hub) -> PathBuf {
    hub.desk.media.with_file_name("sources")
}

/// The hub's sources as those of a `sources.toml`.
///
/// # Errors
/// Those of the store.
pub fn file(hub: &Hub) -> Result<(SourcesFile, Vec<StoredSource>), StoreError> {
    let town = hub.store.setting(TOWN)?.and_then(|town| serde_json::from_value(town).ok()).unwrap_or_default();
    let sources = hub.store.sources()?;
    Ok((file_of(hub, &town, &sources), sources))
}

/// The same with these in place of what is stored.
pub fn file_of(hub: &Hub, town: &Town, sources: &[StoredSource]) -> SourcesFile {
    let state = folder(hub);
    let usual = TownEntry::default();
    let boundary = state.join(BOUNDARY);
    SourcesFile {
        // Its pictures and its map go where the desk takes them from.
        content: hub.desk.media.parent().unwrap_or(Path::new(".")).to_owned(),
        overrides: None,
        same: Vec::new(),
        apart: Vec::new(),
        town: TownEntry {
            zone: crate::calendar::zone(&town.zone).unwrap_or(usual.zone),
            language: town.fallback.first().cloned().unwrap_or(usual.language),
            country: town.country.clone(),
            position: town.position.map(|at| [at.lat, at.lon]),
            boundary: boundary.is_file().then_some(boundary),
        },
        fetch: FetchEntry { allow: hub.fetching.hosts.clone(), ..FetchEntry::default() },
        sources: sources.iter().map(|source| source.entry.clone()).collect(),
        mapping: toml::Table::new(),
        state,
    }
}

/// Takes over what `town new` made in a folder: the town, its sources with what they gave, its boundary, its pictures and
/// its map.
///
/// # Errors
/// What cannot be read or moved, for staff.
pub fn taken_over(hub: &Hub, from: &Path) -> Result<Begun, String> {
    let told = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let read = |path: PathBuf| fs::read_to_string(&path).map_err(|error| told(&path, &error));
    let town: Town = serde_json::from_str(&read(from.join("content/town.json"))?).map_err(|error| error.to_string())?;
    let made = SourcesFile::parse(&read(from.join("sources.toml"))?, from)?;
    let state = folder(hub);
    // What an earlier try left there.
    fs::remove_dir_all(&state).ok();
    for (from, to) in [
        (made.state.clone(), state.clone()),
        (made.media(), hub.desk.media.clone()),
        (made.content.join("map"), hub.desk.map.clone()),
        (from.join(BOUNDARY), state.join(BOUNDARY)),
    ] {
        if from.exists() {
            fs::rename(&from, &to).map_err(|error| told(&to, &error))?;
        }
    }
    let mut titles: Vec<String> = Vec::new();
    let sources = (1..).zip(made.sources).map(|(rank, entry)| {
        let title = title(&entry, &titles);
        titles.push(title.clone());
        let kept = KeptFolder::new(&state, &entry.name).load();
        let [items, problems] = [kept.items, kept.problems].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        StoredSource {
            title,
            rank,
            schedule: if entry.every.is_empty() { "1h".to_owned() } else { entry.every.clone() },
            is_direct: true,
            health: Health { tried: kept.tried, good: kept.read, error: kept.error, items, problems, down_since: None },
            entry,
            ..StoredSource::default()
        }
    });
    Ok(Begun { town, sources: sources.collect() })
}

/// What staff see it as until they call it something else: its format, in words that are names in every language.
fn title(entry: &SourceEntry, others: &[String]) -> String {
    let named = Tongue::Fr.say(&format!("source-format-{}", entry.format));
    let numbered = (2..).map(|nr: u32| format!("{named} {nr}"));
    let mut all = std::iter::once(named.clone()).chain(numbered);
    all.find(|title| !others.contains(title)).unwrap_or_default()
}
