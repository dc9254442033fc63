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

/// Says of timings whether they fall in the period, seen from `now`. What has ended never does.
pub fn falls_in(period: Period, now: DateTime<Utc>, zone: Tz) -> impl Fn(&Timing) -> bool + Copy {
    // Worked out once: there are thousands of timings.
    let bounds = match period {
        Period::All => None,
        Period::Day(date) => Some((at_hour(date, NIGHT_ENDS_HOUR, zone), night_end(date, zone))),
        Period::Today => Some((now.with_timezone(&zone), night_end(local_date(now, zone), zone))),
        Period::Tonight => {
            let evening = evening_date(now, zone);
            Some((at_hour(evening, EVENING_HOUR, zone), night_end(evening, zone)))
        }
        Period::Weekend => Some(weekend(now, zone)),
    };
    let bounds = bounds.map(|(from, to)| (from.to_utc(), to.to_utc()));
    move |timing| {
        let is_within = bounds.is_none_or(|(from, to)| timing.begin < to && timing.end > from);
        let is_on_its_day = || match period {
            Period::Day(date) => is_on(timing, date, zone),
            _ => true,
        };
        timing.end > now && is_within && is_on_its_day()
    }
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
