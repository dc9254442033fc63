use super::publish::SharedLine;
use crate::hub::{self, Site};
use crate::publication::stated;
use clap::Args;
use jiff::Timestamp;
use std::path::PathBuf;

/// Writes a publication into one file for a USB stick
///
/// It needs no key. Displays take it with `parvis sync --from FILE`, for 60 days.
#[derive(Args, Debug)]
pub struct Bundle {
    /// The folder of the publication
    #[arg(long, value_name = "DIR")]
    publication: PathBuf,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Bundle {
    /// # Errors
    /// When something of the publication is missing or damaged, and those of the disk.
    pub fn run(self) -> anyhow::Result<()> {
        let line = SharedLine::new();
        let progress = |doing: &'static str, done: usize, total: usize| line.show(doing, done, total);
        let bundled = hub::bundle(&Site::new(&self.publication), &self.out, Timestamp::now(), &progress);
        line.end();
        let bundled = bundled?;
        println!("{} files, {} bytes in {}", bundled.files, bundled.bytes, self.out.display());
        println!("displays take it until {}", stated(bundled.until));
        Ok(())
    }
}
