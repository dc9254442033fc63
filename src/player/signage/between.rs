//! A kiosk between two visitors: what the town scheduled for it plays in the window of the attract screen.

use super::stage::{Stage, draw_stage};
use super::station::Station;
use crate::content::{Catalog, Id, Show};
use crate::player::kiosk::Kiosk;
use crate::player::look::Look;
use crate::player::scene::Scene;
use bevy::prelude::*;
use chrono::{DateTime, Utc};

/// The signage of a kiosk. While nobody is there its stage is a resource of its own.
#[derive(Resource)]
pub struct Between {
    resting: Option<Stage>,
}

/// The slide in the window, for whoever may touch it.
#[derive(Clone, Debug, PartialEq)]
pub struct Inviting {
    pub words: String,
    /// BCP 47 tag of what it is called.
    pub language: String,
    /// What it is about.
    pub item: Option<Id>,
}

impl Between {
    /// `tells`: what has been on is told to the town.
    pub fn new(station: Station, tells: bool) -> Self {
        let mut stage = Stage::new(station);
        stage.tells = tells;
        Self { resting: Some(stage) }
    }
}

/// What of signage could not be drawn may have been mended.
pub fn forgive(world: &mut World) {
    if let Some(mut stage) = world.get_resource_mut::<Stage>() {
        stage.forgive();
    }
    if let Some(stage) = world.get_resource_mut::<Between>().and_then(|between| between.into_inner().resting.as_mut()) {
        stage.forgive();
    }
}

/// Plays while nobody is there, and rests as soon as somebody is, while a warning is in force, and where nothing is
/// scheduled. Returns when to look again; none where only something else can change that.
pub fn play_between(world: &mut World, kiosk: &Kiosk, night: bool, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let mut between = world.remove_resource::<Between>()?;
    let mut next = None;
    if let Some(mut stage) = world.remove_resource::<Stage>().or_else(|| between.resting.take()) {
        let scene = kiosk.scene(now);
        let plays = !kiosk.visitor.is_here() && scene.alerts().is_empty() && is_scheduled(&kiosk.almanac.catalog);
        if plays {
            let profile = stage.station.room.profile(&kiosk.profile);
            let look = Look::new(&Scene { profile: &profile, ..scene }, &kiosk.theme, night, kiosk.dash());
            world.insert_resource(stage);
            next = Some(draw_stage(world, kiosk, &look, now));
            between.resting = world.remove_resource::<Stage>();
            if between.resting.as_ref().is_some_and(|stage| stage.panel().is_some())
                && let Some(stage) = between.resting.take()
            {
                world.insert_resource(stage);
            }
        } else {
            stage.rest(world, kiosk.trust, now);
            between.resting = Some(stage);
        }
    }
    world.insert_resource(between);
    next
}

fn is_scheduled(catalog: &Catalog) -> bool {
    !catalog.schedule.items.is_empty()
}

/// What stands in the window now; none while it is the kiosk's own.
pub fn inviting(world: &World, catalog: &Catalog) -> Option<Inviting> {
    let stage = world.get_resource::<Stage>()?;
    let part = stage.panel()?.parts.first()?;
    let shown = catalog.schedule.items.iter().find(|item| Some(&item.common.id) == part.key.id.as_ref());
    let about = shown.and_then(|item| match &item.show {
        Show::Place { place: id } | Show::Article { article: id } => Some(id.clone()),
        _ => None,
    });
    let language = part.slide.text("title").and_then(|title| title.language.clone());
    let language = language.unwrap_or_else(|| part.key.language.tag().to_owned());
    Some(Inviting { words: stage.words(), language, item: part.key.event.clone().or(about) })
}
