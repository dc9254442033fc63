//! Displays whose clock is wrong: never blank, never stuck, and what speaks against the clock is noted for the player.

use crate::display::Display;
use crate::town::{Note, Town};
use jiff::{Timestamp, ToSpan};

fn notes(state: &str) -> Vec<Note> {
    vec![Note::new("test:1", state)]
}

/// A display with a town that publishes on, and the right time, whatever the display's clock says.
struct Story {
    town: Town,
    display: Display,
    right: Timestamp,
}

impl Story {
    fn new(begin: &str) -> Self {
        let mut display = Display::new();
        let right = begin.parse().unwrap();
        display.clock.set(right);
        let town = Town::new(right);
        display.trust(&town.root());
        Self { town, display, right }
    }

    /// Hours pass, for the town and for the display's clock.
    fn pass(&mut self, hours: u16) {
        self.right += i64::from(hours).hours();
        self.display.clock.pass(u64::from(hours) * 3600);
    }

    /// The town publishes; whether the display takes it.
    fn publish(&mut self, state: &str) -> bool {
        self.town.publish(&notes(state), self.right);
        self.display.web.serve(&self.town.files);
        self.display.web.set_date(self.right);
        let turned = self.display.turn();
        assert!(!self.display.titles().is_empty(), "blank: {turned:?}");
        turned.is_ok() && self.display.titles() == [state]
    }

    fn is_trusted(&self) -> bool {
        self.display.store.clock_note().is_some_and(|note| note.evidence.is_none())
    }
}

#[test]
fn a_clock_at_1970_is_known_to_be_wrong_and_content_comes() {
    let mut story = Story::new("2026-06-01T10:00:00Z");
    story.display.clock.set("1970-01-01T00:00:07Z".parse().unwrap());
    story.display.restart();
    assert!(story.publish("first"));
    assert!(!story.is_trusted());
    let faults = story.display.store.sync_note().faults;
    assert_eq!(faults[0].kind, "clock");
    assert!(faults[0].words.contains("1970-01-01"), "{faults:?}");
    story.pass(1);
    assert!(story.publish("second"));
    story.display.clock.set(story.right);
    story.display.clock.set_by_a_source(true);
    assert!(story.publish("third"));
    assert!(story.is_trusted());
    assert!(story.display.store.sync_note().faults.is_empty());
}

#[test]
fn a_clock_at_2036_takes_content_on_as_soon_as_the_server_says_otherwise() {
    let mut story = Story::new("2026-06-01T10:00:00Z");
    assert!(story.publish("first"));
    story.display.clock.set("2036-01-01T00:00:00Z".parse().unwrap());
    story.display.restart();
    assert!(story.publish("second"), "years of content would be lost");
    assert!(!story.is_trusted());
    story.pass(1);
    assert!(story.publish("third"));
    // Somebody sets it right by hand: what the town signs agrees with it again.
    story.display.clock.set(story.right);
    story.pass(1);
    assert!(story.publish("fourth"));
    assert!(story.is_trusted());
}

#[test]
fn a_clock_a_month_ahead_is_not_stuck_for_a_month() {
    let mut story = Story::new("2026-06-01T10:00:00Z");
    assert!(story.publish("first"));
    story.display.clock.set(story.right + (30 * 24).hours());
    story.display.restart();
    assert!(story.publish("second"));
    assert!(!story.is_trusted());
}

#[test]
fn a_clock_at_2036_alone_keeps_what_is_shown() {
    let mut story = Story::new("2026-06-01T10:00:00Z");
    assert!(story.publish("first"));
    story.display.clock.set("2036-01-01T00:00:00Z".parse().unwrap());
    story.display.restart();
    story.display.web.set_date("2036-01-01T00:00:00Z".parse().unwrap());
    story.town.publish(&notes("second"), story.right);
    story.display.web.serve(&story.town.files);
    assert_eq!(story.display.turn().unwrap_err().kind(), "stale");
    assert_eq!(story.display.titles(), ["first"]);
    story.display.clock.set(story.right);
    story.display.restart();
    assert!(story.publish("third"));
}

#[test]
fn a_clock_two_days_back_is_known_to_be_wrong_and_content_comes() {
    let mut story = Story::new("2026-06-10T10:00:00Z");
    assert!(story.publish("first"));
    story.display.clock.set(story.right - 48.hours());
    story.pass(1);
    assert!(story.publish("second"));
    assert!(!story.is_trusted());
    story.display.restart();
    story.pass(1);
    assert!(story.publish("third"));
    assert!(!story.is_trusted(), "a restart is no reason to believe it");
}

#[test]
fn forward_and_back_again_leaves_nothing_stuck() {
    let mut story = Story::new("2026-06-10T10:00:00Z");
    assert!(story.publish("first"));
    story.display.clock.set(story.right + 72.hours());
    assert!(story.publish("second"));
    assert!(!story.is_trusted(), "it jumped");
    story.display.clock.set(story.right);
    story.pass(1);
    assert!(story.publish("third"));
    assert!(story.is_trusted(), "it agrees with what the town signs");
}

#[test]
fn nights_of_summer_time_and_leap_days_are_days_like_others() {
    for begin in ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z", "2028-02-28T12:00:00Z", "2026-12-31T12:00:00Z"] {
        let mut story = Story::new(begin);
        for hour in 0..48 {
            assert!(story.publish(&format!("{begin} {hour}")), "{begin} + {hour} h");
            assert!(story.is_trusted(), "{begin} + {hour} h");
            story.pass(1);
        }
    }
}

#[test]
fn without_a_time_source_the_clock_is_believed_for_months() {
    let mut story = Story::new("2026-06-10T10:00:00Z");
    assert!(story.publish("first"));
    for week in 0..20 {
        story.pass(7 * 24);
        assert!(story.publish(&week.to_string()));
        assert!(story.is_trusted());
    }
}
