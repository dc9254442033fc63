//! Displays are let in by the code on their screen, and by nothing else; from then on they are known by their key.

use crate::browser::{Browser, House};
use crate::memory_web::{Half, TestClock};
use crate::published_town::Town;
use futures_util::future::{Either, select};
use jiff::Timestamp;
use parvis::hub::pairing::{Pairing, Refused, Wrong};
use parvis::hub::{Keyring, Passphrase};
use parvis::protocol::{Begin, Code, Placed, Reveal, Standing, commitment};
use parvis::publication::{Digest, PublicKey, SigningKey};
use parvis::store::display_key;
use parvis::sync::{
    Carry, Enrolled, Enrolling, FetchFault, HttpSettings, HubAnswer, HubAsked, HubHttp, HubLink, Soon, enrol,
};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};

/// A display without a screen, as far as the hub sees it.
pub struct Screen {
    pub link: HubLink,
    pub clock: TestClock,
    pub key: Arc<SigningKey>,
    runtime: tokio::runtime::Runtime,
}

impl Screen {
    pub fn new(house: &House) -> Self {
        let http = HubHttp::new(&HttpSettings::new(format!("http://{}", house.address))).unwrap();
        Self::with(Box::new(http))
    }

    fn with(carrier: Box<dyn Carry>) -> Self {
        let clock = TestClock::new(Timestamp::now());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let key = Arc::new(SigningKey::generate().unwrap());
        Self { link: HubLink::new(carrier, Arc::new(clock.clone())), clock, key, runtime }
    }

    /// Shows codes until one was typed; `typed` is called with each.
    fn enrol(&self, trusted: Option<&[u8]>, typed: impl Fn(&Code) + Send + Sync) -> Enrolled {
        let show = |seen: Enrolling| match seen {
            Enrolling::Shows(code, 600) => typed(&code),
            other => panic!("{other:?}"),
        };
        let times: (&dyn parvis::sync::Clock, &dyn parvis::sync::Chance) = (&self.clock, &Half);
        let enrolled = self.runtime.block_on(enrol(&self.link, &self.key, trusted, times, &show));
        self.link.sign_as(enrolled.placed.display, self.key.clone());
        enrolled
    }

    pub fn run<T>(&self, soon: impl Future<Output = T>) -> T {
        self.runtime.block_on(soon)
    }

    /// Sends a body as this display; the status and the body of the answer.
    pub fn post(&self, path: &str, body: &[u8]) -> (u16, String) {
        let asked = HubAsked { method: "POST", path, body, kind: "application/json" };
        let answer = self.runtime.block_on(self.link.ask(&asked)).unwrap();
        (answer.status, String::from_utf8_lossy(&answer.body).into_owned())
    }
}

/// What staff write on the page that lets displays in.
pub fn typed<'a>(code: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("code", code), ("replaces", ""), ("name", name), ("group", "default"), ("position", "Hall")]
}

pub fn written(code: &Code) -> String {
    let (first, last) = code.halves();
    format!("{first} {}", last.to_lowercase())
}

/// A display that this administrator has let in, and its number.
pub fn enrolled(house: &House, anne: &mut Browser, name: &str) -> (Screen, i64) {
    let screen = Screen::new(house);
    let anne = Mutex::new(anne);
    let enrolled = screen.enrol(None, |code| {
        let mut anne = anne.lock().unwrap();
        anne.get("/staff/displays/enrol");
        let page = anne.post("/staff/displays/enrol", &typed(&written(code), name));
        assert_eq!(page.status, 303, "{}", page.body);
    });
    assert_eq!(enrolled.placed.name, name);
    (screen, enrolled.placed.display)
}

#[test]
fn a_code_that_staff_type_lets_a_display_in_and_gives_it_the_towns_root() {
    let (house, mut anne) = House::set_up("enrolment-story");
    let screen = Screen::new(&house);
    let page = Mutex::new(&mut anne);
    let enrolled = screen.enrol(None, |code| {
        let mut anne = page.lock().unwrap();
        anne.get("/staff/displays/enrol");
        let nobody = anne.post("/staff/displays/enrol", &typed("2345 6789", "Mairie"));
        assert_eq!(nobody.status, 422);
        assert!(nobody.body.contains("Aucun écran ne montre ce code") && nobody.body.contains("value=\"Mairie\""));
        let nameless = anne.post("/staff/displays/enrol", &typed(&written(code), ""));
        assert!(nameless.status == 422 && nameless.body.contains("Écrivez un nom."), "{}", nameless.body);
        let done = anne.post("/staff/displays/enrol", &typed(&written(code), "Mairie"));
        assert_eq!((done.status, done.header("location")), (303, "/staff/displays/1?new=yes"), "{}", done.body);
        let again = anne.post("/staff/displays/enrol", &typed(&written(code), "Encore"));
        assert_eq!(again.status, 422, "a code lets one display in, once");
    });
    let placed = |name: &str| Placed {
        display: 1,
        name: name.to_owned(),
        group: "default".to_owned(),
        position: "Hall".to_owned(),
    };
    assert_eq!(enrolled.placed, placed("Mairie"));
    assert_eq!(enrolled.root, fs::read(house.town.at("publication/root.json")).unwrap());
    assert!(anne.get("/staff/displays").body.contains("Mairie"));
    assert_eq!(screen.post("displays/report", b"{}").0, 200);
    let database = fs::read(house.town.at("hub.db")).unwrap();
    let log = fs::read(house.town.at("hub.db-wal")).unwrap_or_default();
    let private = screen.key.to_pkcs8().unwrap();
    let seed = &private.as_ref()[16..48];
    assert!([database, log].iter().all(|file| !file.windows(32).any(|bytes| bytes == seed)), "only public keys");
}

