use super::reading::{Read, Reading};
use super::{Localized, Position};
use serde::{Deserialize, Serialize};

/// The mean radius of the Earth (IUGG).
const EARTH_KM: f64 = 6_371.008_8;

/// A closed line: its last point is its first, and there are at least four (CAP 1.2, 3.2.4 `polygon`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Outline(Vec<Position>);

impl Outline {
    /// `None` for a line that is not closed, or has fewer than four points.
    pub fn new(points: Vec<Position>) -> Option<Self> {
        let is_closed = points.len() >= 4 && points.first() == points.last();
        is_closed.then_some(Self(points))
    }

    pub fn points(&self) -> &[Position] {
        &self.0
    }

    fn contains(&self, at: Position) -> bool {
        // A line from 179 to -179 degrees crosses two degrees, not 358.
        let longitudes = || self.0.iter().map(|point| point.lon);
        let (west, east) =
            longitudes().fold((180.0_f64, -180.0_f64), |(west, east), lon| (west.min(lon), east.max(lon)));
        let crosses = east - west > 180.0;
        let turned = |lon: f64| if crosses && lon < 0.0 { lon + 360.0 } else { lon };
        let at_lon = turned(at.lon);
        let mut inside = false;
        for (one, two) in self.0.iter().zip(self.0.iter().skip(1)) {
            let (one_lon, two_lon) = (turned(one.lon), turned(two.lon));
            let spans = (one.lat > at.lat) != (two.lat > at.lat);
            if spans && at_lon < (two_lon - one_lon) * (at.lat - one.lat) / (two.lat - one.lat) + one_lon {
                inside = !inside;
            }
        }
        inside
    }
}

/// All that lies within a distance of a point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Circle {
    pub centre: Position,
    pub radius_km: f64,
}

impl Circle {
    /// `None` for a radius that is none: not above zero, or farther than the other side of the Earth.
    pub fn new(centre: Position, radius_km: f64) -> Option<Self> {
        (radius_km > 0.0 && radius_km <= 20_100.0).then_some(Self { centre, radius_km })
    }

    fn contains(&self, at: Position) -> bool {
        let (lat, other) = (self.centre.lat.to_radians(), at.lat.to_radians());
        let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let haversine = half(at.lat - self.centre.lat) + lat.cos() * other.cos() * half(at.lon - self.centre.lon);
        2.0 * EARTH_KM * haversine.clamp(0.0, 1.0).sqrt().asin() <= self.radius_km
    }
}

/// An area as some list of areas names it: scheme "FR-departement", value "35".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AreaCode {
    pub scheme: String,
    pub value: String,
}

/// Where a warning holds: in all of these shapes and coded areas together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AlertArea {
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub name: Localized,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub polygons: Vec<Outline>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub circles: Vec<Circle>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<AreaCode>,
}

impl AlertArea {
    /// Whether the shapes cover a place; `None` where there is no shape.
    pub fn contains(&self, at: Position) -> Option<bool> {
        let has_shape = !self.polygons.is_empty() || !self.circles.is_empty();
        let covers = || {
            self.polygons.iter().any(|outline| outline.contains(at))
                || self.circles.iter().any(|circle| circle.contains(at))
        };
        has_shape.then(covers)
    }
}

impl Read for Outline {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let outline = Self::new(Vec::read(value, reading)?);
        if outline.is_none() {
            reading.problem("four or more points are expected, the last the same as the first", value);
        }
        outline
    }
}

impl Read for Circle {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let centre: Option<Position> = fields.needed("centre", "a circle needs its centre");
        let radius_km: Option<f64> = fields.needed("radius_km", "a circle needs its radius");
        let (centre, radius_km) = centre.zip(radius_km)?;
        let circle = Self::new(centre, radius_km);
        if circle.is_none() {
            fields.problem("radius_km", "a distance above 0 is expected, in kilometres");
        }
        circle
    }
}

impl Read for AreaCode {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let code = fields.needed("value", "a code needs its value");
        let scheme = fields.get("scheme");
        code.map(|value| Self { scheme, value })
    }
}

impl Read for AlertArea {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            name: fields.get("name"),
            polygons: fields.get("polygons"),
            circles: fields.get("circles"),
            codes: fields.get("codes"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position { lat, lon }
    }

    fn outline(points: &[(f64, f64)]) -> Outline {
        Outline::new(points.iter().map(|(lat, lon)| at(*lat, *lon)).collect()).unwrap()
    }

    #[test]
    fn a_line_that_is_not_closed_is_no_outline() {
        let (a, b, c) = (at(0.0, 0.0), at(0.0, 1.0), at(1.0, 0.0));
        assert!(Outline::new(vec![a, b, c, a]).is_some());
        for points in [vec![], vec![a, b, a], vec![a, b, c, b]] {
            assert!(Outline::new(points).is_none());
        }
    }

    #[test]
    fn places_are_found_inside_shapes() {
        let bay =
            outline(&[(0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 3.0), (1.0, 2.0), (4.0, 1.0), (4.0, 0.0), (0.0, 0.0)]);
        let across = outline(&[(-1.0, 179.0), (-1.0, -179.0), (1.0, -179.0), (1.0, 179.0), (-1.0, 179.0)]);
        for (shape, place, inside) in [
            (&bay, at(0.5, 2.0), true),
            (&bay, at(3.5, 2.0), false),
            (&bay, at(3.5, 0.5), true),
            (&bay, at(2.0, 5.0), false),
            (&across, at(0.0, 179.5), true),
            (&across, at(0.0, -179.5), true),
            (&across, at(0.0, 0.0), false),
        ] {
            let area = AlertArea { polygons: vec![shape.clone()], ..AlertArea::default() };
            assert_eq!(area.contains(place), Some(inside), "{place:?}");
        }
        // Albi is 68 km from Toulouse.
        let toulouse = at(43.6045, 1.444);
        for (radius_km, inside) in [(60.0, false), (75.0, true)] {
            let circles = vec![Circle::new(toulouse, radius_km).unwrap()];
            let area = AlertArea { circles, ..AlertArea::default() };
            assert_eq!(area.contains(at(43.9289, 2.1464)), Some(inside));
        }
        assert_eq!(AlertArea::default().contains(toulouse), None);
    }
}
