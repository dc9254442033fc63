//! An event: the visitor reads when and where it is, for whom and at what price, what is known about access, whether
//! it takes place at all, and books by telephone or with their own. Only the page behind the code needs a network,
//! and that is the telephone's.

use crate::calendar::{Period, falls_in, next_timing};
use crate::content::{Event, EventStatus, Id, ItemRef, Place, Registration, Timing};
use crate::player::action::{Action, Filter};
use crate::player::block::{Align, Block, Justify, Sheet};
use crate::player::media::MapMark;
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::{Ink, Lettering, icons};
use crate::player::visitor::Mode;
use crate::player::widgets::{
    Card, Reading, WindowPlate, access_facts, belt_height_mm, card, dead_end, easy_switch, event_card, event_lead,
    foot_coming, foot_map, gone, head, is_speaking, item_title, kebab, language_mark, next_events, page, place_title,
    reading, reading_area, reading_blocks, sentence, speak_button, speak_plate, status_mark, window, window_where,
};
use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use facts::{booking, dates, terms, whereabouts};
use lucide_icons::Icon;

mod facts;

/// Dates that are read at a glance.
const DATES: usize = 4;
/// Of the others so many are shown at most.
const OTHER_DATES_MAX: usize = 40;
/// An upper age that means none.
const NO_UPPER_AGE: u8 = 99;

/// What the screen says.
#[derive(Clone, Debug, PartialEq)]
pub struct EventView<'a> {
    pub event: &'a Event,
    /// No timing is left.
    pub over: bool,
    /// The next dates in words, soonest first.
    pub dates: Vec<String>,
    /// Those after them.
    pub other_dates: Vec<String>,
    /// Where it is, when that is a place of the town and one has to go there.
    pub place: Option<&'a Place>,
    pub ages: Option<String>,
    pub reading: Option<Reading>,
    /// The day of its next date, as long as something else is on then.
    pub same_day: Option<NaiveDate>,
    /// "… is behind you, to the left, 350 m away, about 7 min on foot."
    pub way: Option<String>,
}

/// `None` when the event is not, or no longer, published.
pub fn view<'a>(scene: &Scene<'a>, id: &Id) -> Option<EventView<'a>> {
    let known = scene.almanac.catalog.event(id).filter(|_| scene.knows_the_time());
    let event = known.filter(|event| scene.shows(&event.common))?;
    let coming: Vec<&Timing> = event.timings.iter().filter(|timing| timing.end > scene.now).collect();
    let mut dates = coming.iter().map(|timing| date_words(scene, timing));
    let first = dates.by_ref().take(DATES).collect();
    let other_dates = dates.take(OTHER_DATES_MAX).collect();
    let location = event.location.as_ref().filter(|_| !event.is_online());
    let place = location.and_then(|location| scene.almanac.catalog.place(location.place.as_ref()?));
    let place = place.filter(|place| scene.shows(&place.common));
    let goal = scene.almanac.position_of(ItemRef::Event(event));
    Some(EventView {
        event,
        over: coming.is_empty(),
        dates: first,
        other_dates,
        place,
        ages: ages_words(scene, event),
        reading: reading(scene, &event.common),
        same_day: coming.first().and_then(|timing| shared_day(scene, event, timing)),
        way: goal.and_then(|goal| sentence(scene, &where_name(scene, event, place), goal)),
    })
}

/// "Saturday 21 November, 14:00 – 18:00"; what lasts for days, from its first to its last.
fn date_words(scene: &Scene<'_>, timing: &Timing) -> String {
    let words = scene.words();
    let (begin, end) = (timing.begin.with_timezone(&scene.zone()), timing.end.with_timezone(&scene.zone()));
    let at = |at: DateTime<Tz>| words.time(at.time());
    if end - begin > chrono::TimeDelta::days(1) {
        let (from, to) = (words.date(begin.date_naive()), words.date(end.date_naive()));
        return words.say_with("time-range", &[("from", from.into()), ("to", to.into())]);
    }
    let date = words.date(begin.date_naive());
    if begin == end {
        return words.say_with("when-date", &[("date", date.into()), ("time", at(begin).into())]);
    }
    let end = words.end_time(end.time());
    words.say_with("when-from-to", &[("date", date.into()), ("from", at(begin).into()), ("to", end.into())])
}

fn ages_words(scene: &Scene<'_>, event: &Event) -> Option<String> {
    let words = scene.words();
    let [from, to] = event.ages?;
    let number = |age: u8| words.number(i64::from(age));
    match (from, to) {
        (0, NO_UPPER_AGE..) => None,
        (from, NO_UPPER_AGE..) => Some(words.say_with("event-ages-from", &[("from", number(from).into())])),
        (0, to) => Some(words.say_with("event-ages-to", &[("to", number(to).into())])),
        (from, to) => Some(words.say_with("event-ages", &[("from", number(from).into()), ("to", number(to).into())])),
    }
}

