//! What plays when on a town's signage: a function of the schedule, the alerts, the display and the time. Pure.
//!
//! Read [`program()`] first; then [`LocalDay`](local_day) (when is something on), [`Day`](day) (what wins), and
//! [`Rota`](rota) (which slot's turn it is).

mod acknowledged;
mod built_in;
mod contest;
mod day;
mod display;
mod findings;
mod local_day;
mod playing;
#[cfg(test)]
mod playing_properties;
mod program;
#[cfg(test)]
mod program_properties;
#[cfg(test)]
mod program_tests;
#[cfg(test)]
mod reference;
mod resting;
mod rota;
#[cfg(test)]
mod sample_towns;
mod stock;
mod warnings;
#[cfg(test)]
mod year_tests;

pub use acknowledged::Acknowledged;
pub use contest::{Outcome, Verdict};
pub use display::{Dimming, Display, Power};
pub use findings::{Findings, events_found};
pub use playing::Playing;
pub use program::{Bookmarks, Cursor, Program, RegionTurn, Shown, program};
pub use resting::advertising_rests;
pub use rota::{Source, Turn};
pub use stock::{CatalogStock, Offer, Stock, alert_secs, reading_secs};
pub use warnings::{AlertTurn, alert_in_turn, concerning};
