//! How a display and the hub get to know each other: whoever stands before the screen types the code that it shows.
//!
//! The code is no secret. It is a short fingerprint of both sides: of the display's key and of the root that the hub gave
//! it. Somebody in between who puts a key or a root of their own into the exchange makes the two codes differ. So that
//! nobody can try keys until the codes agree, each side is bound before it knows what the other adds: the display first
//! sends only a hash of its key and a random number, then the hub adds its own, and only then is the key told. What is
//! left is one guess among 208 billion for each code.

use crate::publication::{Digest, Digesting, PublicKey};
use serde::{Deserialize, Serialize};

/// What codes are made of: nothing that looks like something else, on a screen or in handwriting.
const LETTERS: &[u8; 26] = b"23456789ACDEFGHJKMNPQRTWXY";
/// Read for what is meant.
const MEANT: [(char, char); 5] = [('B', '8'), ('S', '5'), ('Z', '2'), ('U', 'W'), ('V', 'W')];
const LENGTH: usize = 8;

/// How long a code is worth anything, in seconds.
pub const CODE_SECS: u32 = 600;

/// Eight letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// The code of this exchange.
    pub fn of(key: PublicKey, display: Digest, root: Digest, hub: Digest) -> Self {
        let hash = hashed(
            "parvis pairing code 1",
            &[key.to_string().as_bytes(), display.as_bytes(), root.as_bytes(), hub.as_bytes()],
        );
        let mut number = hash.as_bytes().iter().take(16).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        let mut letters = String::with_capacity(LENGTH);
        for _ in 0..LENGTH {
            letters.push(char::from(LETTERS[(number % LETTERS.len() as u128) as usize]));
            number /= LETTERS.len() as u128;
        }
        Self(letters)
    }

    /// Reads what somebody typed, with or without spaces and hyphens, in capitals or not; `None` for what no screen shows.
    pub fn parse(typed: &str) -> Option<Self> {
        let letters = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
        let meant = letters.map(|letter| {
            let letter = letter.to_ascii_uppercase();
            MEANT.iter().find(|(written, _)| *written == letter).map_or(letter, |(_, meant)| *meant)
        });
        let code: String = meant.take(LENGTH + 1).collect();
        let is_one = code.len() == LENGTH && code.bytes().all(|letter| LETTERS.contains(&letter));
        is_one.then_some(Self(code))
    }

    /// As it is shown: two groups of four.
    pub fn halves(&self) -> (&str, &str) {
        self.0.split_at(LENGTH / 2)
    }
}

/// What a display sends first: it is bound to its key and its number, and has told neither.
pub fn commitment(key: PublicKey, display: Digest) -> Digest {
    hashed("parvis pairing commitment 1", &[key.to_string().as_bytes(), display.as_bytes()])
}

/// Lengths keep "ab", "c" apart from "a", "bc".
fn hashed(about: &str, parts: &[&[u8]]) -> Digest {
    let mut digest = Digesting::new();
    for part in std::iter::once(about.as_bytes()).chain(parts.iter().copied()) {
        digest.add(&(part.len() as u64).to_be_bytes());
        digest.add(part);
    }
    digest.finish()
}

/// A display begins: `POST displays/enrolments`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    pub commitment: Digest,
}

/// What the hub answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Begun {
    /// Names this exchange, and nothing else.
    pub id: String,
    pub nonce: Digest,
    /// The town's `root.json`, to be believed once the codes agree.
    pub root: String,
}

/// The display tells its key: `POST displays/enrolments/<id>`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    pub key: PublicKey,
    pub nonce: Digest,
}

/// How an exchange stands: `GET displays/enrolments/<id>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    Waiting,
    /// Staff have typed the code.
    Accepted(Placed),
}

/// Who a display is for the town.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Its number at this hub.
    pub display: i64,
    pub name: String,
    /// The display group whose content it shows.
    pub group: String,
    /// Where it stands, in words; may be empty.
    #[serde(default)]
    pub position: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(digit: char) -> PublicKey {
        PublicKey::parse(&digit.to_string().repeat(64)).unwrap()
    }

    #[test]
    fn the_code_is_another_as_soon_as_anything_of_the_exchange_is() {
        let hash = |text: &str| Digest::of(text.as_bytes());
        let code = Code::of(key('a'), hash("display"), hash("root"), hash("hub"));
        assert_eq!(code, Code::of(key('a'), hash("display"), hash("root"), hash("hub")));
        for other in [
            Code::of(key('b'), hash("display"), hash("root"), hash("hub")),
            Code::of(key('a'), hash("other"), hash("root"), hash("hub")),
            Code::of(key('a'), hash("display"), hash("other"), hash("hub")),
            Code::of(key('a'), hash("display"), hash("root"), hash("other")),
            Code::of(key('a'), hash("display"), hash("hub"), hash("root")),
        ] {
            assert_ne!(other, code);
        }
    }

    #[test]
    fn a_code_is_read_however_it_is_written() {
        let code = Code::of(key('a'), Digest::of(b"1"), Digest::of(b"2"), Digest::of(b"3"));
        let (first, last) = code.halves();
        for typed in
            [format!("{first}{last}"), format!(" {} - {last} ", first.to_lowercase()), format!("{first}-{last}")]
        {
            assert_eq!(Code::parse(&typed), Some(code.clone()), "{typed}");
        }
        assert_eq!(Code::parse("b2s4 z6u8"), Code::parse("8254 26W8"));
        assert_eq!(Code::parse("B2S4 Z6U8"), Code::parse("8254-26w8"));
        for typed in ["", "2345678", "234567899", "2345678O", "2345678é", "12345678"] {
            assert_eq!(Code::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn every_letter_of_every_place_comes_about_as_often() {
        let mut counts = [[0_u32; 256]; LENGTH];
        for number in 0..5_200_u32 {
            let code = Code::of(key('a'), Digest::of(&number.to_be_bytes()), Digest::of(b"2"), Digest::of(b"3"));
            code.0.bytes().enumerate().for_each(|(place, letter)| counts[place][usize::from(letter)] += 1);
        }
        for (place, letter) in (0..LENGTH).flat_map(|place| LETTERS.iter().map(move |letter| (place, *letter))) {
            let count = counts[place][usize::from(letter)];
            assert!((120..=290).contains(&count), "{place} {}: {count} of some 200", char::from(letter));
        }
    }
}
