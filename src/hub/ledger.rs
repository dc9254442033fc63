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
    /// Versions up to these are older than what displays may have, by role: to be signed again.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    outdated: BTreeMap<String, u64>,
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

    /// Goes far past every version that may have been given since this was written: displays take nothing older than what
    /// they have.
    pub fn leap(&mut self) {
        /// More than anybody publishes until a backup is of no use any more.
        const FAR: u64 = 1_000_000;
        self.outdated.clone_from(&self.last);
        self.last.values_mut().for_each(|last| *last += FAR);
    }

    /// Whether displays may have a newer version of this role, of which nothing is known here.
    pub fn is_outdated(&self, role: &str, version: u64) -> bool {
        self.outdated.get(role).is_some_and(|outdated| version <= *outdated)
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
    fn after_a_leap_nothing_of_before_stands() {
        let mut ledger = Ledger::default();
        assert_eq!([(); 3].map(|()| ledger.next("targets")), [1, 2, 3]);
        assert!(!ledger.is_outdated("targets", 3));
        ledger.leap();
        assert!(ledger.is_outdated("targets", 3) && !ledger.is_outdated("alerts", 1));
        let next = ledger.next("targets");
        assert!(next > 1_000_000 && !ledger.is_outdated("targets", next));
    }

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
