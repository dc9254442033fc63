//! The outbox against a slow obvious model, and against damage.

use super::outbox::*;
use crate::protocol::{Kind, Record, RecordId};
use chrono::DateTime;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// A folder of its own, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("parvis-outbox-{}-{name}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn open(&self, limits: Limits) -> Outbox {
        Outbox::open(&self.0, limits).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn record(number: u8, kind: Kind, length: usize) -> Record {
    let at = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    Record { id: RecordId::new(at, [number; 10]), at, kind, body: "x".repeat(length).into() }
}

fn size(record: &Record) -> u64 {
    serde_json::to_string(record).unwrap().len() as u64
}

/// The rule as one would say it: the new one joins, and what counts least, and of that the oldest, goes until the rest
/// fits. When that is the new one itself, or when only answers are left, it is refused and all stays as it was.
#[derive(Clone, Default)]
struct Model {
    records: Vec<Record>,
    given_up: BTreeMap<Kind, u64>,
}

impl Model {
    fn push(&mut self, record: Record, limits: Limits) -> Pushed {
        if self.records.iter().any(|other| other.id == record.id) {
            return Pushed::Kept;
        }
        let (before, id, kind) = (self.clone(), record.id, record.kind);
        self.records.push(record);
        while self.records.len() as u64 > limits.records || self.records.iter().map(size).sum::<u64>() > limits.bytes {
            let least = self.records.iter().enumerate().filter(|(_, one)| one.kind != Kind::Answer);
            let least = least.min_by_key(|(at, one)| (one.kind, *at)).map(|(at, _)| at);
            match least.map(|at| self.records.remove(at)) {
                Some(gone) if gone.id != id => *self.given_up.entry(gone.kind).or_default() += 1,
                _ => {
                    *self = before;
                    *self.given_up.entry(kind).or_default() += 1;
                    return Pushed::Refused;
                }
            }
        }
        Pushed::Kept
    }
}

#[derive(Clone, Debug)]
enum Step {
    Push(u8, Kind, usize),
    Take(usize),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let kind = prop::sample::select(Kind::ALL.to_vec());
    prop_oneof![
        12 => (any::<u8>(), kind, 0_usize..400).prop_map(|(number, kind, length)| Step::Push(number, kind, length)),
        2 => (0_usize..4).prop_map(Step::Take),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_keeps_what_the_model_keeps(steps in prop::collection::vec(step(), 1..60), records in 1_u64..12) {
        let scratch = Scratch::new("model");
        let limits = Limits { records, bytes: 2_000 };
        let mut outbox = scratch.open(limits);
        let mut model = Model::default();
        for step in steps {
            match step {
                Step::Push(number, kind, length) => {
                    let record = record(number, kind, length);
                    prop_assert_eq!(outbox.push(&record).unwrap(), model.push(record, limits));
                }
                Step::Take(many) => {
                    let ids: Vec<_> = outbox.oldest(many).unwrap().iter().map(|record| record.id).collect();
                    prop_assert_eq!(outbox.taken(&ids).unwrap(), ids.len());
                    prop_assert_eq!(outbox.taken(&ids).unwrap(), 0);
                    model.records.drain(..ids.len());
                }
                Step::Reopen => outbox = scratch.open(limits),
            }
            prop_assert_eq!(&outbox.oldest(100).unwrap(), &model.records);
        }
        let waiting = outbox.waiting().unwrap();
        prop_assert_eq!(waiting.bytes, model.records.iter().map(size).sum::<u64>());
        prop_assert_eq!(waiting.records.values().sum::<u64>(), model.records.len() as u64);
        prop_assert_eq!(waiting.given_up, model.given_up);
        prop_assert_eq!(waiting.damaged, 0);
    }
}

#[test]
fn an_answer_is_never_given_up_and_the_caller_learns_what_was_refused() {
    let scratch = Scratch::new("answers");
    let mut outbox = scratch.open(Limits { records: 2, ..Limits::default() });
    for number in [1, 2] {
        assert_eq!(outbox.push(&record(number, Kind::Answer, 1)).unwrap(), Pushed::Kept);
    }
    for kind in Kind::ALL {
        assert_eq!(outbox.push(&record(9, kind, 1)).unwrap(), Pushed::Refused);
    }
    assert_eq!(outbox.waiting().unwrap().records, BTreeMap::from([(Kind::Answer, 2)]));
}

#[test]
fn a_batch_is_bounded_in_bytes_and_a_record_too() {
    let scratch = Scratch::new("bytes");
    let mut outbox = scratch.open(Limits::default());
    for number in 0..20 {
        outbox.push(&record(number, Kind::Play, Record::BYTES_MAX - 200)).unwrap();
    }
    let batch = outbox.oldest(100).unwrap();
    assert!((2..=8).contains(&batch.len()), "{}", batch.len());
    assert!(matches!(outbox.push(&record(99, Kind::Play, Record::BYTES_MAX)), Err(OutboxError::TooLarge(_))));
}

#[test]
fn any_damage_is_set_aside_told_of_and_begun_anew() {
    let damages: [(&str, fn(&PathBuf)); 6] = [
        ("garbage", |path| fs::write(path, [0x5a; 9_000]).unwrap()),
        ("half", |path| fs::File::options().write(true).open(path).unwrap().set_len(6_000).unwrap()),
        ("zeros", |path| fs::write(path, vec![0; fs::metadata(path).unwrap().len() as usize]).unwrap()),
        ("a folder", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
            fs::write(path.join("x"), "x").unwrap();
        }),
        ("another database", |path| {
            fs::remove_file(path).unwrap();
            rusqlite::Connection::open(path).unwrap().execute_batch("CREATE TABLE records (x)").unwrap();
        }),
        ("a broken page", |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[4_096..4_200].fill(0xff);
            fs::write(path, bytes).unwrap();
        }),
    ];
    for (name, damage) in damages {
        let scratch = Scratch::new("damage");
        let mut outbox = scratch.open(Limits::default());
        for number in 0..30 {
            outbox.push(&record(number, Kind::Play, 300)).unwrap();
        }
        drop(outbox);
        damage(&scratch.0.join(OUTBOX));
        assert!(Outbox::look(&scratch.0).is_err(), "{name}");
        for again in [false, true] {
            let mut outbox = scratch.open(Limits::default());
            assert_eq!(outbox.was_set_aside().is_some(), !again, "{name}");
            assert_eq!(outbox.was_set_aside(), None, "{name}: told once");
            assert_eq!(outbox.push(&record(77, Kind::Status, 1)).unwrap(), Pushed::Kept, "{name}");
            assert_eq!(outbox.oldest(9).unwrap().len(), 1, "{name}");
        }
        assert!(scratch.0.join("outbox.db.damaged").exists(), "{name}");
    }
}

