//! The panel of a display, switched and dimmed by whatever this machine has for it: the kernel's backlight, a tool of the
//! display server, or a command of town IT. On a thread of its own, for some of them take seconds.

mod backlight;
mod child;
mod commands;
mod switch;
#[cfg(test)]
mod tests;

pub use switch::{Switch, find};

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long after a failure the same is tried again.
const RETRY: Duration = Duration::from_secs(60);

/// What switches a panel.
pub trait PanelPower: Send {
    /// What it is, in words for IT: "the backlight intel_backlight".
    fn words(&self) -> String;

    /// Switches the panel on or off.
    ///
    /// # Errors
    /// A sentence for IT.
    fn set(&mut self, on: bool) -> Result<(), String>;

    fn can_dim(&self) -> bool {
        false
    }

    /// Sets the brightness of a panel that is on, from 1 to 100 percent of what it can. Nothing happens where it cannot
    /// dim.
    ///
    /// # Errors
    /// A sentence for IT.
    fn dim(&mut self, _percent: u8) -> Result<(), String> {
        Ok(())
    }
}

/// How a panel shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelState {
    pub on: bool,
    /// Of what the panel can; it counts while the panel is on.
    pub brightness_percent: u8,
}

/// A panel, and the thread that switches it. Dropping it waits until what was asked last was tried; the panel stays as
/// it is.
pub struct Panel {
    asked: Option<PanelState>,
    orders: Option<Sender<PanelState>>,
    can_dim: bool,
    thread: Option<JoinHandle<()>>,
}

struct Worker<F> {
    power: Box<dyn PanelPower>,
    retry: Duration,
    tell: F,
    tried: Option<PanelState>,
    /// How the panel is, where that is known.
    done: Option<PanelState>,
    has_told: bool,
}

impl Panel {
    /// `tell` is called on the thread with a sentence for IT when the panel cannot be switched, once until it can again.
    /// It is tried again every minute and at each change.
    ///
    /// # Errors
    /// When there is no room for a thread.
    pub fn start(power: Box<dyn PanelPower>, tell: impl Fn(String) + Send + 'static) -> io::Result<Self> {
        Self::start_with(power, RETRY, tell)
    }

    fn start_with(
        power: Box<dyn PanelPower>,
        retry: Duration,
        tell: impl Fn(String) + Send + 'static,
    ) -> io::Result<Self> {
        let ((orders, inbox), can_dim) = (channel(), power.can_dim());
        let worker = Worker { power, retry, tell, tried: None, done: None, has_told: false };
        let thread = std::thread::Builder::new().name("panel".to_owned()).spawn(move || worker.run(&inbox))?;
        Ok(Self { asked: None, orders: Some(orders), can_dim, thread: Some(thread) })
    }

    /// Whether it is dimmed by the panel; else the picture has to be darkened.
    pub fn can_dim(&self) -> bool {
        self.can_dim
    }

    /// Asks for a state. It never waits; of several states asked for while the panel is slow only the last counts, and
    /// what the panel is already is not done again.
    ///
    /// So that nobody sees half of a change, ask for off when the black picture has been presented, and for on before
    /// the first picture is.
    pub fn ask(&mut self, state: PanelState) {
        if self.asked.replace(state) != Some(state)
            && let Some(orders) = &self.orders
        {
            orders.send(state).ok();
        }
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

impl<F: Fn(String)> Worker<F> {
    fn run(mut self, orders: &Receiver<PanelState>) {
        while let Some(state) = self.next(orders) {
            self.tried = Some(state);
            match self.apply(state) {
                Ok(()) => (self.done, self.has_told) = (Some(state), false),
                Err(reason) => {
                    self.done = None;
                    if !std::mem::replace(&mut self.has_told, true) {
                        (self.tell)(format!("the panel cannot be switched by {}: {reason}", self.power.words()));
                    }
                }
            }
        }
    }

    /// Waits for another state, or for the time to try one again. `None` at the end.
    fn next(&self, orders: &Receiver<PanelState>) -> Option<PanelState> {
        let first = if self.done == self.tried {
            orders.recv().ok()?
        } else {
            match orders.recv_timeout(self.retry) {
                Ok(state) => state,
                Err(RecvTimeoutError::Timeout) => return self.tried,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        };
        Some(orders.try_iter().last().unwrap_or(first))
    }

    fn apply(&mut self, state: PanelState) -> Result<(), String> {
        let was = self.done;
        if was.is_none_or(|was| was.on != state.on) {
            self.power.set(state.on)?;
        }
        // Some panels come back brighter than they went.
        if state.on && self.power.can_dim() && was != Some(state) {
            self.power.dim(state.brightness_percent.clamp(1, 100))?;
        }
        Ok(())
    }
}
