//! From the first touch to the wipe: what an action does to the visitor, and when they have left.

use super::action::Action;
use super::screen::Screen;
use super::visitor::Visitor;
use crate::language::Language;
use crate::search::{Key, Layout};
use std::time::Duration;

/// Reading pace that the idle prompt waits for, in words a minute.
pub const WORDS_PER_MINUTE: f32 = 100.0;

/// The prompt comes after the longer of this and the time to read the screen.
pub const IDLE: Duration = Duration::from_secs(45);

/// Time to answer the prompt; it can be answered without limit (EN 301 549 11.2.2.1 asks 20 s, ten times).
pub const ANSWER: Duration = Duration::from_secs(30);

/// What [`Action::Reveal`] puts the keyboard of the search screen away and back with.
pub const NO_KEYBOARD: &str = "no-keyboard";

/// How long a display waits for its visitor; the town may set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    pub idle: Duration,
    pub answer: Duration,
}

impl Default for Waits {
    fn default() -> Self {
        Self { idle: IDLE, answer: ANSWER }
    }
}

impl Waits {
    /// How long a screen with this many words may lie untouched before the prompt.
    pub fn patience(self, words: usize) -> Duration {
        self.idle.max(Duration::from_secs_f32(words as f32 * 60.0 / WORDS_PER_MINUTE))
    }
}

/// Where an untouched session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Nobody has begun, or they are reading; asks again after this long.
    Reading(Option<Duration>),
    /// The prompt is up; this much time is left to answer.
    Asking(Duration),
    /// They have left.
    Gone,
}

/// What follows from the time since the last touch, on a screen with this many words.
pub fn idle(visitor: &Visitor, waits: Waits, words: usize, untouched: Duration) -> Idle {
    if !visitor.is_here() {
        return Idle::Reading(None);
    }
    let patience = waits.patience(words);
    match untouched.checked_sub(patience) {
        None => Idle::Reading(Some(patience.saturating_sub(untouched))),
        Some(asked) if asked < waits.answer => Idle::Asking(waits.answer.saturating_sub(asked)),
        Some(_) => Idle::Gone,
    }
}

/// Forgets everything the visitor set: language, needs, modes, pages, filters, typed text.
pub fn wipe(visitor: &mut Visitor, language: Language) {
    *visitor = Visitor::nobody(language);
}

/// Applies what a touch asked for. Pure: drawing follows from the visitor that results.
pub fn act(visitor: &mut Visitor, action: Action, first_language: Language) {
    visitor.asked = false;
    match action {
        Action::Navigate(Screen::Home) | Action::Home => visitor.home(),
        Action::Navigate(screen) => visitor.open(screen),
        Action::Open(screen, filter) => {
            visitor.open(screen);
            visitor.page_mut().filters.set(filter);
        }
        Action::Begin(item) => {
            visitor.home();
            visitor.page_mut().looking_at = item;
        }
        Action::Back => visitor.back(),
        Action::Speak(language) => {
            visitor.language = language;
            match visitor.screen() {
                Screen::Languages => visitor.back(),
                Screen::Attract => visitor.home(),
                _ => {}
            }
            visitor.page_mut().layout = None;
        }
        Action::ToggleNeed(need) => {
            if !visitor.needs.remove(&need) {
                visitor.needs.insert(need);
            }
        }
        Action::ToggleMode(mode) => {
            if !visitor.modes.remove(&mode) {
                visitor.modes.insert(mode);
            }
        }
        Action::ResetAccess => {
            visitor.needs.clear();
            visitor.modes.clear();
        }
        Action::Filter(filter) => {
            let page = visitor.page_mut();
            page.filters.set(filter);
            page.scroll_mm.clear();
            page.looking_at = None;
        }
        Action::Reveal(key) => {
            let revealed = &mut visitor.page_mut().revealed;
            if !revealed.remove(key) {
                revealed.insert(key);
            }
        }
        Action::Look(id) => visitor.page_mut().looking_at = Some(id),
        Action::Key(key) => press_key(visitor, key),
        Action::Turn(key, by_mm) => {
            let to_mm = (visitor.page().scroll(key) + by_mm).max(0.0);
            scroll(visitor, key, to_mm);
        }
        Action::Leave => wipe(visitor, first_language),
        Action::Stay => {}
    }
}

/// A list has been moved to this position in mm. Answers that are read take the keyboard's room.
pub fn scroll(visitor: &mut Visitor, key: &'static str, to_mm: f32) {
    let page = visitor.page_mut();
    page.scroll_mm.insert(key, to_mm);
    if page.screen == Screen::Search {
        page.revealed.insert(NO_KEYBOARD);
    }
}

fn press_key(visitor: &mut Visitor, key: Key) {
    let home = Layout::of_language(visitor.language.tag());
    let page = visitor.page_mut();
    let layout = page.layout.unwrap_or(home).after(key, home);
    page.layout = (layout != home).then_some(layout);
    if crate::search::press(&mut page.search, key) {
        page.scroll_mm.clear();
        page.revealed.clear();
        page.looking_at = None;
    }
}
