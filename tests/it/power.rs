//! The power fails: at every step of a synchronisation, in every way a file system may forget. The display shows the old
//! or the new content, whole, and the next synchronisation brings the new.

use crate::faulty_disk::{FaultyDisk, Loss, Sync as Synced};
use crate::faulty_display::{Change, Shows, for_each, store};
use parvis::store::{Disk, Store, verify};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Losses that are drawn by chance, for each cut.
const CHANCES: u64 = 6;

/// Cuts a recorded disk at every step in every way.
fn cuts(disk: &FaultyDisk, check: impl Fn(usize, Loss, FaultyDisk) + Sync) {
    for_each(disk.steps() + 1, |after| {
        for loss in Loss::variants(CHANCES, after) {
            check(after, loss, disk.cut(after, loss));
        }
    });
}

#[test]
fn a_synchronisation_that_is_cut_anywhere_leaves_old_or_new_and_the_next_brings_the_new() {
    let change = Change::new();
    let disk = change.disk_with_old();
    change.sync(&disk, &change.new, 1).unwrap();
    assert_eq!(change.state(&disk), Shows::New);
    let steps = disk.steps();
    assert!(steps > 60, "{steps} steps: too few for what this test is about");
    cuts(&disk, |after, loss, left| {
        let at = || format!("cut behind step {after} of {steps}, {loss:?}");
        let shows = change.state(&left);
        assert!(matches!(shows, Shows::Old | Shows::New), "{}: {shows:?}", at());
        let is_over = after == steps;
        assert!(!is_over || shows == Shows::New, "{}: it had said that the new content is there", at());
        converges(&change, &left, &at());
    });
}

#[test]
fn the_first_synchronisation_cut_anywhere_leaves_nothing_or_all() {
    let change = Change::new();
    let disk = FaultyDisk::default();
    change.sync(&disk, &change.old, 0).unwrap();
    let steps = disk.steps();
    cuts(&disk, |after, loss, left| {
        let at = || format!("cut behind step {after} of {steps}, {loss:?}");
        let shows = change.state(&left);
        assert!(matches!(shows, Shows::Nothing | Shows::Old), "{}: {shows:?}", at());
        assert!(after < steps || shows == Shows::Old, "{}: it had said that the content is there", at());
        converges(&change, &left, &at());
    });
}

#[test]
fn without_any_of_the_three_syncs_a_cut_would_be_seen() {
    let change = Change::new();
    let start = change.disk_with_old();
    for deaf_to in [Synced::File, Synced::Folder, Synced::All] {
        let disk = start.settled();
        disk.be_deaf_to(deaf_to);
        change.sync(&disk, &change.new, 1).unwrap();
        let (steps, broken) = (disk.steps(), AtomicUsize::new(0));
        cuts(&disk, |after, _, left| {
            let is_right = match change.state(&left) {
                Shows::New => true,
                Shows::Old => after < steps,
                Shows::Nothing | Shows::Wrong(_) => false,
            };
            broken.fetch_add(usize::from(!is_right), Ordering::Relaxed);
        });
        assert!(broken.into_inner() > 0, "{deaf_to:?}: nobody would notice");
    }
}

/// The machine starts again, and the daemon with it.
fn converges(change: &Change, left: &FaultyDisk, at: &str) {
    change.sync(left, &change.new, 2).unwrap_or_else(|refusal| panic!("{at}: then: {refusal}"));
    assert_eq!(change.state(left), Shows::New, "{at}: after the next synchronisation");
    let verified = verify(&store(left));
    assert!(verified.is_whole() && verified.flaws.is_empty(), "{at}: {:?}", verified.flaws);
}

#[test]
fn a_file_is_replaced_whole_or_not_at_all() {
    let disk = FaultyDisk::default();
    let (old, new) = (vec![b'o'; 2_000], vec![b'n'; 3_000]);
    store(&disk).write_whole("folder/file", &old).unwrap();
    let disk = disk.settled();
    store(&disk).write_whole("folder/file", &new).unwrap();
    let steps = disk.steps();
    cuts(&disk, |after, loss, left| {
        let found = left.read("folder/file", 10_000).unwrap_or_else(|error| panic!("{after} {loss:?}: {error}"));
        assert!(found == old && after < steps || found == new, "{after} {loss:?}: {} bytes", found.len());
    });
}

/// How many cuts leave something that is neither old nor new.
fn torn(write: impl Fn(&Store)) -> usize {
    let disk = FaultyDisk::default();
    store(&disk).write_whole("file", &[b'o'; 2_000]).unwrap();
    let disk = disk.settled();
    write(&store(&disk));
    let found = AtomicUsize::new(0);
    cuts(&disk, |_, _, left| {
        let bytes = left.read("file", 10_000).unwrap_or_default();
        if bytes != [b'o'; 2_000] && bytes != [b'n'; 3_000] {
            found.fetch_add(1, Ordering::Relaxed);
        }
    });
    found.into_inner()
}

#[test]
fn the_faulty_disk_finds_what_is_written_carelessly() {
    let new = [b'n'; 3_000];
    assert!(torn(|store| store.disk().write("file", 0, &new).unwrap()) > 0, "written in place");
    let unsynced = |store: &Store| {
        store.disk().write("file.new", 0, &new).unwrap();
        store.disk().rename("file.new", "file").unwrap();
        store.disk().sync_folder("").unwrap();
    };
    assert!(torn(unsynced) > 0, "renamed before its bytes were sure");
    let removed_first = |store: &Store| {
        store.disk().write("file.new", 0, &new).unwrap();
        store.disk().sync("file.new").unwrap();
        store.disk().remove("file").unwrap();
        store.disk().rename("file.new", "file").unwrap();
    };
    assert!(torn(removed_first) > 0, "the old one removed first");
    assert_eq!(torn(|store| store.write_whole("file", &new).unwrap()), 0);
}
