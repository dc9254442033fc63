//! Warnings raised and cleared one by one on a real publication, as displays see them: with a network and without.

use crate::display::Display;
use crate::published_town::{Town, article, files, vouch};
use chrono::{DateTime, TimeDelta, Utc};
use parvis::content::{Alert, Id, Item, PlaylistItem, read_item};
use parvis::signage::{self, Offer, Power, Stock};
use parvis::store::{Known, load_store};
use parvis::sync::FetchFault;
use serde_json::{Value, json};
use std::fs;

const WITH: &str = "--publication out --keys keys --passphrase-file passphrase";

fn flood() -> Value {
    json!({"type": "prepared_alert", "id": "pack:flood", "title": {"fr": "Inondation", "en": "Flood"},
        "text": {"fr": "La rivière déborde."}, "instruction": {"fr": "Montez", "en": "Go upstairs"},
        "severity": "extreme", "media": [{"path": "flood.png"}]})
}

/// A town with a prepared warning, published.
fn prepared(name: &str) -> Town {
    let town = Town::new(name);
    town.write_picture("flood.png", 40, 30);
    town.write_items("pack.json", &[flood()]);
    town.publish();
    town
}

/// A display of the group, on the real time, that has brought in what is published.
fn display(town: &Town, group: &str) -> Display {
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.set_group(group);
    display.trust(&fs::read(town.at("out/root.json")).unwrap());
    bring_in(&mut display, town);
    display
}

fn bring_in(display: &mut Display, town: &Town) {
    display.clock.set(jiff::Timestamp::now());
    display.web.serve(&files(&town.at("out")));
    display.turn().unwrap();
}

/// A display that has nothing to show but warnings.
struct NothingElse;

impl Stock for NothingElse {
    fn offer(&self, _: &PlaylistItem, _: usize, _: DateTime<Utc>) -> Option<Offer> {
        None
    }

    fn alert_secs(&self, _: &Alert, _: &str) -> u32 {
        8
    }
}

fn now(display: &Display) -> DateTime<Utc> {
    DateTime::from_timestamp(display.now().as_second(), 0).unwrap()
}

/// What a display of the group `default` shows that has just brought it in.
fn alerts_now(town: &Town) -> Vec<Alert> {
    let display = display(town, "default");
    alerts(&display, now(&display), false)
}

/// What a display has for that moment: drills too where it shows them.
fn alerts(display: &Display, at: DateTime<Utc>, shows_drills: bool) -> Vec<Alert> {
    let showing = load_store(&display.store, None).unwrap();
    assert!(showing.problems.is_empty(), "{:?}", showing.problems);
    let catalog = showing.content.unwrap().catalog;
    let all: Vec<&Alert> = showing.bulletin.alerts.iter().chain(&catalog.bulletin.alerts).collect();
    let stand = signage::Display {
        name: "test".to_owned(),
        groups: vec!["default".to_owned()],
        position: None,
        codes: Vec::new(),
        zone: chrono_tz::UTC,
        languages: vec!["fr".to_owned()],
        alert_languages: vec!["fr".to_owned()],
        shows_drills,
        is_portrait: true,
        power: Power::default(),
        advertising_rests: Vec::new(),
    };
    let shown = signage::program(&catalog.schedule, &all, &stand, &NothingElse, at).shown;
    let latest = Alert::latest(all.into_iter().filter(|alert| shows_drills || !alert.drill));
    let in_force: Vec<Alert> = latest.into_iter().filter(|alert| alert.common.valid.contains(at)).cloned().collect();
    assert_eq!(matches!(shown, signage::Shown::Alert(_)), !in_force.is_empty(), "signage shows {shown:?}");
    in_force
}

fn ids(alerts: &[Alert]) -> Vec<&str> {
    alerts.iter().map(|alert| alert.common.id.as_str()).collect()
}

fn text(text: &parvis::content::Localized, language: &str) -> String {
    text.exact(language).map(|one| one.text.clone()).unwrap_or_default()
}

