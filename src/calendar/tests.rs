use super::*;
use crate::content::{Position, Timing};
use crate::language::{Language, Words, opening_words, week_words, when_words};
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

const MONACO: Position = Position { lat: 43.7384, lon: 7.4246 };

fn monaco() -> Tz {
    zone("Europe/Monaco").unwrap()
}

/// An RFC 3339 instant.
fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn local(text: &str) -> DateTime<Tz> {
    at(text).with_timezone(&monaco())
}

fn hours(osm: &str) -> Hours {
    Hours::parse(osm, monaco(), Some(MONACO), "MC").unwrap()
}

fn timing(begin: &str, end: &str) -> Timing {
    Timing { begin: begin.parse().unwrap(), end: end.parse().unwrap() }
}

/// Without the marks that keep right-to-left and left-to-right text apart.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "").replace('\u{a0}', " ")
}

fn opening(osm: &str, now: &str) -> String {
    plain(&opening_words(Words::of(Language::Fr), &hours(osm).at(at(now)), at(now), monaco()))
}

fn event(begin: &str, end: &str, now: &str) -> String {
    let found = when(&[timing(begin, end)], at(now), monaco());
    plain(&when_words(Words::of(Language::Fr), &found, at(now), monaco()))
}

#[test]
fn opening_hours_in_words() {
    let cases = [
        ("Mo-Fr 09:00-19:00", "2026-11-20T12:00:00+01:00", "Ouvert jusqu’à 19 h"),
        ("Mo-Fr 09:00-19:00", "2026-11-20T18:40:00+01:00", "Ferme dans 20 min"),
        ("Mo-Fr 09:00-19:00", "2026-11-20T18:57:00+01:00", "Ferme dans moins de 5 minutes"),
        ("Mo-Fr 09:00-19:00", "2026-11-20T19:00:00+01:00", "Ouvre lundi à 9 h"),
        ("Mo-Fr 09:00-19:00", "2026-11-22T20:00:00+01:00", "Ouvre demain à 9 h"),
        ("Mo-Fr 09:00-19:00", "2026-11-23T07:00:00+01:00", "Ouvre à 9 h"),
        ("Mo-Fr 09:00-19:00", "2026-11-23T08:42:00+01:00", "Ouvre dans 15 min"),
        ("24/7", "2026-11-23T08:42:00+01:00", "Ouvert 24 h sur 24"),
        ("off", "2026-11-23T08:42:00+01:00", "Fermé pour le moment"),
        ("Mo-Su 22:00-02:00", "2026-11-23T00:30:00+01:00", "Ouvert jusqu’à 2 h"),
        ("Mo-Su 10:00-02:00", "2026-11-23T11:00:00+01:00", "Ouvert jusqu’à 2 h"),
        ("Mo-Su 22:00-05:00", "2026-11-23T23:00:00+01:00", "Ouvert jusqu’à 5 h"),
        (
            "Fr 08:00-24:00; Sa 00:00-24:00; Su 00:00-20:00",
            "2026-11-20T12:00:00+01:00",
            "Ouvert jusqu’à dimanche, 20 h",
        ),
        ("Mo-Su 18:00-24:00", "2026-11-23T19:30:00+01:00", "Ouvert jusqu’à minuit"),
        ("Jul-Aug Mo-Su 10:00-18:00", "2026-11-23T12:00:00+01:00", "Ouvre le jeudi 1er juillet 2027"),
        ("Mo-Fr 09:00-19:00 unknown", "2026-11-20T12:00:00+01:00", "Horaires inconnus"),
        // Monaco's national day.
        ("Mo-Fr 09:00-19:00; PH off", "2026-11-19T12:00:00+01:00", "Ouvre demain à 9 h"),
        // Leap day.
        ("Feb 29 09:00-12:00", "2028-02-28T20:00:00+01:00", "Ouvre demain à 9 h"),
        // The night in which 02:00 becomes 03:00, and the one in which 03:00 becomes 02:00.
        ("Mo-Su 22:00-02:30", "2026-03-29T00:45:00+01:00", "Ouvert jusqu’à 3 h"),
        ("Mo-Su 22:00-05:00", "2026-03-29T04:30:00+02:00", "Ferme dans 30 min"),
        ("Mo-Su 22:00-02:30", "2026-10-25T02:10:00+02:00", "Ferme dans 20 min"),
        ("Mo-Su 22:00-02:30", "2026-10-25T02:10:00+01:00", "Ouvre à 22 h"),
        ("Mo-Su 22:00-05:00", "2026-10-25T02:59:00+02:00", "Ouvert jusqu’à 5 h"),
    ];
    for (osm, now, expected) in cases {
        assert_eq!(opening(osm, now), expected, "{osm} at {now}");
    }
}

