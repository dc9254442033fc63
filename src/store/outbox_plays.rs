//! The hours that run: what was played in them is summed here until they are over, and then they become records.
//!
//! Both happen in the transaction that brings presentations, so that each of them is in one place or the other.

use super::outbox::{Limits, Trouble};
use super::outbox_table::{self as table, checked};
use crate::protocol::{Kind, PlayRecord, Played, Record, RecordId, hour_of};
use crate::publication::Digest;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// How many things are told apart in an hour. What is beyond is counted under [`Played::others`].
pub const ROWS_MAX: i64 = 256;

/// They are no part of the format: a program that does not know them leaves them alone, and an outbox that was begun by
/// one is used on with all that waits in it. `play` is a [`PlayRecord`], `checked` the start of its hash, as for records.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS plays (
        hour INTEGER NOT NULL,
        played TEXT NOT NULL,
        checked INTEGER NOT NULL,
        play TEXT NOT NULL,
        PRIMARY KEY (hour, played)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS last_plays (one INTEGER PRIMARY KEY CHECK (one = 1), batch TEXT NOT NULL) STRICT;
";

/// Makes the tables where there are none.
pub fn begin(db: &Connection) -> Result<(), Trouble> {
    Ok(db.execute_batch(TABLES)?)
}

/// Adds presentations to their hours, unless this batch was the last that was added: then the disk took what it said it
/// had not.
pub fn add(all: &Transaction, batch: RecordId, plays: &[PlayRecord]) -> Result<(), Trouble> {
    let last: Option<String> = all.query_row("SELECT batch FROM last_plays", [], |row| row.get(0)).optional()?;
    let batch = batch.to_string();
    if plays.is_empty() || last.as_ref() == Some(&batch) {
        return Ok(());
    }
    for play in plays {
        add_one(all, play.clone())?;
    }
    all.execute("INSERT OR REPLACE INTO last_plays VALUES (1, ?1)", [batch])?;
    Ok(())
}

fn add_one(all: &Transaction, mut play: PlayRecord) -> Result<(), Trouble> {
    let mut before = kept(all, &play)?;
    if before.is_none() && is_full(all, play.hour)? {
        play.played = Played::others();
        before = kept(all, &play)?;
    }
    if let Some(before) = before {
        play.join(&before);
    }
    let text = serde_json::to_string(&play).map_err(std::io::Error::from)?;
    all.execute(
        "INSERT OR REPLACE INTO plays VALUES (?1, ?2, ?3, ?4)",
        params![play.hour.timestamp(), key(&play.played)?, checked(&text), text],
    )?;
    Ok(())
}

/// What was kept of the same thing in the same hour. A row that is not what was written is counted as damaged.
fn kept(all: &Transaction, play: &PlayRecord) -> Result<Option<PlayRecord>, Trouble> {
    let query = "SELECT hour, checked, play FROM plays WHERE hour = ?1 AND played = ?2";
    let mut query = all.prepare(query)?;
    let mut rows = query.query(params![play.hour.timestamp(), key(&play.played)?])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let kept = table::whole::<PlayRecord>(row)?.map(|(kept, _)| kept);
    if kept.is_none() {
        table::note_damaged(all)?;
    }
    Ok(kept)
}

fn is_full(all: &Transaction, hour: DateTime<Utc>) -> Result<bool, Trouble> {
    let rows: i64 =
        all.query_row("SELECT count(*) FROM plays WHERE hour = ?1", [hour.timestamp()], |row| row.get(0))?;
    Ok(rows >= ROWS_MAX)
}

fn key(played: &Played) -> Result<String, Trouble> {
    Ok(serde_json::to_string(played).map_err(std::io::Error::from)?)
}

/// Makes records of all hours but the one that runs. One that comes again, as after a clock that jumped, makes further
/// records.
pub fn move_over(all: &Transaction, batch: RecordId, now: DateTime<Utc>, limits: Limits) -> Result<(), Trouble> {
    let running = hour_of(now).timestamp();
    let mut query = all.prepare("SELECT hour, checked, play FROM plays WHERE hour <> ?1 ORDER BY hour, played")?;
    let mut rows = query.query([running])?;
    while let Some(row) = rows.next()? {
        let Some((play, _)) = table::whole::<PlayRecord>(row)? else {
            table::note_damaged(all)?;
            continue;
        };
        let body = serde_json::to_value(&play).map_err(std::io::Error::from)?;
        let record = Record { id: id(batch, now, &play)?, at: now, kind: Kind::Play, body };
        let text = serde_json::to_string(&record).map_err(std::io::Error::from)?;
        table::push(all, &record, &text, limits)?;
    }
    all.execute("DELETE FROM plays WHERE hour <> ?1", [running])?;
    Ok(())
}

/// No two batches have the same id, so no two records have.
fn id(batch: RecordId, now: DateTime<Utc>, play: &PlayRecord) -> Result<RecordId, Trouble> {
    let named = format!("{batch} {} {}", play.hour.timestamp(), key(&play.played)?);
    let mut chance = [0; 10];
    chance.iter_mut().zip(Digest::of(named.as_bytes()).as_bytes()).for_each(|(to, from)| *to = *from);
    Ok(RecordId::new(now, chance))
}

/// The hours that run and those that wait as records, and how many of both are not what was written.
pub fn look(db: &mut Connection) -> Result<(Vec<PlayRecord>, u64), Trouble> {
    let at_once = db.transaction()?;
    let mut plays = Vec::new();
    let mut damaged = 0;
    if are_there(&at_once)? {
        let mut query = at_once.prepare("SELECT hour, checked, play FROM plays ORDER BY hour, played")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            match table::whole::<PlayRecord>(row)? {
                Some((play, _)) => plays.push(play),
                None => damaged += 1,
            }
        }
    }
    let mut query = at_once.prepare("SELECT number, checked, record FROM records WHERE kind = ?1 ORDER BY number")?;
    let mut rows = query.query([Kind::Play as i64])?;
    while let Some(row) = rows.next()? {
        let play = table::whole::<Record>(row)?.and_then(|(record, _)| serde_json::from_value(record.body).ok());
        match play {
            Some(play) => plays.push(play),
            None => damaged += 1,
        }
    }
    Ok((plays, damaged))
}

pub fn count_damaged(db: &Connection) -> Result<u64, Trouble> {
    if !are_there(db)? {
        return Ok(0);
    }
    let mut query = db.prepare("SELECT hour, checked, play FROM plays")?;
    let mut rows = query.query([])?;
    let mut damaged = 0;
    while let Some(row) = rows.next()? {
        damaged += u64::from(table::whole::<PlayRecord>(row)?.is_none());
    }
    Ok(damaged)
}

/// An outbox that an older program began, and nobody has written to since, has no such tables.
fn are_there(db: &Connection) -> Result<bool, Trouble> {
    let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'plays'";
    Ok(db.query_row(tables, [], |row| row.get::<_, i64>(0))? > 0)
}
