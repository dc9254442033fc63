//! What displays tell the hub and are told by it: signed, once, and seen by staff.

use crate::bare_hub::bare_hub;
use crate::browser::House;
use crate::enrolment::{Screen, enrolled};
use chrono::{DateTime, Utc};
use parvis::hub::app::Hub;
use parvis::hub::mail::Mail;
use parvis::hub::routes::{Who, routes};
use parvis::hub::silence;
use parvis::hub::store::{By, DisplayStates, Displays, Sqlite};
use parvis::hub::watch::{Doubt, Watch};
use parvis::protocol::{
    Answer, Batch, Command, Done, Kind, OnScreen, Order, Outcome, Placed, Record, RecordId, Report, Request, Signed,
    Trouble,
};
use parvis::publication::{SigningKey, Version};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};

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
    let stranger = Screen::new(&house);
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

fn sent(screen: &Screen, report: &Report) -> Answer {
    let (status, answer) = screen.post("displays/report", &serde_json::to_vec(report).unwrap());
    assert_eq!(status, 200, "{answer}");
    serde_json::from_str(&answer).unwrap()
}

#[test]
fn staff_see_how_a_display_is_and_what_became_of_what_they_asked() {
    let (house, mut anne) = House::set_up("displays-seen");
    let (screen, id) = enrolled(&house, &mut anne, "Gare");
    let mut lea = house.staff(&mut anne, "contributor");
    assert!(lea.get("/staff/displays").body.contains("Pas encore de nouvelles"));
    let words = "connection <refused>".to_owned();
    let trouble = Trouble { kind: "network".to_owned(), words, since: at(0) };
    let on = OnScreen { what: "in-use".to_owned(), since: at(0), profile: "totem".to_owned(), size: (540, 960) };
    let report = Report { on: Some(on), disk_free_bytes: Some(3 << 30), ..Report::default() };
    sent(&screen, &Report { faults: vec![trouble], ..report.clone() });
    let list = lea.get("/staff/displays").body;
    assert!(list.contains("À regarder") && list.contains("Une personne s’en sert"), "{list}");
    let page = lea.get(&format!("/staff/displays/{id}")).body;
    assert!(page.contains("L’écran n’atteint pas les publications") && page.contains("3 Gio"), "{page}");
    assert!(page.contains("connection &#60;refused&#62;") && page.contains("En cours"), "{page}");
    assert!(!page.contains("Montrer son nom"), "a contributor asks nothing of it");
    assert_eq!(sent(&screen, &report).commands, []);
    let page = lea.get(&format!("/staff/displays/{id}")).body;
    assert!(page.contains("Tout va bien") && page.contains("Terminé"), "the fault is over, and stays in the history");

    let mut max = house.staff(&mut anne, "moderator");
    max.get("/staff");
    let (command, control) = (format!("/staff/displays/{id}/command"), format!("/staff/displays/{id}/control"));
    assert_eq!(max.post(&command, &[("order", "identify")]).status, 303);
    assert_eq!(max.post(&command, &[("order", "restart")]).status, 400, "that is for administrators");
    assert_eq!(max.post(&control, &[("order", "restart")]).status, 403);
    assert!(max.get(&format!("/staff/displays/{id}")).body.contains("En attente"));
    let asked = sent(&screen, &report).commands;
    assert_eq!(asked.iter().map(|one| one.order).collect::<Vec<_>>(), [Order::Identify]);
    assert_eq!(sent(&screen, &report).commands, asked, "until the display has said what became of it");
    let done = vec![Done { number: asked[0].number, outcome: Outcome::Done }];
    assert_eq!(sent(&screen, &Report { done, ..report }).commands, []);
    assert!(max.get(&format!("/staff/displays/{id}")).body.contains("Fait"));

    let fields = [("name", "Gare routière"), ("group", "default"), ("position", "Quai 2")];
    anne.get("/staff");
    assert_eq!(anne.post(&format!("/staff/displays/{id}"), &fields).status, 303);
    assert_eq!(sent(&screen, &Report::default()).name, "Gare routière", "the display learns its new name");
    let wrong = [("name", "x"), ("group", "../../etc"), ("position", "")];
    assert_eq!(anne.post(&format!("/staff/displays/{id}"), &wrong).status, 422);
}

