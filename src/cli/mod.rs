//! The commands of `parvis` and `parvis-hub`: one file each.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "commands speak to the terminal")]
#![allow(clippy::disallowed_methods, reason = "a command is where the clock is read and handed on")]

#[cfg(feature = "hub")]
mod alert;
#[cfg(feature = "hub")]
mod backup;
#[cfg(feature = "hub")]
mod begin;
#[cfg(feature = "hub")]
mod bundle;
#[cfg(feature = "player")]
mod counts;
#[cfg(feature = "hub")]
mod delegated;
#[cfg(all(feature = "player", feature = "sync"))]
pub mod display;
#[cfg(feature = "player")]
mod doctor;
#[cfg(feature = "hub")]
mod draw_page;
#[cfg(feature = "hub")]
mod group;
#[cfg(feature = "hub")]
pub mod hub;
#[cfg(feature = "hub")]
mod import;
#[cfg(feature = "hub")]
mod import_all;
#[cfg(feature = "hub")]
mod keys;
#[cfg(feature = "player")]
mod lint;
#[cfg(feature = "hub")]
mod merge;
#[cfg(feature = "hub")]
mod own_signer;
#[cfg(feature = "hub")]
mod passphrase;
#[cfg(feature = "player")]
mod play;
#[cfg(feature = "player")]
mod plays;
#[cfg(feature = "hub")]
mod progress;
#[cfg(feature = "hub")]
mod publish;
#[cfg(feature = "hub")]
mod raise;
#[cfg(feature = "player")]
pub mod render;
#[cfg(feature = "player")]
mod render_serve;
#[cfg(feature = "hub")]
mod restore;
#[cfg(feature = "hub")]
mod serve;
#[cfg(feature = "hub")]
mod sign;
#[cfg(feature = "hub")]
mod staff;
#[cfg(feature = "player")]
mod status;
#[cfg(feature = "player")]
mod status_signage;
#[cfg(feature = "player")]
mod store_folder;
#[cfg(all(feature = "player", feature = "sync"))]
mod sync;
#[cfg(all(feature = "player", feature = "sync"))]
mod sync_hub;
#[cfg(feature = "hub")]
mod town;
#[cfg(feature = "hub")]
mod users;
#[cfg(feature = "player")]
mod verify;
