use serde::Deserialize;
use std::collections::BTreeMap;
use url::Url;

/// What is asked unless the operator names other services.
const BUILT_IN: &str = include_str!("../../../kiosk-config/services.toml");

/// The public services that know towns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Services {
    pub communes: Url,
    pub osm: Url,
    pub town_halls: Url,
    pub acceslibre: Url,
    pub openagenda: Url,
    pub datatourisme: Url,
    /// The path of each extract, by the beginning of an INSEE code.
    pub extracts: BTreeMap<String, String>,
    #[serde(default)]
    pub emergency: Vec<EmergencyNumber>,
}

/// A number that every screen shows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyNumber {
    pub number: String,
    /// By language tag.
    pub name: BTreeMap<String, String>,
}

impl Services {
    /// # Errors
    /// In words, naming the line that is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// # Errors
    /// Never, as its test shows.
    pub fn built_in() -> Result<Self, String> {
        Self::parse(BUILT_IN)
    }

    /// Where the OpenStreetMap extract lies that holds this commune.
    pub fn extract(&self, insee: &str) -> Option<String> {
        let path = (2..=3).rev().find_map(|letters| self.extracts.get(insee.get(..letters)?))?;
        Some(format!("{}/{path}-latest.osm.pbf", self.osm.as_str().trim_end_matches('/')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_commune_of_the_mainland_and_corsica_has_an_extract() {
        let services = Services::built_in().unwrap();
        assert_eq!(services.extracts.len(), 96);
        let tarn = "https://download.openstreetmap.fr/extracts/europe/france/midi_pyrenees/tarn-latest.osm.pbf";
        assert_eq!(services.extract("81004").as_deref(), Some(tarn));
        assert!(services.extract("2A004").unwrap().contains("corse_du_sud"));
        assert_eq!(services.extract("99"), None);
    }
}
