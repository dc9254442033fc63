//! Opens content: the demo town in the binary, or a directory. Slow work, done before the first
//! frame or on another thread.

use super::almanac::Almanac;
use super::assets::DEMO;
use super::map::{TileId, Tiles};
use super::media::{Files, Gallery};
use super::theme::Theme;
use crate::content::{Catalog, Item, Position, Problem, Town, read_document, read_town};
use crate::store::load_directory;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use include_dir::{Dir, File};
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

/// The day that the demo town's dates are written around.
const DEMO_DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 6, 1);

/// Content ready to be shown.
pub struct Opened {
    pub almanac: Almanac,
    pub gallery: Gallery,
    pub problems: Vec<Problem>,
}

impl Opened {
    /// The same, in the clothes of a theme.
    #[must_use]
    pub fn dressed(mut self, theme: &Theme) -> Self {
        self.almanac.has_logo = theme.logo_png.is_some();
        self.gallery.logo.clone_from(&theme.logo_png);
        self
    }
}

/// Where the display stands, when its configuration says so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    pub position: Option<Position>,
    pub facing_degrees: f64,
}

/// Opens a content directory or document.
///
/// # Errors
/// A sentence when nothing there can be read at all.
pub fn open_path(path: &Path, standing: Standing) -> Result<Opened, String> {
    let loaded = load_directory(path).map_err(|error| error.to_string())?;
    let mut problems = loaded.problems;
    let files = read_tiles(&loaded.map_root, &mut problems);
    let (tiles, bad) = Tiles::new(files.iter().map(|(id, bytes)| (*id, Cow::Borrowed(bytes.as_slice()))));
    problems.extend(bad);
    let has_map = !tiles.is_empty();
    let gallery = Gallery { files: Files::Folder(loaded.media_root), tiles: Arc::new(tiles), logo: None };
    let almanac = Almanac::new(loaded.catalog, standing.position, standing.facing_degrees).with_map(has_map);
    Ok(Opened { almanac, gallery, problems })
}

/// Opens the demo town; its dates are moved so that they lie around `now`.
pub fn open_demo(now: DateTime<Utc>, standing: Standing) -> Opened {
    let mut problems = Vec::new();
    let mut items = Vec::new();
    let mut town = Town::default();
    for file in DEMO.files().filter(|file| file.path().extension().is_some_and(|end| end == "json")) {
        let name = file.path().display().to_string();
        if name == "town.json" {
            let (read, bad) = read_town(&name, file.contents());
            town = read;
            problems.extend(bad);
        } else {
            let read = read_document(&name, file.contents());
            items.extend(read.items);
            problems.extend(read.problems);
        }
    }
    let zone = crate::calendar::zone(&town.zone).unwrap_or(chrono_tz::UTC);
    let days = DEMO_DAY.map_or(0, |day| (now.with_timezone(&zone).date_naive() - day).num_days());
    for item in &mut items {
        shift(item, days, zone);
    }
    let (catalog, doubles) = Catalog::new(town, items);
    problems.extend(doubles);
    let (tiles, bad) = Tiles::new(shipped_tiles(&DEMO).into_iter());
    problems.extend(bad);
    let has_map = !tiles.is_empty();
    let gallery = Gallery {
        files: DEMO.get_dir("media").map_or(Files::None, Files::Shipped),
        tiles: Arc::new(tiles),
        logo: None,
    };
    let almanac = Almanac::new(catalog, standing.position, standing.facing_degrees).with_map(has_map);
    Opened { almanac, gallery, problems }
}

fn shipped_tiles(folder: &'static Dir<'static>) -> Vec<(TileId, Cow<'static, [u8]>)> {
    let mut files: Vec<&File<'_>> = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        files.extend(folder.files());
        folders.extend(folder.dirs());
    }
    let tile = |file: &&'static File<'static>| {
        Some((TileId::from_path(file.path().to_str()?)?, Cow::Borrowed(file.contents())))
    };
    files.iter().filter_map(tile).collect()
}

/// Reads `<z>/<x>/<y>.mvt` below a folder; a folder that is not there is a town without a map.
fn read_tiles(root: &Path, problems: &mut Vec<Problem>) -> Vec<(TileId, Vec<u8>)> {
    const TILES_MAX: usize = 20_000;
    let mut tiles = Vec::new();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if depth < 2 && path.is_dir() {
                folders.push((path, depth + 1));
            } else if let Some(id) = path.to_str().and_then(TileId::from_path).filter(|_| tiles.len() < TILES_MAX) {
                match std::fs::read(&path) {
                    Ok(bytes) => tiles.push((id, bytes)),
                    Err(error) => problems.push(Problem::new(path.display().to_string(), "", "", error.to_string())),
                }
            }
        }
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

fn shift_validity(valid: &mut crate::content::Validity, days: i64, zone: Tz) {
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
