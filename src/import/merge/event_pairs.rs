use super::candidates::{Candidates, Found};
use super::ground::{Grid, metres};
use super::groups::{Entry, Pair};
use super::identifiers::names;
use super::names::{Name, Of, beginnings, best_likeness, folded, likeness};
use super::report::By;
use super::{PROPOSED_FROM, crowded};
use crate::content::{Event, EventStatus, Id, Item, Location, Position, Problem};
use chrono::NaiveDate;
use std::collections::HashSet;

/// Two records of where one event takes place lie this near.
const SAME_PLACE_M: f64 = 150.0;
/// Names that are the same may lie this far apart: a park and its gate.
const SAME_NAME_M: f64 = 500.0;

/// Of events that crowd at one instant, this many ways to find them are kept in memory.
const ROWS_MAX: usize = 4_000_000;

/// How the times of two events meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// They begin at the same instant at least once.
    Instant,
    /// Only the day is the same: one source may not know the hour.
    Day,
}

/// What is compared of an event.
pub struct EventFacts<'e> {
    entry: usize,
    pub names: Vec<Name>,
    /// Sorted instants.
    begins: Vec<i64>,
    days: HashSet<NaiveDate>,
    location: Option<&'e Location>,
    online: bool,
    status: EventStatus,
}

impl<'e> EventFacts<'e> {
    pub fn new(entry: usize, event: &'e Event) -> Self {
        let mut begins: Vec<i64> = event.timings.iter().map(|timing| timing.begin.timestamp()).collect();
        begins.sort_unstable();
        begins.dedup();
        Self {
            entry,
            names: names(&event.common, Of::Event),
            begins,
            days: event.timings.iter().map(|timing| timing.begin.date_naive()).collect(),
            location: event.location.as_ref(),
            online: event.is_online(),
            status: event.status,
        }
    }

    /// `None` where they never meet.
    pub fn meeting(&self, other: &Self) -> Option<Meeting> {
        if shares(&self.begins, &other.begins) {
            return Some(Meeting::Instant);
        }
        (!self.days.is_disjoint(&other.days)).then_some(Meeting::Day)
    }

    /// Whether one date was called off or moved: that says nothing about the other dates.
    pub fn differs_in_part(&self, other: &Self) -> bool {
        self.status != other.status && self.begins != other.begins
    }

    /// Which of the two is only a part of the other: some dates of a series.
    pub fn part(&self, other: &Self) -> Option<usize> {
        let within = |part: &Self, whole: &Self| {
            part.begins.len() < whole.begins.len()
                && part.begins.iter().all(|begin| whole.begins.binary_search(begin).is_ok())
        };
        match () {
            () if within(self, other) => Some(self.entry),
            () if within(other, self) => Some(other.entry),
            () => None,
        }
    }
}

/// Whether two sorted lists have an element in common.
fn shares(a: &[i64], b: &[i64]) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter().any(|begin| many.binary_search(begin).is_ok())
}

/// All events of two sources that may be one by title, time and place, with how sure that is.
pub fn alike(all: &[Entry], problems: &mut Vec<Problem>) -> Vec<Pair> {
    let events = all.iter().enumerate().filter_map(|(entry, one)| match &one.item {
        Item::Event(event) => Some(EventFacts::new(entry, event)),
        _ => None,
    });
    let facts: Vec<EventFacts<'_>> = events.collect();
    let source = |at: usize| all[facts[at].entry].source;
    let mut found = by_time_and_title(&facts, source).found();
    let crowds = std::mem::take(&mut found.crowds);
    // What many sources call by such a title at one instant is looked at place by place.
    let placed = by_place(&facts, source, &crowds).found();
    let id = |at: usize| &all[facts[at].entry].item.common().id;
    crowded(&placed, id, "events begin at one instant and place with titles alike", problems);
    let Found { mut pairs, is_cut, .. } = found;
    pairs.extend(placed.pairs);
    pairs.sort_unstable();
    pairs.dedup();
    crowded(&Found { is_cut, ..Found::default() }, id, "", problems);
    pairs.iter().filter_map(|(a, b)| judged(&facts[*a], &facts[*b])).collect()
}

