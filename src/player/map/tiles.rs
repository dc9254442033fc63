use super::frame::{Bounds, UNITS_PER_WORLD};
use super::ground::Ground;
use crate::content::Problem;
use geo::{Coord, Geometry, LineString};
use mvt_reader::{
    Reader,
    feature::{Feature, Value},
};
use std::borrow::Cow;

/// The largest tile read, in bytes. The decoder reserves a feature's whole length once for each of
/// its rings, so this is also what bounds its memory.
const TILE_BYTES_MAX: usize = 512 * 1024;
/// The most tiles held: a town of 40 by 40 km at zoom 15.
const TILES_MAX: usize = 2048;
/// The most corners held over all tiles (8 bytes each).
const POINTS_MAX: usize = 8_000_000;
/// Zooms that a locator map can be drawn from.
const ZOOMS: std::ops::RangeInclusive<u8> = 12..=16;

/// Which tile of the web Mercator grid a file holds: its path is `<z>/<x>/<y>.mvt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    pub z: u8,
    pub x: u32,
    pub y: u32,
}

/// A corner in world units: see [`UNITS_PER_WORLD`].
pub(super) type Point = [i32; 2];

/// A surface: outer rings and holes together, told apart by their direction.
#[derive(Debug)]
pub(super) struct Area {
    pub rings: Vec<Vec<Point>>,
    pub bounds: Bounds,
    pub name: Option<Box<str>>,
    /// The record it was drawn from, such as `way/12`.
    pub id: Option<Box<str>>,
    /// The tile's own square with its margin: edges on it are cuts, not shores or walls.
    pub cut: Bounds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StreetClass {
    Path,
    Steps,
    Pedestrian,
    Minor,
    Major,
    Rail,
}

/// A part of a street, with the box it lies in.
#[derive(Debug)]
pub(super) struct Line {
    pub points: Vec<Point>,
    pub bounds: Bounds,
}

#[derive(Debug)]
pub(super) struct Street {
    pub lines: Vec<Line>,
    pub bounds: Bounds,
    pub class: StreetClass,
    pub tunnel: bool,
    pub name: Option<Box<str>>,
}

/// A town's map, decoded once and shared by all who draw.
#[derive(Debug, Default)]
pub struct Tiles {
    pub(super) water: Vec<Area>,
    pub(super) green: Vec<Area>,
    pub(super) squares: Vec<Area>,
    pub(super) buildings: Vec<Area>,
    pub(super) streets: Vec<Street>,
    pub(super) ground: Ground,
    pub(super) points: usize,
}

impl Tiles {
    /// Decodes the town's tiles. A tile that cannot be read is left out with a problem; nothing
    /// here fails as a whole.
    pub fn new<'a>(files: impl Iterator<Item = (TileId, Cow<'a, [u8]>)>) -> (Self, Vec<Problem>) {
        let mut tiles = Self::default();
        let mut problems = Vec::new();
        for (number, (id, bytes)) in files.enumerate() {
            if number == TILES_MAX {
                problems.push(id.problem(format!("the map has more than {TILES_MAX} tiles; the rest is left out")));
                break;
            }
            if let Err(reason) = tiles.add(id, bytes) {
                problems.push(id.problem(reason));
            }
        }
        (tiles, problems)
    }

    /// There is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.points == 0
    }

    fn add(&mut self, id: TileId, bytes: Cow<'_, [u8]>) -> Result<(), String> {
        if !ZOOMS.contains(&id.z) {
            return Err(format!("zoom {} is not drawn, only {} to {}", id.z, ZOOMS.start(), ZOOMS.end()));
        }
        if bytes.len() > TILE_BYTES_MAX {
            return Err(format!("{} bytes are more than the {TILE_BYTES_MAX} a tile may have", bytes.len()));
        }
        let reader = Reader::new(bytes.into_owned()).map_err(|error| error.to_string())?;
        let layers = reader.get_layer_metadata().map_err(|error| error.to_string())?;
        let mut unreadable = None;
        for layer in layers {
            let Some(grid) = Grid::of(id, layer.extent) else {
                unreadable = Some(format!("layer {} has an extent of {}", layer.name, layer.extent));
                continue;
            };
            match reader.get_features_as::<i32>(layer.layer_index) {
                Ok(features) => features.iter().for_each(|feature| self.add_feature(&layer.name, feature, &grid)),
                Err(error) => unreadable = Some(format!("layer {}: {error}", layer.name)),
            }
        }
        if self.points > POINTS_MAX {
            return Err(format!("the map has more than {POINTS_MAX} corners; the rest is left out"));
        }
        unreadable.map_or(Ok(()), Err)
    }

    fn add_feature(&mut self, layer: &str, feature: &Feature<i32>, grid: &Grid) {
        if self.points > POINTS_MAX {
            return;
        }
        let lines = grid.lines(&feature.geometry);
        let Some(bounds) = Bounds::around(lines.iter().flatten()) else { return };
        self.points += lines.iter().map(Vec::len).sum::<usize>();
        if layer == "water" {
            self.ground.add_water(&bounds, &grid.cut);
        } else {
            lines.iter().for_each(|line| self.ground.add_line(line, &grid.cut));
        }
        if layer == "street" {
            let class = word(feature, "class").and_then(|class| StreetClass::from_word(&class));
            if let Some(class) = class {
                let tunnel = is_true(feature, "tunnel");
                let lines = lines.into_iter().filter_map(Line::of).collect();
                self.streets.push(Street { lines, bounds, class, tunnel, name: word(feature, "name") });
            }
            return;
        }
        let list = match layer {
            "water" => &mut self.water,
            "green" => &mut self.green,
            "square" => &mut self.squares,
            "building" => &mut self.buildings,
            _ => return,
        };
        let (name, id) = (word(feature, "name"), word(feature, "id"));
        list.push(Area { rings: lines, bounds, name, id, cut: grid.cut });
    }
}

