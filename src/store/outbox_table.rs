//! The tables of the outbox, and all that is asked of them.

use super::outbox::{Limits, Pushed, Trouble, Waiting};
use crate::protocol::{Batch, Kind, Record, RecordId};
use crate::publication::Digest;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::de::DeserializeOwned;

/// What `user_version` says of tables that are ours.
const FORMAT: i64 = 1;

/// What a batch has beside its records, with room to spare.
const ENVELOPE_BYTES: usize = 1 << 10;

/// `checked` is the start of the hash of `record`: SQLite itself does not notice a flipped bit in a text. `by_kind` holds
/// all that giving up and counting need.
const TABLES: &str = "
    CREATE TABLE records (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        checked INTEGER NOT NULL,
        record TEXT NOT NULL
    ) STRICT;
    CREATE INDEX by_kind ON records (kind, number, bytes);
    CREATE TABLE given_up (kind INTEGER PRIMARY KEY, records INTEGER NOT NULL) STRICT;
";

/// Makes the tables where there are none.
pub fn begin(db: &mut Connection) -> Result<(), Trouble> {
    let format: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if format == FORMAT {
        return Ok(());
    }
    let all = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // The other program may have made them meanwhile.
    let format: i64 = all.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let tables: i64 = all.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (format, tables) {
        (FORMAT, _) => {}
        (0, 0) => {
            all.execute_batch(TABLES)?;
            all.pragma_update(None, "user_version", FORMAT)?;
        }
        _ => return Err(Trouble::Damage(format!("it has format {format}, not {FORMAT}"))),
    }
    Ok(all.commit()?)
}

/// Whether the database is whole.
pub fn check(db: &Connection) -> Result<(), Trouble> {
    let words: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if words == "ok" { Ok(()) } else { Err(Trouble::Damage(words)) }
}

pub fn push(all: &Transaction, record: &Record, text: &str, limits: Limits) -> Result<Pushed, Trouble> {
    let is_kept = "SELECT 1 FROM records WHERE id = ?1";
    if all.query_row(is_kept, [record.id.to_string()], |_| Ok(())).optional()?.is_some() {
        return Ok(Pushed::Kept);
    }
    let totals = "SELECT count(*), total(bytes) FROM records";
    let (records, bytes) = all.query_row(totals, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?)))?;
    let pushed = match last_to_give_up(all, record.kind, (records as u64, bytes as u64), text.len() as u64, limits)? {
        None => {
            give_up(all, record.kind, 1)?;
            Pushed::Refused
        }
        Some(last) => {
            if let Some((kind, number)) = last {
                forget_up_to(all, kind, number)?;
            }
            all.execute(
                "INSERT INTO records (id, kind, bytes, checked, record) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![record.id.to_string(), record.kind as i64, text.len() as i64, checked(text), text],
            )?;
            Pushed::Kept
        }
    };
    Ok(pushed)
}

/// How far records must be given up, by kind and number, for one more to have room: `Some(None)` for not at all, `None`
/// when that is not enough.
#[expect(clippy::option_option, reason = "each of the three is one of the sentences above")]
fn last_to_give_up(
    db: &Connection,
    kind: Kind,
    (mut records, mut bytes): (u64, u64),
    more: u64,
    limits: Limits,
) -> Result<Option<Option<(i64, i64)>>, Trouble> {
    let has_room = |records: u64, bytes: u64| records < limits.records && bytes + more <= limits.bytes;
    if has_room(records, bytes) {
        return Ok(Some(None));
    }
    let mut query =
        db.prepare("SELECT kind, number, bytes FROM records WHERE kind <= ?1 AND kind < ?2 ORDER BY kind, number")?;
    let mut rows = query.query(params![kind as i64, Kind::Answer as i64])?;
    while let Some(row) = rows.next()? {
        records = records.saturating_sub(1);
        bytes = bytes.saturating_sub(row.get::<_, i64>(2)?.unsigned_abs());
        if has_room(records, bytes) {
            return Ok(Some(Some((row.get(0)?, row.get(1)?))));
        }
    }
    Ok(None)
}

fn forget_up_to(db: &Connection, kind: i64, number: i64) -> Result<(), Trouble> {
    let until = "kind < ?1 OR kind = ?1 AND number <= ?2";
    for one in Kind::ALL {
        let which = format!("SELECT count(*) FROM records WHERE kind = ?3 AND ({until})");
        let lost: i64 = db.query_row(&which, params![kind, number, one as i64], |row| row.get(0))?;
        give_up(db, one, lost)?;
    }
    db.execute(&format!("DELETE FROM records WHERE {until}"), params![kind, number])?;
    Ok(())
}

