//! Signs what is published: metadata from the targets up to the timestamp, which is written last.

use super::current::{METADATA_BYTES_MAX, groups, metadata};
use super::keyring::{BUNDLE, Keyring, SNAPSHOT, TARGETS, TIMESTAMP, Unlocked};
use super::ledger::{Entries, Entry, Ledger};
use super::roots::Roots;
use super::site::{Lock, wait_for_lock};
use super::staging::{STAGED, Staged};
use super::standing;
use super::{HubError, Site};
use crate::publication::{
    ALERTS, Edition, LIVE, Object, Pinned, PublicKey, RootFor, Written, delegated_target, delegations, revision_target,
    root, sign, snapshot, targets, timestamp,
};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is new.
pub enum Change<'a> {
    /// These revisions, checked.
    Staged(&'a Staged),
    /// Targets of a delegated role, beside those it has.
    Delegated { role: &'a str, targets: BTreeMap<String, Object> },
    /// Nothing: what ends soon is signed again, the timestamp in any case.
    Nothing,
}

/// One act of signing.
pub struct Signing<'a> {
    pub ring: &'a Keyring,
    pub unlocked: &'a Unlocked,
    pub site: &'a Site,
    pub now: Timestamp,
}

/// What was signed: versions by role.
pub type Versions = BTreeMap<String, u64>;

/// Metadata that was made and is not written yet.
struct Making<'a> {
    signing: &'a Signing<'a>,
    ledger: Ledger,
    before: Entries,
    entries: Entries,
    /// Nothing is published there: the folder is new, or all of it was lost.
    begins_anew: bool,
    /// Path and bytes, in the order in which they are written.
    files: Vec<(String, Vec<u8>)>,
}

impl Signing<'_> {
    /// Signs and publishes. Everything is made before anything is written; the timestamp comes last.
    ///
    /// # Errors
    /// When a needed key is not at hand or what lies there is not what was signed; then nothing is changed. Those of the
    /// disk; then the old publication stays whole.
    pub fn sign(&self, change: &Change<'_>) -> Result<Versions, HubError> {
        let _alone = self.alone()?;
        self.sign_in_turn(change)
    }

    /// Waits for its turn: as long as it is held nobody else signs.
    pub(super) fn alone(&self) -> Result<Lock, HubError> {
        wait_for_lock(&self.ring.folder)
    }

    /// As [`Signing::sign`], for one whose turn it is.
    pub(super) fn sign_in_turn(&self, change: &Change<'_>) -> Result<Versions, HubError> {
        let mut making = Making::begin(self)?;
        let roots = self.ring.roots()?;
        self.hold_against(&roots)?;
        making.make_targets(change)?;
        for role in [ALERTS, LIVE] {
            making.make_delegated(role, change)?;
        }
        let pinned = making.make_snapshot()?;
        making.make_timestamp(BUNDLE, "metadata/bundle/timestamp.json", &pinned)?;
        making.make_timestamp(TIMESTAMP, "metadata/timestamp.json", &pinned)?;
        making.write(&roots, change)
    }

    /// Whether there were warnings in a publication that is gone as a whole: the new one begins without them.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn forgets_alerts(&self) -> Result<bool, HubError> {
        let is_gone = self.site.read("metadata/timestamp.json", METADATA_BYTES_MAX)?.is_none();
        Ok(is_gone && self.ring.ledger()?.current(None).contains_key(ALERTS))
    }

    /// A change of keys that was cut off would sign with keys that no display knows.
    fn hold_against(&self, roots: &Roots) -> Result<(), HubError> {
        let trust = self.ring.book.trust();
        for (which, bytes) in
            [(RootFor::Web, roots.newest().map(|(_, bytes)| bytes)), (RootFor::Bundle, Some(&roots.bundle))]
        {
            let newest = bytes.and_then(|bytes| Written::parse(bytes).ok());
            let edition = Edition { version: 1, expires: self.now };
            if newest.is_none_or(|newest| newest.signed["roles"] != root(&trust, edition, which)["roles"]) {
                let (keys, site) = (self.ring.folder.display(), self.site.root().display());
                return Err(HubError::refused(format!(
                    "the newest root does not name the keys of keys.toml: a change of keys was cut off. This ends it: \
                     parvis-hub keys renew --keys {keys} --offline STICK1 --offline STICK2 --out {site} (if it was \
                     `keys recover`, run that again)"
                )));
            }
        }
        Ok(())
    }
}

impl<'a> Making<'a> {
    fn begin(signing: &'a Signing<'a>) -> Result<Self, HubError> {
        let mut ledger = signing.ring.ledger()?;
        let timestamp = signing.site.read("metadata/timestamp.json", METADATA_BYTES_MAX)?;
        let before = ledger.current(timestamp.as_deref()).clone();
        for (name, _) in signing.site.files("metadata") {
            if let Some((version, role)) = name.strip_suffix(".json").and_then(|name| name.split_once('.'))
                && let Ok(version) = version.parse()
            {
                ledger.is_past(role, version);
            }
        }
        for (path, role) in [("metadata/timestamp.json", TIMESTAMP), ("metadata/bundle/timestamp.json", BUNDLE)] {
            if let Ok(Some(there)) = metadata(signing.site, path) {
                ledger.is_past(role, there.version());
            }
        }
        let begins_anew = timestamp.is_none();
        Ok(Self { signing, ledger, entries: before.clone(), before, begins_anew, files: Vec::new() })
    }

