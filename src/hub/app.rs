//! The hub as staff use it: its state, and what every request goes through.

use super::attempts::Attempts;
use super::mail::Mail;
use super::media::MediaFiles;
use super::pairing::Pairing;
use super::publishing::Desk;
use super::renderer::Renderer;
use super::signed::Strangers;
use super::sources::Fetching;
use super::store::{By, Role, Session, Store, StoreError, User};
use super::uploads::UploadLimits;
use super::watch::Watch;
use super::words::Tongue;
use chrono::{DateTime, TimeDelta, Utc};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Passwords that are hashed at once: each takes some 20 MiB.
pub const HASHING_MAX: usize = 2;

/// Passwords that wait to be hashed; whoever comes then is told to come again.
pub const WAITING_MAX: usize = 32;

/// Everything that requests share.
pub struct Hub {
    pub store: Box<dyn Store>,
    pub desk: Desk,
    /// What draws previews.
    pub renderer: Renderer,
    /// How a town is filled that has only said its name.
    pub fill: Box<Fill>,
    /// Makes the keys of a town that has none, and starts what signs with them.
    pub keys: Box<dyn Fn() -> Result<(), String> + Send + Sync>,
    /// Where the keys lie that a signer beside the hub uses; nothing where another signs.
    pub keys_folder: Option<PathBuf>,
    pub now: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Browsers reach it over TLS: cookies are kept from anything else.
    pub is_secure: bool,
    /// How browsers reach it; empty where nobody has said so.
    pub address: String,
    /// A web server of the town stands in front of it, and says who asks.
    pub is_behind: bool,
    /// Opens the set-up page while nobody has an account.
    pub setup_token: String,
    pub attempts: Mutex<Attempts>,
    pub hashing: Semaphore,
    /// Places for those who wait for it.
    pub waiting: Semaphore,
    /// The bytes of the media library.
    pub files: MediaFiles,
    /// Places for files that come in.
    pub uploads: Semaphore,
    pub upload_limits: UploadLimits,
    /// How long the page of a poster may take to be drawn.
    pub poster_patience: Duration,
    /// One picture is unpacked at a time: each takes some hundred MiB.
    pub unpacking: Mutex<()>,
    /// Displays that want to be let in.
    pub pairing: Mutex<Pairing>,
    /// How displays are just now.
    pub watch: Watch,
    /// A display of which nothing was heard for so long is silent.
    pub silent_after: TimeDelta,
    /// Where staff are told of displays; none where nobody set it.
    pub mail: Option<Mail>,
    /// Whether records are taken that no display of this hub has signed.
    pub strangers: Strangers,
    /// The folder in which the records of displays are kept.
    pub records: PathBuf,
    /// What the set-up is doing.
    pub setting_up: Mutex<Option<SettingUp>>,
    /// What is fetched from elsewhere.
    pub fetching: Fetching,
}

/// Fills a folder with the content of the town of this name from public sources.
///
/// # Errors
/// Why that is not possible, for staff.
pub type Fill = dyn Fn(&str, PathBuf) -> Result<(), String> + Send + Sync;

pub type Shared = Arc<Hub>;

/// The set-up after its first page, for whoever watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingUp {
    /// The key of the words for what is done now.
    Doing(&'static str),
    /// It came to its end; why the town is not filled from public sources, where it is not.
    Done(Option<String>),
    Failed(String),
}

impl Hub {
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub session: Option<Session>,
    pub tongue: Tongue,
    /// What a form carries that was given to this browser.
    pub form_token: String,
    /// It was made for this request, and is to be remembered.
    pub is_new: bool,
    /// Where they are, for rate limits.
    pub address: String,
}

impl Visitor {
    pub fn user(&self) -> Option<&User> {
        self.session.as_ref().map(|session| &session.user)
    }

    pub fn may(&self, role: Role) -> bool {
        self.user().is_some_and(|user| user.role >= role)
    }

    /// As the audit log names them.
    pub fn name(&self) -> &str {
        self.user().map_or("", |user| &user.email)
    }

    pub fn by(&self, now: DateTime<Utc>) -> By<'_> {
        By { who: self.name(), now }
    }
}

/// Works with the store off the threads that answer requests.
///
/// # Errors
/// Those of the work.
pub async fn with_store<T: Send + 'static>(
    hub: &Shared,
    work: impl FnOnce(&Hub) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let hub = hub.clone();
    let done = tokio::task::spawn_blocking(move || work(&hub)).await;
    done.unwrap_or_else(|error| Err(StoreError::Broken(error.to_string())))
}
