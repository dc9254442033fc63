//! What's on: the visitor chooses when and what kind, and sees what begins first, then what is already running.
//! What ends leaves the list at that minute. All of it is in the catalogue, so it works without a network.

use crate::calendar::{Period, falls_in};
use crate::content::{Event, EventKind, Id, ItemRef, Timing};
use crate::player::action::{Action, Filter};
use crate::player::block::{Block, Sheet};
use crate::player::media::MapMark;
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::theme::{Ink, icons};
use crate::player::widgets::{
    Card, Grouped, GroupedList, WindowPlate, belt_height_mm, dead_end, event_card, foot_coming, foot_map, item_title,
    lead_in, numbered, on_foot, page, status_mark, window, window_on,
};
use crate::wayfinding::distance_m;
use choosing::controls;
use chrono::{NaiveDate, TimeDelta};
use lucide_icons::Icon;

mod choosing;

const LIST: &str = "agenda";
/// The list is worth having from so many rows on.
const ROWS_MIN: f32 = 3.0;
/// Days to choose from.
const DAYS: usize = 7;
/// How many days ahead they are looked for.
const DAYS_AHEAD: usize = 60;

/// An event and the timing for which it stands in the period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct On<'a> {
    pub event: &'a Event,
    pub timing: &'a Timing,
}

/// What the screen says.
#[derive(Clone, Debug, PartialEq)]
pub struct AgendaView<'a> {
    pub period: Period,
    /// Those in which there is anything, with how many events.
    pub periods: Vec<(Period, usize)>,
    /// The next days on which there is anything, with how many events.
    pub days: Vec<(NaiveDate, usize)>,
    /// `None`: all kinds.
    pub kind: Option<EventKind>,
    /// The kinds in the period, most first, with how many events.
    pub kinds: Vec<(EventKind, usize)>,
    pub events: Grouped<On<'a>>,
    /// The one in the window.
    pub shown: Option<On<'a>>,
}

pub fn view<'a>(scene: &Scene<'a>) -> AgendaView<'a> {
    let page = scene.visitor.page();
    let coming = scene.coming();
    let all = [Period::Tonight, Period::Today, Period::Weekend, Period::All];
    let periods = all.map(|period| (period, on_in(scene, &coming, period).len()));
    let periods: Vec<_> = periods.into_iter().filter(|(_, count)| *count > 0).collect();
    let period = page.filters.period.or_else(|| Some(periods.first()?.0)).unwrap_or(Period::All);
    let mut events = on_in(scene, &coming, period);
    let kinds = kinds_of(&events);
    // A kind of which there is nothing in this period narrows nothing.
    let kind = page.filters.event_kind.filter(|kind| kinds.iter().any(|(other, _)| other == kind));
    events.retain(|on| kind.is_none_or(|kind| on.event.kind == kind));
    let events = Grouped::new(scene, LIST, events, as_item);
    let looked_at = page.looking_at.as_ref().and_then(|id| events.shown().find(|on| on.event.common.id == *id));
    let shown = looked_at.or_else(|| events.shown().next()).copied();
    AgendaView { period, periods, days: days(scene, &coming), kind, kinds, events, shown }
}

fn as_item<'a>(on: &On<'a>) -> ItemRef<'a> {
    ItemRef::Event(on.event)
}

/// What begins in the period, by when it does, then what runs in it since before.
fn on_in<'a>(scene: &Scene<'a>, coming: &[&'a Event], period: Period) -> Vec<On<'a>> {
    let falls = falls_in(period, scene.now, scene.zone());
    let first = |event: &'a Event| event.timings.iter().find(|timing| falls(timing));
    let mut on: Vec<On<'a>> = coming.iter().filter_map(|event| Some(On { event, timing: first(event)? })).collect();
    let runs_since_before = |on: &On<'_>| {
        let beginning = Timing { begin: on.timing.begin, end: on.timing.begin + TimeDelta::seconds(1) };
        !falls(&beginning)
    };
    // Stable: at the same minute they stay in the order of the almanac.
    on.sort_by_cached_key(|on| (runs_since_before(on), on.timing.begin));
    on
}

