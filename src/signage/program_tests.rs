//! What the program does, by example.

use super::sample_towns::{Changing, Plenty, common, daily, display, entry, item, playlist, time};
use super::*;
use crate::content::*;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use std::collections::BTreeSet;

const PARIS: Tz = chrono_tz::Europe::Paris;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A town whose default shows `i:default`, and whose playlist `p:1` shows `i:1`.
fn town(entries: Vec<ScheduleEntry>) -> Schedule {
    Schedule {
        items: ["i:default", "i:1", "i:2"].map(|id| item(id, 10)).into(),
        playlists: vec![
            Playlist { default: true, ..playlist("p:9", &["i:default"]) },
            playlist("p:1", &["i:1"]),
            playlist("p:2", &["i:2"]),
        ],
        entries,
        ..Schedule::default()
    }
}

fn timed(times: Recurrence) -> Schedule {
    town(vec![ScheduleEntry { times, ..entry("s:1", "p:1") }])
}

/// The item in the main region, or what is there instead.
fn shown_on(schedule: &Schedule, display: &Display, now: DateTime<Utc>) -> String {
    match &program(schedule, &[], display, &Plenty, now).shown {
        Shown::Nothing => "off".to_owned(),
        Shown::Alert(turn) => turn.alert.common.id.0.clone(),
        Shown::Playlist { regions, .. } => {
            regions[0].playing.item.map_or("empty", |it| it.common.id.as_str()).to_owned()
        }
    }
}

/// When on a day of 30 hours from an instant the entry's item is shown, in minutes from that instant.
fn minutes_shown(times: Recurrence, zone: Tz, from: &str) -> Vec<(i64, i64)> {
    let (schedule, display) = (timed(times), display(zone));
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for minute in 0..30 * 60 {
        if shown_on(&schedule, &display, at(from) + TimeDelta::minutes(minute)) == "i:1" {
            match spans.last_mut() {
                Some((_, end)) if *end == minute => *end += 1,
                _ => spans.push((minute, minute + 1)),
            }
        }
    }
    spans
}

#[test]
fn an_hour_of_the_clock_is_reached_once_a_night() {
    // From midnight in Paris: 02:00 becomes 03:00.
    let spring = "2026-03-28T23:00:00Z";
    assert_eq!(minutes_shown(daily("02:00", "03:00"), PARIS, spring), [(1500, 1560)], "only the night after");
    assert_eq!(minutes_shown(daily("02:30", "03:30"), PARIS, spring)[0], (120, 150));
    assert_eq!(minutes_shown(daily("01:00", "04:00"), PARIS, spring)[0], (60, 180));
    // 03:00 becomes 02:00.
    let autumn = "2026-10-24T22:00:00Z";
    assert_eq!(minutes_shown(daily("02:00", "03:00"), PARIS, autumn)[0], (120, 240));
    assert_eq!(minutes_shown(daily("02:00", "02:30"), PARIS, autumn)[0], (120, 150));
    assert_eq!(minutes_shown(daily("03:00", "04:00"), PARIS, autumn)[0], (240, 300));
}

#[test]
fn a_midnight_that_comes_twice_begins_one_day() {
    let zone = chrono_tz::America::St_Johns;
    // At a minute past midnight it was 23:01 again.
    let midnight = at("2010-11-07T02:30:00Z");
    let schedule =
        timed(Recurrence { also: vec![date("2010-11-07")], weekdays: vec![Weekday::Wed], ..Recurrence::default() });
    for minutes in [0, 2, 30, 59, 60, 62] {
        let display = display(zone);
        let program = program(&schedule, &[], &display, &Plenty, midnight + TimeDelta::minutes(minutes));
        assert_eq!(program.window.start, midnight, "{minutes} minutes later");
        assert_eq!(program.verdicts[0].outcome, Outcome::Plays, "{minutes} minutes later");
    }
    assert_eq!(shown_on(&schedule, &display(zone), midnight - TimeDelta::seconds(1)), "i:default");
}

