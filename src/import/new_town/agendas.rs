use super::answer::answer;
use super::commune::{self, Commune};
use crate::content::Position;
use crate::import::Area;
use crate::import::fetch::Web;
use crate::import::plain_text::one_line;
use serde_json::Value;
use url::Url;

/// More agendas of one town are left to staff.
const AGENDAS_MAX: usize = 3;
/// Agendas that bear the town's name whose events are looked at.
const LOOKED_AT_MAX: usize = 10;
/// Events by which an agenda is judged.
const EVENTS: &str = "50";

/// An agenda that bears the town's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda {
    pub title: String,
    /// Of its events.
    pub url: Url,
    /// Why it is not taken without somebody's word, in words for staff; nothing where its events lie in the town.
    pub doubt: Option<String>,
}

/// The agendas that bear the town's name: those whose events lie in it first, official ones before others.
///
/// # Errors
/// In words: the service cannot be asked, or knows none.
pub fn find(web: &mut Web, service: &Url, key: &str, commune: &Commune) -> Result<Vec<Agenda>, String> {
    let query = [("search", commune.name.as_str()), ("size", "50")];
    let answer = fetch(web, service, key, &query)?;
    let mut named: Vec<(bool, String, u64)> = Vec::new();
    for agenda in answer.get("agendas").and_then(Value::as_array).into_iter().flatten() {
        let title = one_line(agenda.get("title").and_then(Value::as_str).unwrap_or_default());
        let uid = agenda.get("uid").and_then(|uid| uid.as_u64().or_else(|| uid.as_str()?.parse().ok()));
        let official = agenda.get("official").is_some_and(|official| official.as_bool() == Some(true) || official == 1);
        if let Some(uid) = uid.filter(|_| commune::names(&title, &commune.name)) {
            named.push((!official, title, uid));
        }
    }
    named.sort();
    let mut found = Vec::new();
    for (_, title, uid) in named.into_iter().take(LOOKED_AT_MAX) {
        let address = format!("{}/{uid}/events", service.as_str().trim_end_matches('/'));
        let Ok(url) = Url::parse(&address) else { continue };
        let events = fetch(web, &url, key, &[("size", EVENTS), ("detailed", "1")]);
        let doubt = events
            .map_or_else(|error| Some(format!("its events cannot be read: {error}")), |events| doubt(&events, commune));
        found.push(Agenda { title, url, doubt });
    }
    found.sort_by_key(|agenda| agenda.doubt.is_some());
    found.truncate(AGENDAS_MAX);
    if found.is_empty() { Err("no agenda bears the town's name".to_owned()) } else { Ok(found) }
}

fn fetch(web: &mut Web, url: &Url, key: &str, query: &[(&str, &str)]) -> Result<Value, String> {
    let mut url = url.clone();
    url.query_pairs_mut().extend_pairs(query);
    answer(web, &url, vec![("key", key.to_owned())])
}

/// Why an agenda may not be the town's: other towns have its name, and its name is also a word.
fn doubt(events: &Value, commune: &Commune) -> Option<String> {
    let events = events.get("events").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let area = commune.boundary.as_ref().and_then(|boundary| Area::from_geojson(boundary).ok());
    let told: Vec<bool> =
        events.iter().filter_map(|event| lies_in(event.get("location")?, commune, area.as_ref())).collect();
    let inside = told.iter().filter(|inside| **inside).count();
    match told.len() {
        0 => Some("none of its events says where it is".to_owned()),
        all if inside * 2 < all => Some(format!("only {inside} of {all} of its events lie in the town")),
        _ => None,
    }
}

/// Whether a location lies in the town, by its INSEE code or its position; `None` where neither tells.
fn lies_in(location: &Value, commune: &Commune, area: Option<&Area>) -> Option<bool> {
    let insee = location
        .get("insee")
        .and_then(|code| code.as_str().map(str::to_owned).or(code.as_u64().map(|code| format!("{code:05}"))));
    if let Some(insee) = insee.filter(|insee| !insee.trim().is_empty()) {
        return Some(insee.trim().eq_ignore_ascii_case(&commune.code));
    }
    let degrees =
        |key: &str| location.get(key).and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
    let position = Position::new(degrees("latitude")?, degrees("longitude")?)?;
    area.map(|area| area.holds(position))
}
