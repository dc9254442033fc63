//! Parvis: the information screen of a town. `ARCHITECTURE.md` says how the parts fit.

pub mod content;

pub mod calendar;
pub mod demo;
pub mod language;
pub mod search;
pub mod signage;
pub mod wayfinding;

pub mod protocol;
pub mod publication;
pub mod store;

pub mod device;
pub mod film;

#[cfg(feature = "sync")]
pub mod sync;

#[cfg(feature = "import")]
pub mod import;

#[cfg(feature = "hub")]
pub mod hub;

#[cfg(feature = "player")]
pub mod player;

pub mod cli;
