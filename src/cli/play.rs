//! `parvis play`: the kiosk on this machine's display.

use super::render::{open, profile, theme};
use crate::language::Language;
use crate::player::clock::Clock;
use crate::player::kiosk::Setup;
use crate::player::opening::Standing;
use crate::player::play::{Stage, play};
use crate::player::settings::Settings;
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
    /// Content directory or document, shown with a preview mark; the demo town when left out
    #[arg(long, value_name = "PATH")]
    content: Option<PathBuf>,
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
}

#[expect(clippy::disallowed_methods, reason = "the clock of the display begins here")]
pub fn run(args: &PlayArgs) -> Result<()> {
    let began = Instant::now();
    let now = args.at.map_or_else(Utc::now, |at| at.to_utc());
    let clock = args.at.map_or(Clock::System, |at| Clock::From(at.to_utc()));
    let settings = settings(args)?;
    let windowed = args.windowed.as_deref().map(pixels).transpose()?;
    let stage = Stage {
        began,
        windowed,
        name: settings.display_name.clone(),
        waits: settings.waits,
        counts: settings.counts_folder.clone(),
    };
    play(stage, move || load(&settings, clock, now))
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
    if let Some(name) = &args.profile {
        settings.profile.clone_from(name);
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

/// All that the screens are made from: the slow part of starting.
fn load(settings: &Settings, clock: Clock, now: DateTime<Utc>) -> Result<Setup> {
    let mut profile = profile(&settings.profile, None)?;
    if let Some(degrees) = settings.facing_degrees {
        profile.facing_degrees = degrees;
    }
    let standing = Standing { position: settings.position, facing_degrees: profile.facing_degrees };
    let mut opened = open(settings.content.as_deref(), now, standing)?;
    opened.almanac.languages.clone_from(&settings.languages);
    let town = &mut opened.almanac.catalog.town;
    if !settings.desk_phone.is_empty() {
        town.desk.phone.clone_from(&settings.desk_phone);
    }
    let theme = theme(if settings.theme.is_empty() { &town.theme } else { &settings.theme })?;
    let opened = opened.dressed(&theme);
    Ok(Setup {
        almanac: Arc::new(opened.almanac),
        gallery: opened.gallery,
        profile,
        theme,
        // Nothing that can be played yet is signed.
        preview: true,
        first_language: settings.languages[0],
        clock,
    })
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
