//! `parvis sync`: brings the town's publication into this display's store.

use super::store_folder::StoreFolder;
use super::sync_hub::{Heard, HubSide, Neighbours};
use crate::device::socket::{SOCKET, Server};
use crate::player::settings::{Settings, SyncSettings};
use crate::protocol::Told;
use crate::publication::{Digest, is_group_name};
use crate::store::{Folder, Limits, Outbox, ROOT_BYTES_MAX, Store};
use crate::sync::{
    Backoff, Bundle, Chance, Channel, Clock, Collected, Collector, Daemon, Fetch, Http, HttpSettings, MachineChance,
    MachineClock, Never, Notices, Refusal, Reports, ServerEvents, Shipping, Soon, Turn, Wanted,
};
use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use sigstore_tuf::TrustedMetadataSet;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Objects that wait to be looked at: more than a town has.
const REPORTS_MAX: usize = 50_000;

/// How often `--once` tries while only the network is in the way.
const TRIES: usize = 4;

#[derive(Args, Debug)]
#[command(
    after_help = "Once, from a web server:  parvis sync --once --store DIR --root root.json --from https://kiosk.example.fr/
At a town's hub:          parvis sync --store DIR --hub https://kiosk.example.fr/   (it shows a code to type there)
From a USB stick:         parvis sync --once --store DIR --from /media/stick/town.parvis

Without --once it goes on: it hears of news where the server tells them, and asks every [sync] poll_secs (at least 10).
Each setting of the section [sync] can be set by an environment variable as well: PARVIS_SYNC_URL, PARVIS_SYNC_GROUP,
PARVIS_SYNC_POLL_SECS, PARVIS_SYNC_PROXY, PARVIS_SYNC_CA_FILE and so on. parvis status says how it stands."
)]
pub struct SyncArgs {
    /// Settings of this display; its section [sync] says what can be set
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    store: StoreFolder,
    /// The town's root.json: what is signed under it is shown, and nothing else. Kept in the store for the next time
    #[arg(long, value_name = "ROOT.json")]
    root: Option<PathBuf>,
    /// Bring in what is there now, and end
    #[arg(long)]
    once: bool,
    /// Address of the publication, or the path of a bundle
    #[arg(long, value_name = "URL|FILE")]
    from: Option<String>,
    /// Address of the town's hub: this display shows a code until staff have let it in there
    #[arg(long, value_name = "URL")]
    hub: Option<String>,
}

pub fn run(args: &SyncArgs) -> Result<()> {
    let settings = settings(args)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async { if args.once { once(args, &settings).await } else { on_and_on(args, &settings).await } })
}

fn settings(args: &SyncArgs) -> Result<SyncSettings> {
    let file = match &args.config {
        Some(path) => std::fs::read_to_string(path).with_context(|| path.display().to_string())?,
        None => String::new(),
    };
    let mut settings = Settings::read(&file, std::env::vars()).map_err(|reason| anyhow!(reason))?.sync;
    if let Some(from) = &args.from {
        settings.url.clone_from(from);
    }
    if let Some(hub) = &args.hub {
        settings.hub.clone_from(hub);
    }
    if settings.url.is_empty() {
        // A hub gives out what it publishes below its own address.
        settings.url.clone_from(&settings.hub);
    }
    if settings.url.is_empty() {
        bail!("where is the publication? Name it with --from, or as url in the section [sync] of the settings");
    }
    if !is_group_name(&settings.group) {
        bail!("\"{}\" is no name of a display group: lower-case letters, digits and -", settings.group);
    }
    Ok(settings)
}

/// Where the publication is, opened.
struct Source {
    fetch: Arc<dyn Fetch>,
    news: Box<dyn Notices>,
    channel: Channel,
}

fn source(settings: &SyncSettings, clock: &Arc<dyn Clock>, chance: &Arc<dyn Chance>) -> Result<Source> {
    let url = &settings.url;
    if !url.starts_with("http://") && !url.starts_with("https://") {
        let bundle = Bundle::open(Path::new(url)).map_err(|reason| anyhow!("{url}: {reason}"))?;
        return Ok(Source { fetch: Arc::new(bundle), news: Box::new(Never), channel: Channel::Bundle });
    }
    let http = http(settings, url);
    let news = ServerEvents::new(&http, clock.clone(), chance.clone()).map_err(|reason| anyhow!("{url}: {reason}"))?;
    let fetch = Http::new(&http).map_err(|reason| anyhow!("{url}: {reason}"))?;
    Ok(Source { fetch: Arc::new(fetch), news: Box::new(news), channel: Channel::Web })
}

pub(super) fn http(settings: &SyncSettings, url: &str) -> HttpSettings {
    HttpSettings {
        proxy: (!settings.proxy.is_empty()).then(|| settings.proxy.clone()),
        ca_file: (!settings.ca_file.is_empty()).then(|| PathBuf::from(&settings.ca_file)),
        ..HttpSettings::new(url)
    }
}

const NO_ROOT: &str = "this store trusts no root yet: name the town's root.json with --root, or its hub with --hub and \
                       without --once";

