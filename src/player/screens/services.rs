//! What the town does for people: procedures in plain words, by what they are for. All of it is on the display
//! itself; a person can be called from here.

use crate::content::{ItemRef, Service};
use crate::player::action::Action;
use crate::player::block::{Block, Sheet};
use crate::player::media::MapMark;
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::theme::{Ink, Lettering};
use crate::player::widgets::{
    Card, List, WindowPlate, belt_height_mm, card, foot_map, is_speaking, item_title, language_name, list, page,
    place_title, sentence, signboard, speak_button, speak_plate, window_of,
};
use lucide_icons::Icon;

/// Procedures that can be read now, in the order of the town.
pub fn view<'a>(scene: &Scene<'a>) -> Vec<&'a Service> {
    scene.almanac.catalog.services.iter().filter(|service| scene.shows(&service.common)).collect()
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let services = view(scene);
    let town = &scene.almanac.catalog.town;
    let hall = town.desk.place.as_ref().and_then(|id| scene.almanac.catalog.place(id));
    let position = hall.and_then(|hall| hall.position);
    let plate = WindowPlate {
        kicker: if services.is_empty() {
            String::new()
        } else {
            scene.words().say_with("fact-services", &[("count", services.len().into())])
        },
        title: Shown { text: scene.say("services-title"), language: None, machine: false },
        line: scene.say("services-intro"),
        status: None,
        ink: Ink::Ochre,
        sample: services.iter().any(|service| service.common.sample),
    };
    let centre = position.or(scene.almanac.stand.map(|stand| stand.position));
    let window = window_of(scene, signboard(scene, (Icon::Landmark, Ink::Ochre), centre), plate);
    let way = hall.zip(position).and_then(|(hall, at)| sentence(scene, &place_title(scene, hall).text, at));
    let marks = position.into_iter().map(|position| MapMark { position, number: None }).collect();
    let foot = foot_map(scene, marks, way.unwrap_or_else(|| scene.say("map-you")));
    let belt = if is_speaking(scene) {
        vec![speak_plate(scene, None)]
    } else if services.is_empty() {
        vec![Block::text(scene.say("services-none"), Lettering::Card), speak_button(scene)]
    } else {
        vec![procedures(scene, &services), speak_button(scene)]
    };
    page(scene, window, belt, foot)
}

fn procedures(scene: &Scene<'_>, services: &[&Service]) -> Block {
    let speak_mm = scene.target_mm() + 12.0;
    let row_mm = Card::height_mm(scene);
    let rows = List { key: "services", rows: services.len(), row_mm, sight_mm: belt_height_mm(scene) - speak_mm };
    list(scene, &rows, |row| procedure(scene, services[row], row_mm))
}

fn procedure(scene: &Scene<'_>, service: &Service, height_mm: f32) -> Block {
    const NARROW_MM: f32 = 400.0;
    let title = item_title(scene, ItemRef::Service(service));
    // A summary that the visitor cannot read makes room for the language it is in.
    let about = match &title.language {
        Some(tag) => {
            let language = language_name(scene, tag);
            scene.words().say_with("mark-in-language", &[("language", language.into())])
        }
        None => scene.plain(&service.common.summary),
    };
    let cost = scene.plain(&service.cost);
    // A narrow row has no room for what it costs at its end.
    let (line, end) = match scene.frame().content_width() < NARROW_MM {
        true if cost.is_empty() => (about, String::new()),
        true => (format!("{cost} · {about}"), String::new()),
        false => (about, cost),
    };
    let action = Action::Navigate(Screen::Service(service.common.id.clone()));
    card(scene, Card { line, end, height_mm, ..Card::of(scene, (Icon::FileText, Ink::Ochre), title, action) })
}
