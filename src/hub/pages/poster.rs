//! A poster in, an event out.

use super::items::address;
use super::media::entry;
use super::{Answer, Page, Refusal, html};
use crate::content::{Localized, Problem};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::beginning::{first, words};
use crate::hub::forms::{self, Form};
use crate::hub::gate::Posted;
use crate::hub::media::{Incoming, NotKept, Suggested, first_page, is_pdf_too_large, keep, keep_page, suggest};
use crate::hub::publishing::town;
use crate::hub::store::{By, Draft, Media, Saved, State as ItemState};
use crate::hub::uploads::{Upload, Uploaded};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::NaiveDateTime;
use serde_json::{Value, json};
use std::path::PathBuf;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "poster.html")]
struct PosterPage {
    page: Page,
    wrong: &'static str,
    upload_mib: i64,
}

#[derive(Template)]
#[template(path = "poster-asked.html")]
struct AskedPage {
    page: Page,
    media: Media,
    title: String,
    begin: String,
    end: String,
    place: String,
    language: String,
    problems: Vec<Problem>,
}

fn shown(hub: &Hub, visitor: &Visitor, wrong: &'static str) -> Answer {
    let page = Page::new(visitor, "media", visitor.tongue.say("poster-title"));
    let mut response = html(&PosterPage { page, wrong, upload_mib: (hub.upload_limits.form_bytes >> 20) as i64 })?;
    if !wrong.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub async fn form(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>) -> Answer {
    shown(&hub, &visitor, "")
}

pub async fn take(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, mut form: Uploaded) -> Answer {
    let Some(file) = form.files.pop() else { return shown(&hub, &visitor, "upload-none") };
    let who = visitor.clone();
    let taken = with_store(&hub, move |hub| Ok(taken(hub, &file, who.by(hub.now())))).await?;
    match taken {
        Ok(media) => Ok(Redirect::to(&format!("/staff/poster/{}", media.id)).into_response()),
        Err(NotKept::Refused(why)) => shown(&hub, &visitor, why),
        Err(other) => Err(other.into()),
    }
}

/// A poster as an entry of the library, with what it seems to say.
fn taken(hub: &Hub, file: &Upload, by: By<'_>) -> Result<Media, NotKept> {
    let is_pdf = !file.is_too_large && Incoming::of(file.path())? == Some(Incoming::Pdf);
    if !is_pdf {
        return entry(hub, by, || keep(&hub.files, file));
    }
    if is_pdf_too_large(file.path())? {
        return Err(NotKept::Refused("upload-too-large"));
    }
    let drawn = Drawn(hub.files.new_upload());
    let (_, zone) = town(hub);
    entry(hub, by, || {
        let lines =
            first_page(file.path(), &drawn.0, hub.poster_patience).map_err(|_| NotKept::Refused("upload-no-pdf"))?;
        let hints = json!(suggest(&lines, hub.now().with_timezone(&zone).date_naive()));
        Ok(Media { hints, ..keep_page(&hub.files, file, &drawn.0)? })
    })
}

/// A page that is drawn, until it is kept.
struct Drawn(PathBuf);

impl Drop for Drawn {
    fn drop(&mut self) {
        // It is not there where drawing failed.
        let _ = std::fs::remove_file(&self.0);
    }
}

pub async fn asked(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Answer {
    let found = with_store(&hub, move |hub| Ok((hub.store.media(&id)?, town(hub)))).await?;
    let (Some(media), (languages, _)) = found else { return Err(Refusal::not_found()) };
    let hints: Suggested = serde_json::from_value(media.hints.clone()).unwrap_or_default();
    let local = |at: Option<NaiveDateTime>| at.map_or_else(String::new, |at| at.format("%Y-%m-%dT%H:%M").to_string());
    html(&AskedPage {
        page: Page::new(&visitor, "media", visitor.tongue.say("poster-asked")),
        title: hints.title,
        begin: local(hints.begin),
        end: local(hints.end),
        place: hints.place,
        language: languages.into_iter().next().unwrap_or_default(),
        problems: Vec::new(),
        media,
    })
}

/// A draft of an event with the poster as its picture.
pub async fn make(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let found = with_store(&hub, move |hub| Ok((hub.store.media(&id)?, town(hub)))).await?;
    let (Some(mut media), (languages, zone)) = found else { return Err(Refusal::not_found()) };
    let language = languages.into_iter().next().unwrap_or_default();
    let sent: Vec<(String, String)> = [
        (format!("title.{language}"), "title"),
        ("timings.0.begin".to_owned(), "begin"),
        ("timings.0.end".to_owned(), "end"),
        ("location.name".to_owned(), "place"),
    ]
    .map(|(field, name)| (field, posted.get(name).to_owned()))
    .to_vec();
    if media.alt.is_empty() {
        // Better than nothing for whoever does not see it, until somebody says more.
        media.alt = Localized::one(&language, posted.get("title"));
    }
    let item = format!("hub:{}", Uuid::now_v7());
    let before = json!({"type": "event", "id": item, "media": [media.media_ref()]});
    let (_, read, problems) = forms::read(&Form { kind: "event", before: &before, sent: &sent, zone });
    let Some(event) = read.filter(|_| problems.is_empty()) else {
        let text = |name| posted.get(name).to_owned();
        let mut response = html(&AskedPage {
            page: Page::new(&visitor, "media", visitor.tongue.say("item-not-saved")),
            title: text("title"),
            begin: text("begin"),
            end: text("end"),
            place: text("place"),
            language,
            problems,
            media,
        })?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    };
    let to = Redirect::to(&address(&item));
    let saved = with_store(&hub, move |hub| {
        let body: Value = json!(event);
        let draft = Draft {
            id: &item,
            kind: "event",
            title: &first(&event.common().title),
            words: &words(&event),
            state: ItemState::Draft,
            body: &body,
            reason: "",
            based_on: None,
        };
        let by = visitor.by(hub.now());
        hub.store.change_media(&media, visitor.may(crate::hub::store::Role::Moderator), by)?;
        hub.store.save(&draft, by)
    });
    match saved.await? {
        Saved::As(_) => Ok(to.into_response()),
        _ => Err(Refusal::new(StatusCode::CONFLICT, "refused-gone")),
    }
}
