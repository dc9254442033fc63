use super::Common;
use super::reading::{Read, Reading};
use serde::{Deserialize, Serialize};

/// A rectangle of the panel, in fractions of its width and height from the top left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Region {
    pub name: String,
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    /// Where the playlist itself plays. Where no region says so it is the first.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub main: bool,
}

/// How the panel is divided: full, full with a ticker, L, split, header are such data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    #[serde(flatten)]
    pub common: Common,
    pub landscape: Vec<Region>,
    /// None given: as in landscape.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub portrait: Vec<Region>,
}

impl Layout {
    /// The regions of a panel that is higher than wide, or of one that is not.
    pub fn regions(&self, is_portrait: bool) -> &[Region] {
        if is_portrait && !self.portrait.is_empty() { &self.portrait } else { &self.landscape }
    }
}

impl Read for Region {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        const SLACK: f32 = 0.001;
        let mut fields = reading.fields(value)?;
        let name = fields.needed("name", "a region needs a name");
        let mut fraction = |key| fields.needed::<f32>(key, "a fraction of the panel from 0 to 1 is expected");
        let (x, y, width, height) = (fraction("x"), fraction("y"), fraction("width"), fraction("height"));
        let region = Self { name: name?, x: x?, y: y?, width: width?, height: height?, main: fields.get("main") };
        let fits = |from: f32, size: f32| from >= 0.0 && size > 0.0 && from + size <= 1.0 + SLACK;
        if !fits(region.x, region.width) || !fits(region.y, region.height) {
            reading.problem("a region lies on the panel: from 0 to 1 both ways", value);
            return None;
        }
        Some(region)
    }
}

impl Read for Layout {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let layout = Self {
            common: fields.flat(Common::from_fields),
            landscape: fields.get("landscape"),
            portrait: fields.get("portrait"),
        };
        if layout.landscape.is_empty() {
            fields.problem("landscape", "a layout needs at least one region");
            return None;
        }
        Some(layout)
    }
}
