//! Brings a publication to a display: what is missing, what is signed, whole or not at all. Everything here goes through
//! traits, [`Fetch`], [`crate::store::Disk`], [`Clock`] and [`Chance`]; the real network is in `http`.

mod address;
mod backoff;
mod belief;
mod bundle;
mod certificates;
mod collect;
mod daemon;
mod dated;
mod enrol;
mod events;
mod fetch;
mod http;
mod http_body;
mod hub_link;
mod machine;
mod objects;
mod push;
mod reporting;
mod shipping;
mod trust;

use std::pin::Pin;
use std::time::Duration;

pub use backoff::Backoff;
pub use belief::{Belief, Reading};
pub use bundle::Bundle;
pub use collect::{Care, Collected, Collector};
pub use daemon::{Daemon, Reports, Turn, Wanted};
pub use enrol::{Enrolled, Enrolling, enrol};
pub use fetch::{Answer, Asked, Body, CHUNK_BYTES, Fetch, FetchFault, Found};
pub use http::{Http, HttpSettings};
pub use hub_link::{Carry, HubAnswer, HubAsked, HubHttp, HubLink};
pub use machine::{MachineChance, MachineClock};
pub use push::{Never, Notices, ServerEvents};
pub use reporting::{Beside, Reporter};
pub use shipping::{Post, Shipping, ShippingFault};
pub use trust::{Cache, Channel, Refusal, Remote, Trust, Verified, config};

/// Something that is not there yet.
pub type Soon<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The time of a display.
pub trait Clock: Send + Sync {
    /// What the clock says. It may be wrong.
    fn now(&self) -> jiff::Timestamp;

    /// Time that has passed since some moment. It only grows.
    fn elapsed(&self) -> Duration;

    /// Whether a time source (NTP, a radio clock) sets the clock.
    fn is_set_by_a_source(&self) -> bool;

    /// Waits.
    fn sleep(&self, time: Duration) -> Soon<'_, ()>;
}

/// Where jitter comes from.
pub trait Chance: Send + Sync {
    /// From 0 to below 1.
    fn fraction(&self) -> f64;
}
