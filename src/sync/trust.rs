//! Trust: the TUF client of this display, `sigstore-tuf`, between a publication and what was seen of it before.

use super::{Asked, Fetch, FetchFault, Found};
use crate::publication::{
    ALERTS, DELEGATED_BYTES_MAX, Digest, Head, HeadError, LIVE, Revision, SIGNED_AT, Vouched, bundle_trust,
    delegated_target, is_for_bundles, revision_target,
};
use crate::store::Store;
use jiff::Timestamp;
use sigstore_tuf::cache::MetadataStore;
use sigstore_tuf::transport::FetchFuture;
use sigstore_tuf::{Error, Repository, TrustedMetadataSet, Updater, UpdaterConfig};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// Cached metadata larger than this is damage.
const CACHED_BYTES_MAX: u64 = 8 << 20;

/// Why nothing new is shown.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("{path} {fault}")]
    Network { path: String, fault: FetchFault },
    #[error("the town's signature on {role} ended on {at}: nothing new is taken until it is renewed")]
    Expired { role: String, at: Timestamp },
    #[error("refused, because the town did not sign it: {0}")]
    Signature(String),
    #[error("refused, because it is older than what this display has seen: {0}")]
    Rollback(String),
    #[error("refused, because its parts do not belong together: {0}")]
    Mixed(String),
    #[error("refused, because it cannot be read: {0}")]
    Malformed(String),
    #[error("this publication has nothing for the display group \"{0}\"")]
    NoGroup(String),
    #[error("{path} is not what was signed")]
    WrongBytes { path: String },
    #[error("{path} is missing there")]
    Missing { path: String },
    #[error("the store cannot be written: {0}")]
    Disk(#[from] io::Error),
    #[error("{0}")]
    NoRoom(String),
}

impl Refusal {
    /// The word that stays the same for the same trouble; see [`crate::store::Fault`].
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Network { .. } | Self::Missing { .. } => "network",
            Self::Expired { .. } => "stale",
            Self::Signature(_) => "signature",
            Self::Rollback(_) => "rollback",
            Self::Mixed(_) | Self::WrongBytes { .. } => "mixed",
            Self::Malformed(_) => "malformed",
            Self::NoGroup(_) => "group",
            Self::Disk(_) | Self::NoRoom(_) => "disk",
        }
    }

    /// Whether the same may succeed a moment later, with nothing changed at the town's side.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Network { .. } | Self::WrongBytes { .. } | Self::Missing { .. })
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let words = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source())
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(": ");
        match error {
            Error::Expired { role, expires } => Self::Expired { role, at: expires },
            Error::Rollback { .. } | Error::BadRootVersion { .. } => Self::Rollback(words),
            Error::ThresholdNotMet { .. }
            | Error::DuplicateSignature { .. }
            | Error::UnknownRole(_)
            | Error::UnusableKey { .. }
            | Error::UnsupportedScheme { .. }
            | Error::Crypto(_) => Self::Signature(words),
            Error::IntegrityMismatch(_) => Self::Mixed(words),
            _ => Self::Malformed(words),
        }
    }
}

impl From<HeadError> for Refusal {
    fn from(error: HeadError) -> Self {
        match error {
            HeadError::Tuf(error) => error.into(),
            HeadError::NotSigned(_) | HeadError::NotWhatWasSigned(_) => Self::Signature(error.to_string()),
            HeadError::Format(_) | HeadError::Revision(_) => Self::Malformed(error.to_string()),
        }
    }
}

/// The way a publication comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Web,
    /// A USB stick: its own root and a timestamp that holds for longer, never taken from the network.
    Bundle,
}

/// What was verified just now.
#[derive(Debug)]
pub struct Verified {
    pub head: Head,
    pub vouched: Vouched,
    /// When the timestamp was signed, where it says so.
    pub signed_at: Option<Timestamp>,
    pub root_expires: Timestamp,
    /// Delegated roles whose signature has ended.
    pub stale: Vec<String>,
}

