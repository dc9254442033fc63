//! What stands on a panel while what it is made of is replaced.

use super::sample_towns::{Changing, Plenty, SampleTown, common, display, entry, item, playlist, sample_town};
use super::{Cursor, Offer, Playing, Program, Shown, Stock, Turn, program};
use crate::content::*;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::collection::vec;
use proptest::prelude::*;

fn secs(count: i64) -> TimeDelta {
    TimeDelta::seconds(count)
}

fn shown_by<'a>(
    playing: &mut Playing,
    schedule: &'a Schedule,
    stock: &'a dyn Stock,
    display: &'a super::Display,
    now: DateTime<Utc>,
) -> Program<'a> {
    playing.at(&mut Cursor::new(schedule, &[], display, stock), now)
}

fn turns<'a>(program: &Program<'a>) -> Vec<Turn<'a>> {
    match &program.shown {
        Shown::Playlist { regions, .. } => regions.iter().map(|region| region.playing).collect(),
        _ => Vec::new(),
    }
}

/// The same slots in another order, and longer: every slide that plays may still be shown.
fn rearranged(schedule: &Schedule, by: usize) -> Schedule {
    let mut schedule = schedule.clone();
    let lists = schedule.playlists.iter_mut().map(|it| &mut it.slots);
    for slots in lists.chain(schedule.campaigns.iter_mut().map(|it| &mut it.slots)) {
        let by = by.min(slots.len());
        slots.rotate_left(by);
    }
    for item in &mut schedule.items {
        item.duration_secs = item.duration_secs.map(|secs| secs + by as u32 * 3);
    }
    schedule
}

/// Something else altogether, in what plays and in what there is to show.
fn edited(town: &SampleTown, other: &SampleTown, nr: usize) -> Schedule {
    let mut schedule = rearranged(&town.schedule, nr);
    match nr % 4 {
        0 => drop(schedule.items.remove(nr)),
        1 => schedule.entries.clone_from(&other.schedule.entries),
        2 => schedule.campaigns.clone_from(&other.schedule.campaigns),
        _ => schedule.playlists.clone_from(&other.schedule.playlists),
    }
    schedule
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn where_nothing_is_replaced_it_is_the_program(town in sample_town(), jumps in vec(-90_000..180_000_i64, 1..20)) {
        let SampleTown { schedule, alerts, display, start } = &town;
        let alerts: Vec<&Alert> = alerts.iter().collect();
        let mut cursor = Cursor::new(schedule, &alerts, display, &Changing);
        let mut playing = Playing::default();
        for jump in jumps {
            for step in [0, 1, 40, 7] {
                let now = *start + secs(jump + step);
                let due = program(schedule, &alerts, display, &Changing, now);
                prop_assert_eq!(cursor.ahead(due.until), program(schedule, &alerts, display, &Changing, due.until));
                prop_assert_eq!(playing.at(&mut cursor, now), due, "at {}", now);
            }
        }
    }

    #[test]
    fn a_slide_that_may_still_be_shown_stands_to_its_end(
        town in sample_town(), moment in 0..90_000_i64, late in 0..60_i64, by in 0..5_usize,
    ) {
        let SampleTown { schedule, display, start, .. } = &town;
        let replaced = rearranged(schedule, by);
        let mut playing = Playing::default();
        let seen = shown_by(&mut playing, schedule, &Plenty, display, *start + secs(moment));
        let now = *start + secs(moment + late);
        prop_assume!(now < seen.until);
        let after = shown_by(&mut playing, &replaced, &Plenty, display, now);
        let stands = |turn: &Turn<'_>| (turn.item.map(|it| it.common.id.clone()), turn.which, turn.begins, turn.ends);
        let (before, held) = (turns(&seen), turns(&after));
        prop_assert_eq!(before.len(), held.len());
        for (before, held) in before.iter().zip(&held).filter(|(before, _)| before.item.is_some()) {
            prop_assert_eq!(stands(before), stands(held));
        }
        prop_assert!(after.until > now && held.iter().all(|turn| after.until <= turn.ends));
        // What was said to come next comes.
        let Shown::Playlist { regions, .. } = &after.shown else { return Ok(()) };
        let then = shown_by(&mut playing, &replaced, &Plenty, display, after.until);
        for (region, turn) in regions.iter().zip(turns(&then)) {
            if region.playing.ends == after.until && after.until < after.window.end {
                prop_assert_eq!(region.next, Some(turn));
            }
        }
    }

    #[test]
    fn displays_agree_when_the_last_of_them_has_ended_its_slide(
        (town, other) in (sample_town(), sample_town()),
        moment in 0..90_000_i64, (one, two) in (0..300_i64, 0..300_i64), nr in 0..7_usize, looks in vec(0..600_i64, 1..30),
    ) {
        const LONGEST_SECS: i64 = 80;
        let SampleTown { schedule, display, start, .. } = &town;
        let replaced = edited(&town, &other, nr);
        let begin = *start + secs(moment);
        let mut looks = looks;
        looks.extend([one, two, one.max(two) + LONGEST_SECS, 600]);
        looks.sort_unstable();
        for replaced_at in [one, two] {
            let mut playing = Playing::default();
            for look in &looks {
                let now = begin + secs(*look);
                if *look < replaced_at {
                    shown_by(&mut playing, schedule, &Plenty, display, now);
                    continue;
                }
                let seen = shown_by(&mut playing, &replaced, &Changing, display, now);
                prop_assert!(seen.until > now);
                if *look >= one.max(two) + LONGEST_SECS {
                    prop_assert_eq!(seen, program(&replaced, &[], display, &Changing, now), "at {}", now);
                }
            }
        }
    }
}

