//! OpenStreetMap extracts (`.osm.pbf`), ODbL 1.0.

pub mod reading;
