//! One event of the town: what, when, where.

use super::{Turn, own};
use crate::calendar::when;
use crate::content::{Event, EventFilter, ItemRef, Need, Timing, Tri};
use crate::language::{on_one_line, when_words};
use crate::player::media::PictureSpec;
use crate::player::needs::answer;
use crate::player::scene::Scene;
use crate::player::signage::slide::Slide;
use crate::player::theme::icons;
use crate::player::widgets::{FAR_M, kebab, venue};
use crate::signage::events_found;
use crate::wayfinding::distance_m;
use chrono::TimeDelta;
use lucide_icons::Icon;

pub fn slide(scene: &Scene<'_>, turn: Turn<'_>, filter: &EventFilter) -> Option<Slide> {
    let found = events_found(&scene.almanac.catalog, filter, turn.display, turn.begins);
    let (event, timing) = found.get(turn.which)?;
    Some(of_event(scene, event, timing))
}

/// An event and the timing for which it was found.
pub fn of_event(scene: &Scene<'_>, event: &Event, timing: &Timing) -> Slide {
    let words = scene.words();
    let (icon, ink) = icons::of_event(event.kind);
    let begin = timing.begin.with_timezone(&scene.zone());
    // It may end while its slide stands: until the next one comes it is still said to be on.
    let now = scene.now.min(timing.end.to_utc() - TimeDelta::seconds(1));
    let moment = when(std::slice::from_ref(timing), now, scene.zone());
    let position = scene.almanac.position_of(ItemRef::Event(event));
    let mut slide = own::of_common(scene, &event.common, ink)
        .icon("icon", icon)
        .tell("kind", scene.say(&format!("event-kind-{}", kebab(&event.kind))))
        .tell("when", when_words(words, &moment, now, scene.zone()))
        .tell("time", words.time(begin.time()))
        .tell("day", words.day_number(begin.date_naive()))
        .tell("weekday", words.weekday(begin.date_naive()))
        .tell("month", words.month(begin.date_naive()))
        .tell("weekday_short", words.weekday_short(begin.date_naive()))
        .tell("month_short", words.month_short(begin.date_naive()))
        .tell("place", venue(scene, event).unwrap_or_default())
        .tell("price", price(scene, event));
    slide = getting_there(scene, slide, ItemRef::Event(event));
    if !slide.has("picture")
        && let Some(centre) = position.filter(|_| scene.almanac.has_map)
    {
        slide = slide.hang("map", PictureSpec::Vignette { centre, ink }, scene.say("mark-drawn-map"));
        slide = slide.tell("credit", scene.almanac.catalog.town.map_credit.clone());
    }
    slide
}

/// What it costs, as far as that is said in a few words.
fn price(scene: &Scene<'_>, event: &Event) -> String {
    const WORDS_MAX: usize = 5;
    if event.free == Tri::Yes {
        return scene.say("event-free");
    }
    let conditions = scene.plain(&event.conditions);
    if conditions.split_whitespace().count() > WORDS_MAX { String::new() } else { conditions }
}

/// How long it takes to walk there from the display, and whether a wheelchair gets in.
pub fn getting_there(scene: &Scene<'_>, slide: Slide, item: ItemRef<'_>) -> Slide {
    let gets_in = answer(&scene.almanac.catalog, item, Need::Wheelchair).is_some_and(|(value, _)| value == Tri::Yes);
    let slide = if gets_in { slide.tell("access", scene.say("access-wheelchair-yes")) } else { slide };
    let from = scene.almanac.stand.map(|stand| stand.position);
    let Some((from, to)) = from.zip(scene.almanac.position_of(item)) else { return slide };
    let (words, metres) = (scene.words(), distance_m(from, to));
    if metres > FAR_M {
        let far = words.distance(metres);
        return slide.tell("walk", far.clone()).tell("minutes", far);
    }
    let minutes = scene.walk(metres);
    slide
        .icon("walk", Icon::Footprints)
        .tell("walk", words.say_with("on-foot", &[("minutes", words.number(i64::from(minutes)).into())]))
        .tell("minutes", on_one_line(&words.minutes(minutes)))
}
