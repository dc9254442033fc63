use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Until this hour the night still belongs to the evening before it.
pub(super) const NIGHT_ENDS_HOUR: i64 = 4;
/// From this hour on it is evening.
pub(super) const EVENING_HOUR: i64 = 18;

/// A time zone by its IANA name, `Europe/Monaco`.
pub fn zone(name: &str) -> Option<Tz> {
    name.trim().parse().ok()
}

/// The instant of a wall-clock time. A time that occurs twice (autumn) is its first; one that is skipped (spring) is
/// the first instant after the gap: so nobody is ever sent to a door that is already closed.
pub fn instant(naive: NaiveDateTime, zone: Tz) -> DateTime<Tz> {
    const LONGEST_GAP_MINUTES: i64 = 24 * 60;
    (0..=LONGEST_GAP_MINUTES)
        .filter_map(|minutes| naive.checked_add_signed(TimeDelta::minutes(minutes)))
        .find_map(|later| match zone.from_local_datetime(&later) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at),
            LocalResult::None => None,
        })
        .unwrap_or_else(|| Utc.from_utc_datetime(&naive).with_timezone(&zone))
}

/// The instant at which the clock shows `hour` on `date`; hours beyond 24 are the next day's.
pub(super) fn at_hour(date: NaiveDate, hour: i64, zone: Tz) -> DateTime<Tz> {
    let midnight = date.and_time(NaiveTime::MIN);
    instant(midnight.checked_add_signed(TimeDelta::hours(hour)).unwrap_or(midnight), zone)
}

pub(super) fn local_date(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The date whose evening and night an instant belongs to: Sunday 01:00 is Saturday's.
pub(super) fn evening_date(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    let local = at.with_timezone(&zone).naive_local();
    local.checked_sub_signed(TimeDelta::hours(NIGHT_ENDS_HOUR)).unwrap_or(local).date()
}

pub(super) fn day_after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}
