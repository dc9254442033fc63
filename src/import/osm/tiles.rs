//! The town's map as Mapbox Vector Tiles 2.1 at one zoom, for the locator maps of the kiosk.
//!
//! Layers: `water`, `green`, `square` and `building` (polygons with `name` and `id`, the record
//! they were drawn from, such as `way/12`) and `street` (lines with `class`, `name` and `tunnel`).

use super::super::{ImportError, Progress};
use super::grid::{EXTENT, ZOOM, clip_line, grown, on_grid, tile_square, tiles_under, units_per_metre};
use super::map_layers::{DrawnStreet, DrawnSurface, Surface, sea_within, streets, surfaces};
use super::reading::OsmData;
use geo::{BooleanOps, BoundingRect, Contains, Coord, Intersects, LineString, MultiPolygon, Rect};
use mvt::{GeomData, GeomEncoder, GeomType, Layer, Tile};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How far around the extract's own bounds its sea and its long streets are still drawn, in metres.
const AROUND_M: f64 = 1000.0;
/// How far surfaces reach over a tile's edge, in units, so that no seam shows.
const MARGIN: f64 = 64.0;
/// The most tiles written: a town of 40 by 40 km.
const TILES_MAX: usize = 2048;

/// Writes the map of the extract to `out` as `15/<x>/<y>.mvt` and returns how many tiles it has.
///
/// # Errors
/// When a file cannot be written, or the extract is too large for a town.
pub fn write_tiles(data: &OsmData, out: &Path, progress: &mut dyn FnMut(Progress)) -> Result<usize, ImportError> {
    let doing = "Drawing the map";
    progress(Progress { doing, done: 0, total: 1 });
    let refused = |reason: String| ImportError::NotThisFormat { from: out.display().to_string(), reason };
    let sheet = Sheet::of(data).map_err(refused)?;
    let total = sheet.tiles.len() as u64;
    let mut written = 0;
    for (done, (tile, content)) in sheet.tiles.iter().enumerate() {
        progress(Progress { doing, done: done as u64, total });
        let bytes = sheet.encoded(*tile, content).map_err(|error| refused(error.to_string()))?;
        if !bytes.is_empty() {
            write(&out.join(format!("{ZOOM}/{}/{}.mvt", tile.0, tile.1)), &bytes)?;
            written += 1;
        }
    }
    progress(Progress { doing, done: total, total });
    Ok(written)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), ImportError> {
    let unreadable = |error| ImportError::Unreadable { path: PathBuf::from(path), error };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(unreadable)?;
    }
    std::fs::write(path, bytes).map_err(unreadable)
}

/// Everything drawn, and which of it each tile shows.
#[derive(Default)]
struct Sheet {
    surfaces: Vec<DrawnSurface>,
    streets: Vec<DrawnStreet>,
    tiles: BTreeMap<(u32, u32), TileContent>,
}

/// Places in the lists of [`Sheet`].
#[derive(Default)]
struct TileContent {
    surfaces: Vec<usize>,
    streets: BTreeSet<usize>,
}

impl Sheet {
    fn of(data: &OsmData) -> Result<Self, String> {
        let mut sheet = Self { surfaces: surfaces(data), streets: streets(data), ..Self::default() };
        let Some(frame) = sheet.frame(data) else { return Ok(sheet) };
        let across = tiles_under(&frame).take(TILES_MAX + 1).count();
        if across > TILES_MAX {
            return Err(format!("more than {TILES_MAX} tiles: cut out the town alone"));
        }
        sheet.spread(&frame);
        if let Some(sea) = sea_within(data, &frame) {
            sheet.fill_with(sea);
        }
        Ok(sheet)
    }

    /// What is drawn at most: the extract's bounds, or what it holds, and some of the sea around.
    fn frame(&self, data: &OsmData) -> Option<Rect<f64>> {
        let held = || {
            let surfaces = self.surfaces.iter().filter_map(|drawn| drawn.shape.bounding_rect());
            let streets = self.streets.iter().flat_map(|street| &street.lines).filter_map(BoundingRect::bounding_rect);
            surfaces.chain(streets).reduce(|all, one| {
                Rect::new(
                    Coord { x: all.min().x.min(one.min().x), y: all.min().y.min(one.min().y) },
                    Coord { x: all.max().x.max(one.max().x), y: all.max().y.max(one.max().y) },
                )
            })
        };
        let bounds = data.bounds.map(|(a, b)| Rect::new(on_grid(a), on_grid(b))).or_else(held)?;
        Some(grown(&bounds, AROUND_M * units_per_metre(bounds.center().y)))
    }

