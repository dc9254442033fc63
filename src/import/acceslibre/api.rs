//! Acceslibre's interface: `GET /api/erps/?commune=...`, page after page as Django's REST framework gives them.

use super::one;
use crate::import::fetch::Ask;
use crate::import::{Extent, ImportError, Job, Progress};
use serde_json::{Map, Value};
use std::collections::HashSet;
use url::Url;

/// More pages than any town has.
const PAGES_MAX: usize = 2000;
const PAGE_BYTES_MAX: u64 = 64 << 20;

/// Whether this address is one of the interface, on whatever host.
pub fn is_interface(url: &Url) -> bool {
    url.path().trim_end_matches('/').ends_with("/api/erps")
}

/// Reads all pages.
pub fn import(job: &mut Job<'_>, url: &Url) -> Result<Extent, ImportError> {
    let mut address = url.clone();
    let mut seen = HashSet::new();
    let (mut promised, mut changed) = (None, false);
    for number in 0..PAGES_MAX {
        let page = match page(job, &address) {
            Ok(page) => page,
            Err(error) if number == 0 => return Err(error),
            Err(error) => return Ok(job.broken_off(error.to_string())),
        };
        let count = page.get("count").and_then(Value::as_u64);
        changed |= number > 0 && count != promised;
        promised = count;
        for record in records(&page) {
            one(job, Some(record));
        }
        let done = job.counts().records as u64;
        job.progress(Progress { doing: "reading establishments", done, total: promised.unwrap_or(0).max(done) });
        seen.insert(address.clone());
        let Some(next) = next(&page, url) else { return Ok(ended(job, promised, changed)) };
        if seen.contains(&next) {
            return Ok(job.broken_off("the server gives the same page again and again".to_owned()));
        }
        address = next;
    }
    Ok(job.broken_off(format!("there are more than {PAGES_MAX} pages")))
}

fn ended(job: &mut Job<'_>, promised: Option<u64>, changed: bool) -> Extent {
    let seen = job.counts().records as u64;
    match promised {
        Some(promised) if seen < promised => {
            job.broken_off(format!("{promised} establishments were promised, {seen} came"))
        }
        _ if changed => {
            job.broken_off("the establishments changed while they were read: some may be missing".to_owned())
        }
        _ => Extent::Whole,
    }
}

fn page(job: &mut Job<'_>, url: &Url) -> Result<Map<String, Value>, ImportError> {
    let headers = job.settings.key.iter().map(|key| ("authorization", format!("Api-Key {key}"))).collect();
    let ask = Ask { accept: "application/json", bytes_max: PAGE_BYTES_MAX, headers, always: true };
    let page = job.page(url, &ask)?;
    match serde_json::from_slice(&page.bytes) {
        Ok(Value::Object(map)) if map.contains_key("results") || map.contains_key("features") => Ok(map),
        Ok(_) => Err(job.not_this("the server's answer is no page of establishments")),
        Err(error) => Err(job.not_this(format!("the server's answer is not JSON ({}): {error}", page.media_type))),
    }
}

/// The records of a page, plain or as features of GeoJSON, which may themselves stand under `results`.
fn records(page: &Map<String, Value>) -> &[Value] {
    let results = page.get("results").unwrap_or(&Value::Null);
    let features = page.get("features").or_else(|| results.get("features"));
    features.unwrap_or(results).as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The next page. Only what stands behind its question mark is taken: behind a proxy the rest is often not how the
/// server is reached, and a key must go nowhere else.
fn next(page: &Map<String, Value>, url: &Url) -> Option<Url> {
    let next = page.get("next").or_else(|| page.get("results")?.get("next"))?.as_str()?;
    let query = url.join(next).ok()?.query()?.to_owned();
    let mut next = url.clone();
    next.set_query(Some(&query));
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_next_page_is_asked_for_where_the_first_was() {
        let url = Url::parse("https://acceslibre.example/api/erps/?commune=Albi").unwrap();
        assert!(is_interface(&url));
        let page = json!({"next": "http://10.0.0.1:8000/api/erps/?commune=Albi&page=2"});
        let next = next(page.as_object().unwrap(), &url).unwrap();
        assert_eq!(next.as_str(), "https://acceslibre.example/api/erps/?commune=Albi&page=2");
        assert!(!is_interface(&Url::parse("https://acceslibre.example/export.csv").unwrap()));
    }
}
