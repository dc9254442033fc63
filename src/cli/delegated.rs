use super::passphrase::PassphraseFrom;
use super::publish::{print_problems, tidy_up};
use crate::hub::{self, BUNDLE, Keyring, SNAPSHOT, Signing, Site, TIMESTAMP};
use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

/// After so many versions old files are removed.
const TIDY_EVERY: u64 = 20;

/// What to publish beside the revisions, and for whom.
#[derive(Args, Debug)]
pub struct Delegated {
    /// A content document of at most 32 KiB; one without items takes back what was there
    #[arg(long, value_name = "FILE.json")]
    file: PathBuf,
    /// The folder of keys
    #[arg(long, value_name = "DIR")]
    keys: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseFrom,
    /// The folder of the publication
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The display group that gets it, may be given more than once; without it every group
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,
}

impl Delegated {
    /// # Errors
    /// When the document or a group is none, a key is missing, and those of the disk.
    pub fn run(self, role: &'static str) -> anyhow::Result<()> {
        let mut document = Vec::new();
        let file = File::open(&self.file).with_context(|| self.file.display().to_string())?;
        file.take(hub::DELEGATED_BYTES_MAX + 1).read_to_end(&mut document)?;
        let ring = Keyring::open(&self.keys)?;
        let unlocked = ring.unlock_roles(&[role, SNAPSHOT, TIMESTAMP, BUNDLE], &self.passphrase.read()?, &[])?;
        let site = Site::new(&self.out);
        let signing = Signing { ring: &ring, unlocked: &unlocked, site: &site, now: Timestamp::now() };
        let published = hub::publish_delegated(&signing, role, &self.groups, &document);
        let published = published.with_context(|| self.file.display().to_string())?;
        print_problems(&published.problems);
        println!("{role} published for {}", published.groups.join(", "));
        tidy_now_and_then(&site, published.versions.get(role))
    }
}

/// Removes what no display asks for any more, once in a while.
///
/// # Errors
/// Those of the disk.
pub fn tidy_now_and_then(site: &Site, version: Option<&u64>) -> anyhow::Result<()> {
    match version {
        // Whoever publishes at this moment tidies up at the end.
        Some(version) if version % TIDY_EVERY == 0 => site.lock().map_or(Ok(()), |_alone| tidy_up(site)),
        _ => Ok(()),
    }
}
