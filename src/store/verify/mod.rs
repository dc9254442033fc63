//! Looks at every byte of a store and says in words what is wrong. It changes nothing.

mod head;
mod seen;

use super::notes::{ClockNote, NOTE_BYTES_MAX, SyncNote};
use super::stored::{PINNED_ROOT, Store};
use crate::publication::{Digest, Version, object_path};
use serde::de::DeserializeOwned;
use sigstore_tuf::TrustedMetadataSet;
use std::collections::BTreeMap;
use std::io::ErrorKind;

/// Something in the store that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The file.
    pub path: String,
    /// What is wrong with it, in words for town IT.
    pub words: String,
    /// Whether what is shown lacks something by it. Otherwise the next sync tidies it up, and nobody sees anything.
    pub matters: bool,
}

/// What was found in a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The newest head that holds.
    pub newest: Option<Version>,
    /// The group that the newest head is for.
    pub group: String,
    /// Of the newest head.
    pub items: usize,
    /// Of the newest head: content that cannot be used as it was signed. Nothing is damaged by it.
    pub problems: usize,
    /// Pictures of the newest head.
    pub pictures: usize,
    /// Objects that were looked at, and their bytes.
    pub objects: usize,
    pub bytes: u64,
    /// By path.
    pub flaws: Vec<Flaw>,
}

impl Verified {
    /// Whether what is shown is whole.
    pub fn is_whole(&self) -> bool {
        self.newest.is_some() && !self.flaws.iter().any(|flaw| flaw.matters)
    }
}

/// Looks at all of a store.
pub fn verify(store: &Store) -> Verified {
    let mut verifying = Verifying { store, done: Verified::default(), objects: BTreeMap::new() };
    if let Some(root) = verifying.pinned_root() {
        head::verify(&mut verifying, &root);
    }
    verifying.other_objects();
    seen::verify(&mut verifying);
    verifying.notes();
    let Verifying { mut done, objects, .. } = verifying;
    done.objects = objects.len();
    done.bytes = objects.values().sum();
    done.flaws.sort_by(|one, other| (&one.path, !one.matters).cmp(&(&other.path, !other.matters)));
    done.flaws.dedup_by(|later, first| later.path == first.path);
    done
}

struct Verifying<'a> {
    store: &'a Store,
    done: Verified,
    /// The length of every object that was looked at.
    objects: BTreeMap<Digest, u64>,
}

impl Verifying<'_> {
    fn flaw(&mut self, path: impl Into<String>, words: impl Into<String>, matters: bool) {
        self.done.flaws.push(Flaw { path: path.into(), words: words.into(), matters });
    }

    fn pinned_root(&mut self) -> Option<Vec<u8>> {
        let root = match self.store.pinned_root() {
            Ok(Some(root)) => root,
            Ok(None) => {
                self.flaw(PINNED_ROOT, "missing: this store trusts no root, so nothing in it can be shown", true);
                return None;
            }
            Err(error) => {
                self.flaw(PINNED_ROOT, format!("cannot be read: {error}"), true);
                return None;
            }
        };
        match TrustedMetadataSet::from_root(&root) {
            Ok(_) => Some(root),
            Err(error) => {
                self.flaw(PINNED_ROOT, format!("damaged: it is no root: {error}"), true);
                None
            }
        }
    }

    /// Objects that no head needs: what a sync has begun to bring, or what has not been swept yet.
    fn other_objects(&mut self) {
        for folder in self.list("objects") {
            let path = format!("objects/{}", folder.name);
            if !folder.is_folder {
                self.flaw(path, "does not belong there", false);
                continue;
            }
            for entry in self.list(&path) {
                let path = format!("{path}/{}", entry.name);
                let hash = Digest::parse(&entry.name).filter(|hash| path.ends_with(&object_path(*hash)));
                let Some(hash) = hash.filter(|_| !entry.is_folder) else {
                    self.flaw(path, "does not belong there", false);
                    continue;
                };
                if self.objects.contains_key(&hash) {
                    continue;
                }
                match self.store.digest(&path, entry.length).map(|(_, digest)| digest.finish()) {
                    Ok(found) if found == hash => _ = self.objects.insert(hash, entry.length),
                    Ok(_) => self.flaw(path, "damaged; what is shown does not need it", false),
                    Err(error) => self.flaw(path, format!("cannot be read: {error}"), false),
                }
            }
        }
    }

    fn list(&mut self, folder: &str) -> Vec<super::Entry> {
        self.store.disk().list(folder).unwrap_or_else(|error| {
            self.flaw(folder, format!("cannot be read: {error}"), true);
            Vec::new()
        })
    }

    fn notes(&mut self) {
        self.note("clock.json", is_json::<ClockNote>);
        self.note("sync.json", is_json::<SyncNote>);
        self.note("shown", |bytes| {
            let version = std::str::from_utf8(bytes).ok().and_then(|text| text.trim().parse::<Version>().ok());
            version.map(|_| ()).ok_or_else(|| "it names no head".to_owned())
        });
    }

    fn note(&mut self, path: &str, read: impl FnOnce(&[u8]) -> Result<(), String>) {
        match self.store.disk().read(path, NOTE_BYTES_MAX) {
            Ok(bytes) => {
                if let Err(words) = read(&bytes) {
                    self.flaw(path, format!("damaged: {words}"), false);
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => self.flaw(path, format!("cannot be read: {error}"), false),
        }
    }
}

fn is_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<(), String> {
    serde_json::from_slice::<T>(bytes).map(|_| ()).map_err(|error| error.to_string())
}
