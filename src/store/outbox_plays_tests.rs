//! What was played, kept against a plain sum of all presentations: crashes, cuts, clocks that jump, disks that lie.

use super::outbox::*;
use super::outbox_plays::ROWS_MAX;
use crate::content::Id;
use crate::protocol::{Kind, PlayRecord, Played, Presented, RecordId, hour_of};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A folder of its own, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("parvis-plays-{}-{name}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn open(&self) -> Outbox {
        Outbox::open(&self.0, Limits::default()).unwrap()
    }

    /// What a process that is killed now leaves behind.
    fn after_a_kill(&self, name: &str) -> Self {
        let left = Self::new(name);
        for entry in ["outbox.db", "outbox.db-wal"] {
            fs::copy(self.0.join(entry), left.0.join(entry)).unwrap();
        }
        left
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000 / 3600 * 3600, 0).unwrap() + TimeDelta::minutes(minute)
}

fn presented(item: u32, minute: i64, millis: u64) -> Presented {
    let id = |kind: &str, number: u32| Id(format!("test:{kind}{number}"));
    let event = item.is_multiple_of(2).then(|| id("event", item / 2));
    let played = Played { item: id("item", item), event, playlist: Some(id("list", 0)), by: None };
    Presented { played, began: at(minute), lasted: Duration::from_millis(millis), continues: false }
}

fn records(presented: &[Presented]) -> Vec<PlayRecord> {
    presented.iter().cloned().map(PlayRecord::of).collect()
}

fn batch(number: u64) -> RecordId {
    let mut chance = [0; 10];
    chance[..8].copy_from_slice(&number.to_be_bytes());
    RecordId::new(at(0), chance)
}

/// How often, for how many milliseconds, and when first and last.
type Sum = (u64, u64, DateTime<Utc>, DateTime<Utc>);

/// By hour and by what was on.
type Sums = BTreeMap<(DateTime<Utc>, Played), Sum>;

fn sums<'a>(parts: impl Iterator<Item = (DateTime<Utc>, &'a Played, Sum)>) -> Sums {
    let mut all = Sums::new();
    for (hour, played, (plays, millis, first, last)) in parts {
        let sum = all.entry((hour, played.clone())).or_insert((0, 0, first, last));
        *sum = (sum.0 + plays, sum.1 + millis, sum.2.min(first), sum.3.max(last));
    }
    all
}

fn sums_told(plays: &[PlayRecord]) -> Sums {
    sums(plays.iter().map(|play| (play.hour, &play.played, (play.plays, play.millis, play.first, play.last))))
}

fn sums_shown(presented: &[Presented]) -> Sums {
    sums(presented.iter().map(|one| {
        let hour = DateTime::from_timestamp(one.began.timestamp() / 3600 * 3600, 0).unwrap();
        (hour, &one.played, (1, one.lasted.as_millis() as u64, one.began, one.began))
    }))
}

fn kept(folder: &Path) -> Vec<PlayRecord> {
    let kept = Outbox::look_at_plays(folder).unwrap().unwrap();
    assert_eq!(kept.damaged, 0);
    kept.plays
}

/// What waits as records, and is taken away.
fn ship(outbox: &mut Outbox, many: usize) -> Vec<PlayRecord> {
    let records = outbox.oldest(many).unwrap();
    outbox.taken(&records.iter().map(|record| record.id).collect::<Vec<_>>()).unwrap();
    assert!(records.iter().all(|record| record.kind == Kind::Play));
    records.into_iter().map(|record| serde_json::from_value(record.body).unwrap()).collect()
}

