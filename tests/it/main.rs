//! What the hub's side promises, tested from outside: content, importers, and the shape of the code itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

#[cfg(feature = "sync")]
mod conformance;
mod content;
mod hub;
mod import;
#[cfg(feature = "sync")]
mod network;
#[cfg(feature = "sync")]
mod python;
mod source_code;
mod tidy;
