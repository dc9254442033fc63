use super::reader::Reader;
use crate::content::PlaceKind;
use crate::import::plain_text::one_line;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The most routes that are read.
const MAX: usize = 500_000;

/// A line as passengers know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Its number; its long name where it has none.
    pub name: String,
    /// What its stops are.
    pub stops: PlaceKind,
}

/// All lines of a feed.
#[derive(Debug, Default)]
pub struct Routes {
    pub all: Vec<Route>,
    index: HashMap<String, u32>,
}

impl Routes {
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let mut routes = Self::default();
        let columns = ["route_id", "route_short_name", "route_long_name", "route_type"];
        reader.optional("routes.txt", columns, 1, &mut |row, [id, short, long, kind], faults| {
            let short = one_line(&row.word(short));
            let name = if short.is_empty() { one_line(&row.word(long)) } else { short };
            let stops = row.word(kind).parse().map_or(PlaceKind::Stop, stops_of);
            if name.is_empty() {
                faults.row(row.line, "route_short_name", "a line needs a short or a long name", &row.word(id));
            }
            let at = u32::try_from(routes.all.len()).unwrap_or(u32::MAX);
            routes.index.entry(row.text(id)).or_insert(at);
            routes.all.push(Route { name, stops });
            if routes.all.len() < MAX { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        routes
    }

    /// The place of a route, by its id.
    pub fn at(&self, id: &str) -> Option<u32> {
        self.index.get(id).copied()
    }

    /// The route at a place.
    pub fn get(&self, at: u32) -> Option<&Route> {
        self.all.get(at as usize)
    }
}

/// What the stops of a route are by its type, of GTFS itself or of its extension (three and four digits).
fn stops_of(kind: u32) -> PlaceKind {
    match kind {
        1 | 2 | 12 | 100..=199 | 300..=499 | 500..=699 => PlaceKind::Station,
        4 | 1000..=1099 | 1200..=1299 => PlaceKind::Ferry,
        _ => PlaceKind::Stop,
    }
}
