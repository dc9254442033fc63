//! What was shown and what people looked for, in one month of the town, from what displays have told.

use super::records::bodies;
use crate::protocol::{Counts, Kind, PlayRecord, merge_few};
use chrono::{DateTime, Datelike, LocalResult, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::path::Path;

/// Things that are listed of each kind; the rest is many and says little.
const LISTED: usize = 30;

/// A month, by the town's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month(NaiveDate);

impl Month {
    /// The month in which a moment lies.
    pub fn of(at: DateTime<Utc>, zone: Tz) -> Self {
        let day = at.with_timezone(&zone).date_naive();
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Reads `2026-11`.
    pub fn parse(text: &str) -> Option<Self> {
        NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d")
            .ok()
            .filter(|day| (2000..2200).contains(&day.year()))
            .map(Self)
    }

    pub fn name(self) -> String {
        self.0.format("%Y-%m").to_string()
    }

    pub fn before(self) -> Self {
        Self(self.0.checked_sub_months(chrono::Months::new(1)).unwrap_or(self.0))
    }

    pub fn after(self) -> Self {
        Self(self.0.checked_add_months(chrono::Months::new(1)).unwrap_or(self.0))
    }

    /// From its first moment to before that of the next.
    fn bounds(self, zone: Tz) -> [DateTime<Utc>; 2] {
        [self, self.after()].map(|month| {
            let midnight = month.0.and_time(chrono::NaiveTime::MIN);
            match zone.from_local_datetime(&midnight) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
                LocalResult::None => midnight.and_utc(),
            }
        })
    }
}

/// How often something was on, and for how long.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plays {
    pub id: String,
    pub plays: u64,
    pub minutes: f64,
}

/// All of it. What few visits share is merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    /// What was on longest comes first.
    pub plays: Vec<Plays>,
    pub visits: u32,
    pub languages: Vec<(String, u32)>,
    pub modes: Vec<(String, u32)>,
    pub needs: Vec<(String, u32)>,
    pub screens: Vec<(String, u32)>,
    pub items: Vec<(String, u32)>,
    pub qr_shown: u32,
    pub searches_without_result: u32,
}

/// Reads a month out of the records in this folder.
///
/// # Errors
/// Those of the database.
pub fn read(folder: &Path, month: Month, zone: Tz) -> rusqlite::Result<Usage> {
    let bounds = month.bounds(zone);
    let mut plays: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    // An hour is told when it is over, or later: what began in the month counts, whenever it was told.
    let told_until = bounds[1] + chrono::TimeDelta::days(62);
    for body in bodies(folder, Kind::Play, [bounds[0], told_until])? {
        let Ok(record) = serde_json::from_str::<PlayRecord>(&body) else { continue };
        if (bounds[0]..bounds[1]).contains(&record.hour) {
            let sum = plays.entry(record.played.item.0).or_default();
            *sum = (sum.0.saturating_add(record.plays), sum.1.saturating_add(record.millis));
        }
    }
    let mut all = Counts::of_hour(month.name());
    for body in bodies(folder, Kind::Usage, [bounds[0], told_until])? {
        let Ok(hour) = serde_json::from_str::<Counts>(&body) else { continue };
        if hour.hour.starts_with(&all.hour) {
            all.join(hour);
        }
    }
    let mut plays: Vec<Plays> =
        plays.into_iter().map(|(id, (plays, millis))| Plays { id, plays, minutes: millis as f64 / 60_000.0 }).collect();
    plays.sort_by(|one, other| other.minutes.total_cmp(&one.minutes));
    let (languages, modes) = (merge_few(all.languages()), merge_few(all.modes()));
    let all = all.told();
    Ok(Usage {
        plays,
        visits: all.visits,
        languages: most(languages),
        modes: most(modes),
        needs: most(all.needs),
        screens: most(all.screens),
        items: most(all.items),
        qr_shown: all.qr_shown,
        searches_without_result: all.searches_without_result,
    })
}

/// The most first.
fn most(counts: BTreeMap<String, u32>) -> Vec<(String, u32)> {
    let mut counts: Vec<(String, u32)> = counts.into_iter().collect();
    counts.sort_by(|(one, times), (other, more)| more.cmp(times).then_with(|| one.cmp(other)));
    counts.truncate(LISTED);
    counts
}
