//! Turns an instant into what a visitor asks: is it open, is it tonight, when does it end. Pure: `now` is a parameter.

mod change;
mod hours;
mod local;
mod night;
mod period;
#[cfg(test)]
mod tests;
mod when;

pub use change::{minutes_left, minutes_until, next_change};
pub use hours::{Day, Hours, Opening};
pub use local::{instant, zone};
pub use night::is_night;
pub use period::{Period, falls_in};
pub use when::{When, next_timing, when, when_in};
