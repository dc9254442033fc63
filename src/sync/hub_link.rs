//! The way from a display to its hub: JSON over HTTP, signed with the display's key once it was let in.

use super::address::Address;
use super::http::fault_of;
use super::shipping::Post;
use super::{Clock, FetchFault, HttpSettings, Soon};
use crate::protocol::{Batch, Receipt, Request, Signed};
use crate::publication::SigningKey;
use rand::TryRng;
use rand::rngs::SysRng;
use reqwest::{Client, Method, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The largest answer that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 256 << 10;
/// For one question, answer and all.
const LIMIT: Duration = Duration::from_secs(20);
/// A clock that differs by less from the hub's is not what a refusal is about.
const SKEW_SECS: i64 = 30;

/// One question.
pub struct HubAsked<'a> {
    /// In capitals.
    pub method: &'static str,
    /// Below the hub's address, without a `/` before it.
    pub path: &'a str,
    pub body: &'a [u8],
    /// The media type of the body.
    pub kind: &'static str,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HubAnswer {
    pub status: u16,
    pub body: Vec<u8>,
    /// The hub's clock, in seconds since 1970.
    pub date_secs: Option<i64>,
}

/// Whoever carries questions to a hub.
pub trait Carry: Send + Sync {
    fn carry<'a>(
        &'a self,
        asked: &'a HubAsked<'a>,
        headers: Vec<(&'static str, String)>,
    ) -> Soon<'a, Result<HubAnswer, FetchFault>>;
}

/// Over the web.
pub struct HubHttp {
    client: Client,
    address: Address,
    limit: Duration,
}

impl HubHttp {
    /// # Errors
    /// What of the settings cannot be used, in words for town IT.
    pub fn new(settings: &HttpSettings) -> Result<Self, String> {
        let address = Address::parse(&settings.url)?;
        // Nobody signs what a hub answers: until the clock is right records wait, and no old certificate takes them.
        let settings = HttpSettings { is_clock_set: || true, ..settings.clone() };
        let client = settings.client(&address)?.build().map_err(|error| fault_of(error).to_string())?;
        Ok(Self { client, address, limit: LIMIT })
    }

    async fn send(&self, asked: &HubAsked<'_>, headers: Vec<(&'static str, String)>) -> Result<HubAnswer, FetchFault> {
        let method = if asked.method == "GET" { Method::GET } else { Method::POST };
        let mut request = self.client.request(method, self.address.below(asked.path)?).timeout(self.limit);
        if asked.method != "GET" {
            request = request.header(header::CONTENT_TYPE, asked.kind).body(asked.body.to_vec());
        }
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let mut response = request.send().await.map_err(fault_of)?;
        let date = response.headers().get(header::DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| chrono::DateTime::parse_from_rfc2822(date).ok());
        let (status, date_secs) = (response.status().as_u16(), date.map(|date| date.timestamp()));
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(fault_of)? {
            body.extend_from_slice(&piece);
            if body.len() > ANSWER_BYTES_MAX {
                return Err(FetchFault::TooLong);
            }
        }
        Ok(HubAnswer { status, body, date_secs })
    }
}

impl Carry for HubHttp {
    fn carry<'a>(
        &'a self,
        asked: &'a HubAsked<'a>,
        headers: Vec<(&'static str, String)>,
    ) -> Soon<'a, Result<HubAnswer, FetchFault>> {
        Box::pin(self.send(asked, headers))
    }
}

/// A hub, as a display speaks to it.
pub struct HubLink {
    carrier: Box<dyn Carry>,
    clock: Arc<dyn Clock>,
    /// Who signs, once the display was let in: its number there, and its key.
    signer: Mutex<Option<(i64, Arc<SigningKey>)>>,
    /// What the hub's clock is ahead of this one, in seconds: signatures go by the hub's.
    ahead_secs: AtomicI64,
}

impl HubLink {
    pub fn new(carrier: Box<dyn Carry>, clock: Arc<dyn Clock>) -> Self {
        Self { carrier, clock, signer: Mutex::default(), ahead_secs: AtomicI64::new(0) }
    }

    /// From now on everything is signed.
    pub fn sign_as(&self, display: i64, key: Arc<SigningKey>) {
        *self.signer.lock().unwrap_or_else(PoisonError::into_inner) = Some((display, key));
    }

    /// Asks, and asks once more where the hub's clock turns out to be another.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn ask(&self, asked: &HubAsked<'_>) -> Result<HubAnswer, FetchFault> {
        let answer = self.carrier.carry(asked, self.headers(asked)?).await?;
        let Some(date) = answer.date_secs.filter(|_| answer.status == 401) else { return Ok(answer) };
        let ahead = date - self.clock.now().as_second();
        if (ahead - self.ahead_secs.swap(ahead, Ordering::Relaxed)).abs() < SKEW_SECS {
            return Ok(answer);
        }
        self.carrier.carry(asked, self.headers(asked)?).await
    }

    fn headers(&self, asked: &HubAsked<'_>) -> Result<Vec<(&'static str, String)>, FetchFault> {
        let signer = self.signer.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some((display, key)) = signer else { return Ok(Vec::new()) };
        let mut chance = [0_u8; 16];
        let no_chance = |_| FetchFault::Broken("this machine gives no random numbers".to_owned());
        SysRng.try_fill_bytes(&mut chance).map_err(no_chance)?;
        let nonce = chance.iter().map(|byte| format!("{byte:02x}")).collect();
        let created = self.clock.now().as_second() + self.ahead_secs.load(Ordering::Relaxed);
        let path = format!("/{}", asked.path);
        let request = Request { method: asked.method, path: &path, body: asked.body };
        Ok(Signed { display, created, nonce }.headers(request, &key).into())
    }

    /// Sends JSON, and reads the JSON that comes back.
    ///
    /// # Errors
    /// When no answer comes, or another status than one of success.
    pub async fn post_json<T: DeserializeOwned>(&self, path: &str, message: &impl Serialize) -> Result<T, FetchFault> {
        let body = serde_json::to_vec(message).map_err(|error| FetchFault::Broken(error.to_string()))?;
        read(&self.ask(&HubAsked { method: "POST", path, body: &body, kind: "application/json" }).await?)
    }
}

/// The JSON of an answer.
///
/// # Errors
/// When its status is another than one of success, or it is no such JSON.
pub fn read<T: DeserializeOwned>(answer: &HubAnswer) -> Result<T, FetchFault> {
    if !(200..300).contains(&answer.status) {
        return Err(FetchFault::Status(answer.status));
    }
    // 204, RFC 9110, 15.3.5: there is nothing to say.
    let body: &[u8] = if answer.body.is_empty() { b"null" } else { &answer.body };
    serde_json::from_slice(body).map_err(|error| FetchFault::Broken(error.to_string()))
}

impl Post for Arc<HubLink> {
    fn post<'a>(&'a self, batch: &'a Batch) -> Soon<'a, Result<Receipt, FetchFault>> {
        Box::pin(self.post_json("records", batch))
    }
}
