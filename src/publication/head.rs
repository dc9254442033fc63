//! What a display shows, with everything that vouches for it: one file, so that it changes in one rename.

use super::{ALERTS, BUNDLE, Digest, LIVE, Object, Revision, delegated_target, revision_target};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sigstore_tuf::{Error, Metadata, Root, TargetFile, TrustedMetadataSet};
use std::collections::BTreeMap;
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

/// TUF metadata and the targets of one display group, as they were verified. Everything in it is JSON text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub group: String,
    /// Every root from the one after the pinned root to the newest, in order.
    #[serde(default)]
    pub roots: Vec<String>,
    /// The root of bundles, where the rest came in one: it names another key for timestamps that hold for longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle_root: Option<String>,
    pub timestamp: String,
    pub snapshot: String,
    pub targets: String,
    /// The metadata of the delegated roles, by role.
    #[serde(default)]
    pub delegated: BTreeMap<String, String>,
    pub revision: String,
    /// The documents of the delegated roles, by role.
    #[serde(default)]
    pub documents: BTreeMap<String, String>,
}

/// Which of two heads is newer: the one under the newer root, then the one of the later snapshot, over the network and in
/// bundles alike. Roots count first, because a new root may take back versions that a stolen key had signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    pub root: u64,
    pub snapshot: u64,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.root, self.snapshot)
    }
}

impl FromStr for Version {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        let (root, snapshot) = text.split_once('.').unwrap_or((text, ""));
        Ok(Self { root: root.parse()?, snapshot: snapshot.parse()? })
    }
}

/// A head whose signatures hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    pub version: Version,
    pub revision: Revision,
    /// Names the revision: the hash of `revision.json`.
    pub revision_hash: Digest,
    /// The document of the role [`ALERTS`], where there is one.
    pub alerts: Option<String>,
    /// The document of the role [`LIVE`], where there is one.
    pub live: Option<String>,
    /// When the timestamp and the delegated roles expire. What is shown does not end there by itself.
    pub expiries: BTreeMap<String, Timestamp>,
}

/// Why a head is not shown.
#[derive(Debug, thiserror::Error)]
pub enum HeadError {
    #[error("its signatures do not hold: {0}")]
    Tuf(#[from] Error),
    #[error("{0} is not what was signed")]
    NotWhatWasSigned(String),
    #[error("{0} is not signed")]
    NotSigned(String),
    #[error("it is for format {0}, which this Parvis does not read")]
    Format(u32),
    #[error("the revision cannot be read: {0}")]
    Revision(serde_json::Error),
}

impl Head {
    /// The largest head file that is read, in bytes.
    pub const BYTES_MAX: u64 = 8 << 20;

