//! `parvis play`: the kiosk on this machine's display.

use super::render::{begin, begin_at, open, profile, theme, theme_of_town};
use crate::content::Id;
use crate::device::socket::SOCKET;
use crate::language::Language;
use crate::player::clock::{Clock, Trust};
use crate::player::drawing::Drawing;
use crate::player::following::{Content, Follow, FollowedFolder, Watch};
use crate::player::kiosk::Setup;
use crate::player::opening::{Opened, Standing};
use crate::player::play::{Beginning, Stage, play};
use crate::player::profile::Profile;
use crate::player::sealed::{Refusal, seal};
use crate::player::settings::{Motion, Settings};
use crate::player::signage::Station;
use crate::player::signage_display::Kind;
use crate::player::stored::StoreFollower;
use crate::player::visitor::Visitor;
use crate::store::{Folder, Store};
use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, FixedOffset, Utc};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

#[derive(Args, Debug)]
pub struct PlayArgs {
    /// Settings of this display; kiosk-config/kiosk.toml says what can be set
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Content directory or document, shown with a preview mark; the signed store when left out
    #[arg(long, value_name = "PATH")]
    content: Option<PathBuf>,
    /// The store that `parvis sync` fills; the one of the settings when left out
    #[arg(long, value_name = "DIR", conflicts_with = "content")]
    store: Option<PathBuf>,
    /// A window of this size instead of the whole screen, such as 540x960
    #[arg(long, value_name = "WxH")]
    windowed: Option<String>,
    /// The moment from which the kiosk's clock runs, such as 2026-06-01T20:00:00+02:00; now when left out
    #[arg(long, value_name = "RFC3339")]
    at: Option<DateTime<FixedOffset>>,
    /// Display profile, by name or as a file
    #[arg(long)]
    profile: Option<String>,
    /// Language of a fresh screen: fr, en, it, de, es, nl, ar or zh
    #[arg(long)]
    lang: Option<String>,
    /// Theme, by name or as a file
    #[arg(long)]
    theme: Option<String>,
    /// A display that nobody touches: the whole panel for what the town has scheduled
    #[arg(long, conflicts_with = "screen")]
    signage: bool,
    /// The screen to begin with, as `parvis render` names them; attract when left out
    #[arg(long)]
    screen: Option<String>,
    /// The item that such a screen is about
    #[arg(long, requires = "screen")]
    id: Option<String>,
    /// What puts the picture on the panel
    #[arg(long, value_enum)]
    drawing: Option<Drawing>,
}

#[expect(clippy::disallowed_methods, reason = "the clock of the display begins here")]
pub fn run(args: &PlayArgs) -> Result<()> {
    let began = Instant::now();
    let now = args.at.map_or_else(Utc::now, |at| at.to_utc());
    let clock = args.at.map_or(Clock::System, |at| Clock::From(at.to_utc()));
    let settings = settings(args)?;
    let visitor = args.screen.as_deref().map(|name| visitor(name, args.id.as_deref(), &settings)).transpose()?;
    let windowed = args.windowed.as_deref().map(pixels).transpose()?;
    let stage = Stage {
        began,
        windowed,
        name: settings.display_name.clone(),
        waits: settings.waits,
        visitor,
        drawing: settings.drawing,
        motion: if settings.signage.still { Motion::Off } else { settings.motion },
        switch: settings.power.switch.clone(),
        films: !settings.signage.still,
        counts: settings.counts_folder.clone(),
        store: settings.store.clone().filter(|folder| settings.content.is_none() && folder.is_dir()),
    };
    if let Err(reason) = seal(Refusal::Denied) {
        eprintln!("parvis play: this kernel does not keep internet sockets from the player: {reason}");
    }
    play(stage, move || load(&settings, clock, now, began))
}

/// The file and the environment, with the options of the command line over them.
fn settings(args: &PlayArgs) -> Result<Settings> {
    let file = match &args.config {
        Some(path) => std::fs::read_to_string(path).with_context(|| path.display().to_string())?,
        None => String::new(),
    };
    let named = args.config.as_ref().map_or("kiosk.toml".to_owned(), |path| path.display().to_string());
    let mut settings = Settings::read(&file, std::env::vars()).map_err(|reason| anyhow!("{named}: {reason}"))?;
    if let Some(path) = &args.content {
        settings.content = Some(path.clone());
    }
    if let Some(path) = &args.store {
        (settings.store, settings.content) = (Some(path.clone()), None);
    }
    if let Some(name) = &args.profile {
        settings.profile.clone_from(name);
    }
    if args.signage {
        settings.kind = Kind::Signage;
    }
    if let Some(drawing) = args.drawing {
        settings.drawing = drawing;
    }
    if let Some(name) = &args.theme {
        settings.theme.clone_from(name);
    }
    if let Some(tag) = &args.lang {
        let language = Language::parse(tag).ok_or_else(|| anyhow!("\"{tag}\" is not one of the kiosk's languages"))?;
        settings.languages.retain(|other| *other != language);
        settings.languages.insert(0, language);
    }
    Ok(settings)
}

