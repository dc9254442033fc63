use super::tiles::Point;
use crate::content::Position;
use std::f64::consts::{PI, TAU};

/// World units around the Earth: web Mercator at zoom 15 with 4096 units a tile, about 0.2 m in
/// Europe. The whole world fits an `i32`.
pub(super) const UNITS_PER_WORLD: f64 = (1_u32 << 27) as f64;
const EARTH_ROUND_M: f64 = 40_075_016.686;

/// A box in world units, y growing to the south.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub min: Point,
    pub max: Point,
}

impl Bounds {
    pub(super) fn around<'a>(points: impl Iterator<Item = &'a Point>) -> Option<Self> {
        points.fold(None, |bounds: Option<Self>, point| {
            let bounds = bounds.unwrap_or(Self { min: *point, max: *point });
            Some(Self {
                min: [bounds.min[0].min(point[0]), bounds.min[1].min(point[1])],
                max: [bounds.max[0].max(point[0]), bounds.max[1].max(point[1])],
            })
        })
    }

    pub(super) fn of_edge(a: Point, b: Point) -> Self {
        Self { min: [a[0].min(b[0]), a[1].min(b[1])], max: [a[0].max(b[0]), a[1].max(b[1])] }
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        (0..2).all(|axis| self.min[axis] <= other.max[axis] && other.min[axis] <= self.max[axis])
    }

    pub(super) fn width(&self) -> i32 {
        self.max[0] - self.min[0]
    }

    /// Whether a point lies in the box or at most so far from it.
    pub(super) fn is_near(&self, point: [f64; 2], near: f64) -> bool {
        (0..2).all(|axis| (f64::from(self.min[axis]) - near..=f64::from(self.max[axis]) + near).contains(&point[axis]))
    }
}

/// Where a place lies in world units.
pub(super) fn world(position: Position) -> [f64; 2] {
    let lat = position.lat.clamp(-85.0, 85.0).to_radians();
    let north = (PI / 4.0 + lat / 2.0).tan().ln();
    [(position.lon / 360.0 + 0.5) * UNITS_PER_WORLD, (0.5 - north / TAU) * UNITS_PER_WORLD]
}

/// How many metres a world unit is at this latitude.
pub(super) fn metres_per_unit(position: Position) -> f64 {
    EARTH_ROUND_M / UNITS_PER_WORLD * position.lat.clamp(-85.0, 85.0).to_radians().cos()
}

/// Which part of the ground a picture shows, how large and which way up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub width: f32,
    pub height: f32,
    centre: [f64; 2],
    sin: f64,
    cos: f64,
    px_per_unit: f64,
    pub metres_per_px: f64,
}

impl Frame {
    /// `facing_degrees`, clockwise from north, is up in the picture; `centre` its middle.
    pub(super) fn new(size_px: (u32, u32), centre: Position, facing_degrees: f64, metres_per_px: f64) -> Self {
        let (sin, cos) = facing_degrees.to_radians().sin_cos();
        Self {
            width: size_px.0 as f32,
            height: size_px.1 as f32,
            centre: world(centre),
            sin,
            cos,
            px_per_unit: metres_per_unit(centre) / metres_per_px,
            metres_per_px,
        }
    }

    /// The frame moved so that what was at this pixel is in the middle.
    pub(super) fn centred_on(mut self, px: (f32, f32)) -> Self {
        let (right, down) = (f64::from(px.0 - self.width / 2.0), f64::from(px.1 - self.height / 2.0));
        let (east, south) = (right * self.cos - down * self.sin, right * self.sin + down * self.cos);
        self.centre[0] += east / self.px_per_unit;
        self.centre[1] += south / self.px_per_unit;
        self
    }

    pub(super) fn place(&self, position: Position) -> (f32, f32) {
        self.px(world(position))
    }

    pub(super) fn point(&self, point: Point) -> (f32, f32) {
        self.px([f64::from(point[0]), f64::from(point[1])])
    }

    fn px(&self, [x, y]: [f64; 2]) -> (f32, f32) {
        let (east, south) = ((x - self.centre[0]) * self.px_per_unit, (y - self.centre[1]) * self.px_per_unit);
        let (right, down) = (east * self.cos + south * self.sin, south * self.cos - east * self.sin);
        (right as f32 + self.width / 2.0, down as f32 + self.height / 2.0)
    }

