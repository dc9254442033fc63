//! Periods as tourism offices write them down (dates, weekdays, times, exceptions), and what becomes of them: opening
//! hours of a place in OpenStreetMap syntax, timings of an event.

mod opening;
mod special;
mod timings;

pub use opening::{Opening, opening};
pub use special::Special;
pub use timings::timings;

use chrono::{NaiveDate, NaiveTime, Weekday};

/// A stretch of days on which something is open or takes place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Season {
    /// Open ends are possible.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Every year anew: the years of its dates mean nothing.
    pub yearly: bool,
    /// None given: every day.
    pub days: Vec<Day>,
    /// None given: the times are not known.
    pub spans: Vec<Span>,
}

/// A day of the week, or one of a month: the second Saturday, the last (-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub weekday: Weekday,
    pub nth: Option<i8>,
}

/// From when until when; one that closes at or before it opens runs into the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub opens: NaiveTime,
    /// `None`: nobody says.
    pub closes: Option<NaiveTime>,
}

impl Season {
    /// Whether it is over for good on this day.
    fn is_over(&self, today: NaiveDate) -> bool {
        !self.yearly && self.to.is_some_and(|to| to < today)
    }
}

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// A time of the day: `09:30:00`, `09:30`, also behind a date.
pub fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let time = text.split_once('T').map_or(text, |(_, time)| time);
    let time = time.get(..8).or_else(|| time.get(..5)).unwrap_or(time);
    ["%H:%M:%S", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(time, format).ok())
}

/// A date, also before a time: `2026-07-01`, `2026-07-01T16:30:00`.
pub fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim().get(..10)?, "%Y-%m-%d").ok()
}
