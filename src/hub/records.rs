//! What displays have told: each record once, however often it came.

use crate::protocol::{Batch, Kind, Ledger, Record, Taken, take};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, params};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A page of the file, in bytes.
const PAGE_BYTES: u32 = 4096;

/// Records in a SQLite file: id, moment, kind and body as JSON.
pub struct Records {
    db: Connection,
    mib_max: u32,
    /// Nothing was kept of the last batch: that was said.
    is_refusing: bool,
}

impl Records {
    /// Opens `records.db` in this folder, or begins it. It never grows beyond `mib_max` MiB.
    ///
    /// # Errors
    /// When the disk does not let it, or it is none.
    pub fn open(folder: &Path, mib_max: u32) -> rusqlite::Result<Self> {
        let db = Connection::open(folder.join("records.db"))?;
        let pages_max = u64::from(mib_max) * (1 << 20) / u64::from(PAGE_BYTES);
        db.execute_batch(&format!(
            "PRAGMA page_size = {PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA max_page_count = {pages_max};
             CREATE TABLE IF NOT EXISTS records (id TEXT PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,
             body TEXT NOT NULL) STRICT, WITHOUT ROWID;",
        ))?;
        Ok(Self { db, mib_max, is_refusing: false })
    }

    /// How many records of each kind there are, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub fn counts(&self) -> rusqlite::Result<Vec<(String, i64)>> {
        let mut counted = self.db.prepare("SELECT kind, count(*) FROM records GROUP BY kind ORDER BY kind")?;
        let rows = counted.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    /// Keeps a batch with one write: all of it, or nothing.
    ///
    /// # Errors
    /// Those of the database, and when there is no room for all of it.
    pub fn take(&mut self, batch: &Batch) -> rusqlite::Result<Taken> {
        let whole = self.db.transaction()?;
        let mut keeping = Keeping { db: &whole, fault: None };
        let taken = take(batch, &mut keeping).unwrap_or_default();
        if let Some(fault) = keeping.fault {
            return Err(fault);
        }
        whole.commit()?;
        Ok(taken)
    }
}

/// The bodies of the records of a kind that lie in this folder, of the moments from one to before another; none where no
/// records are kept. Whoever keeps them is not disturbed.
///
/// # Errors
/// Those of the database.
pub fn bodies(folder: &Path, kind: Kind, [from, until]: [DateTime<Utc>; 2]) -> rusqlite::Result<Vec<String>> {
    let path = folder.join("records.db");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let mut asked = db.prepare("SELECT body FROM records WHERE kind = ?1 AND at >= ?2 AND at < ?3")?;
    let rows = asked.query_map(params![kind.name(), from.to_rfc3339(), until.to_rfc3339()], |row| row.get(0))?;
    rows.collect()
}

/// Records on their way into the file.
struct Keeping<'a> {
    db: &'a Connection,
    /// Why one of them could not be kept.
    fault: Option<rusqlite::Error>,
}

impl Ledger for Keeping<'_> {
    type Error = ();

    fn keep(&mut self, record: &Record) -> Result<bool, ()> {
        let (id, at) = (record.id.to_string(), record.at.to_rfc3339());
        let kept = "INSERT OR IGNORE INTO records (id, at, kind, body) VALUES (?1, ?2, ?3, ?4)";
        let kept = self.db.execute(kept, params![id, at, record.kind.name(), record.body.to_string()]);
        kept.map(|rows| rows > 0).map_err(|fault| self.fault = Some(fault))
    }
}

/// Takes batches at `/records`, and gives `say` a line when it has to refuse them and when it no longer has to.
pub fn app(records: Records, say: fn(&str)) -> Router {
    let limit = DefaultBodyLimit::max(Batch::BYTES_MAX);
    let shared = Shared { records: Arc::new(Mutex::new(records)), say };
    Router::new().route("/records", post(receive)).layer(limit).with_state(shared)
}

#[derive(Clone)]
struct Shared {
    records: Arc<Mutex<Records>>,
    say: fn(&str),
}

async fn receive(State(Shared { records, say }): State<Shared>, body: Bytes) -> Response {
    let batch: Batch = match serde_json::from_slice(&body) {
        Ok(batch) => batch,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("no batch of records: {error}\n")).into_response(),
    };
    if let Some(why) = too_large(&batch) {
        return (StatusCode::PAYLOAD_TOO_LARGE, why).into_response();
    }
    // Off the thread that gives out files: making sure of the disk takes its time.
    let taken = tokio::task::spawn_blocking(move || {
        let mut records = records.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = records.take(&batch).map_err(|error| refusal(&error, records.mib_max));
        let is_news = records.is_refusing != taken.is_err();
        records.is_refusing = taken.is_err();
        match &taken {
            Err(why) if is_news => say(why),
            Ok(_) if is_news => say("records of displays are kept again"),
            _ => {}
        }
        taken
    });
    match taken.await.map_err(|error| error.to_string()).and_then(|taken| taken) {
        Ok(taken) => axum::Json(taken.receipt).into_response(),
        // The display keeps them and sends them again.
        Err(why) => (StatusCode::INSUFFICIENT_STORAGE, format!("{why}\n")).into_response(),
    }
}

/// Why no display of ours has sent this.
fn too_large(batch: &Batch) -> Option<String> {
    if batch.records.len() > Batch::RECORDS_MAX {
        return Some(format!("{} records are more than the {} of a batch\n", batch.records.len(), Batch::RECORDS_MAX));
    }
    let largest = batch.records.iter().map(|record| record.body.to_string().len()).max().unwrap_or(0);
    (largest > Record::BYTES_MAX).then(|| format!("a record has more than {} bytes\n", Record::BYTES_MAX))
}

fn refusal(error: &rusqlite::Error, mib_max: u32) -> String {
    let is_full = error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull);
    let remedy = "displays keep what they have to tell";
    if is_full {
        return format!(
            "records.db is full ({mib_max} MiB): {remedy}. Make room, or raise --records-mib; to begin anew, stop this \
             server, move the file away and start again"
        );
    }
    format!("records cannot be kept now: {error}; {remedy}")
}