/// A publication and the root that this display trusts it by.
pub struct Trust<'a> {
    pub store: &'a Store,
    pub fetch: &'a Arc<dyn Fetch>,
    pub pinned_root: &'a [u8],
    pub channel: Channel,
}

impl Trust<'_> {
    /// Fetches and verifies all metadata and the targets of one display group. `now` decides what has expired.
    ///
    /// # Errors
    /// The first thing that does not hold; then nothing has changed but the floors of versions.
    pub async fn refresh(&self, group: &str, now: Timestamp) -> Result<Verified, Refusal> {
        let remote = Remote::new(self.fetch.clone(), self.channel);
        let fault = remote.fault.clone();
        let verified = self.refresh_from(remote, group, now).await;
        // What stopped the client was the network, where that failed: its own error only repeats it.
        let failed = fault.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (verified, failed) {
            (Err(_), Some((path, fault))) => Err(Refusal::Network { path, fault }),
            (verified, _) => verified,
        }
    }

    async fn refresh_from(&self, remote: Remote, group: &str, now: Timestamp) -> Result<Verified, Refusal> {
        let cache = Cache::new(self.store.clone(), cache_folder(self.pinned_root, self.channel));
        let (root, bundle_root) = self.start_root(&remote).await?;
        let mut updater = Updater::new(remote, &root)?.with_config(config()).with_store(cache.clone());
        updater.refresh(now).await?;
        let root_expires = updater.trusted().root().expires;
        let revision = text(match updater.get_target(&revision_target(group), now).await {
            Err(Error::TargetNotFound(_)) => return Err(Refusal::NoGroup(group.to_owned())),
            revision => revision?,
        })?;
        let (mut delegated, mut documents, mut stale) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for role in [ALERTS, LIVE] {
            // The snapshot pins these roles, so that they are as fresh as it is. One that nobody renewed still stands.
            let target = delegated_target(group, role);
            let Some(info) = updater.get_target_info(&target, Timestamp::MIN).await? else { continue };
            if info.length > DELEGATED_BYTES_MAX {
                return Err(Refusal::Malformed(format!("{target} is larger than {DELEGATED_BYTES_MAX} bytes")));
            }
            let Some(metadata) = cache.seen(&format!("{role}.json")) else { continue };
            let document = match updater.find_cached_target(&info, &target) {
                Some(document) => document,
                None => updater.download_target(&info, &target).await?,
            };
            delegated.insert(role.to_owned(), text(metadata)?);
            documents.insert(role.to_owned(), text(document)?);
            let expires = updater.trusted().targets_role(role).map(|targets| targets.expires);
            stale.extend(expires.is_some_and(|at| at < now).then(|| role.to_owned()));
        }
        let roots = match bundle_root {
            Some(_) => self.network_roots()?.1,
            None => cache.roots(updater.trusted(), self.pinned_root)?,
        };
        let metadata =
            |name: &str| text(cache.seen(name).ok_or_else(|| Refusal::Malformed(format!("{name} was not kept")))?);
        let head = Head {
            group: group.to_owned(),
            roots,
            bundle_root: bundle_root.map(text).transpose()?,
            timestamp: metadata("timestamp.json")?,
            snapshot: metadata("snapshot.json")?,
            targets: metadata("targets.json")?,
            delegated,
            revision,
            documents,
        };
        let vouched = head.vouch(self.pinned_root)?;
        let signed_at = updater.trusted().timestamp().and_then(|timestamp| {
            timestamp.extra.get(SIGNED_AT).and_then(|at| at.as_str()).and_then(|at| at.parse().ok())
        });
        Ok(Verified { head, vouched, signed_at, root_expires, stale })
    }

    /// The root to begin with: the pinned one, or that of the bundle, with the bundle's as it came.
    async fn start_root(&self, remote: &Remote) -> Result<(Vec<u8>, Option<Vec<u8>>), Refusal> {
        if self.channel == Channel::Web {
            return Ok((self.pinned_root.to_owned(), None));
        }
        let mut trusted = self.network_roots()?.0;
        loop {
            let next = format!("{}.root.json", trusted.root().version + 1);
            match remote.bring(&format!("metadata/{next}"), config().root_max_length).await {
                Some(root) if !is_for_bundles(&root) => {
                    trusted.update_root(&root)?;
                    Cache::new(self.store.clone(), cache_folder(self.pinned_root, Channel::Web))
                        .store(&format!("root_history/{next}"), &root)?;
                }
                _ => break,
            }
        }
        let path = "metadata/bundle/root.json";
        let root = remote.bring(path, config().root_max_length).await;
        let root = root.ok_or_else(|| Refusal::Missing { path: path.to_owned() })?;
        bundle_trust(&trusted, &root)?;
        Ok((root.clone(), Some(root)))
    }

    /// What this display knows of the network's roots: the newest, and the chain that leads to it from the pinned one.
    fn network_roots(&self) -> Result<(TrustedMetadataSet, Vec<String>), Refusal> {
        let cache = Cache::new(self.store.clone(), cache_folder(self.pinned_root, Channel::Web));
        let mut trusted = TrustedMetadataSet::from_root(self.pinned_root)?;
        let mut roots = Vec::new();
        while let Ok(Some(next)) = cache.load(&history_name(trusted.root().version + 1)) {
            if trusted.update_root(&next).is_err() {
                break;
            }
            roots.push(text(next)?);
        }
        Ok((trusted, roots))
    }
}

