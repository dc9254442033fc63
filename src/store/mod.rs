//! Files on disk: content directories.
