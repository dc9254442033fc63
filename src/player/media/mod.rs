//! Pictures: what to show, and the worker that makes it off the main thread.

mod cache;
mod decode;
mod spec;

pub use cache::{PictureCache, Pictures};
pub use spec::{MapMark, PictureSpec};
