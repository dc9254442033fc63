use super::passphrase::PassphraseFrom;
use super::publish::{ONLINE, SharedLine, tidy_up, warn_of_endings};
use crate::hub::{self, Keyring, Signer, Signing, Site};
use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use std::io::Write;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How often the timestamp is signed again.
const EVERY: Duration = Duration::from_secs(3600);
/// How long nobody new is heard after the system had no file handle for them.
const RETRY: Duration = Duration::from_secs(1);

/// Signs what was staged, and keeps signatures fresh
///
/// With --listen it holds the online keys and is asked over a Unix socket. It signs the staged publication of one folder
/// and nothing else, after it has looked at every byte; every hour it signs the timestamp again. Each act is one line of
/// JSON on its output.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("how").required(true))]
pub struct Sign {
    /// The folder of keys
    #[arg(long, value_name = "DIR")]
    keys: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseFrom,
    /// The folder of the publication
    #[arg(long, value_name = "DIR", alias = "out")]
    publication: PathBuf,
    /// The Unix socket to be asked over
    #[arg(long, value_name = "SOCKET", group = "how")]
    listen: Option<PathBuf>,
    /// Signs what is staged, or only the timestamp and what ends soon, and ends
    #[arg(long, group = "how")]
    once: bool,
    /// A folder of keys that are kept offline, such as a USB stick; may be given more than once
    #[arg(long, value_name = "DIR", conflicts_with = "listen")]
    offline: Vec<PathBuf>,
    /// Ends, between two acts, when its standard input does: whoever started it is gone
    #[arg(long, requires = "listen", hide = true)]
    until_input_ends: bool,
}

/// What a signer waits for beside the clock.
enum Asked {
    By(UnixStream),
    ToEnd,
}

impl Sign {
    /// # Errors
    /// When a key is missing, or what is staged is not whole.
    pub fn run(self) -> anyhow::Result<()> {
        match &self.listen {
            Some(socket) => self.serve(socket),
            None => self.sign_once(),
        }
    }

    fn sign_once(&self) -> anyhow::Result<()> {
        let ring = Keyring::open(&self.keys)?;
        let unlocked = ring.unlock_roles(&ONLINE, &self.passphrase.read()?, &self.offline)?;
        let site = Site::new(&self.publication);
        let _alone = site.lock()?;
        let signing = Signing { ring: &ring, unlocked: &unlocked, site: &site, now: Timestamp::now() };
        let line = SharedLine::new();
        let progress = |doing: &'static str, done: usize, total: usize| line.show(doing, done, total);
        let published = hub::sign_staged(&signing, &progress);
        line.end();
        let published = published?;
        if published.forgets_alerts {
            eprintln!("{}", hub::FORGETS_ALERTS);
        }
        for (role, version) in published.versions {
            println!("{role} {version} signed");
        }
        warn_of_endings(&ring, &site)?;
        tidy_up(&site)
    }

    fn serve(&self, socket: &Path) -> anyhow::Result<()> {
        let (asks, asked) = mpsc::channel();
        if self.until_input_ends {
            let asks = asks.clone();
            thread::Builder::new().name("input".to_owned()).spawn(move || {
                // Whatever comes is nothing to a signer; that it cannot be read is an end too.
                let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
                let _ = asks.send(Asked::ToEnd);
            })?;
        }
        let site = Site::new(&self.publication);
        let mut signer = Signer::new(&self.keys, self.passphrase.read()?, &ONLINE, site)?;
        let listener = hub::listen(socket)?;
        thread::Builder::new().name("asked".to_owned()).spawn(move || accept(&listener, &asks))?;
        let mut due = Instant::now();
        loop {
            let acts = match asked.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(Asked::By(stream)) => vec![signer.answer(&stream, Timestamp::now())],
                Err(RecvTimeoutError::Timeout) => {
                    due = Instant::now() + EVERY;
                    signer.tick(Timestamp::now())
                }
                Ok(Asked::ToEnd) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            for act in acts {
                let line = serde_json::to_string(&act).context("an act cannot be written")?;
                // Whoever reads them may be gone: signing goes on.
                let _ = writeln!(std::io::stdout(), "{line}");
            }
        }
    }
}

/// Hands on whoever asks, for as long as somebody answers.
fn accept(listener: &UnixListener, asks: &Sender<Asked>) {
    let mut is_in_trouble = false;
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                is_in_trouble = false;
                if asks.send(Asked::By(stream)).is_err() {
                    return;
                }
            }
            Err(error) => {
                if !is_in_trouble {
                    eprintln!("parvis-hub: nobody new can ask: {error}; trying again until it is possible");
                }
                is_in_trouble = true;
                // The kernel does not tell when a handle is free again.
                thread::sleep(RETRY);
            }
        }
    }
}
