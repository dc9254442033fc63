use super::item::{Left, Reading};
use super::place;
use super::when::{Moment, time_of_day};
use super::written::Timings;
use crate::content::{Common, Event, Location, Registration, Timing};
use crate::import::event_words::event_kind;
use crate::import::local_time::in_zone;
use crate::import::plain_text::paragraphs;
use crate::import::public_contact;
use chrono::{DateTime, Days, FixedOffset, NaiveTime};

/// The event that a row is.
///
/// # Errors
/// Why the row is left out, where its dates are none.
pub fn event(reading: &mut Reading<'_>, common: Common) -> Result<Event, Left> {
    let written = &reading.mapping.written;
    let timings = match &written.timings {
        Some(timings) => match timing(reading, timings) {
            Ok(timing) => vec![timing],
            Err((reason, value)) => return Err(reading.left(&timings.begin.field, reason, &value)),
        },
        None => Vec::new(),
    };
    let language = reading.settings.language.clone();
    let first =
        |text: &crate::content::Localized| text.pick(&language, &[]).map_or_else(String::new, |(_, t)| t.text.clone());
    let guessed = event_kind(&first(&common.title), &common.tags, &first(&common.summary));
    let location = Location {
        name: reading.line(written.place.as_ref()),
        address: reading.line(written.address.as_ref()),
        position: place::position(reading),
        place: None,
    };
    Ok(Event {
        kind: reading.choice(reading.mapping.choices.event.as_ref()).unwrap_or(guessed),
        timings,
        zone: reading.zone.name().to_owned(),
        location: (location != Location::default()).then_some(location),
        status: reading.choice(reading.mapping.choices.status.as_ref()).unwrap_or_default(),
        conditions: reading.texts(written.conditions.as_ref(), paragraphs),
        free: reading.fact(written.free.as_ref()),
        registration: registration(reading),
        access: reading.access(),
        common,
        ..Event::default()
    })
}

fn registration(reading: &mut Reading<'_>) -> Vec<Registration> {
    let value = reading.line(reading.mapping.written.booking.as_ref());
    if value.is_empty() {
        return Vec::new();
    }
    let way = |kind: &str, value: Option<String>| value.map(|value| Registration { kind: kind.to_owned(), value });
    let found = way("phone", public_contact::phone(&value))
        .or_else(|| way("email", public_contact::email(&value)))
        .or_else(|| way("link", public_contact::web(&value)));
    if found.is_none() {
        reading.problem("booking", "a telephone number, e-mail address or link is expected", &value);
    }
    found.into_iter().collect()
}

/// The one occurrence that a row tells. A day without times is the whole of it; an end before the beginning is on the
/// next day where only times are said.
fn timing(reading: &mut Reading<'_>, timings: &Timings) -> Result<Timing, (&'static str, String)> {
    let none = ("without its day nobody can go there", String::new());
    let begin = reading.moment(&timings.begin).ok_or_else(|| none.clone())?;
    let end = timings.end.as_ref().and_then(|end| reading.moment(end));
    let begin_time = time(reading, timings.begin_time.as_deref());
    let end_time = time(reading, timings.end_time.as_deref());
    let zone = reading.zone;
    let at = |moment: Moment, time: NaiveTime| in_zone(moment.day(zone).and_time(time), zone);
    let from = begin_time.map_or_else(|| begin.begin(zone), |time| at(begin, time)).ok_or(none)?;
    let has_time = begin_time.is_some() || matches!(begin, Moment::Instant(_));
    let last = end.unwrap_or(begin);
    let until = match (end_time, last) {
        (Some(time), last) => at(last, time),
        (None, Moment::Day(_)) if has_time && end.is_none() => Some(from),
        (None, Moment::Instant(_)) if end.is_none() => Some(from),
        (None, last) => last.end(zone),
    };
    let until = until.unwrap_or(from);
    let over_midnight = until < from && end_time.is_some() && last.day(zone) == begin.day(zone);
    let until = if over_midnight { next_day(until, reading).unwrap_or(from) } else { until };
    if until < from {
        return Err(("it ends before it begins", until.to_rfc3339()));
    }
    Ok(Timing { begin: from, end: until })
}

fn next_day(instant: DateTime<FixedOffset>, reading: &Reading<'_>) -> Option<DateTime<FixedOffset>> {
    in_zone(instant.naive_local().checked_add_days(Days::new(1))?, reading.zone)
}

fn time(reading: &mut Reading<'_>, field: Option<&str>) -> Option<NaiveTime> {
    let field = field?;
    let text = reading.record.text(field)?;
    let time = time_of_day(&text);
    if time.is_none() {
        reading.problem(field, "a time of day like 18:30 is expected", &text);
    }
    time
}
