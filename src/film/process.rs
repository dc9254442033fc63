use super::fault::{FilmFault, from_words};
use std::io::{ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// So much of what a program writes as errors is kept, in bytes: the first one says what is wrong.
const SAID_MAX: usize = 4096;

/// So many pieces of a KiB are taken of its errors at once: one that never stops is not listened to for ever.
const PIECES_MAX: usize = 256;

/// What was killed is gone by then, or hangs in the kernel and cannot be waited for.
const KILLED_WITHIN: Duration = Duration::from_secs(1);

/// What `nice` and `prlimit` say of a program that is not there.
const NOT_FOUND: i32 = 127;

/// A program that reads a film. Dropped, it is ended with all that it started, and waited for.
pub(super) struct Process {
    child: Child,
    errors: UnixStream,
    said: Vec<u8>,
    /// It was waited for, and its number may be another's.
    is_gone: bool,
}

impl Process {
    /// Starts it; what it gives comes through the stream.
    pub(super) fn start(mut command: Command) -> Result<(Self, UnixStream), FilmFault> {
        let not_started = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => FilmFault::NoGStreamer,
            _ => FilmFault::Unreadable(error.to_string()),
        };
        // Sockets instead of pipes: reading them has a time limit.
        let (output, its_output) = UnixStream::pair().map_err(not_started)?;
        let (errors, its_errors) = UnixStream::pair().map_err(not_started)?;
        errors.set_nonblocking(true).map_err(not_started)?;
        command.stdout(Stdio::from(OwnedFd::from(its_output)));
        command.stderr(Stdio::from(OwnedFd::from(its_errors)));
        let child = command.spawn().map_err(not_started)?;
        Ok((Self { child, errors, said: Vec::new(), is_gone: false }, output))
    }

    /// Takes what it wrote as errors, so that a chatty one never has to wait. Says whether it can write more.
    pub(super) fn listen(&mut self) -> bool {
        let mut piece = [0; 1024];
        for _ in 0..PIECES_MAX {
            match self.errors.read(&mut piece) {
                Ok(0) => return false,
                Ok(count) => {
                    let wanted = count.min(SAID_MAX - self.said.len());
                    self.said.extend_from_slice(&piece[..wanted]);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return true,
            }
        }
        true
    }

    /// What is wrong, where it said so. `gst-launch-1.0` does not always end after an error that comes while it starts.
    pub(super) fn complaint(&mut self) -> Option<FilmFault> {
        self.listen();
        let said = String::from_utf8_lossy(&self.said);
        said.contains("ERROR: ").then(|| from_words(&said))
    }

    /// How it ended, once it gives nothing more. One that does not end within `patience` is ended.
    pub(super) fn finish(mut self, patience: Duration) -> Result<(), FilmFault> {
        // The stream of errors closes with the last who holds it.
        let timed = self.errors.set_nonblocking(false).and_then(|()| self.errors.set_read_timeout(Some(patience)));
        let ended = timed.is_ok() && !self.listen();
        let status = self.end();
        if !ended {
            return Err(FilmFault::Silent(patience));
        }
        let status = status.ok_or_else(|| FilmFault::Damaged("how the decoder ended is not known".to_owned()))?;
        if status.success() {
            return Ok(());
        }
        Err(match (status.signal(), status.code()) {
            (Some(signal), _) => FilmFault::Crashed(signal),
            (None, Some(NOT_FOUND)) => FilmFault::NoGStreamer,
            _ => from_words(&String::from_utf8_lossy(&self.said)),
        })
    }

    /// Ends it with its group, which one that ended by itself may have left behind.
    #[expect(unsafe_code, reason = "std ends a process, not its group")]
    fn end(&mut self) -> Option<ExitStatus> {
        if self.is_gone {
            return None;
        }
        self.is_gone = true;
        if let Ok(group) = libc::pid_t::try_from(self.child.id()) {
            // SAFETY: takes two numbers; the group has its leader's, which is ours until it is waited for below.
            unsafe {
                libc::kill(-group, libc::SIGKILL);
            }
        }
        let status = self.child.wait().ok();
        // Its group is gone when nobody holds the stream of errors any more.
        if self.errors.set_nonblocking(false).is_ok() && self.errors.set_read_timeout(Some(KILLED_WITHIN)).is_ok() {
            self.listen();
        }
        status
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// All that a program of GStreamer writes, at most a MiB. `patience` is for each time that it is silent.
pub(super) fn written_by(command: Command, patience: Duration) -> Result<String, FilmFault> {
    const WRITTEN_MAX: u64 = 1024 * 1024;
    let (process, output) = Process::start(command)?;
    let mut written = Vec::new();
    output.set_read_timeout(Some(patience)).map_err(|error| FilmFault::Unreadable(error.to_string()))?;
    let whole = output.take(WRITTEN_MAX).read_to_end(&mut written);
    whole.map_err(|_| FilmFault::Silent(patience))?;
    process.finish(patience)?;
    Ok(String::from_utf8_lossy(&written).into_owned())
}
