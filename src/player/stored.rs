//! The signed store as the player follows it: what is newest in it, whether its pictures can be read, and whether the
//! clock is believed. All of it off the main thread.

use super::almanac::Almanac;
use super::clock::Trust;
use super::following::{Content, Follow, Fresh};
use super::map::{TileId, Tiles};
use super::media::{Damage, Files, Gallery};
use super::opening::{Opened, Standing};
use crate::content::{Alert, Bulletin, Problem};
use crate::publication::{Digest, Object, Version};
use crate::store::{Entry, Known, State, Store, StoredContent, load_store};
use bevy::log::{info, warn};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// A head that does not hold may be written anew under the same name: so often it is looked at again.
const LOOKS_AT_BAD_HEADS: u32 = 10;

/// What makes opened content fit for this display: its languages, its theme.
pub type Dress = Box<dyn Fn(Opened) -> Result<Content, String> + Send>;

/// Follows a store.
pub struct StoreFollower {
    store: Store,
    standing: Standing,
    dress: Dress,
    /// `None`: the clock is believed whatever the store says of it.
    trust: Option<Trust>,
    damage: Damage,
    shown: Option<(Version, Digest)>,
    /// Of the revision that is shown: they travel apart from what puts them in force.
    prepared: Vec<Alert>,
    /// The warnings that are shown, and the head they are from.
    bulletin: Option<(Version, Arc<Bulletin>)>,
    /// Names the root that all of this is trusted by: versions under another begin anew.
    root: Option<Digest>,
    /// The map that is shown, by what it was read from.
    map: Option<(Vec<(String, Object)>, Arc<Tiles>)>,
    /// Segments and tiles that could not be read. When one can, all is read anew.
    broken: BTreeSet<Object>,
    heads: Vec<Entry>,
    /// Looks since heads were last held against their signatures, while one of them does not hold.
    bad_heads: Option<u32>,
    /// Problems are told once.
    told: Vec<Problem>,
    is_begun: bool,
    /// What `parvis sync` has been told is damaged.
    reported: BTreeSet<Object>,
    socket: Option<PathBuf>,
}

impl StoreFollower {
    pub fn new(store: Store, standing: Standing, dress: Dress) -> Self {
        Self {
            store,
            standing,
            dress,
            trust: Some(Trust::Believed),
            damage: Damage::default(),
            shown: None,
            prepared: Vec::new(),
            bulletin: None,
            root: None,
            map: None,
            broken: BTreeSet::new(),
            heads: Vec::new(),
            bad_heads: Some(LOOKS_AT_BAD_HEADS),
            told: Vec::new(),
            is_begun: true,
            reported: BTreeSet::new(),
            socket: None,
        }
    }

    /// The clock was set by hand, or stands still: nothing speaks against it.
    #[must_use]
    pub fn with_trusted_clock(mut self) -> Self {
        self.trust = None;
        self
    }

    /// Where `parvis sync` says that something has changed.
    #[must_use]
    pub fn told_at(mut self, socket: PathBuf) -> Self {
        self.socket = Some(socket);
        self
    }

    /// Whether heads have to be looked at: others lie there, one that did not hold may by now, or a part has been mended.
    fn has_news(&mut self) -> bool {
        let heads = self.store.disk().list("heads").unwrap_or_default();
        let others = heads != self.heads;
        self.heads = heads;
        let repinned = self.is_repinned();
        let mended = self.broken.iter().any(|part| self.store.has(part) && self.store.check(part) == State::Whole);
        let again = self.bad_heads.as_mut().is_some_and(|looks| {
            *looks += 1;
            *looks >= LOOKS_AT_BAD_HEADS
        });
        if mended {
            self.shown = self.shown.map(|(version, _)| (version, Digest::of(&[])));
        }
        others || repinned || mended || again
    }

    /// Whether town IT has given this display another root.
    fn is_repinned(&mut self) -> bool {
        let Ok(Some(root)) = self.store.pinned_root() else { return false };
        let root = Some(Digest::of(&root));
        let is_repinned = self.root != root;
        if is_repinned {
            self.root = root;
            self.shown = self.shown.map(|(_, revision)| (Version::default(), revision));
            self.bulletin = None;
        }
        is_repinned
    }

