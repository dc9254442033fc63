//! The Common Alerting Protocol (OASIS CAP 1.2, and 1.1, which differs in nothing that is read here): alerts in a file,
//! several in one, or an Atom or RSS index of them.
//!
//! CAP proves nothing about who sent a message: only senders that the operator lists may warn the public. Where none
//! is listed, the operator vouches for what the import is pointed at. Signatures are not looked at. `contact` is never
//! read: it names people.

mod areas;
mod grouping;
mod index;
mod info;
mod message;
mod texts;

use super::fetch::Ask;
use super::notes::Notes;
use super::xml::{self, Element};
use super::{Extent, ImportError, Input, Job, Progress, Source};
use crate::content::Item;
use chrono::{DateTime, Utc};
use index::{Entry, MEDIA_TYPE};
use info::Info;
use message::{Act, Key, Message};
use std::collections::{HashMap, HashSet};
use url::Url;

/// Public warnings: the Common Alerting Protocol of OASIS, 1.1 and 1.2.
pub struct Cap;

const ACCEPT: &str = "application/cap+xml, application/atom+xml, application/xml, text/xml";
/// The largest file of alerts, and the largest index.
const BYTES_MAX: u64 = 16 << 20;
/// The largest alert that an index leads to.
const ALERT_BYTES_MAX: u64 = 2 << 20;
/// Alerts that are fetched for one index.
const LINKS_MAX: usize = 300;
/// Blocks of one message that are looked at.
const INFOS_MAX: usize = 200;
/// The outermost elements of what holds alerts, or none just now.
const ROOTS: [&str; 5] = ["alert", "alerts", "feed", "rss", "EDXLDistribution"];

impl Source for Cap {
    fn name(&self) -> &'static str {
        "cap"
    }

    fn about(&self) -> &'static str {
        "Public warnings in the Common Alerting Protocol: a file of alerts, or an Atom or RSS index of them"
    }

    fn warns(&self) -> bool {
        true
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let Some(bytes) = job.bytes(ACCEPT, BYTES_MAX)? else { return Ok(Extent::Unchanged) };
        read(job, &bytes)
    }
}

/// Reads a file of alerts, or an index, and what the index leads to.
fn read(job: &mut Job<'_>, bytes: &[u8]) -> Result<Extent, ImportError> {
    let mut elements = Vec::new();
    let outcome = xml::read(bytes, &["alert", "entry", "item"], &mut |element| elements.push(element));
    let outcome = outcome.map_err(|reason| job.not_this(reason))?;
    if elements.is_empty() && (outcome.broken_off.is_some() || !ROOTS.contains(&outcome.root.as_str())) {
        let reason = outcome.broken_off.unwrap_or_else(|| "there is no alert in it".to_owned());
        return Err(job.not_this(format!("neither CAP nor an index of alerts: {reason}")));
    }
    let mut found = Found { missing: outcome.broken_off, ..Found::default() };
    for element in elements {
        if element.name == "alert" {
            found.alerts.push(element);
        } else {
            found.entry(job, &element);
        }
    }
    found.fetch(job);
    let Found { alerts, missing, .. } = found;
    let TakenBack { elsewhere, here } = publish(job, alerts);
    let Some(reason) = missing else { return Ok(Extent::Whole) };
    // The whole would have withdrawn what is not in it. Now that it is not whole, what was taken back is named; its parts
    // go with it.
    elsewhere.into_iter().for_each(|key| job.removed(key.id()));
    here.into_iter().for_each(|key| job.withdrawn(key.id()));
    Ok(job.broken_off(reason))
}

/// What an input holds and leads to.
#[derive(Default)]
struct Found {
    alerts: Vec<Element>,
    /// The record, the address and the mark of each alert that lies elsewhere.
    links: Vec<(String, Url, String)>,
    known: HashSet<Url>,
    /// Why not all alerts of the source are here.
    missing: Option<String>,
}

