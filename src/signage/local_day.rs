//! A day by the town's clock, and when on it something is on.
//!
//! An hour of the clock is reached once a day: at the first instant at which the clock shows it or more. So in the
//! autumn night, whose 02:00 to 03:00 comes twice, a daypart from 02:00 to 03:00 lasts two hours, one to 02:30 ends the
//! first time that the clock shows 02:30, and nothing begins twice. In the spring night, which has no such hour, that
//! daypart does not take place, and one that begins at 02:30 begins at 03:00.

use crate::calendar::instant;
use crate::content::{Recurrence, Validity};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use std::ops::Range;

/// From an instant to another, which is not part of it.
pub(super) type Span = Range<DateTime<Utc>>;

pub(super) struct LocalDay {
    date: NaiveDate,
    zone: Tz,
    /// From midnight to midnight: 23 to 25 hours.
    pub span: Span,
}

impl LocalDay {
    /// The day that an instant belongs to.
    pub fn of(now: DateTime<Utc>, zone: Tz) -> Self {
        let shown = now.with_timezone(&zone).date_naive();
        let day = Self::new(shown, zone);
        // Where the clock is put back over midnight, it shows the day before once more.
        if day.span.end <= now { shown.succ_opt().map_or(day, |next| Self::new(next, zone)) } else { day }
    }

    fn new(date: NaiveDate, zone: Tz) -> Self {
        let midnight = |date: NaiveDate| at(date, NaiveTime::MIN, zone);
        let end = date.succ_opt().map_or(DateTime::<Utc>::MAX_UTC, midnight);
        Self { date, zone, span: midnight(date)..end }
    }

    /// The day from 01:00 to 06:00, in which French law lets no luminous advertising shine (Code de l'environnement,
    /// R581-35).
    pub fn night(&self) -> Span {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        at(self.date, hour(1), self.zone)..at(self.date, hour(6), self.zone)
    }

    /// When on this day something is on.
    pub fn spans(&self, times: &Recurrence, valid: &Validity) -> Vec<Span> {
        let from = times.start.map(|start| instant(start, self.zone).to_utc()).into_iter().chain(valid.from);
        let until = times.end.map(|end| instant(end, self.zone).to_utc()).into_iter().chain(valid.until);
        let limits = from.fold(self.span.start, Ord::max)..until.fold(self.span.end, Ord::min);
        if limits.is_empty() {
            return Vec::new();
        }
        let days = [self.date.pred_opt(), Some(self.date)].into_iter().flatten().filter(|date| is_day(times, *date));
        let spans = days.flat_map(|date| occurrences(times, date, self.zone));
        spans
            .map(|span| span.start.max(limits.start)..span.end.min(limits.end))
            .filter(|span| !span.is_empty())
            .collect()
    }
}

pub(super) fn is_on(spans: &[Span], at: DateTime<Utc>) -> bool {
    spans.iter().any(|span| span.contains(&at))
}

/// Whether something takes place on a date, before its start and end are looked at.
fn is_day(times: &Recurrence, date: NaiveDate) -> bool {
    if times.except.contains(&date) {
        return false;
    }
    let since = week(date) - times.start.map_or(week(NaiveDate::default()) + 1, |start| week(start.date()));
    let is_its_week = since.rem_euclid(i32::from(times.every_weeks.max(1))) == 0;
    let is_weekday = times.weekdays.is_empty() || times.weekdays.contains(&date.weekday());
    times.also.contains(&date) || (is_its_week && is_weekday)
}

/// The number of a date's week, from Monday to Sunday.
fn week(date: NaiveDate) -> i32 {
    (date.num_days_from_ce() - 1).div_euclid(7)
}

fn occurrences(times: &Recurrence, date: NaiveDate, zone: Tz) -> Vec<Span> {
    let next = date.succ_opt().unwrap_or(date);
    if times.dayparts.is_empty() {
        return vec![at(date, NaiveTime::MIN, zone)..at(next, NaiveTime::MIN, zone)];
    }
    let spans = times.dayparts.iter().map(|part| {
        let last = if part.until <= part.from { next } else { date };
        at(date, part.from, zone)..at(last, part.until, zone)
    });
    spans.collect()
}

fn at(date: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    instant(date.and_time(time), zone).to_utc()
}
