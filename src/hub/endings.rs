//! What ends soon, and is not signed again by itself.

use super::current::METADATA_BYTES_MAX;
use super::keyring::{Keyring, ROOT};
use super::{HubError, Site};
use crate::publication::{LIVE, stated};
use jiff::{SignedDuration, Timestamp};
use std::fmt;

/// Days before an end at which it is told of.
pub const DAYS: [i64; 3] = [30, 14, 3];

/// One ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub role: String,
    pub expires: Timestamp,
    pub left: SignedDuration,
    /// The command that signs it again.
    pub remedy: String,
}

impl Ending {
    /// Which of [`DAYS`] it has passed: the fewest.
    pub fn step(&self) -> i64 {
        DAYS.into_iter().filter(|days| self.left <= SignedDuration::from_hours(days * 24)).min().unwrap_or(DAYS[0])
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { role, expires, left, remedy } = self;
        let days = left.as_hours() / 24;
        if left.is_negative() {
            return write!(f, "{role} has ended on {}: {remedy}", stated(*expires));
        }
        write!(f, "{role} ends in {days} days, on {}: {remedy}", stated(*expires))
    }
}

fn remedy(role: &str, ring: &Keyring, site: &Site) -> String {
    let (keys, site) = (ring.folder.display(), site.root().display());
    match role {
        ROOT => format!(
            "bring two root keys and run `parvis-hub keys renew --keys {keys} --offline STICK1 --offline STICK2 --out {site}`"
        ),
        _ => format!(
            "run `parvis-hub sign --once --keys {keys} --publication {site}`, with `--offline STICK` if its key is on one"
        ),
    }
}

/// What ends within 30 days and has passed half of its time: what is signed again by itself never gets there.
///
/// # Errors
/// Those of the disk.
pub fn endings(ring: &Keyring, site: &Site, now: Timestamp) -> Result<Vec<Ending>, HubError> {
    let timestamp = site.read("metadata/timestamp.json", METADATA_BYTES_MAX)?;
    let ledger = ring.ledger()?;
    let current = ledger.current(timestamp.as_deref());
    let signed = current.iter().map(|(role, entry)| (role.clone(), entry.expires));
    let root = ring.roots()?.expires().map(|expires| (ROOT.to_owned(), expires));
    let all = signed.chain(root).filter(|(role, _)| role != LIVE);
    let all = all.map(|(role, expires)| Ending {
        left: expires.duration_since(now),
        remedy: remedy(&role, ring, site),
        role,
        expires,
    });
    let soon = SignedDuration::from_hours(DAYS[0] * 24);
    Ok(all.filter(|one| one.left <= soon && one.left < ring.book.hours.of(&one.role) / 2).collect())
}