const NOON: &str = "2026-05-01T12:00:00Z";

/// A playlist of two, of which the first plays at noon for twenty seconds.
fn two_slides() -> Schedule {
    Schedule {
        items: vec![item("i:1", 20), item("i:2", 20)],
        playlists: vec![playlist("p:1", &["i:1", "i:2"])],
        ..Schedule::default()
    }
}

fn main_item(program: &Program<'_>) -> (String, DateTime<Utc>) {
    match &program.shown {
        Shown::Playlist { regions, .. } => {
            (regions[0].playing.item.map(|it| it.common.id.0.clone()).unwrap_or_default(), program.until)
        }
        shown => (format!("{shown:?}"), program.until),
    }
}

#[test]
fn what_is_gone_is_cut_at_once() {
    let noon: DateTime<Utc> = NOON.parse().unwrap();
    let (schedule, display) = (two_slides(), display(chrono_tz::UTC));
    let mut playing = Playing::default();
    assert_eq!(main_item(&shown_by(&mut playing, &schedule, &Plenty, &display, noon)).0, "i:1");

    let mut moved = schedule.clone();
    moved.playlists[0].slots.rotate_left(1);
    let held = shown_by(&mut playing.clone(), &moved, &Plenty, &display, noon + secs(5));
    assert_eq!(main_item(&held), ("i:1".to_owned(), noon + secs(20)), "scheduled as before, at another time");

    let mut dropped = moved.clone();
    dropped.items.remove(0);
    assert_eq!(main_item(&shown_by(&mut playing.clone(), &dropped, &Plenty, &display, noon + secs(5))).0, "i:2");

    let mut urgent = schedule.clone();
    urgent.playlists.push(playlist("p:2", &["i:2"]));
    urgent.entries.push(ScheduleEntry { level: Level::Interrupt, ..entry("s:1", "p:2") });
    assert_eq!(main_item(&shown_by(&mut playing.clone(), &urgent, &Plenty, &display, noon + secs(5))).0, "i:2");

    let missing = Missing("i:1");
    assert_eq!(main_item(&shown_by(&mut playing.clone(), &schedule, &missing, &display, noon + secs(5))).0, "i:2");

    let warning = Alert { common: common("w:1"), ..Alert::default() };
    let warned = playing.at(&mut Cursor::new(&moved, &[&warning], &display, &Plenty), noon + secs(5));
    assert!(matches!(warned.shown, Shown::Alert(_)));
    let over = shown_by(&mut playing, &moved, &Plenty, &display, noon + secs(6));
    assert_eq!(over, program(&moved, &[], &display, &Plenty, noon + secs(6)), "nothing is taken up again");
}

/// One picture could not be read.
struct Missing(&'static str);

impl Stock for Missing {
    fn offer(&self, item: &PlaylistItem, nth: usize, at: DateTime<Utc>) -> Option<Offer> {
        Plenty.offer(item, nth, at).filter(|_| item.common.id.as_str() != self.0)
    }

    fn alert_secs(&self, _: &Alert, _: &str) -> u32 {
        10
    }
}

#[test]
fn an_event_is_followed_to_its_new_place() {
    let noon: DateTime<Utc> = NOON.parse().unwrap();
    let (mut schedule, display) = (two_slides(), display(chrono_tz::UTC));
    schedule.items[0].show = Show::Events { filter: EventFilter::default(), count: 2 };
    let found = |ids: &[&str]| Found(ids.iter().map(|id| Id((*id).to_owned())).collect());
    let (before, moved, over) = (found(&["e:1", "e:2", "e:3"]), found(&["e:0", "e:9", "e:1", "e:2"]), found(&["e:1"]));
    let mut playing = Playing::default();
    shown_by(&mut playing, &schedule, &before, &display, noon);
    // The second of the two, which ends at forty seconds.
    let second = noon + secs(25);
    let which = |program: &Program<'_>| (turns(program)[0].which, turns(program)[0].begins, turns(program)[0].ends);
    let stands = (noon + secs(20), noon + secs(40));
    assert_eq!(which(&shown_by(&mut playing, &schedule, &before, &display, second)), (1, stands.0, stands.1));
    assert_eq!(which(&shown_by(&mut playing.clone(), &schedule, &moved, &display, second)), (3, stands.0, stands.1));
    let gone = shown_by(&mut playing, &schedule, &over, &display, second);
    assert_eq!(main_item(&gone).0, "i:2", "an event that is found no more is cut");
}

/// What every filter finds.
struct Found(Vec<Id>);

impl Stock for Found {
    fn offer(&self, item: &PlaylistItem, nth: usize, at: DateTime<Utc>) -> Option<Offer> {
        let offer = Plenty.offer(item, nth, at)?;
        Some(Offer { slides: self.0.len(), which: nth % self.0.len(), ..offer })
    }

    fn subject(&self, item: &PlaylistItem, which: usize, _: DateTime<Utc>) -> Option<&Id> {
        self.0.get(which).filter(|_| matches!(item.show, Show::Events { .. }))
    }

    fn alert_secs(&self, _: &Alert, _: &str) -> u32 {
        10
    }
}
