use super::special::{dated, month_name};
use super::{Day, Season, Span, Special, WEEK};
use crate::import::notes::Notes;
use crate::import::opening_hours_text::BYTES_MAX;
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use opening_hours::OpeningHours;

/// More lines than any place has; real ones have 140.
const SEASONS_MAX: usize = 2000;
/// More rules than have room.
const GROUPS_MAX: usize = 60;
const CLOSED_MAX: usize = 60;

/// What became of seasons as opening hours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// OpenStreetMap syntax; empty where nothing is known.
    pub hours: String,
    /// Seasons that would have made the text too long: those furthest ahead.
    pub left_out: usize,
    /// There were seasons, and all of them are over.
    pub is_over: bool,
}

impl Opening {
    /// Tells what had no room, of the field that the seasons stand in.
    pub fn tell_left_out(&self, field: &str, notes: &mut Notes<'_>) {
        if self.left_out > 0 {
            let reason = "more opening hours than fit; those furthest ahead are left out";
            notes.problem(field, reason, &self.left_out.to_string());
        }
    }
}

/// Opening hours as seen from `today`: what is over is left out, for it would only make the text too long.
///
/// Longer seasons stand before shorter ones, so that what is said for a few weeks counts more than what is said for
/// the year.
pub fn opening(seasons: &[Season], closed: &[Special], today: NaiveDate) -> Opening {
    let mut groups: Vec<(Range, Vec<&Season>)> = Vec::new();
    let mut coming: Vec<&Season> = seasons.iter().filter(|season| !season.is_over(today)).collect();
    // The nearest are kept when there is no room for all.
    coming.sort_by_key(|season| season.from.filter(|_| !season.yearly));
    let mut left_out = coming.len().saturating_sub(SEASONS_MAX);
    for season in coming.into_iter().take(SEASONS_MAX) {
        let range = Range { from: season.from, to: season.to, yearly: season.yearly };
        match groups.iter_mut().find(|(known, _)| *known == range) {
            Some((_, group)) => group.push(season),
            None => groups.push((range, vec![season])),
        }
    }
    let is_over = groups.is_empty() && !seasons.is_empty();
    left_out += groups.len().saturating_sub(GROUPS_MAX);
    groups.truncate(GROUPS_MAX);
    let closed = closed.get(..CLOSED_MAX).unwrap_or(closed);
    loop {
        let hours = text(&groups, closed, today);
        if hours.len() <= BYTES_MAX && (hours.is_empty() || hours.parse::<OpeningHours>().is_ok()) {
            return Opening { hours, left_out, is_over };
        }
        if groups.pop().is_none() {
            return Opening { hours: String::new(), left_out, is_over };
        }
        left_out += 1;
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Range {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    yearly: bool,
}

impl Range {
    fn length(self) -> i64 {
        match (self.from, self.to) {
            (Some(from), Some(to)) => (to - from).num_days(),
            _ => i64::MAX,
        }
    }

    /// "Jul 01-Aug 31 " or "2026 Jul 01-2026 Aug 31 "; empty for all days.
    fn in_osm(self) -> String {
        let each_year = |day: NaiveDate| format!("{} {:02}", month_name(day.month()), day.day());
        match (self.from, self.to) {
            (Some(from), Some(to)) if self.yearly => match ((from.month(), from.day()), (to.month(), to.day())) {
                ((1, 1), (12, 31)) => String::new(),
                (begin, end) if begin == end => each_year(from) + " ",
                _ => format!("{}-{} ", each_year(from), each_year(to)),
            },
            (Some(from), Some(to)) if from == to => dated(from) + " ",
            (Some(from), Some(to)) => format!("{}-{} ", dated(from), dated(to)),
            (Some(from), None) if !self.yearly => format!("{}+ ", dated(from)),
            (None, Some(to)) if !self.yearly => format!("1900 Jan 01-{} ", dated(to)),
            _ => String::new(),
        }
    }
}

fn text(groups: &[(Range, Vec<&Season>)], closed: &[Special], today: NaiveDate) -> String {
    let mut ordered: Vec<&(Range, Vec<&Season>)> = groups.iter().collect();
    ordered.sort_by_key(|(range, _)| std::cmp::Reverse(range.length()));
    let mut rules: Vec<String> = ordered.iter().flat_map(|(range, seasons)| rules(*range, seasons)).collect();
    // Every day at unknown times says nothing.
    if rules.iter().all(|rule| rule == "unknown") {
        return String::new();
    }
    for special in closed.iter().filter_map(|special| special.in_osm(today)) {
        let rule = format!("{special} off");
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let hours = rules.join("; ");
    if hours == "00:00-24:00" { "24/7".to_owned() } else { hours }
}

/// One rule for all days that have the same spans.
fn rules(range: Range, seasons: &[&Season]) -> Vec<String> {
    let mut by_day: Vec<(Day, Vec<Span>)> = Vec::new();
    for season in seasons {
        let every: Vec<Day> = WEEK.iter().map(|weekday| Day { weekday: *weekday, nth: None }).collect();
        for day in if season.days.is_empty() { &every } else { &season.days } {
            match by_day.iter_mut().find(|(known, _)| known == day) {
                Some((_, spans)) => spans.extend(&season.spans),
                None => by_day.push((*day, season.spans.clone())),
            }
        }
    }
    by_day.sort_by_key(|(day, _)| (day.weekday.num_days_from_monday(), day.nth));
    let mut same: Vec<(Vec<Day>, Vec<Span>)> = Vec::new();
    for (day, mut spans) in by_day {
        spans.sort_unstable();
        spans.dedup();
        match same.iter_mut().find(|(_, known)| *known == spans) {
            Some((days, _)) => days.push(day),
            None => same.push((vec![day], spans)),
        }
    }
    let rule = |(days, spans): &(Vec<Day>, Vec<Span>)| {
        let times: Vec<String> = spans.iter().map(span).collect();
        let times = if times.is_empty() { "unknown".to_owned() } else { times.join(",") };
        format!("{}{}{times}", range.in_osm(), weekdays(days))
    };
    same.iter().map(rule).collect()
}

fn span(span: &Span) -> String {
    let time = |time: NaiveTime| time.format("%H:%M").to_string();
    match span.closes {
        None => format!("{}+", time(span.opens)),
        Some(closes) if closes == NaiveTime::MIN || time(closes) == "23:59" => format!("{}-24:00", time(span.opens)),
        Some(closes) => format!("{}-{}", time(span.opens), time(closes)),
    }
}

/// "Mo-We,Fr ", "Sa[1] "; empty for the whole week.
fn weekdays(days: &[Day]) -> String {
    let name = |weekday: Weekday| weekday.to_string().chars().take(2).collect::<String>();
    let is_in = |weekday: Weekday| days.contains(&Day { weekday, nth: None });
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(first) = WEEK.get(at) {
        let run = WEEK.iter().skip(at).take_while(|weekday| is_in(**weekday)).count();
        let last = WEEK.get((at + run).saturating_sub(1)).unwrap_or(first);
        match run {
            0 => {}
            1 => parts.push(name(*first)),
            2 => parts.extend([name(*first), name(*last)]),
            _ => parts.push(format!("{}-{}", name(*first), name(*last))),
        }
        at += run.max(1);
    }
    let nth = days.iter().filter_map(|day| Some(format!("{}[{}]", name(day.weekday), day.nth?)));
    parts.extend(nth);
    if parts == ["Mo-Su"] { String::new() } else { parts.join(",") + " " }
}

#[cfg(test)]
mod tests {
    use super::super::{clock, date};
    use super::*;

    fn season(from: &str, to: &str, days: &[Weekday], spans: &[(&str, &str)]) -> Season {
        let spans = spans.iter().map(|(opens, closes)| Span { opens: clock(opens).unwrap(), closes: clock(closes) });
        let days = days.iter().map(|weekday| Day { weekday: *weekday, nth: None });
        Season { from: date(from), to: date(to), days: days.collect(), spans: spans.collect(), yearly: false }
    }

    fn today() -> NaiveDate {
        date("2026-05-01").unwrap()
    }

    #[test]
    fn seasons_become_hours_that_can_be_read() {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let yearly = |season: Season| Season { yearly: true, ..season };
        let week = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];
        let nth =
            Season { days: vec![Day { weekday: Sat, nth: Some(-1) }], ..season("", "", &[], &[("10:00", "18:00")]) };
        for (seasons, hours) in [
            (vec![season("", "", &[], &[("00:00", "23:59")])], "24/7"),
            (vec![season("", "", &week, &[("09:00", "12:00"), ("14:00", "18:00")])], "09:00-12:00,14:00-18:00"),
            (vec![season("", "", &[Mon, Tue, Wed, Fri], &[("09:00", "")])], "Mo-We,Fr 09:00+"),
            (vec![season("2026-07-01", "2026-08-31", &[Sat, Sun], &[])], "2026 Jul 01-2026 Aug 31 Sa,Su unknown"),
            (vec![yearly(season("2019-11-01", "2019-03-31", &[], &[("19:00", "02:00")]))], "Nov 01-Mar 31 19:00-02:00"),
            (vec![yearly(season("2019-01-01", "2019-12-31", &[Sun], &[("10:00", "12:00")]))], "Su 10:00-12:00"),
            (vec![nth], "Sa[-1] 10:00-18:00"),
            (vec![season("2026-06-01", "", &[], &[("10:00", "12:00")])], "2026 Jun 01+ 10:00-12:00"),
            (vec![season("", "2026-06-01", &[], &[("10:00", "12:00")])], "1900 Jan 01-2026 Jun 01 10:00-12:00"),
            (vec![season("", "", &[], &[])], ""),
            (vec![], ""),
        ] {
            let made = opening(&seasons, &[], today());
            assert_eq!((made.hours.as_str(), made.left_out), (hours, 0), "{seasons:?}");
        }
    }

    #[test]
    fn the_same_days_are_joined_and_the_shorter_season_counts_more() {
        let all = [
            season("2026-07-01", "2026-07-14", &[Weekday::Mon], &[("20:00", "22:00")]),
            season("2026-01-01", "2026-12-31", &[Weekday::Mon], &[("14:00", "18:00")]),
            season("2026-01-01", "2026-12-31", &[Weekday::Mon, Weekday::Tue], &[("09:00", "12:00")]),
        ];
        let closed = [Special::Yearly(5, 1), Special::Easter(1), Special::Date(date("2020-01-01").unwrap())];
        let hours = "2026 Jan 01-2026 Dec 31 Mo 09:00-12:00,14:00-18:00; 2026 Jan 01-2026 Dec 31 Tu 09:00-12:00; \
             2026 Jul 01-2026 Jul 14 Mo 20:00-22:00; May 01 off; easter +1 day off";
        assert_eq!(opening(&all, &closed, today()).hours, hours);
    }

    #[test]
    fn what_is_over_is_not_said_and_what_is_too_long_loses_its_far_end() {
        let past = season("2023-07-01", "2023-08-31", &[], &[("09:00", "12:00")]);
        assert_eq!(opening(&[past], &[], today()), Opening { is_over: true, ..Opening::default() });
        let many: Vec<Season> = (1..=28)
            .map(|day| {
                season(
                    &format!("2026-06-{day:02}"),
                    &format!("2026-07-{day:02}"),
                    &[Weekday::Mon],
                    &[("09:15", "12:45"), ("14:15", "18:45")],
                )
            })
            .collect();
        let made = opening(&many, &[], today());
        assert!(made.left_out > 0 && made.hours.len() <= BYTES_MAX && made.hours.starts_with("2026 Jun 01"));
    }
}
