//! The commands of `parvis` and `parvis-hub`: one file each.