#[test]
fn a_picture_of_a_screen_is_a_png_and_goes_after_a_day_or_when_there_are_newer_ones() {
    let gare = let_in("displays-pictures");
    for number in 0..7_u8 {
        gare.store.keep_picture(gare.id, &[number], at(i64::from(number) * 3_600)).unwrap();
    }
    let kept: Vec<i64> = gare.store.pictures(gare.id).unwrap().iter().map(|(number, _)| *number).collect();
    assert_eq!(kept, [7, 6, 5, 4, 3]);
    assert_eq!(gare.store.picture(gare.id, 7).unwrap().as_deref(), Some(&[6][..]));
    assert_eq!(gare.store.picture(gare.id + 1, 7).unwrap(), None);
    let hub = hub(&gare, None);
    hub.clock.set(at(86_400 + 5 * 3_600));
    silence::look(&hub.hub).unwrap();
    let kept: Vec<i64> = hub.hub.store.pictures(gare.id).unwrap().iter().map(|(number, _)| *number).collect();
    assert_eq!(kept, [7, 6]);
    drop(gare.town);
}

#[test]
fn the_hub_says_on_which_panels_a_publication_has_been_and_since_when() {
    let gare = let_in("displays-confirmed");
    let version = |snapshot| Version { root: 1, snapshot };
    let tell = |snapshot, secs| {
        let report = Report { shows: Some(version(snapshot)), ..Report::default() };
        gare.store.keep_report(gare.id, &report, at(secs)).unwrap();
    };
    tell(6, 10);
    assert_eq!(gare.store.confirmed(version(7)).unwrap(), []);
    tell(8, 20);
    tell(9, 30);
    tell(8, 40);
    let confirmed = gare.store.confirmed(version(7)).unwrap();
    let all: Vec<_> = confirmed.iter().map(|one| (one.display, one.name.as_str(), one.since)).collect();
    assert_eq!(all, [(gare.id, "Gare", at(20))], "from the first frame of it, or of a later one");
    let by = By { who: "anne", now: at(50) };
    gare.store.replace_display(gare.id, SigningKey::generate().unwrap().public(), by).unwrap();
    assert_eq!(gare.store.confirmed(version(6)).unwrap(), [], "nothing has been on the new machine's panel");
    drop(gare.town);
}

#[test]
fn a_command_that_did_not_arrive_within_an_hour_is_given_up_and_nobody_speaks_of_anothers() {
    let gare = let_in("displays-commands");
    let ask =
        |secs| gare.store.ask_display(gare.id, Order::ScreenOff, By { who: "anne", now: at(secs) }).unwrap().unwrap();
    let (first, second) = (ask(0), ask(3_000));
    let due = [Command { number: second, order: Order::ScreenOff }];
    assert_eq!(gare.store.commands_to_send(gare.id, at(3_601)).unwrap(), due);
    let states = || {
        let all = gare.store.commands(gare.id).unwrap();
        all.into_iter().map(|one| (one.number, one.state)).collect::<Vec<_>>()
    };
    assert_eq!(states(), [(second, "sent".to_owned()), (first, "expired".to_owned())]);
    let placed = Placed { display: 0, name: "Port".to_owned(), group: "default".to_owned(), position: String::new() };
    let port =
        gare.store.add_display(&placed, SigningKey::generate().unwrap().public(), By { who: "anne", now: at(0) });
    let done = vec![Done { number: second, outcome: Outcome::Done }, Done { number: first, outcome: Outcome::Done }];
    let report = Report { done, ..Report::default() };
    gare.store.keep_report(port.unwrap(), &report, at(3_700)).unwrap();
    assert_eq!(states()[0].1, "sent", "another display says nothing of it");
    gare.store.keep_report(gare.id, &report, at(3_700)).unwrap();
    assert_eq!(states(), [(second, "done".to_owned()), (first, "expired".to_owned())]);
    drop(gare.town);
}

/// A clock that goes as told.
#[derive(Clone)]
struct Hands(Arc<Mutex<DateTime<Utc>>>);

impl Hands {
    fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap() = now;
    }
}

/// A hub without pages, with a clock of its own.
struct Bare {
    hub: Hub,
    clock: Hands,
}

fn hub(gare: &Let, mail: Option<Mail>) -> Bare {
    let clock = Hands(Arc::new(Mutex::new(at(0))));
    let hands = clock.clone();
    let mut hub = bare_hub(&gare.town, move || *hands.0.lock().unwrap());
    (hub.mail, hub.is_secure, hub.is_behind) = (mail, true, true);
    hub.address = "https://parvis.ville.fr/".to_owned();
    Bare { hub, clock }
}

