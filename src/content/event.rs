use super::reading::{Read, Reading, Word};
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

impl EventStatus {
    /// Worth inviting anybody to.
    pub fn takes_place(self) -> bool {
        !matches!(self, Self::Postponed | Self::Full | Self::Cancelled)
    }
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

impl Event {
    /// Nobody needs to go anywhere: it is online, or was moved there.
    pub fn is_online(&self) -> bool {
        self.attendance == Attendance::Online || self.status == EventStatus::MovedOnline
    }
}

pub(super) const NO_ZONE: &str = "no time zone of this name is known; one like Europe/Paris is expected";

/// Whether the name is in the IANA time zone database.
pub(super) fn is_zone(name: &str) -> bool {
    name.parse::<chrono_tz::Tz>().is_ok()
}

impl Word for EventStatus {}
impl Word for Attendance {}
impl Word for EventKind {}

impl Read for Timing {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let reason = "a timing needs its begin and its end";
        let (begin, end) = (fields.needed("begin", reason), fields.needed("end", reason));
        let timing = Self { begin: begin?, end: end? };
        if timing.end < timing.begin {
            fields.problem("end", "it ends before it begins");
            return None;
        }
        Some(timing)
    }
}

impl Read for Location {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            name: fields.get("name"),
            address: fields.get("address"),
            position: fields.get("position"),
            place: fields.get("place"),
        })
    }
}

impl Read for Registration {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let reason = "phone, email or link is expected";
        let kind: Option<String> = fields.needed("kind", reason);
        let value = fields.needed("value", "the number, address or link is missing");
        let kind = kind?;
        if !matches!(kind.as_str(), "phone" | "email" | "link") {
            fields.problem("kind", reason);
            return None;
        }
        value.map(|value| Self { kind, value })
    }
}

impl Read for Event {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let mut event = Self {
            common: fields.flat(Common::from_fields),
            kind: fields.get("kind"),
            timings: fields.get("timings"),
            zone: fields.get_if("zone", NO_ZONE, |zone: &String| zone.is_empty() || is_zone(zone)),
            location: fields.get("location"),
            attendance: fields.get("attendance"),
            status: fields.get("status"),
            conditions: fields.get("conditions"),
            free: fields.get("free"),
            ages: fields.get_if("ages", "the youngest age stands first", |ages: &Option<[u8; 2]>| {
                ages.is_none_or(|[youngest, oldest]| youngest <= oldest)
            }),
            registration: fields.get("registration"),
            access: fields.get("access"),
        };
        event.timings.sort_by_key(|timing| timing.begin);
        if event.timings.is_empty() {
            fields.problem("timings", "an event needs at least one timing: it is on no day of the agenda");
        }
        Some(event)
    }
}
