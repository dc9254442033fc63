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
/// Around what stands in the belt, and between it.
const PAD_MM: f32 = 12.0;
const GAP_MM: f32 = 10.0;
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
    let (languages, languages_mm) = languages(scene, &view);
    let left_mm = frame.belt.height - 2.0 * PAD_MM - languages_mm - GAP_MM;
    let belt = Block::column(vec![invitation(scene, welcome, left_mm), languages]);
    let belt = belt.gap(GAP_MM).pad(frame.margin_mm, PAD_MM).plane(Ink::Paper).fill();
    let shown: Vec<_> = view.slide.iter().map(|event| &event.common.id).collect();
    let foot = if scene.almanac.has_map {
        foot_map(scene, Vec::new(), scene.say("map-you"))
    } else {
        foot_coming(scene, &shown)
    };
    Sheet { window, belt, foot, overlay: None }
}

/// The plate to touch: what to do, and as much of a welcome as there is room for.
fn invitation(scene: &Scene<'_>, welcome: String, height_mm: f32) -> Block {
    const GAP_MM: f32 = 8.0;
    let frame = scene.frame();
    let touch_mm = scene.lines_mm(Lettering::Hero, 1);
    let welcome_mm = scene.lines_mm(Lettering::Title, 1);
    let logo_mm = scene.cap_mm(Lettering::Hero) * 2.0;
    let left_mm = height_mm - touch_mm - 2.0 * GAP_MM;
    let mut lines = Vec::new();
    if left_mm >= welcome_mm + GAP_MM {
        let beside = left_mm < welcome_mm + logo_mm + 2.0 * GAP_MM;
        let side_mm = if beside { welcome_mm } else { logo_mm };
        let mark = logo(scene, side_mm, Ink::Town).map(unspoken);
        let taken_mm = if beside && mark.is_some() { side_mm + GAP_MM } else { 0.0 };
        let fit = Fit::Shrink { width_mm: frame.content_width() - 16.0 - taken_mm, height_mm: welcome_mm };
        let welcome = Block::text(welcome, Lettering::Title).ink(Ink::OnTown).centred().fit(fit);
        let parts: Vec<Block> = mark.into_iter().chain([welcome]).collect();
        let row = |parts| Block::row(parts).gap(GAP_MM).justify(Justify::Centre);
        lines.extend(if beside { vec![row(parts)] } else { parts.into_iter().map(|part| row(vec![part])).collect() });
    }
    // Without room for a welcome, the logo says where one is.
    let mark = logo(scene, touch_mm, Ink::Town).map(unspoken).filter(|_| lines.is_empty() && left_mm >= 0.0);
    let taken_mm = if mark.is_some() { touch_mm + GAP_MM } else { 0.0 };
    let touch = Block::text(scene.say("attract-touch"), Lettering::Hero)
        .ink(Ink::OnTown)
        .centred()
        .fit(Fit::Shrink { width_mm: frame.content_width() - 16.0 - taken_mm, height_mm: touch_mm });
    let parts = mark.into_iter().chain([touch]).collect();
    lines.push(Block::row(parts).gap(GAP_MM).justify(Justify::Centre));
    Block::column(lines)
        .gap(GAP_MM)
        .align(Align::Stretch)
        .justify(Justify::Centre)
        .pad(8.0, 8.0)
        .round(3.0)
        .plane(Ink::Town)
        .touch(Action::Begin(None))
        .fill()
}

/// The plate's own words name the town.
fn unspoken(logo: Block) -> Block {
    logo.named("").silent()
}

/// Every language with its greeting, and the height that they take.
fn languages(scene: &Scene<'_>, view: &AttractView<'_>) -> (Block, f32) {
    const GAP_MM: f32 = 8.0;
    let columns = if scene.frame().beside { 2 } else { 4 };
    let rows = view.greetings.len().div_ceil(columns) as f32;
    let words_mm = scene.lines_mm(Lettering::Card, 1) + 1.0 + scene.lines_mm(Lettering::Smallest, 1) + 10.0;
    let row_mm = words_mm.max(scene.target_mm() * 1.9);
    let greetings = view.greetings.iter().map(|(language, word)| greeting(scene, *language, word)).collect();
    (Block::grid(columns as u16, greetings).gap(GAP_MM), rows * (row_mm + GAP_MM) - GAP_MM)
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
