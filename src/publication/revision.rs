use super::{Digest, Object};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The publication format this Parvis writes and reads.
pub const FORMAT: u32 = 1;

/// The first Parvis that reads [`FORMAT`].
pub const OLDEST_PLAYER: &str = "0.1";

/// What a display group shows: the target `<group>/revision.json`. It lists segments, never single pictures, so that it
/// does not grow with their number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    pub format: u32,
    /// The oldest Parvis that reads this format.
    pub player: String,
    pub group: String,
    /// The town, its map tiles and what else is not an item: an object that holds a [`Frame`].
    pub frame: Object,
    /// Packed segments: bucket `n` holds the items whose id falls there, see [`super::bucket`]. Empty ones are `null`.
    pub segments: Vec<Option<Object>>,
}

impl Revision {
    /// The largest `revision.json`, in bytes.
    pub const BYTES_MAX: u64 = 64 << 10;

    /// Frame and segments, each once.
    pub fn parts(&self) -> impl Iterator<Item = Object> {
        std::iter::once(self.frame).chain(self.segments.iter().copied().flatten())
    }
}

/// What a town has beside its items: a packed object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub format: u32,
    pub player: String,
    /// `town.json` as staff wrote it.
    pub town: serde_json::Value,
    /// Map tiles by path, `<z>/<x>/<y>.mvt`.
    #[serde(default)]
    pub map: BTreeMap<String, Object>,
}

/// A picture as one display group gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    pub hash: Digest,
    /// In bytes.
    pub length: u64,
    /// In px.
    pub width: u32,
    /// In px.
    pub height: u32,
}

impl Rendition {
    pub fn object(&self) -> Object {
        Object { hash: self.hash, length: self.length }
    }
}
