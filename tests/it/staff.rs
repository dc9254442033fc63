//! The hub as staff use it: from the first page to a display, and what it lets nobody do.

use crate::browser::{ANNE, Browser, House, PASSWORD};
use crate::display::Display;
use crate::published_town::files;
use parvis::hub::store::{AuditLog, Broken, Sqlite};
use parvis::hub::words::Tongue;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// What an event's form sends, with this title.
fn event(title: &str) -> Vec<(&str, &str)> {
    vec![
        ("title.fr", title),
        ("title.en", ""),
        ("timings.0.begin", "2026-03-29T01:30"),
        ("timings.0.end", "2026-03-29T04:00"),
        ("location.name", "Port"),
        ("location.address", ""),
        ("kind", "music"),
        ("free", "yes"),
        ("status", "scheduled"),
    ]
}

/// Makes an event; its address.
pub fn created(browser: &mut Browser, title: &str, action: &str) -> String {
    browser.get("/staff/items/new/event");
    let made = browser.post("/staff/items/new/event", &[&event(title)[..], &[("action", action)]].concat());
    assert_eq!(made.status, 303, "{}", made.body);
    made.header("location").to_owned()
}

/// What a display shows that has brought in what the hub published.
fn titles(house: &House) -> Vec<String> {
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(&fs::read(house.town.at("publication/root.json")).unwrap());
    display.web.serve(&files(&house.town.at("publication")));
    display.turn().unwrap();
    display.titles()
}

