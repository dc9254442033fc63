use super::reading::{Read, Reading};
use super::{Common, Id, Localized};
use serde::{Deserialize, Serialize};

/// Where and when a person can be spoken to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Desk {
    pub name: Localized,
    pub phone: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Opening hours in OpenStreetMap syntax.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hours: String,
    /// BCP 47 tags of the languages spoken there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Id>,
}

/// An administrative procedure in plain words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    #[serde(flatten)]
    pub common: Common,
    /// What to do, in order.
    pub steps: Vec<Localized>,
    /// What to bring.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Localized>,
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub cost: Localized,
    /// How long it takes.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub delay: Localized,
    /// Online procedure by language tag.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub online: Localized,
    /// Online payment by language tag.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub payment: Localized,
    /// `None`: the town's own desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<Desk>,
}

impl Read for Desk {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            name: fields.get("name"),
            phone: fields.get("phone"),
            address: fields.get("address"),
            hours: fields.get("hours"),
            languages: fields.get("languages"),
            place: fields.get("place"),
        })
    }
}

impl Read for Service {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            common: fields.flat(Common::from_fields),
            steps: fields.get("steps"),
            documents: fields.get("documents"),
            cost: fields.get("cost"),
            delay: fields.get("delay"),
            online: fields.get("online"),
            payment: fields.get("payment"),
            desk: fields.get("desk"),
        })
    }
}