#[test]
fn a_daypart_over_midnight_belongs_to_the_day_it_begins_on() {
    let friday = Recurrence { weekdays: vec![Weekday::Fri], ..daily("22:00", "02:00") };
    // From Friday 1 May 2026, midnight in UTC.
    assert_eq!(minutes_shown(friday.clone(), chrono_tz::UTC, "2026-05-01T00:00:00Z"), [(1320, 1560)]);
    assert_eq!(minutes_shown(friday.clone(), chrono_tz::UTC, "2026-05-02T00:00:00Z"), [(0, 120)]);
    let off = Recurrence { except: vec![date("2026-05-01")], ..friday };
    assert_eq!(minutes_shown(off, chrono_tz::UTC, "2026-05-01T00:00:00Z"), []);
}

#[test]
fn days_off_count_more_than_days_added() {
    let schedule = timed(Recurrence {
        start: Some(date("2028-02-01").and_time(time("00:00"))),
        end: Some(date("2028-04-01").and_time(time("00:00"))),
        weekdays: vec![Weekday::Tue],
        every_weeks: 2,
        except: vec![date("2028-02-29"), date("2028-03-02")],
        also: vec![date("2028-02-28"), date("2028-03-02"), date("2028-04-04")],
        ..Recurrence::default()
    });
    let days = (0..100).map(|day| date("2028-01-20") + TimeDelta::days(day));
    let on = days.filter(|day| shown_on(&schedule, &display(PARIS), day.and_time(time("12:00")).and_utc()) == "i:1");
    let expected = ["2028-02-01", "2028-02-15", "2028-02-28", "2028-03-14", "2028-03-28"].map(date);
    assert_eq!(on.collect::<Vec<_>>(), expected);
}

#[test]
fn what_comes_before_what_and_why() {
    let ranked = |id: &str, playlist: &str, level, priority| ScheduleEntry { level, priority, ..entry(id, playlist) };
    let mut schedule = town(vec![
        ranked("s:low", "p:1", Level::Scheduled, -1),
        ranked("s:b", "p:1", Level::Scheduled, 5),
        ranked("s:a", "p:2", Level::Scheduled, 5),
        ranked("s:top", "p:1", Level::Interrupt, -9),
        ranked("s:gone", "p:404", Level::Interrupt, 9),
        ranked("s:later", "p:1", Level::Interrupt, 8),
        ranked("s:ended", "p:1", Level::Interrupt, 7),
        ranked("s:evening", "p:1", Level::Interrupt, 6),
        ranked("s:elsewhere", "p:1", Level::Interrupt, 5),
        ranked("s:other", "p:1", Level::Interrupt, 4),
        ranked("s:ads", "p:ads", Level::Interrupt, 3),
    ]);
    schedule.items.push(PlaylistItem { advertising: true, ..item("i:ad", 10) });
    schedule.playlists.push(playlist("p:ads", &["i:ad"]));
    schedule.entries[5].times.start = Some(date("2026-06-01").and_time(time("00:00")));
    schedule.entries[6].common.valid.until = Some(at("2026-04-01T00:00:00Z"));
    schedule.entries[7].times = daily("18:00", "22:00");
    schedule.entries[8].common.groups = vec!["streets".to_owned()];
    schedule.entries[9].displays = vec!["hall-2".to_owned()];
    let display = display(PARIS);
    let night = at("2026-05-01T01:00:00Z");
    let outcomes = |program: &Program<'_>| -> Vec<String> {
        program.verdicts.iter().map(|it| format!("{} {:?}", it.entry.common.id, it.outcome)).collect()
    };
    let top = r#"Outranked { by: Id("s:top") }"#;
    assert_eq!(
        outcomes(&program(&schedule, &[], &display, &Plenty, night)),
        [
            "s:gone NoPlaylist",
            "s:later NotYet",
            "s:ended Over",
            "s:evening NotNow",
            "s:elsewhere OtherDisplays",
            "s:other OtherDisplays",
            "s:ads NothingToShow",
            "s:top Plays",
            &format!("s:a {top}"),
            &format!("s:b {top}"),
            &format!("s:low {top}"),
        ]
    );
    let day = program(&schedule, &[], &display, &Plenty, at("2026-05-01T08:00:00Z"));
    assert_eq!(outcomes(&day)[6], "s:ads Plays");
    schedule.entries.truncate(3);
    assert_eq!(shown_on(&schedule, &display, night), "i:2", "of equals the first by id");
}

