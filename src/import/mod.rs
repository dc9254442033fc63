//! Foreign formats in, content out; one file per source, one row in [`SOURCES`].

mod entities;
mod event_words;
mod inline_marks;
mod openagenda;
pub mod osm;
mod plain_text;

use crate::content::Imported;
use std::path::{Path, PathBuf};

/// A format that a town's data may come in.
pub trait Source: Sync {
    /// The word after `parvis-hub import`.
    fn name(&self) -> &'static str;
    /// One line for `--help`.
    fn about(&self) -> &'static str;
    /// Reads the file: every record becomes an item or a problem.
    ///
    /// # Errors
    /// Only when the file as a whole cannot be read.
    fn import(&self, from: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Imported, ImportError>;

    /// Writes the map that the file holds as vector tiles `<out>/<z>/<x>/<y>.mvt`; returns how many.
    ///
    /// # Errors
    /// When the file cannot be read, has no map in it, or the tiles cannot be written.
    fn write_map(&self, from: &Path, _out: &Path, _progress: &mut dyn FnMut(Progress)) -> Result<usize, ImportError> {
        Err(ImportError::NotThisFormat { path: from.to_owned(), reason: "there is no map in such a file".to_owned() })
    }
}

/// How far an import is, for the person who waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is being done, in words.
    pub doing: &'static str,
    pub done: u64,
    pub total: u64,
}

/// Why a file could not be read at all, in words for staff.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{}: {error}", path.display())]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("{}: {reason}", path.display())]
    NotThisFormat { path: PathBuf, reason: String },
}

/// Every source, in the order of the help.
#[rustfmt::skip]
pub const SOURCES: &[&dyn Source] = &[
    &openagenda::OpenAgenda,
    &osm::Osm,
];
