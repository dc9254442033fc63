//! The store in one SQLite file.

use super::{By, Result, StoreError, audit};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Each brings a file of the one before to the next version. They are never changed once published, only added to.
pub(super) const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
];

/// How long a command of the same machine, such as a backup, may hold the file.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Sqlite {
    pub(super) db: Mutex<Connection>,
}

impl Sqlite {
    /// Opens `hub.db` in this folder, or begins it, and brings it to this program's version.
    ///
    /// # Errors
    /// When the disk does not let it, when it is none, and when a newer program wrote it.
    pub fn open(folder: &Path) -> Result<Self> {
        let mut db = Connection::open(folder.join("hub.db"))?;
        db.busy_timeout(PATIENCE)?;
        db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
        migrate(&mut db)?;
        Ok(Self { db: Mutex::new(db) })
    }

    pub(super) fn read(&self) -> MutexGuard<'_, Connection> {
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One change: all of it with its line in the audit log, or nothing. `None` in place of the line's detail: nothing was
    /// changed, and nothing is written.
    pub(super) fn change<T>(
        &self,
        by: By<'_>,
        (what, about): (&str, &str),
        change: impl FnOnce(&Transaction<'_>) -> Result<(T, Option<String>)>,
    ) -> Result<T> {
        let mut db = self.read();
        let whole = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (done, detail) = change(&whole)?;
        if let Some(detail) = detail {
            audit::append(&whole, by, (what, about, &detail))?;
            whole.commit()?;
        }
        Ok(done)
    }
}

fn migrate(db: &mut Connection) -> Result<()> {
    let version: u32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let Some(missing) = MIGRATIONS.get(version as usize..) else {
        return Err(StoreError::Broken(format!(
            "it was written by a newer parvis-hub (version {version}; this one knows {}): start that one",
            MIGRATIONS.len()
        )));
    };
    for (number, step) in (version + 1..).zip(missing) {
        let whole = db.transaction()?;
        whole.execute_batch(step)?;
        whole.pragma_update(None, "user_version", number)?;
        whole.commit()?;
    }
    Ok(())
}
