use super::delegated::tidy_now_and_then;
use super::passphrase::PassphraseFrom;
use super::raise::Raise;
use crate::content::{Alert, Severity, Town};
use crate::hub::{self, ALERTS, BUNDLE, Keyring, SNAPSHOT, Signing, Site, TIMESTAMP, Unlocked, Warning};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::path::PathBuf;

/// Raises and clears warnings one by one
#[derive(Args, Debug)]
pub struct AlertCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Raise(Box<Raise>),
    Clear(Clear),
    List(List),
}

/// The publication, and the keys that it was signed with.
#[derive(Args, Debug)]
pub struct Where {
    /// The folder of the publication
    #[arg(long, visible_alias = "out", value_name = "DIR")]
    pub publication: PathBuf,
    /// The folder of keys
    #[arg(long, value_name = "DIR")]
    pub keys: PathBuf,
}

impl Where {
    /// # Errors
    /// When there are no keys.
    pub fn open(&self) -> anyhow::Result<(Keyring, Site)> {
        Ok((Keyring::open(&self.keys)?, Site::new(&self.publication)))
    }
}

/// The town as it is published. A warning does not wait for it to be mended.
pub fn town(ring: &Keyring, site: &Site) -> Town {
    hub::town(ring, site).unwrap_or_else(|error| {
        eprintln!("{error}");
        Town::default()
    })
}

/// The keys that sign a warning, in memory.
///
/// # Errors
/// When the passphrase cannot be read or is not theirs.
pub fn unlock(ring: &Keyring, passphrase: &PassphraseFrom) -> anyhow::Result<Unlocked> {
    Ok(ring.unlock_roles(&[ALERTS, SNAPSHOT, TIMESTAMP, BUNDLE], &passphrase.read()?, &[])?)
}

/// Takes warnings back
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("which").required(true))]
struct Clear {
    /// The warning, as `parvis-hub alert list` names it
    #[arg(value_name = "ID", group = "which")]
    id: Option<String>,
    /// Every warning that stands, those of weather services too if they were published here
    #[arg(long, group = "which")]
    all: bool,
    /// Only from this display group, may be given more than once; without it from every group
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    passphrase: PassphraseFrom,
}

/// Says what stands, since when, until when and for whom; and what is prepared
#[derive(Args, Debug)]
struct List {
    #[command(flatten)]
    place: Where,
}

impl AlertCommand {
    /// # Errors
    /// When it cannot be done; then what stands is as it was.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Raise(raise) => raise.run(),
            Command::Clear(clear) => clear.run(),
            Command::List(list) => list.run(),
        }
    }
}

impl Clear {
    fn run(self) -> anyhow::Result<()> {
        let (ring, site) = self.place.open()?;
        let unlocked = unlock(&ring, &self.passphrase)?;
        let signing = Signing { ring: &ring, unlocked: &unlocked, site: &site, now: Timestamp::now() };
        let cleared = hub::clear(&signing, self.id.as_deref(), &self.groups)?;
        println!("cleared {} for {}", cleared.ids.join(", "), cleared.groups.join(", "));
        tidy_now_and_then(&site, cleared.versions.get(ALERTS))
    }
}

impl List {
    fn run(self) -> anyhow::Result<()> {
        let (ring, site) = self.place.open()?;
        let (town, now) = (town(&ring, &site), Utc::now());
        let standing = hub::standing(&ring, &site)?;
        if standing.is_empty() {
            println!("no warning stands");
        }
        for warning in &standing {
            println!("{}", line(warning, &town, now));
        }
        let prepared = hub::prepared(&ring, &site, None)?;
        if !prepared.is_empty() {
            println!("prepared, to be put in force with `parvis-hub alert raise --prepared ID`:");
        }
        for Warning { alert, groups } in &prepared {
            let drill = if alert.drill { "drill, " } else { "" };
            let severity = severity(alert.severity);
            println!("  {}  {drill}{severity}  {}  {}", alert.common.id, groups.join(", "), title(alert, &town));
        }
        Ok(())
    }
}

/// "pack:flood  extreme  in force since 2026-05-01 12:00, until 2026-05-02 12:00  default  Flood".
fn line(Warning { alert, groups }: &Warning, town: &Town, now: DateTime<Utc>) -> String {
    let valid = alert.common.valid;
    let begins = match valid.from {
        _ if valid.until.is_some_and(|until| until <= now) => "ended".to_owned(),
        Some(from) if from > now => format!("from {}", local(from, town)),
        Some(from) => format!("in force since {}", local(from, town)),
        None => "in force".to_owned(),
    };
    let ends =
        valid.until.map_or_else(|| "until it is cleared".to_owned(), |until| format!("until {}", local(until, town)));
    let drill = if alert.drill { "drill, " } else { "" };
    let (id, severity) = (&alert.common.id, severity(alert.severity));
    format!("{id}  {drill}{severity}  {begins}, {ends}  {}  {}", groups.join(", "), title(alert, town))
}

fn title(alert: &Alert, town: &Town) -> String {
    let language = town.fallback.first().map_or("", String::as_str);
    alert.common.title.pick(language, &town.fallback).map(|(_, title)| title.text.clone()).unwrap_or_default()
}

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Minor => "minor",
        Severity::Moderate => "moderate",
        Severity::Severe => "severe",
        Severity::Extreme => "extreme",
    }
}

/// A moment as the town's clocks show it.
pub fn local(at: DateTime<Utc>, town: &Town) -> String {
    let zone: Tz = town.zone.parse().unwrap_or(Tz::UTC);
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}
