//! Who is signed in, on which browser.

use super::users::user_of;
use super::{Result, Sqlite, User};
use crate::publication::Digest;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, params};

/// What the cookie of a browser holds is known only as this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionKey(Digest);

impl SessionKey {
    pub fn of(cookie: &str) -> Self {
        Self(Digest::of(cookie.as_bytes()))
    }
}

#[derive(Clone, Debug)]
pub struct Session {
    pub key: SessionKey,
    pub user: User,
    /// What every form of this session carries.
    pub form_token: String,
}

/// Nobody works so long without a break.
const IDLE_MAX: TimeDelta = TimeDelta::hours(12);
/// After it everybody signs in again.
const AGE_MAX: TimeDelta = TimeDelta::days(14);
/// A session says no more often that it was seen.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

pub trait Sessions {
    /// Begins a session, and forgets those that are over.
    ///
    /// # Errors
    /// Those of the store.
    fn begin_session(&self, key: SessionKey, user: i64, form_token: &str, now: DateTime<Utc>) -> Result<()>;

    /// The session of a browser while it lasts and its user is not blocked.
    ///
    /// # Errors
    /// Those of the store.
    fn session(&self, key: SessionKey, now: DateTime<Utc>) -> Result<Option<Session>>;

    /// # Errors
    /// Those of the store.
    fn end_session(&self, key: SessionKey) -> Result<()>;
}

impl Sessions for Sqlite {
    fn begin_session(&self, key: SessionKey, user: i64, form_token: &str, now: DateTime<Utc>) -> Result<()> {
        let mut db = self.read();
        let whole = db.transaction()?;
        let over = params![(now - AGE_MAX).timestamp(), (now - IDLE_MAX).timestamp()];
        whole.execute("DELETE FROM sessions WHERE begun < ?1 OR seen < ?2", over)?;
        whole.execute(
            "INSERT INTO sessions (key, user, form_token, begun, seen) VALUES (?1, ?2, ?3, ?4, ?4)",
            params![key.0.to_string().as_bytes(), user, form_token, now.timestamp()],
        )?;
        Ok(whole.commit()?)
    }

    fn session(&self, key: SessionKey, now: DateTime<Utc>) -> Result<Option<Session>> {
        let db = self.read();
        let text = key.0.to_string();
        let asked = "SELECT u.id, u.email, u.name, u.role, u.password, u.language, u.is_blocked, s.form_token, s.begun, \
                     s.seen FROM sessions s JOIN users u ON u.id = s.user WHERE s.key = ?1";
        let found: Option<(User, String, i64, i64)> = db
            .query_row(asked, [text.as_bytes()], |row| Ok((user_of(row)?, row.get(7)?, row.get(8)?, row.get(9)?)))
            .optional()?;
        let Some((user, form_token, begun, seen)) = found else { return Ok(None) };
        let is_over = begun < (now - AGE_MAX).timestamp() || seen < (now - IDLE_MAX).timestamp();
        if is_over || user.is_blocked {
            return Ok(None);
        }
        if seen < (now - SEEN_EVERY).timestamp() {
            db.execute("UPDATE sessions SET seen = ?2 WHERE key = ?1", params![text.as_bytes(), now.timestamp()])?;
        }
        Ok(Some(Session { key, user, form_token }))
    }

    fn end_session(&self, key: SessionKey) -> Result<()> {
        self.read().execute("DELETE FROM sessions WHERE key = ?1", [key.0.to_string().as_bytes()])?;
        Ok(())
    }
}
