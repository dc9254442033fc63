//! From what sources gave to items of the hub.

use super::SOURCES;
use super::local::with_own;
use super::town::{self, Begun};
use crate::content::{Id, Item};
use crate::hub::app::Hub;
use crate::hub::beginning::{first, words};
use crate::hub::store::{Arrival, By, Known, StoredSource};
use crate::import::town_sources::{SourcesFile, sweep_pictures, unite};
use crate::publication::Digest;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::io;

/// Items that come in with one change of the store: others wait no longer than for these.
const AT_ONCE: usize = 200;

/// Takes in what the sources gave that a town begins with.
///
/// # Errors
/// Why not, for staff.
pub fn arrive_first(hub: &Hub, begun: &Begun) -> Result<(), String> {
    arrive_from(hub, &town::file_of(hub, &begun.town, &begun.sources), &begun.sources).map(drop)
}

/// Merges what all sources gave, takes in what is new or changed, and withdraws what is gone. Returns what could not be
/// taken in, in words.
///
/// # Errors
/// Why not, for staff. What had come in by then stays.
pub(super) fn arrive_from(hub: &Hub, file: &SourcesFile, sources: &[StoredSource]) -> Result<Vec<String>, String> {
    let known = hub.store.known_imports().map_err(|error| error.to_string())?;
    let mut coming = Coming { hub, sources, known, waiting: Vec::new(), refused: Vec::new() };
    let united = unite(file, &mut |source, item| coming.item(source, &item));
    let (_, pictures) = united.map_err(|error| error.to_string())?;
    coming.flush().map_err(|error| error.to_string())?;
    let Coming { known, refused, .. } = coming;
    // What is left did not come again.
    let mut gone: Vec<String> =
        known.into_iter().filter(|(_, known)| !known.digest.is_empty()).map(|(id, _)| id).collect();
    gone.sort_unstable();
    for gone in gone.chunks(AT_ONCE) {
        let by = By { who: SOURCES, now: hub.now() };
        hub.store.take_out(gone, by).map_err(|error| error.to_string())?;
    }
    sweep_pictures(file, &with_shown(hub, pictures)?).map_err(|error| error.to_string())?;
    let why = "something that was written here has the same number, and stays";
    Ok(refused.into_iter().map(|id| format!("{id}: {why}")).collect())
}

/// Also the pictures of what displays show still, and of what staff look at.
fn with_shown(hub: &Hub, mut pictures: HashSet<String>) -> Result<HashSet<String>, String> {
    for item in hub.store.to_publish().map_err(|error| error.to_string())? {
        let body: Value = serde_json::from_str(&item.body).unwrap_or_default();
        let media = body["media"].as_array().into_iter().flatten();
        pictures.extend(media.filter_map(|media| Some(media["path"].as_str()?.to_owned())));
    }
    Ok(pictures)
}

struct Coming<'h> {
    hub: &'h Hub,
    sources: &'h [StoredSource],
    /// Those that have not come yet.
    known: HashMap<String, Known>,
    waiting: Vec<Arrival>,
    refused: Vec<String>,
}

impl Coming<'_> {
    fn item(&mut self, source: usize, item: &Item) -> io::Result<()> {
        let Some(source) = self.sources.get(source) else { return Ok(()) };
        let value = json!(item);
        let body = value.to_string();
        let digest = Digest::of(format!("{} {} {body}", source.name(), source.is_direct).as_bytes()).to_string();
        let Id(id) = item.common().id.clone();
        let known = self.known.remove(&id);
        if known.as_ref().is_some_and(|known| known.digest == digest) {
            return Ok(());
        }
        let (shown, is_changed_below) = match known.and_then(|known| known.own) {
            Some((own, below)) => {
                let is_changed = below.as_object().into_iter().flatten().any(|(key, was)| value[key.as_str()] != *was);
                (with_own(item.clone(), &own), is_changed)
            }
            None => (item.clone(), false),
        };
        self.waiting.push(Arrival {
            id,
            source: source.name().to_owned(),
            kind: value["type"].as_str().unwrap_or_default().to_owned(),
            body,
            digest,
            title: first(&shown.common().title),
            words: words(&shown),
            shown: json!(shown),
            is_direct: source.is_direct,
            is_changed_below,
        });
        if self.waiting.len() < AT_ONCE { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> io::Result<()> {
        let by = By { who: SOURCES, now: self.hub.now() };
        let refused = self.hub.store.take_in(&self.waiting, by).map_err(io::Error::other)?;
        self.refused.extend(refused);
        self.waiting.clear();
        Ok(())
    }
}
