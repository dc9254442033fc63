use super::serve::settings;
use crate::hub::passwords::{self, LETTERS};
use crate::hub::store::{By, NewUser, Role, Sqlite, Users};
use anyhow::{Context, Result, anyhow, bail};
use chrono::Utc;
use clap::{Args, Subcommand};
use std::fs;
use std::path::{Path, PathBuf};

/// Lets people into the hub from the console: the first administrator, or one who has lost the password
#[derive(Args, Debug)]
pub struct UsersCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
    Password(Password),
    /// Prints who has an account
    List(Data),
}

/// Where the hub keeps everything
#[derive(Args, Debug)]
pub struct Data {
    /// The settings of the hub, as for `parvis-hub serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the hub; else that of the settings
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Adds somebody
#[derive(Args, Debug)]
struct Add {
    /// The address to sign in with
    email: String,
    #[arg(long)]
    name: String,
    /// contributor, moderator or administrator
    #[arg(long, default_value = "contributor")]
    role: String,
    /// A file with the password; asked for on the terminal when left out
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

/// Gives somebody another password and ends their sessions
#[derive(Args, Debug)]
struct Password {
    /// The address that they sign in with
    email: String,
    /// A file with the password; asked for on the terminal when left out
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

impl UsersCommand {
    /// # Errors
    /// When there is no hub in the folder, or what was asked for is not possible.
    pub fn run(self) -> Result<()> {
        let by = By { who: "console", now: Utc::now() };
        match self.command {
            Command::Add(add) => {
                let role = Role::parse(&add.role);
                let role = role.ok_or_else(|| anyhow!("--role: contributor, moderator or administrator"))?;
                let store = add.data.open()?;
                let hashed = hashed(add.password_file.as_deref())?;
                let (email, name) = (add.email.as_str(), add.name.as_str());
                store.add_user(&NewUser { email, name, role, password: &hashed, language: "fr" }, by)?;
                println!("{email} can sign in as {}", role.name());
            }
            Command::Password(password) => {
                let store = password.data.open()?;
                let user = store.user_by_email(&password.email)?;
                let user = user.with_context(|| format!("{} has no account", password.email))?;
                store.change_password(user.id, &hashed(password.password_file.as_deref())?, by)?;
                println!("{} signs in with the new password from now on", user.email);
            }
            Command::List(data) => {
                for user in data.open()?.users()? {
                    let blocked = if user.is_blocked { ", blocked" } else { "" };
                    println!("{}: {}, {}{blocked}", user.email, user.name, user.role.name());
                }
            }
        }
        Ok(())
    }
}

impl Data {
    /// # Errors
    /// When the settings are not understood.
    pub fn folder(&self) -> Result<PathBuf> {
        match &self.data {
            Some(folder) => Ok(folder.clone()),
            None => Ok(PathBuf::from(settings(self.config.as_deref())?.data)),
        }
    }

    fn open(&self) -> Result<Sqlite> {
        let folder = self.folder()?;
        if !folder.join("hub.db").exists() {
            bail!("{}: there is no hub; `parvis-hub serve` begins one", folder.display());
        }
        Sqlite::open(&folder).with_context(|| folder.display().to_string())
    }
}

/// A password from a file, else from the terminal, as the hub keeps it.
///
/// # Errors
/// When none can be read, or it has too few or too many letters.
pub fn hashed(file: Option<&Path>) -> Result<String> {
    let password = match file {
        Some(path) => fs::read_to_string(path).with_context(|| path.display().to_string())?,
        None => rpassword::prompt_password("Password: ").context("no password was read")?,
    };
    let password = password.trim_end_matches(['\r', '\n']);
    if !LETTERS.contains(&password.chars().count()) {
        bail!("a password has {} to {} characters", LETTERS.start(), LETTERS.end());
    }
    passwords::hash(password).map_err(|why| anyhow!(why))
}
