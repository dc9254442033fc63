//! Whether the clock of this display is believed, and by what time signatures are judged.

use crate::store::ClockNote;
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;

/// A clock that differs by less from the time that passed was only set right.
const JUMP: TimeDelta = TimeDelta::seconds(60);
/// A clock this far from what was signed is wrong, whatever the town's own clock is worth.
const FAR: TimeDelta = TimeDelta::hours(24);
/// A signature may be this much younger than a clock that is right.
const SLACK: TimeDelta = TimeDelta::minutes(5);

/// What the clocks of a display say at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub clock: DateTime<Utc>,
    /// Time since some moment; it only grows.
    pub elapsed: Duration,
    /// A time source (NTP, a radio clock) sets the clock.
    pub is_set_by_a_source: bool,
}

/// What is held of the clock while the display runs.
#[derive(Clone, Debug)]
pub struct Belief {
    /// No clock before it is right, whatever sets it.
    built: DateTime<Utc>,
    note: ClockNote,
    last: Reading,
}

impl Belief {
    /// Begins with what was noted before the display was switched off. `built` is when this Parvis was.
    pub fn new(noted: Option<ClockNote>, built: DateTime<Utc>, reading: Reading) -> Self {
        let mut note = noted.unwrap_or(ClockNote { evidence: None, floor: built });
        note.floor = note.floor.max(built);
        let mut belief = Self { built, note, last: reading };
        belief.look(reading);
        belief
    }

    pub fn note(&self) -> &ClockNote {
        &self.note
    }

    pub fn is_trusted(&self) -> bool {
        self.note.evidence.is_none()
    }

    /// The time by which signatures are judged: the clock's, or when that is not believed the latest moment that has
    /// surely passed.
    pub fn judging_time(&self, reading: Reading) -> DateTime<Utc> {
        if self.is_trusted() { reading.clock.max(self.note.floor) } else { self.note.floor }
    }

    fn is_sourced(&self, reading: Reading) -> bool {
        reading.is_set_by_a_source && reading.clock >= self.built
    }

    /// Looks at the clocks again.
    pub fn look(&mut self, reading: Reading) {
        let passed = TimeDelta::from_std(reading.elapsed.saturating_sub(self.last.elapsed)).unwrap_or(TimeDelta::MAX);
        let jump = reading.clock.signed_duration_since(self.last.clock) - passed;
        // The floor goes on by itself: what has surely passed is longer ago now.
        self.note.floor = self.note.floor.checked_add_signed(passed).unwrap_or(self.note.floor);
        self.last = reading;
        if self.is_sourced(reading) {
            self.note = ClockNote { evidence: None, floor: reading.clock };
        } else if reading.clock + JUMP < self.note.floor {
            let floor = self.note.floor.format("%F %R");
            self.note.evidence = Some(format!("the clock says {}, yet {floor} UTC has passed", said(reading.clock)));
        } else if jump.abs() > JUMP && self.is_trusted() {
            let words = format!("the clock jumped by {} s to {}", jump.num_seconds(), said(reading.clock));
            self.note.evidence = Some(words);
        }
    }

    /// Metadata that was new has been verified; the town signed it at this moment.
    pub fn verified(&mut self, signed: Option<DateTime<Utc>>, reading: Reading) {
        let Some(signed) = signed else { return };
        if self.is_sourced(reading) {
            return;
        }
        if reading.clock + FAR < signed {
            let words = format!("the clock says {}, yet the town signed on {}", said(reading.clock), said(signed));
            self.note.evidence = Some(words);
        } else if signed <= reading.clock + SLACK && reading.clock <= signed + FAR {
            self.note.evidence = None;
            // A floor that a wrong clock had set ends here as well.
            self.note.floor = signed;
            return;
        }
        self.note.floor = self.note.floor.max(signed);
    }

    /// By the clock what the town signed has expired; the signature holds, is not older than what this display has seen,
    /// and was made within a day of what the server's clock says. Nobody signs that clock, so it alone is no evidence.
    ///
    /// Whether all that speaks against the clock now, and did not before.
    pub fn has_expired(
        &mut self,
        signed: Option<DateTime<Utc>>,
        server: Option<DateTime<Utc>>,
        reading: Reading,
    ) -> bool {
        let (Some(signed), Some(server)) = (signed, server) else { return false };
        let is_ahead = server + FAR < reading.clock;
        let is_fresh = (server - signed).abs() <= FAR && signed + FAR > self.note.floor;
        if !is_ahead || !is_fresh || self.is_sourced(reading) || !self.is_trusted() {
            return false;
        }
        let words = format!("the clock says {}, the town's server {}", said(reading.clock), said(server));
        self.note.evidence = Some(words);
        true
    }
}

