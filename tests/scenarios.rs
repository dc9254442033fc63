//! Scenarios: a visitor's touches and keys, played to the real kiosk on a virtual clock.
//!
//! Every folder `tests/scenarios/<area>/<case>` with a `test.toml` is one test; adding one touches no Rust. The tree is
//! compared exactly, pictures with a tolerance, and every screen met on the way must keep `player::rules`.
//! `PARVIS_BLESS=1` writes what is expected anew from what is there.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "long tests print their figures")]

mod scenarios {
    pub mod case;
    pub mod errors;
    pub mod hands;
    pub mod monkey;
    pub mod picture;
    pub mod stage;
    pub mod steps;
    pub mod sweep;
    pub mod tree_text;
}

use libtest_mimic::{Arguments, Failed, Trial};
use scenarios::{case, errors, monkey, sweep};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One renderer serves all of them, and belongs to the thread that started it.
    arguments.test_threads = Some(1);
    errors::listen();
    let mut trials: Vec<Trial> = match case::folders() {
        Ok(folders) => folders.into_iter().map(|(name, folder)| trial(name, move || case::play(&folder))).collect(),
        Err(reason) => vec![trial("folders".to_owned(), move || Err(reason))],
    };
    trials.push(trial("sweep".to_owned(), sweep::run));
    trials.push(trial("monkey".to_owned(), || monkey::run(monkey::TURNS)));
    trials.push(trial("monkey_long".to_owned(), || monkey::run(monkey::TURNS_LONG)).with_ignored_flag(true));
    let conclusion = libtest_mimic::run(&arguments, trials);
    // The renderer cannot be ended while the thread's own values are being dropped.
    case::end_stage();
    conclusion.exit_code()
}

fn trial(name: String, run: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    Trial::test(name, || run().map_err(Failed::from))
}
