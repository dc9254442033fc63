//! Files on disk: content directories.

mod directory;

pub use directory::{LoadError, Loaded, load_directory};
