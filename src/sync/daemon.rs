//! The daemon of a display: turn after turn, it brings in what is new, notes how things stand, and waits for news.

use super::dated::Dated;
use super::{
    Asked, Backoff, Belief, Care, Chance, Clock, Collected, Collector, Fetch, FetchFault, Found, Notices, Reading,
    Refusal, Shipping, Soon,
};
use crate::protocol::Kind;
use crate::publication::{Digest, Object, Version};
use crate::store::{Fault, State, SyncNote, stored_path};
use chrono::{DateTime, Utc};
use futures_util::future::{Either, select};
use jiff::Timestamp;
use serde_json::json;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The largest `timestamp.json` that is compared with the one that was verified.
const TIMESTAMP_BYTES_MAX: usize = 16 << 10;
/// Roots are looked for at least this often, and expiry with them.
const WHOLE_TURN_EVERY: Duration = Duration::from_secs(3600);
/// Where the server tells of news, it is asked this rarely without any.
const POLL_BESIDE_NEWS: Duration = Duration::from_secs(1800);
/// The floor under the clock is written when it has grown by this much: cards wear.
const FLOOR_STEP: chrono::TimeDelta = chrono::TimeDelta::hours(1);

/// What makes a daemon look before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A player has found this object damaged, or missing.
    Damaged(Digest),
    /// Staff want it to look now.
    Collect,
}

/// What is wanted of a daemon.
pub trait Reports: Send {
    /// Waits for the next. A call that is dropped and made anew loses nothing.
    fn next(&mut self) -> Soon<'_, Wanted>;
}

/// How a turn ended.
#[derive(Debug)]
pub enum Turn {
    /// The publication is the one that is shown.
    Unchanged,
    Collected(Box<Collected>),
}

impl Turn {
    /// The head that is shown from now on, when it is another.
    pub fn activated(&self) -> Option<Version> {
        match self {
            Self::Unchanged => None,
            Self::Collected(collected) => collected.activated,
        }
    }
}

pub struct Daemon {
    collector: Collector,
    dated: Arc<Dated>,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    belief: Belief,
    /// Where the publication is, for people.
    from: String,
    poll: Duration,
    /// The floor under the clock as it was last written.
    noted_floor: DateTime<Utc>,
    current: Option<Current>,
    /// Something else was published while the last turn lasted, or may have been.
    is_behind: AtomicBool,
    /// The server tells of news.
    hears_news: AtomicBool,
    shipping: Option<Shipping>,
}

/// What was verified, to be compared with what is there now.
struct Current {
    at: Duration,
    timestamp: String,
    /// What the server calls it.
    tag: Option<String>,
    expires: Timestamp,
    needed: Vec<Object>,
    /// What is not as it should be, as long as nothing else is brought in.
    troubles: Vec<(&'static str, String)>,
}

fn troubles(collected: &Collected) -> Vec<(&'static str, String)> {
    let stale = collected.verified.stale.iter();
    let stale = stale.map(|role| ("stale", format!("the town's signature on {role} has ended")));
    stale.chain(collected.unswept.iter().map(|error| ("disk", error.to_string()))).collect()
}

impl Daemon {
    /// `built` is when this Parvis was built: no clock before it is right.
    pub fn new(
        mut collector: Collector,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
        from: String,
        poll: Duration,
        built: DateTime<Utc>,
    ) -> Self {
        let dated = Arc::new(Dated::new(collector.fetch.clone()));
        collector.fetch = dated.clone();
        let noted = collector.store.clock_note();
        let noted_floor = noted.as_ref().map_or(DateTime::<Utc>::MIN_UTC, |note| note.floor);
        let belief = Belief::new(noted, built, reading(clock.as_ref()));
        let (is_behind, hears_news) = (AtomicBool::new(false), AtomicBool::new(false));
        let (current, shipping) = (None, None);
        Self {
            collector,
            dated,
            clock,
            chance,
            belief,
            from,
            poll,
            noted_floor,
            current,
            is_behind,
            hears_news,
            shipping,
        }
    }

    /// The display belongs to another group from now on.
    pub fn regroup(&mut self, group: &str) {
        if self.collector.group != group {
            group.clone_into(&mut self.collector.group);
            self.current = None;
        }
    }

