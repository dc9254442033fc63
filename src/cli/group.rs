use crate::hub::{GROUPS, Group, Groups};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Adds display groups: displays that show the same
#[derive(Args, Debug)]
pub struct GroupCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
}

/// Adds a display group; the next `publish` publishes for it
#[derive(Args, Debug)]
struct Add {
    /// Small letters, digits and -
    name: String,
    /// The folder of keys, where groups.toml lies
    #[arg(long, value_name = "DIR")]
    keys: PathBuf,
    /// The profile of a display that stands there; may be given more than once
    #[arg(long = "profile", value_name = "PROFILE")]
    profiles: Vec<String>,
    /// A further name by which an item's `groups` can mean this group; may be given more than once
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
}

impl GroupCommand {
    /// # Errors
    /// When the group is there already or cannot be.
    pub fn run(self) -> anyhow::Result<()> {
        let Command::Add(Add { name, keys, profiles, tags }) = self.command;
        let mut groups = Groups::read(&keys.join(GROUPS))?.unwrap_or_default();
        groups.add(&name, Group { profiles, tags })?;
        groups.write(&keys)?;
        println!("{name} is a display group; the next publish publishes for it");
        println!("in kiosk.toml of its displays: group = \"{name}\"");
        Ok(())
    }
}
