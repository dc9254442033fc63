//! How often somebody may try a password.

use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// Wrong passwords within a quarter of an hour, until another try has to wait: for an account from one address, from an
/// address, for an account. So nobody elsewhere keeps staff from signing in with a few tries.
const TRIES: [usize; 3] = [5, 20, 50];
const WITHIN: TimeDelta = TimeDelta::minutes(15);
/// More are not remembered.
const REMEMBERED: usize = 10_000;

/// Who has tried wrong passwords, and when.
#[derive(Debug, Default)]
pub struct Attempts {
    failed: HashMap<String, Vec<DateTime<Utc>>>,
}

/// What tries are counted by, in the order of [`TRIES`].
fn keys(account: &str, address: &str) -> [String; 3] {
    [format!("{account} from {address}"), format!("from {address}"), account.to_owned()]
}

impl Attempts {
    /// Whether another try has to wait.
    pub fn is_blocked(&mut self, account: &str, address: &str, now: DateTime<Utc>) -> bool {
        keys(account, address).iter().zip(TRIES).any(|(key, tries)| {
            let Some(times) = self.failed.get_mut(key) else { return false };
            times.retain(|at| now - *at < WITHIN);
            times.len() >= tries
        })
    }

    pub fn failed(&mut self, account: &str, address: &str, now: DateTime<Utc>) {
        if self.failed.len() >= REMEMBERED {
            self.failed.retain(|_, times| times.iter().any(|at| now - *at < WITHIN));
        }
        for key in keys(account, address) {
            if self.failed.len() < REMEMBERED || self.failed.contains_key(&key) {
                self.failed.entry(key).or_default().push(now);
            }
        }
    }

    /// The right password was given from there.
    pub fn forget(&mut self, account: &str, address: &str) {
        let [pair, ..] = keys(account, address);
        self.failed.remove(&pair);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        "2026-06-15T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
    }

    #[test]
    fn whoever_fails_five_times_waits_a_quarter_of_an_hour_and_nobody_else_does() {
        let mut attempts = Attempts::default();
        (0..5).for_each(|minute| {
            assert!(!attempts.is_blocked("anne", "here", at(minute)));
            attempts.failed("anne", "here", at(minute));
        });
        assert!(attempts.is_blocked("anne", "here", at(14)));
        assert!(!attempts.is_blocked("anne", "there", at(14)) && !attempts.is_blocked("ben", "here", at(14)));
        assert!(!attempts.is_blocked("anne", "here", at(15)), "the first try is forgotten");
        attempts.failed("anne", "here", at(15));
        attempts.forget("anne", "here");
        assert!(!attempts.is_blocked("anne", "here", at(15)));
    }

    #[test]
    fn many_accounts_from_one_address_and_one_account_from_many_wait_as_well() {
        let mut attempts = Attempts::default();
        (0..20).for_each(|nr| attempts.failed(&nr.to_string(), "here", at(0)));
        assert!(attempts.is_blocked("anne", "here", at(1)) && !attempts.is_blocked("anne", "there", at(1)));
        (0..50).for_each(|nr| attempts.failed("anne", &nr.to_string(), at(0)));
        assert!(attempts.is_blocked("anne", "elsewhere", at(1)));
    }

    #[test]
    fn what_is_remembered_is_bounded_and_what_is_over_makes_room() {
        let mut attempts = Attempts::default();
        (0..2 * REMEMBERED).for_each(|nr| attempts.failed(&nr.to_string(), &nr.to_string(), at(0)));
        assert!(attempts.failed.len() <= REMEMBERED);
        attempts.failed("late", "late", at(40));
        assert_eq!(attempts.failed.len(), 3);
    }
}
