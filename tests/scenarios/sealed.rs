//! No test runs with a way to the internet: who asks for a socket that leads there dies of SIGSYS.

use std::ffi::OsStr;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitCode};

/// With this set, this program only opens a socket of the family it names.
pub const OPENS: &str = "PARVIS_TEST_OPENS";

const FAMILIES: [(&str, libc::c_int); 4] =
    [("unix", libc::AF_UNIX), ("inet", libc::AF_INET), ("inet6", libc::AF_INET6), ("packet", libc::AF_PACKET)];

#[expect(unsafe_code, reason = "std opens no socket of a family by its number")]
pub fn open(family: &OsStr) -> ExitCode {
    let known = FAMILIES.into_iter().find(|(name, _)| family == *name);
    // SAFETY: three numbers in, one out.
    let opened = known.map(|(_, number)| unsafe { libc::socket(number, libc::SOCK_DGRAM, 0) });
    if opened.is_some_and(|socket| socket >= 0) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

pub fn run() -> Result<(), String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    for (name, family) in FAMILIES {
        let status = Command::new(&program).env(OPENS, name).status().map_err(|error| error.to_string())?;
        let as_it_should =
            if family == libc::AF_UNIX { status.success() } else { status.signal() == Some(libc::SIGSYS) };
        if !as_it_should {
            return Err(format!("a program that opened a socket of the family {name} ended with {status}"));
        }
    }
    Ok(())
}
