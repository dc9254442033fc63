use crate::protocol::Told;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// How long a line may take to leave: the other side reads, or is given up.
const PATIENCE: Duration = Duration::from_millis(200);

/// Hands on every line until the other side ends, or sends a line that is too long or is no text. Lines that this Parvis
/// does not know are left out: the other program may be newer.
pub fn read(stream: UnixStream, heard: impl Fn(Told)) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    while reader.by_ref().take(Told::LINE_BYTES_MAX).read_line(&mut line).is_ok() {
        let Some(whole) = line.strip_suffix('\n') else { return };
        if let Some(told) = Told::parse(whole) {
            heard(told);
        }
        line.clear();
    }
}

/// Sends one line.
///
/// # Errors
/// When the other side is gone, or does not read: the connection is of no use any more.
pub fn write(mut stream: &UnixStream, told: &Told) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(format!("{told}\n").as_bytes())
}
