//! The media library: every picture and film that staff may show, once, with what is said of it.

use super::{By, Result, Sqlite};
use crate::content::{Localized, MediaRef};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::{Value, json};

/// A picture or film of the library.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Media {
    pub id: String,
    /// Of the file that staff chose.
    pub name: String,
    /// As items name it: below the folder of media.
    pub file: String,
    /// The file as it came; empty where it did not come through the library.
    pub original: String,
    pub is_film: bool,
    /// In px, as it is seen.
    pub width: u32,
    pub height: u32,
    pub bytes: i64,
    /// What is on it.
    pub alt: Localized,
    pub credit: String,
    pub licence: String,
    /// The town holds the rights itself.
    pub is_own: bool,
    /// What must stay visible, as fractions of width and height from the top left.
    pub focal: Option<[f32; 2]>,
    /// What was kept of the original: left, top, width and height as fractions of it.
    pub cut: Option<[f32; 4]>,
    /// What a poster seems to say of its event.
    pub hints: Value,
    pub version: i64,
    pub changed: DateTime<Utc>,
    pub changed_by: String,
}

/// Which part of the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    #[default]
    All,
    WithoutAlt,
    WithoutCredit,
    Unused,
    Films,
}

impl Only {
    pub const ALL: [Self; 5] = [Self::All, Self::WithoutAlt, Self::WithoutCredit, Self::Unused, Self::Films];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::WithoutAlt => "no_alt",
            Self::WithoutCredit => "no_credit",
            Self::Unused => "unused",
            Self::Films => "films",
        }
    }

    /// Everything, for a name that is none.
    pub fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|only| only.name() == name).unwrap_or_default()
    }

    fn condition(self) -> &'static str {
        match self {
            Self::All => "1",
            Self::WithoutAlt => "alt = '{}'",
            Self::WithoutCredit => "credit = ''",
            Self::Unused => "file NOT IN (SELECT file FROM media_uses)",
            Self::Films => "is_film",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct MediaQuery {
    pub only: Only,
    /// Letters of its name, alt text or credit; empty: all.
    pub text: String,
    pub skip: i64,
    pub count: u32,
}

/// An item that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaUse {
    pub id: String,
    pub kind: String,
    pub title: String,
    /// On displays; else only as staff see it.
    pub is_published: bool,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaChange {
    Done,
    /// Somebody else has changed it meanwhile.
    Outdated,
    /// Displays show it, and that is not theirs to change.
    OnDisplays,
    /// Something shows it.
    InUse,
    Gone,
}

pub trait MediaLibrary {
    /// A page of the library, the last changed first, and how many there are in all.
    ///
    /// # Errors
    /// Those of the store.
    fn media_list(&self, query: &MediaQuery) -> Result<(Vec<Media>, i64)>;

    /// # Errors
    /// Those of the store.
    fn media(&self, id: &str) -> Result<Option<Media>>;

    /// The entry of a file that items name.
    ///
    /// # Errors
    /// Those of the store.
    fn media_of(&self, file: &str) -> Result<Option<Media>>;

    /// What shows a file, each item once.
    ///
    /// # Errors
    /// Those of the store.
    fn media_uses(&self, file: &str) -> Result<Vec<MediaUse>>;

    /// Adds an entry. `false`, and nothing is added, where there is one of this file already.
    ///
    /// # Errors
    /// Those of the store.
    fn add_media(&self, media: &Media, by: By<'_>) -> Result<bool>;

    /// Changes an entry as it was at this version, and with it every item that shows it, published or not. Without `of
    /// displays` only where no display shows it.
    ///
    /// # Errors
    /// Those of the store.
    fn change_media(&self, media: &Media, is_of_displays: bool, by: By<'_>) -> Result<MediaChange>;

    /// Takes an entry out of the library, unless something shows it.
    ///
    /// # Errors
    /// Those of the store.
    fn remove_media(&self, id: &str, by: By<'_>) -> Result<MediaChange>;

    /// Whether an entry or an item, even one as it was before, needs a file.
    ///
    /// # Errors
    /// Those of the store.
    fn needs_file(&self, file: &str) -> Result<bool>;

    /// Files that items show and the library does not know, each with the item's own word on it.
    ///
    /// # Errors
    /// Those of the store.
    fn media_unknown(&self) -> Result<Vec<MediaRef>>;
}

const STORED: &str = "id, name, file, original, is_film, width, height, bytes, alt, credit, licence, is_own, focal, cut, \
                      hints, version, changed, changed_by";

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<Media> {
    let json =
        |at| -> rusqlite::Result<Value> { Ok(serde_json::from_str(&row.get::<_, String>(at)?).unwrap_or_default()) };
    Ok(Media {
        id: row.get(0)?,
        name: row.get(1)?,
        file: row.get(2)?,
        original: row.get(3)?,
        is_film: row.get(4)?,
        width: row.get(5)?,
        height: row.get(6)?,
        bytes: row.get(7)?,
        alt: serde_json::from_value(json(8)?).unwrap_or_default(),
        credit: row.get(9)?,
        licence: row.get(10)?,
        is_own: row.get(11)?,
        focal: serde_json::from_value(json(12)?).unwrap_or_default(),
        cut: serde_json::from_value(json(13)?).unwrap_or_default(),
        hints: json(14)?,
        version: row.get(15)?,
        changed: DateTime::from_timestamp_millis(row.get(16)?).unwrap_or_default(),
        changed_by: row.get(17)?,
    })
}

fn find(db: &Connection, id: &str) -> rusqlite::Result<Option<Media>> {
    db.query_row(&format!("SELECT {STORED} FROM media WHERE id = ?1"), [id], stored).optional()
}

fn write(whole: &Transaction<'_>, media: &Media, version: i64, by: By<'_>) -> rusqlite::Result<usize> {
    whole.execute(
        &format!(
            "INSERT OR REPLACE INTO media ({STORED})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
        ),
        params![
            media.id,
            media.name,
            media.file,
            media.original,
            media.is_film,
            media.width,
            media.height,
            media.bytes,
            json!(media.alt).to_string(),
            media.credit,
            media.licence,
            media.is_own,
            json!(media.focal).to_string(),
            json!(media.cut).to_string(),
            media.hints.to_string(),
            version,
            by.now.timestamp_millis(),
            by.who,
        ],
    )
}

/// A body with every picture of this path as it is now; none where it shows none.
fn with_media(body: &str, path: &str, now: &Value) -> Option<String> {
    let mut body: Value = serde_json::from_str(body).ok()?;
    let all = body.get_mut("media")?.as_array_mut()?;
    let mut is_there = false;
    for one in all.iter_mut().filter(|one| one["path"] == json!(path)) {
        one.clone_from(now);
        is_there = true;
    }
    is_there.then(|| body.to_string())
}

/// Everything that shows the file of before shows the entry as it is now. Who has an item open sees that it changed.
fn change_uses(whole: &Transaction<'_>, before: &Media, now: &Media, by: By<'_>) -> rusqlite::Result<()> {
    let media = json!(now.media_ref());
    let mut asked = whole
        .prepare("SELECT id, body, published FROM items WHERE id IN (SELECT item FROM media_uses WHERE file = ?1)")?;
    let rows: Vec<(String, String, Option<String>)> = asked
        .query_map([&before.file], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, body, published) in rows {
        let published = published.map(|text| with_media(&text, &before.file, &media).unwrap_or(text));
        whole.execute("UPDATE items SET published = ?2 WHERE id = ?1", params![id, published])?;
        let Some(body) = with_media(&body, &before.file, &media) else { continue };
        whole.execute(
            "UPDATE items SET body = ?2, version = version + 1, changed = ?3, changed_by = ?4 WHERE id = ?1",
            params![id, body, by.now.timestamp_millis(), by.who],
        )?;
        whole.execute(
            "INSERT INTO item_versions (item, version, state, body, at, who)
             SELECT id, version, state, body, changed, changed_by FROM items WHERE id = ?1",
            [&id],
        )?;
    }
    Ok(())
}

impl Media {
    /// Nobody has said what is on it, in any language.
    pub fn is_without_alt(&self) -> bool {
        self.alt.is_empty()
    }

    /// As an item names it.
    pub fn media_ref(&self) -> MediaRef {
        MediaRef {
            path: self.file.clone(),
            alt: self.alt.clone(),
            credit: self.credit.clone(),
            licence: self.licence.clone(),
            crop: self.crop(),
            focal: self.focal,
        }
    }
}

impl MediaLibrary for Sqlite {
    fn media_list(&self, query: &MediaQuery) -> Result<(Vec<Media>, i64)> {
        let wanted = format!(
            "FROM media WHERE {} AND (?1 = '' OR instr(lower(name || ' ' || alt || ' ' || credit), ?1))",
            query.only.condition()
        );
        let text = query.text.trim().to_lowercase();
        let db = self.read();
        let total = db.query_row(&format!("SELECT count(*) {wanted}"), [&text], |row| row.get(0))?;
        let mut asked =
            db.prepare(&format!("SELECT {STORED} {wanted} ORDER BY changed DESC, id LIMIT ?2 OFFSET ?3"))?;
        let rows = asked.query_map(params![text, query.count, query.skip], stored)?;
        Ok((rows.collect::<rusqlite::Result<_>>()?, total))
    }

    fn media(&self, id: &str) -> Result<Option<Media>> {
        Ok(find(&self.read(), id)?)
    }

    fn media_of(&self, file: &str) -> Result<Option<Media>> {
        let asked = format!("SELECT {STORED} FROM media WHERE file = ?1");
        Ok(self.read().query_row(&asked, [file], stored).optional()?)
    }

    fn media_uses(&self, file: &str) -> Result<Vec<MediaUse>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT items.id, kind, title, max(is_published) FROM media_uses JOIN items ON items.id = item
             WHERE file = ?1 GROUP BY items.id ORDER BY title LIMIT 500",
        )?;
        let rows = asked.query_map([file], |row| {
            Ok(MediaUse { id: row.get(0)?, kind: row.get(1)?, title: row.get(2)?, is_published: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn add_media(&self, media: &Media, by: By<'_>) -> Result<bool> {
        self.change(by, ("add media", &media.id), |whole| {
            let known = "SELECT EXISTS (SELECT 1 FROM media WHERE file = ?1)";
            if whole.query_row(known, [&media.file], |row| row.get(0))? {
                return Ok((false, None));
            }
            write(whole, media, 1, by)?;
            Ok((true, Some(media.name.clone())))
        })
    }

    fn change_media(&self, media: &Media, is_of_displays: bool, by: By<'_>) -> Result<MediaChange> {
        self.change(by, ("change media", &media.id), |whole| {
            let before = match find(whole, &media.id)? {
                None => return Ok((MediaChange::Gone, None)),
                Some(before) if before.version != media.version => return Ok((MediaChange::Outdated, None)),
                Some(before) => before,
            };
            let shown = "SELECT EXISTS (SELECT 1 FROM media_uses WHERE file = ?1 AND is_published)";
            if !is_of_displays && whole.query_row(shown, [&before.file], |row| row.get(0))? {
                return Ok((MediaChange::OnDisplays, None));
            }
            write(whole, media, before.version + 1, by)?;
            if before.media_ref() != media.media_ref() {
                change_uses(whole, &before, media, by)?;
            }
            Ok((MediaChange::Done, Some(media.name.clone())))
        })
    }

    fn remove_media(&self, id: &str, by: By<'_>) -> Result<MediaChange> {
        self.change(by, ("remove media", id), |whole| {
            let Some(before) = find(whole, id)? else { return Ok((MediaChange::Gone, None)) };
            let used = "SELECT EXISTS (SELECT 1 FROM media_uses WHERE file = ?1)";
            if whole.query_row(used, [&before.file], |row| row.get(0))? {
                return Ok((MediaChange::InUse, None));
            }
            whole.execute("DELETE FROM media WHERE id = ?1", [id])?;
            Ok((MediaChange::Done, Some(before.name)))
        })
    }

    fn needs_file(&self, file: &str) -> Result<bool> {
        let asked = "SELECT EXISTS (SELECT 1 FROM media WHERE file = ?1 OR original = ?1)
                     OR EXISTS (SELECT 1 FROM media_uses WHERE file = ?1)
                     OR EXISTS (SELECT 1 FROM item_versions WHERE instr(body, ?1))";
        Ok(self.read().query_row(asked, [file], |row| row.get(0))?)
    }

    fn media_unknown(&self) -> Result<Vec<MediaRef>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT file, CASE WHEN max(is_published) THEN published ELSE body END FROM media_uses
             JOIN items ON items.id = item WHERE file NOT IN (SELECT file FROM media) GROUP BY file",
        )?;
        let rows = asked.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut all = Vec::new();
        for row in rows {
            let (file, body) = row?;
            let body: Value = serde_json::from_str(&body).unwrap_or_default();
            let mut media = body["media"].as_array().into_iter().flatten().filter(|one| one["path"] == json!(file));
            all.extend(media.next().and_then(|one| serde_json::from_value(one.clone()).ok()));
        }
        Ok(all)
    }
}
