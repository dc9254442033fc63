use super::Hours;
use super::local::{NIGHT_ENDS_HOUR, at_hour, day_after, local_date};
use crate::content::Timing;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// Below this, words count the minutes: "closes in 55 min".
const COUNTED_MINUTES: i64 = 60;
/// Minutes are told in steps of this.
const STEP_MINUTES: u32 = 5;
/// Fewer than these until something begins are told exactly.
const EXACT_MINUTES: u32 = 15;
const NOON_HOUR: i64 = 12;

/// The minutes from `now` until `then` as words tell them: whole steps of five, rounded down, so that a visitor is
/// never promised more than there is; `None` when it is past or an hour or more away.
pub fn minutes_left(then: DateTime<Utc>, now: DateTime<Utc>) -> Option<u32> {
    let left = then - now;
    let counted = left > TimeDelta::zero() && left < TimeDelta::minutes(COUNTED_MINUTES);
    counted.then(|| u32::try_from(left.num_minutes()).unwrap_or(0) / STEP_MINUTES * STEP_MINUTES)
}

/// The minutes from `now` until something begins: never more than there are, or who trusts them comes late. The last
/// ones are told one by one; zero is less than one.
pub fn minutes_until(then: DateTime<Utc>, now: DateTime<Utc>) -> Option<u32> {
    let steps = minutes_left(then, now)?;
    let minutes = u32::try_from((then - now).num_minutes()).unwrap_or(0);
    Some(if minutes < EXACT_MINUTES { minutes } else { steps })
}

/// The earliest instant after `now` at which something that a screen says about these timings and hours changes: one
/// begins or ends, a count of minutes steps down, the night ends, it is noon ("until 2:00" may then mean the coming night) or the date changes.
pub fn next_change<'a>(
    timings: impl IntoIterator<Item = &'a Timing>,
    hours: impl IntoIterator<Item = &'a Hours>,
    now: DateTime<Utc>,
    zone: Tz,
) -> DateTime<Utc> {
    let today = local_date(now, zone);
    let mut earliest = at_hour(day_after(today, 1), 0, zone).to_utc();
    let hours_of_day = [NIGHT_ENDS_HOUR, NOON_HOUR].map(|hour| at_hour(today, hour, zone).to_utc());
    let edges = timings.into_iter().flat_map(|timing| [timing.begin.to_utc(), timing.end.to_utc()]);
    let edges = edges.chain(hours.into_iter().flat_map(|hours| [hours.next_change(now), hours.told(now)]).flatten());
    for edge in edges.chain(hours_of_day).filter(|edge| *edge > now) {
        earliest = earliest.min(edge).min(next_step(edge, now));
    }
    earliest
}

/// The next instant at which [`minutes_until`] `edge`, the finer of both counts, says something else.
fn next_step(edge: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let Some(said) = minutes_until(edge, now) else {
        // The step at a full hour lies just inside it: counting begins at once after.
        return edge - TimeDelta::minutes(COUNTED_MINUTES) + TimeDelta::milliseconds(1);
    };
    match said {
        0 => edge,
        said => edge - TimeDelta::minutes(i64::from(said)) + TimeDelta::milliseconds(1),
    }
}
