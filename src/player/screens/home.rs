//! Home: six ways into the town, each with one live fact; in the window what is best tonight.

use crate::calendar::{Opening, Period, falls_in, minutes_left};
use crate::content::{Event, ItemRef, PlaceKind, Section, Tri};
use crate::language::{Arg, Words};
use crate::player::action::{Action, Filter};
use crate::player::block::{Block, Justify, Sheet};
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::theme::{Ink, Lettering};
use crate::player::widgets::{
    Tile, WindowPlate, belt_height_mm, chip, foot_map, kebab, page, place_title, tile, window,
};
use lucide_icons::Icon;

/// What home says.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeView<'a> {
    pub best: Option<&'a Event>,
    pub date: String,
    pub facts: [String; 6],
}

pub fn view<'a>(scene: &Scene<'a>) -> HomeView<'a> {
    let chosen = scene.visitor.page().looking_at.as_ref().and_then(|id| scene.almanac.catalog.event(id));
    let best = chosen.or_else(|| best_tonight(scene));
    let date = scene.words().date(scene.today());
    let facts = [
        today_fact(scene),
        near_fact(scene),
        see_fact(scene),
        around_fact(scene),
        services_fact(scene),
        access_fact(scene),
    ];
    HomeView { best, date, facts }
}

fn best_tonight<'a>(scene: &Scene<'a>) -> Option<&'a Event> {
    let coming = scene.almanac.coming(scene.now);
    let tonight = |event: &&&Event| {
        event
            .timings
            .iter()
            .any(|timing| timing.begin > scene.now && falls_in(timing, Period::Tonight, scene.now, scene.zone()))
    };
    let going = || coming.iter().filter(|event| event.status.takes_place());
    going().find(tonight).or_else(|| going().next()).copied()
}

fn count_in(scene: &Scene<'_>, period: Period) -> usize {
    let coming = scene.almanac.coming(scene.now);
    let falls = |event: &&&Event| event.timings.iter().any(|timing| falls_in(timing, period, scene.now, scene.zone()));
    coming.iter().filter(falls).count()
}

fn today_fact(scene: &Scene<'_>) -> String {
    let words = scene.words();
    let tonight = count_in(scene, Period::Tonight);
    if tonight > 0 {
        return words.say_with("fact-tonight", &[("count", tonight.into())]);
    }
    let today = count_in(scene, Period::Today);
    if today > 0 {
        return words.say_with("fact-today", &[("count", today.into())]);
    }
    let tomorrow = scene.today().succ_opt().map_or(0, |date| count_in(scene, Period::Day(date)));
    words.say_with("fact-tomorrow", &[("count", tomorrow.into())])
}

fn near_fact(scene: &Scene<'_>) -> String {
    nearest_fact(scene, PlaceKind::Toilets)
}

/// The museum, gallery or sight that closes next, else how many are open.
fn see_fact(scene: &Scene<'_>) -> String {
    let words = scene.words();
    let sights = [PlaceKind::Museum, PlaceKind::Gallery, PlaceKind::Attraction, PlaceKind::Garden, PlaceKind::Park];
    let mut open = 0_usize;
    for (place, _) in scene.almanac.nearest().filter(|(place, _)| sights.contains(&place.kind) && place.named) {
        if let Opening::Open { until } = scene.almanac.opening(place, scene.now) {
            open += 1;
            if let Some(minutes) =
                until.and_then(|until| minutes_left(until.to_utc(), scene.now)).filter(|minutes| *minutes > 0)
            {
                let name = place_title(scene, place).text;
                return words.say_with("fact-closes", &[("place", name.into()), ("minutes", Arg::from(minutes))]);
            }
        }
    }
    if open > 0 {
        return words.say_with("fact-open-count", &[("count", open.into())]);
    }
    let count = scene.almanac.catalog.places.iter().filter(|place| sights.contains(&place.kind) && place.named).count();
    words.say_with("fact-places", &[("count", count.into())])
}

fn around_fact(scene: &Scene<'_>) -> String {
    nearest_fact(scene, PlaceKind::Stop)
}

