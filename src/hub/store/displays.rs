//! Which displays the town has, and what was asked of them.

use super::{By, Result, Sqlite, StoreError};
use crate::protocol::{Command, Order, Placed, Report};
use crate::publication::PublicKey;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, Row, params};

/// A display that staff have let in.
#[derive(Clone, Debug, PartialEq)]
pub struct Display {
    pub placed: Placed,
    pub key: PublicKey,
    pub enrolled: DateTime<Utc>,
    /// What it last told that was worth keeping.
    pub report: Report,
    pub seen: Option<DateTime<Utc>>,
    /// Since when it is silent, where staff have been told.
    pub silent: Option<DateTime<Utc>>,
}

/// A command, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCommand {
    pub number: i64,
    pub order: Order,
    pub who: String,
    pub asked: DateTime<Utc>,
    pub state: String,
    pub changed: DateTime<Utc>,
}

/// A command that did not reach its display within this time is not done any more: nobody expects it.
pub const COMMAND_LASTS: TimeDelta = TimeDelta::hours(1);
/// How many commands of a display are remembered.
const COMMANDS_KEPT: u32 = 50;

pub trait Displays {
    /// All of them, by name.
    ///
    /// # Errors
    /// Those of the store.
    fn displays(&self) -> Result<Vec<Display>>;

    /// # Errors
    /// Those of the store.
    fn display(&self, id: i64) -> Result<Option<Display>>;

