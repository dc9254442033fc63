//! What displays have told: each record once, however often it came.

use crate::protocol::{Batch, Ledger, Record, take};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use rusqlite::{Connection, params};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Records in a SQLite file: id, moment, kind and body as JSON.
pub struct Records {
    db: Connection,
}

impl Records {
    /// Opens `records.db` in this folder, or begins it.
    ///
    /// # Errors
    /// When the disk does not let it, or it is none.
    pub fn open(folder: &Path) -> rusqlite::Result<Self> {
        let db = Connection::open(folder.join("records.db"))?;
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE IF NOT EXISTS records (id TEXT PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,
             body TEXT NOT NULL) STRICT, WITHOUT ROWID;",
        )?;
        Ok(Self { db })
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
}

impl Ledger for Records {
    type Error = rusqlite::Error;

    fn keep(&mut self, record: &Record) -> Result<bool, Self::Error> {
        let (id, at) = (record.id.to_string(), record.at.to_rfc3339());
        let kept = "INSERT OR IGNORE INTO records (id, at, kind, body) VALUES (?1, ?2, ?3, ?4)";
        Ok(self.db.execute(kept, params![id, at, record.kind.name(), record.body.to_string()])? > 0)
    }
}

/// Takes batches at `/records`.
pub fn app(records: Records) -> Router {
    let limit = DefaultBodyLimit::max(Batch::BYTES_MAX);
    Router::new().route("/records", post(receive)).layer(limit).with_state(Arc::new(Mutex::new(records)))
}

async fn receive(State(records): State<Arc<Mutex<Records>>>, body: Bytes) -> Response {
    let batch: Batch = match serde_json::from_slice(&body) {
        Ok(batch) => batch,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("no batch of records: {error}\n")).into_response(),
    };
    // Off the thread that gives out files: making sure of the disk takes its time.
    let taken = tokio::task::spawn_blocking(move || {
        let mut records = records.lock().unwrap_or_else(PoisonError::into_inner);
        take(&batch, &mut *records)
    });
    match taken.await.map_err(|error| error.to_string()).and_then(|taken| taken.map_err(|error| error.to_string())) {
        Ok(taken) => axum::Json(taken.receipt).into_response(),
        // The display sends them again.
        Err(error) => (StatusCode::INSUFFICIENT_STORAGE, format!("they cannot be kept now: {error}\n")).into_response(),
    }
}