/// "Toilets 120 m", or nothing where there are none.
fn nearest_fact(scene: &Scene<'_>, kind: PlaceKind) -> String {
    let words = scene.words();
    scene.almanac.nearest_of(kind).next().map_or_else(String::new, |(place, metres)| {
        let kind = words.say(&format!("kind-{}", kebab(&place.kind)));
        words.say_with("fact-nearest", &[("kind", kind.into()), ("distance", words.distance(metres).into())])
    })
}

fn services_fact(scene: &Scene<'_>) -> String {
    scene.words().say_with("fact-services", &[("count", scene.almanac.catalog.services.len().into())])
}

fn access_fact(scene: &Scene<'_>) -> String {
    let confirmed =
        scene.almanac.catalog.places.iter().filter(|place| place.access.wheelchair.value == Tri::Yes).count();
    scene.words().say_with("fact-accessible", &[("count", confirmed.into())])
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let plate = match view.best {
        Some(event) => WindowPlate::inviting(scene, event),
        None => WindowPlate {
            kicker: String::new(),
            title: welcome(scene),
            line: scene.say("home-quiet"),
            status: None,
            ink: Ink::Town,
            sample: false,
        },
    };
    let mut window = window(scene, view.best.map(ItemRef::Event), plate);
    window.silent = false;
    let foot = foot_map(scene, Vec::new(), scene.say("map-you"));
    page(scene, window, vec![greetings(scene, &view), tiles(scene, &view)], foot)
}

fn welcome(scene: &Scene<'_>) -> Shown {
    let town = scene.plain(&scene.almanac.catalog.town.name);
    Shown { text: scene.words().say_with("welcome", &[("town", town.into())]), language: None, machine: false }
}

/// The date, and a greeting in three languages that are not the visitor's.
fn greetings(scene: &Scene<'_>, view: &HomeView<'_>) -> Block {
    let others = scene
        .almanac
        .languages
        .iter()
        .copied()
        .filter(|language| *language != scene.visitor.language)
        .take(if scene.frame().content_width() < 400.0 { 2 } else { 3 });
    let chips = others.map(|language| {
        let word = Words::of(language).say("greeting");
        chip(scene, word, false, Action::Speak(language)).in_language(Some(language.tag().to_owned()))
    });
    let date = Block::text(view.date.clone(), Lettering::Card);
    Block::row(vec![date, Block::row(chips.collect()).gap(4.0)]).gap(8.0).justify(Justify::Between)
}

fn tiles(scene: &Scene<'_>, view: &HomeView<'_>) -> Block {
    let frame = scene.frame();
    let gap = crate::player::frame::Frame::GUTTER_MM;
    let width_mm = (frame.content_width() - 2.0 * gap) / 3.0;
    let height_mm = (belt_height_mm(scene) - scene.target_mm() - 6.0 - gap) / 2.0;
    let choices: [(Icon, Ink, &str, Action); 6] = [
        (Icon::CalendarDays, Ink::Terracotta, "tile-today", Action::Navigate(Screen::Agenda)),
        (Icon::MapPin, Ink::Lake, "tile-near", Action::Navigate(Screen::Near)),
        (Icon::Binoculars, Ink::Plum, "tile-see", Action::Navigate(Screen::Places)),
        (
            Icon::Bus,
            Ink::Moss,
            "tile-around",
            Action::Open(Screen::Guide, Filter::Section(Some(Section::GettingAround))),
        ),
        (Icon::Landmark, Ink::Ochre, "tile-services", Action::Navigate(Screen::Services)),
        (
            Icon::Accessibility,
            Ink::Lake,
            "tile-access",
            Action::Open(Screen::Guide, Filter::Section(Some(Section::Accessibility))),
        ),
    ];
    let tiles = choices.into_iter().zip(&view.facts).map(|((icon, ink, key, action), fact)| {
        tile(scene, Tile { icon, ink, title: scene.say(key), fact: fact.clone(), action, width_mm, height_mm })
    });
    Block::grid(3, tiles.collect()).gap(gap).fill()
}
