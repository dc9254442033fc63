//! Opens content: the demo town in the binary, or a directory. Slow work, done before the first
//! frame or on another thread.

use super::almanac::Almanac;
use super::map::{TileId, Tiles};
use super::media::{Files, Gallery};
use super::theme::Theme;
use crate::content::{Catalog, Position, Problem};
use crate::demo::{self, Demo};
use crate::store::load_directory;
use chrono::{DateTime, Utc};
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

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
    let Demo { town, items, mut problems } = demo::around(now);
    let (catalog, doubles) = Catalog::new(town, items);
    problems.extend(doubles);
    let shipped = |(path, bytes): (&'static Path, &'static [u8])| {
        Some((TileId::from_path(path.to_str()?)?, Cow::Borrowed(bytes)))
    };
    let (tiles, bad) = Tiles::new(demo::tiles().into_iter().filter_map(shipped));
    problems.extend(bad);
    let has_map = !tiles.is_empty();
    let gallery =
        Gallery { files: demo::media().map_or(Files::None, Files::Shipped), tiles: Arc::new(tiles), logo: None };
    let almanac = Almanac::new(catalog, standing.position, standing.facing_degrees).with_map(has_map);
    Opened { almanac, gallery, problems }
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
