//! What a display has to tell, kept until the hub has said that it has it: `outbox.db` in the store.
//!
//! It is SQLite with a write-ahead log: a record costs one write and one sync, and the player that adds and `sync` that
//! ships do not wait for each other. With `synchronous = FULL` a record that [`Outbox::push`] took is on the disk.
//! Beside the records it holds what was played in the hours that run ([`Outbox::add_plays`]).

use super::outbox_plays as plays;
use super::outbox_table as table;
use super::turn::Turn;
use crate::protocol::{Kind, PlayRecord, Record, RecordId};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The name of the database in the store.
pub const OUTBOX: &str = "outbox.db";

/// How long one program waits for the other to have written.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often a piece of work is begun again because the database was begun anew.
const TRIES: u32 = 3;

/// How much is kept at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub records: u64,
    /// Of the records as JSON.
    pub bytes: u64,
}

impl Default for Limits {
    /// A month without network, of a display that tells of itself every five minutes and shows 40 things an hour by day.
    fn default() -> Self {
        Self { records: 30_000, bytes: 16 << 20 }
    }
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// It is on the disk, for good; perhaps it was before.
    Kept,
    /// There is no room for it beside what counts for more.
    Refused,
}

/// What waits, by kind; and how many records were given up since the outbox was begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    pub records: BTreeMap<Kind, u64>,
    pub bytes: u64,
    pub given_up: BTreeMap<Kind, u64>,
    /// Records that are not what was written.
    pub damaged: u64,
}

/// What was played and the hub does not have yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaysKept {
    /// The hours that run and those that wait.
    pub plays: Vec<PlayRecord>,
    /// Of both, how many are not what was written.
    pub damaged: u64,
}

/// Why the outbox did not do something.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    #[error("the outbox cannot be used: {0}")]
    Unusable(String),
    #[error("the outbox is damaged: {0}")]
    Damaged(String),
    #[error("a record of {0} bytes is too large")]
    TooLarge(usize),
}

/// Why a piece of work on the database did not come to an end.
pub(super) enum Trouble {
    Sql(rusqlite::Error),
    Io(io::Error),
    /// The file is no outbox of ours any more.
    Damage(String),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, SqliteFailure};
        let damage = match &error {
            // What is asked is always the same and right: when it cannot even be asked, the tables are not ours.
            SqliteFailure(cause, _) => {
                matches!(cause.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown)
            }
            FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) => true,
            _ => false,
        };
        if damage { Self::Damage(error.to_string()) } else { Self::Sql(error) }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Trouble> for OutboxError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Sql(error) => Self::Unusable(error.to_string()),
            Trouble::Io(error) => Self::Unusable(error.to_string()),
            Trouble::Damage(words) => Self::Damaged(words),
        }
    }
}

/// The outbox of one store. Several programs may have it open.
pub struct Outbox {
    path: PathBuf,
    limits: Limits,
    open: Option<Open>,
    /// Why the database had to be begun anew, until somebody has been told.
    set_aside: Option<String>,
}

struct Open {
    db: Connection,
    /// When another program has begun the database anew, this is not it any more.
    file: FileId,
}

/// Device and inode.
type FileId = (u64, u64);

impl Outbox {
    /// Opens the outbox of a store, or begins one. A database that is damaged is set aside as `outbox.db.damaged` and a
    /// new one begun: see [`Outbox::was_set_aside`].
    ///
    /// # Errors
    /// When the disk does not let it.
    pub fn open(store: &Path, limits: Limits) -> Result<Self, OutboxError> {
        let mut outbox = Self { path: store.join(OUTBOX), limits, open: None, set_aside: None };
        outbox.with(|_| Ok(()))?;
        Ok(outbox)
    }

    /// Why the database was set aside since this was last asked.
    pub fn was_set_aside(&mut self) -> Option<String> {
        self.set_aside.take()
    }

    /// Keeps a record. When there is no room, the oldest status is given up for it, then faults, usage and plays, never
    /// an answer, and never what counts for more than the record itself.
    ///
    /// # Errors
    /// When the disk does not take it: then it is not kept.
    pub fn push(&mut self, record: &Record) -> Result<Pushed, OutboxError> {
        let text = serde_json::to_string(record).map_err(|error| OutboxError::Unusable(error.to_string()))?;
        if text.len() > Record::BYTES_MAX {
            return Err(OutboxError::TooLarge(text.len()));
        }
        let limits = self.limits;
        self.write(|db| table::push(db, record, &text, limits))
    }

    /// Adds what was played to its hours; and hours that are over by `now`, the display's clock, become records of
    /// [`Kind::Play`], also where nothing is added. All of it or nothing. What a failure left open is handed in again as
    /// the same `batch`, and counts once.
    ///
    /// In an hour 256 things are told apart; the rest is counted together as
    /// [`Played::others`](crate::protocol::Played::others).
    ///
    /// # Errors
    /// When the disk does not take it: then it is not kept, or will turn out to have been.
    pub fn add_plays(&mut self, batch: RecordId, now: DateTime<Utc>, played: &[PlayRecord]) -> Result<(), OutboxError> {
        let limits = self.limits;
        self.write(|db| {
            plays::add(db, batch, played)?;
            plays::move_over(db, batch, now, limits)
        })
    }

    /// The oldest records, so many at most, and no more than fit into one [`crate::protocol::Batch`].
    ///
    /// # Errors
    /// When the disk does not give them.
    pub fn oldest(&mut self, records: usize) -> Result<Vec<Record>, OutboxError> {
        let (found, damaged) = self.with(|db| table::oldest(db, records))?;
        if !damaged.is_empty() {
            // What nobody can read would stand in the way of the others for ever. It is looked for again, because the
            // numbers of one database say nothing about another that was begun meanwhile.
            self.write(|db| table::forget_damaged(db, &table::oldest(db, records)?.1))?;
        }
        Ok(found)
    }

