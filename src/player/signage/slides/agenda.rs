//! A list of events: time, title, how far.

use super::event::of_event;
use super::{Turn, own};
use crate::content::{Event, EventFilter, FilterPeriod, Show, Timing};
use crate::language::{Language, on_one_line};
use crate::player::scene::Scene;
use crate::player::signage::slide::Slide;
use crate::player::theme::Ink;
use crate::signage::events_found;
use chrono::{Days, NaiveDate};
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
    Some(slide.tell("title", head).tell("date", dates(scene, filter.period, &found)).rows(rows))
}

/// The day, or the days from the first event to the last.
fn dates(scene: &Scene<'_>, period: FilterPeriod, found: &[(&Event, &Timing)]) -> String {
    let words = scene.words();
    let day = |timing: &Timing| timing.begin.with_timezone(&scene.zone()).date_naive().max(scene.today());
    let (first, last) = match (period, found) {
        (FilterPeriod::Weekend | FilterPeriod::All, [first, .., last]) => (day(first.1), day(last.1)),
        (FilterPeriod::Weekend | FilterPeriod::All, [only]) => (day(only.1), day(only.1)),
        _ => (scene.today(), scene.today()),
    };
    if first == last {
        return words.date(first);
    }
    let short = [("first", words.date_short(first).into()), ("last", words.date_short(last).into())];
    words.say_with("week-range", &short)
}

/// When it begins, in as few words as stand in a column; what is on already, until when.
fn lead(scene: &Scene<'_>, timing: &Timing) -> String {
    let words = scene.words();
    let (begin, end) = (timing.begin.with_timezone(&scene.zone()), timing.end.with_timezone(&scene.zone()));
    if begin > scene.now {
        let is_today = begin.date_naive() == scene.today();
        return if is_today { words.time(begin.time()) } else { day_words(scene, begin.date_naive()) };
    }
    let until =
        if end.date_naive() == scene.today() { words.time(end.time()) } else { day_words(scene, end.date_naive()) };
    let arrow = if scene.visitor.language.is_rtl() { '←' } else { '→' };
    format!("{arrow} {until}")
}

/// Within a week the weekday and the number say enough: "ven. 5".
fn day_words(scene: &Scene<'_>, date: NaiveDate) -> String {
    let words = scene.words();
    if date < scene.today() || date >= scene.today() + Days::new(7) {
        return words.date_short(date);
    }
    let (weekday, day) = (words.weekday_short(date), words.day_number(date));
    match words.language() {
        Language::Zh => format!("{day}日 {}", on_one_line(&weekday)),
        // It has no short weekdays: a narrow column needs two lines.
        Language::Ar => format!("{weekday} {day}"),
        Language::De => on_one_line(&format!("{weekday} {day}.")),
        _ => on_one_line(&format!("{weekday} {day}")),
    }
}
