//! A catalogue made ready for questions: hours parsed, distances known, search built. Made off the
//! main thread whenever content changes; then it only notes what it was asked of the present moment.

use crate::calendar::{self, Hours, Opening, next_timing, zone};
use crate::content::{Catalog, Desk, Event, Id, ItemRef, Place, PlaceKind, Position};
use crate::language::Language;
use crate::search;
use crate::wayfinding::distance_m;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// Where the display stands and which way its visitors look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    pub position: Position,
    pub facing_degrees: f64,
}

/// What holds for a while: screens ask several times for each frame, and to look at ten thousand items takes longer than
/// a frame may.
struct Present {
    during: Range<DateTime<Utc>>,
    /// Indices of `catalog.events`, on or to come, by when they begin next.
    coming: Vec<usize>,
    /// Of the places with hours.
    opening: HashMap<Id, Opening>,
}

pub struct Almanac {
    pub catalog: Catalog,
    pub search: search::Index,
    pub zone: Tz,
    pub stand: Option<Stand>,
    /// There are vector tiles of the town.
    pub has_map: bool,
    /// The theme brings a logo of the town.
    pub has_logo: bool,
    /// Those that the display offers, in the order in which it does. Never empty.
    pub languages: Vec<Language>,
    hours: HashMap<Id, Hours>,
    /// Those of the town's desk and of each procedure's own.
    desk_hours: Vec<Hours>,
    /// When items appear and vanish, in order.
    validity: Vec<DateTime<Utc>>,
    /// Indices of `catalog.places`, nearest first, with metres.
    by_distance: Vec<(usize, f64)>,
    /// Events at a place, by the place's id.
    at_place: HashMap<Id, Vec<usize>>,
    present: Mutex<Option<Arc<Present>>>,
}

impl Almanac {
    /// `position` is the display's own, when its configuration states one.
    pub fn new(catalog: Catalog, position: Option<Position>, facing_degrees: f64) -> Self {
        let zone = zone(&catalog.town.zone).unwrap_or(chrono_tz::Europe::Paris);
        let position = position.or(catalog.town.position).or_else(|| middle(&catalog));
        let stand = position.map(|position| Stand { position, facing_degrees });
        let country = catalog.town.country.clone();
        let parsed = |place: &Place| Hours::parse(&place.hours, zone, place.position, &country).ok();
        let with_hours = catalog.places.iter().filter(|place| !place.hours.is_empty());
        let hours = with_hours.filter_map(|place| Some((place.common.id.clone(), parsed(place)?))).collect();
        let at_desk = |desk: &Desk| {
            let place = desk.place.as_ref().and_then(|id| catalog.place(id));
            let hours = Some(desk.hours.trim()).filter(|hours| !hours.is_empty())?;
            Hours::parse(hours, zone, place.and_then(|place| place.position), &country).ok()
        };
        let desks = catalog.services.iter().filter_map(|service| service.desk.as_ref());
        let desk_hours = desks.chain([&catalog.town.desk]).filter_map(at_desk).collect();
        let validity = validity(&catalog);
        let mut by_distance: Vec<(usize, f64)> = Vec::new();
        for (at, place) in catalog.places.iter().enumerate() {
            if let (Some(stand), Some(position)) = (stand, place.position) {
                by_distance.push((at, distance_m(stand.position, position)));
            }
        }
        by_distance.sort_by(|one, other| one.1.total_cmp(&other.1));
        let mut at_place: HashMap<Id, Vec<usize>> = HashMap::new();
        for (at, event) in catalog.events.iter().enumerate().filter(|(_, event)| !event.is_online()) {
            if let Some(place) = event.location.as_ref().and_then(|location| location.place.clone()) {
                at_place.entry(place).or_default().push(at);
            }
        }
        let search = search::Index::build(&catalog);
        let languages = Language::ALL.to_vec();
        Self {
            catalog,
            search,
            zone,
            stand,
            has_map: false,
            has_logo: false,
            languages,
            hours,
            desk_hours,
            validity,
            by_distance,
            at_place,
            present: Mutex::default(),
        }
    }

    /// Other content at the same stand, in the same clothes.
    #[must_use]
    pub fn with_catalog(&self, catalog: Catalog) -> Self {
        let (position, facing) = self.stand.map_or((None, 0.0), |stand| (Some(stand.position), stand.facing_degrees));
        let (has_map, has_logo, languages) = (self.has_map, self.has_logo, self.languages.clone());
        Self { has_map, has_logo, languages, ..Self::new(catalog, position, facing) }
    }

    /// The same, for a town of which there is a map.
    #[must_use]
    pub fn with_map(mut self, has_map: bool) -> Self {
        self.has_map = has_map;
        self
    }