    /// The ground at this pixel, in world units.
    pub(super) fn ground(&self, px: (f32, f32)) -> [f64; 2] {
        self.centred_on(px).centre
    }

    /// What the picture can show of the world, with a margin for wide lines.
    pub(super) fn bounds(&self, margin_px: f32) -> Bounds {
        let (half_width, half_height) =
            (f64::from(self.width / 2.0 + margin_px), f64::from(self.height / 2.0 + margin_px));
        let reach = [
            half_width * self.cos.abs() + half_height * self.sin.abs(),
            half_width * self.sin.abs() + half_height * self.cos.abs(),
        ];
        let side = |axis: usize, sign: f64| (self.centre[axis] + sign * reach[axis] / self.px_per_unit) as i32;
        Bounds { min: [side(0, -1.0), side(1, -1.0)], max: [side(0, 1.0), side(1, 1.0)] }
    }

    /// Points about this many metres apart, fast on the ground but in no rows, over all the
    /// picture, each with a size around 1.
    pub(super) fn scattered(&self, apart_m: f64) -> impl Iterator<Item = ((f32, f32), f32)> {
        let apart = apart_m / (self.metres_per_px * self.px_per_unit);
        let bounds = self.bounds(0.0);
        let step = |value: i32| (f64::from(value) / apart).floor() as i64;
        let (rows, columns) = (step(bounds.min[1])..=step(bounds.max[1]), step(bounds.min[0])..=step(bounds.max[0]));
        rows.flat_map(move |row| columns.clone().map(move |column| (row, column))).map(move |(row, column)| {
            let chance = scrambled(row, column);
            let part = |shift: u32| f64::from((chance >> shift) as u16) / 65_535.0;
            let at = [column as f64 + part(0) * 0.8, row as f64 + part(16) * 0.8];
            (self.px(at.map(|along| along * apart)), 0.75 + 0.5 * part(32) as f32)
        })
    }

    pub(super) fn px_per_metre(&self) -> f32 {
        (1.0 / self.metres_per_px) as f32
    }
}

/// A number that is always the same for a row and column and looks like chance (SplitMix64).
fn scrambled(row: i64, column: i64) -> u64 {
    let seed = (row as u64) << 32 ^ (column as u64 & 0xFFFF_FFFF);
    let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const YOU: Position = Position { lat: 43.7325, lon: 7.4195 };

    fn frame(facing: f64) -> Frame {
        Frame::new((1000, 1000), YOU, facing, 1.0)
    }

    #[test]
    fn what_lies_where_the_visitor_looks_is_straight_up() {
        let north_east = Position { lat: YOU.lat + 0.001, lon: YOU.lon + 0.001 / YOU.lat.to_radians().cos() };
        let (x, y) = frame(45.0).place(north_east);
        assert!((x - 500.0).abs() < 0.5, "{x}");
        assert!((y - (500.0 - 157.4)).abs() < 1.0, "{y}");
    }

    #[test]
    fn the_right_hand_is_right() {
        let east = Position { lat: YOU.lat, lon: YOU.lon + 0.001 };
        let (x, y) = frame(0.0).place(east);
        assert!(x > 570.0 && (y - 500.0).abs() < 0.5, "{x} {y}");
        let (x, y) = frame(180.0).place(east);
        assert!(x < 430.0 && (y - 500.0).abs() < 0.5, "{x} {y}");
    }

    #[test]
    fn moving_the_middle_brings_that_pixel_there() {
        let goal = Position { lat: 43.7306, lon: 7.4254 };
        let frame = frame(30.0);
        let (x, y) = frame.centred_on(frame.place(goal)).place(goal);
        assert!((x - 500.0).abs() < 0.01 && (y - 500.0).abs() < 0.01, "{x} {y}");
    }

    #[test]
    fn bounds_hold_every_corner_of_the_picture() {
        let frame = frame(77.0);
        let bounds = frame.bounds(0.0);
        for corner in [(0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0), (1000.0, 1000.0)] {
            let moved = frame.centred_on(corner);
            let at = [moved.centre[0].round(), moved.centre[1].round()];
            assert!(bounds.is_near(at, 2.0), "{corner:?}");
        }
    }
}
