//! The process that holds the online keys. It is asked over a Unix socket and signs nothing but what is staged in its own
//! publication, after it has looked at every byte.
//!
//! A question is one line: `sign FOLDER`, `groups`, `alerts`, or `raise` and `clear` with an [`Urgent`] as JSON. The answer is
//! one line of JSON.

use super::endings::endings;
use super::keyring::{Keyring, Unlocked};
use super::publish::{Published, sign_staged};
use super::raising::{clear, raise};
use super::signing::{Change, Signing, Versions};
use super::standing::{Warning, standing};
use super::{GROUPS, Groups, HubError, Passphrase, Site};
use crate::content::Alert;
use crate::publication::stated;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long one who asks may take to say what.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a signer may take for an answer: it looks at every byte of a large publication.
const WORK: Duration = Duration::from_secs(120);
/// The longest question, in bytes.
const QUESTION_MAX: u64 = 64 << 10;
/// The longest answer, in bytes: the warnings of a town with many groups.
const ANSWER_MAX: u64 = 4 << 20;

/// What to say of a publication that begins anew.
pub const FORGETS_ALERTS: &str = "The publication of before is gone, and the warnings in it with it: those that still hold \
    have to be published again with `parvis-hub alerts`.";

/// What a signer says of itself, one JSON line for each act.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Act {
    pub at: String,
    /// `signed`, `told`, `refused` or `warning`.
    pub act: String,
    /// `request` or `clock`.
    pub by: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Items of the publication that was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<usize>,
    /// New versions by role.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub versions: Versions,
    /// The display groups of the town, where they were asked for and there is a file of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    /// The warnings that stand, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<Warning>,
}

/// Warnings to raise, or one to clear, for the groups named; for all where none is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Urgent {
    pub alerts: Vec<Alert>,
    pub id: String,
    pub groups: Vec<String>,
}

/// A signer with its keys in memory.
pub struct Signer {
    ring: Keyring,
    unlocked: Unlocked,
    passphrase: Passphrase,
    roles: &'static [&'static str],
    site: Site,
    /// What was warned of, by role: the days.
    warned: BTreeMap<String, i64>,
}

