use super::sieve::Sieve;
use super::{SHAPE, object};
use crate::import::json_records::{Around, Shape};
use crate::import::paging::Interface;
use crate::import::{Job, Settings};
use serde_json::Value;
use url::Url;

/// The REST catalogue, whose pages say where the next one is.
pub struct Catalogue {
    pub settings: Settings,
}

impl Interface for Catalogue {
    const RECORDS: &'static str = "objects";
    type Fields = Sieve;

    fn shape(&self) -> Shape<Sieve> {
        SHAPE
    }

    fn headers(&self, job: &Job<'_>) -> Vec<(&'static str, String)> {
        job.settings.key.iter().map(|key| ("X-API-Key", key.clone())).collect()
    }

    fn promised(&self, around: &Around) -> Option<u64> {
        around.head.get("meta")?.get("total")?.as_u64()
    }

    fn next(&self, here: &Url, around: &Around, _records: u64) -> Result<Option<Url>, String> {
        let Some(next) = next(around) else { return Ok(None) };
        match here.join(next) {
            // The key is for the server it was given for.
            Ok(url) if url.origin() == here.origin() => Ok(Some(url)),
            _ => Err(format!("the next page is said to be on another server: {next:.80}")),
        }
    }

    fn take(&mut self, job: &mut Job<'_>, _around: &Around, record: Option<&Value>) {
        let made = object::read(job.source(), &self.settings, record);
        job.made(made);
    }
}

/// What a page says of where the next one is; `None` on the last.
pub fn next(around: &Around) -> Option<&str> {
    around.head.get("meta")?.get("next")?.as_str().map(str::trim).filter(|next| !next.is_empty())
}
