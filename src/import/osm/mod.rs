//! OpenStreetMap extracts (`.osm.pbf`), ODbL 1.0.

mod coast;
mod grid;
pub mod reading;
mod rings;
