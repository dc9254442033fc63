use super::buffers::Buffers;
use super::decoder::{Decoder, Given};
use super::pace::Pace;
use super::{FilmFault, FilmFrame, FilmSpec, GStreamer};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The next pass is started so many seconds before the end of the one that plays: its first frame is there in time,
/// also where starting a decoder takes long.
const HEAD_START_SECS: u64 = 3;

/// How a film stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilmState {
    /// Its first frame is not there yet.
    Starting,
    Playing,
    /// All of it was shown; the last frame may stay.
    Ended,
    /// It cannot be shown, or no further.
    Failed(FilmFault),
}

/// A film that plays. Dropped, it ends with its decoders, without being waited for.
pub struct Film {
    buffers: Arc<Buffers>,
    pace: Pace,
}

impl Film {
    /// Starts a film on a thread of its own. Nothing is waited for: what is wrong with it is told by [`Film::state`].
    ///
    /// `wake` is called from that thread when there is news: a frame after none was waiting, or an end. It is dropped
    /// when all decoders are gone.
    pub fn open(gstreamer: GStreamer, path: PathBuf, spec: FilmSpec, wake: impl Fn() + Send + 'static) -> Self {
        let size = spec.frame_bytes();
        let buffers = Arc::new(Buffers::new(*size.as_ref().unwrap_or(&0)));
        let pace = Pace::new(spec.frames_per_second);
        let shown = Self { buffers: Arc::clone(&buffers), pace };
        let its = Arc::clone(&buffers);
        let play = move || {
            let projector = Projector { gstreamer, path: &path, spec, buffers: &its, wake: &wake };
            let how = size.and_then(|_| projector.play());
            its.end(how);
            wake();
        };
        if let Err(error) = std::thread::Builder::new().name("film".to_owned()).spawn(play) {
            buffers.end(Err(FilmFault::Unreadable(error.to_string())));
        }
        shown
    }

    /// The newest frame that is due at `now`, a clock that only grows; none while the last one given still holds. Never
    /// waits and takes no new memory. As long as a frame is kept, its memory is not read into.
    pub fn frame(&mut self, now: Duration) -> Option<FilmFrame> {
        self.buffers.due(&mut self.pace, now)
    }

    /// When the next frame is due. None: `wake` will tell.
    pub fn next_frame_at(&self) -> Option<Duration> {
        self.buffers.next().map(|number| self.pace.due(number))
    }

    pub fn state(&self) -> FilmState {
        match self.buffers.standing() {
            (_, Some(Err(fault))) => FilmState::Failed(fault),
            (_, Some(Ok(()))) => FilmState::Ended,
            (true, None) => FilmState::Playing,
            (false, None) => FilmState::Starting,
        }
    }
}

impl Drop for Film {
    fn drop(&mut self) {
        self.buffers.close();
    }
}

/// What a film's thread needs to play it.
struct Projector<'a> {
    gstreamer: GStreamer,
    path: &'a Path,
    spec: FilmSpec,
    buffers: &'a Buffers,
    wake: &'a dyn Fn(),
}

/// How a pass went.
enum Pass {
    /// To the end of the film. Where it is looped, the next one stands ready, or says why not.
    Over(Option<Result<Decoder, FilmFault>>),
    /// Nobody wants frames any more.
    Unwanted,
}

impl Projector<'_> {
    /// Pass after pass, as long as somebody wants frames.
    fn play(&self) -> Result<(), FilmFault> {
        let mut decoder = self.start()?;
        // Unknown during the first pass: its successor stands ready from the beginning.
        let mut length = 0;
        loop {
            let Pass::Over(next) = self.pass(&mut decoder, length)? else { return Ok(()) };
            length = decoder.frames();
            decoder.finish()?;
            // One process after another for a few frames each would cost more than the film shows.
            let Some(next) = next.filter(|_| length >= u64::from(self.spec.frames_per_second)) else { return Ok(()) };
            decoder = next?;
        }
    }

    fn start(&self) -> Result<Decoder, FilmFault> {
        Decoder::start(&self.gstreamer, self.path, &self.spec)
    }

    /// Shows a pass through the film, which has about `length` frames, and starts the next one in time.
    fn pass(&self, decoder: &mut Decoder, length: u64) -> Result<Pass, FilmFault> {
        let head_start = HEAD_START_SECS * u64::from(self.spec.frames_per_second);
        let mut next = None;
        if !self.buffers.read_from(decoder.output().ok()) {
            return Ok(Pass::Unwanted);
        }
        loop {
            let Some(mut buffer) = self.buffers.free() else { return Ok(Pass::Unwanted) };
            let given = decoder.read(&mut buffer)?;
            if given == Given::End {
                self.buffers.give_back(buffer);
                return Ok(if self.buffers.read_from(None) { Pass::Over(next) } else { Pass::Unwanted });
            }
            if self.buffers.show(buffer) {
                (self.wake)();
            }
            if self.spec.looped && next.is_none() && decoder.frames() + head_start >= length {
                next = Some(self.start());
            }
        }
    }
}
