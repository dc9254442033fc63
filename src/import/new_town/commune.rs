use super::answer::answer;
use crate::content::Position;
use crate::import::Area;
use crate::import::fetch::Web;
use crate::import::folded::folded;
use crate::import::plain_text::one_line;
use serde_json::Value;
use std::fmt::Write as _;
use url::Url;

const FIELDS: &str = "nom,code,centre,contour,population,departement";

/// What to do without an answer.
const ALL_HANGS_ON_IT: &str = "the town's name, code and place come from there, and all else is found by them, so \
    nothing was made: try again later, or name another service with --services";

/// A commune of France, as its boundaries are published.
#[derive(Clone, Debug)]
pub struct Commune {
    pub name: String,
    /// Its INSEE code, such as 81004 or 2A004.
    pub code: String,
    pub department: String,
    pub population: u64,
    pub centre: Position,
    /// GeoJSON; `None` where the service has none.
    pub boundary: Option<Value>,
}

/// The commune of this name or INSEE code.
///
/// # Errors
/// In words: it cannot be asked for, there is none, or several have this name.
pub fn find(web: &mut Web, service: &Url, wanted: &str) -> Result<Commune, String> {
    let wanted = wanted.trim();
    let mut url = service.clone();
    if is_code(wanted) {
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push(&wanted.to_uppercase());
        }
        url.query_pairs_mut().append_pair("fields", FIELDS);
        return read(&fetch(web, &url)?)
            .ok_or_else(|| format!("{wanted}: no commune that lies anywhere has this code"));
    }
    url.query_pairs_mut().extend_pairs([("nom", wanted), ("fields", FIELDS), ("boost", "population"), ("limit", "20")]);
    let answer = fetch(web, &url)?;
    let found: Vec<Commune> = answer.as_array().into_iter().flatten().filter_map(read).collect();
    let mut same = found.iter().filter(|commune| folded(&commune.name) == folded(wanted));
    match (same.next(), same.next()) {
        (Some(commune), None) => Ok(commune.clone()),
        (None, _) if found.is_empty() => Err(format!("{wanted}: no commune of France has this name")),
        _ => Err(choice(wanted, &found)),
    }
}

fn choice(wanted: &str, found: &[Commune]) -> String {
    let mut text = format!("{wanted}: say which one is meant by its INSEE code:");
    for Commune { name, code, department, population, .. } in found {
        // Writing into a text cannot fail.
        let _ = write!(text, "\n  {code}  {name} ({department}), {population} inhabitants");
    }
    text
}

fn is_code(text: &str) -> bool {
    text.len() == 5
        && text.chars().all(|c| c.is_ascii_alphanumeric())
        && text.chars().filter(char::is_ascii_digit).count() >= 4
}

/// Whether a title bears this name, as whole words.
pub fn names(title: &str, name: &str) -> bool {
    format!(" {} ", folded(title)).contains(&format!(" {} ", folded(name)))
}

fn fetch(web: &mut Web, url: &Url) -> Result<Value, String> {
    answer(web, url, Vec::new()).map_err(|error| format!("{error}: {ALL_HANGS_ON_IT}"))
}

fn read(value: &Value) -> Option<Commune> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(one_line);
    let boundary = value.get("contour").filter(|contour| Area::from_geojson(contour).is_ok()).cloned();
    let area = boundary.as_ref().and_then(|boundary| Area::from_geojson(boundary).ok());
    let centre =
        value.pointer("/centre/coordinates").and_then(|at| Position::new(at.get(1)?.as_f64()?, at.get(0)?.as_f64()?));
    let middle = area
        .and_then(|area| area.bounds())
        .and_then(|(a, b)| Position::new((a.lat + b.lat) / 2.0, (a.lon + b.lon) / 2.0));
    Some(Commune {
        name: text("nom")?,
        code: text("code")?,
        department: value.pointer("/departement/nom").and_then(Value::as_str).unwrap_or_default().to_owned(),
        population: value.get("population").and_then(Value::as_u64).unwrap_or(0),
        centre: centre.or(middle)?,
        boundary,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_people_type_them() {
        for (typed, name) in
            [("albi", "Albi"), ("saint etienne", "Saint-Étienne"), ("L'Haÿ les Roses", "L’Haÿ-les-Roses")]
        {
            assert_eq!(folded(typed), folded(name));
        }
        assert!(is_code("81004") && is_code("2A004") && !is_code("Paris") && !is_code("8100"));
    }
}
