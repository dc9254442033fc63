use chrono::DateTime;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::Url;

/// The time that passes while servers are asked.
pub trait Clock: std::fmt::Debug + Send + Sync {
    /// Since a moment that stays the same.
    fn now(&self) -> Duration;
    fn wait(&self, time: Duration);
}

/// The machine's own.
#[derive(Debug)]
struct Monotonic(Instant);

impl Clock for Monotonic {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    #[expect(clippy::disallowed_methods, reason = "to leave a server alone for a while is what is wanted")]
    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// How hard servers are asked, and how long they are waited for.
#[derive(Clone, Debug)]
pub struct Pace {
    /// The time between two requests to one host.
    pub between: Duration,
    /// The wait before the second try of what failed; each further one is four times as long.
    pub again: Duration,
    /// The longest wait that a server may ask for.
    pub longest: Duration,
    /// How often something is tried in all.
    pub tries: u32,
    /// How long a server may say nothing, before an answer and within it.
    pub silence: Duration,
    last: HashMap<String, Duration>,
    clock: Arc<dyn Clock>,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            between: Duration::from_millis(200),
            again: Duration::from_secs(1),
            longest: Duration::from_secs(60),
            tries: 3,
            silence: Duration::from_secs(30),
            last: HashMap::new(),
            clock: Arc::new(Monotonic(Instant::now())),
        }
    }
}

impl Pace {
    /// Waits of these lengths; a server that asks for a longer one than usual gets no more than 60 times `again`.
    pub fn new(between: Duration, again: Duration, tries: u32) -> Self {
        let usual = Self::default();
        Self { between, again, longest: usual.longest.min(again * 60), tries: tries.max(1), ..usual }
    }

    /// For a server of one's own: no waits at all.
    pub fn unhurried() -> Self {
        let none = Duration::ZERO;
        Self { between: none, again: none, longest: none, ..Self::default() }
    }

    /// By another clock than the machine's.
    #[must_use]
    pub fn by(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// The time since a moment that stays the same.
    pub fn now(&self) -> Duration {
        self.clock.now()
    }

    /// Returns when the host of this address may be asked again.
    pub fn wait_turn(&mut self, url: &Url) {
        let host = url.host_str().unwrap_or_default().to_owned();
        if let Some(last) = self.last.get(&host) {
            self.wait(self.between.saturating_sub(self.now().saturating_sub(*last)));
        }
        self.last.insert(host, self.now());
    }

    /// Waits before a further try: as long as the server asks for, else longer each time, and no longer than what is
    /// left.
    pub fn wait_again(&self, tries: u32, asked: Option<Duration>, left: Option<Duration>) {
        let usual = self.again * 4_u32.saturating_pow(tries.saturating_sub(1));
        let wait = asked.unwrap_or(usual).min(self.longest);
        self.wait(left.map_or(wait, |left| left.min(wait)));
    }

    fn wait(&self, time: Duration) {
        if !time.is_zero() {
            self.clock.wait(time);
        }
    }
}

/// How long a server wants to be left alone (RFC 9110, 10.2.3): in seconds, or until a date by its own clock.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?;
    let now = DateTime::parse_from_rfc2822(headers.get("date")?.to_str().ok()?).ok()?;
    (until - now).to_std().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_says_in_seconds_or_by_its_clock_when_to_come_back() {
        let header = |after: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, after.parse().unwrap());
            headers.insert("date", "Sun, 22 Nov 2026 10:00:00 GMT".parse().unwrap());
            retry_after(&headers)
        };
        assert_eq!(header("7"), Some(Duration::from_secs(7)));
        assert_eq!(header("Sun, 22 Nov 2026 10:00:30 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(header("Sun, 22 Nov 2026 09:00:00 GMT"), None);
        assert_eq!(header("soon"), None);
    }
}
