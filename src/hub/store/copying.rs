//! The database as a whole: copied while the hub works with it, and begun again from such a copy.

use super::{AuditLog, Broken, By, DUE, Result, Sqlite, StoreError};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

/// How long the copy waits for a change that is just being written.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// How many migrations made it.
    pub version: u32,
    /// Where its audit log was changed by other hands.
    pub broken: Option<Broken>,
}

/// Copies `hub.db` of a folder as it is at one moment, into a file of its own. Whoever writes meanwhile is not held up.
///
/// # Errors
/// Those of both disks, and when the database is damaged.
pub fn copy(folder: &Path, to: &Path) -> Result<Copied> {
    let from = Connection::open_with_flags(folder.join("hub.db"), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    from.busy_timeout(PATIENCE)?;
    let mut copy = Connection::open(to)?;
    // One step of all pages reads one moment of the file.
    match Backup::new(&from, &mut copy)?.step(-1)? {
        StepResult::Done => {}
        _ => return Err(StoreError::Broken("somebody else holds it".to_owned())),
    }
    // One file, with nothing beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.pragma_update(None, "synchronous", "FULL")?;
    whole(&copy)?;
    let version = copy.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let broken = Sqlite::over(copy).check_audit()?;
    Ok(Copied { version, broken })
}

/// Looks at every page of the database of a folder, which nobody has opened yet; its version.
///
/// # Errors
/// When it is damaged, or none.
pub fn examine(folder: &Path) -> Result<u32> {
    let db = Connection::open_with_flags(folder.join("hub.db"), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    whole(&db)?;
    Ok(db.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// The newest version that this program knows.
pub fn newest() -> u32 {
    super::sqlite::MIGRATIONS.len() as u32
}

fn whole(db: &Connection) -> Result<()> {
    let found: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Broken(found)) }
}

impl Sqlite {
    pub(super) fn over(db: Connection) -> Self {
        Self { db: Mutex::new(db) }
    }

    /// What a restored hub begins with: nobody is signed in, and displays are to get what it holds.
    ///
    /// # Errors
    /// Those of the store.
    pub fn begin_restored(&self, made: &str, by: By<'_>) -> Result<()> {
        self.change(by, ("restore", "hub"), |db| {
            // One that was ended since the backup would begin again.
            db.execute("DELETE FROM sessions", [])?;
            db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, 'true')", [DUE])?;
            Ok(((), Some(made.to_owned())))
        })
    }
}
