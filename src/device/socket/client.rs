//! The end that the player holds.

use super::lines;
use crate::protocol::Told;
use std::collections::VecDeque;
use std::io;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long after the end of a connection, or a failed attempt, the next attempt is made.
const RETRY: Duration = Duration::from_secs(2);

/// The most lines that wait for `sync` to come back: the oldest are forgotten, and found again by whoever looks again.
const WAITING_MAX: usize = 256;

/// A connection to `parvis sync` that comes back whenever `sync` does. Dropping it ends it.
pub struct Client {
    line: Arc<Mutex<Line>>,
    ending: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Line {
    stream: Option<UnixStream>,
    waiting: VecDeque<Told>,
    /// What is on the panel: whoever answers next is told as well.
    on: Option<Told>,
    ends: bool,
}

impl Line {
    /// Sends what waits, as far as it goes.
    fn send(&mut self) {
        let Some(stream) = &self.stream else { return };
        while let Some(told) = self.waiting.front() {
            if lines::write(stream, told).is_err() {
                stream.shutdown(Shutdown::Both).ok();
                self.stream = None;
                return;
            }
            self.waiting.pop_front();
        }
    }
}

impl Client {
    /// Connects to the socket at `path`, now and whenever the connection ends. `heard` is called, on a thread of its own,
    /// with each line that comes.
    ///
    /// # Errors
    /// When there is no room for a thread.
    pub fn start(path: &Path, heard: impl Fn(Told) + Send + 'static) -> io::Result<Self> {
        Self::start_retrying(path, RETRY, heard)
    }

    pub(super) fn start_retrying(
        path: &Path,
        retry: Duration,
        heard: impl Fn(Told) + Send + 'static,
    ) -> io::Result<Self> {
        let line = Arc::new(Mutex::new(Line::default()));
        let (ending, end) = channel();
        let thread = std::thread::Builder::new().name("sync".to_owned()).spawn({
            let (line, path) = (line.clone(), path.to_owned());
            move || stay(&path, retry, &line, &end, &heard)
        })?;
        Ok(Self { line, ending: Some(ending), thread: Some(thread) })
    }

    /// Tells `sync`, now or when it is there again; the same once. It waits for nobody longer than a moment: call it
    /// where a moment does not matter.
    pub fn tell(&self, told: Told) {
        let mut line = lock(&self.line);
        if line.waiting.contains(&told) {
            return;
        }
        if matches!(told, Told::On(_)) {
            // What was on before is nobody's news any more.
            line.waiting.retain(|other| !matches!(other, Told::On(_)));
            line.on = Some(told.clone());
        }
        if line.waiting.len() >= WAITING_MAX {
            line.waiting.pop_front();
        }
        line.waiting.push_back(told);
        line.send();
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.ending = None;
        let mut line = lock(&self.line);
        line.ends = true;
        if let Some(stream) = &line.stream {
            stream.shutdown(Shutdown::Both).ok();
        }
        drop(line);
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn stay(path: &PathBuf, retry: Duration, line: &Mutex<Line>, end: &Receiver<()>, heard: &impl Fn(Told)) {
    loop {
        if let Ok(stream) = UnixStream::connect(path)
            && let Ok(reading) = stream.try_clone()
        {
            {
                let mut line = lock(line);
                if line.ends {
                    return;
                }
                line.stream = Some(stream);
                if let Some(on) = line.on.clone().filter(|on| !line.waiting.contains(on)) {
                    line.waiting.push_back(on);
                }
                line.send();
            }
            lines::read(reading, heard);
            lock(line).stream = None;
        }
        if end.recv_timeout(retry) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

fn lock(line: &Mutex<Line>) -> MutexGuard<'_, Line> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}
