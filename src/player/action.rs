//! What a touch asks for.

use super::screen::Screen;
use super::visitor::Mode;
use crate::calendar::Period;
use crate::content::{Alert, EventKind, Id, Need, PlaceKind, Section};
use crate::language::Language;
use crate::search::Key;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Goes to a screen; the present one stays on the back stack.
    Navigate(Screen),
    /// Goes to a screen with a list already narrowed.
    Open(Screen, Filter),
    /// From attract: home, with this item in the window.
    Begin(Option<Id>),
    Back,
    Home,
    Speak(Language),
    ToggleNeed(Need),
    ToggleMode(Mode),
    /// Puts all needs and modes back.
    ResetAccess,
    Filter(Filter),
    /// Shows what a "no" has hidden, or a folded part, by its key.
    Reveal(&'static str),
    /// Puts an item into the window.
    Look(Id),
    Key(Key),
    /// Moves what scrolls to this position in mm.
    Turn(&'static str, f32),
    /// This warning was read.
    Acknowledge(Arc<Alert>),
    /// "I have finished": forget me.
    Leave,
    /// "I am still here".
    Stay,
}

impl Action {
    /// It goes to a screen, or puts an item into the window.
    pub fn leads_on(&self) -> bool {
        matches!(self, Self::Navigate(_) | Self::Open(..) | Self::Begin(_) | Self::Look(_))
    }
}

/// A choice that narrows a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    Period(Period),
    EventKind(Option<EventKind>),
    PlaceKinds(Option<PlaceGroup>),
    Near(PlaceKind),
    Section(Option<Section>),
}

/// Kinds of places as a visitor sorts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlaceGroup {
    Culture,
    Sights,
    Nature,
    Eat,
    Shops,
    Sport,
    Town,
}
