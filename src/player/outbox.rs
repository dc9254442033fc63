//! What the player has to tell the town: handed to one thread that keeps it in the outbox of the store.

use super::plays::Plays;
use crate::protocol::{Counts, Kind, Presented, Record, RecordId};
use crate::publication::Digest;
use crate::store::{self, Limits, Pushed};
use bevy::prelude::*;
use chrono::{DateTime, Utc};
use rand::TryRng;
use rand::rngs::SysRng;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Records on their way to the thread. A disk that takes seconds for a write costs records, never a frame.
const ON_THE_WAY_MAX: usize = 256;
/// Records that the thread holds while the disk does not take them.
const HELD_MAX: usize = 256;
/// How long after a failure the disk is tried again.
const RETRY: Duration = Duration::from_secs(30);

/// What the thread is handed.
enum Order {
    /// Something to tell, and when it was.
    Record(DateTime<Utc>, Kind, Value),
    Play(Presented),
}

/// The way to the outbox. What was handed in before the last copy is dropped is still written.
#[derive(Resource, Clone)]
pub struct Outbox(Arc<Way>);

struct Way {
    orders: Option<SyncSender<Order>>,
    /// What found no room on the way.
    dropped: Arc<AtomicU64>,
    thread: Option<JoinHandle<()>>,
}

impl Outbox {
    /// Starts the thread that keeps records in the store in `folder`.
    ///
    /// # Errors
    /// When there is no room for a thread.
    pub fn start(folder: PathBuf) -> std::io::Result<Self> {
        let (orders, inbox) = sync_channel(ON_THE_WAY_MAX);
        let dropped = Arc::new(AtomicU64::new(0));
        let writer = Writer::new(folder, dropped.clone());
        let thread = std::thread::Builder::new().name("outbox".to_owned()).spawn(move || writer.run(&inbox))?;
        Ok(Self(Arc::new(Way { orders: Some(orders), dropped, thread: Some(thread) })))
    }

    /// Tells something. It never waits.
    pub fn tell(&self, at: DateTime<Utc>, kind: Kind, body: Value) {
        self.order(Order::Record(at, kind, body));
    }

    /// Tells of a presentation that has ended. It never waits; within a minute it is written, and at the end.
    pub fn tell_play(&self, presented: Presented) {
        self.order(Order::Play(presented));
    }

    fn order(&self, order: Order) {
        let taken = self.0.orders.as_ref().is_some_and(|orders| orders.try_send(order).is_ok());
        if !taken {
            self.0.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// That the player has started.
    pub fn tell_started(&self, at: DateTime<Utc>, display: &str) {
        let body = json!({"started": true, "display": display, "parvis": env!("CARGO_PKG_VERSION")});
        self.tell(at, Kind::Status, body);
    }

    /// Tells of damaged objects as long as the player has its outbox: whoever holds this does not keep it open.
    pub fn telling_damaged<N: Fn() -> DateTime<Utc> + Send>(&self, now: N) -> impl Fn(Digest) + Send + use<N> {
        let way = Arc::downgrade(&self.0);
        move |object| {
            if let Some(way) = way.upgrade() {
                let words = "an object is missing, or is not what was signed";
                let body = json!({"fault": "damage", "words": words, "object": object});
                Self(way).tell(now(), Kind::Fault, body);
            }
        }
    }

    /// Tells of trouble of one kind as long as the player has its outbox, like [`Outbox::telling_damaged`].
    pub fn telling_fault<N: Fn() -> DateTime<Utc> + Send>(
        &self,
        kind: &'static str,
        now: N,
    ) -> impl Fn(String) + Send + use<N> {
        let way = Arc::downgrade(&self.0);
        move |words| {
            if let Some(way) = way.upgrade() {
                Self(way).tell(now(), Kind::Fault, json!({"fault": kind, "words": words}));
            }
        }
    }

    /// What visitors did within an hour. Who reads it out merges few, as for the counts on this display.
    pub fn tell_counts(&self, at: DateTime<Utc>, counts: &Counts) {
        match serde_json::to_value(counts) {
            Ok(body) => self.tell(at, Kind::Usage, body),
            Err(error) => warn!("counts: an hour is not told: {error}"),
        }
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            warn!("outbox: the last records were lost");
        }
    }
}

/// The one thread that owns the database.
struct Writer {
    folder: PathBuf,
    outbox: Option<store::Outbox>,
    held: VecDeque<Record>,
    plays: Plays,
    dropped: Arc<AtomicU64>,
    /// The trouble that lasts has been told to the log.
    warned: bool,
}

impl Writer {
    fn new(folder: PathBuf, dropped: Arc<AtomicU64>) -> Self {
        Self { folder, outbox: None, held: VecDeque::new(), plays: Plays::default(), dropped, warned: false }
    }

