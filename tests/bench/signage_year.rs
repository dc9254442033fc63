//! Replays a year of a busy display from change to change, and prints how long that takes beside what it may take.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark says what it found, or why it could not")]

use chrono::{DateTime, Utc};
use parvis::content::{Alert, Catalog, PlaylistItem, Town, read_document};
use parvis::signage::{Cursor, Display, Offer, Power, Stock};
use std::time::Instant;

#[path = "full_schedule.rs"]
mod full_schedule;

const SECONDS_MAX: f64 = 5.0;

struct Always;

impl Stock for Always {
    fn offer(&self, item: &PlaylistItem, _: usize, _: DateTime<Utc>) -> Option<Offer> {
        Some(Offer { slides: 1, which: 0, secs: item.duration_secs.unwrap_or(10) })
    }

    fn alert_secs(&self, _: &Alert, _: &str) -> u32 {
        10
    }
}

fn main() {
    let json = full_schedule::full_schedule().to_string();
    let (catalog, _) = Catalog::new(Town::default(), read_document("bench", json.as_bytes()).items);
    let display = Display {
        name: "hall-1".to_owned(),
        groups: vec!["halls".to_owned()],
        position: None,
        codes: Vec::new(),
        zone: chrono_tz::Europe::Paris,
        languages: vec!["fr".to_owned()],
        alert_languages: vec!["fr".to_owned()],
        shows_drills: false,
        is_portrait: false,
        power: Power::default(),
        advertising_rests: Vec::new(),
    };
    let mut cursor = Cursor::new(&catalog.schedule, &[], &display, &Always);
    let (mut now, end): (DateTime<Utc>, DateTime<Utc>) =
        ("2026-01-01T00:00:00Z".parse().unwrap(), "2027-01-01T00:00:00Z".parse().unwrap());
    let (begun, mut steps) = (Instant::now(), 0_u32);
    while now < end {
        now = cursor.at(now).until;
        steps += 1;
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("a year day and night: {steps} changes in {seconds:.2} s (at most {SECONDS_MAX} s)");
}
