//! One item: its form, where it is on its way, and what it was before.

use super::items::address;
use super::missing::of_item;
use super::{Answer, Page, Refusal, html, preview};
use crate::content::Problem;
use crate::hub::app::{Shared, Visitor, with_store};
use crate::hub::beginning::{first, words};
use crate::hub::forms::{self, Form, KINDS, Shown};
use crate::hub::gate::Posted;
use crate::hub::publishing::{FULL, town};
use crate::hub::store::{Draft, Saved, State as ItemState, StoredItem, StoredVersion};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono_tz::Tz;
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "item.html")]
struct ItemPage {
    page: Page,
    address: String,
    /// None for something new.
    item: Option<StoredItem>,
    fields: Vec<Shown>,
    /// Problems that belong to no field.
    problems: Vec<String>,
    /// What somebody else has saved meanwhile: theirs and ours, field by field where they differ.
    conflict: Vec<Difference>,
    /// The version that a save is based on.
    version: i64,
    kind: String,
    around: Around,
    lacks: Vec<(String, Option<String>)>,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    page: Page,
    address: String,
    /// The one that stands.
    newest: i64,
    versions: Vec<Past>,
}

/// A version, and what it changed.
struct Past {
    version: StoredVersion,
    at: String,
    changed: Vec<Difference>,
}

/// A field that is not the same.
pub struct Difference {
    pub key: String,
    pub theirs: String,
    pub ours: String,
}

impl Difference {
    pub fn new(key: &str, theirs: &Value, ours: &Value) -> Self {
        Self { key: key.to_owned(), theirs: said(theirs), ours: said(ours) }
    }
}

/// What a form is written in.
struct Around {
    languages: Vec<String>,
    zone: Tz,
    has_renderer: bool,
}

async fn around(hub: &Shared) -> Result<Around, Refusal> {
    let (languages, zone) = with_store(hub, |hub| Ok(town(hub))).await?;
    Ok(Around { languages, zone, has_renderer: hub.renderer.is_there() })
}

impl Around {
    fn fields(&self, kind: &str, body: &Value) -> Vec<Shown> {
        forms::shown(kind, body, &self.languages, self.zone)
    }
}

fn kind_of(kind: &str) -> Result<(), Refusal> {
    if KINDS.contains(&kind) { Ok(()) } else { Err(Refusal::not_found()) }
}

pub async fn new(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(kind): Path<String>,
) -> Answer {
    kind_of(&kind)?;
    let around = around(&hub).await?;
    let fields = around.fields(&kind, &Value::Null);
    shown(&visitor, &kind, None, fields, around, Vec::new())
}

fn shown(
    visitor: &Visitor,
    kind: &str,
    item: Option<StoredItem>,
    fields: Vec<Shown>,
    around: Around,
    conflict: Vec<Difference>,
) -> Answer {
    let title = match &item {
        Some(item) => title_of(&item.body),
        None => visitor.tongue.say(&format!("new-{kind}")),
    };
    let address = item.as_ref().map_or_else(|| format!("/staff/items/new/{kind}"), |item| address(&item.id));
    let version = item.as_ref().map_or(0, |item| item.version);
    let page = Page::new(visitor, "items", title);
    let problems = Vec::new();
    let lacks = item.as_ref().map(|item| of_item(&item.body, &around.languages, visitor.tongue)).unwrap_or_default();
    html(&ItemPage { page, address, item, fields, problems, conflict, version, kind: kind.to_owned(), around, lacks })
}

pub fn title_of(body: &Value) -> String {
    let read = crate::content::read_item("hub", body, &mut Vec::new());
    read.map_or_else(String::new, |item| first(&item.common().title))
}

pub async fn form(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, Path(id): Path<String>) -> Answer {
    let found = with_store(&hub, move |hub| Ok((hub.store.item(&id)?, hub.store.imported(&id)?)));
    let (item, imported) = found.await?;
    let item = item.ok_or_else(Refusal::not_found)?;
    if let Some(imported) = imported {
        return super::imported::shown(&hub, &visitor, (item, imported), Vec::new()).await;
    }
    let around = around(&hub).await?;
    let fields = around.fields(&item.kind, &item.body);
    let kind = item.kind.clone();
    shown(&visitor, &kind, Some(item), fields, around, Vec::new())
}

