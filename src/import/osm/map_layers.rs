//! What of an extract a locator map shows, layer by layer, on the tile grid.

use super::coast::sea;
use super::grid::{on_grid, units_per_metre};
use super::reading::{MemberKind, OsmData, Relation, Tags, Way};
use super::rings::{join, join_directed};
use geo::{Area, BooleanOps, BoundingRect, LineString, MultiPolygon, Polygon, Rect, Simplify};
use std::collections::{BTreeMap, HashSet};

/// How far a line may be moved by leaving corners out, in metres.
const SIMPLIFY_M: f64 = 0.5;
/// Smaller surfaces are not drawn, in square metres.
const AREA_MIN_M2: f64 = 6.0;

/// A layer of surfaces. The order is that of the layers in a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Surface {
    Water,
    Green,
    Square,
    Building,
}

impl Surface {
    pub(super) const ALL: [Self; 4] = [Self::Water, Self::Green, Self::Square, Self::Building];

    pub(super) fn layer(self) -> &'static str {
        match self {
            Self::Water => "water",
            Self::Green => "green",
            Self::Square => "square",
            Self::Building => "building",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct DrawnSurface {
    pub surface: Surface,
    pub shape: MultiPolygon<f64>,
    pub name: Option<String>,
    /// Such as `way/12`; the sea has none.
    pub id: Option<String>,
}

/// Streets of one class and name, joined where they meet.
#[derive(Clone, Debug)]
pub(super) struct DrawnStreet {
    pub class: &'static str,
    pub tunnel: bool,
    pub name: Option<String>,
    pub lines: Vec<LineString<f64>>,
}

/// All surfaces but the sea.
pub(super) fn surfaces(data: &OsmData) -> Vec<DrawnSurface> {
    let mut drawn = Vec::new();
    let mut outlines: HashSet<(i64, Surface)> = HashSet::new();
    for relation in data.relations.iter().filter(|relation| relation.tags.is("type", "multipolygon")) {
        let Some(surface) = surface_of(&relation.tags) else { continue };
        outlines.extend(outer_ways(relation).map(|way| (way, surface)));
        let shape = assembled(data, relation);
        drawn.extend(drawn_surface(surface, shape, &relation.tags, format!("relation/{}", relation.id)));
    }
    for way in data.ways.iter().filter(|way| way.is_closed()) {
        let surface = surface_of(&way.tags).filter(|surface| !outlines.contains(&(way.id, *surface)));
        let Some((surface, ring)) = surface.zip(ring_on_grid(data, &way.nodes)) else { continue };
        let shape = MultiPolygon::new(vec![Polygon::new(ring, Vec::new())]);
        drawn.extend(drawn_surface(surface, shape, &way.tags, format!("way/{}", way.id)));
    }
    drawn
}

/// The sea within the frame, when the extract has a coast.
pub(super) fn sea_within(data: &OsmData, frame: &Rect<f64>) -> Option<DrawnSurface> {
    let coasts = data.ways.iter().filter(|way| way.tags.is("natural", "coastline"));
    let runs = join_directed(coasts.map(|way| way.nodes.clone()).collect());
    let runs: Vec<LineString<f64>> = runs.iter().filter_map(|run| line_on_grid(data, run)).collect();
    let shape = sea(&runs, frame);
    (!shape.0.is_empty()).then_some(DrawnSurface { surface: Surface::Water, shape, name: None, id: None })
}

/// Class, whether in a tunnel, and name: ways that share them are drawn as one street.
type StreetKey<'a> = (&'static str, bool, Option<&'a str>);

/// All streets, paths, steps and rails.
pub(super) fn streets(data: &OsmData) -> Vec<DrawnStreet> {
    let mut alike: BTreeMap<StreetKey, Vec<Vec<i64>>> = BTreeMap::new();
    for way in data.ways.iter().filter(|way| !is_surface(way)) {
        let Some(class) = class_of(&way.tags) else { continue };
        alike.entry((class, is_tunnel(&way.tags), way.tags.get("name"))).or_default().push(way.nodes.clone());
    }
    let drawn = alike.into_iter().map(|((class, tunnel, name), pieces)| DrawnStreet {
        class,
        tunnel,
        name: name.map(str::to_owned),
        lines: join(pieces).iter().filter_map(|run| line_on_grid(data, run)).collect(),
    });
    drawn.filter(|street| !street.lines.is_empty()).collect()
}

/// A way that bounds a surface rather than leads somewhere.
fn is_surface(way: &Way) -> bool {
    way.is_closed() && surface_of(&way.tags).is_some()
}

fn surface_of(tags: &Tags) -> Option<Surface> {
    let is_any = |key: &str, values: &[&str]| tags.get(key).is_some_and(|value| values.contains(&value));
    if is_below_ground(tags) {
        return None;
    }
    if tags.get("building").is_some_and(|kind| kind != "no") {
        return Some(Surface::Building);
    }
    if is_any("natural", &["water"])
        || is_any("waterway", &["riverbank", "dock", "boatyard"])
        || is_any("landuse", &["reservoir", "basin"])
        || is_any("leisure", &["swimming_pool"])
        || is_any("amenity", &["fountain"])
    {
        return Some(Surface::Water);
    }
    let is_walked = is_any("highway", &["pedestrian"])
        || is_any("place", &["square"])
        || is_any("man_made", &["pier", "breakwater", "groyne", "quay"])
        || is_any("area:highway", &["pedestrian", "footway"])
        || is_any("natural", &["beach", "sand"])
        || is_any("amenity", &["marketplace"])
        || (is_any("highway", &["footway", "living_street", "platform"]) && tags.is("area", "yes"));
    if is_walked {
        return Some(Surface::Square);
    }
    let is_green =
        is_any("leisure", &["park", "garden", "pitch", "playground", "golf_course", "dog_park", "nature_reserve"])
            || is_any("landuse", &["grass", "forest", "cemetery", "meadow", "village_green", "recreation_ground"])
            || is_any("landuse", &["orchard", "vineyard", "allotments", "flowerbed", "greenfield"])
            || is_any("natural", &["wood", "grassland", "scrub", "heath", "shrubbery"])
            || is_any("amenity", &["grave_yard"]);
    is_green.then_some(Surface::Green)
}

/// The class of a street; `None` for what a person on foot neither walks nor finds the way by.
fn class_of(tags: &Tags) -> Option<&'static str> {
    if tags.is("indoor", "yes") || tags.is("area", "yes") || tags.is("access", "private") {
        return None;
    }
    if tags
        .get("railway")
        .is_some_and(|kind| ["rail", "light_rail", "tram", "narrow_gauge", "funicular"].contains(&kind))
    {
        return tags.get("service").is_none().then_some("rail");
    }
    if tags.is("man_made", "pier") {
        return Some("path");
    }
    match tags.get("highway")? {
        "motorway" | "trunk" | "primary" | "secondary" => Some("major"),
        "motorway_link" | "trunk_link" | "primary_link" | "secondary_link" | "tertiary" | "tertiary_link"
        | "unclassified" | "residential" | "living_street" | "road" => Some("minor"),
        "service" => tags.get("service").is_none_or(|kind| kind == "alley").then_some("minor"),
        "pedestrian" => Some("pedestrian"),
        "steps" => Some("steps"),
        "footway" => tags.get("footway").is_none_or(|kind| kind == "access_aisle").then_some("path"),
        "path" | "track" | "cycleway" | "bridleway" => Some("path"),
        _ => None,
    }
}

fn is_tunnel(tags: &Tags) -> bool {
    tags.get("tunnel").is_some_and(|kind| kind != "no" && kind != "building_passage")
}

fn is_below_ground(tags: &Tags) -> bool {
    let is_low = tags.get("layer").and_then(|layer| layer.parse::<f32>().ok()).is_some_and(|layer| layer < 0.0);
    tags.is("location", "underground") || is_tunnel(tags) || (is_low && !tags.is("natural", "water"))
}

fn outer_ways(relation: &Relation) -> impl Iterator<Item = i64> {
    let ways = relation.members.iter().filter(|member| member.kind == MemberKind::Way);
    ways.filter(|member| &*member.role != "inner").map(|member| member.id)
}

/// The surface of a multipolygon relation, holes cut out. Rings that the extract does not hold
/// whole are left out.
fn assembled(data: &OsmData, relation: &Relation) -> MultiPolygon<f64> {
    let rings = |is_inner: bool| {
        let ways = relation.members.iter().filter(|member| member.kind == MemberKind::Way);
        let ways = ways.filter(|member| (&*member.role == "inner") == is_inner);
        let pieces = ways.filter_map(|member| data.way(member.id)).map(|way| way.nodes.clone()).collect();
        let closed = join(pieces).into_iter().filter_map(|run| ring_on_grid(data, &run));
        let none = MultiPolygon::new(Vec::new());
        closed.fold(none, |all, ring| all.union(&Polygon::new(ring, Vec::new())))
    };
    rings(false).difference(&rings(true))
}

fn drawn_surface(surface: Surface, shape: MultiPolygon<f64>, tags: &Tags, id: String) -> Option<DrawnSurface> {
    let unit = units_per_metre(shape.bounding_rect()?.center().y);
    let shape = shape.simplify(SIMPLIFY_M * unit);
    let is_large = shape.unsigned_area() > AREA_MIN_M2 * unit * unit;
    let name = tags.get("name").map(str::to_owned);
    is_large.then_some(DrawnSurface { surface, shape, name, id: Some(id) })
}

fn ring_on_grid(data: &OsmData, nodes: &[i64]) -> Option<LineString<f64>> {
    let is_whole = nodes.len() > 3 && nodes.first() == nodes.last();
    let corners: Option<Vec<_>> = nodes.iter().map(|node| data.position(*node).map(on_grid)).collect();
    is_whole.then_some(LineString::new(corners?))
}

/// The line through the nodes that the extract holds.
fn line_on_grid(data: &OsmData, nodes: &[i64]) -> Option<LineString<f64>> {
    let corners: Vec<_> = nodes.iter().filter_map(|node| data.position(*node).map(on_grid)).collect();
    let unit = units_per_metre(corners.first()?.y);
    (corners.len() > 1).then(|| LineString::new(corners).simplify(SIMPLIFY_M * unit))
}

#[cfg(test)]
mod tests {
    use super::super::reading::Member;
    use super::*;
    use geo::{Contains, Point};

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        Tags(pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect())
    }

