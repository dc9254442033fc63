//! How a display hears at once that something was published: server-sent events (WHATWG HTML, 9.2), where the hub has
//! them. What an event says is not believed: it only makes the display look.

use super::address::Address;
use super::events::EventReader;
use super::http::{HTTP1, fault_of, is_page};
use super::{Backoff, Chance, Clock, FetchFault, HttpSettings, Soon};
use futures_util::FutureExt;
use futures_util::future::{Either, select};
use reqwest::{Client, Response, StatusCode, Url, header};
use std::sync::Arc;
use std::time::Duration;

/// Below the publication.
const PATH: &str = "events";

/// News of a publication.
pub trait Notices: Send {
    /// Waits until something was published, or may have been while nobody could say so. After a fault, the next call
    /// waits as long as is decent before it tries again. A call that is dropped and made anew loses nothing.
    fn next(&mut self) -> Soon<'_, Result<(), FetchFault>>;
}

/// No news: for a publication in a file, and where a display only asks from time to time.
pub struct Never;

impl Notices for Never {
    fn next(&mut self) -> Soon<'_, Result<(), FetchFault>> {
        Box::pin(std::future::pending())
    }
}

/// Events from the hub, at `<publication>/events`. A hub sends at least a comment every 100 s.
pub struct ServerEvents {
    client: Client,
    url: Url,
    begin: Duration,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    backoff: Backoff,
    /// On the scale of [`Clock::elapsed`]: nothing is asked, and no news given, before.
    not_before: Duration,
    open: Option<Open>,
}

/// A stream of events.
struct Open {
    response: Response,
    reader: EventReader,
    /// News that have come and were not yet given out.
    has_news: bool,
    since: Duration,
    /// When bytes last came.
    heard: Duration,
    /// Bytes that have come since the beginning of this period.
    brought: usize,
    period: Duration,
}

impl ServerEvents {
    /// A stream on which nothing came for so long is broken, even if nobody says so.
    const SILENCE: Duration = Duration::from_secs(120);
    /// A web server without events is asked again after this time: it may have become a hub.
    const PLAIN: Duration = Duration::from_secs(3600);
    /// The shortest time between two news: whatever a server sends, it does not make this display spin.
    const GAP: Duration = Duration::from_secs(5);
    /// What a stream may bring within [`Self::SILENCE`], in bytes.
    const BYTES_MAX: usize = 256 << 10;

    /// # Errors
    /// What of the settings cannot be used, in words for town IT.
    pub fn new(settings: &HttpSettings, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Result<Self, String> {
        let address = Address::parse(&settings.url)?;
        let url = address.below(PATH).map_err(|fault| fault.to_string())?;
        // A stream that is always open would be probed all month long over HTTP/2.
        let client = settings
            .client_for(&address, &[HTTP1])?
            .http1_only()
            .build()
            .map_err(|error| fault_of(error).to_string())?;
        let begin = settings.connect + settings.stall;
        let (backoff, not_before) = (Backoff::default(), Duration::ZERO);
        Ok(Self { client, url, begin, clock, chance, backoff, not_before, open: None })
    }

    async fn next_news(&mut self) -> Result<(), FetchFault> {
        loop {
            let Some(open) = &mut self.open else {
                self.wait().await;
                match self.connect().await {
                    Ok(true) => continue,
                    Ok(false) => {
                        self.not_before = self.clock.elapsed() + Self::PLAIN;
                        continue;
                    }
                    Err(fault) => return Err(self.failed(fault)),
                }
            };
            if open.has_news && self.clock.elapsed() >= self.not_before {
                open.has_news = false;
                self.not_before = self.clock.elapsed() + Self::GAP;
                return Ok(());
            }
            // Only one of the two is waited for to its end: what has come is read meanwhile, so that many events are
            // one piece of news.
            let gap = if open.has_news { self.not_before } else { Duration::MAX };
            if let Err(fault) = open.listen(self.clock.as_ref(), gap).await {
                return Err(self.failed(fault));
            }
        }
    }

    async fn wait(&self) {
        let left = self.not_before.saturating_sub(self.clock.elapsed());
        if !left.is_zero() {
            self.clock.sleep(left).await;
        }
    }

    fn failed(&mut self, fault: FetchFault) -> FetchFault {
        let now = self.clock.elapsed();
        // A server that takes the connection only to close it has not worked.
        if self.open.take().is_some_and(|open| now.saturating_sub(open.since) >= Self::SILENCE) {
            self.backoff.worked();
        }
        self.not_before = now + self.backoff.failed(self.chance.as_ref());
        fault
    }

    /// Opens the stream; `false` where the server has none.
    async fn connect(&mut self) -> Result<bool, FetchFault> {
        let request = self.client.get(self.url.clone()).header(header::ACCEPT, "text/event-stream");
        let request = request.header(header::CACHE_CONTROL, "no-cache").send();
        let response = match select(Box::pin(request), self.clock.sleep(self.begin)).await {
            Either::Left((response, _)) => response.map_err(fault_of)?,
            Either::Right(_) => return Err(FetchFault::Stalled(self.begin.as_secs())),
        };
        match response.status() {
            StatusCode::OK if is_page(response.headers()) => return Err(FetchFault::WebPage),
            StatusCode::OK if is_event_stream(&response) => {}
            status if status.is_server_error() => return Err(FetchFault::Status(status.as_u16())),
            _ => return Ok(false),
        }
        let now = self.clock.elapsed();
        self.not_before = now;
        // Something may have been published before the stream was there.
        let (reader, has_news) = (EventReader::default(), true);
        self.open = Some(Open { response, reader, has_news, since: now, heard: now, period: now, brought: 0 });
        Ok(true)
    }
}

impl Open {
    /// Reads what comes next, or waits until `gap`, whichever is first.
    async fn listen(&mut self, clock: &dyn Clock, gap: Duration) -> Result<(), FetchFault> {
        let now = clock.elapsed();
        let silent = self.heard + ServerEvents::SILENCE;
        if now >= silent {
            return Err(FetchFault::Stalled(ServerEvents::SILENCE.as_secs()));
        }
        let until = clock.sleep(silent.min(gap).saturating_sub(now));
        let come = match select(self.response.chunk().boxed(), until).await {
            Either::Left((come, _)) => come.map_err(fault_of)?,
            Either::Right(_) => return Ok(()),
        };
        let Some(bytes) = come else { return Err(FetchFault::Broken("the server closed it".to_owned())) };
        self.heard = clock.elapsed();
        if self.heard.saturating_sub(self.period) > ServerEvents::SILENCE {
            (self.period, self.brought) = (self.heard, 0);
        }
        self.brought += bytes.len();
        if self.brought > ServerEvents::BYTES_MAX {
            return Err(FetchFault::Broken("it brings more than there can be news".to_owned()));
        }
        self.has_news |= self.reader.read(&bytes);
        Ok(())
    }
}

impl Notices for ServerEvents {
    fn next(&mut self) -> Soon<'_, Result<(), FetchFault>> {
        Box::pin(self.next_news())
    }
}

fn is_event_stream(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("text/event-stream"))
}
