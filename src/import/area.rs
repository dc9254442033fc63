use super::geometry::METRES_PER_DEGREE;
use crate::content::Position;
use geo::{BoundingRect, Contains, Coord, LineString, MultiPolygon, Point, Polygon, Rect};
use serde_json::Value;

/// The points of a boundary that are read at most: a commune has some hundreds, a county some thousands.
const POINTS_MAX: usize = 200_000;

/// What lies this near to the town's boundary is of the town: boundaries are drawn simpler than they are, addresses are
/// found to some hundred metres, and a stop or a car park just across the line serves whoever is on this side.
const MARGIN_M: f64 = 500.0;

/// A part of the Earth: a town's boundary.
#[derive(Clone, Debug, PartialEq)]
pub struct Area(MultiPolygon<f64>);

impl Area {
    /// A polygon of GeoJSON (RFC 7946), alone, in a feature, or the first in a collection of them.
    ///
    /// # Errors
    /// In words, when there is none.
    pub fn from_geojson(value: &Value) -> Result<Self, String> {
        let geometry = match value.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => value.pointer("/features/0/geometry"),
            Some("Feature") => value.get("geometry"),
            _ => Some(value),
        };
        let none = || "a boundary is a Polygon or a MultiPolygon of GeoJSON".to_owned();
        let geometry = geometry.ok_or_else(none)?;
        let coordinates = geometry.get("coordinates").and_then(Value::as_array).ok_or_else(none)?;
        let mut left = POINTS_MAX;
        let polygons = match geometry.get("type").and_then(Value::as_str) {
            Some("Polygon") => vec![polygon(coordinates, &mut left)],
            Some("MultiPolygon") => coordinates
                .iter()
                .map(|part| polygon(part.as_array().map_or(&[][..], Vec::as_slice), &mut left))
                .collect(),
            _ => return Err(none()),
        };
        let area = polygons.into_iter().collect::<Option<Vec<_>>>().map(MultiPolygon);
        area.filter(|area| area.bounding_rect().is_some()).map(Self).ok_or_else(none)
    }

    /// Whether a position lies in it, and in none of its holes.
    pub fn holds(&self, position: Position) -> bool {
        self.0.contains(&Point::new(position.lon, position.lat))
    }

    /// Whether a position lies in it or so little beside it that it is still the town's.
    pub fn is_near(&self, position: Position) -> bool {
        let Some((south_west, north_east)) = self.bounds_near() else { return false };
        let is_in_sight = (south_west.lat..=north_east.lat).contains(&position.lat)
            && (south_west.lon..=north_east.lon).contains(&position.lon);
        let east = metres_east(position.lat);
        let from_here = |at: Coord<f64>| [(at.x - position.lon) * east, (at.y - position.lat) * METRES_PER_DEGREE];
        let rings = || self.0.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
        let is_beside = || {
            let mut edges = rings().flat_map(LineString::lines);
            edges.any(|edge| from_origin(from_here(edge.start), from_here(edge.end)) <= MARGIN_M)
        };
        is_in_sight && (self.holds(position) || is_beside())
    }

    /// South-west and north-east corner of a rectangle that holds all that is near.
    pub fn bounds_near(&self) -> Option<(Position, Position)> {
        let (south_west, north_east) = self.bounds()?;
        let high = MARGIN_M / METRES_PER_DEGREE;
        let wide = MARGIN_M / metres_east(south_west.lat.abs().max(north_east.lat.abs()) + high);
        let corner = |lat: f64, lon: f64| Position::new(lat.clamp(-90.0, 90.0), lon.clamp(-180.0, 180.0));
        corner(south_west.lat - high, south_west.lon - wide).zip(corner(north_east.lat + high, north_east.lon + wide))
    }

    /// South-west and north-east corner.
    pub fn bounds(&self) -> Option<(Position, Position)> {
        let bounds: Rect<f64> = self.0.bounding_rect()?;
        let corner = |at: Coord<f64>| Position::new(at.y, at.x);
        corner(bounds.min()).zip(corner(bounds.max()))
    }
}

/// Metres to one degree of longitude.
fn metres_east(lat: f64) -> f64 {
    METRES_PER_DEGREE * lat.to_radians().cos().max(0.01)
}

/// How far a line lies from the origin.
fn from_origin([x, y]: [f64; 2], end: [f64; 2]) -> f64 {
    let (along, up) = (end[0] - x, end[1] - y);
    let length = along * along + up * up;
    let nearest = if length > 0.0 { (-(x * along + y * up) / length).clamp(0.0, 1.0) } else { 0.0 };
    (x + nearest * along).hypot(y + nearest * up)
}

fn polygon(rings: &[Value], left: &mut usize) -> Option<Polygon<f64>> {
    let mut rings = rings.iter().map(|ring| ring_of(ring, left));
    let outer = rings.next()??;
    Some(Polygon::new(outer, rings.collect::<Option<_>>()?))
}

fn ring_of(ring: &Value, left: &mut usize) -> Option<LineString<f64>> {
    let points = ring.as_array().filter(|points| points.len() >= 4)?;
    *left = left.checked_sub(points.len())?;
    points
        .iter()
        .map(|point| {
            let (lon, lat) = (point.get(0)?.as_f64()?, point.get(1)?.as_f64()?);
            Position::new(lat, lon).map(|at| Coord { x: at.lon, y: at.lat })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_boundary_holds_what_lies_in_it_and_not_its_holes() {
        let ring = |a: f64, b: f64| json!([[a, a], [b, a], [b, b], [a, b], [a, a]]);
        let polygon = json!({ "type": "Polygon", "coordinates": [ring(0.0, 10.0), ring(4.0, 6.0)] });
        let feature = json!({ "type": "Feature", "geometry": polygon });
        for value in [polygon.clone(), feature.clone(), json!({ "type": "FeatureCollection", "features": [feature] })] {
            let area = Area::from_geojson(&value).unwrap();
            assert!(area.holds(Position { lat: 1.0, lon: 2.0 }));
            assert!(!area.holds(Position { lat: 5.0, lon: 5.0 }));
            assert!(!area.holds(Position { lat: 11.0, lon: 2.0 }));
            for (lat, lon, near) in [
                (1.0, 2.0, true),
                (-0.0044, 5.0, true),
                (-0.0046, 5.0, false),
                (5.0, 5.0, false),
                (4.004, 5.0, true),
                (-0.004, -0.004, false),
                (9.9, 10.0045, true),
                (9.9, 10.0047, false),
            ] {
                assert_eq!(area.is_near(Position { lat, lon }), near, "{lat} {lon}");
            }
            assert_eq!(area.bounds(), Some((Position { lat: 0.0, lon: 0.0 }, Position { lat: 10.0, lon: 10.0 })));
        }
    }

    #[test]
    fn what_is_no_boundary_is_refused() {
        for value in [
            json!(null),
            json!({ "type": "Point", "coordinates": [1, 2] }),
            json!({ "type": "Polygon", "coordinates": [] }),
            json!({ "type": "Polygon", "coordinates": [[[0, 0], [1, 1]]] }),
            json!({ "type": "Polygon", "coordinates": [[[0, 0], [400, 1], [1, 1], [0, 0]]] }),
            json!({ "type": "FeatureCollection", "features": [] }),
        ] {
            assert!(Area::from_geojson(&value).is_err(), "{value}");
        }
    }
}
