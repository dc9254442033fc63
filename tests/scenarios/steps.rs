//! The steps of a scenario: what a visitor does, and what must be there to see and to hear.

use super::stage::{Beginning, Stage};
use super::{hands, picture, tree_text};
use bevy::input::touch::TouchPhase;
use bevy::prelude::{KeyCode, Outline, Vec2};
use chrono::{DateTime, FixedOffset};
use parvis::player::focus::Focus;
use parvis::publication::{ALERTS, LIVE};
use parvis::store::ClockNote;
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// One thing done or looked at. A name is that of an element of the tree: all of it, its begin, or a part.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A tap on the one thing to touch that has this name.
    Touch(String),
    /// Taps the letter keys of the keyboard on screen, one after the other.
    Type(String),
    /// A finger from the middle of this, so many mm to the right and down.
    Drag {
        on: String,
        by_mm: [f32; 2],
    },
    /// A finger where the first is draws the list up, again and again, until the second is in sight.
    ScrollTo {
        from: String,
        to: String,
    },
    /// A second finger taps the second while the first is held on the first, which then lets go.
    TwoFingers([String; 2]),
    Key(String),
    /// Tab until the ring is on what has this name; then Enter.
    Walk(String),
    /// So often Tab goes once round everything that can be touched, and each in turn wears the ring.
    TabRound(u32),
    WaitSecs(u32),
    /// Lets time pass, at most so many seconds, until the kiosk asks whether anybody is there.
    WaitForPrompt(u32),
    /// Sets the clock.
    At(DateTime<FixedOffset>),
    /// The content of this folder takes the place of what there is.
    Publish(String),
    /// The document of the delegated role that the file is named after.
    Announce(String),
    /// Something speaks against the clock, or nothing does any more.
    Doubt(bool),
    Store(StoreState),
    ExpectScreen(String),
    ExpectLanguage(String),
    /// The name of what wears the ring contains this.
    ExpectFocus(String),
    /// These are there.
    See(Words),
    /// None of these is there.
    NotSee(Words),
    /// These are there, each after the one before it.
    SeeInOrder(Vec<String>),
    /// This is there, in this state: "selected", "on", "off".
    ExpectState([String; 2]),
    /// Keeps what is there now under this word.
    Remember(String),
    /// All is as it was at that word.
    ExpectSame(String),
    Tree(String),
    Shot(String),
}

/// What becomes of the store under the running player.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreState {
    Emptied,
    Mended,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Words {
    One(String),
    Many(Vec<String>),
}

impl Words {
    fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

impl Step {
    /// The file or folder it needs.
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Tree(file) | Self::Shot(file) | Self::Publish(file) | Self::Announce(file) => Some(file),
            _ => None,
        }
    }

    /// It only looks; nothing on screen is different after it.
    pub fn only_looks(&self) -> bool {
        match self {
            Self::Touch(_) | Self::Type(_) | Self::Drag { .. } | Self::ScrollTo { .. } | Self::TwoFingers(_) => false,
            Self::Key(_) | Self::Walk(_) | Self::TabRound(_) => false,
            Self::WaitSecs(_) | Self::WaitForPrompt(_) | Self::At(_) | Self::Publish(_) => false,
            Self::Announce(_) | Self::Doubt(_) | Self::Store(_) => false,
            Self::ExpectScreen(_) | Self::ExpectLanguage(_) | Self::ExpectFocus(_) | Self::ExpectState(_) => true,
            Self::See(_) | Self::NotSee(_) | Self::SeeInOrder(_) => true,
            Self::Remember(_) | Self::ExpectSame(_) | Self::Tree(_) | Self::Shot(_) => true,
        }
    }

    pub fn is_by_hand(&self) -> bool {
        matches!(self, Self::Touch(_) | Self::Type(_) | Self::Drag { .. } | Self::ScrollTo { .. } | Self::TwoFingers(_))
    }
}

thread_local! {
    /// What the rules have been asked of, and found in order.
    static SOUND: RefCell<HashSet<String>> = RefCell::default();
}