#[derive(Clone, Debug)]
enum Step {
    Show(u32, u64),
    /// The clock goes on, or jumps: minutes.
    Clock(i64),
    Keep,
    /// The disk took it and said that it had not.
    KeepAndBeDenied,
    /// Like a kill: what is on its way is lost, and the files are as they are.
    Crash,
    Restart,
    Ship(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0_u32..5, 0_u64..20_000).prop_map(|(item, millis)| Step::Show(item, millis)),
        3 => (-70_i64..200).prop_map(Step::Clock),
        4 => Just(Step::Keep),
        1 => Just(Step::KeepAndBeDenied),
        1 => Just(Step::Crash),
        1 => Just(Step::Restart),
        1 => (0_usize..5).prop_map(Step::Ship),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_presentation_that_was_kept_counts_once(steps in prop::collection::vec(step(), 1..60)) {
        let mut scratch = Scratch::new("model-0");
        let mut outbox = scratch.open();
        let (mut minute, mut lives) = (0, 0);
        let (mut pending, mut shown, mut shipped) = (Vec::new(), Vec::new(), Vec::new());
        for (number, step) in (0..).zip(steps) {
            match step {
                Step::Show(item, millis) => pending.push(presented(item, minute, millis)),
                Step::Clock(minutes) => minute += minutes,
                Step::Keep | Step::KeepAndBeDenied => {
                    let times = if matches!(step, Step::Keep) { 1 } else { 2 };
                    for _ in 0..times {
                        outbox.add_plays(batch(number), at(minute), &records(&pending)).unwrap();
                    }
                    shown.append(&mut pending);
                    let waiting = outbox.waiting().unwrap().records.get(&Kind::Play).copied().unwrap_or(0) as usize;
                    let all = kept(&scratch.0);
                    let running = &all[..all.len() - waiting];
                    prop_assert!(running.iter().all(|play| play.hour == hour_of(at(minute))), "{:?}", running);
                }
                Step::Crash => {
                    lives += 1;
                    let left = scratch.after_a_kill(&format!("model-{lives}"));
                    outbox = left.open();
                    scratch = left;
                    pending.clear();
                }
                Step::Restart => outbox = scratch.open(),
                Step::Ship(many) => shipped.append(&mut ship(&mut outbox, many)),
            }
            let told: Vec<_> = shipped.iter().cloned().chain(kept(&scratch.0)).collect();
            prop_assert_eq!(sums_told(&told), sums_shown(&shown));
        }
        prop_assert_eq!(outbox.was_set_aside(), None);
    }
}

#[test]
fn a_power_cut_leaves_the_first_batches_whole_wherever_it_tears_the_log() {
    let scratch = Scratch::new("cut");
    drop(scratch.open());
    let mut outbox = scratch.open();
    let (mut shown, mut prefixes) = (Vec::new(), vec![Sums::new()]);
    for number in 0..16_u32 {
        // The hour ends in the midst, and the clock goes back once.
        let minute = [0, 59, 61, 10][number as usize / 4];
        let plays = [presented(number % 3, minute, 8_000), presented(9, minute, 1_000 + u64::from(number))];
        outbox.add_plays(batch(number.into()), at(minute), &records(&plays)).unwrap();
        shown.extend(plays);
        prefixes.push(sums_shown(&shown));
    }
    let log = fs::metadata(scratch.0.join("outbox.db-wal")).unwrap().len();
    let mut reached = 0;
    for length in (0..=log).step_by(1_373).chain([log]) {
        let left = scratch.after_a_kill("torn");
        let torn = fs::File::options().write(true).open(left.0.join("outbox.db-wal")).unwrap();
        torn.set_len(length).unwrap();
        let mut outbox = left.open();
        assert_eq!(outbox.was_set_aside(), None, "{length}");
        let told = sums_told(&kept(&left.0));
        let whole = prefixes.iter().position(|sums| *sums == told);
        let whole = whole.unwrap_or_else(|| panic!("cut at {length} of {log}: {told:?} is no beginning of what was"));
        assert!(whole >= reached, "{length}");
        reached = whole;
    }
    assert_eq!(reached, 16, "nothing that was kept is lost with the whole log");
}

