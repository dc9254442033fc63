//! The form of a source: added, changed, tried before it is kept, removed.

use super::sources::{TrialShown, has_key, tried, with};
use super::{Answer, Page, Refusal, html};
use crate::hub::app::{Shared, Visitor, with_store};
use crate::hub::gate::Posted;
use crate::hub::sources::folder;
use crate::hub::sources::form::{FORMATS, Format, MAPPINGS, TIMES, Wrong, format_of, read};
use crate::hub::store::{StoreError, StoredSource};
use crate::import::town_sources::{KeptFolder, TownImport};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};

#[derive(Template)]
#[template(path = "source-formats.html")]
struct FormatsPage {
    page: Page,
    formats: [Format; 17],
}

#[derive(Template)]
#[template(path = "source-form.html")]
struct FormPage {
    page: Page,
    address: String,
    format: &'static str,
    asked: &'static [&'static str],
    source: StoredSource,
    /// One of [`TIMES`], and the time of the day where it is the last.
    every: String,
    at: String,
    times: [&'static str; 9],
    mappings: [&'static str; 3],
    /// The timetables that there are: name and title.
    timetables: Vec<(String, String)>,
    /// A key that was typed and is not kept yet.
    typed_key: String,
    has_key: bool,
    wrong: Vec<Wrong>,
    /// What is wrong with it as a whole, in whatever language it comes.
    refused: String,
    trial: Option<TrialShown>,
}

impl FormPage {
    /// The keys of the words for what is wrong with a field.
    fn wrong_with(&self, field: &str) -> Vec<&'static str> {
        self.wrong.iter().filter(|(of, _)| *of == field).map(|(_, key)| *key).collect()
    }

    fn asks(&self, field: &str) -> bool {
        self.asked.contains(&field)
    }
}

/// A form under way.
struct Writing {
    format: &'static Format,
    source: StoredSource,
    others: Vec<StoredSource>,
    typed_key: String,
    wrong: Vec<Wrong>,
    refused: String,
    trial: Option<TrialShown>,
    is_new: bool,
}

impl Writing {
    fn new(format: &'static Format, source: StoredSource, others: Vec<StoredSource>, is_new: bool) -> Self {
        let (typed_key, refused) = Default::default();
        Self { format, source, others, typed_key, wrong: Vec::new(), refused, trial: None, is_new }
    }

