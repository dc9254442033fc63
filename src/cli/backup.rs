use super::progress::ProgressLine;
use super::users::Data;
use crate::hub;
use chrono::Utc;
use clap::Args;
use std::cell::RefCell;
use std::path::PathBuf;

/// Copies everything a hub keeps into one file, while it works
///
/// Database, pictures, map, what displays report, and what is signed of the publication. The keys that sign for displays are
/// NOT in it, unless --with-keys: without them a restored hub cannot publish to the displays that are out there.
#[derive(Args, Debug)]
pub struct Backup {
    #[command(flatten)]
    data: Data,
    /// The new file, such as hub-2026-11-23.tar.zst; best on another machine
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// With the keys and their passphrase: whoever reads the file can then put anything on every display
    #[arg(long)]
    with_keys: bool,
}

impl Backup {
    /// # Errors
    /// When there is no hub, the file is there already, and those of the disk.
    pub fn run(self) -> anyhow::Result<()> {
        let line = RefCell::new(ProgressLine::new());
        let progress = |doing: &'static str, done: u64, all: u64| line.borrow_mut().show(doing, done, all);
        let done = hub::back_up(&self.data.folder()?, &self.out, self.with_keys, Utc::now(), &progress);
        line.borrow().end();
        let done = done?;
        for path in &done.left_out {
            eprintln!("{path}: left out, it is no plain file");
        }
        if let Some(broken) = done.broken {
            eprintln!("The audit log was changed by other hands at line {}. It is backed up as it is.", broken.0);
        }
        println!("{} files, {} MiB, in {}", done.files, done.bytes >> 20, self.out.display());
        if self.with_keys {
            println!("THE KEYS ARE IN IT: keep this file like the keys themselves.");
        } else {
            println!("THE KEYS ARE NOT IN IT: keep a copy of them apart (or use --with-keys).");
        }
        Ok(())
    }
}
