//! What displays tell the hub and are told by it: signed, once, and seen by staff.

use crate::browser::House;
use crate::enrolment::enrolled;
use chrono::{DateTime, Utc};
use parvis::hub::routes::{Who, routes};
use parvis::hub::store::{By, Displays, Sqlite};
use parvis::hub::watch::{Doubt, Watch};
use parvis::protocol::{Batch, Kind, Placed, Record, RecordId, Request, Signed};
use parvis::publication::SigningKey;

#[test]
fn a_display_may_ask_for_what_is_a_displays_and_for_what_anybody_may() {
    let (house, mut anne) = House::set_up("displays-routes");
    let (screen, _) = enrolled(&house, &mut anne, "Mairie");
    for route in routes().iter().filter(|route| route.method == "POST") {
        let path = route.path.replace("{id}", "1").replace("{kind}", "event");
        let (status, body) = screen.post(path.trim_start_matches('/'), b"{}");
        let due = match route.who {
            Who::Display => path.ends_with("report"),
            // Forms of pages are not for displays; what anybody may ask, a display may ask as well.
            _ => path.starts_with("/displays/enrolments") && status != 401,
        };
        let is_taken = status == 200 || path.starts_with("/displays") && [400, 410].contains(&status);
        assert_eq!(is_taken, due || path.ends_with("screenshot"), "{path}: {status} {body}");
    }
}

fn at(secs: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000 + secs, 0).unwrap()
}

/// A store with one display, and its key.
struct Let {
    town: crate::published_town::Town,
    store: Sqlite,
    key: SigningKey,
    id: i64,
}

fn let_in(name: &str) -> Let {
    let town = crate::published_town::Town::new(name);
    let store = Sqlite::open(&town.at("")).unwrap();
    let key = SigningKey::generate().unwrap();
    let placed = Placed { display: 0, name: "Gare".to_owned(), group: "default".to_owned(), position: String::new() };
    let id = store.add_display(&placed, key.public(), By { who: "anne", now: at(0) }).unwrap();
    Let { town, store, key, id }
}

const REPORT: Request<'_> = Request { method: "POST", path: "/displays/report", body: b"{}" };

#[test]
fn a_signature_is_taken_once_and_while_it_is_fresh() {
    let gare = let_in("displays-replay");
    let watch = Watch::new(at(0));
    let ask = |watch: &Watch, created: i64, nonce: &str, now: i64| {
        let signed = Signed { display: gare.id, created: at(created).timestamp(), nonce: nonce.to_owned() };
        let [(_, digest), (_, input), (_, signature)] = signed.headers(REPORT, &gare.key);
        let texts = [Some(input.as_str()), Some(digest.as_str()), Some(signature.as_str())];
        watch.signer(&gare.store, REPORT, texts, at(now)).unwrap().map(|display| display.placed.name)
    };
    let nonce = "0123456789abcdef";
    assert_eq!(ask(&watch, 10, nonce, 10).as_deref(), Ok("Gare"));
    assert_eq!(ask(&watch, 10, nonce, 11), Err(Doubt::Again));
    assert_eq!(ask(&watch, 10, nonce, 310), Err(Doubt::Again));
    assert_eq!(ask(&watch, 10, nonce, 311), Err(Doubt::OutOfTime), "forgotten only when it is too old");
    assert_eq!(ask(&watch, 320, "0123456789abcdee", 20), Ok("Gare".to_owned()));
    assert_eq!(ask(&watch, 321, "0123456789abcded", 20), Err(Doubt::OutOfTime));
    // A hub that was stopped remembers no numbers, and takes nothing that was signed before.
    let again = Watch::new(at(100));
    assert_eq!(ask(&again, 20, "0123456789abcdee", 101), Err(Doubt::OutOfTime));
    assert_eq!(ask(&again, 101, "0123456789abcdee", 101), Ok("Gare".to_owned()));
    drop(gare.town);
}

#[test]
fn only_the_key_that_was_let_in_signs_for_a_display() {
    let gare = let_in("displays-keys");
    let watch = Watch::new(at(0));
    let signed = |display: i64| Signed { display, created: at(1).timestamp(), nonce: "0123456789abcdef".to_owned() };
    let other = SigningKey::generate().unwrap();
    for (display, key) in [(gare.id, &other), (gare.id + 1, &gare.key)] {
        let [(_, digest), (_, input), (_, signature)] = signed(display).headers(REPORT, key);
        let texts = [Some(input.as_str()), Some(digest.as_str()), Some(signature.as_str())];
        assert_eq!(watch.signer(&gare.store, REPORT, texts, at(1)).unwrap().unwrap_err(), Doubt::Unknown);
    }
    let unsigned = watch.signer(&gare.store, REPORT, [None, None, None], at(1)).unwrap();
    assert_eq!(unsigned.unwrap_err(), Doubt::Unsigned);
}

fn batch(numbers: impl IntoIterator<Item = u8>) -> Vec<u8> {
    let record = |number: u8| Record {
        id: RecordId::new(at(0), [number; 10]),
        at: at(i64::from(number)),
        kind: Kind::Play,
        body: serde_json::Value::Null,
    };
    serde_json::to_vec(&Batch { records: numbers.into_iter().map(record).collect() }).unwrap()
}

#[test]
fn records_come_from_displays_that_are_let_in_and_each_counts_once() {
    let (house, mut anne) = House::set_up("displays-records");
    let stranger = crate::enrolment::Screen::new(&house);
    assert_eq!(stranger.post("records", &batch([0])).0, 200, "as long as no display was let in");
    let (screen, _) = enrolled(&house, &mut anne, "Mairie");
    let (status, words) = stranger.post("records", &batch([9]));
    assert!(status == 401 && words.contains("signed"), "{status} {words}");
    // Twice, in another order, in pieces, all at once: whatever a bad line makes of them.
    let deliveries: [Vec<u8>; 6] =
        [vec![1, 2, 3], vec![3, 2, 1], vec![5, 4], vec![1, 2, 3], vec![4], vec![2, 4, 6, 1, 5, 3, 0]];
    for numbers in deliveries {
        let due = numbers.len();
        let (status, receipt) = screen.post("records", &batch(numbers));
        let receipt: parvis::protocol::Receipt = serde_json::from_str(&receipt).unwrap();
        assert_eq!((status, receipt.taken.len()), (200, due), "what is there is in the receipt, new or not");
    }
    let kept = parvis::hub::records::Records::open(&house.town.at(""), 64).unwrap().counts().unwrap();
    assert_eq!(kept, [("play".to_owned(), 7)]);
}
