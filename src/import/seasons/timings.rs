use super::{Season, Special};
use crate::content::Timing;
use crate::import::Settings;
use crate::import::local_time::in_zone;
use crate::import::notes::Notes;
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// More than any event has.
const TIMINGS_MAX: usize = 1000;
/// Days are no longer written out behind so many.
const WRITTEN_MAX: usize = 20_000;
/// More periods and days off than any event has; real ones have 537.
const SEASONS_MAX: usize = 3000;
const CLOSED_MAX: usize = 400;
/// A season longer than this is written out in the window only, even where it makes a single timing.
const LONG_DAYS: i64 = 1500;
/// A night ends by this hour.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
const LAST_MINUTE: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// The occurrences of an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timings {
    pub all: Vec<Timing>,
    /// There were more than an event can have.
    pub is_cut: bool,
}

impl Timings {
    /// Tells what is wrong with them, of the field that the seasons stand in.
    pub fn tell(&self, field: &str, notes: &mut Notes<'_>) {
        if self.is_cut {
            notes.problem(field, "more timings than an event can have: the last ones are left out", "");
        }
        if self.all.is_empty() {
            notes.problem(field, "it has no date, or none in the year ahead: it is on no day of the agenda", "");
        }
    }
}

/// Written out day by day where there are times. Days without times that follow one another are one timing, from the
/// first to the last: an exhibition of a year and a half is one line of the agenda, not 537.
///
/// What lasts longer than a day and has times is written out in the window of the settings only.
pub fn timings(seasons: &[Season], closed: &[Special], settings: &Settings) -> Timings {
    let window = settings.window();
    let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&settings.zone).date_naive();
    let window = local(window.start)..=local(window.end);
    let (mut whole, mut timed) = (BTreeSet::new(), BTreeSet::new());
    let closed = closed.get(..CLOSED_MAX).unwrap_or(closed);
    for season in seasons.iter().take(SEASONS_MAX) {
        for (from, to) in stretches(season, &window) {
            for day in days(season, from, to).filter(|day| !closed.iter().any(|special| special.is(*day))) {
                if season.spans.is_empty() {
                    whole.insert(day);
                }
                for span in &season.spans {
                    if timed.len() < WRITTEN_MAX {
                        timed.insert((day, span.opens, span.closes));
                    }
                }
            }
        }
    }
    for (day, ..) in &timed {
        whole.remove(day);
    }
    let mut all: Vec<Timing> = runs(&whole)
        .filter_map(|(first, last)| {
            let begin = in_zone(first.and_time(NaiveTime::MIN), settings.zone)?;
            Some(Timing { begin, end: in_zone(last.and_time(LAST_MINUTE), settings.zone)? })
        })
        .collect();
    all.extend(timed.into_iter().filter_map(|(day, opens, closes)| {
        let begin = in_zone(day.and_time(opens), settings.zone)?;
        let end = match closes {
            // Nobody says when it ends: only its begin is told.
            None => begin,
            Some(closes) if closes == opens => begin,
            Some(closes) if closes < opens => in_zone(day.succ_opt()?.and_time(closes), settings.zone)?,
            Some(closes) => in_zone(day.and_time(closes), settings.zone)?,
        };
        Some(Timing { begin, end: end.max(begin) })
    }));
    all.sort_by_key(|timing| (timing.begin, timing.end));
    let is_cut = all.len() > TIMINGS_MAX || seasons.len() > SEASONS_MAX;
    all.truncate(TIMINGS_MAX);
    Timings { all, is_cut }
}

/// The season's dates, those of every year one by one, as far as they are written out.
fn stretches(season: &Season, window: &RangeInclusive<NaiveDate>) -> Vec<(NaiveDate, NaiveDate)> {
    let inside = |from: NaiveDate, to: NaiveDate| (from.max(*window.start()), to.min(*window.end()));
    if !season.yearly {
        let (from, to) = (season.from.unwrap_or(*window.start()), season.to.unwrap_or(*window.end()));
        if is_one_night(season) {
            return vec![(from, from)];
        }
        let length = (to - from).num_days();
        let is_written_whole = length == 0 || season.spans.is_empty() && length <= LONG_DAYS && season.days.is_empty();
        return vec![if is_written_whole { (from, to) } else { inside(from, to) }];
    }
    let (Some(from), Some(to)) = (season.from, season.to) else { return vec![(*window.start(), *window.end())] };
    let in_year = |day: NaiveDate, year: i32| day.with_year(year).or_else(|| day.pred_opt()?.with_year(year));
    let years = window.start().year() - 1..=window.end().year();
    let each = years.filter_map(|year| {
        let begin = in_year(from, year)?;
        let over_new_year = (to.month(), to.day()) < (from.month(), from.day());
        let end = in_year(to, if over_new_year { year + 1 } else { year })?;
        Some(inside(begin, end))
    });
    each.collect()
}

/// From one evening to the next morning: two dates, one occurrence.
fn is_one_night(season: &Season) -> bool {
    let (Some(from), Some(to)) = (season.from, season.to) else { return false };
    let night = |span: &super::Span| span.closes.is_some_and(|closes| closes < span.opens && closes <= MORNING);
    from.succ_opt() == Some(to) && !season.spans.is_empty() && season.spans.iter().all(night)
}

