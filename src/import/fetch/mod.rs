//! HTTP of the importers: only where the operator's list allows, never more than was asked for, politely.

mod allowed;
mod kept_pages;
mod key;
mod pace;
mod reach;
mod resolver;
mod scratch;

pub use allowed::Allowed;
pub use kept_pages::KeptPages;
pub use key::told;
pub use pace::{Clock, Pace};

use super::Input;
use super::record_id::digits_of;
use kept_pages::KeptPage;
use key::Key;
use reach::Reach;
use reqwest::StatusCode;
use reqwest::blocking::{RequestBuilder, Response};
use reqwest::header::{
    ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
};
use scratch::Scratch;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// How often a redirect is followed.
const REDIRECTS_MAX: usize = 5;
/// How long one answer may take where there is no limit for all.
const WHOLE: Duration = Duration::from_secs(30 * 60);
/// A host that fails so often in a row is left alone: it must not keep all others waiting.
const FAILURES_MAX: usize = 3;
/// The part of the time for a source that its pictures may take: the records come first.
const PICTURES_PART: u32 = 2;

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
        Self { url: told(url), reason: reason.into(), is_passing: false }
    }

    /// A server says that nothing has changed, though nobody asked whether.
    pub fn unasked(url: &Url) -> Self {
        Self::new(url, "the server says that nothing has changed, though nobody asked")
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
    /// Whether it is a picture, whose address comes from whoever wrote a record.
    pub is_picture: bool,
}

impl Default for Ask<'_> {
    fn default() -> Self {
        Self { accept: "*/*", bytes_max: 64 << 20, headers: Vec::new(), always: false, is_picture: false }
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
    reach: Reach,
    /// For pictures; none: as for everything else.
    pictures: Option<Reach>,
    pace: Pace,
    /// What was fetched the last time, by the digest of its address, which may hold a key: only what has changed since is
    /// fetched again.
    pub known: BTreeMap<String, Validator>,
    /// Answers of earlier runs.
    pages: Option<KeptPages>,
    /// The addresses that were asked for.
    asked: HashSet<String>,
    /// Where large files go.
    scratch: Option<Scratch>,
    key: Key,
    /// How often each host has failed since it last gave a whole answer.
    failed: HashMap<String, usize>,
    /// When it began, and how long all of it may take.
    limit: Option<(Duration, Duration)>,
}

impl Web {
    pub fn new(allowed: Allowed, pace: Pace) -> Self {
        Self {
            reach: Reach::new(allowed),
            pictures: None,
            pace,
            known: BTreeMap::new(),
            pages: None,
            asked: HashSet::new(),
            scratch: None,
            key: Key::default(),
            failed: HashMap::new(),
            limit: None,
        }
    }

    /// Fetches pictures only from where this list allows.
    #[must_use]
    pub fn with_pictures_from(self, allowed: Allowed) -> Self {
        Self { pictures: Some(Reach::new(allowed)), ..self }
    }

    /// Asks for nothing any more, and breaks off what is under way, when so much time has passed; for pictures, half
    /// of it.
    #[must_use]
    pub fn within(self, time: Duration) -> Self {
        Self { limit: Some((self.pace.now(), time)), ..self }
    }

    /// Keeps answers for the next run.
    #[must_use]
    pub fn with_pages(self, pages: KeptPages) -> Self {
        Self { pages: Some(pages), ..self }
    }

    /// The answers that are kept.
    pub fn pages(&mut self) -> Option<&mut KeptPages> {
        self.pages.as_mut()
    }

    /// Whether the address of this digest was asked for.
    pub fn has_asked(&self, mark: &str) -> bool {
        self.asked.contains(mark)
    }

    /// Knows the source's key: it is never told. One that belongs into the address, at `{key}`, is taken: it goes nowhere
    /// else.
    ///
    /// # Errors
    /// In words, when the address waits for a key and there is none.
    pub fn with_key(mut self, from: &Input, key: &mut Option<String>) -> Result<Self, String> {
        let Input::Web(url) = from else { return Ok(self) };
        let text = key.as_deref().map(str::trim).unwrap_or_default();
        self.key = Key::new(text, url);
        if key::has_place(url) {
            if text.is_empty() {
                return Err(format!("{from}: its key is missing: name it (key_env or key_file; or --key)"));
            }
            *key = None;
        }
        Ok(self)
    }

    /// A text for staff, without the source's key.
    pub fn without_key(&self, text: &str) -> String {
        self.key.hidden(text)
    }

    /// What an address is known by, however it was written.
    pub fn mark(&self, url: &Url) -> String {
        digits_of(self.key.hidden_in(url).as_str(), 32)
    }

