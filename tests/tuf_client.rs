//! The project's own TUF code with the command line of the public TUF conformance suite:
//!
//! ```text
//! tuf_client --metadata-dir DIR --metadata-url URL init ROOT.json
//! tuf_client --metadata-dir DIR --metadata-url URL refresh
//! tuf_client --metadata-dir DIR --metadata-url URL --target-name NAME... --target-dir DIR --target-base-url URL download
//! ```
//!
//! It exits with 0 when all went well, and with 1 otherwise. The suite sets the time by `faketime`: it is the system's.

#![allow(clippy::print_stderr, reason = "it says why it failed to whoever runs the suite")]

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use parvis::store::{Folder, Store};
use parvis::sync::{Answer, Asked, Cache, Channel, Fetch, FetchFault, Http, HttpSettings, Remote, Soon, config};
use sigstore_tuf::{TrustedMetadataSet, Updater};
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Parser)]
struct Arguments {
    #[arg(long)]
    metadata_dir: PathBuf,
    #[arg(long)]
    metadata_url: Option<String>,
    #[arg(long)]
    target_name: Vec<String>,
    #[arg(long)]
    target_dir: Option<PathBuf>,
    #[arg(long)]
    target_base_url: Option<String>,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Trusts a root from now on.
    Init { root: PathBuf },
    /// Brings the metadata.
    Refresh,
    /// Brings the metadata and targets.
    Download,
}

/// A repository whose metadata and targets lie in two places.
struct TwoPlaces {
    metadata: Http,
    targets: Option<Http>,
}

impl Fetch for TwoPlaces {
    fn get<'a>(&'a self, asked: Asked<'a>) -> Soon<'a, Result<Answer, FetchFault>> {
        let path = asked.path;
        if let Some(path) = path.strip_prefix("metadata/") {
            return self.metadata.get(Asked { path, ..asked });
        }
        Box::pin(async move {
            let targets = self.targets.as_ref().zip(path.strip_prefix("targets/"));
            let (http, path) = targets.ok_or_else(|| FetchFault::NoPath(path.to_owned()))?;
            // Targets are called as they like: a % of theirs escapes nothing.
            http.get(Asked { path: &path.replace('%', "%25"), ..asked }).await
        })
    }
}

fn updater(arguments: &Arguments) -> Result<Updater, Box<dyn Error>> {
    let url = arguments.metadata_url.as_ref().ok_or("--metadata-url is missing")?;
    let metadata = Http::new(&HttpSettings::new(url))?;
    let targets = arguments.target_base_url.as_ref().map(|url| Http::new(&HttpSettings::new(url))).transpose()?;
    let remote = Remote::new(Arc::new(TwoPlaces { metadata, targets }), Channel::Web);
    let store = Store::new(Arc::new(Folder::new(&arguments.metadata_dir)));
    let root = fs::read(arguments.metadata_dir.join("root.json"))?;
    Ok(Updater::new(remote, &root)?.with_config(config()).with_store(Cache::new(store, ".".to_owned())))
}

async fn download(arguments: &Arguments, updater: &mut Updater, now: Timestamp) -> Result<(), Box<dyn Error>> {
    let folder = arguments.target_dir.as_ref().ok_or("--target-dir is missing")?;
    if arguments.target_name.is_empty() {
        return Err("--target-name is missing".into());
    }
    for name in &arguments.target_name {
        let target = updater.get_target(name, now).await?;
        let path = folder.join(file_name(name));
        if fs::read(&path).ok().as_ref() != Some(&target) {
            fs::write(path, target)?;
        }
    }
    Ok(())
}

/// One file for each name, whatever stands in it.
fn file_name(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let letter = |byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(letter).collect()
}

async fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let now = Timestamp::now();
    if let Task::Init { root } = &arguments.task {
        let root = fs::read(root)?;
        TrustedMetadataSet::from_root(&root)?;
        fs::write(arguments.metadata_dir.join("root.json"), root)?;
        return Ok(());
    }
    let mut updater = updater(arguments)?;
    updater.refresh(now).await?;
    if let Task::Download = arguments.task { download(arguments, &mut updater, now).await } else { Ok(()) }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Err(error) = run(&Arguments::parse()).await else { return ExitCode::SUCCESS };
    let (mut words, mut cause) = (error.to_string(), error.source());
    while let Some(error) = cause {
        words += &format!(": {error}");
        cause = error.source();
    }
    eprintln!("tuf_client: {words}");
    ExitCode::FAILURE
}