    fn shown(self, visitor: &Visitor) -> Answer {
        let Self { format, source, others, typed_key, wrong, refused, trial, is_new } = self;
        let title = match is_new {
            true => visitor.tongue.say(&format!("source-format-{}", format.name)),
            false => source.title.clone(),
        };
        let address = match is_new {
            true => format!("/staff/sources/new/{}", format.name),
            false => format!("/staff/sources/{}/edit", source.name()),
        };
        let (every, at) = match source.schedule.strip_prefix("at ") {
            Some(at) => ("at".to_owned(), at.to_owned()),
            None => (source.schedule.clone(), String::new()),
        };
        let is_timetable = |other: &&StoredSource| other.entry.format == "gtfs";
        let timetables = others.iter().filter(is_timetable);
        let timetables = timetables.map(|other| (other.name().to_owned(), other.title.clone())).collect();
        let is_wrong = !wrong.is_empty() || !refused.is_empty();
        let has_key = has_key(&source.entry) && typed_key.is_empty();
        let mut response = html(&FormPage {
            page: Page::new(visitor, "sources", title),
            address,
            format: format.name,
            asked: format.asked,
            source,
            every,
            at,
            times: TIMES,
            mappings: MAPPINGS,
            timetables,
            typed_key,
            has_key,
            wrong,
            refused,
            trial,
        })?;
        if is_wrong {
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Ok(response)
    }
}

pub async fn formats(Extension(visitor): Extension<Visitor>) -> Answer {
    let page = Page::new(&visitor, "sources", visitor.tongue.say("source-add"));
    html(&FormatsPage { page, formats: FORMATS })
}

pub async fn new(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(format): Path<String>,
) -> Answer {
    let format = format_of(&format).ok_or_else(Refusal::not_found)?;
    let others = with_store(&hub, |hub| hub.store.sources()).await?;
    let rank = others.iter().map(|other| other.rank).max().unwrap_or(0) + 1;
    let usual = format.usual.to_owned();
    let source = StoredSource { schedule: usual, is_direct: true, rank, ..StoredSource::default() };
    Writing::new(format, source, others, true).shown(&visitor)
}

pub async fn form(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
) -> Answer {
    let (source, others, format) = known(&hub, &name).await?;
    Writing::new(format, source, others, false).shown(&visitor)
}

/// A source that there is, and the others.
async fn known(hub: &Shared, name: &str) -> Result<(StoredSource, Vec<StoredSource>, &'static Format), Refusal> {
    let all = with_store(hub, |hub| hub.store.sources()).await?;
    let (mut own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|source| source.name() == name);
    let source = own.pop().ok_or_else(Refusal::not_found)?;
    let format = format_of(&source.entry.format).ok_or_else(Refusal::not_found)?;
    Ok((source, others, format))
}

pub async fn create(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(format): Path<String>,
    posted: Posted,
) -> Answer {
    let format = format_of(&format).ok_or_else(Refusal::not_found)?;
    let others = with_store(&hub, |hub| hub.store.sources()).await?;
    keep(&hub, &visitor, (format, None, others), &posted).await
}

pub async fn change(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    posted: Posted,
) -> Answer {
    let (source, others, format) = known(&hub, &name).await?;
    keep(&hub, &visitor, (format, Some(source), others), &posted).await
}

/// Tries or keeps what was sent; what does not do is shown again with what is wrong.
async fn keep(
    hub: &Shared,
    visitor: &Visitor,
    (format, before, others): (&'static Format, Option<StoredSource>, Vec<StoredSource>),
    posted: &Posted,
) -> Answer {
    let (source, wrong) = read(&|name| posted.get(name).to_owned(), format, before.as_ref(), &others);
    let mut writing = Writing::new(format, source, others, before.is_none());
    writing.wrong = wrong;
    writing.typed_key = posted.get("key").to_owned();
    if !writing.wrong.is_empty() {
        return writing.shown(visitor);
    }
    if posted.get("action") == "try" {
        writing.trial = Some(tried(hub, visitor, writing.source.clone()).await?);
        return writing.shown(visitor);
    }
    let (who, asked, is_new) = (visitor.clone(), writing.source.clone(), writing.is_new);
    let kept = with_store(hub, move |hub| {
        let file = with(hub, asked.clone())?;
        let import = TownImport { file: &file, now: hub.now(), everything: true, pace: None };
        if let Err(why) = file.check().and_then(|()| import.may_ask(&asked.entry)) {
            return Ok(Err(why));
        }
        let by = who.by(hub.now());
        let wanted = StoredSource { is_wanted: !asked.is_paused, ..asked };
        match is_new {
            true => hub.store.add_source(&wanted, by)?,
            false => drop(hub.store.change_source(&wanted, by)?),
        }
        Ok(Ok(()))
    });
    match kept.await {
        Ok(Ok(())) => {}
        Ok(Err(why)) => {
            writing.refused = why;
            return writing.shown(visitor);
        }
        // Somebody else has added one of this name just now.
        Err(StoreError::Taken(_)) => return Err(Refusal::new(StatusCode::CONFLICT, "refused-outdated")),
        Err(other) => return Err(other.into()),
    }
    hub.fetching.ring();
    Ok(Redirect::to(&format!("/staff/sources/{}", writing.source.name())).into_response())
}

/// Removes a source with all that came from it.
pub async fn remove(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    posted: Posted,
) -> Answer {
    if posted.get("sure") != "yes" {
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-source-sure"));
    }
    let is_gone = with_store(&hub, move |hub| {
        let is_gone = hub.store.remove_source(&name, visitor.by(hub.now()))?;
        if is_gone {
            // What cannot be removed is written over should there ever be a source of this name again.
            let _ = KeptFolder::new(&folder(hub), &name).forget();
        }
        Ok(is_gone)
    });
    if !is_gone.await? {
        return Err(Refusal::not_found());
    }
    hub.fetching.ring();
    Ok(Redirect::to("/staff/sources").into_response())
}
