//! Roots: who signs for what. They lie with the keys, each signed by those it names and by those its forerunner named.

use super::HubError;
use super::keyring::{Keyring, ROOT, Unlocked};
use crate::publication::{Edition, RootFor, SigningKey, Written, root, sign};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

const ROOTS: &str = "roots";
const BUNDLE_ROOT: &str = "bundle.json";

/// How a root follows the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Succession {
    /// The first, or one that continues the chain: displays find it by themselves.
    Next,
    /// The old keys are lost. The number after the last stays free, so that displays that still trust the old root go on
    /// with it as long as it lasts; the others are given this one by hand.
    Anew,
}

/// All roots, by version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roots {
    pub web: BTreeMap<u64, Vec<u8>>,
    /// The newest for files on a stick.
    pub bundle: Vec<u8>,
}

impl Roots {
    pub fn newest(&self) -> Option<(u64, &[u8])> {
        self.web.last_key_value().map(|(version, bytes)| (*version, bytes.as_slice()))
    }

    /// The first root of the newest unbroken chain: the one to pin.
    pub fn to_pin(&self) -> Option<&[u8]> {
        let mut versions = self.web.iter().rev();
        let (mut version, mut first) = versions.next()?;
        for (before, bytes) in versions {
            if before + 1 != *version {
                break;
            }
            (version, first) = (before, bytes);
        }
        Some(first)
    }

    /// When the newest ends.
    pub fn expires(&self) -> Option<Timestamp> {
        Written::parse(self.newest()?.1).ok()?.expires()
    }
}

impl Keyring {
    fn root_path(&self, name: &str) -> PathBuf {
        self.folder.join(ROOTS).join(name)
    }

    /// # Errors
    /// Those of the disk, and when there is no root at all.
    pub fn roots(&self) -> Result<Roots, HubError> {
        let folder = self.folder.join(ROOTS);
        let mut roots = Roots::default();
        for entry in fs::read_dir(&folder).map_err(HubError::disk(&folder))?.flatten() {
            let name = entry.file_name();
            let version = name.to_str().and_then(|name| name.strip_suffix(".root.json")?.parse().ok());
            if let Some(version) = version {
                roots.web.insert(version, fs::read(entry.path()).map_err(HubError::disk(entry.path()))?);
            }
        }
        let path = self.root_path(BUNDLE_ROOT);
        roots.bundle = fs::read(&path).map_err(HubError::disk(&path))?;
        if roots.web.is_empty() {
            return Err(HubError::refused(format!("{}: there is no root", folder.display())));
        }
        Ok(roots)
    }

    /// Signs the next root, as `keys.toml` has it now. `before` names the root keys of the root before it.
    ///
    /// # Errors
    /// When too few root keys are at hand, and those of the disk.
    pub fn sign_root(
        &self,
        before: &[String],
        threshold_before: u32,
        unlocked: &Unlocked,
        succession: Succession,
        now: Timestamp,
    ) -> Result<u64, HubError> {
        let names = self.book.roles.get(ROOT).map(|entry| entry.keys.clone()).unwrap_or_default();
        let at_hand = |names: &[String]| names.iter().filter(|name| unlocked.get(name).is_some()).count() as u64;
        let threshold = self.book.keys_of(ROOT).threshold;
        for (names, threshold) in [(&names[..], threshold), (before, threshold_before)] {
            if at_hand(names) < u64::from(threshold) {
                return Err(HubError::refused(format!(
                    "{} of {} root keys are here ({}), and {threshold} are needed: plug in the sticks that hold \
                     them and name their folders with --offline DIR",
                    at_hand(names),
                    names.len(),
                    names.join(", ")
                )));
            }
        }
        let mut signers: Vec<&String> = names.iter().chain(before).collect();
        signers.sort_unstable();
        signers.dedup();
        let signers: Vec<&SigningKey> = signers.into_iter().filter_map(|name| unlocked.get(name)).collect();
        let last = self.roots().ok().and_then(|roots| roots.newest().map(|(version, _)| version)).unwrap_or(0);
        let version = last + if succession == Succession::Anew { 2 } else { 1 };
        let edition = Edition { version, expires: self.book.hours.end(ROOT, now) };
        let trust = self.book.trust();
        let folder = self.folder.join(ROOTS);
        fs::create_dir_all(&folder).map_err(HubError::disk(&folder))?;
        let files = [(BUNDLE_ROOT.to_owned(), RootFor::Bundle), (format!("{version}.root.json"), RootFor::Web)];
        for (name, which) in files {
            let signed = sign(&root(&trust, edition, which), &signers);
            let signed = signed.map_err(|error| HubError::refused(error.to_string()))?;
            super::keyring::write_private(&self.root_path(&name), &signed)?;
        }
        Ok(version)
    }
}
