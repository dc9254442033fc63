use super::reading::{Read, Reading, Word};
use super::{Common, Localized};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What is measured or counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveKind {
    Weather,
    Departures,
    Bikes,
    Parking,
    Air,
    #[default]
    Other,
}

/// One thing that was measured: "Lake", "19 °C".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveRow {
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub label: Localized,
    pub value: Localized,
}

/// Figures of the moment. Past their end they say nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Live {
    #[serde(flatten)]
    pub common: Common,
    pub kind: LiveKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<DateTime<Utc>>,
    pub rows: Vec<LiveRow>,
}

impl Live {
    /// Whether it still holds. What does not say until when never does.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.common.valid.contains(now) && self.valid_until.is_some_and(|until| now < until)
    }
}

impl Word for LiveKind {}

impl Read for LiveRow {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let shown = fields.needed("value", "a row needs a value");
        let label = fields.get("label");
        shown.map(|value| Self { label, value })
    }
}

impl Read for Live {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let valid_until = fields.needed("valid_until", "figures need an end: left unsaid, they are not shown");
        Some(Self {
            common: fields.flat(Common::from_fields),
            kind: fields.get("kind"),
            observed_at: fields.get("observed_at"),
            valid_until,
            rows: fields.get("rows"),
        })
    }
}
