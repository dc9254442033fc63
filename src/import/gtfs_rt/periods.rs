use super::message::Period;
use crate::content::Validity;
use crate::import::sentences::in_language;
use crate::language::{Language, Words};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Tz;

/// How long an alert holds that names no end, from when its feed was made: the next feed says whether it still does.
const HOURS_WITHOUT_END: i64 = 24;
/// The last year that is believed; beyond it stand numbers that mean "no end".
const YEAR_MAX: i32 = 2200;
/// The most periods that are read, and the most that are written out.
const READ_MAX: usize = 1000;
const WRITTEN_MAX: usize = 8;

/// When an alert holds, as far as that is not over.
#[derive(Debug)]
pub struct Periods {
    left: Vec<Validity>,
    now: DateTime<Utc>,
    /// A period that says nothing that can be: it begins behind its end, or centuries ahead.
    pub odd: Option<Period>,
}

impl Periods {
    /// `None` where all of them are over.
    pub fn read(periods: &[Period], now: DateTime<Utc>) -> Option<Self> {
        let mut odd = None;
        let mut read = Vec::new();
        for period in periods.iter().take(READ_MAX) {
            let validity = Validity { from: at(period.start), until: at(period.end) };
            let is_reversed = validity.from.zip(validity.until).is_some_and(|(from, until)| from >= until);
            if is_reversed || validity.from.is_none() && period.start.is_some_and(|start| start > 0) {
                odd = Some(*period);
            }
            if !is_reversed {
                read.push(validity);
            }
        }
        let mut left: Vec<Validity> =
            read.iter().copied().filter(|period| period.until.is_none_or(|until| until > now)).collect();
        left.sort_by_key(|period| period.from);
        (read.is_empty() || !left.is_empty()).then_some(Self { left, now, odd })
    }

    /// From the first beginning to the last end; without one, until some time after the feed was made.
    pub fn whole(&self, made: DateTime<Utc>) -> Validity {
        let from = self.left.iter().map(|period| period.from).min().flatten();
        let ends: Option<Vec<DateTime<Utc>>> = self.left.iter().map(|period| period.until).collect();
        let last = ends.and_then(|ends| ends.into_iter().max());
        let expires = from.into_iter().chain([made]).max().unwrap_or(made) + without_end();
        Validity { from, until: Some(last.unwrap_or(expires)) }
    }

    /// The end of what is in force now, without one some time after the feed was made; `None` where nothing is.
    pub fn end_of_now(&self, made: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.left.is_empty() {
            return self.whole(made).until;
        }
        let now = self.left.iter().filter(|period| period.contains(self.now));
        now.map(|period| period.until.unwrap_or(made + without_end())).max().filter(|end| *end > self.now)
    }

    /// The periods with a beginning and an end as a head and a list; empty without any.
    pub fn written(&self, language: Language, zone: Tz) -> String {
        let words = Words::of(language);
        let both = self.left.iter().filter_map(|period| Some((period.from?, period.until?)));
        let lines: Vec<String> = both
            .take(WRITTEN_MAX)
            .map(|(from, until)| {
                let (from, until) = (from.with_timezone(&zone), until.with_timezone(&zone));
                let day = |at: DateTime<Tz>| {
                    let date = at.date_naive();
                    let is_near = date.year() == self.now.year();
                    let date = if is_near { words.date_short(date) } else { words.date_with_year(date) };
                    format!("{date} {}", words.time(at.time()))
                };
                let end = if from.date_naive() == until.date_naive() { words.time(until.time()) } else { day(until) };
                let args = [("from", day(from).into()), ("to", end.into())];
                format!("- {}", in_language(language, "time-range", &args))
            })
            .collect();
        match lines.is_empty() {
            true => String::new(),
            false => format!("## {}\n\n{}", in_language(language, "transit-in-force", &[]), lines.join("\n")),
        }
    }
}

fn without_end() -> TimeDelta {
    TimeDelta::hours(HOURS_WITHOUT_END)
}

/// Seconds since 1970; 0 and what lies centuries ahead are no time at all.
pub fn at(seconds: Option<u64>) -> Option<DateTime<Utc>> {
    let seconds = i64::try_from(seconds?).ok().filter(|seconds| *seconds > 0)?;
    DateTime::from_timestamp(seconds, 0).filter(|at| at.year() < YEAR_MAX)
}
