use super::folding::fold;
use crate::content::{EventKind, ItemRef, Localized, PlaceKind, Section};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What people call each kind of item, in all the kiosk's languages.
///
/// Data of search rather than of the catalog: a source names a kind in its own language at best, and these are more
/// words than any screen shows.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Kinds {
    places: BTreeMap<PlaceKind, Vec<String>>,
    events: BTreeMap<EventKind, Vec<String>>,
    articles: BTreeMap<Section, Vec<String>>,
    services: BTreeMap<String, Vec<String>>,
    species: BTreeMap<PlaceKind, Vec<String>>,
    topics: BTreeMap<String, Vec<String>>,
}

impl Kinds {
    /// What ships in the binary.
    pub fn shipped() -> Self {
        Self::read().unwrap_or_default()
    }

    fn read() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("kinds.toml"))
    }

    pub fn of(&self, item: ItemRef<'_>) -> impl Iterator<Item = &str> {
        let words = match item {
            ItemRef::Place(place) => self.places.get(&place.kind),
            ItemRef::Event(event) => self.events.get(&event.kind),
            ItemRef::Article(article) => self.articles.get(&article.section),
            ItemRef::Service(_) => self.services.get("any"),
        };
        words.into_iter().flatten().map(String::as_str)
    }

    /// What only some of the item's kind are called.
    pub fn species_of(&self, item: ItemRef<'_>) -> impl Iterator<Item = &str> {
        let words = if let ItemRef::Place(place) = item { self.species.get(&place.kind) } else { None };
        words.into_iter().flatten().map(String::as_str)
    }

    /// What a title is about, in all languages.
    pub fn topics_of(&self, title: &Localized) -> impl Iterator<Item = &str> {
        let folded = |text: &str| fold(text).collect::<String>();
        let titles: Vec<String> = title.0.values().map(|title| folded(&title.text)).collect();
        let names = move |word: &String| titles.iter().any(|title| title.contains(&folded(word)));
        self.topics.values().filter(move |words| words.iter().any(&names)).flatten().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Place, Service};

    #[test]
    fn what_ships_is_well_formed_and_whole() -> Result<(), toml::de::Error> {
        let kinds = Kinds::read()?;
        for kind in EventKind::ALL.into_iter().filter(|kind| *kind != EventKind::Other) {
            assert!(kinds.events.contains_key(&kind), "{kind:?}");
        }
        for section in Section::ALL {
            assert!(kinds.articles.contains_key(&section), "{section:?}");
        }
        // Every kind up to the last but `Other`, which is called nothing.
        assert_eq!(kinds.places.len(), PlaceKind::Other as usize);
        let all = kinds.places.values().chain(kinds.events.values()).chain(kinds.articles.values());
        for words in all.chain(kinds.services.values()).chain(kinds.topics.values()) {
            assert!(words.iter().any(|word| word.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))), "{words:?}");
            assert!(words.iter().any(|word| word.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c))), "{words:?}");
        }
        Ok(())
    }

    #[test]
    fn an_item_is_called_what_its_kind_is_called() {
        let kinds = Kinds::shipped();
        let museum = Place { kind: PlaceKind::Museum, ..Place::default() };
        assert!(kinds.of(ItemRef::Place(&museum)).any(|word| word == "博物馆"));
        assert!(kinds.of(ItemRef::Service(&Service::default())).any(|word| word == "démarche"));
        assert_eq!(kinds.of(ItemRef::Place(&Place::default())).count(), 0);
    }
    #[test]
    fn a_title_is_about_what_it_says_in_some_language() {
        let kinds = Kinds::shipped();
        let about = |title: &str| kinds.topics_of(&Localized::one("fr", title)).collect::<Vec<_>>();
        assert!(about("Passeport : première demande").contains(&"护照"));
        assert_eq!(about("Le port"), Vec::<&str>::new());
    }
}
