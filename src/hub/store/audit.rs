//! Who did what and when: a chain in which no line can be changed or taken out unseen.

use super::{By, Result, Sqlite};
use crate::publication::Digest;
use rusqlite::{OptionalExtension, Transaction, params};

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    pub number: i64,
    /// RFC 3339.
    pub at: String,
    pub who: String,
    pub what: String,
    pub about: String,
    pub detail: String,
    /// SHA-256 over the hash before and this line.
    pub hash: String,
}

/// The first line whose hash does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken(pub i64);

pub trait AuditLog {
    /// The newest lines before a number, newest first.
    ///
    /// # Errors
    /// Those of the store.
    fn audit(&self, before: i64, count: u32) -> Result<Vec<AuditEntry>>;

    /// Writes a line about something that is kept elsewhere.
    ///
    /// # Errors
    /// Those of the store.
    fn note(&self, by: By<'_>, what: &str, about: &str, detail: &str) -> Result<()>;

    /// Looks at every line.
    ///
    /// # Errors
    /// Those of the store.
    fn check_audit(&self) -> Result<Option<Broken>>;
}

impl AuditEntry {
    fn hash_after(&self, before: &str) -> String {
        let line = [before, &self.number.to_string(), &self.at, &self.who, &self.what, &self.about, &self.detail];
        // Lengths keep "ab", "c" apart from "a", "bc".
        let whole: String = line.iter().map(|part| format!("{}:{part}\n", part.len())).collect();
        Digest::of(whole.as_bytes()).to_string()
    }

    fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get(0)?,
            at: row.get(1)?,
            who: row.get(2)?,
            what: row.get(3)?,
            about: row.get(4)?,
            detail: row.get(5)?,
            hash: row.get(6)?,
        })
    }
}

const COLUMNS: &str = "number, at, who, what, about, detail, hash";

pub(super) fn append(whole: &Transaction<'_>, by: By<'_>, (what, about, detail): (&str, &str, &str)) -> Result<()> {
    let last: Option<(i64, String)> = whole
        .query_row("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (number, before) = last.unwrap_or_default();
    let mut entry = AuditEntry {
        number: number + 1,
        at: by.now.to_rfc3339(),
        who: by.who.to_owned(),
        what: what.to_owned(),
        about: about.to_owned(),
        detail: detail.to_owned(),
        hash: String::new(),
    };
    entry.hash = entry.hash_after(&before);
    whole.execute(
        "INSERT INTO audit (number, at, who, what, about, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![entry.number, entry.at, entry.who, entry.what, entry.about, entry.detail, entry.hash],
    )?;
    Ok(())
}

impl AuditLog for Sqlite {
    fn audit(&self, before: i64, count: u32) -> Result<Vec<AuditEntry>> {
        let db = self.read();
        let mut asked =
            db.prepare(&format!("SELECT {COLUMNS} FROM audit WHERE number < ?1 ORDER BY number DESC LIMIT ?2"))?;
        let rows = asked.query_map(params![before, count], AuditEntry::of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn note(&self, by: By<'_>, what: &str, about: &str, detail: &str) -> Result<()> {
        self.change(by, (what, about), |_| Ok(((), Some(detail.to_owned()))))
    }

    fn check_audit(&self) -> Result<Option<Broken>> {
        let db = self.read();
        let mut asked = db.prepare(&format!("SELECT {COLUMNS} FROM audit ORDER BY number"))?;
        let rows = asked.query_map([], AuditEntry::of)?;
        let (mut before, mut due) = (String::new(), 1);
        for entry in rows {
            let entry = entry?;
            if entry.number != due || entry.hash != entry.hash_after(&before) {
                return Ok(Some(Broken(due)));
            }
            (before, due) = (entry.hash, due + 1);
        }
        Ok(None)
    }
}