    /// Tells a hub how things are here, and what the player has to tell.
    pub fn report(&mut self, shipping: Shipping) {
        self.shipping = Some(shipping);
    }

    /// One turn. The first reads every byte of the store; later ones as long as nothing is new only ask. While objects
    /// are on their way, `news` and each poll bring warnings past them.
    ///
    /// # Errors
    /// Why nothing new is shown. It has been noted in the store as well.
    pub async fn turn(&mut self, news: &mut dyn Notices) -> Result<Turn, Refusal> {
        let reading = reading(self.clock.as_ref());
        self.belief.look(reading);
        *self.is_behind.get_mut() = false;
        let turned = match self.is_unchanged(reading).await {
            Ok(true) => Ok(Turn::Unchanged),
            Ok(false) => self.collect(reading, news).await.map(|collected| Turn::Collected(Box::new(collected))),
            Err(fault) => Err(Refusal::Network { path: "metadata/timestamp.json".to_owned(), fault }),
        };
        let unshipped = match &mut self.shipping {
            Some(shipping) => shipping.ship_when_due(reading.elapsed, self.chance.as_ref()).await,
            None => None,
        };
        let noted = self.note(&turned, unshipped, reading);
        // A turn that was refused says why; that its note could not be written then is the smaller trouble.
        turned.and_then(|turn| noted.map(|()| turn).map_err(Refusal::Disk))
    }

    /// Turns until the program ends. `tell` is called after each turn.
    pub async fn run(
        &mut self,
        news: &mut dyn Notices,
        reports: &mut dyn Reports,
        mut tell: impl FnMut(&Result<Turn, Refusal>),
    ) -> ! {
        let mut backoff = Backoff::default();
        loop {
            let turned = self.turn(news).await;
            let wait = match &turned {
                Ok(_) if *self.is_behind.get_mut() => Duration::ZERO,
                Ok(_) => {
                    backoff.worked();
                    let hears_news = *self.hears_news.get_mut();
                    let poll = if hears_news { self.poll.max(POLL_BESIDE_NEWS) } else { self.poll };
                    // Forty displays that were switched on together must not ask together for ever.
                    poll.mul_f64(0.9 + 0.2 * self.chance.fraction())
                }
                Err(_) => backoff.failed(self.chance.as_ref()),
            };
            tell(&turned);
            let mut time = self.clock.sleep(wait);
            loop {
                match select(select(reports.next(), news.next()), &mut time).await {
                    Either::Left((Either::Left((Wanted::Collect, _)), _)) => break,
                    Either::Left((Either::Left((Wanted::Damaged(hash), _)), _)) if self.is_damaged(hash) => break,
                    Either::Left((Either::Left(_), _)) => {}
                    Either::Left((Either::Right((heard, _)), _)) => {
                        if heard.is_ok() {
                            self.hears_news.store(true, Ordering::Relaxed);
                            break;
                        }
                        if self.hears_news.swap(false, Ordering::Relaxed) {
                            time = self.clock.sleep(self.poll);
                        }
                    }
                    Either::Right(_) => break,
                }
            }
        }
    }

    /// Whether an object that is shown is damaged. Then it is removed, and the next turn fetches it again.
    fn is_damaged(&self, hash: Digest) -> bool {
        let needed = self.current.as_ref().and_then(|current| current.needed.iter().find(|one| one.hash == hash));
        let store = &self.collector.store;
        needed.is_some_and(|object| match store.check(object) {
            State::Whole => false,
            State::Missing => true,
            State::Damaged => store.disk().remove(&stored_path(hash)).is_ok(),
        })
    }

