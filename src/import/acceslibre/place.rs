use super::activities::kind;
use super::answers::Answers;
use super::facts::access;
use super::{FORMAT, SOURCE};
use crate::content::{Common, Contact, Id, Localized, Place, PlaceKind, Position, Problem, Provenance};
use crate::import::address::address_line;
use crate::import::geometry::{OUT_OF_RANGE, number_in, pair_in, point_of};
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::public_contact::{email, phone, siret, web};
use crate::import::record_id::record_id;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// Acceslibre is a French service.
const FRENCH: &str = "fr";
const LICENCE: &str = "Licence Ouverte 2.0";

/// Why a record becomes no place: its id as far as known, the field, the reason.
pub type Left = (String, &'static str, &'static str);

/// Reads one establishment, in whichever form it came.
pub fn read(source: &str, record: &Map<String, Value>, problems: &mut Vec<Problem>) -> Result<Place, Left> {
    // Django's own dumps and GeoJSON keep the fields one level deeper.
    let inner = ["fields", "properties"].iter().find_map(|key| record.get(*key)).and_then(Value::as_object);
    let fields = inner.unwrap_or(record);
    let own_id =
        text(fields, &["uuid", "id"]).or_else(|| text(record, &["id", "pk"])).or_else(|| text(fields, &["slug"]));
    let Some(own_id) = own_id else { return Err((String::new(), "uuid", "an establishment needs its uuid")) };
    let id = record_id(FORMAT, &own_id);
    if let Some((field, reason)) = withheld(fields) {
        return Err((id.0, field, reason));
    }
    let title = text(fields, &["nom", "name"]).map(|name| one_line(&name)).unwrap_or_default();
    if title.is_empty() {
        return Err((id.0, "nom", "an establishment needs its name"));
    }
    let reader = Reader { fields, record, source, id, problems };
    Ok(reader.place(title))
}

/// Why an establishment is not for the public, if so.
fn withheld(fields: &Map<String, Value>) -> Option<(&'static str, &'static str)> {
    let answers = Answers::new(fields);
    // These stand beside the answers, not among them.
    let says = |key: &str, value: bool| match fields.get(key) {
        Some(Value::Bool(said)) => *said == value,
        Some(Value::String(text)) => text.trim().eq_ignore_ascii_case(if value { "true" } else { "false" }),
        _ => false,
    };
    match () {
        () if says("published", false) => Some(("published", "not published")),
        () if says("permanently_closed", true) || answers.is("permanently_closed") => {
            Some(("permanently_closed", "closed for good"))
        }
        () => None,
    }
}

