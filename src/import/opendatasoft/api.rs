//! The interface of a portal, page after page: `GET /api/explore/v2.1/catalog/datasets/{id}/records`.

use super::{count, ended, record, whole};
use crate::import::fetch::Ask;
use crate::import::mapping::Mapping;
use crate::import::{Extent, ImportError, Job, Progress};
use serde_json::Value;
use std::collections::HashSet;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use url::Url;

/// Records on one page; more are not given.
const PAGE: u64 = 100;
/// Pages reach no further than this; what has more is read as an export.
const REACH: u64 = 10_000;
const PAGE_BYTES_MAX: u64 = 64 << 20;

/// How an address gives pages.
#[derive(Debug, PartialEq)]
pub struct Paged {
    records: Url,
    /// Where all of it is given at once.
    export: Url,
    limit: &'static str,
    offset: &'static str,
}

impl Paged {
    /// `None` for an address that is none of the interface, or gives all at once already.
    pub fn of(url: &Url) -> Option<Self> {
        let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
        match parts[..] {
            ["api", "explore", version @ ("v2.0" | "v2.1"), "catalog", "datasets", id, "records"] => {
                Some(Self::explore(url, version, id))
            }
            // The page that people see.
            ["explore", "dataset", id, ..] => Some(Self::explore(&without_query(url), "v2.1", id)),
            ["api", "records", "1.0", "search"] => Some(Self {
                records: with(url, url.path(), &["rows", "start"], &[]),
                export: with(url, "/api/records/1.0/download/", &["rows", "start", "format"], &[("format", "json")]),
                limit: "rows",
                offset: "start",
            }),
            _ => None,
        }
    }

    fn explore(url: &Url, version: &str, id: &str) -> Self {
        let below = format!("/api/explore/{version}/catalog/datasets/{id}");
        Self {
            records: with(url, &format!("{below}/records"), &["limit", "offset"], &[]),
            export: with(url, &format!("{below}/exports/json"), &["limit", "offset"], &[]),
            limit: "limit",
            offset: "offset",
        }
    }

    /// Reads all pages, or the export where they do not reach.
    pub fn import(&self, job: &mut Job<'_>, mapping: &Mapping) -> Result<Extent, ImportError> {
        let mut promised: Option<u64> = None;
        let mut seen: HashSet<u64> = HashSet::new();
        let hashes = RandomState::new();
        let (mut changed, mut repeated) = (false, false);
        loop {
            let at = job.counts().records as u64;
            let page = match self.page(job, at) {
                Ok(page) => page,
                Err(error) if at == 0 => return Err(error),
                Err(error) => return Ok(job.broken_off(error.to_string())),
            };
            if at == 0 && page.count.is_some_and(|count| count > REACH) {
                return self.export(job, mapping, page.count);
            }
            changed |= promised.is_some() && page.count.is_some() && page.count != promised;
            promised = page.count.or(promised);
            for one in &page.records {
                repeated |= !seen.insert(hashes.hash_one(one));
                record(job, mapping, Some(one));
            }
            let done = job.counts().records as u64;
            job.progress(Progress { doing: "reading records", done, total: promised.unwrap_or(0).max(done) });
            let all = promised.map_or((page.records.len() as u64) < PAGE, |promised| done >= promised);
            if all || page.records.is_empty() || done + PAGE > REACH {
                return Ok(match (changed || repeated, done + PAGE > REACH && !all) {
                    (_, true) => job.broken_off(format!("the portal gives no page behind record {done}")),
                    (true, _) => {
                        job.broken_off("the records changed while they were read: some may be missing".to_owned())
                    }
                    _ => ended(job, promised),
                });
            }
        }
    }

