//! What the hub remembers. Only what lies below knows SQL; pages and publishing know [`Store`].
//!
//! Calls block: whoever answers requests makes them off its own threads.

mod audit;
mod display_states;
mod displays;
mod items;
mod sessions;
mod settings;
mod sqlite;
mod users;

pub use audit::{AuditEntry, AuditLog, Broken};
pub use display_states::{Confirmed, DisplayStates, StoredFault};
pub use displays::{COMMAND_LASTS, Display, Displays, StoredCommand};
pub use items::{Draft, Items, Listed, Published, Query, Saved, State, StoredItem, StoredVersion};
pub use sessions::{Session, SessionKey, Sessions};
pub use settings::Settings;
pub use sqlite::Sqlite;
pub use users::{NewUser, Role, User, Users};

use chrono::{DateTime, Utc};
use thiserror::Error;

/// All that the hub remembers.
pub trait Store: Users + Sessions + Items + AuditLog + Settings + Displays + DisplayStates + Send + Sync {}

impl<T: Users + Sessions + Items + AuditLog + Settings + Displays + DisplayStates + Send + Sync> Store for T {}

/// Why something could not be remembered or told.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The disk has no room left: nothing of the change was kept.
    #[error("the disk of the hub is full: nothing was changed")]
    Full,
    #[error("the database of the hub cannot be used: {0}")]
    Broken(String),
    /// Somebody with this address is known already.
    #[error("there is an account of {0} already")]
    Taken(String),
}

pub type Result<T> = std::result::Result<T, StoreError>;

/// Who changes something, and when.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    pub who: &'a str,
    pub now: DateTime<Utc>,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Broken(error.to_string()),
        }
    }
}
