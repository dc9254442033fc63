use super::Period;
use super::local::{EVENING_HOUR, NIGHT_ENDS_HOUR, day_after, evening_date, local_date};
use crate::content::Timing;
use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;

/// When an event is, seen from now. All times are in the town's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Now {
        until: DateTime<Tz>,
    },
    /// Before the evening, on this calendar day.
    Today {
        begin: DateTime<Tz>,
    },
    /// Begins in this evening or night.
    Tonight {
        begin: DateTime<Tz>,
    },
    /// Begins before the evening and is still on in it: what is said to who asks for tonight.
    TonightUntil {
        until: DateTime<Tz>,
    },
    Tomorrow {
        begin: DateTime<Tz>,
    },
    Later {
        begin: DateTime<Tz>,
    },
    /// Over, or without any timing.
    Ended,
}

/// The timing that runs now, else the next one.
pub fn next_timing(timings: &[Timing], now: DateTime<Utc>) -> Option<&Timing> {
    timings.iter().filter(|timing| timing.end > now).min_by_key(|timing| timing.begin)
}

/// When one timing is, said to who asks for a period: under *tonight* nothing "begins at ten".
pub fn when_in(timing: &Timing, period: Period, now: DateTime<Utc>, zone: Tz) -> When {
    match when(std::slice::from_ref(timing), now, zone) {
        When::Today { .. } if period == Period::Tonight => {
            When::TonightUntil { until: timing.end.with_timezone(&zone) }
        }
        other => other,
    }
}

/// When an event with these timings is, seen from `now` in `zone`.
pub fn when(timings: &[Timing], now: DateTime<Utc>, zone: Tz) -> When {
    let Some(timing) = next_timing(timings, now) else { return When::Ended };
    let begin = timing.begin.with_timezone(&zone);
    if timing.begin <= now {
        return When::Now { until: timing.end.with_timezone(&zone) };
    }
    let today = local_date(now, zone);
    let begins = timing.begin.to_utc();
    let hour = i64::from(begin.hour());
    let in_this_night = evening_date(begins, zone) == evening_date(now, zone);
    let dark = !(NIGHT_ENDS_HOUR..EVENING_HOUR).contains(&hour);
    if dark && (in_this_night || (begin.date_naive() == today && hour >= EVENING_HOUR)) {
        When::Tonight { begin }
    } else if begin.date_naive() == today {
        When::Today { begin }
    } else if begin.date_naive() == day_after(today, 1) {
        When::Tomorrow { begin }
    } else {
        When::Later { begin }
    }
}
