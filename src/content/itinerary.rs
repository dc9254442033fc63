use super::reading::{Read, Reading, Word};
use super::{AccessFacts, Common, Id, Localized, Position, Tri};
use serde::{Deserialize, Serialize};

/// How an itinerary is travelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItineraryMode {
    #[default]
    Foot,
    Bicycle,
    Horse,
    Car,
    Boat,
    Ski,
}

/// Something to see or do on the way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Step {
    pub title: Localized,
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub text: Localized,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// The place of the town that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Id>,
}

/// A curated walk or ride.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Itinerary {
    #[serde(flatten)]
    pub common: Common,
    pub mode: ItineraryMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length_m: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_min: Option<u32>,
    /// Metres climbed in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub climb_m: Option<u32>,
    /// Whether it ends where it begins.
    pub circular: Tri,
    /// Where it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    #[serde(skip_serializing_if = "AccessFacts::is_unknown")]
    pub access: AccessFacts,
}

impl Word for ItineraryMode {}

impl Read for Step {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            title: fields.get("title"),
            text: fields.get("text"),
            position: fields.get("position"),
            place: fields.get("place"),
        })
    }
}

impl Read for Itinerary {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            common: fields.flat(Common::from_fields),
            mode: fields.get("mode"),
            length_m: fields.get("length_m"),
            duration_min: fields.get("duration_min"),
            climb_m: fields.get("climb_m"),
            circular: fields.get("circular"),
            position: fields.get("position"),
            steps: fields.get("steps"),
            access: fields.get("access"),
        })
    }
}
