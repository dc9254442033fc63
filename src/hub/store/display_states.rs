//! How displays are. It changes by itself all the time, so it has no line in the audit log.

use super::displays::moment;
use super::{Result, Sqlite};
use crate::protocol::{Done, Report};
use crate::publication::Version;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};

/// Trouble of a display, and how long it lasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFault {
    /// One word for the same trouble.
    pub kind: String,
    /// In words for town IT.
    pub words: String,
    pub since: DateTime<Utc>,
    pub ended: Option<DateTime<Utc>>,
}

/// A display on whose panel a publication has been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    pub display: i64,
    pub name: String,
    pub group: String,
    /// The oldest version, from the one that was asked for on, that was on its panel, and since when.
    pub version: Version,
    pub since: DateTime<Utc>,
}

/// Of a display.
const FAULTS_KEPT: u32 = 100;
const VERSIONS_KEPT: u32 = 50;
const PICTURES_KEPT: u32 = 5;

pub trait DisplayStates {
    /// Keeps what a display told, at once or not at all: its report, what of its trouble has begun and ended, that a
    /// version is on its panel, and what became of commands.
    ///
    /// # Errors
    /// Those of the store.
    fn keep_report(&self, id: i64, report: &Report, at: DateTime<Utc>) -> Result<()>;

    /// Staff have been told that a display is silent since then, or that it is back.
    ///
    /// # Errors
    /// Those of the store.
    fn mark_silent(&self, id: i64, since: Option<DateTime<Utc>>) -> Result<()>;

    /// Trouble of a display, what lasts first, then the newest.
    ///
    /// # Errors
    /// Those of the store.
    fn faults(&self, id: i64) -> Result<Vec<StoredFault>>;

    /// The displays on whose panel this version of the publication, or a later one, has been, and since when. Those that
    /// are missing have not said so yet.
    ///
    /// # Errors
    /// Those of the store.
    fn confirmed(&self, version: Version) -> Result<Vec<Confirmed>>;

    /// Keeps a picture of what a display draws, and forgets the oldest ones.
    ///
    /// # Errors
    /// Those of the store.
    fn keep_picture(&self, id: i64, png: &[u8], at: DateTime<Utc>) -> Result<()>;

    /// The pictures of a display, newest first: their numbers and when they came.
    ///
    /// # Errors
    /// Those of the store.
    fn pictures(&self, id: i64) -> Result<Vec<(i64, DateTime<Utc>)>>;

    /// # Errors
    /// Those of the store.
    fn picture(&self, id: i64, number: i64) -> Result<Option<Vec<u8>>>;

    /// Forgets the pictures of all displays that came before.
    ///
    /// # Errors
    /// Those of the store.
    fn forget_pictures(&self, before: DateTime<Utc>) -> Result<()>;
}

impl DisplayStates for Sqlite {
    fn keep_report(&self, id: i64, report: &Report, at: DateTime<Utc>) -> Result<()> {
        let mut db = self.read();
        let whole = db.transaction()?;
        let secs = at.timestamp();
        let kept = Report { done: Vec::new(), ..report.clone() };
        let text = serde_json::to_string(&kept).unwrap_or_else(|_| "{}".to_owned());
        let there =
            whole.execute("UPDATE displays SET report = ?2, seen = ?3 WHERE id = ?1", params![id, text, secs])?;
        if there == 0 {
            return Ok(());
        }
        keep_faults(&whole, id, report, secs)?;
        if let Some(version) = report.shows {
            keep_version(&whole, id, version, secs)?;
        }
        for Done { number, outcome } in &report.done {
            // A display speaks of its own commands only, and what is over stays over.
            whole.execute(
                "UPDATE display_commands SET state = ?3, changed = ?4 WHERE number = ?1 AND display = ?2 \
                 AND state IN ('waiting', 'sent', 'received')",
                params![number, id, outcome.name(), secs],
            )?;
        }
        Ok(whole.commit()?)
    }

    fn mark_silent(&self, id: i64, since: Option<DateTime<Utc>>) -> Result<()> {
        let since = since.map(|since| since.timestamp());
        self.read().execute("UPDATE displays SET silent = ?2 WHERE id = ?1", params![id, since])?;
        Ok(())
    }