    fn way(id: i64, nodes: &[i64], pairs: &[(&str, &str)]) -> Way {
        Way { id, nodes: nodes.to_vec(), tags: tags(pairs), updated: None }
    }

    /// Nodes 0 to 99 on a grid of 10 by 10, about 11 m apart.
    fn squared_paper() -> OsmData {
        let place = |id: i64| (id, (437_300_000 + (id / 10) as i32 * 1000, 74_200_000 + (id % 10) as i32 * 1000));
        let mut data = OsmData::default();
        data.nodes = (0..100).map(place).collect();
        data
    }

    fn at(row: f64, column: f64) -> Point<f64> {
        let position = crate::content::Position { lat: 43.73 + row * 1e-4, lon: 7.42 + column * 1e-4 };
        Point(on_grid(position))
    }

    #[test]
    fn a_relation_in_pieces_is_one_building_with_a_court() {
        let member = |id, role: &str| Member { kind: MemberKind::Way, id, role: role.into() };
        let mut data = squared_paper();
        data.ways = vec![
            way(1, &[0, 5, 55], &[]),
            way(2, &[0, 50, 55], &[("building", "yes")]),
            way(3, &[22, 23, 33, 32, 22], &[("natural", "wood")]),
        ];
        data.relations = vec![Relation {
            id: 9,
            members: vec![member(1, "outer"), member(2, "outer"), member(3, "inner")],
            tags: tags(&[("type", "multipolygon"), ("building", "yes"), ("name", "Palais")]),
            updated: None,
        }];
        data.index_ways();
        let drawn = surfaces(&data);
        let building = drawn.iter().find(|one| one.surface == Surface::Building).expect("the palace");
        assert_eq!((building.name.as_deref(), building.id.as_deref()), (Some("Palais"), Some("relation/9")));
        assert!(building.shape.contains(&at(1.0, 1.0)));
        assert!(!building.shape.contains(&at(2.5, 2.5)), "the court is open");
        assert!(!building.shape.contains(&at(7.0, 7.0)));
        assert_eq!(drawn.iter().filter(|one| one.surface == Surface::Green).count(), 1, "the court is a wood");
    }
}
