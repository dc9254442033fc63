use super::fetch::CHUNK_BYTES;
use super::http::fault_of;
use super::{Body, FetchFault, Soon};
use futures_util::FutureExt;
use reqwest::Response;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// What a server must send within the stall time to count as sending: a tenth of what a line of 8 kbit/s brings. One
/// that drips a byte now and then would hold its place for ever.
const PACE_BYTES: usize = 1024;

/// What no page begins behind, in bytes.
const PAGE_START_BYTES: usize = 64;

/// A body as it comes from a web server.
pub struct Stream {
    response: Response,
    /// What has come and was not yet given out.
    ready: Vec<u8>,
    /// What ended the body behind `ready`.
    end: Option<Result<(), FetchFault>>,
    stall: Duration,
    /// How long the server has been waited for since it last kept pace, and what it has sent since then.
    waited: Duration,
    brought: usize,
}

impl Stream {
    pub fn new(response: Response, stall: Duration) -> Self {
        Self { response, ready: Vec::new(), end: None, stall, waited: Duration::ZERO, brought: 0 }
    }

    /// Whether the body is a page for a browser, whatever the server calls it.
    ///
    /// # Errors
    /// What comes in the way of its first bytes.
    pub async fn begins_as_page(&mut self) -> Result<bool, FetchFault> {
        self.wait_for(PAGE_START_BYTES).await?;
        let start = self.ready.trim_ascii_start();
        let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
        let begins_with = |word: &[u8]| start.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
        Ok([b"<!doctype".as_slice(), b"<html", b"<head", b"<script"].iter().any(|word| begins_with(word)))
    }

    async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, FetchFault> {
        self.wait_for(1).await?;
        // What is here already goes along: fewer and larger writes.
        while self.ready.len() < CHUNK_BYTES && self.end.is_none() {
            let Some(come) = self.response.chunk().now_or_never() else { break };
            self.take(come);
        }
        if self.ready.is_empty() {
            return self.end.clone().unwrap_or(Ok(())).map(|()| None);
        }
        let rest = self.ready.split_off(self.ready.len().min(CHUNK_BYTES));
        Ok(Some(std::mem::replace(&mut self.ready, rest)))
    }

    /// Waits until so many bytes are ready or none come any more.
    async fn wait_for(&mut self, bytes: usize) -> Result<(), FetchFault> {
        while self.ready.len() < bytes && self.end.is_none() {
            let began = Instant::now();
            let left = self.stall.saturating_sub(self.waited);
            let Ok(come) = timeout(left, self.response.chunk()).await else {
                return Err(FetchFault::Stalled(self.stall.as_secs()));
            };
            self.waited += began.elapsed();
            self.take(come);
        }
        Ok(())
    }

    fn take(&mut self, come: reqwest::Result<Option<impl AsRef<[u8]>>>) {
        match come {
            Ok(Some(bytes)) => {
                self.ready.extend_from_slice(bytes.as_ref());
                self.brought += bytes.as_ref().len();
                if self.brought >= PACE_BYTES {
                    (self.waited, self.brought) = (Duration::ZERO, 0);
                }
            }
            Ok(None) => self.end = Some(Ok(())),
            Err(error) => self.end = Some(Err(fault_of(error))),
        }
    }
}

impl Body for Stream {
    fn next(&mut self) -> Soon<'_, Result<Option<Vec<u8>>, FetchFault>> {
        Box::pin(self.next_piece())
    }
}
