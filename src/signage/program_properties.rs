//! What the program always does, whatever the town schedules.

use super::reference::{Reference, Seen};
use super::sample_towns::{
    Changing, Plenty, SampleTown, alerts, common, display, is_warned, item, playlist, sample_town,
};
use super::{Bookmarks, Cursor, Display, Outcome, Program, Shown, program};
use crate::content::{Alert, Campaign, Id, Schedule, Validity};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn seen(program: &Program<'_>) -> Seen {
    match &program.shown {
        Shown::Nothing => Seen::Nothing,
        Shown::Alert(turn) => Seen::Alert(turn.alert.common.id.0.clone(), turn.language.to_owned()),
        Shown::Playlist { regions, .. } => {
            let regions = regions.iter().map(|it| {
                let item = it.playing.item.map(|item| item.common.id.0.clone());
                (it.region.name.clone(), item, it.playing.which)
            });
            Seen::Regions(regions.collect())
        }
    }
}

fn secs(count: i64) -> TimeDelta {
    TimeDelta::seconds(count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Second by second, over nights in which clocks change. Nothing changes before `until`, and what was said to come
    /// next comes.
    #[test]
    fn it_says_what_the_reference_says(town in sample_town()) {
        const LEAD_SECS: i64 = 40 * 60;
        const COMPARED_SECS: i64 = 8 * 3600;
        let SampleTown { schedule, alerts, display, start } = &town;
        let alerts: Vec<&Alert> = alerts.iter().collect();
        let lead = *start - secs(LEAD_SECS);
        let mut reference = Reference::new(schedule, &alerts, display, &Changing, lead);
        let mut cursor = Cursor::new(schedule, &alerts, display, &Changing);
        let mut last: Option<Program<'_>> = None;
        for nr in 1..LEAD_SECS + COMPARED_SECS {
            let expected = reference.tick();
            if nr < LEAD_SECS {
                continue;
            }
            let now = lead + secs(nr);
            let program = cursor.at(now);
            prop_assert_eq!(seen(&program), expected, "at {}", now);
            prop_assert_eq!(program.window.start, reference.window, "at {}", now);
            prop_assert_eq!(program.brightness_percent, reference.brightness(), "at {}", now);
            prop_assert!(program.until > now);
            if let Some(last) = &last {
                prop_assert!(now >= last.until || program == *last, "at {}", now);
                follows(last, &program)?;
            }
            last = Some(program);
        }
    }

    /// A display that has played for hours and one that was just switched on show the same, at any moments in any order.
    #[test]
    fn where_it_was_before_does_not_matter(town in sample_town(), jumps in vec(-90_000..180_000_i64, 1..40)) {
        let SampleTown { schedule, alerts, display, start } = &town;
        let alerts: Vec<&Alert> = alerts.iter().collect();
        let mut cursor = Cursor::new(schedule, &alerts, display, &Changing);
        for jump in jumps {
            for step in [0, 1, 40] {
                let now = *start + secs(jump + step) + TimeDelta::milliseconds(step * 13);
                prop_assert_eq!(cursor.at(now), program(schedule, &alerts, display, &Changing, now), "at {}", now);
            }
        }
    }

    /// Whoever goes on from where another was says the same, whichever way time went.
    #[test]
    fn bookmarks_save_work_and_change_nothing(town in sample_town(), jumps in vec(-90_000..180_000_i64, 1..4)) {
        let SampleTown { schedule, alerts, display, start } = &town;
        let alerts: Vec<&Alert> = alerts.iter().collect();
        let mut bookmarks = Bookmarks::default();
        for jump in jumps {
            for step in [0, 40, 4_000, -60, 20_000] {
                let now = *start + secs(jump + step);
                let mut cursor = Cursor::new(schedule, &alerts, display, &Changing).going_on(bookmarks);
                prop_assert_eq!(cursor.at(now), program(schedule, &alerts, display, &Changing, now), "at {}", now);
                bookmarks = cursor.into_bookmarks();
            }
        }
    }

    /// While an alert for this display is in force, by its area, groups and as a drill, it alone is shown, from its first second to its last, on a panel that is on; without
    /// one, a panel that is on is never empty.
    #[test]
    fn an_alert_is_alone_and_a_screen_is_never_empty(town in sample_town(), moments in vec(0..90_000_i64, 1..20)) {
        let SampleTown { schedule, alerts, display, start } = &town;
        let known: Vec<&Alert> = alerts.iter().collect();
        let edges = alerts.iter().flat_map(|it| [it.common.valid.from, it.common.valid.until]).flatten();
        let about = edges.flat_map(|edge| [edge - secs(1), edge]);
        for now in moments.iter().map(|moment| *start + secs(*moment)).chain(about) {
            let program = program(schedule, &known, display, &Changing, now);
            let in_force = alerts.iter().any(|it| it.common.valid.contains(now) && is_warned(display, it));
            prop_assert_eq!(matches!(program.shown, Shown::Alert(_)), in_force);
            match &program.shown {
                Shown::Playlist { regions, .. } => {
                    let mains = regions.iter().filter(|it| it.region.main);
                    prop_assert_eq!(mains.filter(|it| it.playing.item.is_some()).count(), 1);
                }
                Shown::Alert(turn) => {
                    prop_assert!(is_warned(display, turn.alert) && turn.alert.common.valid.contains(now));
                    prop_assert_eq!(program.brightness_percent, 100);
                }
                Shown::Nothing => prop_assert!(!display.power.on.is_empty()),
            }
            let winners = program.verdicts.iter().filter(|it| it.outcome == Outcome::Plays);
            prop_assert!(winners.count() <= 1);
        }
    }

    /// By what the clock on the wall shows, in whatever a town schedules.
    #[test]
    fn advertising_never_shines_at_night_nor_in_a_cut(town in sample_town(), moments in vec(-90_000..180_000_i64, 1..60)) {
        let SampleTown { schedule, display, start, .. } = town;
        let (schedule, sold) = with_slots_of_advertisers(schedule);
        let curfews = schedule.curfews.iter().filter(|it| display.is_meant_by(&it.common)).map(|it| it.common.valid);
        let rests: Vec<Validity> = curfews.chain(display.advertising_rests.iter().copied()).collect();
        let edges = rests.iter().flat_map(|it| [it.from, it.until]).flatten();
        for now in edges.flat_map(|edge| [edge - secs(1), edge]).chain(moments.iter().map(|it| start + secs(*it))) {
            let program = program(&schedule, &[], &display, &Plenty, now);
            let Shown::Playlist { regions, .. } = &program.shown else { continue };
            let hour = now.with_timezone(&display.zone).hour();
            if (1..6).contains(&hour) || rests.iter().any(|period| period.contains(now)) {
                for item in regions.iter().filter_map(|region| region.playing.item) {
                    prop_assert!(!item.advertising && !sold.contains(&item.common.id), "{} at {}", item.common.id, now);
                }
            }
        }
    }

    /// Over any part of a window that begins with it, a campaign has its percentage of the time, give or take a slot.
    #[test]
    fn a_campaign_has_its_share(shares in vec(3..33_u8, 1..4), lengths in vec(5..30_u32, 8)) {
        let items = lengths.iter().enumerate().map(|(nr, secs)| item(&format!("i:{nr}"), *secs)).collect();
        let campaigns = shares.iter().enumerate().map(|(nr, share)| Campaign {
            common: common(&format!("c:{nr}")),
            slots: vec![Id(format!("i:{nr}"))],
            share: *share,
            ..Campaign::default()
        });
        let schedule = Schedule {
            items,
            playlists: vec![playlist("p:0", &["i:4", "i:5", "i:6", "i:7"])],
            campaigns: campaigns.collect(),
            ..Schedule::default()
        };
        let display = display(chrono_tz::UTC);
        let mut cursor = Cursor::new(&schedule, &[], &display, &Plenty);
        let begin: DateTime<Utc> = "2026-05-01T00:00:00Z".parse().unwrap();
        let mut played: BTreeMap<String, i64> = BTreeMap::new();
        let mut now = begin;
        let slot = i64::from(*lengths.iter().max().unwrap());
        while now < begin + secs(20_000) {
            let program = cursor.at(now);
            let Seen::Regions(regions) = seen(&program) else { panic!("an empty screen") };
            *played.entry(regions[0].1.clone().unwrap()).or_default() += (program.until - now).num_seconds();
            now = program.until;
            let elapsed = (now - begin).num_seconds();
            for (nr, share) in shares.iter().enumerate() {
                let own = played.get(&format!("i:{nr}")).copied().unwrap_or_default();
                let off = own * 100 - i64::from(*share) * elapsed;
                prop_assert!(off.abs() <= slot * 100, "campaign {nr} is {} s off after {elapsed} s", off / 100);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Each by itself, from its first second to its last, by its area, groups and as a drill.
    #[test]
    fn an_alert_is_for_whom_it_is_meant(alerts in alerts(DateTime::UNIX_EPOCH), shows_drills: bool, is_lost: bool) {
        let mut display = Display { shows_drills, ..display(chrono_tz::UTC) };
        if is_lost {
            (display.position, display.codes) = (None, Vec::new());
        }
        let nothing = Schedule::default();
        for alert in &alerts {
            let shown = |now| matches!(program(&nothing, &[alert], &display, &Plenty, now).shown, Shown::Alert(_));
            let until = alert.common.valid.until.unwrap();
            prop_assert_eq!(shown(until - secs(1)), is_warned(&display, alert), "{:?}", alert);
            prop_assert!(!shown(until));
        }
    }
}

/// Gives each campaign that is advertising as a whole items of its own, and says which.
fn with_slots_of_advertisers(mut schedule: Schedule) -> (Schedule, BTreeSet<Id>) {
    let mut sold = BTreeSet::new();
    for campaign in schedule.campaigns.iter_mut().filter(|campaign| campaign.advertising) {
        for slot in &mut campaign.slots {
            let Some(mut item) = schedule.items.iter().find(|item| item.common.id == *slot).cloned() else { continue };
            item.common.id = Id(format!("{} {slot}", campaign.common.id));
            slot.clone_from(&item.common.id);
            sold.insert(item.common.id.clone());
            schedule.items.push(item);
        }
    }
    (schedule, sold)
}

/// What was said to come next in a region comes, when it was said to.
fn follows(last: &Program<'_>, program: &Program<'_>) -> Result<(), TestCaseError> {
    let (Shown::Playlist { regions: before, .. }, Shown::Playlist { regions: after, .. }) =
        (&last.shown, &program.shown)
    else {
        return Ok(());
    };
    for (before, after) in before.iter().zip(after).filter(|_| last.window == program.window) {
        if before.playing != after.playing {
            prop_assert_eq!(before.next, Some(after.playing));
        }
    }
    Ok(())
}
