//! The operating system of a display: its clock, and the local socket between its two programs. Linux only.

pub mod clock;
pub mod socket;
