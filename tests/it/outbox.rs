//! The outbox of a display that is killed while it writes: what was taken is told, and counted once.

use parvis::protocol::{Batch, Kind, Ledger, Record, RecordId, take};
use parvis::store::{Limits, Outbox, Pushed};
use proptest::prelude::Rng;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Set for the program that writes until it is killed.
const STORE: &str = "PARVIS_TEST_OUTBOX_STORE";

/// A hub that keeps everything, and says how often it was told each thing.
#[derive(Default)]
struct Hub {
    counted: BTreeMap<RecordId, u32>,
    came: BTreeMap<RecordId, u32>,
}

impl Ledger for Hub {
    type Error = std::convert::Infallible;

    fn keep(&mut self, record: &Record) -> Result<bool, Self::Error> {
        *self.came.entry(record.id).or_default() += 1;
        let new = !self.counted.contains_key(&record.id);
        if new {
            *self.counted.entry(record.id).or_default() += 1;
        }
        Ok(new)
    }
}

/// Not a test of its own: the program that is killed. It says what it is about to push, and what has been kept.
#[test]
fn writes_until_it_is_killed() {
    let Some(store) = std::env::var_os(STORE) else { return };
    let mut outbox = Outbox::open(Path::new(&store), Limits::default()).unwrap();
    let at = chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let mut out = std::io::stdout().lock();
    for number in 0_u32.. {
        let mut chance = [0; 10];
        chance[..4].copy_from_slice(&number.to_be_bytes());
        chance[4..8].copy_from_slice(&std::process::id().to_be_bytes());
        let kind = Kind::ALL[number as usize % 5];
        let record =
            Record { id: RecordId::new(at, chance), at, kind, body: "x".repeat(number as usize % 3_000).into() };
        writeln!(out, "\ntry {}", record.id).unwrap();
        assert_eq!(outbox.push(&record).unwrap(), Pushed::Kept);
        writeln!(out, "\nkept {}", record.id).unwrap();
    }
}

fn spawn_writer(store: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "outbox::writes_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(STORE, store)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// One display: what it said, and its outbox as `sync` sees it.
struct Display {
    store: PathBuf,
    tried: Vec<RecordId>,
    kept: Vec<RecordId>,
}

impl Display {
    /// Runs the writer until it has kept `many` records, ships meanwhile, and kills it wherever it is then.
    fn live(&mut self, many: usize, hub: &mut Hub, mut receipt_is_lost: impl FnMut() -> bool) {
        let mut writer = spawn_writer(&self.store);
        let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut sync = None;
        let mut since = 0;
        while since < many {
            let line = lines.next().expect("the writer ended by itself");
            since += usize::from(self.note(&line));
            if since == many / 2 && sync.is_none() {
                sync = Some(Outbox::open(&self.store, Limits::default()).unwrap());
            }
            if let Some(sync) = &mut sync {
                ship(sync, hub, receipt_is_lost());
            }
        }
        // SIGKILL: it is told nothing and tidies nothing up.
        writer.kill().unwrap();
        writer.wait().unwrap();
        for line in lines {
            self.note(&line);
        }
    }

    /// Whether a line says that something was kept.
    fn note(&mut self, line: &str) -> bool {
        let id = |word| line.strip_prefix(word).and_then(RecordId::parse);
        self.tried.extend(id("try "));
        self.kept.extend(id("kept "));
        id("kept ").is_some()
    }
}

fn ship(sync: &mut Outbox, hub: &mut Hub, receipt_is_lost: bool) -> usize {
    let batch = Batch { records: sync.oldest(7).unwrap() };
    let Ok(taken) = take(&batch, hub);
    if !receipt_is_lost {
        sync.taken(&taken.receipt.taken).unwrap();
    }
    batch.records.len()
}

#[test]
fn a_killed_display_loses_nothing_that_was_kept_and_nothing_is_counted_twice() {
    let store = std::env::temp_dir().join(format!("parvis-killed-{}", std::process::id()));
    std::fs::create_dir_all(&store).unwrap();
    let mut display = Display { store: store.clone(), tried: Vec::new(), kept: Vec::new() };
    let mut hub = Hub::default();
    let seed = RngSeed::Fixed(3);
    let mut runner = TestRunner::new(Config { rng_seed: seed, failure_persistence: None, ..Config::default() });
    for _ in 0..15 {
        let many = 1 + (runner.rng().next_u32() % 30) as usize;
        let mut rng = runner.new_rng();
        display.live(many, &mut hub, || rng.next_u32().is_multiple_of(3));
    }
    let mut sync = Outbox::open(&store, Limits::default()).unwrap();
    assert_eq!(sync.was_set_aside(), None);
    while ship(&mut sync, &mut hub, false) > 0 {}
    std::fs::remove_dir_all(&store).unwrap();
    assert!(display.kept.len() >= 15, "{}", display.kept.len());
    for id in &display.kept {
        assert!(hub.counted.contains_key(id), "{id} was kept and never told");
    }
    for id in hub.counted.keys() {
        assert!(display.tried.contains(id), "{id} was never pushed");
    }
    assert!(hub.counted.values().all(|times| *times == 1));
    assert!(hub.came.values().any(|times| *times > 1), "no receipt was lost: this test does not try what it should");
}
