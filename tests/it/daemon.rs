//! What a daemon keeps in mind from one turn to the next: its troubles, a hub that is down, a disk that has failed.

use crate::display::Display;
use crate::faulty_disk::{FaultyDisk, Trouble};
use crate::town::{Note, Town};
use parvis::protocol::{Batch, Receipt};
use parvis::publication::{ALERTS, Object};
use parvis::store::{State, stored_path};
use parvis::sync::{FetchFault, Post, Soon, Turn};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const HOUR: u64 = 3600;

fn notes(state: &str) -> Vec<Note> {
    let picture = Some((0..2_000_u16).flat_map(u16::to_le_bytes).collect());
    vec![Note { picture, ..Note::new("test-1", "stays") }, Note::new("test-2", state)]
}

/// A display that shows "first".
fn shows_first(mut display: Display) -> (Town, Display) {
    let mut town = Town::new(display.now());
    town.publish(&notes("first"), display.now());
    display.trust(&town.root());
    display.web.serve(&town.files);
    display.turn().unwrap();
    assert_eq!(display.titles(), ["first", "stays"]);
    (town, display)
}

#[test]
fn an_error_of_the_disk_makes_the_next_turn_read_every_byte() {
    let disk = FaultyDisk::default();
    let (mut town, mut display) = shows_first(Display::on(Arc::new(disk.clone())));
    let mut picture = notes("first").remove(0).picture.unwrap();
    let object = Object::of(&picture);
    picture[1_000] ^= 0x10;
    display.store.disk().write(&stored_path(object.hash), 0, &picture).unwrap();
    assert!(matches!(display.turn(), Ok(Turn::Unchanged)));
    assert_eq!(display.store.check(&object), State::Damaged, "what has the right length is not read at every turn");

    town.publish(&notes("second"), display.now());
    display.web.serve(&town.files);
    disk.set_trouble(Trouble::ReadOnly);
    assert_eq!(display.turn().unwrap_err().kind(), "disk");
    disk.set_trouble(Trouble::None);
    let Ok(Turn::Collected(collected)) = display.turn() else { panic!("the second publication did not come") };
    assert_eq!((collected.healed, display.store.check(&object)), (1, State::Whole));
    assert_eq!(display.titles(), ["second", "stays"]);
}

#[test]
fn a_trouble_stays_with_the_moment_since_when_it_lasts() {
    let (mut town, mut display) = shows_first(Display::new());
    town.announce(ALERTS, r#"{"format":1,"items":[]}"#, display.now());
    display.web.serve(&town.files);
    display.turn().unwrap();
    assert_eq!(display.store.sync_note().faults, []);
    // Nobody renews the alerts, which are signed for a day.
    display.clock.pass(25 * HOUR);
    town.renew(display.now());
    display.web.serve(&town.files);
    display.turn().unwrap();
    let began = display.store.sync_note().faults;
    assert_eq!(began.iter().map(|fault| fault.kind.as_str()).collect::<Vec<_>>(), ["stale"]);
    for _ in 0..3 {
        display.clock.pass(120);
        assert!(matches!(display.turn(), Ok(Turn::Unchanged)));
        assert_eq!(display.store.sync_note().faults, began);
    }
    // A whole turn finds the same, and another trouble comes beside it.
    display.clock.pass(HOUR);
    display.clock.set("1970-01-01T00:00:00Z".parse().unwrap());
    assert!(matches!(display.turn(), Ok(Turn::Collected(_))));
    let now = display.store.sync_note().faults;
    assert_eq!((now[0].clone(), now[1].kind.as_str()), (began[0].clone(), "clock"));
    assert!(now[1].since > began[0].since, "{now:?}");
}

/// A hub that can be down, and counts how often it is asked.
#[derive(Clone, Default)]
struct Hub {
    is_up: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
}

impl Post for Hub {
    fn post<'a>(&'a self, batch: &'a Batch) -> Soon<'a, Result<Receipt, FetchFault>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = match self.is_up.load(Ordering::SeqCst) {
            true => Ok(Receipt { taken: batch.records.iter().map(|record| record.id).collect() }),
            false => Err(FetchFault::Unreachable("rain".to_owned())),
        };
        Box::pin(async { answer })
    }
}

/// In which of so many seconds, with a turn in each, the hub is asked.
fn asked_in(display: &mut Display, hub: &Hub, secs: u64) -> Vec<u64> {
    let is_asked = |_: &u64| {
        let before = hub.asked.load(Ordering::SeqCst);
        display.turn().unwrap();
        display.clock.pass(1);
        hub.asked.load(Ordering::SeqCst) > before
    };
    (0..secs).filter(is_asked).collect()
}

fn troubles(display: &Display) -> Vec<String> {
    display.store.sync_note().faults.into_iter().map(|fault| fault.kind).collect()
}

#[test]
fn a_hub_that_is_down_is_not_asked_at_every_turn() {
    let (mut town, mut display) = shows_first(Display::new());
    let hub = Hub::default();
    display.report_to(Box::new(hub.clone()));
    town.publish(&notes("second"), display.now());
    display.web.serve(&town.files);
    // What is shown now is the first that the hub is to be told of: the next turn finds it in the outbox.
    display.turn().unwrap();
    assert_eq!(hub.asked.load(Ordering::SeqCst), 0);
    // Waits of 3, 5.5, 10.5 and 20.5 seconds, where chance is a half.
    assert_eq!(asked_in(&mut display, &hub, 60), [0, 3, 9, 20, 41]);
    assert_eq!(troubles(&display), ["records"]);
    assert_eq!(display.titles(), ["second", "stays"]);
    hub.is_up.store(true, Ordering::SeqCst);
    assert_eq!(asked_in(&mut display, &hub, 60).len(), 2, "what waited, and that the trouble has ended");
    assert_eq!(troubles(&display), Vec::<String>::new());
    hub.is_up.store(false, Ordering::SeqCst);
    town.publish(&notes("third"), display.now());
    display.web.serve(&town.files);
    assert_eq!(asked_in(&mut display, &hub, 10), [1, 4], "after a success waits are short again");
}
