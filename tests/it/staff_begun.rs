//! A hub that is set up from the console.

use crate::browser::{ANNE, House, PASSWORD};
use crate::published_town::Town;
use std::fs;

#[test]
fn what_the_console_begins_the_hub_fills_and_publishes() {
    let town = Town::new("begun");
    fs::write(town.at("password"), PASSWORD).unwrap();
    town.done(&format!("begin Essai --email {ANNE} --name Anne --password-file password --data ."));
    let house = House::again(town);
    let mut anne = house.browser();
    assert_eq!(anne.sign_in(ANNE, PASSWORD), 303);
    let mut page = anne.get("/staff/setup");
    while page.body.contains("http-equiv=\"refresh\"") {
        page = anne.get("/staff/setup");
    }
    assert_eq!(anne.get("/metadata/timestamp.json").status, 200, "{}", page.body);
}

#[test]
fn a_hub_is_begun_once() {
    let town = Town::new("begun-once");
    fs::write(town.at("password"), PASSWORD).unwrap();
    let command = format!("begin Essai --email {ANNE} --name Anne --password-file password --data .");
    town.done(&command);
    assert!(town.refused(&command).contains("has been begun"));
}
