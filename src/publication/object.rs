use super::Digest;
use serde::{Deserialize, Serialize};

/// A file that is named by what is in it, and so never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Object {
    pub hash: Digest,
    /// In bytes.
    pub length: u64,
}

impl Object {
    /// The largest object that is published or fetched, in bytes: 256 MiB, a film of some minutes.
    pub const BYTES_MAX: u64 = 256 << 20;

    pub fn of(bytes: &[u8]) -> Self {
        Self { hash: Digest::of(bytes), length: bytes.len() as u64 }
    }

    /// Where it lies, below `objects/`: `<first two digits>/<hash>`.
    pub fn path(&self) -> String {
        object_path(self.hash)
    }
}

/// Where an object lies, below `objects/`.
pub fn object_path(hash: Digest) -> String {
    let name = hash.to_string();
    format!("{}/{name}", &name[..2])
}
