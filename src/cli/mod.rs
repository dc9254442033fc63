//! The commands of `parvis` and `parvis-hub`: one file each.

#[cfg(feature = "player")]
pub mod display;
#[cfg(feature = "import")]
pub mod hub;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "player")]
mod play;
#[cfg(feature = "player")]
pub mod render;
