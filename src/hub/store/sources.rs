//! What the town fetches from elsewhere: what staff said about each source, and how it fares.

use super::imported::vanish;
use super::{By, Result, Sqlite, StoreError};
use crate::import::town_sources::SourceEntry;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

/// A source as staff set it up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredSource {
    /// What staff call it.
    pub title: String,
    /// Of two that say something about one thing, the lower number is believed.
    pub rank: i64,
    /// With its key.
    pub entry: SourceEntry,
    /// `15m`, `6h`, `1d`, or `at 05:30`.
    pub schedule: String,
    /// What it brings is published without being looked at.
    pub is_direct: bool,
    pub is_paused: bool,
    pub is_wanted: bool,
    pub health: Health,
}

impl StoredSource {
    /// Small letters, digits and hyphens.
    pub fn name(&self) -> &str {
        &self.entry.name
    }
}

/// How a source fares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    pub tried: Option<DateTime<Utc>>,
    /// When it was last read to its end, or found unchanged.
    pub good: Option<DateTime<Utc>>,
    /// Since when every try has failed.
    pub down_since: Option<DateTime<Utc>>,
    /// Why the last try failed; empty if it did not.
    pub error: String,
    pub items: i64,
    pub problems: i64,
}

pub trait Sources {
    /// All of them, the most trusted first.
    ///
    /// # Errors
    /// Those of the store.
    fn sources(&self) -> Result<Vec<StoredSource>>;

    /// # Errors
    /// Those of the store.
    fn source(&self, name: &str) -> Result<Option<StoredSource>>;

