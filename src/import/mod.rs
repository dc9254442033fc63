//! Foreign formats in, content out; one file or folder per source, one row in [`SOURCES`].

mod acceslibre;
mod access_words;
mod address;
mod apidae;
mod area;
mod attribution;
mod booking;
mod cap;
mod csv;
mod csv_rows;
mod datatourisme;
mod decoding;
mod entrance_fee;
mod event_words;
mod feed;
pub mod fetch;
mod folded;
mod french_originals;
mod gbfs;
mod geojson;
mod geometry;
mod gtfs;
mod gtfs_rt;
#[cfg(test)]
mod hostile_input;
mod html_entities;
mod ical;
mod inline_marks;
mod job;
mod json_fields;
mod json_files;
mod json_node;
mod json_records;
mod list_file;
mod local_time;
mod mapping;
pub mod merge;
pub mod new_town;
mod notes;
mod openagenda;
mod opendatasoft;
mod opening_hours_text;
pub mod osm;
mod paging;
pub mod pictures;
mod plain_text;
mod public_contact;
mod record_id;
mod schema_org;
mod seasons;
mod sentences;
mod settings;
mod summary;
mod tags;
mod text_stream;
pub mod town_sources;
mod unfinished_file;
mod vigilance;
mod weather;
mod web_address;
mod xml;
mod zip_file;

pub use area::Area;
pub use gtfs_rt::is_ended_mark;
pub use job::{Counts, Extent, Input, Job, LEFT_OUT, Output, Progress};
pub use list_file::ListFile;
pub use mapping::Mapping;
pub use pictures::Picture;
pub use record_id::is_source_name;
pub use settings::Settings;
pub use unfinished_file::write_whole;

use fetch::FetchError;
use std::path::{Path, PathBuf};

/// A format that a town's data may come in.
pub trait Source: Sync {
    /// The word after `parvis-hub import`.
    fn name(&self) -> &'static str;
    /// One line for `--help`.
    fn about(&self) -> &'static str;
    /// The hosts that its records and pictures usually lie on, as in `fetch.allow`: they need not be listed again.
    fn hosts(&self) -> &'static [&'static str] {
        &[]
    }
    /// Whether it warns people: it is read before all others.
    fn warns(&self) -> bool {
        false
    }
    /// Whether the same input says other things an hour later.
    fn is_of_the_moment(&self) -> bool {
        false
    }
    /// Reads what the job names: every record becomes an item or a problem that begins with "left out: ".
    ///
    /// # Errors
    /// Only when the input as a whole cannot be read.
    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError>;

    /// Whether it needs to know what an earlier import gave ([`Settings::before`]), since nothing in it has an id that
    /// lasts.
    fn looks_back(&self) -> bool {
        false
    }

    /// Writes the map that the file holds, of this area or whole, as vector tiles `<out>/<z>/<x>/<y>.mvt`; returns how
    /// many.
    ///
    /// # Errors
    /// When the file cannot be read, has no map in it, or the tiles cannot be written.
    fn write_map(
        &self,
        from: &Path,
        _area: Option<&Area>,
        _out: &Path,
        _progress: &mut dyn FnMut(Progress),
    ) -> Result<usize, ImportError> {
        Err(ImportError::NotThisFormat { from: from.display().to_string(), reason: "there is no map in it".to_owned() })
    }
}

/// Why an input could not be read at all, in words for staff.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{}: {error}", path.display())]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("{from}: {reason}")]
    NotThisFormat { from: String, reason: String },
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// Every source, in the order of the help.
#[rustfmt::skip]
pub const SOURCES: &[&dyn Source] = &[
    &acceslibre::Acceslibre,
    &apidae::Apidae,
    &cap::Cap,
    &csv::Csv,
    &datatourisme::DataTourisme,
    &feed::Feed,
    &gbfs::Gbfs,
    &geojson::GeoJson,
    &gtfs::Gtfs,
    &gtfs_rt::GtfsRt,
    &ical::ICal,
    &weather::Weather(&weather::OpenMeteo),
    &openagenda::OpenAgenda,
    &opendatasoft::Opendatasoft,
    &osm::Osm,
    &schema_org::SchemaOrg,
    &vigilance::Vigilance,
];

/// The source of this name.
pub fn source(name: &str) -> Option<&'static dyn Source> {
    SOURCES.iter().copied().find(|source| source.name() == name)
}
