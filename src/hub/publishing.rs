//! From what staff made ready to the displays: staged here, signed by the process that holds the keys.

use super::app::Hub;
use super::store::{By, Published, Store};
use super::{Content, Groups, Site, ask, ask_groups, stage, tidy_up};
use crate::calendar::zone;
use crate::content::{Item, Problem, Town, read_item, read_town};
use chrono_tz::Tz;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The setting that holds `town.json`.
pub const TOWN: &str = "town";

/// The town as its content says; what is not understood in it is as usual.
pub fn the_town(hub: &Hub) -> Town {
    let said = hub.store.setting(TOWN).ok().flatten().unwrap_or_else(|| json!({}));
    read_town("town", said.to_string().as_bytes()).0
}

/// The town's languages, its first one first, and its time zone.
pub fn town(hub: &Hub) -> (Vec<String>, Tz) {
    let town = the_town(hub);
    (town.fallback, zone(&town.zone).unwrap_or(chrono_tz::Europe::Paris))
}

/// Where publications are made.
pub struct Desk {
    pub publication: PathBuf,
    /// What pictures lie in.
    pub media: PathBuf,
    pub map: PathBuf,
    /// The socket of `parvis-hub sign`.
    pub signer: PathBuf,
    /// One publication at a time.
    turn: Mutex<()>,
    publications: AtomicU64,
}

/// What went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub items: usize,
    pub changes: String,
    pub problems: Vec<String>,
}

impl Desk {
    /// In a folder of the hub's data.
    pub fn new(data: &std::path::Path, signer: PathBuf) -> Self {
        let at = |name| data.join(name);
        Self {
            publication: at("publication"),
            media: at("media"),
            map: at("map"),
            signer,
            turn: Mutex::default(),
            publications: AtomicU64::new(0),
        }
    }

    /// How many went out since this program began.
    pub fn publications(&self) -> u64 {
        self.publications.load(Ordering::Relaxed)
    }

    /// Publishes what is ready, with all that was published before.
    ///
    /// # Errors
    /// Why not, for staff. What displays show stays as it is.
    pub fn publish(&self, store: &dyn Store, by: By<'_>) -> Result<Report, String> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.publish_now(store, by)
    }

    /// Publishes what came from sources that need nobody's word: what staff made ready waits for theirs.
    ///
    /// # Errors
    /// As [`Desk::publish`].
    pub fn publish_sources(&self, store: &dyn Store, by: By<'_>) -> Result<Report, String> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let all = store.to_publish_of_sources().map_err(|error| error.to_string())?;
        self.publish_these(store, &all, by)
    }

    /// Takes items from the displays at once.
    ///
    /// # Errors
    /// As [`Desk::publish`]. It is withdrawn for the next publication even then.
    pub fn withdraw(&self, store: &dyn Store, ids: &[String], by: By<'_>) -> Result<Report, String> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            store.withdraw(id, by).map_err(|error| error.to_string())?;
        }
        self.publish_now(store, by)
    }

    fn publish_now(&self, store: &dyn Store, by: By<'_>) -> Result<Report, String> {
        let all = store.to_publish().map_err(|error| error.to_string())?;
        self.publish_these(store, &all, by)
    }

    fn publish_these(&self, store: &dyn Store, all: &[Published], by: By<'_>) -> Result<Report, String> {
        let failed = |error: super::HubError| error.to_string();
        let told = |error: super::store::StoreError| error.to_string();
        let town = store.setting(TOWN).map_err(told)?.unwrap_or_else(|| json!({}));
        let (items, mut problems) = read(all);
        let site = Site::new(&self.publication);
        let groups = ask_groups(&self.signer).map_err(failed)?;
        let groups = groups.map_or_else(|| Groups::unsaid(&site), Ok).map_err(failed)?;
        let content = Content { town, items, media_root: self.media.clone(), map_root: self.map.clone() };
        let _alone = site.lock().map_err(failed)?;
        let staging = stage(&site, content, &groups, &|_, _, _| {}).map_err(failed)?;
        ask(&self.signer, &self.publication).map_err(failed)?;
        store.mark_published(all, by).map_err(told)?;
        self.publications.fetch_add(1, Ordering::Relaxed);
        tidy_up(&site).map_err(failed)?;
        problems.extend(staging.problems);
        let problems = problems.iter().map(ToString::to_string).collect();
        Ok(Report { items: staging.items, changes: staging.changes.to_string(), problems })
    }
}

/// Bodies as items; one that is none costs only itself.
fn read(all: &[Published]) -> (Vec<Item>, Vec<Problem>) {
    let mut problems = Vec::new();
    let values = all.iter().filter_map(|item| serde_json::from_str::<Value>(&item.body).ok());
    let items = values.filter_map(|value| read_item("hub", &value, &mut problems)).collect();
    (items, problems)
}
