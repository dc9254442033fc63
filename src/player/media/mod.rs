//! Pictures: what to show, and the workers that make it off the main thread.

mod cache;
mod damage;
mod decode;
mod spec;

pub use cache::{CACHE_MAX_BYTES, PictureCache, PictureKey, Pictures};
pub use damage::Damage;
pub use decode::{Easel, Files, Gallery, MapLabel, picture_size, qr_modules};
pub use spec::{MapMark, PictureSpec};
