//! Urgent messages: from the form to the displays, and off them again.

use crate::browser::House;
use crate::display::Display;
use crate::published_town::files;
use parvis::hub::store::{AuditLog, Sqlite};
use std::fs;

const FLOOD: [(&str, &str); 6] = [
    ("title.fr", "Route de la vallée coupée"),
    ("title.en", "Valley road closed"),
    ("instruction.fr", "Passez par le moulin"),
    ("severity", "extreme"),
    ("hours", "1"),
    ("sure", "yes"),
];

/// The warnings of a display that has just asked for news.
fn is_warned(house: &House, display: &mut Display) -> bool {
    display.web.serve(&files(&house.town.at("publication")));
    display.turn().unwrap();
    display.document("alerts").is_some_and(|document| document.contains("Route de la vallée coupée"))
}

#[test]
fn a_message_is_on_the_displays_until_it_is_taken_down() {
    let (house, mut anne) = House::set_up("urgent");
    let mut max = house.staff(&mut anne, "moderator");
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(&fs::read(house.town.at("publication/root.json")).unwrap());
    assert!(!is_warned(&house, &mut display));

    assert!(max.get("/staff/alerts").body.contains("Aucun message urgent."));
    // Nothing goes out by accident, and what was written is still there.
    let unsure = max.post("/staff/alerts", &FLOOD[..5]);
    assert_eq!(unsure.status, 422);
    assert!(unsure.body.contains("Cochez") && unsure.body.contains("Valley road closed"), "{}", unsure.body);
    let empty = max.post("/staff/alerts", &[("sure", "yes")]);
    assert!(empty.status == 422 && empty.body.contains("Dites en quelques mots"), "{}", empty.body);
    let long = "x".repeat(5 << 10);
    assert_eq!(max.post("/staff/alerts", &[("title.fr", &long), ("sure", "yes")]).status, 422);
    assert!(!is_warned(&house, &mut display));

    // Pressed twice, it is one message.
    let page = max.get("/staff/alerts").body;
    let id = page.split_once("name=\"id\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    for _ in 0..2 {
        let raised = max.post("/staff/alerts", &[&FLOOD[..], &[("id", &id)]].concat());
        assert_eq!(raised.status, 303, "{}", raised.body);
    }
    assert_eq!(max.get("/staff/alerts").body.matches("action=\"/staff/alerts/clear\"").count(), 1);
    assert!(is_warned(&house, &mut display));
    let page = max.get("/staff/alerts");
    assert!(page.body.contains("Route de la vallée coupée") && !page.body.contains("Aucun message"), "{}", page.body);

    // Publishing leaves it where it is.
    assert_eq!(max.post("/staff/publish", &[]).status, 200);
    assert!(is_warned(&house, &mut display));
    let id = format!("hub:{id}");
    max.get("/staff/alerts");
    assert_eq!(max.post("/staff/alerts/clear", &[("id", &id)]).status, 303);
    assert!(!is_warned(&house, &mut display));
    assert_eq!(max.post("/staff/alerts/clear", &[("id", &id)]).status, 503, "it is not there any more");

    let told: Vec<String> = Sqlite::open(&house.town.at("."))
        .unwrap()
        .audit(i64::MAX, 4)
        .unwrap()
        .into_iter()
        .map(|line| line.what)
        .collect();
    assert_eq!(told[..1], ["alert-cleared"]);
    assert!(told.contains(&"alert-raised".to_owned()), "{told:?}");

    // A group that is not there: nobody is warned, and staff are told why.
    let nowhere = max.post("/staff/alerts", &[&FLOOD[..], &[("group", "moon")]].concat());
    assert!(nowhere.status == 503 && nowhere.body.contains("moon"), "{}", nowhere.body);
}