fn by_time_and_title(facts: &[EventFacts<'_>], source: impl Fn(usize) -> usize) -> Candidates {
    let mut candidates = Candidates::default();
    for (at, event) in facts.iter().enumerate() {
        let beginnings = beginnings(&event.names);
        for begin in &event.begins {
            beginnings.iter().for_each(|title| candidates.lies((begin, title), at, source(at)));
        }
        for day in &event.days {
            event.names.iter().for_each(|name| candidates.lies((day, &name.core), at, source(at)));
        }
    }
    candidates
}

fn by_place(facts: &[EventFacts<'_>], source: impl Fn(usize) -> usize, crowds: &[Vec<usize>]) -> Candidates {
    let grid = Grid::new(SAME_NAME_M);
    let mut candidates = Candidates::default();
    for (crowd, members) in crowds.iter().enumerate() {
        if candidates.len() > ROWS_MAX {
            candidates.cut();
            break;
        }
        for at in members {
            let location = facts[*at].location;
            if let Some(position) = location.and_then(|location| location.position) {
                let home = grid.cell(position);
                for cell in grid.around(position) {
                    match cell == home {
                        true => candidates.lies((crowd, cell), *at, source(*at)),
                        false => candidates.looks((crowd, cell), *at, source(*at)),
                    }
                }
            }
            let name = location.and_then(|location| Name::new(&location.name, Of::Place));
            candidates.lies((crowd, name.map(|name| name.core)), *at, source(*at));
        }
    }
    candidates
}

fn judged(a: &EventFacts<'_>, b: &EventFacts<'_>) -> Option<Pair> {
    let alike = best_likeness(&a.names, &b.names);
    let meeting = a.meeting(b)?;
    let part = a.part(b);
    if a.differs_in_part(b) {
        return None;
    }
    let (place, distance_m) = whereabouts(a, b);
    let most = match (meeting, place) {
        (_, Whereabouts::Elsewhere) => return None,
        (Meeting::Instant, Whereabouts::Same) => 97.0,
        (Meeting::Instant, Whereabouts::Likely) => 75.0,
        (Meeting::Instant, Whereabouts::Open) if alike > 0.95 => 70.0,
        (Meeting::Day, Whereabouts::Same) if alike > 0.95 => 70.0,
        _ => return None,
    };
    let confidence = (97.0 - (1.0 - alike) * 100.0).min(most).clamp(0.0, 97.0).round() as u8;
    (confidence >= PROPOSED_FROM).then(|| Pair {
        distance_m,
        part,
        ..Pair::new(a.entry, b.entry, By::TitleTimeAndPlace, confidence)
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whereabouts {
    Same,
    Likely,
    /// One of them does not say.
    Open,
    Elsewhere,
}

fn whereabouts(a: &EventFacts<'_>, b: &EventFacts<'_>) -> (Whereabouts, Option<f64>) {
    if a.online && b.online {
        return (Whereabouts::Same, None);
    }
    let (Some(one), Some(other)) = (a.location, b.location) else { return (Whereabouts::Open, None) };
    let positions = |location: &Location| -> Option<Position> { location.position };
    let distance_m = positions(one).zip(positions(other)).map(|(one, other)| metres(one, other));
    let place: [Option<&Id>; 2] = [one.place.as_ref(), other.place.as_ref()];
    let whereabouts = match distance_m {
        _ if place[0].is_some() && place[0] == place[1] => Whereabouts::Same,
        Some(metres) => by_distance(one, other, metres),
        None => by_words(one, other),
    };
    (whereabouts, distance_m)
}

fn by_distance(one: &Location, other: &Location, metres: f64) -> Whereabouts {
    let names = Name::new(&one.name, Of::Place).zip(Name::new(&other.name, Of::Place));
    let alike = names.map(|(one, other)| likeness(&one, &other));
    match metres {
        _ if metres <= 50.0 => Whereabouts::Same,
        // Two squares side by side are two places.
        _ if metres <= SAME_PLACE_M && alike.is_some_and(|alike| alike < 0.5) && !names_other(one, other) => {
            Whereabouts::Likely
        }
        _ if metres <= SAME_PLACE_M => Whereabouts::Same,
        _ if metres <= SAME_NAME_M && alike.is_some_and(|alike| alike >= 0.85) => Whereabouts::Same,
        _ if metres <= SAME_NAME_M && alike.is_none() => Whereabouts::Likely,
        _ => Whereabouts::Elsewhere,
    }
}

/// Where a position is missing: by what the two call the place.
fn by_words(one: &Location, other: &Location) -> Whereabouts {
    let says_nothing = |location: &Location| location.name.is_empty() && location.address.is_empty();
    if says_nothing(one) || says_nothing(other) {
        return Whereabouts::Open;
    }
    let codes = postal_codes(one).zip(postal_codes(other));
    if codes.as_ref().is_some_and(|(one, other)| one != other) || !names_other(one, other) {
        return Whereabouts::Elsewhere;
    }
    // Every town has a town hall and a village hall.
    let is_telling = words(&one.name).iter().any(|word| !GENERIC.contains(&word.as_str()));
    if is_telling || codes.is_some() { Whereabouts::Same } else { Whereabouts::Likely }
}

/// Whether all that one is called stands in what the other is called or in its address.
fn names_other(one: &Location, other: &Location) -> bool {
    let within = |name: &Location, whole: &Location| {
        let (name, whole) = (words(&name.name), words(&format!("{} {}", whole.name, whole.address)));
        !name.is_empty() && name.iter().all(|word| whole.contains(word))
    };
    let names = Name::new(&one.name, Of::Place).zip(Name::new(&other.name, Of::Place));
    within(one, other) || within(other, one) || names.is_some_and(|(one, other)| likeness(&one, &other) >= 0.85)
}

const GENERIC: [&str; 28] = [
    "bibliotheque",
    "bourg",
    "centre",
    "cinema",
    "college",
    "communale",
    "ecole",
    "eglise",
    "esplanade",
    "fetes",
    "gymnase",
    "halle",
    "jardin",
    "mairie",
    "marche",
    "mediatheque",
    "municipal",
    "municipale",
    "musee",
    "parc",
    "place",
    "polyvalente",
    "public",
    "salle",
    "stade",
    "theatre",
    "village",
    "ville",
];

fn words(text: &str) -> Vec<String> {
    folded(text)
        .split(' ')
        .filter(|word| word.len() > 2 && !["des", "les", "the"].contains(word))
        .map(str::to_owned)
        .collect()
}

fn postal_codes(location: &Location) -> Option<String> {
    let is_code = |word: &&String| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    words(&format!("{} {}", location.address, location.name)).iter().find(is_code).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(name: &str, address: &str) -> Location {
        Location { name: name.to_owned(), address: address.to_owned(), ..Location::default() }
    }

    #[test]
    fn places_without_a_position_are_told_by_their_words() {
        let lices = location("Théâtre des Lices", "12 lices Georges Pompidou, 81000 Albi");
        let hall = location("Salle des fêtes", "");
        for (one, other, expected) in [
            (&lices, location("theatre des lices", ""), Whereabouts::Same),
            (&lices, location("Théâtre des Lices, Albi", ""), Whereabouts::Same),
            (&lices, location("", "Théâtre des Lices, 81600 Gaillac"), Whereabouts::Elsewhere),
            (&lices, location("Grand Théâtre", "Albi"), Whereabouts::Elsewhere),
            (&lices, location("", ""), Whereabouts::Open),
            (&hall, location("Salle des Fêtes", "Gaillac"), Whereabouts::Likely),
        ] {
            assert_eq!(by_words(one, &other), expected, "{one:?} {other:?}");
        }
    }
}
