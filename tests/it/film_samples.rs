//! Films whose frames say their own number, made with GStreamer, and what plays them in tests.

use crate::scratch::Scratch;
use parvis::film::{Film, FilmFrame, FilmSpec, FilmState, GStreamer};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

pub const WIDTH: usize = 192;
pub const HEIGHT: usize = 96;
pub const FRAMES_PER_SECOND: u32 = 25;

/// A frame is six upright stripes: the bits of its number, the highest first, white for 1.
const BITS: usize = 6;

/// A picture that shows a number, as RGB.
fn picture(number: usize) -> Vec<u8> {
    let row = (0..WIDTH).flat_map(|x| {
        let bit = BITS - 1 - x * BITS / WIDTH;
        [if number >> bit & 1 == 1 { 235 } else { 20 }; 3]
    });
    row.collect::<Vec<u8>>().repeat(HEIGHT)
}

/// The number that a picture of any size shows.
pub fn shown(frame: &[u8], width: usize) -> usize {
    let row = &frame[frame.len() / 2 / (width * 4) * width * 4..][..width * 4];
    (0..BITS).fold(0, |number, stripe| {
        let middle = (2 * stripe + 1) * width / (2 * BITS);
        number * 2 + usize::from(row[middle * 4 + 1] > 127)
    })
}

/// Runs GStreamer. Words are parted by blanks.
pub fn launch(pipeline: &str) {
    let output = Command::new("gst-launch-1.0").arg("-q").args(pipeline.split_whitespace()).output();
    let output = output.expect("GStreamer is among the packages of packaging/machine.bash");
    assert!(output.status.success(), "{pipeline}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Writes a film whose frames are numbered from 0. `how` is its encoder and container: `vp8enc ! webmmux`.
pub fn numbered(scratch: &Scratch, name: &str, frames: usize, how: &str) -> PathBuf {
    assert!(frames <= 1 << BITS);
    let raw = scratch.file(&format!("{name}.raw"), &(0..frames).flat_map(picture).collect::<Vec<u8>>());
    let film = scratch.0.join(name);
    launch(&format!(
        "filesrc location={} ! rawvideoparse format=rgb width={WIDTH} height={HEIGHT} framerate={FRAMES_PER_SECOND}/1 ! \
         videoconvert ! video/x-raw,format=I420 ! {how} ! filesink location={}",
        raw.display(),
        film.display()
    ));
    film
}

/// VP8 in WebM, quick to make.
pub const VP8: &str = "vp8enc deadline=1 ! webmmux";

/// How the numbered films are played: as large as they are, once, and without haste on a busy machine.
pub fn once() -> FilmSpec {
    let (width, height) = (u32::try_from(WIDTH).unwrap(), u32::try_from(HEIGHT).unwrap());
    let patience = Duration::from_secs(60);
    FilmSpec { looped: false, patience, ..FilmSpec::new(width, height) }
}

/// A film and what it says when there is news.
pub struct Playing {
    pub film: Film,
    news: Receiver<()>,
    now: Duration,
}

impl Playing {
    pub fn new(path: &Path, spec: FilmSpec) -> Self {
        Self::with(GStreamer::of_the_system(), path, spec)
    }

    pub fn with(gstreamer: GStreamer, path: &Path, spec: FilmSpec) -> Self {
        let (wake, news) = channel();
        let film = Film::open(gstreamer, path.to_owned(), spec, move || wake.send(()).unwrap_or(()));
        Self { film, news, now: Duration::ZERO }
    }

    /// The next frame, at the moment when it is due by a clock that stands still until then. None at the end.
    pub fn next(&mut self) -> Option<FilmFrame> {
        loop {
            if let Some(frame) = self.film.frame(self.now) {
                return Some(frame);
            }
            if let Some(at) = self.film.next_frame_at() {
                self.now = self.now.max(at);
            } else if matches!(self.film.state(), FilmState::Ended | FilmState::Failed(_)) {
                return None;
            } else {
                self.news.recv().ok();
            }
        }
    }

    /// The numbers on all frames to the end, and how it ended.
    pub fn end(mut self) -> (Vec<usize>, FilmState) {
        let numbers = std::iter::from_fn(|| self.next()).map(|frame| shown(&frame, WIDTH)).collect();
        let state = self.film.state();
        self.close();
        (numbers, state)
    }

    /// Waits until its thread has seen to its decoders.
    pub fn close(self) {
        drop(self.film);
        while self.news.recv().is_ok() {}
    }
}

/// Processes that have a file open as their standard input.
pub fn readers_of(film: &Path) -> Vec<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let reads = |folder: &PathBuf| fs::read_link(folder.join("fd/0")).is_ok_and(|file| file == film);
    let found = processes.map(|process| process.path()).filter(reads);
    found.map(|folder| fs::read_to_string(folder.join("cmdline")).unwrap_or_default()).collect()
}

/// A folder whose `gst-launch-1.0` is a script. For faults only.
pub fn faked(scratch: &Scratch, script: &str) -> GStreamer {
    use std::os::unix::fs::PermissionsExt;
    let program = scratch.file("gst-launch-1.0", format!("#!/bin/sh\n{script}\n").as_bytes());
    fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
    GStreamer::in_folder(scratch.0.clone())
}
