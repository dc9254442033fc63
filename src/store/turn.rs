//! Whose turn it is to begin with the outbox: `outbox.lock` beside it. SQLite lets whoever asks in the right moment
//! write, so that a program that writes on and on would keep another out for as long as it likes.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

/// How often it is tried, and how long after each.
const TRIES: u32 = 2_500;
const PAUSE: Duration = Duration::from_millis(2);

/// Held from before a program waits for the database until it has it; the others wait for it meanwhile.
pub struct Turn {
    /// Locked as long as it is open.
    _file: File,
}

impl Turn {
    /// Waits until no other program holds it.
    ///
    /// # Errors
    /// Those of the disk; `TimedOut` when another program holds it and does nothing.
    pub fn take(database: &Path) -> io::Result<Self> {
        let path = database.with_extension("lock");
        // Another user of this display may have made it: to lock it, reading is enough.
        let file = File::open(&path).or_else(|_| File::create(&path))?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => std::thread::park_timeout(PAUSE),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Err(io::Error::new(io::ErrorKind::TimedOut, "another program holds it and does nothing"))
    }
}
