//! Every screen in every language, on every display and in every mode, held against the rules alone.

use super::stage::{Beginning, Mood, Stage};
use super::{case, errors};
use chrono::{DateTime, FixedOffset, Utc};
use parvis::content::{Bulletin, read_document};
use parvis::language::Language;
use parvis::player::clock::Trust;
use parvis::player::drawing::Drawing;
use parvis::player::screen::Screen;
use parvis::player::signage::Wish;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

/// `sweep.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sweep {
    at: DateTime<FixedOffset>,
    over: Vec<Over>,
}

/// Every profile with every language with every set of modes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Over {
    /// Drawn, with its pictures, for the rules that look at pixels; else only laid out.
    drawn: bool,
    /// Only screens about one item, and those about many an item.
    #[serde(default)]
    items: bool,
    /// With the warnings and figures of `sweep.bulletin.json`.
    #[serde(default)]
    warned: bool,
    /// Nobody has read them yet.
    #[serde(default)]
    unread: bool,
    /// With a clock that nobody believes.
    #[serde(default)]
    doubted: bool,
    profiles: Vec<String>,
    languages: Vec<String>,
    access: Vec<Vec<String>>,
}

/// Screens about one item.
const OF_ITEMS: [&str; 4] = ["event", "place", "article", "service"];
/// Of the places, one in so many is looked at: there are a thousand, and many differ in their names only.
const PLACES_APART: usize = 10;

/// Problems of a screen, each with where it was met.
type Faults = BTreeMap<String, BTreeMap<String, Vec<String>>>;

pub fn run() -> Result<(), String> {
    let file = case::root().join("sweep.toml");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("sweep.toml: {error}"))?;
    let sweep: Sweep = toml::from_str(&text).map_err(|error| error.to_string())?;
    let mut faults = Faults::new();
    let mut blind = None;
    for over in &sweep.over {
        let begun = Instant::now();
        let beginnings = beginnings(sweep.at.to_utc(), over)?;
        let mood = mood(over)?;
        let mut seen = 0_u32;
        for beginning in &beginnings {
            if over.drawn {
                seen += case::on_stage(beginning, |stage| {
                    stage.mood = mood.clone();
                    let seen = look_at(stage, beginning, over, &mut faults);
                    stage.mood = Mood::default();
                    seen
                })?;
            } else {
                let stage = match &mut blind {
                    Some(stage) => stage,
                    None => blind.insert(Stage::start(beginning, Drawing::Processor)?),
                };
                stage.mood = mood.clone();
                seen += look_at(stage, beginning, over, &mut faults)?;
            }
        }
        let each = begun.elapsed().as_secs_f32() / seen.max(1) as f32;
        println!("sweep: {seen} screens {}, {each:.2} s each", if over.drawn { "drawn" } else { "laid out" });
    }
    if faults.is_empty() { Ok(()) } else { Err(report(&faults)) }
}

fn mood(over: &Over) -> Result<Mood, String> {
    let mut mood = Mood::default();
    if over.warned {
        let json = std::fs::read(case::root().join("sweep.bulletin.json")).map_err(|error| error.to_string())?;
        let read = read_document("sweep.bulletin.json", &json);
        if let Some(problem) = read.problems.first() {
            return Err(problem.to_string());
        }
        mood.bulletin = Arc::new(Bulletin::new(read.items));
        mood.read = !over.unread;
    }
    if over.doubted {
        mood.trust = Trust::Doubted { floor: DateTime::UNIX_EPOCH };
    }
    Ok(mood)
}

fn beginnings(at: DateTime<Utc>, over: &Over) -> Result<Vec<Beginning>, String> {
    let mut beginnings = Vec::new();
    for profile in &over.profiles {
        for tag in &over.languages {
            let language = Language::parse(tag).ok_or_else(|| format!("there is no language \"{tag}\""))?;
            let begin = |access: &Vec<String>, screen: &str| Beginning {
                at,
                profile: profile.clone(),
                language,
                content: "demo".to_owned(),
                signed: false,
                access: access.clone(),
                screen: screen.to_owned(),
                id: None,
                drills: false,
                wish: Wish::Schedule,
            };
            let names = match over {
                Over { items: true, .. } => &OF_ITEMS[..],
                // Over any other screen a warning looks as over home.
                Over { unread: true, .. } => &["attract", "home"],
                _ => &Screen::NAMES[..],
            };
            let screens = |access| names.iter().map(move |screen| begin(access, screen));
            beginnings.extend(over.access.iter().flat_map(screens));
        }
    }
    Ok(beginnings)
}

/// Looks at the screen; of a screen about one item, the first and the one with the longest title, or many. Returns how
/// many.
fn look_at(stage: &mut Stage, beginning: &Beginning, over: &Over, faults: &mut Faults) -> Result<u32, String> {
    let of = |id: String| Beginning { id: Some(id), ..beginning.clone() };
    let shown: Vec<Beginning> = if over.items {
        let apart = if beginning.screen == "place" { PLACES_APART } else { 1 };
        stage.items(&beginning.screen).into_iter().step_by(apart).map(of).collect()
    } else {
        let longest = stage.longest_title(&beginning.screen, beginning.language).map(of);
        std::iter::once(beginning.clone()).chain(longest).collect()
    };
    for beginning in &shown {
        errors::take();
        let found = if over.drawn {
            stage.begin(beginning)?;
            stage.faults()?.0
        } else {
            stage.lay_out(beginning)?
        };
        let mut place = vec![beginning.profile.clone(), beginning.language.tag().to_owned()];
        place.extend(beginning.access.iter().cloned());
        place.extend(beginning.id.clone());
        let logged = errors::take().into_iter().map(|error| format!("logged as an error: {error}"));
        for fault in found.into_iter().chain(logged) {
            faults.entry(beginning.screen.clone()).or_default().entry(fault).or_default().push(place.join(" "));
        }
    }
    Ok(shown.len() as u32)
}

fn report(faults: &Faults) -> String {
    let mut lines = Vec::new();
    for (screen, problems) in faults {
        lines.push(format!("{screen}: {} problems", problems.len()));
        for (problem, places) in problems {
            lines.push(format!("  {problem}\n      {}", places.join(", ")));
        }
    }
    lines.join("\n")
}
