use super::passphrase::PassphraseFrom;
use super::progress::ProgressLine;
use crate::hub::{
    self, ALERTS, BUNDLE, Content, GROUPS, Groups, Keyring, LIVE, SNAPSHOT, Signing, Site, TARGETS, TIMESTAMP,
};
use crate::store;
use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The roles that sign what is published.
pub const ONLINE: [&str; 6] = [TARGETS, SNAPSHOT, TIMESTAMP, BUNDLE, ALERTS, LIVE];

/// Most problems that are printed.
const PROBLEMS_SHOWN: usize = 50;

/// Publishes a content directory as signed files for any web server
///
/// Writes DIR/root.json too: the first root, which displays are given to trust this town. What is published stays whole
/// at any moment; the same content again changes nothing but the timestamp.
#[derive(Args, Debug)]
pub struct Publish {
    /// The content directory or document to publish
    #[arg(long, value_name = "PATH")]
    content: PathBuf,
    /// The folder of keys. Without it and without --signer the publication is only staged: `parvis-hub sign` signs it
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    /// The socket of `parvis-hub sign --listen`, which signs in place of --keys
    #[arg(long, value_name = "SOCKET", conflicts_with = "keys")]
    signer: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseFrom,
    /// The file of display groups, if it is not groups.toml in the folder of keys, here or at the signer
    #[arg(long, value_name = "FILE")]
    groups: Option<PathBuf>,
    /// Leave out documents that cannot be read to their end: what they hold vanishes from the displays; with town.json
    /// that is the town's name, time zone and desk
    #[arg(long)]
    without_broken: bool,
    /// The folder of the publication
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Progress of work on many cores on one line.
pub struct SharedLine(Mutex<ProgressLine>);

impl SharedLine {
    pub fn new() -> Self {
        Self(Mutex::new(ProgressLine::new()))
    }

    pub fn show(&self, doing: &str, done: usize, total: usize) {
        if let Ok(mut line) = self.0.lock() {
            line.show(doing, done as u64, total as u64);
        }
    }

    pub fn end(&self) {
        if let Ok(line) = self.0.lock() {
            line.end();
        }
    }
}

impl Publish {
    /// # Errors
    /// When there is nothing to show or a key is missing; what is published stays as it is.
    pub fn run(self) -> anyhow::Result<()> {
        let site = Site::new(&self.out);
        let groups = match self.groups()? {
            Some(groups) => groups,
            None => Groups::unsaid(&site)?,
        };
        // Asked for before the long work.
        let keys = self.keys.as_ref().map(|folder| self.unlock(folder)).transpose()?;
        let content = load(&self.content, self.without_broken)?;
        let _alone = site.lock()?;
        let line = SharedLine::new();
        let progress = |doing: &'static str, done: usize, total: usize| line.show(doing, done, total);
        let staging = hub::stage(&site, content, &groups, &progress);
        line.end();
        let staging = staging?;
        print_problems(&staging.problems);
        println!("{} items in {} display groups", staging.items, staging.staged.revisions.len());
        println!("{}", staging.changes);
        println!("{} new bytes", staging.new_bytes);
        let Some((ring, unlocked)) = keys else {
            let Some(signer) = &self.signer else {
                println!(
                    "staged, not signed: displays see it after `parvis-hub sign --once --keys KEYS --publication {}`",
                    self.out.display()
                );
                return Ok(());
            };
            let act = hub::ask(signer, &self.out)?;
            if !act.why.is_empty() {
                eprintln!("{}", act.why);
            }
            println!("signed by {} and published in {}", signer.display(), self.out.display());
            return tidy_up(&site);
        };
        let signing = Signing { ring: &ring, unlocked: &unlocked, site: &site, now: Timestamp::now() };
        let line = SharedLine::new();
        let progress = |doing: &'static str, done: usize, total: usize| line.show(doing, done, total);
        let published = hub::sign_staged(&signing, &progress);
        line.end();
        if published?.forgets_alerts {
            eprintln!("{}", hub::FORGETS_ALERTS);
        }
        println!("signed and published in {}", self.out.display());
        warn_of_endings(&ring, &site)?;
        tidy_up(&site)
    }

    /// The display groups, where anything says which there are.
    fn groups(&self) -> anyhow::Result<Option<Groups>> {
        Ok(match (&self.groups, &self.keys, &self.signer) {
            (Some(path), ..) => {
                let groups = Groups::read(path)?;
                Some(groups.with_context(|| format!("{}: there is no such file of groups", path.display()))?)
            }
            (None, Some(keys), _) => Groups::read(&keys.join(GROUPS))?,
            (None, None, Some(signer)) => hub::ask_groups(signer)?,
            (None, None, None) => None,
        })
    }

    fn unlock(&self, folder: &Path) -> anyhow::Result<(Keyring, hub::Unlocked)> {
        let ring = Keyring::open(folder)?;
        let unlocked = ring.unlock_roles(&ONLINE, &self.passphrase.read()?, &[])?;
        Ok((ring, unlocked))
    }
}

/// Tells of what ends soon and is not signed again by itself.
///
/// # Errors
/// Those of the disk.
pub fn warn_of_endings(ring: &Keyring, site: &Site) -> anyhow::Result<()> {
    for ending in hub::endings(ring, site, Timestamp::now())? {
        eprintln!("{ending}");
    }
    Ok(())
}

/// Removes what no display asks for any more, and says so.
///
/// # Errors
/// Those of the disk.
pub fn tidy_up(site: &Site) -> anyhow::Result<()> {
    let swept = hub::tidy_up(site)?;
    if swept.files > 0 {
        let kept = hub::REVISIONS_KEPT;
        println!(
            "removed {} files ({} bytes) that none of the last {kept} publications uses",
            swept.files, swept.bytes
        );
    }
    Ok(())
}

/// Loads a content directory, prints its problems, and gives what can be published.
fn load(path: &Path, without_broken: bool) -> anyhow::Result<Content> {
    let loaded = store::load_directory(path)?;
    if !without_broken && let Some((first, others)) = loaded.broken.split_first() {
        print_problems(others);
        anyhow::bail!(
            "{first}. Nothing was published, because what stands there would vanish from the displays: mend it, or \
             publish without it with --without-broken"
        );
    }
    print_problems(&loaded.problems);
    let beside = loaded.media_root.parent().map(|root| root.join("town.json"));
    let written = beside.filter(|_| path.is_dir()).and_then(|path| fs::read(path).ok());
    let written = written.and_then(|text| {
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
        serde_json::from_slice(text).ok().filter(serde_json::Value::is_object)
    });
    let catalog = loaded.catalog;
    let town = match written {
        Some(town) => town,
        None => serde_json::to_value(&catalog.town).context("the town cannot be written")?,
    };
    let items = catalog.into_items();
    Ok(Content { town, items, media_root: loaded.media_root, map_root: loaded.map_root })
}

/// Prints problems, the first ones whole.
pub fn print_problems(problems: &[crate::content::Problem]) {
    for problem in problems.iter().take(PROBLEMS_SHOWN) {
        eprintln!("{problem}");
    }
    if let Some(more) = problems.len().checked_sub(PROBLEMS_SHOWN).filter(|more| *more > 0) {
        eprintln!("{more} more problems");
    }
}
