//! One scenario: a folder with `test.toml`. What a step does stands in `steps`.

use super::errors;
use super::stage::{Beginning, Stage};
use super::steps::{Player, Step};
use chrono::{DateTime, FixedOffset};
use parvis::content::Id;
use parvis::language::Language;
use parvis::player::drawing::Drawing;
use parvis::player::signage::Wish;
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// `test.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The instant at which it begins; the clock stands still but for `wait_secs` and `at` steps.
    at: DateTime<FixedOffset>,
    #[serde(default = "totem")]
    profile: String,
    #[serde(default = "french")]
    language: String,
    /// `demo`, or a folder in that of the case.
    #[serde(default = "demo")]
    content: String,
    /// It is published by a town that signs, and shown from the store.
    #[serde(default)]
    signed: bool,
    #[serde(default)]
    access: Vec<String>,
    #[serde(default = "attract")]
    screen: String,
    id: Option<String>,
    /// With the screen `signage` or `attract`: one item or playlist, whatever is scheduled.
    item: Option<String>,
    playlist: Option<String>,
    /// The display shows tests and exercises.
    #[serde(default)]
    drills: bool,
    /// Of its steps no more than so many are touches.
    touches_at_most: Option<usize>,
    steps: Vec<Step>,
}

fn totem() -> String {
    "totem-portrait".to_owned()
}

fn french() -> String {
    "fr".to_owned()
}

fn demo() -> String {
    "demo".to_owned()
}

fn attract() -> String {
    "attract".to_owned()
}

thread_local! {
    static STAGE: RefCell<Option<Stage>> = const { RefCell::new(None) };
    /// A panel that nobody touches never was a kiosk.
    static PANEL: RefCell<Option<Stage>> = const { RefCell::new(None) };
}

/// Ends the kiosk that the cases were played on.
pub fn end_stage() {
    STAGE.set(None);
    PANEL.set(None);
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

/// Every case: its name and folder.
pub fn folders() -> Result<Vec<(String, PathBuf)>, String> {
    let list = |folder: &Path| -> Result<BTreeSet<PathBuf>, String> {
        let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect())
    };
    let root = root();
    let mut cases = Vec::new();
    for area in list(&root)? {
        // What several cases of an area share is none of them.
        for case in list(&area)?.into_iter().filter(|case| !case.ends_with("content")) {
            let name = case.strip_prefix(&root).unwrap_or(&case).display().to_string();
            cases.push((name, case));
        }
    }
    Ok(cases)
}

fn read(folder: &Path) -> Result<(Case, Beginning), String> {
    let text = std::fs::read_to_string(folder.join("test.toml")).map_err(|error| format!("test.toml: {error}"))?;
    let case: Case = toml::from_str(&text).map_err(|error| error.to_string())?;
    let language =
        Language::parse(&case.language).ok_or_else(|| format!("there is no language \"{}\"", case.language))?;
    let content = if case.content == "demo" { demo() } else { folder.join(&case.content).display().to_string() };
    let beginning = Beginning {
        at: case.at.to_utc(),
        profile: case.profile.clone(),
        language,
        content,
        signed: case.signed,
        access: case.access.clone(),
        screen: case.screen.clone(),
        id: case.id.clone(),
        drills: case.drills,
        wish: match (&case.item, &case.playlist) {
            (Some(item), _) => Wish::Item(Id(item.clone())),
            (None, Some(playlist)) => Wish::Playlist(Id(playlist.clone())),
            (None, None) => Wish::Schedule,
        },
    };
    Ok((case, beginning))
}

/// How the case of this folder begins.
pub fn beginning(folder: &Path) -> Result<Beginning, String> {
    read(folder).map(|(_, beginning)| beginning)
}

/// Plays the case of this folder.
pub fn play(folder: &Path) -> Result<(), String> {
    let (case, beginning) = read(folder)?;
    all_are_named(folder, &case)?;
    few_touches(&case)?;
    on_stage(&beginning, |stage| {
        errors::take();
        let mut player = Player::new(stage, folder, &beginning);
        player.keep_rules(0)?;
        for (at, step) in case.steps.iter().enumerate() {
            let number = at + 1;
            player.step(step).map_err(|reason| format!("step {number}, {step:?}: {reason}"))?;
            if !step.only_looks() {
                player.keep_rules(number)?;
            }
        }
        let errors = errors::take();
        if errors.is_empty() { Ok(()) } else { Err(format!("logged as errors:\n{}", errors.join("\n"))) }
    })
}

/// Begins on the one kiosk that draws.
pub fn on_stage<T>(beginning: &Beginning, play: impl FnOnce(&mut Stage) -> Result<T, String>) -> Result<T, String> {
    let stage = if beginning.is_signage() { &PANEL } else { &STAGE };
    stage.with_borrow_mut(|stage| match stage {
        Some(stage) => {
            stage.begin(beginning)?;
            play(stage)
        }
        None => play(stage.insert(Stage::start(beginning, Drawing::Processor)?)),
    })
}

/// Goes on with the kiosk that draws, as the last scenario left it.
pub fn on_stage_as_it_is<T>(play: impl FnOnce(&mut Stage) -> Result<T, String>) -> Result<T, String> {
    STAGE.with_borrow_mut(|stage| play(stage.as_mut().ok_or("nothing has been drawn yet")?))
}

/// Every file in the folder is used by a step.
fn all_are_named(folder: &Path, case: &Case) -> Result<(), String> {
    let named = |name: &str| {
        name == "test.toml"
            || name == case.content
            || name.contains(".actual.")
            || name.contains(".diff.")
            || case.steps.iter().any(|step| step.file() == Some(name))
    };
    let entries = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
    let strays: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().display().to_string()).filter(|name| !named(name)).collect();
    if strays.is_empty() { Ok(()) } else { Err(format!("no step names {}", strays.join(", "))) }
}

fn few_touches(case: &Case) -> Result<(), String> {
    let touches = case.steps.iter().filter(|step| step.is_by_hand()).count();
    match case.touches_at_most {
        Some(most) if touches > most => Err(format!("it takes {touches} touches, not {most}")),
        _ => Ok(()),
    }
}