    fn page(&self, job: &mut Job<'_>, at: u64) -> Result<Page, ImportError> {
        let mut url = self.records.clone();
        let (limit, offset) = (PAGE.to_string(), at.to_string());
        url.query_pairs_mut().append_pair(self.limit, &limit).append_pair(self.offset, &offset);
        let fetched = job.page(&url, &ask(job, PAGE_BYTES_MAX))?;
        let records = ["results", "records"];
        match serde_json::from_slice(&fetched.bytes) {
            Ok(Value::Object(mut map)) if records.iter().any(|key| map.contains_key(*key)) => {
                let records = records.iter().find_map(|key| map.remove(*key));
                let Some(Value::Array(records)) = records else { return Err(no_page(job)) };
                Ok(Page { count: count(&map), records: records.into_iter().map(unwrapped).collect() })
            }
            Ok(_) => Err(no_page(job)),
            Err(error) => {
                Err(job.not_this(format!("the portal's answer is not JSON ({}): {error}", fetched.media_type)))
            }
        }
    }

    fn export(&self, job: &mut Job<'_>, mapping: &Mapping, promised: Option<u64>) -> Result<Extent, ImportError> {
        let ask = ask(job, job.settings.bytes_max);
        let progress = &mut |_, _| {};
        let Some(path) = job.web.download(&self.export, &ask, progress)? else { return Ok(Extent::Unchanged) };
        let unreadable = |error| ImportError::Unreadable { path: path.clone(), error };
        let file = File::open(&path).map_err(unreadable)?;
        let total = file.metadata().map_err(unreadable)?.len();
        match whole(file, total, mapping, job)? {
            Extent::Whole => Ok(ended(job, promised)),
            other => Ok(other),
        }
    }
}

struct Page {
    count: Option<u64>,
    records: Vec<Value>,
}

fn no_page(job: &Job<'_>) -> ImportError {
    job.not_this("the portal's answer is no page of records")
}

/// Version 2.0 wraps each record.
fn unwrapped(mut one: Value) -> Value {
    one.as_object_mut().and_then(|map| map.remove("record")).filter(Value::is_object).unwrap_or(one)
}

fn ask(job: &Job<'_>, bytes_max: u64) -> Ask<'static> {
    let headers = job.settings.key.iter().map(|key| ("authorization", format!("Apikey {key}"))).collect();
    Ask { accept: "application/json", bytes_max, headers, ..Ask::default() }
}

fn without_query(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url
}

/// The address with another path, without some parameters and with others.
fn with(url: &Url, path: &str, without: &[&str], more: &[(&str, &str)]) -> Url {
    let mut out = without_query(url);
    out.set_path(path);
    let kept = url.query_pairs().filter(|(key, _)| !without.contains(&key.as_ref()));
    let kept: Vec<(String, String)> = kept.map(|(key, value)| (key.into_owned(), value.into_owned())).collect();
    if !kept.is_empty() || !more.is_empty() {
        out.query_pairs_mut().extend_pairs(kept).extend_pairs(more);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_their_path() {
        let paged = |url: &str| Paged::of(&Url::parse(url).unwrap());
        let v2 = paged("https://data.example.org/api/explore/v2.1/catalog/datasets/wifi/records?limit=20&where=a%3D1")
            .unwrap();
        assert_eq!(
            v2.records.as_str(),
            "https://data.example.org/api/explore/v2.1/catalog/datasets/wifi/records?where=a%3D1"
        );
        assert_eq!(
            v2.export.as_str(),
            "https://data.example.org/api/explore/v2.1/catalog/datasets/wifi/exports/json?where=a%3D1"
        );
        let page = paged("https://data.example.org/explore/dataset/wifi/table/?disjunctive.a").unwrap();
        assert_eq!(page.records.as_str(), "https://data.example.org/api/explore/v2.1/catalog/datasets/wifi/records");
        let v1 = paged("https://data.example.org/api/records/1.0/search/?dataset=wifi&rows=10").unwrap();
        assert_eq!((v1.limit, v1.records.query()), ("rows", Some("dataset=wifi")));
        assert_eq!(v1.export.as_str(), "https://data.example.org/api/records/1.0/download/?dataset=wifi&format=json");
        for whole in
            ["https://data.example.org/api/explore/v2.1/catalog/datasets/wifi/exports/json", "https://a.org/x.json"]
        {
            assert_eq!(paged(whole), None);
        }
    }
}
