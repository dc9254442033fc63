//! What the town says now, kept while the pictures of its new revision are still on their way: a whole head, signed like
//! any other, of which only the warnings and the figures of the moment are shown.

use super::stored::{HeadFault, Store};
use crate::publication::{Head, Version, Vouched};
use std::io;

const FOLDER: &str = "heads";
const END: &str = ".bulletin.json";

fn path(version: Version) -> String {
    format!("{FOLDER}/{version}{END}")
}

/// The version in the name of a file among the heads, where it is a bulletin.
pub(super) fn bulletin_version(name: &str) -> Option<Version> {
    name.strip_suffix(END)?.parse().ok()
}

impl Store {
    /// Keeps what a head says, before its objects are in the store.
    ///
    /// # Errors
    /// Those of the disk; the bulletin before stays.
    pub fn keep_bulletin(&self, head: &Head, version: Version) -> io::Result<()> {
        self.write_whole(&path(version), &serde_json::to_vec(head)?)?;
        self.forget_bulletins(|other| other < version)
    }

    /// The newest bulletin whose signatures hold.
    pub fn bulletin(&self, pinned_root: &[u8]) -> Option<(Head, Vouched)> {
        self.bulletin_versions().ok()?.into_iter().find_map(|version| self.read_bulletin(version, pinned_root).ok())
    }

    /// The head whose warnings are shown: the newest whose signatures hold, bulletins among them.
    pub fn word(&self, pinned_root: &[u8]) -> Option<(Head, Vouched)> {
        let newest = self.heads(pinned_root).into_iter().find_map(|kept| kept.head.ok())?;
        let ahead = self.bulletin(pinned_root);
        Some(ahead.filter(|(_, ahead)| ahead.version > newest.1.version).unwrap_or(newest))
    }

    /// Removes bulletins that are not newer than the head that is shown, or whose signatures do not hold.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn sweep_bulletins(&self, newest: Option<Version>, pinned_root: &[u8]) -> io::Result<()> {
        let is_damaged = |version| matches!(self.read_bulletin(version, pinned_root), Err(HeadFault::Damaged(_)));
        self.forget_bulletins(|version| Some(version) <= newest || is_damaged(version))
    }

    pub(super) fn read_bulletin(&self, version: Version, pinned_root: &[u8]) -> Result<(Head, Vouched), HeadFault> {
        self.read_head(&path(version), version, pinned_root)
    }

    fn forget_bulletins(&self, is_old: impl Fn(Version) -> bool) -> io::Result<()> {
        self.bulletin_versions()?
            .into_iter()
            .filter(|version| is_old(*version))
            .try_for_each(|version| self.disk().remove(&path(version)))
    }

    /// Newest first.
    fn bulletin_versions(&self) -> io::Result<Vec<Version>> {
        let listed = self.disk().list(FOLDER)?;
        let mut versions: Vec<Version> = listed.iter().filter_map(|entry| bulletin_version(&entry.name)).collect();
        versions.sort_unstable_by(|one, other| other.cmp(one));
        Ok(versions)
    }
}
