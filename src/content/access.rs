use super::Localized;
use super::reading::{Read, Reading, Word};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Yes, no, or nobody has said: the third is never drawn or spoken like the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tri {
    Yes,
    No,
    #[default]
    Unknown,
}

/// What a visitor may say once about themselves; it then acts on every screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    Wheelchair,
    Walking,
    Sight,
    Hearing,
    Children,
}

impl Need {
    pub const ALL: [Self; 5] = [Self::Wheelchair, Self::Walking, Self::Sight, Self::Hearing, Self::Children];

    /// As it is counted.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wheelchair => "wheelchair",
            Self::Walking => "walking",
            Self::Sight => "sight",
            Self::Hearing => "hearing",
            Self::Children => "children",
        }
    }
}

/// One statement about access: what, who says so, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessFact {
    pub value: Tri,
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub details: Localized,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
}

impl AccessFact {
    pub fn is_unknown(&self) -> bool {
        self.value == Tri::Unknown && self.details.is_empty()
    }
}

/// Access by kind of need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessFacts {
    #[serde(skip_serializing_if = "AccessFact::is_unknown")]
    pub wheelchair: AccessFact,
    #[serde(skip_serializing_if = "AccessFact::is_unknown")]
    pub walking: AccessFact,
    #[serde(skip_serializing_if = "AccessFact::is_unknown")]
    pub hearing: AccessFact,
    #[serde(skip_serializing_if = "AccessFact::is_unknown")]
    pub sight: AccessFact,
    #[serde(skip_serializing_if = "AccessFact::is_unknown")]
    pub understanding: AccessFact,
    /// Made for families: changing table, children's area, ages welcomed.
    #[serde(skip_serializing_if = "AccessFact::is_unknown")]
    pub children: AccessFact,
}

impl AccessFacts {
    pub fn of(&self, need: Need) -> &AccessFact {
        match need {
            Need::Wheelchair => &self.wheelchair,
            Need::Walking => &self.walking,
            Need::Sight => &self.sight,
            Need::Hearing => &self.hearing,
            Need::Children => &self.children,
        }
    }

    pub fn is_unknown(&self) -> bool {
        self.understanding.is_unknown() && Need::ALL.iter().all(|need| self.of(*need).is_unknown())
    }
}

impl Word for Tri {}

impl Read for AccessFact {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            value: fields.get("value"),
            details: fields.get("details"),
            source: fields.get("source"),
            date: fields.get("date"),
        })
    }
}

impl Read for AccessFacts {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            wheelchair: fields.get("wheelchair"),
            walking: fields.get("walking"),
            hearing: fields.get("hearing"),
            sight: fields.get("sight"),
            understanding: fields.get("understanding"),
            children: fields.get("children"),
        })
    }
}
