//! `parvis-hub`: the commands of the town's side.

use super::{import, keys, publish};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What a town does with its content before it reaches the displays.
#[derive(Debug, Parser)]
#[command(
    name = "parvis-hub",
    version,
    about = "Parvis, the town's side: brings in content and publishes it, signed, for the displays"
)]
struct Hub {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Import),
    Keys(keys::Keys),
    Publish(publish::Publish),
}

/// Runs the command on this process's command line: 0 done, 1 failed with one line on stderr, 2 wrong usage.
pub fn run() -> ExitCode {
    let done = match Hub::parse().command {
        Command::Import(command) => command.run(),
        Command::Keys(command) => command.run(),
        Command::Publish(command) => command.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parvis-hub: {error:#}");
            ExitCode::FAILURE
        }
    }
}
