//! What `parvis sync` and `parvis play` tell each other on one display, a line each.

use crate::publication::Digest;
use std::fmt;

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// To the player: this head is shown from now on.
    Current(u64),
    /// To the player: this head differs from the last one only in what the delegated roles say.
    Alerts(u64),
    /// To `sync`: this object is not what it should be, or is missing.
    Damaged(Digest),
}

impl Told {
    /// The longest line, in bytes, its end included.
    pub const LINE_BYTES_MAX: u64 = 80;

    /// Reads one line without its end; `None` for what this Parvis does not know.
    pub fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ')?;
        let number = || rest.bytes().all(|byte| byte.is_ascii_digit()).then(|| rest.parse().ok()).flatten();
        match word {
            "current" => number().map(Self::Current),
            "alerts" => number().map(Self::Alerts),
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
        for told in [Told::Current(u64::MAX), Told::Alerts(0), Told::Damaged(Digest::of(b"x"))] {
            let line = told.to_string();
            assert_eq!(Told::parse(&line), Some(told));
            assert!((line.len() as u64) < Told::LINE_BYTES_MAX, "{line}");
        }
    }

    #[test]
    fn other_lines_are_nothing() {
        for line in
            ["", "current", "current ", "current x", "current +1", "current 1 2", "damaged 12", "Current 1", "x 1"]
        {
            assert_eq!(Told::parse(line), None, "{line}");
        }
    }
}