    /// Fetches into memory; `None` where nothing has changed since `known`.
    ///
    /// # Errors
    /// In words; see [`FetchError`].
    pub fn get(&mut self, url: &Url, ask: &Ask<'_>) -> Result<Option<Fetched>, FetchError> {
        let mut bytes = Vec::new();
        let Some((headers, url)) = self.fetch(url, ask, &mut bytes, &mut |_, _| {})? else { return Ok(None) };
        let (media_type, charset) = media_type(&headers);
        Ok(Some(Fetched { bytes, media_type, charset, url }))
    }

    /// Fetches into memory what may lie here from an earlier run: not at all where it was fetched under the same `mark`,
    /// which is not empty, and else only if it has changed.
    ///
    /// # Errors
    /// In words; see [`FetchError`].
    pub fn get_kept(&mut self, url: &Url, ask: &Ask<'_>, mark: &str) -> Result<Fetched, FetchError> {
        let kept = self.pages.as_mut().and_then(|pages| pages.load(url));
        let kept = match kept {
            Some(kept) if !mark.is_empty() && kept.mark == mark => return Ok(kept.into_fetched()),
            other => other,
        };
        let validator = kept.as_ref().map(|kept| kept.validator.clone()).filter(|known| *known != Validator::default());
        let ask = Ask { always: validator.is_none(), ..ask.clone() };
        let mark_of_url = self.mark(&self.key.filled(url));
        self.known.extend(validator.map(|validator| (mark_of_url.clone(), validator)));
        let got = self.get(url, &ask);
        let validator = self.known.remove(&mark_of_url).unwrap_or_default();
        match (got?, kept) {
            (Some(page), _) => {
                self.forget(&page.url);
                let page = Fetched { url: self.key.hidden_in(&page.url), ..page };
                let tells_key = self.key.is_in(&page.bytes);
                match &mut self.pages {
                    Some(pages) if tells_key => pages.remove(url),
                    // What cannot be kept is fetched again.
                    Some(pages) => drop(pages.save(&KeptPage::new(url, &page, validator, mark))),
                    None => {}
                }
                Ok(page)
            }
            (None, Some(kept)) => Ok(kept.into_fetched()),
            (None, None) => Err(FetchError::unasked(url)),
        }
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
        let on_disk = |error: io::Error| FetchError::new(url, format!("cannot be kept on this machine: {error}"));
        let scratch = match &mut self.scratch {
            Some(scratch) => scratch,
            none => none.insert(Scratch::new().map_err(on_disk)?),
        };
        let (mut file, path) = scratch.file().map_err(on_disk)?;
        let Some(_) = self.fetch(url, ask, &mut file, progress)? else { return Ok(None) };
        file.flush().map_err(on_disk)?;
        Ok(Some(path))
    }

