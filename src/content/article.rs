use super::reading::{Read, Reading, Word};
use super::{Common, Id};
use serde::{Deserialize, Serialize};

/// Where in the guide an article stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// The guide for people with disabilities.
    Accessibility,
    GettingAround,
    Nature,
    /// What to do when it rains.
    Rain,
    History,
    Practical,
    /// A short notice from the town.
    Notice,
    #[default]
    Discover,
}

impl Section {
    pub const ALL: [Self; 8] = [
        Self::Accessibility,
        Self::GettingAround,
        Self::Discover,
        Self::Nature,
        Self::Rain,
        Self::History,
        Self::Practical,
        Self::Notice,
    ];
}

/// A page of the guide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    #[serde(flatten)]
    pub common: Common,
    pub section: Section,
    /// Places and events it speaks of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Id>,
}

impl Word for Section {}

impl Read for Article {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            common: fields.flat(Common::from_fields),
            section: fields.get("section"),
            related: fields.get("related"),
        })
    }
}