    fn run(mut self, inbox: &Receiver<Order>) {
        loop {
            let order = match self.wait() {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(wait) => inbox.recv_timeout(wait),
            };
            match order {
                Ok(order) => self.take(order),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if self.plays.due_in(Instant::now()) == Some(Duration::ZERO) {
                self.keep_plays();
            }
            self.write();
        }
        self.keep_plays();
        self.write();
        let (records, plays) = (self.held.len(), self.plays.waiting());
        if records > 0 || plays > 0 {
            warn!("outbox: {records} records and {plays} presentations could not be kept");
        }
    }

    /// How long there is nothing to do unless something is told.
    fn wait(&self) -> Option<Duration> {
        let retry = (!self.held.is_empty()).then_some(RETRY);
        let plays = self.plays.due_in(Instant::now());
        retry.into_iter().chain(plays).min()
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::Record(at, kind, body) => {
                self.plays.hear(at, Instant::now());
                self.hold(at, kind, body);
            }
            Order::Play(presented) => {
                if !self.plays.add(presented, Instant::now()) {
                    self.dropped.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }

    fn hold(&mut self, at: DateTime<Utc>, kind: Kind, body: Value) {
        let lost = self.dropped.swap(0, Ordering::Relaxed);
        if lost > 0 {
            self.hold_one(at, Kind::Fault, json!({"fault": "outbox", "words": "records were lost", "lost": lost}));
        }
        self.hold_one(at, kind, body);
    }

    fn hold_one(&mut self, at: DateTime<Utc>, kind: Kind, body: Value) {
        let Some(id) = new_id(at) else {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        };
        if self.held.len() >= HELD_MAX {
            let least = self.held.iter().enumerate().min_by_key(|(at, record)| (record.kind, *at)).map(|(at, _)| at);
            least.map(|at| self.held.remove(at));
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        self.held.push_back(Record { id, at, kind, body });
    }

    fn keep_plays(&mut self) {
        let Some(clock) = self.plays.clock() else { return };
        self.plays.put_off(Instant::now());
        let Some(id) = new_id(clock) else { return };
        let kept = open(&mut self.outbox, &self.folder).and_then(|outbox| {
            self.plays.keep(outbox, id)?;
            Ok(outbox.was_set_aside())
        });
        match kept {
            Ok(set_aside) => self.was_kept(clock, set_aside),
            Err(error) => self.was_not_kept(&error),
        }
    }

    /// Puts what is held into the outbox, as far as the disk takes it.
    fn write(&mut self) {
        while let Some(record) = self.held.front() {
            let pushed = open(&mut self.outbox, &self.folder).and_then(|outbox| {
                let pushed = outbox.push(record);
                Ok((pushed?, outbox.was_set_aside()))
            });
            match pushed {
                Ok((pushed, set_aside)) => {
                    if pushed == Pushed::Refused {
                        debug!("outbox: it is full, and a record was refused");
                    }
                    let at = record.at;
                    self.held.pop_front();
                    self.was_kept(at, set_aside);
                }
                Err(store::OutboxError::TooLarge(bytes)) => {
                    warn!("outbox: a record of {bytes} bytes is too large");
                    self.held.pop_front();
                }
                Err(error) => return self.was_not_kept(&error),
            }
        }
    }

    fn was_kept(&mut self, at: DateTime<Utc>, set_aside: Option<String>) {
        self.warned = false;
        if let Some(words) = set_aside {
            warn!("outbox: it was damaged, and is begun anew: {words}");
            self.hold_one(at, Kind::Fault, json!({"fault": "outbox", "words": words}));
        }
    }

    fn was_not_kept(&mut self, error: &store::OutboxError) {
        if !self.warned {
            warn!("outbox: {error}; it is tried again");
        }
        self.warned = true;
    }
}

fn new_id(at: DateTime<Utc>) -> Option<RecordId> {
    let mut chance = [0; 10];
    SysRng.try_fill_bytes(&mut chance).inspect_err(|error| warn!("outbox: no random numbers: {error}")).ok()?;
    Some(RecordId::new(at, chance))
}

fn open<'a>(outbox: &'a mut Option<store::Outbox>, folder: &Path) -> Result<&'a mut store::Outbox, store::OutboxError> {
    let opened = match outbox.take() {
        Some(open) => open,
        None => store::Outbox::open(folder, Limits::default())?,
    };
    Ok(outbox.insert(opened))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Id;
    use crate::protocol::Played;
    use chrono::TimeDelta;
    use std::collections::BTreeMap;
    use std::fs;

    /// A folder of its own, removed at the end.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("parvis-telling-{}-{name}", std::process::id()));
            fs::remove_dir_all(&path).ok();
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).unwrap()
    }

