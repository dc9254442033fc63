//! `parvis render`: draws screens into PNG files, with the spoken tree beside them when asked.

use crate::content::{Bulletin, Common, Id};
use crate::language::Language;
use crate::player::almanac::Almanac;
use crate::player::clock::{Clock, Trust};
use crate::player::drawing::Drawing;
use crate::player::following::{Content, Fresh};
use crate::player::kiosk::Setup;
use crate::player::media::Gallery;
use crate::player::opening::{Opened, Standing, open_demo, open_path};
use crate::player::profile::Profile;
use crate::player::render::{Shot, Studio};
use crate::player::screen::Screen;
use crate::player::signage::{self, Station};
use crate::player::stored::StoreFollower;
use crate::player::theme::Theme;
use crate::player::visitor::{Mode, Visitor};
use crate::store::{Folder, Store};
use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Args, Debug)]
#[command(after_help = super::render_serve::HELP)]
pub struct RenderArgs {
    #[command(flatten)]
    wish: Wish,
    /// Where the picture goes
    #[arg(short, long, required_unless_present_any = ["all_screens", "serve"])]
    out: Option<PathBuf>,
    /// Where the spoken tree goes
    #[arg(long)]
    tree: Option<PathBuf>,
    /// What draws; both give the same picture, the processor in a tenth of the time
    #[arg(long, value_enum, default_value = "processor")]
    drawing: Drawing,
    /// Draws every screen into this folder, numbered
    #[arg(long, value_name = "DIR", conflicts_with_all = ["screen", "out", "tree"])]
    all_screens: Option<PathBuf>,
    /// Draws what is asked for on standard input, one JSON object a line, until it ends; see below
    #[arg(long, conflicts_with_all = ["screen", "out", "tree", "all_screens"])]
    serve: bool,
    /// With --serve: ends rather than take more memory than this
    #[arg(long, value_name = "MIB", requires = "serve", value_parser = clap::value_parser!(u32).range(64..))]
    memory_mib: Option<u32>,
}

/// The screen of a display that nobody touches.
pub const SIGNAGE: &str = "signage";

/// What to draw.
#[derive(Args, Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wish {
    /// Screen to draw: attract, home, near, agenda, event, places, place, guide, article, services, search, languages, access, about;
    /// or signage: what a display shows that nobody touches
    #[arg(required_unless_present_any = ["all_screens", "serve"])]
    pub screen: Option<String>,
    /// With signage or attract: plays this playlist, whatever is scheduled
    #[arg(long, value_name = "ID")]
    pub playlist: Option<String>,
    /// With signage or attract: shows this playlist item, whatever is scheduled
    #[arg(long, value_name = "ID", conflicts_with = "playlist")]
    pub item: Option<String>,
    /// Item to show on event, place, article or services; the first one when left out
    #[arg(long)]
    pub id: Option<String>,
    /// Content directory or document; the demo town when left out
    #[arg(long)]
    pub content: Option<PathBuf>,
    /// A display's store: what `parvis play` would show of it
    #[arg(long, value_name = "DIR", conflicts_with = "content")]
    pub store: Option<PathBuf>,
    /// Visitor's language: fr, en, it, de, es, nl, ar or zh
    #[arg(long, default_value = "fr")]
    pub lang: String,
    /// Modes, separated by commas: contrast, large, reach, easy
    #[arg(long, value_delimiter = ',')]
    pub access: Vec<String>,
    /// Display profile, by name or as a file
    #[arg(long, default_value = "totem-portrait")]
    pub profile: String,
    /// Theme, by name or as a file
    #[arg(long)]
    pub theme: Option<String>,
    /// Draws the panel with this many pixels, such as 540x960
    #[arg(long)]
    pub size: Option<String>,
    /// The moment to show, such as 2026-06-01T20:00:00+02:00; now when left out
    #[arg(long)]
    pub at: Option<DateTime<chrono::FixedOffset>>,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            screen: None,
            playlist: None,
            item: None,
            id: None,
            content: None,
            store: None,
            lang: "fr".to_owned(),
            access: Vec::new(),
            profile: "totem-portrait".to_owned(),
            theme: None,
            size: None,
            at: None,
        }
    }
}

impl Wish {
    pub fn moment(&self) -> DateTime<Utc> {
        self.at.map_or_else(Utc::now, |at| at.to_utc())
    }

