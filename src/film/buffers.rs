use super::FilmFault;
use super::pace::Pace;
use std::collections::VecDeque;
use std::fmt;
use std::net::Shutdown;
use std::ops::Deref;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Frames in memory at once: one on the screen, one being read, two in between.
const BUFFERS: usize = 4;

/// What a film's thread and whoever shows it hand to each other: a fixed number of frames, filled, shown and filled
/// again.
pub(super) struct Buffers {
    frame_bytes: usize,
    held: Mutex<Held>,
    given_back: Condvar,
}

struct Held {
    made: usize,
    free: Vec<Vec<u8>>,
    ready: VecDeque<(u64, Vec<u8>)>,
    /// The number of the next frame.
    next: u64,
    ended: Option<Result<(), FilmFault>>,
    is_closed: bool,
    /// What the film's thread may be waiting for.
    read_from: Option<UnixStream>,
}

impl Buffers {
    pub(super) fn new(frame_bytes: usize) -> Self {
        let held = Held {
            made: 0,
            free: Vec::with_capacity(BUFFERS),
            ready: VecDeque::with_capacity(BUFFERS),
            next: 0,
            ended: None,
            is_closed: false,
            read_from: None,
        };
        Self { frame_bytes, held: Mutex::new(held), given_back: Condvar::new() }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A buffer to fill, waited for. None once nobody wants frames any more.
    pub(super) fn free(&self) -> Option<Vec<u8>> {
        let mut held = self.held();
        loop {
            if held.is_closed {
                return None;
            }
            if let Some(buffer) = held.free.pop() {
                return Some(buffer);
            }
            if held.made < BUFFERS {
                held.made += 1;
                return Some(vec![0; self.frame_bytes]);
            }
            held = self.given_back.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn give_back(&self, buffer: Vec<u8>) {
        self.held().free.push(buffer);
        self.given_back.notify_one();
    }

    /// Takes a frame to be shown. Says whether there was none waiting.
    pub(super) fn show(&self, buffer: Vec<u8>) -> bool {
        let mut held = self.held();
        let number = held.next;
        held.next += 1;
        held.ready.push_back((number, buffer));
        held.ready.len() == 1
    }

    /// The newest frame that is due; those it overtakes are read into again.
    pub(super) fn due(self: &Arc<Self>, pace: &mut Pace, now: Duration) -> Option<FilmFrame> {
        let mut held = self.held();
        pace.see(held.ready.front()?.0, now);
        let mut newest = None;
        while held.ready.front().is_some_and(|(number, _)| pace.due(*number) <= now) {
            if let Some((_, overtaken)) = newest {
                held.free.push(overtaken);
                self.given_back.notify_one();
            }
            newest = held.ready.pop_front();
        }
        let (number, pixels) = newest?;
        Some(FilmFrame { number, pixels, buffers: Arc::clone(self) })
    }

    /// The number of the frame that comes next, if it is there.
    pub(super) fn next(&self) -> Option<u64> {
        self.held().ready.front().map(|(number, _)| *number)
    }

    /// No more frames come.
    pub(super) fn end(&self, how: Result<(), FilmFault>) {
        self.held().ended = Some(how);
    }

    /// Whether a frame was ever there, and how it ended once all frames were shown.
    pub(super) fn standing(&self) -> (bool, Option<Result<(), FilmFault>>) {
        let held = self.held();
        let ended = if held.ready.is_empty() { held.ended.clone() } else { None };
        (held.next > 0, ended)
    }

    /// Says what the film's thread is going to wait for, or that there is no need to.
    pub(super) fn read_from(&self, stream: Option<UnixStream>) -> bool {
        let mut held = self.held();
        held.read_from = stream;
        !held.is_closed
    }

    /// Nobody wants frames any more: whatever the film's thread waits for, it waits no longer.
    pub(super) fn close(&self) {
        let mut held = self.held();
        held.is_closed = true;
        if let Some(stream) = &held.read_from {
            // One that is closed already is as good.
            stream.shutdown(Shutdown::Both).ok();
        }
        self.given_back.notify_one();
    }
}

/// A picture of a film: rows from the top, each pixel red, green, blue and full. Its memory goes back to the film.
pub struct FilmFrame {
    number: u64,
    pixels: Vec<u8>,
    buffers: Arc<Buffers>,
}

impl FilmFrame {
    /// How many frames came before it, over all passes.
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl Deref for FilmFrame {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.pixels
    }
}

impl Drop for FilmFrame {
    fn drop(&mut self) {
        self.buffers.give_back(std::mem::take(&mut self.pixels));
    }
}

impl fmt::Debug for FilmFrame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("FilmFrame").field("number", &self.number).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands over as many frames as there is memory for, each full of its own number, and says where they lie.
    fn fill(buffers: &Arc<Buffers>, frames: u8) -> Vec<*const u8> {
        let filled = (0..frames).map(|number| {
            let mut buffer = buffers.free().unwrap();
            buffer.fill(number);
            let at = buffer.as_ptr();
            buffers.show(buffer);
            at
        });
        filled.collect()
    }

    #[test]
    fn who_comes_late_gets_the_newest_frame_that_is_due_and_the_others_are_filled_again() {
        let buffers = Arc::new(Buffers::new(8));
        let mut pace = Pace::new(10);
        let memory = fill(&buffers, 4);
        let first = buffers.due(&mut pace, Duration::ZERO).unwrap();
        assert_eq!((first.number(), &*first), (0, &[0; 8][..]));
        assert!(buffers.due(&mut pace, Duration::from_millis(99)).is_none(), "it holds for a tenth of a second");
        let third = buffers.due(&mut pace, Duration::from_millis(250)).unwrap();
        assert_eq!((third.number(), &*third), (2, &[2; 8][..]));
        assert_eq!(buffers.free().map(|buffer| buffer.as_ptr()), Some(memory[1]), "the one that was overtaken");
        drop(first);
        assert_eq!(buffers.free().map(|buffer| buffer.as_ptr()), Some(memory[0]), "and the one no longer shown");
        assert_eq!(buffers.next(), Some(3));
    }

    #[test]
    fn who_waits_for_memory_waits_until_nobody_wants_frames() {
        let buffers = Arc::new(Buffers::new(8));
        fill(&buffers, 4);
        let waiting = Arc::clone(&buffers);
        let waiter = std::thread::spawn(move || waiting.free());
        buffers.close();
        assert_eq!(waiter.join().unwrap(), None);
        assert!(!buffers.read_from(None));
    }

    #[test]
    fn an_end_is_told_after_the_last_frame() {
        let buffers = Arc::new(Buffers::new(8));
        assert_eq!(buffers.standing(), (false, None));
        fill(&buffers, 1);
        buffers.end(Err(FilmFault::NoPicture));
        assert_eq!(buffers.standing(), (true, None));
        buffers.due(&mut Pace::new(10), Duration::ZERO).unwrap();
        assert_eq!(buffers.standing(), (true, Some(Err(FilmFault::NoPicture))));
    }
}