    #[test]
    fn all_that_was_told_is_kept_when_the_player_ends() {
        let scratch = Scratch::new("end");
        let outbox = Outbox::start(scratch.0.clone()).unwrap();
        outbox.tell_started(noon(), "hall");
        let copy = outbox.clone();
        let tell_damaged = copy.telling_damaged(noon);
        tell_damaged(Digest::of(b"x"));
        drop(outbox);
        copy.tell_counts(noon(), &Counts::of_hour("2026-06-01T12".to_owned()));
        drop(copy);
        tell_damaged(Digest::of(b"after the end"));
        let mut kept = store::Outbox::open(&scratch.0, Limits::default()).unwrap();
        let records = kept.oldest(9).unwrap();
        let told: Vec<_> = records.iter().map(|record| (record.kind, record.at)).collect();
        assert_eq!(told, [(Kind::Status, noon()), (Kind::Fault, noon()), (Kind::Usage, noon())]);
        assert_eq!(records[0].body["display"], "hall");
        assert_eq!(records[1].body["object"], Digest::of(b"x").to_string());
        assert_eq!(records[2].body["hour"], "2026-06-01T12");
    }

    fn presented(began: DateTime<Utc>) -> Presented {
        let played = Played { item: Id("hub:1".to_owned()), event: None, playlist: None, by: None };
        Presented { played, began, lasted: Duration::from_secs(8), continues: false }
    }

    #[test]
    fn what_was_played_is_kept_at_the_end_and_told_when_its_hour_is_over() {
        let scratch = Scratch::new("played");
        let waiting = || store::Outbox::open(&scratch.0, Limits::default()).unwrap().oldest(9).unwrap();
        let first = Outbox::start(scratch.0.clone()).unwrap();
        first.tell_play(presented(noon()));
        first.tell_play(presented(noon()));
        drop(first);
        assert_eq!(waiting(), []);
        let second = Outbox::start(scratch.0.clone()).unwrap();
        second.tell_play(presented(noon()));
        drop(second);
        assert_eq!(store::Outbox::look_at_plays(&scratch.0).unwrap().unwrap().plays[0].plays, 3);
        let next_morning = Outbox::start(scratch.0.clone()).unwrap();
        next_morning.tell_started(noon() + TimeDelta::hours(18), "hall");
        drop(next_morning);
        let told: Vec<_> = waiting().into_iter().map(|record| (record.kind, record.body["plays"].clone())).collect();
        assert_eq!(told, [(Kind::Play, json!(3)), (Kind::Status, Value::Null)]);
    }

    #[test]
    fn a_full_way_counts_what_was_dropped_and_it_is_told_later() {
        let (orders, inbox) = sync_channel(2);
        let dropped = Arc::new(AtomicU64::new(0));
        let outbox = Outbox(Arc::new(Way { orders: Some(orders), dropped: dropped.clone(), thread: None }));
        for number in 0..5 {
            outbox.tell(noon(), Kind::Play, json!(number));
        }
        drop(outbox);
        assert_eq!(dropped.load(Ordering::Relaxed), 3);
        let scratch = Scratch::new("full");
        Writer::new(scratch.0.clone(), dropped).run(&inbox);
        let mut kept = store::Outbox::open(&scratch.0, Limits::default()).unwrap();
        assert_eq!(kept.oldest(9).unwrap()[0].body["lost"], 3);
        assert_eq!(kept.waiting().unwrap().records, BTreeMap::from([(Kind::Fault, 1), (Kind::Play, 2)]));
    }

    #[test]
    fn what_the_disk_does_not_take_is_held_up_to_a_bound_and_kept_when_it_does() {
        let scratch = Scratch::new("disk");
        let folder = scratch.0.join("not yet");
        let dropped = Arc::new(AtomicU64::new(0));
        let mut writer = Writer::new(folder.clone(), dropped);
        writer.hold(noon(), Kind::Answer, json!("first"));
        for number in 0..2 * HELD_MAX {
            writer.hold(noon(), Kind::Status, json!(number));
            writer.write();
        }
        assert_eq!(writer.held.len(), HELD_MAX);
        assert_eq!(writer.held[0].kind, Kind::Answer, "statuses went before it");
        fs::create_dir(&folder).unwrap();
        writer.write();
        assert!(writer.held.is_empty());
        let mut kept = store::Outbox::open(&folder, Limits::default()).unwrap();
        assert_eq!(kept.waiting().unwrap().records.values().sum::<u64>(), HELD_MAX as u64);
    }

    #[test]
    fn an_outbox_that_was_damaged_is_told_of() {
        let scratch = Scratch::new("damaged");
        fs::write(scratch.0.join(store::OUTBOX), [7; 5_000]).unwrap();
        let outbox = Outbox::start(scratch.0.clone()).unwrap();
        outbox.tell(noon(), Kind::Play, json!(1));
        drop(outbox);
        let mut kept = store::Outbox::open(&scratch.0, Limits::default()).unwrap();
        let kinds: Vec<_> = kept.oldest(9).unwrap().iter().map(|record| record.kind).collect();
        assert_eq!(kinds, [Kind::Play, Kind::Fault]);
    }
}
