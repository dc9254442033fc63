//! What repeats, written out (RFC 5545, 3.3.10): wall-clock times of the zone that the series is in.
//!
//! calcard reads a rule; its own expansion knows one rule for each event, takes UNTIL for local time, begins at the
//! first date however long ago that was, and reads weekly BYSETPOS wrongly.

use super::rule_days::fits;
use calcard::common::CalendarScale;
use calcard::icalendar::{ICalendarFrequency, ICalendarMonth, ICalendarRecurrenceRule};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;

/// The most times of one day that are written out.
pub const TIMES_MAX: usize = 288;
/// The most days, weeks, hours ... that are looked into for one rule.
const PERIODS_MAX: u32 = 100_000;

/// What a rule gives within a time.
#[derive(Debug, Default, PartialEq)]
pub struct Expanded {
    pub begins: Vec<NaiveDateTime>,
    /// Whether there would be more.
    pub is_cut: bool,
    /// Whether there would be more than [`TIMES_MAX`] on a day of them.
    pub is_day_cut: bool,
}

/// A rule and the first date of its series.
pub struct Series<'r> {
    pub rule: &'r ICalendarRecurrenceRule,
    pub start: NaiveDateTime,
    /// Whether a date lies behind the rule's UNTIL.
    pub is_past: &'r dyn Fn(NaiveDateTime) -> bool,
    /// Whether a date that is not past is to be shown.
    pub is_wanted: &'r dyn Fn(NaiveDateTime) -> bool,
    /// How many days may still be looked into for all of the calendar.
    pub days_left: &'r Cell<u32>,
}