impl TileId {
    /// Reads `<z>/<x>/<y>.mvt`, as the path ends in a map directory.
    pub fn from_path(path: &str) -> Option<Self> {
        let mut parts = path.strip_suffix(".mvt")?.rsplit('/');
        let (y, x, z) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { z, x, y })
    }

    fn problem(self, reason: String) -> Problem {
        Problem::new("map", format!("{}/{}/{}", self.z, self.x, self.y), "", reason)
    }
}

impl Line {
    pub(super) fn of(points: Vec<Point>) -> Option<Self> {
        let bounds = Bounds::around(points.iter())?;
        Some(Self { points, bounds })
    }
}

impl StreetClass {
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "major" => Self::Major,
            "minor" => Self::Minor,
            "pedestrian" => Self::Pedestrian,
            "path" => Self::Path,
            "steps" => Self::Steps,
            "rail" => Self::Rail,
            _ => return None,
        })
    }
}

/// Where a tile's own coordinates lie in the world.
struct Grid {
    origin: [f64; 2],
    scale: f64,
    cut: Bounds,
}

impl Grid {
    /// Tiles beyond the world and extents that no tool writes give `None`.
    fn of(id: TileId, extent: u32) -> Option<Self> {
        let across = 1_u32.checked_shl(u32::from(id.z))?;
        if id.x >= across || id.y >= across || !(256..=16_384).contains(&extent) {
            return None;
        }
        let side = UNITS_PER_WORLD / f64::from(across);
        let origin = [f64::from(id.x) * side, f64::from(id.y) * side];
        let cut = Bounds {
            min: [origin[0] as i32, origin[1] as i32],
            max: [(origin[0] + side) as i32, (origin[1] + side) as i32],
        };
        Some(Self { origin, scale: side / f64::from(extent), cut })
    }

