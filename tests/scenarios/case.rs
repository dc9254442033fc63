//! One scenario: a folder with `test.toml`, played step by step.

use super::stage::{Beginning, Stage};
use super::{errors, hands, picture, tree_text};
use bevy::input::touch::TouchPhase;
use bevy::prelude::{Outline, Vec2};
use chrono::{DateTime, FixedOffset};
use parvis::language::Language;
use parvis::player::drawing::Drawing;
use parvis::player::focus::Focus;
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
    #[serde(default = "demo")]
    content: String,
    #[serde(default)]
    access: Vec<String>,
    #[serde(default = "attract")]
    screen: String,
    id: Option<String>,
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

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// A tap on what has this name, begins with it, or contains it.
    Touch(String),
    /// A finger from the middle of this, so many mm to the right and down.
    Drag {
        on: String,
        by_mm: [f32; 2],
    },
    /// A second finger taps the second while the first is held on the first, which then lets go.
    TwoFingers([String; 2]),
    Key(String),
    /// So often Tab goes once round everything that can be touched, and each in turn wears the ring.
    TabRound(u32),
    WaitSecs(u32),
    /// Sets the clock.
    At(DateTime<FixedOffset>),
    ExpectScreen(String),
    ExpectLanguage(String),
    /// The name of what wears the ring contains this.
    ExpectFocus(String),
    ExpectText(String),
    ExpectNoText(String),
    Tree(String),
    Shot(String),
}

thread_local! {
    static STAGE: RefCell<Option<Stage>> = const { RefCell::new(None) };
}

/// Ends the kiosk that the cases were played on.
pub fn end_stage() {
    STAGE.set(None);
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
        for case in list(&area)? {
            let name = case.strip_prefix(&root).unwrap_or(&case).display().to_string();
            cases.push((name, case));
        }
    }
    Ok(cases)
}

/// Plays the case of this folder.
pub fn play(folder: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(folder.join("test.toml")).map_err(|error| format!("test.toml: {error}"))?;
    let case: Case = toml::from_str(&text).map_err(|error| error.to_string())?;
    all_are_named(folder, &case)?;
    let language =
        Language::parse(&case.language).ok_or_else(|| format!("there is no language \"{}\"", case.language))?;
    let beginning = Beginning {
        at: case.at.to_utc(),
        profile: case.profile.clone(),
        language,
        content: case.content.clone(),
        access: case.access.clone(),
        screen: case.screen.clone(),
        id: case.id.clone(),
    };
    on_stage(&beginning, |stage| {
        errors::take();
        let mut player = Player { stage, folder, checked: String::new() };
        player.keep_rules(0)?;
        for (at, step) in case.steps.iter().enumerate() {
            let number = at + 1;
            player.step(step).map_err(|reason| format!("step {number}, {step:?}: {reason}"))?;
            player.keep_rules(number)?;
        }
        let errors = errors::take();
        if errors.is_empty() { Ok(()) } else { Err(format!("logged as errors:\n{}", errors.join("\n"))) }
    })
}

