//! A display whose store lies on a faulty disk: two states of a town, and what the display makes of them.

use crate::faulty_disk::FaultyDisk;
use crate::memory_web::{Half, TestClock, Web, now};
use crate::town::{Note, Town};
use jiff::Timestamp;
use parvis::content::read_document;
use parvis::publication::{ALERTS, Object, SegmentMedia, Version, unpack};
use parvis::store::{Disk, Store};
use parvis::sync::{Channel, Collector, Daemon, Never, Refusal, Turn};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const BEGIN: &str = "2026-06-01T10:00:00Z";
const HOUR: u64 = 3600;
/// What is announced with each edition.
const FIRST: &str = r#"{"first":1}"#;
const SECOND: &str = r#"{"second":2}"#;

/// A town before and after a change.
pub struct Change {
    pub root: Vec<u8>,
    pub old: Edition,
    pub new: Edition,
    pub quota_bytes: u64,
}

/// What a town has published at one time.
pub struct Edition {
    pub notes: Vec<Note>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Change {
    /// Texts and pictures change, come and go; and an alert is given out.
    pub fn new() -> Self {
        let at: Timestamp = BEGIN.parse().unwrap();
        let mut town = Town::new(at);
        let note = |number: usize, state: &str, picture: Option<usize>| Note {
            picture: picture.map(|seed| picture_bytes(seed, 400 + 700 * seed)),
            ..Note::new(format!("test-{number}"), format!("{state} {number}"))
        };
        let old =
            vec![note(0, "stays", Some(0)), note(1, "was", Some(1)), note(2, "goes", Some(2)), note(3, "was", None)];
        let new =
            vec![note(0, "stays", Some(0)), note(1, "is", Some(3)), note(3, "is", Some(1)), note(4, "comes", Some(4))];
        town.publish(&old, at);
        town.announce(ALERTS, FIRST, at);
        let old = Edition { notes: old, files: town.files.clone() };
        town.publish(&new, at);
        town.announce(ALERTS, SECOND, at);
        let new = Edition { notes: new, files: town.files.clone() };
        Self { root: town.root(), old, new, quota_bytes: 1 << 30 }
    }

    /// A program that has just started on this disk, some hours after the beginning, synchronises once.
    pub fn sync(&self, disk: &FaultyDisk, edition: &Edition, hours: u64) -> Result<Turn, Refusal> {
        self.sync_on(Arc::new(disk.clone()), edition, hours)
    }

    /// The same on any disk.
    pub fn sync_on(&self, disk: Arc<dyn Disk>, edition: &Edition, hours: u64) -> Result<Turn, Refusal> {
        let clock = TestClock::new(BEGIN.parse().unwrap());
        clock.pass(hours * HOUR);
        let collector = Collector {
            store: Store::new(disk),
            fetch: Arc::new(Web::new(&edition.files)),
            group: "default".to_owned(),
            pinned_root: self.root.clone(),
            channel: Channel::Web,
            parallel: 3,
            quota_bytes: self.quota_bytes,
        };
        let built = "2026-01-01T00:00:00Z".parse().unwrap();
        let poll = Duration::from_secs(60);
        let mut daemon = Daemon::new(collector, Arc::new(clock), Arc::new(Half), "memory".to_owned(), poll, built);
        now(daemon.turn(&mut Never))
    }

    /// A disk on which the old edition is shown, and nothing is uncertain.
    pub fn disk_with_old(&self) -> FaultyDisk {
        let disk = FaultyDisk::default();
        self.sync(&disk, &self.old, 0).unwrap();
        store(&disk).set_shown(self.shown(&store(&disk)).unwrap().unwrap().0).unwrap();
        let disk = disk.settled();
        assert_eq!(self.state(&disk), Shows::Old);
        disk
    }

    /// The newest head and every byte that it needs.
    ///
    /// # Errors
    /// What of it is not whole.
    fn shown(&self, store: &Store) -> Result<Option<(Version, Vec<Note>)>, String> {
        let newest = store.heads(&self.root).into_iter().find_map(|kept| Some((kept.version, kept.head.ok()?.1)));
        let Some((version, vouched)) = newest else { return Ok(None) };
        let read = |object: &Object| store.read(object).map_err(|error| format!("head {version}: {error}"));
        read(&vouched.revision.frame)?;
        let mut notes = Vec::new();
        for segment in vouched.revision.segments.iter().flatten() {
            let document = unpack(&read(segment)?).map_err(|error| error.to_string())?;
            let media: SegmentMedia = serde_json::from_slice(&document).map_err(|error| error.to_string())?;
            for item in read_document("segment", &document).items {
                let common = item.common();
                let picture =
                    common.media.first().map(|picture| read(&media.media[&picture.path].object())).transpose()?;
                let title = common.title.exact("fr").map_or("", |title| title.text.as_str());
                notes.push(Note { picture, ..Note::new(common.id.as_str(), title) });
            }
        }
        notes.sort();
        Ok(Some((version, notes)))
    }

    /// What a visitor would see.
    pub fn state(&self, disk: &FaultyDisk) -> Shows {
        self.state_on(Arc::new(disk.clone()))
    }

    pub fn state_on(&self, disk: Arc<dyn Disk>) -> Shows {
        let store = Store::new(disk);
        let heads = store.heads(&self.root).into_iter().filter_map(|kept| kept.head.ok());
        let warns = heads.chain(store.bulletin(&self.root)).max_by_key(|(_, vouched)| vouched.version);
        let warns = warns.and_then(|(_, vouched)| vouched.alerts);
        match self.shown(&store) {
            Ok(None) => Shows::Nothing,
            Ok(Some(_)) if !warns.as_deref().is_some_and(|text| [FIRST, SECOND].contains(&text)) => {
                Shows::Wrong(format!("it warns of {warns:?}"))
            }
            Ok(Some((_, notes))) if notes == self.old.notes => Shows::Old,
            Ok(Some((_, notes))) if notes == self.new.notes => Shows::New,
            Ok(Some((version, notes))) => Shows::Wrong(format!("head {version} shows {notes:?}")),
            Err(words) => Shows::Wrong(words),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shows {
    Nothing,
    Old,
    New,
    Wrong(String),
}

pub fn store(disk: &FaultyDisk) -> Store {
    Store::new(Arc::new(disk.clone()) as Arc<dyn Disk>)
}

fn picture_bytes(seed: usize, length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from((at * 31 + at / 7 + seed * 101) % 251).unwrap()).collect()
}

/// Calls `check` for each number below `many`, on several threads, and says for which it did not hold.
pub fn for_each(many: usize, check: impl Fn(usize) + Sync) {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    if at >= many {
                        return;
                    }
                    check(at);
                }
            });
        }
    });
}
