use super::document::{Around, read_bytes};
use super::object::read;
use crate::import::fetch::Ask;
use crate::import::{Extent, ImportError, Job, Progress};
use serde_json::Value;
use std::collections::BTreeSet;
use url::Url;

/// A page has at most 250 objects.
const PAGE_BYTES_MAX: u64 = 128 << 20;
/// The whole national catalogue in pages of 100.
const PAGES_MAX: usize = 10_000;

/// Reads the REST catalogue page by page, until one says that there is no next.
pub fn pages(job: &mut Job<'_>, first: &Url) -> Result<Extent, ImportError> {
    let headers: Vec<_> = job.settings.key.iter().map(|key| ("X-API-Key", key.clone())).collect();
    let ask = Ask { accept: "application/json", bytes_max: PAGE_BYTES_MAX, headers, ..Ask::default() };
    let bytes = job.page(first, &ask)?.bytes;
    let around = match page(job, &bytes) {
        (around, Err(reason)) if around.objects == 0 => return Err(job.not_this(not_a_page(&reason))),
        (_, Err(reason)) => return Ok(job.broken_off(reason)),
        (around, Ok(())) if around.objects == 0 && !around.is_list => {
            return Err(job.not_this(not_a_page("no objects")));
        }
        (around, Ok(())) => around,
    };
    go_on(job, first, around, &ask)
}

/// Reads what follows a first page.
pub fn go_on(job: &mut Job<'_>, first: &Url, mut around: Around, ask: &Ask<'_>) -> Result<Extent, ImportError> {
    let mut seen = BTreeSet::from([first.clone()]);
    let mut here = first.clone();
    let mut objects = around.objects;
    while let Some(next) = around.meta.get("next").and_then(Value::as_str).filter(|next| !next.trim().is_empty()) {
        let url = match here.join(next.trim()) {
            // The key is for the server it was given for.
            Ok(url) if url.origin() == first.origin() => url,
            _ => return Ok(job.broken_off(format!("the next page is said to be on another server: {next:.80}"))),
        };
        if !seen.insert(url.clone()) {
            return Ok(job.broken_off("a page that was read already is said to be the next".to_owned()));
        }
        if seen.len() > PAGES_MAX {
            return Ok(job.broken_off(format!("more than {PAGES_MAX} pages")));
        }
        let fetched = match job.page(&url, ask) {
            Ok(fetched) => fetched,
            Err(error) => return Ok(job.broken_off(error.to_string())),
        };
        let (after, read) = page(job, &fetched.bytes);
        objects += after.objects;
        if let Err(reason) = read {
            return Ok(job.broken_off(not_a_page(&reason)));
        }
        if !after.is_list {
            return Ok(job.broken_off(not_a_page("no list of objects")));
        }
        let total = after.meta.get("total").and_then(Value::as_u64).unwrap_or(0);
        job.progress(Progress { doing: "reading", done: objects, total });
        (around, here) = (after, url);
    }
    let total = around.meta.get("total").and_then(Value::as_u64).unwrap_or(0);
    if objects < total {
        return Ok(job.broken_off(format!("{total} objects are announced, and {objects} came")));
    }
    Ok(Extent::Whole)
}

fn page(job: &mut Job<'_>, bytes: &[u8]) -> (Around, Result<(), String>) {
    let settings = job.settings.clone();
    let source = job.source().to_owned();
    read_bytes(bytes, &mut |object| {
        let made = read(&source, &settings, object);
        job.made(made);
    })
}

fn not_a_page(reason: &str) -> String {
    format!("not a page of the DATAtourisme catalogue: {reason}")
}
