use std::time::Duration;

/// Later than this a film goes on where it is instead of hurrying after its time: nobody watched, or the PC is too slow.
const LATE_MAX: Duration = Duration::from_secs(1);

/// Which frame is due when, by the clock of whoever shows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    frames_per_second: u32,
    /// A frame, by its number, and the moment at which it was due.
    known: Option<(u64, Duration)>,
}

impl Pace {
    pub(super) fn new(frames_per_second: u32) -> Self {
        Self { frames_per_second: frames_per_second.max(1), known: None }
    }

    /// When a frame is due; at once, where none was yet.
    pub(super) fn due(&self, number: u64) -> Duration {
        let Some((known, at)) = self.known else { return Duration::ZERO };
        let frames = number.saturating_sub(known);
        let rate = u64::from(self.frames_per_second);
        let part = Duration::from_secs(frames % rate) / self.frames_per_second;
        at + Duration::from_secs(frames / rate) + part
    }

    /// The oldest frame there is, seen at `now`: the first one is due then, and so is one that is far too late.
    pub(super) fn see(&mut self, number: u64, now: Duration) {
        if self.known.is_none() || self.due(number) + LATE_MAX < now {
            self.known = Some((number, now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn frames_are_due_at_even_distances_from_the_first_that_was_seen() {
        let mut pace = Pace::new(30);
        assert_eq!(pace.due(7), Duration::ZERO, "nobody has seen one yet");
        pace.see(0, 500 * MS);
        assert_eq!(pace.due(0), 500 * MS);
        assert_eq!(pace.due(3), 600 * MS);
        assert_eq!(pace.due(30 * 60 * 60 * 24), 500 * MS + Duration::from_secs(24 * 60 * 60), "nothing adds up");
    }

    #[test]
    fn a_little_late_is_caught_up_and_much_is_forgiven() {
        let mut pace = Pace::new(25);
        pace.see(0, Duration::ZERO);
        pace.see(10, 1_400 * MS);
        assert_eq!(pace.due(11), 440 * MS, "one second late");
        pace.see(11, 1_500 * MS);
        assert_eq!(pace.due(11), 1_500 * MS);
        assert_eq!(pace.due(12), 1_540 * MS);
    }
}
