//! A list of events: time, title, how far.

use super::event::of_event;
use super::{Turn, own};
use crate::content::{EventFilter, FilterPeriod, Show, Timing};
use crate::player::scene::Scene;
use crate::player::signage::slide::Slide;
use crate::player::theme::Ink;
use crate::signage::events_found;
use lucide_icons::Icon;

pub fn slide(scene: &Scene<'_>, turn: Turn<'_>, filter: &EventFilter, rows: usize) -> Option<Slide> {
    let found = events_found(&scene.almanac.catalog, filter, turn.display, turn.begins);
    let rows: Vec<Slide> = found
        .iter()
        .take(rows)
        .map(|(event, timing)| {
            let row = of_event(scene, event, timing);
            row.tell("lead", lead(scene, timing))
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut slide = Slide::new(scene.visitor.language, Ink::Town).icon("icon", Icon::CalendarDays);
    slide.on_accent = Ink::OnTown;
    let town = scene.plain(&scene.almanac.catalog.town.name);
    let own_words = own::of_common(scene, &turn.item.common, Ink::Town);
    let is_built_in = turn.item.common.title.is_empty();
    let head = match filter.period {
        FilterPeriod::Tonight if turn.item.show == Show::Tonight || is_built_in => {
            scene.words().say_with("signage-tonight", &[("town", town.into())])
        }
        _ => own_words.text("title").map_or_else(|| scene.say("agenda-title"), |shown| shown.text.clone()),
    };
    let date = scene.words().date(scene.today());
    Some(slide.tell("title", head).tell("date", date).rows(rows))
}

/// When it begins, in as few words as stand in a column; what is on already, until when.
fn lead(scene: &Scene<'_>, timing: &Timing) -> String {
    let words = scene.words();
    let (begin, end) = (timing.begin.with_timezone(&scene.zone()), timing.end.with_timezone(&scene.zone()));
    if begin > scene.now {
        let is_today = begin.date_naive() == scene.today();
        return if is_today { words.time(begin.time()) } else { words.date_short(begin.date_naive()) };
    }
    let until =
        if end.date_naive() == scene.today() { words.time(end.time()) } else { words.date_short(end.date_naive()) };
    let arrow = if scene.visitor.language.is_rtl() { '←' } else { '→' };
    format!("{arrow} {until}")
}