/// The day of this timing, when another event that takes place is on then.
fn shared_day(scene: &Scene<'_>, event: &Event, timing: &Timing) -> Option<NaiveDate> {
    let date = timing.begin.with_timezone(&scene.zone()).date_naive().max(scene.today());
    let on = falls_in(Period::Day(date), scene.now, scene.zone());
    let others = scene.coming();
    let mut others = others.into_iter().filter(|other| other.common.id != event.common.id);
    others.any(|other| other.status.takes_place() && other.timings.iter().any(on)).then_some(date)
}

/// What the place is called: as the source does, else by its own name, else the event's.
fn where_name(scene: &Scene<'_>, event: &Event, place: Option<&Place>) -> String {
    let own = event.location.as_ref().map(|location| location.name.clone()).filter(|name| !name.is_empty());
    own.or_else(|| place.map(|place| place_title(scene, place).text))
        .unwrap_or_else(|| item_title(scene, ItemRef::Event(event)).text)
}

pub fn sheet(scene: &Scene<'_>, id: &Id) -> Sheet {
    let Some(view) = view(scene, id) else { return gone(scene) };
    let goal = scene.almanac.position_of(ItemRef::Event(view.event));
    let foot = match goal {
        _ if view.event.is_online() => foot_coming(scene, &[id]),
        Some(position) => {
            let way = view.way.clone().unwrap_or_else(|| scene.say("map-you"));
            foot_map(scene, vec![MapMark { position, number: None }], way)
        }
        None if scene.almanac.has_map => foot_map(scene, Vec::new(), scene.say("map-you")),
        None => foot_coming(scene, &[id]),
    };
    let belt = if is_speaking(scene) {
        speak_plate(scene, None)
    } else if view.over {
        over(scene)
    } else {
        belt(scene, &view)
    };
    page(scene, event_window(scene, &view), vec![belt], foot)
}

/// It is over: what comes next, as far as there is room, and the way to the rest.
fn over(scene: &Scene<'_>) -> Block {
    const GAP_MM: f32 = 6.0;
    let agenda = (Icon::CalendarDays, scene.say("agenda-show-next"), Action::Navigate(Screen::Agenda));
    let said_mm = scene.lines_mm(Lettering::Card, 3) + 2.0 * scene.target_mm();
    let rows = (belt_height_mm(scene) - said_mm) / (Card::height_mm(scene) + GAP_MM);
    let next = next_events(scene).take(rows.max(0.0) as usize);
    let next = next.map(|event| card(scene, event_card(scene, event, &event.timings)));
    let said = dead_end(scene, scene.say("item-over"), vec![agenda]);
    Block::column(std::iter::once(said).chain(next).collect()).gap(GAP_MM)
}

fn event_window(scene: &Scene<'_>, view: &EventView<'_>) -> Block {
    let event = view.event;
    let status = status_mark(scene, event);
    let line = match event.status {
        // Without a foot, the way stands here or nowhere.
        EventStatus::Scheduled if scene.frame().foot.height <= 0.0 => {
            view.way.clone().unwrap_or_else(|| scene.plain(&event.common.summary))
        }
        EventStatus::Scheduled => scene.plain(&event.common.summary),
        EventStatus::Postponed => postponed_words(scene, event),
        EventStatus::Full => full_words(scene, event),
        status => scene.say(&format!("event-status-{}-more", kebab(&status))),
    };
    let plate = WindowPlate {
        kicker: event_lead(scene, event),
        title: item_title(scene, ItemRef::Event(event)),
        line,
        status,
        ink: icons::of_event(event.kind).1,
        sample: event.common.sample,
    };
    let item = ItemRef::Event(event);
    let goal = scene.almanac.position_of(item);
    let spoken = view.way.clone().unwrap_or_else(|| scene.say("map-you"));
    match goal {
        Some(position) => window_where(scene, Some(item), vec![MapMark { position, number: None }], spoken, plate),
        None => window(scene, Some(item), plate),
    }
}

/// The day on which it would have been, as what it is: given up.
fn postponed_words(scene: &Scene<'_>, event: &Event) -> String {
    let Some(timing) = next_timing(&event.timings, scene.now) else { return scene.say("event-date-unknown") };
    let date = scene.words().date(timing.begin.with_timezone(&scene.zone()).date_naive());
    scene.words().say_with("event-status-postponed-more", &[("date", date.into())])
}

/// Whom to ask is said only where there is a number or an address to ask at.
fn full_words(scene: &Scene<'_>, event: &Event) -> String {
    let is_known = |way: &Registration| matches!(way.kind.as_str(), "phone" | "email") && !way.value.is_empty();
    let full = scene.say("event-status-full-more");
    match event.registration.iter().any(is_known) {
        true => format!("{full} {}", scene.say("event-status-full-ask")),
        false => full,
    }
}

