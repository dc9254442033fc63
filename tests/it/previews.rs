//! The pictures beside a form: by the real renderer, of what was typed and not of what is saved.

use crate::browser::{Browser, House};
use serde_json::Value;
use std::fs;
use std::process::Command;

const BALL: [(&str, &str); 8] = [
    ("title.fr", "Bal du port"),
    ("title.en", "Harbour ball"),
    ("timings.0.begin", "2027-06-15T20:00"),
    ("timings.0.end", "2027-06-15T23:00"),
    ("location.name", "Port"),
    ("kind", "music"),
    ("free", "yes"),
    ("status", "scheduled"),
];

/// What the script of the form is told.
fn asked(browser: &mut Browser, more: &[(&str, &str)]) -> Value {
    let page =
        browser.post("/staff/preview/event", &[&BALL[..], &[("view", "portrait"), ("page", "p")], more].concat());
    assert_eq!(page.status, 200, "{}", page.body);
    serde_json::from_str(&page.body).unwrap()
}

fn picture(browser: &mut Browser, told: &Value) -> String {
    let page = browser.get(told["picture"].as_str().unwrap());
    assert_eq!((page.status, page.header("content-type")), (200, "image/png"));
    page.body
}

fn spoken(told: &Value) -> String {
    told["spoken"].as_array().unwrap().iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
}

/// The processes that a program has started, by what they are called with.
fn children(word: &str, folder: &str) -> Vec<String> {
    let all = fs::read_dir("/proc").unwrap().flatten();
    let is_one = |pid: &String| {
        let called = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let at = fs::read_link(format!("/proc/{pid}/cwd")).unwrap_or_default();
        called.contains(word) && at.ends_with(folder)
    };
    all.filter_map(|entry| entry.file_name().into_string().ok()).filter(is_one).collect()
}

#[test]
fn a_form_shows_the_true_picture_of_what_is_typed_and_the_renderer_may_die() {
    let (house, mut anne) = House::set_up("previews");
    let form = anne.get("/staff/items/new/event");
    assert!(form.body.contains("data-preview=\"/staff/preview/event\""), "{}", form.body);
    let first = asked(&mut anne, &[]);
    assert!(spoken(&first).contains("Bal du port"), "{first}");
    assert_eq!((&first["language"], &first["problems"]), (&"fr".into(), &Value::Array(Vec::new())));
    let ball = picture(&mut anne, &first);
    let english = asked(&mut anne, &[("language", "en"), ("turn", "2")]);
    assert!(spoken(&english).contains("Harbour ball"), "{english}");
    assert_ne!(picture(&mut anne, &english), ball);

    let folder = house.town.at(".").canonicalize().unwrap();
    let folder = folder.file_name().unwrap().to_str().unwrap();
    let running = children("--serve", folder);
    assert_eq!(running.len(), 1, "one process draws for all");
    assert!(Command::new("kill").args(["-9", &running[0]]).status().unwrap().success());
    let again = asked(&mut anne, &[("turn", "3")]);
    assert_eq!(picture(&mut anne, &again), ball, "another process draws the same");

    // Without scripts: all views on a page. Nothing of it was saved.
    let page = anne.post("/staff/preview/event", &BALL);
    assert_eq!(page.body.matches("src=\"/staff/preview/pictures/").count(), 5, "{}", page.body);
    assert!(!anne.get("/staff/items?text=bal").body.contains("Bal du port"));
    let broken = anne.post("/staff/preview/event", &[("title.fr", ""), ("view", "portrait")]);
    assert_eq!(broken.status, 503);
    assert!(!serde_json::from_str::<Value>(&broken.body).unwrap()["problems"].as_array().unwrap().is_empty());
    assert_eq!(anne.get("/staff/preview/pictures/..%2f..%2fhub").status, 410);
}

#[test]
fn without_a_renderer_forms_say_so_and_work() {
    let house = House::without_renderer("previews-none");
    let mut anne = house.installed("Essai");
    assert!(anne.get("/staff/items/new/event").body.contains("Pas d’aperçu ici"));
    let answer = anne.post("/staff/preview/event", &[&BALL[..], &[("view", "portrait")]].concat());
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("Pas d’aperçu ici"), "{}", answer.body);
    assert_eq!(anne.post("/staff/items/new/event", &[&BALL[..], &[("action", "ready")]].concat()).status, 303);
}
