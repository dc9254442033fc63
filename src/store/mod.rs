//! Files on disk: content directories, and the crash-safe store of a display.

mod bulletins;
mod directory;
mod disk;
mod identity;
mod loaded_items;
mod loaded_store;
mod notes;
mod outbox;
mod outbox_plays;
#[cfg(test)]
mod outbox_plays_tests;
mod outbox_table;
#[cfg(test)]
mod outbox_tests;
mod stored;
mod turn;
mod verify;

pub use directory::{LoadError, Loaded, load_directory};
pub use disk::{Disk, Entry, Folder, folder_of};
pub use identity::{Identity, PairingNote, display_key};
pub use loaded_store::{Known, NothingToShow, Showing, StoredContent, load_store, stored_picture};
pub use notes::{ClockNote, Fault, SyncNote};
pub use outbox::{Limits, OUTBOX, Outbox, OutboxError, PlaysKept, Pushed, Waiting};
pub use stored::{Arriving, HeadFault, Kept, PINNED_ROOT, ROOT_BYTES_MAX, State, Store, is_damage, stored_path};
pub use verify::{Flaw, Verified, verify};
