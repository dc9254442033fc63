use super::{AccessFacts, Common, Id, Localized, Position, Tri};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// One occurrence of an event. The offset is the one in force at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    pub begin: DateTime<FixedOffset>,
    pub end: DateTime<FixedOffset>,
}

/// OpenAgenda's status codes 1 to 6.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    #[default]
    Scheduled,
    Rescheduled,
    MovedOnline,
    Postponed,
    Full,
    Cancelled,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attendance {
    #[default]
    Offline,
    Online,
    Mixed,
}

/// What an event is about: gives its icon and ink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Music,
    Stage,
    Exhibition,
    Cinema,
    Talk,
    Workshop,
    Festival,
    Market,
    Sport,
    Nature,
    Family,
    #[default]
    Other,
}

impl EventKind {
    pub const ALL: [Self; 12] = [
        Self::Music,
        Self::Stage,
        Self::Exhibition,
        Self::Cinema,
        Self::Talk,
        Self::Workshop,
        Self::Festival,
        Self::Market,
        Self::Sport,
        Self::Nature,
        Self::Family,
        Self::Other,
    ];
}

/// Where an event takes place, as its source says it; `place` joins it to a place of the town.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Location {
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Id>,
}

/// How to book: `kind` is `phone`, `email` or `link`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registration {
    pub kind: String,
    pub value: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    #[serde(flatten)]
    pub common: Common,
    pub kind: EventKind,
    /// Sorted by begin.
    pub timings: Vec<Timing>,
    /// IANA name; empty means the town's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub zone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    pub attendance: Attendance,
    pub status: EventStatus,
    /// Price and conditions in words.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub conditions: Localized,
    pub free: Tri,
    /// Youngest and oldest age welcomed, in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ages: Option<[u8; 2]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub registration: Vec<Registration>,
    #[serde(skip_serializing_if = "AccessFacts::is_unknown")]
    pub access: AccessFacts,
}
