use super::properties::{Moment, Properties, moment};
use super::recurrence::{Series, TIMES_MAX};
use super::zones::Zones;
use crate::import::local_time::in_zone;
use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarDuration, ICalendarEntry, ICalendarPeriod, ICalendarProperty, ICalendarRecurrenceRule, ICalendarValue,
};
use chrono::{DateTime, Days, FixedOffset, NaiveDateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// The most dates of one event.
pub const TIMINGS_MAX: usize = 1000;

/// The most rules of one event: nobody writes more.
const RULES_MAX: usize = 20;

/// One date of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occurrence {
    /// When it would have begun by the rule: what RECURRENCE-ID calls it (RFC 5545, 3.8.4.4).
    pub of: DateTime<Utc>,
    pub begin: DateTime<FixedOffset>,
    pub end: DateTime<FixedOffset>,
}

/// How long an event takes: whole days by the calendar, then time by the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Length {
    days: u64,
    time: TimeDelta,
}

impl Length {
    fn end(self, begin: NaiveDateTime, zone: chrono_tz::Tz) -> Option<DateTime<FixedOffset>> {
        let day = begin.checked_add_days(Days::new(self.days))?;
        let end = in_zone(day, zone)?.checked_add_signed(self.time)?;
        Some(end.with_timezone(&zone).fixed_offset())
    }

    /// At least so long, for looking back.
    fn rough(self) -> TimeDelta {
        let days = i64::try_from(self.days).ok().and_then(TimeDelta::try_days).unwrap_or(TimeDelta::MAX);
        days.checked_add(&self.time).unwrap_or(days)
    }

    fn of(duration: &ICalendarDuration) -> Option<Self> {
        if duration.neg {
            return None;
        }
        let days = u64::from(duration.weeks) * 7 + u64::from(duration.days);
        let seconds = i64::from(duration.hours) * 3600 + i64::from(duration.minutes) * 60 + i64::from(duration.seconds);
        Some(Self { days, time: TimeDelta::try_seconds(seconds)? })
    }
}

/// When an event begins for the first time, and how long it takes.
pub fn first(event: &mut Properties<'_>, zones: &Zones) -> Option<(Moment, Length)> {
    let start = event.moment(&ICalendarProperty::Dtstart, zones)?;
    Some((start, length(event, start, zones)))
}

/// DTEND, else DURATION, else a whole day or no time at all (3.6.1).
fn length(event: &mut Properties<'_>, start: Moment, zones: &Zones) -> Length {
    let nothing = Length { days: u64::from(start.is_day), time: TimeDelta::zero() };
    if let Some(end) = event.moment(&ICalendarProperty::Dtend, zones) {
        let length = until(start, end);
        if length.is_none() {
            event.problem("DTEND", "it ends before it begins: shown without an end", &end.local.to_string());
        }
        // Some calendars end a day's event on that day, though the end is the day after.
        return length.filter(|length| !start.is_day || length.days > 0).unwrap_or(nothing);
    }
    let Some(entry) = event.component.property(&ICalendarProperty::Duration) else { return nothing };
    let length = match entry.values.first() {
        Some(ICalendarValue::Duration(duration)) => Length::of(duration),
        _ => None,
    };
    if length.is_none() {
        event.problem("DURATION", "a length like PT1H30M is expected", "");
    }
    length.filter(|length| !start.is_day || length.days > 0).unwrap_or(nothing)
}

fn until(start: Moment, end: Moment) -> Option<Length> {
    if start.is_day || end.is_day {
        let days = (end.local.date() - start.local.date()).num_days();
        return u64::try_from(days).ok().map(|days| Length { days, time: TimeDelta::zero() });
    }
    let time = in_zone(end.local, end.zone)? - in_zone(start.local, start.zone)?;
    (time >= TimeDelta::zero()).then_some(Length { days: 0, time })
}

/// All dates of an event within a time, and whether there were too many.
pub fn occurrences(
    event: &mut Properties<'_>,
    (start, length): (Moment, Length),
    zones: &Zones,
    window: &Range<DateTime<Utc>>,
) -> Vec<Occurrence> {
    let component = event.component;
    let local = local_window(window, start, length);
    let mut begins = vec![start.local];
    let is_wanted = |local: NaiveDateTime| {
        occurrence(Moment { local, ..start }, length).is_some_and(|occurrence| overlaps(&occurrence, window))
    };
    for entry in component.properties(&ICalendarProperty::Rrule).take(RULES_MAX) {
        begins.extend(expanded(event, entry, start, zones, &local, &is_wanted));
    }
    let mut all: BTreeMap<DateTime<Utc>, Occurrence> = BTreeMap::new();
    let singles = begins.into_iter().map(|local| (Moment { local, ..start }, length));
    let extra = event.moments(&ICalendarProperty::Rdate, zones).into_iter().map(|moment| (moment, length));
    for (moment, length) in singles.chain(extra).chain(periods(event, zones)) {
        if let Some(occurrence) = occurrence(moment, length).filter(|occurrence| overlaps(occurrence, window)) {
            all.insert(occurrence.of, occurrence);
        }
    }
    leave_out_exceptions(event, start, zones, &local, &mut all);
    if all.len() > TIMINGS_MAX {
        let reason = format!("it has more dates than fit: only the first {TIMINGS_MAX} are shown");
        event.problem("RRULE", &reason, "");
    }
    all.into_values().take(TIMINGS_MAX).collect()
}

