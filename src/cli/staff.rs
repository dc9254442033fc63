//! The hub as staff use it: what `parvis-hub serve` starts beside the publication.

use super::town::New;
use crate::hub::app::{HASHING_MAX, Hub, Shared};
use crate::hub::beginning::go_on;
use crate::hub::mail::Mail;
use crate::hub::passwords::secret;
use crate::hub::publishing::Desk;
use crate::hub::routes::app;
use crate::hub::settings::Settings;
use crate::hub::signed::Strangers;
use crate::hub::silence;
use crate::hub::store::{Sqlite, Users};
use crate::hub::watch::Watch;
use anyhow::{Context, Result, anyhow};
use axum::Router;
use chrono::{TimeDelta, Utc};
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The pages.
pub struct Staff {
    pub app: Router,
    pub hub: Shared,
    /// The path of the set-up, while nobody has an account.
    pub told: Option<String>,
}

/// The pages of staff. `records` is the folder in which those of displays are kept.
///
/// # Errors
/// When the data cannot be opened, or nothing can sign.
pub fn staff(settings: &Settings, records: PathBuf) -> Result<Staff> {
    let path = |text: &str| (!text.is_empty()).then(|| PathBuf::from(text));
    let (data, signer, services) = (PathBuf::from(&settings.data), path(&settings.signer), path(&settings.services));
    fs::create_dir_all(&data).with_context(|| data.display().to_string())?;
    let store = Sqlite::open(&data).with_context(|| data.display().to_string())?;
    let is_new = store.users()?.is_empty();
    let keys = Keys { data: data.clone(), own: signer.is_none(), signer: Mutex::default() };
    // Those of a set-up that was broken off may not be there yet.
    if keys.folder().exists() && !is_new {
        keys.sign().map_err(anyhow::Error::msg)?;
    }
    let setup_token = secret().map_err(|why| anyhow!(why))?;
    let told = is_new.then(|| format!("/setup?token={setup_token}"));
    let desk = Desk::new(&data, signer.unwrap_or_else(|| keys.socket()));
    #[expect(clippy::disallowed_methods, reason = "the clock of the hub begins here")]
    let (began, now) = (Utc::now(), Box::new(Utc::now));
    let hub = Hub {
        store: Box::new(store),
        desk,
        fill: Box::new(move |town, folder| fill(town, folder, services.clone())),
        keys: Box::new(move || keys.make().and_then(|()| keys.sign())),
        now,
        is_secure: settings.address.starts_with("https://"),
        address: settings.address.clone(),
        is_behind: !settings.address.is_empty(),
        setup_token,
        attempts: Mutex::default(),
        hashing: tokio::sync::Semaphore::new(HASHING_MAX),
        pairing: Mutex::default(),
        watch: Watch::new(began),
        silent_after: TimeDelta::minutes(settings.silent_minutes.into()),
        mail: mail(settings)?,
        strangers: Strangers::parse(&settings.strangers).ok_or_else(|| anyhow!("strangers: {}", settings.strangers))?,
        records,
        setting_up: Mutex::default(),
    };
    let hub = Arc::new(hub);
    if !is_new {
        let unfinished = hub.clone();
        std::thread::Builder::new().name("set-up".to_owned()).spawn(move || go_on(&unfinished))?;
    }
    let watched = hub.clone();
    std::thread::Builder::new().name("silence".to_owned()).spawn(move || watch(&watched))?;
    Ok(Staff { app: app(hub.clone()), hub, told })
}

/// How mail is sent, where anybody has said so.
fn mail(settings: &Settings) -> Result<Option<Mail>> {
    let Settings { smtp, mail_from, mail_to, .. } = settings;
    if smtp.0.is_empty() {
        return Ok(None);
    }
    Mail::new(&smtp.0, mail_from, mail_to).map(Some).map_err(|why| anyhow!(why))
}

/// Looks after the displays as long as the hub runs. The same trouble is told once.
fn watch(hub: &Hub) {
    const EVERY: Duration = Duration::from_secs(30);
    let mut last = None;
    loop {
        std::thread::park_timeout(EVERY);
        let trouble = silence::look(hub).err();
        if let Some(words) = trouble.as_ref().filter(|words| last.as_ref() != Some(*words)) {
            eprintln!("parvis-hub: {words}");
        }
        last = trouble;
    }
}

fn fill(town: &str, folder: PathBuf, services: Option<PathBuf>) -> std::result::Result<(), String> {
    New::made(town, folder, services).map_err(|error| format!("{error:#}"))
}

/// The keys of a hub that nobody else signs for, and the process that holds them. This one only starts it.
struct Keys {
    data: PathBuf,
    own: bool,
    signer: Mutex<Option<Signer>>,
}

/// Ends with the hub.
struct Signer(Child);

impl Drop for Signer {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Keys {
    fn socket(&self) -> PathBuf {
        self.data.join("signer.sock")
    }

    fn folder(&self) -> PathBuf {
        self.data.join("keys")
    }

    fn passphrase(&self) -> PathBuf {
        self.data.join("passphrase")
    }

    /// Has keys made, with a passphrase that only this user of the machine can read.
    fn make(&self) -> std::result::Result<(), String> {
        if !self.own || self.folder().exists() {
            return Ok(());
        }
        let told = |error: std::io::Error| format!("{}: {error}", self.passphrase().display());
        if !self.passphrase().exists() {
            let mut file =
                OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.passphrase()).map_err(told)?;
            writeln!(file, "{}", secret()?).map_err(told)?;
        }
        let mut command = this_program()?;
        command.args(["keys", "init"]).arg(self.folder()).arg("--passphrase-file").arg(self.passphrase());
        let done = command.output().map_err(|error| error.to_string())?;
        if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).trim().to_owned()) }
    }

    /// Starts what signs, unless something answers there.
    fn sign(&self) -> std::result::Result<(), String> {
        if !self.own || UnixStream::connect(self.socket()).is_ok() {
            return Ok(());
        }
        let mut command = this_program()?;
        command.arg("sign").arg("--keys").arg(self.folder()).arg("--passphrase-file").arg(self.passphrase());
        command.arg("--publication").arg(self.data.join("publication")).arg("--listen").arg(self.socket());
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("the signer says nothing")?).lines();
        // Its first line says that its keys are open and its socket is there.
        let first = lines.next().and_then(std::result::Result::ok);
        let signer = Signer(child);
        if first.is_none() {
            return Err("the signer has ended: start `parvis-hub sign` by hand to see why".to_owned());
        }
        let log = self.data.join("signer.log");
        std::thread::Builder::new()
            .name("signer".to_owned())
            .spawn(move || keep_log(&log, first.into_iter().chain(lines.map_while(std::result::Result::ok))))
            .map_err(|error| error.to_string())?;
        *self.signer.lock().unwrap_or_else(PoisonError::into_inner) = Some(signer);
        Ok(())
    }
}

/// What the signer says of each of its acts.
fn keep_log(path: &Path, lines: impl Iterator<Item = String>) {
    let mut file = OpenOptions::new().append(true).create(true).open(path).ok();
    for line in lines {
        if let Some(file) = &mut file {
            // A full disk costs the line, not the signature.
            let _ = writeln!(file, "{line}");
        }
    }
}

fn this_program() -> std::result::Result<Command, String> {
    std::env::current_exe().map(Command::new).map_err(|error| error.to_string())
}
