use super::reading::{Read, Reading, Word};
use super::{Common, Localized};
use serde::{Deserialize, Serialize};

/// How grave a warning is, in the words of the Common Alerting Protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Minor,
    #[default]
    Moderate,
    Severe,
    Extreme,
}

/// A public warning, in force as long as it is valid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Alert {
    #[serde(flatten)]
    pub common: Common,
    pub severity: Severity,
    /// What to do, verb first.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub instruction: Localized,
}

impl Word for Severity {}

impl Read for Alert {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            common: fields.flat(Common::from_fields),
            severity: fields.get("severity"),
            instruction: fields.get("instruction"),
        })
    }
}
