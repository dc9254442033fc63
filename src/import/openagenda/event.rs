use super::pictures::pictures;
use super::registration::registration;
use super::timings;
use crate::content::{
    AccessFact, AccessFacts, Attendance, Common, Event, EventStatus, Id, Localized, Location, Position, Problem,
    Provenance, Tri,
};
use crate::import::address::address_line;
use crate::import::event_words::event_kind;
use crate::import::job::told_as;
use crate::import::json_fields::{Fields, is_set};
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::web_address::is_web;
use crate::import::{LEFT_OUT, Picture, Settings};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value};

const SOURCE: &str = "OpenAgenda";

/// Reads one record of an export. `None`, with a problem, for one that may not or cannot be shown.
pub fn read(
    source: &str,
    agenda: &Value,
    record: Option<&Value>,
    settings: &Settings,
    problems: &mut Vec<Problem>,
) -> Option<(Event, Vec<Picture>)> {
    let uid = record.and_then(|record| record.get("uid")).and_then(|uid| match uid {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    });
    let id = Id(uid.map_or_else(String::new, |uid| format!("openagenda:{uid}")));
    let reason = match record {
        None => Some(("", "larger than any event is")),
        Some(Value::Object(_)) if !id.is_valid() => Some(("uid", "an event needs its uid")),
        Some(Value::Object(map)) => withheld(map),
        Some(_) => Some(("", "an event is an object with a uid and a title")),
    };
    if let Some((field, reason)) = reason {
        problems.push(Problem::new(source, told_as(id.as_str()), field, format!("{LEFT_OUT}{reason}")));
        return None;
    }
    let map = record?.as_object()?;
    let mut fields = Fields { map, part: "", source, language: &settings.language, id: &id, problems };
    let title = fields.localized("title", one_line);
    if title.is_empty() {
        fields.problem("title", &format!("{LEFT_OUT}an event needs a title"), None);
        return None;
    }
    let pictures = pictures(&mut fields, &title);
    Some((event(&mut fields, title, agenda, settings.zone), pictures))
}

/// Why a record is not for the public, if so.
fn withheld(map: &Map<String, Value>) -> Option<(&'static str, &'static str)> {
    let set = |key| map.get(key).is_some_and(is_set);
    let state = map.get("state").map(|state| state.get("id").unwrap_or(state)).filter(|state| !state.is_null());
    // Old exports hold published events only and do not say so.
    let published = state.is_none_or(|state| state.as_i64() == Some(2) || matches!(state.as_str(), Some("2")));
    match () {
        () if set("removed") => Some(("removed", "removed at its source")),
        () if !published => Some(("state", "not published")),
        () if set("draft") => Some(("draft", "not published: a draft")),
        () if set("private") => Some(("private", "not published: private")),
        () => None,
    }
}

fn event(fields: &mut Fields<'_>, title: Localized, agenda: &Value, town: Tz) -> Event {
    let zone = timings::zone(fields);
    let timings = timings::timings(fields, zone, town);
    let summary = fields.localized("description", one_line);
    let updated = fields.instant("updatedAt");
    let tags = fields.words("keywords");
    let attendance = attendance(fields);
    let conditions = fields.localized("conditions", paragraphs);
    let ages = ages(fields);
    Event {
        kind: event_kind(&first(&title), &tags, &first(&summary)),
        timings,
        zone: zone.map_or_else(String::new, |zone| zone.name().to_owned()),
        location: location(fields, attendance),
        attendance,
        status: status(fields),
        free: free(&first(&conditions)),
        conditions,
        ages,
        registration: registration(fields, attendance),
        access: access(fields, ages, updated),
        common: Common {
            id: fields.id.clone(),
            text: long_text(fields, &summary),
            summary,
            tags,
            provenance: vec![provenance(fields, agenda, updated)],
            link: link(fields, agenda, &title),
            title,
            ..Common::default()
        },
    }
}

