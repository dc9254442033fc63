//! Acceslibre's interface: `GET /api/erps/?commune=...`, page after page as Django's REST framework gives them.

use super::{ANSWER, count, one};
use crate::content::All;
use crate::import::json_records::{Around, Shape};
use crate::import::paging::{Interface, Paging};
use crate::import::{Extent, ImportError, Job};
use serde_json::Value;
use url::Url;

/// Whether this address is one of the interface, on whatever host.
pub fn is_interface(url: &Url) -> bool {
    url.path().trim_end_matches('/').ends_with("/api/erps")
}

/// Reads all pages.
pub fn import(job: &mut Job<'_>, url: &Url) -> Result<Extent, ImportError> {
    Paging::new(Establishments).read(job, url)
}

struct Establishments;

impl Interface for Establishments {
    const RECORDS: &'static str = "establishments";
    type Fields = All;

    /// Records stand there plain or as features of GeoJSON, which may themselves stand under `results`.
    fn shape(&self) -> Shape {
        ANSWER
    }

    fn headers(&self, job: &Job<'_>) -> Vec<(&'static str, String)> {
        job.settings.key.iter().map(|key| ("authorization", format!("Api-Key {key}"))).collect()
    }

    fn promised(&self, around: &Around) -> Option<u64> {
        count(&around.head)
    }

    /// Only what stands behind the question mark of the next page's address is taken: behind a proxy the rest is often
    /// not how the server is reached, and a key must go nowhere else.
    fn next(&self, here: &Url, around: &Around, _records: u64) -> Result<Option<Url>, String> {
        let next = around.head.get("next").or_else(|| around.inside.as_ref()?.get("next")).and_then(Value::as_str);
        let query = next.and_then(|next| Some(here.join(next).ok()?.query()?.to_owned()));
        Ok(query.map(|query| {
            let mut next = here.clone();
            next.set_query(Some(&query));
            next
        }))
    }

    fn take(&mut self, job: &mut Job<'_>, _around: &Around, record: Option<&Value>) {
        one(job, record);
    }
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
        let around = Around { head: page.as_object().unwrap().clone(), ..Around::default() };
        let next = Establishments.next(&url, &around, 1).unwrap().unwrap();
        assert_eq!(next.as_str(), "https://acceslibre.example/api/erps/?commune=Albi&page=2");
        assert!(!is_interface(&Url::parse("https://acceslibre.example/export.csv").unwrap()));
    }
}
