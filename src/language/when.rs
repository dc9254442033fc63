use super::Words;
use crate::calendar::{Day, Hours, Opening, When, minutes_left, minutes_until};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;

/// From this many days on, a weekday alone could be mistaken for the next one.
const WEEKDAY_DAYS: i64 = 6;
const NIGHT_ENDS: u32 = 4;
const NOON: u32 = 12;

/// "Ouvert jusqu'à 19 h", "Ferme dans 20 min", "Ouvre demain à 9 h".
pub fn opening_words(words: &Words, opening: &Opening, now: DateTime<Utc>, zone: Tz) -> String {
    match *opening {
        Opening::Open { until: None } => words.say("open-always"),
        Opening::Open { until: Some(until) } => open_words(words, until.with_timezone(&zone), now),
        Opening::Closed { opens: None } => words.say("closed-for-now"),
        Opening::Closed { opens: Some(opens) } => opens_words(words, opens.with_timezone(&zone), now),
        Opening::Unknown => words.say("hours-unknown"),
    }
}

fn open_words(words: &Words, until: DateTime<Tz>, now: DateTime<Utc>) -> String {
    match minutes_left(until.to_utc(), now) {
        Some(0) => return words.say("closes-soon"),
        Some(minutes) => return words.say_with("closes-in", &[("minutes", minutes.into())]),
        None => {}
    }
    if ends_this_day(until, now) {
        if until.time() == NaiveTime::MIN {
            return words.say("open-until-midnight");
        }
        return words.say_with("open-until", &[("time", words.time(until.time()).into())]);
    }
    let day = if days_ahead(until, now) < WEEKDAY_DAYS {
        words.weekday(until.date_naive())
    } else {
        words.date(until.date_naive())
    };
    words.say_with("open-until-day", &[("day", day.into()), ("time", words.time(until.time()).into())])
}

fn opens_words(words: &Words, opens: DateTime<Tz>, now: DateTime<Utc>) -> String {
    match minutes_until(opens.to_utc(), now) {
        Some(0) => return words.say("opens-soon"),
        Some(minutes) => return words.say_with("opens-in", &[("minutes", minutes.into())]),
        None => {}
    }
    let time = words.time(opens.time());
    match days_ahead(opens, now) {
        ..=0 => words.say_with("opens-at", &[("time", time.into())]),
        1 => words.say_with("opens-tomorrow", &[("time", time.into())]),
        days if days < WEEKDAY_DAYS => {
            words.say_with("opens-day", &[("day", words.weekday(opens.date_naive()).into()), ("time", time.into())])
        }
        _ => words.say_with("opens-date", &[("date", date_words(words, opens, now).into())]),
    }
}

/// "En ce moment, jusqu'à 22 h", "Ce soir à 20 h 30", "samedi 21 novembre à 10 h".
pub fn when_words(words: &Words, when: &When, now: DateTime<Utc>, zone: Tz) -> String {
    match *when {
        When::Now { until } => now_words(words, until.with_timezone(&zone), now),
        When::Today { begin } => at_words(words, "when-today", begin.with_timezone(&zone), now),
        When::Tonight { begin } => {
            let begin = begin.with_timezone(&zone);
            at_words(words, if begin.hour() < NIGHT_ENDS { "when-this-night" } else { "when-tonight" }, begin, now)
        }
        When::Tomorrow { begin } => at_words(words, "when-tomorrow", begin.with_timezone(&zone), now),
        When::Later { begin } => {
            let begin = begin.with_timezone(&zone);
            let date = date_words(words, begin, now);
            words.say_with("when-date", &[("date", date.into()), ("time", words.time(begin.time()).into())])
        }
        When::TonightUntil { until } if until.time() != NaiveTime::MIN && ends_this_day(until, now) => {
            words.say_with("when-tonight-until", &[("time", words.time(until.time()).into())])
        }
        When::TonightUntil { .. } => words.say("agenda-tonight"),
        When::Ended => words.say("when-ended"),
    }
}

fn now_words(words: &Words, until: DateTime<Tz>, now: DateTime<Utc>) -> String {
    if !ends_this_day(until, now) {
        return words.say_with("when-now-until-date", &[("date", date_words(words, until, now).into())]);
    }
    if until.time() == NaiveTime::MIN {
        return words.say("when-now-until-midnight");
    }
    words.say_with("when-now-until", &[("time", words.time(until.time()).into())])
}

fn at_words(words: &Words, key: &str, begin: DateTime<Tz>, now: DateTime<Utc>) -> String {
    match minutes_until(begin.to_utc(), now) {
        Some(0) => words.say("when-begins-soon"),
        Some(minutes) => words.say_with("when-begins-in", &[("minutes", minutes.into())]),
        None => words.say_with(key, &[("time", words.time(begin.time()).into())]),
    }
}

/// The date, with its year when that is not this year.
fn date_words(words: &Words, at: DateTime<Tz>, now: DateTime<Utc>) -> String {
    let this_year = now.with_timezone(&at.timezone()).year();
    if at.year() == this_year { words.date(at.date_naive()) } else { words.date_with_year(at.date_naive()) }
}

fn days_ahead(at: DateTime<Tz>, now: DateTime<Utc>) -> i64 {
    (at.date_naive() - now.with_timezone(&at.timezone()).date_naive()).num_days()
}

/// Today, or so early tomorrow that a time alone cannot be taken for one of today.
fn ends_this_day(until: DateTime<Tz>, now: DateTime<Utc>) -> bool {
    let clear_before = match now.with_timezone(&until.timezone()).hour() {
        NOON.. => NOON,
        NIGHT_ENDS.. => NIGHT_ENDS,
        _ => 0,
    };
    match days_ahead(until, now) {
        0 => true,
        1 => until.time() == NaiveTime::MIN || until.hour() < clear_before,
        _ => false,
    }
}

/// The week's hours, equal days grouped: "lundi – vendredi : 9 h – 12 h, 14 h – 18 h".
pub fn week_words(words: &Words, hours: &Hours, from: NaiveDate) -> Vec<String> {
    let week = hours.week(from);
    let same = |a: &Day, b: &Day| {
        (&a.spans, a.all_day, a.uncertain, &a.comment) == (&b.spans, b.all_day, b.uncertain, &b.comment)
    };
    week.chunk_by(same).map(|days| line(words, days, week.len())).collect()
}

fn line(words: &Words, days: &[Day], week: usize) -> String {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return String::new() };
    let name = match days.len() {
        1 => words.weekday(first.date),
        all if all == week => words.say("week-every-day"),
        _ => words.say_with(
            "week-range",
            &[("first", words.weekday(first.date).into()), ("last", words.weekday(last.date).into())],
        ),
    };
    words.say_with("week-line", &[("days", name.into()), ("hours", day_words(words, first).into())])
}

fn day_words(words: &Words, day: &Day) -> String {
    let spans: Vec<String> = day
        .spans
        .iter()
        .map(|(begin, end)| {
            words.say_with("time-range", &[("from", words.time(*begin).into()), ("to", words.end_time(*end).into())])
        })
        .collect();
    let hours = match (day.all_day, spans.is_empty()) {
        (true, _) => words.say("week-all-day"),
        (false, true) if day.uncertain => words.say("week-unknown"),
        (false, true) => words.say("week-closed"),
        (false, false) => spans.join(words.comma()),
    };
    match &day.comment {
        Some(remark) => words.say_with("week-remark", &[("hours", hours.into()), ("remark", remark.into())]),
        None => hours,
    }
}
