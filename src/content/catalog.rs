use super::{Alert, Article, Bulletin, Common, Event, Id, Item, Itinerary, Place, Problem, Schedule, Service, Town};
use std::collections::HashMap;

/// All content of one revision, immutable once built: the player swaps it whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    pub town: Town,
    pub places: Vec<Place>,
    pub events: Vec<Event>,
    pub articles: Vec<Article>,
    pub services: Vec<Service>,
    /// Kept and published; no screen shows one yet.
    pub itineraries: Vec<Itinerary>,
    /// Warnings and figures that came with the rest. No screen is about one of them, and no search finds them.
    pub bulletin: Bulletin,
    /// Warnings for the day that they are needed. None of them is in force, whatever its validity.
    pub prepared: Vec<Alert>,
    /// What plays when on signage. No screen of a kiosk is about it, and no search finds it.
    pub schedule: Schedule,
    index: HashMap<Id, Slot>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Slot {
    Place(usize),
    Event(usize),
    Article(usize),
    Service(usize),
    Itinerary,
    Prepared,
    Schedule,
}

/// One item of any kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ItemRef<'a> {
    Place(&'a Place),
    Event(&'a Event),
    Article(&'a Article),
    Service(&'a Service),
}

impl<'a> ItemRef<'a> {
    pub fn common(&self) -> &'a Common {
        match self {
            Self::Place(place) => &place.common,
            Self::Event(event) => &event.common,
            Self::Article(article) => &article.common,
            Self::Service(service) => &service.common,
        }
    }
}

impl Catalog {
    /// As items again, to be written or published: all but the bulletin, which has a way of its own.
    pub fn into_items(self) -> Vec<Item> {
        let places = self.places.into_iter().map(Item::Place);
        let events = self.events.into_iter().map(Item::Event);
        let articles = self.articles.into_iter().map(Item::Article);
        let services = self.services.into_iter().map(Item::Service);
        let itineraries = self.itineraries.into_iter().map(Item::Itinerary);
        let prepared = self.prepared.into_iter().map(Item::PreparedAlert);
        let read = places.chain(events).chain(articles).chain(services).chain(itineraries);
        read.chain(prepared).chain(self.schedule.into_items()).collect()
    }

    /// An id met twice keeps its first item; the other becomes a problem.
    pub fn new(town: Town, items: Vec<Item>) -> (Self, Vec<Problem>) {
        let mut catalog = Self { town, ..Self::default() };
        let mut problems = Vec::new();
        let (fleeting, items): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|item| matches!(item, Item::Alert(_) | Item::Live(_)));
        catalog.bulletin = Bulletin::new(fleeting);
        for item in items {
            let common = item.common();
            if catalog.index.contains_key(&common.id) {
                problems.push(Problem::new(
                    "catalog",
                    common.id.as_str(),
                    "id",
                    "this id is used twice; the first item is kept",
                ));
                continue;
            }
            let ids: Vec<Id> = std::iter::once(&common.id).chain(&common.aliases).cloned().collect();
            let Some(slot) = catalog.push(item) else { continue };
            for id in ids {
                catalog.index.entry(id).or_insert(slot);
            }
        }
        catalog.bulletin = std::mem::take(&mut catalog.bulletin).activated(&catalog.prepared);
        (catalog, problems)
    }

    fn push(&mut self, item: Item) -> Option<Slot> {
        Some(match item {
            Item::Place(place) => {
                self.places.push(place);
                Slot::Place(self.places.len() - 1)
            }
            Item::Event(event) => {
                self.events.push(event);
                Slot::Event(self.events.len() - 1)
            }
            Item::Article(article) => {
                self.articles.push(article);
                Slot::Article(self.articles.len() - 1)
            }
            Item::Service(service) => {
                self.services.push(service);
                Slot::Service(self.services.len() - 1)
            }
            Item::Itinerary(itinerary) => {
                self.itineraries.push(itinerary);
                Slot::Itinerary
            }
            Item::Alert(_) | Item::Live(_) => return None,
            Item::PreparedAlert(alert) => {
                self.prepared.push(alert);
                Slot::Prepared
            }
            Item::Layout(layout) => {
                self.schedule.layouts.push(layout);
                Slot::Schedule
            }
            Item::Template(template) => {
                self.schedule.templates.push(template);
                Slot::Schedule
            }
            Item::Playlist(playlist) => {
                self.schedule.playlists.push(playlist);
                Slot::Schedule
            }
            Item::PlaylistItem(item) => {
                self.schedule.items.push(item);
                Slot::Schedule
            }
            Item::ScheduleEntry(entry) => {
                self.schedule.entries.push(entry);
                Slot::Schedule
            }
            Item::Campaign(campaign) => {
                self.schedule.campaigns.push(campaign);
                Slot::Schedule
            }
            Item::AdvertisingCurfew(curfew) => {
                self.schedule.curfews.push(curfew);
                Slot::Schedule
            }
        })
    }

    /// By id or alias.
    pub fn item(&self, id: &Id) -> Option<ItemRef<'_>> {
        Some(match *self.index.get(id)? {
            Slot::Place(at) => ItemRef::Place(&self.places[at]),
            Slot::Event(at) => ItemRef::Event(&self.events[at]),
            Slot::Article(at) => ItemRef::Article(&self.articles[at]),
            Slot::Service(at) => ItemRef::Service(&self.services[at]),
            Slot::Itinerary | Slot::Prepared | Slot::Schedule => return None,
        })
    }

    pub fn place(&self, id: &Id) -> Option<&Place> {
        match self.item(id)? {
            ItemRef::Place(place) => Some(place),
            _ => None,
        }
    }

    pub fn event(&self, id: &Id) -> Option<&Event> {
        match self.item(id)? {
            ItemRef::Event(event) => Some(event),
            _ => None,
        }
    }

    pub fn items(&self) -> impl Iterator<Item = ItemRef<'_>> {
        let events = self.events.iter().map(ItemRef::Event);
        let places = self.places.iter().map(ItemRef::Place);
        let articles = self.articles.iter().map(ItemRef::Article);
        events.chain(places).chain(articles).chain(self.services.iter().map(ItemRef::Service))
    }
}
