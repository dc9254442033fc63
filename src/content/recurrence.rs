use super::reading::{Fields, Read, Reading, Word};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

/// A stretch of the day by the town's clock. One whose `until` is not after its `from` goes on over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Daypart {
    pub from: NaiveTime,
    /// Not part of it any more.
    pub until: NaiveTime,
}

/// On which days and at which hours of the town's clock something is on. Nothing said means always.
///
/// A daypart over midnight belongs to the day on which it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recurrence {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDateTime>,
    /// Not part of it any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<NaiveDateTime>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dayparts: Vec<Daypart>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<Weekday>,
    /// 2 is every other week, counted in weeks from Monday, from that of `start` on; without a start from that of
    /// 5 January 1970.
    #[serde(skip_serializing_if = "is_one")]
    pub every_weeks: u8,
    /// Days off: they count more than all else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<NaiveDate>,
    /// Days beside the weekdays, between `start` and `end` as they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<NaiveDate>,
}

impl Default for Recurrence {
    fn default() -> Self {
        Self {
            start: None,
            end: None,
            dayparts: Vec::new(),
            weekdays: Vec::new(),
            every_weeks: 1,
            except: Vec::new(),
            also: Vec::new(),
        }
    }
}

fn is_one(weeks: &u8) -> bool {
    *weeks == 1
}

impl Word for Weekday {}

impl Read for Daypart {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let reason = "a daypart has a beginning and an end, like 08:00 and 18:30";
        let (from, until) = (fields.needed("from", reason), fields.needed("until", reason));
        Some(Self { from: from?, until: until? })
    }
}

impl Recurrence {
    /// `None`, with the problems told, where any of it was not understood: without its limits something would be on
    /// that nobody wanted then.
    pub(super) fn from_fields(fields: &mut Fields<'_, '_, '_>) -> Option<Self> {
        fields.whole(|fields| {
            let times = Self {
                start: fields.get("start"),
                end: fields.get("end"),
                dayparts: fields.get("dayparts"),
                weekdays: fields.get("weekdays"),
                every_weeks: fields.get_or_if("every_weeks", 1, "1 or more weeks are expected", |weeks| *weeks > 0),
                except: fields.get("except"),
                also: fields.get("also"),
            };
            if times.start.zip(times.end).is_some_and(|(start, end)| end <= start) {
                fields.problem("end", "it is not after start: it is never on");
            }
            times
        })
    }
}

impl Read for Recurrence {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        Self::from_fields(&mut reading.fields(value)?)
    }
}
