//! From the town hall to a display and back: the real `parvis-hub serve`, the real `parvis sync`, a stick, and what the
//! display has to tell.

use crate::memory_web::now;
use crate::published_town::{Running, Town, article};
use chrono::DateTime;
use parvis::hub::records::Records;
use parvis::protocol::{Batch, Kind, Receipt, Record, RecordId, take};
use parvis::publication::ALERTS;
use parvis::store::{Folder, Limits, Outbox, Store, load_store};
use parvis::sync::{FetchFault, Post, Shipping, Soon};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

fn record(number: u8) -> Record {
    let at = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let body = serde_json::json!({"question": number});
    Record { id: RecordId::new(at, [number; 10]), at, kind: Kind::Answer, body }
}

/// A hub whose answer is lost every other time.
struct Forgetful {
    records: Arc<Mutex<Records>>,
    calls: Mutex<u32>,
}

impl Post for Forgetful {
    fn post<'a>(&'a self, batch: &'a Batch) -> Soon<'a, Result<Receipt, FetchFault>> {
        let mut calls = self.calls.lock().unwrap();
        *calls += 1;
        let taken = take(batch, &mut *self.records.lock().unwrap()).unwrap();
        let is_lost = *calls % 2 == 1;
        let answer = if is_lost { Err(FetchFault::Broken("rain".to_owned())) } else { Ok(taken.receipt) };
        Box::pin(async move { answer })
    }
}

#[test]
fn an_answer_that_is_lost_on_the_way_makes_nothing_count_twice() {
    let town = Town::new("forgetful");
    let folder = town.at("display");
    fs::create_dir(&folder).unwrap();
    let mut outbox = Outbox::open(&folder, Limits::default()).unwrap();
    for number in 0..250 {
        outbox.push(&record(number)).unwrap();
    }
    let records = Arc::new(Mutex::new(Records::open(&folder).unwrap()));
    let hub = Forgetful { records: records.clone(), calls: Mutex::default() };
    let mut shipping = Shipping::new(outbox, Box::new(hub));
    let turns: Vec<_> = (0..3).map(|_| now(shipping.ship()).ok()).collect();
    assert_eq!(
        turns,
        [None, None, Some(50)],
        "a batch of 200 is there although its receipt came only with the second try"
    );
    assert_eq!(records.lock().unwrap().counts().unwrap(), [("answer".to_owned(), 250)]);
}

/// The hub's server on a free port, with a folder for what displays report.
fn serve(town: &Town) -> (Running, String) {
    fs::create_dir_all(town.at("reported")).unwrap();
    let mut running = town.start("serve --publication out --listen 127.0.0.1:0 --records reported");
    let mut line = String::new();
    BufReader::new(running.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (running, format!("{}/", line.trim()))
}

fn sync(town: &Town, more: &[&str]) -> Command {
    let mut sync = Command::new(env!("CARGO_BIN_EXE_parvis"));
    sync.args(["sync", "--store", "store", "--root", "out/root.json"]).args(more).current_dir(town.at(""));
    sync.stdin(Stdio::null());
    sync
}

fn done(output: &Output) -> String {
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn titles(store: &Path) -> Vec<String> {
    let showing = load_store(&Store::new(Arc::new(Folder::new(store))), None).unwrap();
    let mut titles: Vec<String> = showing
        .content
        .unwrap()
        .catalog
        .articles
        .iter()
        .map(|one| one.common.title.exact("fr").unwrap().text.clone())
        .collect();
    titles.sort();
    titles
}

#[test]
fn a_display_hears_of_news_at_once_and_reports_what_it_shows() {
    let town = Town::published("story");
    let (_hub, address) = serve(&town);
    let mut daemon = sync(&town, &["--from", &address]);
    daemon.env("PARVIS_SYNC_HUB", &address).env("PARVIS_SYNC_POLL_SECS", "86400").stdout(Stdio::piped());
    let mut daemon = Running(daemon.spawn().unwrap());
    let mut lines = BufReader::new(daemon.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut hear = |words: &str| lines.find(|line| line.contains(words)).unwrap_or_else(|| panic!("never: {words}"));
    hear("revision 1.1 ");
    assert_eq!(titles(&town.at("store")), ["One", "Three", "Two"]);
    // It looks once a day: what is published now comes only because the hub says so.
    town.write_items("a.json", &[article("t:1", "Changed"), article("t:2", "Two")]);
    town.publish();
    hear("revision 1.2 ");
    assert_eq!(titles(&town.at("store")), ["Changed", "Two"]);
    fs::write(town.at("warning.json"), r#"{"format":1,"items":[]}"#).unwrap();
    town.done("alerts --file warning.json --keys keys --passphrase-file passphrase --out out");
    hear("revision 1.3 ");
    let store = Store::new(Arc::new(Folder::new(town.at("store"))));
    let heads = store.heads(&fs::read(town.at("out/root.json")).unwrap());
    assert!(heads[0].head.as_ref().unwrap().0.documents.contains_key(ALERTS));
    drop(daemon);
    // What the last turn left to tell goes with the next one.
    done(&sync(&town, &["--from", &address, "--once"]).env("PARVIS_SYNC_HUB", &address).output().unwrap());
    let told = Records::open(&town.at("reported")).unwrap().counts().unwrap();
    assert_eq!(told, [("status".to_owned(), 3)]);
}

#[test]
fn a_stick_brings_the_same_as_the_network_and_its_root_is_good_for_nothing_else() {
    let town = Town::published("stick");
    town.done("bundle --publication out --out town.parvis");
    done(&sync(&town, &["--from", "town.parvis", "--once"]).output().unwrap());
    let by_stick = titles(&town.at("store"));
    assert_eq!(by_stick, ["One", "Three", "Two"]);
    let (_hub, address) = serve(&town);
    let words = done(&sync(&town, &["--from", &address, "--once"]).output().unwrap());
    assert!(words.contains("as before") && words.contains("0 objects"), "{words}");
    // An older stick changes nothing.
    town.write_items("a.json", &[article("t:1", "Changed")]);
    town.publish();
    done(&sync(&town, &["--from", &address, "--once"]).output().unwrap());
    let older = sync(&town, &["--from", "town.parvis", "--once"]).output().unwrap();
    assert!(!older.status.success());
    assert!(String::from_utf8_lossy(&older.stderr).contains("older than what this display has seen"), "{older:?}");
    assert_eq!(titles(&town.at("store")), ["Changed"]);
    // On the web the timestamp that holds for longer is none.
    for name in ["root.json", "timestamp.json"] {
        let web = if name == "root.json" { "metadata/2.root.json" } else { "metadata/timestamp.json" };
        fs::copy(town.at("out/metadata/bundle").join(name), town.at("out").join(web)).unwrap();
    }
    fs::remove_dir_all(town.at("store")).unwrap();
    let refused = sync(&town, &["--from", &address, "--once"]).output().unwrap();
    assert!(!refused.status.success(), "{refused:?}");
    assert!(load_store(&Store::new(Arc::new(Folder::new(town.at("store")))), None).is_err());
}