#[test]
fn what_is_prepared_is_put_in_force_in_full_until_it_ends_or_is_cleared() {
    let town = prepared("raise-prepared");
    let mut display = display(&town, "default");
    let begin = now(&display);
    assert_eq!(ids(&alerts(&display, begin, true)), [""; 0], "nothing is in force by being prepared");
    let told = town.done(&format!("alert raise --prepared pack:flood --for 2h --text Ponts --lang fr {WITH}"));
    assert!(
        told.starts_with("pack:flood (extreme) raised for default until ") && told.contains("alert clear"),
        "{told}"
    );
    assert_eq!(ids(&alerts(&display, begin, true)), [""; 0], "nobody has said so yet");

    bring_in(&mut display, &town);
    let [alert] = alerts(&display, now(&display), false).try_into().unwrap();
    assert_eq!(
        (text(&alert.common.text, "fr").as_str(), text(&alert.instruction, "en").as_str()),
        ("La rivière déborde.", "Go upstairs")
    );
    assert_eq!(text(&alert.common.summary, "fr"), "Ponts");
    assert_eq!(alert.common.media.len(), 1);
    assert!(parvis::store::stored_picture(&alert.common.media[0].path).is_some(), "a picture of the content");
    let whole = load_store(&display.store, None).unwrap();
    let known = Known { revision: whole.revision, prepared: &whole.content.unwrap().catalog.prepared };
    let again = load_store(&display.store, Some(known)).unwrap();
    assert!(again.content.is_none() && again.bulletin == whole.bulletin, "without reading the content again");
    let end = alert.common.valid.until.unwrap();
    assert_eq!(alert.common.valid.from.unwrap() + TimeDelta::hours(2), end);
    assert_eq!(ids(&alerts(&display, end - TimeDelta::seconds(1), false)), ["pack:flood"]);
    assert_eq!(ids(&alerts(&display, end, false)), [""; 0], "without a network too");

    let list = town.done("alert list --publication out --keys keys");
    assert!(
        list.starts_with("pack:flood  extreme  in force since ") && list.contains("  default  Inondation"),
        "{list}"
    );
    let cleared = town.done(&format!("alert clear pack:flood {WITH}"));
    assert_eq!(cleared, "cleared pack:flood for default\n");
    bring_in(&mut display, &town);
    assert_eq!(ids(&alerts(&display, now(&display), true)), [""; 0]);
    let list = town.done("alert list --publication out --keys keys");
    assert!(
        list.starts_with("no warning stands\nprepared, ") && list.contains("  pack:flood  extreme  default"),
        "{list}"
    );
}

#[test]
fn a_display_that_has_not_brought_in_the_pack_or_knows_none_is_warned() {
    let town = Town::published("raise-early");
    let mut display = display(&town, "default");
    town.write_items("pack.json", &[flood()]);
    town.write_picture("flood.png", 40, 30);
    town.publish();
    town.done(&format!("alert raise --prepared pack:flood {WITH}"));
    display.clock.set(jiff::Timestamp::now());
    display.web.serve(&files(&town.at("out")));
    display.web.set_weather(Some(Box::new(|path, _| match path.starts_with("objects/") {
        true => Err(FetchFault::Unreachable("rain".to_owned())),
        false => Ok(None),
    })));
    assert!(display.turn().is_err());
    let [short] = alerts(&display, now(&display), false).try_into().unwrap();
    assert_eq!(
        (text(&short.common.title, "en").as_str(), text(&short.instruction, "fr").as_str()),
        ("Flood", "Montez")
    );
    assert!(short.common.text.is_empty());
    display.web.set_weather(None);
    bring_in(&mut display, &town);
    let [whole] = alerts(&display, now(&display), false).try_into().unwrap();
    assert_eq!(text(&whole.common.text, "fr"), "La rivière déborde.");

    let root = fs::read(town.at("out/root.json")).unwrap();
    let (vouched, items) = vouch(&town.at("out"), &root, "default").unwrap();
    assert_eq!(items["pack:flood"]["type"], "prepared_alert", "a display that does not know the type leaves it out");
    let document: Value = serde_json::from_str(&vouched.alerts.unwrap()).unwrap();
    let mut item = document["items"][0].clone();
    item.as_object_mut().unwrap().remove("activates").unwrap();
    let Some(Item::Alert(alert)) = read_item("", &item, &mut Vec::new()) else { panic!("{item}") };
    assert_eq!((alert.common.title, alert.instruction), (short.common.title, short.instruction));
}

