//! What is missing: events of the next two weeks and pages that lack something for those who read them.

use super::items::address;
use super::{Answer, Page, html};
use crate::content::{Item, read_item};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::beginning::first;
use crate::hub::forms::fields;
use crate::hub::lacking::{Lack, lacks, soon};
use crate::hub::publishing::town;
use crate::hub::store::StoreError;
use crate::hub::words::Tongue;
use askama::Template;
use axum::Extension;
use axum::extract::{Query as Asked, State};
use chrono::{DateTime, Utc};
use fluent_bundle::FluentValue;
use serde::Deserialize;
use serde_json::Value;

const PAGE: usize = 50;
const PAGES_MAX: usize = 10_000;
/// The kinds that have pages of their own; the first three are shown unless another is wanted.
const KINDS: [&str; 5] = ["event", "article", "service", "place", "itinerary"];
const USUAL: usize = 3;

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage {
    page: Page,
    kinds: [&'static str; 5],
    lacks: [&'static str; 8],
    wanted: Wanted,
    rows: Vec<Row>,
    total: i64,
    before: Option<usize>,
    after: Option<usize>,
}

struct Row {
    address: String,
    title: String,
    kind: &'static str,
    when: String,
    lacks: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    kind: String,
    lack: String,
    page: usize,
}

/// An item that lacks something.
struct Found {
    id: String,
    title: String,
    kind: &'static str,
    when: Option<DateTime<Utc>>,
    lacks: Vec<Lack>,
}

pub async fn list(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Asked(wanted): Asked<Wanted>,
) -> Answer {
    let asked = wanted.clone();
    let (found, zone) = with_store(&hub, move |hub| Ok((found(hub, &asked)?, town(hub).1))).await?;
    let skip = wanted.page.min(PAGES_MAX) * PAGE;
    let tongue = visitor.tongue;
    let row = |found: &Found| Row {
        address: address(&found.id),
        title: found.title.clone(),
        kind: found.kind,
        when: found.when.map_or_else(String::new, |when| tongue.moment(when, zone)),
        lacks: found.lacks.iter().map(|lack| said(lack, tongue)).collect(),
    };
    html(&MissingPage {
        page: Page::new(&visitor, "missing", tongue.say("missing-title")),
        kinds: KINDS,
        lacks: Lack::NAMES,
        rows: found.iter().skip(skip).take(PAGE).map(row).collect(),
        total: i64::try_from(found.len()).unwrap_or(i64::MAX),
        before: wanted.page.checked_sub(1),
        after: (skip + PAGE < found.len()).then_some(wanted.page + 1),
        wanted,
    })
}

/// What is missing of something, in words.
fn said(lack: &Lack, tongue: Tongue) -> String {
    match lack {
        Lack::Translation(language) => {
            let key = format!("language-{language}");
            let name = if tongue.has(&key) { tongue.say(&key) } else { language.clone() };
            tongue.say_with("lack-translation-into", &[("language", FluentValue::from(name))])
        }
        other => tongue.say(&format!("lack-{}", other.name())),
    }
}

/// What an item still lacks, in words, and the field of its form in which that is mended.
pub fn of_item(body: &Value, languages: &[String], tongue: Tongue) -> Vec<(String, Option<String>)> {
    let Some(item) = read_item("hub", body, &mut Vec::new()) else { return Vec::new() };
    let first = languages.first().map_or("fr", String::as_str);
    let fields = fields(body["type"].as_str().unwrap_or_default()).unwrap_or_default();
    let is_asked = |field: &String| fields.iter().any(|asked| field.split('.').next() == Some(asked.key));
    let field = |lack: &Lack| lack.field(first).filter(is_asked);
    lacks(&item, languages).iter().map(|lack| (said(lack, tongue), field(lack))).collect()
}

/// The soonest first, then what has no date.
fn found(hub: &Hub, wanted: &Wanted) -> Result<Vec<Found>, StoreError> {
    let (languages, _) = town(hub);
    let now = hub.now();
    let usual = |kind: &&'static str| wanted.kind.is_empty() && KINDS[..USUAL].contains(kind);
    let mut all = Vec::new();
    for kind in KINDS.into_iter().filter(|kind| usual(kind) || *kind == wanted.kind) {
        for (id, body) in hub.store.shown_items(kind)? {
            let body = serde_json::from_str(&body).unwrap_or_default();
            let Some(item) = read_item("hub", &body, &mut Vec::new()) else { continue };
            let when = match &item {
                Item::Event(event) => match soon(event, now) {
                    None => continue,
                    soon => soon,
                },
                _ => None,
            };
            let mut lacks = lacks(&item, &languages);
            lacks.retain(|lack| wanted.lack.is_empty() || lack.name() == wanted.lack);
            if !lacks.is_empty() {
                all.push(Found { id, title: first(&item.common().title), kind, when, lacks });
            }
        }
    }
    all.sort_by_key(|found| (found.when.is_none(), found.when));
    Ok(all)
}
