//! The screen at rest: what is worth coming closer for, one still at a time, and where to touch.
//!
//! A touch on the slide opens home with that thing in the window; a touch on a language speaks it.
//! Works offline like everything else.

use crate::calendar::{Period, falls_in};
use crate::content::{Event, ItemRef};
use crate::language::{Language, Words};
use crate::player::action::Action;
use crate::player::band::band;
use crate::player::block::{Align, Block, Fit, Justify, Role, Sheet};
use crate::player::frame::Frame;
use crate::player::scene::{Scene, Shown};
use crate::player::signage::Inviting;
use crate::player::theme::{Ink, Lettering};
use crate::player::widgets::{WindowPlate, foot_coming, foot_map, logo, set_mm, unsigned, window};
use chrono::{DateTime, TimeDelta, Utc};

/// How long each slide stays (LOOK).
const SLIDE_SECS: i64 = 8;
/// Space above and below what stands in the belt, and between.
const EDGE_MM: f32 = 12.0;
const GAP_MM: f32 = 10.0;
/// A belt narrower than this is a counter's.
const NARROW_MM: f32 = 400.0;
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
    let mut events = scene.coming();
    events.retain(|event| event.status.takes_place());
    let is_tonight = falls_in(Period::Tonight, scene.now, scene.zone());
    let tonight = |event: &Event| event.timings.iter().any(is_tonight);
    let seen =
        |event: &Event| event.common.media.is_empty() && scene.almanac.position_of(ItemRef::Event(event)).is_none();
    events.sort_by_cached_key(|event| (!tonight(event), seen(event)));
    events.truncate(SLIDES);
    events
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let frame = scene.frame();
    let (window, shown) = match scene.slide {
        Some(slide) => (slide_window(scene, slide), slide.item.iter().collect()),
        None => (event_window(scene, view.slide), view.slide.iter().map(|event| &event.common.id).collect::<Vec<_>>()),
    };
    let (greetings, greetings_mm) = greetings(scene, &view.greetings);
    let touch_mm = frame.belt.height - 2.0 * EDGE_MM - greetings_mm - GAP_MM;
    let touch = invitation(scene, welcome(scene), touch_mm);
    let belt = Block::column(vec![touch, greetings]).gap(GAP_MM).pad(frame.margin_mm, EDGE_MM).plane(Ink::Paper).fill();
    let foot = if scene.almanac.has_map {
        foot_map(scene, Vec::new(), scene.say("map-you"))
    } else {
        foot_coming(scene, &shown)
    };
    Sheet { band: band(scene), window, belt, foot, overlay: None }
}

/// What the town has scheduled: it stands under a window of glass, which is the way to it.
fn slide_window(scene: &Scene<'_>, slide: &Inviting) -> Block {
    let mark = unsigned(scene);
    let words: Vec<String> = mark.iter().map(Block::words).chain([slide.words.clone()]).collect();
    Block::column(mark.into_iter().collect())
        .fill()
        .role(Role::Image)
        .named(words.join(", "))
        .in_language(Some(slide.language.clone()))
        .touch(Action::Begin(slide.item.clone()))
}

/// One of the events that are worth coming closer for; a welcome where there is none.
fn event_window(scene: &Scene<'_>, event: Option<&Event>) -> Block {
    let plate = match event {
        Some(event) => WindowPlate::inviting(scene, event),
        None => WindowPlate {
            kicker: String::new(),
            title: Shown { text: welcome(scene), language: None, machine: false },
            line: String::new(),
            status: None,
            ink: Ink::Town,
            sample: false,
        },
    };
    let begin = Action::Begin(event.map(|event| event.common.id.clone()));
    window(scene, event.map(ItemRef::Event), plate).touch(begin).role(Role::Image)
}

fn welcome(scene: &Scene<'_>) -> String {
    let town = scene.plain(&scene.almanac.catalog.town.name);
    scene.words().say_with("welcome", &[("town", town.into())])
}

