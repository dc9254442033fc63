//! What each kind of thing to show says. One file per kind.

mod agenda;
mod alert;
mod article;
mod clock;
mod countdown;
mod event;
mod live;
mod own;
mod place;

pub use alert::alert;

use super::slide::Slide;
use crate::content::{EventFilter, FilterPeriod, PlaylistItem, Show};
use crate::player::scene::Scene;
use crate::signage::Display;
use chrono::{DateTime, Utc};

/// What is asked of a playlist item.
#[derive(Clone, Copy)]
pub struct Turn<'a> {
    pub item: &'a PlaylistItem,
    /// Which of the events that the item found at the beginning of the turn.
    pub which: usize,
    pub begins: DateTime<Utc>,
    pub display: &'a Display,
}

/// The slide of a turn as it is at the scene's instant; `None` when there is nothing to show.
pub fn slide(scene: &Scene<'_>, turn: Turn<'_>) -> Option<Slide> {
    let slide = match &turn.item.show {
        Show::Notice | Show::Picture | Show::Film | Show::Poster | Show::Ticker | Show::Qr => {
            own::slide(scene, turn.item)
        }
        Show::Events { filter, .. } => event::slide(scene, turn, filter),
        Show::Agenda { filter, rows } => agenda::slide(scene, turn, filter, usize::from(*rows)),
        Show::Tonight => {
            let tonight = EventFilter { period: FilterPeriod::Tonight, ..EventFilter::default() };
            agenda::slide(scene, turn, &tonight, usize::from(Show::ROWS_MAX))
        }
        Show::Place { place } => place::slide(scene, place),
        Show::Article { article } => article::slide(scene, article),
        Show::Countdown { to } => countdown::slide(scene, turn.item, *to),
        Show::Weather { live } => live::weather(scene, live.as_ref()),
        Show::Departures { live } => live::departures(scene, live.as_ref()),
        Show::Clock => Some(clock::slide(scene)),
    };
    slide.map(|slide| slide.marked(scene))
}