fn kinds_of(events: &[On<'_>]) -> Vec<(EventKind, usize)> {
    let count = |kind: EventKind| events.iter().filter(|on| on.event.kind == kind).count();
    let counted = EventKind::ALL.map(|kind| (kind, count(kind)));
    let mut kinds: Vec<_> = counted.into_iter().filter(|(_, count)| *count > 0).collect();
    // "Others" says least.
    kinds.sort_by_key(|(kind, count)| (*kind == EventKind::Other, std::cmp::Reverse(*count)));
    kinds
}

fn days(scene: &Scene<'_>, coming: &[&Event]) -> Vec<(NaiveDate, usize)> {
    let dates = scene.today().iter_days().skip(1).take(DAYS_AHEAD);
    let counted = dates.map(|date| (date, on_in(scene, coming, Period::Day(date)).len()));
    counted.filter(|(_, count)| *count > 0).take(DAYS).collect()
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let row_mm = Card::height_mm(scene);
    let (mut belt, left_mm) = controls(scene, &view, belt_height_mm(scene), ROWS_MIN * row_mm);
    let place = GroupedList { key: LIST, row_mm, sight_mm: left_mm, hidden: "group-hidden-events" };
    let card = |on: &On<'_>| {
        let here = scene.almanac.stand.zip(scene.almanac.position_of(as_item(on)));
        let end = here.map(|(stand, at)| on_foot(scene, distance_m(stand.position, at)));
        let line = lead_in(scene, on.event, on.timing, view.period);
        Card { line, end: end.unwrap_or_default(), ..event_card(scene, on.event, std::slice::from_ref(on.timing)) }
    };
    let (rows, marks) = numbered(scene, &place, &view.events, as_item, card);
    belt.push(if view.events.is_empty() { nothing_on(scene, &view) } else { rows });
    let count = scene.words().say_with("agenda-count", &[("count", view.events.shown().count().into())]);
    let foot = if scene.almanac.has_map {
        foot_map(scene, marks.clone(), count)
    } else {
        let shown: Vec<&Id> = view.events.shown().map(|on| &on.event.common.id).collect();
        foot_coming(scene, &shown)
    };
    page(scene, agenda_window(scene, &view, marks), belt, foot)
}

fn agenda_window(scene: &Scene<'_>, view: &AgendaView<'_>, marks: Vec<MapMark>) -> Block {
    let Some(on) = view.shown else {
        let title = Shown { text: scene.say("agenda-title"), language: None, machine: false };
        let (kicker, line) = (String::new(), String::new());
        return window(scene, None, WindowPlate { kicker, title, line, status: None, ink: Ink::Town, sample: false });
    };
    let plate = WindowPlate {
        kicker: lead_in(scene, on.event, on.timing, view.period),
        title: item_title(scene, as_item(&on)),
        line: scene.plain(&on.event.common.summary),
        status: status_mark(scene, on.event),
        ink: icons::of_event(on.event.kind).1,
        sample: on.event.common.sample,
    };
    window_on(scene, (on.event, on.timing), marks, scene.say("map-you"), plate)
}

