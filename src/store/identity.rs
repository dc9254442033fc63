//! Who this display is: the key that never leaves it, and what the hub calls it.
//!
//! ```text
//! display.key     its private key (RFC 8410), readable to this user of the machine only
//! display.json    at which hub it was let in, and as what
//! pairing.json    the code that it shows until then
//! ```

use super::notes::NOTE_BYTES_MAX;
use super::stored::Store;
use crate::protocol::{Code, Placed};
use crate::publication::SigningKey;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const KEY: &str = "display.key";
const IDENTITY: &str = "display.json";
const PAIRING: &str = "pairing.json";

/// A display that a hub has let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The address of that hub.
    pub hub: String,
    #[serde(flatten)]
    pub placed: Placed,
    /// The number of the last command that was begun: none is done twice.
    #[serde(default)]
    pub last_command: i64,
}

/// The code that is shown, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairingNote {
    pub code: Code,
    pub until: DateTime<Utc>,
}

impl Store {
    /// `None` before it was let in anywhere, and when the note is damaged: then it is let in anew, with the same key.
    pub fn identity(&self) -> Option<Identity> {
        serde_json::from_slice(&self.disk().read(IDENTITY, NOTE_BYTES_MAX).ok()?).ok()
    }

    /// # Errors
    /// Those of the disk; the old note stays.
    pub fn note_identity(&self, identity: &Identity) -> io::Result<()> {
        self.write_note(IDENTITY, identity, self.identity().as_ref())
    }

    /// The code that is shown now, while one is.
    pub fn pairing(&self) -> Option<PairingNote> {
        serde_json::from_slice(&self.disk().read(PAIRING, NOTE_BYTES_MAX).ok()?).ok()
    }

    /// # Errors
    /// Those of the disk.
    pub fn note_pairing(&self, note: Option<&PairingNote>) -> io::Result<()> {
        match note {
            Some(note) => self.write_note(PAIRING, note, None),
            None => self.disk().remove(PAIRING),
        }
    }
}

/// The key of the display whose store lies in this folder; a new one where there is none.
///
/// # Errors
/// Those of the disk, and when what lies there is no key: then nothing is changed, for the hub knows the old one.
pub fn display_key(folder: &Path) -> io::Result<SigningKey> {
    let path = folder.join(KEY);
    let not_a_key = |error| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", path.display()));
    match fs::read(&path) {
        Ok(bytes) => return SigningKey::from_pkcs8(&bytes).map_err(not_a_key),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let key = SigningKey::generate().map_err(not_a_key)?;
    let new = path.with_extension("new");
    fs::remove_file(&new).or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
    file.write_all(key.to_pkcs8().map_err(not_a_key)?.as_ref())?;
    file.sync_all()?;
    fs::rename(&new, &path)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(key)
}
