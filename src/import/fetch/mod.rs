//! HTTP of the importers: only where the operator's list allows, never more than was asked for, politely.

mod allowed;
mod pace;
mod resolver;

pub use allowed::Allowed;
pub use pace::Pace;

use reqwest::StatusCode;
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{
    ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
};
use resolver::PublicOnly;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::Url;

/// How often a redirect is followed.
const REDIRECTS_MAX: usize = 5;
/// How long a server may say nothing.
const SILENCE: Duration = Duration::from_secs(30);
/// How long one answer may take in all.
const WHOLE: Duration = Duration::from_secs(30 * 60);
/// A host that fails so often in a row is left alone: it must not keep all others waiting.
const FAILURES_MAX: usize = 3;
const AGENT: &str = concat!("Parvis/", env!("CARGO_PKG_VERSION"), " (town information screen)");

/// Why something could not be fetched, in words for staff.
#[derive(Debug, thiserror::Error)]
#[error("{url}: {reason}")]
pub struct FetchError {
    pub url: String,
    pub reason: String,
    /// Whether trying again later may help: the server is down or busy, or the line is.
    pub is_passing: bool,
}

impl FetchError {
    pub fn new(url: &Url, reason: impl Into<String>) -> Self {
        // What stands behind the question mark may hold a key.
        let url = format!("{}{}", url.origin().ascii_serialization(), url.path());
        Self { url, reason: reason.into(), is_passing: false }
    }

    fn passing(url: &Url, reason: impl Into<String>) -> Self {
        Self { is_passing: true, ..Self::new(url, reason) }
    }
}

/// What to ask a server for.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Media types, as in the header of that name.
    pub accept: &'a str,
    /// The most bytes that are taken, unpacked.
    pub bytes_max: u64,
    /// Further headers: keys.
    pub headers: Vec<(&'static str, String)>,
    /// Whether the answer is wanted even when it has not changed.
    pub always: bool,
}

impl Default for Ask<'_> {
    fn default() -> Self {
        Self { accept: "*/*", bytes_max: 64 << 20, headers: Vec::new(), always: false }
    }
}

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Fetched {
    pub bytes: Vec<u8>,
    /// The media type, without parameters, in small letters; empty where the server names none.
    pub media_type: String,
    /// The encoding that the media type names (`charset`).
    pub charset: Option<String>,
    /// Where it was in the end.
    pub url: Url,
}

/// How the server knows an answer again (RFC 9110, 8.8).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Validator {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub etag: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub last_modified: String,
}

/// The web as one import sees it.
pub struct Web {
    client: Option<Client>,
    allowed: Allowed,
    pace: Pace,
    /// What was fetched the last time, by address: only what has changed since is fetched again.
    pub known: BTreeMap<String, Validator>,
    /// Where large files go; removed with this.
    scratch: Option<PathBuf>,
    downloads: usize,
    /// How often each host has failed since it last answered.
    failed: HashMap<String, usize>,
}

impl Web {
    pub fn new(allowed: Allowed, pace: Pace) -> Self {
        Self {
            client: None,
            allowed,
            pace,
            known: BTreeMap::new(),
            scratch: None,
            downloads: 0,
            failed: HashMap::new(),
        }
    }

    /// Made when something is first asked for: most files need no web, and it takes a while.
    fn client(&mut self, url: &Url) -> Result<&Client, FetchError> {
        if self.client.is_none() {
            let client = Client::builder()
                .user_agent(AGENT)
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(Duration::from_secs(10))
                .timeout(SILENCE)
                .dns_resolver(Arc::new(PublicOnly(self.allowed.clone())))
                .build();
            let in_words = |error| FetchError::new(url, format!("the network cannot be used: {}", in_words(&error)));
            self.client = Some(client.map_err(in_words)?);
        }
        self.client.as_ref().ok_or_else(|| FetchError::new(url, "the network cannot be used"))
    }

    /// Fetches into memory; `None` where nothing has changed since `known`.
    ///
    /// # Errors
    /// In words; see [`FetchError`].
    pub fn get(&mut self, url: &Url, ask: &Ask<'_>) -> Result<Option<Fetched>, FetchError> {
        let Some((mut response, url)) = self.answer(url, ask)? else { return Ok(None) };
        let mut bytes = Vec::new();
        pour(&mut response, &mut bytes, &url, ask.bytes_max, &mut |_, _| {})?;
        let (media_type, charset) = media_type(response.headers());
        self.learn(&url, response.headers());
        Ok(Some(Fetched { bytes, media_type, charset, url }))
    }