    /// Whether the publication is the one that was verified last, and all of it is still in the store.
    async fn is_unchanged(&mut self, reading: Reading) -> Result<bool, FetchFault> {
        let judging_time = instant(self.belief.judging_time(reading));
        let Some(current) = &mut self.current else { return Ok(false) };
        let is_recent = reading.elapsed.saturating_sub(current.at) < WHOLE_TURN_EVERY;
        let store = &self.collector.store;
        let is_there = || {
            let heads = store.heads(&self.collector.pinned_root);
            heads.first().is_some_and(|kept| kept.head.is_ok()) && current.needed.iter().all(|object| store.has(object))
        };
        if !is_recent || judging_time >= current.expires || !is_there() {
            return Ok(false);
        }
        let asked = Asked { path: "metadata/timestamp.json", from: 0, known: current.tag.as_deref() };
        let answer = self.dated.get(asked).await?;
        let mut body = match answer.found {
            Found::Unchanged => return Ok(current.tag.is_some()),
            Found::Body { from: 0, body } => body,
            Found::Body { .. } | Found::Nothing => return Ok(false),
        };
        let mut bytes = Vec::new();
        while let Some(piece) = body.next().await? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > TIMESTAMP_BYTES_MAX {
                return Ok(false);
            }
        }
        let same = bytes == current.timestamp.as_bytes();
        if same {
            current.tag = answer.tag;
        }
        Ok(same)
    }

    async fn collect(&mut self, reading: Reading, news: &mut dyn Notices) -> Result<Collected, Refusal> {
        let care = if self.current.is_some() { Care::Quick } else { Care::Thorough };
        let mut collected = self.bring_in(reading, care, news).await;
        if let Err(Refusal::Expired { .. }) = &collected
            && self.is_clock_ahead(reading).await
        {
            collected = self.bring_in(reading, care, news).await;
        }
        if let Err(Refusal::Disk(_)) = &collected {
            // What has the right length may be damaged after all: the next turn reads every byte.
            self.current = None;
        }
        let collected = collected?;
        self.belief.verified(collected.verified.signed_at.map(moment), reading);
        let verified = &collected.verified;
        self.current = Some(Current {
            at: reading.elapsed,
            timestamp: verified.head.timestamp.clone(),
            tag: None,
            expires: verified.vouched.expiries.get("timestamp").copied().unwrap_or(Timestamp::MIN),
            needed: collected.needed.clone(),
            troubles: troubles(&collected),
        });
        Ok(collected)
    }

    /// Brings in what is published. A large film may take hours: warnings do not wait for it.
    async fn bring_in(&self, reading: Reading, care: Care, news: &mut dyn Notices) -> Result<Collected, Refusal> {
        let verified = self.collector.verify(self.judging_time(reading)).await?;
        let version = verified.vouched.version;
        let listening = pin!(async {
            let mut due = self.clock.sleep(self.poll);
            loop {
                match select(news.next(), &mut due).await {
                    Either::Left((heard, _)) => {
                        self.hears_news.store(heard.is_ok(), Ordering::Relaxed);
                        if heard.is_err() {
                            continue;
                        }
                        // Whatever comes of it now, the next turn looks.
                        self.is_behind.store(true, Ordering::Relaxed);
                    }
                    Either::Right(_) => {}
                }
                due = self.clock.sleep(self.poll);
                self.look_at_clock();
                // What is refused now, the next turn refuses as well, and says so.
                let Ok(heard) = self.collector.verify(self.judging_time(reading)).await else { continue };
                if heard.vouched.version != version && self.collector.keep_bulletin(&heard).is_ok() {
                    self.is_behind.store(true, Ordering::Relaxed);
                }
            }
        });
        match select(pin!(self.collector.collect(verified, care)), listening).await {
            Either::Left((collected, _)) => collected,
            Either::Right((never, _)) => never,
        }
    }

    /// A clock that has been set while a film was on its way is believed from then on, not when the film is here.
    fn look_at_clock(&self) {
        let (store, mut belief) = (&self.collector.store, self.belief.clone());
        belief.look(reading(self.clock.as_ref()));
        if store.clock_note().is_none_or(|noted| noted.evidence != belief.note().evidence) {
            // What the disk does not take now it takes at the end of the turn.
            store.note_clock(belief.note()).ok();
        }
    }

    /// What has expired is judged by this moment, also hours after the clock was read.
    fn judging_time(&self, reading: Reading) -> Timestamp {
        let since = self.clock.elapsed().saturating_sub(reading.elapsed);
        instant(self.belief.judging_time(reading)).saturating_add(since).unwrap_or(Timestamp::MAX)
    }