    /// Gives each tile within the frame what touches it.
    fn spread(&mut self, frame: &Rect<f64>) {
        let tiles: BTreeSet<(u32, u32)> = tiles_under(frame).collect();
        for (at, drawn) in self.surfaces.iter().enumerate() {
            let Some(bounds) = drawn.shape.bounding_rect().map(|bounds| grown(&bounds, MARGIN)) else { continue };
            for tile in tiles_under(&bounds).filter(|tile| tiles.contains(tile)) {
                self.tiles.entry(tile).or_default().surfaces.push(at);
            }
        }
        for (at, street) in self.streets.iter().enumerate() {
            for bounds in street.lines.iter().filter_map(BoundingRect::bounding_rect) {
                for tile in tiles_under(&bounds).filter(|tile| tiles.contains(tile)) {
                    self.tiles.entry(tile).or_default().streets.insert(at);
                }
            }
        }
    }

    /// Adds the sea to the tiles drawn on and to those next to them.
    fn fill_with(&mut self, sea: DrawnSurface) {
        let at = self.surfaces.len();
        let beside = |(x, y): &(u32, u32)| {
            let (columns, rows) = (x.saturating_sub(1)..=x + 1, y.saturating_sub(1)..=y + 1);
            columns.flat_map(move |x| rows.clone().map(move |y| (x, y)))
        };
        let tiles: BTreeSet<(u32, u32)> = self.tiles.keys().flat_map(beside).collect();
        for tile in tiles.into_iter().filter(|tile| sea.shape.intersects(&tile_square(*tile, MARGIN))) {
            self.tiles.entry(tile).or_default().surfaces.push(at);
        }
        self.surfaces.push(sea);
    }

    fn encoded(&self, tile: (u32, u32), content: &TileContent) -> Result<Vec<u8>, mvt::Error> {
        let square = tile_square(tile, MARGIN);
        let origin = tile_square(tile, 0.0).min();
        let mut encoded = Tile::new(EXTENT);
        for surface in Surface::ALL {
            let mut layer = encoded.create_layer(surface.layer());
            for drawn in content.surfaces.iter().filter_map(|at| self.surfaces.get(*at)) {
                if drawn.surface == surface {
                    layer = with_surface(layer, drawn, &square, origin)?;
                }
            }
            if layer.num_features() > 0 {
                encoded.add_layer(layer)?;
            }
        }
        let mut layer = encoded.create_layer("street");
        for street in content.streets.iter().filter_map(|at| self.streets.get(*at)) {
            layer = with_street(layer, street, &tile_square(tile, 0.0), origin)?;
        }
        if layer.num_features() > 0 {
            encoded.add_layer(layer)?;
        }
        encoded.to_bytes()
    }
}

fn with_surface(
    layer: Layer,
    drawn: &DrawnSurface,
    square: &Rect<f64>,
    origin: Coord<f64>,
) -> Result<Layer, mvt::Error> {
    let is_within = drawn.shape.bounding_rect().is_some_and(|bounds| square.contains(&bounds));
    let shape = if is_within { drawn.shape.clone() } else { drawn.shape.intersection(&square.to_polygon()) };
    let Some(geometry) = surface_geometry(&shape, origin)? else { return Ok(layer) };
    let mut feature = layer.into_feature(geometry);
    for (key, value) in [("name", &drawn.name), ("id", &drawn.id)] {
        if let Some(value) = value {
            feature.add_tag_string(key, value);
        }
    }
    Ok(feature.into_layer())
}

fn with_street(
    layer: Layer,
    street: &DrawnStreet,
    square: &Rect<f64>,
    origin: Coord<f64>,
) -> Result<Layer, mvt::Error> {
    let parts = street.lines.iter().flat_map(|line| clip_line(line, square));
    let lines: Vec<_> = parts.map(|part| rounded(&part, origin)).filter(|part| part.len() > 1).collect();
    if lines.is_empty() {
        return Ok(layer);
    }
    let mut encoder = GeomEncoder::new(GeomType::Linestring);
    for line in lines {
        for (x, y) in line {
            encoder.add_point(x, y)?;
        }
        encoder.complete_geom()?;
    }
    let mut feature = layer.into_feature(encoder.encode()?);
    feature.add_tag_string("class", street.class);
    if street.tunnel {
        feature.add_tag_bool("tunnel", true);
    }
    if let Some(name) = &street.name {
        feature.add_tag_string("name", name);
    }
    Ok(feature.into_layer())
}

