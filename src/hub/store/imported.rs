//! Items that come from elsewhere: what their sources say, what staff changed of that here, and what is to go out.

use super::items::{self, Draft, Published, State, StoredItem, find, write};
use super::{By, Result, Sqlite};
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;
use std::collections::HashMap;

/// What is known of an item that was imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The name of its source.
    pub source: String,
    /// As the sources give it.
    pub body: Value,
    pub since: DateTime<Utc>,
    pub is_direct: bool,
    /// What staff changed here, as a JSON merge patch (RFC 7396).
    pub own: Value,
    /// What the sources said of those fields then.
    pub below: Value,
    pub is_hidden: bool,
    pub is_changed_below: bool,
}

/// Enough to see whether an item has changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Empty for one that no source has any more.
    pub digest: String,
    /// What staff changed, and what the sources said then; none for nothing.
    pub own: Option<(Value, Value)>,
}

/// An item that came, new or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    pub id: String,
    pub source: String,
    pub kind: String,
    /// As the sources give it.
    pub body: String,
    pub digest: String,
    /// With what staff changed.
    pub shown: Value,
    pub title: String,
    pub words: String,
    pub is_direct: bool,
    pub is_changed_below: bool,
}

/// What staff decide about an imported item.
#[derive(Clone, Debug, PartialEq)]
pub struct Local<'a> {
    pub id: &'a str,
    /// The version of the item that they saw.
    pub based_on: i64,
    pub own: &'a Value,
    pub below: &'a Value,
    pub is_hidden: bool,
    /// With what staff changed.
    pub shown: &'a Value,
    pub title: &'a str,
    pub words: &'a str,
}

/// What came of one source and is here now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub items: i64,
    pub own: i64,
    pub hidden: i64,
    pub changed_below: i64,
}

/// An imported item of which staff decided something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    pub id: String,
    pub title: String,
    pub is_own: bool,
    pub is_hidden: bool,
    pub is_changed_below: bool,
}

/// How far what was fetched has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// A digest of the results that the items were made of.
    pub made_by: String,
    pub is_publication_due: bool,
    /// Why the last publication of what came failed; empty if it did not.
    pub publication_error: String,
}

pub trait ImportedItems {
    /// # Errors
    /// Those of the store.
    fn imported(&self, id: &str) -> Result<Option<Imported>>;

    /// All of them by their ids.
    ///
    /// # Errors
    /// Those of the store.
    fn known_imports(&self) -> Result<HashMap<String, Known>>;

