use crate::content::Id;
use crate::import::notes::Notes;
use crate::import::record_id::{digest_id, digits_of, record_id};
use crate::import::xml::Element;
use crate::import::{Settings, local_time};
use chrono::{DateTime, Datelike, Utc};

/// The most earlier messages that one message may name.
const REFERENCES_MAX: usize = 200;

/// What tells one message from all others (CAP 1.2, 3.2.1: an identifier is unique among those of its sender).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// In small letters.
    pub sender: String,
    pub identifier: String,
}

impl Key {
    fn new(sender: &str, identifier: &str) -> Self {
        Self { sender: sender.trim().to_lowercase(), identifier: identifier.trim().to_owned() }
    }

    /// The id of what becomes of this message. Senders are mostly e-mail addresses, which stand in no id.
    pub fn id(&self) -> Id {
        let sender = format!("cap:{}", digits_of(&self.sender, 8));
        let is_plain = !self.identifier.contains(|c: char| c.is_whitespace() || c == '@');
        if is_plain { record_id(&sender, &self.identifier) } else { digest_id(&sender, &self.identifier) }
    }
}

/// What a message does (CAP 1.2, 3.2.1 `msgType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Warn,
    /// Warns, in the place of what it names.
    Update,
    /// Takes back what it names.
    Cancel,
}

/// A message for the public, from someone who may warn it.
#[derive(Clone, Debug)]
pub struct Message {
    pub key: Key,
    /// The sender as written.
    pub sender: String,
    pub sent: Option<DateTime<Utc>>,
    pub act: Act,
    /// A test or an exercise: for displays that are set to show drills.
    pub drill: bool,
    /// The messages that this one replaces or takes back.
    pub references: Vec<Key>,
    pub element: Element,
}

/// Why a message does not reach the public.
#[derive(Debug)]
pub struct Refused {
    pub record: String,
    pub field: &'static str,
    pub reason: &'static str,
    pub value: String,
}

impl Message {
    /// Reads the head of an alert.
    ///
    /// # Errors
    /// When it is not for the public, or nobody who may warn it.
    pub fn read(element: Element, settings: &Settings, notes: &mut Notes<'_>) -> Result<Self, Refused> {
        let text = |name| element.text_of(name).unwrap_or_default();
        let (identifier, sender) = (text("identifier"), text("sender"));
        let refused = |field: &'static str, reason: &'static str| {
            let value = text(field).to_owned();
            Err(Refused { record: identifier.to_owned(), field, reason, value })
        };
        if identifier.is_empty() {
            return refused("identifier", "an alert needs its identifier");
        }
        if sender.is_empty() {
            return refused("sender", "an alert needs its sender");
        }
        if !is_permitted(sender, settings) {
            return refused(
                "sender",
                "this sender is not among those who may warn the public: list it if it should be",
            );
        }
        let (status, scope) = (text("status"), text("scope"));
        let drill = match status.to_ascii_lowercase().as_str() {
            "actual" => false,
            "test" | "exercise" => true,
            _ => return refused("status", "only what is actual, an exercise or a test is shown"),
        };
        if !scope.eq_ignore_ascii_case("Public") {
            return refused("scope", "it is not said to be for the public");
        }
        let act = match text("msgType").to_ascii_lowercase().as_str() {
            "alert" => Act::Warn,
            "update" => Act::Update,
            "cancel" => Act::Cancel,
            "ack" | "error" => return refused("msgType", "it answers another message and warns nobody"),
            other => {
                notes.problem("msgType", "Alert, Update or Cancel is expected: taken for an alert", other);
                Act::Warn
            }
        };
        let sent = instant(&element, "sent", settings, notes);
        if sent.is_none() {
            notes.problem("sent", "an alert needs the time it was sent", text("sent"));
        }
        let key = Key::new(sender, identifier);
        let references = match act {
            Act::Warn => Vec::new(),
            Act::Update | Act::Cancel => references(&element, &key, settings, notes),
        };
        Ok(Self { key, sender: sender.to_owned(), sent, act, drill, references, element })
    }
}

fn is_permitted(sender: &str, settings: &Settings) -> bool {
    let sender = sender.trim().to_lowercase();
    settings.senders.is_empty() || settings.senders.iter().any(|listed| listed.trim().to_lowercase() == sender)
}

/// "sender,identifier,sent" with white space between (CAP 1.2, 3.2.1 `references`). An identifier alone is one of the
/// same sender's. Nobody acts on the messages of those who may not warn.
fn references(element: &Element, key: &Key, settings: &Settings, notes: &mut Notes<'_>) -> Vec<Key> {
    let mut all = Vec::new();
    for named in element.texts_of("references").flat_map(str::split_whitespace) {
        let read = match (named.split_once(','), named.rsplit_once(',')) {
            (Some((sender, rest)), _) => {
                let identifier = rest.rsplit_once(',').map_or(rest, |(identifier, _)| identifier);
                Key::new(sender, identifier)
            }
            _ => Key::new(&key.sender, named),
        };
        let is_usable = !read.identifier.is_empty() && read != *key && is_permitted(&read.sender, settings);
        if !is_usable {
            notes.problem("references", "it names no earlier message of a sender who may warn the public", named);
        } else if all.len() == REFERENCES_MAX {
            notes.problem("references", "more messages than one can replace: the others are not looked at", named);
            break;
        } else {
            all.push(read);
        }
    }
    all
}

/// The moment that a field names, in a year that calendars have.
pub fn instant(element: &Element, field: &str, settings: &Settings, notes: &mut Notes<'_>) -> Option<DateTime<Utc>> {
    let text = element.text_of(field)?;
    let instant = local_time::instant(text, settings.zone).map(|instant| instant.to_utc());
    let instant = instant.filter(|instant| (1970..=2200).contains(&instant.year()));
    if instant.is_none() {
        notes.problem(field, "a date, time and offset like 2026-05-17T18:30:00+02:00 is expected", text);
    }
    instant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_where_they_can_be_and_hold_no_address() {
        let key = |identifier: &str| Key::new("Cap@Example.org", identifier).id().0;
        assert_eq!(key("2.49.0.1"), key("2.49.0.1 "));
        assert!(key("2.49.0.1").ends_with(":2.49.0.1"));
        assert_ne!(key("2.49.0.1"), Key::new("other@example.org", "2.49.0.1").id().0);
        for odd in ["a b", "a@example.org", "a\u{7}", &"x".repeat(200), &"é".repeat(60)] {
            let id = key(odd);
            assert!(Id(id.clone()).is_valid() && id.len() == 52 && !id.contains('@'), "{id}");
        }
    }
}