/// A mail server that takes everything: what it was sent, mail by mail.
#[expect(clippy::disallowed_methods, reason = "the test is the mail server")]
fn mail_server() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("smtp://{}", listener.local_addr().unwrap());
    let (mails, come) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            let (mut lines, mut out) = (BufReader::new(stream.try_clone().unwrap()).lines(), stream);
            out.write_all(b"220 here\r\n").unwrap();
            let (mut mail, mut is_data) = (String::new(), false);
            while let Some(Ok(line)) = lines.next() {
                mail += &format!("{line}\n");
                let answer = match line.as_str() {
                    "." if is_data => {
                        is_data = false;
                        mails.send(std::mem::take(&mut mail)).unwrap();
                        "250 taken"
                    }
                    _ if is_data => continue,
                    "DATA" => {
                        is_data = true;
                        "354 go on"
                    }
                    "QUIT" => "221 bye",
                    _ => "250 good",
                };
                out.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
                if line == "QUIT" {
                    break;
                }
            }
        }
    });
    (address, come)
}

#[test]
fn staff_get_a_mail_when_a_display_goes_silent_and_one_when_it_is_back() {
    let gare = let_in("displays-silent");
    let (server, mails) = mail_server();
    let mail = Mail::new(&server, "Parvis <parvis@ville.fr>", "it@ville.fr, com@ville.fr").unwrap();
    let Bare { hub, clock } = hub(&gare, Some(mail));
    let report = |hub: &Hub, clock: &Hands, secs: i64| {
        clock.set(at(secs));
        let display = hub.store.display(gare.id).unwrap().unwrap();
        hub.watch.report(hub.store.as_ref(), &display, Report::default(), at(secs)).unwrap();
    };
    let look = |secs: i64| {
        clock.set(at(secs));
        silence::look(&hub)
    };
    assert_eq!(look(7_200), Ok(()), "a display that was never heard of is new, not silent");
    report(&hub, &clock, 7_200);
    assert_eq!(look(7_799), Ok(()));
    assert!(mails.try_recv().is_err());
    assert_eq!(look(7_800), Ok(()));
    let mail = mails.try_recv().unwrap();
    assert!(mail.contains("RCPT TO:<it@ville.fr>") && mail.contains("RCPT TO:<com@ville.fr>"), "{mail}");
    assert!(mail.contains("Gare") && mail.contains("https://parvis.ville.fr/staff/displays"), "{mail}");
    assert_eq!(look(9_000), Ok(()));
    assert!(mails.try_recv().is_err(), "it is told once");
    report(&hub, &clock, 9_100);
    assert_eq!(look(9_100), Ok(()));
    let mail = mails.try_recv().unwrap();
    assert!(mail.contains("nouveau") || mail.contains("pond=20de"), "{mail}");
    assert_eq!(look(9_200), Ok(()));
    assert!(mails.try_recv().is_err());
    drop(gare.town);
}

#[test]
fn what_could_not_be_told_is_told_the_next_time_and_a_hub_that_was_away_accuses_nobody() {
    let gare = let_in("displays-mail-fails");
    let nobody = Mail::new("smtp://127.0.0.1:9", "parvis@ville.fr", "it@ville.fr").unwrap();
    gare.store.keep_report(gare.id, &Report::default(), at(-7_200)).unwrap();
    let Bare { mut hub, clock } = hub(&gare, Some(nobody));
    clock.set(at(599));
    assert_eq!(silence::look(&hub), Ok(()), "it began ten minutes ago, and nobody could speak to it before");
    clock.set(at(600));
    assert!(silence::look(&hub).unwrap_err().contains("mail could not be sent"));
    let (server, mails) = mail_server();
    hub.mail = Some(Mail::new(&server, "parvis@ville.fr", "it@ville.fr").unwrap());
    assert_eq!(silence::look(&hub), Ok(()));
    assert!(mails.try_recv().is_ok());
    for (server, from, to, says) in [
        ("ftp://x", "a@b.fr", "a@b.fr", "smtp"),
        ("smtp://x", "nobody", "a@b.fr", "mail_from: \"nobody\""),
        ("smtp://x", "a@b.fr", "", "mail_to"),
    ] {
        assert!(Mail::new(server, from, to).err().unwrap().contains(says), "{says}");
    }
    drop(gare.town);
}