#[test]
fn advertising_rests_at_night_and_when_electricity_is_short() {
    let mut schedule = town(vec![entry("s:1", "p:1")]);
    schedule.items[1].advertising = true;
    schedule.items[2].advertising = true;
    schedule.campaigns =
        vec![Campaign { common: common("c:1"), slots: vec![Id("i:2".into())], share: 90, ..Campaign::default() }];
    let display = display(PARIS);
    // 01:00 and 06:00 in a Paris summer.
    for (moment, ads) in [
        ("2026-05-01T22:59:59Z", true),
        ("2026-05-01T23:00:00Z", false),
        ("2026-05-02T03:59:59Z", false),
        ("2026-05-02T04:00:00Z", true),
    ] {
        assert_eq!(shown_on(&schedule, &display, at(moment)) != "i:default", ads, "{moment}");
    }
    let (from, until) = (at("2026-05-02T16:00:00Z"), at("2026-05-02T17:00:00Z"));
    let cut = |groups: &[&str]| {
        let groups = groups.iter().map(|group| (*group).to_owned()).collect();
        let valid = Validity { from: Some(from), until: Some(until) };
        vec![AdvertisingCurfew { common: Common { groups, valid, ..common("k:1") } }]
    };
    for (groups, is_here) in [(vec![], true), (vec!["streets"], false), (vec!["streets", "halls"], true)] {
        let published = Schedule { curfews: cut(&groups), ..schedule.clone() };
        let told = display.clone().informed_by(&Bulletin { curfews: cut(&groups), ..Bulletin::default() });
        for (schedule, display) in [(&published, &display), (&schedule, &told)] {
            for (moment, ads) in [(from - TimeDelta::seconds(1), true), (from, !is_here), (until, true)] {
                assert_eq!(shown_on(schedule, display, moment) != "i:default", ads, "{groups:?} {moment}");
            }
        }
        let silent = told.informed_by(&Bulletin::default());
        assert_ne!(shown_on(&schedule, &silent, from), "i:default", "a cut that was taken back is none");
        let doubtful = Display { advertising_rests: vec![Validity::default()], ..silent };
        assert_eq!(shown_on(&schedule, &doubtful, until), "i:default");
    }
}

#[test]
fn power_and_dimming_follow_the_hours_and_an_alert_switches_on() {
    let schedule = town(Vec::new());
    let mut display = display(PARIS);
    display.power.on = vec![daily("07:00", "23:00")];
    display.power.dimmed = vec![Dimming { percent: 30, times: daily("21:00", "08:00") }];
    let noon = program(&schedule, &[], &display, &Plenty, at("2026-05-01T10:00:00Z"));
    let evening = program(&schedule, &[], &display, &Plenty, at("2026-05-01T20:00:00Z"));
    let night = program(&schedule, &[], &display, &Plenty, at("2026-05-01T21:30:00Z"));
    assert_eq!((noon.brightness_percent, evening.brightness_percent, night.brightness_percent), (100, 30, 0));
    assert_eq!((night.shown, night.until), (Shown::Nothing, at("2026-05-01T22:00:00Z")));
    let mut alert = Alert { common: common("w:1"), ..Alert::default() };
    alert.common.valid.until = Some(at("2026-05-01T21:45:00Z"));
    let night = program(&schedule, &[&alert], &display, &Plenty, at("2026-05-01T21:30:00Z"));
    assert_eq!((night.brightness_percent, night.until), (100, at("2026-05-01T21:45:00Z")));
}

