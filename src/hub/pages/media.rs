//! The media library: what there is, what comes in, and what an item takes from it.

use super::items::address;
use super::{Answer, Page, Refusal, html};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::beginning::words;
use crate::hub::gate::Posted;
use crate::hub::media::{NotKept, SIDES, keep, rendition};
use crate::hub::pages::item::title_of;
use crate::hub::store::{By, Draft, Media, MediaQuery, Only, Saved, State as ItemState};
use crate::hub::uploads::{Upload, Uploaded};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query as Asked, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use serde_json::json;
use std::sync::PoisonError;

const PAGE: u32 = 24;
const PAGES_MAX: i64 = 100_000;
/// More pictures than any item shows.
const MEDIA_MAX: usize = 100;

#[derive(Template)]
#[template(path = "media.html")]
struct MediaPage {
    page: Page,
    filters: Vec<&'static str>,
    wanted: Wanted,
    cards: Vec<Media>,
    total: i64,
    before: Option<i64>,
    after: Option<i64>,
    /// What a picture is chosen for.
    item: Option<Target>,
    notices: Vec<Notice>,
    upload_mib: i64,
}

/// An item that takes a picture.
struct Target {
    address: String,
    title: String,
    version: i64,
}

/// What became of a file.
struct Notice {
    name: String,
    /// Its entry; else the key of the words for why there is none.
    kept: Result<String, &'static str>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    text: String,
    only: String,
    page: i64,
    /// The id of the item that a picture is chosen for.
    #[serde(rename = "for")]
    item: String,
}

pub async fn list(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Asked(wanted): Asked<Wanted>,
) -> Answer {
    shown(&hub, &visitor, wanted, Vec::new()).await
}

async fn shown(hub: &Shared, visitor: &Visitor, wanted: Wanted, notices: Vec<Notice>) -> Answer {
    let skip = wanted.page.clamp(0, PAGES_MAX) * i64::from(PAGE);
    let query = MediaQuery { only: Only::parse(&wanted.only), text: wanted.text.clone(), skip, count: PAGE };
    let asked = wanted.item.clone();
    let ((cards, total), item) =
        with_store(hub, move |hub| Ok((hub.store.media_list(&query)?, hub.store.item(&asked)?))).await?;
    let is_last = skip + cards.len() as i64 >= total;
    html(&MediaPage {
        page: Page::new(
            visitor,
            "media",
            visitor.tongue.say(if item.is_some() { "media-choose" } else { "media-title" }),
        ),
        filters: Only::ALL.map(Only::name).to_vec(),
        before: (wanted.page > 0).then_some(wanted.page - 1),
        after: (!is_last).then_some(wanted.page + 1),
        item: item.map(|item| Target {
            address: address(&item.id),
            title: title_of(&item.body),
            version: item.version,
        }),
        wanted,
        cards,
        total,
        notices,
        upload_mib: (hub.upload_limits.form_bytes >> 20) as i64,
    })
}

/// What was sent, into the library; each file for itself.
pub async fn add(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, form: Uploaded) -> Answer {
    let wanted = Wanted { item: form.get("for").to_owned(), ..Wanted::default() };
    let who = visitor.clone();
    let files = form.files;
    let notices = with_store(&hub, move |hub| {
        Ok(files.into_iter().map(|file| kept(hub, &file, who.by(hub.now()))).collect::<Result<Vec<_>, _>>())
    });
    let notices = notices.await?.map_err(Refusal::from)?;
    if let ([Notice { kept: Ok(id), .. }], true) = (&notices[..], wanted.item.is_empty()) {
        return Ok(Redirect::to(&format!("/staff/media/{id}")).into_response());
    }
    let is_whole = !notices.is_empty() && notices.iter().all(|notice| notice.kept.is_ok());
    let mut response = shown(&hub, &visitor, wanted, notices).await?;
    if !is_whole {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn kept(hub: &Hub, file: &Upload, by: By<'_>) -> Result<Notice, NotKept> {
    let name = file.name.clone();
    match entry(hub, by, || keep(&hub.files, file)) {
        Ok(media) => Ok(Notice { name, kept: Ok(media.id) }),
        Err(NotKept::Refused(why)) => Ok(Notice { name, kept: Err(why) }),
        Err(other) => Err(other),
    }
}

/// What was made, as an entry of the library; what is there already is that.
///
/// # Errors
/// Those of the making and of the store.
pub fn entry(hub: &Hub, by: By<'_>, make: impl FnOnce() -> Result<Media, NotKept>) -> Result<Media, NotKept> {
    let made = {
        let _alone = hub.unpacking.lock().unwrap_or_else(PoisonError::into_inner);
        let made = make()?;
        // The list shows it at once; where that fails, it is made when somebody looks.
        let _ = rendition(&hub.files, &made, SIDES[0].1);
        made
    };
    if hub.store.add_media(&made, by)? {
        return Ok(made);
    }
    Ok(hub.store.media_of(&made.file)?.unwrap_or(made))
}

impl From<NotKept> for Refusal {
    fn from(why: NotKept) -> Self {
        match why {
            NotKept::Refused(key) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, key),
            NotKept::Disk(error) => Self::of_disk(&error),
            NotKept::Store(error) => error.into(),
        }
    }
}

/// An item takes a picture: the last of those that it has.
pub async fn choose(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let version: i64 = posted.get("version").parse().map_err(|_| Refusal::unreadable())?;
    let media = posted.get("media").to_owned();
    let back = format!("{}#media", address(&id));
    let saved = with_store(&hub, move |hub| {
        let (Some(item), Some(media)) = (hub.store.item(&id)?, hub.store.media(&media)?) else {
            return Ok(Saved::Gone);
        };
        let mut body = item.body;
        let there = body["media"].as_array().cloned().unwrap_or_default();
        if there.len() < MEDIA_MAX && there.iter().all(|one| one["path"] != json!(media.file)) {
            body["media"] = there.into_iter().chain([json!(media.media_ref())]).collect();
        }
        let read = crate::content::read_item("hub", &body, &mut Vec::new());
        let draft = Draft {
            id: &id,
            kind: &item.kind,
            title: &title_of(&body),
            words: &read.map(|item| words(&item)).unwrap_or_default(),
            state: ItemState::Draft,
            body: &body,
            reason: "",
            based_on: Some(version),
        };
        hub.store.save(&draft, visitor.by(hub.now()))
    });
    match saved.await? {
        Saved::As(_) => Ok(Redirect::to(&back).into_response()),
        Saved::Outdated(_) => Err(Refusal::new(StatusCode::CONFLICT, "refused-outdated")),
        Saved::Gone => Err(Refusal::not_found()),
    }
}
