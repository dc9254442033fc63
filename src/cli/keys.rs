use super::passphrase::PassphraseFrom;
use crate::hub::Keyring;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::path::PathBuf;

/// Makes and changes the keys that a town signs with
///
/// packaging/KEYS.md explains them in plain words.
#[derive(Args, Debug)]
pub struct Keys {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(Init),
}

/// Makes the keys of a town in a new folder
#[derive(Args, Debug)]
struct Init {
    /// The new folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseFrom,
}

impl Keys {
    /// # Errors
    /// When keys would be written over, too few are at hand, and those of the disk.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Init(command) => command.run(),
        }
    }
}

impl Init {
    fn run(self) -> anyhow::Result<()> {
        if self.folder.join("keys.toml").exists() {
            anyhow::bail!("{}: there are keys already, and they are never written over", self.folder.display());
        }
        Keyring::init(&self.folder, &self.passphrase.read_new()?, Timestamp::now())?;
        let folder = self.folder.display();
        println!("The keys of the town are in {folder}. What to do now:");
        println!();
        println!("1. Take these three files away from this machine. Any two of them can make new keys for everything");
        println!("   else, so they lie on three USB sticks with three people or in three safes:");
        println!("     {folder}/root-1.pem   {folder}/root-2.pem   {folder}/root-3.pem");
        println!("2. If staff publish by hand and seldom, take targets.pem away too: then nobody who breaks into this");
        println!("   machine can change what displays show. Publishing then waits for `parvis-hub sign --once`.");
        println!("3. The other files stay: they sign every hour by themselves.");
        println!("4. Keep the passphrase apart from the sticks. Without it the keys are of no use, to you too.");
        println!(
            "5. `parvis-hub publish` writes root.json. Displays are given it once, and from then on trust this town."
        );
        Ok(())
    }
}
