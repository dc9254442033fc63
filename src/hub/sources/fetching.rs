//! Fetches what is due, one source after the other, off the threads that answer requests.

use super::arriving::arrive_from;
use super::schedule::next_try;
use super::{SOURCES, town};
use crate::hub::app::{Hub, Shared};
use crate::hub::beginning;
use crate::hub::publishing::TOWN;
use crate::hub::store::{By, Health, StoreError, StoredSource};
use crate::import::fetch::Pace;
use crate::import::town_sources::{Outcome, Report, SourcesFile, TownImport, made_by};
use crate::import::{Extent, Progress};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// A publication that failed is tried again after so long.
const PUBLISH_AGAIN: TimeDelta = TimeDelta::minutes(5);
/// The longest sleep: the machine's clock may be set meanwhile.
const SLEEP_MAX: Duration = Duration::from_secs(60);

/// What is fetched now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doing {
    /// The source that is read; empty while what came is taken in and published.
    pub name: String,
    pub done: u64,
    /// 0: not known.
    pub total: u64,
}

/// What everybody knows of the fetching.
pub struct Fetching {
    /// Hosts of the town's own network that staff may name, as in `hub.toml`.
    pub hosts: Vec<String>,
    /// How hard servers are asked; none: politely.
    pub pace: Option<Pace>,
    /// One try of a source at once: each may take a while and much memory.
    pub trials: Semaphore,
    doing: Mutex<Option<Doing>>,
    /// How often it was begun to fetch.
    turns: AtomicU64,
    /// Somebody wants something to be looked at now.
    rung: Mutex<bool>,
    bell: Condvar,
}

impl Fetching {
    pub fn new(hosts: Vec<String>) -> Self {
        let (doing, turns, rung, bell) = Default::default();
        Self { hosts, pace: None, trials: Semaphore::new(1), doing, turns, rung, bell }
    }

    /// What is under way, for whoever watches.
    pub fn doing(&self) -> Option<Doing> {
        self.doing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Another number than before: meanwhile something was fetched, and what was read of the store may be of before it.
    pub fn turns(&self) -> u64 {
        self.turns.load(Ordering::SeqCst)
    }

    fn say(&self, doing: Option<Doing>) {
        *self.doing.lock().unwrap_or_else(PoisonError::into_inner) = doing;
    }

    /// Has what is due looked at now.
    pub fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.bell.notify_all();
    }

    /// Until somebody rings, and no longer than this.
    fn sleep(&self, time: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let slept = self.bell.wait_timeout_while(rung, time, |rung| !*rung);
        *slept.unwrap_or_else(PoisonError::into_inner).0 = false;
    }
}

/// Fetches whatever is due, as long as the program runs.
pub fn keep_fetching(hub: &Shared) {
    loop {
        let next = match fetch_due(hub) {
            Ok(next) => next,
            Err(error) => {
                note_failure(hub, &error.to_string());
                None
            }
        };
        let until = next.map_or(SLEEP_MAX, |next| (next - hub.now()).to_std().unwrap_or_default());
        // What is due and cannot be done is not tried without a pause.
        hub.fetching.sleep(until.clamp(Duration::from_secs(1), SLEEP_MAX));
    }
}

/// Fetches what is due now, takes in what came, and publishes what needs nobody's word. Returns when something is due next.
///
/// # Errors
/// Those of the store. What fails otherwise stands with its source, and is tried again.
pub fn fetch_due(hub: &Hub) -> Result<Option<DateTime<Utc>>, StoreError> {
    if hub.store.setting(TOWN)?.is_none() || beginning::is_under_way(hub)? {
        return Ok(None);
    }
    let (file, sources) = town::file(hub)?;
    let (now, zone) = (hub.now(), file.town.zone);
    let is_due = |source: &&StoredSource| next_try(source, zone, now).is_some_and(|next| next <= now);
    let (mut warnings, others): (Vec<_>, Vec<_>) =
        sources.iter().filter(is_due).partition(|source| source.entry.warns());
    warnings.sort_by_key(|source| source.entry.is_of_the_moment());
    if warnings.is_empty() && others.is_empty() {
        let is_published = take_in(hub, &file, &sources)?;
        return next(hub, zone, is_published);
    }
    let _under_way = UnderWay::begun(&hub.fetching);
    for source in &warnings {
        fetch(hub, &file, source)?;
    }
    // Warnings wait for nothing else.
    if !warnings.is_empty() && !others.is_empty() {
        take_in(hub, &file, &sources)?;
    }
    for source in &others {
        fetch(hub, &file, source)?;
        // However many there are and however slow, no warning waits for more than one of them: the rest stays due.
        if is_warning_due(hub, zone)? {
            break;
        }
    }
    // What staff said about sources meanwhile holds for what came, too.
    let (file, sources) = town::file(hub)?;
    let is_published = take_in(hub, &file, &sources)?;
    next(hub, zone, is_published)
}

