//! Has the first page of a PDF drawn by a process that can do no harm: little memory, little time, nothing but one file to
//! write.

use super::suggestions::Line;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The memory that a page may take while it is drawn, in bytes.
const PAGE_BYTES_MAX: u64 = 1 << 30;
/// What is drawn, in bytes.
const DRAWN_BYTES_MAX: u64 = 64 << 20;
/// What a page may say, in bytes.
const SAID_BYTES_MAX: u64 = 1 << 20;

/// Draws the first page of a PDF into a JPEG file, and says what is written on it.
///
/// # Errors
/// In words for the console, when it cannot be drawn within `patience`.
pub fn first_page(pdf: &Path, picture: &Path, patience: Duration) -> Result<Vec<Line>, String> {
    let told = |error: io::Error| error.to_string();
    let program = std::env::current_exe().map_err(told)?;
    // A socket instead of a pipe: reading it has a time limit.
    let (output, its_output) = UnixStream::pair().map_err(told)?;
    let mut command = Command::new("setpriv");
    // They become the program one after the other, so that all is one process, which ends with the thread that waits.
    command.args(["--pdeathsig", "KILL", "nice", "-n", "5", "prlimit", "--core=0"]);
    command.arg(format!("--as={PAGE_BYTES_MAX}")).arg(format!("--fsize={DRAWN_BYTES_MAX}"));
    command.arg(format!("--cpu={}", patience.as_secs().max(1)));
    command.arg(program).arg("draw-page").arg(pdf).arg(picture);
    command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command.stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::from(OwnedFd::from(its_output)));
    let mut child = command.spawn().map_err(told)?;
    // With it goes our end of the socket, so that its own end ends it.
    drop(command);
    let said = heard(output, patience);
    // One that ended by itself is not hurt by it.
    let _ = child.kill();
    let status = child.wait().map_err(told)?;
    let said = said.map_err(|error| format!("nothing came within {} s: {error}", patience.as_secs()))?;
    let lines = said.strip_suffix(b"\n").and_then(|said| serde_json::from_slice(said).ok());
    lines.ok_or_else(|| format!("it could not be drawn ({status})"))
}

/// All that it says until it ends.
fn heard(mut output: UnixStream, patience: Duration) -> io::Result<Vec<u8>> {
    let begun = Instant::now();
    let (mut said, mut piece) = (Vec::new(), [0; 8192]);
    loop {
        let left = patience.saturating_sub(begun.elapsed());
        if left.is_zero() || said.len() as u64 > SAID_BYTES_MAX {
            return Err(io::Error::from(io::ErrorKind::TimedOut));
        }
        output.set_read_timeout(Some(left))?;
        match output.read(&mut piece)? {
            0 => return Ok(said),
            count => said.extend_from_slice(&piece[..count]),
        }
    }
}