/// Somebody who has come as far as this screen.
fn visitor(name: &str, id: Option<&str>, settings: &Settings) -> Result<Visitor> {
    let mut visitor = Visitor::nobody(settings.languages[0]);
    begin_at(&mut visitor, name, id.map(|id| Id(id.to_owned())))?;
    Ok(visitor)
}

fn profile_of(settings: &Settings) -> Result<Profile> {
    let mut profile = profile(&settings.profile, None)?;
    if let Some(degrees) = settings.facing_degrees {
        profile.facing_degrees = degrees;
    }
    Ok(profile)
}

/// What is opened, with what the display's own settings say of it, and the theme it is shown in.
fn fit(settings: &Settings, mut opened: Opened, now: DateTime<Utc>, preview: bool) -> Result<Content> {
    opened.almanac.languages.clone_from(&settings.languages);
    if !settings.desk_phone.is_empty() {
        opened.almanac.catalog.town.desk.phone.clone_from(&settings.desk_phone);
    }
    let theme = if settings.theme.is_empty() {
        theme_of_town(&opened.almanac.catalog.town.theme)?
    } else {
        theme(&settings.theme)?
    };
    let Opened { almanac, gallery, .. } = opened.dressed(&theme);
    almanac.prepare(now);
    Ok(Content { almanac: Arc::new(almanac), gallery, theme, preview })
}

/// All that the screens are made from: the slow part of starting.
fn load(settings: &Settings, clock: Clock, now: DateTime<Utc>, began: Instant) -> Result<Beginning> {
    let profile = profile_of(settings)?;
    let standing = Standing { position: settings.position, facing_degrees: profile.facing_degrees };
    let mut trust = Trust::Believed;
    let mut bulletin = Arc::default();
    let mut version = None;
    let mut signed = None;
    let mut follow: Option<Box<dyn Follow>> = None;
    if let Some(path) = settings.content.clone() {
        let watch = Watch::new(path.clone());
        let settings = settings.clone();
        let reread = move || {
            let opened = open(Some(&path), now, standing);
            let opened = opened.and_then(|opened| fit(&settings, opened, clock.now(began.elapsed()), true));
            opened.map_err(|error| format!("{error:#}"))
        };
        follow = Some(Box::new(FollowedFolder { watch, reread: Box::new(reread) }));
    } else if let Some(folder) = &settings.store {
        let own = settings.clone();
        let dress =
            move |opened| fit(&own, opened, clock.now(began.elapsed()), false).map_err(|error| format!("{error:#}"));
        let store = Store::new(Arc::new(Folder::new(folder)));
        let mut follower = StoreFollower::new(store, standing, Box::new(dress)).told_at(folder.join(SOCKET));
        if !matches!(clock, Clock::System) {
            follower = follower.with_trusted_clock();
        }
        let fresh = begin(&mut follower, folder);
        trust = fresh.trust.unwrap_or_default();
        bulletin = fresh.bulletin.unwrap_or_default();
        (signed, version) = (fresh.content, fresh.version);
        follow = Some(Box::new(follower));
    }
    let content = match signed {
        Some(content) => content,
        // Nobody has signed the demo town either.
        None => fit(settings, open(settings.content.as_deref(), now, standing)?, now, true)?,
    };
    let Content { almanac, gallery, theme, preview } = content;
    let first_language = settings.languages[0];
    let setup = Setup { almanac, gallery, profile, theme, preview, first_language, clock, trust, bulletin };
    let station = Station::of(settings, &setup.almanac.catalog.town, &setup.profile);
    let station = match settings.kind {
        Kind::Signage => station,
        Kind::Kiosk => station.between_visitors(&setup.profile),
    };
    Ok(Beginning { setup, follow, version, station, settings: Arc::new(settings.clone()) })
}

fn pixels(size: &str) -> Result<(u32, u32)> {
    let parsed = size.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    match parsed {
        Some((width, height)) if (100..=16_384).contains(&width) && (100..=16_384).contains(&height) => {
            Ok((width, height))
        }
        _ => bail!("\"{size}\" is no size; write it like 540x960"),
    }
}
