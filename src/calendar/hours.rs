use super::local::{day_after, instant, local_date};
use crate::content::Position;
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use opening_hours::localization::{Coordinates, Country, TzLocation};
use opening_hours::{Context, OpeningHours, RuleKind};
use std::iter::Peekable;

/// Longer texts are refused unread; OpenStreetMap itself allows 255 characters.
const MAX_BYTES: usize = 1024;
/// How far ahead the next opening is looked for: a season that just ended, and some.
const HORIZON_DAYS: u64 = 400;
/// What stays open this long without a break counts as always open.
const ALWAYS_DAYS: i64 = 8;

/// Whether a place is open at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// `until` is `None` when it stays open for more than a week.
    Open { until: Option<DateTime<Tz>> },
    /// `opens` is `None` when it does not open again within a year.
    Closed { opens: Option<DateTime<Tz>> },
    /// The hours say themselves that they are not certain.
    Unknown,
}

/// The hours of one date. A span that ends at or before its begin runs past midnight; `00:00` as an end is midnight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub spans: Vec<(NaiveTime, NaiveTime)>,
    /// Open from midnight to midnight; then there are no spans.
    pub all_day: bool,
    /// Some of the date's hours are not certain: without spans it is not known whether it opens at all.
    pub uncertain: bool,
    /// A remark in the hours: "by appointment".
    pub comment: Option<String>,
}

/// Opening hours in OpenStreetMap syntax, at a place.
#[derive(Clone, Debug)]
pub struct Hours {
    expression: OpeningHours<TzLocation<Tz>>,
    zone: Tz,
    always_the_same: bool,
}

/// A stretch in one state, not closed.
#[derive(Clone, Debug)]
struct Stretch {
    begin: DateTime<Tz>,
    /// `None`: no end in sight.
    end: Option<DateTime<Tz>>,
    kind: RuleKind,
}

impl Hours {
    /// `position` gives sunrise and sunset, `country` (ISO 3166-1 alpha-2) the public and school holidays; without
    /// them the sun is that of an average day and there are no holidays.
    ///
    /// # Errors
    /// Says in words what in the text is not opening hours.
    pub fn parse(osm: &str, zone: Tz, position: Option<Position>, country: &str) -> Result<Self, String> {
        if osm.len() > MAX_BYTES {
            return Err(format!("opening hours longer than {MAX_BYTES} bytes"));
        }
        let expression: OpeningHours = osm.trim().parse().map_err(|error| format!("not opening hours: {error}"))?;
        let coordinates = position.and_then(|at| Coordinates::new(at.lat, at.lon));
        let place = TzLocation::new(zone);
        let place = coordinates.map_or_else(|| place.clone(), |at| place.clone().with_coords(at));
        let mut context = Context::default().with_locale(place);
        if let Ok(country) = country.trim().to_ascii_uppercase().parse::<Country>() {
            context = context.with_holidays(country.holidays()).with_holidays_unknown(country.holidays_regional());
        }
        let always_the_same = expression.get_expression().is_constant();
        Ok(Self { expression: expression.with_context(context), zone, always_the_same })
    }

    /// Whether it is open at `now`, and until or from when.
    pub fn at(&self, now: DateTime<Utc>) -> Opening {
        let mut coming = self.coming(now).peekable();
        match coming.peek() {
            Some(first) if first.begin <= now && first.kind == RuleKind::Open => Opening::Open { until: first.end },
            Some(first) if first.begin <= now => Opening::Unknown,
            _ => Opening::Closed {
                opens: coming.find(|stretch| stretch.kind == RuleKind::Open).map(|stretch| stretch.begin),
            },
        }
    }

    /// The instant that [`Hours::at`] tells: until or from when.
    pub(super) fn told(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.at(now) {
            Opening::Open { until } => until.map(|until| until.to_utc()),
            Opening::Closed { opens } => opens.map(|opens| opens.to_utc()),
            Opening::Unknown => None,
        }
    }

    /// The first instant after `now` at which [`Hours::at`] gives another state.
    pub fn next_change(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let first = self.coming(now).next()?;
        if first.begin > now { Some(first.begin.to_utc()) } else { first.end.map(|end| end.to_utc()) }
    }

