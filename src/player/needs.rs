//! What a place or an event promises to a visitor's needs. Pure.

use crate::content::{AccessFact, Catalog, Event, ItemRef, Need, Place, Tri};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The answer to all of a visitor's needs at once. The worst answer counts; *unknown* is never read as *no*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Somebody states a yes to every need.
    Confirmed,
    /// Nobody has said no, and not every need has its yes.
    Unknown,
    /// Somebody states a no to one of them.
    No,
}

/// What is known of one need at an item; `None` for articles and services, which nobody goes to.
///
/// An event that says nothing itself is as accessible as the place it is held at. A changing table is a yes to
/// children where nothing else is stated; its absence says nothing.
pub fn answer<'a>(catalog: &'a Catalog, item: ItemRef<'a>, need: Need) -> Option<(Tri, &'a AccessFact)> {
    match item {
        ItemRef::Place(place) => Some(answer_of_place(place, need)),
        ItemRef::Event(event) => {
            let own = event.access.of(need);
            let joined = place_of(catalog, event).filter(|_| own.value == Tri::Unknown);
            Some(joined.map_or((own.value, own), |place| answer_of_place(place, need)))
        }
        ItemRef::Article(_) | ItemRef::Service(_) => None,
    }
}

fn answer_of_place(place: &Place, need: Need) -> (Tri, &AccessFact) {
    let fact = place.access.of(need);
    let has_table = need == Need::Children && place.changing_table == Tri::Yes;
    let value = if fact.value == Tri::Unknown && has_table { Tri::Yes } else { fact.value };
    (value, fact)
}

fn place_of<'a>(catalog: &'a Catalog, event: &Event) -> Option<&'a Place> {
    catalog.place(event.location.as_ref()?.place.as_ref()?)
}

/// The verdict on an item; `None` without needs, and for what nobody goes to.
pub fn verdict(catalog: &Catalog, item: ItemRef<'_>, needs: &BTreeSet<Need>) -> Option<Verdict> {
    let answers = needs.iter().map(|need| answer(catalog, item, *need).map(|(value, _)| of_value(value)));
    answers.collect::<Option<Vec<_>>>()?.into_iter().max()
}

fn of_value(value: Tri) -> Verdict {
    match value {
        Tri::Yes => Verdict::Confirmed,
        Tri::Unknown => Verdict::Unknown,
        Tri::No => Verdict::No,
    }
}

/// The first of the needs that an item says no to.
pub fn refused(catalog: &Catalog, item: ItemRef<'_>, needs: &BTreeSet<Need>) -> Option<Need> {
    let says_no = |need: &Need| answer(catalog, item, *need).is_some_and(|(value, _)| value == Tri::No);
    needs.iter().copied().find(says_no)
}

/// Who confirms a list of items, and since when at the latest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witness {
    pub sources: BTreeSet<String>,
    /// The oldest of the statements' dates: nothing in the list is older.
    pub date: Option<NaiveDate>,
}

impl Witness {
    /// Adds the statements that an item's verdict rests on.
    pub fn hear(&mut self, catalog: &Catalog, item: ItemRef<'_>, needs: &BTreeSet<Need>) {
        for (_, fact) in needs.iter().filter_map(|need| answer(catalog, item, *need)) {
            if !fact.source.is_empty() && !self.sources.contains(&fact.source) {
                self.sources.insert(fact.source.clone());
            }
            self.date = self.date.into_iter().chain(fact.date).min();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Common, Id, Item, Location, Town};

    fn fact(value: Tri) -> AccessFact {
        AccessFact { value, ..AccessFact::default() }
    }

    fn place(wheelchair: Tri, children: Tri, changing_table: Tri) -> Place {
        let mut place = Place { changing_table, ..Place::default() };
        place.common = Common { id: Id("a:1".to_owned()), ..Common::default() };
        place.access.wheelchair = fact(wheelchair);
        place.access.children = fact(children);
        place
    }

    fn of(place: &Place, needs: &[Need]) -> Option<Verdict> {
        verdict(&Catalog::default(), ItemRef::Place(place), &needs.iter().copied().collect())
    }

    #[test]
    fn the_worst_answer_counts() {
        let needs = [Need::Wheelchair, Need::Children];
        assert_eq!(of(&place(Tri::Yes, Tri::Yes, Tri::Unknown), &needs), Some(Verdict::Confirmed));
        assert_eq!(of(&place(Tri::Yes, Tri::Unknown, Tri::Unknown), &needs), Some(Verdict::Unknown));
        assert_eq!(of(&place(Tri::No, Tri::Unknown, Tri::Unknown), &needs), Some(Verdict::No));
        assert_eq!(of(&place(Tri::No, Tri::Yes, Tri::Yes), &needs[1..]), Some(Verdict::Confirmed));
        assert_eq!(of(&place(Tri::No, Tri::No, Tri::No), &[]), None);
    }

    #[test]
    fn a_changing_table_is_a_yes_but_none_is_not_a_no() {
        let needs = [Need::Children];
        assert_eq!(of(&place(Tri::Unknown, Tri::Unknown, Tri::Yes), &needs), Some(Verdict::Confirmed));
        assert_eq!(of(&place(Tri::Unknown, Tri::Unknown, Tri::No), &needs), Some(Verdict::Unknown));
        assert_eq!(of(&place(Tri::Unknown, Tri::No, Tri::Yes), &needs), Some(Verdict::No));
    }

    #[test]
    fn a_silent_event_is_as_accessible_as_its_place() {
        let (catalog, _) = Catalog::new(Town::default(), vec![Item::Place(place(Tri::Yes, Tri::No, Tri::Unknown))]);
        let location = Location { place: Some(Id("a:1".to_owned())), ..Location::default() };
        let mut event = Event { location: Some(location), ..Event::default() };
        let needs = BTreeSet::from([Need::Wheelchair]);
        assert_eq!(verdict(&catalog, ItemRef::Event(&event), &needs), Some(Verdict::Confirmed));
        event.access.wheelchair = fact(Tri::No);
        assert_eq!(verdict(&catalog, ItemRef::Event(&event), &needs), Some(Verdict::No));
        assert_eq!(refused(&catalog, ItemRef::Event(&event), &needs), Some(Need::Wheelchair));
    }

    #[test]
    fn the_oldest_statement_dates_the_list() {
        let mut witness = Witness::default();
        let dates = ["2026-05-02", "2024-01-31"].map(|date| date.parse::<NaiveDate>().ok());
        for (source, date) in ["Survey", "OpenStreetMap"].into_iter().zip(dates) {
            let mut place = place(Tri::Yes, Tri::Unknown, Tri::Unknown);
            place.access.wheelchair.source = source.to_owned();
            place.access.wheelchair.date = date;
            witness.hear(&Catalog::default(), ItemRef::Place(&place), &BTreeSet::from([Need::Wheelchair]));
        }
        assert_eq!(witness.date, dates[1]);
        assert_eq!(witness.sources.len(), 2);
    }
}
