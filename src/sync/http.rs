//! A publication on a web server. HTTP/1.1 and HTTP/2 (RFC 9110), TLS by rustls. Nothing that comes is believed here;
//! it is only kept from doing harm: no file takes more memory than a piece of it, nobody is waited for without end, and
//! nobody sends this display elsewhere.

use super::address::Address;
use super::certificates::{read_certificates, tls};
use super::http_body::Stream;
use super::{Answer, Asked, Fetch, FetchFault, Found, Soon};
use crate::device::clock;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, ClientBuilder, Proxy, RequestBuilder, Response, StatusCode, Url, redirect};
use std::error::Error;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How this display names itself.
const USER_AGENT: &str = concat!("parvis/", env!("CARGO_PKG_VERSION"));
/// What is spoken over TLS, the better first.
const PROTOCOLS: [&str; 2] = ["h2", HTTP1];
pub(super) const HTTP1: &str = "http/1.1";
/// The longest text that is kept of a header or of a fault, in bytes.
const TEXT_BYTES_MAX: usize = 300;
/// Idle connections are kept this long: opening one anew costs more bytes than a hundred questions.
const IDLE: Duration = Duration::from_secs(15 * 60);
/// What a server may send over one HTTP/2 connection before it was read.
const WINDOW_BYTES: u32 = 1 << 20;

/// How to reach a publication.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// What everything lies below, such as `https://town.example/publication/`.
    pub url: String,
    /// A proxy such as `http://name:word@proxy.town.example:3128`. Without one, none is used, whatever stands in the
    /// environment.
    pub proxy: Option<String>,
    /// Certificates (PEM) that are trusted besides those of the system.
    pub ca_file: Option<PathBuf>,
    /// The longest time until a connection is there.
    pub connect: Duration,
    /// The longest time without progress. There is no limit to the whole: a slow line is slow for hours.
    pub stall: Duration,
    /// Whether a time source sets the clock: then certificates are held against it.
    pub is_clock_set: fn() -> bool,
}

impl HttpSettings {
    pub fn new(url: impl Into<String>) -> Self {
        let (connect, stall) = (Duration::from_secs(20), Duration::from_secs(30));
        Self { url: url.into(), proxy: None, ca_file: None, connect, stall, is_clock_set: clock::is_set_by_a_source }
    }

    /// What all connections to this publication have in common.
    pub(super) fn client(&self, address: &Address) -> Result<ClientBuilder, String> {
        self.client_for(address, &PROTOCOLS)
    }

    /// As [`Self::client`], for these protocols over TLS.
    pub(super) fn client_for(&self, address: &Address, protocols: &[&str]) -> Result<ClientBuilder, String> {
        let mut client = Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .referer(false)
            // Nothing is unpacked on the way: sizes and hashes are those of what is sent.
            .no_gzip()
            .connect_timeout(self.connect)
            .pool_idle_timeout(IDLE)
            // Probes on idle connections cost more in a month than all there is to fetch.
            .tcp_keepalive(None)
            // A line that died is noticed before a request on it has stalled: the next one takes a new connection.
            .http2_keep_alive_interval(self.stall / 3)
            .http2_keep_alive_timeout(self.stall / 3)
            .http2_initial_stream_window_size(WINDOW_BYTES)
            .http2_initial_connection_window_size(WINDOW_BYTES)
            .no_proxy();
        if let Some(proxy) = &self.proxy {
            let proxy = Proxy::all(proxy).map_err(|error| format!("the proxy's address: {}", words(&error)))?;
            client = client.proxy(proxy);
        }
        let more = self.ca_file.as_deref().map(read_certificates).transpose()?.unwrap_or_default();
        let is_encrypted =
            address.is_encrypted() || self.proxy.as_ref().is_some_and(|proxy| proxy.starts_with("https"));
        // Where nothing is encrypted, a system without certificates is no reason to do nothing.
        if !is_encrypted {
            return Ok(client.tls_certs_only([]));
        }
        let tls = tls(more, protocols, self.is_clock_set).map_err(|error| format!("certificates: {error}"))?;
        Ok(client.tls_backend_preconfigured(tls))
    }
}

