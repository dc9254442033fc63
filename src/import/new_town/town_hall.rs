use super::answer::answer;
use super::commune::Commune;
use crate::content::{Desk, Localized};
use crate::import::fetch::Web;
use crate::import::plain_text::one_line;
use serde_json::Value;
use url::Url;

/// Days as the directory writes them, and as OpenStreetMap does.
const DAYS: [(&str, &str); 7] = [
    ("lundi", "Mo"),
    ("mardi", "Tu"),
    ("mercredi", "We"),
    ("jeudi", "Th"),
    ("vendredi", "Fr"),
    ("samedi", "Sa"),
    ("dimanche", "Su"),
];

/// The town hall's desk, from the directory of public offices.
///
/// # Errors
/// In words: it cannot be asked for, or it does not know the town hall.
pub fn desk(web: &mut Web, service: &Url, commune: &Commune) -> Result<Desk, String> {
    let mut url = service.clone();
    let which = format!("code_insee_commune=\"{}\" and pivot like \"mairie\"", commune.code);
    url.query_pairs_mut().extend_pairs([("where", which.as_str()), ("limit", "20")]);
    let answer = answer(web, &url, Vec::new())?;
    let records = answer.get("results").and_then(Value::as_array).ok_or("no list of results")?;
    let office = records.iter().find(|record| {
        let ours = record.get("code_insee_commune").and_then(Value::as_str) == Some(&commune.code);
        ours && inner(record, "pivot")
            .iter()
            .any(|pivot| pivot.get("type_service_local").and_then(Value::as_str) == Some("mairie"))
    });
    let office = office.ok_or("the directory does not know the town hall")?;
    Ok(Desk {
        name: Localized::one("fr", text(office, "nom").unwrap_or_else(|| format!("Mairie de {}", commune.name))),
        phone: inner(office, "telephone").first().and_then(|phone| text(phone, "valeur")).unwrap_or_default(),
        address: address(office),
        hours: hours(office),
        languages: vec!["fr".to_owned()],
        place: None,
    })
}

/// A field that is a list, or a text that holds one.
fn inner(record: &Value, key: &str) -> Vec<Value> {
    let list = match record.get(key) {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        Some(value) => value.clone(),
        None => Value::Null,
    };
    match list {
        Value::Array(all) => all,
        _ => Vec::new(),
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(one_line).filter(|text| !text.is_empty())
}

fn address(office: &Value) -> String {
    let all = inner(office, "adresse");
    let Some(address) =
        all.iter().find(|address| text(address, "type_adresse").as_deref() == Some("Adresse")).or(all.first())
    else {
        return String::new();
    };
    let town = [text(address, "code_postal"), text(address, "nom_commune")].into_iter().flatten().collect::<Vec<_>>();
    [text(address, "numero_voie"), Some(town.join(" "))]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Opening hours in OpenStreetMap's words; nothing where one line cannot be understood: half of them would be wrong.
fn hours(office: &Value) -> String {
    let lines: Option<Vec<String>> = inner(office, "plage_ouverture").iter().map(line).collect();
    lines.unwrap_or_default().join("; ")
}

fn line(range: &Value) -> Option<String> {
    let day = |key| DAYS.iter().find(|(name, _)| text(range, key).is_some_and(|day| day.to_lowercase() == *name));
    let (first, last) = (day("nom_jour_debut")?.1, day("nom_jour_fin")?.1);
    let days = if first == last { first.to_owned() } else { format!("{first}-{last}") };
    let times: Vec<String> = [1, 2]
        .into_iter()
        .filter_map(|part| {
            let clock = |key: &str| {
                text(range, &format!("valeur_heure_{key}_{part}")).and_then(|time| Some(time.get(..5)?.to_owned()))
            };
            Some(format!("{}-{}", clock("debut")?, clock("fin")?))
        })
        .collect();
    (!times.is_empty()).then(|| format!("{days} {}", times.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use opening_hours::OpeningHours;
    use serde_json::json;

    #[test]
    fn an_office_is_read_as_the_directory_writes_it() {
        let office = json!({
            "plage_ouverture": r#"[{"nom_jour_debut":"Lundi","nom_jour_fin":"Jeudi","valeur_heure_debut_1":"08:30:00","valeur_heure_fin_1":"12:00:00","valeur_heure_debut_2":"13:30:00","valeur_heure_fin_2":"17:30:00"},{"nom_jour_debut":"Samedi","nom_jour_fin":"Samedi","valeur_heure_debut_1":"09:00:00","valeur_heure_fin_1":"12:00:00","valeur_heure_debut_2":"","valeur_heure_fin_2":""}]"#,
            "adresse": r#"[{"type_adresse":"Adresse","numero_voie":"16 rue de l'Hôtel de Ville","code_postal":"81000","nom_commune":"Albi"}]"#,
        });
        assert_eq!(hours(&office), "Mo-Th 08:30-12:00,13:30-17:30; Sa 09:00-12:00");
        assert!(hours(&office).parse::<OpeningHours>().is_ok());
        assert_eq!(address(&office), "16 rue de l'Hôtel de Ville, 81000 Albi");
        assert_eq!(hours(&json!({ "plage_ouverture": [{ "nom_jour_debut": "Noël" }] })), "");
    }
}
