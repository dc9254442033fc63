//! A point to show on the map, from whatever shape a source gives.

use crate::content::Position;
use geo::{Coord, Geometry, GeometryCollection, InteriorPoint, LineString, MultiLineString, MultiPoint, MultiPolygon};
use geo::{Distance, Haversine, Length, Point, Polygon};
use serde_json::Value;

/// How deep collections may lie in one another: RFC 7946 (3.1.8) advises against any.
const DEPTH_MAX: usize = 4;

const NO_SHAPE: &str = "this is no GeoJSON geometry";
/// Why a point is none, for staff.
pub const OUT_OF_RANGE: &str =
    "this is no point on Earth in degrees (WGS 84): are latitude and longitude swapped, or are these metres?";

/// A point on or inside a GeoJSON geometry (RFC 7946, 3.1) or a feature's geometry; `None` for null.
///
/// # Errors
/// In words, when it is no geometry or lies outside the degrees that there are.
pub fn point_of(shape: &Value) -> Result<Option<Position>, &'static str> {
    let shape = match shape.get("type").and_then(Value::as_str) {
        Some("Feature") => shape.get("geometry").unwrap_or(&Value::Null),
        _ => shape,
    };
    if shape.is_null() {
        return Ok(None);
    }
    let geometry = geometry(shape, 0)?;
    let Some(inside) = geometry.interior_point() else { return Ok(None) };
    Ok(rounded(inside.y(), inside.x()))
}

/// A line as a way to go.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub begin: Position,
    /// The length of all its parts, in metres.
    pub length_m: f64,
    /// Whether it ends where it begins; `None` where its parts do not follow one another.
    pub circular: Option<bool>,
}

/// Ends that are as near as this are one, in metres: lines are drawn by hand.
const NEAR_M: f64 = 50.0;

/// The way that a GeoJSON `LineString` or `MultiLineString` is; `None` for other geometries.
///
/// # Errors
/// As for [`point_of`].
pub fn way_of(shape: &Value) -> Result<Option<Way>, &'static str> {
    let shape = shape.get("geometry").unwrap_or(shape);
    if !matches!(shape.get("type").and_then(Value::as_str), Some("LineString" | "MultiLineString")) {
        return Ok(None);
    }
    let mut parts = match geometry(shape, 0)? {
        Geometry::LineString(line) => vec![line],
        Geometry::MultiLineString(lines) => lines.0,
        _ => return Ok(None),
    };
    parts.retain(|part| part.0.len() >= 2);
    let ends: Vec<(Point<f64>, Point<f64>)> =
        parts.iter().filter_map(|part| Some((part.points().next()?, part.points().next_back()?))).collect();
    let (Some((begin, _)), Some((_, end))) = (ends.first(), ends.last()) else { return Ok(None) };
    let is_near = |one: Point<f64>, other: Point<f64>| Haversine.distance(one, other) <= NEAR_M;
    let is_one = ends.windows(2).all(|two| is_near(two[0].1, two[1].0));
    let Some(start) = rounded(begin.y(), begin.x()) else { return Ok(None) };
    Ok(Some(Way {
        begin: start,
        length_m: parts.iter().map(|part| Haversine.length(part)).sum(),
        circular: is_one.then(|| is_near(*begin, *end)),
    }))
}

/// The length of a degree of latitude, in metres.
pub const METRES_PER_DEGREE: f64 = 111_195.0;

/// Metres between two points that are near each other; the shorter way where the 180th meridian lies between them.
pub fn metres(a: Position, b: Position) -> f64 {
    let apart = (a.lon - b.lon).abs();
    let east = apart.min(360.0 - apart) * ((a.lat + b.lat) / 2.0).to_radians().cos();
    (a.lat - b.lat).hypot(east) * METRES_PER_DEGREE
}

/// A position to the 10⁻⁷ degrees, about a centimetre: more only makes files longer.
pub fn rounded(lat: f64, lon: f64) -> Option<Position> {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Position::new(round(lat), round(lon))
}

