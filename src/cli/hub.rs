//! `parvis-hub`: the commands of the town's side.

use super::{
    alert, backup, begin, bundle, delegated, draw_page, group, import, keys, merge, publish, restore, serve, sign,
    town, users,
};
use crate::hub::{ALERTS, LIVE};
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
    Import(Box<import::Import>),
    Town(town::TownCommand),
    Merge(merge::Merge),
    Keys(keys::Keys),
    Group(group::GroupCommand),
    Publish(publish::Publish),
    Sign(sign::Sign),
    Alert(alert::AlertCommand),
    /// Publishes public warnings, in place of all that stand: on displays at once, without a new publication
    Alerts(delegated::Delegated),
    /// Publishes what changes all the time, such as weather and departures
    Live(delegated::Delegated),
    Bundle(bundle::Bundle),
    Serve(Box<serve::Serve>),
    Users(users::UsersCommand),
    Backup(backup::Backup),
    Restore(restore::Restore),
    #[command(hide = true)]
    DrawPage(draw_page::DrawPage),
    Begin(begin::Begin),
}

/// Runs the command on this process's command line: 0 done, 1 failed with one line on stderr, 2 wrong usage.
pub fn run() -> ExitCode {
    let done = match Hub::parse().command {
        Command::Import(command) => command.run(),
        Command::Town(command) => command.run(),
        Command::Merge(command) => command.run(),
        Command::Keys(command) => command.run(),
        Command::Group(command) => command.run(),
        Command::Publish(command) => command.run(),
        Command::Sign(command) => command.run(),
        Command::Alert(command) => command.run(),
        Command::Alerts(command) => command.run(ALERTS),
        Command::Live(command) => command.run(LIVE),
        Command::Bundle(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Users(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::DrawPage(command) => command.run(),
        Command::Begin(command) => command.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parvis-hub: {error:#}");
            ExitCode::FAILURE
        }
    }
}
