//! What's on: the visitor chooses when and what kind, and sees what begins first, then what is already running.
//! What ends leaves the list at that minute. All of it is in the catalogue, so it works without a network.

use crate::calendar::{Period, falls_in, when};
use crate::content::{Event, EventKind, ItemRef, Timing};
use crate::language::when_words;
use crate::player::action::{Action, Filter};
use crate::player::block::{Block, Sheet};
use crate::player::media::MapMark;
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::theme::{Ink, icons};
use crate::player::widgets::{
    Card, Chip, Choice, Grouped, GroupedList, WindowPlate, belt_height_mm, chip_grid, choices, dead_end, foot_map,
    grouped, item_title, kebab, page, row_number, status_mark, window,
};
use crate::wayfinding::distance_m;
use chrono::{NaiveDate, TimeDelta};
use lucide_icons::Icon;

const LIST: &str = "agenda";
const KINDS: &str = "agenda-kinds";
/// Days to choose from.
const DAYS: usize = 7;
/// How many days ahead they are looked for.
const DAYS_AHEAD: usize = 60;
/// Beyond this, minutes on foot help nobody.
const FAR_M: f64 = 5_000.0;

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
    let coming = scene.almanac.coming(scene.now);
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
    let falls = |timing: &Timing| falls_in(timing, period, scene.now, scene.zone());
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
    let mut belt = Vec::new();
    let mut left_mm = belt_height_mm(scene);
    let rows = [period_chips(scene, &view), day_chips(scene, &view), kind_choices(scene, &view)];
    for (row, height_mm) in rows.into_iter().flatten() {
        left_mm -= height_mm + 6.0;
        belt.push(row);
    }
    let place =
        GroupedList { key: LIST, row_mm: Card::height_mm(scene), sight_mm: left_mm, hidden: "group-hidden-events" };
    belt.push(if view.events.is_empty() {
        nothing_on(scene, &view)
    } else {
        grouped(scene, &place, &view.events, as_item, |on, above| Card {
            number: position(scene, on).and_then(|_| row_number(above)),
            ..event_card(scene, on)
        })
    });
    let marks =
        view.events.in_sight(scene, &place).into_iter().filter_map(|(above, on)| {
            Some(MapMark { position: position(scene, on)?, number: Some(row_number(above)?) })
        });
    let count = scene.words().say_with("agenda-count", &[("count", view.events.shown().count().into())]);
    let foot = foot_map(scene, marks.collect(), count);
    page(scene, agenda_window(scene, &view), belt, foot)
}

fn position(scene: &Scene<'_>, on: &On<'_>) -> Option<crate::content::Position> {
    scene.almanac.position_of(as_item(on))
}

fn counted(scene: &Scene<'_>, name: String, count: usize) -> String {
    let count = scene.words().number(count as i64);
    scene.words().say_with("agenda-chip", &[("name", name.into()), ("count", count.into())])
}

/// Tonight, today, this weekend, a day, all; those with nothing in them are left out.
fn period_chips(scene: &Scene<'_>, view: &AgendaView<'_>) -> Option<(Block, f32)> {
    if view.periods.is_empty() {
        return None;
    }
    let chip = |(period, count): &(Period, usize)| Chip {
        word: counted(scene, period_name(scene, *period), *count),
        chosen: view.period == *period,
        action: Action::Filter(Filter::Period(*period)),
    };
    let mut chips: Vec<Chip> = view.periods.iter().map(chip).collect();
    if let Some((first, _)) = view.days.first() {
        let (day, chosen) = match view.period {
            Period::Day(date) => (date, true),
            _ => (*first, false),
        };
        let action = Action::Filter(Filter::Period(Period::Day(day)));
        let before_all = chips.len().saturating_sub(1);
        chips.insert(before_all, Chip { word: scene.say("agenda-day"), chosen, action });
    }
    Some(chip_grid(scene, chips))
}

/// The name of a period other than a day.
fn period_name(scene: &Scene<'_>, period: Period) -> String {
    scene.say(match period {
        Period::Tonight => "agenda-tonight",
        Period::Today => "agenda-today",
        Period::Weekend => "agenda-weekend",
        Period::Day(_) => "agenda-day",
        Period::All => "agenda-all",
    })
}

