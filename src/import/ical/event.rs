use super::properties::{Moment, Properties, entry_text, other_text, parameter, text, utc};
use super::series::Calendar;
use super::timings::Occurrence;
use crate::content::{
    Attendance, Common, Event, EventStatus, Localized, Location, Position, Provenance, Registration, Timing,
    language_alone,
};
use crate::import::Picture;
use crate::import::event_words::event_kind;
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::summary::summary_or_text;
use crate::import::tags::distinct;
use crate::import::web_address::{NO_WEB_ADDRESS, has_image_ending, is_web};
use calcard::icalendar::{
    ICalendarComponent, ICalendarParameterName, ICalendarProperty, ICalendarStatus, ICalendarValue,
};

const SOURCE: &str = "iCalendar";

/// What a visitor would tell an exception from its series by.
pub struct Looks([Option<String>; 3]);

impl Looks {
    pub fn of(component: &ICalendarComponent) -> Self {
        let line = |property| text(component, &property).map(|text| one_line(&text)).filter(|text| !text.is_empty());
        Self([ICalendarProperty::Summary, ICalendarProperty::Location, ICalendarProperty::Description].map(line))
    }

    /// Whether an exception says anything else; what it does not say is as in the series.
    pub fn differ(&self, exception: &ICalendarComponent) -> bool {
        let other = Self::of(exception);
        other.0.iter().zip(&self.0).any(|(other, own)| other.is_some() && other != own)
    }
}

/// An event with these dates.
pub fn read(
    mut from: Properties<'_>,
    calendar: &Calendar,
    start: Moment,
    dates: &[Occurrence],
) -> (Event, Vec<Picture>) {
    let title = localized(&from, &ICalendarProperty::Summary, calendar, one_line);
    let (summary, text) = texts(&from, calendar);
    let tags = tags(from.component);
    let zone = if start.is_zoned { start.zone } else { calendar.zones.town };
    let mut timings: Vec<Timing> = dates
        .iter()
        .map(|date| {
            let here = |instant: chrono::DateTime<chrono::FixedOffset>| instant.with_timezone(&zone).fixed_offset();
            Timing { begin: here(date.begin), end: here(date.end) }
        })
        .collect();
    timings.sort_by_key(|timing| (timing.begin, timing.end));
    timings.dedup();
    let (location, registration, attendance) = whereabouts(&mut from);
    let first = |text: &Localized| text.0.values().next().map_or_else(String::new, |text| text.text.clone());
    let event = Event {
        kind: event_kind(&first(&title), &tags, &first(&summary)),
        timings,
        zone: if zone == calendar.zones.town { String::new() } else { zone.name().to_owned() },
        location,
        attendance,
        status: status(&mut from, calendar),
        registration,
        common: Common {
            id: from.id.clone(),
            link: link(&mut from, calendar),
            title,
            summary,
            text,
            tags,
            provenance: vec![Provenance {
                source: SOURCE.to_owned(),
                credit: calendar.credit.clone(),
                updated: utc(from.component, &ICalendarProperty::LastModified),
                ..Provenance::default()
            }],
            ..Common::default()
        },
        ..Event::default()
    };
    let pictures = pictures(from.component, calendar);
    (event, pictures)
}

fn status(from: &mut Properties<'_>, calendar: &Calendar) -> EventStatus {
    if calendar.is_off(from.component) {
        return EventStatus::Cancelled;
    }
    if from.component.status() == Some(&ICalendarStatus::Tentative) {
        from.problem("STATUS", "it is not certain yet, but is shown like one that is", "TENTATIVE");
    }
    EventStatus::Scheduled
}

fn localized(
    from: &Properties<'_>,
    property: &ICalendarProperty,
    calendar: &Calendar,
    plain: fn(&str) -> String,
) -> Localized {
    let Some(entry) = from.component.property(property) else { return Localized::default() };
    let said = parameter(entry, &ICalendarParameterName::Language).and_then(language_alone);
    let text = entry_text(entry).map(|text| plain(&text)).unwrap_or_default();
    if text.is_empty() {
        Localized::default()
    } else {
        Localized::one(said.as_deref().unwrap_or(&calendar.language), text)
    }
}

/// A short text is a summary, a long one the text. What some programs give as HTML keeps its paragraphs.
fn texts(from: &Properties<'_>, calendar: &Calendar) -> (Localized, Localized) {
    let html = other_text(from.component, "X-ALT-DESC").filter(|html| html.contains('<'));
    let text = match html.map(|html| paragraphs(&html)).filter(|text| !text.is_empty()) {
        Some(text) => Localized::one(&calendar.language, text),
        None => localized(from, &ICalendarProperty::Description, calendar, paragraphs),
    };
    summary_or_text(text)
}