    /// Whether what has expired by the clock was signed just now by everybody else's.
    async fn is_clock_ahead(&mut self, reading: Reading) -> bool {
        let floor = instant(self.belief.note().floor);
        let signed = self.collector.verify(floor).await.ok().and_then(|verified| verified.signed_at);
        self.belief.has_expired(signed.map(moment), self.dated.last(), reading)
    }

    /// Writes down how things stand.
    fn note(
        &mut self,
        turned: &Result<Turn, Refusal>,
        unshipped: Option<String>,
        reading: Reading,
    ) -> std::io::Result<()> {
        let store = &self.collector.store;
        let now = if self.belief.is_trusted() { reading.clock } else { self.belief.note().floor };
        let clock = self.belief.note();
        if store.clock_note().is_none_or(|noted| noted.evidence != clock.evidence)
            || clock.floor.signed_duration_since(self.noted_floor).abs() >= FLOOR_STEP
        {
            store.note_clock(clock)?;
            self.noted_floor = clock.floor;
        }
        let before = store.sync_note();
        let mut note = SyncNote { from: self.from.clone(), group: self.collector.group.clone(), ..before.clone() };
        let mut troubles: Vec<(&str, String)> = Vec::new();
        match turned {
            Err(refusal) => troubles.push((refusal.kind(), refusal.to_string())),
            Ok(turn) => {
                // To the hour: cards wear.
                let is_old = |at: DateTime<Utc>| now.signed_duration_since(at).abs() >= FLOOR_STEP;
                if note.contacted.is_none_or(is_old) || turn.activated().is_some() || !before.faults.is_empty() {
                    note.contacted = Some(now);
                }
                if turn.activated().is_some() {
                    note.activated = Some(now);
                }
                troubles.extend(self.current.iter().flat_map(|current| current.troubles.clone()));
            }
        }
        troubles.extend(unshipped.map(|fault| ("records", fault)));
        troubles.extend(clock.evidence.clone().map(|words| ("clock", words)));
        note.faults = faults(&before.faults, troubles, now);
        store.note_sync(&note)?;
        self.tell(turned, &before, &note, now);
        Ok(())
    }

    /// Leaves word for the hub of what has changed.
    fn tell(&mut self, turned: &Result<Turn, Refusal>, before: &SyncNote, note: &SyncNote, now: DateTime<Utc>) {
        let Some(shipping) = &mut self.shipping else { return };
        let is_new = |fault: &&Fault| !before.faults.iter().any(|known| known.kind == fault.kind);
        let mut told = Vec::new();
        for fault in note.faults.iter().filter(is_new) {
            told.push((Kind::Fault, json!({"kind": fault.kind, "words": fault.words})));
        }
        for ended in before.faults.iter().filter(|known| !note.faults.iter().any(|fault| fault.kind == known.kind)) {
            told.push((Kind::Fault, json!({"kind": ended.kind, "ended": true})));
        }
        if let Some(version) = turned.as_ref().ok().and_then(Turn::activated) {
            told.push((Kind::Status, json!({"shows": version.to_string()})));
        }
        for (kind, body) in told {
            // What the disk does not take now is a fault of its own, and stands in the next note.
            if shipping.keep(kind, now, body).is_err() {
                return;
            }
        }
    }
}

/// The same trouble keeps the moment since when it lasts.
fn faults(before: &[Fault], troubles: Vec<(&str, String)>, now: DateTime<Utc>) -> Vec<Fault> {
    let since = |kind: &str| before.iter().find(|fault| fault.kind == kind).map_or(now, |fault| fault.since);
    troubles.into_iter().map(|(kind, words)| Fault { kind: kind.to_owned(), words, since: since(kind) }).collect()
}

fn reading(clock: &dyn Clock) -> Reading {
    Reading { clock: moment(clock.now()), elapsed: clock.elapsed(), is_set_by_a_source: clock.is_set_by_a_source() }
}

fn moment(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp(at.as_second(), 0).unwrap_or_default()
}

fn instant(at: DateTime<Utc>) -> Timestamp {
    Timestamp::from_second(at.timestamp()).unwrap_or(Timestamp::MIN)
}
