//! What `parvis sync` notes beside the content, for the player, for `parvis status` and for itself after a restart.

use super::stored::Store;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::io;

const CLOCK: &str = "clock.json";
const SYNC: &str = "sync.json";
/// Notes larger than this are damage, in bytes.
pub(super) const NOTE_BYTES_MAX: u64 = 64 << 10;

/// Whether this display's clock is believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockNote {
    /// What speaks against the clock, in words for town IT; `None` as long as nothing does.
    pub evidence: Option<String>,
    /// The latest moment that has surely passed: signed by the town, or seen by this display with a trusted clock.
    pub floor: DateTime<Utc>,
}

/// Trouble that a display has and tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// One word that stays the same for the same trouble: `network`, `signature`, `stale`, `disk`, `clock`, `damage`.
    pub kind: String,
    /// What it is, in words for town IT.
    pub words: String,
    pub since: DateTime<Utc>,
}

/// How synchronisation stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SyncNote {
    /// Where the publication is.
    pub from: String,
    pub group: String,
    /// When signed metadata was last brought in and held.
    pub contacted: Option<DateTime<Utc>>,
    /// When what is shown was taken over.
    pub activated: Option<DateTime<Utc>>,
    pub faults: Vec<Fault>,
}

impl Store {
    /// `None` before the first note, and when it is damaged: then nothing is known against the clock.
    pub fn clock_note(&self) -> Option<ClockNote> {
        serde_json::from_slice(&self.disk().read(CLOCK, NOTE_BYTES_MAX).ok()?).ok()
    }

    /// # Errors
    /// Those of the disk; the old note stays.
    pub fn note_clock(&self, note: &ClockNote) -> io::Result<()> {
        self.write_note(CLOCK, note, self.clock_note().as_ref())
    }

    /// Empty before the first note, and when it is damaged.
    pub fn sync_note(&self) -> SyncNote {
        let read = self.disk().read(SYNC, NOTE_BYTES_MAX).ok();
        read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// # Errors
    /// Those of the disk; the old note stays.
    pub fn note_sync(&self, note: &SyncNote) -> io::Result<()> {
        self.write_note(SYNC, note, Some(&self.sync_note()))
    }

    /// What has not changed is not written: cards wear.
    pub(super) fn write_note<T: Serialize + PartialEq>(
        &self,
        path: &str,
        note: &T,
        before: Option<&T>,
    ) -> io::Result<()> {
        if before == Some(note) {
            return Ok(());
        }
        self.write_whole(path, &serde_json::to_vec(note)?)
    }
}