fn tags(component: &ICalendarComponent) -> Vec<String> {
    let entries = component.properties(&ICalendarProperty::Categories);
    distinct(entries.flat_map(|entry| entry.values.iter().filter_map(ICalendarValue::as_text).map(one_line)))
}

/// Where it is; a place that is an address on the web is where one takes part from home.
fn whereabouts(from: &mut Properties<'_>) -> (Option<Location>, Vec<Registration>, Attendance) {
    let component = from.component;
    let said = text(component, &ICalendarProperty::Location).unwrap_or_default();
    let mut links: Vec<String> = component
        .properties(&ICalendarProperty::Conference)
        .filter_map(entry_text)
        .filter(|link| is_web(link))
        .collect();
    let is_online = is_web(said.trim());
    if is_online {
        links.insert(0, said.trim().to_owned());
    }
    links.dedup();
    let place = if is_online { String::new() } else { said };
    let lines: Vec<String> = place.lines().map(one_line).filter(|line| !line.is_empty()).collect();
    let line = lines.join(", ");
    let (name, address) = line.split_once(',').map_or((line.as_str(), ""), |(name, rest)| (name.trim(), rest.trim()));
    let position = position(from);
    // A house number does not name a place: the whole line is its address.
    let (name, address) = match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => ("", line.as_str()),
        false => (name, address),
    };
    let location = Location { name: name.to_owned(), address: address.to_owned(), position, place: None };
    let is_somewhere = location != Location::default();
    let attendance = match (is_somewhere, links.is_empty()) {
        (_, true) => Attendance::Offline,
        (true, false) => Attendance::Mixed,
        (false, false) => Attendance::Online,
    };
    if !is_somewhere && links.is_empty() {
        from.problem("LOCATION", "visitors cannot be told where it is", "");
    }
    let registration = links.into_iter().map(|value| Registration { kind: "link".to_owned(), value }).collect();
    (is_somewhere.then_some(location), registration, attendance)
}

/// GEO is latitude and longitude (RFC 5545, 3.8.1.6); Apple's calendar has its own property.
fn position(from: &mut Properties<'_>) -> Option<Position> {
    let entry = from.component.property(&ICalendarProperty::Geo);
    let numbers = entry.map(|entry| {
        let number = |value: &ICalendarValue| value.as_float().or_else(|| value.as_text()?.trim().parse().ok());
        entry.values.iter().filter_map(number).collect::<Vec<f64>>()
    });
    let apple = || {
        let named = other_text(from.component, "X-APPLE-STRUCTURED-LOCATION")?;
        let numbers = named.strip_prefix("geo:")?.split([',', ';']).take(2);
        Some(numbers.filter_map(|number| number.parse().ok()).collect::<Vec<f64>>())
    };
    let numbers = numbers.or_else(apple)?;
    let position = match numbers.as_slice() {
        [lat, lon] if (*lat, *lon) == (0.0, 0.0) => return None,
        [lat, lon] => Position::new(*lat, *lon),
        _ => None,
    };
    if position.is_none() {
        from.problem("GEO", "latitude and longitude are expected, parted by a semicolon", "");
    }
    position
}

fn link(from: &mut Properties<'_>, calendar: &Calendar) -> Localized {
    let Some(url) = text(from.component, &ICalendarProperty::Url) else { return Localized::default() };
    let url = url.trim();
    if is_web(url) {
        return Localized::one(&calendar.language, url);
    }
    from.problem("URL", NO_WEB_ADDRESS, url);
    Localized::default()
}

/// Pictures on the web (ATTACH, and IMAGE of RFC 7986); other attachments are not for a screen.
fn pictures(component: &ICalendarComponent, calendar: &Calendar) -> Vec<Picture> {
    let mut all: Vec<Picture> = Vec::new();
    for entry in &component.entries {
        let is_image = match entry.name {
            ICalendarProperty::Image => true,
            ICalendarProperty::Attach => match parameter(entry, &ICalendarParameterName::Fmttype) {
                Some(media_type) => media_type.to_ascii_lowercase().starts_with("image/"),
                None => entry_text(entry).is_some_and(|url| has_image_ending(&url)),
            },
            _ => false,
        };
        let url = entry_text(entry).filter(|url| is_image && is_web(url));
        if let Some(url) = url.filter(|url| !all.iter().any(|picture| picture.url == *url)) {
            all.push(Picture { url, credit: calendar.credit.clone(), ..Picture::default() });
        }
    }
    all
}
