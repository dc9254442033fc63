//! The town itself: its name, its languages, its colours, its desk; and the keys that belong on a stick in a drawer.

use super::{Answer, Page, Refusal, html};
use crate::content::{Town, read_town};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::gate::Posted;
use crate::hub::publishing::TOWN;
use crate::hub::store::StoreError;
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use serde_json::{Value, json};
use std::fs;

/// The clothes of the screens that ship, by their names in `assets/themes`.
const THEMES: [&str; 2] = ["parvis", "monaco"];
/// The keys that are needed once a year and belong offline.
const ROOT_KEYS: [&str; 3] = ["root-1.pem", "root-2.pem", "root-3.pem"];
/// The longest text of a field, in bytes.
const TEXT_BYTES_MAX: usize = 1024;

#[derive(Template)]
#[template(path = "town.html")]
struct TownPage {
    page: Page,
    /// The name in each language, and of the desk.
    names: Vec<(String, String, String)>,
    languages: String,
    zone: String,
    country: String,
    theme: String,
    themes: [&'static str; 2],
    phone: String,
    address: String,
    hours: String,
    /// Those that lie beside the hub still.
    root_keys: Vec<&'static str>,
    has_root: bool,
    saved: bool,
    wrong: Vec<String>,
}

impl TownPage {
    fn wears(&self, theme: &str) -> bool {
        self.theme == theme || self.theme.is_empty() && theme == THEMES[0]
    }
}

fn stored(hub: &Hub) -> Result<Value, StoreError> {
    Ok(hub.store.setting(TOWN)?.unwrap_or_else(|| json!({})))
}

async fn shown(hub: &Shared, visitor: &Visitor, town: Value, (saved, wrong): (bool, Vec<String>)) -> Answer {
    let page = Page::new(visitor, "town", visitor.tongue.say("town-title"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let words = |value: &Value| text(value.get("text").unwrap_or(value));
    let (read, _): (Town, _) = read_town("town", town.to_string().as_bytes());
    let names = read.fallback.iter().map(|language| {
        (language.clone(), words(&town["name"][language.as_str()]), words(&town["desk"]["name"][language.as_str()]))
    });
    let names = names.collect();
    let there = |name: &&str| hub.keys_folder.as_ref().is_some_and(|folder| folder.join(name).is_file());
    let desk = &town["desk"];
    html(&TownPage {
        page,
        names,
        languages: read.fallback.join(", "),
        zone: read.zone,
        country: read.country,
        theme: read.theme,
        themes: THEMES,
        phone: text(&desk["phone"]),
        address: text(&desk["address"]),
        hours: text(&desk["hours"]),
        root_keys: ROOT_KEYS.into_iter().filter(there).collect(),
        has_root: hub.desk.publication.join("root.json").is_file(),
        saved,
        wrong,
    })
}

pub async fn form(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>) -> Answer {
    let town = with_store(&hub, stored).await?;
    shown(&hub, &visitor, town, (false, Vec::new())).await
}

/// What was sent, laid over what is known of the town: what the form does not show stays.
fn changed(mut town: Value, posted: &Posted) -> Value {
    let languages = posted.get("languages").split(',').map(str::trim).filter(|tag| !tag.is_empty());
    town["fallback"] = languages.collect();
    for field in ["zone", "country", "theme"] {
        town[field] = json!(posted.get(field));
    }
    for field in ["phone", "address", "hours"] {
        town["desk"][field] = json!(posted.get(field));
    }
    for (name, words) in &posted.0 {
        let Some((place, language)) = name.split_once('.') else { continue };
        let place = match place {
            "name" => &mut town["name"],
            "desk" => &mut town["desk"]["name"],
            _ => continue,
        };
        if !place.is_object() {
            *place = json!({});
        }
        let is_same = place[language] == words.trim() || place[language]["text"] == words.trim();
        match (words.trim(), place.as_object_mut()) {
            ("", Some(all)) => drop(all.remove(language)),
            // What was not changed keeps who translated it.
            (words, Some(all)) if !is_same => drop(all.insert(language.to_owned(), json!(words))),
            _ => {}
        }
    }
    town
}

pub async fn save(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Answer {
    let town = changed(with_store(&hub, stored).await?, &posted);
    let (read, problems) = read_town("town", town.to_string().as_bytes());
    let mut wrong: Vec<String> = problems.iter().map(ToString::to_string).collect();
    if read.name.is_empty() {
        wrong.push(visitor.tongue.say("wrong-town"));
    }
    if read.fallback.is_empty() {
        wrong.push(visitor.tongue.say("wrong-town-languages"));
    }
    if posted.0.iter().any(|(_, value)| value.len() > TEXT_BYTES_MAX) {
        wrong.push(visitor.tongue.say("wrong-town-long"));
    }
    if !wrong.is_empty() {
        let mut response = shown(&hub, &visitor, town, (false, wrong)).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let (who, kept) = (visitor.clone(), town.clone());
    with_store(&hub, move |hub| hub.store.set(TOWN, &kept, who.by(hub.now()))).await?;
    shown(&hub, &visitor, town, (true, Vec::new())).await
}

/// What displays are given once, to know this town by. Nothing in it is secret.
pub async fn root(State(hub): State<Shared>) -> Answer {
    let bytes = fs::read(hub.desk.publication.join("root.json")).map_err(|_| Refusal::not_found())?;
    Ok(file("root.json", bytes).into_response())
}

fn file(name: &str, bytes: Vec<u8>) -> impl IntoResponse {
    let kept = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, "application/octet-stream".to_owned()), (header::CONTENT_DISPOSITION, kept)], bytes)
}

/// A root key, encrypted as it lies there, or the passphrase for it.
pub async fn key(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    _: Posted,
) -> Answer {
    let folder = hub.keys_folder.clone().ok_or_else(Refusal::not_found)?;
    let path = match ROOT_KEYS.into_iter().find(|known| *known == name) {
        Some(name) => folder.join(name),
        None if name == "passphrase" => folder.with_file_name(&name),
        None => return Err(Refusal::not_found()),
    };
    let bytes = fs::read(path).map_err(|_| Refusal::not_found())?;
    let (who, about) = (visitor, name.clone());
    with_store(&hub, move |hub| hub.store.note(who.by(hub.now()), "key-taken", &about, "")).await?;
    Ok(file(&name, bytes).into_response())
}

/// Takes the root keys off this machine. Whoever asks says that they have them elsewhere.
pub async fn put_away(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Answer {
    if posted.get("kept") != "yes" {
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-keys-kept"));
    }
    let folder = hub.keys_folder.clone().ok_or_else(Refusal::not_found)?;
    with_store(&hub, move |hub| {
        // Written down first: a key that is gone without a line would be a riddle.
        hub.store.note(visitor.by(hub.now()), "keys-put-away", "root", "")?;
        for name in ROOT_KEYS {
            match fs::remove_file(folder.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::Broken(format!("{name}: {error}")));
                }
                _ => {}
            }
        }
        Ok(())
    })
    .await?;
    Ok(Redirect::to("/staff/town").into_response())
}
