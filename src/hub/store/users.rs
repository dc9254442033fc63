//! Who may work in the hub.

use super::{By, Result, Sqlite, StoreError};
use rusqlite::{OptionalExtension, params};

/// What somebody may do; each may do what those before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Writes, and hands in.
    Contributor,
    /// Approves or refuses, publishes and withdraws.
    Moderator,
    /// Decides who works here, and everything about the town.
    Administrator,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Contributor, Self::Moderator, Self::Administrator];

    pub fn name(self) -> &'static str {
        match self {
            Self::Contributor => "contributor",
            Self::Moderator => "moderator",
            Self::Administrator => "administrator",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: i64,
    /// In small letters.
    pub email: String,
    pub name: String,
    pub role: Role,
    /// argon2id in PHC form.
    pub password: String,
    /// BCP 47 tag of the pages they see.
    pub language: String,
    pub is_blocked: bool,
}

#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    pub email: &'a str,
    pub name: &'a str,
    pub role: Role,
    /// argon2id in PHC form.
    pub password: &'a str,
    pub language: &'a str,
}

pub trait Users {
    /// All of them, by name.
    ///
    /// # Errors
    /// Those of the store.
    fn users(&self) -> Result<Vec<User>>;

    /// # Errors
    /// Those of the store.
    fn user_by_email(&self, email: &str) -> Result<Option<User>>;

    /// # Errors
    /// When there is one with this address, and those of the store.
    fn add_user(&self, user: &NewUser<'_>, by: By<'_>) -> Result<i64>;

    /// Blocks somebody and ends their sessions, or lets them in again.
    ///
    /// # Errors
    /// Those of the store.
    fn block_user(&self, id: i64, is_blocked: bool, by: By<'_>) -> Result<()>;

    /// Gives somebody another role; it holds with their next request.
    ///
    /// # Errors
    /// Those of the store.
    fn give_role(&self, id: i64, role: Role, by: By<'_>) -> Result<()>;

    /// Gives somebody another password and ends all their sessions.
    ///
    /// # Errors
    /// Those of the store.
    fn change_password(&self, id: i64, password: &str, by: By<'_>) -> Result<()>;
}

const COLUMNS: &str = "id, email, name, role, password, language, is_blocked";

pub(super) fn user_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<User> {
    let role: String = row.get(3)?;
    Ok(User {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        // A role that this program does not know may do the least.
        role: Role::parse(&role).unwrap_or(Role::Contributor),
        password: row.get(4)?,
        language: row.get(5)?,
        is_blocked: row.get(6)?,
    })
}

impl Users for Sqlite {
    fn users(&self) -> Result<Vec<User>> {
        let db = self.read();
        let mut asked = db.prepare(&format!("SELECT {COLUMNS} FROM users ORDER BY name, id"))?;
        let rows = asked.query_map([], user_of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn user_by_email(&self, email: &str) -> Result<Option<User>> {
        let asked = format!("SELECT {COLUMNS} FROM users WHERE email = ?1");
        Ok(self.read().query_row(&asked, [email.trim().to_lowercase()], user_of).optional()?)
    }

    fn add_user(&self, user: &NewUser<'_>, by: By<'_>) -> Result<i64> {
        let email = user.email.trim().to_lowercase();
        self.change(by, ("add user", &email), |whole| {
            let added =
                "INSERT OR IGNORE INTO users (email, name, role, password, language) VALUES (?1, ?2, ?3, ?4, ?5)";
            let role = user.role.name();
            let rows = whole.execute(added, params![email, user.name, role, user.password, user.language])?;
            if rows == 0 {
                return Err(StoreError::Taken(email.clone()));
            }
            Ok((whole.last_insert_rowid(), Some(format!("{}, {role}", user.name))))
        })
    }

    fn block_user(&self, id: i64, is_blocked: bool, by: By<'_>) -> Result<()> {
        let what = if is_blocked { "block user" } else { "unblock user" };
        self.change(by, (what, &id.to_string()), |whole| {
            whole.execute("UPDATE users SET is_blocked = ?2 WHERE id = ?1", params![id, is_blocked])?;
            if is_blocked {
                whole.execute("DELETE FROM sessions WHERE user = ?1", [id])?;
            }
            Ok(((), Some(String::new())))
        })
    }

    fn give_role(&self, id: i64, role: Role, by: By<'_>) -> Result<()> {
        self.change(by, ("give role", &id.to_string()), |whole| {
            whole.execute("UPDATE users SET role = ?2 WHERE id = ?1", params![id, role.name()])?;
            Ok(((), Some(role.name().to_owned())))
        })
    }

    fn change_password(&self, id: i64, password: &str, by: By<'_>) -> Result<()> {
        self.change(by, ("change password", &id.to_string()), |whole| {
            whole.execute("UPDATE users SET password = ?2 WHERE id = ?1", params![id, password])?;
            whole.execute("DELETE FROM sessions WHERE user = ?1", [id])?;
            Ok(((), Some(String::new())))
        })
    }
}
