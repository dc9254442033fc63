use super::FilmFault;
use super::gstreamer::{GStreamer, open};
use super::process::Process;
use std::io::{ErrorKind, Read};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// Bytes of a pixel: red, green, blue, and one that is always full.
pub(super) const PIXEL_BYTES: usize = 4;

/// The largest picture, in pixels of a side: an 8K panel.
const SIDE_MAX: u32 = 8192;
const FRAMES_PER_SECOND_MAX: u32 = 60;

/// So often a decoder that gives nothing is asked why.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// How a film of another shape fills its region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Fills it, and loses what does not fit.
    #[default]
    Cover,
    /// Stands in it whole, between black borders.
    Contain,
}

/// How a film is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilmSpec {
    /// Size of the region in pixels.
    pub width: u32,
    pub height: u32,
    pub fit: Fit,
    pub frames_per_second: u32,
    /// Begins again at its end, without a gap. One shorter than a second plays once.
    pub looped: bool,
    /// How long a decoder may take for a frame, the first one included, before it is ended.
    pub patience: Duration,
}

impl FilmSpec {
    /// A film that fills a region of so many pixels again and again, at 25 frames per second.
    pub fn new(width: u32, height: u32) -> Self {
        let patience = Duration::from_secs(5);
        Self { width, height, fit: Fit::Cover, frames_per_second: 25, looped: true, patience }
    }

    /// Bytes of a frame.
    pub(super) fn frame_bytes(&self) -> Result<usize, FilmFault> {
        let Self { width, height, frames_per_second, .. } = *self;
        let of_use = |side| (1..=SIDE_MAX).contains(&side);
        if !of_use(width) || !of_use(height) || !(1..=FRAMES_PER_SECOND_MAX).contains(&frames_per_second) {
            return Err(FilmFault::Unreasonable { width, height, frames_per_second });
        }
        Ok(width as usize * height as usize * PIXEL_BYTES)
    }

    /// What GStreamer does: film at its standard input, whole frames at its standard output.
    fn pipeline(&self) -> Vec<String> {
        let Self { width, height, frames_per_second, .. } = self;
        // Only pictures are decoded: the sound of a muted film costs nothing.
        let decode = "decodebin expose-all-streams=false caps=video/x-raw(ANY)";
        let upright = "videoflip video-direction=auto";
        let shape = match self.fit {
            Fit::Cover => format!("aspectratiocrop aspect-ratio={width}/{height} ! videoscale add-borders=false"),
            Fit::Contain => "videoscale add-borders=true".to_owned(),
        };
        let wanted = format!(
            "video/x-raw,format=RGBA,width={width},height={height},framerate={frames_per_second}/1,pixel-aspect-ratio=1/1"
        );
        // It decodes on while a frame is read.
        let ahead = "queue max-size-buffers=2 max-size-bytes=0 max-size-time=0";
        // Scaled as it was decoded: a pixel has half the bytes that it has as RGBA.
        let pipeline = format!(
            "filesrc location=/proc/self/fd/0 ! {decode} ! videorate ! videoconvert ! {upright} ! {shape} ! videoconvert ! \
             {wanted} ! {ahead} ! fdsink sync=false"
        );
        pipeline.split(' ').map(str::to_owned).collect()
    }
}

/// What a decoder gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    Frame,
    End,
}

/// One pass through a film.
pub(super) struct Decoder {
    process: Process,
    output: UnixStream,
    patience: Duration,
    frames: u64,
}

impl Decoder {
    pub(super) fn start(gstreamer: &GStreamer, film: &Path, spec: &FilmSpec) -> Result<Self, FilmFault> {
        spec.frame_bytes()?;
        let mut command = gstreamer.command("gst-launch-1.0")?;
        command.arg("-q").args(spec.pipeline()).stdin(open(film)?);
        let (process, output) = Process::start(command)?;
        // A system that refuses a time limit would leave the watchdog blind.
        output
            .set_read_timeout(Some(spec.patience.min(LOOK_EVERY)))
            .map_err(|error| FilmFault::Unreadable(error.to_string()))?;
        Ok(Self { process, output, patience: spec.patience, frames: 0 })
    }

    /// The end at which whoever waits for this decoder can be woken.
    pub(super) fn output(&self) -> std::io::Result<UnixStream> {
        self.output.try_clone()
    }

    /// Frames given so far.
    pub(super) fn frames(&self) -> u64 {
        self.frames
    }

    /// Reads the next frame into `frame`, which has its length. Waits little longer than the patience.
    pub(super) fn read(&mut self, frame: &mut [u8]) -> Result<Given, FilmFault> {
        let began = Instant::now();
        let mut filled = 0;
        while filled < frame.len() {
            match self.output.read(&mut frame[filled..]) {
                // Half a frame is none; how the decoder ended says why.
                Ok(0) => return Ok(Given::End),
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => {
                    self.process.complaint().map_or(Ok(()), Err)?;
                }
                Err(error) => return Err(FilmFault::Damaged(error.to_string())),
            }
            // One that gives a byte now and then is as dead as one that gives none.
            if filled < frame.len() && began.elapsed() > self.patience {
                return Err(FilmFault::Silent(self.patience));
            }
        }
        self.process.listen();
        self.frames += 1;
        Ok(Given::Frame)
    }

    /// How the pass ended, after its last frame.
    pub(super) fn finish(self) -> Result<(), FilmFault> {
        self.process.finish(self.patience)?;
        if self.frames == 0 { Err(FilmFault::NoPicture) } else { Ok(()) }
    }
}
