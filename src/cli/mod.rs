//! The commands of `parvis` and `parvis-hub`: one file each.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "commands speak to the terminal")]
#![allow(clippy::disallowed_methods, reason = "a command is where the clock is read and handed on")]

#[cfg(all(feature = "import", feature = "hub"))]
mod alert;
#[cfg(all(feature = "import", feature = "hub"))]
mod begin;
#[cfg(all(feature = "import", feature = "hub"))]
mod bundle;
#[cfg(feature = "player")]
mod counts;
#[cfg(all(feature = "import", feature = "hub"))]
mod delegated;
#[cfg(all(feature = "player", feature = "sync"))]
pub mod display;
#[cfg(feature = "player")]
mod doctor;
#[cfg(all(feature = "import", feature = "hub"))]
mod group;
#[cfg(all(feature = "import", feature = "hub"))]
pub mod hub;
#[cfg(all(feature = "import", feature = "hub"))]
mod import;
#[cfg(all(feature = "import", feature = "hub"))]
mod import_all;
#[cfg(all(feature = "import", feature = "hub"))]
mod keys;
#[cfg(feature = "player")]
mod lint;
#[cfg(all(feature = "import", feature = "hub"))]
mod merge;
#[cfg(all(feature = "import", feature = "hub"))]
mod passphrase;
#[cfg(feature = "player")]
mod play;
#[cfg(feature = "player")]
mod plays;
#[cfg(all(feature = "import", feature = "hub"))]
mod progress;
#[cfg(all(feature = "import", feature = "hub"))]
mod publish;
#[cfg(all(feature = "import", feature = "hub"))]
mod raise;
#[cfg(feature = "player")]
pub mod render;
#[cfg(feature = "player")]
mod render_serve;
#[cfg(all(feature = "import", feature = "hub"))]
mod serve;
#[cfg(all(feature = "import", feature = "hub"))]
mod sign;
#[cfg(all(feature = "import", feature = "hub"))]
mod staff;
#[cfg(feature = "player")]
mod status;
#[cfg(feature = "player")]
mod status_signage;
#[cfg(feature = "player")]
mod store_folder;
#[cfg(all(feature = "player", feature = "sync"))]
mod sync;
#[cfg(all(feature = "import", feature = "hub"))]
mod town;
#[cfg(all(feature = "import", feature = "hub"))]
mod users;
#[cfg(feature = "player")]
mod verify;
