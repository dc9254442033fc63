//! What a display played, and is killed while it keeps it: each batch counts whole and once, or is the one that was being
//! kept and does not count at all; and it comes to the hub as it was.

use parvis::content::Id;
use parvis::hub::records::Records;
use parvis::protocol::{Batch, Kind, Ledger, PlayRecord, Played, Presented, Record, RecordId, take};
use parvis::store::{Limits, Outbox};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// Set for the program that keeps plays until it is killed.
const STORE: &str = "PARVIS_TEST_PLAYS_STORE";

/// In each batch one presentation of this, beside those of something that no other batch has.
const ALWAYS: &str = "test:always";

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap() + TimeDelta::minutes(minute)
}

fn play(item: &str, minute: i64) -> PlayRecord {
    let played =
        Played { item: Id(item.to_owned()), event: None, playlist: Some(Id("test:list".to_owned())), by: None };
    PlayRecord::of(Presented { played, began: at(minute), lasted: Duration::from_millis(8_016), continues: false })
}

/// Not a test of its own: the program that is killed. It says what it is about to keep, and what has been kept.
#[test]
fn plays_until_it_is_killed() {
    let Some(store) = std::env::var_os(STORE) else { return };
    let mut outbox = Outbox::open(Path::new(&store), Limits::default()).unwrap();
    let mut out = std::io::stdout().lock();
    for number in 0_u32.. {
        // An hour has six batches, and each life begins with the same hours.
        let minute = i64::from(number) * 10;
        let mut chance = [0; 10];
        chance[..4].copy_from_slice(&number.to_be_bytes());
        chance[4..8].copy_from_slice(&std::process::id().to_be_bytes());
        let item = format!("test:{}:{number}", std::process::id());
        let plays = [play(&item, minute), play(ALWAYS, minute), play(&item, minute)];
        writeln!(out, "\ntry {item}").unwrap();
        outbox.add_plays(RecordId::new(at(minute), chance), at(minute), &plays).unwrap();
        writeln!(out, "\nkept {item}").unwrap();
    }
}

/// A hub that keeps each record once.
#[derive(Default)]
struct Hub(BTreeMap<RecordId, PlayRecord>);

impl Ledger for Hub {
    type Error = std::convert::Infallible;

    fn keep(&mut self, record: &Record) -> Result<bool, Self::Error> {
        let play = serde_json::from_value(record.body.clone()).unwrap();
        Ok(self.0.insert(record.id, play).is_none())
    }
}

/// Some records go to the hub, and every other receipt is lost.
fn ship(outbox: &mut Outbox, hub: &mut Hub, receipt_is_lost: bool) -> bool {
    let batch = Batch { records: outbox.oldest(5).unwrap() };
    let Ok(taken) = take(&batch, hub);
    if !receipt_is_lost {
        outbox.taken(&taken.receipt.taken).unwrap();
    }
    !batch.records.is_empty()
}

#[derive(Default)]
struct Told {
    tried: BTreeSet<String>,
    kept: BTreeSet<String>,
}

impl Told {
    fn note(&mut self, line: &str) {
        self.tried.extend(line.strip_prefix("try ").map(str::to_owned));
        self.kept.extend(line.strip_prefix("kept ").map(str::to_owned));
    }
}

/// Runs the program until it has kept so many batches, ships meanwhile, and kills it wherever it is then.
fn live(store: &Path, many: usize, told: &mut Told, hub: &mut Hub) {
    let mut player = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "plays::plays_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(STORE, store)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(player.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut sync = Outbox::open(store, Limits::default()).unwrap();
    let enough = told.kept.len() + many;
    while told.kept.len() < enough {
        told.note(&lines.next().expect("the program ended by itself"));
        ship(&mut sync, hub, told.tried.len().is_multiple_of(2));
    }
    player.kill().unwrap();
    player.wait().unwrap();
    lines.for_each(|line| told.note(&line));
}

struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("parvis-played-{}-{name}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

#[test]
fn a_killed_display_counts_every_batch_that_was_kept_once_and_whole() {
    let scratch = Scratch::new("killed");
    let (mut told, mut hub) = (Told::default(), Hub::default());
    for life in 0..12 {
        live(&scratch.0, 3 + life * 2, &mut told, &mut hub);
    }
    let mut outbox = Outbox::open(&scratch.0, Limits::default()).unwrap();
    assert_eq!(outbox.was_set_aside(), None);
    // Long after all hours.
    outbox.add_plays(RecordId::new(at(0), [0xff; 10]), at(100_000), &[]).unwrap();
    while ship(&mut outbox, &mut hub, false) {}
    let mut counted: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for play in hub.0.values() {
        let sum = counted.entry(play.played.item.as_str()).or_default();
        *sum = (sum.0 + play.plays, sum.1 + play.millis);
    }
    let always = counted.remove(ALWAYS).unwrap();
    assert_eq!(always, (counted.len() as u64, counted.len() as u64 * 8_016), "a batch was kept by halves");
    for (item, counted) in &counted {
        assert_eq!(*counted, (2, 16_032), "{item}");
        assert!(told.tried.contains(*item), "{item} was never played");
    }
    for item in &told.kept {
        assert!(counted.contains_key(item.as_str()), "{item} was kept and never told");
    }
}

#[test]
fn what_was_played_is_at_the_hub_as_it_was_here() {
    let scratch = Scratch::new("hub");
    let mut outbox = Outbox::open(&scratch.0, Limits::default()).unwrap();
    let mut plays = [play("test:1", 0), play("test:\"é\" \u{1f3ad}", 1)];
    plays[1].played.event = Some(Id("oa:7".to_owned()));
    plays[1].played.by = Some(Id("test:entry".to_owned()));
    outbox.add_plays(RecordId::new(at(0), [1; 10]), at(0), &plays).unwrap();
    outbox.add_plays(RecordId::new(at(0), [2; 10]), at(600), &[]).unwrap();
    let batch = Batch { records: outbox.oldest(9).unwrap() };
    let sent: Batch = serde_json::from_slice(&serde_json::to_vec(&batch).unwrap()).unwrap();
    Records::open(&scratch.0, 64).unwrap().take(&sent).unwrap();
    let kept = rusqlite::Connection::open(scratch.0.join("records.db")).unwrap();
    let mut bodies = kept.prepare("SELECT kind, body FROM records").unwrap();
    let bodies = bodies.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    let mut there: Vec<PlayRecord> = bodies
        .map(Result::unwrap)
        .inspect(|(kind, _)| assert_eq!(kind, Kind::Play.name()))
        .map(|(_, body)| serde_json::from_str(&body).unwrap())
        .collect();
    there.sort_by_key(|play| play.first);
    assert_eq!(there, plays);
}
