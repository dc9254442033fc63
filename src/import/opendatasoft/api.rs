//! The interface of a portal, page after page: `GET /api/explore/v2.1/catalog/datasets/{id}/records`.

use super::{ANSWER, count, ended, record, whole};
use crate::content::All;
use crate::import::fetch::Ask;
use crate::import::json_records::{Around, Shape};
use crate::import::mapping::Mapping;
use crate::import::paging::{Interface, Paging};
use crate::import::{Extent, ImportError, Job};
use serde_json::Value;
use std::fs::File;
use url::Url;

/// Records on one page; more are not given.
const PAGE: u64 = 100;
/// Pages reach no further than this; what has more is read as an export.
const REACH: u64 = 10_000;

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
        Paging::new(Records { paged: self, mapping }).read(job, &self.page(0))
    }

    fn page(&self, at: u64) -> Url {
        let mut url = self.records.clone();
        let (limit, offset) = (PAGE.to_string(), at.to_string());
        url.query_pairs_mut().append_pair(self.limit, &limit).append_pair(self.offset, &offset);
        url
    }

    fn export(&self, job: &mut Job<'_>, mapping: &Mapping, promised: Option<u64>) -> Result<Extent, ImportError> {
        let ask = Ask {
            bytes_max: job.settings.bytes_max,
            headers: headers(job),
            accept: "application/json",
            ..Ask::default()
        };
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

struct Records<'r> {
    paged: &'r Paged,
    mapping: &'r Mapping,
}

impl Interface for Records<'_> {
    const RECORDS: &'static str = "records";
    type Fields = All;

    fn shape(&self) -> Shape {
        ANSWER
    }

    fn headers(&self, job: &Job<'_>) -> Vec<(&'static str, String)> {
        headers(job)
    }

    fn promised(&self, around: &Around) -> Option<u64> {
        count(&around.head)
    }

    fn next(&self, _here: &Url, around: &Around, records: u64) -> Result<Option<Url>, String> {
        match self.promised(around).map_or(around.records < PAGE, |promised| records >= promised) {
            true => Ok(None),
            false if records + PAGE > REACH => Err(format!("the portal gives no page behind record {records}")),
            false => Ok(Some(self.paged.page(records))),
        }
    }

    fn take(&mut self, job: &mut Job<'_>, _around: &Around, one: Option<&Value>) {
        record(job, self.mapping, one);
    }

    fn instead(&mut self, job: &mut Job<'_>, first: &Around) -> Option<Result<Extent, ImportError>> {
        let promised = self.promised(first).filter(|promised| *promised > REACH)?;
        // What the first page says is not what the export says.
        job.web.forget(&self.paged.page(0));
        Some(self.paged.export(job, self.mapping, Some(promised)))
    }
}

fn headers(job: &Job<'_>) -> Vec<(&'static str, String)> {
    job.settings.key.iter().map(|key| ("authorization", format!("Apikey {key}"))).collect()
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
