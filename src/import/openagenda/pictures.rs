use crate::content::Localized;
use crate::import::Picture;
use crate::import::json_fields::Fields;
use crate::import::plain_text::one_line;
use crate::import::web_address::is_web;
use serde_json::Value;

/// Where pictures lie that name no folder of their own.
const BASE: &str = "https://cdn.openagenda.com/main/";

/// The event's picture, in the largest size that the agenda keeps.
pub fn pictures(fields: &mut Fields<'_>, title: &Localized) -> Vec<Picture> {
    let Some(image) = fields.value("image") else { return Vec::new() };
    let name = match image {
        Value::String(name) => Some(name.as_str()),
        Value::Object(_) => full_size(image).or_else(|| image.get("filename")?.as_str()),
        _ => None,
    };
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        // An empty object is how some exports say that there is none.
        if !image.as_object().is_some_and(serde_json::Map::is_empty) {
            fields.problem("image", "a picture needs its filename", None);
        }
        return Vec::new();
    };
    let base = image.get("base").and_then(Value::as_str).unwrap_or(BASE);
    let url = if is_web(name) {
        name.to_owned()
    } else if let Some(rest) = name.strip_prefix("//") {
        format!("https://{rest}")
    } else {
        format!("{}/{name}", base.trim_end_matches('/'))
    };
    let credit = fields.text("imageCredits").map(one_line).unwrap_or_default();
    vec![Picture { url, alt: title.clone(), credit, licence: String::new() }]
}

fn full_size(image: &Value) -> Option<&str> {
    let variants = image.get("variants")?.as_array()?;
    variants
        .iter()
        .find(|variant| variant.get("type").and_then(Value::as_str) == Some("full"))?
        .get("filename")?
        .as_str()
}