    /// The kiosk that shows it; with this content, where it has been opened before with the same theme.
    pub fn setup(&self, known: Option<Known>) -> Result<Setup> {
        let profile = profile(&self.profile, self.size.as_deref())?;
        let known = known.map_or_else(|| self.open(profile.facing_degrees), Ok)?;
        let Known { almanac, gallery, trust, bulletin } = known;
        let theme = theme(self.theme.as_deref().unwrap_or(&almanac.catalog.town.theme))?;
        let (first_language, clock) = (self.language()?, Clock::Frozen(self.moment()));
        Ok(Setup { almanac, gallery, profile, theme, preview: false, first_language, clock, trust, bulletin })
    }

    fn open(&self, facing_degrees: f64) -> Result<Known> {
        let standing = Standing { position: None, facing_degrees };
        let named = self.theme.clone();
        let dress = move |opened: Opened| {
            let theme = named.as_deref().map_or_else(|| theme_of_town(&opened.almanac.catalog.town.theme), theme)?;
            let Opened { almanac, gallery, .. } = opened.dressed(&theme);
            Ok(Content { almanac: Arc::new(almanac), gallery, theme, preview: false })
        };
        let mut fresh = Fresh::default();
        if let Some(folder) = &self.store {
            if !folder.is_dir() {
                bail!("{}: there is no store; `parvis sync --store {0}` begins one", folder.display());
            }
            let store = Store::new(Arc::new(Folder::new(folder)));
            let told = dress.clone();
            let told = move |opened| told(opened).map_err(|error: anyhow::Error| format!("{error:#}"));
            let mut follower = StoreFollower::new(store, standing, Box::new(told));
            if self.at.is_some() {
                follower = follower.with_trusted_clock();
            }
            fresh = begin(&mut follower, folder);
        }
        let content = match fresh.content {
            Some(content) => content,
            None => dress(open(self.content.as_deref(), self.moment(), standing)?)?,
        };
        let Content { almanac, gallery, .. } = content;
        let (trust, bulletin) = (fresh.trust.unwrap_or_default(), fresh.bulletin.unwrap_or_default());
        Ok(Known { almanac, gallery, trust, bulletin })
    }

    pub fn language(&self) -> Result<Language> {
        Language::parse(&self.lang).ok_or_else(|| anyhow!("\"{}\" is not one of the kiosk's languages", self.lang))
    }

    /// What signage is to show: on the whole panel, or in the window of a kiosk's attract screen.
    pub fn station(&self, almanac: &Almanac, profile: &Profile) -> Result<Station> {
        let schedule = &almanac.catalog.schedule;
        let wish = match (&self.playlist, &self.item) {
            (Some(id), _) => {
                signage::Wish::Playlist(known(id, schedule.playlists.iter().map(|it| &it.common), "playlist")?)
            }
            (None, Some(id)) => {
                signage::Wish::Item(known(id, schedule.items.iter().map(|it| &it.common), "playlist item")?)
            }
            (None, None) => signage::Wish::Schedule,
        };
        Ok(Station::at(almanac, profile, self.language()?, wish))
    }

    /// Somebody who looks at the screen of this name. Whoever has come further than home has read the warnings on the way.
    pub fn visitor(&self, name: &str, almanac: &Almanac, bulletin: &Bulletin) -> Result<Visitor> {
        let mut visitor = Visitor::nobody(self.language()?);
        visitor.modes.extend(modes(&self.access)?);
        let id = self.id.clone().map(Id).or_else(|| first_item(name, almanac, self.moment()));
        begin_at(&mut visitor, name, id)?;
        if !matches!(visitor.screen(), Screen::Attract | Screen::Home) {
            let alerts = [bulletin, &almanac.catalog.bulletin].map(|bulletin| &bulletin.alerts);
            visitor.read.acknowledge(&alerts.into_iter().flatten().collect::<Vec<_>>());
        }
        Ok(visitor)
    }
}

/// An id that is there; else those that are.
fn known<'a>(id: &str, commons: impl Iterator<Item = &'a Common>, kind: &str) -> Result<Id> {
    const SHOWN: usize = 20;
    let ids: Vec<&str> = commons.map(|common| common.id.as_str()).collect();
    if ids.contains(&id) {
        return Ok(Id(id.to_owned()));
    }
    let more = if ids.len() > SHOWN { " and more" } else { "" };
    let some = ids.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    bail!("there is no {kind} \"{id}\"; there are: {}{more}", if some.is_empty() { "none" } else { &some })
}