    fn read(&mut self, fresh: &mut Fresh) -> Result<(), String> {
        self.bad_heads = None;
        let known = self.shown.map(|(_, revision)| Known { revision, prepared: &self.prepared });
        let showing = match load_store(&self.store, known) {
            Ok(showing) => showing,
            Err(reason) => {
                self.bad_heads = Some(0);
                self.tell(vec![Problem::new("store", "", "", reason.to_string())]);
                return Ok(());
            }
        };
        if showing.has_bad_heads {
            self.bad_heads = Some(0);
        }
        let mut problems = showing.problems;
        let now = (showing.version, showing.revision);
        // Never older than shown before.
        let is_older = |before: Option<Version>, version| before.is_some_and(|before| version < before);
        if !is_older(self.shown.map(|(version, _)| version), showing.version) {
            match showing.content {
                None => self.broken.extend(showing.broken),
                Some(content) => {
                    self.prepared.clone_from(&content.catalog.prepared);
                    self.broken = showing.broken.into_iter().collect();
                    let (opened, bad) = self.open(content);
                    problems.extend(bad);
                    fresh.content = Some((self.dress)(opened)?);
                }
            }
            if self.shown != Some(now) {
                info!("the store shows head {}", showing.version);
                self.shown = Some(now);
                fresh.version = Some(showing.version);
            }
        }
        let word = (showing.bulletin_version, Arc::new(showing.bulletin));
        if self.bulletin.as_ref() != Some(&word)
            && !is_older(self.bulletin.as_ref().map(|(version, _)| *version), word.0)
        {
            fresh.bulletin = Some(word.1.clone());
            self.bulletin = Some(word);
        }
        self.tell(problems);
        Ok(())
    }

    fn open(&mut self, content: StoredContent) -> (Opened, Vec<Problem>) {
        let mut problems = Vec::new();
        let same = self.map.take().filter(|(from, _)| *from == content.map);
        let tiles = same.map_or_else(|| self.read_map(&content.map, &mut problems), |(_, tiles)| tiles);
        if !self.broken.iter().any(|part| content.map.iter().any(|(_, tile)| tile == part)) {
            self.map = Some((content.map, tiles.clone()));
        }
        let has_map = !tiles.is_empty();
        let files = Files::Stored(self.store.clone(), self.damage.clone());
        let standing = self.standing;
        let almanac = Almanac::new(content.catalog, standing.position, standing.facing_degrees).with_map(has_map);
        (Opened { almanac, gallery: Gallery { files, tiles, logo: None }, problems: Vec::new() }, problems)
    }

    fn read_map(&mut self, map: &[(String, Object)], problems: &mut Vec<Problem>) -> Arc<Tiles> {
        let mut files = Vec::new();
        for (path, object) in map {
            let Some(id) = TileId::from_path(path) else { continue };
            match self.store.read(object) {
                Ok(bytes) => files.push((id, Cow::Owned(bytes))),
                Err(error) => {
                    self.broken.insert(*object);
                    problems.push(Problem::new("store", path, "", format!("map tile left out: {error}")));
                }
            }
        }
        let (tiles, bad) = Tiles::new(files.into_iter());
        problems.extend(bad);
        Arc::new(tiles)
    }

    /// Looks for the first time. What is wrong is for the caller to tell.
    pub fn begin(&mut self) -> (Fresh, &[Problem]) {
        self.is_begun = false;
        let fresh = self.look().unwrap_or_else(|reason| {
            self.told.push(Problem::new("store", "", "", reason));
            None
        });
        self.is_begun = true;
        (fresh.unwrap_or_default(), &self.told)
    }

    fn tell(&mut self, problems: Vec<Problem>) {
        if !self.is_begun {
            self.told = problems;
            return;
        }
        for problem in problems.iter().filter(|problem| !self.told.contains(problem)) {
            warn!("{problem}");
        }
        self.told = problems;
    }
}

impl Follow for StoreFollower {
    fn look(&mut self) -> Result<Option<Fresh>, String> {
        let mut fresh = Fresh::default();
        if self.has_news() {
            self.read(&mut fresh)?;
        }
        if let Some(before) = self.trust {
            let trust = Trust::of(self.store.clock_note().as_ref());
            fresh.trust = (trust != before).then_some(trust);
            self.trust = Some(trust);
        }
        fresh.healed = self.damage.forget_healed(&self.store);
        Ok((!fresh.is_empty()).then_some(fresh))
    }

    fn shown(&mut self, version: Version) -> Result<(), String> {
        if self.store.shown() == Some(version) {
            return Ok(());
        }
        self.store.set_shown(version).map_err(|error| format!("what is shown could not be noted: {error}"))
    }

    fn damaged(&mut self) -> Vec<Digest> {
        let mut all = self.damage.objects();
        all.extend(&self.broken);
        let new = all.difference(&self.reported).map(|object| object.hash).collect();
        self.reported = all;
        new
    }

    fn socket(&self) -> Option<PathBuf> {
        self.socket.clone()
    }
}
