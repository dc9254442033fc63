//! How far, how long and in which direction. Pure.
