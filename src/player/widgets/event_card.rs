use super::{Card, item_title, lead, status_mark};
use crate::content::{Event, ItemRef, Timing};
use crate::player::action::Action;
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::icons;

/// An event as a row: what it is, when the next of these timings is, and where.
pub fn event_card(scene: &Scene<'_>, event: &Event, timings: &[Timing]) -> Card {
    let action = Action::Navigate(Screen::Event(event.common.id.clone()));
    Card {
        line: lead(scene, event, timings),
        status: status_mark(scene, event),
        ..Card::of(scene, icons::of_event(event.kind), item_title(scene, ItemRef::Event(event)), action)
    }
}