/// The text in the language that comes first, or nothing.
fn first(text: &Localized) -> String {
    text.pick("fr", &[]).map_or_else(String::new, |(_, translation)| translation.text.clone())
}

/// The long text, whichever field an export has it in; none where it only says the summary again.
fn long_text(fields: &mut Fields<'_>, summary: &Localized) -> Localized {
    let keys = ["longDescription", "freeText", "html"];
    let mut text = Localized::default();
    for key in keys {
        if text.is_empty() {
            text = fields.localized(key, paragraphs);
        }
    }
    text.0.retain(|tag, long| summary.0.get(tag).is_none_or(|short| short.text != long.text));
    text
}

fn status(fields: &mut Fields<'_>) -> EventStatus {
    match fields.code("status") {
        None | Some(1) => EventStatus::Scheduled,
        Some(2) => EventStatus::Rescheduled,
        Some(3) => EventStatus::MovedOnline,
        Some(4) => EventStatus::Postponed,
        Some(5) => EventStatus::Full,
        Some(6) => EventStatus::Cancelled,
        Some(other) => {
            fields.problem("status", "a number from 1 to 6 is expected", Some(&other.into()));
            EventStatus::Scheduled
        }
    }
}

fn attendance(fields: &mut Fields<'_>) -> Attendance {
    match fields.code("attendanceMode") {
        None | Some(1) => Attendance::Offline,
        Some(2) => Attendance::Online,
        Some(3) => Attendance::Mixed,
        Some(other) => {
            fields.problem("attendanceMode", "a number from 1 to 3 is expected", Some(&other.into()));
            Attendance::Offline
        }
    }
}

/// Both ages in years; an open end is 0 or 99. All ages are no statement.
fn ages(fields: &mut Fields<'_>) -> Option<[u8; 2]> {
    let value = fields.value("age")?;
    let Some(map) = value.as_object() else {
        fields.problem("age", "an object with min and max is expected", Some(value));
        return None;
    };
    let mut age = fields.part(map, "age.");
    let (min, max) = (age.number("min"), age.number("max"));
    if min.is_none() && max.is_none() {
        return None;
    }
    let ages = (min.unwrap_or(0.0), max.unwrap_or(99.0).min(99.0));
    if !(0.0..=99.0).contains(&ages.0) || ages.1 < ages.0 {
        age.problem("min", "the youngest age stands first, both from 0 to 99", None);
        return None;
    }
    let ages = [ages.0 as u8, ages.1 as u8];
    (ages != [0, 99]).then_some(ages)
}

/// The location as an object, or spread over the record as in old exports.
fn location(fields: &mut Fields<'_>, attendance: Attendance) -> Option<Location> {
    let whole = fields.map;
    let (map, part, name_key) = match fields.value("location") {
        Some(Value::Object(map)) => (map, "location.", "name"),
        Some(other) => {
            fields.problem("location", "an object is expected", Some(other));
            return None;
        }
        None => (whole, "", "locationName"),
    };
    let mut place = fields.part(map, part);
    let name = place.text(name_key).map(one_line).unwrap_or_default();
    let address = address(&place);
    let (lat, lon) = (place.number("latitude"), place.number("longitude"));
    let position = lat.zip(lon).filter(|position| *position != (0.0, 0.0));
    let on_earth = position.and_then(|(lat, lon)| Position::new(lat, lon));
    if position.is_some() && on_earth.is_none() {
        place.problem("latitude", "latitude and longitude are no point on Earth", None);
    }
    if name.is_empty() && address.is_empty() && on_earth.is_none() {
        if attendance != Attendance::Online {
            fields.problem("location", "visitors cannot be told where it is", None);
        }
        return None;
    }
    Some(Location { name, address, position: on_earth, place: None })
}

fn address(place: &Fields<'_>) -> String {
    let part = |key: &str| place.text(key).map(one_line).unwrap_or_default();
    address_line([part("address")], &part("postalCode"), &part("city"))
}

