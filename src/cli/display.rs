//! The command list of `parvis`.

use super::{counts, doctor, lint, play, plays, render, status, sync, verify};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The information screen of a town: kiosk and signage player.
#[derive(Parser, Debug)]
#[command(
    name = "parvis",
    version,
    after_help = "Try it:  parvis play --windowed 540x960\nAnother town:  parvis play --content DIR"
)]
struct Display {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Runs the kiosk on this machine's display
    Play(play::PlayArgs),
    /// Brings in what the town publishes, and goes on doing so
    Sync(sync::SyncArgs),
    /// Draws screens into PNG files, without a display
    Render(render::RenderArgs),
    /// Says what of a town's signage would not be shown, or not well, before it is published
    Lint(lint::LintArgs),
    /// Says whether this PC will do for a kiosk, and why
    Doctor(doctor::DoctorArgs),
    /// Looks at every byte of the store and says what is wrong
    Verify(verify::VerifyArgs),
    /// How this display is, on one screen
    Status(status::StatusArgs),
    /// Reads out what visitors did, one line a day
    Counts(counts::CountsArgs),
    /// What was played and the hub does not have yet, by day and item
    Plays(plays::PlaysArgs),
}

/// Runs `parvis`. Exit status: 0 done, 1 failed with one line on stderr, 2 wrong usage.
pub fn main() -> ExitCode {
    let result = match Display::parse().command {
        Command::Play(args) => play::run(&args),
        Command::Counts(args) => counts::run(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Plays(args) => plays::run(&args),
        Command::Render(args) => render::run(&args),
        Command::Sync(args) => sync::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Verify(args) => verify::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parvis: {error:#}");
            ExitCode::FAILURE
        }
    }
}