    /// Adds a source.
    ///
    /// # Errors
    /// When there is one of its name, and those of the store.
    fn add_source(&self, source: &StoredSource, by: By<'_>) -> Result<()>;

    /// Keeps what was said anew about a source; how it fares stays. `false` where there is none of its name.
    ///
    /// # Errors
    /// Those of the store.
    fn change_source(&self, source: &StoredSource, by: By<'_>) -> Result<bool>;

    /// Removes a source with all that came from it. `false` where there is none.
    ///
    /// # Errors
    /// Those of the store.
    fn remove_source(&self, name: &str, by: By<'_>) -> Result<bool>;

    /// It is to be fetched now. `false` where there is none.
    ///
    /// # Errors
    /// Those of the store.
    fn want_source(&self, name: &str, by: By<'_>) -> Result<bool>;

    /// It is fetched now, as it was wanted: what is wanted from here on is another time.
    ///
    /// # Errors
    /// Those of the store.
    fn begin_try(&self, name: &str) -> Result<()>;

    /// How a try went. It stands in no log: that is for what people do, and for what changes.
    ///
    /// # Errors
    /// Those of the store.
    fn note_try(&self, name: &str, health: &Health) -> Result<()>;

    /// Puts these in place of all there are, with nothing brought in yet: what a town begins with.
    ///
    /// # Errors
    /// Those of the store; then nothing is changed.
    fn begin_with_sources(&self, sources: &[StoredSource], by: By<'_>) -> Result<()>;
}

const COLUMNS: &str = "title, rank, entry, key, schedule, is_direct, is_paused, is_of_staff, is_wanted, tried, good, \
                       down_since, error, items, problems";

fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    Ok(row.get::<_, Option<i64>>(at)?.and_then(DateTime::from_timestamp_millis))
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredSource> {
    let mut entry: SourceEntry = serde_json::from_str(&row.get::<_, String>(2)?).unwrap_or_default();
    entry.key.0 = row.get(3)?;
    entry.is_of_staff = row.get(7)?;
    Ok(StoredSource {
        title: row.get(0)?,
        rank: row.get(1)?,
        entry,
        schedule: row.get(4)?,
        is_direct: row.get(5)?,
        is_paused: row.get(6)?,
        is_wanted: row.get(8)?,
        health: Health {
            tried: moment(row, 9)?,
            good: moment(row, 10)?,
            down_since: moment(row, 11)?,
            error: row.get(12)?,
            items: row.get(13)?,
            problems: row.get(14)?,
        },
    })
}

fn written(entry: &SourceEntry) -> Result<String> {
    serde_json::to_string(entry).map_err(|error| StoreError::Broken(error.to_string()))
}

/// What the audit log says of it: what stands behind the question mark of an address may be a key.
fn told(source: &StoredSource) -> String {
    let from = source.entry.from.split('?').next().unwrap_or_default();
    let key = if source.entry.key.0.is_empty() { "" } else { ", with a key" };
    let direct = if source.is_direct { "published" } else { "moderated" };
    let paused = if source.is_paused { ", paused" } else { "" };
    format!("{}, {}, {from}, {}, {direct}{key}{paused}", source.title, source.entry.format, source.schedule)
}

fn insert(whole: &rusqlite::Transaction<'_>, source: &StoredSource) -> Result<usize> {
    let rows = whole.execute(
        "INSERT OR IGNORE INTO sources (name, title, rank, entry, key, schedule, is_direct, is_paused, is_of_staff, tried,
         good, items, problems, is_wanted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            source.name(),
            source.title,
            source.rank,
            written(&source.entry)?,
            source.entry.key.0,
            source.schedule,
            source.is_direct,
            source.is_paused,
            source.entry.is_of_staff,
            source.health.tried.map(|at| at.timestamp_millis()),
            source.health.good.map(|at| at.timestamp_millis()),
            source.health.items,
            source.health.problems,
            source.is_wanted,
        ],
    )?;
    Ok(rows)
}

impl Sources for Sqlite {
    fn sources(&self) -> Result<Vec<StoredSource>> {
        let db = self.read();
        let mut asked = db.prepare(&format!("SELECT {COLUMNS} FROM sources ORDER BY rank, name"))?;
        let rows = asked.query_map([], stored)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn source(&self, name: &str) -> Result<Option<StoredSource>> {
        let asked = format!("SELECT {COLUMNS} FROM sources WHERE name = ?1");
        Ok(self.read().query_row(&asked, [name], stored).optional()?)
    }

    fn add_source(&self, source: &StoredSource, by: By<'_>) -> Result<()> {
        self.change(by, ("add source", source.name()), |whole| match insert(whole, source)? {
            0 => Err(StoreError::Taken(source.name().to_owned())),
            _ => Ok(((), Some(told(source)))),
        })
    }

    fn change_source(&self, source: &StoredSource, by: By<'_>) -> Result<bool> {
        self.change(by, ("change source", source.name()), |whole| {
            let rows = whole.execute(
                "UPDATE sources SET title = ?2, rank = ?3, entry = ?4, key = ?5, schedule = ?6, is_direct = ?7,
                 is_paused = ?8, is_of_staff = ?9, is_wanted = ?10 WHERE name = ?1",
                params![
                    source.name(),
                    source.title,
                    source.rank,
                    written(&source.entry)?,
                    source.entry.key.0,
                    source.schedule,
                    source.is_direct,
                    source.is_paused,
                    source.entry.is_of_staff,
                    source.is_wanted,
                ],
            )?;
            whole.execute(
                "UPDATE imported SET is_direct = ?2 WHERE source = ?1",
                params![source.name(), source.is_direct],
            )?;
            Ok((rows > 0, (rows > 0).then(|| told(source))))
        })
    }

    fn remove_source(&self, name: &str, by: By<'_>) -> Result<bool> {
        self.change(by, ("remove source", name), |whole| {
            let rows = whole.execute("DELETE FROM sources WHERE name = ?1", [name])?;
            let ids = whole
                .prepare("SELECT item FROM imported WHERE source = ?1")?
                .query_map([name], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<String>>>()?;
            for id in &ids {
                vanish(whole, id)?;
                whole.execute("DELETE FROM item_versions WHERE item = ?1", [id])?;
            }
            whole.execute("DELETE FROM imported WHERE source = ?1", [name])?;
            Ok((rows > 0, (rows > 0).then(|| format!("{} items", ids.len()))))
        })
    }

    fn want_source(&self, name: &str, by: By<'_>) -> Result<bool> {
        self.change(by, ("fetch source", name), |whole| {
            let rows = whole.execute("UPDATE sources SET is_wanted = 1 WHERE name = ?1", [name])?;
            Ok((rows > 0, (rows > 0).then(String::new)))
        })
    }

    fn begin_try(&self, name: &str) -> Result<()> {
        self.read().execute("UPDATE sources SET is_wanted = 0 WHERE name = ?1", [name])?;
        Ok(())
    }

    fn note_try(&self, name: &str, health: &Health) -> Result<()> {
        let at = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp_millis());
        self.read().execute(
            "UPDATE sources SET tried = ?2, good = ?3, down_since = ?4, error = ?5, items = ?6,
             problems = ?7 WHERE name = ?1",
            params![
                name,
                at(health.tried),
                at(health.good),
                at(health.down_since),
                health.error,
                health.items,
                health.problems
            ],
        )?;
        Ok(())
    }

    fn begin_with_sources(&self, sources: &[StoredSource], by: By<'_>) -> Result<()> {
        self.change(by, ("begin with", "sources"), |whole| {
            whole.execute_batch("DELETE FROM sources; DELETE FROM imported; UPDATE imports SET made_by = '';")?;
            for source in sources {
                insert(whole, source)?;
            }
            Ok(((), Some(sources.len().to_string())))
        })
    }
}
