//! Every file of a store is damaged in every way: what is shown is never wrong, `parvis verify` names the file, and the
//! next synchronisation mends it.

use crate::faulty_display::{Change, Shows, for_each};
use crate::published_town::files;
use parvis::store::{Disk, Folder, Store, verify};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    Empty,
    Half,
    Zeros,
    Garbage,
    FlippedBit,
    Missing,
    /// A folder in its place: no permission keeps root from reading a file.
    Unreadable,
}

impl Damage {
    const ALL: [Self; 7] =
        [Self::Empty, Self::Half, Self::Zeros, Self::Garbage, Self::FlippedBit, Self::Missing, Self::Unreadable];

    fn strike(self, path: &Path) {
        let mut bytes = fs::read(path).unwrap();
        let length = bytes.len();
        match self {
            Self::Empty => bytes.clear(),
            Self::Half => bytes.truncate(length / 2),
            Self::Zeros => bytes.fill(0),
            Self::Garbage => bytes.iter_mut().enumerate().for_each(|(at, byte)| *byte = (at * 37 + 11) as u8),
            Self::FlippedBit => bytes[length / 2] ^= 0x10,
            Self::Missing => return fs::remove_file(path).unwrap(),
            Self::Unreadable => {
                fs::remove_file(path).unwrap();
                fs::create_dir(path).unwrap();
                return fs::write(path.join("x"), "x").unwrap();
            }
        }
        fs::write(path, bytes).unwrap();
    }
}

/// A folder of its own, in memory where the machine has room there, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let memory = PathBuf::from("/dev/shm");
        let base = if memory.is_dir() { memory } else { std::env::temp_dir() };
        let path = base.join(format!("parvis-damage-{}-{name}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn disk(&self) -> Arc<dyn Disk> {
        Arc::new(Folder::new(&self.0))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn copy(from: &Path, to: &Path) {
    for file in files(from).into_keys() {
        fs::create_dir_all(to.join(&file).parent().unwrap()).unwrap();
        fs::copy(from.join(&file), to.join(&file)).unwrap();
    }
}

/// What says nothing by its absence: it is made anew, and nobody lacks it.
fn may_be_missing(file: &str) -> bool {
    ["tuf/", "clock.json", "sync.json", "shown"].iter().any(|start| file.starts_with(start))
}

/// A bit of these may flip and leave something that is right for all that anybody can know.
fn is_unsigned(file: &str) -> bool {
    ["clock.json", "sync.json", "shown"].contains(&file)
}

#[test]
fn every_file_damaged_in_every_way_is_named_never_shown_and_mended() {
    let change = Change::new();
    let whole = Scratch::new("whole");
    change.sync_on(whole.disk(), &change.old, 0).unwrap();
    change.sync_on(whole.disk(), &change.new, 1).unwrap();
    let store = Store::new(whole.disk());
    let newest = verify(&store).newest.unwrap();
    store.set_shown(newest).unwrap();
    let files: Vec<String> = files(&whole.0).into_keys().collect();
    for part in ["pinned-root.json", "heads/", "objects/", "tuf/", "clock.json", "sync.json", "shown"] {
        assert!(files.iter().any(|file| file.starts_with(part)), "no {part} among {files:?}");
    }
    assert_eq!(verify(&store).flaws, []);
    let is_older_head = |file: &str| file.starts_with("heads/") && file != format!("heads/{newest}.json");
    for_each(files.len() * Damage::ALL.len(), |at| {
        let (file, damage) = (&files[at / Damage::ALL.len()], Damage::ALL[at % Damage::ALL.len()]);
        let case = format!("{file}, {damage:?}");
        let scratch = Scratch::new(&format!("case-{at}"));
        copy(&whole.0, &scratch.0);
        damage.strike(&scratch.0.join(file));

        let found = verify(&Store::new(scratch.disk()));
        let is_named = found.flaws.iter().any(|flaw| flaw.path.starts_with(file.as_str()));
        let cannot_be = damage == Damage::Missing && (may_be_missing(file) || is_older_head(file))
            || damage == Damage::FlippedBit && is_unsigned(file);
        assert!(is_named || cannot_be, "{case}: verify says {:?}", found.flaws);
        assert!(is_named || found.flaws.is_empty(), "{case}: {:?}", found.flaws);

        // Wrong is what nobody signed; to show less, or what was shown before, is not.
        match change.state_on(scratch.disk()) {
            Shows::Wrong(words) => assert!(words.contains("head") && !words.contains("shows"), "{case}: {words}"),
            Shows::Nothing | Shows::Old | Shows::New => {}
        }

        change.sync_on(scratch.disk(), &change.new, 2).unwrap_or_else(|refusal| panic!("{case}: {refusal}"));
        assert_eq!(change.state_on(scratch.disk()), Shows::New, "{case}: afterwards");
        let after = verify(&Store::new(scratch.disk()));
        assert!(after.is_whole() && after.flaws.is_empty(), "{case}: afterwards: {:?}", after.flaws);
    });
}