#[test]
fn a_flipped_bit_in_a_record_costs_that_record_alone() {
    let scratch = Scratch::new("bit");
    let mut outbox = scratch.open(Limits::default());
    for (number, letter) in [(1, "first"), (2, "second"), (3, "third")] {
        outbox.push(&Record { body: letter.into(), ..record(number, Kind::Play, 1) }).unwrap();
    }
    drop(outbox);
    let path = scratch.0.join(OUTBOX);
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(6).position(|window| window == b"second").unwrap();
    bytes[at] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert_eq!(Outbox::look(&scratch.0).unwrap().unwrap().damaged, 1);
    let mut outbox = scratch.open(Limits::default());
    let told: Vec<_> = outbox.oldest(9).unwrap().into_iter().map(|record| record.body).collect();
    assert_eq!(told, ["first", "third"]);
    assert_eq!((outbox.waiting().unwrap().damaged, outbox.was_set_aside()), (1, None));
}

#[test]
fn two_programs_share_it_and_one_that_begins_anew_takes_the_other_along() {
    let scratch = Scratch::new("two");
    let (mut player, mut sync) = (scratch.open(Limits::default()), scratch.open(Limits::default()));
    player.push(&record(1, Kind::Play, 1)).unwrap();
    assert_eq!(sync.oldest(9).unwrap().len(), 1);
    let first = file_at(&scratch.0.join(OUTBOX));
    player.begin_anew(first, "a test".to_owned()).unwrap();
    player.push(&record(2, Kind::Play, 1)).unwrap();
    assert_eq!(sync.oldest(9).unwrap(), [record(2, Kind::Play, 1)]);
    sync.begin_anew(first, "found damaged before the other had begun anew".to_owned()).unwrap();
    assert_eq!(sync.was_set_aside(), None);
    assert_eq!(sync.oldest(9).unwrap(), [record(2, Kind::Play, 1)]);
}

#[test]
fn many_that_find_it_damaged_at_once_begin_it_anew_once() {
    for _ in 0..20 {
        let scratch = Scratch::new("many");
        fs::write(scratch.0.join(OUTBOX), [0x5a; 9_000]).unwrap();
        let begin = std::sync::Barrier::new(4);
        let set_aside: usize = std::thread::scope(|scope| {
            let one = |number| {
                let (scratch, begin) = (&scratch, &begin);
                scope.spawn(move || {
                    begin.wait();
                    let mut outbox = scratch.open(Limits::default());
                    assert_eq!(outbox.push(&record(number, Kind::Play, 1)).unwrap(), Pushed::Kept);
                    usize::from(outbox.was_set_aside().is_some())
                })
            };
            [1, 2, 3, 4].map(one).into_iter().map(|done| done.join().unwrap()).sum()
        });
        assert_eq!(set_aside, 1);
        assert_eq!(scratch.open(Limits::default()).oldest(9).unwrap().len(), 4);
    }
}
