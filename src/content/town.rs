use super::localized::language_tag;
use super::reading::{Read, Reading};
use super::{Desk, Localized, Position};
use serde::{Deserialize, Serialize};

/// A telephone number worth knowing by heart: 112, 114.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Number {
    pub number: String,
    pub name: Localized,
}

/// `town.json`: the town whose content this is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Town {
    pub name: Localized,
    /// IANA time zone.
    pub zone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Where the display stands unless its configuration says otherwise; else the middle of the places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// The order in which another language is tried when the visitor's is missing.
    pub fallback: Vec<String>,
    pub desk: Desk,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emergency: Vec<Number>,
    /// The name of a theme in `assets/themes`; empty means the display's own choice.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub theme: String,
    /// The credit line that the map data's licence wants shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub map_credit: String,
}

impl Default for Town {
    fn default() -> Self {
        Self {
            name: Localized::default(),
            zone: "Europe/Paris".to_owned(),
            country: "FR".to_owned(),
            position: None,
            fallback: vec!["fr".to_owned(), "en".to_owned()],
            desk: Desk::default(),
            emergency: Vec::new(),
            theme: String::new(),
            map_credit: String::new(),
        }
    }
}

impl Read for Number {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self { number: fields.get("number"), name: fields.get("name") })
    }
}

impl Read for Town {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let usual = Self::default();
        let mut fields = reading.fields(value)?;
        let country = |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        let languages = |all: &Vec<String>| all.iter().all(|tag| language_tag(tag).as_ref() == Some(tag));
        Some(Self {
            name: fields.get("name"),
            zone: fields.get_or_if("zone", usual.zone, super::event::NO_ZONE, |zone| super::event::is_zone(zone)),
            country: fields.get_or_if("country", usual.country, "two capital letters like FR are expected", country),
            position: fields.get("position"),
            fallback: fields.get_or_if("fallback", usual.fallback, "language tags like fr are expected", languages),
            desk: fields.get("desk"),
            emergency: fields.get("emergency"),
            theme: fields.get("theme"),
            map_credit: fields.get("map_credit"),
        })
    }
}