    /// Holds all signatures against the pinned root. Expiry is not looked at: what was in force when it was fetched stays
    /// on the screen until something newer is.
    ///
    /// # Errors
    /// The first thing that does not hold. A delegated role that does not hold costs only itself.
    pub fn vouch(&self, pinned_root: &[u8]) -> Result<Vouched, HeadError> {
        let ever = Timestamp::MIN;
        let mut trusted = TrustedMetadataSet::from_root(pinned_root)?;
        for root in &self.roots {
            trusted.update_root(root.as_bytes())?;
        }
        let root = trusted.root().version;
        if let Some(root) = &self.bundle_root {
            trusted = bundle_trust(&trusted, root.as_bytes())?;
        }
        trusted.update_timestamp(self.timestamp.as_bytes(), ever)?;
        trusted.update_snapshot(self.snapshot.as_bytes(), ever)?;
        trusted.update_targets(self.targets.as_bytes(), ever)?;
        let target = revision_target(&self.group);
        let listed = trusted.targets_role("targets").and_then(|targets| targets.target(&target));
        let listed = listed.ok_or_else(|| HeadError::NotSigned(target.clone()))?;
        if !is_target(self.revision.as_bytes(), listed) {
            return Err(HeadError::NotWhatWasSigned(target));
        }
        let revision: Revision = serde_json::from_str(&self.revision).map_err(HeadError::Revision)?;
        if revision.format > super::FORMAT {
            return Err(HeadError::Format(revision.format));
        }
        if let Some(part) = revision.parts().find(|part| part.length > Object::BYTES_MAX) {
            return Err(HeadError::NotWhatWasSigned(format!("object {}, larger than any may be,", part.hash)));
        }
        let mut expiries = BTreeMap::new();
        let [alerts, live] = [ALERTS, LIVE].map(|role| {
            let document = self.delegated_document(&mut trusted, role).ok().flatten();
            let expires = trusted.targets_role(role).map(|targets| targets.expires);
            expiries.extend(document.is_some().then_some(expires).flatten().map(|at| (role.to_owned(), at)));
            document
        });
        let timestamp = trusted.timestamp();
        expiries.extend(timestamp.map(|timestamp| ("timestamp".to_owned(), timestamp.expires)));
        Ok(Vouched {
            version: Version { root, snapshot: trusted.snapshot().map_or(0, |snapshot| snapshot.version) },
            revision,
            revision_hash: Digest::of(self.revision.as_bytes()),
            alerts,
            live,
            expiries,
        })
    }

    fn delegated_document(&self, trusted: &mut TrustedMetadataSet, role: &str) -> Result<Option<String>, HeadError> {
        let (Some(metadata), Some(document)) = (self.delegated.get(role), self.documents.get(role)) else {
            return Ok(None);
        };
        let target = delegated_target(&self.group, role);
        let may_sign = trusted.targets_role("targets").and_then(|targets| targets.delegations.as_ref());
        let may_sign = may_sign.and_then(|delegations| delegations.roles.iter().find(|one| one.name == role));
        if !may_sign.is_some_and(|one| one.matches_path(&target).unwrap_or(false)) {
            return Err(HeadError::NotSigned(target));
        }
        let targets = trusted.update_delegated_targets(metadata.as_bytes(), role, "targets", Timestamp::MIN)?;
        let listed = targets.target(&target).ok_or_else(|| HeadError::NotSigned(target.clone()))?;
        if !is_target(document.as_bytes(), listed) {
            return Err(HeadError::NotWhatWasSigned(target));
        }
        Ok(Some(document.clone()))
    }
}

/// What trusts a bundle: its root is signed by the root keys of the network's root and says that it is for bundles.
///
/// # Errors
/// When it is not.
pub fn bundle_trust(network: &TrustedMetadataSet, bundle_root: &[u8]) -> Result<TrustedMetadataSet, HeadError> {
    let root = Metadata::<Root>::from_slice(bundle_root)?;
    let keys = network.root().role("root").ok_or_else(|| Error::UnknownRole("root".to_owned()))?;
    root.verify_threshold(&network.root().keys, keys, "root of bundles")?;
    if !is_for_bundles(bundle_root) || root.signed().version < network.root().version {
        return Err(HeadError::NotSigned("the root of bundles".to_owned()));
    }
    Ok(TrustedMetadataSet::from_root(bundle_root)?)
}

/// Whether a root says that it is for bundles. Over the network such a root is none.
pub fn is_for_bundles(root: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Envelope {
        signed: Marked,
    }
    #[derive(Deserialize)]
    struct Marked {
        #[serde(rename = "x-parvis-for")]
        made_for: Option<String>,
    }
    serde_json::from_slice::<Envelope>(root).is_ok_and(|root| root.signed.made_for.as_deref() == Some(BUNDLE))
}

/// Whether bytes have the length and the SHA-256 that the metadata lists for them.
fn is_target(bytes: &[u8], listed: &TargetFile) -> bool {
    let hash = listed.hashes.get("sha256").and_then(|hash| Digest::parse(hash));
    bytes.len() as u64 == listed.length && hash == Some(Digest::of(bytes))
}