fn give_up(db: &Connection, kind: Kind, records: i64) -> Result<(), Trouble> {
    if records > 0 {
        let add = "INSERT INTO given_up VALUES (?1, ?2) ON CONFLICT DO UPDATE SET records = records + ?2";
        db.execute(add, params![kind as i64, records])?;
    }
    Ok(())
}

/// The oldest records, and the numbers of those that were met on the way and are not what was written.
pub fn oldest(db: &Connection, most: usize) -> Result<(Vec<Record>, Vec<i64>), Trouble> {
    let mut records = Vec::new();
    let mut damaged = Vec::new();
    let mut query = db.prepare("SELECT number, checked, record FROM records ORDER BY number LIMIT ?1")?;
    let mut rows = query.query([i64::try_from(most.min(Batch::RECORDS_MAX)).unwrap_or(0)])?;
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let Some((record, length)) = whole::<Record>(row)? else {
            damaged.push(row.get::<_, i64>(0)?);
            continue;
        };
        bytes += length + 1;
        if bytes > Batch::BYTES_MAX - ENVELOPE_BYTES && !records.is_empty() {
            break;
        }
        records.push(record);
    }
    Ok((records, damaged))
}

pub fn forget_damaged(all: &Transaction, numbers: &[i64]) -> Result<(), Trouble> {
    for number in numbers {
        if all.execute("DELETE FROM records WHERE number = ?1", [number])? > 0 {
            note_damaged(all)?;
        }
    }
    Ok(())
}

pub fn note_damaged(all: &Transaction) -> Result<(), Trouble> {
    all.execute("INSERT INTO given_up VALUES (-1, 1) ON CONFLICT DO UPDATE SET records = records + 1", [])?;
    Ok(())
}

/// What the third column of a row holds as JSON, and its length; `None` when it is not what was written, which the second
/// column tells.
pub fn whole<T: DeserializeOwned>(row: &rusqlite::Row) -> Result<Option<(T, usize)>, Trouble> {
    let text = row.get_ref(2)?.as_bytes_or_null().ok().flatten().and_then(|bytes| std::str::from_utf8(bytes).ok());
    let text = text.filter(|text| row.get::<_, i64>(1).is_ok_and(|written| written == checked(text)));
    Ok(text.and_then(|text| Some((serde_json::from_str(text).ok()?, text.len()))))
}

pub fn count_damaged(db: &Connection) -> Result<u64, Trouble> {
    let mut query = db.prepare("SELECT number, checked, record FROM records")?;
    let mut rows = query.query([])?;
    let mut damaged = 0;
    while let Some(row) = rows.next()? {
        damaged += u64::from(whole::<Record>(row)?.is_none());
    }
    Ok(damaged)
}

pub fn taken(all: &Transaction, ids: &[RecordId]) -> Result<usize, Trouble> {
    let mut forgotten = 0;
    for id in ids {
        forgotten += all.execute("DELETE FROM records WHERE id = ?1", [id.to_string()])?;
    }
    Ok(forgotten)
}

pub fn waiting(db: &Connection) -> Result<Waiting, Trouble> {
    let mut waiting = Waiting::default();
    let kind = |number: i64| Kind::ALL.into_iter().find(|kind| *kind as i64 == number);
    let mut query = db.prepare("SELECT kind, count(*), sum(bytes) FROM records GROUP BY kind")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(kind) = kind(row.get(0)?) {
            waiting.records.insert(kind, row.get::<_, i64>(1)?.unsigned_abs());
        }
        waiting.bytes += row.get::<_, i64>(2)?.unsigned_abs();
    }
    let mut query = db.prepare("SELECT kind, records FROM given_up")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let lost = row.get::<_, i64>(1)?.unsigned_abs();
        match kind(row.get(0)?) {
            Some(kind) => _ = waiting.given_up.insert(kind, lost),
            None => waiting.damaged += lost,
        }
    }
    Ok(waiting)
}

/// The start of the hash of a text.
pub fn checked(text: &str) -> i64 {
    let digest = Digest::of(text.as_bytes());
    digest.as_bytes().first_chunk().map_or(0, |start| i64::from_be_bytes(*start))
}
