use std::io;
use std::path::{Path, PathBuf};

/// Why a town's side command could not be done, in words for town IT.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    #[error("{}: {error}", path.display())]
    Disk { path: PathBuf, error: io::Error },
    #[error("{0}")]
    Refused(String),
}

impl HubError {
    pub fn disk(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Disk { path: path.as_ref().to_owned(), error }
    }

    pub fn refused(words: impl Into<String>) -> Self {
        Self::Refused(words.into())
    }
}