    /// Seven days from `from`; a night's hours stand with the day on which it begins.
    pub fn week(&self, from: NaiveDate) -> Vec<Day> {
        let before = from.checked_sub_days(Days::new(1)).unwrap_or(from);
        let mut days: Vec<Day> = (0..9).map(|ahead| self.day(day_after(before, ahead))).collect();
        for at in 1..days.len() {
            let (earlier, later) = days.split_at_mut(at);
            if let (Some(evening), Some(morning)) = (earlier.last_mut(), later.first_mut()) {
                join_night(evening, morning);
            }
        }
        days.drain(1..8).collect()
    }

    fn day(&self, date: NaiveDate) -> Day {
        let mut day = Day { date, spans: Vec::new(), all_day: false, uncertain: false, comment: None };
        for range in self.expression.schedule_at(date) {
            if day.comment.is_none() && !range.comment.is_empty() {
                day.comment = Some(range.comment.to_string());
            }
            day.uncertain |= range.kind == RuleKind::Unknown;
            if range.kind != RuleKind::Open {
                continue;
            }
            let (begin, end) = (range.range.start.mins_from_midnight(), range.range.end.mins_from_midnight());
            if (begin, end) == (0, 24 * 60) {
                day.all_day = true;
            } else {
                day.spans.push((clock(begin), clock(end)));
            }
        }
        day
    }

    /// What is not over at `now`, in order.
    fn coming(&self, now: DateTime<Utc>) -> impl Iterator<Item = Stretch> {
        let today = local_date(now, self.zone);
        let from = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        let days = if self.always_the_same { ALWAYS_DAYS.unsigned_abs() + 2 } else { HORIZON_DAYS };
        let pieces = (0..days).flat_map(move |ahead| self.pieces(day_after(from, ahead)));
        Stretches { pieces: pieces.peekable() }.filter(move |stretch| stretch.end.is_none_or(|end| end > now))
    }

    fn pieces(&self, date: NaiveDate) -> Vec<(DateTime<Tz>, DateTime<Tz>, RuleKind)> {
        let midnight = date.and_time(NaiveTime::MIN);
        self.expression
            .schedule_at(date)
            .into_iter()
            .filter(|range| range.kind != RuleKind::Closed)
            .map(|range| {
                let begin = after(midnight, range.range.start.mins_from_midnight());
                let end = after(midnight, range.range.end.mins_from_midnight());
                (instant(begin, self.zone), instant(end, self.zone), range.kind)
            })
            .filter(|(begin, end, _)| begin < end)
            .collect()
    }
}

/// Joins pieces that follow each other without a break.
struct Stretches<I: Iterator<Item = (DateTime<Tz>, DateTime<Tz>, RuleKind)>> {
    pieces: Peekable<I>,
}

impl<I: Iterator<Item = (DateTime<Tz>, DateTime<Tz>, RuleKind)>> Iterator for Stretches<I> {
    type Item = Stretch;

    fn next(&mut self) -> Option<Stretch> {
        let (begin, mut end, kind) = self.pieces.next()?;
        while let Some((_, later, _)) = self.pieces.next_if(|(next, _, same)| *next == end && *same == kind) {
            end = later;
            if end - begin > TimeDelta::days(ALWAYS_DAYS) {
                return Some(Stretch { begin, end: None, kind });
            }
        }
        Some(Stretch { begin, end: Some(end), kind })
    }
}

/// Moves the small hours that continue an evening from the morning's date to the evening's.
fn join_night(evening: &mut Day, morning: &mut Day) {
    let noon = clock(12 * 60);
    let (Some(last), Some(first)) = (evening.spans.last_mut(), morning.spans.first()) else { return };
    if last.1 == NaiveTime::MIN && first.0 == NaiveTime::MIN && first.1 <= noon && first.1 != NaiveTime::MIN {
        last.1 = first.1;
        morning.spans.remove(0);
    }
}

fn after(midnight: NaiveDateTime, minutes: u16) -> NaiveDateTime {
    midnight.checked_add_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(midnight)
}

fn clock(minutes: u16) -> NaiveTime {
    after(NaiveDateTime::default(), minutes).time()
}
