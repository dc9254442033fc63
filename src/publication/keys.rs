//! Keys that sign metadata: Ed25519 (RFC 8032), named as python-tuf names them.

use super::Digest;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::{Value, json};
use std::fmt;

/// What displays check signatures with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(Digest);

impl PublicKey {
    /// The name of this key in metadata: the SHA-256 of the key as metadata lists it.
    pub fn id(&self) -> String {
        let listed = self.listed().to_string();
        // Canonical already: sorted, no spaces, nothing to escape.
        Digest::of(listed.as_bytes()).to_string()
    }

    /// The key as metadata lists it.
    pub fn listed(&self) -> Value {
        json!({"keytype": "ed25519", "keyval": {"public": self.to_string()}, "scheme": "ed25519"})
    }

    /// Reads 64 hexadecimal digits; `None` for anything else.
    pub fn parse(digits: &str) -> Option<Self> {
        Digest::parse(digits).map(Self)
    }

    /// Whether the holder of the private key signed these bytes.
    pub fn has_signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0.as_bytes()).verify(bytes, signature).is_ok()
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(from)?;
        let bytes = Digest::parse(&digits).ok_or_else(|| D::Error::custom("a public key is 64 hexadecimal digits"))?;
        Ok(Self(bytes))
    }
}

/// A key that signs.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("this machine gives no random numbers")]
    NoChance,
    #[error("it holds no Ed25519 key")]
    NotAKey,
}

impl SigningKey {
    /// A key that nobody had before.
    ///
    /// # Errors
    /// Only when there are no random numbers.
    pub fn generate() -> Result<Self, KeyError> {
        Self::of_pair(Ed25519KeyPair::generate().map_err(|_| KeyError::NoChance)?)
    }

    /// Reads what [`SigningKey::to_pkcs8`] wrote.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        Self::of_pair(Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map_err(|_| KeyError::NotAKey)?)
    }

    fn of_pair(pair: Ed25519KeyPair) -> Result<Self, KeyError> {
        let bytes: String = pair.public_key().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let public = Digest::parse(&bytes).map(PublicKey).ok_or(KeyError::NotAKey)?;
        Ok(Self { pair, public })
    }

    /// The private key in clear (RFC 8410): to be encrypted before it is written anywhere.
    ///
    /// # Errors
    /// When memory fails.
    pub fn to_pkcs8(&self) -> Result<impl AsRef<[u8]> + use<>, KeyError> {
        self.pair.to_pkcs8v1().map_err(|_| KeyError::NotAKey)
    }

    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// The signature of these bytes in hexadecimal digits.
    pub fn sign(&self, bytes: &[u8]) -> String {
        self.signature(bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The 64 bytes of the signature of these bytes.
    pub fn signature(&self, bytes: &[u8]) -> impl AsRef<[u8]> + use<> {
        self.pair.sign(bytes)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_and_has_the_id_that_python_tuf_gives_it() {
        let key = SigningKey::generate().unwrap();
        let again = SigningKey::from_pkcs8(key.to_pkcs8().unwrap().as_ref()).unwrap();
        assert_eq!(again.public(), key.public());
        assert_eq!(again.sign(b"a"), key.sign(b"a"));
        // securesystemslib: SSlibKey of this public key, made with python-tuf 7.
        let digits = "\"8ae43d22b8e0fbf4a48fa3490d31b4d389114f5dc1039c918f075427f4100759\"";
        let known: PublicKey = serde_json::from_str(digits).unwrap();
        assert_eq!(known.id(), "7724b13eb54b0510646bc390e7137ea8990f7e0fdb5696ee750ac1964d0a9762");
        assert!(SigningKey::from_pkcs8(b"none").is_err());
        let signature = key.signature(b"a");
        assert!(
            key.public().has_signed(b"a", signature.as_ref()) && !key.public().has_signed(b"b", signature.as_ref())
        );
        assert!(!known.has_signed(b"a", signature.as_ref()) && !known.has_signed(b"a", b""));
    }
}
