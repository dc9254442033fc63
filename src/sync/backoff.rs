//! How long to wait before the next try.

use super::Chance;
use std::time::Duration;

/// Waits that grow with every failure, by chance up to twice as long each time: a thousand displays that lost the same
/// hub at once do not all come back in the same second.
#[derive(Clone, Debug, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// No wait is shorter: whatever chance says, nothing spins.
    pub const SHORTEST: Duration = Duration::from_secs(1);
    /// The longest wait after the first failure.
    pub const FIRST: Duration = Duration::from_secs(5);
    pub const LONGEST: Duration = Duration::from_secs(15 * 60);

    /// It failed once more: how long to wait now.
    pub fn failed(&mut self, chance: &dyn Chance) -> Duration {
        let ceiling = Self::FIRST.saturating_mul(2_u32.saturating_pow(self.failures)).min(Self::LONGEST);
        self.failures = self.failures.saturating_add(1);
        Self::SHORTEST + (ceiling - Self::SHORTEST).mul_f64(chance.fraction().clamp(0.0, 1.0))
    }

    /// It worked: the next failure is the first again.
    pub fn worked(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Always(f64);

    impl Chance for Always {
        fn fraction(&self) -> f64 {
            self.0
        }
    }

    fn secs_of(fraction: f64, failures: usize) -> Vec<f64> {
        let mut backoff = Backoff::default();
        (0..failures).map(|_| backoff.failed(&Always(fraction)).as_secs_f64()).collect()
    }

    #[test]
    fn the_longest_wait_doubles_up_to_a_quarter_of_an_hour() {
        assert_eq!(secs_of(1.0, 10), [5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0, 900.0, 900.0]);
        assert_eq!(secs_of(0.0, 3), [1.0, 1.0, 1.0]);
        assert_eq!(secs_of(0.5, 3), [3.0, 5.5, 10.5]);
    }

    #[test]
    fn after_it_worked_waits_are_short_again() {
        let mut backoff = Backoff::default();
        for _ in 0..20 {
            backoff.failed(&Always(1.0));
        }
        backoff.worked();
        assert_eq!(backoff.failed(&Always(1.0)), Backoff::FIRST);
    }

    proptest! {
        #[test]
        fn every_wait_lies_between_the_shortest_and_the_longest(fraction in 0.0..1.0_f64, failures in 1_u32..=100) {
            let mut backoff = Backoff { failures: failures - 1 };
            let wait = backoff.failed(&Always(fraction));
            prop_assert!(wait >= Backoff::SHORTEST && wait < Backoff::LONGEST, "{wait:?}");
        }

        #[test]
        fn more_failures_never_make_the_same_chance_shorter(fraction in 0.0..1.0_f64) {
            prop_assert!(secs_of(fraction, 40).is_sorted());
        }

        #[test]
        fn failures_without_end_are_counted_without_harm(fraction in 0.0..1.0_f64) {
            let mut backoff = Backoff { failures: u32::MAX };
            prop_assert!(backoff.failed(&Always(fraction)) < Backoff::LONGEST);
        }
    }
}