struct Reader<'r> {
    fields: &'r Map<String, Value>,
    record: &'r Map<String, Value>,
    source: &'r str,
    id: Id,
    problems: &'r mut Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, field: &str, reason: &str, value: &str) {
        self.problems.push(Problem::new(self.source, self.id.as_str(), field, reason).with_value(value));
    }

    fn text(&self, keys: &[&str]) -> Option<String> {
        text(self.fields, keys)
    }

    fn place(mut self, title: String) -> Place {
        let answers = Answers::new(self.fields);
        let updated = self.updated();
        let activity = self.activity();
        let access = access(&answers, updated.map(|updated| updated.date_naive()));
        let common = Common {
            title: Localized::one(FRENCH, title),
            text: self.long_text(&answers),
            tags: self.tags(activity.as_deref()),
            provenance: vec![Provenance {
                source: SOURCE.to_owned(),
                licence: LICENCE.to_owned(),
                credit: SOURCE.to_owned(),
                updated,
                confidence: None,
            }],
            link: self.link(),
            id: self.id.clone(),
            ..Common::default()
        };
        Place {
            common,
            kind: activity.as_deref().map_or(PlaceKind::Other, kind),
            position: self.position(),
            address: self.address(),
            contact: self.contact(),
            access,
            named: true,
            ..Place::default()
        }
    }

    fn updated(&mut self) -> Option<DateTime<Utc>> {
        let text = self.text(&["updated_at"])?;
        let updated = DateTime::parse_from_rfc3339(&text).map(|updated| updated.to_utc()).ok();
        if updated.is_none() {
            self.problem("updated_at", "a date, time and offset is expected", &text);
        }
        updated
    }

    /// The activity's name. A number is one only in Acceslibre's own database.
    fn activity(&self) -> Option<String> {
        match self.fields.get("activite")? {
            Value::Object(activity) => text(activity, &["nom", "slug"]),
            Value::String(name) => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
            _ => None,
        }
        .map(|name| one_line(&name))
    }

    fn tags(&mut self, activity: Option<&str>) -> Vec<String> {
        let mut tags: Vec<String> = activity.map(str::to_owned).into_iter().collect();
        if let Some(text) = self.text(&["siret"]) {
            match siret(&text) {
                Some(siret) => tags.push(format!("siret:{siret}")),
                None => self.problem("siret", "no SIRET: 14 digits with a fitting last one are expected", &text),
            }
        }
        let from_page = |url: String| url.trim_end_matches('/').rsplit('/').next().map(str::to_owned);
        let slug = self.text(&["slug"]).or_else(|| self.text(&["web_url"]).and_then(from_page));
        let is_slug =
            |slug: &String| slug.len() <= 200 && slug.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
        tags.extend(slug.filter(|slug| !slug.is_empty() && is_slug(slug)).map(|slug| format!("acceslibre:{slug}")));
        tags
    }

    /// Remarks that contributors wrote, as far as they name nobody's number or address.
    fn long_text(&mut self, answers: &Answers<'_>) -> Localized {
        let mut parts = Vec::new();
        for field in ["entree_pmr_informations", "transport_information", "commentaire"] {
            match answers.free_text(field) {
                Ok(text) => parts.extend(text.map(paragraphs).filter(|text| !text.is_empty())),
                Err(reason) => self.problem(field, reason, ""),
            }
        }
        if parts.is_empty() { Localized::default() } else { Localized::one(FRENCH, parts.join("\n\n")) }
    }

    /// The establishment's own page, else the one that Acceslibre has about it.
    fn link(&mut self) -> Localized {
        for key in ["site_internet", "web_url", "contact_url"] {
            let Some(url) = self.text(&[key]) else { continue };
            match web(&url) {
                Some(url) => return Localized::one(FRENCH, url),
                None => self.problem(key, "this is no web address", &url),
            }
        }
        Localized::default()
    }

    fn contact(&mut self) -> Contact {
        let mut contact = Contact::default();
        if let Some(text) = self.text(&["telephone", "phone"]) {
            match phone(&text) {
                Some(phone) => contact.phone = phone,
                None => self.problem("telephone", "this is no telephone number", &text),
            }
        }
        if let Some(text) = self.text(&["contact_email"]) {
            match email(&text) {
                Some(email) => contact.email = email,
                None => self.problem("contact_email", "this is no e-mail address", &text),
            }
        }
        contact
    }

    /// "12 Rue des Saules, 99100 Trois-Ponts", as one text or in parts.
    fn address(&self) -> String {
        if let Some(whole) = self.text(&["adresse"]) {
            return one_line(&whole);
        }
        // Some files write 0 where there is no number.
        let number = self.text(&["numero"]).filter(|number| number != "0");
        let street = self.text(&["voie"]).map(|street| format!("{} {street}", number.unwrap_or_default()));
        let lines = [street, self.text(&["lieu_dit"])].into_iter().flatten().map(|line| one_line(&line));
        let code = self.text(&["code_postal", "postal_code"]).unwrap_or_default();
        address_line(lines, &one_line(&code), &one_line(&self.text(&["commune"]).unwrap_or_default()))
    }

    /// GeoJSON's geometry, well-known text, or two columns.
    fn position(&mut self) -> Option<Position> {
        let shape = self.fields.get("geom").or_else(|| self.record.get("geometry")).filter(|shape| !shape.is_null());
        let (found, value) = match shape {
            Some(Value::String(text)) => {
                let pair = pair_in(text).and_then(|(lon, lat)| Position::new(lat, lon));
                (pair.map(Some).ok_or(OUT_OF_RANGE), text.clone())
            }
            Some(shape) => (point_of(shape), String::new()),
            None => {
                let (lat, lon) = (self.text(&["latitude", "lat"])?, self.text(&["longitude", "lon"])?);
                let both = number_in(&lat).zip(number_in(&lon)).and_then(|(lat, lon)| Position::new(lat, lon));
                (both.map(Some).ok_or(OUT_OF_RANGE), format!("{lat}, {lon}"))
            }
        };
        found.unwrap_or_else(|reason| {
            self.problem("geom", reason, &value);
            None
        })
    }
}

/// The first of these fields that says something.
fn text(fields: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    let said = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    keys.iter().find_map(|key| fields.get(*key).and_then(said))
}
