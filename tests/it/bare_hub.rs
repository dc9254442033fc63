//! A hub without pages and network, with a clock of the test's.

use crate::published_town::Town;
use chrono::{DateTime, TimeDelta, Utc};
use parvis::hub::app::Hub;
use parvis::hub::media::MediaFiles;
use parvis::hub::publishing::Desk;
use parvis::hub::renderer::Renderer;
use parvis::hub::signed::Strangers;
use parvis::hub::sources::Fetching;
use parvis::hub::store::Sqlite;
use parvis::hub::uploads::UploadLimits;
use parvis::hub::watch::Watch;
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::Semaphore;

/// In a town's folder, beginning at what the clock says now.
pub fn bare_hub(town: &Town, now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Hub {
    let folder = town.at(".");
    Hub {
        store: Box::new(Sqlite::open(&folder).unwrap()),
        desk: Desk::new(&folder, town.at("signer.sock")),
        renderer: Renderer::new(None, town.at("previews")).unwrap(),
        keys_folder: None,
        fill: Box::new(|_, _| Err("there is no network".to_owned())),
        keys: Box::new(|| Ok(())),
        watch: Watch::new(now()),
        now: Box::new(now),
        is_secure: false,
        address: String::new(),
        is_behind: false,
        setup_token: String::new(),
        attempts: Mutex::default(),
        hashing: Semaphore::new(1),
        waiting: Semaphore::new(1),
        files: MediaFiles::in_folder(&folder).unwrap(),
        uploads: Semaphore::new(1),
        upload_limits: UploadLimits { file_bytes: 1 << 20, form_bytes: 1 << 20, idle: Duration::from_secs(20) },
        poster_patience: Duration::from_secs(20),
        unpacking: Mutex::default(),
        pairing: Mutex::default(),
        silent_after: TimeDelta::minutes(10),
        mail: None,
        strangers: Strangers::Never,
        records: folder,
        setting_up: Mutex::default(),
        fetching: Fetching::new(Vec::new()),
    }
}
