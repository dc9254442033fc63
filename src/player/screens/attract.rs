//! The screen at rest: what is worth coming closer for, one still at a time, and where to touch.
//!
//! A touch on the slide opens home with that thing in the window; a touch on a language speaks it.
//! Works offline like everything else.

use crate::calendar::{Period, falls_in};
use crate::content::{Event, ItemRef};
use crate::language::{Language, Words};
use crate::player::action::Action;
use crate::player::block::{Align, Block, Fit, Justify, Role, Sheet};
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{Ink, Lettering};
use crate::player::widgets::{WindowPlate, foot_coming, foot_map, logo, window};
use chrono::{DateTime, TimeDelta, Utc};

/// How long each slide stays (LOOK).
const SLIDE_SECS: i64 = 8;
/// Slides before they begin again.
const SLIDES: usize = 6;

/// When the next slide comes.
pub fn next_slide(now: DateTime<Utc>) -> DateTime<Utc> {
    let into = now.timestamp().rem_euclid(SLIDE_SECS);
    DateTime::from_timestamp(now.timestamp() - into + SLIDE_SECS, 0).unwrap_or(now + TimeDelta::seconds(SLIDE_SECS))
}

/// What the slide of this moment shows.
#[derive(Clone, Debug, PartialEq)]
pub struct AttractView<'a> {
    pub slide: Option<&'a Event>,
    pub greetings: Vec<(Language, String)>,
}

pub fn view<'a>(scene: &Scene<'a>) -> AttractView<'a> {
    let slides = worth_showing(scene);
    let turn = scene.now.timestamp().div_euclid(SLIDE_SECS).unsigned_abs() as usize;
    let slide = (!slides.is_empty()).then(|| slides[turn % slides.len()]);
    let greetings =
        scene.almanac.languages.iter().map(|language| (*language, Words::of(*language).say("greeting"))).collect();
    AttractView { slide, greetings }
}

/// Tonight's events first, then the next ones; those with a picture or a place before others.
fn worth_showing<'a>(scene: &Scene<'a>) -> Vec<&'a Event> {
    let mut events = scene.almanac.coming(scene.now);
    events.retain(|event| event.status.takes_place());
    let tonight =
        |event: &Event| event.timings.iter().any(|timing| falls_in(timing, Period::Tonight, scene.now, scene.zone()));
    let seen =
        |event: &Event| event.common.media.is_empty() && scene.almanac.position_of(ItemRef::Event(event)).is_none();
    events.sort_by_key(|event| (!tonight(event), seen(event)));
    events.truncate(SLIDES);
    events
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let frame = scene.frame();
    let town = scene.plain(&scene.almanac.catalog.town.name);
    let welcome = scene.words().say_with("welcome", &[("town", town.into())]);
    let plate = match view.slide {
        Some(event) => WindowPlate::inviting(scene, event),
        None => WindowPlate {
            kicker: String::new(),
            title: Shown { text: welcome.clone(), language: None, machine: false },
            line: String::new(),
            status: None,
            ink: Ink::Town,
            sample: false,
        },
    };
    let begin = match view.slide {
        Some(event) => Action::Begin(Some(event.common.id.clone())),
        None => Action::Begin(None),
    };
    let window = window(scene, view.slide.map(ItemRef::Event), plate).touch(begin).role(Role::Image);
    let greetings = view.greetings.iter().map(|(language, word)| greeting(scene, *language, word)).collect();
    let welcome = Block::text(welcome, Lettering::Title).ink(Ink::OnTown).centred();
    let mut invitation = Vec::new();
    if scene.profile.is_tall() {
        let mark = logo(scene, scene.cap_mm(Lettering::Hero) * 2.0, Ink::Town);
        invitation.extend(mark.map(|logo| Block::row(vec![logo]).justify(Justify::Centre)));
        invitation.push(welcome);
    } else {
        let mark = logo(scene, scene.lines_mm(Lettering::Title, 1), Ink::Town);
        let row = mark.into_iter().chain([welcome]).collect();
        invitation.push(Block::row(row).gap(6.0).justify(Justify::Centre));
    }
    invitation.push(
        Block::text(scene.say("attract-touch"), Lettering::Hero)
            .ink(Ink::OnTown)
            .centred()
            .fit(Fit::Shrink { width_mm: frame.content_width() - 16.0, height_mm: scene.lines_mm(Lettering::Hero, 1) }),
    );
    let touch = Block::column(invitation)
        .gap(8.0)
        .align(Align::Stretch)
        .justify(Justify::Centre)
        .pad(8.0, 8.0)
        .round(3.0)
        .plane(Ink::Town)
        .touch(Action::Begin(None))
        .fill();
    let columns = if frame.beside { 2 } else { 4 };
    let languages = Block::grid(columns, greetings).gap(8.0);
    let belt = Block::column(vec![touch, languages]).gap(10.0).pad(frame.margin_mm, 12.0).plane(Ink::Paper).fill();
    let shown: Vec<_> = view.slide.iter().map(|event| &event.common.id).collect();
    let foot = if scene.almanac.has_map {
        foot_map(scene, Vec::new(), scene.say("map-you"))
    } else {
        foot_coming(scene, &shown)
    };
    Sheet { window, belt, foot, overlay: None }
}

fn greeting(scene: &Scene<'_>, language: Language, word: &str) -> Block {
    Block::column(vec![
        Block::text(word, Lettering::Card).centred(),
        Block::text(language.own_name(), Lettering::Smallest).centred(),
    ])
    .gap(1.0)
    .justify(Justify::Centre)
    .pad(3.0, 5.0)
    .min_height(scene.target_mm() * 1.9)
    .round(3.0)
    .plane(Ink::Plane)
    .in_language(Some(language.tag().to_owned()))
    .touch(Action::Speak(language))
}
