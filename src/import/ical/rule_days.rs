use calcard::icalendar::{ICalendarDay, ICalendarFrequency, ICalendarRecurrenceRule};
use chrono::{Datelike, NaiveDate, Weekday};

/// Whether a day fits the rule's BYxxx parts, or, where it has none, what its first date stands for.
pub fn fits(rule: &ICalendarRecurrenceRule, start: NaiveDate, week_start: Weekday, day: NaiveDate) -> bool {
    let yearly = rule.freq == ICalendarFrequency::Yearly;
    let monthly = rule.freq == ICalendarFrequency::Monthly;
    let names_days = !rule.byday.is_empty() || !rule.bymonthday.is_empty() || !rule.byyearday.is_empty();
    let by_week = yearly && !rule.byweekno.is_empty();
    let implied = match rule.freq {
        _ if names_days => true,
        ICalendarFrequency::Yearly if by_week => day.weekday() == start.weekday(),
        ICalendarFrequency::Yearly if rule.bymonth.is_empty() => {
            (day.month(), day.day()) == (start.month(), start.day())
        }
        ICalendarFrequency::Yearly | ICalendarFrequency::Monthly => day.day() == start.day(),
        ICalendarFrequency::Weekly => day.weekday() == start.weekday(),
        _ => true,
    };
    let month = rule.bymonth.is_empty() || rule.bymonth.iter().any(|month| u32::from(month.month()) == day.month());
    let week = !by_week || week_of(day, week_start).is_some_and(|(week, of)| counted(&rule.byweekno, week, of));
    let year_day = rule.byyearday.is_empty() || counted(&rule.byyearday, day.ordinal().into(), year_length(day));
    let month_day =
        rule.bymonthday.is_empty() || counted(&rule.bymonthday, day.day().into(), day.num_days_in_month().into());
    let in_month = monthly || yearly && !rule.bymonth.is_empty();
    let ordered = (monthly || yearly) && !by_week;
    let weekday = rule.byday.is_empty() || rule.byday.iter().any(|by| is_day(*by, day, ordered, in_month));
    implied && month && week && year_day && month_day && weekday
}

/// Whether a number counted from the beginning, or a negative one from the end, is among those wanted.
fn counted<T: Copy + Into<i64>>(wanted: &[T], number: i64, of: i64) -> bool {
    wanted.iter().map(|wanted| (*wanted).into()).any(|wanted| wanted == number || wanted == number - of - 1)
}

/// A weekday, or with a number the first, the last ... of its kind in the month or the year.
fn is_day(by: ICalendarDay, day: NaiveDate, ordered: bool, in_month: bool) -> bool {
    let nth = by.ordwk.filter(|nth| ordered && *nth != 0);
    let (number, length) = match in_month {
        true => (i64::from(day.day()), day.num_days_in_month().into()),
        false => (i64::from(day.ordinal()), year_length(day)),
    };
    let from_begin = (number + 6) / 7;
    let from_end = (length - number) / 7 + 1;
    day.weekday() == Weekday::from(by.weekday)
        && nth.is_none_or(|nth| i64::from(nth) == from_begin || i64::from(nth) == -from_end)
}

fn year_length(day: NaiveDate) -> i64 {
    if day.leap_year() { 366 } else { 365 }
}

/// The week of its year that a day lies in, and how many weeks that year has: week 1 is the first with four days.
fn week_of(day: NaiveDate, week_start: Weekday) -> Option<(i64, i64)> {
    let first = |year: i32| NaiveDate::from_ymd_opt(year, 1, 4)?.week(week_start).checked_first_day();
    let years = [day.year() + 1, day.year(), day.year() - 1];
    let (year, since) =
        years.into_iter().find_map(|year| Some((year, first(year)?)).filter(|(_, first)| *first <= day))?;
    let weeks = (first(year + 1)? - since).num_weeks();
    Some(((day - since).num_weeks() + 1, weeks))
}
