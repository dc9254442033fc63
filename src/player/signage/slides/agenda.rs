//! A list of events: time, title, how far.

use super::event::of_event;
use super::{Turn, own};
use crate::content::{EventFilter, FilterPeriod, Show};
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
            let day = timing.begin.with_timezone(&scene.zone()).date_naive();
            let is_today = day <= scene.today();
            let lead = if is_today {
                scene.words().time(timing.begin.with_timezone(&scene.zone()).time())
            } else {
                scene.words().date_short(day)
            };
            row.say("lead", lead)
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
    Some(slide.say("title", head).say("date", date).rows(rows))
}