#[test]
fn more_things_than_are_told_apart_are_counted_together() {
    let scratch = Scratch::new("others");
    let mut outbox = scratch.open();
    let most = u32::try_from(ROWS_MAX).unwrap();
    let shown: Vec<_> = (0..most + 40).chain([0, most + 1]).map(|item| presented(item, 1, 500)).collect();
    outbox.add_plays(batch(1), at(1), &records(&shown)).unwrap();
    let plays = kept(&scratch.0);
    assert_eq!(plays.len(), most as usize + 1);
    assert_eq!(plays.iter().map(|play| play.plays).sum::<u64>(), u64::from(most) + 42);
    let of = |played: &Played| plays.iter().find(|play| play.played == *played).unwrap().plays;
    assert_eq!((of(&shown[0].played), of(&Played::others())), (2, 41));
}

#[test]
fn an_hour_that_is_over_becomes_records_and_one_that_comes_again_further_ones() {
    let scratch = Scratch::new("over");
    let mut outbox = scratch.open();
    let mut keep = |number, now, shown: &[Presented]| {
        outbox.add_plays(batch(number), at(now), &records(shown)).unwrap();
        outbox.oldest(9).unwrap()
    };
    assert_eq!(keep(1, 10, &[presented(1, 10, 8_000)]), []);
    assert_eq!(keep(2, 20, &[presented(1, 20, 8_000)]), []);
    keep(3, 60, &[]);
    let waiting = keep(4, 60, &[presented(1, 59, 8_000)]);
    let told: Vec<_> = waiting.iter().map(|record| (record.at, &record.body["plays"])).collect();
    assert_eq!(told, [(at(60), &2.into()), (at(60), &1.into())]);
    let (first, again) = (&waiting[0], &waiting[1]);
    assert_eq!(first.body["hour"], again.body["hour"]);
    assert_ne!(first.id, again.id, "the receiver would take the second for the first");
}

#[test]
fn a_flipped_bit_in_an_hour_costs_that_row_alone() {
    let scratch = Scratch::new("bit");
    let mut outbox = scratch.open();
    let shown = [presented(1, 1, 8_000), presented(3, 1, 8_000)];
    outbox.add_plays(batch(1), at(1), &records(&shown)).unwrap();
    drop(outbox);
    let path = scratch.0.join(OUTBOX);
    let mut bytes = fs::read(&path).unwrap();
    let damage = bytes.windows(14).rposition(|window| window == br#""millis":8000,"#).unwrap();
    bytes[damage + 9] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert_eq!(Outbox::look(&scratch.0).unwrap().unwrap().damaged, 1);
    assert_eq!(Outbox::look_at_plays(&scratch.0).unwrap().unwrap().damaged, 1);
    let mut outbox = scratch.open();
    outbox.add_plays(batch(2), at(2), &records(&shown)).unwrap();
    let mut counted: Vec<_> = kept(&scratch.0).iter().map(|play| play.plays).collect();
    counted.sort_unstable();
    assert_eq!((counted, outbox.waiting().unwrap().damaged), (vec![1, 2], 1));
}

#[test]
fn an_outbox_of_a_program_that_knows_no_hours_is_looked_at_and_used_on() {
    let scratch = Scratch::new("older");
    let mut outbox = scratch.open();
    outbox.add_plays(batch(1), at(1), &records(&[presented(1, 1, 8_000)])).unwrap();
    outbox.add_plays(batch(2), at(61), &[]).unwrap();
    drop(outbox);
    let older = rusqlite::Connection::open(scratch.0.join(OUTBOX)).unwrap();
    older.execute_batch("DROP TABLE plays; DROP TABLE last_plays").unwrap();
    drop(older);
    assert_eq!(kept(&scratch.0).len(), 1);
    assert_eq!(Outbox::look(&scratch.0).unwrap().unwrap().damaged, 0);
    let mut outbox = scratch.open();
    assert_eq!(outbox.was_set_aside(), None);
    outbox.add_plays(batch(3), at(62), &records(&[presented(1, 62, 8_000)])).unwrap();
    assert_eq!(kept(&scratch.0).len(), 2);
}
