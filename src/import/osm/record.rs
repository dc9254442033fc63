use super::kinds::is_record;
use super::outline::{Outline, middle_of, outer_ring};
use super::reading::{MemberKind, OsmData, Relation, Tags};
use crate::content::{Id, Position};
use chrono::{DateTime, Utc};

/// An element that may become a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<'a> {
    /// `node/1`, `way/2`, `relation/3`: as the source calls it.
    pub name: String,
    pub key: (MemberKind, i64),
    pub tags: &'a Tags,
    /// `None` when the extract holds none of its points.
    pub position: Option<Position>,
    /// Of a closed way or multipolygon.
    pub outline: Option<Outline>,
    pub updated: Option<DateTime<Utc>>,
}

impl Record<'_> {
    /// The id of its item.
    pub fn id(&self) -> Id {
        Id(format!("osm:{}", self.name))
    }
}

/// Every record of the file, in its order.
pub fn records(data: &OsmData) -> Vec<Record<'_>> {
    let nodes = data.tagged.iter().filter(|node| is_record(&node.tags)).map(|node| Record {
        name: format!("node/{}", node.id),
        key: (MemberKind::Node, node.id),
        tags: &node.tags,
        position: Some(node.position),
        outline: None,
        updated: node.updated,
    });
    let ways = data.ways.iter().filter(|way| is_record(&way.tags)).map(|way| {
        let line = data.line(way);
        let outline = if way.is_closed() { Outline::new(&line) } else { None };
        Record {
            name: format!("way/{}", way.id),
            key: (MemberKind::Way, way.id),
            tags: &way.tags,
            position: outline.as_ref().and_then(Outline::middle).or_else(|| middle_of(&line)),
            outline,
            updated: way.updated,
        }
    });
    let relations = data.relations.iter().filter(|relation| is_record(&relation.tags)).map(|relation| {
        let outline = outer_ring(data, relation);
        Record {
            name: format!("relation/{}", relation.id),
            key: (MemberKind::Relation, relation.id),
            tags: &relation.tags,
            position: outline.as_ref().and_then(Outline::middle).or_else(|| middle_of(&points(data, relation))),
            outline,
            updated: relation.updated,
        }
    });
    nodes.chain(ways).chain(relations).collect()
}

/// Where the members of a relation without an outer edge lie.
fn points(data: &OsmData, relation: &Relation) -> Vec<Position> {
    let mut all = Vec::new();
    for member in &relation.members {
        match member.kind {
            MemberKind::Node => all.extend(data.position(member.id)),
            MemberKind::Way => all.extend(data.way(member.id).and_then(|way| middle_of(&data.line(way)))),
            MemberKind::Relation => {}
        }
    }
    all
}