fn geometry(shape: &Value, depth: usize) -> Result<Geometry<f64>, &'static str> {
    let inner = |key| shape.get(key).and_then(Value::as_array).ok_or(NO_SHAPE);
    let kind = shape.get("type").and_then(Value::as_str).ok_or(NO_SHAPE)?;
    if kind == "GeometryCollection" {
        if depth >= DEPTH_MAX {
            return Err(NO_SHAPE);
        }
        let parts = inner("geometries")?.iter().filter(|part| !part.is_null());
        let parts: Result<Vec<_>, _> = parts.map(|part| geometry(part, depth + 1)).collect();
        return Ok(Geometry::GeometryCollection(GeometryCollection(parts?)));
    }
    let parts = inner("coordinates")?;
    Ok(match kind {
        "Point" if parts.is_empty() => Geometry::GeometryCollection(GeometryCollection(Vec::new())),
        "Point" => Geometry::Point(Point(coord(parts)?)),
        "MultiPoint" => Geometry::MultiPoint(MultiPoint(line(parts)?.0.into_iter().map(Point).collect())),
        "LineString" => Geometry::LineString(line(parts)?),
        "MultiLineString" => Geometry::MultiLineString(MultiLineString(lines(parts)?)),
        "Polygon" => Geometry::Polygon(polygon(parts)?),
        "MultiPolygon" => {
            let polygons: Result<Vec<_>, _> = parts.iter().map(|part| polygon(list(part)?)).collect();
            Geometry::MultiPolygon(MultiPolygon(polygons?))
        }
        _ => return Err(NO_SHAPE),
    })
}

fn list(value: &Value) -> Result<&[Value], &'static str> {
    value.as_array().map(Vec::as_slice).ok_or(NO_SHAPE)
}

fn lines(parts: &[Value]) -> Result<Vec<LineString<f64>>, &'static str> {
    parts.iter().map(|part| line(list(part)?)).collect()
}

fn polygon(rings: &[Value]) -> Result<Polygon<f64>, &'static str> {
    let mut rings = lines(rings)?.into_iter();
    Ok(Polygon::new(rings.next().unwrap_or(LineString(Vec::new())), rings.collect()))
}

fn line(parts: &[Value]) -> Result<LineString<f64>, &'static str> {
    parts.iter().map(|part| coord(list(part)?)).collect::<Result<Vec<_>, _>>().map(LineString)
}

fn coord(pair: &[Value]) -> Result<Coord<f64>, &'static str> {
    let [lon, lat, ..] = pair else { return Err(NO_SHAPE) };
    let (lon, lat) = (lon.as_f64().ok_or(NO_SHAPE)?, lat.as_f64().ok_or(NO_SHAPE)?);
    Position::new(lat, lon).map(|_| Coord { x: lon, y: lat }).ok_or(OUT_OF_RANGE)
}

/// Two numbers in a text: "43.93, 2.15", "43,93 2,15", "43,93; 2,15", "POINT (2.15 43.93)" and what exports make of
/// them. In the order in which they stand.
pub fn pair_in(text: &str) -> Option<(f64, f64)> {
    let inside = text.rsplit_once('(').map_or(text, |(_, inside)| inside).trim_end_matches(')');
    let parts = |apart: fn(char) -> bool| -> Vec<&str> {
        inside
            .split(apart)
            .map(|part| part.trim().trim_matches(['.', ',', ';', '[', ']']))
            .filter(|part| !part.is_empty())
            .collect()
    };
    // A comma is the decimal one only where something else stands between the numbers.
    let by_space = parts(|c| c == ';' || c.is_whitespace());
    let found = if by_space.len() == 2 { by_space } else { parts(|c| c == ',') };
    let [first, second] = found.as_slice() else { return None };
    Some((number_in(first)?, number_in(second)?))
}

