//! The folder of a town's keys.
//!
//! ```text
//! keys.toml              who signs for what, and for how long: nothing secret
//! groups.toml            the display groups
//! <key>.pem              private keys, encrypted; those kept offline lie elsewhere
//! roots/<n>.root.json    every root so far
//! roots/bundle.json      the newest root for files on a stick
//! signed.json            what was signed last, so that no version is given twice
//! ```

use super::keyfile::{self, Passphrase};
use super::roots::Succession;
use super::{Groups, HubError};
use crate::publication::{ALERTS, LIVE, PublicKey, RoleKeys, SigningKey, Trust, whole_seconds};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

pub const ROOT: &str = "root";
pub const TARGETS: &str = "targets";
pub const SNAPSHOT: &str = "snapshot";
pub const TIMESTAMP: &str = "timestamp";
/// The timestamp of files on a stick.
pub const BUNDLE: &str = "bundle";

/// All roles and how many keys each begins with; the root needs two of its three, the others all of theirs.
pub const ROLES: [(&str, usize); 7] =
    [(ROOT, 3), (TARGETS, 1), (SNAPSHOT, 1), (TIMESTAMP, 1), (BUNDLE, 1), (ALERTS, 1), (LIVE, 1)];

const BOOK: &str = "keys.toml";
const SIGNED: &str = "signed.json";

/// For how long each role signs, in hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hours {
    pub root: i64,
    pub targets: i64,
    pub snapshot: i64,
    pub timestamp: i64,
    pub bundle: i64,
    pub alerts: i64,
    pub live: i64,
}

impl Default for Hours {
    fn default() -> Self {
        const DAY: i64 = 24;
        Self {
            root: 365 * DAY,
            targets: 90 * DAY,
            snapshot: 30 * DAY,
            timestamp: 7 * DAY,
            bundle: 60 * DAY,
            alerts: DAY,
            live: 1,
        }
    }
}

impl Hours {
    pub fn of(&self, role: &str) -> SignedDuration {
        SignedDuration::from_hours(match role {
            ROOT => self.root,
            TARGETS => self.targets,
            SNAPSHOT => self.snapshot,
            BUNDLE => self.bundle,
            ALERTS => self.alerts,
            LIVE => self.live,
            _ => self.timestamp,
        })
    }

    pub fn end(&self, role: &str, now: Timestamp) -> Timestamp {
        whole_seconds(now.checked_add(self.of(role)).unwrap_or(Timestamp::MAX))
    }
}

/// The keys of a role by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleEntry {
    pub threshold: u32,
    pub keys: Vec<String>,
}

/// `keys.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyBook {
    #[serde(default)]
    pub hours: Hours,
    pub roles: BTreeMap<String, RoleEntry>,
    /// Public keys by name.
    pub keys: BTreeMap<String, PublicKey>,
}

impl KeyBook {
    pub fn keys_of(&self, role: &str) -> RoleKeys {
        let Some(entry) = self.roles.get(role) else { return RoleKeys::default() };
        let keys = entry.keys.iter().filter_map(|name| self.keys.get(name).copied()).collect();
        RoleKeys { keys, threshold: entry.threshold }
    }

    pub fn trust(&self) -> Trust {
        let [root, targets, snapshot, timestamp, bundle, alerts, live] = ROLES.map(|(role, _)| self.keys_of(role));
        Trust { root, targets, snapshot, timestamp, bundle, alerts, live }
    }

    /// The role that a key signs for.
    pub fn role_of(&self, key: &str) -> Option<&str> {
        self.roles.iter().find(|(_, entry)| entry.keys.iter().any(|one| one == key)).map(|(role, _)| role.as_str())
    }
}

/// The folder of a town's keys. The private ones are read by [`Keyring::unlock`].
#[derive(Clone, Debug)]
pub struct Keyring {
    pub folder: PathBuf,
    pub book: KeyBook,
}

impl Keyring {
    /// Makes all keys of a town and signs the first root. The folder must not hold any.
    ///
    /// # Errors
    /// When it holds keys, and those of the disk.
    pub fn init(folder: &Path, passphrase: &Passphrase, now: Timestamp) -> Result<Self, HubError> {
        if folder.read_dir().is_ok_and(|mut files| files.next().is_some()) {
            return Err(HubError::refused(format!(
                "{}: this folder is not empty, and keys are never written over",
                folder.display()
            )));
        }
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(HubError::disk(folder))?;
        let mut ring = Self { folder: folder.to_owned(), book: KeyBook::default() };
        let mut unlocked = Unlocked::default();
        for (role, count) in ROLES {
            let names: Vec<String> = match count {
                1 => vec![role.to_owned()],
                _ => (1..=count).map(|number| format!("{role}-{number}")).collect(),
            };
            for name in &names {
                ring.make_key(name, passphrase, &mut unlocked)?;
            }
            let threshold = if role == ROOT { 2 } else { 1 };
            ring.book.roles.insert(role.to_owned(), RoleEntry { threshold, keys: names });
        }
        Groups::default().write(folder)?;
        ring.write_book()?;
        ring.sign_root(&[], 0, &unlocked, Succession::Next, now)?;
        Ok(ring)
    }

