//! What the town fetches from elsewhere: each source when it is due, and what it brings as items that staff do not write.

mod arriving;
mod fetching;
pub mod form;
mod local;
mod schedule;
mod town;

pub use arriving::arrive_first;
pub use fetching::{Doing, Fetching, fetch_due, keep_fetching};
pub use local::{FEATURED, OWN_FIELDS, Override, decide};
pub use schedule::{Schedule, next_try};
pub use town::{Begun, file, file_of, folder, taken_over};

/// Whoever takes in and publishes what came, in the audit log.
pub const SOURCES: &str = "sources";
