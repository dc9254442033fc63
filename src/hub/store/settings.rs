//! What the town decided once: its name, its colours, whether it is set up.

use super::{By, Result, Sqlite};
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

/// The setting that stands as long as displays show something that was decided to go.
pub const DUE: &str = "publication-due";

pub trait Settings {
    /// What is set by this name.
    ///
    /// # Errors
    /// Those of the store.
    fn setting(&self, key: &str) -> Result<Option<Value>>;

    /// # Errors
    /// Those of the store.
    fn set(&self, key: &str, value: &Value, by: By<'_>) -> Result<()>;
}

impl Settings for Sqlite {
    fn setting(&self, key: &str) -> Result<Option<Value>> {
        let asked = "SELECT value FROM settings WHERE key = ?1";
        let text: Option<String> = self.read().query_row(asked, [key], |row| row.get(0)).optional()?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    fn set(&self, key: &str, value: &Value, by: By<'_>) -> Result<()> {
        self.change(by, ("set", key), |whole| {
            let text = value.to_string();
            whole.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)", params![key, text])?;
            Ok(((), Some(text)))
        })
    }
}