fn days(season: &Season, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
    let last = from.checked_add_days(Days::new(LONG_DAYS.unsigned_abs())).map_or(to, |last| last.min(to));
    from.iter_days().take_while(move |day| *day <= last).filter(|day| {
        season.days.is_empty()
            || season.days.iter().any(|wanted| wanted.weekday == day.weekday() && is_nth(*day, wanted.nth))
    })
}

fn is_nth(day: NaiveDate, nth: Option<i8>) -> bool {
    let week = i8::try_from(day.day0() / 7 + 1).unwrap_or(0);
    let is_last = day.checked_add_days(Days::new(7)).is_none_or(|next| next.month() != day.month());
    nth.is_none_or(|nth| nth == week || nth == -1 && is_last)
}

/// Days that follow one another, as their first and their last.
fn runs(days: &BTreeSet<NaiveDate>) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(*day) => *last = *day,
            _ => runs.push((*day, *day)),
        }
    }
    runs.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::{Day, Span, clock, date};
    use super::*;
    use chrono::Weekday;

    fn settings() -> Settings {
        Settings::new("2026-05-01T10:00:00Z".parse().unwrap())
    }

    fn season(from: &str, to: &str, times: Option<(&str, &str)>) -> Season {
        let span = times.map(|(opens, closes)| Span { opens: clock(opens).unwrap(), closes: clock(closes) });
        Season { from: date(from), to: date(to), spans: span.into_iter().collect(), ..Season::default() }
    }

    fn told(seasons: &[Season], closed: &[Special]) -> Vec<String> {
        let made = timings(seasons, closed, &settings()).all;
        made.iter()
            .map(|timing| format!("{} {}", timing.begin.format("%m-%dT%H:%M%:z"), timing.end.format("%m-%dT%H:%M")))
            .collect()
    }

    #[test]
    fn days_without_times_are_joined_whatever_their_order() {
        let mut days: Vec<Season> =
            (1..=9).map(|day| season(&format!("2026-06-0{day}"), &format!("2026-06-0{day}"), None)).collect();
        days.reverse();
        assert_eq!(told(&days, &[]), ["06-01T00:00+02:00 06-09T23:59"]);
        let closed = [Special::Date(date("2026-06-04").unwrap())];
        assert_eq!(told(&days, &closed), ["06-01T00:00+02:00 06-03T23:59", "06-05T00:00+02:00 06-09T23:59"]);
        assert_eq!(told(&[season("2024-01-10", "2027-12-01", None)], &[]), ["01-10T00:00+01:00 12-01T23:59"]);
    }

    #[test]
    fn times_are_written_out_day_by_day_in_the_window() {
        let week = Season {
            days: vec![Day { weekday: Weekday::Fri, nth: None }],
            ..season("2020-01-01", "2026-05-16", Some(("20:30", "")))
        };
        assert_eq!(told(&[week], &[]).len(), 7);
        assert_eq!(
            told(&[season("2026-07-10", "2026-07-11", Some(("21:00", "02:00")))], &[]),
            ["07-10T21:00+02:00 07-11T02:00"]
        );
        assert_eq!(told(&[season("2026-07-10", "2026-07-11", Some(("10:00", "12:00")))], &[]).len(), 2);
        assert_eq!(told(&[season("2020-07-10", "2020-07-10", Some(("10:00", "12:00")))], &[]).len(), 1);
        assert!(told(&[season("2020-07-10", "2020-07-12", Some(("10:00", "12:00")))], &[]).is_empty());
    }

    #[test]
    fn every_year_means_every_year() {
        let yearly = |season: Season| Season { yearly: true, ..season };
        assert_eq!(told(&[yearly(season("2011-07-14", "2011-07-14", None))], &[]), ["07-14T00:00+02:00 07-14T23:59"]);
        let winter = yearly(season("2011-12-24", "2011-01-02", None));
        assert_eq!(told(&[winter], &[]), ["12-24T00:00+01:00 01-02T23:59"]);
        let leap = yearly(season("2012-02-29", "2012-02-29", None));
        assert_eq!(told(&[leap], &[]), ["02-28T00:00+01:00 02-28T23:59"]);
        let second = Season {
            days: vec![Day { weekday: Weekday::Sat, nth: Some(2) }],
            ..yearly(season("2011-06-01", "2011-07-31", None))
        };
        assert_eq!(told(&[second], &[]), ["06-13T00:00+02:00 06-13T23:59", "07-11T00:00+02:00 07-11T23:59"]);
    }

    #[test]
    fn more_than_an_event_can_have_are_cut() {
        let spans = (0..20).map(|hour| Span { opens: NaiveTime::from_hms_opt(hour, 0, 0).unwrap(), closes: None });
        let many = Season { spans: spans.collect(), ..season("2026-05-01", "2026-12-31", None) };
        let made = timings(&[many], &[], &settings());
        assert!(made.is_cut && made.all.len() == TIMINGS_MAX);
    }
}
