//! The clock and the chance of this machine.

use super::{Chance, Clock, Soon};
use crate::device::clock;
use jiff::Timestamp;
use rand::TryRng;
use rand::rngs::SysRng;
use std::time::Duration;

/// This machine's clock; it waits within tokio.
pub struct MachineClock;

impl Clock for MachineClock {
    #[expect(clippy::disallowed_methods, reason = "whether the clock is believed is decided from here on")]
    fn now(&self) -> Timestamp {
        std::time::SystemTime::now().try_into().unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn elapsed(&self) -> Duration {
        clock::since_start()
    }

    fn is_set_by_a_source(&self) -> bool {
        clock::is_set_by_a_source()
    }

    fn sleep(&self, time: Duration) -> Soon<'_, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// This machine's random numbers.
pub struct MachineChance;

impl Chance for MachineChance {
    fn fraction(&self) -> f64 {
        // Without random numbers a display waits as long as it may: still right, only less spread.
        SysRng.try_next_u32().map_or(1.0 - f64::EPSILON, |number| f64::from(number) / (f64::from(u32::MAX) + 1.0))
    }
}
