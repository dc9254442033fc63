//! The interface of OpenAgenda, version 2: `GET /v2/agendas/{uid}/events`, page after page.

use super::record;
use crate::content::Id;
use crate::import::fetch::Ask;
use crate::import::{Extent, ImportError, Job, Progress};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Map, Value};
use url::Url;

/// Events on one page; more are not given.
const PAGE: &str = "300";
/// More pages than any agenda has.
const PAGES_MAX: usize = 4000;
const PAGE_BYTES_MAX: u64 = 64 << 20;
/// Changes are asked for from a little before the last import: clocks differ.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);

/// Whether this address is one of the interface, on whatever host.
pub fn is_interface(url: &Url) -> bool {
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    matches!(parts[..], [.., "v2", "agendas", _, "events"])
}

/// Reads all events, or since [`crate::import::Settings::since`] those that changed.
pub fn import(job: &mut Job<'_>, url: &Url) -> Result<Extent, ImportError> {
    let agenda = agenda(job, url);
    let mut cursor: Vec<String> = Vec::new();
    let mut promised = 0;
    for number in 0..PAGES_MAX {
        let address = address(url, job.settings.since, &cursor);
        let page = match page(job, &address, "events") {
            Ok(page) => page,
            Err(error) if number == 0 => return Err(error),
            Err(error) => return Ok(job.broken_off(error.to_string())),
        };
        promised = page.get("total").and_then(Value::as_u64).unwrap_or(promised);
        let events = page.get("events").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for event in events {
            one(job, &page, &agenda, event);
        }
        let seen = job.counts().records as u64;
        job.progress(Progress { doing: "reading events", done: seen, total: promised.max(seen) });
        let next = after(&page);
        if next.is_empty() || events.is_empty() {
            return Ok(ended(job, promised));
        }
        if next == cursor {
            return Ok(job.broken_off("the server gives the same page again and again".to_owned()));
        }
        cursor = next;
    }
    Ok(job.broken_off(format!("there are more than {PAGES_MAX} pages")))
}

/// What the pages were, taken together: an agenda that changes while it is read may skip an event.
fn ended(job: &mut Job<'_>, promised: u64) -> Extent {
    let seen = job.counts().records as u64;
    match job.settings.since {
        None if seen < promised => job.broken_off(format!("{promised} events were promised, {seen} came")),
        None => Extent::Whole,
        Some(_) => Extent::Changes,
    }
}

fn one(job: &mut Job<'_>, page: &Map<String, Value>, agenda: &Value, event: &Value) {
    let before = job.counts().items;
    record(job, page.get("agenda").unwrap_or(agenda), Some(event));
    // Removed, sent back to moderation, made private: what may not be shown now may have been shown before.
    let uid = event.get("uid").and_then(|uid| uid.as_u64().or_else(|| uid.as_str()?.trim().parse().ok()));
    if let Some(uid) = uid.filter(|_| job.settings.since.is_some() && job.counts().items == before) {
        job.withdrawn(Id(format!("openagenda:{uid}")));
    }
}

/// What the agenda says about itself, for the credit; without it the events are still worth having.
fn agenda(job: &mut Job<'_>, events: &Url) -> Value {
    let mut url = events.clone();
    url.set_query(None);
    if let Ok(mut parts) = url.path_segments_mut() {
        parts.pop_if_empty().pop();
    }
    page(job, &url, "title").map_or(Value::Null, Value::Object)
}

/// One answer, which must have this field.
fn page(job: &mut Job<'_>, url: &Url, needed: &str) -> Result<Map<String, Value>, ImportError> {
    let headers = job.settings.key.iter().map(|key| ("key", key.clone())).collect();
    let ask = Ask { accept: "application/json", bytes_max: PAGE_BYTES_MAX, headers, always: true };
    let page = job.page(url, &ask)?;
    match serde_json::from_slice(&page.bytes) {
        // Some servers tell an error with status 200.
        Ok(Value::Object(map)) if map.get(needed).is_some() => Ok(map),
        Ok(_) => Err(job.not_this("the server's answer is no page of events")),
        Err(error) => Err(job.not_this(format!("the server's answer is not JSON ({}): {error}", page.media_type))),
    }
}

fn address(url: &Url, since: Option<DateTime<Utc>>, cursor: &[String]) -> Url {
    let mut address = url.clone();
    let ours = ["size", "detailed", "after[]", "updatedAt[gte]", "removed"];
    let theirs: Vec<(String, String)> =
        url.query_pairs().filter(|(key, _)| !ours.contains(&key.as_ref())).map(|(k, v)| (k.into(), v.into())).collect();
    let mut query = address.query_pairs_mut();
    query.clear().extend_pairs(theirs).append_pair("size", PAGE).append_pair("detailed", "1");
    if let Some(since) = since {
        let since = (since - OVERLAP).to_rfc3339_opts(SecondsFormat::Secs, true);
        query.append_pair("updatedAt[gte]", &since).append_pair("removed", "null");
    }
    query.extend_pairs(cursor.iter().map(|part| ("after[]", part)));
    drop(query);
    address
}

/// Where the next page begins; empty behind the last one.
fn after(page: &Map<String, Value>) -> Vec<String> {
    let parts = page.get("after").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let text = |part: &Value| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
    parts.iter().filter(|part| !part.is_null()).map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_the_operator_asks_for() {
        let url = Url::parse("https://api.example/v2/agendas/7/events?search=jazz&size=5").unwrap();
        assert!(is_interface(&url));
        let since = "2026-05-01T10:00:00Z".parse().ok();
        let asked = address(&url, since, &["1".to_owned(), "b c".to_owned()]);
        let pairs: Vec<(String, String)> = asked.query_pairs().map(|(k, v)| (k.into(), v.into())).collect();
        let expected = [
            ("search", "jazz"),
            ("size", "300"),
            ("detailed", "1"),
            ("updatedAt[gte]", "2026-05-01T09:50:00Z"),
            ("removed", "null"),
            ("after[]", "1"),
            ("after[]", "b c"),
        ];
        assert_eq!(pairs, expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
        assert!(!is_interface(&Url::parse("https://example.org/v2/agendas/events.json").unwrap()));
    }
}