/// A number with a decimal point or comma, and perhaps spaces between its thousands.
pub fn number_in(text: &str) -> Option<f64> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{202f}')).collect();
    let number = if bare.contains('.') { bare } else { bare.replacen(',', ".", 1) };
    let plain =
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E'));
    number.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let [a, b] = [Position { lat: 43.0, lon: 7.0 }, Position { lat: 44.0, lon: 7.0 }];
        assert!((metres(a, b) - 111_195.0).abs() < 1.0);
        let c = Position { lat: 43.0, lon: 7.001 };
        assert!((metres(a, c) - 81.3).abs() < 0.5);
    }

    fn at(shape: &Value) -> Option<(f64, f64)> {
        point_of(shape).unwrap().map(|position| (position.lat, position.lon))
    }

    #[test]
    fn every_shape_has_a_point_on_it_or_in_it() {
        assert_eq!(at(&json!({"type": "Point", "coordinates": [2.15, 43.93, 170]})), Some((43.93, 2.15)));
        let line = json!({"type": "LineString", "coordinates": [[2.0, 43.0], [2.1, 43.1], [2.3, 43.2]]});
        assert_eq!(at(&line), Some((43.1, 2.1)));
        // A horseshoe: its middle lies outside.
        let ring = json!([[0, 0], [9, 0], [9, 9], [0, 9], [0, 8], [8, 8], [8, 1], [0, 1], [0, 0]]);
        let (lat, lon) = at(&json!({"type": "Polygon", "coordinates": [ring.clone()]})).unwrap();
        assert!(lon > 8.0 && lon < 9.0 || !(1.0..=8.0).contains(&lat), "{lat} {lon}");
        assert!(at(&json!({"type": "MultiPolygon", "coordinates": [[ring]]})).is_some());
        let both = json!({"type": "GeometryCollection", "geometries": [null, line]});
        assert!(at(&json!({"type": "Feature", "geometry": both, "properties": null})).is_some());
        for nowhere in [json!(null), json!({"type": "Feature"}), json!({"type": "Point", "coordinates": []})] {
            assert_eq!(at(&nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn a_line_is_a_way_with_its_length_and_its_ends() {
        let way = |kind: &str, coordinates: Value| way_of(&json!({"type": kind, "coordinates": coordinates})).unwrap();
        let there = way("LineString", json!([[2.0, 43.0], [2.0, 43.01]])).unwrap();
        assert_eq!((there.begin, there.circular), (Position { lat: 43.0, lon: 2.0 }, Some(false)));
        assert!((1100.0..1125.0).contains(&there.length_m), "{there:?}");
        let round = json!([[2.0, 43.0], [2.01, 43.0], [2.01, 43.01], [2.0, 43.0001]]);
        assert_eq!(way("LineString", round).unwrap().circular, Some(true));
        let legs = json!([[[2.0, 43.0], [2.01, 43.0]], [[2.01, 43.0], [2.0, 43.0]]]);
        assert_eq!(way("MultiLineString", legs).unwrap().circular, Some(true));
        let loose =
            way("MultiLineString", json!([[[2.0, 43.0], [2.0, 43.01]], [], [[2.5, 43.0], [2.5, 43.01]]])).unwrap();
        assert_eq!(loose.circular, None);
        assert!((loose.length_m - 2.0 * there.length_m).abs() < 1.0);
        assert_eq!(way("Point", json!([2, 43])), None);
        assert_eq!(way("LineString", json!([[2, 43]])), None);
        assert_eq!(way_of(&json!({"type": "LineString", "coordinates": [[1e6, 43], [2, 43]]})), Err(OUT_OF_RANGE));
    }

    #[test]
    fn what_is_no_shape_on_earth_is_said() {
        let metres = json!({"type": "Point", "coordinates": [637_000.0, 6_310_000.0]});
        assert_eq!(point_of(&metres), Err(OUT_OF_RANGE));
        let swapped = json!({"type": "Point", "coordinates": [43.9, 143.9]});
        assert_eq!(point_of(&swapped), Err(OUT_OF_RANGE));
        let mut deep = json!({"type": "Point", "coordinates": [1, 1]});
        for _ in 0..20 {
            deep = json!({"type": "GeometryCollection", "geometries": [deep]});
        }
        for none in [json!(7), json!({"type": "Circle", "coordinates": []}), json!({"coordinates": [1, 2]}), deep] {
            assert_eq!(point_of(&none), Err(NO_SHAPE), "{none}");
        }
    }

    #[test]
    fn two_numbers_are_found_however_they_stand() {
        for text in [
            "43.93,2.15",
            "43.93, 2.15",
            "43,93 2,15",
            "43,93; 2,15",
            "43.93;2.15",
            "[43.93, 2.15]",
            "43.93. 2.15",
            "43,93, 2,15",
        ] {
            assert_eq!(pair_in(text), Some((43.93, 2.15)), "{text}");
        }
        assert_eq!(pair_in("SRID=4326;POINT (2.15 43.93)"), Some((2.15, 43.93)));
        for none in ["", "43.93", "43,93,2,15", "à côté, du pont", "inf nan"] {
            assert_eq!(pair_in(none), None, "{none}");
        }
        assert_eq!(number_in("1 234,5"), Some(1234.5));
        assert_eq!(number_in("12 cm"), None);
    }

    proptest! {
        #[test]
        fn any_shape_is_read_without_a_panic(
            kind in "Point|MultiPoint|LineString|MultiLineString|Polygon|MultiPolygon",
            numbers in proptest::collection::vec((-181.0..181.0_f64, -3..3_i64), 0..12),
            depth in 0..4_usize,
        ) {
            let mut parts: Value = numbers.iter().map(|(lon, lat)| json!([lon, lat])).collect();
            for _ in 0..depth {
                parts = json!([parts]);
            }
            if let Ok(Some(position)) = point_of(&json!({"type": kind, "coordinates": parts})) {
                prop_assert!(Position::new(position.lat, position.lon).is_some());
            }
        }
    }
}