fn said(at: DateTime<Utc>) -> String {
    at.format("%F %R UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn reading(clock: &str, elapsed_secs: u64) -> Reading {
        Reading { clock: at(clock), elapsed: Duration::from_secs(elapsed_secs), is_set_by_a_source: false }
    }

    const BUILT: &str = "2026-01-01T00:00:00Z";

    fn belief(clock: &str) -> Belief {
        Belief::new(None, at(BUILT), reading(clock, 0))
    }

    #[test]
    fn a_clock_is_believed_until_something_speaks_against_it() {
        let mut belief = belief("2026-06-01T10:00:00Z");
        assert!(belief.is_trusted(), "the absence of a time source is no evidence");
        belief.look(reading("2026-06-01T11:00:30Z", 3600));
        assert!(belief.is_trusted(), "half a minute in an hour");
        belief.look(reading("2026-06-01T14:00:00Z", 7200));
        assert!(belief.note().evidence.as_deref().unwrap().contains("jumped by 7170 s"), "{:?}", belief.note());
    }

    #[test]
    fn before_the_build_and_before_what_was_noted_it_is_not_believed() {
        assert!(!belief("1970-01-01T00:00:10Z").is_trusted());
        let noted = ClockNote { evidence: None, floor: at("2026-06-03T00:00:00Z") };
        let belief = Belief::new(Some(noted), at(BUILT), reading("2026-06-01T00:00:00Z", 0));
        assert!(!belief.is_trusted(), "two days back");
        assert_eq!(belief.judging_time(reading("2026-06-01T00:00:00Z", 0)), at("2026-06-03T00:00:00Z"));
    }

    #[test]
    fn what_the_town_signs_speaks_against_a_clock_and_for_it() {
        let mut belief = belief("2026-06-01T00:00:00Z");
        belief.verified(Some(at("2026-06-03T00:00:00Z")), reading("2026-06-01T00:00:00Z", 10));
        assert!(!belief.is_trusted());
        belief.look(reading("2026-06-03T00:10:00Z", 20));
        assert!(!belief.is_trusted(), "setting it is no proof yet");
        belief.verified(Some(at("2026-06-03T00:09:00Z")), reading("2026-06-03T00:10:00Z", 30));
        assert!(belief.is_trusted());
    }

    #[test]
    fn old_signatures_do_not_speak_against_a_clock() {
        let mut belief = belief("2026-06-01T00:00:00Z");
        belief.verified(Some(at("2026-05-20T00:00:00Z")), reading("2026-06-01T00:00:00Z", 10));
        assert!(belief.is_trusted(), "a stick lies in a drawer for weeks");
    }

    #[test]
    fn a_time_source_ends_every_doubt() {
        let mut belief = belief("2036-01-01T00:00:00Z");
        belief.verified(Some(at("2036-01-01T00:00:00Z")), reading("2036-01-01T00:00:00Z", 0));
        let sourced = Reading { is_set_by_a_source: true, ..reading("2026-06-01T00:00:00Z", 60) };
        belief.look(sourced);
        assert!(belief.is_trusted());
        assert_eq!(belief.note().floor, sourced.clock, "the floor of the wrong years is gone");
        belief.look(Reading { is_set_by_a_source: true, ..reading("1970-01-01T00:00:00Z", 61) });
        assert!(!belief.is_trusted(), "a source that says 1970 is none");
    }

    #[test]
    fn a_clock_ahead_is_doubted_when_the_server_and_a_fresh_signature_say_otherwise() {
        let mut belief = belief("2036-01-01T00:00:00Z");
        let ahead = reading("2036-01-01T00:00:00Z", 5);
        let june = Some(at("2026-06-01T00:00:00Z"));
        assert!(!belief.has_expired(june, None, ahead));
        assert!(!belief.has_expired(None, june, ahead));
        let may = Some(at("2026-05-01T00:00:00Z"));
        assert!(!belief.has_expired(may, june, ahead), "an old signature, played again");
        let before = Some(at("2020-01-01T00:00:00Z"));
        assert!(!belief.has_expired(before, before, ahead), "a server before the build");
        assert!(belief.has_expired(june, june, ahead));
        assert_eq!(belief.judging_time(ahead), at(BUILT));
    }

    #[test]
    fn what_was_seen_long_ago_is_no_fresh_signature_whatever_the_server_says() {
        let mut belief = belief("2026-06-01T00:00:00Z");
        let signed = Some(at("2026-06-01T00:00:00Z"));
        belief.verified(signed, reading("2026-06-01T00:00:00Z", 0));
        let nine_days_on = reading("2026-06-10T00:00:00Z", 9 * 24 * 3600);
        belief.look(nine_days_on);
        assert!(!belief.has_expired(signed, signed, nine_days_on));
    }
}
