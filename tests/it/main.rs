//! What the hub's side promises, tested from outside: content, importers, and the shape of the code itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod attacks;
mod conformance;
mod content;
mod display;
mod faulty_disk;
mod hub;
mod import;
mod memory_web;
mod network;
mod outbox;
mod python;
mod simulation;
mod source_code;
mod tidy;
mod town;
