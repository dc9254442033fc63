//! What `parvis sync` has to do with the hub: being let in, reporting, and doing what it is asked.

use super::sync::{Damaged, http};
use crate::device::socket::Server;
use crate::player::settings::SyncSettings;
use crate::protocol::{OnScreen, Order, Outcome, SCREENSHOT, SCREENSHOT_BYTES_MAX, Told};
use crate::store::{Identity, PairingNote, Store, display_key};
use crate::sync::{
    Beside, Chance, Clock, Enrolled, Enrolling, FetchFault, HubHttp, HubLink, MachineChance, MachineClock, Reporter,
    Soon, enrol,
};
use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::{Either, select};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// How long a player may take for a picture of the panel.
const PICTURE_TAKES: Duration = Duration::from_secs(20);
/// How long a turn of the daemon may take until staff are told that it goes on.
const COLLECT_TAKES: Duration = Duration::from_secs(120);

/// A hub, and this display as it knows it.
pub struct HubSide {
    pub link: Arc<HubLink>,
    store: Store,
    folder: PathBuf,
    address: String,
}

impl HubSide {
    /// The hub of the settings, where one is named. What is told it is signed once this display was let in.
    pub fn open(settings: &SyncSettings, folder: &Path, store: &Store) -> Result<Option<Self>> {
        if settings.hub.is_empty() {
            return Ok(None);
        }
        let wrong = |reason: String| anyhow!("{}: {reason}", settings.hub);
        let carrier = HubHttp::new(&http(settings, &settings.hub)).map_err(wrong)?;
        let link = Arc::new(HubLink::new(Box::new(carrier), Arc::new(MachineClock)));
        if let Some(identity) = store.identity() {
            link.sign_as(identity.placed.display, Arc::new(display_key(folder)?));
        }
        let (store, folder, address) = (store.clone(), folder.to_owned(), settings.hub.clone());
        Ok(Some(Self { link, store, folder, address }))
    }

    /// Shows codes until staff have typed one; this display is known to the hub from then on. Where no root is trusted
    /// yet, that of the hub is.
    pub async fn enrol(&self, trusted: Option<&[u8]>, players: &Server) -> Result<Identity> {
        let key = Arc::new(display_key(&self.folder)?);
        let last_trouble = Mutex::new(String::new());
        let show = |seen: Enrolling| self.show(seen, players, &last_trouble);
        let times: (&dyn Clock, &dyn Chance) = (&MachineClock, &MachineChance);
        let Enrolled { placed, root } = enrol(&self.link, &key, trusted, times, &show).await;
        if trusted.is_none() {
            self.store.pin_root(&root).with_context(|| self.folder.display().to_string())?;
        }
        let identity = Identity { hub: self.address.clone(), placed, last_command: 0 };
        self.store.note_identity(&identity).with_context(|| self.folder.display().to_string())?;
        self.store.note_pairing(None).ok();
        self.link.sign_as(identity.placed.display, key);
        println!(
            "{} has let this display in as \"{}\", group \"{}\"",
            self.address, identity.placed.name, identity.placed.group
        );
        players.tell(Told::Placed(identity.placed.name.clone()));
        Ok(identity)
    }

    fn show(&self, seen: Enrolling, players: &Server, last_trouble: &Mutex<String>) {
        match seen {
            Enrolling::Shows(code, secs) => {
                let until = now() + TimeDelta::seconds(secs.into());
                // Whoever stands before the screen sees it there.
                self.store.note_pairing(Some(&PairingNote { code: code.clone(), until })).ok();
                let (first, last) = code.halves();
                println!("staff of {} type this code at /staff/displays/enrol: {first} {last}", self.address);
                players.tell(Told::Pairing(code));
                lock(last_trouble).clear();
            }
            Enrolling::Waits(words) => {
                let mut last = lock(last_trouble);
                if *last != words {
                    eprintln!("parvis sync: {}: {words}", self.address);
                    *last = words;
                }
            }
        }
    }

