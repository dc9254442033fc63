//! Which schedule entries never play in the days to come, by the program itself.

use super::desk::Subject;
use super::finding::{Findings, Weight};
use crate::content::{Alert, Id, PlaylistItem, Schedule};
use crate::player::profile::Profile;
use crate::signage::{Cursor, Display, Offer, Outcome, Stock};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

const DAYS: i64 = 14;

pub fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let schedule = subject.schedule();
    // Entries for the same displays compete on them; each of these is looked at once.
    let mut displays: BTreeMap<(Vec<String>, Option<String>), Vec<Id>> = BTreeMap::new();
    for entry in &schedule.entries {
        let display = (entry.common.groups.clone(), entry.displays.first().cloned());
        displays.entry(display).or_default().push(entry.common.id.clone());
    }
    let Ok(profile) = Profile::shipped("totem-portrait") else { return };
    for ((groups, name), entries) in displays {
        let display = subject.station(&profile, subject.language()).display;
        let display = Display { groups, name: name.unwrap_or_default(), ..display };
        let fates = fates(&schedule, &display, subject.now);
        for id in entries {
            if let Some((weight, words)) = fates.get(&id).and_then(Fate::words) {
                findings.add(weight, &id, words);
            }
        }
    }
}

/// The best that becomes of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Over,
    NotNow,
    NothingToShow,
    Outranked(Id),
    NotYet,
    /// Said elsewhere.
    NoPlaylist,
    Plays,
}

impl Fate {
    fn words(&self) -> Option<(Weight, String)> {
        match self {
            Self::Over => Some((Weight::Hint, "it is over: remove it".to_owned())),
            Self::NotNow => Some((Weight::Warning, format!("it is on at no hour of the next {DAYS} days"))),
            Self::NothingToShow => Some((
                Weight::Warning,
                format!("its playlist has nothing to show when it is on in the next {DAYS} days"),
            )),
            Self::Outranked(by) => {
                let words = format!("it never plays in the next {DAYS} days: {by} comes before it; raise its priority");
                Some((Weight::Warning, words))
            }
            Self::NotYet | Self::NoPlaylist | Self::Plays => None,
        }
    }
}

fn fates(schedule: &Schedule, display: &Display, now: DateTime<Utc>) -> BTreeMap<Id, Fate> {
    let mut fates: BTreeMap<Id, Fate> = BTreeMap::new();
    let mut cursor = Cursor::new(schedule, &[], display, &AllDay);
    let mut at = now;
    while at < now + TimeDelta::days(DAYS) {
        let program = cursor.at(at);
        for verdict in program.verdicts.iter() {
            let fate = match verdict.outcome {
                Outcome::Plays => Fate::Plays,
                Outcome::Outranked { by } => Fate::Outranked(by.clone()),
                Outcome::NotYet => Fate::NotYet,
                Outcome::Over => Fate::Over,
                Outcome::NotNow | Outcome::OtherDisplays => Fate::NotNow,
                Outcome::NoPlaylist => Fate::NoPlaylist,
                Outcome::NothingToShow => Fate::NothingToShow,
            };
            let best = fates.entry(verdict.entry.common.id.clone()).or_insert_with(|| fate.clone());
            if fate > *best {
                *best = fate;
            }
        }
        if program.until <= at {
            break;
        }
        at = program.until;
    }
    fates
}

/// Everything can be shown and stands for a day: so the program changes only where the schedule does.
struct AllDay;

impl Stock for AllDay {
    fn offer(&self, _: &PlaylistItem, _: usize, _: DateTime<Utc>) -> Option<Offer> {
        Some(Offer { slides: 1, which: 0, secs: PlaylistItem::DURATION_SECS_MAX })
    }

    fn alert_secs(&self, _: &Alert, _: &str) -> u32 {
        PlaylistItem::DURATION_SECS_MAX
    }
}
