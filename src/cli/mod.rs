//! The commands of `parvis` and `parvis-hub`: one file each.

#[cfg(feature = "player")]
pub mod display;
#[cfg(feature = "player")]
pub mod render;
