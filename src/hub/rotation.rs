//! New keys in place of old ones.

use super::HubError;
use super::keyfile::Passphrase;
use super::keyring::{Keyring, ROOT, RoleEntry, Unlocked};
use super::roots::Succession;
use super::site::wait_for_lock;
use crate::publication::{ALERTS, LIVE};
use jiff::Timestamp;
use std::fs;
use std::io;
use std::path::PathBuf;

/// Where keys are and what opens them.
pub struct Access<'a> {
    pub passphrase: &'a Passphrase,
    /// Folders of keys that are kept offline.
    pub elsewhere: &'a [PathBuf],
}

/// What took the place of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    pub role: String,
    pub old: String,
    pub new: String,
    /// The version of the root that says so; `None` for delegated roles, of which the targets tell.
    pub root: Option<u64>,
}

impl Keyring {
    /// Gives a role a new key in place of an old one, which is removed where it lies among the others. `what` is a key, or
    /// a role with one key.
    ///
    /// # Errors
    /// When there is no such key, too few root keys are at hand, and those of the disk. The keys stay as they are.
    pub fn replace_key(&mut self, what: &str, access: &Access<'_>, now: Timestamp) -> Result<Replaced, HubError> {
        let _alone = wait_for_lock(&self.folder)?;
        let (role, old) = self.key_meant(what)?;
        let before = self.root_entry();
        let mut unlocked = match role.as_str() {
            ALERTS | LIVE => Unlocked::default(),
            _ => self.unlock(before.keys.iter().map(String::as_str), access.passphrase, access.elsewhere)?,
        };
        let mut changed = self.clone();
        let new = changed.free_name(&role);
        changed.make_key(&new, access.passphrase, &mut unlocked)?;
        if let Some(entry) = changed.book.roles.get_mut(&role) {
            entry.keys.iter_mut().filter(|name| **name == old).for_each(|name| name.clone_from(&new));
        }
        changed.book.keys.remove(&old);
        let signed = match role.as_str() {
            ALERTS | LIVE => Ok(None),
            _ => changed.sign_root(&before.keys, before.threshold, &unlocked, Succession::Next, now).map(Some),
        };
        let root = signed.inspect_err(|_| drop(fs::remove_file(changed.key_path(&new))))?;
        changed.write_book()?;
        match fs::remove_file(changed.key_path(&old)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(HubError::Disk { path: changed.key_path(&old), error });
            }
            _ => *self = changed,
        }
        Ok(Replaced { role, old, new, root })
    }

    /// Signs the root again with the keys of now, for another term.
    ///
    /// # Errors
    /// When too few root keys are at hand, and those of the disk.
    pub fn renew_root(&self, access: &Access<'_>, now: Timestamp) -> Result<u64, HubError> {
        let _alone = wait_for_lock(&self.folder)?;
        let entry = self.root_entry();
        let unlocked = self.unlock(entry.keys.iter().map(String::as_str), access.passphrase, access.elsewhere)?;
        self.sign_root(&entry.keys, entry.threshold, &unlocked, Succession::Next, now)
    }

    /// Makes new root keys and a root that no old root vouches for: the way back when too many root keys are lost.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn recover_root(&mut self, passphrase: &Passphrase, now: Timestamp) -> Result<u64, HubError> {
        let _alone = wait_for_lock(&self.folder)?;
        // New keys under a mistyped passphrase would be lost as well: it has to open those that are here.
        self.unlock(self.book.keys.keys().map(String::as_str), passphrase, &[])
            .map_err(|error| HubError::refused(format!("{error}: nothing was changed")))?;
        let before = self.root_entry();
        let (mut changed, mut unlocked) = (self.clone(), Unlocked::default());
        let mut entry = RoleEntry { threshold: before.threshold, keys: Vec::new() };
        for _ in &before.keys {
            let name = changed.free_name(ROOT);
            changed.make_key(&name, passphrase, &mut unlocked)?;
            entry.keys.push(name);
        }
        for old in &before.keys {
            changed.book.keys.remove(old);
        }
        changed.book.roles.insert(ROOT.to_owned(), entry);
        let version = changed.sign_root(&[], 0, &unlocked, Succession::Anew, now)?;
        changed.write_book()?;
        *self = changed;
        Ok(version)
    }

    fn root_entry(&self) -> RoleEntry {
        self.book.roles.get(ROOT).cloned().unwrap_or_default()
    }

    fn key_meant(&self, what: &str) -> Result<(String, String), HubError> {
        if let Some(role) = self.book.role_of(what) {
            return Ok((role.to_owned(), what.to_owned()));
        }
        let keys = self.book.roles.get(what).map(|entry| entry.keys.as_slice());
        match keys {
            Some([only]) => Ok((what.to_owned(), only.clone())),
            Some(several) => {
                Err(HubError::refused(format!("the role {what} has several keys; name one: {}", several.join(", "))))
            }
            None => {
                let names: Vec<&str> = self.book.keys.keys().map(String::as_str).collect();
                Err(HubError::refused(format!("there is no key {what}; there are: {}", names.join(", "))))
            }
        }
    }

    /// A name that no key of this role ever had, as far as its files tell.
    fn free_name(&self, role: &str) -> String {
        let number = |name: &str| match name.strip_prefix(role)? {
            "" => Some(1),
            rest => rest.strip_prefix('-')?.parse::<u32>().ok(),
        };
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let files: Vec<String> = files.filter_map(|file| file.file_name().into_string().ok()).collect();
        let files = files.iter().filter_map(|name| name.strip_suffix(".pem"));
        let last = self.book.keys.keys().map(String::as_str).chain(files).filter_map(number).max();
        format!("{role}-{}", last.unwrap_or(0) + 1)
    }
}
