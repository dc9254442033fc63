//! What `parvis sync` and `parvis play` tell each other on one display, a line each.

use crate::publication::{Digest, Version};
use std::fmt;

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// To the player: this head is shown from now on.
    Current(Version),
    /// To the player: this head differs from the last one only in what the delegated roles say.
    Alerts(Version),
    /// To `sync`: this object is not what it should be, or is missing.
    Damaged(Digest),
}

impl Told {
    /// The longest line, in bytes, its end included.
    pub const LINE_BYTES_MAX: u64 = 80;

    /// Reads one line without its end; `None` for what this Parvis does not know.
    pub fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ')?;
        let is_version = |byte: u8| byte.is_ascii_digit() || byte == b'.';
        let version = || rest.bytes().all(is_version).then(|| rest.parse().ok()).flatten();
        match word {
            "current" => version().map(Self::Current),
            "alerts" => version().map(Self::Alerts),
            "damaged" => Digest::parse(rest).map(Self::Damaged),
            _ => None,
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Current(version) => write!(f, "current {version}"),
            Self::Alerts(version) => write!(f, "alerts {version}"),
            Self::Damaged(hash) => write!(f, "damaged {hash}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_comes_back_and_none_is_too_long() {
        let last = Version { root: u64::MAX, snapshot: u64::MAX };
        for told in [Told::Current(last), Told::Alerts(Version::default()), Told::Damaged(Digest::of(b"x"))] {
            let line = told.to_string();
            assert_eq!(Told::parse(&line), Some(told));
            assert!((line.len() as u64) < Told::LINE_BYTES_MAX, "{line}");
        }
    }

    #[test]
    fn other_lines_are_nothing() {
        for line in [
            "",
            "current",
            "current ",
            "current x",
            "current 1",
            "current +1.2",
            "current 1.2 3",
            "damaged 12",
            "Current 1.2",
            "x 1.2",
        ] {
            assert_eq!(Told::parse(line), None, "{line}");
        }
    }
}
