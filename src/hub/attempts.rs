//! How often somebody may try a password.

use super::listening::owner;
use crate::publication::Digest;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// Wrong passwords within a quarter of an hour, until another try has to wait: for an account from one address, from an
/// address, for an account. So nobody elsewhere keeps staff from signing in with a few tries.
const TRIES: [usize; 3] = [5, 20, 50];
const WITHIN: TimeDelta = TimeDelta::minutes(15);
/// More are not remembered: the one that was tried longest ago goes.
const REMEMBERED: usize = 10_000;

/// Who has tried passwords, and when. Of names and addresses only a hash is kept, however long they are.
#[derive(Debug, Default)]
pub struct Attempts {
    tried: HashMap<Digest, Vec<DateTime<Utc>>>,
}

/// What tries are counted by, in the order of [`TRIES`].
fn keys(account: &str, address: &str) -> [Digest; 3] {
    let address = address.parse().map_or_else(|_| address.to_owned(), |ip| owner(ip).to_string());
    [format!("{account} from {address}"), format!("from {address}"), account.to_owned()]
        .map(|key| Digest::of(key.as_bytes()))
}

impl Attempts {
    /// Takes a try, before anybody looks at the password: of many at once no more are let through than of one after the
    /// other. False: another try has to wait.
    pub fn take(&mut self, account: &str, address: &str, now: DateTime<Utc>) -> bool {
        let keys = keys(account, address);
        let is_blocked = keys.iter().zip(TRIES).any(|(key, tries)| {
            let Some(times) = self.tried.get_mut(key) else { return false };
            times.retain(|at| now - *at < WITHIN);
            times.len() >= tries
        });
        if is_blocked {
            return false;
        }
        if self.tried.len() + keys.len() > REMEMBERED {
            self.tried.retain(|_, times| times.iter().any(|at| now - *at < WITHIN));
        }
        for key in keys {
            self.tried.entry(key).or_default().push(now);
        }
        while self.tried.len() > REMEMBERED {
            let oldest = self.tried.iter().min_by_key(|(_, times)| times.last()).map(|(key, _)| *key);
            oldest.map(|key| self.tried.remove(&key));
        }
        true
    }

    /// The password was right: that try was none, nor were those of this account from there before.
    pub fn give_back(&mut self, account: &str, address: &str, taken: DateTime<Utc>) {
        let [pair, others @ ..] = keys(account, address);
        self.tried.remove(&pair);
        for key in others {
            if let Some(times) = self.tried.get_mut(&key)
                && let Some(at) = times.iter().position(|at| *at == taken)
            {
                times.swap_remove(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        "2026-06-15T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
    }

    #[test]
    fn whoever_tries_five_times_waits_a_quarter_of_an_hour_and_nobody_else_does() {
        let mut attempts = Attempts::default();
        (0..5).for_each(|minute| assert!(attempts.take("anne", "192.0.2.1", at(minute))));
        assert!(!attempts.take("anne", "192.0.2.1", at(14)));
        assert!(attempts.take("anne", "192.0.2.2", at(14)) && attempts.take("ben", "192.0.2.1", at(14)));
        assert!(attempts.take("anne", "192.0.2.1", at(15)), "the first try is forgotten");
        attempts.give_back("anne", "192.0.2.1", at(15));
        (0..5).for_each(|_| assert!(attempts.take("anne", "192.0.2.1", at(15))));
    }

    #[test]
    fn many_accounts_from_one_address_and_one_account_from_many_wait_as_well() {
        let mut attempts = Attempts::default();
        let there = |nr: u8| format!("2001:db8::{nr}:0:0:0:1");
        (0..20).for_each(|nr: u8| assert!(attempts.take(&nr.to_string(), &format!("2001:db8::{nr}"), at(0))));
        assert!(!attempts.take("anne", "2001:db8::ff", at(1)), "they are one network");
        (0..50).for_each(|nr| assert!(attempts.take("anne", &there(nr + 1), at(0))));
        assert!(!attempts.take("anne", "192.0.2.1", at(1)));
    }

    #[test]
    fn who_signs_in_again_and_again_never_waits() {
        let mut attempts = Attempts::default();
        for _ in 0..100 {
            assert!(attempts.take("anne", "192.0.2.1", at(0)));
            attempts.give_back("anne", "192.0.2.1", at(0));
        }
    }

    #[test]
    fn what_is_remembered_is_bounded_and_what_is_new_is_counted_even_then() {
        let mut attempts = Attempts::default();
        (0..REMEMBERED).for_each(|nr| assert!(attempts.take(&nr.to_string(), &nr.to_string(), at(0))));
        assert!(attempts.tried.len() <= REMEMBERED);
        (0..5).for_each(|_| assert!(attempts.take("late", "late", at(1))));
        assert!(!attempts.take("late", "late", at(1)));
        attempts.take("later", "later", at(40));
        assert_eq!(attempts.tried.len(), 3, "what is over makes room");
    }
}
