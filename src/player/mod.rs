//! What visitors see and touch (Bevy).
pub mod map;
