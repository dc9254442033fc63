//! The demo town inside the programs: Monaco, as facts of OpenStreetMap and samples written for this project.

use crate::calendar;
use crate::content::{Item, Problem, Town, Validity, read_document, read_town};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use include_dir::{Dir, include_dir};
use std::path::Path;

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/demo/monaco");

/// The day that its dates are written around.
const DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 6, 1);

/// What it has to show.
#[derive(Debug, Default)]
pub struct Demo {
    pub town: Town,
    pub items: Vec<Item>,
    pub problems: Vec<Problem>,
}

/// The town with its dates moved so that they lie around `now`.
pub fn around(now: DateTime<Utc>) -> Demo {
    let mut demo = Demo::default();
    for file in FOLDER.files().filter(|file| file.path().extension().is_some_and(|end| end == "json")) {
        let name = file.path().display().to_string();
        if name == "town.json" {
            let (read, bad) = read_town(&name, file.contents());
            demo.town = read;
            demo.problems.extend(bad);
        } else {
            let read = read_document(&name, file.contents());
            demo.items.extend(read.items);
            demo.problems.extend(read.problems);
        }
    }
    let zone = calendar::zone(&demo.town.zone).unwrap_or(chrono_tz::UTC);
    let days = DAY.map_or(0, |day| (now.with_timezone(&zone).date_naive() - day).num_days());
    for item in &mut demo.items {
        shift(item, days, zone);
    }
    demo
}

/// Its pictures.
pub fn media() -> Option<&'static Dir<'static>> {
    FOLDER.get_dir("media")
}

/// The tiles of its map, by their paths: `<z>/<x>/<y>.mvt`.
pub fn tiles() -> Vec<(&'static Path, &'static [u8])> {
    let mut tiles = Vec::new();
    let mut folders: Vec<&'static Dir<'static>> = FOLDER.get_dir("map").into_iter().collect();
    while let Some(folder) = folders.pop() {
        let files = folder.files().filter(|file| file.path().extension().is_some_and(|end| end == "mvt"));
        tiles.extend(files.filter_map(|file| Some((file.path().strip_prefix("map").ok()?, file.contents()))));
        folders.extend(folder.dirs());
    }
    tiles
}

/// Moves an item's dates by whole days; the time of day at the place stays.
fn shift(item: &mut Item, days: i64, zone: Tz) {
    let event = match item {
        Item::Event(event) => event,
        Item::Place(_)
        | Item::Alert(_)
        | Item::PreparedAlert(_)
        | Item::Live(_)
        | Item::Layout(_)
        | Item::Template(_)
        | Item::Playlist(_)
        | Item::PlaylistItem(_)
        | Item::ScheduleEntry(_)
        | Item::Campaign(_)
        | Item::AdvertisingCurfew(_) => return,
        Item::Itinerary(itinerary) => return shift_validity(&mut itinerary.common.valid, days, zone),
        Item::Article(article) => return shift_validity(&mut article.common.valid, days, zone),
        Item::Service(service) => return shift_validity(&mut service.common.valid, days, zone),
    };
    shift_validity(&mut event.common.valid, days, zone);
    for timing in &mut event.timings {
        timing.begin = moved(timing.begin.with_timezone(&zone), days);
        timing.end = moved(timing.end.with_timezone(&zone), days);
    }
}

fn shift_validity(valid: &mut Validity, days: i64, zone: Tz) {
    for instant in [&mut valid.from, &mut valid.until].into_iter().flatten() {
        *instant = moved(instant.with_timezone(&zone), days).to_utc();
    }
}

fn moved(at: DateTime<Tz>, days: i64) -> DateTime<FixedOffset> {
    let local = at.naive_local();
    let by = Days::new(days.unsigned_abs());
    let day = if days < 0 { local.checked_sub_days(by) } else { local.checked_add_days(by) };
    let there = day.and_then(|day| at.timezone().from_local_datetime(&day).earliest());
    there.unwrap_or(at).fixed_offset()
}
