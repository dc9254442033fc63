//! What was shown and what people looked for, month by month: to be read, printed, or taken into a table program.

use super::displays::title;
use super::{Answer, Page, Refusal, html};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::publishing::town;
use crate::hub::store::StoreError;
use crate::hub::usage::{Month, Usage, read};
use crate::hub::words::Tongue;
use crate::protocol::OTHERS;
use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// Such as `2026-11`; empty: the one that runs.
    month: String,
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    page: Page,
    month: Month,
    visits: i64,
    qr_shown: i64,
    without_result: i64,
    /// Each with the key of its heading, and its lines.
    tables: Vec<(&'static str, Vec<(String, u32)>)>,
    /// What it is, how often, how many minutes.
    plays: Vec<(String, u64, String)>,
}

struct Found {
    month: Month,
    usage: Usage,
}

async fn found(hub: &Shared, tongue: Tongue, wanted: Wanted) -> Result<Found, Refusal> {
    let read = with_store(hub, move |hub| {
        let (_, zone) = town(hub);
        let month = Month::parse(&wanted.month).unwrap_or_else(|| Month::of(hub.now(), zone));
        let mut usage = read(&hub.records, month, zone)?;
        name(hub, &mut usage, tongue)?;
        Ok(Found { month, usage })
    });
    Ok(read.await?)
}

/// Words and titles in place of what displays call things.
fn name(hub: &Hub, usage: &mut Usage, tongue: Tongue) -> Result<(), StoreError> {
    let of = |kind: &str, name: &str| {
        let key = format!("{kind}-{name}");
        match name {
            OTHERS => tongue.say("report-others"),
            _ if tongue.has(&key) => tongue.say(&key),
            _ => name.to_owned(),
        }
    };
    let lists = [
        ("language", &mut usage.languages),
        ("mode", &mut usage.modes),
        ("need", &mut usage.needs),
        ("screen", &mut usage.screens),
    ];
    for (kind, list) in lists {
        list.iter_mut().for_each(|(what, _)| *what = of(kind, what));
    }
    let titled = |id: &str| -> Result<String, StoreError> {
        if id == OTHERS {
            return Ok(tongue.say("report-others"));
        }
        let item = hub.store.item(id)?;
        Ok(item.and_then(|item| title(&item.body, tongue)).unwrap_or_else(|| id.to_owned()))
    };
    for (id, _) in &mut usage.items {
        *id = titled(id)?;
    }
    for plays in &mut usage.plays {
        plays.id = titled(&plays.id)?;
    }
    Ok(())
}

pub async fn page(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let Found { month, usage } = found(&hub, visitor.tongue, wanted).await?;
    let page = Page::new(&visitor, "report", visitor.tongue.say("report-title"));
    let tables = [
        ("report-languages", usage.languages),
        ("report-needs", usage.needs),
        ("report-modes", usage.modes),
        ("report-screens", usage.screens),
        ("report-items", usage.items),
    ];
    html(&ReportPage {
        page,
        month,
        visits: usage.visits.into(),
        qr_shown: usage.qr_shown.into(),
        without_result: usage.searches_without_result.into(),
        tables: tables.into_iter().filter(|(_, lines)| !lines.is_empty()).collect(),
        plays: usage.plays.into_iter().map(|of| (of.id, of.plays, format!("{:.0}", of.minutes))).collect(),
    })
}

/// The same as a table with commas (RFC 4180, UTF-8).
pub async fn csv(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let Found { month, usage } = found(&hub, visitor.tongue, wanted).await?;
    let mut lines = vec!["part,what,count,minutes".to_owned()];
    let one = [
        ("visits", usage.visits),
        ("qr_shown", usage.qr_shown),
        ("searches_without_result", usage.searches_without_result),
    ];
    lines.extend(one.map(|(part, count)| format!("{part},,{count},")));
    let lists = [
        ("language", usage.languages),
        ("need", usage.needs),
        ("mode", usage.modes),
        ("screen", usage.screens),
        ("item", usage.items),
    ];
    for (part, list) in lists {
        lines.extend(list.iter().map(|(what, count)| format!("{part},{},{count},", cell(what))));
    }
    lines.extend(usage.plays.iter().map(|of| format!("play,{},{},{:.1}", cell(&of.id), of.plays, of.minutes)));
    let named = format!("attachment; filename=\"parvis-{}.csv\"", month.name());
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, named)];
    Ok((headers, lines.join("\r\n") + "\r\n").into_response())
}

/// In quotation marks where it has to be. What a table program would take for a formula is made plain text.
fn cell(text: &str) -> String {
    let plain = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    match plain.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", plain.replace('"', "\"\"")),
        false => plain,
    }
}
