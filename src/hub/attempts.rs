//! How often somebody may try a password.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// Wrong passwords for one account or from one address, until it has to wait.
const TRIES: usize = 5;
const WITHIN: TimeDelta = TimeDelta::minutes(15);
/// More are not remembered: the oldest are forgotten.
const REMEMBERED: usize = 10_000;

/// Who has tried wrong passwords, and when.
#[derive(Debug, Default)]
pub struct Attempts {
    failed: HashMap<String, Vec<DateTime<Utc>>>,
}

impl Attempts {
    /// Whether another try has to wait.
    pub fn is_blocked(&mut self, who: &str, now: DateTime<Utc>) -> bool {
        let Some(times) = self.failed.get_mut(who) else { return false };
        times.retain(|at| now - *at < WITHIN);
        times.len() >= TRIES
    }

    pub fn failed(&mut self, who: &str, now: DateTime<Utc>) {
        if self.failed.len() >= REMEMBERED {
            self.failed.retain(|_, times| times.iter().any(|at| now - *at < WITHIN));
        }
        if self.failed.len() < REMEMBERED {
            self.failed.entry(who.to_owned()).or_default().push(now);
        }
    }

    pub fn forget(&mut self, who: &str) {
        self.failed.remove(who);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_fails_five_times_waits_a_quarter_of_an_hour() {
        let begin: DateTime<Utc> = "2026-06-15T12:00:00Z".parse().unwrap();
        let at = |minutes| begin + TimeDelta::minutes(minutes);
        let mut attempts = Attempts::default();
        (0..5).for_each(|minute| {
            assert!(!attempts.is_blocked("a", at(minute)));
            attempts.failed("a", at(minute));
        });
        assert!(attempts.is_blocked("a", at(14)) && !attempts.is_blocked("b", at(14)));
        assert!(!attempts.is_blocked("a", at(15)), "the first try is forgotten");
        attempts.failed("a", at(15));
        attempts.forget("a");
        assert!(!attempts.is_blocked("a", at(15)));
        for nr in 0..2 * REMEMBERED {
            attempts.failed(&nr.to_string(), at(15));
        }
        assert_eq!(attempts.failed.len(), REMEMBERED);
        attempts.failed("late", at(40));
        assert_eq!(attempts.failed.len(), 1, "what is over makes room");
    }
}
