//! What staff write: as they see it, as displays show it, and as it was before.

use super::{By, DUE, Result, Sqlite};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::Value;

/// Where something is on its way to the displays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Draft,
    ToModerate,
    /// The next publication takes it along.
    Ready,
    Refused,
    /// As displays have it.
    Published,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Draft, Self::ToModerate, Self::Ready, Self::Refused, Self::Published];

    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::ToModerate => "to_moderate",
            Self::Ready => "ready",
            Self::Refused => "refused",
            Self::Published => "published",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct StoredItem {
    pub id: String,
    /// As `type` in a content document.
    pub kind: String,
    pub state: State,
    /// A content item as JSON.
    pub body: Value,
    /// Displays show it, perhaps as it was before.
    pub is_published: bool,
    pub version: i64,
    /// Why it was refused.
    pub reason: String,
    pub changed: DateTime<Utc>,
    pub changed_by: String,
}

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: String,
    pub kind: String,
    pub title: String,
    pub state: State,
    pub is_published: bool,
    pub version: i64,
    pub changed: DateTime<Utc>,
    pub changed_by: String,
}

#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Empty: all.
    pub kind: String,
    pub state: Option<State>,
    /// Words that all begin words of it; empty: all.
    pub text: String,
    pub skip: i64,
    pub count: u32,
}

/// What somebody saves.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    pub id: &'a str,
    pub kind: &'a str,
    pub title: &'a str,
    /// What a search finds it by.
    pub words: &'a str,
    pub state: State,
    pub body: &'a Value,
    pub reason: &'a str,
    /// The version they saw; none for something new.
    pub based_on: Option<i64>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// As this version.
    As(i64),
    /// Nothing was changed: somebody else has changed it meanwhile, into this.
    Outdated(Box<StoredItem>),
    /// Nothing was changed: it is no longer there, or something else has its id.
    Gone,
}

/// What a publication took along of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    pub id: String,
    pub version: i64,
    pub body: String,
    /// It was ready, and displays do not have it yet.
    pub is_news: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StoredVersion {
    pub version: i64,
    pub state: State,
    pub body: Value,
    pub at: DateTime<Utc>,
    pub who: String,
}

pub trait Items {
    /// A page of a list, the last changed first, and how many there are in all.
    ///
    /// # Errors
    /// Those of the store.
    fn items(&self, query: &Query) -> Result<(Vec<Listed>, i64)>;

    /// How many items are in each state.
    ///
    /// # Errors
    /// Those of the store.
    fn counts(&self) -> Result<Vec<(State, i64)>>;

    /// # Errors
    /// Those of the store.
    fn item(&self, id: &str) -> Result<Option<StoredItem>>;

    /// # Errors
    /// Those of the store. An outdated draft is none.
    fn save(&self, draft: &Draft<'_>, by: By<'_>) -> Result<Saved>;

    /// All versions of an item, the newest first.
    ///
    /// # Errors
    /// Those of the store.
    fn versions(&self, id: &str) -> Result<Vec<StoredVersion>>;

