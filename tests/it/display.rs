//! A display without a screen: a real store on disk, the real daemon, and a web server and a clock in memory.

use crate::memory_web::{Half, TestClock, Web, now};
use jiff::Timestamp;
use parvis::content::{Item, read_document};
use parvis::publication::{ALERTS, unpack};
use parvis::store::{Disk, Folder, Limits, Outbox, Store};
use parvis::sync::{Channel, Collector, Daemon, Never, Post, Refusal, Shipping, Turn};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// When tests take place.
pub const BEGIN: &str = "2026-06-01T10:00:00Z";

pub struct Display {
    pub web: Web,
    pub clock: TestClock,
    pub store: Store,
    folder: PathBuf,
    root: Vec<u8>,
    group: String,
    daemon: Option<Daemon>,
}

impl Display {
    pub fn new() -> Self {
        Self::with(|folder| Arc::new(Folder::new(folder.join("store"))))
    }

    /// On another disk.
    pub fn on(disk: Arc<dyn Disk>) -> Self {
        Self::with(|_| disk)
    }

    fn with(disk: impl FnOnce(&Path) -> Arc<dyn Disk>) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let base = std::env::var_os("CARGO_TARGET_TMPDIR").map_or_else(std::env::temp_dir, PathBuf::from);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = base.join(format!("parvis-display-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join("store")).unwrap();
        Self {
            web: Web::default(),
            clock: TestClock::new(BEGIN.parse().unwrap()),
            store: Store::new(disk(&folder)),
            folder,
            root: Vec::new(),
            group: "default".to_owned(),
            daemon: None,
        }
    }

    /// The right time, as a town has it whose clock goes like this display's.
    pub fn now(&self) -> Timestamp {
        parvis::sync::Clock::now(&self.clock)
    }

    pub fn trust(&mut self, root: &[u8]) {
        self.root = root.to_owned();
        self.restart();
    }

    pub fn set_group(&mut self, group: &str) {
        group.clone_into(&mut self.group);
        self.restart();
    }

    /// The daemon ends and begins again.
    pub fn restart(&mut self) {
        let collector = Collector {
            store: self.store.clone(),
            fetch: Arc::new(self.web.clone()),
            group: self.group.clone(),
            pinned_root: self.root.clone(),
            channel: Channel::Web,
            parallel: 4,
            quota_bytes: 1 << 30,
        };
        let built = "2026-01-01T00:00:00Z".parse().unwrap();
        let poll = Duration::from_secs(60);
        let clock = Arc::new(self.clock.clone());
        self.daemon = Some(Daemon::new(collector, clock, Arc::new(Half), "memory".to_owned(), poll, built));
    }

    /// A hub is told of what happens here.
    pub fn report_to(&mut self, hub: Box<dyn Post>) {
        let outbox = Outbox::open(&self.folder, Limits::default()).unwrap();
        self.daemon.as_mut().unwrap().report(Shipping::new(outbox, hub));
    }

    pub fn turn(&mut self) -> Result<Turn, Refusal> {
        now(self.daemon.as_mut().unwrap().turn(&mut Never))
    }

    /// The titles that are shown, in order; every byte of them has been checked.
    pub fn titles(&self) -> Vec<String> {
        titles(&self.store, &self.root)
    }

    /// What is shown.
    pub fn items(&self) -> Vec<Item> {
        items(&self.store, &self.root)
    }

    /// The document of a delegated role that is shown.
    pub fn document(&self, role: &str) -> Option<String> {
        let heads = self.store.heads(&self.root);
        let (_, vouched) = heads.into_iter().find_map(|kept| kept.head.ok())?;
        if role == ALERTS { vouched.alerts } else { vouched.live }
    }

    /// What lies beside the store, where nothing is to be written.
    pub fn files_outside(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().file_name());
        entries.filter(|name| name != "store").map(|name| name.to_string_lossy().into_owned()).collect()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// The titles of the newest head, in order.
pub fn titles(store: &Store, root: &[u8]) -> Vec<String> {
    let items = items(store, root);
    let mut titles: Vec<String> =
        items.iter().map(|item| item.common().title.exact("fr").unwrap().text.clone()).collect();
    titles.sort();
    titles
}

fn items(store: &Store, root: &[u8]) -> Vec<Item> {
    let heads = store.heads(root);
    let Some((_, vouched)) = heads.into_iter().find_map(|kept| kept.head.ok()) else { return Vec::new() };
    let mut items = Vec::new();
    for segment in vouched.revision.segments.iter().flatten() {
        let document = unpack(&store.read(segment).unwrap()).unwrap();
        let read = read_document("segment", &document);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        items.extend(read.items);
    }
    items
}