    /// The metadata of a role as it was signed last; `None` when it is not there any more, or is another.
    fn there(&self, role: &str) -> Result<Option<Written>, HubError> {
        let Some(entry) = self.before.get(role) else { return Ok(None) };
        let path = match role {
            BUNDLE => "metadata/bundle/timestamp.json".to_owned(),
            _ => format!("metadata/{}.{role}.json", entry.pinned.version),
        };
        let bytes = self.signing.site.read(&path, METADATA_BYTES_MAX)?;
        let bytes = bytes.filter(|bytes| Object::of(bytes) == entry.pinned.object);
        Ok(bytes.and_then(|bytes| Written::parse(&bytes).ok()))
    }

    fn keys(&self, role: &str) -> Vec<PublicKey> {
        let (keys, _) = self.signing.unlocked.of(&self.signing.ring.book, role);
        keys.into_iter().map(crate::publication::SigningKey::public).collect()
    }

    /// Whether metadata holds with the keys of now, and for at least half of the time that its role signs for.
    fn stands(&self, role: &str, written: &Written) -> bool {
        let half = self.signing.ring.book.hours.of(role) / 2;
        let soon = self.signing.now.checked_add(half).unwrap_or(Timestamp::MAX);
        self.holds(role, written) && written.expires().is_some_and(|expires| expires > soon)
    }

    /// Whether displays may have something newer of it, because the keys come from a copy.
    fn is_outdated(&self, role: &str, written: &Written) -> bool {
        self.ledger.is_outdated(role, written.version())
    }

    fn holds(&self, role: &str, written: &Written) -> bool {
        let keys = self.signing.ring.book.keys_of(role).keys;
        !self.is_outdated(role, written)
            && written.is_signed_by(&keys)
            && written.expires().is_some_and(|expires| expires > self.signing.now)
    }

    /// Signs one metadata file with the keys of its role.
    fn make(
        &mut self,
        role: &str,
        path: Option<&str>,
        signed: impl FnOnce(Edition) -> Value,
    ) -> Result<Pinned, HubError> {
        let (keys, enough) = self.signing.unlocked.of(&self.signing.ring.book, role);
        if !enough {
            let (keys, site) = (self.signing.ring.folder.display(), self.signing.site.root().display());
            return Err(HubError::refused(format!(
                "the key of the role {role} is not here. If it is kept offline: \
                 parvis-hub sign --once --keys {keys} --publication {site} --offline STICK"
            )));
        }
        let expires = self.signing.ring.book.hours.end(role, self.signing.now);
        let edition = Edition { version: self.ledger.next(role), expires };
        let bytes = sign(&signed(edition), &keys).map_err(|error| HubError::refused(error.to_string()))?;
        let pinned = Pinned { version: edition.version, object: Object::of(&bytes) };
        let path = path.map_or_else(|| format!("metadata/{}.{role}.json", edition.version), str::to_owned);
        self.files.push((path, bytes));
        self.entries.insert(role.to_owned(), Entry { pinned, expires });
        Ok(pinned)
    }

    fn make_targets(&mut self, change: &Change<'_>) -> Result<(), HubError> {
        let there = self.there(TARGETS)?;
        let listed: BTreeMap<String, Object> = match (change, &there) {
            (Change::Staged(staged), _) => {
                staged.revisions.iter().map(|(group, object)| (revision_target(group), *object)).collect()
            }
            (_, Some(there)) => there.targets(),
            (_, None) => {
                return Err(HubError::refused(format!(
                    "{}: nothing is published there that was signed with these keys: publish first",
                    self.signing.site.root().display()
                )));
            }
        };
        let delegated = delegations(&self.signing.ring.book.trust());
        if let Some(there) = &there
            && there.targets() == listed
            && there.signed["delegations"] == delegated
        {
            // Kept offline, the key signs again when somebody brings it; until then what it signed holds.
            let is_away = self.keys(TARGETS).is_empty();
            if self.stands(TARGETS, there) || is_away && self.holds(TARGETS, there) {
                return Ok(());
            }
        }
        self.make(TARGETS, None, |edition| targets(edition, &listed, Some(delegated))).map(drop)
    }

