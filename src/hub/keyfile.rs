//! Private keys on disk: PKCS#8, encrypted with a passphrase (PBES2 with scrypt and AES-256-CBC).

use super::HubError;
use crate::publication::{PublicKey, SigningKey};
use pkcs8::der::pem::LineEnding;
use pkcs8::der::{Decode, SecretDocument};
use pkcs8::pkcs5::{pbes2, scrypt};
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const LABEL: &str = "ENCRYPTED PRIVATE KEY";
/// 32 MiB and about a tenth of a second for each guess.
const SCRYPT_LOG_N: u8 = 15;
const SCRYPT_R: u32 = 8;
const SCRYPT_P: u32 = 3;

/// What the private keys are encrypted with. It is never printed.
#[derive(Clone)]
pub struct Passphrase(String);

impl Passphrase {
    /// Shorter ones are guessed in a day.
    pub const LENGTH_MIN: usize = 12;

    pub fn new(text: &str) -> Self {
        Self(text.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// Whether somebody who has the files guesses it in a day.
    pub fn is_short(&self) -> bool {
        self.0.chars().count() < Self::LENGTH_MIN
    }

    /// # Errors
    /// When it is empty.
    pub fn for_new_keys(self) -> Result<Self, HubError> {
        if self.0.is_empty() {
            return Err(HubError::refused("the passphrase is empty"));
        }
        Ok(self)
    }
}

/// Writes a new private key, readable by its owner alone. A file of that name is never replaced.
///
/// # Errors
/// Those of the disk, and when this machine gives no random numbers.
pub fn write(path: &Path, key: &SigningKey, passphrase: &Passphrase) -> Result<(), HubError> {
    let pem = encrypt(key, passphrase).map_err(|why| HubError::refused(format!("{}: {why}", path.display())))?;
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(pem.as_bytes())?;
        file.sync_all()
    };
    write().map_err(HubError::disk(path))
}

fn encrypt(key: &SigningKey, passphrase: &Passphrase) -> Result<String, String> {
    let told = |error: &dyn std::fmt::Display| format!("the key cannot be encrypted: {error}");
    let (mut salt, mut start) = ([0; 16], [0; 16]);
    for random in [&mut salt, &mut start] {
        aws_lc_rs::rand::fill(random).map_err(|_| "this machine gives no random numbers".to_owned())?;
    }
    let cost = scrypt::Params::new(SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P).map_err(|error| told(&error))?;
    let scheme = pbes2::Parameters::generate_scrypt_aes256cbc(cost, &salt, start).map_err(|error| told(&error))?;
    let clear = key.to_pkcs8().map_err(|error| told(&error))?;
    let info = PrivateKeyInfoRef::from_der(clear.as_ref()).map_err(|error| told(&error))?;
    let sealed = info.encrypt_with_params(scheme, &passphrase.0).map_err(|error| told(&error))?;
    let pem = sealed.to_pem(LABEL, LineEnding::LF).map_err(|error| told(&error))?;
    Ok(pem.to_string())
}

/// The key in a file, if this passphrase opens it.
///
/// # Errors
/// When there is no such file, and as [`read`].
pub fn public_key(path: &Path, passphrase: &Passphrase) -> Result<PublicKey, HubError> {
    let key = read(path, passphrase)?;
    let key = key.ok_or_else(|| HubError::refused(format!("{}: there is no such file", path.display())))?;
    Ok(key.public())
}

/// Reads a private key; `None` when there is no such file: it is kept elsewhere.
///
/// # Errors
/// When the passphrase is another one, the file is none, or the disk fails.
pub fn read(path: &Path, passphrase: &Passphrase) -> Result<Option<SigningKey>, HubError> {
    let pem = match fs::read_to_string(path) {
        Ok(pem) => pem,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(HubError::Disk { path: path.to_owned(), error }),
    };
    let not = |why: &str| HubError::refused(format!("{}: {why}", path.display()));
    let (_, sealed) = SecretDocument::from_pem(&pem).map_err(|_| not("it is no private key"))?;
    let sealed = EncryptedPrivateKeyInfoRef::from_der(sealed.as_bytes()).map_err(|_| not("it is not encrypted"))?;
    let clear = sealed.decrypt(&passphrase.0).map_err(|_| not("the passphrase is not the right one"))?;
    SigningKey::from_pkcs8(clear.as_bytes()).map(Some).map_err(|error| not(&error.to_string()))
}
