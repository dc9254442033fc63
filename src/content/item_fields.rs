use super::reading::{Fields, Read, Reading};
use super::{Localized, MediaRef};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `<source>:<record id>`, opaque, at most [`Id::MAX_BYTES`] bytes, never reused.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub String);

impl Id {
    pub const MAX_BYTES: usize = 128;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Not empty, not longer than [`Id::MAX_BYTES`], no control characters.
    pub fn is_valid(&self) -> bool {
        !self.0.is_empty() && self.0.len() <= Self::MAX_BYTES && !self.0.chars().any(char::is_control)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// When an item may be shown; an open end means no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Validity {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
}

impl Validity {
    pub fn contains(&self, now: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

/// Where an item comes from and under which terms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    pub source: String,
    pub licence: String,
    /// The line that the licence wants shown.
    pub credit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<DateTime<Utc>>,
    /// How surely what this source says is about this item, in percent; none where it is the item's own source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
}

/// What every kind of item has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Common {
    pub id: Id,
    /// Ids of items merged into this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Id>,
    pub title: Localized,
    /// One or two sentences.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub summary: Localized,
    /// The long text: paragraphs apart by an empty line, `## ` heads, `- ` lists and `=> ADDRESS WORDS` links, each on a
    /// line of its own, nothing else.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub text: Localized,
    /// The easy-to-read version (FALC), written by people, never generated.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub easy: Localized,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The display groups that show it, by name or tag; none given means every group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    #[serde(skip_serializing_if = "Validity::is_open")]
    pub valid: Validity,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<MediaRef>,
    /// Web page by language tag; a QR code takes the visitor's.
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub link: Localized,
    /// Written to show what a town could write; marked as such on screen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
}

impl Read for Id {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let id = Self(String::read(value, reading)?);
        if !id.is_valid() {
            reading.problem("an id has 1 to 128 bytes and no control characters", value);
            return None;
        }
        Some(id)
    }
}

impl Read for Validity {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let valid = Self { from: fields.get("from"), until: fields.get("until") };
        if let (Some(from), Some(until)) = (valid.from, valid.until)
            && until <= from
        {
            fields.problem("until", "it is not after from: the item never shows");
        }
        Some(valid)
    }
}

impl Read for Provenance {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            source: fields.get("source"),
            licence: fields.get("licence"),
            credit: fields.get("credit"),
            updated: fields.get("updated"),
            confidence: fields.get_if("confidence", "percent from 0 to 100 are expected", |percent: &Option<u8>| {
                percent.is_none_or(|percent| percent <= 100)
            }),
        })
    }
}

impl Common {
    pub(super) fn from_fields(fields: &mut Fields<'_, '_, '_>) -> Self {
        Self {
            id: fields.get("id"),
            aliases: fields.get("aliases"),
            title: fields.get("title"),
            summary: fields.get("summary"),
            text: fields.get("text"),
            easy: fields.get("easy"),
            tags: fields.get("tags"),
            groups: fields.get("groups"),
            valid: fields.get("valid"),
            provenance: fields.get("provenance"),
            media: fields.get("media"),
            link: fields.get("link"),
            sample: fields.get("sample"),
        }
    }
}
