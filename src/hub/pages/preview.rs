//! What a form would look like on the screens: the true pictures, and what is read aloud.

use super::{Answer, Page, Refusal, html};
use crate::content::Item;
use crate::hub::app::{Shared, Visitor, with_store};
use crate::hub::forms::{self, Form, KINDS};
use crate::hub::gate::Posted;
use crate::hub::publishing::town;
use crate::hub::renderer::{Missing, Picture, Wish, draw};
use crate::hub::words::Tongue;
use crate::language::Language;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// A way to look at a screen; its words are `view-<name>`.
struct View {
    name: &'static str,
    profile: &'static str,
    access: &'static [&'static str],
}

const VIEWS: [View; 5] = [
    View { name: "portrait", profile: "totem-portrait", access: &[] },
    View { name: "landscape", profile: "hall-landscape", access: &[] },
    View { name: "large", profile: "totem-portrait", access: &["large"] },
    View { name: "contrast", profile: "totem-portrait", access: &["contrast"] },
    View { name: "reach", profile: "totem-portrait", access: &["reach"] },
];

/// The names of all views, the one that a form looks at first before the others.
pub fn views() -> Vec<&'static str> {
    VIEWS.iter().map(|view| view.name).collect()
}

/// The languages of a town that its screens speak.
pub fn spoken(languages: &[String]) -> Vec<&String> {
    languages.iter().filter(|language| Language::parse(language).is_some()).collect()
}

/// What a form says now.
struct Draft {
    id: String,
    body: Value,
    /// When it can be seen, if not now.
    at: DateTime<Utc>,
    language: String,
    problems: Vec<String>,
}

#[derive(Template)]
#[template(path = "preview.html")]
struct PreviewPage {
    page: Page,
    /// The name of each view with its picture, or why there is none.
    pictures: Vec<(&'static str, Result<Picture, String>)>,
    problems: Vec<String>,
}

impl PreviewPage {
    fn faults(&self, picture: &Picture) -> Vec<String> {
        faults(self.page.tongue, picture)
    }
}

/// What a form shows, all at once, for browsers without scripts; with `view` one picture for those with.
pub async fn preview(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(kind): Path<String>,
    posted: Posted,
) -> Answer {
    if !KINDS.contains(&kind.as_str()) {
        return Err(Refusal::not_found());
    }
    let view = posted.get("view").to_owned();
    let turn = posted.get("turn").parse().unwrap_or_default();
    let form = format!("{} {}", visitor.form_token, posted.get("page"));
    // What somebody looks at comes before what they may look at next.
    let is_looked_at = posted.get("first") == "1";
    let of = kind.clone();
    let draft = with_store(&hub, move |hub| {
        let (languages, zone) = town(hub);
        let id = posted.get("id").to_owned();
        let known = if id.is_empty() { None } else { hub.store.item(&id)?.filter(|item| item.kind == of) };
        let id = known.as_ref().map_or_else(|| "hub:draft".to_owned(), |item| item.id.clone());
        let before = known.map_or_else(|| json!({"type": of, "id": id}), |item| item.body);
        let (body, item, problems) = forms::read(&Form { kind: &of, before: &before, sent: &posted.0, zone });
        let asked = posted.get("language");
        let all = spoken(&languages);
        let language = all.iter().find(|language| **language == asked).or(all.first());
        let language = language.map_or_else(|| "fr".to_owned(), |language| (*language).clone());
        let problems = problems.into_iter().map(|problem| problem.reason).collect();
        Ok(Draft { id, body, at: seen_at(item.as_ref(), hub.now()), language, problems })
    });
    let draft = draft.await?;
    if let Some(view) = VIEWS.iter().find(|known| known.name == view) {
        let request = draft.request(&kind, view);
        let drawn = draw(&hub, Wish { form, turn, rank: usize::from(!is_looked_at), request }).await;
        return Ok(told(&visitor, &draft, drawn));
    }
    let mut pictures = Vec::new();
    for (rank, view) in VIEWS.iter().enumerate() {
        let request = draft.request(&kind, view);
        let drawn = draw(&hub, Wish { form: form.clone(), turn, rank, request }).await;
        pictures.push((view.name, drawn.map_err(|missing| why(visitor.tongue, &missing))));
    }
    let page = Page::new(&visitor, "items", visitor.tongue.say("preview"));
    html(&PreviewPage { page, pictures, problems: draft.problems })
}

impl Draft {
    fn request(&self, kind: &str, view: &View) -> Value {
        json!({
            "screen": kind,
            "id": self.id,
            "draft": self.body,
            "lang": self.language,
            "profile": view.profile,
            "access": view.access,
            "at": self.at.to_rfc3339(),
        })
    }
}

/// The first moment from now on at which it is shown.
fn seen_at(item: Option<&Item>, now: DateTime<Utc>) -> DateTime<Utc> {
    item.and_then(|item| item.common().valid.from).map_or(now, |from| now.max(from.to_utc()))
}

/// One picture, for the script of the form.
fn told(visitor: &Visitor, draft: &Draft, drawn: Result<Picture, Missing>) -> Response {
    let tongue = visitor.tongue;
    match drawn {
        Ok(picture) => Json(json!({
            "picture": format!("/staff/preview/pictures/{}", picture.name),
            "faults": faults(tongue, &picture),
            "spoken": picture.spoken,
            "language": draft.language,
            "problems": draft.problems,
        }))
        .into_response(),
        Err(missing) => {
            let status = match missing {
                Missing::Outdated => StatusCode::CONFLICT,
                Missing::NoRenderer | Missing::Failed(_) => StatusCode::SERVICE_UNAVAILABLE,
            };
            let said = json!({"why": why(tongue, &missing), "problems": draft.problems});
            (status, Json(said)).into_response()
        }
    }
}

fn why(tongue: Tongue, missing: &Missing) -> String {
    match missing {
        Missing::Outdated => tongue.say("preview-outdated"),
        Missing::NoRenderer => tongue.say("preview-no-renderer"),
        Missing::Failed(why) => tongue.say_with("preview-failed", &[("why", why.as_str().into())]),
    }
}

/// What is wrong with a picture, in the words of staff; what the machine measured stands behind them.
fn faults(tongue: Tongue, picture: &Picture) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for fault in &picture.faults {
        let key = format!("fault-{}", fault.rule);
        let words = if tongue.has(&key) { tongue.say(&key) } else { tongue.say("fault-other") };
        let line = format!("{words} ({})", fault.words);
        if !said.contains(&line) {
            said.push(line);
        }
    }
    said
}

/// A picture that was drawn a short while ago.
pub async fn picture(State(hub): State<Shared>, Path(name): Path<String>) -> Answer {
    let gone = || Refusal::new(StatusCode::GONE, "refused-nowhere");
    let file = hub.renderer.file(&name).ok_or_else(gone)?;
    let bytes = tokio::fs::read(file).await.map_err(|_| gone())?;
    Ok(([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "private, max-age=600")], bytes).into_response())
}
