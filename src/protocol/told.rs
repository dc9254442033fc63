//! What `parvis sync` and `parvis play` tell each other on one display, a line each.

use super::{Code, OnScreen, Order, Outcome};
use crate::publication::{Digest, Version};
use std::fmt;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// To the player: this head is shown from now on.
    Current(Version),
    /// To the player: this head differs from the last one only in what the delegated roles say.
    Alerts(Version),
    /// To `sync`: this object is not what it should be, or is missing.
    Damaged(Digest),
    /// To the player: this code is to be shown, until the display has a name.
    Pairing(Code),
    /// To the player: the hub has let this display in, under this name.
    Placed(String),
    /// To the player: staff ask this of it.
    Asked(Order),
    /// To `sync`: this is on the panel.
    On(OnScreen),
    /// To `sync`: what became of the picture that was asked for; it lies in the store.
    Pictured(Outcome),
}

impl Told {
    /// The longest line, in bytes, its end included.
    pub const LINE_BYTES_MAX: u64 = 1024;

    /// Reads one line without its end; `None` for what this Parvis does not know.
    pub fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ')?;
        let is_version = |byte: u8| byte.is_ascii_digit() || byte == b'.';
        let version = || rest.bytes().all(is_version).then(|| rest.parse().ok()).flatten();
        match word {
            "current" => version().map(Self::Current),
            "alerts" => version().map(Self::Alerts),
            "damaged" => Digest::parse(rest).map(Self::Damaged),
            "pairing" => Code::parse(rest).map(Self::Pairing),
            "placed" => serde_json::from_str(rest).ok().map(Self::Placed),
            "asked" => Order::parse(rest).map(Self::Asked),
            "on" => serde_json::from_str(rest).ok().map(Self::On),
            "pictured" => serde_json::from_str(rest).ok().map(Self::Pictured),
            _ => None,
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In JSON no text ends the line.
        let json = |value: serde_json::Result<String>| value.map_err(|_| fmt::Error);
        match self {
            Self::Current(version) => write!(f, "current {version}"),
            Self::Alerts(version) => write!(f, "alerts {version}"),
            Self::Damaged(hash) => write!(f, "damaged {hash}"),
            Self::Pairing(code) => write!(f, "pairing {}{}", code.halves().0, code.halves().1),
            Self::Placed(name) => write!(f, "placed {}", json(serde_json::to_string(name))?),
            Self::Asked(order) => write!(f, "asked {}", order.name()),
            Self::On(on) => write!(f, "on {}", json(serde_json::to_string(on))?),
            Self::Pictured(outcome) => write!(f, "pictured {}", json(serde_json::to_string(outcome))?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn every_line_comes_back_and_none_is_too_long() {
        let last = Version { root: u64::MAX, snapshot: u64::MAX };
        let code = Code::parse("2345 6789").unwrap();
        let on =
            OnScreen { what: "é".repeat(200), since: DateTime::UNIX_EPOCH, profile: "x".repeat(64), size: (1, 2) };
        for told in [
            Told::Current(last),
            Told::Alerts(Version::default()),
            Told::Damaged(Digest::of(b"x")),
            Told::Pairing(code),
            Told::Placed("Gare\n\"rou\u{e9}\"".repeat(8)),
            Told::Asked(Order::ScreenOff),
            Told::On(on),
            Told::Pictured(Outcome::InUse),
        ] {
            let line = told.to_string();
            assert!(!line.contains('\n'), "{line}");
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
            "pairing 2345",
            "asked dance",
            "on {",
        ] {
            assert_eq!(Told::parse(line), None, "{line}");
        }
    }
}
