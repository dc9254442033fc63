//! What was signed so far: no version is given twice, and nothing is signed again that somebody put in its place.

use crate::publication::{Object, Pinned};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A metadata file that was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    #[serde(flatten)]
    pub pinned: Pinned,
    pub expires: Timestamp,
}

/// Metadata files by role.
pub type Entries = BTreeMap<String, Entry>;

/// `signed.json` beside the keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ledger {
    /// The highest version ever given, by role.
    last: BTreeMap<String, u64>,
    /// What is published.
    current: Entries,
    /// What was about to be published; whether it was, its timestamp in the publication says.
    pending: Entries,
}

impl Ledger {
    /// What is published, with `timestamp` as it lies there at this moment.
    pub fn current(&self, timestamp: Option<&[u8]>) -> &Entries {
        let pending = self.pending.get(super::keyring::TIMESTAMP).map(|entry| entry.pinned.object);
        if pending.is_some() && timestamp.map(Object::of) == pending { &self.pending } else { &self.current }
    }

    /// The next version of a role, never given before.
    pub fn next(&mut self, role: &str) -> u64 {
        let last = self.last.entry(role.to_owned()).or_insert(0);
        *last += 1;
        *last
    }

    /// Versions found in the publication that were given by keys of before.
    pub fn is_past(&mut self, role: &str, version: u64) {
        let last = self.last.entry(role.to_owned()).or_insert(0);
        *last = version.max(*last);
    }

    /// These are about to be published in place of `current`.
    pub fn begin(&mut self, current: Entries, pending: Entries) {
        (self.current, self.pending) = (current, pending);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::keyring::TIMESTAMP;

    #[test]
    fn what_was_about_to_be_published_counts_once_its_timestamp_is_there() {
        let entry = |bytes: &[u8]| Entry {
            pinned: Pinned { version: 1, object: Object::of(bytes) },
            expires: Timestamp::UNIX_EPOCH,
        };
        let of = |bytes: &[u8]| Entries::from([(TIMESTAMP.to_owned(), entry(bytes))]);
        let mut ledger = Ledger::default();
        assert_eq!((ledger.next("targets"), ledger.next("targets")), (1, 2));
        ledger.is_past("targets", 9);
        assert_eq!(ledger.next("targets"), 10);
        ledger.begin(of(b"old"), of(b"new"));
        assert_eq!(ledger.current(Some(b"old")), &of(b"old"));
        assert_eq!(ledger.current(Some(b"new")), &of(b"new"));
        assert_eq!(ledger.current(None), &of(b"old"));
    }
}