#[test]
fn warnings_join_what_stands_and_replace_what_stands_under_their_id() {
    let town = prepared("raise-join");
    let one = |words: &str| {
        let document =
            json!({"format": 1, "items": [{"type": "alert", "id": "w:1", "title": {"fr": words}, "later": 1}]});
        fs::write(town.at("alert.json"), document.to_string()).unwrap();
    };
    one("Crue");
    town.done("alerts --file alert.json --keys keys --passphrase-file passphrase --out out");
    let told = town.done(&format!("alert raise --title Orage --severity minor --lang fr {WITH}"));
    let id = told.split(' ').next().unwrap().to_owned();
    assert!(id.starts_with("hub:"), "{told}");
    let mut display = display(&town, "default");
    assert_eq!(ids(&alerts(&display, now(&display), false)), ["w:1", id.as_str()]);
    town.done(&format!("alert raise --prepared pack:flood {WITH}"));
    bring_in(&mut display, &town);
    let first = alerts(&display, now(&display), false);

    one("Forte crue");
    town.done(&format!("alert raise --file alert.json --severity extreme {WITH}"));
    town.done(&format!("alert raise --prepared pack:flood --for 90m {WITH}"));
    bring_in(&mut display, &town);
    let second = alerts(&display, now(&display), false);
    assert_eq!(ids(&second), ["w:1", id.as_str(), "pack:flood"]);
    assert_eq!(text(&second[0].common.title, "fr"), "Forte crue");
    assert!(second[0].updated().is_some() && second[1] == first[1]);
    let since = |alert: &Alert| alert.common.valid.from;
    assert_eq!(since(&second[2]), since(&first[2]), "it holds since it was raised first");
    assert!(second[2].updated() >= first[2].updated() && second[2].common.valid.until < first[2].common.valid.until);

    let told = town.refused(&format!("alert clear w:2 {WITH}"));
    assert!(told.contains(&format!("there are: {id}, pack:flood, w:1")), "{told}");
    town.done(&format!("alert clear {id} {WITH}"));
    assert_eq!(town.done(&format!("alert clear --all {WITH}")), "cleared pack:flood, w:1 for default\n");
    bring_in(&mut display, &town);
    assert_eq!(ids(&alerts(&display, now(&display), true)), [""; 0]);
    assert!(town.refused(&format!("alert clear --all {WITH}")).ends_with("there are: none does"));
}

#[test]
fn a_warning_is_raised_for_the_groups_named_or_those_that_it_is_prepared_for() {
    let town = Town::new("raise-groups");
    let mut meant = flood();
    meant["groups"] = json!(["hall"]);
    meant.as_object_mut().unwrap().remove("media");
    town.write_items("pack.json", &[meant]);
    town.done("group add hall --keys keys");
    town.publish();
    town.done(&format!("alert raise --title Orage --group default --lang fr {WITH}"));
    let told = town.done(&format!("alert raise --prepared pack:flood {WITH}"));
    assert!(told.contains("raised for hall until"), "{told}");
    let titles = |group| -> Vec<String> {
        let display = display(&town, group);
        let all = alerts(&display, now(&display), false);
        all.iter().map(|alert| text(&alert.common.title, "fr")).collect()
    };
    assert_eq!([titles("default"), titles("hall")], [vec!["Orage".to_owned()], vec!["Inondation".to_owned()]]);
    town.done(&format!("alert raise --prepared pack:flood --group default --group hall {WITH}"));
    assert_eq!(titles("default"), ["Orage", "Inondation"], "in its own words, where it is not prepared");
    town.done(&format!("alert clear pack:flood --group hall {WITH}"));
    assert_eq!([titles("default").len(), titles("hall").len()], [2, 0]);
    assert!(town.refused(&format!("alert raise --title X --group moon {WITH}")).contains("default, hall"));
}

