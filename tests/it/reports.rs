//! From the town hall to a display and back: the real `parvis-hub serve`, the real `parvis sync`, a stick, and what the
//! display has to tell.

use crate::memory_web::now;
use crate::published_town::{Running, Town, article};
use crate::serving::connect;
use chrono::DateTime;
use parvis::hub::records::Records;
use parvis::protocol::{Batch, Kind, Receipt, Record, RecordId};
use parvis::publication::ALERTS;
use parvis::store::{Folder, Limits, Outbox, Store, load_store};
use parvis::sync::{FetchFault, Post, Shipping, Soon};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
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
        let taken = self.records.lock().unwrap().take(batch).unwrap();
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
    let records = Arc::new(Mutex::new(Records::open(&folder, 64).unwrap()));
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
    serve_with(town, "")
}

fn serve_with(town: &Town, more: &str) -> (Running, String) {
    fs::create_dir_all(town.at("reported")).unwrap();
    let mut serve = town.command(&format!("serve --publication out --listen 127.0.0.1:0 --records reported {more}"));
    serve.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running(serve.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (running, format!("{}/", line.trim()))
}

/// Hands a body over at `/records`: the status and the words of the answer.
fn post(address: &str, body: &str) -> (u16, String) {
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = connect(host);
    let length = body.len();
    let head =
        format!("POST /records HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    // Whoever refuses a body need not read all of it.
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
    let mut answer = String::new();
    // It may close the connection on what it has not read; the answer has come by then.
    let _ = stream.read_to_string(&mut answer);
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

fn batch(numbers: std::ops::Range<u8>, bytes: usize) -> String {
    let large = |number| Record { body: "x".repeat(bytes).into(), ..record(number) };
    serde_json::to_string(&Batch { records: numbers.map(large).collect() }).unwrap()
}

#[test]
fn what_no_display_would_send_is_refused_and_nothing_is_kept() {
    let town = Town::published("too-much");
    let (_hub, address) = serve(&town);
    for (body, expected) in [
        (batch(0..9, 60 << 10), 413),
        (batch(0..201, 1), 413),
        (batch(0..1, 65 << 10), 413),
        (batch(0..1, 10).replace("answer", "confession"), 400),
        ("{".to_owned(), 400),
        (batch(0..200, 1), 200),
    ] {
        let (status, words) = post(&address, &body);
        assert_eq!(status, expected, "{words}");
    }
    let kept = Records::open(&town.at("reported"), 64).unwrap().counts().unwrap();
    assert_eq!(kept, [("answer".to_owned(), 200)]);
}

#[test]
fn a_hub_that_is_full_says_so_and_displays_keep_what_they_have() {
    let town = Town::published("full");
    let (mut hub, address) = serve_with(&town, "--records-mib 1");
    let sevens = (0..3).map(|number| number * 7..number * 7 + 7);
    let singles = (50..56).map(|number| number..number + 1);
    let answers: Vec<(u16, String)> = sevens.chain(singles).map(|ids| post(&address, &batch(ids, 60 << 10))).collect();
    let statuses: Vec<u16> = answers.iter().map(|(status, _)| *status).collect();
    assert_eq!((&statuses[..3], statuses.last()), (&[200, 200, 507][..], Some(&507)), "{statuses:?}");
    let receipts = answers.iter().filter_map(|(_, words)| serde_json::from_str::<Receipt>(words).ok());
    let receipted: usize = receipts.map(|receipt| receipt.taken.len()).sum();
    let folder = town.at("reported");
    let kept = || Records::open(&folder, 64).unwrap().counts().unwrap();
    assert_eq!(kept(), [("answer".to_owned(), receipted as i64)], "what is in a receipt is there, and nothing else");
    assert!(fs::metadata(folder.join("records.db")).unwrap().len() <= 1 << 20);
    let mut told = BufReader::new(hub.0.stderr.take().unwrap()).lines().map(Result::unwrap);
    let words = told.next().unwrap();
    assert!(words.contains("records.db is full (1 MiB)") && words.contains("--records-mib"), "{words}");
    fs::create_dir(town.at("store")).unwrap();
    let mut outbox = Outbox::open(&town.at("store"), Limits::default()).unwrap();
    outbox.push(&Record { body: "x".repeat(60 << 10).into(), ..record(100) }).unwrap();
    drop(outbox);
    let ship = |address: &str| {
        done(&sync(&town, &["--from", "out.parvis", "--once"]).env("PARVIS_SYNC_HUB", address).output().unwrap())
    };
    town.done("bundle --publication out --out out.parvis");
    ship(&address);
    let waiting = || {
        Outbox::look(&town.at("store"))
            .unwrap()
            .map_or(0, |waiting| waiting.records.get(&Kind::Answer).copied().unwrap_or(0))
    };
    assert_eq!(waiting(), 1);
    drop(hub);
    let (_hub, address) = serve_with(&town, "--records-mib 8");
    ship(&address);
    assert_eq!(waiting(), 0);
    assert_eq!(kept()[0], ("answer".to_owned(), receipted as i64 + 1));
}

fn sync(town: &Town, more: &[&str]) -> Command {
    let mut sync = Command::new(env!("CARGO_BIN_EXE_parvis"));
    sync.args(["sync", "--store", "store", "--root", "out/root.json"]).args(more).current_dir(town.at(""));
    sync.stdin(Stdio::null());
    sync
}

/// A command of the display that needs no network: exit status and all that it prints.
fn parvis(town: &Town, arguments: &str) -> (i32, String) {
    let mut parvis = Command::new(env!("CARGO_BIN_EXE_parvis"));
    let output = parvis.args(arguments.split_whitespace()).current_dir(town.at("")).output().unwrap();
    let words = [output.stdout, output.stderr].map(|words| String::from_utf8(words).unwrap());
    (output.status.code().unwrap(), words.concat())
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
    let told = Records::open(&town.at("reported"), 64).unwrap().counts().unwrap();
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

#[test]
fn status_says_which_revision_sync_says_after_keys_have_changed() {
    let town = Town::published("status");
    let brought = || {
        town.done("bundle --publication out --out town.parvis");
        let words = done(&sync(&town, &["--from", "town.parvis", "--once"]).output().unwrap());
        words.split_whitespace().nth(1).unwrap().to_owned()
    };
    let shown = || {
        let (status, words) = parvis(&town, "status --store store");
        assert_eq!(status, 0, "{words}");
        let line = words.lines().find_map(|line| line.strip_prefix("revision   ")).unwrap().to_owned();
        line.split(' ').next().unwrap().to_owned()
    };
    assert_eq!((brought().as_str(), shown().as_str()), ("1.1", "1.1"));
    for change in ["keys rotate snapshot", "keys renew"] {
        town.done(&format!("{change} --keys keys --passphrase-file passphrase --out out"));
        assert_eq!(brought(), shown(), "{change}");
    }
    town.write_items("a.json", &[article("t:1", "Changed")]);
    town.publish();
    assert_eq!(brought(), shown());
    assert!(shown().starts_with("3."));
}

#[test]
fn status_notices_what_is_missing_and_sends_to_verify_for_the_rest() {
    let town = Town::new("status-damage");
    town.write_picture("small.png", 30, 20);
    let media = serde_json::json!({"type": "article", "id": "t:9", "title": {"fr": "Image"},
        "media": [{"path": "small.png"}]});
    town.write_items("b.json", &[media]);
    town.publish();
    town.done("bundle --publication out --out town.parvis");
    done(&sync(&town, &["--from", "town.parvis", "--once"]).output().unwrap());
    let status = || parvis(&town, "status --store store");
    let (code, words) = status();
    assert!(code == 0 && words.contains("objects    all are there") && words.contains("parvis verify"), "{words}");
    let picture = parvis::publication::Object::of(&fs::read(town.at("content/media/small.png")).unwrap());
    let picture = town.at("store/objects").join(picture.path());
    let whole = fs::read(&picture).unwrap();
    fs::write(&picture, &whole[1..]).unwrap();
    let (_, words) = status();
    assert!(words.contains("damage     missing or wrong objects: 1;"), "{words}");
    for segment in fs::read_dir(town.at("store/objects")).unwrap() {
        fs::remove_dir_all(segment.unwrap().path()).unwrap();
    }
    let (_, words) = status();
    // Its frame and four segments; nobody knows which pictures they had.
    assert!(words.contains("damage     missing or wrong objects: 5;"), "{words}");
    for head in fs::read_dir(town.at("store/heads")).unwrap() {
        fs::write(head.unwrap().path(), "{}").unwrap();
    }
    assert_eq!(parvis(&town, "verify --store store").0, 1);
}

#[test]
fn a_store_that_trusts_no_root_says_what_it_needs() {
    let town = Town::new("no-root");
    let next = "parvis sync --once --store empty --root ROOT.json";
    for command in ["status", "verify", "render home -o home.png"] {
        let (code, words) = parvis(&town, &format!("{command} --store nowhere"));
        assert!(code == 1 && words.contains("nowhere: there is no store"), "{command}: {words}");
    }
    assert!(!town.at("home.png").exists());
    fs::create_dir(town.at("empty")).unwrap();
    let (code, words) = parvis(&town, "status --store empty");
    assert!(code == 0 && words.contains(next), "{words}");
    let (code, words) = parvis(&town, "verify --store empty");
    assert!(code == 1 && words.contains(next), "{words}");
    // As `play` does, it shows the town inside the program.
    let (code, words) = parvis(&town, "render home -o home.png --size 270x480 --store empty");
    assert!(code == 0 && town.at("home.png").is_file(), "{words}");
}
