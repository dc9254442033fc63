//! OpenStreetMap extracts (`.osm.pbf`), ODbL 1.0.

mod coast;
mod grid;
mod ground;
pub mod reading;
mod rings;
pub mod tiles;