#[test]
fn an_alert_reaches_the_displays_it_is_for() {
    let schedule = town(Vec::new());
    let circle = |lat, lon| Circle::new(Position { lat, lon }, 10.0).unwrap();
    let code = |value: &str| AreaCode { scheme: "INSEE".to_owned(), value: value.to_owned() };
    let near = AlertArea { circles: vec![circle(43.9, 2.1)], ..AlertArea::default() };
    let far = AlertArea { circles: vec![circle(48.8, 2.3)], ..AlertArea::default() };
    let coded = |value| AlertArea { codes: vec![code(value)], ..AlertArea::default() };
    let mut here = display(PARIS);
    here.codes = vec![code("81004")];
    let nowhere = Display { position: None, codes: Vec::new(), ..here.clone() };
    for (areas, reaches) in [
        (vec![], [true, true]),
        (vec![near.clone()], [true, true]),
        (vec![far.clone()], [false, true]),
        (vec![far.clone(), near], [true, true]),
        (vec![coded("81004")], [true, true]),
        (vec![coded("35238")], [false, true]),
        (vec![AlertArea { codes: vec![code("81004")], ..far }], [true, true]),
        (vec![AlertArea::default()], [true, true]),
    ] {
        let alert = Alert { common: common("w:1"), areas: areas.clone(), ..Alert::default() };
        let drill = Alert { drill: true, ..alert.clone() };
        for (display, reached) in [&here, &nowhere].into_iter().zip(reaches) {
            let shown = |alert, display| {
                let program = program(&schedule, &[alert], display, &Plenty, at("2026-05-01T10:00:00Z"));
                matches!(program.shown, Shown::Alert(_))
            };
            assert_eq!(shown(&alert, display), reached, "{areas:?}");
            assert!(!shown(&drill, display));
            assert_eq!(shown(&drill, &Display { shows_drills: true, ..display.clone() }), reached);
        }
    }
}

#[test]
fn alerts_take_turns_in_each_language_the_gravest_first() {
    let schedule = town(Vec::new());
    let display = display(PARIS);
    let mut minor = Alert { common: common("w:1"), severity: Severity::Minor, ..Alert::default() };
    minor.common.valid.from = Some(at("2026-05-01T10:00:00Z"));
    let mut grave = Alert { common: common("w:2"), severity: Severity::Extreme, ..minor.clone() };
    grave.common.title.insert("en", "Flood", Origin::Human);
    let mut seen = Vec::new();
    for secs in (0..40).step_by(5) {
        let now = at("2026-05-01T10:00:00Z") + TimeDelta::seconds(secs);
        let program = program(&schedule, &[&minor, &grave], &display, &Plenty, now);
        let Shown::Alert(turn) = program.shown else { panic!("no alert") };
        seen.push(format!("{} {}", turn.alert.common.id, turn.language));
    }
    let [fr, en, other] = ["w:2 fr", "w:2 en", "w:1 fr"];
    assert_eq!(seen, [fr, fr, en, en, other, other, fr, fr]);
}

#[test]
fn no_warning_waits_long_for_the_end_of_another() {
    let alert = |words: usize| {
        let mut alert = Alert { common: common("w:1"), ..Alert::default() };
        alert.common.text = Localized::one("fr", "mot ".repeat(words));
        alert_secs(&alert, "fr", &["fr".to_owned()])
    };
    assert_eq!((alert(1), alert(100), alert(5000)), (8, 38, 60));
}

#[test]
fn of_many_alerts_the_gravest_come_again_after_every_two_others() {
    use Severity::{Extreme, Minor, Severe};
    let (schedule, display, begin) = (town(Vec::new()), display(PARIS), at("2026-05-01T10:00:00Z"));
    let told = |severities: &[Severity]| {
        let alert = |(nr, severity): (usize, &Severity)| {
            let mut alert = Alert { common: common(&format!("w:{nr}")), severity: *severity, ..Alert::default() };
            alert.common.valid.from = Some(begin);
            alert
        };
        let alerts: Vec<Alert> = severities.iter().enumerate().map(alert).collect();
        let alerts: Vec<&Alert> = alerts.iter().collect();
        let turns = (0..8).map(|nr| {
            let program = program(&schedule, &alerts, &display, &Plenty, begin + TimeDelta::seconds(nr * 10));
            let Shown::Alert(turn) = program.shown else { panic!("no alert") };
            turn.alert.common.id.0.trim_start_matches("w:").to_owned()
        });
        turns.collect::<String>()
    };
    assert_eq!(told(&[Minor, Severe, Extreme]), "21021021");
    assert_eq!(told(&[Minor, Severe, Minor, Extreme, Minor]), "31032431");
    assert_eq!(told(&[Extreme, Minor, Extreme, Minor, Minor]), "02130240");
    assert_eq!(told(&[Minor; 4]), "01230123");
}

