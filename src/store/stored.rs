//! What a display holds of its town: the pinned root, the heads that it shows, and the objects they need.
//!
//! ```text
//! pinned-root.json            the root that this display trusts
//! tuf/<root>/*.json           the newest metadata seen under that root: nothing older is taken again
//! heads/<version>.json        what is shown: one file with all that vouches for it
//! heads/<version>.bulletin.json  a head whose objects are still on their way: its warnings are shown already
//! objects/<2>/<hash>          segments, pictures, map tiles
//! partial/<hash>              what has come so far of an object
//! shown                       the version of the head that the player last drew a frame of
//! outbox.db, outbox.lock      what is to be told to the hub, and whose turn it is to write that
//! ```

use super::disk::{Disk, folder_of};
use crate::publication::{Digest, Digesting, Head, Object, Version, Vouched, object_path};
use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

pub const PINNED_ROOT: &str = "pinned-root.json";
const HEADS: &str = "heads";
const OBJECTS: &str = "objects";
const PARTIAL: &str = "partial";
const SHOWN: &str = "shown";

/// What is only hashed is read in pieces of this size.
const PIECE_BYTES: usize = 1 << 20;

/// The largest root that may be pinned, in bytes.
pub const ROOT_BYTES_MAX: u64 = 512_000;

/// The store of one display.
#[derive(Clone)]
pub struct Store {
    disk: Arc<dyn Disk>,
}

/// How an object lies in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Whole,
    Missing,
    /// Something lies there that is not the object.
    Damaged,
}

/// A head in the store, and what was made of it.
#[derive(Debug)]
pub struct Kept {
    /// From its name.
    pub version: Version,
    pub head: Result<(Head, Vouched), HeadFault>,
}

/// Why a head in the store is not shown.
#[derive(Debug, thiserror::Error)]
pub enum HeadFault {
    /// Nobody knows what it is: it may be whole the next time.
    #[error("it cannot be read: {0}")]
    Disk(io::Error),
    #[error("{0}")]
    Damaged(String),
}

/// Whether an error says what lies there, and not that the disk does not say it.
pub fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, InvalidData, IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), FileTooLarge | InvalidData | IsADirectory | NotADirectory | NotFound)
}

impl Store {
    pub fn new(disk: Arc<dyn Disk>) -> Self {
        Self { disk }
    }

    pub fn disk(&self) -> &dyn Disk {
        self.disk.as_ref()
    }

    /// Writes a file so that at any moment either the old one or the new one is there, whole.
    ///
    /// # Errors
    /// Those of the disk; the old file stays.
    pub fn write_whole(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let new = format!("{path}.new");
        let folder = folder_of(path);
        self.disk.make_folder(folder)?;
        let written = self.disk.write(&new, 0, bytes).and_then(|()| self.disk.sync(&new));
        let renamed = written.and_then(|()| self.put_in_place(&new, path));
        if let Err(error) = renamed {
            // Whatever lies there is of no use, and may be what fills the disk.
            self.disk.remove(&new).ok();
            return Err(error);
        }
        self.disk.sync_folder(folder)
    }