pub fn occurrence(moment: Moment, length: Length) -> Option<Occurrence> {
    let begin = in_zone(moment.local, moment.zone)?;
    Some(Occurrence { of: begin.to_utc(), begin, end: length.end(moment.local, moment.zone)? })
}

pub fn overlaps(occurrence: &Occurrence, window: &Range<DateTime<Utc>>) -> bool {
    occurrence.begin < window.end && occurrence.end.max(occurrence.begin) >= window.start
}

/// The window by the event's own clock, a little wider than need be.
fn local_window(window: &Range<DateTime<Utc>>, start: Moment, length: Length) -> Range<NaiveDateTime> {
    let local = |instant: DateTime<Utc>| instant.with_timezone(&start.zone).naive_local();
    let back = length.rough().checked_add(&TimeDelta::days(1)).unwrap_or(TimeDelta::MAX);
    let from = local(window.start).checked_sub_signed(back).unwrap_or(start.local);
    let to = local(window.end).checked_add_days(Days::new(1)).unwrap_or(NaiveDateTime::MAX);
    from..to
}

fn expanded(
    event: &mut Properties<'_>,
    entry: &ICalendarEntry,
    start: Moment,
    zones: &Zones,
    within: &Range<NaiveDateTime>,
    is_wanted: &dyn Fn(NaiveDateTime) -> bool,
) -> Vec<NaiveDateTime> {
    let (field, value) = (entry.name.as_str(), entry.values.first());
    let Some(ICalendarValue::RecurrenceRule(rule)) = value else {
        let text = value.and_then(ICalendarValue::as_text).unwrap_or_default();
        event.problem(field, "how it repeats cannot be understood: only its first date is shown", text);
        return Vec::new();
    };
    let is_past = |begin: NaiveDateTime| is_past(rule, Moment { local: begin, ..start }, zones);
    let series = Series { rule, start: start.local, is_past: &is_past, is_wanted, days_left: &zones.days_left };
    match series.expand(within, TIMINGS_MAX + 1) {
        Err(reason) => {
            event.problem(field, reason, "");
            Vec::new()
        }
        Ok(expanded) => {
            if expanded.is_day_cut {
                let reason = format!("it repeats too often on one day: only the first {TIMES_MAX} times are looked at");
                event.problem(field, &reason, &rule.to_string());
            }
            if expanded.is_cut && expanded.begins.len() <= TIMINGS_MAX {
                event.problem(field, "it repeats too often for all of its dates to be found", "");
            }
            expanded.begins
        }
    }
}

/// Whether a date lies behind UNTIL, which is a day, a time in UTC, or one by the event's own clock (3.3.10).
fn is_past(rule: &ICalendarRecurrenceRule, begin: Moment, zones: &Zones) -> bool {
    let Some(until) = &rule.until else { return false };
    let Some(last) = moment(until, None, zones) else { return false };
    if last.is_day || begin.is_day {
        return begin.local.date() > last.local.date();
    }
    if until.has_zone() {
        return in_zone(begin.local, begin.zone).is_some_and(|begin| begin.to_utc() > last.local.and_utc());
    }
    begin.local > last.local
}

/// The dates of RDATE that say their own end (VALUE=PERIOD).
fn periods(event: &mut Properties<'_>, zones: &Zones) -> Vec<(Moment, Length)> {
    let mut all = Vec::new();
    for entry in event.component.properties(&ICalendarProperty::Rdate) {
        let own: Vec<_> = entry.values.iter().filter(|value| matches!(value, ICalendarValue::Period(_))).collect();
        let zone = if own.is_empty() { None } else { entry.tz_id().and_then(|name| zones.find(name)) };
        let read = |partial: &PartialDateTime| moment(partial, zone, zones);
        for value in own {
            let period = match value {
                ICalendarValue::Period(ICalendarPeriod::Range { start, end }) => {
                    read(start).zip(read(end)).and_then(|(start, end)| Some((start, until(start, end)?)))
                }
                ICalendarValue::Period(ICalendarPeriod::Duration { start, duration }) => {
                    read(start).zip(Length::of(duration))
                }
                _ => None,
            };
            match period {
                Some(period) => all.push(period),
                None => event.problem("RDATE", "a beginning and an end behind it are expected", ""),
            }
        }
    }
    all
}

/// EXDATE, and what EXRULE (RFC 2445) says.
fn leave_out_exceptions(
    event: &mut Properties<'_>,
    start: Moment,
    zones: &Zones,
    within: &Range<NaiveDateTime>,
    all: &mut BTreeMap<DateTime<Utc>, Occurrence>,
) {
    let component = event.component;
    let mut days = HashSet::new();
    for exception in event.moments(&ICalendarProperty::Exdate, zones) {
        if exception.is_day {
            days.insert(exception.local.date());
        } else if let Some(instant) = in_zone(exception.local, exception.zone) {
            all.remove(&instant.to_utc());
        }
    }
    for entry in component.properties(&ICalendarProperty::Exrule).take(RULES_MAX) {
        for local in expanded(event, entry, start, zones, within, &|_| true) {
            if let Some(instant) = in_zone(local, start.zone) {
                all.remove(&instant.to_utc());
            }
        }
    }
    all.retain(|_, occurrence| !days.contains(&occurrence.begin.with_timezone(&start.zone).date_naive()));
}
