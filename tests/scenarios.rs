//! Scenarios: a visitor's touches and keys, played to the real kiosk on a virtual clock.
//!
//! Every folder `tests/scenarios/<area>/<case>` with a `test.toml` is one test; adding one touches no Rust. The tree is
//! compared exactly, pictures with a tolerance, and every screen met on the way must keep `player::rules`.
//! `PARVIS_BLESS=1` writes what is expected anew from what is there.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "long tests print their figures")]

mod scenarios {
    pub mod between;
    pub mod broken;
    pub mod case;
    pub mod counts;
    pub mod drawing;
    pub mod errors;
    pub mod hands;
    pub mod kept;
    pub mod monkey;
    pub mod motion;
    pub mod picture;
    pub mod published;
    pub mod real_player;
    pub mod scratch;
    pub mod sealed;
    pub mod serve;
    pub mod signage_changes;
    pub mod signage_film;
    pub mod signage_frames;
    pub mod signage_light;
    pub mod signage_plays;
    pub mod signage_truth;
    pub mod signals;
    pub mod stage;
    pub mod standing;
    pub mod steps;
    pub mod stored;
    pub mod sweep;
    pub mod town;
    pub mod tree_text;
}

use libtest_mimic::{Arguments, Failed, Trial};
use parvis::player::sealed::{Refusal, seal};
use scenarios::{
    between, broken, case, counts, drawing, errors, kept, monkey, motion, published, sealed, serve, signage_changes,
    signage_film, signage_frames, signage_light, signage_plays, signage_truth, signals, standing, stored, sweep,
};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Inherited by every program that a test starts: whichever asks for an internet socket dies of it.
    if let Err(reason) = seal(Refusal::Killed) {
        eprintln!("scenarios: this kernel keeps nobody from internet sockets: {reason}");
        return ExitCode::FAILURE;
    }
    if let Some(family) = std::env::var_os(sealed::OPENS) {
        return sealed::open(&family);
    }
    let mut arguments = Arguments::from_args();
    // One renderer serves all of them, and belongs to the thread that started it.
    arguments.test_threads = Some(1);
    errors::listen();
    let mut trials: Vec<Trial> = match case::folders() {
        Ok(folders) => folders.into_iter().map(|(name, folder)| trial(name, move || case::play(&folder))).collect(),
        Err(reason) => vec![trial("folders".to_owned(), move || Err(reason))],
    };
    trials.push(trial("drawing/both-ways".to_owned(), drawing::both_ways));
    trials.push(trial("drawing/only-what-changed".to_owned(), drawing::only_what_changed));
    trials.push(trial("sweep".to_owned(), sweep::run));
    let others: [(&str, fn() -> Result<(), String>); 37] = [
        ("motion/in-and-back", motion::in_and_back),
        ("motion/attract-fades", motion::attract_fades),
        ("motion/too-slow", motion::too_slow),
        ("attract/slides-told", between::plays),
        ("attract/slides-cut", between::fade_is_cut),
        ("attract/slides-preview", between::preview),
        ("content/published", published::swap),
        ("content/broken", broken::run),
        ("counts", counts::run),
        ("kept", kept::run),
        ("render-serve", serve::run),
        ("signage/film", signage_film::run),
        ("signage/frames", signage_frames::run),
        ("signage/frames-of-card", signage_frames::by_card),
        ("signage/doubt", signage_changes::doubt),
        ("signage/light", signage_light::run),
        ("signage/mended", signage_changes::mended),
        ("signage/moved", signage_changes::moved),
        ("signage/over", signage_changes::over),
        ("signage/without-films", signage_changes::without_films),
        ("signage/plays", signage_plays::run),
        ("signage/told", signage_plays::told),
        ("signage/truth-faults", signage_truth::faults),
        ("signage/truth-quiet", signage_truth::quiet),
        ("signage/truth-faults-of-card", signage_truth::faults_of_card),
        ("signage/truth-quiet-of-card", signage_truth::quiet_by_card),
        ("signage/truth-cases-of-card", signage_truth::cases_by_card),
        ("signals", signals::run),
        ("sealed", sealed::run),
        ("stored/pictures-stay", stored::pictures_stay),
        ("stored/damaged-picture", stored::damaged_picture),
        ("stored/damaged-segment", stored::damaged_segment),
        ("stored/first-boot", stored::first_boot),
        ("stored/warned-first", standing::warned_first),
        ("stored/never-older", standing::never_older),
        ("stored/another-root", standing::another_root),
        ("stored/real-player", stored::real_player),
    ];
    trials.extend(others.into_iter().map(|(name, run)| trial(name.to_owned(), run)));
    trials.push(trial("monkey".to_owned(), monkey::run));
    let conclusion = libtest_mimic::run(&arguments, trials);
    // The renderer cannot be ended while the thread's own values are being dropped.
    case::end_stage();
    conclusion.exit_code()
}

fn trial(name: String, run: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    Trial::test(name, || run().map_err(Failed::from))
}