    /// Reports until the program ends.
    pub async fn report(&self, identity: Identity, beside: Arc<dyn Beside>) {
        beside.placed(&identity);
        let mut reporter = Reporter {
            hub: self.link.clone(),
            store: self.store.clone(),
            identity,
            clock: Arc::new(MachineClock),
            chance: Arc::new(MachineChance),
            beside,
            done: Vec::new(),
        };
        let last_trouble = Mutex::new(String::new());
        let say = |fault: Option<&FetchFault>| {
            let words = fault.map(ToString::to_string).unwrap_or_default();
            let mut last = lock(&last_trouble);
            if *last != words && !words.is_empty() {
                eprintln!("parvis sync: {}: it takes no report: the hub {words}", self.address);
            }
            *last = words;
        };
        reporter.run(&say).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "the clock of the display, for people")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The player and the daemon of this display.
pub struct Neighbours {
    pub players: Arc<Server>,
    pub folder: PathBuf,
    pub damaged: Damaged,
    pub heard: Arc<Heard>,
}

/// What players have said, and the daemon.
#[derive(Default)]
pub struct Heard {
    on: Mutex<Option<OnScreen>>,
    pictured: Mutex<Option<Outcome>>,
    picture_came: Notify,
    /// How the last turn of the daemon ended.
    turned: Mutex<Option<Outcome>>,
    turn_ended: Notify,
    changed: Notify,
    /// The group that this display belongs to.
    pub group: Mutex<String>,
    pub regrouped: Notify,
}

impl Heard {
    pub fn hear(&self, told: Told) {
        match told {
            Told::On(on) => {
                let before = lock(&self.on).replace(on);
                if before.is_none() {
                    self.changed.notify_one();
                }
            }
            Told::Pictured(outcome) => {
                *lock(&self.pictured) = Some(outcome);
                self.picture_came.notify_one();
            }
            _ => {}
        }
    }

    /// A turn of the daemon has ended.
    pub fn turned(&self, has_news: bool, is_well: bool) {
        *lock(&self.turned) = Some(if is_well { Outcome::Done } else { Outcome::Failed });
        self.turn_ended.notify_waiters();
        if has_news {
            self.changed.notify_one();
        }
    }
}

impl Neighbours {
    async fn picture(&self) -> (Outcome, Option<Vec<u8>>) {
        *lock(&self.heard.pictured) = None;
        if !self.players.tell(Told::Asked(Order::Screenshot)) {
            return (Outcome::NoPlayer, None);
        }
        let came = async {
            loop {
                if let Some(outcome) = lock(&self.heard.pictured).take() {
                    return outcome;
                }
                self.heard.picture_came.notified().await;
            }
        };
        let outcome = match select(Box::pin(came), Box::pin(tokio::time::sleep(PICTURE_TAKES))).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(_) => Outcome::Failed,
        };
        let path = self.folder.join(SCREENSHOT);
        let picture = (outcome == Outcome::Done).then(|| std::fs::read(&path).ok()).flatten();
        // It is nobody's business any longer than needed.
        std::fs::remove_file(&path).ok();
        match picture {
            Some(png) if png.len() <= SCREENSHOT_BYTES_MAX => (Outcome::Done, Some(png)),
            _ if outcome == Outcome::Done => (Outcome::Failed, None),
            _ => (outcome, None),
        }
    }
}

impl Beside for Neighbours {
    fn on_screen(&self) -> Option<OnScreen> {
        lock(&self.heard.on).clone().filter(|_| self.players.has_players())
    }

    fn ask_player(&self, order: Order) -> Soon<'_, (Outcome, Option<Vec<u8>>)> {
        Box::pin(async move {
            match order {
                Order::Screenshot => self.picture().await,
                _ if self.players.tell(Told::Asked(order)) => (Outcome::Done, None),
                _ => (Outcome::NoPlayer, None),
            }
        })
    }

    fn collect(&self) -> Soon<'_, Outcome> {
        Box::pin(async move {
            *lock(&self.heard.turned) = None;
            let ended = self.heard.turn_ended.notified();
            self.damaged.collect();
            // A film may be hours on its way: it is being done then.
            match select(Box::pin(ended), Box::pin(tokio::time::sleep(COLLECT_TAKES))).await {
                Either::Left(_) => lock(&self.heard.turned).unwrap_or(Outcome::Done),
                Either::Right(_) => Outcome::Received,
            }
        })
    }

    fn placed(&self, identity: &Identity) {
        self.players.tell(Told::Placed(identity.placed.name.clone()));
        let mut group = lock(&self.heard.group);
        if *group != identity.placed.group {
            group.clone_from(&identity.placed.group);
            self.heard.regrouped.notify_one();
        }
    }

    fn changed(&self) -> Soon<'_, ()> {
        Box::pin(self.heard.changed.notified())
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
