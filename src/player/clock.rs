//! What time it is for the player. The logic below never asks; it is told.

use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

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