/// What is known, to be read by sliding, over the buttons.
fn belt(scene: &Scene<'_>, view: &EventView<'_>) -> Block {
    let has_easy = view.reading.as_ref().is_some_and(|reading| reading.has_easy);
    let mut buttons: Vec<Block> = Vec::new();
    if let (false, Some(date)) = (view.event.status.takes_place(), view.same_day) {
        let period = if date == scene.today() { Period::Today } else { Period::Day(date) };
        let action = Action::Open(Screen::Agenda, Filter::Period(period));
        buttons.push(button(scene, Icon::CalendarDays, scene.say("event-same-day"), action));
    }
    buttons.extend(has_easy.then(|| easy_switch(scene)));
    buttons.push(speak_button(scene));
    let buttons = Block::row(buttons.into_iter().map(Block::fill).collect()).gap(6.0);
    Block::column(vec![reading_area("event", parts(scene, view)), buttons]).gap(8.0).fill()
}

fn button(scene: &Scene<'_>, icon: Icon, word: String, action: Action) -> Block {
    let word = Block::text(word, Lettering::Body).bold();
    Block::row(vec![Block::icon(icon.unicode(), Ink::Ink, 13.0), word])
        .gap(6.0)
        .pad(8.0, 3.0)
        .justify(Justify::Centre)
        .min_height(scene.target_mm() + 6.0)
        .round(3.0)
        .plane(Ink::Plane)
        .touch(action)
}