#[test]
fn a_drill_is_for_displays_that_show_drills() {
    let town = prepared("raise-drill");
    let told = town.done(&format!("alert raise --prepared pack:flood --drill {WITH}"));
    assert!(told.starts_with("a drill, on displays that show drills: pack:flood"), "{told}");
    let mut display = display(&town, "default");
    assert_eq!(ids(&alerts(&display, now(&display), false)), [""; 0]);
    let [drill] = alerts(&display, now(&display), true).try_into().unwrap();
    assert!(drill.drill && text(&drill.common.text, "fr") == "La rivière déborde.");
    assert!(town.done("alert list --publication out --keys keys").contains("drill, extreme"));
    town.done(&format!("alert raise --prepared pack:flood {WITH}"));
    bring_in(&mut display, &town);
    let [real] = alerts(&display, now(&display), false).try_into().unwrap();
    assert!(!real.drill && real.common.id == Id("pack:flood".to_owned()));
}

#[test]
fn an_area_and_an_end_are_said_with_the_warning() {
    let town = prepared("raise-area");
    town.done(&format!("alert raise --prepared pack:flood --area 43.731,-7.4,1.5 --until 2999-01-01T00:00:00Z {WITH}"));
    let [alert] = alerts_now(&town).try_into().unwrap();
    let circle = alert.areas[0].circles[0];
    assert_eq!((circle.centre.lat, circle.centre.lon, circle.radius_km), (43.731, -7.4, 1.5));
    assert_eq!(alert.common.valid.until.unwrap().to_rfc3339(), "2999-01-01T00:00:00+00:00");
    let past = format!("alert raise --title X --until 2020-01-01T00:00:00Z {WITH}");
    assert!(town.refused(&past).contains("would have ended on 2020-01-01 01:00"), "the town's time");
    for wrong in [
        "--area 91,0,1",
        "--area 1,2",
        "--for never",
        "--for 9223372036854775807s",
        "--for 9000000000s",
        "--severity dire",
        "--lang français",
        "--text Y",
    ] {
        let (status, ..) = town.hub(&format!("alert raise {wrong} {WITH}"));
        assert_eq!(status, 2, "{wrong}");
    }
}

#[test]
fn what_does_not_fit_is_told_in_words() {
    let town = Town::new("raise-large");
    let mut wordy = flood();
    wordy.as_object_mut().unwrap().remove("media");
    wordy["instruction"] = json!({"fr": "Montez ".repeat(5_000)});
    let mut titled = wordy.clone();
    titled["id"] = "pack:titled".into();
    titled["title"] = json!({"fr": "Crue ".repeat(7_000)});
    town.write_items("pack.json", &[wordy, titled]);
    town.publish();
    let (status, stdout, stderr) = town.hub(&format!("alert raise --prepared pack:flood {WITH}"));
    assert!(status == 0 && stderr.contains("title alone"), "{stdout}{stderr}");
    let [alert] = alerts_now(&town).try_into().unwrap();
    assert!(alert.instruction.exact("fr").unwrap().text.len() > 32 << 10, "whole where it is prepared");
    let before = files(&town.at("out"));
    let told = town.refused(&format!("alert raise --prepared pack:titled {WITH}"));
    assert!(told.contains("displays take 32768: nothing was published") && told.contains("clear one"), "{told}");
    assert_eq!(files(&town.at("out")), before);
}

#[test]
fn what_has_ended_makes_room() {
    let town = Town::published("raise-ended");
    let ended = json!({"format": 1, "items": [{"type": "alert", "id": "w:old", "title": {"fr": "Crue"},
        "valid": {"until": "2020-01-01T00:00:00Z"}}, {"type": "oracle", "id": "w:later"}]});
    fs::write(town.at("alert.json"), ended.to_string()).unwrap();
    town.done("alerts --file alert.json --keys keys --passphrase-file passphrase --out out");
    town.done(&format!("alert raise --title Orage {WITH}"));
    let root = fs::read(town.at("out/root.json")).unwrap();
    let document = vouch(&town.at("out"), &root, "default").unwrap().0.alerts.unwrap();
    assert!(!document.contains("w:old") && document.contains("w:later"), "what nobody knows here stays: {document}");
}