pub struct Player<'a> {
    stage: &'a mut Stage,
    folder: &'a Path,
    profile: &'a str,
    remembered: BTreeMap<String, String>,
}

impl<'a> Player<'a> {
    pub fn new(stage: &'a mut Stage, folder: &'a Path, beginning: &'a Beginning) -> Self {
        Self { stage, folder, profile: &beginning.profile, remembered: BTreeMap::new() }
    }

    pub fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Touch(name) => {
                let at = hands::find(self.stage, name)?;
                hands::tap(&mut self.stage.studio, at);
            }
            Step::Type(text) => self.type_text(text)?,
            Step::Drag { on, by_mm } => {
                let from = hands::find(self.stage, on)?;
                let by = Vec2::from(*by_mm) * self.stage.studio.kiosk().profile.px_per_mm();
                hands::drag(&mut self.stage.studio, from, by);
            }
            Step::ScrollTo { from, to } => self.scroll_to(from, to)?,
            Step::TwoFingers([first, second]) => self.two_fingers(first, second)?,
            Step::Key(name) => hands::key(&mut self.stage.studio, hands::key_named(name)?),
            Step::Walk(name) => self.walk(name)?,
            Step::TabRound(rounds) => (0..*rounds).try_for_each(|_| self.tab_round())?,
            Step::WaitSecs(secs) => self.stage.wait(*secs),
            Step::WaitForPrompt(secs) => {
                expect(self.stage.wait_for_prompt(*secs), || "nobody was asked".to_owned())?;
            }
            Step::At(at) => self.stage.set_clock(at.to_utc()),
            Step::Publish(content) => self.stage.publish(&self.folder.join(content))?,
            Step::Announce(file) => self.announce(file)?,
            Step::Doubt(doubt) => {
                let floor = self.stage.now();
                let evidence = doubt.then(|| "it is earlier than it was".to_owned());
                let store = &self.stage.signed()?.town.store;
                store.note_clock(&ClockNote { evidence, floor }).map_err(|error| error.to_string())?;
                self.look_at_store()?;
            }
            Step::Store(state) => {
                let town = &self.stage.signed()?.town;
                match state {
                    StoreState::Emptied => town.empty()?,
                    StoreState::Mended => town.mend()?,
                }
                self.look_at_store()?;
            }
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
            Step::See(words) => self.see(words.all())?,
            Step::NotSee(words) => self.not_see(words.all())?,
            Step::SeeInOrder(words) => self.see_in_order(words)?,
            Step::ExpectState([name, state]) => self.expect_state(name, state)?,
            Step::Remember(word) => {
                let tree = self.tree_text();
                self.remembered.insert(word.clone(), tree);
            }
            Step::ExpectSame(word) => self.expect_same(word)?,
            Step::Tree(file) => self.compare_tree(file)?,
            Step::Shot(file) => {
                let shot = self.stage.studio.shoot()?;
                picture::compare(&shot, &self.folder.join(file), is_blessing())?;
            }
        }
        Ok(())
    }

    fn announce(&mut self, file: &str) -> Result<(), String> {
        let document = std::fs::read_to_string(self.folder.join(file)).map_err(|error| error.to_string())?;
        let role = if file.starts_with("live") { LIVE } else { ALERTS };
        self.stage.signed()?.town.announce(role, &document)?;
        self.look_at_store()
    }

    fn look_at_store(&mut self) -> Result<(), String> {
        self.stage.follow()?;
        self.stage.studio.settle();
        Ok(())
    }

    /// Rules are asked of whatever no case has had on screen before.
    pub fn keep_rules(&mut self, number: usize) -> Result<(), String> {
        let tree = self.tree_text();
        let look = self.stage.look();
        let sight = format!("{} {look}\n{tree}", self.profile);
        if SOUND.with_borrow(|sound| sound.contains(&sight)) {
            return Ok(());
        }
        let (faults, shot) = self.stage.faults()?;
        if faults.is_empty() {
            SOUND.with_borrow_mut(|sound| sound.insert(sight));
            return Ok(());
        }
        picture::keep(&shot, &self.folder.join("faults.actual.png"))?;
        Err(format!("after step {number} these rules are broken:\n  {}", faults.join("\n  ")))
    }

    fn tree_text(&mut self) -> String {
        let language = self.stage.studio.kiosk().visitor.language.tag();
        tree_text::write(&self.stage.tree(), language)
    }

    fn names(&mut self) -> Vec<String> {
        self.stage.tree().into_iter().map(|element| tree_text::plain(&element.name)).collect()
    }

    fn see(&mut self, words: &[String]) -> Result<(), String> {
        let names = self.names();
        let missing = words.iter().find(|word| !names.iter().any(|name| name.contains(*word)));
        expect(missing.is_none(), || {
            format!("there is no \"{}\"; there is:\n    {}", missing.map_or("", String::as_str), names.join("\n    "))
        })
    }

    fn not_see(&mut self, words: &[String]) -> Result<(), String> {
        let found = self.names().into_iter().find(|name| words.iter().any(|word| name.contains(word)));
        expect(found.is_none(), || format!("there is \"{}\"", found.unwrap_or_default()))
    }

    fn see_in_order(&mut self, words: &[String]) -> Result<(), String> {
        let names = self.names();
        let mut rest = names.iter();
        let missing = words.iter().find(|word| !rest.any(|name| name.contains(*word)));
        expect(missing.is_none(), || {
            let missing = missing.map_or("", String::as_str);
            format!("\"{missing}\" does not stand where it should; there is:\n    {}", names.join("\n    "))
        })
    }

    fn expect_state(&mut self, name: &str, state: &str) -> Result<(), String> {
        let tree = self.stage.tree();
        let found = hands::called(&tree, name, |_| true)?;
        expect(found.state == state, || format!("it is \"{}\"", found.state))
    }

    fn expect_same(&mut self, word: &str) -> Result<(), String> {
        let now = self.tree_text();
        let then = self.remembered.get(word).ok_or_else(|| format!("nothing was remembered as \"{word}\""))?;
        let lines = tree_text::difference(then, &now);
        expect(lines.is_empty(), || format!("it is different:\n{}", lines.join("\n")))
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

    fn type_text(&mut self, text: &str) -> Result<(), String> {
        for letter in text.chars() {
            let key = letter.to_uppercase().to_string();
            let tree = self.stage.tree();
            let found = tree.iter().find(|element| element.touchable && element.name == key);
            let at = hands::middle(self.stage, found.ok_or_else(|| format!("there is no key \"{key}\""))?);
            hands::tap(&mut self.stage.studio, at);
        }
        Ok(())
    }

    fn scroll_to(&mut self, from: &str, to: &str) -> Result<(), String> {
        const BY_MM: f32 = -150.0;
        let from = hands::find(self.stage, from)?;
        let by = Vec2::new(0.0, BY_MM * self.stage.studio.kiosk().profile.px_per_mm());
        let mut before = Vec::new();
        loop {
            let names = self.names();
            if names.iter().any(|name| name.contains(to)) {
                return Ok(());
            }
            expect(names != before, || format!("at the end there is:\n    {}", names.join("\n    ")))?;
            before = names;
            hands::drag(&mut self.stage.studio, from, by);
        }
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

    fn walk(&mut self, name: &str) -> Result<(), String> {
        const STEPS_MAX: u32 = 80;
        let tree = self.stage.tree();
        let wanted = hands::called(&tree, name, |element| element.touchable)?;
        for _ in 0..STEPS_MAX {
            hands::key(&mut self.stage.studio, KeyCode::Tab);
            // Its node may be another by now: rows are built anew as a list moves.
            if self.ringed()? == wanted.name {
                hands::key(&mut self.stage.studio, KeyCode::Enter);
                return Ok(());
            }
        }
        Err(format!("the ring never came to \"{}\"", wanted.name))
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
            hands::key(&mut self.stage.studio, KeyCode::Tab);
            met.push(self.ringed()?);
        }
        expect(met == names, || format!("the ring went to {met:?}, and there are {names:?}"))?;
        hands::key(&mut self.stage.studio, KeyCode::Tab);
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
