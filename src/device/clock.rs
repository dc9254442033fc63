//! What the kernel knows about the clock.

use std::time::Duration;

/// Whether a time source (NTP, a radio clock) sets the clock, as the kernel has been told.
#[expect(unsafe_code, reason = "std does not say whether the clock is set by anything")]
pub fn is_set_by_a_source() -> bool {
    // SAFETY: `timex` is plain numbers, for which zero is a value; with `modes` zero the kernel only fills it in.
    let (state, status) = unsafe {
        let mut timex: libc::timex = std::mem::zeroed();
        (libc::adjtimex(&raw mut timex), timex.status)
    };
    is_set(state, status)
}

/// The kernel says that nothing sets the clock by its answer, by a bit of the status, or by both.
fn is_set(state: i32, status: i32) -> bool {
    state >= 0 && state != libc::TIME_ERROR && status & libc::STA_UNSYNC == 0
}

/// Time since the machine started, sleep included. It only grows, whatever happens to the clock.
#[expect(unsafe_code, reason = "std's monotonic clock stands still while the machine sleeps")]
pub fn since_start() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the kernel fills in `time`, which lives as long as the call; it knows this clock since Linux 2.6.39, and
    // where it does not it leaves `time` as it is.
    unsafe {
        libc::clock_gettime(libc::CLOCK_BOOTTIME, &raw mut time);
    }
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_saying_that_nothing_sets_the_clock_counts() {
        assert!(is_set(libc::TIME_OK, libc::STA_PLL));
        assert!(is_set(libc::TIME_INS, 0), "a leap second is announced by a source");
        assert!(!is_set(libc::TIME_ERROR, 0));
        assert!(!is_set(libc::TIME_OK, libc::STA_UNSYNC | libc::STA_PLL));
        assert!(!is_set(-1, 0), "a kernel that does not answer knows nothing of a source");
    }

    #[test]
    fn time_since_the_start_agrees_with_the_kernel() {
        let uptime = |text: String| text.split(' ').next().and_then(|secs| secs.parse::<f64>().ok());
        let before = std::fs::read_to_string("/proc/uptime").ok().and_then(uptime).unwrap();
        let (first, second) = (since_start(), since_start());
        assert!(first.as_secs_f64() + 0.02 >= before, "{first:?}, {before}");
        assert!(second >= first);
        // It answers, whatever it says.
        is_set_by_a_source();
    }
}
