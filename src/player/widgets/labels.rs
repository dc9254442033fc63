//! What things are called on every screen.

use crate::calendar::{Period, When, when, when_in};
use crate::content::{Event, EventStatus, ItemRef, Place, Timing};
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
    lead(scene, event, &event.timings)
}

/// When one of an event's timings is, in words, and where.
pub fn lead(scene: &Scene<'_>, event: &Event, timings: &[Timing]) -> String {
    lead_of(scene, event, &when(timings, scene.now, scene.zone()))
}

/// When one timing of an event is, to who asks for a period, and where.
pub fn lead_in(scene: &Scene<'_>, event: &Event, timing: &Timing, period: Period) -> String {
    lead_of(scene, event, &when_in(timing, period, scene.now, scene.zone()))
}

/// What was put off has no date to go by.
fn lead_of(scene: &Scene<'_>, event: &Event, when: &When) -> String {
    let when = match event.status {
        EventStatus::Postponed => scene.say("event-date-unknown"),
        _ => when_words(scene.words(), when, scene.now, scene.zone()),
    };
    dotted(scene, std::iter::once(when).chain(venue(scene, event)))
}

/// What the place of an event is called: "online" for one that nobody needs to go to.
pub fn venue(scene: &Scene<'_>, event: &Event) -> Option<String> {
    if event.is_online() {
        return Some(scene.say("event-online"));
    }
    event.location.as_ref().map(|location| location.name.clone()).filter(|name| !name.is_empty())
}

/// Parts of a line with dots between them. Where reading runs from the right, each part keeps its own direction: a
/// name in Latin letters must not turn what stands before it around.
pub fn dotted(scene: &Scene<'_>, parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if !scene.visitor.language.is_rtl() || parts.len() < 2 {
        return parts.join(" · ");
    }
    let apart: Vec<String> = parts.iter().map(|part| format!("\u{2068}{part}\u{2069}")).collect();
    format!("\u{200f}{}", apart.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;

    #[test]
    fn a_latin_name_does_not_turn_an_arabic_line_around() {
        let almanac = Almanac::new(Catalog::new(Town::default(), Vec::new()).0, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let now = "2026-06-15T12:00:00+02:00".parse().expect("an instant");
        let line = |language, parts: [&str; 2]| {
            let visitor = Visitor::nobody(language);
            let scene = Scene::of(&almanac, &visitor, now, &profile);
            dotted(&scene, parts.map(str::to_owned))
        };
        assert_eq!(line(Language::De, ["Museum", "Quay"]), "Museum · Quay");
        assert_eq!(line(Language::Ar, ["Quay 7", "غدًا"]), "\u{200f}\u{2068}Quay 7\u{2069} · \u{2068}غدًا\u{2069}");
        assert_eq!(line(Language::Ar, ["", "غدًا"]), "غدًا", "one part needs nothing");
    }
}
