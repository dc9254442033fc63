//! Proof of play: what was really on a display, how often and for how long.

use crate::content::Id;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The item under which a display counts what it no longer tells apart. Ids of content have a source before a colon.
const OTHERS: &str = "others";

/// What was on, and why: presentations are counted together where all of it is the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Played {
    /// A playlist item or an alert.
    pub item: Id,
    /// The event that the slide was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Id>,
    /// An alert stands in none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub playlist: Option<Id>,
    /// The schedule entry or the campaign that had it shown; none for an alert and for what is on by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
}

impl Played {
    /// Stands for all that there is no room to tell apart.
    pub fn others() -> Self {
        Self { item: Id(OTHERS.to_owned()), event: None, playlist: None, by: None }
    }
}

/// One presentation, from its first frame on the panel to its last; one that lasts is told in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    pub played: Played,
    /// Of the first frame, by the display's clock.
    pub began: DateTime<Utc>,
    /// By a clock that never jumps.
    pub lasted: Duration,
    /// It is a later piece of one that has been counted.
    pub continues: bool,
}

impl Presented {
    /// When its last frame went.
    pub fn ended(&self) -> DateTime<Utc> {
        let lasted = TimeDelta::from_std(self.lasted).unwrap_or(TimeDelta::MAX);
        self.began.checked_add_signed(lasted).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// How often and how long something was on: all presentations that began within one hour, or some of them. It is the
/// body of a record of [`Kind::Play`](super::Kind::Play). An hour may have several records for the same thing, as after a
/// clock that jumped: who reads them adds them up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayRecord {
    /// When the hour began. Hours are those of UTC.
    pub hour: DateTime<Utc>,
    #[serde(flatten)]
    pub played: Played,
    /// How many began; none where what began in an hour before was still on.
    pub plays: u64,
    /// The sum of all, in milliseconds. What was on when its hour ended is told in pieces of a minute, each in the hour in
    /// which it began.
    pub millis: u64,
    /// When the first of them began.
    pub first: DateTime<Utc>,
    /// When the last of them began.
    pub last: DateTime<Utc>,
}

impl PlayRecord {
    /// The record of one presentation alone.
    pub fn of(presented: Presented) -> Self {
        let began = presented.began;
        Self {
            hour: hour_of(began),
            played: presented.played,
            plays: u64::from(!presented.continues),
            millis: u64::try_from(presented.lasted.as_millis()).unwrap_or(u64::MAX),
            first: began,
            last: began,
        }
    }

    /// Whether both are about the same thing in the same hour.
    pub fn is_about(&self, other: &Self) -> bool {
        (self.hour, &self.played) == (other.hour, &other.played)
    }

    /// Adds other presentations of the same thing in the same hour.
    pub fn join(&mut self, other: &Self) {
        self.plays = self.plays.saturating_add(other.plays);
        self.millis = self.millis.saturating_add(other.millis);
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

/// The beginning of the UTC hour in which a moment lies.
pub fn hour_of(at: DateTime<Utc>) -> DateTime<Utc> {
    let second = at.timestamp();
    DateTime::from_timestamp(second - second.rem_euclid(3600), 0).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presented(began: &str, millis: u64) -> Presented {
        let played = Played { item: Id("hub:1".to_owned()), event: None, playlist: None, by: None };
        let lasted = Duration::from_millis(millis);
        Presented { played, began: began.parse().unwrap(), lasted, continues: false }
    }

    #[test]
    fn a_presentation_belongs_to_the_utc_hour_in_which_it_began() {
        for (began, hour) in [
            ("2026-06-15T12:00:00Z", "2026-06-15T12:00:00Z"),
            ("2026-06-15T12:59:59.999Z", "2026-06-15T12:00:00Z"),
            ("2026-06-15T12:10:00+05:30", "2026-06-15T06:00:00Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:00:00Z"),
        ] {
            assert_eq!(PlayRecord::of(presented(began, 5)).hour, hour.parse::<DateTime<Utc>>().unwrap(), "{began}");
        }
    }

    #[test]
    fn what_is_joined_is_summed_whatever_came_first() {
        let all = ["2026-06-15T12:50:00Z", "2026-06-15T12:00:01Z", "2026-06-15T12:20:00Z"];
        let [mut sum, one, other] = all.map(|began| PlayRecord::of(presented(began, 8_016)));
        sum.join(&one);
        sum.join(&other);
        assert_eq!((sum.plays, sum.millis), (3, 24_048));
        assert_eq!((sum.first, sum.last), (one.first, all[0].parse::<DateTime<Utc>>().unwrap()));
    }

    #[test]
    fn a_record_is_plain_json_and_comes_back() {
        let mut record = PlayRecord::of(presented("2026-06-15T12:00:01.5Z", 8_016));
        let json = serde_json::to_value(&record).unwrap();
        let expected = serde_json::json!({
            "hour": "2026-06-15T12:00:00Z", "item": "hub:1", "plays": 1, "millis": 8016,
            "first": "2026-06-15T12:00:01.500Z", "last": "2026-06-15T12:00:01.500Z",
        });
        assert_eq!(json, expected);
        record.played.event = Some(Id("oa:7".to_owned()));
        record.played.playlist = Some(Id("hub:p".to_owned()));
        record.played.by = Some(Id("hub:e".to_owned()));
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<PlayRecord>(&text).unwrap(), record);
    }
}
