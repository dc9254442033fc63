use super::progress::ProgressLine;
use crate::hub;
use crate::hub::store::By;
use chrono::Utc;
use clap::Args;
use std::cell::RefCell;
use std::path::PathBuf;

/// Makes a hub from a backup, in an empty folder
///
/// Every byte is checked before anything is written. Everybody signs in again; the first `parvis-hub serve` publishes what
/// the backup holds.
#[derive(Args, Debug)]
pub struct Restore {
    /// What `parvis-hub backup` wrote
    file: PathBuf,
    /// The folder of the new hub: empty, or not there yet
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

impl Restore {
    /// # Errors
    /// When the folder is not empty, the backup is not whole, and those of the disk.
    pub fn run(self) -> anyhow::Result<()> {
        let line = RefCell::new(ProgressLine::new());
        let progress = |doing: &'static str, done: u64, all: u64| line.borrow_mut().show(doing, done, all);
        let by = By { who: "console", now: Utc::now() };
        let done = hub::restore(&self.file, &self.data, by, &progress);
        line.borrow().end();
        let hub::Restored { manifest, broken } = done?;
        if let Some(broken) = broken {
            eprintln!("The audit log was changed by other hands at line {}, before the backup.", broken.0);
        }
        let data = self.data.display();
        println!("{} files of {} are restored in {data}", manifest.files.len(), manifest.made);
        if !manifest.has_keys {
            println!(
                "The keys were not in it. Before you start the hub put your own copy there, the folder {data}/keys"
            );
            println!("and the file {data}/passphrase, and then: parvis-hub keys leap --keys {data}/keys");
            println!("Without them it publishes nothing; displays go on showing what they have.");
        }
        println!("Warnings that stood when it was made stand again: look at them once the hub runs.");
        println!("Now: parvis-hub serve --data {data}");
        Ok(())
    }
}