    /// Forgets records that the hub has; how many of them were still here.
    ///
    /// # Errors
    /// When the disk does not let it: then they are sent again, and counted once.
    pub fn taken(&mut self, ids: &[RecordId]) -> Result<usize, OutboxError> {
        self.write(|db| table::taken(db, ids))
    }

    /// # Errors
    /// When the disk does not give it.
    pub fn waiting(&mut self) -> Result<Waiting, OutboxError> {
        self.with(|db| table::waiting(db))
    }

    /// Looks at the outbox of a store and changes nothing; `None` where there is none. Every byte of it is looked at.
    ///
    /// # Errors
    /// When it cannot be read, or is damaged.
    pub fn look(store: &Path) -> Result<Option<Waiting>, OutboxError> {
        Self::look_at(store, |db| {
            let mut waiting = table::waiting(db)?;
            waiting.damaged += table::count_damaged(db)? + plays::count_damaged(db)?;
            Ok(waiting)
        })
    }

    /// Looks at what was played, and changes nothing; `None` where there is no outbox.
    ///
    /// # Errors
    /// When it cannot be read, or is damaged.
    pub fn look_at_plays(store: &Path) -> Result<Option<PlaysKept>, OutboxError> {
        Self::look_at(store, |db| plays::look(db).map(|(plays, damaged)| PlaysKept { plays, damaged }))
    }

    fn look_at<T>(
        store: &Path,
        look: impl FnOnce(&mut Connection) -> Result<T, Trouble>,
    ) -> Result<Option<T>, OutboxError> {
        let path = store.join(OUTBOX);
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Trouble::Io(error).into()),
            Ok(data) if data.is_dir() => return Err(OutboxError::Damaged("it is a folder".to_owned())),
            Ok(data) if data.len() == 0 => return Err(OutboxError::Damaged("it is empty".to_owned())),
            Ok(_) => {}
        }
        let open = || {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let mut db = Connection::open_with_flags(&path, flags)?;
            db.busy_timeout(PATIENCE)?;
            db.pragma_update(None, "query_only", true)?;
            table::check(&db)?;
            look(&mut db)
        };
        Ok(Some(open()?))
    }

    /// Writes into the database, all or nothing.
    fn write<T>(&mut self, work: impl Fn(&Transaction) -> Result<T, Trouble>) -> Result<T, OutboxError> {
        let path = self.path.clone();
        self.with(|db| {
            let turn = Turn::take(&path)?;
            let all = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            drop(turn);
            let done = work(&all)?;
            all.commit()?;
            Ok(done)
        })
    }

    /// Works on the database; once more when it turns out to be damaged, or when another program has begun it anew
    /// meanwhile: then what was written went with the old one.
    fn with<T>(&mut self, work: impl Fn(&mut Connection) -> Result<T, Trouble>) -> Result<T, OutboxError> {
        for _ in 0..TRIES {
            let there = file_at(&self.path);
            match self.connected().and_then(&work) {
                Err(Trouble::Damage(words)) => self.begin_anew(there, words).map_err(Trouble::Io)?,
                Err(trouble) => return Err(trouble.into()),
                Ok(done) if self.open.as_ref().map(|open| open.file) == file_at(&self.path) => return Ok(done),
                Ok(_) => {}
            }
        }
        Err(OutboxError::Unusable("it is damaged again and again".to_owned()))
    }

    fn connected(&mut self) -> Result<&mut Connection, Trouble> {
        let there = file_at(&self.path);
        let open = match self.open.take() {
            Some(open) if Some(open.file) == there => open,
            _ => connect(&self.path)?,
        };
        Ok(&mut self.open.insert(open).db)
    }

    /// Sets the database aside that was found damaged, unless another program has done so already.
    ///
    /// The log goes first: a log beside a database that is not its own could be taken for that one's.
    pub(super) fn begin_anew(&mut self, damaged: Option<FileId>, words: String) -> io::Result<()> {
        self.open = None;
        let _turn = Turn::take(&self.path)?;
        if file_at(&self.path) != damaged {
            return Ok(());
        }
        for end in ["-wal", "-shm", ""] {
            let from = with_end(&self.path, end);
            let aside = with_end(&self.path, &format!(".damaged{end}"));
            match fs::symlink_metadata(&aside) {
                Ok(data) if data.is_dir() => fs::remove_dir_all(&aside)?,
                Ok(_) => fs::remove_file(&aside)?,
                Err(_) => {}
            }
            match fs::rename(&from, &aside) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.set_aside = Some(words);
        Ok(())
    }
}

/// Two programs that begin a database at once stand in each other's way, and SQLite waits for neither: one at a time.
fn connect(path: &Path) -> Result<Open, Trouble> {
    let _turn = Turn::take(path)?;
    if path.is_dir() {
        return Err(Trouble::Damage("it is a folder".to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(PATIENCE)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "journal_size_limit", 1 << 20)?;
    table::begin(&mut db)?;
    plays::begin(&db)?;
    table::check(&db)?;
    let file = file_at(path).ok_or_else(|| Trouble::Io(io::Error::from(io::ErrorKind::NotFound)))?;
    Ok(Open { db, file })
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

pub(super) fn file_at(path: &Path) -> Option<FileId> {
    fs::metadata(path).ok().map(|data| (data.dev(), data.ino()))
}