/// "Free" only where nothing else is said than that it is: no price, no condition by age. A price alone is a no.
fn free(conditions: &str) -> Tri {
    let text = conditions.to_lowercase();
    let priced = text.contains(['€', '$', '£']) || text.contains("euro");
    let words = ["gratuit", "entrée libre", "accès libre", "free", "kostenlos", "gratis"];
    let starts_free = words.iter().any(|word| text.starts_with(word));
    let says_free = words.iter().any(|word| text.contains(word));
    let denied = ["non gratuit", "pas gratuit", "non libre", "not free", "nicht kostenlos", "no es gratis"];
    let limits = ["payant", "sauf", "gratuit pour les", "gratuité pour", "adhérent", "enfant", "étudiant", "réduit"];
    let conditional = text.contains(|c: char| c.is_ascii_digit()) || limits.iter().any(|word| text.contains(word));
    match (priced, starts_free) {
        _ if denied.iter().any(|word| text.contains(word)) => Tri::No,
        (true, false) => Tri::No,
        (false, _) if says_free && !conditional => Tri::Yes,
        _ => Tri::Unknown,
    }
}

/// Only a set flag is a statement: exports write false also for what nobody has filled in.
fn access(fields: &mut Fields<'_>, ages: Option<[u8; 2]>, updated: Option<DateTime<Utc>>) -> AccessFacts {
    let value = fields.value("accessibility");
    let says = |codes: &[&str]| match value {
        Some(Value::Object(map)) => codes.iter().any(|code| map.get(*code).is_some_and(is_set)),
        Some(Value::Array(set)) => set.iter().any(|code| code.as_str().is_some_and(|code| codes.contains(&code))),
        _ => false,
    };
    if !matches!(value, None | Some(Value::Object(_) | Value::Array(_))) {
        fields.problem("accessibility", "a list of needs is expected", value);
    }
    let fact = |known: bool| match known {
        true => AccessFact {
            value: Tri::Yes,
            source: SOURCE.to_owned(),
            date: updated.map(|updated| updated.date_naive()),
            ..AccessFact::default()
        },
        false => AccessFact::default(),
    };
    AccessFacts {
        wheelchair: fact(says(&["mi"])),
        walking: fact(says(&["mi"])),
        hearing: fact(says(&["hi"])),
        sight: fact(says(&["vi"])),
        understanding: fact(says(&["pi", "ii", "mei"])),
        children: fact(ages.is_some_and(|[youngest, _]| youngest <= 12)),
    }
}

fn provenance(fields: &Fields<'_>, agenda: &Value, updated: Option<DateTime<Utc>>) -> Provenance {
    let origin = fields.value("originAgenda").unwrap_or(agenda);
    let title = origin.get("title").and_then(Value::as_str).map(one_line).filter(|title| !title.is_empty());
    let licence = agenda.get("license").and_then(Value::as_str).unwrap_or_default();
    Provenance {
        source: SOURCE.to_owned(),
        licence: one_line(licence),
        credit: title.map_or_else(|| SOURCE.to_owned(), |title| format!("{title}, {SOURCE}")),
        updated,
        ..Provenance::default()
    }
}

/// The event's page: as given, or made of the agenda's and the event's own names.
fn link(fields: &Fields<'_>, agenda: &Value, title: &Localized) -> Localized {
    let slug =
        |value: &'_ Value| value.get("slug").and_then(Value::as_str).filter(|slug| is_slug(slug)).map(str::to_owned);
    let given = fields.text("canonicalUrl").filter(|url| is_web(url));
    let derived = || {
        let agenda = slug(agenda).or_else(|| slug(fields.value("originAgenda")?))?;
        let event = fields.text("slug").filter(|slug| is_slug(slug))?;
        Some(format!("https://openagenda.com/{agenda}/events/{event}"))
    };
    let url = given.map(str::to_owned).or_else(derived);
    let language = title.languages().next().unwrap_or(fields.language);
    url.map_or_else(Localized::default, |url| Localized::one(language, url))
}

fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
