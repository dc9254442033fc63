//! The person at the screen: all that their touches have set, wiped whole when they leave.

use super::action::{Filter, PlaceGroup};
use super::screen::Screen;
use crate::calendar::Period;
use crate::content::{EventKind, Id, Need, PlaceKind, Section};
use crate::language::Language;
use crate::search::Layout;
use crate::signage::Acknowledged;
use std::collections::{BTreeMap, BTreeSet};

/// A way of showing things that a visitor may switch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// 15:1 instead of 7:1.
    Contrast,
    /// Larger type and targets.
    Large,
    /// Every control between 900 and 1200 mm above the floor.
    Reach,
    /// Easy-to-read texts where there are any.
    Easy,
}

impl Mode {
    pub const ALL: [Self; 4] = [Self::Contrast, Self::Large, Self::Reach, Self::Easy];

    /// The word used on the command line, in locale keys and in counts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contrast => "contrast",
            Self::Large => "large",
            Self::Reach => "reach",
            Self::Easy => "easy",
        }
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    pub period: Option<Period>,
    pub event_kind: Option<EventKind>,
    pub places: Option<PlaceGroup>,
    pub near: Option<PlaceKind>,
    pub section: Option<Section>,
}

impl Filters {
    pub fn set(&mut self, filter: Filter) {
        match filter {
            Filter::Period(period) => self.period = Some(period),
            Filter::EventKind(kind) => self.event_kind = kind,
            Filter::PlaceKinds(group) => self.places = group,
            Filter::Near(kind) => self.near = Some(kind),
            Filter::Section(section) => self.section = section,
        }
    }
}

/// One screen on the way back: with all that makes it look as it was left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub screen: Screen,
    pub filters: Filters,
    /// Scroll positions in mm.
    pub scroll_mm: BTreeMap<&'static str, f32>,
    pub revealed: BTreeSet<&'static str>,
    /// The item in the window, when a touch has chosen one.
    pub looking_at: Option<Id>,
    pub search: String,
    /// The keyboard's layout once a key has brought up another than that of the visitor's language.
    pub layout: Option<Layout>,
}

impl Page {
    pub fn of(screen: Screen) -> Self {
        Self { screen, ..Self::default() }
    }

    pub fn scroll(&self, key: &str) -> f32 {
        self.scroll_mm.get(key).copied().unwrap_or_default()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Visitor {
    pub language: Language,
    pub needs: BTreeSet<Need>,
    pub modes: BTreeSet<Mode>,
    /// Never empty; the last is on screen.
    pages: Vec<Page>,
    /// The idle prompt is up.
    pub asked: bool,
    /// The warnings they have read.
    pub read: Acknowledged,
}

impl Visitor {
    /// Pages kept for going back; the oldest after home are dropped.
    const PAGES_MAX: usize = 40;

    /// Nobody is here: the attract screen in the town's first language.
    pub fn nobody(language: Language) -> Self {
        Self {
            language,
            needs: BTreeSet::new(),
            modes: BTreeSet::new(),
            pages: vec![Page::default()],
            asked: false,
            read: Acknowledged::default(),
        }
    }

    /// The same in another language.
    #[must_use]
    pub fn speaking(&self, language: Language) -> Self {
        Self { language, ..self.clone() }
    }

    pub fn is_here(&self) -> bool {
        self.pages.len() > 1 || self.page().screen != Screen::Attract
    }

    pub fn page(&self) -> &Page {
        static ATTRACT: Page = Page {
            screen: Screen::Attract,
            filters: Filters { period: None, event_kind: None, places: None, near: None, section: None },
            scroll_mm: BTreeMap::new(),
            revealed: BTreeSet::new(),
            looking_at: None,
            search: String::new(),
            layout: None,
        };
        self.pages.last().unwrap_or(&ATTRACT)
    }

    pub fn page_mut(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    pub fn screen(&self) -> &Screen {
        &self.page().screen
    }

    pub fn has(&self, mode: Mode) -> bool {
        self.modes.contains(&mode)
    }

    pub fn open(&mut self, screen: Screen) {
        if *self.screen() == screen {
            return;
        }
        if self.pages.len() >= Self::PAGES_MAX {
            self.pages.remove(1);
        }
        self.pages.push(Page::of(screen));
    }

    /// Back one page; from the first, home.
    pub fn back(&mut self) {
        self.pages.pop();
        if self.pages.last().is_none_or(|page| page.screen == Screen::Attract) {
            self.home();
        }
    }

    pub fn home(&mut self) {
        self.pages = vec![Page::of(Screen::Home)];
    }

    /// How many pages lie on the way back, this one included.
    pub fn depth(&self) -> usize {
        self.pages.len()
    }

    pub fn can_go_back(&self) -> bool {
        self.pages.len() > 1
    }
}