    fn faults(&self, id: i64) -> Result<Vec<StoredFault>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT kind, words, since, ended FROM display_faults WHERE display = ?1 \
             ORDER BY ended IS NOT NULL, since DESC, kind",
        )?;
        let rows = asked.query_map([id], |row| {
            let ended: Option<i64> = row.get(3)?;
            let (since, ended) = (moment(row.get(2)?), ended.map(moment));
            Ok(StoredFault { kind: row.get(0)?, words: row.get(1)?, since, ended })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn confirmed(&self, version: Version) -> Result<Vec<Confirmed>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT d.id, d.name, d.group_name, v.root, v.snapshot, min(v.since) FROM display_versions v \
             JOIN displays d ON d.id = v.display WHERE (v.root, v.snapshot) >= (?1, ?2) \
             GROUP BY d.id ORDER BY d.name COLLATE NOCASE, d.id",
        )?;
        let rows = asked.query_map(params![version.root as i64, version.snapshot as i64], |row| {
            let [root, snapshot] = [row.get::<_, i64>(3)?, row.get(4)?].map(|number| number.max(0) as u64);
            let (version, since) = (Version { root, snapshot }, moment(row.get(5)?));
            Ok(Confirmed { display: row.get(0)?, name: row.get(1)?, group: row.get(2)?, version, since })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn keep_picture(&self, id: i64, png: &[u8], at: DateTime<Utc>) -> Result<()> {
        let mut db = self.read();
        let whole = db.transaction()?;
        whole.execute(
            "INSERT INTO display_pictures (display, at, png) VALUES (?1, ?2, ?3)",
            params![id, at.timestamp(), png],
        )?;
        whole.execute(
            "DELETE FROM display_pictures WHERE display = ?1 AND number NOT IN \
             (SELECT number FROM display_pictures WHERE display = ?1 ORDER BY number DESC LIMIT ?2)",
            params![id, PICTURES_KEPT],
        )?;
        Ok(whole.commit()?)
    }

    fn pictures(&self, id: i64) -> Result<Vec<(i64, DateTime<Utc>)>> {
        let db = self.read();
        let mut asked =
            db.prepare("SELECT number, at FROM display_pictures WHERE display = ?1 ORDER BY number DESC")?;
        let rows = asked.query_map([id], |row| Ok((row.get(0)?, moment(row.get(1)?))))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn picture(&self, id: i64, number: i64) -> Result<Option<Vec<u8>>> {
        let asked = "SELECT png FROM display_pictures WHERE display = ?1 AND number = ?2";
        Ok(self.read().query_row(asked, [id, number], |row| row.get(0)).optional()?)
    }

    fn forget_pictures(&self, before: DateTime<Utc>) -> Result<()> {
        self.read().execute("DELETE FROM display_pictures WHERE at < ?1", [before.timestamp()])?;
        Ok(())
    }
}

/// What was there and is not told any more has ended; what is told and was not there has begun.
fn keep_faults(whole: &Transaction<'_>, id: i64, report: &Report, secs: i64) -> Result<()> {
    let mut asked = whole.prepare("SELECT kind FROM display_faults WHERE display = ?1 AND ended IS NULL")?;
    let known: Vec<String> = asked.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for over in known.iter().filter(|kind| !report.faults.iter().any(|fault| fault.kind == **kind)) {
        whole.execute(
            "UPDATE display_faults SET ended = ?3 WHERE display = ?1 AND kind = ?2 AND ended IS NULL",
            params![id, over, secs],
        )?;
    }
    for fault in &report.faults {
        if known.contains(&fault.kind) {
            whole.execute(
                "UPDATE display_faults SET words = ?3 WHERE display = ?1 AND kind = ?2 AND ended IS NULL",
                params![id, fault.kind, fault.words],
            )?;
        } else {
            whole.execute(
                "INSERT OR REPLACE INTO display_faults (display, kind, words, since) VALUES (?1, ?2, ?3, ?4)",
                params![id, fault.kind, fault.words, fault.since.timestamp()],
            )?;
        }
    }
    whole.execute(
        "DELETE FROM display_faults WHERE display = ?1 AND since < \
         (SELECT min(since) FROM (SELECT since FROM display_faults WHERE display = ?1 ORDER BY since DESC LIMIT ?2))",
        params![id, FAULTS_KEPT],
    )?;
    Ok(())
}

fn keep_version(whole: &Transaction<'_>, id: i64, version: Version, secs: i64) -> Result<()> {
    let Version { root, snapshot } = version;
    whole.execute(
        "INSERT OR IGNORE INTO display_versions (display, root, snapshot, since) VALUES (?1, ?2, ?3, ?4)",
        params![id, root as i64, snapshot as i64, secs],
    )?;
    whole.execute(
        "DELETE FROM display_versions WHERE display = ?1 AND (root, snapshot) NOT IN (SELECT root, snapshot FROM \
         display_versions WHERE display = ?1 ORDER BY root DESC, snapshot DESC LIMIT ?2)",
        params![id, VERSIONS_KEPT],
    )?;
    Ok(())
}
