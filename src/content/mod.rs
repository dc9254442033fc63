//! The content model: what a town says on its screens. Data only: no I/O, no clock.
//!
//! Use the types qualified (`content::Event`): Bevy has its own `Event`, `Text`, `Image`.

mod access;
mod article;
mod catalog;
mod common;
mod document;
mod event;
mod localized;
mod media;
mod place;
mod position;
mod problem;
mod service;
mod town;

pub use access::{AccessFact, AccessFacts, Need, Tri};
pub use article::{Article, Section};
pub use catalog::{Catalog, ItemRef};
pub use common::{Common, Id, Provenance, Validity};
pub use document::{Document, FORMAT, Imported, Item, read_document, read_item};
pub use event::{Attendance, Event, EventKind, EventStatus, Location, Registration, Timing};
pub use localized::{Localized, Origin, Translation};
pub use media::{Crop, MediaRef};
pub use place::{Contact, Place, PlaceKind};
pub use position::Position;
pub use problem::Problem;
pub use service::{Desk, Service};
pub use town::{Number, Town};