pub async fn create(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(kind): Path<String>,
    posted: Posted,
) -> Answer {
    kind_of(&kind)?;
    let id = format!("hub:{}", Uuid::now_v7());
    let before = json!({"type": kind, "id": id});
    keep(&hub, &visitor, Kept { kind, id, before, based_on: None }, posted).await
}

pub async fn save(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let asked = id.clone();
    let (item, imported) =
        with_store(&hub, move |hub| Ok((hub.store.item(&asked)?, hub.store.imported(&asked)?))).await?;
    let item = item.ok_or_else(Refusal::not_found)?;
    if imported.is_some() {
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "refused-imported"));
    }
    let based_on = posted.get("version").parse().map_err(|_| Refusal::unreadable())?;
    keep(&hub, &visitor, Kept { kind: item.kind, id, before: item.body, based_on: Some(based_on) }, posted).await
}

/// What is to be kept.
struct Kept {
    kind: String,
    id: String,
    before: Value,
    based_on: Option<i64>,
}

/// Keeps what was sent; what is not understood is shown again with what is wrong.
async fn keep(hub: &Shared, visitor: &Visitor, kept: Kept, posted: Posted) -> Answer {
    let state = match posted.get("action") {
        "submit" => ItemState::ToModerate,
        "ready" if visitor.may(crate::hub::store::Role::Moderator) => ItemState::Ready,
        _ => ItemState::Draft,
    };
    let around = around(hub).await?;
    let Kept { kind, id, before, based_on } = kept;
    let (body, item, problems) =
        forms::read(&Form { kind: &kind, before: &before, sent: &posted.0, zone: around.zone });
    let Some(item) = item.filter(|_| problems.is_empty()) else {
        let known = based_on.map(|version| (id, version));
        return wrong(visitor, kind, known, (body, problems), around);
    };
    let who = visitor.clone();
    let (title, found_by, written) = (first(&item.common().title), words(&item), with_unknown(json!(item), &body));
    // Pictures are chosen on a page of their own, for what was written so far.
    let to = match posted.get("action") {
        "pick" => format!("/staff/media?for={}", address(&id).trim_start_matches("/staff/items/")),
        _ => address(&id),
    };
    let (asked, of) = (id.clone(), kind.clone());
    let saved = with_store(hub, move |hub| {
        let draft = Draft {
            id: &asked,
            kind: &of,
            title: &title,
            words: &found_by,
            state,
            body: &written,
            reason: "",
            based_on,
        };
        hub.store.save(&draft, who.by(hub.now()))
    });
    match saved.await? {
        Saved::As(_) => Ok(Redirect::to(&to).into_response()),
        Saved::Gone => Err(Refusal::new(StatusCode::CONFLICT, "refused-gone")),
        Saved::Outdated(theirs) => {
            let conflict = differences(&theirs.body, &json!(item));
            // Ours is in the form, theirs beside it; whoever saves now has seen both.
            let fields = around.fields(&kind, &body);
            let mut response = shown(visitor, &kind, Some(*theirs), fields, around, conflict)?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
    }
}

/// An item as it is read, with what stood in it that only others understand.
fn with_unknown(mut item: Value, body: &Value) -> Value {
    if let (Some(item), Some(body)) = (item.as_object_mut(), body.as_object()) {
        for (key, value) in body {
            item.entry(key).or_insert_with(|| value.clone());
        }
    }
    item
}

/// The form again, with all that was written in it.
fn wrong(
    visitor: &Visitor,
    kind: String,
    known: Option<(String, i64)>,
    (body, problems): (Value, Vec<Problem>),
    around: Around,
) -> Answer {
    let mut fields = around.fields(&kind, &body);
    let mut others = Vec::new();
    for problem in problems {
        let of = problem.field.split(['.', '[']).next().unwrap_or_default().to_owned();
        match fields.iter_mut().find(|field| field.key == of) {
            Some(field) => field.problems.push(problem.reason),
            None => others.push(problem.reason),
        }
    }
    let (address, version) = match known {
        Some((id, version)) => (address(&id), version),
        None => (format!("/staff/items/new/{kind}"), 0),
    };
    let page = Page::new(visitor, "items", visitor.tongue.say("item-not-saved"));
    let conflict = Vec::new();
    let (problems, lacks) = (others, Vec::new());
    let page = ItemPage { page, address, item: None, fields, problems, conflict, version, kind, around, lacks };
    let mut response = html(&page)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The fields in which two bodies differ, in words.
fn differences(theirs: &Value, ours: &Value) -> Vec<Difference> {
    let keys = [theirs, ours].into_iter().filter_map(Value::as_object).flat_map(|all| all.keys());
    let keys: std::collections::BTreeSet<&String> = keys.collect();
    let different = keys.into_iter().filter(|key| theirs[key.as_str()] != ours[key.as_str()]);
    different.map(|key| Difference::new(key, &theirs[key.as_str()], &ours[key.as_str()])).collect()
}

/// A value as staff read it.
pub fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(parts) => {
            let parts = parts.iter().map(|(key, value)| match value.get("text").unwrap_or(value) {
                Value::String(text) => format!("{key}: {text}"),
                other => format!("{key}: {}", said(other)),
            });
            parts.collect::<Vec<_>>().join("\n")
        }
        Value::Array(parts) => parts.iter().map(said).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// A moderator's word on an item: ready, refused with a reason, or off the displays at once.
pub async fn judge(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let (action, reason) = (posted.get("action").to_owned(), posted.get("reason").to_owned());
    let back = Redirect::to(&address(&id));
    if action == "withdraw" {
        let tongue = visitor.tongue;
        let done = with_store(&hub, move |hub| Ok(hub.desk.withdraw(hub.store.as_ref(), &[id], visitor.by(hub.now()))));
        let failed = |why: String| {
            let detail = if why == FULL { tongue.say("refused-full") } else { why };
            Refusal { status: StatusCode::SERVICE_UNAVAILABLE, key: "refused-publish", detail }
        };
        done.await?.map_err(failed)?;
        return Ok(back.into_response());
    }
    let state = match action.as_str() {
        "ready" => ItemState::Ready,
        "refuse" if !reason.is_empty() => ItemState::Refused,
        "refuse" => return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-reason")),
        _ => return Err(Refusal::unreadable()),
    };
    let version: i64 = posted.get("version").parse().map_err(|_| Refusal::unreadable())?;
    let saved = with_store(&hub, move |hub| {
        let Some(item) = hub.store.item(&id)? else { return Ok(Saved::Gone) };
        let title = title_of(&item.body);
        let found_by = crate::content::read_item("hub", &item.body, &mut Vec::new()).map(|item| words(&item));
        let draft = Draft {
            id: &id,
            kind: &item.kind,
            title: &title,
            words: &found_by.unwrap_or_default(),
            state,
            body: &item.body,
            reason: &reason,
            based_on: Some(version),
        };
        hub.store.save(&draft, visitor.by(hub.now()))
    });
    match saved.await? {
        Saved::As(_) => Ok(back.into_response()),
        Saved::Outdated(_) => Err(Refusal::new(StatusCode::CONFLICT, "refused-outdated")),
        Saved::Gone => Err(Refusal::not_found()),
    }
}

pub async fn history(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Answer {
    let asked = id.clone();
    let (versions, (_, zone)) = with_store(&hub, move |hub| Ok((hub.store.versions(&asked)?, town(hub)))).await?;
    let newest = versions.first().ok_or_else(Refusal::not_found)?;
    let title = title_of(&newest.body);
    let before = versions.iter().skip(1).map(Some).chain([None]);
    let past = versions.iter().zip(before).map(|(version, before)| Past {
        at: visitor.tongue.moment(version.at, zone),
        changed: before.map_or_else(Vec::new, |before| differences(&before.body, &version.body)),
        version: version.clone(),
    });
    let page = Page::new(&visitor, "items", title);
    html(&HistoryPage { page, address: address(&id), newest: newest.version, versions: past.collect() })
}
