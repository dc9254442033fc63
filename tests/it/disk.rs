//! The disk is full, cannot be written, or fails: the trouble is named, what was shown is shown on, and all is well again
//! when the disk is.

use crate::faulty_disk::{FaultyDisk, Trouble};
use crate::faulty_display::{Change, Shows, for_each, store};
use parvis::publication::Object;
use parvis::store::{Arriving, Disk, State, stored_path, verify};

/// Synchronises while the disk is in trouble, and afterwards.
fn suffers(change: &Change, start: &FaultyDisk, trouble: Trouble) {
    let disk = start.settled();
    disk.set_trouble(trouble);
    let turned = change.sync(&disk, &change.new, 1);
    disk.set_trouble(Trouble::None);
    let shows = change.state(&disk);
    match &turned {
        Ok(_) => assert_eq!(shows, Shows::New, "{trouble:?}: it said that all went well"),
        Err(refusal) => {
            assert_eq!(refusal.kind(), "disk", "{trouble:?}: {refusal}");
            assert!(matches!(shows, Shows::Old | Shows::New), "{trouble:?}: {refusal}: {shows:?}");
        }
    }
    change.sync(&disk, &change.new, 2).unwrap_or_else(|refusal| panic!("{trouble:?}: afterwards: {refusal}"));
    assert_eq!(change.state(&disk), Shows::New, "{trouble:?}: afterwards");
    let verified = verify(&store(&disk));
    assert!(verified.is_whole() && verified.flaws.is_empty(), "{trouble:?}: afterwards: {:?}", verified.flaws);
    assert!(store(&disk).sync_note().faults.is_empty(), "{trouble:?}: afterwards");
}

/// Operations and allocations of a synchronisation that goes well.
fn usual(change: &Change, start: &FaultyDisk) -> (usize, usize) {
    let disk = start.settled();
    disk.set_trouble(Trouble::None);
    change.sync(&disk, &change.new, 1).unwrap();
    disk.used()
}

#[test]
fn a_disk_that_is_full_at_any_allocation_costs_only_the_news() {
    let change = Change::new();
    let start = change.disk_with_old();
    let (_, allocations) = usual(&change, &start);
    assert!(allocations > 30, "{allocations}");
    for_each(allocations + 1, |at| suffers(&change, &start, Trouble::FullFrom(at)));
}

#[test]
fn a_disk_that_cannot_be_written_costs_only_the_news() {
    let change = Change::new();
    suffers(&change, &change.disk_with_old(), Trouble::ReadOnly);
}

#[test]
fn an_error_at_any_operation_is_survived() {
    let change = Change::new();
    let start = change.disk_with_old();
    let (operations, _) = usual(&change, &start);
    assert!(operations > 100, "{operations}");
    for_each(operations + 1, |at| suffers(&change, &start, Trouble::ErrorAt(at)));
}

#[test]
fn a_disk_that_fails_for_good_at_any_operation_still_holds_what_was_shown() {
    let change = Change::new();
    let start = change.disk_with_old();
    let (operations, _) = usual(&change, &start);
    for_each(operations, |at| suffers(&change, &start, Trouble::ErrorsFrom(at)));
}

#[test]
fn room_is_made_by_what_nobody_needs_and_by_nothing_else() {
    let mut change = Change::new();
    let start = change.disk_with_old();
    let needed = store(&start).used().unwrap();
    for number in 0_u8..9 {
        let unneeded = [number; 3_000];
        let mut arriving = Arriving::new(&Object::of(&unneeded));
        store(&start).add(&mut arriving, &unneeded).unwrap();
        store(&start).finish_arriving(arriving).unwrap();
    }
    let (mut news, mut refusals) = (0, 0);
    for quota_bytes in (needed..needed + 40_000).step_by(100) {
        change.quota_bytes = quota_bytes;
        let disk = start.settled();
        match change.sync(&disk, &change.new, 1) {
            Ok(_) => {
                assert_eq!(change.state(&disk), Shows::New, "{quota_bytes}");
                news += 1;
            }
            Err(refusal) => {
                assert_eq!(refusal.kind(), "disk", "{quota_bytes}: {refusal}");
                assert_eq!(change.state(&disk), Shows::Old, "{quota_bytes}");
                refusals += 1;
            }
        }
    }
    assert!(news > 100 && refusals > 5, "{news} {refusals}");
}

#[test]
fn what_is_larger_than_a_piece_is_held_against_its_hash_and_resumed() {
    const PIECE: usize = 1 << 20;
    let disk = FaultyDisk::default();
    let store = store(&disk);
    for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
        let bytes: Vec<u8> = (0..length).map(|at| (at * 7 + at / 251) as u8).collect();
        let object = Object::of(&bytes);
        assert_eq!(store.check(&object), State::Missing, "{length}");
        let mut first = store.resume(&object).unwrap();
        store.add(&mut first, &bytes[..length / 2]).unwrap();
        let mut rest = store.resume(&object).unwrap();
        assert_eq!(rest.length, (length / 2) as u64);
        store.add(&mut rest, &bytes[length / 2..]).unwrap();
        store.finish_arriving(rest).unwrap();
        assert_eq!(store.check(&object), State::Whole, "{length}");
        let path = stored_path(object.hash);
        disk.write(&path, length as u64, b"x").unwrap();
        assert_eq!(store.check(&object), State::Damaged, "{length}: too long");
        if let Some(last) = bytes.last() {
            disk.write(&path, (length - 1) as u64, &[last ^ 1]).unwrap();
            assert_eq!(store.check(&object), State::Damaged, "{length}: the last byte");
        }
        disk.remove(&path).unwrap();
    }
}
