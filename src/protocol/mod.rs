//! What displays and the hub say to each other, and `parvis sync` and `parvis play` on one display. No input or output.

mod play;
mod receiving;
mod record;
mod told;

pub use play::{PlayRecord, Played, Presented, hour_of};
pub use receiving::{Batch, Ledger, Receipt, Taken, take};
pub use record::{Kind, Record, RecordId};
pub use told::Told;