#[test]
fn an_autumn_night_is_an_hour_longer() {
    let until = Some(local("2026-10-25T05:00:00+01:00"));
    assert_eq!(hours("Mo-Su 22:00-05:00").at(at("2026-10-24T22:00:00+02:00")), Opening::Open { until });
}

#[test]
fn the_sun_opens_and_closes_parks() {
    let Opening::Open { until: Some(until) } = hours("sunrise-sunset").at(at("2026-06-21T12:00:00+02:00")) else {
        panic!("open at noon");
    };
    assert_eq!(until.format("%H").to_string(), "21");
}

#[test]
fn what_is_not_hours_is_refused_in_words() {
    for text in ["sometimes", "Mo-Fr 99:00-12:00", &"Mo 09:00-10:00; ".repeat(200)] {
        assert!(Hours::parse(text, monaco(), None, "MC").is_err());
    }
    assert!(Hours::parse("Mo 09:00-10:00", monaco(), None, "no country").is_ok());
}

#[test]
fn a_week_groups_equal_days_and_keeps_nights_together() {
    let monday = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let week = |osm: &str| -> Vec<String> {
        week_words(Words::of(Language::Fr), &hours(osm), monday).iter().map(|line| plain(line)).collect()
    };
    assert_eq!(
        week("Mo-Fr 09:00-12:00,14:00-18:00; Sa 22:00-02:00"),
        ["lundi – vendredi : 9 h – 12 h, 14 h – 18 h", "samedi : 22 h – 2 h", "dimanche : fermé"]
    );
    assert_eq!(week("24/7"), ["Tous les jours : 24 h sur 24"]);
    assert_eq!(week("Mo-Su 20:00-03:00"), ["Tous les jours : 20 h – 3 h"]);
    assert_eq!(week("Mo-Sa 08:00-12:00; Su unknown")[1], "dimanche : à vérifier");
    assert_eq!(week("Mo-Su 20:00-24:00"), ["Tous les jours : 20 h – minuit"]);
    assert_eq!(week("Mo-Su 09:00-12:00 open \"sur rendez-vous\""), ["Tous les jours : 9 h – 12 h (sur rendez-vous)"]);
}

#[test]
fn events_in_words() {
    let evening = ("2026-11-20T20:30:00+01:00", "2026-11-20T22:00:00+01:00");
    let cases = [
        (evening, "2026-11-20T21:00:00+01:00", "En ce moment, jusqu’à 22 h"),
        (evening, "2026-11-20T20:10:00+01:00", "Commence dans 20 min"),
        (evening, "2026-11-20T10:00:00+01:00", "Ce soir à 20 h 30"),
        (evening, "2026-11-19T23:59:00+01:00", "Demain à 20 h 30"),
        (evening, "2026-11-18T10:00:00+01:00", "vendredi 20 novembre à 20 h 30"),
        (evening, "2025-12-31T10:00:00+01:00", "vendredi 20 novembre 2026 à 20 h 30"),
        (evening, "2026-11-20T22:00:00+01:00", "Terminé"),
        (("2026-11-20T10:00:00+01:00", "2026-11-20T23:00:00+01:00"), "2026-11-20T08:00:00+01:00", "Aujourd’hui à 10 h"),
        (("2026-11-21T01:00:00+01:00", "2026-11-21T03:00:00+01:00"), "2026-11-20T20:00:00+01:00", "Cette nuit à 1 h"),
        (
            ("2026-11-20T10:00:00+01:00", "2026-11-28T18:00:00+01:00"),
            "2026-11-20T12:00:00+01:00",
            "En ce moment, jusqu’au samedi 28 novembre",
        ),
        (
            ("2026-10-25T02:30:00+01:00", "2026-10-25T04:00:00+01:00"),
            "2026-10-25T02:15:00+02:00",
            "Cette nuit à 2 h 30",
        ),
        (
            ("2026-03-29T03:30:00+02:00", "2026-03-29T05:00:00+02:00"),
            "2026-03-29T01:45:00+01:00",
            "Commence dans 45 min",
        ),
    ];
    for ((begin, end), now, expected) in cases {
        assert_eq!(event(begin, end, now), expected, "{begin} at {now}");
    }
}

