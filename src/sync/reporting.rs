//! A display tells its hub how it is, every minute and when something has changed, and does what it is asked.

use super::hub_link::{HubAsked, HubLink, read};
use super::{Backoff, Chance, Clock, FetchFault, Soon};
use crate::protocol::{Answer, Command, Done, OnScreen, Order, Outcome, REPORT_SECS, Report, Trouble};
use crate::store::{Identity, Store};
use chrono::{DateTime, Utc};
use futures_util::future::{Either, select};
use std::sync::Arc;
use std::time::Duration;

/// Two reports are never closer: whatever changes how often, it does not make the hub spin.
const GAP: Duration = Duration::from_secs(3);

/// The programs of this display beside the one that reports.
pub trait Beside: Send + Sync {
    /// What is on the panel, as a player has last said.
    fn on_screen(&self) -> Option<OnScreen>;

    /// Has a player do something, and waits until it has, for a while; its picture where one was asked for.
    fn ask_player(&self, order: Order) -> Soon<'_, (Outcome, Option<Vec<u8>>)>;

    /// Looks for a new publication, and waits until that was done.
    fn collect(&self) -> Soon<'_, Outcome>;

    /// The hub calls this display so from now on.
    fn placed(&self, identity: &Identity);

    /// Waits until something has changed that the hub should know.
    fn changed(&self) -> Soon<'_, ()>;
}

/// Whoever reports.
pub struct Reporter {
    pub hub: Arc<HubLink>,
    pub store: Store,
    pub identity: Identity,
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub beside: Arc<dyn Beside>,
    /// What the hub is to hear with the next report.
    pub done: Vec<Done>,
}

impl Reporter {
    /// Reports until the program ends. `trouble` is told why the hub did not take a report, or that it has.
    pub async fn run(&mut self, trouble: &(dyn Fn(Option<&FetchFault>) + Send + Sync)) -> ! {
        let mut backoff = Backoff::default();
        loop {
            let told = self.turn().await;
            trouble(told.as_ref().err());
            let wait = match &told {
                Ok(true) => GAP,
                Ok(false) => {
                    backoff.worked();
                    Duration::from_secs(REPORT_SECS).mul_f64(0.95 + 0.1 * self.chance.fraction())
                }
                Err(_) => backoff.failed(self.chance.as_ref()).max(GAP),
            };
            if told.is_err() || wait <= GAP {
                self.clock.sleep(wait).await;
                continue;
            }
            self.clock.sleep(GAP).await;
            let (time, changed) = (self.clock.sleep(wait.saturating_sub(GAP)), self.beside.changed());
            match select(time, changed).await {
                Either::Left(_) | Either::Right(_) => {}
            }
        }
    }

    /// One report, and what comes of it; whether the hub is to hear more at once.
    ///
    /// # Errors
    /// When the hub did not take it: what it was to hear is told again.
    pub async fn turn(&mut self) -> Result<bool, FetchFault> {
        let report = self.report();
        let answer: Answer = self.hub.post_json("displays/report", &report).await?;
        self.done.drain(..report.done.len());
        self.place(&answer);
        for command in answer.commands {
            self.carry_out(command).await;
        }
        Ok(!self.done.is_empty())
    }

    fn report(&self) -> Report {
        let (sync, store) = (self.store.sync_note(), &self.store);
        let mut faults: Vec<Trouble> = sync
            .faults
            .into_iter()
            .map(|fault| Trouble { kind: fault.kind, words: fault.words, since: fault.since })
            .collect();
        let on = self.beside.on_screen();
        if on.is_none() {
            let (kind, words) = ("player".to_owned(), "no player is connected to parvis sync".to_owned());
            faults.push(Trouble { kind, words, since: sync.activated.unwrap_or_else(|| self.now()) });
        }
        Report {
            shows: store.shown(),
            shows_since: sync.activated,
            group: self.identity.placed.group.clone(),
            on,
            clock: store.clock_note().and_then(|note| note.evidence),
            disk_free_bytes: store.disk().free().ok(),
            contacted: sync.contacted,
            faults,
            parvis: env!("CARGO_PKG_VERSION").to_owned(),
            done: self.done.clone(),
        }
    }

    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.clock.now().as_second(), 0).unwrap_or_default()
    }

    fn place(&mut self, answer: &Answer) {
        let placed = &mut self.identity.placed;
        let is_same = placed.name == answer.name && placed.group == answer.group && placed.position == answer.position;
        if is_same || answer.name.is_empty() {
            return;
        }
        placed.name.clone_from(&answer.name);
        placed.group.clone_from(&answer.group);
        placed.position.clone_from(&answer.position);
        // What the disk does not take now, the next answer says again.
        self.store.note_identity(&self.identity).ok();
        self.beside.placed(&self.identity);
    }

    /// Does a command once, however often it comes.
    async fn carry_out(&mut self, Command { number, order }: Command) {
        if number <= self.identity.last_command {
            // It came before, and the hub has not heard so; what came of it is not known any more after a restart.
            if !self.done.iter().any(|done| done.number == number) {
                self.done.push(Done { number, outcome: Outcome::Received });
            }
            return;
        }
        self.identity.last_command = number;
        if self.store.note_identity(&self.identity).is_err() {
            self.done.push(Done { number, outcome: Outcome::Failed });
            return;
        }
        let outcome = match order {
            Order::Collect => self.beside.collect().await,
            _ => match self.beside.ask_player(order).await {
                (Outcome::Done, Some(picture)) => self.send_picture(&picture).await,
                (outcome, _) => outcome,
            },
        };
        self.done.push(Done { number, outcome });
    }

    async fn send_picture(&self, png: &[u8]) -> Outcome {
        let asked = HubAsked { method: "POST", path: "displays/screenshot", body: png, kind: "image/png" };
        let sent = self.hub.ask(&asked).await.and_then(|answer| read::<()>(&answer));
        if sent.is_ok() { Outcome::Done } else { Outcome::Failed }
    }
}
