use super::graph::{Node, text, word};
use super::kinds;
use super::offers::cost;
use super::record::{Record, postal_address};
use super::timings::{When, when};
use crate::content::{Attendance, Event, EventStatus, Localized, Location, Registration};
use crate::import::Picture;
use crate::import::event_words::event_kind;
use crate::import::plain_text::one_line;
use chrono::{DateTime, Utc};
use std::ops::Range;

/// An event, or the field and the reason for which it is left out.
pub fn read(
    record: &mut Record<'_>,
    window: &Range<DateTime<Utc>>,
) -> Result<(Event, Vec<Picture>), (&'static str, &'static str)> {
    let When { timings, is_over, is_ahead, zone } = when(record, window);
    match () {
        () if is_over => return Err(("startDate", "it is over")),
        () if is_ahead => return Err(("startDate", "it lies more than a year ahead")),
        () if timings.is_empty() => return Err(("startDate", "none of its dates is near enough, or it has none")),
        () => {}
    }
    let common = record.common();
    let credit = common.provenance.first().map_or_else(String::new, |from| from.credit.clone());
    let pictures = record.pictures(&credit);
    let (location, online) = whereabouts(record);
    let mut cost = cost(record);
    let attendance = attendance(record, location.is_some(), !online.is_empty());
    cost.registration.extend(online.into_iter().filter(|way| !cost.registration.contains(way)).collect::<Vec<_>>());
    let status = status(record, cost.is_sold_out);
    if location.is_none() && attendance == Attendance::Offline {
        record.problem("location", "visitors cannot be told where it is", "");
    }
    let first = |text: &Localized| text.0.values().next().map_or_else(String::new, |text| text.text.clone());
    let kind = kinds::event(&record.node.types()).flatten();
    let event = Event {
        kind: kind.unwrap_or_else(|| event_kind(&first(&common.title), &common.tags, &first(&common.summary))),
        timings,
        zone: zone.map_or_else(String::new, |zone| zone.name().to_owned()),
        location,
        attendance,
        status,
        conditions: cost.conditions,
        free: cost.free,
        ages: ages(record),
        registration: cost.registration,
        common,
        ..Event::default()
    };
    Ok((event, pictures))
}

/// Where it is: the first place that is one, and where to take part from home.
fn whereabouts<'r>(record: &mut Record<'r>) -> (Option<Location>, Vec<Registration>) {
    let (mut place, mut online) = (None, Vec::new());
    for value in record.node.all("location") {
        match record.node.node_of(value) {
            Some(node) if node.is_a("VirtualLocation") => {
                if let Some(url) = node.text("url").and_then(|url| record.site.absolute(&url)) {
                    online.push(Registration { kind: "link".to_owned(), value: url });
                }
            }
            Some(node) => place = place.or_else(|| somewhere(record, node)),
            None => {
                let name =
                    text(value).map(|text| one_line(&text)).filter(|name| !name.is_empty() && !name.contains("://"));
                place = place.or_else(|| name.map(|name| Location { name, ..Location::default() }));
            }
        }
    }
    (place, online)
}

fn somewhere<'r>(record: &mut Record<'r>, node: Node<'r>) -> Option<Location> {
    let mut location = record.location(node);
    // A PostalAddress in the place of a place.
    if node.is_a("PostalAddress") {
        location.address = postal_address(node);
    }
    (location != Location::default()).then_some(location)
}

fn attendance(record: &mut Record<'_>, is_somewhere: bool, is_online: bool) -> Attendance {
    let said = record.node.text("eventAttendanceMode");
    match said.as_deref().map(word) {
        Some("OfflineEventAttendanceMode") => Attendance::Offline,
        Some("OnlineEventAttendanceMode") => Attendance::Online,
        Some("MixedEventAttendanceMode") => Attendance::Mixed,
        other => {
            if let Some(other) = other {
                record.problem("eventAttendanceMode", "offline, online or mixed is expected", other);
            }
            match (is_somewhere, is_online) {
                (true, true) => Attendance::Mixed,
                (false, true) => Attendance::Online,
                _ => Attendance::Offline,
            }
        }
    }
}

/// The gravest of what is said.
fn status(record: &mut Record<'_>, is_sold_out: bool) -> EventStatus {
    let usual = if is_sold_out { EventStatus::Full } else { EventStatus::Scheduled };
    let mut status = usual;
    for said in record.node.texts("eventStatus") {
        let read = match word(&said) {
            "EventScheduled" => usual,
            "EventRescheduled" => EventStatus::Rescheduled,
            "EventMovedOnline" => EventStatus::MovedOnline,
            "EventPostponed" => EventStatus::Postponed,
            "EventCancelled" => EventStatus::Cancelled,
            other => {
                record.problem("eventStatus", "a word like EventCancelled is expected", other);
                continue;
            }
        };
        let is_graver = status.takes_place() && !read.takes_place();
        if is_graver || status == usual {
            status = read;
        }
    }
    status
}

/// `7-12`, `6-`, `-3`; all ages are no statement.
fn ages(record: &mut Record<'_>) -> Option<[u8; 2]> {
    let said = record.node.text("typicalAgeRange")?;
    let range = said.replace(['–', '—', '+'], "-");
    let (youngest, oldest) = range.split_once('-').unwrap_or((&range, ""));
    let age = |text: &str, usual: u8| match text.trim() {
        "" => Some(usual),
        text => text.parse::<u8>().ok().filter(|age| *age <= 99),
    };
    let ages = age(youngest, 0).zip(age(oldest, 99)).filter(|(youngest, oldest)| youngest <= oldest);
    if ages.is_none() {
        record.problem("typicalAgeRange", "two ages like 7-12 are expected", &said);
    }
    ages.map(|(youngest, oldest)| [youngest, oldest]).filter(|ages| *ages != [0, 99])
}
