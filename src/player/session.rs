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
        Action::Turn(key, to_mm) => scroll(visitor, key, to_mm.max(0.0)),
        Action::Acknowledge(alert) => visitor.read.acknowledge(&[&alert]),
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

/// A list follows the keyboard's ring to this position in mm; whoever types goes on typing.
pub fn follow(visitor: &mut Visitor, key: &'static str, to_mm: f32) {
    visitor.page_mut().scroll_mm.insert(key, to_mm);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Period;
    use crate::content::{EventKind, Id, Need, PlaceKind, Section};
    use crate::player::action::{Filter, PlaceGroup};
    use crate::player::visitor::Mode;
    use crate::search::{Keyboard, MAX_TEXT_CHARS};
    use proptest::prelude::*;
    use proptest::sample::select;

    /// More than the pages that are kept.
    const STEPS: usize = 60;

    fn language() -> impl Strategy<Value = Language> {
        select(&Language::ALL[..])
    }

    fn screen() -> impl Strategy<Value = Screen> {
        let named = (select(&Screen::NAMES[..]), 0..4_u8);
        named.prop_map(|(name, id)| Screen::parse(name, Some(Id(format!("a:{id}")))).expect("it has a name"))
    }

    fn filter() -> impl Strategy<Value = Filter> {
        prop_oneof![
            select(vec![Period::Tonight, Period::Today, Period::Weekend, Period::All]).prop_map(Filter::Period),
            proptest::option::of(select(&EventKind::ALL[..])).prop_map(Filter::EventKind),
            proptest::option::of(select(vec![PlaceGroup::Culture, PlaceGroup::Eat])).prop_map(Filter::PlaceKinds),
            select(vec![PlaceKind::Toilets, PlaceKind::Lift]).prop_map(Filter::Near),
            proptest::option::of(select(&Section::ALL[..])).prop_map(Filter::Section),
        ]
    }

    fn key() -> impl Strategy<Value = Key> {
        let keys = Layout::ALL.into_iter().flat_map(|layout| Keyboard::of(layout).rows.concat());
        select(keys.collect::<Vec<_>>())
    }

    fn action() -> impl Strategy<Value = Action> {
        prop_oneof![
            6 => screen().prop_map(Action::Navigate),
            2 => (screen(), filter()).prop_map(|(screen, filter)| Action::Open(screen, filter)),
            1 => (0..4_u8).prop_map(|id| Action::Begin(Some(Id(format!("a:{id}"))))),
            2 => Just(Action::Back),
            1 => Just(Action::Home),
            2 => language().prop_map(Action::Speak),
            2 => select(&Need::ALL[..]).prop_map(Action::ToggleNeed),
            2 => select(&Mode::ALL[..]).prop_map(Action::ToggleMode),
            2 => filter().prop_map(Action::Filter),
            2 => select(vec!["search", NO_KEYBOARD]).prop_map(Action::Reveal),
            1 => (0..4_u8).prop_map(|id| Action::Look(Id(format!("a:{id}")))),
            6 => key().prop_map(Action::Key),
            2 => (-5_000.0..5_000.0_f32).prop_map(|to_mm| Action::Turn("search", to_mm)),
            1 => Just(Action::ResetAccess),
            1 => Just(Action::Leave),
            1 => Just(Action::Stay),
        ]
    }

    fn after(actions: Vec<Action>, first: Language) -> Visitor {
        let mut visitor = Visitor::nobody(first);
        for action in actions {
            act(&mut visitor, action, first);
        }
        visitor
    }

    proptest! {
        #[test]
        fn whatever_is_touched_there_is_a_page_and_it_is_sound(
            actions in prop::collection::vec(action(), 0..200),
            first in language(),
        ) {
            let visitor = after(actions, first);
            let mut same = visitor.clone();
            same.page_mut();
            prop_assert_eq!(&same, &visitor, "a page had to be made up");
            let page = visitor.page();
            prop_assert!(page.search.chars().count() <= MAX_TEXT_CHARS);
            prop_assert!(page.scroll_mm.values().all(|mm| *mm >= 0.0));
            let home = Layout::of_language(visitor.language.tag());
            prop_assert_ne!(page.layout, Some(home), "the language's own layout is not remembered");
        }

        #[test]
        fn nothing_of_a_visitor_is_left_after_them(actions in prop::collection::vec(action(), 0..STEPS), first in language()) {
            let mut visitor = after(actions, first);
            let mut left = visitor.clone();
            act(&mut left, Action::Leave, first);
            prop_assert_eq!(&left, &Visitor::nobody(first));
            wipe(&mut visitor, first);
            prop_assert_eq!(&visitor, &left);
            prop_assert!(!visitor.is_here());
        }

        #[test]
        fn home_is_one_touch_away_and_at_the_end_of_every_way_back(
            actions in prop::collection::vec(action(), 0..STEPS),
            first in language(),
        ) {
            let mut visitor = after(actions, first);
            let mut home = visitor.clone();
            act(&mut home, Action::Home, first);
            prop_assert_eq!(home.screen(), &Screen::Home);
            prop_assert!(!home.can_go_back());
            for _ in 0..STEPS {
                act(&mut visitor, Action::Back, first);
            }
            prop_assert_eq!(visitor.screen(), &Screen::Home);
        }

        #[test]
        fn back_brings_the_page_as_it_was_left(actions in prop::collection::vec(action(), 0..STEPS), to in screen()) {
            let mut visitor = after(actions, Language::Fr);
            let before = visitor.page().clone();
            prop_assume!(before.screen != Screen::Attract && to != Screen::Home && to != before.screen);
            act(&mut visitor, Action::Navigate(to), Language::Fr);
            act(&mut visitor, Action::Back, Language::Fr);
            prop_assert_eq!(visitor.page(), &before);
        }

        #[test]
        fn the_prompt_waits_for_the_reader_and_then_half_a_minute(words in 0..2_000_usize, millis in 0..2_000_000_u64) {
            let mut visitor = Visitor::nobody(Language::Fr);
            let untouched = Duration::from_millis(millis);
            prop_assert_eq!(idle(&visitor, Waits::default(), words, untouched), Idle::Reading(None), "nobody is asked");
            visitor.home();
            let patience = Waits::default().patience(words);
            prop_assert!(patience >= Duration::from_secs(45));
            prop_assert!(patience.as_secs_f64() >= words as f64 * 0.6 - 0.001);
            match idle(&visitor, Waits::default(), words, untouched) {
                Idle::Reading(None) => prop_assert!(false, "somebody is here"),
                Idle::Reading(Some(left)) => prop_assert_eq!(untouched + left, patience),
                Idle::Asking(left) => {
                    prop_assert!(untouched >= Duration::from_secs(45));
                    prop_assert_eq!(untouched + left, patience + Duration::from_secs(30));
                    prop_assert!(left > Duration::ZERO);
                }
                Idle::Gone => prop_assert!(untouched >= patience + Duration::from_secs(30)),
            }
        }
    }

    #[test]
    fn the_prompt_comes_at_its_moment() {
        let mut visitor = Visitor::nobody(Language::Fr);
        visitor.home();
        for (words, secs, stands) in [
            (0, 0.0, Idle::Reading(Some(Duration::from_secs(45)))),
            (75, 44.0, Idle::Reading(Some(Duration::from_secs(1)))),
            (75, 45.0, Idle::Asking(Duration::from_secs(30))),
            (75, 74.0, Idle::Asking(Duration::from_secs(1))),
            (75, 75.0, Idle::Gone),
            (200, 119.0, Idle::Reading(Some(Duration::from_secs(1)))),
            (200, 120.0, Idle::Asking(Duration::from_secs(30))),
            (200, 150.0, Idle::Gone),
        ] {
            assert_eq!(
                idle(&visitor, Waits::default(), words, Duration::from_secs_f32(secs)),
                stands,
                "{words} words, {secs} s"
            );
        }
    }

    #[test]
    fn the_keyboard_changes_its_letters_and_steps_aside_for_reading() {
        let mut visitor = Visitor::nobody(Language::Ar);
        visitor.open(Screen::Search);
        let mut press = |key: Key| {
            act(&mut visitor, Action::Key(key), Language::Fr);
            visitor.page().layout
        };
        assert_eq!(press(Key::Letter('م')), None);
        assert_eq!(press(Key::Switch(Layout::Latin)), Some(Layout::Latin));
        assert_eq!(press(Key::Letter('m')), Some(Layout::Latin));
        assert_eq!(press(Key::Switch(Layout::Digits)), Some(Layout::Digits));
        assert_eq!(press(Key::Letters), None);
        assert_eq!(visitor.page().search, "مm");
        scroll(&mut visitor, "search", 12.0);
        assert!(visitor.page().revealed.contains(NO_KEYBOARD));
        act(&mut visitor, Action::Key(Key::Delete), Language::Fr);
        assert!(visitor.page().revealed.is_empty() && visitor.page().scroll_mm.is_empty());
    }
}