    /// Asks for an address and takes the whole answer; says where it was in the end. A host that fails again and again
    /// is left alone.
    fn fetch(
        &mut self,
        url: &Url,
        ask: &Ask<'_>,
        to: &mut dyn Write,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<(HeaderMap, Url)>, FetchError> {
        let host = url.host_str().unwrap_or_default().to_owned();
        if self.failed.get(&host).is_some_and(|failed| *failed >= FAILURES_MAX) {
            let reason = "this host has failed again and again: it is not asked any more for now";
            return Err(FetchError::passing(url, reason));
        }
        let fetched = self.answer(url, ask).and_then(|answer| {
            let Some((mut response, found)) = answer else { return Ok(None) };
            self.pour(&mut response, to, &found, ask, progress)?;
            Ok(Some((response.headers().clone(), found)))
        });
        let fetched = fetched.map_err(|error| self.without_key_in(error));
        match &fetched {
            // That the time is over is no fault of the host's.
            Err(error) if error.is_passing && !self.is_over(ask) => *self.failed.entry(host).or_default() += 1,
            Err(_) => {}
            Ok(_) => drop(self.failed.remove(&host)),
        }
        if let Ok(Some((headers, found))) = &fetched {
            self.learn(found, headers);
        }
        fetched
    }

    /// The answer to a request, with the address it was found at; tries again where that may help.
    fn answer(&mut self, url: &Url, ask: &Ask<'_>) -> Result<Option<(Response, Url)>, FetchError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.followed(url, ask) {
                Err((error, wait)) if error.is_passing && tries < self.pace.tries && !self.is_over(ask) => {
                    self.pace.wait_again(tries, wait, self.left(ask));
                }
                answer => return answer.map_err(|(error, _)| error),
            }
        }
    }

    fn without_key_in(&self, error: FetchError) -> FetchError {
        FetchError { url: self.key.hidden(&error.url), reason: self.key.hidden(&error.reason), ..error }
    }

    /// How much time is left for what is asked; none: any.
    fn left(&self, ask: &Ask<'_>) -> Option<Duration> {
        let (began, time) = self.limit?;
        let time = if ask.is_picture { time / PICTURES_PART } else { time };
        Some(began.saturating_add(time).saturating_sub(self.pace.now()))
    }

    fn is_over(&self, ask: &Ask<'_>) -> bool {
        self.left(ask).is_some_and(|left| left.is_zero())
    }

    fn in_time(&self, url: &Url, ask: &Ask<'_>) -> Result<(), FetchError> {
        if !self.is_over(ask) {
            return Ok(());
        }
        let what = if ask.is_picture { "the pictures of this source" } else { "this source" };
        Err(FetchError::passing(url, format!("the time for {what} is over: the rest is asked for the next time")))
    }

    /// One try, over all redirects; with an error how long the server wants to be left alone.
    fn followed(
        &mut self,
        url: &Url,
        ask: &Ask<'_>,
    ) -> Result<Option<(Response, Url)>, (FetchError, Option<Duration>)> {
        let mut here = self.key.filled(url);
        for _ in 0..=REDIRECTS_MAX {
            self.in_time(&here, ask).map_err(|error| (error, None))?;
            self.pace.wait_turn(&here);
            let request = self.request(&here, ask, here.origin() == url.origin()).map_err(|error| (error, None))?;
            let response = request.send();
            let response = response.map_err(|error| {
                let refused = resolver::refusal(&error);
                let is_silent = error.is_timeout() && !error.is_connect();
                let said = || if is_silent { self.silent() } else { in_words(&error) };
                let reason = refused.clone().unwrap_or_else(said);
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
                return Ok(Some((response, self.key.hidden_in(&here))));
            }
            let busy = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
            let reason = format!("the server answers {status}");
            let error = if busy { FetchError::passing(&here, reason) } else { FetchError::new(&here, reason) };
            return Err((error, pace::retry_after(response.headers())));
        }
        Err((FetchError::new(url, format!("more than {REDIRECTS_MAX} redirects")), None))
    }

    fn request(&mut self, url: &Url, ask: &Ask<'_>, is_origin: bool) -> Result<RequestBuilder, FetchError> {
        let mark = self.mark(url);
        let reach = self.pictures.as_mut().filter(|_| ask.is_picture).unwrap_or(&mut self.reach);
        let client = reach.client(url, self.pace.silence).map_err(|reason| FetchError::new(url, reason))?;
        let mut request = client.get(url.clone()).header(ACCEPT, ask.accept);
        self.asked.insert(mark);
        // A key is for the server it was given for, not for where that sends us.
        for (name, value) in ask.headers.iter().filter(|_| is_origin) {
            request = request.header(*name, value);
        }
        if let Some(known) = self.known.get(&self.mark(url)).filter(|_| !ask.always) {
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
        self.known.remove(&self.mark(url));
    }

    fn learn(&mut self, url: &Url, headers: &HeaderMap) {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let validator = Validator { etag: text(ETAG), last_modified: text(LAST_MODIFIED) };
        if validator == Validator::default() {
            self.known.remove(&self.mark(url));
        } else {
            self.known.insert(self.mark(url), validator);
        }
    }

    fn silent(&self) -> String {
        format!("the server has said nothing for {:?}", self.pace.silence)
    }

    /// Takes an answer's body, at most `bytes_max` bytes of it and for no longer than there is time, or [`WHOLE`].
    fn pour(
        &self,
        response: &mut Response,
        to: &mut dyn Write,
        url: &Url,
        ask: &Ask<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), FetchError> {
        let too_large = || FetchError::new(url, format!("larger than {} MiB", ask.bytes_max >> 20));
        let length = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let total: u64 = length.unwrap_or(0);
        if total > ask.bytes_max {
            return Err(too_large());
        }
        let began = self.pace.now();
        let (mut buffer, mut done) = (vec![0; 64 << 10], 0);
        loop {
            let read = response.read(&mut buffer);
            let read = read.map_err(|error| {
                let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>());
                let is_silent = inner.is_some_and(reqwest::Error::is_timeout);
                let reason = if is_silent { self.silent() } else { format!("the answer breaks off: {error}") };
                FetchError::passing(url, reason)
            })?;
            if read == 0 {
                return Ok(());
            }
            done += read as u64;
            if done > ask.bytes_max {
                return Err(too_large());
            }
            if self.limit.is_none() && self.pace.now().saturating_sub(began) > WHOLE {
                return Err(FetchError::passing(url, "the answer takes longer than half an hour"));
            }
            self.in_time(url, ask)?;
            let kept = to.write_all(&buffer[..read]);
            kept.map_err(|error| FetchError::new(url, format!("cannot be kept on this machine: {error}")))?;
            progress(done, total.max(done));
        }
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
