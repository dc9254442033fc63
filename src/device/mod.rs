//! The operating system of a display: its clock, its panel, and the local socket between its two programs. Linux only.

pub mod clock;
pub mod panel;
pub mod socket;
