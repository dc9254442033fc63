//! What things are called on every screen.

use crate::calendar::when;
use crate::content::{Event, ItemRef, Place};
use crate::language::when_words;
use crate::player::scene::{Scene, Shown};
use serde::Serialize;

/// The kebab-case word of an enum value, as locale keys use it.
pub fn kebab(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.replace('_', "-"),
        _ => String::new(),
    }
}

/// A place's title: its own name, or its kind and what it stands near.
pub fn place_title(scene: &Scene<'_>, place: &Place) -> Shown {
    scene.pick(&place.common.title).unwrap_or_else(|| Shown {
        text: scene.say(&format!("kind-{}", kebab(&place.kind))),
        language: None,
        machine: false,
    })
}

pub fn item_title(scene: &Scene<'_>, item: ItemRef<'_>) -> Shown {
    match item {
        ItemRef::Place(place) => place_title(scene, place),
        other => {
            scene.pick(&other.common().title).unwrap_or(Shown { text: String::new(), language: None, machine: false })
        }
    }
}

/// When an event is, in words, and where.
pub fn event_lead(scene: &Scene<'_>, event: &Event) -> String {
    let when = when_words(scene.words(), &when(&event.timings, scene.now, scene.zone()), scene.now, scene.zone());
    match event.location.as_ref().filter(|location| !location.name.is_empty()) {
        Some(location) => format!("{when} · {}", location.name),
        None => when,
    }
}
