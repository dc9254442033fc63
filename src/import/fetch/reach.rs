use super::resolver::PublicOnly;
use super::{Allowed, in_words};
use reqwest::blocking::Client;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use url::Url;

const AGENT: &str = concat!("Parvis/", env!("CARGO_PKG_VERSION"), " (town information screen)");

/// The servers of one list, and the connections to them.
#[derive(Debug, Default)]
pub struct Reach {
    allowed: Allowed,
    client: Option<Client>,
    /// The port of the address that is asked for: whoever looks a name up is not told.
    port: Arc<AtomicU16>,
}

impl Reach {
    pub fn new(allowed: Allowed) -> Self {
        Self { allowed, ..Self::default() }
    }

    /// The client to ask for this address; the first time says how long servers may say nothing.
    ///
    /// # Errors
    /// In words, when the list does not permit it or there is no network.
    pub fn client(&mut self, url: &Url, silence: Duration) -> Result<&Client, String> {
        self.allowed.permits(url)?;
        self.port.store(url.port_or_known_default().unwrap_or_default(), Ordering::Relaxed);
        // Made when something is first asked for: most files need no web, and it takes a while.
        if self.client.is_none() {
            let client = Client::builder()
                .user_agent(AGENT)
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(Duration::from_secs(10))
                // Of the blocking client: for the head of an answer, and again for each part of its body.
                .timeout(silence)
                .dns_resolver(Arc::new(PublicOnly { allowed: self.allowed.clone(), port: self.port.clone() }))
                .build();
            self.client = Some(client.map_err(|error| format!("the network cannot be used: {}", in_words(&error)))?);
        }
        self.client.as_ref().ok_or_else(|| "the network cannot be used".to_owned())
    }
}
