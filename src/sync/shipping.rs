//! Records on their way to the hub: each is sent until the hub has said that it has it.

use super::{Backoff, Chance, FetchFault, Soon};
use crate::protocol::{Batch, Kind, Receipt, Record, RecordId};
use crate::store::{Outbox, OutboxError};
use chrono::{DateTime, Utc};
use rand::TryRng;
use rand::rngs::SysRng;
use std::time::Duration;

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