    /// The root that this display trusts; `None` before it was given one.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn pinned_root(&self) -> io::Result<Option<Vec<u8>>> {
        match self.disk.read(PINNED_ROOT, ROOT_BYTES_MAX) {
            Ok(root) => Ok(Some(root)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Trusts this root from now on.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn pin_root(&self, root: &[u8]) -> io::Result<()> {
        self.write_whole(PINNED_ROOT, root)
    }

    /// All heads, newest first, each held against the pinned root.
    pub fn heads(&self, pinned_root: &[u8]) -> Vec<Kept> {
        self.list_heads(pinned_root).unwrap_or_default()
    }

    /// As [`Store::heads`], for those who remove what no head needs: an empty list must not come from a disk that fails.
    ///
    /// # Errors
    /// When the disk does not list them.
    pub fn list_heads(&self, pinned_root: &[u8]) -> io::Result<Vec<Kept>> {
        let listed = self.disk.list(HEADS)?;
        let versions = listed.iter().filter_map(|entry| entry.name.strip_suffix(".json")?.parse().ok());
        let mut versions: Vec<Version> = versions.collect();
        versions.sort_unstable_by(|one, other| other.cmp(one));
        let kept = |version| Kept { version, head: self.read_head(&head_path(version), version, pinned_root) };
        Ok(versions.into_iter().map(kept).collect())
    }

    pub(super) fn read_head(
        &self,
        path: &str,
        version: Version,
        pinned_root: &[u8],
    ) -> Result<(Head, Vouched), HeadFault> {
        let read = self.disk.read(path, Head::BYTES_MAX);
        let bytes = read.map_err(|error| match is_damage(&error) {
            true => HeadFault::Damaged(error.to_string()),
            false => HeadFault::Disk(error),
        })?;
        let damaged = |words: String| HeadFault::Damaged(words);
        let head: Head = serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        let vouched = head.vouch(pinned_root).map_err(|error| damaged(error.to_string()))?;
        if vouched.version != version {
            return Err(damaged(format!("it is head {}", vouched.version)));
        }
        Ok((head, vouched))
    }

    /// Shows a head from now on. All its objects are in the store; with this call they are there for good, and the head
    /// is named in one rename.
    ///
    /// # Errors
    /// Those of the disk; the old head stays.
    pub fn activate(&self, head: &Head, version: Version) -> io::Result<()> {
        self.disk.sync_all()?;
        let text = serde_json::to_vec(head)?;
        self.write_whole(&head_path(version), &text)
    }

    /// Removes a head that is not needed, or is none.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn remove_head(&self, version: Version) -> io::Result<()> {
        self.disk.remove(&head_path(version))
    }

    /// Whether an object lies there, by its length alone.
    pub fn has(&self, object: &Object) -> bool {
        self.disk.length(&stored_path(object.hash)).is_ok_and(|length| length == Some(object.length))
    }

    /// Where an object lies, for programs that read it themselves.
    pub fn place(&self, object: &Object) -> Option<PathBuf> {
        self.disk.place(&stored_path(object.hash))
    }

    /// How an object lies there, every byte looked at.
    pub fn check(&self, object: &Object) -> State {
        match self.digest(&stored_path(object.hash), object.length) {
            Ok((length, digest)) => match (length, digest.finish()) == (object.length, object.hash) {
                true => State::Whole,
                false => State::Damaged,
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => State::Missing,
            Err(_) => State::Damaged,
        }
    }

    /// The length of a file and its hash so far, read in pieces: a film does not have to fit into memory.
    ///
    /// # Errors
    /// `FileTooLarge` beyond the limit, and those of the disk.
    pub(super) fn digest(&self, path: &str, limit: u64) -> io::Result<(u64, Digesting)> {
        let (mut length, mut digest) = (0, Digesting::new());
        loop {
            let piece = self.disk.read_piece(path, length, PIECE_BYTES)?;
            length += piece.len() as u64;
            if length > limit {
                return Err(io::Error::from(io::ErrorKind::FileTooLarge));
            }
            digest.add(&piece);
            if piece.len() < PIECE_BYTES {
                return Ok((length, digest));
            }
        }
    }

    /// Reads an object whose hash is right.
    ///
    /// # Errors
    /// `NotFound`, `InvalidData` when the bytes are others, and those of the disk.
    pub fn read(&self, object: &Object) -> io::Result<Vec<u8>> {
        let bytes = self.disk.read(&stored_path(object.hash), object.length)?;
        if bytes.len() as u64 != object.length || Digest::of(&bytes) != object.hash {
            return Err(io::Error::new(io::ErrorKind::InvalidData, format!("object {}: damaged", object.hash)));
        }
        Ok(bytes)
    }

    /// Opens what has come so far of an object, to go on from there.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn resume(&self, object: &Object) -> io::Result<Arriving> {
        Ok(match self.digest(&partial_path(object.hash), object.length) {
            Ok((length, digest)) => Arriving { object: *object, length, digest },
            Err(_) => Arriving::new(object),
        })
    }

    /// Adds what has come. Nothing beyond the object's length is kept.
    ///
    /// # Errors
    /// Those of the disk; `FileTooLarge` when more comes than there should be.
    pub fn add(&self, arriving: &mut Arriving, bytes: &[u8]) -> io::Result<()> {
        if arriving.length + bytes.len() as u64 > arriving.object.length {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.write_partial(arriving, bytes)?;
        arriving.length += bytes.len() as u64;
        arriving.digest.add(bytes);
        Ok(())
    }

    /// The folder is made when it is missing, not looked for each time: there are thousands of objects.
    fn write_partial(&self, arriving: &Arriving, bytes: &[u8]) -> io::Result<()> {
        let path = partial_path(arriving.object.hash);
        match self.disk.write(&path, arriving.length, bytes) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.disk.make_folder(PARTIAL)?;
                self.disk.write(&path, arriving.length, bytes)
            }
            written => written,
        }
    }

    /// Takes an object that has come whole into the store.
    ///
    /// # Errors
    /// `InvalidData` when it is another one: then it is thrown away; those of the disk.
    pub fn finish_arriving(&self, arriving: Arriving) -> io::Result<()> {
        let Arriving { object, length, digest } = arriving;
        if length != object.length || digest.finish() != object.hash {
            self.forget(&object)?;
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not what was signed"));
        }
        if length == 0 {
            self.write_partial(&Arriving::new(&object), &[])?;
        }
        self.finish(&object)
    }

