//! The system's wish that the kiosk end: it ends as when its window is closed, with everything written.

use bevy::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The signals that ask a program to end.
const SIGNALS: [libc::c_int; 3] = [libc::SIGTERM, libc::SIGINT, libc::SIGHUP];

/// Keeps these signals from ending the program where it stands.
pub struct Signals(libc::sigset_t);

impl Signals {
    /// Call it before any other thread is started: threads take over what the one that starts them holds back.
    #[expect(unsafe_code, reason = "the standard library has no signals")]
    pub fn hold() -> Self {
        // SAFETY: the set is filled by `sigemptyset` before it is read; both calls only write to it.
        let set = unsafe {
            let mut set = std::mem::MaybeUninit::uninit();
            libc::sigemptyset(set.as_mut_ptr());
            let mut set = set.assume_init();
            for signal in SIGNALS {
                libc::sigaddset(&raw mut set, signal);
            }
            libc::pthread_sigmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut());
            set
        };
        Self(set)
    }

    #[expect(unsafe_code, reason = "the standard library has no signals")]
    fn wait(&self) {
        let mut signal = 0;
        // SAFETY: both point to values that live until it returns.
        unsafe { libc::sigwait(&raw const self.0, &raw mut signal) };
    }
}

/// Whether the system has asked.
#[derive(Resource, Clone)]
pub struct Ending(Arc<AtomicBool>);

impl Ending {
    /// Waits for a signal on a thread of its own; `wake` is called when it has come.
    pub fn listen(signals: Signals, wake: impl Fn() + Send + 'static) -> Self {
        let ending = Self(Arc::new(AtomicBool::new(false)));
        let asked = ending.0.clone();
        std::thread::spawn(move || {
            signals.wait();
            asked.store(true, Ordering::Release);
            wake();
        });
        ending
    }
}

/// Ends the player when it was asked to.
pub fn end_when_asked(ending: Res<Ending>, mut exits: MessageWriter<AppExit>) {
    if ending.0.load(Ordering::Acquire) {
        exits.write(AppExit::Success);
    }
}
