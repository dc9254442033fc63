//! Foreign formats in, content out; one file per source.