    /// Fetches into a file that lives as long as this; `None` where nothing has changed since `known`.
    ///
    /// # Errors
    /// In words; see [`FetchError`].
    pub fn download(
        &mut self,
        url: &Url,
        ask: &Ask<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<PathBuf>, FetchError> {
        let Some((mut response, found)) = self.answer(url, ask)? else { return Ok(None) };
        let on_disk = |error: io::Error| FetchError::new(url, format!("cannot be kept on this machine: {error}"));
        let path = self.scratch_file().map_err(on_disk)?;
        let mut file = File::create(&path).map_err(on_disk)?;
        pour(&mut response, &mut file, &found, ask.bytes_max, progress)?;
        file.flush().map_err(on_disk)?;
        self.learn(&found, response.headers());
        Ok(Some(path))
    }

    fn scratch_file(&mut self) -> io::Result<PathBuf> {
        let folder = match &self.scratch {
            Some(folder) => folder.clone(),
            None => {
                let folder = std::env::temp_dir().join(format!("parvis-import-{}-{:p}", std::process::id(), self));
                fs::create_dir_all(&folder)?;
                self.scratch.insert(folder).clone()
            }
        };
        self.downloads += 1;
        Ok(folder.join(self.downloads.to_string()))
    }

    /// The answer to a request, with the address it was found at; tries again where that may help.
    fn answer(&mut self, url: &Url, ask: &Ask<'_>) -> Result<Option<(Response, Url)>, FetchError> {
        let host = url.host_str().unwrap_or_default().to_owned();
        if self.failed.get(&host).is_some_and(|failed| *failed >= FAILURES_MAX) {
            return Err(FetchError::passing(
                url,
                "this host has failed again and again: it is not asked any more for now",
            ));
        }
        let mut tries = 0;
        loop {
            tries += 1;
            match self.followed(url, ask) {
                Err((error, wait)) if error.is_passing && tries < self.pace.tries => self.pace.wait_again(tries, wait),
                Err((error, _)) => {
                    *self.failed.entry(host).or_default() += usize::from(error.is_passing);
                    return Err(error);
                }
                Ok(answer) => {
                    self.failed.remove(&host);
                    return Ok(answer);
                }
            }
        }
    }

    /// One try, over all redirects; with an error how long the server wants to be left alone.
    fn followed(
        &mut self,
        url: &Url,
        ask: &Ask<'_>,
    ) -> Result<Option<(Response, Url)>, (FetchError, Option<Duration>)> {
        let mut here = url.clone();
        for _ in 0..=REDIRECTS_MAX {
            self.allowed.permits(&here).map_err(|reason| (FetchError::new(&here, reason), None))?;
            self.pace.wait_turn(&here);
            let request = self.request(&here, ask, here.origin() == url.origin()).map_err(|error| (error, None))?;
            let response = request.send();
            let response = response.map_err(|error| {
                let refused = resolver::refusal(&error);
                let reason = refused.clone().unwrap_or_else(|| in_words(&error));
                (FetchError { is_passing: refused.is_none(), ..FetchError::new(&here, reason) }, None)
            })?;
            let status = response.status();
            if status == StatusCode::NOT_MODIFIED {
                return Ok(None);
            }
            if status.is_redirection() {
                let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
                let to = to.and_then(|to| here.join(to).ok());
                here = to.ok_or_else(|| (FetchError::new(&here, format!("{status}, but not where to")), None))?;
                continue;
            }
            if status.is_success() {
                return Ok(Some((response, here)));
            }
            let busy = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
            let reason = format!("the server answers {status}");
            let error = if busy { FetchError::passing(&here, reason) } else { FetchError::new(&here, reason) };
            return Err((error, pace::retry_after(response.headers())));
        }
        Err((FetchError::new(url, format!("more than {REDIRECTS_MAX} redirects")), None))
    }

    fn request(&mut self, url: &Url, ask: &Ask<'_>, is_origin: bool) -> Result<RequestBuilder, FetchError> {
        let mut request = self.client(url)?.get(url.clone()).header(ACCEPT, ask.accept);
        // A key is for the server it was given for, not for where that sends us.
        for (name, value) in ask.headers.iter().filter(|_| is_origin) {
            request = request.header(*name, value);
        }
        if let Some(known) = self.known.get(url.as_str()).filter(|_| !ask.always) {
            if !known.etag.is_empty() {
                request = request.header(IF_NONE_MATCH, &known.etag);
            }
            if !known.last_modified.is_empty() {
                request = request.header(IF_MODIFIED_SINCE, &known.last_modified);
            }
        }
        Ok(request)
    }

    /// Takes nothing for unchanged that lies at this address.
    pub fn forget(&mut self, url: &Url) {
        self.known.remove(url.as_str());
    }

    fn learn(&mut self, url: &Url, headers: &HeaderMap) {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let validator = Validator { etag: text(ETAG), last_modified: text(LAST_MODIFIED) };
        if validator == Validator::default() {
            self.known.remove(url.as_str());
        } else {
            self.known.insert(url.as_str().to_owned(), validator);
        }
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        if let Some(folder) = &self.scratch {
            // What cannot be removed is in the folder for such files, which the system clears.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Takes an answer's body, at most `bytes_max` bytes of it and for no longer than [`WHOLE`].
fn pour(
    response: &mut Response,
    to: &mut dyn Write,
    url: &Url,
    bytes_max: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), FetchError> {
    let too_large = || FetchError::new(url, format!("larger than {} MiB", bytes_max >> 20));
    let length = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let total: u64 = length.unwrap_or(0);
    if total > bytes_max {
        return Err(too_large());
    }
    let began = Instant::now();
    let (mut buffer, mut done) = (vec![0; 64 << 10], 0);
    loop {
        let read = response.read(&mut buffer);
        let read = read.map_err(|error| FetchError::passing(url, format!("the answer breaks off: {error}")))?;
        if read == 0 {
            return Ok(());
        }
        done += read as u64;
        if done > bytes_max {
            return Err(too_large());
        }
        if began.elapsed() > WHOLE {
            return Err(FetchError::passing(url, "the answer takes longer than half an hour"));
        }
        let kept = to.write_all(&buffer[..read]);
        kept.map_err(|error| FetchError::new(url, format!("cannot be kept on this machine: {error}")))?;
        progress(done, total.max(done));
    }
}

fn media_type(headers: &HeaderMap) -> (String, Option<String>) {
    let whole = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = whole.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    (media_type, charset)
}

/// An error of the network in the words of its innermost cause: the outer ones only say that there was one.
fn in_words(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