fn state(browser: &mut Browser, address: &str) -> String {
    let page = browser.get(address);
    let (_, rest) = page.body.split_once("class=\"state ").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn from_the_first_page_to_a_display_and_back() {
    let (house, mut anne) = House::set_up("staff-story");
    let at_first = titles(&house);
    assert!(at_first.len() > 1_000, "the example town: {}", at_first.len());
    let mut lea = house.staff(&mut anne, "contributor");
    let mut max = house.staff(&mut anne, "moderator");

    // What a contributor calls ready is handed in.
    let ball = created(&mut lea, "Bal du port", "ready");
    assert_eq!(state(&mut lea, &ball), "draft");
    let page = lea.get(&ball);
    assert!(page.body.contains("value=\"2026-03-29T01:30\"") && page.body.contains("value=\"2026-03-29T04:00\""));
    let version = page.body.split_once("name=\"version\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let again = [&event("Grand bal du port")[..], &[("version", &version), ("action", "submit")]].concat();
    assert_eq!(lea.post(&ball, &again).status, 303);
    assert_eq!(state(&mut max, &ball), "to_moderate");

    // The same version again: somebody else has changed it.
    let late = [&event("Bal perdu")[..], &[("version", &version), ("action", "submit")]].concat();
    let conflict = lea.post(&ball, &late);
    assert_eq!(conflict.status, 409);
    assert!(conflict.body.contains("Grand bal du port") && conflict.body.contains("value=\"Bal perdu\""));

    let refuse = max.post(&format!("{ball}/judge"), &[("action", "refuse"), ("version", "2"), ("reason", "")]);
    assert_eq!(refuse.status, 422, "a refusal says why");
    let reason = [("action", "refuse"), ("version", "2"), ("reason", "Le prix manque.")];
    assert_eq!(max.post(&format!("{ball}/judge"), &reason).status, 303);
    assert!(lea.get(&ball).body.contains("Le prix manque."));
    assert_eq!(max.post(&format!("{ball}/judge"), &[("action", "ready"), ("version", "3")]).status, 303);
    assert!(!titles(&house).contains(&"Grand bal du port".to_owned()), "ready is not published");

    assert!(max.get("/staff/publish").body.contains("Grand bal du port"));
    let published = max.post("/staff/publish", &[]);
    assert!(published.status == 200 && published.body.contains("1 added, 0 changed, 0 removed"), "{}", published.body);
    assert_eq!(titles(&house).len(), at_first.len() + 1);
    assert!(titles(&house).contains(&"Grand bal du port".to_owned()));

    // Whoever changes something published makes a draft beside it.
    max.get(&ball);
    let draft = [&event("Petit bal")[..], &[("version", "4"), ("action", "draft")]].concat();
    assert_eq!(max.post(&ball, &draft).status, 303);
    max.post("/staff/publish", &[]);
    assert!(titles(&house).contains(&"Grand bal du port".to_owned()));
    assert!(max.get(&format!("{ball}/history")).body.contains("Petit bal"));

    assert_eq!(max.post(&format!("{ball}/judge"), &[("action", "withdraw"), ("version", "5")]).status, 303);
    assert_eq!(titles(&house).len(), at_first.len());
}

#[test]
fn a_hub_without_keys_makes_its_own() {
    let town = crate::published_town::Town::new("staff-keys");
    fs::remove_dir_all(town.at("keys")).unwrap();
    fs::remove_file(town.at("passphrase")).unwrap();
    let house = House::of(town);
    let mut anne = house.browser();
    anne.get(&format!("/setup?token={}", house.token));
    let said =
        [("token", house.token.as_str()), ("town", "Essai"), ("name", "Anne"), ("email", ANNE), ("password", PASSWORD)];
    assert_eq!(anne.post("/setup", &said).status, 303);
    while anne.get("/staff/setup").body.contains("http-equiv=\"refresh\"") {}
    assert!(titles(&house).len() > 1_000);
    assert_eq!(fs::metadata(house.town.at("passphrase")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_set_up_that_was_broken_off_is_finished_at_the_next_start() {
    let town = crate::published_town::Town::new("staff-broken-off");
    let passphrase = fs::read(town.at("passphrase")).unwrap();
    // Nothing can be signed: the first try ends badly after the content is in.
    fs::write(town.at("passphrase"), "wrong").unwrap();
    let house = House::of(town);
    let mut anne = house.browser();
    anne.get(&format!("/setup?token={}", house.token));
    let said =
        [("token", house.token.as_str()), ("town", "Essai"), ("name", "Anne"), ("email", ANNE), ("password", PASSWORD)];
    assert_eq!(anne.post("/setup", &said).status, 303);
    let mut page = anne.get("/staff/setup");
    while page.body.contains("http-equiv=\"refresh\"") {
        page = anne.get("/staff/setup");
    }
    assert!(page.body.contains("L’installation s’est arrêtée"), "{}", page.body);
    let (town, address) = house.stop();
    fs::write(town.at("passphrase"), passphrase).unwrap();
    let house = House::again(town);
    assert_ne!(house.address, address);
    let mut anne = house.browser();
    assert_eq!(anne.sign_in(ANNE, PASSWORD), 303);
    while anne.get("/staff/setup").body.contains("http-equiv=\"refresh\"") {}
    assert!(titles(&house).len() > 1_000);
}

#[test]
fn the_console_lets_in_whoever_has_lost_the_password() {
    let (house, mut anne) = House::set_up("staff-users");
    fs::write(house.town.at("new"), "un autre mot de passe\n").unwrap();
    fs::write(house.town.at("short"), "court\n").unwrap();
    let done = house.town.done("users add ben@ville.fr --name Ben --role moderator --password-file new --data .");
    assert_eq!(done, "ben@ville.fr can sign in as moderator\n");
    assert_eq!(house.browser().sign_in("ben@ville.fr", "un autre mot de passe"), 303);
    house.town.done(&format!("users password {ANNE} --password-file new --data ."));
    assert_eq!(anne.get("/staff").header("location"), "/login", "sessions end with the old password");
    assert_eq!(house.browser().sign_in(ANNE, PASSWORD), 401);
    assert_eq!(house.browser().sign_in(ANNE, "un autre mot de passe"), 303);
    let listed = house.town.done("users list --data .");
    assert_eq!(listed, "anne@ville.fr: Anne, administrator\nben@ville.fr: Ben, moderator\n");
    for (command, says) in [
        (
            "users add ben@ville.fr --name Ben --password-file new --data .",
            "there is an account of ben@ville.fr already",
        ),
        ("users password nobody@ville.fr --password-file new --data .", "has no account"),
        ("users add x@ville.fr --name X --password-file short --data .", "12 to 200 characters"),
        ("users list --data content", "there is no hub"),
    ] {
        assert!(house.town.refused(command).contains(says), "{command}");
    }
}

#[test]
fn a_form_of_another_site_or_session_changes_nothing() {
    let (house, mut anne) = House::set_up("staff-csrf");
    let fields = event("Volé");
    anne.get("/staff/items/new/event");
    let other = "0".repeat(64);
    for form in [None, Some(""), Some(other.as_str())] {
        let sent: Vec<(&str, &str)> = form.map(|form| ("form", form)).into_iter().chain(fields.clone()).collect();
        assert_eq!(anne.post_with("/staff/items/new/event", &sent).status, 403);
    }
    assert!(anne.get("/staff/items?text=vol%C3%A9").body.contains("Rien ne correspond"));
    // A session that a browser brings along is not the one that begins.
    let mut victim = house.browser();
    victim.cookies.insert("parvis_session".to_owned(), "a".repeat(64));
    assert_eq!(victim.sign_in(ANNE, PASSWORD), 303);
    assert_ne!(victim.cookies["parvis_session"], "a".repeat(64));
    let (session, form) = (victim.cookies["parvis_session"].clone(), victim.cookies["parvis_form"].clone());
    victim.get("/staff");
    assert_ne!(victim.form_token, form, "a form from before signing in is worth nothing afterwards");
    assert_eq!(victim.post("/logout", &[]).status, 303);
    victim.cookies.insert("parvis_session".to_owned(), session);
    assert_eq!(victim.get("/staff").header("location"), "/login", "a session that has ended does not come back");
}

#[test]
fn who_guesses_passwords_has_to_wait_and_learns_nothing() {
    let (house, _) = House::set_up("staff-guess");
    let mut guesser = house.browser();
    let tries: Vec<u16> = (0..7).map(|_| guesser.sign_in(ANNE, "wrong password")).collect();
    assert_eq!(tries, [401, 401, 401, 401, 401, 429, 429]);
    assert_eq!(guesser.sign_in(ANNE, PASSWORD), 429, "not even with the right one");
    let mut nobody = house.browser();
    assert_eq!(nobody.sign_in("nobody@ville.fr", "wrong password"), 401, "others need not wait");
}

#[test]
fn whatever_staff_write_is_text_on_every_page() {
    const CORPUS: [&str; 6] = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'-alert(1)-'",
        "</textarea><script>alert(1)</script>",
        "{{ 7 * 7 }}",
        "javascript:alert(1)",
    ];
    let (_house, mut anne) = House::set_up("staff-xss");
    for (nr, text) in CORPUS.iter().enumerate() {
        anne.get("/staff/items/new/event");
        let texts = ["summary.fr", "text.fr", "easy.fr", "conditions.fr", "tags", "groups"].map(|field| (field, *text));
        let mut sent = event(text);
        sent.extend(texts);
        sent.retain(|(name, _)| *name != "location.name");
        sent.extend([("location.name", *text), ("action", "ready")]);
        let made = anne.post("/staff/items/new/event", &sent);
        assert_eq!(made.status, 303, "{nr}: {}", made.body);
        let address = made.header("location").to_owned();
        anne.get(&address);
        let refused = [("action", "refuse"), ("version", "1"), ("reason", *text)];
        assert_eq!(anne.post(&format!("{address}/judge"), &refused).status, 303);
        for page in [address.clone(), format!("{address}/history"), "/staff".to_owned(), "/staff/items".to_owned()] {
            let page = anne.get(&page);
            assert!(page.status == 200, "{}", page.status);
            for raw in ["<script>", "<img src=x", "onerror=alert(1)>\"", ">49<"] {
                assert!(!page.body.contains(raw), "{nr}: {raw}");
            }
            assert!(page.header("content-security-policy").contains("default-src 'none'"));
        }
        let searched = anne.get(&format!("/staff/items?text={}", "%3Cscript%3E%22%20onfocus%3D1"));
        assert!(!searched.body.contains("<script>"), "{}", searched.body);
    }
    let account = [("name", CORPUS[0]), ("email", "x@ville.fr"), ("role", "contributor"), ("password", PASSWORD)];
    anne.get("/staff/people");
    assert_eq!(anne.post("/staff/people", &account).status, 303);
    assert!(!anne.get("/staff/people").body.contains(CORPUS[0]));
}

#[test]
fn what_is_wrong_in_a_form_is_said_beside_it_and_nothing_is_lost() {
    let (_house, mut anne) = House::set_up("staff-wrong");
    anne.get("/staff/items/new/event");
    let mut sent = event("");
    sent.retain(|(name, _)| !name.starts_with("timings"));
    sent.extend([("timings.0.begin", "demain"), ("timings.0.end", ""), ("text.fr", "Un long texte.")]);
    let page = anne.post("/staff/items/new/event", &sent);
    assert_eq!(page.status, 422);
    for shown in ["this is no date and time", "Un long texte.", "an item needs a title"] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    assert_eq!(anne.get("/staff/items/new/nothing").status, 404);
    assert_eq!(anne.get("/staff/items/hub%3Anothing").status, 404);
    let large = "x".repeat(9 << 20);
    anne.get("/staff/items/new/event");
    assert_eq!(anne.post("/staff/items/new/event", &[("title.fr", &large)]).status, 400);
}

#[test]
fn the_audit_log_shows_what_was_done_and_that_it_was_not_changed() {
    let (house, mut anne) = House::set_up("staff-audit");
    created(&mut anne, "Bal", "ready");
    let store = Sqlite::open(&house.town.at(".")).unwrap();
    let last = store.audit(i64::MAX, 1).unwrap().remove(0);
    assert_eq!((last.who.as_str(), last.what.as_str(), last.detail.as_str()), (ANNE, "ready", "Bal"));
    assert_eq!(store.check_audit().unwrap(), None);
    let db = rusqlite::Connection::open(house.town.at("hub.db")).unwrap();
    db.execute("UPDATE audit SET who = 'nobody' WHERE number = ?1", [last.number]).unwrap();
    assert_eq!(store.check_audit().unwrap(), Some(Broken(last.number)));
    db.execute("DELETE FROM audit WHERE number = 2", []).unwrap();
    assert_eq!(store.check_audit().unwrap(), Some(Broken(2)));
}

#[test]
fn the_pages_say_everything_in_both_languages() {
    let keys = |tongue: &str| -> BTreeSet<String> {
        let text = fs::read_to_string(format!("assets/hub/locales/{tongue}.ftl")).unwrap();
        text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned()).collect()
    };
    assert_eq!(keys("fr"), keys("en"));
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    for folder in ["assets/hub/pages", "src/hub", "src/hub/pages"] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for begins in
                ["page.say(\"", "tongue.say(\"", "page.count(\"", "\"wrong-", "\"refused-", "\"setup-", "\"setting-up-"]
            {
                for (at, _) in text.match_indices(begins) {
                    let quoted = text[at..].split('"').nth(1).unwrap();
                    if quoted.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
                        used.insert(quoted.to_owned(), path.display().to_string());
                    }
                }
            }
        }
    }
    assert!(used.len() > 60, "{}", used.len());
    for (key, path) in used {
        assert!(Tongue::ALL.iter().all(|tongue| tongue.has(&key)), "{path}: {key}");
    }
}

