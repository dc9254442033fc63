//! Records on their way to the hub: each is sent until the hub has said that it has it.

use super::address::Address;
use super::http::fault_of;
use super::{Backoff, Chance, FetchFault, HttpSettings, Soon};
use crate::protocol::{Batch, Kind, Receipt, Record, RecordId};
use crate::store::{Outbox, OutboxError};
use chrono::{DateTime, Utc};
use rand::TryRng;
use rand::rngs::SysRng;
use reqwest::{Client, header};
use std::time::Duration;

/// The largest answer that is read, in bytes: the ids of a whole batch.
const RECEIPT_BYTES_MAX: usize = 64 << 10;
/// For one batch, answer and all.
const LIMIT: Duration = Duration::from_secs(20);
/// The most batches in one turn: what a display could not tell for weeks does not hold up what it is to show.
const BATCHES_MAX: usize = 20;

/// Whoever takes records.
pub trait Post: Send + Sync {
    /// Hands over a batch; what is in the receipt is kept there.
    fn post<'a>(&'a self, batch: &'a Batch) -> Soon<'a, Result<Receipt, FetchFault>>;
}

/// Why records wait on.
#[derive(Debug, thiserror::Error)]
pub enum ShippingFault {
    #[error("records wait on: the hub {0}")]
    Network(#[from] FetchFault),
    #[error("records wait on: the hub kept none of them")]
    NoneTaken,
    #[error("this machine gives no random numbers")]
    NoChance,
    #[error(transparent)]
    Outbox(#[from] OutboxError),
}

/// Empties an outbox.
pub struct Shipping {
    outbox: Outbox,
    post: Box<dyn Post>,
    backoff: Backoff,
    /// Why the last try failed, and until when nothing is tried: a hub that does not answer must not hold up the screen.
    waits: Option<(Duration, String)>,
}

impl Shipping {
    pub fn new(outbox: Outbox, post: Box<dyn Post>) -> Self {
        Self { outbox, post, backoff: Backoff::default(), waits: None }
    }

    /// Keeps what this daemon itself has to tell.
    ///
    /// # Errors
    /// When the disk does not take it: then it is not told.
    pub fn keep(&mut self, kind: Kind, at: DateTime<Utc>, body: serde_json::Value) -> Result<(), ShippingFault> {
        let mut chance = [0; 10];
        SysRng.try_fill_bytes(&mut chance).map_err(|_| ShippingFault::NoChance)?;
        self.outbox.push(&Record { id: RecordId::new(at, chance), at, kind, body })?;
        Ok(())
    }

    /// Sends what waits, unless the last try failed a short while ago; why something waits on.
    pub async fn ship_when_due(&mut self, elapsed: Duration, chance: &dyn Chance) -> Option<String> {
        if self.waits.as_ref().is_none_or(|(until, _)| *until <= elapsed) {
            self.waits = match self.ship().await {
                Ok(_) => {
                    self.backoff.worked();
                    None
                }
                Err(fault) => Some((elapsed + self.backoff.failed(chance), fault.to_string())),
            };
        }
        self.waits.as_ref().map(|(_, words)| words.clone())
    }

    /// Sends what waits; how many records the hub has now.
    ///
    /// # Errors
    /// Why the rest waits on.
    pub async fn ship(&mut self) -> Result<usize, ShippingFault> {
        let mut shipped = 0;
        for _ in 0..BATCHES_MAX {
            let records = self.outbox.oldest(Batch::RECORDS_MAX)?;
            if records.is_empty() {
                break;
            }
            let receipt = self.post.post(&Batch { records }).await?;
            let gone = self.outbox.taken(&receipt.taken)?;
            if gone == 0 {
                return Err(ShippingFault::NoneTaken);
            }
            shipped += gone;
        }
        Ok(shipped)
    }
}

/// A hub on the web: `POST <address>records`.
pub struct HubPost {
    client: Client,
    address: Address,
    limit: Duration,
}

impl HubPost {
    /// # Errors
    /// What of the settings cannot be used, in words for town IT.
    pub fn new(settings: &HttpSettings) -> Result<Self, String> {
        let address = Address::parse(&settings.url)?;
        // Nobody signs a receipt: until the clock is right records wait, and no old certificate takes them.
        let settings = HttpSettings { is_clock_set: || true, ..settings.clone() };
        let client = settings.client(&address)?.build().map_err(|error| fault_of(error).to_string())?;
        Ok(Self { client, address, limit: LIMIT })
    }

    async fn send(&self, batch: &Batch) -> Result<Receipt, FetchFault> {
        let unreadable = |error: serde_json::Error| FetchFault::Broken(error.to_string());
        let url = self.address.below("records")?;
        let request = self.client.post(url).header(header::CONTENT_TYPE, "application/json").timeout(self.limit);
        let body = serde_json::to_vec(batch).map_err(unreadable)?;
        let mut response = request.body(body).send().await.map_err(fault_of)?;
        if !response.status().is_success() {
            return Err(FetchFault::Status(response.status().as_u16()));
        }
        let mut receipt = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(fault_of)? {
            receipt.extend_from_slice(&piece);
            if receipt.len() > RECEIPT_BYTES_MAX {
                return Err(FetchFault::TooLong);
            }
        }
        serde_json::from_slice(&receipt).map_err(unreadable)
    }
}

impl Post for HubPost {
    fn post<'a>(&'a self, batch: &'a Batch) -> Soon<'a, Result<Receipt, FetchFault>> {
        Box::pin(self.send(batch))
    }
}
