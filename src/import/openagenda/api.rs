//! The interface of OpenAgenda, version 2: `GET /v2/agendas/{uid}/events`, page after page.

use super::{EXPORT, record};
use crate::content::{All, Id};
use crate::import::fetch::Ask;
use crate::import::json_records::{Around, Shape, from_bytes};
use crate::import::paging::{Interface, Paging};
use crate::import::{Extent, ImportError, Job};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Map, Value};
use url::Url;

/// Events on one page; more are not given.
const PAGE: &str = "300";
/// What an agenda says about itself.
const AGENDA_BYTES_MAX: u64 = 1 << 20;
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
    let since = job.settings.since;
    Paging::new(Events { url, since, agenda }).read(job, &address(url, since, &[]))
}

struct Events<'e> {
    url: &'e Url,
    since: Option<DateTime<Utc>>,
    agenda: Value,
}

impl Interface for Events<'_> {
    const RECORDS: &'static str = "events";
    const MOVES: bool = false;
    type Fields = All;

    fn shape(&self) -> Shape {
        EXPORT
    }

    fn headers(&self, job: &Job<'_>) -> Vec<(&'static str, String)> {
        headers(job)
    }

    fn promised(&self, around: &Around) -> Option<u64> {
        around.head.get("total").and_then(Value::as_u64)
    }

    fn next(&self, _here: &Url, around: &Around, _records: u64) -> Result<Option<Url>, String> {
        let after = after(&around.head);
        Ok((!after.is_empty()).then(|| address(self.url, self.since, &after)))
    }

    fn take(&mut self, job: &mut Job<'_>, around: &Around, event: Option<&Value>) {
        let is_shown = record(job, around.head.get("agenda").unwrap_or(&self.agenda), event);
        // Removed, sent back to moderation, made private: what may not be shown now may have been shown before.
        let uid = event.and_then(|event| event.get("uid"));
        let uid = uid.and_then(|uid| uid.as_u64().or_else(|| uid.as_str()?.trim().parse().ok()));
        if let Some(uid) = uid.filter(|_| !is_shown) {
            job.withdrawn(Id(format!("openagenda:{uid}")));
        }
    }

    fn extent(&self) -> Extent {
        if self.since.is_some() { Extent::Changes } else { Extent::Whole }
    }
}

fn headers(job: &Job<'_>) -> Vec<(&'static str, String)> {
    job.settings.key.iter().map(|key| ("key", key.clone())).collect()
}

/// What the agenda says about itself, for the credit; without it the events are still worth having.
fn agenda(job: &mut Job<'_>, events: &Url) -> Value {
    let mut url = events.clone();
    url.set_query(None);
    if let Ok(mut parts) = url.path_segments_mut() {
        parts.pop_if_empty().pop();
    }
    let ask = Ask { accept: "application/json", bytes_max: AGENDA_BYTES_MAX, headers: headers(job), ..Ask::default() };
    let page = job.page(&url, &ask).ok();
    job.web.forget(&url);
    let around = page.map(|page| from_bytes(Shape::PLAIN, &page.bytes, &mut |_, _| {}).0);
    around.filter(|around| around.head.contains_key("title")).map_or(Value::Null, |around| Value::Object(around.head))
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
