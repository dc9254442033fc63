//! Wakes the player when something is due: the event loop sleeps until a touch, a picture or this.

use bevy::prelude::*;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// The next instant the player asked to be woken at; a new one replaces it.
///
/// Not the event loop's own timeout: each change of that one costs a frame.
#[derive(Resource)]
pub struct Alarm {
    orders: Sender<Instant>,
    set: Option<Instant>,
}

/// Instants nearer than this are the same.
const SAME: Duration = Duration::from_millis(3);

impl Alarm {
    /// Starts the thread that waits; it calls `wake` when the time has come.
    pub fn start(wake: impl Fn() + Send + 'static) -> Self {
        let (orders, inbox) = channel::<Instant>();
        std::thread::spawn(move || {
            let mut due: Option<Instant> = None;
            loop {
                let order = match due {
                    None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                    Some(at) => inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
                };
                match order {
                    Ok(at) => due = Some(at),
                    Err(RecvTimeoutError::Timeout) => {
                        due = None;
                        wake();
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Self { orders, set: None }
    }

    /// Rings after this long, and not when it was told to before.
    pub fn ring_in(&mut self, now: Instant, wait: Duration) {
        let at = now + wait;
        let same = self.set.is_some_and(|set| set > now && set.max(at).duration_since(set.min(at)) < SAME);
        if !same && self.orders.send(at).is_ok() {
            self.set = Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_order_counts() {
        let (rung, rings) = channel();
        let mut alarm = Alarm::start(move || rung.send(()).unwrap());
        let now = Instant::now();
        alarm.ring_in(now, Duration::from_secs(3600));
        alarm.ring_in(now, Duration::ZERO);
        assert!(rings.recv().is_ok());
        alarm.ring_in(now, Duration::from_secs(3600));
        assert!(rings.try_recv().is_err());
    }
}
