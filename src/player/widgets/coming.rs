//! What comes next, to be read below the controls: for a foot that has no map to show.

use super::{foot_plate, item_title, lead};
use crate::calendar::next_timing;
use crate::content::{Event, Id, ItemRef};
use crate::player::block::{Block, Fit, Role, Rule};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering, icons};

/// More are not read in passing.
const ROWS_MAX: usize = 5;
const PAD_MM: f32 = 12.0;
const GAP_MM: f32 = 6.0;

/// The next events that take place, but for those the screen shows; the town's desk where there are none.
pub fn foot_coming(scene: &Scene<'_>, but: &[&Id]) -> Block {
    let frame = scene.frame();
    let row_mm = scene.lines_mm(Lettering::Card, 1) + scene.lines_mm(Lettering::Smallest, 1) + 6.0;
    let head_mm = scene.lines_mm(Lettering::Title, 1);
    let room_mm = frame.foot.height - 2.0 * PAD_MM - head_mm;
    let rows = ((room_mm / (row_mm + GAP_MM)).max(0.0) as usize).min(ROWS_MAX);
    let coming = next_events(scene).filter(|event| !but.contains(&&event.common.id));
    let mut lines: Vec<Block> = coming.take(rows).map(|event| row(scene, event, row_mm)).collect();
    if lines.is_empty() {
        return foot_plate(scene, String::new());
    }
    // More than the one in the window stand above: the list runs on.
    if but.len() > 1 {
        return Block::column(lines).gap(GAP_MM).pad(frame.margin_mm, PAD_MM).plane(Ink::Plane).fill();
    }
    lines.insert(0, Block::text(scene.say("home-next"), Lettering::Title).role(Role::Heading));
    Block::column(lines).gap(GAP_MM).pad(frame.margin_mm, PAD_MM).plane(Ink::Plane).fill()
}

/// What begins next and takes place.
pub fn next_events<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Event> {
    let now = scene.now;
    let begins = move |event: &Event| next_timing(&event.timings, now).is_some_and(|timing| timing.begin > now);
    let coming = scene.coming().into_iter();
    coming.filter(move |event| event.status.takes_place() && begins(event))
}

fn row(scene: &Scene<'_>, event: &Event, row_mm: f32) -> Block {
    let (icon, ink) = icons::of_event(event.kind);
    let icon_mm = scene.cap_mm(Lettering::Card) * 1.5;
    let frame = scene.frame();
    let width_mm = frame.foot.width - 2.0 * frame.margin_mm - icon_mm - 8.0;
    let one_line = |lettering| Fit::Shrink { width_mm, height_mm: scene.lines_mm(lettering, 1) };
    let title = item_title(scene, ItemRef::Event(event));
    let lines = vec![
        Block::text(title.text, Lettering::Card).in_language(title.language).fit(one_line(Lettering::Card)),
        Block::text(lead(scene, event, &event.timings), Lettering::Smallest)
            .ink(Ink::Quiet)
            .fit(one_line(Lettering::Smallest)),
    ];
    Block::row(vec![Block::icon(icon.unicode(), ink, icon_mm), Block::column(lines).gap(1.0).fill()])
        .gap(8.0)
        .height(row_mm)
        .rule(Rule::Above(Ink::Rule))
}