impl Signer {
    /// # Errors
    /// When the keys cannot be opened.
    pub fn new(
        keys: &Path,
        passphrase: Passphrase,
        roles: &'static [&'static str],
        site: Site,
    ) -> Result<Self, HubError> {
        let ring = Keyring::open(keys)?;
        let unlocked = ring.unlock_roles(roles, &passphrase, &[])?;
        Ok(Self { ring, unlocked, passphrase, roles, site, warned: BTreeMap::new() })
    }

    /// Signs again what the clock asks for: the timestamp, and what has passed half of its time.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Act> {
        let signed = self.reload().and_then(|()| self.signing(now).sign(&Change::Nothing));
        let mut acts = vec![match signed {
            Ok(versions) => Act { versions, ..act("signed", "clock", now) },
            Err(error) => Act { why: error.to_string(), ..act("refused", "clock", now) },
        }];
        acts.extend(self.warnings(now));
        acts
    }

    /// Answers one who asks.
    pub fn answer(&mut self, asking: &UnixStream, now: Timestamp) -> Act {
        let done = match question(asking) {
            Ok(question) => self.asked(&question, now),
            Err(why) => Act { why, ..act("refused", "request", now) },
        };
        // Whoever has gone does not hear it; the act is in the log.
        if let Ok(text) = serde_json::to_string(&done) {
            let _ = (&*asking).write_all(format!("{text}\n").as_bytes());
        }
        // What stands is not told to the log again and again.
        Act { alerts: Vec::new(), ..done }
    }

    fn asked(&mut self, question: &str, now: Timestamp) -> Act {
        if question == "groups" {
            return match Groups::read(&self.ring.folder.join(GROUPS)) {
                Ok(groups) => Act { groups, ..act("told", "request", now) },
                Err(error) => Act { why: error.to_string(), ..act("refused", "request", now) },
            };
        }
        if let Some(done) = self.warned_of(question, now) {
            let refused = |error: HubError| Act { why: error.to_string(), ..act("refused", "request", now) };
            return done.unwrap_or_else(refused);
        }
        let signed = self.own_folder(question).and_then(|()| self.reload()).and_then(|()| {
            if self.site.at(super::STAGED).exists() {
                sign_staged(&self.signing(now), &|_, _, _| {})
            } else {
                Err(HubError::refused("nothing is staged"))
            }
        });
        match signed {
            Ok(Published { versions, items, forgets_alerts }) => {
                let why = if forgets_alerts { FORGETS_ALERTS.to_owned() } else { String::new() };
                Act { versions, items: Some(items), why, ..act("signed", "request", now) }
            }
            Err(error) => Act { why: error.to_string(), ..act("refused", "request", now) },
        }
    }

    /// Warnings; `None` when the question is about something else.
    fn warned_of(&mut self, question: &str, now: Timestamp) -> Option<Result<Act, HubError>> {
        let (word, about) = question.split_once(' ').unwrap_or((question, "{}"));
        if !["alerts", "raise", "clear"].contains(&word) {
            return None;
        }
        let urgent = serde_json::from_str(about).map_err(|error| HubError::refused(error.to_string()));
        Some(urgent.and_then(|Urgent { alerts, id, groups }| {
            self.reload()?;
            if word == "alerts" {
                return Ok(Act { alerts: standing(&self.ring, &self.site)?, ..act("told", "request", now) });
            }
            let signing = self.signing(now);
            let (versions, why) = if word == "raise" {
                let ids: Vec<String> = alerts.iter().map(|alert| alert.common.id.to_string()).collect();
                (raise(&signing, &[alerts], &groups)?.versions, format!("{} raised", ids.join(", ")))
            } else {
                let cleared = clear(&signing, Some(&id), &groups)?;
                (cleared.versions, format!("{} cleared", cleared.ids.join(", ")))
            };
            Ok(Act { versions, why, ..act("signed", "request", now) })
        }))
    }

    fn own_folder(&self, question: &str) -> Result<(), HubError> {
        let folder = question.strip_prefix("sign ").map(|folder| Path::new(folder).canonicalize());
        let own = self.site.root().canonicalize().map_err(HubError::disk(self.site.root()))?;
        match folder {
            Some(Ok(folder)) if folder == own => Ok(()),
            Some(_) => Err(HubError::refused(format!("this signer signs {} and nothing else", own.display()))),
            None => Err(HubError::refused("this signer only knows: sign FOLDER, groups, alerts, raise and clear")),
        }
    }

    fn signing(&self, now: Timestamp) -> Signing<'_> {
        Signing { ring: &self.ring, unlocked: &self.unlocked, site: &self.site, now }
    }

    /// Keys may have been replaced since.
    fn reload(&mut self) -> Result<(), HubError> {
        let ring = Keyring::open(&self.ring.folder)?;
        if ring.book != self.ring.book {
            self.unlocked = ring.unlock_roles(self.roles, &self.passphrase, &[])?;
            self.ring = ring;
        }
        Ok(())
    }

    /// What ends soon, once for each of the days on which to tell.
    fn warnings(&mut self, now: Timestamp) -> Vec<Act> {
        let endings = endings(&self.ring, &self.site, now).unwrap_or_default();
        self.warned.retain(|role, _| endings.iter().any(|ending| ending.role == *role));
        let new = endings.into_iter().filter(|ending| self.warned.get(&ending.role) != Some(&ending.step()));
        let new: Vec<_> = new.collect();
        self.warned.extend(new.iter().map(|ending| (ending.role.clone(), ending.step())));
        new.iter().map(|ending| Act { why: ending.to_string(), ..act("warning", "clock", now) }).collect()
    }
}

fn act(what: &str, by: &str, now: Timestamp) -> Act {
    Act { at: stated(now), act: what.to_owned(), by: by.to_owned(), ..Act::default() }
}