    /// Makes one key and names it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn make_key(&mut self, name: &str, with: &Passphrase, unlocked: &mut Unlocked) -> Result<(), HubError> {
        let key = SigningKey::generate().map_err(|error| HubError::refused(error.to_string()))?;
        keyfile::write(&self.key_path(name), &key, with)?;
        self.book.keys.insert(name.to_owned(), key.public());
        unlocked.0.insert(name.to_owned(), key);
        Ok(())
    }

    pub fn key_path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.pem"))
    }

    /// # Errors
    /// When the folder holds no readable `keys.toml`.
    pub fn open(folder: &Path) -> Result<Self, HubError> {
        let path = folder.join(BOOK);
        let text = fs::read_to_string(&path).map_err(HubError::disk(&path))?;
        let book: KeyBook =
            toml::from_str(&text).map_err(|error| HubError::refused(format!("{}: {error}", path.display())))?;
        for (role, _) in ROLES {
            let keys = book.keys_of(role);
            if keys.threshold == 0 || (keys.keys.len() as u64) < u64::from(keys.threshold) {
                let path = path.display();
                return Err(HubError::refused(format!("{path}: the role {role} has fewer keys than it needs")));
            }
        }
        Ok(Self { folder: folder.to_owned(), book })
    }

    /// # Errors
    /// Those of the disk.
    pub fn write_book(&self) -> Result<(), HubError> {
        let text = toml::to_string(&self.book).map_err(|error| HubError::refused(error.to_string()))?;
        write_private(&self.folder.join(BOOK), text.as_bytes())
    }

    /// Decrypts the named keys, those that lie here or in one of the other folders.
    ///
    /// # Errors
    /// When the passphrase is wrong for one of them, or a file holds another key than it should.
    pub fn unlock<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
        passphrase: &Passphrase,
        elsewhere: &[PathBuf],
    ) -> Result<Unlocked, HubError> {
        let folders = || elsewhere.iter().map(PathBuf::as_path).chain([self.folder.as_path()]);
        let read_one = |name: &str| -> Result<Option<SigningKey>, HubError> {
            for folder in folders() {
                let path = folder.join(format!("{name}.pem"));
                let Some(key) = keyfile::read(&path, passphrase)? else { continue };
                if self.book.keys.get(name) != Some(&key.public()) {
                    return Err(HubError::refused(format!("{}: it is not the key {name}", path.display())));
                }
                return Ok(Some(key));
            }
            Ok(None)
        };
        // Each takes a while on purpose, so they are decrypted side by side.
        let names: Vec<&str> = names.into_iter().collect();
        let read: Vec<_> = std::thread::scope(|scope| {
            let reading: Vec<_> = names.iter().map(|name| scope.spawn(|| read_one(name))).collect();
            reading.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
        });
        let mut unlocked = Unlocked::default();
        for (name, key) in names.into_iter().zip(read) {
            let key = key.map_err(|_| HubError::refused(format!("the key {name} could not be read")))??;
            unlocked.0.extend(key.map(|key| (name.to_owned(), key)));
        }
        Ok(unlocked)
    }

    /// The keys of these roles that can be unlocked.
    ///
    /// # Errors
    /// As [`Keyring::unlock`].
    pub fn unlock_roles(
        &self,
        roles: &[&str],
        passphrase: &Passphrase,
        elsewhere: &[PathBuf],
    ) -> Result<Unlocked, HubError> {
        let names = roles.iter().filter_map(|role| self.book.roles.get(*role)).flat_map(|entry| &entry.keys);
        self.unlock(names.map(String::as_str), passphrase, elsewhere)
    }

    /// What was signed last; empty before the first time.
    ///
    /// # Errors
    /// When it is there and cannot be read: then versions could be given twice.
    pub fn ledger(&self) -> Result<super::Ledger, HubError> {
        let path = self.folder.join(SIGNED);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(super::Ledger::default()),
            Err(error) => return Err(HubError::Disk { path, error }),
        };
        serde_json::from_slice(&text).map_err(|error| HubError::refused(format!("{}: {error}", path.display())))
    }

    /// # Errors
    /// Those of the disk.
    pub fn write_ledger(&self, ledger: &super::Ledger) -> Result<(), HubError> {
        let text = serde_json::to_vec(ledger).map_err(|error| HubError::refused(error.to_string()))?;
        write_private(&self.folder.join(SIGNED), &text)
    }
}

/// Private keys in memory, by name.
#[derive(Debug, Default)]
pub struct Unlocked(BTreeMap<String, SigningKey>);

impl Unlocked {
    /// The keys of a role that are at hand, and whether they are enough.
    pub fn of<'a>(&'a self, book: &KeyBook, role: &str) -> (Vec<&'a SigningKey>, bool) {
        let Some(entry) = book.roles.get(role) else { return (Vec::new(), false) };
        let keys: Vec<_> = entry.keys.iter().filter_map(|name| self.0.get(name)).collect();
        let enough = keys.len() as u64 >= u64::from(entry.threshold);
        (keys, enough)
    }

    pub fn get(&self, name: &str) -> Option<&SigningKey> {
        self.0.get(name)
    }

    pub fn add(&mut self, more: Self) {
        self.0.extend(more.0);
    }
}

/// Writes a file that only its owner reads, in one rename.
///
/// # Errors
/// Those of the disk; the old file stays.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), HubError> {
    let unfinished = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)?;
        path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
    };
    write().map_err(HubError::disk(path))
}