    /// Lets a display in; its number. That of `placed` counts for nothing.
    ///
    /// # Errors
    /// When this key is let in already, and those of the store.
    fn add_display(&self, placed: &Placed, key: PublicKey, by: By<'_>) -> Result<i64>;

    /// Another machine stands in this display's place: from now on only its key counts. Whether there is such a display.
    ///
    /// # Errors
    /// As [`Displays::add_display`].
    fn replace_display(&self, id: i64, key: PublicKey, by: By<'_>) -> Result<bool>;

    /// Gives a display another name, group and position. Whether there is such a display.
    ///
    /// # Errors
    /// Those of the store.
    fn place_display(&self, placed: &Placed, by: By<'_>) -> Result<bool>;

    /// Lets a display in no more, and forgets it. Whether there was such a display.
    ///
    /// # Errors
    /// Those of the store.
    fn remove_display(&self, id: i64, by: By<'_>) -> Result<bool>;

    /// Asks something of a display; the number of the command. `None` where there is no such display.
    ///
    /// # Errors
    /// Those of the store.
    fn ask_display(&self, id: i64, order: Order, by: By<'_>) -> Result<Option<i64>>;

    /// What was asked of a display, newest first.
    ///
    /// # Errors
    /// Those of the store.
    fn commands(&self, id: i64) -> Result<Vec<StoredCommand>>;

    /// What a display has not said to have received, oldest first: it is on its way from now on. What is too old is
    /// given up.
    ///
    /// # Errors
    /// Those of the store.
    fn commands_to_send(&self, id: i64, now: DateTime<Utc>) -> Result<Vec<Command>>;
}

const COLUMNS: &str = "id, name, group_name, position, key, enrolled, report, seen, silent";

pub(super) fn moment(secs: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(secs, 0).unwrap_or_default()
}

fn display_of(row: &Row<'_>) -> rusqlite::Result<Display> {
    let placed = Placed { display: row.get(0)?, name: row.get(1)?, group: row.get(2)?, position: row.get(3)? };
    let (key, report): (String, String) = (row.get(4)?, row.get(6)?);
    let wrong = |what: &str| rusqlite::Error::InvalidColumnName(format!("display {}: {what}", placed.display));
    let key = PublicKey::parse(&key).ok_or_else(|| wrong("no key"))?;
    // A report that an older hub kept in another way is known again within a minute.
    let report = serde_json::from_str(&report).unwrap_or_default();
    let [seen, silent] = [row.get::<_, Option<i64>>(7)?, row.get(8)?].map(|secs| secs.map(moment));
    Ok(Display { key, enrolled: moment(row.get(5)?), report, seen, silent, placed })
}

fn taken(error: rusqlite::Error, name: &str) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => StoreError::Taken(name.to_owned()),
        _ => error.into(),
    }
}

impl Displays for Sqlite {
    fn displays(&self) -> Result<Vec<Display>> {
        let db = self.read();
        let mut asked = db.prepare(&format!("SELECT {COLUMNS} FROM displays ORDER BY name COLLATE NOCASE, id"))?;
        let rows = asked.query_map([], display_of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn display(&self, id: i64) -> Result<Option<Display>> {
        let asked = format!("SELECT {COLUMNS} FROM displays WHERE id = ?1");
        Ok(self.read().query_row(&asked, [id], display_of).optional()?)
    }

    fn add_display(&self, placed: &Placed, key: PublicKey, by: By<'_>) -> Result<i64> {
        self.change(by, ("enrol display", &placed.name), |whole| {
            let Placed { name, group, position, .. } = placed;
            whole
                .execute(
                    "INSERT INTO displays (name, group_name, position, key, enrolled) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![name, group, position, key.to_string(), by.now.timestamp()],
                )
                .map_err(|error| taken(error, name))?;
            let id = whole.last_insert_rowid();
            Ok((id, Some(format!("display {id}, group {group}, key {key}"))))
        })
    }

    fn replace_display(&self, id: i64, key: PublicKey, by: By<'_>) -> Result<bool> {
        self.change(by, ("replace display", &id.to_string()), |whole| {
            let changed = whole
                .execute(
                    "UPDATE displays SET key = ?2, report = '{}', seen = NULL, silent = NULL WHERE id = ?1",
                    params![id, key.to_string()],
                )
                .map_err(|error| taken(error, &id.to_string()))?;
            // Nothing has been on the new one's panel yet.
            whole.execute("DELETE FROM display_versions WHERE display = ?1", [id])?;
            let secs = by.now.timestamp();
            whole.execute("UPDATE display_faults SET ended = ?2 WHERE display = ?1 AND ended IS NULL", [id, secs])?;
            // What was asked of the dead one is not asked of the new one.
            whole.execute(
                "UPDATE display_commands SET state = 'expired', changed = ?2 WHERE display = ?1 AND state IN ('waiting', 'sent')",
                params![id, by.now.timestamp()],
            )?;
            Ok((changed > 0, (changed > 0).then(|| format!("key {key}"))))
        })
    }

    fn place_display(&self, placed: &Placed, by: By<'_>) -> Result<bool> {
        self.change(by, ("change display", &placed.display.to_string()), |whole| {
            let Placed { display, name, group, position } = placed;
            let changed = whole.execute(
                "UPDATE displays SET name = ?2, group_name = ?3, position = ?4 WHERE id = ?1",
                params![display, name, group, position],
            )?;
            Ok((changed > 0, (changed > 0).then(|| format!("{name}, group {group}, position {position}"))))
        })
    }

    fn remove_display(&self, id: i64, by: By<'_>) -> Result<bool> {
        self.change(by, ("remove display", &id.to_string()), |whole| {
            let removed = whole.execute("DELETE FROM displays WHERE id = ?1", [id])?;
            Ok((removed > 0, (removed > 0).then(String::new)))
        })
    }

    fn ask_display(&self, id: i64, order: Order, by: By<'_>) -> Result<Option<i64>> {
        self.change(by, (order.name(), &id.to_string()), |whole| {
            let is_there: bool =
                whole.query_row("SELECT EXISTS (SELECT 1 FROM displays WHERE id = ?1)", [id], |row| row.get(0))?;
            if !is_there {
                return Ok((None, None));
            }
            whole.execute(
                "INSERT INTO display_commands (display, what, who, asked, state, changed) \
                 VALUES (?1, ?2, ?3, ?4, 'waiting', ?4)",
                params![id, order.name(), by.who, by.now.timestamp()],
            )?;
            let number = whole.last_insert_rowid();
            whole.execute(
                "DELETE FROM display_commands WHERE display = ?1 AND number NOT IN \
                 (SELECT number FROM display_commands WHERE display = ?1 ORDER BY number DESC LIMIT ?2)",
                params![id, COMMANDS_KEPT],
            )?;
            Ok((Some(number), Some(format!("command {number}"))))
        })
    }

    fn commands(&self, id: i64) -> Result<Vec<StoredCommand>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT number, what, who, asked, state, changed FROM display_commands WHERE display = ?1 ORDER BY number DESC",
        )?;
        let rows = asked.query_map([id], |row| {
            let what: String = row.get(1)?;
            let [asked, changed] = [row.get(3)?, row.get(5)?].map(moment);
            let (number, who, state) = (row.get(0)?, row.get(2)?, row.get(4)?);
            Ok(Order::parse(&what).map(|order| StoredCommand { number, order, who, asked, state, changed }))
        })?;
        Ok(rows.filter_map(rusqlite::Result::transpose).collect::<rusqlite::Result<_>>()?)
    }

    fn commands_to_send(&self, id: i64, now: DateTime<Utc>) -> Result<Vec<Command>> {
        let mut db = self.read();
        let waiting = "SELECT number, what FROM display_commands WHERE display = ?1 AND state IN ('waiting', 'sent') \
                       AND asked >= ?2 ORDER BY number";
        let oldest = (now - COMMAND_LASTS).timestamp();
        let found: Vec<(i64, String)> = {
            let mut asked = db.prepare(waiting)?;
            let rows = asked.query_map(params![id, oldest], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        let late = "SELECT EXISTS (SELECT 1 FROM display_commands WHERE display = ?1 AND state IN ('waiting', 'sent') \
                    AND asked < ?2)";
        let has_late: bool = db.prepare(late)?.query_row(params![id, oldest], |row| row.get(0))?;
        if found.is_empty() && !has_late {
            return Ok(Vec::new());
        }
        let whole = db.transaction()?;
        let secs = now.timestamp();
        whole.execute(
            "UPDATE display_commands SET state = 'expired', changed = ?3 WHERE display = ?1 AND state IN ('waiting', 'sent') \
             AND asked < ?2",
            params![id, oldest, secs],
        )?;
        whole.execute(
            "UPDATE display_commands SET state = 'sent', changed = ?2 WHERE display = ?1 AND state = 'waiting'",
            params![id, secs],
        )?;
        whole.commit()?;
        let read = found.into_iter().filter_map(|(number, what)| Some(Command { number, order: Order::parse(&what)? }));
        Ok(read.collect())
    }
}
