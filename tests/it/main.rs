//! What the hub's side promises, tested from outside: content, importers, and the shape of the code itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod content;
mod delegated;
mod hub;
mod import;
mod keys;
mod publishing;
mod serving;
mod signing;
mod source_code;
mod tidy;
mod town;
