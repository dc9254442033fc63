//! A typographic poster: the day, large; for an event that has neither picture nor place.

use crate::calendar::next_timing;
use crate::content::{Event, EventStatus, Timing};
use crate::player::block::{Align, Block, Fit, Justify, Role};
use crate::player::scene::Scene;
use crate::player::theme::icons;
use crate::player::theme::{Ink, Lettering};
use crate::player::visitor::Mode;

/// Between the edge of the plane and what stands on it.
const PAD_MM: f32 = 4.0;
/// A window that is less than so many capitals high is low.
const LOW_CAPS: f32 = 36.0;

/// The date of the next of these timings on a plane of its kind's ink; none for what was put off.
pub fn poster(scene: &Scene<'_>, event: &Event, timings: &[Timing], width_mm: f32) -> Option<Block> {
    if event.status == EventStatus::Postponed {
        return None;
    }
    let timing = next_timing(timings, scene.now).or(timings.last())?;
    let begin = timing.begin.with_timezone(&scene.zone());
    let words = scene.words();
    let date = begin.date_naive();
    let (icon, ink) = icons::of_event(event.kind);
    let inner_mm = width_mm - 2.0 * PAD_MM;
    let on = |text: String, lettering: Lettering| {
        let fit = Fit::Shrink { width_mm: inner_mm, height_mm: scene.lines_mm(lettering, 1) };
        Block::text(text, lettering).ink(Ink::Paper).centred().role(Role::Text).fit(fit)
    };
    let frame = scene.frame();
    // Two digits are 1.9 times as wide as a capital is high; a low window has no room for them above its plate.
    let numeral_fits = inner_mm >= scene.cap_mm(Lettering::Numeral) * 1.9
        && frame.window.height >= scene.cap_mm(Lettering::Card) * LOW_CAPS;
    let numeral = if numeral_fits { Lettering::Numeral } else { Lettering::Hero };
    // The whole window to itself.
    let alone = numeral_fits && width_mm >= frame.window.width;
    let word = if alone { Lettering::Title } else { Lettering::Card };
    if !numeral_fits && width_mm >= frame.window.width {
        let day = [on(words.day_number(date), Lettering::Hero), on(words.month(date), Lettering::Card)];
        // From where reading starts: marks hang at the other end.
        // Large words under it leave it one line: they say the weekday too.
        let weekday = (!scene.visitor.has(Mode::Large)).then(|| on(words.weekday(date), Lettering::Card));
        let lines = weekday.into_iter().chain([Block::row(day.into()).gap(8.0)]);
        let column = Block::column(lines.collect()).align(Align::Start).justify(Justify::Centre);
        return Some(column.pad(frame.margin_mm, 6.0).plane(ink).width(width_mm));
    }
    let mut lines = Vec::new();
    let is_large = scene.visitor.has(Mode::Large);
    // Large words take the icon's room.
    if numeral_fits && !(alone && is_large) {
        lines.push(Block::icon(icon.unicode(), Ink::Paper, if alone { 44.0 } else { 22.0 }));
    }
    // A small window with large words under it leaves two lines of height: the words say the rest.
    let is_low = !numeral_fits && is_large;
    lines.extend((!is_low).then(|| on(words.weekday(date), word)));
    lines.push(on(words.day_number(date), numeral));
    lines.push(on(words.month(date), word));
    lines.extend((!is_low).then(|| on(words.time(begin.time()), word)));
    let poster = Block::column(lines).width(width_mm);
    Some(poster.gap(5.0).pad(PAD_MM, 6.0).align(Align::Centre).justify(Justify::Centre).plane(ink))
}
