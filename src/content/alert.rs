use super::reading::{Read, Reading, Word};
use super::{AlertArea, Common, Id, Localized};
use chrono::{DateTime, Utc};
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

/// How soon to act (CAP 1.2, 3.2.2 `urgency`). What is over is no warning any more and has no word here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    Immediate,
    /// Within the next hour.
    Expected,
    Future,
    #[default]
    Unknown,
}

/// How sure it is (CAP 1.2, 3.2.2 `certainty`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    Observed,
    /// More than even odds.
    Likely,
    Possible,
    Unlikely,
    #[default]
    Unknown,
}

/// What kind of thing is warned of (CAP 1.2, 3.2.2 `category`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// The ground: earthquakes, landslides.
    Geo,
    /// Weather and floods.
    Met,
    /// Safety in general.
    Safety,
    /// Police and military.
    Security,
    Rescue,
    Fire,
    Health,
    /// Pollution and other harm to the environment.
    Env,
    Transport,
    /// Utilities: water, power, telephone.
    Infra,
    /// Chemical, biological, radiological, nuclear, explosive.
    Cbrne,
    #[default]
    Other,
}

/// A public warning, in force as long as it is valid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Alert {
    #[serde(flatten)]
    pub common: Common,
    pub severity: Severity,
    pub urgency: Urgency,
    pub certainty: Certainty,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<Hazard>,
    /// What happens, in a word or two: "Flood".
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub event: Localized,
    /// When it is expected to begin, which may be after people were told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onset: Option<DateTime<Utc>>,
    /// Who warns, as the public knows it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sender: String,
    /// What to do, verb first.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub instruction: Localized,
    /// Where it holds; none given means everywhere that the town's screens stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AlertArea>,
    /// A test or an exercise: only for displays that are set to show drills.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub drill: bool,
    /// The prepared warning that this one puts in force: what this one does not say, that one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activates: Option<Id>,
}

impl Alert {
    /// When it was last changed, as far as its sources say.
    pub fn updated(&self) -> Option<DateTime<Utc>> {
        self.common.provenance.iter().filter_map(|provenance| provenance.updated).max()
    }

    /// One of each id, in the order of their first: the real thing before a drill, then what was updated last, then what
    /// comes first.
    pub fn latest<'a>(alerts: impl IntoIterator<Item = &'a Self>) -> Vec<&'a Self> {
        let mut latest: Vec<&Self> = Vec::new();
        for alert in alerts {
            match latest.iter_mut().find(|other| other.common.id == alert.common.id) {
                Some(other) if (!alert.drill, alert.updated()) > (!other.drill, other.updated()) => *other = alert,
                Some(_) => {}
                None => latest.push(alert),
            }
        }
        latest
    }
}

impl Word for Severity {}
impl Word for Urgency {}
impl Word for Certainty {}
impl Word for Hazard {}

impl Read for Alert {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        // A drill read as the real thing would empty a street.
        let drill = fields.whole(|fields| fields.get("drill"));
        let activates: Option<Id> = fields.get("activates");
        let severity = if activates.is_some() {
            // Moderate, as elsewhere, would belittle what was prepared for the worst.
            let said: Option<Severity> =
                fields.needed("severity", "what activates says how grave it is: taken for extreme");
            said.unwrap_or(Severity::Extreme)
        } else {
            fields.get("severity")
        };
        Some(Self {
            common: fields.flat(Common::from_fields),
            severity,
            urgency: fields.get("urgency"),
            certainty: fields.get("certainty"),
            hazards: fields.get("hazards"),
            event: fields.get("event"),
            onset: fields.get("onset"),
            sender: fields.get("sender"),
            instruction: fields.get("instruction"),
            areas: fields.get("areas"),
            drill: drill?,
            activates,
        })
    }
}