#[test]
fn nothing_is_raised_from_what_was_not_signed() {
    let town = prepared("raise-forged");
    let told = town.refused(&format!("alert raise --prepared pack:fire {WITH}"));
    assert!(told.contains("no warning pack:fire is prepared") && told.contains("pack:flood"), "{told}");
    let file =
        |items: Value| fs::write(town.at("alert.json"), json!({"format": 1, "items": items}).to_string()).unwrap();
    for (items, why) in [
        (json!([]), "holds no warning"),
        (json!([{"type": "alert", "id": "w:1"}]), "needs a title"),
        (json!([article("t:9", "Nine")]), "no warning that can be raised"),
        (json!([flood()]), "no warning that can be raised"),
    ] {
        file(items);
        let told = town.refused(&format!("alert raise --file alert.json {WITH}"));
        assert!(told.contains(why), "{told}");
    }
    let told = town.refused("alerts --file alert.json --keys keys --passphrase-file passphrase --out out");
    assert!(told.contains("comes to displays with the content"), "{told}");

    town.done(&format!("alert raise --title Orage {WITH}"));
    let before = files(&town.at("out"));
    let forged: Vec<_> =
        before.keys().filter(|path| path.ends_with(".alerts.json") || path.ends_with(".targets.json")).collect();
    assert_eq!(forged.len(), 3, "{forged:?}");
    for path in forged {
        fs::write(town.at("out").join(path), r#"{"signed":{"targets":{}},"signatures":[]}"#).unwrap();
        for command in [format!("alert raise --title Crue {WITH}"), format!("alert clear --all {WITH}")] {
            let told = town.refused(&command);
            assert!(told.contains(path.as_str()) && told.contains("missing") || told.contains("damaged"), "{told}");
        }
        fs::write(town.at("out").join(path), &before[path]).unwrap();
    }
    assert_eq!(files(&town.at("out")), before);
}

#[test]
fn two_who_raise_at_once_lose_nothing() {
    let town = prepared("raise-race");
    let all = [0, 1, 2].map(|nr| town.start(&format!("alert raise --title Orage{nr} --lang fr {WITH}")));
    for mut one in all {
        assert!(one.0.wait().unwrap().success());
    }
    let mut titles: Vec<_> = alerts_now(&town).iter().map(|alert| text(&alert.common.title, "fr")).collect();
    titles.sort();
    assert_eq!(titles, ["Orage0", "Orage1", "Orage2"]);
}

#[test]
fn the_pack_of_the_demo_town_is_raised_whole_in_the_languages_of_the_kiosk() {
    let town = Town::new("raise-demo");
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/monaco/alerts.json");
    fs::copy(pack, town.at("content/alerts.json")).unwrap();
    town.publish();
    let names = ["evacuation", "fire", "heat", "sea", "storm"].map(|name| format!("demo:alert-{name}"));
    let mut shown = display(&town, "default");
    assert_eq!(ids(&alerts(&shown, now(&shown), true)), [""; 0]);
    for id in &names {
        let (status, _, stderr) = town.hub(&format!("alert raise --prepared {id} {WITH}"));
        assert_eq!((status, stderr.as_str()), (0, ""), "all five have room together");
    }
    bring_in(&mut shown, &town);
    let all = alerts(&shown, now(&shown), false);
    assert_eq!(ids(&all), names.iter().map(String::as_str).collect::<Vec<_>>());
    for alert in &all {
        for language in ["fr", "en", "it", "de", "es", "nl", "ar", "zh"] {
            let texts = [&alert.common.title, &alert.instruction, &alert.event, &alert.common.text];
            assert!(texts.iter().all(|one| !text(one, language).is_empty()), "{} {language}", alert.common.id);
        }
    }
}
