use crate::import::fetch::{Ask, FetchError, Web};
use serde_json::Value;
use url::Url;

/// The largest answer of a service that a town is made from, in bytes.
const BYTES_MAX: u64 = 16 << 20;

/// What a service answers, in JSON.
///
/// # Errors
/// In words: it cannot be asked, or answers something else.
pub fn answer(web: &mut Web, url: &Url, headers: Vec<(&'static str, String)>) -> Result<Value, String> {
    let ask = Ask { accept: "application/json", bytes_max: BYTES_MAX, headers, always: true, ..Ask::default() };
    let page = web.get(url, &ask).and_then(|page| page.ok_or_else(|| FetchError::unasked(url)));
    let page = page.map_err(|error| error.to_string())?;
    serde_json::from_slice(&page.bytes).map_err(|error| FetchError::new(url, format!("not JSON: {error}")).to_string())
}
