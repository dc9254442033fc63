//! One display: all that is known of it, and what can be asked of it.

use super::displays::{Condition, on_screen};
use super::enrol::{groups, wrong_place};
use super::{Answer, Page, Refusal, html};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::gate::Posted;
use crate::hub::publishing::town;
use crate::hub::store::{Display, StoreError, StoredCommand, StoredFault};
use crate::hub::words::Tongue;
use crate::protocol::{Order, Placed};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

/// What a moderator may ask; the rest is for administrators.
const OF_MODERATORS: [Order; 3] = [Order::Collect, Order::Identify, Order::Screenshot];

#[derive(Template)]
#[template(path = "display.html")]
struct DisplayPage {
    page: Page,
    about: About,
    is_new: bool,
    /// Each field with what is wrong with it.
    wrong: Vec<(&'static str, &'static str)>,
    placed: Placed,
    groups: Vec<String>,
}

/// All that is known of a display, ready to be read.
struct About {
    display: Display,
    condition: Condition,
    /// Each with its words' key.
    facts: Vec<(&'static str, String)>,
    faults: Vec<Fault>,
    commands: Vec<Command>,
    /// Its number, and when it came.
    pictures: Vec<(i64, String)>,
    /// A command is on its way.
    is_waiting: bool,
}

struct Fault {
    stored: StoredFault,
    /// For staff.
    words: String,
    since: String,
    ended: Option<String>,
}

struct Command {
    stored: StoredCommand,
    asked: String,
    changed: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Came {
    new: String,
}

fn about(hub: &Hub, display: Display, tongue: Tongue) -> Result<About, StoreError> {
    let (now, (_, zone)) = (hub.now(), town(hub));
    let display = hub.watch.now(display);
    let id = display.placed.display;
    let moment = |at: DateTime<Utc>| tongue.moment(at, zone);
    let faults = hub.store.faults(id)?.into_iter().map(|stored| Fault {
        words: in_staffs_words(&stored.kind, tongue),
        since: moment(stored.since),
        ended: stored.ended.map(moment),
        stored,
    });
    let commands: Vec<Command> = hub
        .store
        .commands(id)?
        .into_iter()
        .map(|stored| Command { asked: moment(stored.asked), changed: moment(stored.changed), stored })
        .collect();
    let pictures = hub.store.pictures(id)?.into_iter().map(|(number, at)| (number, moment(at)));
    Ok(About {
        condition: Condition::of(hub, &display, now),
        facts: facts(hub, &display, tongue, zone)?,
        faults: faults.collect(),
        is_waiting: commands.iter().any(|one| ["waiting", "sent", "received"].contains(&one.stored.state.as_str())),
        commands,
        pictures: pictures.collect(),
        display,
    })
}

fn facts(hub: &Hub, display: &Display, tongue: Tongue, zone: Tz) -> Result<Vec<(&'static str, String)>, StoreError> {
    let report = &display.report;
    let moment = |at: Option<DateTime<Utc>>| at.map_or_else(|| tongue.say("never"), |at| tongue.moment(at, zone));
    let on = on_screen(hub, report.on.as_ref(), tongue)?;
    let since = report.on.as_ref().map(|on| tongue.moment(on.since, zone));
    let shows = report.shows.map_or_else(|| tongue.say("on-nothing"), |version| version.to_string());
    let clock = report.clock.clone().unwrap_or_else(|| tongue.say("clock-trusted"));
    let mut facts = vec![
        ("fact-seen", moment(display.seen)),
        ("fact-on", since.map_or_else(|| on.clone(), |since| format!("{on} · {since}"))),
        ("fact-shows", shows),
        ("fact-shows-since", moment(report.shows_since)),
        ("fact-contacted", moment(report.contacted)),
    ];
    if display.seen.is_some() {
        facts.push(("fact-clock", clock));
    }
    if let Some(bytes) = report.disk_free_bytes {
        let gib = bytes as f64 / f64::from(1_u32 << 30);
        let words =
            tongue.say_with("gibibytes", &[("count", fluent_bundle::FluentValue::from((gib * 10.0).round() / 10.0))]);
        facts.push(("fact-disk", words));
    }
    if let Some(on) = report.on.as_ref().filter(|on| !on.profile.is_empty()) {
        facts.push(("fact-panel", format!("{}, {} × {}", on.profile, on.size.0, on.size.1)));
    }
    if !report.parvis.is_empty() {
        facts.push(("fact-parvis", report.parvis.clone()));
    }
    facts.push(("fact-enrolled", tongue.moment(display.enrolled, zone)));
    Ok(facts)
}

/// What a kind of trouble means for whoever works in the town hall.
fn in_staffs_words(kind: &str, tongue: Tongue) -> String {
    let key = format!("trouble-{kind}");
    if tongue.has(&key) { tongue.say(&key) } else { tongue.say("trouble-other") }
}

async fn shown(
    hub: &Shared,
    visitor: &Visitor,
    id: i64,
    (placed, wrong): (Option<Placed>, Vec<(&'static str, &'static str)>),
    is_new: bool,
) -> Answer {
    let tongue = visitor.tongue;
    let found = with_store(hub, move |hub| {
        let Some(display) = hub.store.display(id)? else { return Ok(None) };
        Ok(Some((about(hub, display, tongue)?, groups(hub)?)))
    });
    let (about, groups) = found.await?.ok_or_else(Refusal::not_found)?;
    let mut page = Page::new(visitor, "displays", about.display.placed.name.clone());
    // Only while something is awaited, and nobody is in the middle of a form.
    page.refresh = (about.is_waiting && wrong.is_empty()).then_some(10);
    let placed = placed.unwrap_or_else(|| about.display.placed.clone());
    let is_wrong = !wrong.is_empty();
    let mut response = html(&DisplayPage { page, about, is_new, wrong, placed, groups })?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub async fn display(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    Query(came): Query<Came>,
) -> Answer {
    shown(&hub, &visitor, id, (None, Vec::new()), !came.new.is_empty()).await
}

/// Another name, group or position.
pub async fn place(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Answer {
    let [name, group, position] = ["name", "group", "position"].map(|field| posted.get(field).to_owned());
    let placed = Placed { display: id, name, group, position };
    let groups = with_store(&hub, groups).await?;
    let wrong = wrong_place(&placed, &groups);
    if !wrong.is_empty() {
        return shown(&hub, &visitor, id, (Some(placed), wrong), false).await;
    }
    let who = visitor.clone();
    let is_there = with_store(&hub, move |hub| hub.store.place_display(&placed, who.by(hub.now()))).await?;
    if !is_there {
        return Err(Refusal::not_found());
    }
    Ok(Redirect::to(&format!("/staff/displays/{id}")).into_response())
}

/// Lets it in no more. Whoever does that has ticked that they mean it.
pub async fn remove(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Answer {
    if posted.get("sure") != "yes" {
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-unsure"));
    }
    let removed = with_store(&hub, move |hub| {
        hub.watch.forget(id);
        hub.store.remove_display(id, visitor.by(hub.now()))
    });
    if !removed.await? {
        return Err(Refusal::not_found());
    }
    Ok(Redirect::to("/staff/displays").into_response())
}

/// What a moderator may ask of it.
pub async fn command(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Answer {
    let order = Order::parse(posted.get("order")).filter(|order| OF_MODERATORS.contains(order));
    ask(&hub, visitor, id, order.ok_or_else(Refusal::unreadable)?).await
}

/// What only administrators may ask of it.
pub async fn control(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Answer {
    let order = Order::parse(posted.get("order")).ok_or_else(Refusal::unreadable)?;
    ask(&hub, visitor, id, order).await
}

async fn ask(hub: &Shared, visitor: Visitor, id: i64, order: Order) -> Answer {
    let asked = with_store(hub, move |hub| hub.store.ask_display(id, order, visitor.by(hub.now()))).await?;
    asked.ok_or_else(Refusal::not_found)?;
    Ok(Redirect::to(&format!("/staff/displays/{id}#commands")).into_response())
}

/// What its screen showed when somebody asked.
pub async fn picture(State(hub): State<Shared>, Path((id, number)): Path<(i64, i64)>) -> Answer {
    let found = with_store(&hub, move |hub| hub.store.picture(id, number)).await?;
    let png = found.ok_or_else(Refusal::not_found)?;
    Ok(([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "private, no-store")], png).into_response())
}
