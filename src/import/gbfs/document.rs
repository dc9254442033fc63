use crate::import::json_records::{Around, Shape, from_bytes};
use serde_json::{Map, Value};

/// What every GBFS file has around its data (GBFS, "Output format").
#[derive(Debug, Default)]
pub struct Head {
    /// `last_updated`, `ttl`, `version`.
    pub fields: Map<String, Value>,
    /// The fields of `data`, its list aside.
    pub data: Map<String, Value>,
    /// Whether there was the list, though perhaps an empty one.
    pub is_list: bool,
}

/// The most elements of a list.
const ELEMENTS_MAX: u64 = 100_000;

/// Reads a GBFS file; every element of the list in its `data`, whatever of `lists` that is called, goes to
/// `on_element`, or `None` for one that is larger than any is. With it the reason where the file breaks off.
///
/// # Errors
/// In words, when it is no GBFS file at all.
pub fn read(
    bytes: &[u8],
    lists: Lists,
    on_element: &mut dyn FnMut(Option<&Value>),
) -> Result<(Head, Option<String>), String> {
    let shape = Shape { lists: lists.0, records_max: ELEMENTS_MAX, ..Shape::PLAIN };
    let (Around { head, inside, is_list, .. }, read) = from_bytes(shape, bytes, &mut |_, element| on_element(element));
    let broken_off = read.err().map(|error| error.reason);
    match inside {
        Some(data) => Ok((Head { fields: head, data, is_list }, broken_off)),
        None => Err(format!("not a GBFS file: {}", broken_off.unwrap_or_else(|| "it has no data".to_owned()))),
    }
}

/// The list that a file has in its `data`.
#[derive(Clone, Copy, Debug)]
pub struct Lists(&'static [&'static str]);

pub const FEEDS: Lists = Lists(&["data", "feeds"]);
pub const STATIONS: Lists = Lists(&["data", "stations"]);
pub const VEHICLE_TYPES: Lists = Lists(&["data", "vehicle_types"]);
/// No list: all of `data` is fields.
pub const NONE: Lists = Lists(&["data"]);
