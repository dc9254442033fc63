//! What time it is for the player. The logic below never asks; it is told.

use crate::store::ClockNote;
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// Whether the clock is believed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    #[default]
    Believed,
    /// Something speaks against it: nobody knows what day it is, only that this moment has passed.
    Doubted { floor: DateTime<Utc> },
}

impl Trust {
    /// As the display's own note says; without one nothing speaks against the clock.
    pub fn of(note: Option<&ClockNote>) -> Self {
        let doubted = note.filter(|note| note.evidence.is_some());
        doubted.map_or(Self::Believed, |note| Self::Doubted { floor: note.floor })
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The computer's own.
    System,
    /// Stands still: pictures and tests.
    Frozen(DateTime<Utc>),
    /// Runs from a given instant: `--at`.
    From(DateTime<Utc>),
}

impl Clock {
    /// `elapsed` is the time since the player started.
    #[expect(clippy::disallowed_methods, reason = "the one place where the player reads the clock")]
    pub fn now(self, elapsed: Duration) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Frozen(at) => at,
            Self::From(at) => at + TimeDelta::from_std(elapsed).unwrap_or_default(),
        }
    }
}