    /// Takes in what is new or has changed; returns the ids that are those of items written here, which stay as they are.
    ///
    /// # Errors
    /// Those of the store; then nothing of these is taken in.
    fn take_in(&self, arrivals: &[Arrival], by: By<'_>) -> Result<Vec<String>>;

    /// Withdraws what no source has any more. What staff decided about it is kept, in case it comes back.
    ///
    /// # Errors
    /// Those of the store; then nothing is withdrawn.
    fn take_out(&self, ids: &[String], by: By<'_>) -> Result<()>;

    /// Keeps what staff decided. `false` where the item is another by now.
    ///
    /// # Errors
    /// Those of the store.
    fn decide(&self, local: &Local<'_>, by: By<'_>) -> Result<bool>;

    /// By the names of the sources.
    ///
    /// # Errors
    /// Those of the store.
    fn shares(&self) -> Result<HashMap<String, Share>>;

    /// The items of a source of which staff decided something; first those that say something else by now.
    ///
    /// # Errors
    /// Those of the store.
    fn touched(&self, source: &str, count: u32) -> Result<Vec<Touched>>;

    /// # Errors
    /// Those of the store.
    fn import_standing(&self) -> Result<Standing>;

    /// # Errors
    /// Those of the store.
    fn set_import_standing(&self, standing: &Standing) -> Result<()>;

    /// Whether something waits to be published without anybody's word.
    ///
    /// # Errors
    /// Those of the store.
    fn has_news_of_sources(&self) -> Result<bool>;

    /// What displays would show after a publication of nothing else but what came from sources that need nobody's word.
    ///
    /// # Errors
    /// Those of the store.
    fn to_publish_of_sources(&self) -> Result<Vec<Published>>;
}

/// Versions of an imported item that are kept: what changes every quarter of an hour would fill the disk.
const VERSIONS_KEPT: i64 = 20;

/// Takes an item off the displays and out of the lists; what was published is to be published again without it.
pub(super) fn vanish(whole: &Transaction<'_>, id: &str) -> Result<()> {
    withdrawn(whole, id)?;
    whole.execute("DELETE FROM items WHERE id = ?1", [id])?;
    whole.execute("DELETE FROM item_words WHERE id = ?1", [id])?;
    Ok(())
}

fn withdrawn(whole: &Transaction<'_>, id: &str) -> Result<()> {
    let shown = whole.execute("UPDATE items SET published = NULL WHERE id = ?1 AND published IS NOT NULL", [id])?;
    if shown > 0 {
        whole.execute("UPDATE imports SET is_publication_due = 1", [])?;
    }
    Ok(())
}

/// Whether displays show it just so.
fn is_shown_so(whole: &Transaction<'_>, id: &str, body: &Value) -> Result<bool> {
    let asked = "SELECT published FROM items WHERE id = ?1";
    let published: Option<String> = whole.query_row(asked, [id], |row| row.get(0)).optional()?.flatten();
    let body = body.to_string();
    Ok(published.is_some_and(|published| published == body))
}

/// Writes an imported item as it is to be shown from now on.
fn show(whole: &Transaction<'_>, draft: &Draft<'_>, before: Option<&StoredItem>, by: By<'_>) -> Result<()> {
    // What comes back goes on where it ended.
    let last = "SELECT coalesce(max(version), 0) FROM item_versions WHERE item = ?1";
    let version: i64 = match before {
        Some(before) => before.version,
        None => whole.query_row(last, [draft.id], |row| row.get(0))?,
    };
    write(whole, draft, version + 1, by)?;
    let old = "DELETE FROM item_versions WHERE item = ?1 AND version <= ?2";
    whole.execute(old, params![draft.id, version + 1 - VERSIONS_KEPT])?;
    Ok(())
}

/// Whether staff hide it; none for what was never imported.
fn hidden(whole: &Transaction<'_>, id: &str) -> Result<Option<bool>> {
    let asked = "SELECT is_hidden FROM imported WHERE item = ?1";
    Ok(whole.query_row(asked, [id], |row| row.get(0)).optional()?)
}

/// One item comes in; `false` where staff wrote one of this id.
fn arrive(whole: &Transaction<'_>, arrival: &Arrival, by: By<'_>) -> Result<bool> {
    let (id, before) = (arrival.id.as_str(), find(whole, &arrival.id)?);
    let is_hidden = hidden(whole, id)?;
    if before.is_some() && is_hidden.is_none() {
        return Ok(false);
    }
    whole.execute(
        "INSERT INTO imported (item, source, body, digest, since, is_direct, is_changed_below)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (item) DO UPDATE SET source = excluded.source,
         body = excluded.body, digest = excluded.digest, is_direct = excluded.is_direct,
         is_changed_below = excluded.is_changed_below, is_gone = 0",
        params![
            id,
            arrival.source,
            arrival.body,
            arrival.digest,
            by.now.timestamp_millis(),
            arrival.is_direct,
            arrival.is_changed_below
        ],
    )?;
    let is_shown_so = is_shown_so(whole, id, &arrival.shown)?;
    let state = match before.as_ref().map(|before| before.state) {
        // Staff took it back, or hide it: what its source says now does not bring it out again.
        Some(state @ (State::Draft | State::Refused)) => state,
        _ if is_hidden == Some(true) => State::Draft,
        _ if is_shown_so => State::Published,
        _ if arrival.is_direct => State::Ready,
        _ => State::ToModerate,
    };
    if before.as_ref().is_some_and(|before| before.body == arrival.shown && before.state == state) {
        return Ok(true);
    }
    let reason = before.as_ref().map_or("", |before| before.reason.as_str());
    let Arrival { kind, title, words, shown: body, .. } = arrival;
    let draft = Draft { id, kind, title, words, state, body, reason, based_on: None };
    show(whole, &draft, before.as_ref(), by)?;
    Ok(true)
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

impl ImportedItems for Sqlite {
    fn imported(&self, id: &str) -> Result<Option<Imported>> {
        let asked = "SELECT source, body, since, is_direct, own, below, is_hidden, is_changed_below FROM imported
                     WHERE item = ?1 AND is_gone = 0";
        let found = self.read().query_row(asked, [id], |row| {
            Ok(Imported {
                source: row.get(0)?,
                body: value(&row.get::<_, String>(1)?),
                since: DateTime::from_timestamp_millis(row.get(2)?).unwrap_or_default(),
                is_direct: row.get(3)?,
                own: value(&row.get::<_, String>(4)?),
                below: value(&row.get::<_, String>(5)?),
                is_hidden: row.get(6)?,
                is_changed_below: row.get(7)?,
            })
        });
        Ok(found.optional()?)
    }

    fn known_imports(&self) -> Result<HashMap<String, Known>> {
        let db = self.read();
        let mut asked =
            db.prepare("SELECT item, CASE is_gone WHEN 0 THEN digest ELSE '' END, own, below FROM imported")?;
        let rows = asked.query_map([], |row| {
            let (own, below): (String, String) = (row.get(2)?, row.get(3)?);
            let own = (own != "{}").then(|| (value(&own), value(&below)));
            Ok((row.get(0)?, Known { digest: row.get(1)?, own }))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn take_in(&self, arrivals: &[Arrival], by: By<'_>) -> Result<Vec<String>> {
        self.change(by, ("take in", "items"), |whole| {
            let (mut came, mut refused) = (Vec::new(), Vec::new());
            for arrival in arrivals {
                if arrive(whole, arrival, by)? {
                    came.push(arrival.id.as_str());
                } else {
                    refused.push(arrival.id.clone());
                }
            }
            Ok((refused, (!came.is_empty()).then(|| came.join(" "))))
        })
    }

    fn take_out(&self, ids: &[String], by: By<'_>) -> Result<()> {
        self.change(by, ("take out", "items"), |whole| {
            for id in ids {
                vanish(whole, id)?;
                whole.execute("UPDATE imported SET is_gone = 1 WHERE item = ?1", [id])?;
                let plain = "DELETE FROM imported WHERE item = ?1 AND own = '{}' AND is_hidden = 0";
                whole.execute(plain, [id])?;
            }
            Ok(((), (!ids.is_empty()).then(|| ids.join(" "))))
        })
    }

    fn decide(&self, local: &Local<'_>, by: By<'_>) -> Result<bool> {
        let what = if local.is_hidden { "hide" } else { "change here" };
        self.change(by, (what, local.id), |whole| {
            let before = find(whole, local.id)?.filter(|before| before.version == local.based_on);
            let (Some(before), Some(was_hidden)) = (before, hidden(whole, local.id)?) else { return Ok((false, None)) };
            whole.execute(
                "UPDATE imported SET own = ?2, below = ?3, is_hidden = ?4, is_changed_below = 0 WHERE item = ?1",
                params![local.id, local.own.to_string(), local.below.to_string(), local.is_hidden],
            )?;
            if local.is_hidden {
                withdrawn(whole, local.id)?;
            }
            let is_shown_so = is_shown_so(whole, local.id, local.shown)?;
            let state = match before.state {
                _ if local.is_hidden => State::Draft,
                _ if is_shown_so => State::Published,
                State::Draft if !was_hidden => State::Draft,
                state @ (State::Refused | State::ToModerate) => state,
                _ => State::Ready,
            };
            let Local { id, title, words, shown: body, .. } = *local;
            let reason = before.reason.as_str();
            let draft = Draft { id, kind: &before.kind, title, words, state, body, reason, based_on: None };
            show(whole, &draft, Some(&before), by)?;
            Ok((true, Some(local.own.to_string())))
        })
    }

    fn shares(&self) -> Result<HashMap<String, Share>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT source, count(*), sum(own <> '{}'), sum(is_hidden), sum(is_changed_below) FROM imported
             WHERE is_gone = 0 GROUP BY source",
        )?;
        let rows = asked.query_map([], |row| {
            let share = Share { items: row.get(1)?, own: row.get(2)?, hidden: row.get(3)?, changed_below: row.get(4)? };
            Ok((row.get(0)?, share))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn touched(&self, source: &str, count: u32) -> Result<Vec<Touched>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT id, title, own <> '{}', is_hidden, is_changed_below FROM imported JOIN items ON items.id = item
             WHERE source = ?1 AND (own <> '{}' OR is_hidden OR is_changed_below)
             ORDER BY is_changed_below DESC, title LIMIT ?2",
        )?;
        let rows = asked.query_map(params![source, count], |row| {
            Ok(Touched {
                id: row.get(0)?,
                title: row.get(1)?,
                is_own: row.get(2)?,
                is_hidden: row.get(3)?,
                is_changed_below: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn import_standing(&self) -> Result<Standing> {
        let asked = "SELECT made_by, is_publication_due, publication_error FROM imports";
        let found = self.read().query_row(asked, [], |row| {
            Ok(Standing { made_by: row.get(0)?, is_publication_due: row.get(1)?, publication_error: row.get(2)? })
        });
        Ok(found?)
    }

    fn set_import_standing(&self, standing: &Standing) -> Result<()> {
        let Standing { made_by, is_publication_due, publication_error } = standing;
        self.read().execute(
            "UPDATE imports SET made_by = ?1, is_publication_due = ?2, publication_error = ?3",
            params![made_by, is_publication_due, publication_error],
        )?;
        Ok(())
    }

    fn has_news_of_sources(&self) -> Result<bool> {
        let asked = "SELECT EXISTS (SELECT 1 FROM items JOIN imported ON imported.item = items.id
                     WHERE state = 'ready' AND is_direct)";
        Ok(self.read().query_row(asked, [], |row| row.get(0))?)
    }

    fn to_publish_of_sources(&self) -> Result<Vec<Published>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT id, version, CASE WHEN news THEN body ELSE published END, news FROM
               (SELECT items.*, state = 'ready' AND coalesce(is_direct, 0) AS news
                FROM items LEFT JOIN imported ON imported.item = items.id)
             WHERE news OR published IS NOT NULL ORDER BY id",
        )?;
        let rows = asked.query_map([], items::published)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