impl Found {
    fn entry(&mut self, job: &mut Job<'_>, element: &Element) {
        let source = job.source().to_owned();
        let mut notes = Notes::new(&source, job.settings);
        let entry = index::entry(element, job.settings, &mut notes);
        job.problems(notes.problems);
        match entry {
            Entry::Alerts(alerts) => self.alerts.extend(alerts),
            Entry::Over { record, field, reason, value } => {
                job.record();
                job.left_out(&record, field, reason, &value);
            }
            Entry::Empty { record } => {
                job.record();
                job.left_out(&record, "link", "there is no alert in this entry, and no link to one", "");
            }
            Entry::Link { record, href, mark } => self.link(job, record, &href, mark),
        }
    }

    /// One link per address: some indexes have an entry for every area of an alert.
    fn link(&mut self, job: &mut Job<'_>, record: String, href: &str, mark: String) {
        let (own, url) = match job.input {
            Input::Web(base) => (Some(base), base.join(href)),
            Input::Path(_) => (None, Url::parse(href)),
        };
        let refused = match url {
            Ok(url) if own == Some(&url) => "it leads back to the index: there is no alert behind it",
            Ok(url) if self.known.contains(&url) => return,
            Ok(_) if self.links.len() == LINKS_MAX => {
                self.missing = Some(format!("the index leads to more than {LINKS_MAX} alerts"));
                "the index leads to more alerts than are fetched at once"
            }
            Ok(url) => {
                self.known.insert(url.clone());
                self.links.push((record, url, mark));
                return;
            }
            Err(_) => "this is not an address",
        };
        job.record();
        job.left_out(&record, "link", refused, href);
    }

    /// Fetches what the index leads to. What cannot be had now may still be in force.
    fn fetch(&mut self, job: &mut Job<'_>) {
        let links = std::mem::take(&mut self.links);
        let total = links.len() as u64;
        let mut failed = 0;
        for (done, (record, url, mark)) in (0..).zip(&links) {
            job.progress(Progress { doing: "fetching", done, total });
            if let Err(reason) = self.fetch_one(job, url, mark) {
                failed += 1;
                job.record();
                job.left_out(record, "link", &reason, url.as_str());
            }
        }
        if failed > 0 {
            self.missing = Some(format!("{failed} of the {total} alerts that the index leads to could not be had"));
        }
    }

    /// What stands at an address does not change once it is published (CAP 1.2, 3.2.1: an update has its own identifier).
    fn fetch_one(&mut self, job: &mut Job<'_>, url: &Url, mark: &str) -> Result<(), String> {
        let ask = Ask { accept: MEDIA_TYPE, bytes_max: ALERT_BYTES_MAX, ..Ask::default() };
        let page = job.kept_page(url, &ask, mark).map_err(|error| error.to_string())?;
        let mut alerts = Vec::new();
        let read = xml::read(&page.bytes, &["alert"], &mut |alert| alerts.push(alert));
        let wrong = match read.map(|outcome| outcome.broken_off) {
            Err(reason) => Some(reason),
            Ok(Some(reason)) => Some(format!("it breaks off: {reason}")),
            Ok(None) => alerts.is_empty().then(|| "there is no alert at this address".to_owned()),
        };
        match wrong {
            Some(reason) => {
                // The next time it may be one.
                if let Some(pages) = job.web.pages() {
                    pages.remove(url);
                }
                Err(reason)
            }
            None => {
                self.alerts.append(&mut alerts);
                Ok(())
            }
        }
    }
}

/// The messages that others replace or take back.
struct TakenBack {
    /// Those that are not in the input.
    elsewhere: Vec<Key>,
    here: Vec<Key>,
}