/// A publication on a web server.
pub struct Http {
    address: Address,
    client: Client,
    /// For a whole answer to begin, the connection included.
    begin: Duration,
    stall: Duration,
    /// An answer has come since a connection last broke: one may lie ready that the server has closed meanwhile.
    has_answered: AtomicBool,
}

impl Http {
    /// # Errors
    /// What of the settings cannot be used, in words for town IT.
    pub fn new(settings: &HttpSettings) -> Result<Self, String> {
        let address = Address::parse(&settings.url)?;
        let client = settings.client(&address)?.build().map_err(|error| words(&error))?;
        let (begin, has_answered) = (settings.connect + settings.stall, AtomicBool::new(false));
        Ok(Self { address, client, begin, stall: settings.stall, has_answered })
    }

    async fn answer(&self, asked: Asked<'_>) -> Result<Answer, FetchFault> {
        let mut asked = asked;
        let mut response = self.ask(asked).await?;
        if asked.from > 0 && !begins_or_is_whole(&response, asked.from) {
            asked = Asked { from: 0, known: None, ..asked };
            response = self.ask(asked).await?;
        }
        let headers = response.headers();
        let (tag, date_secs) = (text(headers, header::ETAG), date_secs(headers));
        let from = if response.status() == StatusCode::PARTIAL_CONTENT { asked.from } else { 0 };
        let found = match response.status().as_u16() {
            200 => Found::Body { from, body: self.body(response, from).await? },
            206 if from > 0 => Found::Body { from, body: self.body(response, from).await? },
            304 if if_changed(asked).is_some() => Found::Unchanged,
            // Object stores say "forbidden" of what is not there (S3, GCS).
            403 | 404 | 410 => Found::Nothing,
            // RFC 6585, 6: a network that wants a login, and says so.
            511 => return Err(FetchFault::WebPage),
            status => return Err(FetchFault::Status(status)),
        };
        Ok(Answer { found, tag, date_secs })
    }

    /// Asks, and follows one redirect as long as it stays in the publication.
    async fn ask(&self, asked: Asked<'_>) -> Result<Response, FetchFault> {
        let url = self.address.below(asked.path)?;
        let response = self.send(&url, asked).await?;
        let Some(target) = redirect_target(&response) else { return Ok(response) };
        match url.join(&target) {
            Ok(url) if self.address.holds(&url) => {
                let response = self.send(&url, asked).await?;
                redirect_target(&response).map_or(Ok(response), |target| Err(FetchFault::Elsewhere(target)))
            }
            _ => Err(FetchFault::Elsewhere(target)),
        }
    }

