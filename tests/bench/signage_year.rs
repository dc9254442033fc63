//! Replays a year of a busy display from change to change, and prints how long that takes beside what it may take; then what
//! a look just before midnight takes in a town of 5,000 events, as a display that has just started takes it.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark says what it found, or why it could not")]

use chrono::{DateTime, Utc};
use parvis::content::{Alert, Catalog, Id, PlaylistItem, Town, read_document};
use parvis::signage::{CatalogStock, Cursor, Display, Findings, Offer, Power, Stock, program};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::{Duration, Instant};

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

fn display() -> Display {
    Display {
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
    }
}

fn main() {
    let json = full_schedule::full_schedule().to_string();
    let (catalog, _) = Catalog::new(Town::default(), read_document("bench", json.as_bytes()).items);
    let display = display();
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
    late(&display);
}

/// One playlist all day, of events and lists of events: a look at its end counts all its slides.
fn events() -> Catalog {
    const EVENTS: usize = 5_000;
    let title = json!({"fr": "Titre"});
    let kinds = ["concert", "sport", "market", "family", "talk", "nature"];
    let mut items: Vec<Value> = (0..EVENTS)
        .map(|nr| {
            let at = |hour: usize| format!("2026-06-{:02}T{hour:02}:00:00+02:00", 1 + nr % 28);
            json!({"type": "event", "id": format!("e:{nr:04}"), "title": title, "kind": kinds[nr % 6],
                "timings": [{"begin": at(nr % 22), "end": at(nr % 22 + 1)}]})
        })
        .collect();
    let mut add = |id: &str, show: Value| {
        items.push(json!({"type": "playlist_item", "id": id, "title": title, "show": show}));
    };
    add("i:all", json!({"kind": "events", "filter": {"days": 7}, "count": 3}));
    add("i:sport", json!({"kind": "events", "filter": {"kinds": ["sport"]}, "count": 2}));
    add("i:today", json!({"kind": "agenda", "filter": {"period": "today"}, "rows": 5}));
    add("i:tonight", json!({"kind": "tonight"}));
    (0..8).for_each(|nr| add(&format!("i:notice-{nr}"), json!({"kind": "notice"})));
    let slots = ["i:all", "i:notice-0", "i:today", "i:notice-1", "i:sport", "i:notice-2", "i:tonight", "i:notice-3"];
    items.push(json!({"type": "playlist", "id": "p:all", "title": title, "slots": slots, "default": true}));
    let json = json!({"format": 1, "items": items}).to_string();
    Catalog::new(Town::default(), read_document("bench", json.as_bytes()).items).0
}

/// As the player does it: words are measured once, and remembered by item and event.
fn late(display: &Display) {
    const LOOKS: usize = 21;
    let (catalog, findings) = (events(), Findings::default());
    let measured: RefCell<HashMap<(Id, Option<Id>), Option<usize>>> = RefCell::default();
    let words = |item: &PlaylistItem, event: Option<&Id>, _: DateTime<Utc>| {
        let key = (item.common.id.clone(), event.cloned());
        *measured.borrow_mut().entry(key).or_insert(Some(12))
    };
    let stock = CatalogStock {
        catalog: &catalog,
        live: &[],
        display,
        findings: &findings,
        knows_the_time: true,
        words: &words,
    };
    let now: DateTime<Utc> = "2026-06-15T23:59:50+02:00".parse().unwrap();
    let mut looks: Vec<Duration> = (0..LOOKS)
        .map(|_| {
            let begun = Instant::now();
            program(&catalog.schedule, &[], display, &stock, now);
            begun.elapsed()
        })
        .collect();
    let first = looks[0];
    looks.sort_unstable();
    let ms = |took: Duration| took.as_secs_f64() * 1_000.0;
    println!(
        "{} events, ten seconds before midnight: {:.1} ms at the start, {:.1} ms after it (median of {LOOKS})",
        catalog.events.len(),
        ms(first),
        ms(looks[LOOKS / 2])
    );
}
