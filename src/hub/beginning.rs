//! What a hub begins with: a town's content, its keys, and a first publication.

use super::app::{Hub, SettingUp};
use super::media::adopt;
use super::publishing::TOWN;
use super::sources::{Begun, arrive_first, taken_over};
use super::store::{By, Draft, Settings, State, StoreError};
use crate::content::{Item, Localized};
use crate::demo;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::PoisonError;

/// What a town begins with.
struct Contents {
    town: Value,
    items: Vec<Item>,
}

/// Whoever does what the set-up does, in the audit log.
pub const SET_UP: &str = "set-up";

/// The setting that holds the name of a town that is being set up, until it is.
const BEGINNING: &str = "beginning";

/// Notes that a town of this name is to be set up, so that it is even when this machine stops in between.
///
/// # Errors
/// Those of the store.
pub fn intend(store: &(impl Settings + ?Sized), name: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    store.set(BEGINNING, &json!(name), By { who: SET_UP, now })
}

/// Whether a town is to be set up, and is not yet.
///
/// # Errors
/// Those of the store.
pub fn is_under_way(hub: &Hub) -> Result<bool, StoreError> {
    Ok(matches!(hub.store.setting(BEGINNING)?, Some(Value::String(_))))
}

/// Sets up the town that is to be, where one is, and says how far it is.
pub fn go_on(hub: &Hub) {
    let name = match hub.store.setting(BEGINNING) {
        Ok(Some(Value::String(name))) => name,
        Ok(_) => return know_media(hub),
        Err(error) => return say(hub, SettingUp::Failed(error.to_string())),
    };
    let ended = begin(hub, &name, &|step| say(hub, SettingUp::Doing(step)));
    let noted = ended.and_then(|why| {
        let by = By { who: SET_UP, now: hub.now() };
        hub.store.set(BEGINNING, &Value::Null, by).map(|()| why).map_err(|error| error.to_string())
    });
    know_media(hub);
    say(hub, noted.map_or_else(SettingUp::Failed, SettingUp::Done));
}

/// Pictures that items brought along are in the library too.
fn know_media(hub: &Hub) {
    // They are shown all the same where that fails, and the next start tries again.
    let _ = adopt(hub, By { who: SET_UP, now: hub.now() });
}

fn say(hub: &Hub, state: SettingUp) {
    *hub.setting_up.lock().unwrap_or_else(PoisonError::into_inner) = Some(state);
}

/// Fills the hub of a town that has said its name, and publishes. Returns why it is not filled from public sources, where
/// it is not: then it begins with the demo town. What was done before is not done again.
///
/// # Errors
/// Why nothing can be published; what was done until then stays.
fn begin(hub: &Hub, name: &str, step: &dyn Fn(&'static str)) -> Result<Option<String>, String> {
    step("setting-up-town");
    let is_filled = hub.store.setting(TOWN).map_err(|error| error.to_string())?.is_some();
    let why = if is_filled { None } else { fill(hub, name, step)? };
    step("setting-up-keys");
    (hub.keys)()?;
    step("setting-up-publication");
    hub.desk.publish(hub.store.as_ref(), By { who: SET_UP, now: hub.now() })?;
    Ok(why)
}

/// Brings in what the town begins with. Returns why that is the demo town, where it is.
fn fill(hub: &Hub, name: &str, step: &dyn Fn(&'static str)) -> Result<Option<String>, String> {
    let folder = hub.desk.media.with_file_name("beginning");
    // What an earlier try left there.
    fs::remove_dir_all(&folder).ok();
    let filled = (hub.fill)(name, folder.clone()).and_then(|()| taken_over(hub, &folder));
    // What it does not hold has been taken over, or was never there.
    fs::remove_dir_all(&folder).ok();
    step("setting-up-content");
    let begun = filled.and_then(|begun| fetched(hub, &begun));
    let Err(why) = begun else { return Ok(None) };
    keep(hub, &example(hub)?).map_err(|error| error.to_string())?;
    Ok(Some(why))
}

/// Takes in what the town's public sources gave.
fn fetched(hub: &Hub, begun: &Begun) -> Result<(), String> {
    let by = By { who: SET_UP, now: hub.now() };
    let told = |error: StoreError| error.to_string();
    hub.store.begin_with(&[], by).map_err(told)?;
    hub.store.begin_with_sources(&begun.sources, by).map_err(told)?;
    arrive_first(hub, begun)?;
    // The last: with it the hub counts as filled.
    hub.store.set(TOWN, &json!(begun.town), by).map_err(told)
}

/// The demo town.
fn example(hub: &Hub) -> Result<Contents, String> {
    let demo = demo::around(hub.now());
    let write = |path: &Path, bytes: &[u8]| {
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(path, bytes)).map_err(|error| format!("{}: {error}", path.display()))
    };
    for (path, bytes) in demo::tiles() {
        write(&hub.desk.map.join(path), bytes)?;
    }
    let town = serde_json::to_value(&demo.town).map_err(|error| error.to_string())?;
    Ok(Contents { town, items: demo.items })
}

fn keep(hub: &Hub, contents: &Contents) -> Result<(), StoreError> {
    let by = By { who: SET_UP, now: hub.now() };
    let bodies: Vec<Value> = contents.items.iter().map(|item| json!(item)).collect();
    let titles: Vec<String> = contents.items.iter().map(|item| first(&item.common().title)).collect();
    let words: Vec<String> = contents.items.iter().map(words).collect();
    let drafts = contents.items.iter().zip(&bodies).zip(titles.iter().zip(&words));
    let drafts: Vec<Draft<'_>> = drafts
        .map(|((item, body), (title, words))| Draft {
            id: item.common().id.as_str(),
            kind: body["type"].as_str().unwrap_or_default(),
            title,
            words,
            state: State::Published,
            body,
            reason: "",
            based_on: None,
        })
        .collect();
    hub.store.begin_with(&drafts, by)?;
    hub.store.begin_with_sources(&[], by)?;
    // The last: with it the hub counts as filled.
    hub.store.set(TOWN, &contents.town, by)
}

/// A text in whichever language comes first: French, where there is any.
pub fn first(text: &Localized) -> String {
    text.pick("fr", &[]).map_or_else(String::new, |(_, translation)| translation.text.clone())
}

/// What a search finds an item by.
pub fn words(item: &Item) -> String {
    let common = item.common();
    let texts = [&common.title, &common.summary].into_iter().flat_map(|text| text.0.values());
    let texts = texts.map(|translation| translation.text.as_str());
    texts.chain(common.tags.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}
