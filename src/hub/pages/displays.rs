//! The displays of the town: how each of them is.

use super::{Answer, Page, html};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::publishing::town;
use crate::hub::store::{Display, StoreError};
use crate::hub::words::Tongue;
use crate::protocol::{OnScreen, Placed};
use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// How a display is, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    Silent,
    Trouble,
    /// It has told nothing yet.
    New,
    Fine,
}

impl Condition {
    pub fn of(hub: &Hub, display: &Display, now: DateTime<Utc>) -> Self {
        match hub.watch.heard(display) {
            None => Self::New,
            Some(heard) if now - heard >= hub.silent_after => Self::Silent,
            Some(_) if !display.report.faults.is_empty() => Self::Trouble,
            Some(_) => Self::Fine,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Trouble => "trouble",
            Self::New => "new",
            Self::Fine => "fine",
        }
    }

    /// A sign beside the word, for those who look at many at once.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Silent => "✕",
            Self::Trouble => "!",
            Self::New => "…",
            Self::Fine => "✓",
        }
    }
}

#[derive(Template)]
#[template(path = "displays.html")]
struct DisplaysPage {
    page: Page,
    rows: Vec<Row>,
    groups: Vec<String>,
    wanted: Wanted,
    total: i64,
    /// How many are silent or in trouble, whatever was asked for.
    bad: i64,
}

struct Row {
    placed: Placed,
    condition: Condition,
    on: String,
    seen: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    group: String,
}

pub async fn list(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let (tongue, group) = (visitor.tongue, wanted.group.clone());
    let (rows, groups, bad) = with_store(&hub, move |hub| {
        let (now, (_, zone)) = (hub.now(), town(hub));
        let displays: Vec<Display> = hub.store.displays()?.into_iter().map(|display| hub.watch.now(display)).collect();
        let groups: BTreeSet<String> = displays.iter().map(|display| display.placed.group.clone()).collect();
        let is_bad = |display: &&Display| Condition::of(hub, display, now) < Condition::New;
        let bad = displays.iter().filter(is_bad).count();
        let asked = displays.into_iter().filter(|display| group.is_empty() || display.placed.group == group);
        let rows: Result<Vec<Row>, StoreError> = asked.map(|display| row(hub, display, tongue, (now, zone))).collect();
        let mut rows = rows?;
        // What somebody has to look after comes first.
        rows.sort_by_key(|row| row.condition);
        Ok((rows, groups.into_iter().collect(), bad))
    })
    .await?;
    html(&DisplaysPage {
        page: Page::new(&visitor, "displays", tongue.say("displays-title")),
        total: rows.len() as i64,
        bad: bad as i64,
        rows,
        groups,
        wanted,
    })
}

fn row(hub: &Hub, display: Display, tongue: Tongue, (now, zone): (DateTime<Utc>, Tz)) -> Result<Row, StoreError> {
    let condition = Condition::of(hub, &display, now);
    let on = on_screen(hub, display.report.on.as_ref(), tongue)?;
    let seen = display.seen.map_or_else(|| tongue.say("never"), |seen| tongue.moment(seen, zone));
    Ok(Row { placed: display.placed, condition, on, seen })
}

/// What is on a panel, as staff call it.
///
/// # Errors
/// Those of the store.
pub fn on_screen(hub: &Hub, on: Option<&OnScreen>, tongue: Tongue) -> Result<String, StoreError> {
    let Some(on) = on else { return Ok(tongue.say("on-unknown")) };
    if OnScreen::WORDS.contains(&on.what.as_str()) {
        return Ok(tongue.say(&format!("on-{}", on.what)));
    }
    let item = hub.store.item(&on.what)?;
    Ok(item.and_then(|item| title(&item.body, tongue)).unwrap_or_else(|| on.what.clone()))
}

/// The title of an item, in the language of whoever reads it where it has that.
pub fn title(body: &Value, tongue: Tongue) -> Option<String> {
    let title = body.get("title").or_else(|| body.get("name"))?;
    let in_any = || title.as_object()?.values().next();
    let text = title.get(tongue.tag()).or_else(in_any)?;
    let text = text.as_str().or_else(|| text.get("text")?.as_str())?;
    Some(text.to_owned())
}
