//! The time left until something begins: days, in the last two days hours, in the last hour minutes.

use super::own;
use crate::content::PlaylistItem;
use crate::player::scene::Scene;
use crate::player::signage::slide::Slide;
use crate::player::theme::Ink;
use chrono::{DateTime, Utc};
use lucide_icons::Icon;

/// Below so many hours, hours are counted instead of days; below one hour, minutes.
const HOURS_BELOW: i64 = 48;

pub fn slide(scene: &Scene<'_>, item: &PlaylistItem, to: DateTime<Utc>) -> Option<Slide> {
    let left = to - scene.now;
    if left <= chrono::TimeDelta::zero() {
        return None;
    }
    let (key, count) = match left.num_hours() {
        // Nights until then, as people count days.
        HOURS_BELOW.. => ("countdown-days", (to.with_timezone(&scene.zone()).date_naive() - scene.today()).num_days()),
        1.. => ("countdown-hours", left.num_hours()),
        _ => ("countdown-minutes", left.num_minutes() + 1),
    };
    let words = scene.words();
    let begin = to.with_timezone(&scene.zone());
    let mut slide = own::of_common(scene, &item.common, Ink::Town).icon("icon", Icon::CalendarClock);
    slide.on_accent = Ink::OnTown;
    let date = words.say_with(
        "when-date",
        &[("date", words.date(begin.date_naive()).into()), ("time", words.time(begin.time()).into())],
    );
    Some(
        slide
            .tell("number", words.number(count))
            .tell("unit", words.say_with(key, &[("count", count.into())]))
            .tell("when", date),
    )
}
