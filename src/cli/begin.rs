use super::serve::settings;
use super::users::hashed;
use crate::hub::beginning::intend;
use crate::hub::store::{By, NewUser, Role, Sqlite, Users};
use anyhow::{Context, Result, bail};
use chrono::Utc;
use clap::Args;
use std::fs;
use std::path::PathBuf;

/// Says the two things that the set-up page asks: the name of the town, and who administers it
///
/// For machines that are set up without a browser. The next `parvis-hub serve` on the same folder fills the town, has its
/// keys made and publishes, as it does after the page.
#[derive(Args, Debug)]
pub struct Begin {
    /// The name of the town
    town: String,
    /// The address with which the administrator signs in
    #[arg(long)]
    email: String,
    /// The administrator's name
    #[arg(long)]
    name: String,
    /// A file with the password; asked for on the terminal when left out
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// The settings of the hub, as for `parvis-hub serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the hub; else that of the settings
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Begin {
    /// # Errors
    /// When somebody has an account already, the town has no name, or the folder cannot be written.
    pub fn run(self) -> Result<()> {
        let town = self.town.trim();
        if town.is_empty() || town.chars().count() > 200 {
            bail!("the name of a town has 1 to 200 characters");
        }
        let folder = match self.data {
            Some(folder) => folder,
            None => PathBuf::from(settings(self.config.as_deref())?.data),
        };
        let hashed = hashed(self.password_file.as_deref())?;
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let store = Sqlite::open(&folder).with_context(|| folder.display().to_string())?;
        if !store.users()?.is_empty() {
            bail!("{}: this hub has been begun; `parvis-hub users` lets others in", folder.display());
        }
        let now = Utc::now();
        // The town first: with an account and no town nothing would ever be set up.
        intend(&store, town, now)?;
        let (email, name) = (self.email.as_str(), self.name.as_str());
        let user = NewUser { email, name, role: Role::Administrator, password: &hashed, language: "fr" };
        store.add_user(&user, By { who: "console", now })?;
        println!("{town} is filled and published when `parvis-hub serve --data {}` starts", folder.display());
        Ok(())
    }
}
