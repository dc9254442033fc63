//! The commands of `parvis` and `parvis-hub`: one file each.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "commands speak to the terminal")]
#![allow(clippy::disallowed_methods, reason = "a command is where the clock is read and handed on")]

#[cfg(feature = "player")]
mod counts;
#[cfg(all(feature = "player", feature = "sync"))]
pub mod display;
#[cfg(feature = "player")]
mod doctor;
#[cfg(feature = "import")]
pub mod hub;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "player")]
mod play;
#[cfg(feature = "player")]
pub mod render;
#[cfg(feature = "player")]
mod render_serve;
#[cfg(feature = "player")]
mod store_folder;
#[cfg(all(feature = "player", feature = "sync"))]
mod sync;