fn question(asking: &UnixStream) -> Result<String, String> {
    let told = |error: std::io::Error| format!("the question could not be read: {error}");
    asking.set_read_timeout(Some(PATIENCE)).map_err(told)?;
    asking.set_write_timeout(Some(PATIENCE)).map_err(told)?;
    let mut line = String::new();
    BufReader::new(asking.take(QUESTION_MAX)).read_line(&mut line).map_err(told)?;
    Ok(line.trim_end().to_owned())
}

/// Opens the socket. One that a dead signer left is replaced, one that answers is not.
///
/// # Errors
/// When a signer listens there already, and those of the disk.
pub fn listen(socket: &Path) -> Result<UnixListener, HubError> {
    if UnixStream::connect(socket).is_ok() {
        return Err(HubError::refused(format!("{}: a signer listens there already", socket.display())));
    }
    match fs::remove_file(socket) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(HubError::Disk { path: socket.to_owned(), error });
        }
        _ => {}
    }
    let listener = UnixListener::bind(socket).map_err(HubError::disk(socket))?;
    // Staff's programs run as another user of the same group.
    fs::set_permissions(socket, fs::Permissions::from_mode(0o660)).map_err(HubError::disk(socket))?;
    Ok(listener)
}

/// Asks a signer to sign what is staged.
///
/// # Errors
/// When none listens there, and when it refuses.
pub fn ask(socket: &Path, publication: &Path) -> Result<Act, HubError> {
    let folder: PathBuf = publication.canonicalize().map_err(HubError::disk(publication))?;
    answer_to(&format!("sign {}", folder.display()), socket)
}

/// Asks a signer which display groups the town has; `None` when nothing beside its keys says so.
///
/// # Errors
/// When none listens there, and when it refuses.
pub fn ask_groups(socket: &Path) -> Result<Option<Groups>, HubError> {
    answer_to("groups", socket).map(|act| act.groups)
}

/// Asks a signer which warnings stand.
///
/// # Errors
/// When none listens there, and when it refuses.
pub fn ask_alerts(socket: &Path) -> Result<Vec<Warning>, HubError> {
    answer_to("alerts", socket).map(|act| act.alerts)
}

/// Asks a signer to raise warnings.
///
/// # Errors
/// When none listens there, and when it refuses: a group is not published, or there is no room for so many words.
pub fn ask_to_raise(socket: &Path, urgent: &Urgent) -> Result<Act, HubError> {
    answer_to(&format!("raise {}", json(urgent)?), socket)
}

/// Asks a signer to clear the warning of this id.
///
/// # Errors
/// When none listens there, and when it refuses: no such warning stands.
pub fn ask_to_clear(socket: &Path, urgent: &Urgent) -> Result<Act, HubError> {
    answer_to(&format!("clear {}", json(urgent)?), socket)
}

fn json(urgent: &Urgent) -> Result<String, HubError> {
    serde_json::to_string(urgent).map_err(|error| HubError::refused(error.to_string()))
}

fn answer_to(question: &str, socket: &Path) -> Result<Act, HubError> {
    let nobody = |error| HubError::refused(format!("{}: no signer listens there: {error}", socket.display()));
    let stream = UnixStream::connect(socket).map_err(nobody)?;
    let is_work = ["sign ", "raise ", "clear "].iter().any(|word| question.starts_with(word));
    let patience = if is_work { WORK } else { PATIENCE };
    stream.set_read_timeout(Some(patience)).map_err(HubError::disk(socket))?;
    stream.set_write_timeout(Some(PATIENCE)).map_err(HubError::disk(socket))?;
    (&stream).write_all(format!("{question}\n").as_bytes()).map_err(HubError::disk(socket))?;
    let mut answer = String::new();
    BufReader::new(stream.take(ANSWER_MAX)).read_line(&mut answer).map_err(HubError::disk(socket))?;
    let act: Act = serde_json::from_str(&answer)
        .map_err(|_| HubError::refused(format!("{}: the signer ended without an answer", socket.display())))?;
    if act.act == "refused" { Err(HubError::refused(format!("the signer refuses: {}", act.why))) } else { Ok(act) }
}
