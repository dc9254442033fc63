//! Programs by another clock (libfaketime). Without its wrapper: that leaves shared memory behind when it is killed, and
//! fails where it finds some of its number.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A program by a clock that is off or runs otherwise, in libfaketime's words: `+3d`, `-10y`, `+0 x6`.
pub fn by_clock(mut command: Command, clock: &str) -> Command {
    command.env("LD_PRELOAD", library()).env("FAKETIME", clock);
    command
}

fn library() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").unwrap().map(|entry| entry.unwrap().path());
    let library = folders.map(|folder| folder.join("faketime/libfaketime.so.1")).find(|path| path.is_file());
    library.expect("the package faketime is installed (tests/run does it)")
}
