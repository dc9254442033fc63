//! The content model: what a town says on its screens. Data only: no I/O, no clock.
//!
//! Use the types qualified (`content::Event`): Bevy has its own `Event`, `Text`, `Image`.

mod access;
mod activation;
mod advertising_curfew;
mod alert;
mod alert_area;
mod article;
mod bounded;
mod bulletin;
mod catalog;
mod document;
mod event;
mod item;
mod item_fields;
mod itinerary;
mod layout;
mod live;
mod localized;
mod media;
mod place;
mod playlist;
mod playlist_item;
mod position;
mod problem;
mod reading;
mod recurrence;
mod schedule;
#[cfg(test)]
mod schedule_tests;
mod service;
mod template;
mod text_link;
mod town;

pub use access::{AccessFact, AccessFacts, Need, Tri};
pub use advertising_curfew::AdvertisingCurfew;
pub use alert::{Alert, Certainty, Hazard, Severity, Urgency};
pub use alert_area::{AlertArea, AreaCode, Circle, Outline};
pub use article::{Article, Section};
pub use bounded::{All, Bounded, Fields};
pub use bulletin::Bulletin;
pub use catalog::{Catalog, ItemRef};
pub use document::{Document, FORMAT, Imported, read_document, read_town};
pub use event::{Attendance, Event, EventKind, EventStatus, Location, Registration, Timing};
pub use item::{Item, read_item};
pub use item_fields::{Common, Id, Provenance, Validity};
pub use itinerary::{Itinerary, ItineraryMode, Step};
pub use layout::{Layout, Region};
pub use live::{Live, LiveKind, LiveRow};
pub use localized::{Localized, Origin, Translation, language_alone, language_tag};
pub use media::{Crop, MediaRef};
pub use place::{Contact, Place, PlaceKind};
pub use playlist::{Playlist, Transition, TransitionKind};
pub use playlist_item::{EventFilter, FilterPeriod, PlaylistItem, Show};
pub use position::Position;
pub use problem::Problem;
pub use recurrence::{Daypart, Recurrence};
pub use schedule::{Campaign, Level, Schedule, ScheduleEntry};
pub use service::{Desk, Service};
pub use template::{BoxSize, Holds, Stands, Template, TemplateBox, WordLine, WordStack};
pub use text_link::{link_line, link_of};
pub use town::{Number, Town};