/// The days themselves, once the visitor wants one.
fn day_chips(scene: &Scene<'_>, view: &AgendaView<'_>) -> Option<(Block, f32)> {
    let Period::Day(chosen) = view.period else { return None };
    let chip = |(date, count): &(NaiveDate, usize)| Chip {
        word: counted(scene, scene.words().date_short(*date), *count),
        chosen: *date == chosen,
        action: Action::Filter(Filter::Period(Period::Day(*date))),
    };
    Some(chip_grid(scene, view.days.iter().map(chip).collect())).filter(|_| !view.days.is_empty())
}

/// At most six at a time: all kinds and five of them, the others behind "show more".
fn kind_choices(scene: &Scene<'_>, view: &AgendaView<'_>) -> Option<(Block, f32)> {
    const FIRST: usize = 5;
    if view.kinds.len() < 2 {
        return None;
    }
    let choice = |(kind, count): &(EventKind, usize)| {
        let (icon, ink) = icons::of_event(*kind);
        let word = counted(scene, scene.say(&format!("event-kind-{}", kebab(kind))), *count);
        let action = Action::Filter(Filter::EventKind(Some(*kind)));
        Choice { icon, ink, spoken: word.clone(), word, chosen: view.kind == Some(*kind), action }
    };
    let mut kinds: Vec<Choice> = view.kinds.iter().map(choice).collect();
    let more = if kinds.len() > FIRST { kinds.split_off(FIRST - 1) } else { Vec::new() };
    let word = scene.say("agenda-all-kinds");
    let all = Choice {
        icon: Icon::CalendarDays,
        ink: Ink::Town,
        spoken: word.clone(),
        word,
        chosen: view.kind.is_none(),
        action: Action::Filter(Filter::EventKind(None)),
    };
    kinds.insert(0, all);
    Some(choices(scene, KINDS, kinds, more))
}

/// When this timing is, seen from now.
fn timing_words(scene: &Scene<'_>, timing: &Timing) -> String {
    let when = when(std::slice::from_ref(timing), scene.now, scene.zone());
    when_words(scene.words(), &when, scene.now, scene.zone())
}

fn place_name<'a>(event: &'a Event) -> Option<&'a str> {
    event.location.as_ref().map(|location| location.name.as_str()).filter(|name| !name.is_empty())
}

fn lead(scene: &Scene<'_>, on: &On<'_>) -> String {
    let when = timing_words(scene, on.timing);
    place_name(on.event).map_or_else(|| when.clone(), |place| format!("{when} · {place}"))
}

fn event_card(scene: &Scene<'_>, on: &On<'_>) -> Card {
    let title = item_title(scene, as_item(on));
    let (icon, ink) = icons::of_event(on.event.kind);
    Card {
        icon,
        ink,
        number: None,
        title: title.text,
        language: title.language,
        line: lead(scene, on),
        status: status_mark(scene, on.event),
        end: walk_words(scene, on).unwrap_or_default(),
        action: Action::Navigate(Screen::Event(on.event.common.id.clone())),
        width_mm: scene.frame().content_width(),
        height_mm: Card::height_mm(scene),
    }
}

/// "12 min on foot"; where that helps nobody, how far it is.
fn walk_words(scene: &Scene<'_>, on: &On<'_>) -> Option<String> {
    let metres = distance_m(scene.almanac.stand?.position, position(scene, on)?);
    if metres > FAR_M {
        return Some(scene.words().distance(metres));
    }
    let minutes = scene.words().number(i64::from(scene.walk(metres)));
    Some(scene.words().say_with("on-foot", &[("minutes", minutes.into())]))
}

fn agenda_window(scene: &Scene<'_>, view: &AgendaView<'_>) -> Block {
    let Some(on) = view.shown else {
        let title = Shown { text: scene.say("agenda-title"), language: None, machine: false };
        let (kicker, line) = (String::new(), String::new());
        return window(scene, None, WindowPlate { kicker, title, line, status: None, ink: Ink::Town, sample: false });
    };
    let plate = WindowPlate {
        kicker: lead(scene, &on),
        title: item_title(scene, as_item(&on)),
        line: scene.plain(&on.event.common.summary),
        status: status_mark(scene, on.event),
        ink: icons::of_event(on.event.kind).1,
        sample: on.event.common.sample,
    };
    window(scene, Some(as_item(&on)), plate)
}

/// The period has come to its end, or nothing at all is announced.
fn nothing_on(scene: &Scene<'_>, view: &AgendaView<'_>) -> Block {
    let words = scene.words();
    if view.periods.is_empty() {
        let see = (Icon::Binoculars, scene.say("places-title"), Action::Navigate(Screen::Places));
        return dead_end(scene, scene.say("agenda-none"), vec![see]);
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