/// Content that has been opened.
#[derive(Clone)]
pub struct Known {
    pub almanac: Arc<Almanac>,
    pub gallery: Gallery,
    pub trust: Trust,
    pub bulletin: Arc<Bulletin>,
}

/// Takes a visitor to the screen of this name, as if by way of home.
pub fn begin_at(visitor: &mut Visitor, name: &str, id: Option<Id>) -> Result<()> {
    let screen = Screen::parse(name, id)
        .ok_or_else(|| anyhow!("there is no screen \"{name}\"; there are: {}", Screen::NAMES.join(", ")))?;
    if screen != Screen::Attract {
        visitor.home();
        visitor.open(screen);
    }
    Ok(())
}

pub fn run(args: &RenderArgs) -> Result<()> {
    if args.serve {
        let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
        return super::render_serve::serve((args.drawing, args.memory_mib), input, output);
    }
    let wish = &args.wish;
    let setup = wish.setup(None)?;
    let (almanac, bulletin) = (setup.almanac.clone(), setup.bulletin.clone());
    let station = wish.station(&almanac, &setup.profile)?;
    let visitor = match wish.screen.as_deref() {
        Some(SIGNAGE) => Some(Visitor::nobody(station.languages[0])),
        Some(name) => Some(wish.visitor(name, &almanac, &bulletin)?),
        None => None,
    };
    let mut studio = Studio::new(setup, args.drawing);
    play(&mut studio, station, wish.screen.as_deref().unwrap_or_default());
    if let Some(folder) = &args.all_screens {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        for (number, name) in Screen::NAMES.into_iter().enumerate() {
            let out = folder.join(format!("{:02}-{name}.png", number + 1));
            studio.seat(wish.visitor(name, &almanac, &bulletin)?);
            draw(&mut studio, &out, None)?;
            eprintln!("{} of {}: {}", number + 1, Screen::NAMES.len(), out.display());
        }
        return Ok(());
    }
    let (Some(visitor), Some(out)) = (visitor, &args.out) else {
        bail!("name a screen and a file: parvis render home -o home.png")
    };
    studio.seat(visitor);
    draw(&mut studio, out, args.tree.as_deref())?;
    Ok(())
}

/// Signage alone, or as it stands between visitors.
pub fn play(studio: &mut Studio, station: Station, screen: &str) {
    studio.kiosk().display = Some(station.display.clone());
    if screen == SIGNAGE {
        studio.play_signage(station);
    } else {
        studio.play_between(station);
    }
}

/// Writes the picture, and the tree where one is asked for.
pub fn draw(studio: &mut Studio, out: &Path, tree: Option<&Path>) -> Result<Shot> {
    let shot = studio.shoot().map_err(|reason| anyhow!(reason))?;
    shot.save(out).map_err(|reason| anyhow!(reason))?;
    if let Some(path) = tree {
        let elements = studio.tree();
        std::fs::write(path, serde_json::to_string_pretty(&elements)?).with_context(|| path.display().to_string())?;
    }
    Ok(shot)
}

/// What a store has to show, and says what in it could not be used. Nothing in it is no reason not to start.
pub fn begin(follower: &mut StoreFollower, folder: &Path) -> Fresh {
    let (fresh, problems) = follower.begin();
    for problem in problems {
        eprintln!("{}: {problem}", folder.display());
    }
    fresh
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
    let (width, height): (u32, u32) = parsed.ok_or_else(|| anyhow!("\"{size}\" is no size; write it like 540x960"))?;
    if !(100..=16_384).contains(&width) || !(100..=16_384).contains(&height) {
        bail!("\"{size}\" cannot be drawn: a side has 100 to 16384 px");
    }
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

/// The theme that a town's content names; the house theme where there is none of that name.
pub fn theme_of_town(name: &str) -> Result<Theme> {
    theme(name).or_else(|error| {
        eprintln!("town.json: theme: {error:#}");
        theme("")
    })
}

fn modes(names: &[String]) -> Result<Vec<Mode>> {
    let mode = |name: &String| {
        let found = Mode::ALL.into_iter().find(|mode| mode.name() == name);
        found.ok_or_else(|| anyhow!("\"{name}\" is no access mode; there are: contrast, large, reach, easy"))
    };
    names.iter().map(mode).collect()
}

/// The first item that a screen about one item can show.
fn first_item(screen: &str, almanac: &Almanac, now: DateTime<Utc>) -> Option<Id> {
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