/// The welcome, under the town's logo or beside it, and what to do: the largest thing to touch.
fn invitation(scene: &Scene<'_>, welcome: String, height_mm: f32) -> Block {
    const PAD_MM: f32 = 8.0;
    const LINE_GAP_MM: f32 = 6.0;
    let is_narrow = scene.frame().content_width() < NARROW_MM;
    let greeting = if is_narrow { Lettering::Card } else { Lettering::Title };
    let over = scene.profile.is_tall();
    let mark_mm = if over { scene.cap_mm(Lettering::Hero) * 2.0 } else { scene.lines_mm(greeting, 1) };
    let width_mm = scene.frame().content_width() - 2.0 * PAD_MM;
    let has_room = if over {
        height_mm > mark_mm * 4.0
    } else {
        set_mm(&welcome, scene.cap_mm(greeting)) + mark_mm * 2.0 <= width_mm
    };
    let mark = logo(scene, mark_mm, Ink::Town).filter(|_| has_room).map(Block::silent);
    let over_mm = if over && mark.is_some() { mark_mm + LINE_GAP_MM } else { 0.0 };
    let beside_mm = if !over && mark.is_some() { mark_mm * 2.0 } else { 0.0 };
    let line_mm = (height_mm - PAD_MM - over_mm - LINE_GAP_MM) / 2.0;
    let line = |text: String, lettering: Lettering, taken_mm: f32| {
        let fit = Fit::Shrink { width_mm: width_mm - taken_mm, height_mm: line_mm };
        Block::text(text, lettering).ink(Ink::OnTown).centred().fit(fit)
    };
    let welcome = line(welcome, greeting, beside_mm);
    let begin = line(scene.say("attract-touch"), Lettering::Hero, 0.0);
    let row = |blocks: Vec<Block>| Block::row(blocks).gap(LINE_GAP_MM).justify(Justify::Centre);
    let lines = match mark {
        Some(mark) if over => vec![row(vec![mark]), welcome, begin],
        Some(mark) => vec![row(vec![mark, welcome]), begin],
        None => vec![welcome, begin],
    };
    Block::column(lines)
        .gap(LINE_GAP_MM)
        .align(Align::Stretch)
        .justify(Justify::Centre)
        .pad(PAD_MM, PAD_MM / 2.0)
        .height(height_mm)
        .round(3.0)
        .plane(Ink::Town)
        .touch(Action::Begin(None))
}

/// The greetings in two columns beside the window, or four; and their height in mm. At most six tenths of the belt, or
/// too little is left to touch first: where that is too low for two lines, the greeting stands for its language.
fn greetings(scene: &Scene<'_>, greetings: &[(Language, String)]) -> (Block, f32) {
    let frame = scene.frame();
    let is_narrow = frame.content_width() < NARROW_MM;
    let (gap_mm, pad_mm) = if is_narrow { (6.0, 2.0) } else { (Frame::GUTTER_MM, 5.0) };
    let share_mm = frame.belt.height * 0.6;
    let word_mm = scene.lines_mm(Lettering::Card, 1) + 2.0 * pad_mm;
    let both_mm = (word_mm + scene.lines_mm(Lettering::Smallest, 1) + 1.0).max(scene.target_mm() * 1.5);
    let height_mm =
        |columns: usize, cell_mm: f32| greetings.len().div_ceil(columns) as f32 * (cell_mm + gap_mm) - gap_mm;
    let fits = height_mm(2, both_mm) <= share_mm;
    let columns = if is_narrow || (frame.beside && fits) { 2 } else { 4 };
    let names = fits || !is_narrow;
    let cell_mm = if names { both_mm } else { word_mm.max(scene.target_mm()) };
    let width_mm = (frame.content_width() + gap_mm) / columns as f32 - gap_mm;
    let cells = greetings.iter().map(|(language, word)| greeting(scene, *language, word, names, (width_mm, cell_mm)));
    (Block::grid(columns as u16, cells.collect()).gap(gap_mm), height_mm(columns, cell_mm))
}

fn greeting(
    scene: &Scene<'_>,
    language: Language,
    word: &str,
    names: bool,
    (width_mm, height_mm): (f32, f32),
) -> Block {
    const PAD_MM: f32 = 3.0;
    let line = |text: &str, lettering: Lettering| {
        let fit = Fit::Shrink { width_mm: width_mm - 2.0 * PAD_MM, height_mm: scene.lines_mm(lettering, 1) * 1.2 };
        Block::text(text, lettering).centred().fit(fit)
    };
    let name = names.then(|| line(language.own_name(), Lettering::Smallest));
    Block::column(std::iter::once(line(word, Lettering::Card)).chain(name).collect())
        .gap(1.0)
        .justify(Justify::Centre)
        .pad(PAD_MM, 1.0)
        .height(height_mm)
        .round(3.0)
        .plane(Ink::Plane)
        .in_language(Some(language.tag().to_owned()))
        .touch(Action::Speak(language))
}