/// Begins on the one kiosk that draws.
pub fn on_stage<T>(beginning: &Beginning, play: impl FnOnce(&mut Stage) -> Result<T, String>) -> Result<T, String> {
    STAGE.with_borrow_mut(|stage| match stage {
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

/// Every expectation in the folder is used by a step.
fn all_are_named(folder: &Path, case: &Case) -> Result<(), String> {
    let named = |name: &str| {
        name == "test.toml"
            || name.contains(".actual.")
            || name.contains(".diff.")
            || case.steps.iter().any(|step| matches!(step, Step::Tree(file) | Step::Shot(file) if file == name))
    };
    let entries = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
    let strays: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().display().to_string()).filter(|name| !named(name)).collect();
    if strays.is_empty() { Ok(()) } else { Err(format!("no step names {}", strays.join(", "))) }
}

struct Player<'a> {
    stage: &'a mut Stage,
    folder: &'a Path,
    /// The tree for which the rules were last asked.
    checked: String,
}

impl Player<'_> {
    fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Touch(name) => {
                let at = hands::find(self.stage, name)?;
                hands::tap(&mut self.stage.studio, at);
            }
            Step::Drag { on, by_mm } => {
                let from = hands::find(self.stage, on)?;
                let by = Vec2::from(*by_mm) * self.stage.studio.kiosk().profile.px_per_mm();
                hands::drag(&mut self.stage.studio, from, by);
            }
            Step::TwoFingers([first, second]) => self.two_fingers(first, second)?,
            Step::Key(name) => hands::key(&mut self.stage.studio, hands::key_named(name)?),
            Step::TabRound(rounds) => (0..*rounds).try_for_each(|_| self.tab_round())?,
            Step::WaitSecs(secs) => self.stage.wait(*secs),
            Step::At(at) => self.stage.set_clock(at.to_utc()),
            Step::ExpectScreen(name) => {
                let screen = self.stage.studio.kiosk().visitor.screen().name();
                expect(screen == name, || format!("the screen is \"{screen}\""))?;
            }
            Step::ExpectLanguage(tag) => {
                let language = self.stage.studio.kiosk().visitor.language.tag();
                expect(language == tag, || format!("the language is {language}"))?;
            }
            Step::ExpectFocus(name) => {
                let ringed = self.ringed()?;
                expect(ringed.contains(name), || format!("the ring is on \"{ringed}\""))?;
            }
            Step::ExpectText(text) => {
                let names = self.names();
                expect(names.iter().any(|name| name.contains(text)), || {
                    format!("there is:\n    {}", names.join("\n    "))
                })?;
            }
            Step::ExpectNoText(text) => {
                let found = self.names().into_iter().find(|name| name.contains(text));
                expect(found.is_none(), || format!("there is \"{}\"", found.unwrap_or_default()))?;
            }
            Step::Tree(file) => self.compare_tree(file)?,
            Step::Shot(file) => {
                let shot = self.stage.studio.shoot()?;
                picture::compare(&shot, &self.folder.join(file), is_blessing())?;
            }
        }
        Ok(())
    }

    /// Rules are asked again whenever something else is on screen.
    fn keep_rules(&mut self, number: usize) -> Result<(), String> {
        let tree = self.tree_text();
        if tree == self.checked {
            return Ok(());
        }
        let (faults, shot) = self.stage.faults()?;
        self.checked = tree;
        if !faults.is_empty() {
            picture::keep(&shot, &self.folder.join("faults.actual.png"))?;
        }
        expect(faults.is_empty(), || format!("after step {number} these rules are broken:\n  {}", faults.join("\n  ")))
    }

    fn tree_text(&mut self) -> String {
        let language = self.stage.studio.kiosk().visitor.language.tag();
        tree_text::write(&self.stage.tree(), language)
    }

    fn names(&mut self) -> Vec<String> {
        self.stage.tree().into_iter().map(|element| element.name).collect()
    }

    fn compare_tree(&mut self, file: &str) -> Result<(), String> {
        let actual = self.tree_text();
        let path = self.folder.join(file);
        if is_blessing() {
            return std::fs::write(&path, actual).map_err(|error| error.to_string());
        }
        let expected = std::fs::read_to_string(&path).map_err(|error| format!("{error}; PARVIS_BLESS=1 writes it"))?;
        let lines = tree_text::difference(&expected, &actual);
        expect(lines.is_empty(), || format!("the tree is different:\n{}", lines.join("\n")))
    }

    fn two_fingers(&mut self, first: &str, second: &str) -> Result<(), String> {
        let (one, other) = (hands::find(self.stage, first)?, hands::find(self.stage, second)?);
        let studio = &mut self.stage.studio;
        studio.advance(hands::PAUSE);
        hands::finger(studio, 1, TouchPhase::Started, one);
        hands::finger(studio, 2, TouchPhase::Started, other);
        hands::finger(studio, 2, TouchPhase::Ended, other);
        hands::finger(studio, 1, TouchPhase::Ended, one);
        Ok(())
    }

    /// What wears the ring.
    fn ringed(&mut self) -> Result<String, String> {
        let tree = self.stage.tree();
        let world = self.stage.studio.world();
        let focused = world.resource::<Focus>().entity().ok_or("nothing has the focus")?;
        let ring = world.get::<Outline>(focused).is_some_and(|ring| ring.width != bevy::ui::Val::ZERO);
        expect(ring, || "what has the focus wears no ring".to_owned())?;
        let rings = world.query::<&Outline>().iter(world).count();
        expect(rings == 1, || format!("{rings} things wear the ring"))?;
        let element = tree.iter().find(|element| element.entity == Some(focused));
        element.map(|element| element.name.clone()).ok_or_else(|| "what has the focus is out of sight".to_owned())
    }

    fn tab_round(&mut self) -> Result<(), String> {
        let tree = self.stage.tree();
        let names: Vec<&str> =
            tree.iter().filter(|element| element.touchable).map(|element| element.name.as_str()).collect();
        let mut met = Vec::new();
        self.stage.studio.world().resource_mut::<Focus>().hide();
        for _ in 0..names.len() {
            hands::key(&mut self.stage.studio, bevy::prelude::KeyCode::Tab);
            met.push(self.ringed()?);
        }
        expect(met == names, || format!("the ring went to {met:?}, and there are {names:?}"))?;
        hands::key(&mut self.stage.studio, bevy::prelude::KeyCode::Tab);
        let again = self.ringed()?;
        expect(names.first().is_some_and(|first| *first == again), || {
            format!("after the last the ring went to \"{again}\"")
        })
    }
}

fn expect(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}

fn is_blessing() -> bool {
    std::env::var_os("PARVIS_BLESS").is_some()
}
