//! One picture or film of the library: what is said of it, which part of it is shown, and what shows it.

use super::items::address;
use super::{Answer, Page, Refusal, html};
use crate::content::{Localized, Origin, language_tag};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::gate::Posted;
use crate::hub::media::{self, LICENCES, NotKept, SIDES, forget, keep, kept_rendition, rendition};
use crate::hub::publishing::town;
use crate::hub::store::{Media, MediaChange, MediaUse, Role, StoreError};
use crate::hub::uploads::Uploaded;
use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use std::sync::PoisonError;

/// The longest line that is said of a picture, in characters.
const LINE_CHARS_MAX: usize = 1000;
/// The narrowest part that may be cut out, as a fraction.
const PART_MIN: f32 = 0.05;
const OWN: &str = "own";
const OTHER: &str = "other";

#[derive(Template)]
#[template(path = "media-entry.html")]
struct EntryPage {
    page: Page,
    media: Media,
    /// What is on it, in each of the town's languages.
    alt: Vec<(String, String)>,
    licences: [&'static str; 10],
    /// It is none of them.
    other: String,
    /// In percent.
    focal: [String; 2],
    cut: [String; 4],
    uses: Vec<(String, MediaUse)>,
    changed: String,
    upload_mib: i64,
}

impl EntryPage {
    fn is_licence(&self, licence: &str) -> bool {
        match licence {
            OWN => self.media.is_own,
            OTHER => !self.media.is_own && !self.other.is_empty(),
            licence => !self.media.is_own && self.media.licence == licence,
        }
    }

    fn kib(&self) -> i64 {
        (self.media.bytes + 1023) >> 10
    }
}

fn percent(part: f32) -> String {
    format!("{:.1}", part * 100.0).trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub async fn form(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, Path(id): Path<String>) -> Answer {
    let asked = with_store(&hub, move |hub| {
        let Some(media) = hub.store.media(&id)? else { return Ok(None) };
        let uses = hub.store.media_uses(&media.file)?;
        Ok(Some((media, uses, town(hub))))
    });
    let (media, uses, (mut languages, zone)) = asked.await?.ok_or_else(Refusal::not_found)?;
    let others: Vec<String> = media
        .alt
        .languages()
        .filter(|language| !languages.iter().any(|it| it == language))
        .map(str::to_owned)
        .collect();
    languages.extend(others);
    let text = |language: &str| media.alt.exact(language).map_or_else(String::new, |said| said.text.clone());
    let alt = languages.iter().map(|language| (language.clone(), text(language))).collect();
    let is_known = media.licence.is_empty() || LICENCES.contains(&media.licence.as_str());
    html(&EntryPage {
        page: Page::new(&visitor, "media", media.name.clone()),
        alt,
        licences: LICENCES,
        other: if is_known { String::new() } else { media.licence.clone() },
        focal: media.focal.map_or_else(Default::default, |focal| focal.map(percent)),
        cut: media.cut.unwrap_or([0.0, 0.0, 1.0, 1.0]).map(percent),
        uses: uses.into_iter().map(|one| (address(&one.id), one)).collect(),
        changed: visitor.tongue.moment(media.changed, zone),
        upload_mib: (hub.upload_limits.form_bytes >> 20) as i64,
        media,
    })
}

/// A line as it was sent.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LINE_CHARS_MAX).collect()
}

/// Percent that were sent as fractions; none where nothing was sent.
fn fractions<const N: usize>(posted: &Posted, names: [&str; N]) -> Result<Option<[f32; N]>, Refusal> {
    let sent = names.map(|name| posted.get(name).replace(',', "."));
    if sent.iter().all(String::is_empty) {
        return Ok(None);
    }
    let read = sent.map(|text| text.parse::<f32>().ok().filter(|part| (0.0..=100.0).contains(part)));
    if read.iter().any(Option::is_none) {
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-percent"));
    }
    Ok(Some(read.map(|part| part.unwrap_or_default() / 100.0)))
}

pub async fn save(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let focal = fractions(&posted, ["focal.x", "focal.y"])?;
    let version = posted.get("version").to_owned();
    changed(&hub, &visitor, id, &version, move |_, before| {
        let mut alt = Localized::default();
        for (name, text) in &posted.0 {
            let Some(language) = name.strip_prefix("alt.").and_then(language_tag) else { continue };
            let text = line(text);
            // One that was not changed keeps its origin.
            let old = before.alt.exact(&language).filter(|old| old.text == text);
            if !text.is_empty() {
                alt.insert(&language, text, old.map_or(Origin::Original, |old| old.origin));
            }
        }
        let (is_own, licence) = match posted.get("licence") {
            OWN => (true, String::new()),
            OTHER => (false, line(posted.get("licence.other"))),
            known => (false, LICENCES.iter().find(|licence| **licence == known).map_or("", |it| it).to_owned()),
        };
        let named = line(posted.get("name"));
        let name = if named.is_empty() { before.name.clone() } else { named };
        let credit = line(posted.get("credit"));
        let now = Media { name, alt, credit, licence, is_own, focal, ..before };
        // What was cut while it was allowed stays whole from now on.
        if now.cut.is_some() && !now.may_be_cut() { Err(NotKept::Refused("wrong-licence-of-cut")) } else { Ok(now) }
    })
    .await
}

/// A part of the picture in its place, everywhere.
pub async fn cut(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let part = match posted.get("action") {
        "whole" => None,
        _ => fractions(&posted, ["cut.left", "cut.top", "cut.width", "cut.height"])?,
    };
    changed(&hub, &visitor, id, posted.get("version"), move |hub, before| {
        let [left, top, width, height] = part.unwrap_or([0.0, 0.0, 1.0, 1.0]);
        if width < PART_MIN || height < PART_MIN || left + width > 1.001 || top + height > 1.001 {
            return Err(NotKept::Refused("wrong-cut"));
        }
        if part.is_some() && !before.may_be_cut() {
            return Err(NotKept::Refused("refused-cut"));
        }
        media::cut(&hub.files, &before, part.filter(|_| width < 0.999 || height < 0.999))
    })
    .await
}

/// Another file in its place, everywhere.
pub async fn replace(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    mut form: Uploaded,
) -> Answer {
    let version = form.get("version").to_owned();
    let file = form.files.pop().ok_or(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "upload-none"))?;
    changed(&hub, &visitor, id, &version, move |hub, before| {
        let new = keep(&hub.files, &file)?;
        if hub.store.media_of(&new.file)?.is_some_and(|other| other.id != before.id) {
            return Err(NotKept::Refused("upload-is-there"));
        }
        let Media { id, alt, credit, licence, is_own, version, .. } = before;
        Ok(Media { id, alt, credit, licence, is_own, version, ..new })
    })
    .await
}

