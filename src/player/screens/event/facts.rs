//! The facts of an event: when, where, at what price and for whom, and how to book.

use super::{EventView, where_name};
use crate::content::{Attendance, EventStatus, Localized, Tri};
use crate::player::action::Action;
use crate::player::block::{Block, Justify};
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::{Ink, Lettering, icons};
use crate::player::widgets::{fact, known, language_mark, numbers_to_call, qr, scan_words};
use lucide_icons::Icon;

const ALL_DATES: &str = "event-dates";

/// When it is: the next dates, and the others behind a touch.
pub(super) fn dates(scene: &Scene<'_>, view: &EventView<'_>) -> Block {
    let ink = icons::of_event(view.event.kind).1;
    if view.event.status == EventStatus::Postponed {
        let unknown = known(scene.say("event-date-unknown")).bold();
        return fact(scene, Icon::CalendarDays, ink, scene.say("event-when"), vec![unknown]);
    }
    let next = view.dates.iter().enumerate();
    let mut lines: Vec<Block> =
        next.map(|(at, date)| if at == 0 { known(date.clone()).bold() } else { known(date.clone()) }).collect();
    let revealed = scene.visitor.page().revealed.contains(ALL_DATES);
    if revealed {
        lines.extend(view.other_dates.iter().cloned().map(known));
    }
    if !view.other_dates.is_empty() {
        let (icon, word) = if revealed {
            (Icon::ChevronUp, scene.say("nav-less"))
        } else {
            let count = ("count", view.other_dates.len().into());
            (Icon::ChevronDown, scene.words().say_with("event-other-dates", &[count]))
        };
        lines.push(small_button(scene, icon, word, Action::Reveal(ALL_DATES)));
    }
    fact(scene, Icon::CalendarDays, ink, scene.say("event-when"), lines)
}

fn small_button(scene: &Scene<'_>, icon: Icon, word: String, action: Action) -> Block {
    let word = Block::text(word, Lettering::Smallest).bold();
    let button = Block::row(vec![Block::icon(icon.unicode(), Ink::Ink, 11.0), word])
        .gap(4.0)
        .pad(6.0, 2.0)
        .justify(Justify::Centre)
        .min_height(scene.target_mm())
        .round(3.0)
        .plane(Ink::Plane)
        .touch(action);
    Block::row(vec![button])
}

/// Where it is, with the way to the place's own page.
pub(super) fn whereabouts(scene: &Scene<'_>, view: &EventView<'_>) -> Option<Block> {
    let ink = icons::of_event(view.event.kind).1;
    let mut lines = Vec::new();
    if view.event.is_online() {
        let online = known(scene.say("event-online")).bold();
        return Some(fact(scene, Icon::MonitorSmartphone, ink, scene.say("event-where"), vec![online]));
    }
    if view.event.attendance == Attendance::Mixed {
        lines.push(known(scene.say("event-mixed")).bold());
    }
    if let Some(location) = &view.event.location {
        let name = Some(where_name(scene, view.event, view.place)).filter(|_| view.place.is_some());
        let name = name.or_else(|| Some(location.name.clone()).filter(|name| !name.is_empty()));
        lines.extend(name.map(|name| known(name).bold()));
        lines.extend(Some(location.address.clone()).filter(|address| !address.is_empty()).map(known));
    }
    if let Some(place) = view.place {
        let action = Action::Navigate(Screen::Place(place.common.id.clone()));
        lines.push(small_button(scene, Icon::MapPin, scene.say("event-see-place"), action));
    }
    (!lines.is_empty()).then(|| fact(scene, Icon::MapPin, ink, scene.say("event-where"), lines))
}

/// What it costs and for whom it is.
pub(super) fn terms(scene: &Scene<'_>, view: &EventView<'_>) -> Vec<Block> {
    let event = view.event;
    let ink = icons::of_event(event.kind).1;
    let conditions = scene.pick(&event.conditions);
    let said = match event.free {
        Tri::Yes => Some("event-free"),
        Tri::No if conditions.is_none() => Some("event-paid"),
        Tri::Unknown if conditions.is_none() => Some("event-price-unknown"),
        Tri::No | Tri::Unknown => None,
    };
    let mut lines: Vec<Block> = said.map(|key| known(scene.say(key))).into_iter().collect();
    if let Some(shown) = conditions {
        lines.push(known(shown.text.clone()).in_language(shown.language.clone()));
        lines.extend(language_mark(scene, &shown));
    }
    let mut facts = vec![fact(scene, Icon::Ticket, ink, scene.say("event-price"), lines)];
    if let Some(ages) = &view.ages {
        let icon = Block::icon(Icon::Users.unicode(), ink, scene.cap_mm(Lettering::Card) * 1.35);
        facts.push(Block::row(vec![icon, known(ages.clone()).fill()]).gap(6.0).pad(0.0, 5.0));
    }
    facts
}

/// How to book, as long as there is anything to book; else the event's own page.
pub(super) fn booking(scene: &Scene<'_>, view: &EventView<'_>, width_mm: f32) -> Vec<Block> {
    let event = view.event;
    let ink = icons::of_event(event.kind).1;
    let stands = !matches!(event.status, EventStatus::Cancelled | EventStatus::Postponed);
    let ways = || event.registration.iter().filter(|_| stands);
    let by = |kind: &'static str| ways().find(move |way| way.kind == kind && !way.value.is_empty());
    let mut facts = Vec::new();
    if let Some(way) = by("phone") {
        let label = if event.status == EventStatus::Full { "speak-phone" } else { "event-book" };
        let number = numbers_to_call(scene, &way.value, width_mm);
        facts.push(fact(scene, Icon::CalendarCheck, ink, scene.say(label), vec![number]));
    }
    if let Some(way) = by("email") {
        let email = known(way.value.clone());
        let label = if event.status == EventStatus::Full { "place-contact" } else { "event-book" };
        facts.push(fact(scene, Icon::Mail, ink, scene.say(label), vec![email]));
    }
    let code = match by("link").filter(|_| event.status != EventStatus::Full) {
        Some(way) => {
            let link = Localized::one(scene.visitor.language.tag(), way.value.clone());
            // What has moved to the internet is there: the code is the way in.
            let label = if event.status == EventStatus::MovedOnline { "qr-scan" } else { "event-book-scan" };
            qr(scene, scene.say(label), &link, width_mm)
        }
        None => qr(scene, scan_words(scene, &event.common.link), &event.common.link, width_mm),
    };
    facts.extend(code.map(|code| code.pad(0.0, 5.0)));
    facts
}