    /// Throws away what has come so far of an object.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn forget(&self, object: &Object) -> io::Result<()> {
        self.disk.remove(&partial_path(object.hash))
    }

    fn finish(&self, object: &Object) -> io::Result<()> {
        let path = stored_path(object.hash);
        match self.put_in_place(&partial_path(object.hash), &path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.disk.make_folder(folder_of(&path))?;
                self.put_in_place(&partial_path(object.hash), &path)
            }
            placed => placed,
        }
    }

    fn put_in_place(&self, from: &str, to: &str) -> io::Result<()> {
        match self.disk.rename(from, to) {
            // A folder in its place is damage like any other.
            Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
                self.disk.remove(to)?;
                self.disk.rename(from, to)
            }
            renamed => renamed,
        }
    }

    /// Objects of which something has come.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn begun(&self) -> io::Result<HashSet<Digest>> {
        Ok(self.disk.list(PARTIAL)?.iter().filter_map(|entry| Digest::parse(&entry.name)).collect())
    }

    /// Objects of which there is a file.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn there(&self) -> io::Result<HashSet<Digest>> {
        let mut there = HashSet::new();
        for folder in self.disk.list(OBJECTS)? {
            let entries = self.disk.list(&format!("{OBJECTS}/{}", folder.name))?;
            there.extend(entries.iter().filter_map(|entry| Digest::parse(&entry.name)));
        }
        Ok(there)
    }

    /// Bytes that all objects and begun downloads take.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn used(&self) -> io::Result<u64> {
        let mut used = self.disk.list(PARTIAL)?.iter().map(|entry| entry.length).sum();
        for folder in self.disk.list(OBJECTS)? {
            used +=
                self.disk.list(&format!("{OBJECTS}/{}", folder.name))?.iter().map(|entry| entry.length).sum::<u64>();
        }
        Ok(used)
    }

    /// Removes every object and begun download that is not among those to keep, and whatever else lies among them.
    ///
    /// # Errors
    /// The first of the disk; what can be removed is.
    pub fn sweep(&self, keep: &HashSet<Digest>) -> io::Result<()> {
        let wanted = |name: &str| Digest::parse(name).is_some_and(|hash| keep.contains(&hash));
        let mut done = Ok(());
        let mut remove = |path: String| {
            if let Err(error) = self.disk.remove(&path) {
                done = Err(error);
            }
        };
        // What was being written when the power failed.
        for entry in self.disk.list(HEADS)?.into_iter().filter(|entry| entry.name.ends_with(".new")) {
            remove(format!("{HEADS}/{}", entry.name));
        }
        for entry in self.disk.list(PARTIAL)?.into_iter().filter(|entry| !wanted(&entry.name)) {
            remove(format!("{PARTIAL}/{}", entry.name));
        }
        for folder in self.disk.list(OBJECTS)? {
            let path = format!("{OBJECTS}/{}", folder.name);
            if !folder.is_folder {
                remove(path);
                continue;
            }
            for entry in self.disk.list(&path)?.into_iter().filter(|entry| !wanted(&entry.name)) {
                remove(format!("{path}/{}", entry.name));
            }
        }
        done
    }

    /// The version of the head that the player last drew a frame of.
    pub fn shown(&self) -> Option<Version> {
        let text = self.disk.read(SHOWN, 32).ok()?;
        std::str::from_utf8(&text).ok()?.trim().parse().ok()
    }

    /// Nothing is known of what the player has drawn.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn forget_shown(&self) -> io::Result<()> {
        self.disk.remove(SHOWN)
    }

    /// The player has drawn a frame of this head.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn set_shown(&self, version: Version) -> io::Result<()> {
        self.write_whole(SHOWN, version.to_string().as_bytes())
    }
}

/// An object on its way.
pub struct Arriving {
    pub object: Object,
    /// Bytes that have come.
    pub length: u64,
    digest: Digesting,
}

impl Arriving {
    /// Nothing of it has come.
    pub fn new(object: &Object) -> Self {
        Self { object: *object, length: 0, digest: Digesting::new() }
    }

    pub fn is_whole(&self) -> bool {
        self.length == self.object.length
    }
}

fn head_path(version: Version) -> String {
    format!("{HEADS}/{version}.json")
}

/// Where an object lies in the store.
pub fn stored_path(hash: Digest) -> String {
    format!("{OBJECTS}/{}", object_path(hash))
}

fn partial_path(hash: Digest) -> String {
    format!("{PARTIAL}/{hash}")
}
