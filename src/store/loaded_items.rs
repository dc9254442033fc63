//! Items from several documents, with what in them could not be used.

use crate::content::{Catalog, Imported, Item, Problem, Town, read_document, read_town};
use std::collections::BTreeMap;

/// The most items that one kiosk carries.
const ITEMS_MAX: usize = 1_000_000;

#[derive(Default)]
pub(super) struct LoadedItems {
    pub items: Vec<Item>,
    pub problems: Vec<Problem>,
    /// Documents that could not be read to their end, and why.
    pub broken: Vec<Problem>,
    town: Option<Town>,
}

impl LoadedItems {
    /// Adds the items of a document. Returns where they begin.
    pub fn add_document(&mut self, source: &str, json: &[u8]) -> usize {
        let begin = self.items.len();
        let Imported { items, problems, broken, .. } = read_document(source, json);
        self.problems.extend(problems);
        self.broken.extend(broken);
        let room = ITEMS_MAX - begin;
        if items.len() > room {
            let reason = format!("{} items left out: one kiosk carries {ITEMS_MAX}", items.len() - room);
            self.problems.push(Problem::new(source, "", "items", reason));
        }
        self.items.extend(items.into_iter().take(room));
        begin
    }

    pub fn add_town(&mut self, source: &str, json: &[u8]) {
        let (town, problems) = read_town(source, json);
        self.town = Some(town);
        // A problem that names no field is one of the whole file.
        self.broken.extend(problems.iter().filter(|problem| problem.field.is_empty()).cloned());
        self.problems.extend(problems);
    }

    /// Without a town of its own it has no name, and its time zone and map credit are those that most items give.
    pub fn into_catalog(self) -> (Catalog, Vec<Problem>) {
        let Self { items, mut problems, town, .. } = self;
        let town = town.unwrap_or_else(|| town_of(&items));
        let (catalog, doubles) = Catalog::new(town, items);
        problems.extend(doubles);
        (catalog, problems)
    }
}

fn town_of(items: &[Item]) -> Town {
    let zones = items.iter().filter_map(|item| match item {
        Item::Event(event) => Some(event.zone.as_str()),
        _ => None,
    });
    let credits = items.iter().filter(|item| matches!(item, Item::Place(_)));
    let credits = credits.flat_map(|item| &item.common().provenance).map(|provenance| provenance.credit.as_str());
    let usual = Town::default();
    Town {
        zone: most_frequent(zones).map_or(usual.zone, str::to_owned),
        map_credit: most_frequent(credits).unwrap_or_default().to_owned(),
        ..Town::default()
    }
}

fn most_frequent<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts = BTreeMap::new();
    for word in words.filter(|word| !word.is_empty()) {
        *counts.entry(word).or_insert(0_usize) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(word, _)| word)
}
