use super::local::{EVENING_HOUR, NIGHT_ENDS_HOUR, at_hour, day_after, evening_date, local_date};
use crate::content::Timing;
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

/// A stretch of days that a visitor chooses from the agenda. The night until 04:00 belongs to the evening before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// This evening and night, with what began earlier and still runs then.
    Tonight,
    Today,
    /// Friday 18:00 to the end of Sunday; on a Sunday what is left of it.
    Weekend,
    Day(NaiveDate),
    All,
}

/// Whether a timing falls in the period, seen from `now`. What has ended never does.
pub fn falls_in(timing: &Timing, period: Period, now: DateTime<Utc>, zone: Tz) -> bool {
    if timing.end <= now {
        return false;
    }
    let (from, to) = match period {
        Period::All => return true,
        Period::Day(date) => return is_on(timing, date, zone),
        Period::Today => (now.with_timezone(&zone), night_end(local_date(now, zone), zone)),
        Period::Tonight => {
            let evening = evening_date(now, zone);
            (at_hour(evening, EVENING_HOUR, zone), night_end(evening, zone))
        }
        Period::Weekend => weekend(now, zone),
    };
    timing.begin < to && timing.end > from
}

fn night_end(evening: NaiveDate, zone: Tz) -> DateTime<Tz> {
    at_hour(evening, 24 + NIGHT_ENDS_HOUR, zone)
}

fn weekend(now: DateTime<Utc>, zone: Tz) -> (DateTime<Tz>, DateTime<Tz>) {
    let today = evening_date(now, zone);
    let to_sunday = u64::from(6 - today.weekday().num_days_from_monday());
    let sunday = day_after(today, to_sunday);
    let from = match today.weekday() {
        Weekday::Sun => now.with_timezone(&zone),
        _ => at_hour(sunday.checked_sub_days(Days::new(2)).unwrap_or(sunday), EVENING_HOUR, zone),
    };
    (from, night_end(sunday, zone))
}

/// One evening that runs into the morning is on its first date only; what lasts longer than a day is on each.
fn is_on(timing: &Timing, date: NaiveDate, zone: Tz) -> bool {
    let first = evening_date(timing.begin.to_utc(), zone);
    let last = match timing.end - timing.begin {
        short if short <= TimeDelta::days(1) => first,
        _ => evening_date(timing.end.to_utc() - TimeDelta::seconds(1), zone),
    };
    (first..=last).contains(&date)
}
