use super::reading::{Read, Reading, Word};
use super::{Common, Id};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How one slide follows another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransitionKind {
    Cut,
    #[default]
    Fade,
    Slide,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Transition {
    pub kind: TransitionKind,
    pub millis: u32,
}

impl Default for Transition {
    fn default() -> Self {
        Self { kind: TransitionKind::Fade, millis: 400 }
    }
}

/// Slots shown one after the other, again and again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Playlist {
    #[serde(flatten)]
    pub common: Common,
    /// Playlist items, in order. One may stand here more than once.
    pub slots: Vec<Id>,
    /// How the panel is divided; none means not at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<Id>,
    /// What plays in the other regions of the layout: by name of the region the id of a playlist.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub regions: BTreeMap<String, Id>,
    pub transition: Transition,
    /// What the town shows when nothing else is on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

impl Word for TransitionKind {}

impl Read for Transition {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        const MILLIS_MAX: u32 = 5_000;
        let usual = Self::default();
        let mut fields = reading.fields(value)?;
        Some(Self {
            kind: fields.get("kind"),
            millis: fields.get_or_if("millis", usual.millis, "at most 5000 milliseconds are expected", |millis| {
                *millis <= MILLIS_MAX
            }),
        })
    }
}

impl Read for Playlist {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            common: fields.flat(Common::from_fields),
            slots: fields.get("slots"),
            layout: fields.get("layout"),
            regions: fields.get("regions"),
            transition: fields.get("transition"),
            default: fields.get("default"),
        })
    }
}
