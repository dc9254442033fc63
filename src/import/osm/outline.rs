use super::reading::{Member, MemberKind, OsmData, Relation};
use crate::content::Position;
use crate::import::geometry::rounded;
use geo::{Centroid, Contains, Coord, InteriorPoint, LineString, Point, Polygon};

/// The outer edge of an area, first and last position equal.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline(Polygon<f64>);

impl Outline {
    /// `None` when the points enclose nothing.
    pub fn new(points: &[Position]) -> Option<Self> {
        let ring: LineString<f64> = points.iter().map(|point| Coord { x: point.lon, y: point.lat }).collect();
        (points.len() > 3 && ring.is_closed()).then(|| Self(Polygon::new(ring, Vec::new())))
    }

    pub fn contains(&self, position: Position) -> bool {
        self.0.contains(&Point::new(position.lon, position.lat))
    }

    /// The centre of the area, or where that lies outside (a crescent) a point inside it.
    pub fn middle(&self) -> Option<Position> {
        let inside = self.0.centroid().filter(|centre| self.0.contains(centre)).or_else(|| self.0.interior_point());
        inside.or_else(|| self.0.centroid()).and_then(|point| rounded(point.y(), point.x()))
    }

    pub fn points(&self) -> impl Iterator<Item = Position> {
        self.0.exterior().coords().map(|point| Position { lat: point.y, lon: point.x })
    }
}

/// The middle of a line or a group of points that enclose nothing.
pub fn middle_of(points: &[Position]) -> Option<Position> {
    let count = points.len() as f64;
    let (lat, lon) = points.iter().fold((0.0, 0.0), |(lat, lon), point| (lat + point.lat, lon + point.lon));
    (count > 0.0).then(|| rounded(lat / count, lon / count))?
}

/// The outer edge of a multipolygon: the longest ring that its outer ways make when put end to end.
pub fn outer_ring(data: &OsmData, relation: &Relation) -> Option<Outline> {
    let is_outer = |member: &&Member| member.kind == MemberKind::Way && matches!(&*member.role, "outer" | "");
    let ways = relation.members.iter().filter(is_outer).filter_map(|member| data.way(member.id));
    let mut parts: Vec<Vec<i64>> = ways.map(|way| way.nodes.clone()).filter(|nodes| nodes.len() > 1).collect();
    let mut rings = Vec::new();
    while let Some(mut ring) = parts.pop() {
        while ring.first() != ring.last() {
            let end = ring.last().copied();
            let Some(next) = parts.iter().position(|part| part.first().copied() == end || part.last().copied() == end)
            else {
                break;
            };
            let mut part = parts.swap_remove(next);
            if part.first().copied() != end {
                part.reverse();
            }
            ring.extend(part.into_iter().skip(1));
        }
        rings.push(ring);
    }
    let outlines = rings.iter().filter_map(|ring| {
        let points: Vec<Position> = ring.iter().filter_map(|node| data.position(*node)).collect();
        Some((points.len(), Outline::new(&points)?))
    });
    outlines.max_by_key(|(length, _)| *length).map(|(_, outline)| outline)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(points: &[(f64, f64)]) -> Vec<Position> {
        points.iter().map(|(lat, lon)| Position { lat: *lat, lon: *lon }).collect()
    }

    #[test]
    fn the_middle_of_a_horseshoe_lies_inside_it() {
        let horseshoe = [
            (0.0, 0.0),
            (0.0, 9.0),
            (9.0, 9.0),
            (9.0, 8.0),
            (1.0, 8.0),
            (1.0, 1.0),
            (9.0, 1.0),
            (9.0, 0.0),
            (0.0, 0.0),
        ];
        let outline = Outline::new(&positions(&horseshoe)).unwrap();
        assert!(outline.contains(outline.middle().unwrap()));
    }

    #[test]
    fn an_open_line_is_no_outline() {
        assert_eq!(Outline::new(&positions(&[(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)])), None);
    }
}
