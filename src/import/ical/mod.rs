//! iCalendar (RFC 5545): the events of a calendar, what repeats written out.
//!
//! Each VEVENT is a record. The events of one UID are a series and its exceptions: an exception that a visitor would
//! tell from the series (another title, text or place, or called off) is an item of its own, any other only moves its
//! date and is joined with the series.
//!
//! Attendees, organisers and contacts are never looked at.

mod blocks;
mod event;
mod properties;
mod recurrence;
mod rule_days;
mod series;
mod timings;
mod zones;

use super::decoding::decoded;
use super::{Extent, ImportError, Job, Progress, Source};
use crate::content::Problem;
use blocks::Blocks;
use calcard::icalendar::{ICalendar, ICalendarComponent};
use calcard::{Entry, Parser};
use chrono::Datelike;
use series::Calendar;
use zones::Zones;

pub struct ICal;

/// The largest calendar that is read, in bytes: it is held in memory.
const BYTES_MAX: u64 = 64 << 20;

impl Source for ICal {
    fn name(&self) -> &'static str {
        "ical"
    }

    fn about(&self) -> &'static str {
        "Events of an iCalendar file or address (.ics)"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let bytes_max = BYTES_MAX.min(job.settings.bytes_max);
        let Some(bytes) = job.bytes("text/calendar, text/plain;q=0.5", bytes_max)? else {
            return Ok(Extent::Unchanged);
        };
        read(job, &bytes).map_err(|reason| job.not_this(reason))
    }
}

/// Reads a calendar as a whole.
fn read(job: &mut Job<'_>, bytes: &[u8]) -> Result<Extent, &'static str> {
    let mut text = decoded(bytes, None);
    if !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    let blocks = Blocks::of(&text);
    if !blocks.is_calendar && blocks.events.is_empty() {
        return Err("not a calendar: it has no BEGIN:VCALENDAR");
    }
    for (name, count) in &blocks.others {
        if matches!(name.as_str(), "VTODO" | "VJOURNAL") {
            let reason = format!("{count} of {name}: only events (VEVENT) are read");
            job.problem(Problem::new(job.source(), "", name, reason));
        }
    }
    let zones = Zones::new(&blocks.zones, job.settings.zone, job.settings.now.year());
    let head = parsed(&format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", blocks.head));
    let calendar = Calendar::new(head.as_ref(), zones, job);
    let total = blocks.events.len() as u64;
    let mut done = 0;
    for group in series::groups(job, &blocks.events) {
        done += group.len() as u64;
        calendar.read(job, &group);
        job.progress(Progress { doing: "reading", done, total });
    }
    Ok(if blocks.is_cut { job.broken_off("the calendar has no END:VCALENDAR".to_owned()) } else { Extent::Whole })
}

/// One component, without those within it.
fn parsed(text: &str) -> Option<ICalendarComponent> {
    match Parser::new(text).entry() {
        Entry::ICalendar(ICalendar { components }) => components.into_iter().next(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::hostile_input::{damaged, damages, keeps_the_count};
    use proptest::prelude::*;

    const SAMPLES: [&[u8]; 3] = [
        include_bytes!("../../../tests/import/ical/repeating/input.ics"),
        include_bytes!("../../../tests/import/ical/exceptions/input.ics"),
        include_bytes!("../../../tests/import/ical/words/input.ics"),
    ];

    proptest! {
        #[test]
        fn any_input_never_panics_and_keeps_the_count(sample in 0..SAMPLES.len(), damages in damages()) {
            keeps_the_count(&damaged(SAMPLES[sample], &damages), |job, bytes| drop(read(job, bytes)));
        }

        #[test]
        fn any_rule_never_panics(rule in "FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)(;(BYDAY|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYMONTH|BYSETPOS|BYHOUR|INTERVAL|COUNT|WKST)=(-?[0-9]{1,5}|-?[0-5]?(MO|SU)|[0-9]{1,2},-1)){0,4}", start in "[0-9]{4}(01|02|12)(01|29|31)T[0-2]3[0-5]959") {
            let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nDTSTART:{start}\nRRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n");
            keeps_the_count(text.as_bytes(), |job, bytes| drop(read(job, bytes)));
        }
    }
}
