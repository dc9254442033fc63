//! How a display is: told to the hub every minute and at each change, and what the hub answers.

use crate::publication::Version;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// How often a display tells how it is, in seconds.
pub const REPORT_SECS: u64 = 60;
/// The largest report, in bytes of JSON.
pub const REPORT_BYTES_MAX: usize = 64 << 10;
/// The largest picture of a screen, in bytes.
pub const SCREENSHOT_BYTES_MAX: usize = 3 << 20;

/// The name of the picture of the panel that a player leaves in the store for `parvis sync`.
pub const SCREENSHOT: &str = "screenshot.png";

/// `POST displays/report`. What an older display does not say is as if it did not know.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The head of which the player last drew a frame.
    #[serde(with = "version")]
    pub shows: Option<Version>,
    /// Since when that revision is there.
    pub shows_since: Option<DateTime<Utc>>,
    pub group: String,
    /// What is on the panel now; `None` while no player has said.
    pub on: Option<OnScreen>,
    /// Trouble that lasts.
    pub faults: Vec<Trouble>,
    /// What speaks against the display's clock, in words for town IT; `None` while nothing does.
    pub clock: Option<String>,
    pub disk_free_bytes: Option<u64>,
    /// When signed metadata was last brought in and held.
    pub contacted: Option<DateTime<Utc>>,
    /// The version of Parvis.
    pub parvis: String,
    /// What became of commands since the last report that the hub answered.
    pub done: Vec<Done>,
}

/// What a player draws.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnScreen {
    /// The id of an item, or a word of the player's own: see [`OnScreen::WORDS`].
    pub what: String,
    pub since: DateTime<Utc>,
    /// The display profile.
    #[serde(default)]
    pub profile: String,
    /// In pixels, width first.
    #[serde(default)]
    pub size: (u32, u32),
}

impl OnScreen {
    /// No ids: nobody touches it, somebody does (what they see is nobody's business), the panel is off, no content yet.
    pub const WORDS: [&str; 4] = ["attract", "in-use", "off", "nothing"];
}

/// Trouble of a display that lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// One word that stays the same for the same trouble: `network`, `signature`, `stale`, `disk`, `clock`, `records`.
    pub kind: String,
    /// In words for town IT.
    pub words: String,
    pub since: DateTime<Utc>,
}

/// What the hub may ask of a display.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Looks for a new publication now.
    Collect,
    /// Shows its name, large, for a minute.
    Identify,
    /// Sends a picture of what it draws.
    Screenshot,
    /// Ends the player; whatever keeps it running starts it anew.
    Restart,
    ScreenOn,
    ScreenOff,
}

impl Order {
    pub const ALL: [Self; 6] =
        [Self::Collect, Self::Identify, Self::Screenshot, Self::Restart, Self::ScreenOn, Self::ScreenOff];

    pub fn name(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Identify => "identify",
            Self::Screenshot => "screenshot",
            Self::Restart => "restart",
            Self::ScreenOn => "screen-on",
            Self::ScreenOff => "screen-off",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }
}

/// An order, by a number that it keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    pub number: i64,
    pub order: Order,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub number: i64,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is known here, and being done.
    Received,
    Done,
    Failed,
    /// A picture was asked for while a visitor was there: none was made.
    InUse,
    /// No player is there to do it.
    NoPlayer,
}

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::InUse => "in-use",
            Self::NoPlayer => "no-player",
        }
    }
}

/// What the hub answers to a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub name: String,
    pub group: String,
    pub position: String,
    pub commands: Vec<Command>,
}

/// As other documents write it: `1.7`.
mod version {
    use super::{Deserialize, Deserializer, Error, Serialize, Serializer, Version};

    pub fn serialize<S: Serializer>(version: &Option<Version>, to: S) -> Result<S::Ok, S::Error> {
        version.map(|version| version.to_string()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Version>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(|_| D::Error::custom("a version is two numbers: 1.7"))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_comes_back_and_an_older_display_says_less() {
        let shows = Some(Version { root: 1, snapshot: 7 });
        let report = Report { shows, group: "halls".to_owned(), ..Report::default() };
        let json = serde_json::to_string(&report).unwrap();
        assert!(json.contains(r#""shows":"1.7""#), "{json}");
        assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
        assert_eq!(serde_json::from_str::<Report>("{}").unwrap(), Report::default());
        assert!(serde_json::from_str::<Report>(r#"{"shows":"x"}"#).is_err());
    }

    #[test]
    fn every_order_is_read_by_its_name() {
        for order in Order::ALL {
            assert_eq!(Order::parse(order.name()), Some(order));
            assert_eq!(serde_json::to_value(order).unwrap(), order.name());
        }
        assert_eq!(Order::parse("dance"), None);
    }
}
