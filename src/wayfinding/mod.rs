//! How far, how long and in which direction. Pure.

mod direction;
mod distance;
mod walking;

pub use direction::{Direction, direction};
pub use distance::{bearing_degrees, distance_m};
pub use walking::{Pace, walking_minutes};
