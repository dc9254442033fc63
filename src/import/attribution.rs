use super::Picture;
use crate::content::{AccessFact, Item};

/// Who stands behind what a source does not say about itself.
pub struct Attribution<'a> {
    pub licence: &'a str,
    pub credit: &'a str,
}

impl Attribution<'_> {
    /// Fills what an item and its pictures leave open; what they say themselves stays. Returns whether each provenance
    /// names a licence.
    pub fn complete(&self, item: &mut Item, pictures: &mut [Picture]) -> bool {
        let all = &mut item.common_mut().provenance;
        for from in all.iter_mut() {
            or(&mut from.licence, self.licence);
            or(&mut from.credit, self.credit);
        }
        let is_licensed = all.iter().all(|from| !from.licence.is_empty());
        let credit = all.first().map_or(self.credit, |from| from.credit.as_str()).to_owned();
        for picture in pictures {
            if !picture.is_licensed_by_credit() {
                or(&mut picture.licence, self.licence);
            }
            // One that names nobody came from whoever the item came from.
            or(&mut picture.credit, &credit);
        }
        for fact in facts(item).into_iter().flatten().filter(|fact| !fact.is_unknown()) {
            or(&mut fact.source, &credit);
        }
        is_licensed
    }
}

fn or(text: &mut String, other: &str) {
    if text.trim().is_empty() {
        other.clone_into(text);
    }
}

fn facts(item: &mut Item) -> Option<[&mut AccessFact; 6]> {
    let facts = match item {
        Item::Place(place) => &mut place.access,
        Item::Event(event) => &mut event.access,
        Item::Itinerary(itinerary) => &mut itinerary.access,
        Item::Article(_)
        | Item::Service(_)
        | Item::Alert(_)
        | Item::PreparedAlert(_)
        | Item::Live(_)
        | Item::Layout(_)
        | Item::Template(_)
        | Item::Playlist(_)
        | Item::PlaylistItem(_)
        | Item::ScheduleEntry(_)
        | Item::Campaign(_)
        | Item::AdvertisingCurfew(_) => return None,
    };
    Some([
        &mut facts.wheelchair,
        &mut facts.walking,
        &mut facts.hearing,
        &mut facts.sight,
        &mut facts.understanding,
        &mut facts.children,
    ])
}
