use super::{Area, Mapping};
use crate::content::{Id, Position, Validity};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use std::ops::Range;
use std::path::PathBuf;

/// What a source needs to know about the town and the moment.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What staff call the source, small letters, digits and hyphens: ids that are its own only, and problems, bear it;
    /// empty where it is read alone.
    pub name: String,
    /// The licence of what does not name its own.
    pub licence: String,
    /// Who is named beside what names nobody; empty: where it was read.
    pub credit: String,
    /// The town's zone: a time that names none is meant in it.
    pub zone: Tz,
    /// BCP 47 tag of the town's own language: a text that does not say its language is in it.
    pub language: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The moment of the import.
    pub now: DateTime<Utc>,
    /// What the source's server wants to see before it answers; never written to any file.
    pub key: Option<String>,
    /// The town's boundary, for sources that hold more than the town.
    pub area: Option<Area>,
    /// When the source was last read to its end: one that can tell what has changed since tells only that.
    pub since: Option<DateTime<Utc>>,
    /// Why the last import of the source broke off; empty if it did not.
    pub broke_off: String,
    /// Codes of the areas that the town lies in, as its sources write them: "35"; none: wherever.
    pub codes: Vec<String>,
    /// Who may warn the public, as their alerts name the sender; none: the operator vouches for whatever is read.
    pub senders: Vec<String>,
    /// What an earlier import gave, and when it holds; only for sources that look back.
    pub before: Vec<(Id, Validity)>,
    /// What the rows of a table become.
    pub mapping: Option<Mapping>,
    /// The largest file that is read or fetched, in bytes.
    pub bytes_max: u64,
    /// The middle of the town: what is near it comes first.
    pub position: Option<Position>,
    /// The stops whose next departures are wanted, each by its id in the timetable or by its name.
    pub stops: Vec<String>,
    /// The GTFS timetable that news of delays and alerts refer to.
    pub timetable: Option<PathBuf>,
    /// What staff call the source that this timetable is of; empty: as this one.
    pub timetable_name: String,
}

impl Settings {
    /// The largest input unless the operator says otherwise: the extract of a region.
    pub const BYTES_MAX: u64 = 1 << 30;
    /// What repeats is written out this far back.
    const DAYS_BACK: u64 = 31;
    /// And this far ahead.
    const DAYS_AHEAD: u64 = 400;

    /// A French town, at this moment.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            name: String::new(),
            licence: String::new(),
            credit: String::new(),
            zone: chrono_tz::Europe::Paris,
            language: "fr".to_owned(),
            country: "FR".to_owned(),
            now,
            key: None,
            area: None,
            since: None,
            broke_off: String::new(),
            codes: Vec::new(),
            senders: Vec::new(),
            before: Vec::new(),
            mapping: None,
            bytes_max: Self::BYTES_MAX,
            position: None,
            stops: Vec::new(),
            timetable: None,
            timetable_name: String::new(),
        }
    }

    /// The day of the import in the town.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// The time in which what repeats is written out.
    pub fn window(&self) -> Range<DateTime<Utc>> {
        let from = self.now.checked_sub_days(Days::new(Self::DAYS_BACK)).unwrap_or(self.now);
        from..self.now.checked_add_days(Days::new(Self::DAYS_AHEAD)).unwrap_or(self.now)
    }
}