#[test]
fn a_screen_has_something_when_the_town_has_nothing() {
    let (display, noon) = (display(PARIS), at("2026-05-01T10:00:00Z"));
    let mut schedule = town(vec![entry("s:1", "p:1")]);
    for item in &mut schedule.items {
        item.template = "missing".to_owned();
    }
    for schedule in [Schedule::default(), schedule] {
        let ids: BTreeSet<String> = (0..3000)
            .map(|secs| {
                let program = program(&schedule, &[], &display, &Changing, noon + TimeDelta::seconds(secs));
                let Shown::Playlist { regions, .. } = program.shown else { panic!("an empty screen") };
                regions[0].playing.item.unwrap().common.id.0.clone()
            })
            .step_by(7)
            .collect();
        assert_eq!(ids, ["built-in:clock", "built-in:tonight"].map(str::to_owned).into());
    }
}

#[test]
fn what_changes_in_a_window_does_not_cut_a_slide() {
    // An entry that loses begins at 10:00:05 and cuts nothing.
    let mut schedule = town(vec![entry("s:1", "p:1"), ScheduleEntry { priority: -1, ..entry("s:2", "p:2") }]);
    schedule.entries[1].common.valid.from = Some(at("2026-05-01T10:00:05Z"));
    let display = display(PARIS);
    let first = program(&schedule, &[], &display, &Plenty, at("2026-05-01T10:00:04Z"));
    let second = program(&schedule, &[], &display, &Plenty, at("2026-05-01T10:00:06Z"));
    assert_eq!((first.shown, first.window), (second.shown, second.window));
    assert_ne!(first.verdicts, second.verdicts);
    assert_eq!(first.until, at("2026-05-01T10:00:05Z"));
}

fn event(id: &str, begin: &str, end: &str) -> Event {
    let timing = Timing { begin: begin.parse().unwrap(), end: end.parse().unwrap() };
    Event { common: common(id), timings: vec![timing], ..Event::default() }
}

