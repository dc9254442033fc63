use super::super::{ImportError, Progress};
use crate::content::{Position, Problem};
use chrono::{DateTime, Utc};
use osmpbf::{BlobDecode, BlobReader, Element, HeaderBlock, PrimitiveBlock, RelMemberType};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

/// How much of a file is read at most: the extract of a town with its surroundings, not of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub file_bytes: u64,
    pub nodes: usize,
    pub ways: usize,
    pub relations: usize,
    /// References from ways to nodes and from relations to members, all together.
    pub references: usize,
    /// Keys and values of all tags together with what it takes to hold them, in bytes.
    pub tag_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            nodes: 40_000_000,
            ways: 6_000_000,
            relations: 500_000,
            references: 80_000_000,
            tag_bytes: 1 << 30,
        }
    }
}

/// The tags of one element, in the file's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(pub Vec<(Box<str>, Box<str>)>);

impl Tags {
    /// The value of `key` without surrounding spaces, when there is one that says something.
    pub fn get(&self, key: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| &**known == key)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    pub fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (&**key, value.trim()))
    }
}

/// A node that carries tags.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub id: i64,
    pub position: Position,
    pub tags: Tags,
    pub updated: Option<DateTime<Utc>>,
}

/// A line or, when closed, an outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    pub id: i64,
    /// Node ids; some may lie outside the extract.
    pub nodes: Vec<i64>,
    pub tags: Tags,
    pub updated: Option<DateTime<Utc>>,
}

impl Way {
    /// Ends where it begins, and has an inside.
    pub fn is_closed(&self) -> bool {
        self.nodes.len() > 3 && self.nodes.first() == self.nodes.last()
    }
}

/// What a member of a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberKind {
    Node,
    Way,
    Relation,
}

/// A member of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub kind: MemberKind,
    pub id: i64,
    /// "outer", "inner", or any other word.
    pub role: Box<str>,
}

/// Elements that belong together: a multipolygon, a bus line, a square.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relation {
    pub id: i64,
    pub members: Vec<Member>,
    pub tags: Tags,
    pub updated: Option<DateTime<Utc>>,
}

/// Everything in an OpenStreetMap PBF file that a town needs, in the file's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OsmData {
    /// Every node's place as (latitude, longitude) in 10⁻⁷ degrees; ask [`OsmData::position`].
    pub nodes: HashMap<i64, (i32, i32)>,
    pub tagged: Vec<Node>,
    pub ways: Vec<Way>,
    pub relations: Vec<Relation>,
    /// The extract's own bounds, south-west and north-east.
    pub bounds: Option<(Position, Position)>,
    /// Parts of the file that could not be read; their `source` is left to whoever knows what the file is called.
    pub problems: Vec<Problem>,
    way_index: HashMap<i64, usize>,
    cut: Option<Cut>,
}

/// What is kept of an extract that holds more than is wanted. A file has nodes first, then ways, then relations.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cut {
    /// South, west, north, east, in 10⁻⁷ degrees.
    sides: [i64; 4],
    tagged: HashSet<i64>,
    ways: HashSet<i64>,
}

impl Cut {
    /// How far around is kept as well, in 10⁻⁷ degrees: streets lead on, and distances do not end at a boundary.
    const AROUND: f64 = 100_000.0;

    fn around((south_west, north_east): (Position, Position)) -> Self {
        let out = |degrees: f64, by: f64| (degrees * 1e7 + by) as i64;
        let (south, west) = (out(south_west.lat, -Self::AROUND), out(south_west.lon, -Self::AROUND));
        let (north, east) = (out(north_east.lat, Self::AROUND), out(north_east.lon, Self::AROUND));
        Self { sides: [south, west, north, east], ..Self::default() }
    }

    /// `at` is latitude and longitude in 10⁻⁹ degrees.
    fn holds(&self, at: (i64, i64)) -> bool {
        let [south, west, north, east] = self.sides;
        (south..=north).contains(&(at.0 / 100)) && (west..=east).contains(&(at.1 / 100))
    }

    fn holds_member(&self, member: &Member) -> bool {
        match member.kind {
            MemberKind::Node => self.tagged.contains(&member.id),
            MemberKind::Way => self.ways.contains(&member.id),
            MemberKind::Relation => false,
        }
    }
}