/// The largest metadata that is taken, in bytes. A town's is a few KiB.
pub fn config() -> UpdaterConfig {
    let mut config = UpdaterConfig::default();
    config.target_max_length = Revision::BYTES_MAX;
    config.targets_max_length = 1 << 20;
    config.snapshot_max_length = 256 << 10;
    config
}

fn text(bytes: Vec<u8>) -> Result<String, Refusal> {
    String::from_utf8(bytes).map_err(|_| Refusal::Malformed("metadata is not UTF-8".to_owned()))
}

fn history_name(version: u64) -> String {
    format!("root_history/{version}.root.json")
}

/// Each pinned root has its own: what one town signed says nothing about another's versions.
fn cache_folder(pinned_root: &[u8], channel: Channel) -> String {
    let name = Digest::of(pinned_root).to_string();
    let bundle = if channel == Channel::Bundle { "-bundle" } else { "" };
    format!("tuf/{}{bundle}", &name[..16])
}

/// A publication as the TUF client sees it.
pub struct Remote {
    fetch: Arc<dyn Fetch>,
    channel: Channel,
    /// The path and the fault of what did not come.
    fault: Arc<Mutex<Option<(String, FetchFault)>>>,
}

impl Remote {
    pub fn new(fetch: Arc<dyn Fetch>, channel: Channel) -> Self {
        Self { fetch, channel, fault: Arc::default() }
    }

    /// A small file; `None` when it is not there, or did not come: then the fault is noted.
    async fn bring(&self, path: &str, limit: u64) -> Option<Vec<u8>> {
        match self.collect(path, limit).await {
            Ok(bytes) => bytes,
            Err(fault) => {
                self.note(path, fault);
                None
            }
        }
    }

