use super::zones::Zones;
use crate::content::{Id, Problem};
use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarProperty, ICalendarValue,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

/// One event as it stands in the calendar, and where its problems go.
pub struct Properties<'r> {
    pub component: &'r ICalendarComponent,
    pub source: &'r str,
    pub id: &'r Id,
    pub problems: &'r mut Vec<Problem>,
}

/// A date, or a date and time in a zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub local: NaiveDateTime,
    pub zone: Tz,
    pub is_day: bool,
    /// Whether the calendar names the zone, rather than UTC or none.
    pub is_zoned: bool,
}

impl Properties<'_> {
    pub fn problem(&mut self, field: &str, reason: &str, value: &str) {
        self.problems.push(Problem::new(self.source, self.id.as_str(), field, reason).with_value(value));
    }

    /// The moment of a property; one that is no moment is a problem.
    pub fn moment(&mut self, property: &ICalendarProperty, zones: &Zones) -> Option<Moment> {
        let entry = self.component.property(property)?;
        let moments = self.moments_of(entry, zones);
        moments.into_iter().next()
    }

    /// All moments of a property that may hold several, or stand several times.
    pub fn moments(&mut self, property: &ICalendarProperty, zones: &Zones) -> Vec<Moment> {
        let component = self.component;
        component.properties(property).flat_map(|entry| self.moments_of(entry, zones)).collect()
    }

    fn moments_of(&mut self, entry: &ICalendarEntry, zones: &Zones) -> Vec<Moment> {
        let zone = self.zone(entry, zones);
        let mut all = Vec::new();
        for value in &entry.values {
            match value {
                ICalendarValue::PartialDateTime(partial) if partial.to_date_time().is_some() => {
                    all.extend(moment(partial, zone, zones));
                }
                ICalendarValue::Period(_) => {}
                other => {
                    let text = other.as_text().unwrap_or_default().to_owned();
                    self.problem(entry.name.as_str(), "a date, or a date and time, is expected", &text);
                }
            }
        }
        all
    }

    /// The zone that an entry names; one that is not known is a problem.
    pub fn zone(&mut self, entry: &ICalendarEntry, zones: &Zones) -> Option<Tz> {
        let name = entry.tz_id()?;
        let zone = zones.find(name);
        if zone.is_none() {
            let reason = "no time zone of this name is known: its times are read in the town's";
            self.problem(entry.name.as_str(), reason, name);
        }
        zone
    }
}

/// A moment in the zone that is named beside it, else as it says itself, else in the town's.
pub fn moment(partial: &PartialDateTime, zone: Option<Tz>, zones: &Zones) -> Option<Moment> {
    let read = partial.to_date_time()?;
    let is_day = !partial.has_time();
    match read.offset {
        Some(offset) if !is_day => {
            let local = read.date_time.checked_sub_offset(offset)?;
            Some(Moment { local, zone: Tz::UTC, is_day, is_zoned: false })
        }
        // A day has no zone: it is the town's (RFC 5545, 3.3.4).
        _ if is_day => Some(Moment { local: read.date_time, zone: zones.town, is_day, is_zoned: false }),
        _ => Some(Moment { local: read.date_time, zone: zone.unwrap_or(zones.town), is_day, is_zoned: zone.is_some() }),
    }
}

/// All texts of a component's entry of this name; what has no meaning of its own may have been split at semicolons.
pub fn text(component: &ICalendarComponent, property: &ICalendarProperty) -> Option<String> {
    component.property(property).and_then(entry_text)
}

pub fn entry_text(entry: &ICalendarEntry) -> Option<String> {
    let parts: Vec<&str> = entry.values.iter().filter_map(ICalendarValue::as_text).collect();
    Some(parts.join(";")).filter(|text| !text.trim().is_empty())
}

pub fn other_text(component: &ICalendarComponent, name: &str) -> Option<String> {
    component.entries.iter().find(|entry| is_other(entry, name)).and_then(entry_text)
}

fn is_other(entry: &ICalendarEntry, name: &str) -> bool {
    matches!(&entry.name, ICalendarProperty::Other(other) if other.eq_ignore_ascii_case(name))
}

pub fn parameter<'e>(entry: &'e ICalendarEntry, name: &ICalendarParameterName) -> Option<&'e str> {
    entry.parameter(name).and_then(|value| value.as_text())
}

/// An instant that is always UTC (LAST-MODIFIED).
pub fn utc(component: &ICalendarComponent, property: &ICalendarProperty) -> Option<DateTime<Utc>> {
    let partial = component.property(property)?.values.first()?.as_partial_date_time()?;
    partial.has_time().then(|| partial.to_date_time())?.map(|read| read.date_time.and_utc())
}
