use super::document;
use super::values::{address, name};
use crate::content::{Contact, Id, Localized, Problem, Provenance, language_alone};
use crate::import::json_fields::Fields;
use crate::import::plain_text::one_line;
use crate::import::record_id::local_id;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// Who runs the bicycles (GBFS, system_information.json).
#[derive(Clone, Debug, Default)]
pub struct System {
    /// As it calls itself, else as staff call the source; empty where neither says.
    pub id: String,
    pub name: Localized,
    pub credit: String,
    pub licence: String,
    pub link: Option<String>,
    /// For customers.
    pub contact: Contact,
    /// In OpenStreetMap syntax, since version 3.
    pub hours: String,
    /// BCP 47 tag of the texts that do not say their language.
    pub language: String,
}

impl System {
    /// # Errors
    /// In words, when this is no such file.
    pub fn read(bytes: &[u8], source: &str, language: &str, problems: &mut Vec<Problem>) -> Result<Self, String> {
        let (head, broken_off) = document::read(bytes, document::NONE, &mut |_| {})?;
        if let Some(reason) = broken_off {
            return Err(reason);
        }
        let id = Id("system_information".to_owned());
        let own = head.data.get("language").and_then(Value::as_str).and_then(language_alone);
        let language = own.unwrap_or_else(|| language.to_owned());
        let mut fields = Fields { map: &head.data, part: "", source, language: &language, id: &id, problems };
        let names = name(&mut fields, "name");
        let first = |text: &Localized| text.pick(&language, &[]).map_or(String::new(), |(_, name)| name.text.clone());
        let organisation = ["attribution_organization_name", "operator"].map(|key| first(&name(&mut fields, key)));
        let credit = organisation.into_iter().chain([first(&names)]).find(|credit| !credit.is_empty());
        let text = |key: &str| fields.text(key).map(one_line).unwrap_or_default();
        Ok(Self {
            id: text("system_id"),
            credit: credit.unwrap_or_default(),
            licence: Some(text("license_id")).filter(|id| !id.is_empty()).unwrap_or_else(|| text("license_url")),
            link: address(&fields, "url").or_else(|| address(&fields, "purchase_url")),
            contact: Contact { phone: text("phone_number"), email: text("email") },
            hours: text("opening_hours"),
            name: names,
            language,
        })
    }

    pub fn provenance(&self, updated: Option<DateTime<Utc>>) -> Provenance {
        Provenance {
            source: "GBFS".to_owned(),
            licence: self.licence.clone(),
            credit: self.credit.clone(),
            updated,
            confidence: None,
        }
    }

    /// `gbfs:<system>:<record>`: stations of two systems may have the same id.
    pub fn record(&self, record: &str) -> Id {
        local_id("gbfs", &self.id, record)
    }
}