#[test]
fn several_items_go_on_at_once_and_what_changed_meanwhile_stays() {
    let (house, mut anne) = House::set_up("staff-several");
    let ids: Vec<String> = ["Un", "Deux", "Trois"]
        .iter()
        .map(|title| {
            created(&mut anne, &format!("Guinguette {title}"), "draft").replace("/staff/items/", "").replace("%3A", ":")
        })
        .collect();
    let mut max = house.staff(&mut anne, "moderator");
    let mut lea = house.staff(&mut anne, "contributor");
    let tick = |nr: usize| format!("1 {}", ids[nr]);
    let (one, two, three) = (tick(0), tick(1), tick(2));
    let list = lea.get("/staff/items?text=guinguette");
    assert!(list.body.contains(&format!("value=\"{one}\"")), "{}", list.body);
    let sent =
        lea.post("/staff/items", &[("item", &one), ("item", &two), ("action", "submit"), ("list", "text=guinguette")]);
    assert_eq!((sent.status, sent.header("location")), (303, "/staff/items?text=guinguette&done=2&left=0"));
    assert!(lea.get("/staff/items?text=guinguette&done=2&left=0").body.contains("2 contenus sont passés"));
    assert_eq!(lea.post("/staff/items", &[("item", &one), ("action", "ready")]).status, 403);
    // The list of the moderator is older than what was handed in.
    max.get("/staff/items");
    let late = max.post("/staff/items", &[("item", &one), ("item", &three), ("action", "ready")]);
    assert_eq!(late.header("location"), "/staff/items?done=1&left=1");
    let now = [format!("2 {}", ids[0]), format!("2 {}", ids[1])];
    let ready = max.post("/staff/items", &[("item", &now[0]), ("item", &now[1]), ("action", "ready")]);
    assert_eq!(ready.header("location"), "/staff/items?done=2&left=0");
    assert_eq!(max.post("/staff/publish", &[]).status, 200);
    assert_eq!(titles(&house).iter().filter(|title| title.starts_with("Guinguette ")).count(), 3);
    max.get("/staff/items");
    let gone = max.post("/staff/items", &[("item", &one), ("item", &two), ("action", "withdraw")]);
    assert_eq!(gone.header("location"), "/staff/items?done=2&left=0");
    assert_eq!(
        titles(&house).iter().filter(|title| title.starts_with("Guinguette ")).collect::<Vec<_>>(),
        ["Guinguette Trois"]
    );
}

