//! The real `parvis-hub serve` with its signer, killed with SIGKILL while several people work: what was acknowledged is there
//! with its line in the audit log, displays have what was published and not what was withdrawn, and the publication is whole.
//!
//! Chance comes from seeds: `PARVIS_SEED=7` begins with that one, and a failure says which it was.

use crate::browser::{Browser, House, PASSWORD};
use crate::display::Display;
use crate::faulty_disk::Chance;
use crate::published_town::{Running, Town, files, vouch};
use crate::serving::connect;
use parvis::hub::store::{AuditLog, Items, Sqlite};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixListener;
use std::process::Stdio;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

/// People who work at once.
const PEOPLE: usize = 3;
/// A process that does not end in this time never will.
const PATIENCE: Duration = Duration::from_secs(60);

/// A hub that can be killed. Its signer holds the other end of `errors` as long as it lives.
struct Victim {
    running: Running,
    address: String,
}

impl Victim {
    fn start(town: &Town, more: &str) -> Self {
        let mut command = town.command(&format!("serve --data . --listen 127.0.0.1:0 --services services.toml {more}"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = Running(command.spawn().unwrap());
        let mut line = String::new();
        BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { running, address: line.trim_end().trim_start_matches("http://").to_owned() }
    }

    fn kill(&mut self) {
        self.running.0.kill().unwrap();
        self.running.0.wait().unwrap();
    }

    /// Waits until nobody who was started by it is there any more; what they said.
    fn leaves_nobody(&mut self) -> String {
        let mut errors = self.running.0.stderr.take().unwrap();
        let (ended, end) = mpsc::channel();
        thread::spawn(move || {
            let mut said = String::new();
            errors.read_to_string(&mut said).unwrap();
            ended.send(said).ok();
        });
        end.recv_timeout(PATIENCE).expect("the signer goes on without its hub")
    }

    fn browser(&self) -> Browser {
        Browser { address: self.address.clone(), cookies: BTreeMap::new(), form_token: String::new() }
    }
}

/// Versions as the hub tells displays of them, from the one of now on.
pub fn news(address: &str) -> impl Iterator<Item = u64> {
    let mut stream = connect(address);
    stream.write_all(format!("GET /events HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes()).unwrap();
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.filter_map(|line| line.strip_prefix("data: ")?.trim().parse().ok())
}

/// What somebody knows of an item of theirs. More than one is possible where no answer came, or others publish.
#[derive(Clone, Debug, Default)]
struct Known {
    titles: BTreeSet<String>,
    /// The next publication takes it along.
    is_ready: bool,
    /// As displays have it.
    shown: BTreeSet<Option<String>>,
}

/// Somebody who works, and remembers what the hub has acknowledged.
struct Person {
    number: usize,
    browser: Browser,
    chance: Chance,
    items: BTreeMap<String, Known>,
    /// Lines that the audit log must have: what, about, detail.
    lines: Vec<(String, String, String)>,
    made: usize,
}

impl Person {
    fn title(&mut self) -> String {
        self.made += 1;
        format!("Fête {}-{}", self.number, self.made)
    }

    /// Does one thing that chance decides; whether the hub has acknowledged it.
    fn work(&mut self) -> bool {
        let any = self.chance.below(self.items.len());
        let item = self.items.keys().nth(any).cloned();
        let what = self.chance.below(10);
        let done = match (what, item) {
            (0, _) => self.add_user(),
            (1..=4, _) | (_, None) => self.create(),
            (5 | 6, Some(id)) => self.change(&id),
            (7, Some(id)) => self.withdraw(&id),
            _ => self.publish(),
        };
        done.is_some()
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)], due: u16) -> Option<String> {
        let page = self.browser.try_post(path, fields)?;
        assert_eq!(page.status, due, "{path}: {}", page.body);
        Some(page.header("location").to_owned())
    }

    fn add_user(&mut self) -> Option<()> {
        self.made += 1;
        let email = format!("p{}-{}@ville.fr", self.number, self.made);
        self.browser.try_get("/staff/people")?;
        let said = [("name", "Personne"), ("email", &email), ("role", "contributor"), ("password", PASSWORD)];
        self.post("/staff/people", &said, 303)?;
        self.lines.push(("add user".to_owned(), email, "Personne, contributor".to_owned()));
        Some(())
    }

    fn create(&mut self) -> Option<()> {
        let (title, action) = (self.title(), ["draft", "submit", "ready"][self.chance.below(3)]);
        self.browser.try_get("/staff/items/new/article")?;
        let address = self.post("/staff/items/new/article", &[("title.fr", &title), ("action", action)], 303)?;
        let id = address.trim_start_matches("/staff/items/").replace("%3A", ":");
        self.said(&id, &title, action);
        let mut shown = BTreeSet::from([None]);
        shown.extend((action == "ready").then(|| Some(title.clone())));
        self.items.insert(id, Known { titles: BTreeSet::from([title]), is_ready: action == "ready", shown });
        Some(())
    }

    fn said(&mut self, id: &str, title: &str, action: &str) {
        let what = if action == "submit" { "to_moderate" } else { action };
        self.lines.push((what.to_owned(), id.to_owned(), title.to_owned()));
    }

    fn change(&mut self, id: &str) -> Option<()> {
        let (title, action) = (self.title(), ["draft", "submit", "ready"][self.chance.below(3)]);
        let address = format!("/staff/items/{}", id.replace(':', "%3A"));
        let page = self.browser.try_get(&address)?;
        let (_, rest) = page.body.split_once("name=\"version\" value=\"")?;
        let version = rest.split('"').next()?.to_owned();
        let known = self.items.get_mut(id)?;
        known.titles.insert(title.clone());
        known.is_ready = false;
        // Should it be cut off, a publication by somebody else may have taken it along.
        known.shown.extend((action == "ready").then(|| Some(title.clone())));
        self.post(&address, &[("title.fr", &title), ("version", &version), ("action", action)], 303)?;
        self.said(id, &title, action);
        let known = self.items.get_mut(id)?;
        known.titles = BTreeSet::from([title]);
        known.is_ready = action == "ready";
        Some(())
    }

    fn withdraw(&mut self, id: &str) -> Option<()> {
        let address = format!("/staff/items/{}", id.replace(':', "%3A"));
        self.browser.try_get(&address)?;
        let known = self.items.get_mut(id)?;
        known.shown.insert(None);
        known.is_ready = false;
        self.post(&format!("{address}/judge"), &[("action", "withdraw")], 303)?;
        self.lines.push(("withdraw".to_owned(), id.to_owned(), String::new()));
        self.items.get_mut(id)?.shown = BTreeSet::from([None]);
        Some(())
    }

    fn publish(&mut self) -> Option<()> {
        self.browser.try_get("/staff/publish")?;
        self.post("/staff/publish", &[], 200)?;
        for known in self.items.values_mut().filter(|known| known.is_ready) {
            known.shown = known.titles.iter().cloned().map(Some).collect();
        }
        Some(())
    }
}

fn title(item: &Value) -> String {
    let title = &item["title"]["fr"];
    title.as_str().or_else(|| title["text"].as_str()).unwrap().to_owned()
}

/// Everything that was acknowledged is on the disk of a hub that is dead, and what displays can fetch is whole.
fn nothing_is_lost(town: &Town, root: &[u8], people: &[Person], case: &str) {
    let store = Sqlite::open(&town.at(".")).unwrap();
    assert_eq!(store.check_audit().unwrap(), None, "{case}");
    let lines: BTreeSet<(String, String, String)> =
        store.audit(i64::MAX, u32::MAX).unwrap().into_iter().map(|line| (line.what, line.about, line.detail)).collect();
    let (_, shown) = vouch(&town.at("publication"), root, "default").unwrap_or_else(|why| panic!("{case}: {why}"));
    for person in people {
        for line in &person.lines {
            assert!(lines.contains(line), "{case}: {line:?} is not in the audit log");
        }
        for (id, known) in &person.items {
            let stored = store.item(id).unwrap().unwrap_or_else(|| panic!("{case}: {id} is gone"));
            assert!(known.titles.contains(&title(&stored.body)), "{case}: {id}: {stored:?} and {known:?}");
            let seen = shown.get(id).map(title);
            assert!(known.shown.contains(&seen), "{case}: {id} is shown as {seen:?}: {known:?}");
        }
    }
}

/// People work until so many things were begun, and a little longer; then the hub is killed in the middle.
fn round(town: &Town, people: Vec<Person>, seed: u64) -> (Vec<Person>, usize) {
    let mut chance = Chance(seed);
    let mut victim = Victim::start(town, "");
    let (begins, begun) = mpsc::channel();
    let work = |mut person: Person, begins: Sender<()>| {
        move || {
            while begins.send(()).is_ok() && person.work() {}
            person
        }
    };
    let address = victim.address.clone();
    let working: Vec<_> = people
        .into_iter()
        .map(|mut person| {
            person.browser.address.clone_from(&address);
            thread::spawn(work(person, begins.clone()))
        })
        .collect();
    drop(begins);
    let wanted = 2 + chance.below(4);
    (0..wanted).for_each(|_| begun.recv().unwrap());
    // From at once to a whole publication later.
    let doublings = chance.below(27);
    (0..chance.below(1 << doublings)).for_each(|_| std::hint::spin_loop());
    victim.kill();
    let people = working.into_iter().map(|working| working.join().unwrap()).collect();
    victim.leaves_nobody();
    (people, wanted + begun.try_iter().count())
}

fn kill_while_people_work(name: &str, operations: usize) {
    let (house, anne) = House::set_up(name);
    let root = fs::read(house.town.at("publication/root.json")).unwrap();
    let (town, _) = house.stop();
    let mut seed = std::env::var("PARVIS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let mut people: Vec<Person> = (0..PEOPLE)
        .map(|number| Person {
            number,
            browser: Browser { cookies: anne.cookies.clone(), address: String::new(), form_token: String::new() },
            chance: Chance(seed + 1_000 + number as u64),
            items: BTreeMap::new(),
            lines: Vec::new(),
            made: 0,
        })
        .collect();
    let (mut done, mut kills) = (0, 0);
    while done < operations {
        let more;
        (people, more) = round(&town, people, seed);
        done += more;
        kills += 1;
        nothing_is_lost(&town, &root, &people, &format!("seed {seed}, kill {kills}, {done} operations"));
        seed += 1;
    }
    let acknowledged: usize = people.iter().map(|person| person.lines.len()).sum();
    assert!(acknowledged > operations / 3, "{done} operations, {kills} kills: {acknowledged} changes acknowledged");
    // Alive again: one more publication, and a display that trusts what it was given on the first day.
    let victim = Victim::start(&town, "");
    let mut last = victim.browser();
    last.cookies.clone_from(&anne.cookies);
    last.get("/staff/publish");
    assert_eq!(last.post("/staff/publish", &[]).status, 200);
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(&root);
    display.web.serve(&files(&town.at("publication")));
    display.turn().unwrap();
    let store = Sqlite::open(&town.at(".")).unwrap();
    let all: BTreeSet<String> = display.titles().into_iter().filter(|title| title.starts_with("Fête ")).collect();
    let due = store.to_publish().unwrap().into_iter().map(|item| serde_json::from_str(&item.body).unwrap());
    let due: BTreeSet<String> =
        due.map(|body: Value| title(&body)).filter(|title| title.starts_with("Fête ")).collect();
    assert_eq!(all, due);
    assert!(!all.is_empty());
}

#[test]
fn a_killed_hub_has_lost_nothing_that_it_acknowledged() {
    kill_while_people_work("kills-hub", 50);
}

#[test]
#[ignore = "twenty times as long"]
fn a_hub_killed_through_1000_operations_has_lost_nothing() {
    kill_while_people_work("kills-hub-many", 1_000);
}

#[test]
fn a_signer_that_dies_is_started_again_and_ends_with_its_hub() {
    let (house, anne) = House::set_up("kills-signer");
    let (town, _) = house.stop();
    let mut victim = Victim::start(&town, "");
    let mut browser = victim.browser();
    browser.cookies.clone_from(&anne.cookies);
    let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", victim.running.0.id())).unwrap();
    let signer: i32 = children.trim().parse().unwrap();
    #[expect(unsafe_code, reason = "std kills only its own children")]
    // SAFETY: a signal to a process of this test touches no memory.
    let killed = unsafe { libc::kill(signer, libc::SIGKILL) };
    assert_eq!(killed, 0);
    browser.get("/staff/publish");
    let page = browser.post("/staff/publish", &[]);
    assert_eq!(page.status, 200, "{}", page.body);
    victim.kill();
    assert_eq!(victim.leaves_nobody(), "");
}

#[test]
fn what_was_withdrawn_when_the_hub_was_killed_goes_when_it_is_back() {
    let (house, mut anne) = House::set_up("kills-withdraw");
    let item = anne.get("/staff/items?kind=article");
    let address =
        item.body.split_once("href=\"/staff/items/hub").or_else(|| item.body.split_once("href=\"/staff/items/"));
    let address = address.unwrap().1.split('"').next().unwrap().to_owned();
    let page = anne.get(&format!("/staff/items/{address}"));
    let root = fs::read(house.town.at("publication/root.json")).unwrap();
    let (town, _) = house.stop();
    // A signer that never answers holds the withdrawal up.
    let listener = UnixListener::bind(town.at("never.sock")).unwrap();
    let mut victim = Victim::start(&town, "--signer never.sock");
    let mut browser = victim.browser();
    browser.cookies.clone_from(&anne.cookies);
    browser.form_token.clone_from(&anne.form_token);
    let judge = format!("/staff/items/{address}/judge");
    let asking = thread::spawn(move || browser.try_post(&judge, &[("action", "withdraw")]).is_none());
    let (asked, _) = listener.accept().unwrap();
    victim.kill();
    assert!(asking.join().unwrap(), "it was never acknowledged");
    drop((asked, listener));
    let id = address.replace("%3A", ":");
    let shown = |town: &Town| vouch(&town.at("publication"), &root, "default").unwrap().1.contains_key(&id);
    assert!(shown(&town), "{id}: {}", page.body);
    let victim = Victim::start(&town, "");
    let mut versions = news(&victim.address);
    while shown(&town) {
        versions.next().unwrap();
    }
}
