//! Passwords as argon2id keeps them (RFC 9106), and random secrets.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use rand::TryRng;
use rand::rngs::SysRng;
use std::fmt::Write;

/// Fewer letters are guessed; more only cost time to hash.
pub const LETTERS: std::ops::RangeInclusive<usize> = 12..=200;

/// A password in PHC form. Takes some 20 MiB and some hundredths of a second.
///
/// # Errors
/// When this machine gives no random numbers.
pub fn hash(password: &str) -> Result<String, String> {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    hashed.map(|hashed| hashed.to_string()).map_err(|error| error.to_string())
}

/// Whether it is this one. Takes as long whether or not there is one.
pub fn is_right(password: &str, hashed: Option<&str>) -> bool {
    // Of nobody's password: who has no account is not told apart by the time that it takes.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$rO2qQ3G1aC9n1mM9Y8m1y3dZlT1cYb1m0m1O3m8kq7A";
    let is_known = hashed.is_some();
    let Ok(parsed) = PasswordHash::new(hashed.unwrap_or(NOBODY)) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && is_known
}

/// 256 random bits in hexadecimal.
///
/// # Errors
/// When this machine gives no random numbers.
pub fn secret() -> Result<String, String> {
    let mut bytes = [0_u8; 32];
    SysRng.try_fill_bytes(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