    async fn collect(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, FetchFault> {
        let answer = self.fetch.get(Asked { path, ..Asked::default() }).await?;
        let mut body = match answer.found {
            Found::Body { from: 0, body } => body,
            Found::Body { .. } => return Err(FetchFault::Broken("not from its beginning".to_owned())),
            Found::Unchanged => return Err(FetchFault::Broken("unchanged from what we do not have".to_owned())),
            Found::Nothing => return Ok(None),
        };
        let mut bytes = Vec::new();
        while let Some(piece) = body.next().await? {
            if bytes.len() as u64 + piece.len() as u64 > limit {
                return Err(FetchFault::TooLong);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes))
    }

    fn note(&self, path: &str, fault: FetchFault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some((path.to_owned(), fault));
    }

    async fn get(&self, path: String, limit: u64) -> sigstore_tuf::Result<Option<Vec<u8>>> {
        match self.collect(&path, limit).await {
            Ok(Some(root)) if path.ends_with(".root.json") && is_for_bundles(&root) => {
                Err(Error::Malformed(format!("{path} is a root for bundles")))
            }
            // Only of roots it is usual that there is no other.
            Ok(None) if !path.ends_with(".root.json") => {
                self.note(&path, FetchFault::Status(404));
                Ok(None)
            }
            Ok(bytes) => Ok(bytes),
            Err(fault) => {
                let words = fault.to_string();
                self.note(&path, fault);
                Err(Error::transport(words))
            }
        }
    }
}

impl Repository for Remote {
    fn fetch_metadata<'a>(&'a self, name: &'a str, max_length: u64) -> FetchFuture<'a> {
        Box::pin(async move {
            match self.channel {
                // The chain to the bundle's root was walked before.
                Channel::Bundle if name.ends_with(".root.json") => Ok(None),
                Channel::Bundle if name == "timestamp.json" => {
                    self.get("metadata/bundle/timestamp.json".to_owned(), max_length).await
                }
                _ => self.get(format!("metadata/{name}"), max_length).await,
            }
        })
    }

    fn fetch_target<'a>(&'a self, path: &'a str, max_length: u64) -> FetchFuture<'a> {
        Box::pin(self.get(format!("targets/{path}"), max_length))
    }
}

/// Metadata as it was last seen, in the store, and as it came in this turn, in memory: a full disk must not lose it.
#[derive(Clone)]
pub struct Cache {
    store: Store,
    folder: String,
    seen: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl Cache {
    pub fn new(store: Store, folder: String) -> Self {
        Self { store, folder, seen: Arc::default() }
    }

    fn seen(&self, name: &str) -> Option<Vec<u8>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    fn see(&self, name: &str, bytes: &[u8]) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), bytes.to_owned());
    }

    /// The roots after the pinned one, up to the trusted one.
    fn roots(&self, trusted: &TrustedMetadataSet, pinned_root: &[u8]) -> Result<Vec<String>, Refusal> {
        let pinned = TrustedMetadataSet::from_root(pinned_root)?.root().version;
        let missing = |version| Refusal::Malformed(format!("root {version} was not kept"));
        let root = |version| self.seen(&history_name(version)).ok_or_else(|| missing(version)).and_then(text);
        (pinned + 1..=trusted.root().version).map(root).collect()
    }
}

impl MetadataStore for Cache {
    fn load(&self, name: &str) -> sigstore_tuf::Result<Option<Vec<u8>>> {
        if let Some(bytes) = self.seen(name) {
            return Ok(Some(bytes));
        }
        match self.store.disk().read(&format!("{}/{name}", self.folder), CACHED_BYTES_MAX) {
            Ok(bytes) => {
                self.see(name, &bytes);
                Ok(Some(bytes))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::transport_with_source("the store cannot be read", error)),
        }
    }

    fn store(&self, name: &str, bytes: &[u8]) -> sigstore_tuf::Result<()> {
        self.see(name, bytes);
        // `7.snapshot.json` comes again as `snapshot.json`: one file for each version would fill the disk in time.
        if name.ends_with(".snapshot.json") {
            return Ok(());
        }
        let path = format!("{}/{name}", self.folder);
        if self.store.disk().read(&path, CACHED_BYTES_MAX).is_ok_and(|before| before == bytes) {
            return Ok(());
        }
        let written = self.store.write_whole(&path, bytes);
        written.map_err(|error| Error::transport_with_source("the store cannot be written", error))
    }
}