    pub fn hours(&self, id: &Id) -> Option<&Hours> {
        self.hours.get(id)
    }

    /// Looks at all events and hours as they are at this moment, so that nobody has to wait for that when it is shown.
    pub fn prepare(&self, now: DateTime<Utc>) {
        self.present(now);
    }

    fn present(&self, now: DateTime<Utc>) -> Arc<Present> {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        match &*present {
            Some(known) if known.during.contains(&now) => known.clone(),
            _ => present.insert(Arc::new(self.look(now))).clone(),
        }
    }

    fn look(&self, now: DateTime<Utc>) -> Present {
        let events = &self.catalog.events;
        let valid = events.iter().enumerate().filter(|(_, event)| event.common.valid.contains(now));
        let mut coming: Vec<_> =
            valid.filter_map(|(at, event)| Some((next_timing(&event.timings, now)?.begin, at))).collect();
        coming.sort_by(|one, other| {
            one.0.cmp(&other.0).then_with(|| events[one.1].common.id.cmp(&events[other.1].common.id))
        });
        let coming: Vec<usize> = coming.into_iter().map(|(_, at)| at).collect();
        let timings = coming.iter().flat_map(|at| &events[*at].timings);
        let told = calendar::next_change(timings, self.hours.values().chain(&self.desk_hours), now, self.zone);
        let edge = self.validity.get(self.validity.partition_point(|edge| *edge <= now)).copied();
        let opening = self.hours.iter().map(|(id, hours)| (id.clone(), hours.at(now))).collect();
        Present { during: now..edge.map_or(told, |edge| edge.min(told)), coming, opening }
    }

    /// The next instant at which the content says something else: an event begins or ends, a door opens, an item is no
    /// longer published.
    pub fn next_change(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.present(now).during.end
    }

    pub fn opening(&self, place: &Place, now: DateTime<Utc>) -> Opening {
        self.present(now).opening.get(&place.common.id).copied().unwrap_or(Opening::Unknown)
    }

    /// Places, nearest first, with metres as the crow flies.
    pub fn nearest(&self) -> impl Iterator<Item = (&Place, f64)> {
        self.by_distance.iter().map(|(at, metres)| (&self.catalog.places[*at], *metres))
    }

    pub fn nearest_of(&self, kind: PlaceKind) -> impl Iterator<Item = (&Place, f64)> {
        self.nearest().filter(move |(place, _)| place.kind == kind)
    }

    /// Events that are on or to come, by when they begin next.
    pub fn coming(&self, now: DateTime<Utc>) -> Vec<&Event> {
        self.present(now).coming.iter().map(|at| &self.catalog.events[*at]).collect()
    }

    pub fn events_at(&self, place: &Id) -> impl Iterator<Item = &Event> {
        self.at_place.get(place).into_iter().flatten().map(|at| &self.catalog.events[*at])
    }

    /// Where an item is, when it is anywhere; what is online is nowhere, whatever place it was announced for.
    pub fn position_of(&self, item: ItemRef<'_>) -> Option<Position> {
        match item {
            ItemRef::Place(place) => place.position,
            ItemRef::Event(event) if event.is_online() => None,
            ItemRef::Event(event) => {
                let location = event.location.as_ref()?;
                let joined = location.place.as_ref().and_then(|id| self.catalog.place(id));
                joined.and_then(|place| place.position).or(location.position)
            }
            ItemRef::Article(_) | ItemRef::Service(_) => None,
        }
    }
}

fn validity(catalog: &Catalog) -> Vec<DateTime<Utc>> {
    let events = catalog.events.iter().map(|event| &event.common);
    let places = catalog.places.iter().map(|place| &place.common);
    let articles = catalog.articles.iter().map(|article| &article.common);
    let services = catalog.services.iter().map(|service| &service.common);
    let all = events.chain(places).chain(articles).chain(services);
    let mut edges: Vec<_> = all.flat_map(|common| [common.valid.from, common.valid.until]).flatten().collect();
    edges.sort_unstable();
    edges
}

/// The middle of all that has a position: where an unconfigured display is taken to stand.
fn middle(catalog: &Catalog) -> Option<Position> {
    let places = catalog.places.iter().filter_map(|place| place.position);
    let events = catalog.events.iter().filter_map(|event| event.location.as_ref()?.position);
    let mut lats: Vec<f64> = Vec::new();
    let mut lons: Vec<f64> = Vec::new();
    for position in places.chain(events) {
        lats.push(position.lat);
        lons.push(position.lon);
    }
    let median = |values: &mut Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    Position::new(median(&mut lats)?, median(&mut lons)?)
}
