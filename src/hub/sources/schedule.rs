use crate::calendar::instant;
use crate::hub::store::StoredSource;
use crate::import::town_sources::every;
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// When a source is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// So long after the last time.
    Every(TimeDelta),
    /// Each day at this time of the town's clock.
    Daily(NaiveTime),
}

/// What failed is tried again after so long, where it is not due earlier.
const AGAIN: TimeDelta = TimeDelta::minutes(15);
/// Nothing is asked more often.
const OFTEN: TimeDelta = TimeDelta::minutes(5);

impl Schedule {
    /// `15m`, `6h`, `1d` or `at 05:30`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("at ") {
            Some(time) => NaiveTime::parse_from_str(time.trim(), "%H:%M").ok().map(Self::Daily),
            None => every(text).filter(|every| *every >= OFTEN).map(Self::Every),
        }
    }

    /// The first moment for it after another.
    pub fn after(self, last: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Every(time) => last + time,
            Self::Daily(time) => {
                let day = last.with_timezone(&zone).date_naive();
                let days = (0..=2).filter_map(|days| day.checked_add_days(Days::new(days)));
                let moments = days.map(|day| instant(day.and_time(time), zone).to_utc());
                moments.into_iter().find(|moment| *moment > last).unwrap_or(last + TimeDelta::days(1))
            }
        }
    }
}

/// When a source is tried next; none for one that is paused.
pub fn next_try(source: &StoredSource, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if source.is_wanted {
        return Some(now);
    }
    if source.is_paused {
        return None;
    }
    let Some(tried) = source.health.tried else { return Some(now) };
    let due = Schedule::parse(&source.schedule).unwrap_or(Schedule::Every(TimeDelta::hours(1))).after(tried, zone);
    let has_failed = !source.health.error.is_empty();
    Some(if has_failed { due.min(tried + AGAIN) } else { due })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::store::Health;
    use chrono_tz::Europe::Paris;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_source_is_due_so_long_after_its_last_try_or_at_its_time_of_the_day() {
        for (schedule, last, next) in [
            ("15m", "2026-11-23T10:00:00Z", "2026-11-23T10:15:00Z"),
            ("6h", "2026-11-23T20:00:00Z", "2026-11-24T02:00:00Z"),
            ("7d", "2026-11-23T20:00:00Z", "2026-11-30T20:00:00Z"),
            ("at 05:30", "2026-11-23T04:00:00Z", "2026-11-23T04:30:00Z"),
            ("at 05:30", "2026-11-23T04:30:00Z", "2026-11-24T04:30:00Z"),
            // The nights in which the clock changes: what is skipped is the moment of the change.
            ("at 02:30", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"),
            ("at 02:30", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"),
            ("at 02:30", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
        ] {
            assert_eq!(Schedule::parse(schedule).unwrap().after(at(last), Paris), at(next), "{schedule} after {last}");
        }
        for wrong in ["", "1m", "at", "at 25:00", "daily", "0h", "-1h", "99999d"] {
            assert_eq!(Schedule::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_failed_is_tried_again_soon_and_what_is_paused_only_when_somebody_wants_it() {
        let now = at("2026-11-23T12:00:00Z");
        let health = |error: &str| Health { tried: Some(now), error: error.to_owned(), ..Health::default() };
        let source =
            |error| StoredSource { schedule: "6h".to_owned(), health: health(error), ..StoredSource::default() };
        assert_eq!(next_try(&source(""), Paris, now), Some(at("2026-11-23T18:00:00Z")));
        assert_eq!(next_try(&source("down"), Paris, now), Some(at("2026-11-23T12:15:00Z")));
        let paused = StoredSource { is_paused: true, ..source("down") };
        assert_eq!(next_try(&paused, Paris, now), None);
        assert_eq!(next_try(&StoredSource { is_wanted: true, ..paused }, Paris, now), Some(now));
        assert_eq!(next_try(&StoredSource::default(), Paris, now), Some(now));
    }
}
