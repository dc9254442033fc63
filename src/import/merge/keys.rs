use super::event_pairs::EventFacts;
use super::identifiers::canonical;
use super::names::folded;
use super::place_pairs::PlaceFacts;
use crate::content::{Id, Item};
use std::collections::{HashMap, HashSet};
use std::mem::Discriminant;

/// What of all items is compared. The items themselves, with their texts, are not held.
#[derive(Default)]
pub struct Keys {
    /// In order of trust.
    pub entries: Vec<Entry>,
    pub places: Vec<PlaceFacts>,
    pub events: Vec<EventFacts>,
    pub towns: Towns,
}

/// An item, by its place in the order of trust.
pub struct Entry {
    /// The place of its source in the list of sources.
    pub source: usize,
    pub id: Id,
    pub aliases: Vec<Id>,
    pub kind: Discriminant<Item>,
    /// What staff know it by.
    pub title: Box<str>,
    /// Its web pages, without what differs between two ways of writing an address.
    pub links: Vec<String>,
    what: What,
}

/// Where the facts about an item lie.
enum What {
    Place(usize),
    Event(usize),
    Other,
}

impl Keys {
    pub fn take(&mut self, source: usize, item: &Item) {
        let entry = self.entries.len();
        let what = match item {
            Item::Place(place) => {
                self.towns.take(&place.address);
                self.places.push(PlaceFacts::new(entry, source, place));
                What::Place(self.places.len() - 1)
            }
            Item::Event(event) => {
                self.events.push(EventFacts::new(entry, source, event));
                What::Event(self.events.len() - 1)
            }
            _ => What::Other,
        };
        let common = item.common();
        let is_compared = !matches!(what, What::Other);
        let title = common.title.pick("fr", &[]).filter(|_| is_compared);
        let links = common.link.0.values().filter(|_| is_compared).filter_map(|link| canonical(&link.text));
        self.entries.push(Entry {
            source,
            id: common.id.clone(),
            aliases: common.aliases.clone(),
            kind: std::mem::discriminant(item),
            title: title.map_or_else(Box::default, |(_, title)| title.text.as_str().into()),
            links: links.collect(),
            what,
        });
    }

    pub fn id(&self, entry: usize) -> &Id {
        &self.entries[entry].id
    }

    pub fn source(&self, entry: usize) -> usize {
        self.entries[entry].source
    }

    pub fn place(&self, entry: usize) -> Option<&PlaceFacts> {
        match self.entries[entry].what {
            What::Place(at) => self.places.get(at),
            _ => None,
        }
    }

    pub fn event(&self, entry: usize) -> Option<&EventFacts> {
        match self.entries[entry].what {
            What::Event(at) => self.events.get(at),
            _ => None,
        }
    }
}

impl Entry {
    /// Its id and its aliases.
    pub fn ids(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.id).chain(&self.aliases)
    }
}

/// The words behind the postal codes of addresses.
#[derive(Default)]
pub struct Towns {
    counts: HashMap<String, usize>,
    addresses: usize,
}

impl Towns {
    /// One address in so many names a town that is worth knowing.
    const RARE: usize = 20;

    fn take(&mut self, address: &str) {
        let folded = folded(address);
        let mut words = folded.split(' ');
        if words.any(|word| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit())) {
            self.addresses += 1;
            for word in words.filter(|word| word.len() > 2) {
                *self.counts.entry(word.to_owned()).or_default() += 1;
            }
        }
    }

    /// The words for towns in which many of the places are.
    pub fn names(&self) -> HashSet<String> {
        let often = self.counts.iter().filter(|(_, count)| *count * Self::RARE > self.addresses);
        often.map(|(word, _)| word.clone()).collect()
    }
}
