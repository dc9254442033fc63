//! What a display has to tell: it is kept until the hub has said that it has it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;

/// What a record is about, from what is given up first when there is no room to what is never given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// How the display is.
    Status,
    /// Trouble that began or ended.
    Fault,
    /// What visitors did, as counts.
    Usage,
    /// That something was shown.
    Play,
    /// What a visitor answered to a survey.
    Answer,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Status, Self::Fault, Self::Usage, Self::Play, Self::Answer];

    pub fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Fault => "fault",
            Self::Usage => "usage",
            Self::Play => "play",
            Self::Answer => "answer",
        }
    }
}

/// Names one record for ever, so that whoever gets it twice counts it once: the millisecond it was made and 80 random
/// bits, as 32 hexadecimal digits. Later ones are larger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(u128);

impl RecordId {
    pub fn new(at: DateTime<Utc>, chance: [u8; 10]) -> Self {
        let millisecond = u64::try_from(at.timestamp_millis()).unwrap_or(0) & ((1 << 48) - 1);
        let random = chance.iter().fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        Self(u128::from(millisecond) << 80 | random)
    }

    /// Reads the 32 digits that [`Display`](fmt::Display) writes; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let whole = text.len() == 32 && text.bytes().all(is_digit);
        whole.then(|| u128::from_str_radix(text, 16).ok())?.map(Self)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for RecordId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("the id of a record is 32 hexadecimal digits"))
    }
}

/// One thing that a display has to tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub id: RecordId,
    /// By the display's own clock.
    pub at: DateTime<Utc>,
    pub kind: Kind,
    pub body: serde_json::Value,
}

impl Record {
    /// The largest record that is kept or taken, in bytes of JSON.
    pub const BYTES_MAX: usize = 64 << 10;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 7_000_000).unwrap()
    }

    #[test]
    fn an_id_is_written_and_read_and_later_ones_are_larger() {
        let id = RecordId::new(at(1_780_000_000), [0xab; 10]);
        assert_eq!(id.to_string(), "019e70448807abababababababababab");
        assert_eq!(RecordId::parse(&id.to_string()), Some(id));
        assert!(RecordId::new(at(1_780_000_001), [0; 10]) > id);
        let text = id.to_string();
        for bad in [&text[1..], "", &text.to_uppercase(), &format!("+{}", &text[1..]), &text.replace('a', "g")] {
            assert_eq!(RecordId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_clock_before_1970_still_names_records() {
        assert_eq!(RecordId::new(at(-5), [1; 10]).to_string(), "00000000000001010101010101010101");
    }

    #[test]
    fn a_record_comes_back_from_json() {
        let id = RecordId::new(at(1_780_000_000), [7; 10]);
        let record = Record { id, at: at(1_780_000_000), kind: Kind::Answer, body: serde_json::json!({"q": 3}) };
        let json = serde_json::to_string(&record).unwrap();
        assert!(json.contains(r#""kind":"answer""#), "{json}");
        assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
    }
}