/// Something is fetched, as long as this lives.
struct UnderWay<'f>(&'f Fetching);

impl<'f> UnderWay<'f> {
    fn begun(fetching: &'f Fetching) -> Self {
        fetching.turns.fetch_add(1, Ordering::SeqCst);
        fetching.say(Some(Doing::default()));
        Self(fetching)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.say(None);
    }
}

fn is_warning_due(hub: &Hub, zone: Tz) -> Result<bool, StoreError> {
    let now = hub.now();
    let is_due = |source: &StoredSource| next_try(source, zone, now).is_some_and(|next| next <= now);
    Ok(hub.store.sources()?.iter().any(|source| source.entry.warns() && is_due(source)))
}

/// When something is due next.
fn next(hub: &Hub, zone: Tz, is_published: bool) -> Result<Option<DateTime<Utc>>, StoreError> {
    let now = hub.now();
    let sources = hub.store.sources()?;
    let next = sources.iter().filter_map(|source| next_try(source, zone, now)).min();
    let again = (!is_published).then(|| now + PUBLISH_AGAIN);
    Ok(next.into_iter().chain(again).min())
}

fn fetch(hub: &Hub, file: &SourcesFile, source: &StoredSource) -> Result<(), StoreError> {
    let doing = |step: Progress| Doing { name: source.name().to_owned(), done: step.done, total: step.total };
    hub.fetching.say(Some(Doing { name: source.name().to_owned(), ..Doing::default() }));
    hub.store.begin_try(source.name())?;
    let import = TownImport { file, now: hub.now(), everything: true, pace: hub.fetching.pace.clone() };
    let report = import.one(&source.entry, &mut |step| hub.fetching.say(Some(doing(step))));
    hub.fetching.say(Some(Doing::default()));
    hub.store.note_try(source.name(), &health(source, report, hub.now()))
}

fn health(source: &StoredSource, report: std::io::Result<Report>, now: DateTime<Utc>) -> Health {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let before = source.health.clone();
    let (error, items, problems) = match report {
        Err(error) => (error.to_string(), before.items, before.problems),
        Ok(report) => {
            let error = match report.outcome {
                Outcome::Failed(reason) | Outcome::Read(Extent::BrokenOff(reason)) => reason,
                Outcome::Read(_) | Outcome::Unchanged | Outcome::NotDue => String::new(),
            };
            (error, count(report.items), count(report.problems))
        }
    };
    let is_good = error.is_empty();
    Health {
        tried: Some(now),
        good: if is_good { Some(now) } else { before.good },
        down_since: if is_good { None } else { before.down_since.or(Some(now)) },
        error,
        items,
        problems,
    }
}

/// Takes in what came since the last time, and publishes. Whether nothing is left to be published.
fn take_in(hub: &Hub, file: &SourcesFile, sources: &[StoredSource]) -> Result<bool, StoreError> {
    // Whatever of this decides about what the items are.
    let listed: Vec<String> = sources.iter().map(|source| format!("{} {}", source.name(), source.is_direct)).collect();
    let now_made_by = made_by(file, &listed.join("\n"));
    let mut standing = hub.store.import_standing()?;
    if standing.made_by != now_made_by {
        match arrive_from(hub, file, sources) {
            Ok(_) => {
                standing = hub.store.import_standing()?;
                standing.made_by = now_made_by;
                hub.store.set_import_standing(&standing)?;
            }
            Err(why) => note_failure(hub, &why),
        }
    }
    publish(hub)
}

fn publish(hub: &Hub) -> Result<bool, StoreError> {
    if !hub.store.import_standing()?.is_publication_due && !hub.store.has_news_of_sources()? {
        return Ok(true);
    }
    let done = hub.desk.publish_sources(hub.store.as_ref(), By { who: SOURCES, now: hub.now() });
    let mut standing = hub.store.import_standing()?;
    standing.publication_error = match &done {
        Ok(_) => String::new(),
        Err(why) => why.clone(),
    };
    standing.is_publication_due &= done.is_err();
    hub.store.set_import_standing(&standing)?;
    Ok(done.is_ok())
}

fn note_failure(hub: &Hub, why: &str) {
    // A store that fails cannot keep why.
    let _ = hub.store.import_standing().and_then(|mut standing| {
        why.clone_into(&mut standing.publication_error);
        hub.store.set_import_standing(&standing)
    });
}