#[test]
fn a_filter_finds_what_is_on_and_never_what_has_ended() {
    let mut near = event("e:near", "2026-05-01T18:00:00+02:00", "2026-05-01T23:00:00+02:00");
    near.common.tags = vec!["jazz".to_owned()];
    near.location = Some(Location { position: Position::new(43.931, 2.151), ..Location::default() });
    let mut far = event("e:far", "2026-05-01T17:00:00+02:00", "2026-05-02T23:00:00+02:00");
    far.kind = EventKind::Music;
    far.location = Some(Location { position: Position::new(44.9, 2.1), ..Location::default() });
    let later = event("e:later", "2026-05-20T18:00:00+02:00", "2026-05-20T23:00:00+02:00");
    let off = Event {
        status: EventStatus::Cancelled,
        ..event("e:off", "2026-05-01T18:00:00+02:00", "2026-05-01T23:00:00+02:00")
    };
    let items = [near, far, later, off].map(Item::Event);
    let (catalog, _) = Catalog::new(Town::default(), items.into());
    let display = display(PARIS);
    let all = EventFilter::default();
    let found = |filter: &EventFilter, now: &str| -> Vec<String> {
        let found = events_found(&catalog, filter, &display, at(now)).into_iter();
        found.map(|(event, _)| event.common.id.0.replace("e:", "")).collect()
    };
    let noon = "2026-05-01T10:00:00Z";
    assert_eq!(found(&all, noon), ["far", "near", "later"]);
    assert_eq!(found(&all, "2026-05-01T20:59:59Z"), ["far", "near", "later"]);
    assert_eq!(found(&all, "2026-05-01T21:00:00Z"), ["far", "later"]);
    assert_eq!(found(&EventFilter { days: Some(14), ..all.clone() }, noon), ["far", "near"]);
    assert_eq!(found(&EventFilter { period: FilterPeriod::Tonight, ..all.clone() }, noon), ["far", "near"]);
    assert_eq!(found(&EventFilter { within_m: Some(500), ..all.clone() }, noon), ["near"]);
    assert_eq!(found(&EventFilter { tags: vec!["jazz".to_owned()], ..all.clone() }, noon), ["near"]);
    assert_eq!(found(&EventFilter { kinds: vec![EventKind::Music], ..all.clone() }, noon), ["far"]);

    let stock = CatalogStock {
        catalog: &catalog,
        live: &[],
        display: &display,
        findings: &Findings::default(),
        knows_the_time: true,
        words: &|item, event, _| (item.template != "missing").then(|| event.map_or(0, |id| id.as_str().len() * 10)),
    };
    let mut events = item("i:1", 10);
    events.duration_secs = None;
    events.show = Show::Events { filter: EventFilter { days: Some(14), ..all }, count: 2 };
    assert_eq!(stock.offer(&events, 1, at(noon)), Some(Offer { slides: 2, which: 1, secs: reading_secs(60) }));
    assert_eq!(stock.offer(&events, 0, at("2026-05-03T10:00:00Z")), None);
    let gone = PlaylistItem { template: "missing".to_owned(), show: Show::Clock, ..events.clone() };
    assert_eq!(stock.offer(&gone, 0, at(noon)), None);
    assert_eq!(stock.offer(&PlaylistItem { show: Show::Picture, ..events.clone() }, 0, at(noon)), None);
    let countdown = PlaylistItem { show: Show::Countdown { to: at(noon) }, ..events.clone() };
    assert_eq!(stock.offer(&countdown, 0, at(noon)), None);
    // What is over leaves: the countdown on the stroke, the concert at its end.
    let long = |show: Show| PlaylistItem { show, duration_secs: Some(3600), ..events.clone() };
    let secs = |item: &PlaylistItem, when: &str| stock.offer(item, 0, at(when)).map(|offer| offer.secs);
    assert_eq!(secs(&long(countdown.show.clone()), "2026-05-01T09:59:40Z"), Some(20));
    assert_eq!(secs(&long(countdown.show.clone()), "2026-05-01T09:59:59.5Z"), Some(3));
    let tonight = EventFilter { period: FilterPeriod::Tonight, ..EventFilter::default() };
    assert_eq!(secs(&long(Show::Agenda { filter: tonight.clone(), rows: 5 }), "2026-05-01T20:59:30Z"), Some(30));
    let second = stock.offer(&long(Show::Events { filter: tonight, count: 2 }), 1, at("2026-05-01T20:59:30Z"));
    assert_eq!(second, Some(Offer { slides: 2, which: 1, secs: 30 }));
    let doubted = CatalogStock { knows_the_time: false, ..stock };
    assert_eq!(doubted.offer(&events, 0, at(noon)), None, "without a date no event says anything");
    assert_eq!(doubted.offer(&long(countdown.show), 0, at("2026-05-01T09:00:00Z")), None);
    assert!(doubted.offer(&long(Show::Notice), 0, at(noon)).is_some());
    assert_eq!((reading_secs(0), reading_secs(60)), (8, 23));
}

#[test]
fn an_update_counts_whichever_source_brought_it() {
    let (schedule, display) = (town(Vec::new()), display(PARIS));
    let updated = |at: DateTime<Utc>| Provenance { updated: Some(at), ..Provenance::default() };
    let mut alert = Alert { common: common("w:1"), ..Alert::default() };
    alert.common.provenance = vec![updated(at("2026-05-01T08:00:00Z"))];
    let mut over = alert.clone();
    over.common.provenance = vec![updated(at("2026-05-01T09:00:00Z"))];
    over.common.valid.until = Some(at("2026-05-01T10:00:00Z"));
    for alerts in [[&alert, &over], [&over, &alert]] {
        let shown = |now| matches!(program(&schedule, &alerts, &display, &Plenty, at(now)).shown, Shown::Alert(_));
        assert_eq!(["2026-05-01T09:59:59Z", "2026-05-01T10:00:00Z"].map(shown), [true, false]);
    }
    let drill = Alert { drill: true, ..over };
    assert!(matches!(
        program(&schedule, &[&drill, &alert], &display, &Plenty, at("2026-05-01T11:00:00Z")).shown,
        Shown::Alert(_)
    ));
}