#[test]
fn an_earlier_version_comes_back_as_a_draft() {
    let (_house, mut anne) = House::set_up("staff-restore");
    let ball = created(&mut anne, "Bal du port", "draft");
    anne.get(&ball);
    let other = [&event("Bal perdu")[..], &[("version", "1"), ("action", "ready")]].concat();
    assert_eq!(anne.post(&ball, &other).status, 303);
    let page = anne.get(&format!("{ball}/history"));
    assert_eq!(page.body.matches("name=\"number\"").count(), 1, "the newest needs no way back");
    let restored = anne.post(&format!("{ball}/restore"), &[("number", "1"), ("version", "2")]);
    assert_eq!(restored.status, 303, "{}", restored.body);
    assert!(anne.get(&ball).body.contains("value=\"Bal du port\""));
    assert_eq!(state(&mut anne, &ball), "draft");
    assert_eq!(anne.post(&format!("{ball}/restore"), &[("number", "1"), ("version", "2")]).status, 409);
    assert_eq!(anne.post(&format!("{ball}/restore"), &[("number", "9"), ("version", "3")]).status, 404);
}

#[test]
fn the_town_says_who_it_is_and_its_root_keys_are_put_away() {
    let (house, mut anne) = House::set_up("staff-town");
    let page = anne.get("/staff/town");
    assert!(page.body.contains("Monaco") && page.body.contains("root-3.pem"), "{}", page.body);
    let sent = [
        ("name.fr", "Port-Neuf"),
        ("languages", "fr, de"),
        ("theme", "parvis"),
        ("zone", "Europe/Paris"),
        ("country", "FR"),
        ("phone", "+33 1 23 45 67 89"),
    ];
    assert!(anne.post("/staff/town", &sent).body.contains("C’est enregistré"));
    let event = anne.get("/staff/items/new/event").body;
    assert!(event.contains("name=\"title.de\"") && !event.contains("name=\"title.it\""), "{event}");
    anne.get("/staff/town");
    let wrong = anne.post("/staff/town", &[("name.fr", "Port-Neuf"), ("languages", "fr"), ("zone", "Mars/Olympus")]);
    assert_eq!(wrong.status, 422);
    assert!(anne.get("/staff/town").body.contains("Europe/Paris"), "nothing of it was kept");
    anne.get("/staff/publish");
    assert_eq!(anne.post("/staff/publish", &[]).status, 200);
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(anne.get("/staff/town/root.json").body.as_bytes());
    display.web.serve(&files(&house.town.at("publication")));
    display.turn().unwrap();

    anne.get("/staff/town");
    let key = anne.post("/staff/town/keys/root-1.pem", &[]);
    assert!(key.body.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"), "{}", key.body);
    assert_eq!(anne.post("/staff/town/keys/targets.pem", &[]).status, 404);
    assert_eq!(anne.post("/staff/town/keys/..%2fhub.db", &[]).status, 404);
    assert_eq!(anne.post("/staff/town/put-away", &[]).status, 422);
    assert_eq!(anne.post("/staff/town/put-away", &[("kept", "yes")]).status, 303);
    assert!(!house.town.at("keys/root-1.pem").exists() && house.town.at("keys/targets.pem").exists());
    assert_eq!(anne.post("/staff/publish", &[]).status, 200, "what is needed every day is still there");
}