#[test]
fn nobody_comes_late_who_trusts_the_minutes() {
    let begin = at("2026-06-15T16:00:00+02:00");
    for (seconds, said) in [
        (3_600, None),
        (3_599, Some(55)),
        (30 * 60, Some(30)),
        (30 * 60 - 1, Some(25)),
        (20 * 60 - 1, Some(15)),
        (15 * 60, Some(15)),
        (15 * 60 - 1, Some(14)),
        (9 * 60, Some(9)),
        (60, Some(1)),
        (59, Some(0)),
        (0, None),
    ] {
        assert_eq!(minutes_until(begin, begin - TimeDelta::seconds(seconds)), said, "{seconds} s before");
    }
    let words = |second: &str| event("2026-06-15T16:00:00+02:00", "2026-06-15T17:00:00+02:00", second);
    assert_eq!(words("2026-06-15T15:30:00+02:00"), "Commence dans 30 min");
    assert_eq!(words("2026-06-15T15:59:30+02:00"), "Commence dans moins d’une minute");
    assert_eq!(opening("Mo-Su 16:00-17:00", "2026-06-15T15:59:30+02:00"), "Ouvre dans moins d’une minute");
}

#[test]
fn tonight_nothing_begins_by_day() {
    let said = |begin, end, period| {
        let (now, timing) = (at("2026-06-15T09:00:00+02:00"), timing(begin, end));
        plain(&when_words(Words::of(Language::Fr), &when_in(&timing, period, now, monaco()), now, monaco()))
    };
    let (ten, seven) = ("2026-06-15T10:00:00+02:00", "2026-06-15T19:00:00+02:00");
    assert_eq!(said(ten, seven, Period::Tonight), "Ce soir jusqu’à 19 h");
    assert_eq!(said(ten, seven, Period::Today), "Aujourd’hui à 10 h");
    assert_eq!(said(ten, "2026-06-20T19:00:00+02:00", Period::Tonight), "Ce soir");
    assert_eq!(said("2026-06-15T20:00:00+02:00", "2026-06-15T22:00:00+02:00", Period::Tonight), "Ce soir à 20 h");
}

#[test]
fn periods_of_the_agenda() {
    let day = |d| Period::Day(NaiveDate::from_ymd_opt(2026, 11, d).unwrap());
    let concert = timing("2026-11-20T22:00:00+01:00", "2026-11-21T02:00:00+01:00");
    let matinee = timing("2026-11-20T10:00:00+01:00", "2026-11-20T12:00:00+01:00");
    let small_hours = timing("2026-11-23T01:00:00+01:00", "2026-11-23T03:00:00+01:00");
    let month = timing("2026-11-10T10:00:00+01:00", "2026-12-10T18:00:00+01:00");
    let cases = [
        (concert, Period::Tonight, "2026-11-20T09:00:00+01:00", true),
        (concert, Period::Tonight, "2026-11-21T01:00:00+01:00", true),
        (concert, Period::Tonight, "2026-11-19T09:00:00+01:00", false),
        (concert, Period::All, "2026-11-21T02:00:00+01:00", false),
        (concert, day(20), "2026-11-20T09:00:00+01:00", true),
        (concert, day(21), "2026-11-20T09:00:00+01:00", false),
        (concert, Period::Weekend, "2026-11-16T09:00:00+01:00", true),
        (matinee, Period::Tonight, "2026-11-20T09:00:00+01:00", false),
        (matinee, Period::Today, "2026-11-20T09:00:00+01:00", true),
        (matinee, Period::Weekend, "2026-11-16T09:00:00+01:00", false),
        (small_hours, Period::Weekend, "2026-11-22T12:00:00+01:00", true),
        (small_hours, Period::Weekend, "2026-11-23T02:00:00+01:00", true),
        (small_hours, Period::Weekend, "2026-11-23T12:00:00+01:00", false),
        (small_hours, day(22), "2026-11-20T12:00:00+01:00", true),
        (small_hours, Period::Today, "2026-11-22T00:30:00+01:00", true),
        (month, Period::Tonight, "2026-11-20T09:00:00+01:00", true),
        (month, day(27), "2026-11-20T09:00:00+01:00", true),
    ];
    for (timing, period, now, expected) in cases {
        assert_eq!(falls_in(period, at(now), monaco())(&timing), expected, "{timing:?} {period:?} at {now}");
    }
}