/// Changes an entry, from the version that was seen.
async fn changed(
    hub: &Shared,
    visitor: &Visitor,
    id: String,
    version: &str,
    change: impl FnOnce(&Hub, Media) -> Result<Media, NotKept> + Send + 'static,
) -> Answer {
    let version: i64 = version.parse().map_err(|_| Refusal::unreadable())?;
    let back = Redirect::to(&format!("/staff/media/{id}"));
    let who = visitor.clone();
    let done = with_store(hub, move |hub| {
        let Some(before) = hub.store.media(&id)? else { return Ok(Ok(MediaChange::Gone)) };
        let _alone = hub.unpacking.lock().unwrap_or_else(PoisonError::into_inner);
        let now = match change(hub, Media { version, ..before.clone() }) {
            Ok(now) => now,
            Err(why) => return Ok(Err(why)),
        };
        let done = hub.store.change_media(&now, who.may(Role::Moderator), who.by(hub.now()))?;
        // Of the two files one is needed no longer, whether it was changed or not.
        let left = if done == MediaChange::Done { before.clone() } else { now.clone() };
        if before.file != now.file
            && let Err(why) = forget(&hub.files, hub.store.as_ref(), &left)
        {
            return Ok(Err(why));
        }
        Ok(Ok(done))
    });
    told(done.await?.map_err(Refusal::from)?, back)
}

fn told(done: MediaChange, to: Redirect) -> Answer {
    match done {
        MediaChange::Done => Ok(to.into_response()),
        MediaChange::Outdated => Err(Refusal::new(StatusCode::CONFLICT, "refused-outdated")),
        MediaChange::OnDisplays => Err(Refusal::new(StatusCode::FORBIDDEN, "refused-on-displays")),
        MediaChange::InUse => Err(Refusal::new(StatusCode::CONFLICT, "refused-in-use")),
        MediaChange::Gone => Err(Refusal::not_found()),
    }
}

pub async fn delete(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let version: i64 = posted.get("version").parse().map_err(|_| Refusal::unreadable())?;
    let done = with_store(&hub, move |hub| {
        let Some(media) = hub.store.media(&id)? else { return Ok(Ok(MediaChange::Gone)) };
        if media.version != version {
            return Ok(Ok(MediaChange::Outdated));
        }
        let done = hub.store.remove_media(&id, visitor.by(hub.now()))?;
        let forgotten = if done == MediaChange::Done { forget(&hub.files, hub.store.as_ref(), &media) } else { Ok(()) };
        Ok(forgotten.map(|()| done))
    });
    told(done.await?.map_err(Refusal::from)?, Redirect::to("/staff/media"))
}

/// A working picture, made by the hub: nothing is given out as it came.
pub async fn picture(State(hub): State<Shared>, Path((id, size)): Path<(String, String)>) -> Answer {
    let (_, side) = *SIDES.iter().find(|(name, _)| *name == size).ok_or_else(Refusal::not_found)?;
    drawn(&hub, side, move |hub| hub.store.media(&id)).await
}

#[derive(Deserialize)]
pub struct OfFile {
    file: String,
}

/// The small one of a file, as items name it.
pub async fn picture_of(State(hub): State<Shared>, Query(OfFile { file }): Query<OfFile>) -> Answer {
    drawn(&hub, SIDES[0].1, move |hub| hub.store.media_of(&file)).await
}

async fn drawn(
    hub: &Shared,
    side: u32,
    find: impl FnOnce(&Hub) -> Result<Option<Media>, StoreError> + Send + 'static,
) -> Answer {
    let made = with_store(hub, move |hub| {
        let Some(media) = find(hub)? else { return Ok(None) };
        if let Some(kept) = kept_rendition(&hub.files, &media, side) {
            return Ok(Some(kept));
        }
        let _alone = hub.unpacking.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(rendition(&hub.files, &media, side).ok())
    });
    let (bytes, kind) = made.await?.ok_or_else(Refusal::not_found)?;
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, bytes).into_response())
}
