//! One file per screen. A screen never imports a screen: it asks to navigate.

mod about;
mod access;
mod agenda;
mod article;
mod attract;
mod event;
mod guide;
mod home;
mod languages;
mod near;
mod place;
mod places;
mod prompt;
mod search;
mod service;
mod services;

pub use prompt::prompt;

use super::block::Sheet;
use super::scene::Scene;
use super::screen::Screen;
use crate::calendar;
use chrono::{DateTime, TimeDelta, Utc};

/// What the visitor's screen shows now.
pub fn sheet(scene: &Scene<'_>) -> Sheet {
    match scene.visitor.screen() {
        Screen::Attract => attract::sheet(scene),
        Screen::Home => home::sheet(scene),
        Screen::Near => near::sheet(scene),
        Screen::Agenda => agenda::sheet(scene),
        Screen::Event(id) => event::sheet(scene, id),
        Screen::Places => places::sheet(scene),
        Screen::Place(id) => place::sheet(scene, id),
        Screen::Guide => guide::sheet(scene),
        Screen::Article(id) => article::sheet(scene, id),
        Screen::Services => services::sheet(scene),
        Screen::Service(id) => service::sheet(scene, id),
        Screen::Languages => languages::sheet(scene),
        Screen::Access => access::sheet(scene),
        Screen::About => about::sheet(scene),
        Screen::Search => search::sheet(scene),
    }
}

/// The next instant at which the content says something else: an event begins or ends, a door opens. It looks at all
/// events and hours, so ask again only when it has come or the content is another.
pub fn next_content_change(scene: &Scene<'_>) -> DateTime<Utc> {
    let timings = scene.almanac.coming(scene.now).into_iter().flat_map(|event| &event.timings);
    calendar::next_change(timings, scene.almanac.all_hours(), scene.now, scene.zone())
}

/// The next instant at which the screen would say something else without anybody touching it.
pub fn next_change(scene: &Scene<'_>, content: DateTime<Utc>) -> DateTime<Utc> {
    match scene.visitor.screen() {
        Screen::Attract => content.min(attract::next_slide(scene.now)),
        _ if scene.visitor.asked => content.min(scene.now + TimeDelta::seconds(1)),
        _ => content,
    }
}
