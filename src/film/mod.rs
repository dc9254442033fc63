//! Films, decoded by GStreamer in processes of their own.
//!
//! Nothing of GStreamer is linked: a codec that crashes takes its own process down and not the screen, and a decoder
//! that hangs can be ended, which a thread cannot. What comes back through a socket are whole pictures of the size that
//! was asked for, so that whoever shows them knows nothing of films.

mod availability;
mod buffers;
mod decoder;
mod fault;
mod gstreamer;
mod pace;
mod playing;
mod poster;
mod probe;
mod process;

pub use availability::{Availability, Codec, Decoding};
pub use buffers::FilmFrame;
pub use decoder::{FilmSpec, Fit};
pub use fault::{FilmFault, Lies};
pub use gstreamer::GStreamer;
pub use playing::{Film, FilmState};
pub use poster::Poster;
pub use probe::Probe;
