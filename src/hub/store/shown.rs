//! What visitors read, or will soon.

use super::{Result, Sqlite};

pub trait ShownItems {
    /// The ids and bodies of what is published or on its way there, of one kind, as staff have them now.
    ///
    /// # Errors
    /// Those of the store.
    fn shown_items(&self, kind: &str) -> Result<Vec<(String, String)>>;
}

impl ShownItems for Sqlite {
    fn shown_items(&self, kind: &str) -> Result<Vec<(String, String)>> {
        let db = self.read();
        let mut asked = db.prepare(
            "SELECT id, body FROM items
             WHERE kind = ?1 AND (published IS NOT NULL OR state IN ('ready', 'to_moderate')) ORDER BY title, id",
        )?;
        let rows = asked.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
