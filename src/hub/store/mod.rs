//! What the hub remembers. Only what lies below knows SQL; pages and publishing know [`Store`].
//!
//! Calls block: whoever answers requests makes them off its own threads.

mod audit;
mod copying;
mod display_states;
mod displays;
mod imported;
mod items;
mod media;
mod sessions;
mod settings;
mod shown;
mod sources;
mod sqlite;
mod users;

pub use audit::{AuditEntry, AuditLog, Broken};
pub use copying::{Copied, copy, examine, newest};
pub use display_states::{Confirmed, DisplayStates, StoredFault};
pub use displays::{COMMAND_LASTS, Display, Displays, StoredCommand};
pub use imported::{Arrival, Imported, ImportedItems, Known, Local, Share, Standing, Touched};
pub use items::{Draft, Items, Listed, Published, Query, Saved, State, StoredItem, StoredVersion};
pub use media::{Media, MediaChange, MediaLibrary, MediaQuery, MediaUse, Only};
pub use sessions::{Session, SessionKey, Sessions};
pub use settings::{DUE, Settings};
pub use shown::ShownItems;
pub use sources::{Health, Sources, StoredSource};
pub use sqlite::Sqlite;
pub use users::{NewUser, Role, User, Users};

use chrono::{DateTime, Utc};
use thiserror::Error;

/// All that the hub remembers.
pub trait Store:
    Users
    + Sessions
    + Items
    + AuditLog
    + Settings
    + Sources
    + ImportedItems
    + ShownItems
    + MediaLibrary
    + Displays
    + DisplayStates
    + Send
    + Sync
{
}

impl<T> Store for T where
    T: Users
        + Sessions
        + Items
        + AuditLog
        + Settings
        + Sources
        + ImportedItems
        + ShownItems
        + MediaLibrary
        + Displays
        + DisplayStates
        + Send
        + Sync
{
}

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
