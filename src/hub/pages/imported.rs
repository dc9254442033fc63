//! An item that comes from elsewhere: what its source says, and what staff decide about it here.

use super::item::{Difference, said};
use super::items::address;
use super::missing::of_item;
use super::{Answer, Page, Refusal, html};
use crate::content::Problem;
use crate::hub::app::{Shared, Visitor, with_store};
use crate::hub::forms::{self, Form, Input, Shown};
use crate::hub::gate::Posted;
use crate::hub::publishing::town;
use crate::hub::sources::{self, FEATURED, OWN_FIELDS, Override};
use crate::hub::store::{Imported, StoredItem};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono_tz::Tz;
use serde_json::{Value, json};

#[derive(Template)]
#[template(path = "imported.html")]
struct ImportedPage {
    page: Page,
    address: String,
    item: StoredItem,
    imported: Imported,
    /// What staff call the source.
    source: String,
    since: String,
    licence: String,
    credit: String,
    /// What the source says: the key of a field, and what stands there.
    facts: Vec<(&'static str, String)>,
    fields: Vec<Shown>,
    is_featured: bool,
    /// What the source says by now below what staff changed.
    changed: Vec<Difference>,
    problems: Vec<String>,
    lacks: Vec<(String, Option<String>)>,
}

/// The page of an imported item.
pub async fn shown(
    hub: &Shared,
    visitor: &Visitor,
    (item, imported): (StoredItem, Imported),
    problems: Vec<Problem>,
) -> Answer {
    let name = imported.source.clone();
    let (source, (languages, zone)) = with_store(hub, move |hub| Ok((hub.store.source(&name)?, town(hub)))).await?;
    let tongue = visitor.tongue;
    let mut body = item.body.clone();
    let is_featured = without_featured(&mut body);
    let page = Page::new(visitor, "items", super::item::title_of(&item.body));
    let all = forms::shown(&item.kind, &imported.body, &languages, zone);
    let facts = all.iter().map(|field| (field.key, told(field, &imported.body, &page, zone)));
    let facts = facts.filter(|(_, text)| !text.is_empty()).collect();
    let mut fields = forms::shown(&item.kind, &body, &languages, zone);
    fields.retain(|field| OWN_FIELDS.contains(&field.key));
    let provenance = &imported.body["provenance"][0];
    let text = |key: &str| provenance[key].as_str().unwrap_or_default().to_owned();
    let is_wrong = !problems.is_empty();
    let is_own = |field: &String| OWN_FIELDS.iter().any(|own| field.split('.').next() == Some(*own));
    let lacks = of_item(&item.body, &languages, tongue);
    let lacks = lacks.into_iter().map(|(words, field)| (words, field.filter(is_own))).collect();
    let mut response = html(&ImportedPage {
        page,
        address: address(&item.id),
        source: source.map_or_else(|| imported.source.clone(), |source| source.title),
        since: tongue.moment(imported.since, zone),
        licence: text("licence"),
        credit: text("credit"),
        lacks,
        facts,
        fields,
        is_featured,
        changed: if imported.is_changed_below { changed(&imported, &item.body) } else { Vec::new() },
        problems: problems.into_iter().map(|problem| problem.reason).collect(),
        item,
        imported,
    })?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Takes the tag out that the form asks for by itself; whether it was there.
fn without_featured(body: &mut Value) -> bool {
    let Some(tags) = body["tags"].as_array_mut() else { return false };
    let before = tags.len();
    tags.retain(|tag| tag != FEATURED);
    tags.len() < before
}

/// What stands in a field, in words.
fn told(field: &Shown, body: &Value, page: &Page, zone: Tz) -> String {
    let tongue = page.tongue;
    let moment = |at: &Value| {
        let at = at.as_str().and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok());
        at.map_or_else(String::new, |at| tongue.moment(at.to_utc(), zone))
    };
    let value = &body[field.key];
    match &field.input {
        Input::Choice(_) => value.as_str().map_or_else(String::new, |choice| tongue.say(&format!("choice-{choice}"))),
        Input::Timings(_) => {
            let all = value.as_array().into_iter().flatten();
            let all: Vec<String> =
                all.map(|timing| format!("{} – {}", moment(&timing["begin"]), moment(&timing["end"]))).collect();
            all.join("\n")
        }
        Input::Validity(_) if value.is_object() => format!("{} – {}", moment(&value["from"]), moment(&value["until"])),
        Input::Location([name, address]) => [name.as_str(), address].join("\n").trim().to_owned(),
        Input::Line(wordings) | Input::Text(wordings) => {
            let written = wordings.iter().filter(|it| !it.text.is_empty());
            let named = written.map(|it| format!("{} : {}", page.language(&it.language), it.text));
            named.collect::<Vec<_>>().join("\n")
        }
        _ => said(value),
    }
}

fn changed(imported: &Imported, shown: &Value) -> Vec<Difference> {
    let below = imported.below.as_object().into_iter().flatten();
    let different = below.filter(|(key, was)| imported.body[key.as_str()] != **was);
    different.map(|(key, _)| Difference::new(key, &imported.body[key.as_str()], &shown[key.as_str()])).collect()
}

pub async fn decide(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let asked = id.clone();
    let found =
        with_store(&hub, move |hub| Ok((hub.store.item(&asked)?, hub.store.imported(&asked)?, town(hub)))).await?;
    let (Some(item), imported, (_, zone)) = found else { return Err(Refusal::not_found()) };
    let not_imported = || Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "refused-not-imported");
    let imported = imported.ok_or_else(not_imported)?;
    let wish = match posted.get("action") {
        "hide" => Override::Hide,
        "show" => Override::Show,
        "source" => Override::AsSources,
        "keep" => Override::Keep,
        "set" => match wanted(&item, &posted, zone) {
            Ok(body) => Override::Set(body),
            Err(problems) => return shown(&hub, &visitor, (item, imported), problems).await,
        },
        _ => return Err(Refusal::unreadable()),
    };
    let version: i64 = posted.get("version").parse().map_err(|_| Refusal::unreadable())?;
    let who = visitor.clone();
    let seen = (StoredItem { version, ..item.clone() }, imported.clone());
    let done = with_store(&hub, move |hub| sources::decide(hub, (&seen.0, &seen.1), wish, who.by(hub.now()))).await?;
    match done {
        Ok(true) => Ok(Redirect::to(&address(&id)).into_response()),
        Ok(false) => Err(Refusal::new(StatusCode::CONFLICT, "refused-outdated")),
        Err(problems) => shown(&hub, &visitor, (item, imported), problems).await,
    }
}

/// The item as staff want it.
fn wanted(item: &StoredItem, posted: &Posted, zone: Tz) -> Result<Value, Vec<Problem>> {
    let form = Form { kind: &item.kind, before: &item.body, sent: &posted.0, zone };
    let (mut body, read, problems) = forms::read_only(&form, &|key| OWN_FIELDS.contains(&key));
    without_featured(&mut body);
    if posted.get("featured") == "yes" {
        match body["tags"].as_array_mut() {
            Some(tags) => tags.push(json!(FEATURED)),
            None => body["tags"] = json!([FEATURED]),
        }
    }
    if read.is_none() || !problems.is_empty() {
        return Err(problems);
    }
    // As an item writes itself, so that what is the same is seen to be.
    let read = crate::content::read_item("form", &body, &mut Vec::new());
    read.map(|item| json!(item)).ok_or(problems)
}
