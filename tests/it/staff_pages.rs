//! The pages of staff in a real browser: usable by everybody, at every width, with scripts and without.

use crate::browser::{ANNE, Browser, House, PASSWORD};
use crate::chromium::Chromium;
use crate::enrolment::enrolled;
use crate::staff_media::{kept, png};
use parvis::hub::routes::routes;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// axe-core, as tests/run fetches it.
fn axe() -> String {
    let tools = PathBuf::from(std::env::var("HOME").unwrap()).join(".cache/parvis/tools/axe-core-4.11.0/axe.min.js");
    let path = std::env::var("PARVIS_AXE").map_or(tools, PathBuf::from);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}; tests/run fetches it", path.display()))
}

/// An event of this title, made through the form; its address.
fn made(anne: &mut Browser, title: &str) -> String {
    anne.get("/staff/items/new/event");
    let fields = [
        ("title.fr", title),
        ("timings.0.begin", "2030-06-01T20:00"),
        ("timings.0.end", "2030-06-01T23:00"),
        ("location.name", "Port"),
        ("kind", "music"),
        ("status", "scheduled"),
        ("action", "ready"),
    ];
    let made = anne.post("/staff/items/new/event", &fields);
    assert_eq!(made.status, 303, "{}", made.body);
    made.header("location").to_owned()
}

/// Every page that has an address of its own; of an item, a picture and a display one each.
fn pages(item: &str, media: &str, display: i64) -> Vec<String> {
    let id = item.trim_start_matches("/staff/items/");
    let display = display.to_string();
    let ids = [("/staff/items/", id), ("/staff/media/", media), ("/staff/displays/", &display)];
    let id = |path: &str| ids.iter().find(|(of, _)| path.starts_with(of)).map_or("{id}", |(_, id)| *id);
    let is_page = |path: &&str| {
        !["/assets/", "/pictures/", ".json", "/open/", "/api/", "/events", "/setup", "/media/of", "/picture/", ".csv"]
            .iter()
            .any(|part| path.contains(part))
    };
    let read = routes().into_iter().filter(|route| route.method == "GET" && !route.path.starts_with("/displays"));
    let read = read.map(|route| route.path);
    let concrete = read
        .filter(is_page)
        .map(|path| path.replace("{id}", id(path)).replace("{kind}", "event").replace("{format}", "ical"));
    let mut all: Vec<String> = concrete.filter(|path| !path.contains('{')).collect();
    all.extend(["place", "article", "service"].map(|kind| format!("/staff/items/new/{kind}")));
    all.extend(["/staff/items?text=bal", "/staff/items?done=1&left=1", "/nowhere"].map(ToOwned::to_owned));
    all
}

/// What axe-core finds on the page that is shown.
fn violations(browser: &mut Chromium, axe: &str) -> Vec<String> {
    let run = "return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})";
    let found = browser.run(&format!("{axe};\n{run}.then((found) => found.violations);"));
    let all = found.as_array().unwrap_or_else(|| panic!("{found}")).iter();
    all.map(|one| format!("{}: {} {}", one["id"], one["help"], one["nodes"][0]["html"])).collect()
}

#[test]
fn everybody_can_use_every_page_at_every_width() {
    let (house, mut anne) = House::set_up("pages-axe");
    let item = made(&mut anne, "Bal du port");
    let media = kept(&mut anne, "bal.png", &png(40, 30));
    let (_screen, display) = enrolled(&house, &mut anne, "Mairie");
    let axe = axe();
    let mut wrong = Vec::new();
    for language in ["fr", "en"] {
        let mut browser = Chromium::of(&house, (ANNE, PASSWORD), language, true);
        for path in pages(&item, &media, display) {
            for width in [1280, 390] {
                browser.resize(width, 1000);
                browser.open(&house, &path);
                wrong.extend(
                    violations(&mut browser, &axe).into_iter().map(|what| format!("{path} {language} {width}: {what}")),
                );
                let over = browser.run("const all = document.scrollingElement; return all.scrollWidth - innerWidth;");
                if over.as_i64().is_none_or(|over| over > 0) {
                    wrong.push(format!("{path} {language} {width}: {over} px too wide"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// From sign-in to the displays, as a member of staff does it.
fn main_path(house: &House, scripts: bool, title: &str) {
    let mut browser = Chromium::of(house, (ANNE, PASSWORD), "fr", scripts);
    browser.open(house, "/staff/items/new/event");
    browser.write("[name='title.fr']", title);
    // The browser's own words are English where its other languages are not installed: month, day, year, then the hour.
    browser.write("[name='timings.0.begin']", "06012030\u{e004}0800PM");
    browser.write("[name='timings.0.end']", "06012030\u{e004}1100PM");
    browser.write("[name='location.name']", "Port");
    if scripts {
        let drawn = browser.run(
            "const shown = document.querySelector('[data-view] img');
             return new Promise((done) => { shown.addEventListener('load', () => done(shown.naturalWidth)); setTimeout(() => done(0), 60000); });",
        );
        assert_eq!(drawn, Value::from(1080), "the picture beside the form");
    }
    browser.press("button[value='ready']");
    browser.see(".state.ready");
    assert!(browser.text().starts_with("Parvis") && browser.text().contains("Prêt"), "{}", browser.text());
    browser.open(house, "/staff/publish");
    assert!(browser.text().contains(title), "{}", browser.text());
    browser.press("main button.main");
    browser.see("section.done");
    assert!(browser.text().contains("C’est publié"), "{}", browser.text());
}

#[test]
fn an_event_goes_from_the_form_to_the_displays_with_scripts_and_without() {
    let (house, _) = House::set_up("pages-path");
    main_path(&house, true, "Bal avec images");
    main_path(&house, false, "Bal sans script");
}
