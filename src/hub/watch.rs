//! How displays are just now, and whether a request is really theirs.

use super::store::{Display, Store, StoreError};
use crate::protocol::{Answer, Report, Request, Signed, VALID_SECS};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What has not changed is written this rarely: two thousand displays report every minute.
const WRITTEN_EVERY: TimeDelta = TimeDelta::minutes(10);
/// Free space on a disk that changes by less is the same, in bytes.
const DISK_STEP: u64 = 64 << 20;
/// Requests of one display within [`VALID_SECS`] whose numbers are remembered; more of them are refused.
const REQUESTS_MAX: usize = 400;

/// What requests of displays share.
pub struct Watch {
    began: DateTime<Utc>,
    live: Mutex<HashMap<i64, Live>>,
    seen: Mutex<HashMap<i64, VecDeque<(i64, String)>>>,
}

/// What a display last told.
#[derive(Clone, Debug)]
struct Live {
    report: Report,
    seen: DateTime<Utc>,
    written: DateTime<Utc>,
}

/// Why a request is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It carries no signature.
    Unsigned,
    /// Nobody of ours signed it.
    Unknown,
    /// It was signed at another time: this one, or the clock of the display, is wrong.
    OutOfTime,
    /// It came before.
    Again,
}

impl Doubt {
    /// For town IT.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unsigned => "this hub takes only what a display of its own has signed",
            Self::Unknown => "no display of this hub has signed this: it was removed, or replaced, or never let in",
            Self::OutOfTime => "it was signed at another time than now",
            Self::Again => "it came before",
        }
    }
}

impl Watch {
    /// From now on: nothing that was signed before is taken, because what came then is not remembered.
    pub fn new(began: DateTime<Utc>) -> Self {
        Self { began, live: Mutex::default(), seen: Mutex::default() }
    }

    /// The display that signed a request, with the headers that say so.
    ///
    /// # Errors
    /// Why it is not taken, or those of the store.
    pub fn signer(
        &self,
        store: &dyn Store,
        request: Request<'_>,
        [input, digest, signature]: [Option<&str>; 3],
        now: DateTime<Utc>,
    ) -> Result<Result<Display, Doubt>, StoreError> {
        let (Some(input), Some(digest), Some(signature)) = (input, digest, signature) else {
            return Ok(Err(Doubt::Unsigned));
        };
        let Some(signed) = Signed::parse(input) else { return Ok(Err(Doubt::Unknown)) };
        let display = store.display(signed.display)?;
        let display = display.filter(|display| signed.holds(request, digest, signature, display.key));
        Ok(display.ok_or(Doubt::Unknown).and_then(|display| self.is_new(&signed, now).map(|()| display)))
    }

    /// Takes each signature once.
    fn is_new(&self, signed: &Signed, now: DateTime<Utc>) -> Result<(), Doubt> {
        let secs = now.timestamp();
        if (secs - signed.created).abs() > VALID_SECS || signed.created < self.began.timestamp() {
            return Err(Doubt::OutOfTime);
        }
        let mut seen = lock(&self.seen);
        let known = seen.entry(signed.display).or_default();
        known.retain(|(created, _)| (secs - created).abs() <= VALID_SECS);
        if known.len() >= REQUESTS_MAX || known.iter().any(|(_, nonce)| *nonce == signed.nonce) {
            return Err(Doubt::Again);
        }
        known.push_back((signed.created, signed.nonce.clone()));
        Ok(())
    }

    /// A display tells how it is; what it is asked to do.
    ///
    /// # Errors
    /// Those of the store.
    pub fn report(
        &self,
        store: &dyn Store,
        display: &Display,
        report: Report,
        now: DateTime<Utc>,
    ) -> Result<Answer, StoreError> {
        let id = display.placed.display;
        let is_news = {
            let live = lock(&self.live);
            live.get(&id).is_none_or(|live| is_other(&live.report, &report) || now - live.written >= WRITTEN_EVERY)
        };
        if is_news || !report.done.is_empty() {
            store.keep_report(id, &report, now)?;
        }
        {
            let mut live = lock(&self.live);
            let written = live.get(&id).filter(|_| !is_news).map_or(now, |live| live.written);
            live.insert(id, Live { report: Report { done: Vec::new(), ..report }, seen: now, written });
        }
        let commands = store.commands_to_send(id, now)?;
        let placed = display.placed.clone();
        Ok(Answer { name: placed.name, group: placed.group, position: placed.position, commands })
    }

    /// A display as it is known now.
    pub fn now(&self, mut display: Display) -> Display {
        if let Some(live) = lock(&self.live).get(&display.placed.display)
            && display.seen.is_none_or(|seen| live.seen >= seen)
        {
            display.report.clone_from(&live.report);
            display.seen = Some(live.seen);
        }
        display
    }

    /// Another machine stands in its place, or none: what the old one told counts no more.
    pub fn forget(&self, id: i64) {
        lock(&self.live).remove(&id);
        lock(&self.seen).remove(&id);
    }

    /// When a display was last heard of; while the hub itself was not there, nobody could speak to it.
    pub fn heard(&self, display: &Display) -> Option<DateTime<Utc>> {
        let seen = self.now(display.clone()).seen?;
        Some(seen.max(self.began))
    }
}

/// Whether one report says anything that the other does not.
fn is_other(before: &Report, now: &Report) -> bool {
    let steps = |report: &Report| report.disk_free_bytes.map(|bytes| bytes / DISK_STEP);
    let at_rest = |report: &Report| Report {
        disk_free_bytes: steps(report),
        contacted: None,
        done: Vec::new(),
        on: None,
        ..report.clone()
    };
    at_rest(before) != at_rest(now)
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
