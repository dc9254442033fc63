//! The commands of `parvis` and `parvis-hub`: one file each.

#[cfg(feature = "import")]
pub mod hub;
#[cfg(feature = "import")]
mod import;
