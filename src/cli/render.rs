//! `parvis render`: draws screens into PNG files, with the spoken tree beside them when asked.

use crate::content::Id;
use crate::language::Language;
use crate::player::clock::Clock;
use crate::player::kiosk::Setup;
use crate::player::opening::{Opened, Standing, open_demo, open_path};
use crate::player::profile::Profile;
use crate::player::render::Studio;
use crate::player::screen::Screen;
use crate::player::theme::Theme;
use crate::player::visitor::{Mode, Visitor};
use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Args, Debug)]
pub struct RenderArgs {
    /// Screen to draw: attract, home, near, agenda, event, places, place, guide, article, services, search, languages, access, about
    #[arg(required_unless_present = "all_screens")]
    screen: Option<String>,
    /// Item to show on event, place, article or services; the first one when left out
    #[arg(long)]
    id: Option<String>,
    /// Content directory or document; the demo town when left out
    #[arg(long)]
    content: Option<PathBuf>,
    /// Visitor's language: fr, en, it, de, es, nl, ar or zh
    #[arg(long, default_value = "fr")]
    lang: String,
    /// Modes, separated by commas: contrast, large, reach, easy
    #[arg(long, value_delimiter = ',')]
    access: Vec<String>,
    /// Display profile, by name or as a file
    #[arg(long, default_value = "totem-portrait")]
    profile: String,
    /// Theme, by name or as a file
    #[arg(long)]
    theme: Option<String>,
    /// Draws the panel with this many pixels, such as 540x960
    #[arg(long)]
    size: Option<String>,
    /// The moment to show, such as 2026-06-01T20:00:00+02:00; now when left out
    #[arg(long)]
    at: Option<DateTime<chrono::FixedOffset>>,
    /// Where the picture goes
    #[arg(short, long, required_unless_present = "all_screens")]
    out: Option<PathBuf>,
    /// Where the spoken tree goes
    #[arg(long)]
    tree: Option<PathBuf>,
    /// Draws every screen into this folder, numbered
    #[arg(long, value_name = "DIR", conflicts_with_all = ["screen", "out", "tree"])]
    all_screens: Option<PathBuf>,
}

pub fn run(args: &RenderArgs) -> Result<()> {
    let now = args.at.map_or_else(Utc::now, |at| at.to_utc());
    let profile = profile(&args.profile, args.size.as_deref())?;
    let language =
        Language::parse(&args.lang).ok_or_else(|| anyhow!("\"{}\" is not one of the kiosk's languages", args.lang))?;
    let standing = Standing { position: None, facing_degrees: profile.facing_degrees };
    let opened = open(args.content.as_deref(), now, standing)?;
    let theme = theme(args.theme.as_deref().unwrap_or(&opened.almanac.catalog.town.theme))?;
    let opened = opened.dressed(&theme);
    let modes = modes(&args.access)?;
    let setup = Setup {
        almanac: Arc::new(opened.almanac),
        gallery: opened.gallery,
        profile,
        theme,
        preview: false,
        first_language: language,
        clock: Clock::Frozen(now),
    };
    let almanac = setup.almanac.clone();
    let mut studio = Studio::new(setup);
    let visitor_at = |name: &str| -> Result<Visitor> {
        let mut visitor = Visitor::nobody(language);
        visitor.modes.extend(modes.iter().copied());
        let id = args.id.clone().map(Id).or_else(|| first_item(name, &almanac, now));
        let screen = Screen::parse(name, id)
            .ok_or_else(|| anyhow!("there is no screen \"{name}\"; there are: {}", Screen::NAMES.join(", ")))?;
        if screen != Screen::Attract {
            visitor.home();
            visitor.open(screen);
        }
        Ok(visitor)
    };
    if let Some(folder) = &args.all_screens {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        for (number, name) in Screen::NAMES.into_iter().enumerate() {
            let out = folder.join(format!("{:02}-{name}.png", number + 1));
            studio.seat(visitor_at(name)?);
            draw(&mut studio, &out, None)?;
            eprintln!("{} of {}: {}", number + 1, Screen::NAMES.len(), out.display());
        }
        return Ok(());
    }
    let (Some(name), Some(out)) = (&args.screen, &args.out) else {
        bail!("name a screen and a file: parvis render home -o home.png")
    };
    studio.seat(visitor_at(name)?);
    draw(&mut studio, out, args.tree.as_deref())
}

