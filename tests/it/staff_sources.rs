//! What the town takes from elsewhere, as staff use it over HTTP: sources are added, tried, fetched and removed, what they
//! bring is changed here, and nobody gets through them where they should not.

use crate::browser::{Browser, House, Page};
use crate::new_town::{services, services_file};
use crate::office::{Calendars, shown};
use crate::published_town::Town;
use crate::stand_in::{Reply, StandIn};
use parvis::hub::store::{AuditLog, Sources, Sqlite};
use std::fs;

/// A hub whose town lets staff name servers of this machine.
fn house(name: &str) -> (House, Browser, Calendars, StandIn) {
    let town = Town::new(name);
    fs::write(town.at("hub.toml"), "source_hosts = [\"127.0.0.1\"]\n").unwrap();
    let (house, anne) = House::set_up_in(town);
    let calendars = Calendars::default();
    let server = calendars.started();
    (house, anne, calendars, server)
}

/// The list of sources once nothing is under way any more.
fn settled(browser: &mut Browser) -> Page {
    let mut page = browser.get("/staff/sources");
    while page.body.contains("http-equiv=\"refresh\"") {
        page = browser.get("/staff/sources");
    }
    page
}

#[test]
fn the_public_sources_that_a_town_begins_with_go_on_being_fetched() {
    let server = services(&[]);
    let town = Town::new("sources-set-up");
    fs::write(town.at("services.toml"), services_file(&server)).unwrap();
    let (house, mut anne) = House::set_up_as("exemple les essais", town);
    let extracts = || server.asked().iter().filter(|asked| asked.path.ends_with(".osm.pbf")).count();
    let list = settled(&mut anne);
    assert!(list.body.contains("OpenStreetMap") && list.body.contains("Tout va bien"), "{}", list.body);
    assert_eq!(extracts(), 1, "what the set-up fetched is not fetched again");
    let at_first = shown(&house.town);
    assert!(at_first.len() > 10, "{at_first:?}");
    let items = anne.get("/staff/items?kind=place").body;
    let (_, item) = items.split_once("<th scope=\"row\"><a href=\"").unwrap();
    let page = anne.get(item.split('"').next().unwrap());
    for said in ["Vient de", "/staff/sources/map", "© les contributeurs d’OpenStreetMap", "Ce que dit la source"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(house.town.at("sources/boundary.geojson").is_file() && house.town.at("map/15").is_dir());
    assert_eq!(anne.post("/staff/sources/map/run", &[]).status, 303);
    assert!(settled(&mut anne).body.contains("Tout va bien"));
    assert_eq!((extracts(), shown(&house.town)), (2, at_first));
}

fn source<'a>(title: &'a str, from: &'a str, action: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("title", title), ("from", from), ("every", "6h"), ("is_direct", "yes"), ("action", action)]
}