    fn lines(&self, geometry: &Geometry<i32>) -> Vec<Vec<Point>> {
        let mut lines = Vec::new();
        let mut add = |line: &LineString<i32>| {
            if line.0.len() > 1 {
                lines.push(line.0.iter().map(|corner| self.point(*corner)).collect());
            }
        };
        match geometry {
            Geometry::LineString(line) => add(line),
            Geometry::MultiLineString(many) => many.iter().for_each(add),
            Geometry::Polygon(polygon) => std::iter::once(polygon.exterior()).chain(polygon.interiors()).for_each(add),
            Geometry::MultiPolygon(many) => {
                many.iter().for_each(|one| std::iter::once(one.exterior()).chain(one.interiors()).for_each(&mut add));
            }
            _ => {}
        }
        lines
    }

    /// `as` keeps a hostile corner at the edge of the number range, far outside every picture.
    fn point(&self, corner: Coord<i32>) -> Point {
        let along = |axis: usize, value: i32| (self.origin[axis] + f64::from(value) * self.scale).round() as i32;
        [along(0, corner.x), along(1, corner.y)]
    }
}

fn word(feature: &Feature<i32>, key: &str) -> Option<Box<str>> {
    match feature.properties.as_ref()?.get(key)? {
        Value::String(text) if !text.is_empty() => Some(text.as_str().into()),
        _ => None,
    }
}

fn is_true(feature: &Feature<i32>, key: &str) -> bool {
    matches!(feature.properties.as_ref().and_then(|properties| properties.get(key)), Some(Value::Bool(true)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const TILE: TileId = TileId { z: 15, x: 17059, y: 11948 };

    fn reason(id: TileId, bytes: Vec<u8>) -> String {
        let (tiles, problems) = Tiles::new(std::iter::once((id, Cow::Owned(bytes))));
        assert!(tiles.streets.is_empty() && tiles.buildings.is_empty());
        problems.first().map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn what_is_no_tile_is_a_problem_and_no_more() {
        assert!(reason(TILE, b"<html>not found</html>".to_vec()).starts_with("map: 15/17059/11948: "));
        assert!(reason(TILE, vec![0; TILE_BYTES_MAX + 1]).contains("more than"));
        assert!(reason(TileId { z: 3, ..TILE }, Vec::new()).contains("zoom 3"));
        assert_eq!(reason(TILE, Vec::new()), "", "an empty tile is an empty place");
    }

    #[test]
    fn a_tile_beyond_the_world_is_a_problem_once_it_holds_anything() {
        let layer = [0x1A, 0x07, 0x78, 0x02, 0x0A, 0x03, b's', b'e', b'a'];
        assert!(reason(TileId { x: 1 << 15, ..TILE }, layer.to_vec()).contains("layer sea"));
        assert_eq!(reason(TILE, layer.to_vec()), "");
    }

    fn demo_town() -> (Tiles, Vec<Problem>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/monaco/map/15");
        let mut files = Vec::new();
        for column in std::fs::read_dir(folder).expect("the demo town's map") {
            for row in std::fs::read_dir(column.expect("a column").path()).expect("its tiles") {
                let path = row.expect("a tile").path();
                let id = TileId::from_path(&path.to_string_lossy()).expect("a tile's path");
                files.push((id, Cow::Owned(std::fs::read(path).expect("its bytes"))));
            }
        }
        Tiles::new(files.into_iter())
    }

    #[test]
    fn the_demo_town_is_read_whole() {
        let (tiles, problems) = demo_town();
        assert_eq!(problems, []);
        assert!(tiles.buildings.len() > 1000 && tiles.streets.len() > 300);
        let palace = tiles.buildings.iter().find(|area| area.id.as_deref() == Some("relation/393226"));
        assert_eq!(palace.and_then(|area| area.name.as_deref()), Some("Palais Princier de Monaco"));
        assert!(palace.is_some_and(|area| area.rings.len() > 1), "it has a court");
        assert!(tiles.streets.iter().any(|street| street.tunnel && street.class == StreetClass::Major));
    }
}