fn draw(studio: &mut Studio, out: &Path, tree: Option<&Path>) -> Result<()> {
    let shot = studio.shoot().map_err(|reason| anyhow!(reason))?;
    shot.save(out).map_err(|reason| anyhow!(reason))?;
    if let Some(path) = tree {
        let elements = studio.tree();
        std::fs::write(path, serde_json::to_string_pretty(&elements)?).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Opens the content asked for and says what in it could not be used.
pub fn open(content: Option<&Path>, now: DateTime<Utc>, standing: Standing) -> Result<Opened> {
    let opened = match content {
        Some(path) => open_path(path, standing).map_err(|reason| anyhow!(reason))?,
        None => open_demo(now, standing),
    };
    for problem in &opened.problems {
        eprintln!("{problem}");
    }
    Ok(opened)
}

/// A profile by name or file, with other pixels when asked.
pub fn profile(name: &str, size: Option<&str>) -> Result<Profile> {
    let profile = if name.ends_with(".toml") {
        let text = std::fs::read_to_string(name).with_context(|| name.to_owned())?;
        Profile::parse(&text).map_err(|reason| anyhow!("{name}: {reason}"))?
    } else {
        Profile::shipped(name).map_err(|reason| anyhow!(reason))?
    };
    let Some(size) = size else { return Ok(profile) };
    let parsed = size.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    let (width, height) = parsed.ok_or_else(|| anyhow!("\"{size}\" is no size; write it like 540x960"))?;
    Ok(profile.with_pixels(width, height))
}

/// A logo of more bytes is refused unread.
const LOGO_MAX_BYTES: u64 = 4 << 20;

/// A theme by name or file; the house theme when none is named.
pub fn theme(name: &str) -> Result<Theme> {
    if name.ends_with(".toml") {
        let text = std::fs::read_to_string(name).with_context(|| name.to_owned())?;
        let folder = Path::new(name).parent().unwrap_or(Path::new("."));
        let beside = |file: &str| {
            let path = folder.join(file);
            let size = std::fs::metadata(&path).map_err(|error| error.to_string())?.len();
            if size > LOGO_MAX_BYTES {
                return Err(format!("{size} bytes are more than the {LOGO_MAX_BYTES} a logo may have"));
            }
            std::fs::read(&path).map_err(|error| error.to_string())
        };
        return Theme::parse(&text, beside).map_err(|reason| anyhow!("{name}: {reason}"));
    }
    Theme::shipped(if name.is_empty() { "parvis" } else { name }).map_err(|reason| anyhow!(reason))
}

fn modes(names: &[String]) -> Result<Vec<Mode>> {
    let mode = |name: &String| {
        let found = Mode::ALL.into_iter().find(|mode| mode.name() == name);
        found.ok_or_else(|| anyhow!("\"{name}\" is no access mode; there are: contrast, large, reach, easy"))
    };
    names.iter().map(mode).collect()
}

/// The first item that a screen about one item can show.
fn first_item(screen: &str, almanac: &crate::player::almanac::Almanac, now: DateTime<Utc>) -> Option<Id> {
    let catalog = &almanac.catalog;
    Some(match screen {
        "event" => {
            let coming = almanac.coming(now);
            let best = coming.iter().find(|event| event.status.takes_place()).or(coming.first()).copied();
            best.or(catalog.events.first())?.common.id.clone()
        }
        "place" => catalog.places.first()?.common.id.clone(),
        "article" => catalog.articles.first()?.common.id.clone(),
        "service" => catalog.services.first()?.common.id.clone(),
        _ => return None,
    })
}