/// The root that is trusted: the one that was named, else the one in the store.
fn root(args: &SyncArgs, settings: &SyncSettings, store: &Store) -> Result<Vec<u8>> {
    let named = args.root.clone().or_else(|| (!settings.root.is_empty()).then(|| PathBuf::from(&settings.root)));
    let Some(path) = named else {
        let pinned =
            store.pinned_root().context("the root in the store cannot be read; name the town's with --root")?;
        return pinned.context(NO_ROOT);
    };
    let mut root = Vec::new();
    let file = std::fs::File::open(&path).with_context(|| path.display().to_string())?;
    file.take(ROOT_BYTES_MAX).read_to_end(&mut root)?;
    let is_root = TrustedMetadataSet::from_root(&root);
    is_root.with_context(|| format!("{}: not the root.json that parvis-hub publish writes", path.display()))?;
    Ok(root)
}

/// The store of this display, held alone.
struct Held {
    folder: PathBuf,
    store: Store,
    hub: Option<HubSide>,
    /// Held as long as the file is open.
    _lock: std::fs::File,
}

fn hold(args: &SyncArgs, settings: &SyncSettings) -> Result<Held> {
    let folder = args.store.path();
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let lock = std::fs::File::create(folder.join("sync.lock")).with_context(|| folder.display().to_string())?;
    if lock.try_lock().is_err() {
        bail!("{}: another parvis sync is at work here", folder.display());
    }
    let store = Store::new(Arc::new(Folder::new(&folder)));
    let hub = HubSide::open(settings, &folder, &store)?;
    Ok(Held { folder, store, hub, _lock: lock })
}

/// The daemon of a store.
struct Running {
    daemon: Daemon,
    news: Box<dyn Notices>,
}

fn daemon(args: &SyncArgs, settings: &SyncSettings, held: &Held) -> Result<Running> {
    let Held { folder, store, hub, .. } = held;
    let pinned_root = root(args, settings, store)?;
    if store.pinned_root().ok().flatten().is_none() {
        // Given once, it is kept, even when the network comes only later.
        store.pin_root(&pinned_root).with_context(|| folder.display().to_string())?;
    }
    let (clock, chance): (Arc<dyn Clock>, Arc<dyn Chance>) = (Arc::new(MachineClock), Arc::new(MachineChance));
    let source = source(settings, &clock, &chance)?;
    let collector = Collector {
        pinned_root,
        store: store.clone(),
        fetch: source.fetch,
        // Where the hub has said to which group this display belongs, that counts.
        group: store.identity().map_or_else(|| settings.group.clone(), |identity| identity.placed.group),
        channel: source.channel,
        parallel: settings.parallel,
        quota_bytes: settings.quota_mib.saturating_mul(1 << 20),
    };
    let poll = Duration::from_secs(settings.poll_secs);
    let mut daemon = Daemon::new(collector, clock, chance, settings.url.clone(), poll, built());
    if let Some(hub) = hub {
        let outbox = Outbox::open(folder, Limits::default())?;
        daemon.report(Shipping::new(outbox, Box::new(hub.link.clone())));
    }
    Ok(Running { daemon, news: source.news })
}

/// When this Parvis was built.
fn built() -> DateTime<Utc> {
    let secs = env!("PARVIS_BUILT_SECS").parse().unwrap_or_default();
    DateTime::from_timestamp(secs, 0).unwrap_or_default()
}

async fn once(args: &SyncArgs, settings: &SyncSettings) -> Result<()> {
    let held = hold(args, settings)?;
    let Running { mut daemon, mut news } = daemon(args, settings, &held)?;
    let mut backoff = Backoff::default();
    for _ in 1..TRIES {
        match daemon.turn(news.as_mut()).await {
            Err(refusal) if refusal.may_pass() => {
                eprintln!("{}: {refusal}; trying again", settings.url);
                MachineClock.sleep(backoff.failed(&MachineChance)).await;
            }
            turned => return end(settings, turned),
        }
    }
    end(settings, daemon.turn(news.as_mut()).await)
}

fn end(settings: &SyncSettings, turned: Result<Turn, Refusal>) -> Result<()> {
    match turned {
        Ok(turn) => say(&turn),
        Err(refusal) => bail!("{}: {refusal}{}", settings.url, advice(&refusal)),
    }
    Ok(())
}

