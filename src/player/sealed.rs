//! The player opens no internet socket: the kernel refuses it one.
//!
//! Sockets of the Unix family stay: display server, accessibility and `parvis sync` are reached by them.

use seccompiler::{
    BpfProgram, Error, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    apply_filter, apply_filter_all_threads,
};
use std::collections::BTreeMap;

/// Families of sockets that leave the machine.
const FAMILIES: [libc::c_int; 3] = [libc::AF_INET, libc::AF_INET6, libc::AF_PACKET];

/// What happens to who asks for an internet socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is told that it may not: a library's whim is no black screen.
    Denied,
    /// The program ends with SIGSYS: nothing that tries goes unseen.
    Killed,
}

/// From now on, for every thread and every program that this one starts. There is no way back.
///
/// # Errors
/// When the kernel knows no filters.
pub fn seal(refusal: Refusal) -> Result<(), Error> {
    apply_filter_all_threads(&program(refusal)?)
}

/// As [`seal`], for this thread and those it starts.
///
/// # Errors
/// When the kernel knows no filters.
pub fn seal_thread(refusal: Refusal) -> Result<(), Error> {
    apply_filter(&program(refusal)?)
}

fn program(refusal: Refusal) -> Result<BpfProgram, Error> {
    let family = |family: libc::c_int| {
        let asked = family.unsigned_abs().into();
        SeccompRule::new(vec![SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, asked)?])
    };
    let sockets = FAMILIES.into_iter().map(family).collect::<Result<Vec<_>, _>>()?;
    // A ring opens sockets without this call. Nothing here uses one.
    let rules = BTreeMap::from([(libc::SYS_socket, sockets), (libc::SYS_io_uring_setup, Vec::new())]);
    let action = match refusal {
        Refusal::Denied => SeccompAction::Errno(libc::EACCES.unsigned_abs()),
        Refusal::Killed => SeccompAction::KillProcess,
    };
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, action, std::env::consts::ARCH.try_into()?)?;
    Ok(filter.try_into()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;
    use std::os::unix::net::UnixStream;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "what is forbidden is tried")]
    fn who_is_sealed_gets_no_internet_socket_and_others_do() {
        let open = || std::net::UdpSocket::bind("127.0.0.1:0").map(|_| ()).map_err(|error| error.kind());
        let before = open();
        let sealed = std::thread::spawn(move || {
            seal_thread(Refusal::Denied).unwrap();
            (open(), UnixStream::pair().is_ok())
        });
        assert_eq!(sealed.join().unwrap(), (Err(ErrorKind::PermissionDenied), true));
        assert_eq!(before, Ok(()), "else nothing was shown");
    }
}
