//! A typographic poster: the day, large; for an event that has neither picture nor place.

use crate::calendar::next_timing;
use crate::content::Event;
use crate::player::block::{Align, Block, Justify, Role};
use crate::player::scene::Scene;
use crate::player::theme::icons;
use crate::player::theme::{Ink, Lettering};

/// The date of the event's next timing on a plane of its kind's ink.
pub fn poster(scene: &Scene<'_>, event: &Event) -> Option<Block> {
    let timing = next_timing(&event.timings, scene.now).or(event.timings.last())?;
    let begin = timing.begin.with_timezone(&scene.zone());
    let words = scene.words();
    let date = begin.date_naive();
    let (icon, ink) = icons::of_event(event.kind);
    let on =
        |text: String, lettering: Lettering| Block::text(text, lettering).ink(Ink::Paper).centred().role(Role::Text);
    let poster = Block::column(vec![
        Block::icon(icon.unicode(), Ink::Paper, 22.0),
        on(words.weekday(date), Lettering::Card),
        on(words.day_number(date), Lettering::Numeral),
        on(words.month(date), Lettering::Card),
        on(words.time(begin.time()), Lettering::Card),
    ]);
    Some(poster.gap(5.0).pad(6.0, 10.0).align(Align::Centre).justify(Justify::Centre).plane(ink))
}