#[test]
fn night_lies_between_sunset_and_sunrise() {
    for (now, night) in [
        ("2026-11-20T12:00:00Z", false),
        ("2026-11-20T17:00:00Z", true),
        ("2026-11-20T03:00:00Z", true),
        ("2026-06-21T19:00:00Z", false),
    ] {
        assert_eq!(is_night(MONACO, at(now)), night, "{now}");
    }
    let tromso = Position { lat: 69.65, lon: 18.96 };
    assert!(!is_night(tromso, at("2026-06-21T23:00:00Z")));
    assert!(is_night(tromso, at("2026-12-21T11:00:00Z")));
    let auckland = Position { lat: -36.85, lon: 174.76 };
    assert!(!is_night(auckland, at("2026-11-20T00:00:00Z")));
    assert!(is_night(auckland, at("2026-11-20T11:00:00Z")));
}

const TEXTS: [&str; 8] = [
    "Mo-Fr 09:00-12:00,14:00-18:00",
    "Mo-Su 22:00-02:30",
    "24/7",
    "Fr-Su 18:00-26:00; Mo off",
    "sunrise-sunset",
    "Mo-Sa 08:00-20:00; PH off",
    "We 00:00-24:00; Th 00:00-03:00",
    "Mo-Su 09:40-10:03 unknown, Mo-Su 10:03-12:00",
];

#[test]
fn words_about_an_opening_behind_another_change_hold_too() {
    let (hours, words) = (hours(TEXTS[7]), Words::of(Language::Fr));
    let say = |now| opening_words(words, &hours.at(now), now, monaco());
    for minute in 0..90 {
        let now = at("2026-11-20T08:32:00+01:00") + TimeDelta::minutes(minute);
        let next = next_change([], [&hours], now, monaco());
        assert_eq!(say(now), say(next - TimeDelta::milliseconds(1)), "{now} to {next}");
    }
}

proptest! {
    #[test]
    fn any_text_is_hours_or_a_reason(text in "[MoTuWeFrSaSu0-9:,;\\- PHoffunknown\"+/]{0,40}", seconds in 1_700_000_000i64..1_900_000_000) {
        let now = Utc.timestamp_opt(seconds, 0).unwrap();
        if let Ok(hours) = Hours::parse(&text, monaco(), Some(MONACO), "MC") {
            hours.at(now);
            hours.next_change(now);
            prop_assert_eq!(hours.week(now.date_naive()).len(), 7);
        }
    }

    /// Around both changes of the clock of 2026 and anywhere else: nothing said changes before `next_change` says so.
    #[test]
    fn words_hold_until_the_next_change(
        which in 0..TEXTS.len(),
        base in prop::sample::select(vec![1_774_740_000i64, 1_792_880_000, 1_795_000_000]),
        offset in 0i64..200_000,
        begins in -100_000i64..100_000,
        lasts in 60i64..90_000,
        part in 0.0f64..1.0,
    ) {
        let (now, words) = (Utc.timestamp_opt(base + offset, 0).unwrap(), Words::of(Language::Fr));
        let begin = now + TimeDelta::seconds(begins);
        let timing = Timing { begin: begin.fixed_offset(), end: (begin + TimeDelta::seconds(lasts)).fixed_offset() };
        let hours = hours(TEXTS[which]);
        let next = next_change([&timing], [&hours], now, monaco());
        prop_assert!(next > now);
        let between = now + TimeDelta::milliseconds(((next - now).num_milliseconds() as f64 * part) as i64);
        let say = |now| (
            opening_words(words, &hours.at(now), now, monaco()),
            when_words(words, &when(&[timing], now, monaco()), now, monaco()),
            [Period::Tonight, Period::Today].map(|period| falls_in(period, now, monaco())(&timing)),
        );
        prop_assert_eq!(say(now), say(between));
    }

    #[test]
    fn open_spans_and_states_agree(which in 0..TEXTS.len(), seconds in 1_774_000_000i64..1_796_000_000) {
        let (now, hours) = (Utc.timestamp_opt(seconds, 0).unwrap(), hours(TEXTS[which]));
        match hours.at(now) {
            Opening::Open { until: Some(until) } => {
                prop_assert!(until > now);
                let still_open = matches!(hours.at(until.to_utc()), Opening::Open { .. });
                prop_assert!(!still_open);
            }
            Opening::Closed { opens: Some(opens) } => {
                prop_assert!(opens > now);
                let opened = matches!(hours.at(opens.to_utc()), Opening::Open { .. });
                prop_assert!(opened);
            }
            _ => {}
        }
    }
}
