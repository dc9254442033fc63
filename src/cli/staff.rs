//! The hub as staff use it: what `parvis-hub serve` starts beside the publication.

use super::own_signer::OwnSigner;
use super::town::New;
use crate::hub::UNRESTORED;
use crate::hub::app::{HASHING_MAX, Hub, Shared, WAITING_MAX};
use crate::hub::beginning::go_on;
use crate::hub::mail::Mail;
use crate::hub::media::{MediaFiles, sweep};
use crate::hub::passwords::secret;
use crate::hub::publishing::{Desk, finish};
use crate::hub::renderer::Renderer;
use crate::hub::routes::app;
use crate::hub::settings::Settings;
use crate::hub::signed::Strangers;
use crate::hub::silence;
use crate::hub::sources::{Fetching, keep_fetching};
use crate::hub::store::{Sqlite, Users};
use crate::hub::uploads::{UPLOADS_MAX, UploadLimits};
use crate::hub::watch::Watch;
use crate::publication::Object;
use anyhow::{Context, Result, anyhow, bail};
use axum::Router;
use chrono::{TimeDelta, Utc};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
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
    let alone = alone(&data)?;
    let store = Sqlite::open(&data).with_context(|| data.display().to_string())?;
    let is_new = store.users()?.is_empty();
    let files = MediaFiles::in_folder(&data).with_context(|| data.display().to_string())?;
    // What was left behind costs room and nothing else.
    if let Err(error) = sweep(&files, &store) {
        eprintln!("parvis-hub: {error}");
    }
    let keys = Arc::new(OwnSigner::new(&data, signer.is_none(), alone));
    // Those of a set-up that was broken off may not be there yet.
    if keys.has_keys()
        && !is_new
        && let Err(why) = keys.start()
    {
        // The pages are there all the same; whoever publishes is told.
        eprintln!("parvis-hub: nothing can be published: {why}");
    }
    let setup_token = secret().map_err(|why| anyhow!(why))?;
    let told = is_new.then(|| format!("/setup?token={setup_token}"));
    let mut desk = Desk::new(&data, signer.unwrap_or_else(|| keys.socket()));
    let waking = keys.clone();
    desk.wake = Box::new(move || waking.start());
    #[expect(clippy::disallowed_methods, reason = "the clock of the hub begins here")]
    let (began, now) = (Utc::now(), Box::new(Utc::now));
    let renderer = Renderer::new(renderer(&settings.renderer), data.join("previews"));
    let hub = Hub {
        store: Box::new(store),
        desk,
        renderer: renderer.with_context(|| data.display().to_string())?,
        fill: Box::new(move |town, folder| fill(town, folder, services.clone())),
        keys_folder: keys.own_keys(),
        keys: Box::new(move || keys.make().and_then(|()| keys.start())),
        now,
        is_secure: settings.address.starts_with("https://"),
        address: settings.address.clone(),
        is_behind: !settings.address.is_empty(),
        setup_token,
        attempts: Mutex::default(),
        hashing: tokio::sync::Semaphore::new(HASHING_MAX),
        waiting: tokio::sync::Semaphore::new(WAITING_MAX),
        files,
        uploads: tokio::sync::Semaphore::new(UPLOADS_MAX),
        upload_limits: limits(settings),
        poster_patience: Duration::from_secs(u64::from(settings.poster_secs.max(1))),
        unpacking: Mutex::default(),
        pairing: Mutex::default(),
        watch: Watch::new(began),
        silent_after: TimeDelta::minutes(settings.silent_minutes.into()),
        mail: mail(settings)?,
        strangers: Strangers::parse(&settings.strangers).ok_or_else(|| anyhow!("strangers: {}", settings.strangers))?,
        records,
        setting_up: Mutex::default(),
        fetching: Fetching::new(settings.source_hosts.clone()),
    };
    let hub = Arc::new(hub);
    if !is_new {
        let unfinished = hub.clone();
        let go_on = move || {
            go_on(&unfinished);
            if let Err(why) = finish(&unfinished) {
                eprintln!("parvis-hub: displays do not show yet what was decided before the hub stopped: {why}");
            }
        };
        std::thread::Builder::new().name("set-up".to_owned()).spawn(go_on)?;
    }
    let fetching = hub.clone();
    std::thread::Builder::new().name("sources".to_owned()).spawn(move || keep_fetching(&fetching))?;
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

/// The program that draws previews: as set, else the `parvis` that lies beside this one.
fn renderer(set: &str) -> Option<PathBuf> {
    match set {
        "none" => None,
        "" => std::env::current_exe().ok()?.parent().map(|folder| folder.join("parvis")).filter(|path| path.is_file()),
        path => Some(PathBuf::from(path)),
    }
}

/// Keeps every other hub out of this folder until the process ends, however it ends.
fn alone(data: &Path) -> Result<File> {
    if data.join(UNRESTORED).exists() {
        bail!("{}: `parvis-hub restore` was broken off here; empty the folder and run it again", data.display());
    }
    let path = data.join("hub.lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
    let file = file.with_context(|| path.display().to_string())?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("{}: a hub runs here already", data.display()),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
    }
}

fn limits(settings: &Settings) -> UploadLimits {
    let form_bytes = u64::from(settings.upload_mib) << 20;
    let idle = Duration::from_secs(u64::from(settings.upload_idle_secs.max(1)));
    UploadLimits { file_bytes: Object::BYTES_MAX.min(form_bytes), form_bytes, idle }
}

fn fill(town: &str, folder: PathBuf, services: Option<PathBuf>) -> std::result::Result<(), String> {
    New::made(town, folder, services).map_err(|error| format!("{error:#}"))
}
