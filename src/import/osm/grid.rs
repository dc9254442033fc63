use crate::content::Position;
use geo::{Coord, LineString, Rect};
use std::f64::consts::{PI, TAU};

/// The zoom of the tiles: about 900 m a side in Europe, so that a locator map needs only a few.
pub(super) const ZOOM: u8 = 15;
/// Units along a tile's side: about 0.2 m each.
pub(super) const EXTENT: u32 = 4096;
const UNITS_PER_WORLD: f64 = (1_u64 << ZOOM) as f64 * EXTENT as f64;
const EARTH_ROUND_M: f64 = 40_075_016.686;

/// Web Mercator in tile units, x to the east and y to the south.
pub(super) fn on_grid(position: Position) -> Coord<f64> {
    let lat = position.lat.clamp(-85.0, 85.0).to_radians();
    let north = (PI / 4.0 + lat / 2.0).tan().ln();
    Coord { x: (position.lon / 360.0 + 0.5) * UNITS_PER_WORLD, y: (0.5 - north / TAU) * UNITS_PER_WORLD }
}

/// How many units a metre is at this height of the grid.
pub(super) fn units_per_metre(y: f64) -> f64 {
    let north = (0.5 - y / UNITS_PER_WORLD) * TAU;
    UNITS_PER_WORLD / EARTH_ROUND_M * north.cosh()
}

/// The square of a tile, grown by a margin.
pub(super) fn tile_square((x, y): (u32, u32), margin: f64) -> Rect<f64> {
    let side = f64::from(EXTENT);
    let corner = Coord { x: f64::from(x) * side, y: f64::from(y) * side };
    Rect::new(
        Coord { x: corner.x - margin, y: corner.y - margin },
        Coord { x: corner.x + side + margin, y: corner.y + side + margin },
    )
}

/// The tiles that a box touches, from upper left to lower right.
pub(super) fn tiles_under(bounds: &Rect<f64>) -> impl Iterator<Item = (u32, u32)> + use<> {
    let tile = |value: f64| (value / f64::from(EXTENT)).floor().clamp(0.0, f64::from((1_u32 << ZOOM) - 1)) as u32;
    let (x0, x1) = (tile(bounds.min().x), tile(bounds.max().x));
    let (y0, y1) = (tile(bounds.min().y), tile(bounds.max().y));
    (y0..=y1).flat_map(move |y| (x0..=x1).map(move |x| (x, y)))
}

pub(super) fn grown(bounds: &Rect<f64>, by: f64) -> Rect<f64> {
    let by = Coord { x: by, y: by };
    Rect::new(bounds.min() - by, bounds.max() + by)
}

/// The parts of a line that lie within a box, each in the line's direction.
pub(super) fn clip_line(line: &LineString<f64>, to: &Rect<f64>) -> Vec<LineString<f64>> {
    let mut parts: Vec<Vec<Coord<f64>>> = Vec::new();
    for step in line.lines() {
        let Some((from, until)) = share_within(step.start, step.end, to) else { continue };
        let along = |share: f64| match share {
            0.0 => step.start,
            1.0 => step.end,
            _ => step.start + (step.end - step.start) * share,
        };
        match parts.last_mut().filter(|part| from == 0.0 && part.last() == Some(&step.start)) {
            Some(part) => part.push(along(until)),
            None => parts.push(vec![along(from), along(until)]),
        }
    }
    parts.into_iter().map(LineString::new).collect()
}

/// From which to which share of the way from `a` to `b` one is within the box (Liang and Barsky).
fn share_within(a: Coord<f64>, b: Coord<f64>, to: &Rect<f64>) -> Option<(f64, f64)> {
    let (mut from, mut until) = (0.0_f64, 1.0_f64);
    let way = b - a;
    let sides =
        [(-way.x, a.x - to.min().x), (way.x, to.max().x - a.x), (-way.y, a.y - to.min().y), (way.y, to.max().y - a.y)];
    for (outward, room) in sides {
        if outward == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if outward < 0.0 {
            from = from.max(room / outward);
        } else {
            until = until.min(room / outward);
        }
    }
    (from < until).then_some((from, until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::coord;

    #[test]
    fn a_line_through_a_tile_is_cut_at_both_sides() {
        let square = Rect::new(coord! {x: 0.0, y: 0.0}, coord! {x: 10.0, y: 10.0});
        let line = LineString::from(vec![(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0), (8.0, 15.0), (8.0, 2.0)]);
        let parts = clip_line(&line, &square);
        assert_eq!(
            parts,
            [
                LineString::from(vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)]),
                LineString::from(vec![(8.0, 10.0), (8.0, 2.0)]),
            ]
        );
    }

    #[test]
    fn a_line_beside_a_tile_is_not_in_it() {
        let square = Rect::new(coord! {x: 0.0, y: 0.0}, coord! {x: 10.0, y: 10.0});
        assert!(clip_line(&LineString::from(vec![(-5.0, -1.0), (15.0, -1.0)]), &square).is_empty());
        assert!(clip_line(&LineString::from(vec![(-5.0, 8.0), (8.0, 21.0)]), &square).is_empty());
    }

    #[test]
    fn monaco_lies_in_its_tile() {
        let at = on_grid(Position { lat: 43.7325, lon: 7.4195 });
        let tile = tiles_under(&Rect::new(at, at)).next();
        assert_eq!(tile, Some((17059, 11948)));
        assert!((units_per_metre(at.y) - 4.634).abs() < 0.01, "{}", units_per_metre(at.y));
    }
}