    async fn send(&self, url: &Url, asked: Asked<'_>) -> Result<Response, FetchFault> {
        let mut request = self.client.get(url.clone()).header(header::ACCEPT_ENCODING, "identity");
        if asked.from > 0 {
            request = request.header(header::RANGE, format!("bytes={}-", asked.from));
            // RFC 9110, 13.1.5: a weak tag cannot vouch for a part. The hash of the whole will.
            if let Some(tag) = asked.known.filter(|tag| !tag.starts_with("W/")).and_then(value) {
                request = request.header(header::IF_RANGE, tag);
            }
        }
        if let Some(tag) = if_changed(asked) {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        let again = request.try_clone();
        match (self.begin_answer(request).await, again) {
            // RFC 9112, 9.3.1: what was asked over a connection that the server was just closing is asked anew.
            (Err(FetchFault::Broken(_)), Some(again)) if self.has_answered.swap(false, Ordering::Relaxed) => {
                self.begin_answer(again).await
            }
            (answer, _) => answer,
        }
    }

    async fn begin_answer(&self, request: RequestBuilder) -> Result<Response, FetchFault> {
        let sent = tokio::time::timeout(self.begin, request.send()).await;
        let answer = sent.map_err(|_| FetchFault::Stalled(self.stall.as_secs()))?.map_err(fault_of)?;
        self.has_answered.store(true, Ordering::Relaxed);
        Ok(answer)
    }

    /// The body of an answer that is no page of a login.
    async fn body(&self, response: Response, from: u64) -> Result<Box<Stream>, FetchFault> {
        let headers = response.headers();
        if is_page(headers) {
            return Err(FetchFault::WebPage);
        }
        // All that is worth packing is packed before it is signed, and what unpacks on the way has no length.
        if let Some(packing) = text(headers, header::CONTENT_ENCODING).filter(|packing| packing != "identity") {
            return Err(FetchFault::Packed(packing));
        }
        let mut body = Stream::new(response, self.stall);
        if from == 0 && body.begins_as_page().await? {
            return Err(FetchFault::WebPage);
        }
        Ok(Box::new(body))
    }
}

impl Fetch for Http {
    fn get<'a>(&'a self, asked: Asked<'a>) -> Soon<'a, Result<Answer, FetchFault>> {
        Box::pin(self.answer(asked))
    }
}

/// The tag to ask with whether there is anything new.
fn if_changed(asked: Asked<'_>) -> Option<HeaderValue> {
    asked.known.filter(|_| asked.from == 0).and_then(value)
}

fn value(tag: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(tag).ok()
}

/// Whether an answer to a question for a part can be used: it is that part, or the whole, or says why there is neither.
fn begins_or_is_whole(response: &Response, from: u64) -> bool {
    match response.status() {
        StatusCode::PARTIAL_CONTENT => first_byte(response.headers()) == Some(from),
        StatusCode::RANGE_NOT_SATISFIABLE => false,
        _ => true,
    }
}

/// Where a part begins: `Content-Range: bytes 100-199/200` (RFC 9110, 14.4).
fn first_byte(headers: &HeaderMap) -> Option<u64> {
    let range = text(headers, header::CONTENT_RANGE)?;
    range.strip_prefix("bytes ")?.split_once('-')?.0.trim().parse().ok()
}

fn redirect_target(response: &Response) -> Option<String> {
    let is_redirect = [301, 302, 303, 307, 308].contains(&response.status().as_u16());
    text(response.headers(), header::LOCATION).filter(|_| is_redirect)
}

/// Whether an answer says that it is a page for a browser.
pub(super) fn is_page(headers: &HeaderMap) -> bool {
    let kind = text(headers, header::CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    ["text/html", "application/xhtml"].iter().any(|page| kind.starts_with(page))
}

/// A header of printable letters, if it is no longer than anything of use.
fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?;
    (text.len() <= TEXT_BYTES_MAX).then(|| text.to_owned())
}

fn date_secs(headers: &HeaderMap) -> Option<i64> {
    let date = text(headers, header::DATE)?;
    chrono::DateTime::parse_from_rfc2822(&date).ok().map(|date| date.timestamp())
}

/// What an error of a connection means for a display.
pub(super) fn fault_of(error: reqwest::Error) -> FetchFault {
    let is_connect = error.is_connect();
    // The address may hold a password.
    let words = words(&error.without_url());
    // TLS looks at the clock before anybody has looked whether that is right.
    let is_of_time = ["expired", "notvalidyet", "not valid yet"].iter().any(|word| words.to_lowercase().contains(word));
    let doubt = if is_of_time { " (is the clock of this display right?)" } else { "" };
    if is_connect { FetchFault::Unreachable(words + doubt) } else { FetchFault::Broken(words) }
}

/// The innermost cause: the outer ones only say that there was one.
fn words(error: &dyn Error) -> String {
    let mut innermost = error;
    while let Some(cause) = innermost.source().filter(|cause| !cause.to_string().is_empty()) {
        innermost = cause;
    }
    innermost.to_string().chars().take(TEXT_BYTES_MAX).collect()
}