    /// Puts many items there as already published, in place of all there are: what a town begins with.
    ///
    /// # Errors
    /// Those of the store; then none of them is there.
    fn begin_with(&self, drafts: &[Draft<'_>], by: By<'_>) -> Result<()>;

    /// What displays would show after a publication now: what is ready, and the rest as it was published.
    ///
    /// # Errors
    /// Those of the store.
    fn to_publish(&self) -> Result<Vec<Published>>;

    /// These are on their way to the displays. What was changed meanwhile stays to be published.
    ///
    /// # Errors
    /// Those of the store.
    fn mark_published(&self, items: &[Published], by: By<'_>) -> Result<()>;

    /// The next publication leaves it out; it becomes a draft. `false` where there is none.
    ///
    /// # Errors
    /// Those of the store.
    fn withdraw(&self, id: &str, by: By<'_>) -> Result<bool>;
}

const STORED: &str = "id, kind, state, body, published IS NOT NULL, version, reason, changed, changed_by";

fn moment(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<DateTime<Utc>> {
    Ok(DateTime::from_timestamp_millis(row.get(at)?).unwrap_or_default())
}

/// A state that this program does not know is nobody's yet.
fn state(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<State> {
    Ok(State::parse(&row.get::<_, String>(at)?).unwrap_or(State::Draft))
}

fn body(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Value> {
    Ok(serde_json::from_str(&row.get::<_, String>(at)?).unwrap_or_default())
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredItem> {
    Ok(StoredItem {
        id: row.get(0)?,
        kind: row.get(1)?,
        state: state(row, 2)?,
        body: body(row, 3)?,
        is_published: row.get(4)?,
        version: row.get(5)?,
        reason: row.get(6)?,
        changed: moment(row, 7)?,
        changed_by: row.get(8)?,
    })
}

/// Words as FTS5 asks for them: each the beginning of one that is there. Nothing in them is an operator.
fn match_words(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" ")
}

pub(super) fn find(db: &Connection, id: &str) -> rusqlite::Result<Option<StoredItem>> {
    db.query_row(&format!("SELECT {STORED} FROM items WHERE id = ?1"), [id], stored).optional()
}

pub(super) fn published(row: &rusqlite::Row<'_>) -> rusqlite::Result<Published> {
    Ok(Published { id: row.get(0)?, version: row.get(1)?, body: row.get(2)?, is_news: row.get(3)? })
}

pub(super) fn write(whole: &Transaction<'_>, draft: &Draft<'_>, version: i64, by: By<'_>) -> rusqlite::Result<()> {
    let (text, state, at) = (draft.body.to_string(), draft.state.name(), by.now.timestamp_millis());
    whole.execute(
        "INSERT INTO items (id, kind, title, state, body, version, reason, changed, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO UPDATE SET title = excluded.title,
         state = excluded.state, body = excluded.body, version = excluded.version, reason = excluded.reason,
         changed = excluded.changed, changed_by = excluded.changed_by",
        params![draft.id, draft.kind, draft.title, state, text, version, draft.reason, at, by.who],
    )?;
    whole.execute("DELETE FROM item_words WHERE id = ?1", [draft.id])?;
    whole.execute("INSERT INTO item_words (id, words) VALUES (?1, ?2)", params![draft.id, draft.words])?;
    whole.execute(
        "INSERT INTO item_versions (item, version, state, body, at, who) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![draft.id, version, state, text, at, by.who],
    )?;
    Ok(())
}

impl Items for Sqlite {
    fn items(&self, query: &Query) -> Result<(Vec<Listed>, i64)> {
        let (words, state) = (match_words(&query.text), query.state.map_or("", State::name));
        let mut wanted = "FROM items WHERE (?1 = '' OR kind = ?1) AND (?2 = '' OR state = ?2)".to_owned();
        if words.is_empty() {
            wanted.push_str(" AND ?3 = ''");
        } else {
            wanted.push_str(" AND id IN (SELECT id FROM item_words WHERE words MATCH ?3)");
        }
        let db = self.read();
        let total: i64 =
            db.query_row(&format!("SELECT count(*) {wanted}"), params![query.kind, state, words], |row| row.get(0))?;
        let mut asked = db.prepare(&format!(
            "SELECT id, kind, title, state, published IS NOT NULL, version, changed, changed_by {wanted}
             ORDER BY changed DESC, id LIMIT ?4 OFFSET ?5"
        ))?;
        let rows = asked.query_map(params![query.kind, state, words, query.count, query.skip], |row| {
            Ok(Listed {
                id: row.get(0)?,
                kind: row.get(1)?,
                title: row.get(2)?,
                state: self::state(row, 3)?,
                is_published: row.get(4)?,
                version: row.get(5)?,
                changed: moment(row, 6)?,
                changed_by: row.get(7)?,
            })
        })?;
        Ok((rows.collect::<rusqlite::Result<_>>()?, total))
    }

    fn counts(&self) -> Result<Vec<(State, i64)>> {
        let db = self.read();
        let mut asked = db.prepare("SELECT state, count(*) FROM items GROUP BY state")?;
        let rows = asked.query_map([], |row| Ok((state(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn item(&self, id: &str) -> Result<Option<StoredItem>> {
        Ok(find(&self.read(), id)?)
    }

    fn save(&self, draft: &Draft<'_>, by: By<'_>) -> Result<Saved> {
        self.change(by, (draft.state.name(), draft.id), |whole| {
            let seen = match (find(whole, draft.id)?, draft.based_on) {
                (None, None) => 0,
                (Some(found), Some(seen)) if found.version == seen => seen,
                (Some(found), Some(_)) => return Ok((Saved::Outdated(Box::new(found)), None)),
                _ => return Ok((Saved::Gone, None)),
            };
            write(whole, draft, seen + 1, by)?;
            Ok((Saved::As(seen + 1), Some(draft.title.to_owned())))
        })
    }

    fn versions(&self, id: &str) -> Result<Vec<StoredVersion>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT version, state, body, at, who FROM item_versions WHERE item = ?1 ORDER BY version DESC LIMIT 200",
        )?;
        let rows = asked.query_map([id], |row| {
            Ok(StoredVersion {
                version: row.get(0)?,
                state: state(row, 1)?,
                body: body(row, 2)?,
                at: moment(row, 3)?,
                who: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn begin_with(&self, drafts: &[Draft<'_>], by: By<'_>) -> Result<()> {
        self.change(by, ("begin with", "items"), |whole| {
            // A beginning that was broken off.
            whole.execute_batch("DELETE FROM items; DELETE FROM item_versions; DELETE FROM item_words;")?;
            for draft in drafts {
                write(whole, draft, 1, by)?;
            }
            whole.execute("UPDATE items SET published = body WHERE state = 'published'", [])?;
            Ok(((), Some(drafts.len().to_string())))
        })
    }

    fn to_publish(&self) -> Result<Vec<Published>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT id, version, CASE state WHEN 'ready' THEN body ELSE published END, state = 'ready' FROM items
             WHERE state = 'ready' OR published IS NOT NULL ORDER BY id",
        )?;
        let rows = asked.query_map([], published)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn mark_published(&self, items: &[Published], by: By<'_>) -> Result<()> {
        self.change(by, ("publish", "items"), |whole| {
            let mut shown = whole.prepare("UPDATE items SET published = ?2 WHERE id = ?1")?;
            let mut same = whole
                .prepare("UPDATE items SET state = 'published' WHERE id = ?1 AND version = ?2 AND state = 'ready'")?;
            let mut news = Vec::new();
            for item in items.iter().filter(|item| item.is_news) {
                shown.execute(params![item.id, item.body])?;
                same.execute(params![item.id, item.version])?;
                news.push(item.id.as_str());
            }
            whole.execute("DELETE FROM settings WHERE key = ?1", [DUE])?;
            Ok(((), Some(news.join(" "))))
        })
    }

    fn withdraw(&self, id: &str, by: By<'_>) -> Result<bool> {
        self.change(by, ("withdraw", id), |whole| {
            let withdrawn = "UPDATE items SET published = NULL, state = 'draft', version = version + 1, changed = ?2,
                             changed_by = ?3 WHERE id = ?1";
            let rows = whole.execute(withdrawn, params![id, by.now.timestamp_millis(), by.who])?;
            whole.execute(
                "INSERT INTO item_versions (item, version, state, body, at, who)
                 SELECT id, version, state, body, changed, changed_by FROM items WHERE id = ?1",
                [id],
            )?;
            // Its source does not bring it back.
            whole.execute("UPDATE imported SET is_hidden = 1 WHERE item = ?1", [id])?;
            // So that it goes even when this machine stops before it has.
            whole.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, 'true')", [DUE])?;
            Ok((rows > 0, (rows > 0).then(String::new)))
        })
    }
}