/// Makes items of alerts.
fn publish(job: &mut Job<'_>, alerts: Vec<Element>) -> TakenBack {
    let source = job.source().to_owned();
    let mut messages = Vec::new();
    for element in alerts {
        let mut notes = Notes::new(&source, job.settings).about(element.text_of("identifier").unwrap_or_default());
        match Message::read(element, job.settings, &mut notes) {
            Ok(message) => messages.push((message, notes)),
            Err(refused) => {
                job.problems(notes.problems);
                job.record();
                job.left_out(&refused.record, refused.field, refused.reason, &refused.value);
            }
        }
    }
    // Of two messages with one identifier the later one is meant, and never a drill in the place of the real thing.
    messages.sort_by_key(|(message, _)| (message.drill, std::cmp::Reverse(message.sent)));
    let keys_of = |is_drill| -> HashSet<Key> {
        let those = messages.iter().filter(|(message, _)| message.drill == is_drill);
        those.map(|(message, _)| message.key.clone()).collect()
    };
    let (real, drills) = (keys_of(false), keys_of(true));
    let mut replaced: HashMap<Key, Option<DateTime<Utc>>> = HashMap::new();
    for (message, _) in &messages {
        // Of what is not here nobody knows whether it is a drill.
        let may_end = |key: &&Key| !message.drill || drills.contains(*key) && !real.contains(*key);
        for key in message.references.iter().filter(may_end) {
            // The first is the latest.
            replaced.entry(key.clone()).or_insert(message.sent);
        }
    }
    let mut replaced_here = Vec::new();
    for (message, notes) in messages {
        let by = replaced.get(&message.key);
        // A message replaces only what was sent before it.
        let is_replaced = by.is_some_and(|by| by.zip(message.sent).is_none_or(|(by, sent)| by >= sent));
        replaced_here.extend(is_replaced.then(|| message.key.clone()));
        one(job, &message, is_replaced, notes);
    }
    let mut elsewhere: Vec<Key> =
        replaced.into_keys().filter(|key| !real.contains(key) && !drills.contains(key)).collect();
    elsewhere.sort();
    TakenBack { elsewhere, here: replaced_here }
}

/// One message: an item for each of its parts, or left out as a whole.
fn one(job: &mut Job<'_>, message: &Message, is_replaced: bool, mut notes: Notes<'_>) {
    let record = message.key.identifier.as_str();
    let left_out = |job: &mut Job<'_>, notes: Notes<'_>, field: &str, reason: &str| {
        job.problems(notes.problems);
        job.record();
        job.left_out(record, field, reason, "");
    };
    if is_replaced {
        return left_out(job, notes, "references", "a later message replaces it or takes it back");
    }
    if message.act == Act::Cancel {
        return left_out(job, notes, "msgType", "it takes earlier alerts back and warns of nothing");
    }
    let blocks = message.element.children_named("info").take(INFOS_MAX + 1);
    let mut infos: Vec<Info> = blocks.map(|block| Info::read(block, job.settings, &mut notes)).collect();
    if infos.len() > INFOS_MAX {
        notes.problem("info", "more blocks than an alert has: the others are not looked at", "");
        infos.truncate(INFOS_MAX);
    }
    if infos.is_empty() {
        return left_out(job, notes, "info", "it does not say what it warns of");
    }
    infos.retain(|info| !info.is_over);
    if infos.is_empty() {
        return left_out(job, notes, "info.urgency", "it says that the danger is past");
    }
    infos.retain(|info| areas::concern(&info.areas, job.settings));
    if infos.is_empty() {
        return left_out(job, notes, "info.area", "it is meant for other areas than the town's");
    }
    let groups = grouping::groups(infos);
    for (part, group) in groups.into_iter().enumerate() {
        let alert = group.alert(message, part, job.settings, &mut notes);
        job.record();
        match alert {
            Ok(alert) => job.item(Item::Alert(alert), Vec::new()),
            Err((field, reason, value)) => job.left_out(record, field, reason, &value),
        }
    }
    job.problems(notes.problems);
}

#[cfg(test)]
mod tests;