#[test]
fn whoever_types_five_wrong_codes_waits() {
    let (house, mut anne) = House::set_up("enrolment-tries");
    let screen = Screen::new(&house);
    let mut max = house.staff(&mut anne, "administrator");
    let (anne, max) = (Mutex::new(&mut anne), Mutex::new(&mut max));
    screen.enrol(None, |code| {
        let (mut anne, mut max) = (anne.lock().unwrap(), max.lock().unwrap());
        anne.get("/staff/displays/enrol");
        for _ in 0..5 {
            assert_eq!(anne.post("/staff/displays/enrol", &typed("2345 6789", "Mairie")).status, 422);
        }
        let right = anne.post("/staff/displays/enrol", &typed(&written(code), "Mairie"));
        assert!(right.status == 429 && right.body.contains("Trop de codes faux"), "{}", right.body);
        max.get("/staff/displays/enrol");
        assert_eq!(max.post("/staff/displays/enrol", &typed(&written(code), "Mairie")).status, 303);
    });
}

#[test]
fn a_new_machine_in_a_dead_ones_place_keeps_its_name_and_the_old_key_ends_at_once() {
    let (house, mut anne) = House::set_up("enrolment-replaced");
    let (old, id) = enrolled(&house, &mut anne, "Gare");
    assert_eq!(old.post("displays/report", br#"{"parvis":"9.9.9"}"#).0, 200);
    let new = Screen::new(&house);
    let number = id.to_string();
    let page = Mutex::new(&mut anne);
    let enrolled = new.enrol(None, |code| {
        let mut anne = page.lock().unwrap();
        anne.get("/staff/displays/enrol");
        let code = written(code);
        let fields = [("code", code.as_str()), ("replaces", &number), ("name", "x"), ("group", "nonsense")];
        let page = anne.post("/staff/displays/enrol", &fields);
        assert_eq!(page.status, 303, "{}", page.body);
    });
    assert_eq!(old.post("displays/report", b"{}").0, 401, "from the moment that staff have said so");
    assert_eq!((enrolled.placed.display, enrolled.placed.name.as_str()), (id, "Gare"));
    assert_eq!(enrolled.placed.position, "Hall");
    assert_eq!(new.post("displays/report", b"{}").0, 200);
    assert!(
        !anne.get(&format!("/staff/displays/{id}")).body.contains("9.9.9"),
        "what the dead one told is not the new one's"
    );
    anne.post(&format!("/staff/displays/{id}/remove"), &[]);
    assert_eq!(new.post("displays/report", b"{}").0, 200, "who removes says that they mean it");
    assert_eq!(anne.post(&format!("/staff/displays/{id}/remove"), &[("sure", "yes")]).status, 303);
    assert_eq!(new.post("displays/report", b"{}").0, 401);
}

/// The root of a town with other keys.
fn other_root(town: &Town) -> String {
    let folder = town.at("other-keys");
    Keyring::init(&folder, &Passphrase::new("three horses and a boat"), Timestamp::now()).unwrap();
    town.done("publish --content content --keys other-keys --passphrase-file passphrase --out other");
    fs::read_to_string(town.at("other/root.json")).unwrap()
}

/// Somebody on the line who gives the display a root of their own.
struct InBetween {
    hub: HubHttp,
    root: String,
}

impl Carry for InBetween {
    fn carry<'a>(
        &'a self,
        asked: &'a HubAsked<'a>,
        headers: Vec<(&'static str, String)>,
    ) -> Soon<'a, Result<HubAnswer, FetchFault>> {
        Box::pin(async move {
            let mut answer = self.hub.carry(asked, headers).await?;
            if let Ok(mut begun) = serde_json::from_slice::<parvis::protocol::Begun>(&answer.body) {
                begun.root.clone_from(&self.root);
                answer.body = serde_json::to_vec(&begun).unwrap();
            }
            Ok(answer)
        })
    }
}

#[test]
fn whoever_puts_another_root_into_the_exchange_makes_the_code_wrong() {
    let (house, mut anne) = House::set_up("enrolment-between");
    let root = other_root(&house.town);
    let hub = HubHttp::new(&HttpSettings::new(format!("http://{}", house.address))).unwrap();
    let screen = Screen::with(Box::new(InBetween { hub, root }));
    let (page, tries, enough) = (Mutex::new(&mut anne), Mutex::new(0), tokio::sync::Notify::new());
    // The screen shows a code, staff are refused, and ten minutes later it shows the next.
    let show = |seen: Enrolling| {
        let Enrolling::Shows(code, _) = seen else { panic!("{seen:?}") };
        let (mut anne, mut tries) = (page.lock().unwrap(), tries.lock().unwrap());
        anne.get("/staff/displays/enrol");
        assert_eq!(anne.post("/staff/displays/enrol", &typed(&written(&code), "Mairie")).status, 422);
        *tries += 1;
        if *tries == 2 {
            enough.notify_one();
        }
    };
    let times: (&dyn parvis::sync::Clock, &dyn parvis::sync::Chance) = (&screen.clock, &Half);
    let enrolling = Box::pin(enrol(&screen.link, &screen.key, None, times, &show));
    let ended = screen.runtime.block_on(select(enrolling, Box::pin(enough.notified())));
    assert!(matches!(ended, Either::Right(_)), "it is never let in");
}

#[test]
fn a_display_that_trusts_a_town_is_let_in_by_no_other() {
    let (house, mut anne) = House::set_up("enrolment-trusting");
    let own = fs::read(house.town.at("publication/root.json")).unwrap();
    let screen = Screen::new(&house);
    let page = Mutex::new(&mut anne);
    screen.enrol(Some(&own), |code| {
        let mut anne = page.lock().unwrap();
        anne.get("/staff/displays/enrol");
        assert_eq!(anne.post("/staff/displays/enrol", &typed(&written(code), "Mairie")).status, 303);
    });
    let other = other_root(&house.town);
    let said = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        Screen::new(&house).enrol(Some(other.as_bytes()), |_| {});
    }));
    let words = said.unwrap_err().downcast_ref::<String>().unwrap().clone();
    assert!(words.contains("the hub of another town"), "{words}");
}

