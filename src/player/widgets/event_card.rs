use super::{Card, item_title, lead, status_mark};
use crate::content::{Event, ItemRef, Timing};
use crate::player::action::Action;
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::icons;

/// An event as a row: what it is, when the next of these timings is, and where.
pub fn event_card(scene: &Scene<'_>, event: &Event, timings: &[Timing]) -> Card {
    let title = item_title(scene, ItemRef::Event(event));
    let (icon, ink) = icons::of_event(event.kind);
    Card {
        icon,
        ink,
        number: None,
        title: title.text,
        language: title.language,
        line: lead(scene, event, timings),
        status: status_mark(scene, event),
        end: String::new(),
        action: Action::Navigate(Screen::Event(event.common.id.clone())),
        width_mm: scene.frame().content_width(),
        height_mm: Card::height_mm(scene),
    }
}