impl Series<'_> {
    /// All wanted dates from `within`, at most `max`, in order.
    ///
    /// # Errors
    /// In words, for a rule that is not understood.
    pub fn expand(&self, within: &Range<NaiveDateTime>, max: usize) -> Result<Expanded, &'static str> {
        let rule = self.rule;
        if !matches!(rule.rscale, None | Some(CalendarScale::Gregorian))
            || rule.bymonth.iter().any(ICalendarMonth::is_leap)
        {
            return Err("it repeats by another calendar than the Gregorian one: only its first date is shown");
        }
        if rule.freq == ICalendarFrequency::Secondly {
            return Err("it repeats every second: only its first date is shown");
        }
        let mut out = Expanded::default();
        let mut left = rule.count;
        for step in self.first_step(within)..PERIODS_MAX.saturating_add(self.first_step(within)) {
            let Some(period) = self.period(step).filter(|period| *period < within.end) else { return Ok(out) };
            let Some(days_left) = self.days_left.get().checked_sub(self.days()) else {
                return Err("the calendar has too much that repeats: of this, only its first date is shown");
            };
            self.days_left.set(days_left);
            let (dates, is_day_cut) = self.dates(period);
            for begin in dates {
                if begin < self.start {
                    continue;
                }
                if (self.is_past)(begin) || begin >= within.end || left == Some(0) {
                    return Ok(out);
                }
                left = left.map(|left| left - 1);
                if begin < within.start || !(self.is_wanted)(begin) {
                    continue;
                }
                if out.begins.len() >= max {
                    out.is_cut = true;
                    return Ok(out);
                }
                out.begins.push(begin);
                out.is_day_cut |= is_day_cut;
            }
        }
        out.is_cut = true;
        Ok(out)
    }

    fn interval(&self) -> u32 {
        u32::from(self.rule.interval.unwrap_or(1).max(1))
    }

    /// The first period worth looking into: only what is counted must be counted from its beginning.
    fn first_step(&self, within: &Range<NaiveDateTime>) -> u32 {
        if self.rule.count.is_some() || within.start <= self.start {
            return 0;
        }
        let (from, to) = (self.start, within.start);
        let passed = to - from;
        let periods = match self.rule.freq {
            ICalendarFrequency::Yearly => i64::from(to.year() - from.year()),
            ICalendarFrequency::Monthly => i64::from((to.year() - from.year()) * 12) + i64::from(to.month()) - 12,
            ICalendarFrequency::Weekly => passed.num_weeks(),
            ICalendarFrequency::Daily => passed.num_days(),
            ICalendarFrequency::Hourly => passed.num_hours(),
            ICalendarFrequency::Minutely | ICalendarFrequency::Secondly => passed.num_minutes(),
        };
        let steps = periods / i64::from(self.interval()) - 1;
        u32::try_from(steps.max(0)).unwrap_or(u32::MAX)
    }

    /// The beginning of a period: of a year, a month, a week, a day, an hour.
    fn period(&self, step: u32) -> Option<NaiveDateTime> {
        let steps = step.checked_mul(self.interval())?;
        let date = self.start.date();
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN);
        match self.rule.freq {
            ICalendarFrequency::Yearly => {
                NaiveDate::from_ymd_opt(date.year().checked_add_unsigned(steps)?, 1, 1).map(midnight)
            }
            ICalendarFrequency::Monthly => date.with_day(1)?.checked_add_months(Months::new(steps)).map(midnight),
            ICalendarFrequency::Weekly => {
                let first = date.week(self.week_start()).checked_first_day()?;
                first.checked_add_days(Days::new(u64::from(steps) * 7)).map(midnight)
            }
            ICalendarFrequency::Daily => date.checked_add_days(Days::new(u64::from(steps))).map(midnight),
            ICalendarFrequency::Hourly => {
                self.start.with_minute(0)?.with_second(0)?.checked_add_signed(TimeDelta::hours(i64::from(steps)))
            }
            ICalendarFrequency::Minutely | ICalendarFrequency::Secondly => {
                self.start.with_second(0)?.checked_add_signed(TimeDelta::minutes(i64::from(steps)))
            }
        }
    }

    /// How many days a period has at most.
    fn days(&self) -> u32 {
        match self.rule.freq {
            ICalendarFrequency::Yearly => 366,
            ICalendarFrequency::Monthly => 31,
            ICalendarFrequency::Weekly => 7,
            _ => 1,
        }
    }

    fn week_start(&self) -> Weekday {
        self.rule.wkst.map_or(Weekday::Mon, Weekday::from)
    }

    /// All dates of a period, in order, those of BYSETPOS where it has it; and whether its days have more.
    fn dates(&self, period: NaiveDateTime) -> (Vec<NaiveDateTime>, bool) {
        let first = period.date();
        let in_period = |day: &NaiveDate| match self.rule.freq {
            ICalendarFrequency::Yearly => day.year() == first.year(),
            ICalendarFrequency::Monthly => day.month() == first.month(),
            _ => true,
        };
        let mut times = self.times(period.time());
        // No event begins oftener in a day; a rule that says so would fill all memory.
        let is_day_cut = times.len() > TIMES_MAX;
        times.truncate(TIMES_MAX);
        let fitting = first.iter_days().take(self.days() as usize).take_while(in_period);
        let fitting = fitting.filter(|day| fits(self.rule, self.start.date(), self.week_start(), *day));
        let all: Vec<NaiveDateTime> =
            fitting.flat_map(|day| times.iter().map(move |time| day.and_time(*time))).collect();
        if self.rule.bysetpos.is_empty() {
            return (all, is_day_cut);
        }
        let at = |position: &i32| {
            let from_end = all.len().checked_sub(usize::try_from(position.unsigned_abs()).ok()?);
            let index = if *position > 0 { usize::try_from(position - 1).ok() } else { from_end };
            all.get(index?).copied()
        };
        let mut chosen: Vec<NaiveDateTime> = self.rule.bysetpos.iter().filter_map(at).collect();
        chosen.sort();
        chosen.dedup();
        (chosen, is_day_cut)
    }

    /// The times of day in a period, in order.
    fn times(&self, period: NaiveTime) -> Vec<NaiveTime> {
        let (rule, start, freq) = (self.rule, self.start.time(), self.rule.freq);
        let limited = |all: &[u8], at: u32| all.is_empty() || all.iter().any(|value| u32::from(*value) == at);
        let expanded = |all: &[u8], at: u32| match all {
            [] => vec![at],
            all => BTreeSet::from_iter(all.iter().map(|value| u32::from(*value)).filter(|value| *value < 60))
                .into_iter()
                .collect(),
        };
        let hours = match freq {
            ICalendarFrequency::Hourly | ICalendarFrequency::Minutely => {
                vec![period.hour()].into_iter().filter(|hour| limited(&rule.byhour, *hour)).collect()
            }
            _ => expanded(&rule.byhour, start.hour()),
        };
        let minutes = match freq {
            ICalendarFrequency::Minutely => {
                vec![period.minute()].into_iter().filter(|minute| limited(&rule.byminute, *minute)).collect()
            }
            _ => expanded(&rule.byminute, start.minute()),
        };
        let seconds = expanded(&rule.bysecond, start.second());
        let mut times: Vec<NaiveTime> = Vec::new();
        for hour in &hours {
            for minute in &minutes {
                times.extend(seconds.iter().filter_map(|second| NaiveTime::from_hms_opt(*hour, *minute, *second)));
            }
        }
        times.sort();
        times.dedup();
        times
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::ical::parsed;
    use calcard::icalendar::{ICalendarProperty, ICalendarValue};

    fn expanded(start: &str, rule: &str, within: [&str; 2], max: usize) -> Result<Expanded, &'static str> {
        let component = parsed(&format!("BEGIN:VEVENT\nRRULE:{rule}\nEND:VEVENT\n")).unwrap();
        let value = &component.property(&ICalendarProperty::Rrule).unwrap().values[0];
        let ICalendarValue::RecurrenceRule(rule) = value else { panic!("{value:?}") };
        let time = |text: &str| format!("{text}T09:00:00").parse::<NaiveDateTime>().unwrap();
        let series = Series {
            rule,
            start: time(start),
            is_past: &|_| false,
            is_wanted: &|_| true,
            days_left: &Cell::new(200_000),
        };
        series.expand(&(time(within[0])..time(within[1])), max)
    }

    /// The examples of RFC 5545, 3.8.5.3, and what its errata say.
    #[test]
    fn rules_are_read_as_the_standard_says() {
        for (start, rule, days) in [
            ("1997-09-02", "FREQ=DAILY;INTERVAL=10;COUNT=3", "1997-09-02 1997-09-12 1997-09-22"),
            ("1997-09-02", "FREQ=WEEKLY;COUNT=3;WKST=SU;BYDAY=TU,TH", "1997-09-02 1997-09-04 1997-09-09"),
            (
                "1997-08-05",
                "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
                "1997-08-05 1997-08-10 1997-08-19 1997-08-24",
            ),
            (
                "1997-08-05",
                "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
                "1997-08-05 1997-08-17 1997-08-19 1997-08-31",
            ),
            ("1997-09-05", "FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "1997-09-05 1997-10-03 1997-11-07"),
            ("1997-09-22", "FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "1997-09-22 1997-10-20 1997-11-17"),
            ("1997-09-28", "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3", "1997-09-28 1997-10-29 1997-11-28"),
            ("1998-02-13", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3", "1998-02-13 1998-03-13 1998-11-13"),
            ("1997-06-10", "FREQ=YEARLY;COUNT=3;BYMONTH=6,7", "1997-06-10 1997-07-10 1998-06-10"),
            ("1997-01-01", "FREQ=YEARLY;INTERVAL=3;COUNT=3;BYYEARDAY=1,100,200", "1997-01-01 1997-04-10 1997-07-19"),
            ("1997-05-19", "FREQ=YEARLY;BYDAY=20MO;COUNT=3", "1997-05-19 1998-05-18 1999-05-17"),
            ("1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "1997-05-12 1998-05-11 1999-05-17"),
            (
                "1996-11-05",
                "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
                "1996-11-05 2000-11-07 2004-11-02",
            ),
            ("1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04 1997-10-07 1997-11-06"),
            ("1997-09-29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3", "1997-09-29 1997-10-30 1997-11-27"),
            ("2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=4", "2007-01-15 2007-01-30 2007-02-15 2007-03-15"),
            ("2024-12-30", "FREQ=YEARLY;BYWEEKNO=1;COUNT=3", "2024-12-30 2025-12-29 2027-01-04"),
            ("2024-02-29", "FREQ=YEARLY;COUNT=2", "2024-02-29 2028-02-29"),
            ("2026-05-04", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1;COUNT=2", "2026-05-08 2026-05-15"),
        ] {
            let expanded = expanded(start, rule, [start, "2030-01-01"], 100).unwrap();
            let read: Vec<String> = expanded.begins.iter().map(|begin| begin.date().to_string()).collect();
            assert_eq!(read.join(" "), days, "{rule}");
        }
    }

    #[test]
    fn what_never_ends_is_read_from_where_it_matters() {
        let week = ["2026-05-01", "2026-05-08"];
        for (rule, count, is_cut) in [
            ("FREQ=DAILY", 7, false),
            ("FREQ=DAILY;BYHOUR=9,15", 14, false),
            ("FREQ=MINUTELY", 1000, true),
            ("FREQ=MINUTELY;COUNT=300000", 0, true),
            ("FREQ=WEEKLY;INTERVAL=65535", 0, false),
        ] {
            let expanded = expanded("1601-01-01", rule, week, 1000).unwrap();
            assert_eq!((expanded.begins.len(), expanded.is_cut), (count, is_cut), "{rule}");
        }
        assert!(expanded("2026-05-01", "FREQ=SECONDLY", week, 10).is_err());
    }
}
