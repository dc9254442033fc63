use super::areas;
use super::info::{Facts, Info, Texts};
use super::message::{Key, Message};
use crate::content::{Alert, AlertArea, Common, Id, Localized, Origin, Provenance, Urgency, Validity};
use crate::import::Settings;
use crate::import::notes::Notes;
use crate::import::plain_text::one_line;
use crate::import::record_id::part_id;
use crate::import::xml::Element;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// How long an alert holds that does not say until when.
const HOURS: i64 = 24;
/// The largest alert that a screen reads, as JSON.
const BYTES_MAX: usize = 900_000;

/// Blocks of one message that say the same in several languages, or of several areas.
#[derive(Debug)]
pub struct Group {
    facts: Facts,
    texts: BTreeMap<String, Texts>,
    areas: Vec<AlertArea>,
}

/// Puts together what belongs together: what differs in more than its language is an alert of its own, so that a mild
/// warning for one valley never borrows the gravity of another's.
pub fn groups(infos: impl IntoIterator<Item = Info>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for info in infos {
        let same_words =
            |group: &Group| group.facts == info.facts && group.texts.get(&info.language) == Some(&info.texts);
        let translated = |group: &Group| {
            let is_new = !group.texts.contains_key(&info.language);
            is_new && group.facts == info.facts && areas::are_among(&info.areas, &group.areas)
        };
        let at = groups.iter().position(same_words).or_else(|| groups.iter().position(translated));
        match at.and_then(|at| groups.get_mut(at)) {
            Some(group) => {
                areas::add(&mut group.areas, info.areas, &info.language);
                group.texts.entry(info.language).or_insert(info.texts);
            }
            None => {
                let mut group = Group {
                    facts: info.facts,
                    texts: BTreeMap::from([(info.language.clone(), info.texts)]),
                    areas: Vec::new(),
                };
                areas::add(&mut group.areas, info.areas, &info.language);
                groups.push(group);
            }
        }
    }
    groups
}

/// Why a part of a message does not reach the public: the field, the reason, the value.
pub type LeftOut = (&'static str, &'static str, String);

impl Group {
    /// The alert that this part of a message is; `part` counts from 0.
    ///
    /// # Errors
    /// When it is over, or no screen could read it.
    pub fn alert(
        mut self,
        message: &Message,
        part: usize,
        settings: &Settings,
        notes: &mut Notes<'_>,
    ) -> Result<Alert, LeftOut> {
        let valid = self.valid(message.sent, notes)?;
        if let Some(until) = valid.until.filter(|until| *until <= settings.now) {
            return Err(("expires", "it has ended", until.to_rfc3339()));
        }
        areas::within_limits(&mut self.areas, notes);
        let sender = sender(message, settings);
        let alert = Alert {
            severity: self.facts.severity,
            urgency: self.facts.urgency,
            certainty: self.facts.certainty,
            hazards: self.facts.hazards.clone(),
            event: self.localized(|texts| &texts.event),
            onset: self.facts.onset,
            drill: message.drill,
            activates: None,
            instruction: self.localized(|texts| &texts.instruction),
            common: Common {
                id: id_of_part(message.key.id(), part),
                // What staff wrote about the earlier message, and what visitors have read of it, may follow it here.
                // One part alone answers to it: two that do would be taken for one. A drill follows nothing real.
                aliases: message.references.iter().filter(|_| part == 0 && !message.drill).map(Key::id).collect(),
                title: self.localized(|texts| &texts.title),
                text: self.localized(|texts| &texts.description),
                link: self.localized(|texts| &texts.web),
                valid,
                provenance: vec![Provenance {
                    source: sender.clone(),
                    credit: sender.clone(),
                    updated: message.sent,
                    ..Provenance::default()
                }],
                ..Common::default()
            },
            sender,
            areas: self.areas,
        };
        let is_read = serde_json::to_vec(&alert).is_ok_and(|json| json.len() <= BYTES_MAX);
        if is_read { Ok(alert) } else { Err(("info", "larger than a screen reads", String::new())) }
    }

    /// When it is shown. What is to be acted upon within the hour is shown as soon as it is in effect; what lies
    /// farther ahead from its beginning on, since a warning takes room from everything else.
    fn valid(&self, sent: Option<DateTime<Utc>>, notes: &mut Notes<'_>) -> Result<Validity, LeftOut> {
        let Facts { effective, onset, expires, .. } = self.facts;
        let is_urgent = matches!(self.facts.urgency, Urgency::Immediate | Urgency::Expected);
        let from = if is_urgent { effective.or(sent) } else { onset.or(effective).or(sent) };
        let latest = [onset, effective, sent].into_iter().flatten().max();
        let until = expires.or_else(|| latest?.checked_add_signed(TimeDelta::hours(HOURS)));
        let Some(until) = until else {
            return Err(("expires", "it says neither when it was sent nor when it ends", String::new()));
        };
        let in_order = from.is_none_or(|from| from < until);
        if !in_order {
            notes.problem("info.expires", "it ends before it begins: shown until then", &until.to_rfc3339());
        }
        Ok(Validity { from: from.filter(|_| in_order), until: Some(until) })
    }

    fn localized(&self, text: impl Fn(&Texts) -> &String) -> Localized {
        let mut all = Localized::default();
        for (language, texts) in self.texts.iter().filter(|(_, texts)| !text(texts).is_empty()) {
            all.insert(language, text(texts), Origin::Original);
        }
        all
    }
}

/// Who warns, without an e-mail address: the name given, else where the sender is at home.
fn sender(message: &Message, settings: &Settings) -> String {
    let infos = || message.element.children_named("info");
    let is_ours = |info: &&Element| info.text_of("language").is_some_and(|tag| tag.starts_with(&settings.language));
    let name = infos().filter(is_ours).chain(infos()).find_map(|info| info.text_of("senderName"));
    let name = name.unwrap_or_else(|| {
        let home = message.sender.rsplit_once('@').map_or(message.sender.as_str(), |(_, home)| home);
        home.split_once("://").and_then(|(_, rest)| rest.split('/').next()).unwrap_or(home)
    });
    one_line(name)
}

/// The first part of a message has the message's own id, by which others refer to it.
fn id_of_part(id: Id, part: usize) -> Id {
    if part == 0 { id } else { part_id(&id, u32::try_from(part + 1).unwrap_or(u32::MAX)) }
}