impl OsmData {
    /// Reads a whole `.osm.pbf` file.
    ///
    /// # Errors
    /// When it cannot be opened, is no OpenStreetMap PBF, is cut off, or is larger than [`Limits`] allow.
    pub fn read(path: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Self, ImportError> {
        Self::read_between(path, None, progress)
    }

    /// As [`OsmData::read`], but only what lies between these corners (south-west and north-east) and around.
    ///
    /// # Errors
    /// As [`OsmData::read`].
    pub fn read_between(
        path: &Path,
        corners: Option<(Position, Position)>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, ImportError> {
        Self::read_within(path, &Limits::default(), corners, progress)
    }

    fn read_within(
        path: &Path,
        limits: &Limits,
        corners: Option<(Position, Position)>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, ImportError> {
        let unreadable = |error| ImportError::Unreadable { path: path.to_owned(), error };
        let refused = |reason: String| ImportError::NotThisFormat { from: path.display().to_string(), reason };
        let total = std::fs::metadata(path).map_err(unreadable)?.len();
        if total > limits.file_bytes {
            let (has, most) = (total >> 20, limits.file_bytes >> 20);
            return Err(refused(format!("{has} MiB is too large, at most {most} MiB: cut out the town alone")));
        }
        let file = File::open(path).map_err(unreadable)?;
        let mut told = |done| progress(Progress { doing: "reading the map", done, total });
        let data = Self::read_from(BufReader::new(file), limits, corners, &mut told).map_err(refused)?;
        told(total);
        Ok(data)
    }

    /// `told` hears how many bytes are read. Errors are in words for staff.
    fn read_from(
        from: impl Read + Seek + Send,
        limits: &Limits,
        corners: Option<(Position, Position)>,
        told: &mut dyn FnMut(u64),
    ) -> Result<Self, String> {
        let blobs = BlobReader::new_seekable(from).map_err(|error| error.to_string())?;
        let mut data = Self { cut: corners.map(Cut::around), ..Self::default() };
        let mut left = *limits;
        let mut has_header = false;
        for blob in blobs {
            let blob = blob.map_err(|error| format!("cut off or no OpenStreetMap PBF: {error}"))?;
            let at = blob.offset().map_or(0, |offset| offset.0);
            told(at);
            match blob.decode() {
                Ok(BlobDecode::OsmHeader(header)) => {
                    has_header = true;
                    data.take_header(&header)?;
                }
                Ok(BlobDecode::OsmData(block)) if has_header => data.take_block(&block, &mut left)?,
                Ok(BlobDecode::OsmData(_)) => break,
                Ok(BlobDecode::Unknown(_)) => {}
                Err(error) => data.problems.push(damaged(at, &error.to_string())),
            }
        }
        if !has_header {
            return Err("no OpenStreetMap PBF: its header is missing".to_owned());
        }
        data.index_ways();
        data.bounds = corners.or(data.bounds);
        Ok(data)
    }

    /// Makes [`OsmData::way`] find every way there is.
    pub(super) fn index_ways(&mut self) {
        self.way_index = self.ways.iter().enumerate().map(|(at, way)| (way.id, at)).collect();
    }

    /// Where a node stands; `None` when the extract lacks it.
    pub fn position(&self, node: i64) -> Option<Position> {
        let (lat, lon) = *self.nodes.get(&node)?;
        Position::new(f64::from(lat) / 1e7, f64::from(lon) / 1e7)
    }

    pub fn way(&self, id: i64) -> Option<&Way> {
        self.ways.get(*self.way_index.get(&id)?)
    }

    /// The points of a way that the extract has, in order.
    pub fn line(&self, way: &Way) -> Vec<Position> {
        way.nodes.iter().filter_map(|node| self.position(*node)).collect()
    }

    fn take_header(&mut self, header: &HeaderBlock) -> Result<(), String> {
        let known = ["OsmSchema-V0.6", "DenseNodes"];
        if let Some(feature) = header.required_features().iter().find(|feature| !known.contains(&feature.as_str())) {
            return Err(format!("needs \"{feature}\", which this reader does not know"));
        }
        self.bounds = header
            .bbox()
            .and_then(|bounds| Position::new(bounds.bottom, bounds.left).zip(Position::new(bounds.top, bounds.right)));
        Ok(())
    }

    fn take_block(&mut self, block: &PrimitiveBlock, left: &mut Limits) -> Result<(), String> {
        let strings = block.raw_stringtable();
        for element in block.elements() {
            match element {
                Element::DenseNode(node) if node.info().is_none_or(osmpbf::DenseNodeInfo::visible) => {
                    let tags = tags(strings, node.raw_tags().map(|(key, value)| (key as usize, value as usize)), left)?;
                    let updated = node.info().and_then(|info| DateTime::from_timestamp_millis(info.milli_timestamp()));
                    self.take_node(node.id(), (node.nano_lat(), node.nano_lon()), tags, updated, left)?;
                }
                Element::Node(node) if node.info().visible() => {
                    let tags = tags(strings, node.raw_tags().map(|(key, value)| (key as usize, value as usize)), left)?;
                    let updated = node.info().milli_timestamp().and_then(DateTime::from_timestamp_millis);
                    self.take_node(node.id(), (node.nano_lat(), node.nano_lon()), tags, updated, left)?;
                }
                Element::Way(way) if way.info().visible() => {
                    if !self.keeps_way(way.id(), way.refs()) {
                        continue;
                    }
                    spend(&mut left.ways, 1, "ways")?;
                    spend(&mut left.references, way.raw_refs().len(), "references")?;
                    self.ways.push(Way {
                        id: way.id(),
                        nodes: way.refs().collect(),
                        tags: tags(strings, way.raw_tags().map(|(key, value)| (key as usize, value as usize)), left)?,
                        updated: way.info().milli_timestamp().and_then(DateTime::from_timestamp_millis),
                    });
                }
                Element::Relation(relation) if relation.info().visible() => {
                    let members: Vec<Member> = relation.members().map(|member| read_member(&member)).collect();
                    if self.cut.as_ref().is_some_and(|cut| !members.iter().any(|member| cut.holds_member(member))) {
                        continue;
                    }
                    spend(&mut left.relations, 1, "relations")?;
                    spend(&mut left.references, relation.members().len(), "references")?;
                    let pairs = relation.raw_tags().map(|(key, value)| (key as usize, value as usize));
                    self.relations.push(Relation {
                        id: relation.id(),
                        members,
                        tags: tags(strings, pairs, left)?,
                        updated: relation.info().milli_timestamp().and_then(DateTime::from_timestamp_millis),
                    });
                }
                Element::DenseNode(_) | Element::Node(_) | Element::Way(_) | Element::Relation(_) => {}
            }
        }
        Ok(())
    }

    /// Whether a way touches what is wanted.
    fn keeps_way(&mut self, id: i64, mut nodes: impl Iterator<Item = i64>) -> bool {
        let Some(cut) = &mut self.cut else { return true };
        let touches = nodes.any(|node| self.nodes.contains_key(&node));
        if touches {
            cut.ways.insert(id);
        }
        touches
    }

    /// `at` is latitude and longitude in 10⁻⁹ degrees. A node that is nowhere on Earth is left out with a problem.
    fn take_node(
        &mut self,
        id: i64,
        at: (i64, i64),
        tags: Tags,
        updated: Option<DateTime<Utc>>,
        left: &mut Limits,
    ) -> Result<(), String> {
        match &mut self.cut {
            Some(cut) if !cut.holds(at) => return Ok(()),
            Some(cut) if !tags.0.is_empty() => drop(cut.tagged.insert(id)),
            _ => {}
        }
        spend(&mut left.nodes, 1, "nodes")?;
        if let (Ok(lat), Ok(lon)) = (i32::try_from(at.0 / 100), i32::try_from(at.1 / 100)) {
            self.nodes.insert(id, (lat, lon));
        }
        match self.position(id) {
            _ if tags.0.is_empty() => {}
            Some(position) => self.tagged.push(Node { id, position, tags, updated }),
            None => self.problems.push(Problem::new("", format!("node/{id}"), "position", "nowhere on Earth")),
        }
        Ok(())
    }
}

fn read_member(member: &osmpbf::RelMember<'_>) -> Member {
    Member {
        kind: match member.member_type {
            RelMemberType::Node => MemberKind::Node,
            RelMemberType::Way => MemberKind::Way,
            RelMemberType::Relation => MemberKind::Relation,
        },
        id: member.member_id,
        role: member.role().unwrap_or_default().into(),
    }
}

/// Reads tags by their places in the block's table of strings; bytes that are no UTF-8 become U+FFFD.
fn tags(strings: &[Vec<u8>], pairs: impl Iterator<Item = (usize, usize)>, left: &mut Limits) -> Result<Tags, String> {
    let mut all = Vec::new();
    for (key, value) in pairs {
        let (Some(key), Some(value)) = (strings.get(key), strings.get(value)) else { continue };
        spend(&mut left.tag_bytes, key.len() + value.len() + size_of::<(Box<str>, Box<str>)>(), "bytes of tags")?;
        all.push((String::from_utf8_lossy(key).into(), String::from_utf8_lossy(value).into()));
    }
    Ok(Tags(all))
}

fn spend(left: &mut usize, count: usize, what: &str) -> Result<(), String> {
    *left = left.checked_sub(count).ok_or_else(|| format!("too many {what}: cut out the town alone"))?;
    Ok(())
}

fn damaged(at: u64, error: &str) -> Problem {
    Problem::new("", format!("byte {at}"), "", format!("this part of the file is damaged: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    const TOWN: &[u8] = include_bytes!("../../../tests/import/osm/town/input.osm.pbf");
    const PLAIN: &[u8] = include_bytes!("../../../tests/import/osm/damaged-block/input.osm.pbf");

    fn read(bytes: &[u8], limits: &Limits) -> Result<OsmData, String> {
        OsmData::read_from(Cursor::new(bytes), limits, None, &mut |_| {})
    }

    #[test]
    fn a_town_is_read_whole() {
        let data = read(TOWN, &Limits::default()).unwrap();
        assert_eq!((data.nodes.len(), data.tagged.len(), data.ways.len(), data.relations.len()), (23, 17, 4, 5));
        let (south_west, _) = data.bounds.unwrap();
        assert!((south_west.lat - 43.729).abs() < 1e-9 && (south_west.lon - 7.419).abs() < 1e-9);
        assert_eq!(data.position(1), Some(Position { lat: 43.73, lon: 7.42 }));
        let way = data.way(103).unwrap();
        assert!(way.is_closed() && data.line(way).is_empty());
        assert_eq!(data.tagged[0].updated, DateTime::parse_from_rfc3339("2024-01-02T03:04:05Z").ok().map(Into::into));
        assert!(data.problems.is_empty());
    }

    #[test]
    fn a_broken_block_costs_only_itself() {
        let data = read(PLAIN, &Limits::default()).unwrap();
        assert_eq!((data.tagged.len(), data.ways.len(), data.relations.len()), (17, 4, 0));
        assert_eq!(data.problems.len(), 1);
    }

    #[test]
    fn each_limit_holds() {
        let all = Limits::default();
        for (limits, word) in [
            (Limits { nodes: 22, ..all }, "nodes"),
            (Limits { ways: 3, ..all }, "ways"),
            (Limits { relations: 4, ..all }, "relations"),
            (Limits { references: 11, ..all }, "references"),
            (Limits { tag_bytes: 1000, ..all }, "tags"),
        ] {
            let error = read(TOWN, &limits).unwrap_err();
            assert!(error.starts_with("too many") && error.contains(word), "{error}");
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/osm/town/input.osm.pbf");
        assert!(OsmData::read_within(&path, &Limits { file_bytes: 100, ..all }, None, &mut |_| {}).is_err());
    }

    #[test]
    fn what_is_no_map_is_refused_in_words() {
        assert!(read(b"", &Limits::default()).unwrap_err().contains("header"));
        assert!(read(b"{\"format\":1,\"items\":[]}", &Limits::default()).unwrap_err().contains("no OpenStreetMap PBF"));
        assert!(read(&TOWN[..TOWN.len() - 20], &Limits::default()).unwrap_err().starts_with("cut off"));
    }

    proptest! {
        /// Whatever bytes change in a file, reading it and making places of it ends, without harm.
        #[test]
        fn any_broken_file_is_survived(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
            let mut bytes = PLAIN.to_vec();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Ok(data) = read(&bytes, &Limits::default()) {
                let imported = super::super::places(&data, "input.osm.pbf", &mut |_| {});
                prop_assert!(imported.items.len() <= imported.records);
            }
        }
    }
}