    fn make_delegated(&mut self, role: &str, change: &Change<'_>) -> Result<(), HubError> {
        let there = self.there(role)?;
        let is_outdated = there.as_ref().is_some_and(|there| self.is_outdated(role, there));
        let mut listed = there.as_ref().map(Written::targets).unwrap_or_default();
        if role == LIVE && is_outdated {
            // What changes all the time is not as it was when the keys were copied.
            listed.clear();
        }
        let added = match change {
            Change::Delegated { role: changed, targets } if *changed == role => Some(targets),
            _ => None,
        };
        let is_lost = there.is_none() && self.before.contains_key(role);
        if role == ALERTS && is_lost && !self.begins_anew && !added.is_some_and(|added| self.is_for_all_groups(added)) {
            return Err(self.lost_alerts());
        }
        if added.is_none() {
            // What was never published is not, and what is there stands. Live facts end by themselves.
            let stands = there.as_ref().is_some_and(|there| {
                let outlived = role == LIVE && there.expires().is_some_and(|expires| expires <= self.signing.now);
                let is_away = self.keys(role).is_empty() && there.targets() == listed;
                let kept = role == LIVE && self.holds(role, there);
                self.stands(role, there) || kept || !is_outdated && (outlived || is_away)
            });
            if stands || !self.before.contains_key(role) {
                return Ok(());
            }
        }
        listed.extend(added.into_iter().flatten().map(|(name, object)| (name.clone(), *object)));
        self.make(role, None, |edition| targets(edition, &listed, None)).map(drop)
    }

    fn is_for_all_groups(&self, added: &BTreeMap<String, Object>) -> bool {
        let published = self.there(TARGETS).ok().flatten().map(|there| there.targets()).unwrap_or_default();
        groups(&published).iter().all(|group| added.contains_key(&delegated_target(group, ALERTS)))
    }

    fn lost_alerts(&self) -> HubError {
        let version = self.before.get(ALERTS).map_or(0, |entry| entry.pinned.version);
        standing::lost_alerts(self.signing.ring, self.signing.site, &format!("metadata/{version}.{ALERTS}.json"))
    }

    fn make_snapshot(&mut self) -> Result<Pinned, HubError> {
        let roles = [TARGETS, ALERTS, LIVE];
        let pinned: BTreeMap<String, Pinned> =
            roles.iter().filter_map(|role| Some(((*role).to_owned(), self.entries.get(*role)?.pinned))).collect();
        if let (Some(entry), Some(there)) = (self.before.get(SNAPSHOT).copied(), self.there(SNAPSHOT)?) {
            let edition = Edition { version: entry.pinned.version, expires: entry.expires };
            let same = snapshot(edition, &pinned)["meta"] == there.signed["meta"];
            if same && self.stands(SNAPSHOT, &there) {
                return Ok(entry.pinned);
            }
        }
        self.make(SNAPSHOT, None, |edition| snapshot(edition, &pinned))
    }

    fn make_timestamp(&mut self, role: &str, path: &str, pinned: &Pinned) -> Result<(), HubError> {
        let now = self.signing.now;
        if role == BUNDLE
            && let Some(there) = self.there(BUNDLE)?
            && there.signed["meta"]["snapshot.json"]["version"] == pinned.version
            && self.stands(BUNDLE, &there)
        {
            return Ok(());
        }
        self.make(role, Some(path), |edition| timestamp(edition, pinned, now)).map(drop)
    }

    /// Writes everything, the timestamp last.
    fn write(mut self, roots: &Roots, change: &Change<'_>) -> Result<Versions, HubError> {
        let Signing { ring, site, .. } = self.signing;
        let changed = self.entries.iter().filter(|(role, entry)| self.before.get(*role) != Some(entry));
        let versions = changed.map(|(role, entry)| (role.clone(), entry.pinned.version)).collect();
        self.ledger.begin(self.before, self.entries);
        ring.write_ledger(&self.ledger)?;
        let timestamp = self.files.pop();
        write_roots(site, roots)?;
        for (path, bytes) in self.files.iter().chain(&timestamp) {
            site.write(path, bytes)?;
        }
        if matches!(change, Change::Staged(_)) {
            site.remove(STAGED)?;
        }
        Ok(versions)
    }
}

/// A root of other keys, left from before, would break the chain.
fn write_roots(site: &Site, roots: &Roots) -> Result<(), HubError> {
    for (name, _) in site.files("metadata") {
        let version = name.strip_suffix(".root.json").and_then(|version| version.parse().ok());
        if version.is_some_and(|version: u64| !roots.web.contains_key(&version)) {
            site.remove(&format!("metadata/{name}"))?;
        }
    }
    let web = roots.web.iter().map(|(version, bytes)| (format!("metadata/{version}.root.json"), bytes.as_slice()));
    let bundle = [("metadata/bundle/root.json".to_owned(), roots.bundle.as_slice())];
    let pinned = roots.to_pin().map(|bytes| ("root.json".to_owned(), bytes));
    for (path, bytes) in web.chain(bundle).chain(pinned) {
        if site.read(&path, METADATA_BYTES_MAX).ok().flatten().as_deref() != Some(bytes) {
            site.write(&path, bytes)?;
        }
    }
    Ok(())
}