fn at(secs: i64) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(1_780_000_000 + secs, 0).unwrap()
}

fn revealed(pairing: &mut Pairing, name: &str, secs: i64) -> (String, Code) {
    let (key, nonce, hub) = (SigningKey::generate().unwrap().public(), Digest::of(name.as_bytes()), Digest::of(b"hub"));
    let asked = Begin { commitment: commitment(key, nonce) };
    let begun = pairing.begin(&asked, (name.to_owned(), hub), "root".to_owned(), "here", at(secs)).unwrap();
    pairing.reveal(&begun.id, &Reveal { key, nonce }, at(secs)).unwrap();
    (begun.id, Code::of(key, nonce, Digest::of(b"root"), hub))
}

#[test]
fn a_code_is_worth_something_for_ten_minutes() {
    let mut pairing = Pairing::default();
    let (id, code) = revealed(&mut pairing, "a", 0);
    let typed = written(&code);
    assert_eq!(pairing.standing(&id, at(599)), Ok(Standing::Waiting));
    assert_eq!(pairing.find(&typed, ("anne", "hall"), at(599)).unwrap().0, id);
    assert_eq!(pairing.find(&typed, ("anne", "hall"), at(600)).unwrap_err(), Wrong::Unknown);
    assert_eq!(pairing.standing(&id, at(600)), Err(Refused::Over));
}

#[test]
fn a_display_cannot_take_another_key_once_it_is_bound() {
    let mut pairing = Pairing::default();
    let (id, _) = revealed(&mut pairing, "a", 0);
    let other = Reveal { key: SigningKey::generate().unwrap().public(), nonce: Digest::of(b"a") };
    assert_eq!(pairing.reveal(&id, &other, at(1)), Err(Refused::Unlike));
    assert_eq!(pairing.reveal("b", &other, at(1)), Err(Refused::Over));
}

#[test]
fn those_who_wait_are_bounded_and_make_room_when_their_time_is_over() {
    let mut pairing = Pairing::default();
    let key = PublicKey::parse(&"a".repeat(64)).unwrap();
    let asked = Begin { commitment: commitment(key, Digest::of(b"x")) };
    let mut begin = |id: usize, address: &str, secs: i64| {
        pairing.begin(&asked, (id.to_string(), Digest::of(b"hub")), String::new(), address, at(secs)).map(drop)
    };
    for id in 0..50 {
        assert_eq!(begin(id, "here", 0), Ok(()));
    }
    assert_eq!(begin(50, "here", 0), Err(Refused::Full));
    assert_eq!(begin(51, "there", 0), Ok(()));
    assert_eq!(begin(52, "here", 600), Ok(()));
}

#[test]
fn the_key_of_a_display_stays_with_it_and_is_read_by_nobody_else() {
    let town = Town::new("enrolment-key");
    let first = display_key(&town.at("")).unwrap();
    assert_eq!(display_key(&town.at("")).unwrap().public(), first.public());
    let path = town.at("display.key");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::write(&path, b"torn").unwrap();
    assert!(display_key(&town.at("")).unwrap_err().to_string().contains("no Ed25519 key"));
    assert_eq!(fs::read(&path).unwrap(), b"torn", "what the hub may know is not replaced by itself");
}
