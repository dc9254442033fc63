use super::progress::ProgressLine;
use crate::import::fetch::Pace;
use crate::import::new_town::{ACCESLIBRE_KEY, DATATOURISME_KEY, Keys, Made, NewTown, OPENAGENDA_KEY, Services};
use anyhow::{Context, anyhow};
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use std::fs;
use std::path::{Path, PathBuf};

/// Makes a town
#[derive(Args, Debug)]
pub struct TownCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(New),
}

/// Makes a filled town from what is public
///
/// Its boundary, map, places and town hall need no key. With PARVIS_HUB_OPENAGENDA_KEY, PARVIS_HUB_DATATOURISME_KEY and
/// PARVIS_HUB_ACCESLIBRE_KEY set, its agenda, its tourist office's places and events, and the access to its buildings
/// come too. What cannot be had is named and skipped.
#[derive(Args, Debug)]
pub struct New {
    /// The town's name or its INSEE code: Albi, 81004
    town: String,
    /// The folder to make; usually one of the town's name
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Other services than the public ones of France, as in kiosk-config/services.toml
    #[arg(long, value_name = "FILE.toml")]
    services: Option<PathBuf>,
    /// Asks servers without waiting between requests: for servers of one's own
    #[arg(long)]
    unhurried: bool,
}

impl TownCommand {
    /// # Errors
    /// When there is no such town, or nothing can be written.
    pub fn run(self) -> anyhow::Result<()> {
        let Command::New(new) = self.command;
        new.run(Utc::now())
    }
}

impl New {
    /// Makes a town into a folder without a word on the terminal.
    ///
    /// # Errors
    /// When there is no such town, no service answers, or nothing can be written.
    #[expect(clippy::disallowed_methods, reason = "what is brought in is brought in now")]
    pub fn made(town: &str, folder: PathBuf, services: Option<PathBuf>) -> anyhow::Result<()> {
        let new = Self { town: town.to_owned(), out: Some(folder), services, unhurried: false };
        new.make(Utc::now(), &mut |_, _, _| {}).map(drop)
    }

    fn run(self, now: DateTime<Utc>) -> anyhow::Result<()> {
        let mut line = ProgressLine::new();
        let made = self.make(now, &mut |doing, done, total| line.show(doing, done, total));
        line.end();
        let (made, folder) = made?;
        tell(&made, &folder);
        Ok(())
    }

    fn make(&self, now: DateTime<Utc>, show: &mut dyn FnMut(&str, u64, u64)) -> anyhow::Result<(Made, PathBuf)> {
        let services = match &self.services {
            Some(path) => {
                let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
                Services::parse(&text).map_err(|error| anyhow!("{}: {error}", path.display()))?
            }
            None => Services::built_in().map_err(anyhow::Error::msg)?,
        };
        let key = |name| std::env::var(name).ok().filter(|key| !key.is_empty());
        let keys = Keys {
            acceslibre: key(ACCESLIBRE_KEY).is_some(),
            openagenda: key(OPENAGENDA_KEY),
            datatourisme: key(DATATOURISME_KEY).is_some(),
        };
        let folder = self.out.clone().unwrap_or_else(|| PathBuf::from(folder_name(&self.town)));
        let pace = if self.unhurried { Pace::unhurried() } else { Pace::default() };
        let town = NewTown { services: &services, keys, folder: folder.clone(), pace, now };
        let made =
            town.make(&self.town, &mut |part, step| show(&format!("{part}: {}", step.doing), step.done, step.total));
        Ok((made.map_err(anyhow::Error::msg)?, folder))
    }
}

/// A folder's name of a town's: `Saint-Étienne` is `saint-étienne`.
fn folder_name(town: &str) -> String {
    let plain: String = town.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    plain.trim_matches('-').to_owned()
}

fn tell(made: &Made, folder: &Path) {
    println!("{} ({})", made.name, made.code);
    for part in &made.parts {
        match &part.outcome {
            Ok(holds) => println!("  {}: {holds}", part.name),
            Err(reason) => println!("  {}: SKIPPED: {reason}", part.name),
        }
    }
    let shown = folder.display();
    println!("{} items in {shown}/content", made.items);
    println!("proposed: profile {}, theme in {}; both stand in {shown}/kiosk.toml", made.profile, made.theme);
    println!("To bring it up to date later:\n  parvis-hub import --all {shown}/sources.toml");
    println!("To see it:\n  parvis play --config {shown}/kiosk.toml --content {shown}/content --windowed 540x960");
}
