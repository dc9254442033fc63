//! What displays and the hub say to each other, and `parvis sync` and `parvis play` on one display. No input or output.

mod pairing;
mod play;
mod receiving;
mod record;
mod report;
mod signature;
mod told;
mod usage;

pub use pairing::{Begin, Begun, CODE_SECS, Code, Placed, Reveal, Standing, commitment};
pub use play::{PlayRecord, Played, Presented, hour_of};
pub use receiving::{Batch, Ledger, Receipt, Taken, take};
pub use record::{Kind, Record, RecordId};
pub use report::{
    Answer, Command, Done, OnScreen, Order, Outcome, REPORT_BYTES_MAX, REPORT_SECS, Report, SCREENSHOT,
    SCREENSHOT_BYTES_MAX, Trouble,
};
pub use signature::{CONTENT_DIGEST, Request, SIGNATURE, SIGNATURE_INPUT, Signed, VALID_SECS};
pub use told::Told;
pub use usage::{Counts, FEW, OTHERS, merge_few};