/// Outer rings clockwise as seen, holes the other way, as MVT 2.1 section 4.3.4.4 asks; `None` when
/// nothing is left of the surface.
fn surface_geometry(shape: &MultiPolygon<f64>, origin: Coord<f64>) -> Result<Option<GeomData>, mvt::Error> {
    let mut encoder = GeomEncoder::new(GeomType::Polygon);
    let mut before = None;
    for polygon in shape {
        let rings =
            std::iter::once((polygon.exterior(), true)).chain(polygon.interiors().iter().map(|hole| (hole, false)));
        for (ring, is_outer) in rings {
            let mut corners = rounded(ring, origin);
            corners.dedup();
            if corners.first() == corners.last() {
                corners.pop();
            }
            let area = doubled_area(&corners);
            if corners.len() < 3 || area == 0 {
                if is_outer {
                    break;
                }
                continue;
            }
            if (area > 0) != is_outer {
                corners.reverse();
            }
            // The encoder leaves the start out of a ring that begins where the last one ended.
            if corners.first() == before.as_ref() {
                corners.rotate_left(1);
            }
            before = corners.last().copied();
            for (x, y) in corners {
                encoder.add_point(x, y)?;
            }
            encoder.complete_geom()?;
        }
    }
    before.is_some().then(|| encoder.encode()).transpose()
}

/// Twice the surface that a ring bounds, positive when it runs clockwise as seen.
fn doubled_area(corners: &[(i32, i32)]) -> i64 {
    let next = corners.iter().cycle().skip(1);
    let parts = corners.iter().zip(next);
    parts.map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)).sum()
}

/// The corners of a line in units of its tile, each once.
fn rounded(line: &LineString<f64>, origin: Coord<f64>) -> Vec<(i32, i32)> {
    let corner = |at: &Coord<f64>| ((at.x - origin.x).round() as i32, (at.y - origin.y).round() as i32);
    let mut corners: Vec<_> = line.coords().map(corner).collect();
    corners.dedup();
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    const HERE: (u32, u32) = (17059, 11948);

    fn square(from: f64, to: f64) -> MultiPolygon<f64> {
        let origin = tile_square(HERE, 0.0).min();
        let at = |x: f64, y: f64| Coord { x: origin.x + x, y: origin.y + y };
        MultiPolygon::new(vec![polygon![at(from, from), at(from, to), at(to, to), at(to, from)]])
    }

    fn drawn(shape: MultiPolygon<f64>) -> DrawnSurface {
        DrawnSurface { surface: Surface::Building, shape, name: None, id: Some("way/1".to_owned()) }
    }

    /// How many numbers the shape's geometry takes within this tile.
    fn length(shape: &MultiPolygon<f64>) -> usize {
        let origin = tile_square(HERE, 0.0).min();
        surface_geometry(shape, origin).expect("a geometry").map_or(0, |geometry| geometry.len())
    }

    #[test]
    fn a_ring_is_written_without_its_doubled_end_and_a_hole_after_it() {
        assert_eq!(length(&square(10.0, 20.0)), 11, "move, 3 lines, close");
        assert_eq!(length(&square(10.0, 40.0).difference(&square(20.0, 30.0))), 22);
    }

    #[test]
    fn what_shrinks_to_nothing_on_the_grid_is_not_written() {
        assert_eq!(length(&square(10.1, 10.4)), 0);
        let with_speck = MultiPolygon::new([square(10.1, 10.4).0, square(20.0, 30.0).0].concat());
        assert_eq!(length(&with_speck), 11);
    }

    #[test]
    fn a_hole_that_begins_where_its_ring_ends_is_still_moved_to() {
        let shape = square(0.0, 30.0).difference(&square(0.0, 10.0)).difference(&square(10.0, 20.0));
        let rings = shape.0.iter().map(|polygon| 1 + polygon.interiors().len()).sum::<usize>();
        let corners = shape.0.iter().flat_map(|polygon| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| ring.0.len() - 1)
        });
        assert_eq!(length(&shape), corners.sum::<usize>() * 2 + rings * 3);
    }

    #[test]
    fn a_surface_over_an_edge_is_in_both_tiles_and_clipped_to_each() {
        let mut sheet = Sheet { surfaces: vec![drawn(square(4000.0, 4600.0))], ..Sheet::default() };
        sheet.spread(&grown(&tile_square(HERE, 0.0), 4096.0));
        let tiles: Vec<_> = sheet.tiles.keys().copied().collect();
        assert_eq!(tiles, [HERE, (HERE.0, HERE.1 + 1), (HERE.0 + 1, HERE.1), (HERE.0 + 1, HERE.1 + 1)]);
        let clipped = sheet.surfaces[0].shape.intersection(&tile_square(HERE, MARGIN).to_polygon());
        let reach = clipped.bounding_rect().expect("a part").max() - tile_square(HERE, 0.0).max();
        assert_eq!((reach.x, reach.y), (MARGIN, MARGIN));
    }

    #[test]
    fn clockwise_as_seen_is_positive() {
        assert_eq!(doubled_area(&[(0, 0), (10, 0), (10, 10), (0, 10)]), 200);
        assert_eq!(doubled_area(&[(0, 0), (0, 10), (10, 10), (10, 0)]), -200);
    }

    #[test]
    fn an_extract_without_anything_has_no_tiles() {
        let sheet = Sheet::of(&OsmData::default()).expect("nothing is not too much");
        assert!(sheet.tiles.is_empty());
    }
}