/// The period has come to its end, or nothing at all is announced.
fn nothing_on(scene: &Scene<'_>, view: &AgendaView<'_>) -> Block {
    let words = scene.words();
    if view.periods.is_empty() {
        let see = (Icon::Binoculars, scene.say("places-title"), Action::Navigate(Screen::Places));
        let none = if scene.knows_the_time() { "agenda-none" } else { "date-not-known" };
        return dead_end(scene, scene.say(none), vec![see]);
    }
    let none = scene.say(match view.period {
        Period::Tonight => "agenda-none-tonight",
        Period::Today => "agenda-none-today",
        Period::Weekend => "agenda-none-weekend",
        Period::Day(_) | Period::All => "agenda-none-day",
    });
    let Some((date, count)) = view.days.first() else {
        let all = (Icon::CalendarDays, scene.say("agenda-show-next"), Action::Filter(Filter::Period(Period::All)));
        return dead_end(scene, none, vec![all]);
    };
    let count = ("count", (*count).into());
    let next = if Some(*date) == scene.today().succ_opt() {
        words.say_with("agenda-next-tomorrow", &[count])
    } else {
        words.say_with("agenda-next-day", &[count, ("date", words.date(*date).into())])
    };
    let action = Action::Filter(Filter::Period(Period::Day(*date)));
    dead_end(scene, format!("{none} {next}"), vec![(Icon::CalendarDays, scene.say("agenda-show-next"), action)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Common, EventStatus, Item, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::block::Body;
    use crate::player::profile::Profile;
    use crate::player::session::act;
    use crate::player::visitor::Visitor;

    /// `day` and `hour` are those of June 2026, in summer time.
    fn event(id: &str, kind: EventKind, begin: (u8, u8), end: (u8, u8)) -> Event {
        let at = |(day, hour): (u8, u8)| format!("2026-06-{day:02}T{hour:02}:00:00+02:00").parse().expect("an instant");
        let timings = vec![Timing { begin: at(begin), end: at(end) }];
        Event { common: Common { id: Id(id.to_owned()), ..Common::default() }, kind, timings, ..Event::default() }
    }

    /// Monday the 15th: a running exhibition, a talk at 16:00, a concert at 20:00; a market on Saturday.
    fn events() -> Vec<Event> {
        vec![
            event("show", EventKind::Exhibition, (10, 10), (30, 19)),
            event("talk", EventKind::Talk, (15, 16), (15, 17)),
            event("concert", EventKind::Music, (15, 20), (15, 22)),
            event("market", EventKind::Market, (20, 8), (20, 12)),
        ]
    }

    fn seen<T>(
        events: Vec<Event>,
        now: &str,
        actions: &[Action],
        tell: impl Fn(&AgendaView<'_>, &Scene<'_>) -> T,
    ) -> T {
        let almanac =
            Almanac::new(Catalog::new(Town::default(), events.into_iter().map(Item::Event).collect()).0, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let mut visitor = Visitor::nobody(Language::En);
        for action in [Action::Navigate(Screen::Agenda)].iter().chain(actions) {
            act(&mut visitor, action.clone(), Language::En);
        }
        let now = now.parse().expect("an instant");
        let scene = Scene::of(&almanac, &visitor, now, &profile);
        tell(&view(&scene), &scene)
    }

    fn ids(view: &AgendaView<'_>, _: &Scene<'_>) -> Vec<String> {
        view.events.shown().map(|on| on.event.common.id.0.clone()).collect()
    }

    #[test]
    fn the_first_period_with_anything_in_it_is_shown() {
        let period = |events, now| seen(events, now, &[], |view, _| view.period);
        let without = |id: &str| events().into_iter().filter(|event| event.common.id.0 != id).collect::<Vec<_>>();
        assert_eq!(period(events(), "2026-06-15T12:00:00+02:00"), Period::Tonight);
        let talk: Vec<Event> = without("show").into_iter().filter(|event| event.common.id.0 != "concert").collect();
        assert_eq!(period(talk.clone(), "2026-06-15T12:00:00+02:00"), Period::Today);
        assert_eq!(period(talk.clone(), "2026-06-15T17:00:00+02:00"), Period::Weekend);
        assert_eq!(period(talk, "2026-06-20T12:00:00+02:00"), Period::All, "nothing is left");
    }

    #[test]
    fn what_begins_stands_before_what_runs_and_what_ended_is_not_there() {
        let today = [Action::Filter(Filter::Period(Period::Today))];
        assert_eq!(seen(events(), "2026-06-15T12:00:00+02:00", &today, ids), ["talk", "concert", "show"]);
        assert_eq!(seen(events(), "2026-06-15T16:30:00+02:00", &today, ids), ["concert", "show", "talk"]);
        assert_eq!(seen(events(), "2026-06-15T17:00:00+02:00", &today, ids), ["concert", "show"]);
    }

    #[test]
    fn a_kind_that_is_not_on_narrows_nothing() {
        let music = Action::Filter(Filter::EventKind(Some(EventKind::Music)));
        let weekend = Action::Filter(Filter::Period(Period::Weekend));
        let now = "2026-06-15T12:00:00+02:00";
        assert_eq!(seen(events(), now, std::slice::from_ref(&music), ids), ["concert"]);
        assert_eq!(seen(events(), now, &[music, weekend], ids), ["market", "show"]);
    }

    #[test]
    fn every_count_is_what_a_touch_shows() {
        let now = "2026-06-15T12:00:00+02:00";
        let (periods, days) = seen(events(), now, &[], |view, _| (view.periods.clone(), view.days.clone()));
        assert_eq!(days.len(), DAYS);
        let days = days.into_iter().map(|(date, count)| (Period::Day(date), count));
        for (period, count) in periods.into_iter().chain(days) {
            let filter = [Action::Filter(Filter::Period(period))];
            assert_eq!(seen(events(), now, &filter, ids).len(), count, "{period:?}");
            let kinds = seen(events(), now, &filter, |view, _| view.kinds.clone());
            for (kind, count) in kinds {
                let filters = [filter[0].clone(), Action::Filter(Filter::EventKind(Some(kind)))];
                assert_eq!(seen(events(), now, &filters, ids).len(), count, "{period:?} {kind:?}");
            }
        }
    }

    #[test]
    fn what_does_not_take_place_as_planned_stays_and_says_so() {
        let status = |view: &AgendaView<'_>, scene: &Scene<'_>| view.shown.and_then(|on| status_mark(scene, on.event));
        let now = "2026-06-15T12:00:00+02:00";
        let mut said = vec![seen(events(), now, &[], status)];
        assert_eq!(said[0], None);
        for of in [EventStatus::Postponed, EventStatus::Full, EventStatus::Cancelled] {
            let mut events = events();
            events[2].status = of;
            assert!(seen(events.clone(), now, &[], ids).contains(&"concert".to_owned()), "{of:?}");
            said.push(seen(events, now, &[], status));
        }
        said.dedup();
        assert_eq!(said.iter().flatten().count(), 3, "each in its own words: {said:?}");
    }

    /// Every word of the window.
    fn words(block: &Block, said: &mut Vec<String>) {
        if let Body::Text(text) = &block.body {
            said.push(text.text.clone());
        }
        block.children().iter().for_each(|child| words(child, said));
    }

    #[test]
    fn the_window_shows_the_day_of_the_chosen_period() {
        let mut twice = event("twice", EventKind::Music, (15, 18), (15, 19));
        twice.timings.extend(event("again", EventKind::Music, (20, 18), (20, 19)).timings);
        let leaf = |period| {
            let filter = [Action::Filter(Filter::Period(period))];
            seen(vec![twice.clone()], "2026-06-15T12:00:00+02:00", &filter, |view, scene| {
                let mut said = Vec::new();
                words(&agenda_window(scene, view, Vec::new()), &mut said);
                said
            })
        };
        assert!(leaf(Period::Today).contains(&"15".to_owned()));
        let weekend = leaf(Period::Weekend);
        assert!(weekend.contains(&"20".to_owned()) && !weekend.contains(&"15".to_owned()), "{weekend:?}");
    }

    #[test]
    fn what_was_put_off_states_no_date() {
        let mut off = event("off", EventKind::Music, (15, 20), (15, 22));
        off.status = EventStatus::Postponed;
        let said = seen(vec![off], "2026-06-15T12:00:00+02:00", &[], |view, scene| {
            let mut said = Vec::new();
            words(&agenda_window(scene, view, Vec::new()), &mut said);
            said
        });
        assert!(said.iter().any(|words| words.contains("New date not known yet")), "{said:?}");
        assert!(!said.iter().any(|words| words.contains("15") || words.contains("20:00")), "{said:?}");
    }

    #[test]
    fn what_ends_leaves_at_that_second() {
        let today = [Action::Filter(Filter::Period(Period::Today))];
        let at = |now| seen(events(), now, &today, ids).contains(&"talk".to_owned());
        assert!(at("2026-06-15T16:59:59+02:00"));
        assert!(!at("2026-06-15T17:00:00+02:00"));
    }

    #[test]
    fn exhibitions_that_run_for_weeks_come_last() {
        let mut long = events();
        long.push(event("older show", EventKind::Exhibition, (1, 8), (28, 18)));
        for now in ["2026-06-15T09:00:00+02:00", "2026-06-15T15:59:59+02:00"] {
            let today = [Action::Filter(Filter::Period(Period::Today))];
            assert_eq!(seen(long.clone(), now, &today, ids), ["talk", "concert", "older show", "show"], "{now}");
        }
    }

    fn at(id: &str, begin: &str, end: &str) -> Event {
        let instant = |text: &str| text.parse().expect("an instant");
        let timings = vec![Timing { begin: instant(begin), end: instant(end) }];
        Event { timings, ..event(id, EventKind::Music, (15, 20), (15, 22)) }
    }

    #[test]
    fn the_night_in_which_an_hour_comes_twice_is_one_evening() {
        let night = || {
            vec![
                at("first two", "2026-10-25T02:30:00+02:00", "2026-10-25T02:50:00+02:00"),
                at("second two", "2026-10-25T02:30:00+01:00", "2026-10-25T02:50:00+01:00"),
                at("five", "2026-10-25T05:00:00+01:00", "2026-10-25T06:00:00+01:00"),
            ]
        };
        let tonight = [Action::Filter(Filter::Period(Period::Tonight))];
        let of = |now| seen(night(), now, &tonight, ids);
        assert_eq!(of("2026-10-24T20:00:00+02:00"), ["first two", "second two"], "five is the next day's");
        assert_eq!(of("2026-10-25T02:55:00+02:00"), ["second two"]);
        assert_eq!(of("2026-10-25T02:49:59+01:00"), ["second two"]);
        assert!(of("2026-10-25T02:50:00+01:00").is_empty());
    }

    #[test]
    fn the_night_that_lacks_an_hour_is_one_evening() {
        let night = || {
            vec![
                at("before", "2026-03-29T01:45:00+01:00", "2026-03-29T03:15:00+02:00"),
                at("after", "2026-03-29T03:00:00+02:00", "2026-03-29T03:30:00+02:00"),
                at("four", "2026-03-29T04:00:00+02:00", "2026-03-29T05:00:00+02:00"),
            ]
        };
        let tonight = [Action::Filter(Filter::Period(Period::Tonight))];
        let of = |now| seen(night(), now, &tonight, ids);
        assert_eq!(of("2026-03-28T20:00:00+01:00"), ["before", "after"], "from four on it is the next day");
        assert_eq!(of("2026-03-29T01:59:59+01:00"), ["after", "before"], "what runs stands after what begins");
        assert_eq!(of("2026-03-29T03:15:00+02:00"), ["after"]);
        assert!(of("2026-03-29T03:30:00+02:00").is_empty());
    }
}