fn version(page: &Page) -> String {
    page.body.split_once("name=\"version\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

#[test]
fn staff_add_try_and_fetch_a_source_and_change_what_it_brings() {
    let (house, mut anne, calendars, server) = house("sources-story");
    calendars.say("/agenda.ics", &[(1, "Bal du port"), (2, "Loto du club")]);
    let from = server.url("/agenda.ics").to_string();
    assert!(anne.get("/staff/sources/new").body.contains("/staff/sources/new/ical"));
    anne.get("/staff/sources/new/ical");
    let tried = anne.post("/staff/sources/new/ical", &source("Agenda du port", &from, "try"));
    assert_eq!(tried.status, 200, "{}", tried.body);
    for said in ["Bal du port", "Loto du club", "2 enregistrements lus.", "2 contenus.", "value=\"Agenda du port\""] {
        assert!(tried.body.contains(said), "{said}: {}", tried.body);
    }
    assert!(anne.get("/staff/sources").body.contains("Aucune source"), "a try keeps nothing");
    assert!(!anne.get("/staff/items?text=port+bal").body.contains("Bal du port"));

    let kept = anne.post("/staff/sources/new/ical", &source("Agenda du port", &from, "save"));
    assert_eq!((kept.status, kept.header("location")), (303, "/staff/sources/agenda-du-port"), "{}", kept.body);
    let list = settled(&mut anne);
    assert!(list.body.contains("Tout va bien"), "{}", list.body);
    assert!(shown(&house.town).contains(&"Bal du port".to_owned()));

    // A contributor sees where it comes from, and can neither write it nor decide about it.
    let mut lea = house.staff(&mut anne, "contributor");
    let mut max = house.staff(&mut anne, "moderator");
    let found = max.get("/staff/items?text=port&kind=event").body;
    let bal =
        found.split_once("\">Bal du port").unwrap().0.rsplit_once("href=\"").unwrap().1.split('"').next().unwrap();
    let page = lea.get(bal);
    assert!(page.body.contains("Agenda du port") && page.body.contains("Ce que dit la source"), "{}", page.body);
    assert!(!page.body.contains("/local"));
    assert_eq!(lea.post(bal, &[("title.fr", "Volé"), ("version", "1"), ("action", "draft")]).status, 422);
    let page = max.get(bal);
    let seen = version(&page);
    let own = [("version", seen.as_str()), ("title.fr", "Grand bal"), ("featured", "yes"), ("kind", "music")];
    let set = max.post(&format!("{bal}/local"), &[&own[..], &[("action", "set")]].concat());
    assert_eq!(set.status, 303, "{}", set.body);
    let late = max.post(&format!("{bal}/local"), &[("version", seen.as_str()), ("action", "hide")]);
    assert_eq!(late.status, 409, "somebody else has decided meanwhile");
    settled(&mut max);
    let titles = shown(&house.town);
    assert!(titles.contains(&"Grand bal".to_owned()) && !titles.contains(&"Bal du port".to_owned()));

    calendars.say("/agenda.ics", &[(1, "Bal reporté"), (2, "Loto du club")]);
    assert_eq!(max.post("/staff/sources/agenda-du-port/run", &[]).status, 303);
    assert!(settled(&mut max).body.contains("1 contenu modifié ici a changé à la source"));
    let page = max.get(bal);
    assert!(page.body.contains("La source a changé") && page.body.contains("Bal reporté"), "{}", page.body);
    let hide = [("version", version(&page)), ("action", "hide".to_owned())];
    let hide: Vec<(&str, &str)> = hide.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(max.post(&format!("{bal}/local"), &hide).status, 303);
    settled(&mut max);
    assert!(!shown(&house.town).contains(&"Grand bal".to_owned()));

    calendars.answer("/agenda.ics", Reply::new(404, "text/plain", "gone"));
    max.post("/staff/sources/agenda-du-port/run", &[]);
    assert!(settled(&mut max).body.contains("La source est en panne depuis"));
    assert!(shown(&house.town).contains(&"Loto du club".to_owned()));
    anne.get("/staff/sources/agenda-du-port");
    assert_eq!(anne.post("/staff/sources/agenda-du-port/remove", &[]).status, 422);
    assert_eq!(anne.post("/staff/sources/agenda-du-port/remove", &[("sure", "yes")]).status, 303);
    settled(&mut anne);
    assert!(!shown(&house.town).contains(&"Loto du club".to_owned()));
}

#[test]
fn a_key_is_sent_to_its_server_and_told_to_nobody() {
    const KEY: &str = "clef-tres-secrete-7319";
    let (house, mut anne, calendars, server) = house("sources-key");
    calendars.say(&format!("/{KEY}/a.ics"), &[(1, "Bal du port")]);
    let from = server.url("/{key}/a.ics").to_string();
    anne.get("/staff/sources/new/ical");
    let fields = [&source("Agenda", &from, "save")[..], &[("key", KEY)]].concat();
    assert_eq!(anne.post("/staff/sources/new/ical", &fields).status, 303);
    settled(&mut anne);
    assert!(server.asked().iter().any(|asked| asked.path.contains(KEY)));
    assert!(shown(&house.town).contains(&"Bal du port".to_owned()));
    let pages = ["/staff/sources", "/staff/sources/agenda", "/staff/sources/agenda/edit"];
    for page in pages {
        assert!(!anne.get(page).body.contains(KEY), "{page}");
    }
    // A server that repeats it, and one that fails.
    for reply in [Reply::new(200, "text/html", KEY), Reply::new(500, "text/plain", KEY)] {
        calendars.answer(&format!("/{KEY}/a.ics"), reply);
        anne.post("/staff/sources/agenda/run", &[]);
        assert!(!settled(&mut anne).body.contains(KEY));
        assert!(!anne.post("/staff/sources/agenda/try", &[]).body.contains(KEY));
        pages.iter().for_each(|page| assert!(!anne.get(page).body.contains(KEY), "{page}"));
    }
    // Saved anew without it: it stays. With another server: it does not go there.
    anne.get("/staff/sources/agenda/edit");
    assert_eq!(anne.post("/staff/sources/agenda/edit", &source("Agenda du club", &from, "save")).status, 303);
    assert!(anne.get("/staff/sources/agenda").body.contains("Enregistrée"));
    let other = Calendars::default();
    let thief = other.started();
    let elsewhere = thief.url("/{key}/a.ics").to_string();
    anne.get("/staff/sources/agenda/edit");
    let moved = anne.post("/staff/sources/agenda/edit", &source("Agenda", &elsewhere, "save"));
    assert_eq!(moved.status, 303, "{}", moved.body);
    settled(&mut anne);
    let page = anne.get("/staff/sources/agenda").body;
    assert!(page.contains("its key is missing"), "{page}");
    assert!(thief.asked().iter().all(|asked| !asked.path.contains(KEY)));
    let store = Sqlite::open(&house.town.at(".")).unwrap();
    let log = store.audit(i64::MAX, 10_000).unwrap();
    assert!(log.iter().any(|line| line.what == "change source"));
    assert!(log.iter().all(|line| !format!("{line:?}").contains(KEY)));
}

#[test]
fn sources_do_not_lead_into_the_towns_own_network() {
    // Only this machine's loopback is on the town's list, and only by its number.
    let (_house, mut anne, calendars, server) = house("sources-ssrf");
    calendars.say("/a.ics", &[(1, "Bal")]);
    let port = server.address.port();
    let redirect = |to: &str| Reply::new(302, "text/plain", "").with("location", to);
    for (path, to) in [
        ("/to-metadata", "http://169.254.169.254/latest/meta-data".to_owned()),
        ("/to-private", "http://10.0.0.1/".to_owned()),
        ("/to-file", "file:///etc/passwd".to_owned()),
        ("/to-v6", format!("http://[::1]:{port}/a.ics")),
    ] {
        calendars.answer(path, redirect(&to));
    }
    anne.get("/staff/sources/new/ical");
    let here = format!("http://127.0.0.1:{port}");
    for from in [
        "http://10.0.0.1/a.ics",
        "http://192.168.1.1/a.ics",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/a.ics",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://0x0a000001/",
        "http://167772161/",
        "http://8.8.8.8:22/",
        "http://example.org:6379/",
        "http://anne:word@example.org/",
        "file:///etc/passwd",
        "ftp://example.org/a.ics",
        "gopher://127.0.0.1:70/",
        "/etc/passwd",
        "../../hub.db",
        "",
    ] {
        for action in ["try", "save"] {
            let page = anne.post("/staff/sources/new/ical", &source("Agenda", from, action));
            let is_refused = page.status == 422
                || page.body.contains("elle n’est pas permise")
                || page.body.contains("Ces réglages ne conviennent pas");
            assert!(is_refused && !page.body.contains("root:"), "{action} {from}: {} {}", page.status, page.body);
        }
    }
    for path in ["/to-metadata", "/to-private", "/to-file", "/to-v6"] {
        let page = anne.post("/staff/sources/new/ical", &source("Agenda", &format!("{here}{path}"), "try"));
        assert!(page.body.contains("elle n’est pas permise"), "{path}: {}", page.body);
    }
    assert!(anne.get("/staff/sources").body.contains("Aucune source"), "nothing of all this was kept");
    assert_eq!(anne.post("/staff/sources/new/ical", &source("Agenda", &format!("{here}/a.ics"), "save")).status, 303);
    settled(&mut anne);
}

#[test]
fn without_a_list_of_the_towns_no_private_server_is_asked() {
    let (_house, mut anne) = House::set_up("sources-no-list");
    let calendars = Calendars::default();
    let server = calendars.started();
    calendars.say("/a.ics", &[(1, "Bal")]);
    anne.get("/staff/sources/new/ical");
    let port = server.address.port();
    for host in ["127.0.0.1", "localhost", "[::1]", "127.1", "0x7f000001"] {
        let from = format!("http://{host}:{port}/a.ics");
        for action in ["try", "save"] {
            let page = anne.post("/staff/sources/new/ical", &source("Agenda", &from, action));
            assert!(
                page.status == 422 || page.body.contains("elle n’est pas permise"),
                "{action} {from}: {}",
                page.body
            );
        }
    }
    assert!(server.asked().is_empty());
}

#[test]
fn whatever_a_source_says_is_text_on_every_page() {
    let (house, mut anne, calendars, server) = house("sources-xss");
    // Importers take markup out; whatever is left of it is text.
    let (evil, raw) = ("<script>alert(1)</script>", "\"1<2\"");
    calendars.say("/a.ics", &[(1, &format!("Bal du port {raw}")), (2, &format!("Loto {evil}"))]);
    let from = server.url("/a.ics").to_string();
    anne.get("/staff/sources/new/ical");
    let title = format!("{evil} agenda");
    let tried = anne.post("/staff/sources/new/ical", &source(&title, &from, "try"));
    assert!(
        tried.body.contains("1&#60;2") && !tried.body.contains(raw) && !tried.body.contains(evil),
        "{}",
        tried.body
    );
    assert_eq!(anne.post("/staff/sources/new/ical", &source(&title, &from, "save")).status, 303);
    settled(&mut anne);
    let store = Sqlite::open(&house.town.at(".")).unwrap();
    let sources = store.sources().unwrap();
    let name = sources[0].name();
    for page in ["/staff/sources".to_owned(), format!("/staff/sources/{name}"), format!("/staff/sources/{name}/edit")] {
        assert!(!anne.get(&page).body.contains(evil), "{page}");
    }
    let found = anne.get("/staff/items?text=bal+du+port&kind=event").body;
    assert!(!found.contains(evil) && !found.contains(raw));
    let (_, item) = found.split_once("href=\"/staff/items/").unwrap();
    let page = anne.get(&format!("/staff/items/{}", item.split('"').next().unwrap()));
    assert!(page.body.contains("Ce que dit la source") && !page.body.contains(raw), "{}", page.body);
}