async fn on_and_on(args: &SyncArgs, settings: &SyncSettings) -> Result<()> {
    let held = hold(args, settings)?;
    let (damaged, heard) = (Damaged::default(), Arc::new(Heard::default()));
    let (reported, told) = (damaged.clone(), heard.clone());
    let players = Arc::new(Server::start(&held.folder.join(SOCKET), move |said| match said {
        Told::Damaged(hash) => reported.add(hash),
        other => told.hear(other),
    })?);
    let mut identity = held.store.identity();
    let trusts = root(args, settings, &held.store).ok();
    if let (None, None, Some(hub)) = (&identity, &trusts, &held.hub) {
        identity = Some(hub.enrol(None, &players).await?);
    }
    let running = daemon(args, settings, &held)?;
    let group = identity.as_ref().map_or(&settings.group, |identity| &identity.placed.group);
    heard.group.lock().unwrap_or_else(PoisonError::into_inner).clone_from(group);
    let folder = held.folder.clone();
    let beside =
        Arc::new(Neighbours { players: players.clone(), folder, damaged: damaged.clone(), heard: heard.clone() });
    let collecting = collect(settings, running, damaged, &players, &heard);
    let Some(hub) = &held.hub else { collecting.await };
    let reporting = async {
        // What the display shows already goes on meanwhile.
        let identity = match identity {
            Some(identity) => Ok(identity),
            None => hub.enrol(trusts.as_deref(), &players).await,
        };
        match identity {
            Ok(identity) => hub.report(identity, beside).await,
            Err(error) => eprintln!("parvis sync: nothing is told to {}: {error:#}", settings.hub),
        }
        std::future::pending::<()>().await;
    };
    tokio::join!(collecting, reporting).0
}

/// Brings in what is published until the program ends, for whichever group this display belongs to.
async fn collect(
    settings: &SyncSettings,
    Running { mut daemon, mut news }: Running,
    mut damaged: Damaged,
    players: &Server,
    heard: &Heard,
) -> ! {
    let last_trouble = Mutex::new(String::new());
    loop {
        let tell = |turned: &Result<Turn, Refusal>| {
            let mut last = last_trouble.lock().unwrap_or_else(PoisonError::into_inner);
            let words = last.clone();
            match turned {
                Ok(turn) => {
                    if let Some(told) = told(turn) {
                        players.tell(told);
                        say(turn);
                    }
                    last.clear();
                }
                Err(refusal) => say_trouble(&settings.url, refusal, &mut last),
            }
            let has_news = turned.as_ref().is_ok_and(|turn| turn.activated().is_some()) || words != *last;
            heard.turned(has_news, turned.is_ok());
        };
        tokio::select! {
            never = daemon.run(news.as_mut(), &mut damaged, tell) => never,
            () = heard.regrouped.notified() => {}
        }
        daemon.regroup(&heard.group.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// What the players are to know of a turn.
fn told(turn: &Turn) -> Option<Told> {
    let Turn::Collected(collected) = turn else { return None };
    let kind = if collected.revision_stays { Told::Alerts } else { Told::Current };
    collected.activated.map(kind)
}

/// What players report, each object once, and that staff want a look.
#[derive(Clone, Default)]
pub(super) struct Damaged {
    waiting: Arc<Mutex<BTreeSet<Digest>>>,
    is_wanted: Arc<AtomicBool>,
    come: Arc<Notify>,
}

impl Damaged {
    /// Has the daemon look now.
    pub(super) fn collect(&self) {
        self.is_wanted.store(true, Ordering::Release);
        self.come.notify_one();
    }

    fn add(&self, hash: Digest) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < REPORTS_MAX {
            waiting.insert(hash);
            self.come.notify_one();
        }
    }

    fn take(&self) -> Option<Digest> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_first()
    }
}

impl Reports for Damaged {
    fn next(&mut self) -> Soon<'_, Wanted> {
        Box::pin(async {
            loop {
                if self.is_wanted.swap(false, Ordering::AcqRel) {
                    return Wanted::Collect;
                }
                match self.take() {
                    Some(hash) => return Wanted::Damaged(hash),
                    None => self.come.notified().await,
                }
            }
        })
    }
}

/// The same trouble is told once, not every minute.
fn say_trouble(url: &str, refusal: &Refusal, last: &mut String) {
    let words = refusal.to_string();
    if words != *last {
        eprintln!("parvis sync: {url}: {words}{}", advice(refusal));
        *last = words;
    }
}

/// What town IT can do, where it is not in the words themselves.
fn advice(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Network { .. } => ". It is tried again by itself; [sync] in the settings names address, proxy and CA",
        Refusal::Missing { .. } => ". Is this the address of the publication, the folder that root.json lies in?",
        Refusal::Expired { .. } => ": parvis-hub sign, at the town, signs it anew",
        Refusal::Signature(_) => ". Is the root.json of this display really this town's? --root names another",
        Refusal::NoGroup(_) => ": [sync] group names it here, parvis-hub group add makes it at the town",
        Refusal::NoRoom(_) => ". The quota is [sync] quota_mib",
        _ => "",
    }
}

fn say(turn: &Turn) {
    let Turn::Collected(collected) = turn else { return };
    let Collected { verified, shown, activated, objects, bytes, healed, .. } = collected.as_ref();
    let group = &verified.head.group;
    let since = if activated.is_some() { "from now on" } else { "as before" };
    println!("revision {shown} of group \"{group}\" is shown {since}");
    println!("{objects} objects, {} KiB fetched; {healed} damaged ones mended", bytes.div_ceil(1024));
    for role in &verified.stale {
        println!("the town's signature on {role} has ended");
    }
}