fn parts(scene: &Scene<'_>, view: &EventView<'_>) -> Vec<Block> {
    let width_mm = scene.frame().content_width();
    let wide = width_mm > 58.0 * scene.cap_mm(Lettering::Smallest);
    let column_mm = if wide { (width_mm - 12.0) / 2.0 } else { width_mm };
    let mut one = vec![dates(scene, view)];
    one.extend(terms(scene, view));
    let mut other: Vec<Block> = whereabouts(scene, view).into_iter().collect();
    other.extend(booking(scene, view, column_mm));
    let (one, other) = (Block::column(one).gap(2.0), Block::column(other).gap(2.0));
    let mut parts = vec![if wide {
        Block::row(vec![one.width(column_mm), other.width(column_mm)]).gap(12.0).align(Align::Start)
    } else {
        Block::column(vec![one, other]).gap(2.0)
    }];
    let access = [head(scene.say("access-facts")), access_facts(scene, ItemRef::Event(view.event))];
    // Who has said what they need reads that first.
    let (before, after) = if scene.visitor.needs.is_empty() { (None, Some(access)) } else { (Some(access), None) };
    parts.splice(0..0, before.into_iter().flatten());
    if let Some(reading) = &view.reading {
        parts.push(head(scene.say("event-about")));
        if scene.visitor.has(Mode::Easy) && !reading.easy {
            parts.push(Block::text(scene.say("article-no-easy"), Lettering::Smallest).ink(Ink::Quiet));
        }
        parts.extend(language_mark(scene, &reading.shown));
        parts.extend(reading_blocks(scene, &reading.shown));
    }
    parts.extend(after.into_iter().flatten());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Attendance, Catalog, Common, Item, Localized, Location, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;

    fn timing(begin: &str, end: &str) -> Timing {
        let at = |text: &str| text.parse().expect("an instant");
        Timing { begin: at(begin), end: at(end) }
    }

    fn event(id: &str, days: std::ops::Range<u8>) -> Event {
        let on = |day| timing(&format!("2026-06-{day}T20:00:00+02:00"), &format!("2026-06-{day}T22:00:00+02:00"));
        let common = Common { id: Id(id.to_owned()), title: Localized::one("en", id), ..Common::default() };
        Event { common, timings: days.map(on).collect(), ..Event::default() }
    }

    fn seen<T>(events: Vec<Event>, id: &str, tell: impl Fn(Option<EventView<'_>>) -> T) -> T {
        with_scene(events, |scene| tell(view(scene, &Id(id.to_owned()))))
    }

    fn with_scene<T>(events: Vec<Event>, tell: impl FnOnce(&Scene<'_>) -> T) -> T {
        let almanac =
            Almanac::new(Catalog::new(Town::default(), events.into_iter().map(Item::Event).collect()).0, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let visitor = Visitor::nobody(Language::En);
        let now = "2026-06-15T12:00:00+02:00".parse().expect("an instant");
        let scene = Scene::of(&almanac, &visitor, now, &profile);
        tell(&scene)
    }

    #[test]
    fn four_dates_are_read_at_once_and_past_ones_never() {
        let series = || vec![event("series", 12..22)];
        let counts = seen(series(), "series", |view| view.map(|view| (view.dates.len(), view.other_dates.len())));
        assert_eq!(counts, Some((4, 3)), "ten dates, three of them over");
        let first = seen(series(), "series", |view| view.and_then(|view| view.dates.into_iter().next()));
        assert!(first.is_some_and(|date| date.contains("15")));
    }

    #[test]
    fn what_is_over_says_so_and_what_is_unknown_is_gone() {
        let series = || vec![event("over", 12..14)];
        assert_eq!(seen(series(), "over", |view| view.map(|view| view.over)), Some(true));
        assert!(seen(series(), "never", |view| view.is_none()));
    }

    #[test]
    fn ages_are_said_without_an_age_that_means_none() {
        for (ages, said) in [([0, 99], ""), ([6, 99], "6"), ([0, 3], "3"), ([6, 12], "6 12")] {
            let events = vec![Event { ages: Some(ages), ..event("aged", 15..16) }];
            let words = seen(events, "aged", |view| view.and_then(|view| view.ages));
            let words = words.unwrap_or_default();
            assert_eq!(words.is_empty(), said.is_empty(), "{ages:?}: {words}");
            assert!(said.split_whitespace().all(|number| words.contains(number)), "{ages:?}: {words}");
            assert!(!words.contains("99"), "{words}");
        }
    }

    #[test]
    fn whom_to_ask_is_said_only_where_somebody_can_be_asked() {
        let said = |kind: &str, status| {
            let registration = vec![Registration { kind: kind.to_owned(), value: "there".to_owned() }];
            let event = Event { registration, status, ..event("full", 16..17) };
            with_scene(vec![event], |scene| {
                let event = scene.almanac.catalog.event(&Id("full".to_owned())).expect("it is there");
                (full_words(scene, event), postponed_words(scene, event))
            })
        };
        assert!(said("phone", EventStatus::Full).0.contains("Ask the organiser"));
        assert!(said("email", EventStatus::Full).0.contains("Ask the organiser"));
        assert!(!said("link", EventStatus::Full).0.contains("Ask"));
        assert!(said("link", EventStatus::Postponed).1.contains("16 June"));
    }

    #[test]
    fn the_same_day_is_offered_only_when_something_else_takes_place_then() {
        let day = |status| {
            let other = Event { status, ..event("other", 15..16) };
            let events = vec![event("this", 15..16), other];
            seen(events, "this", |view| view.and_then(|view| view.same_day))
        };
        assert_eq!(day(EventStatus::Scheduled), NaiveDate::from_ymd_opt(2026, 6, 15));
        assert_eq!(day(EventStatus::Cancelled), None);
    }

    #[test]
    fn a_place_that_does_not_exist_is_no_way_on() {
        let location = Location { name: "Hall".to_owned(), place: Some(Id("no:1".to_owned())), ..Location::default() };
        let events = vec![Event { location: Some(location), ..event("there", 15..16) }];
        assert!(seen(events, "there", |view| view.is_some_and(|view| view.place.is_none())));
    }

    #[test]
    fn what_is_online_is_nowhere_and_says_so() {
        let hall = || Location {
            name: "Hall".to_owned(),
            address: "1 Quay".to_owned(),
            position: crate::content::Position::new(43.7, 7.4),
            ..Location::default()
        };
        let of = |status, attendance| Event { status, attendance, location: Some(hall()), ..event("talk", 16..17) };
        let said = |event: Event| {
            let town = Town { position: crate::content::Position::new(43.7, 7.4), ..Town::default() };
            let (catalog, _) = Catalog::new(town, vec![Item::Event(event)]);
            let almanac = Almanac::new(catalog, None, 0.0).with_map(true);
            let profile = Profile::shipped("totem-portrait").expect("it ships");
            let visitor = Visitor::nobody(Language::En);
            let now = "2026-06-15T12:00:00+02:00".parse().expect("an instant");
            let scene = Scene::of(&almanac, &visitor, now, &profile);
            let sheet = sheet(&scene, &Id("talk".to_owned()));
            [sheet.window.words(), sheet.belt.words(), sheet.foot.words()].join(" / ")
        };
        let there = said(of(EventStatus::Scheduled, Attendance::Offline));
        assert!(there.contains("1 Quay") && !there.contains("Online"), "{there}");
        for event in [
            of(EventStatus::MovedOnline, Attendance::Offline),
            of(EventStatus::MovedOnline, Attendance::Online),
            of(EventStatus::Scheduled, Attendance::Online),
        ] {
            let said = said(event);
            assert!(said.contains("Online") && !said.contains("Hall") && !said.contains("Quay"), "{said}");
            assert!(!said.contains("on foot") && !said.contains("map"), "{said}");
        }
    }
}
