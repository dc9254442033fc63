//! A year of a busy display, from change to change.

use super::sample_towns::{Plenty, daily, display};
use super::{Cursor, Shown};
use crate::content::{Catalog, Town, read_document};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;

#[path = "../../tests/bench/full_schedule.rs"]
mod full_schedule;

#[test]
fn a_year_is_replayed_without_a_gap() {
    let json = full_schedule::full_schedule().to_string();
    let read = read_document("test", json.as_bytes());
    assert_eq!(read.problems, []);
    let (catalog, _) = Catalog::new(Town::default(), read.items);
    let mut display = display(chrono_tz::Europe::Paris);
    display.power.on = vec![daily("06:00", "23:30")];
    let mut cursor = Cursor::new(&catalog.schedule, &[], &display, &Plenty);
    let begin: DateTime<Utc> = "2025-12-31T23:00:00Z".parse().unwrap();
    let end: DateTime<Utc> = "2026-12-31T23:00:00Z".parse().unwrap();
    let (mut now, mut steps, mut dark) = (begin, 0, TimeDelta::zero());
    let mut winners = BTreeSet::new();
    while now < end {
        let program = cursor.at(now);
        assert!(program.until > now, "{now}");
        match &program.shown {
            Shown::Nothing => dark += program.until - now,
            Shown::Alert(_) => panic!("an alert that nobody gave"),
            Shown::Playlist { regions, .. } => {
                assert!(regions.iter().all(|region| region.playing.item.is_some()), "{now}");
            }
        }
        winners.extend(program.entry().map(|entry| &entry.common.id));
        now = program.until;
        steps += 1;
    }
    // Off for six hours and a half a night, clock changes lying in them.
    assert_eq!((now, dark.num_minutes()), (end, 365 * 390 - 60 + 60));
    assert!((1_500_000..3_000_000).contains(&steps), "{steps} changes");
    assert!(winners.len() > 20, "{} of 40 entries ever play", winners.len());
}
