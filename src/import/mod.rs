//! Foreign formats in, content out; one file per source, one row in [`SOURCES`].

pub mod osm;

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
pub const SOURCES: &[&dyn Source] = &[];
