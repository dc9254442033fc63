use super::candidates::{Candidates, Found};
use super::ground::Grid;
use super::groups::Pair;
use super::identifiers::names;
use super::keys::Keys;
use super::names::{Name, Of, best_likeness, edges, likeness};
use super::report::By;
use super::whereabouts::{SAME_PLACE_M, Whereabouts, whereabouts};
use super::{PROPOSED_FROM, crowded};
use crate::content::{Event, EventStatus, Location, Problem};
use chrono::NaiveDate;

/// Of events that crowd at one instant, this many ways to find them are kept in memory.
const ROWS_MAX: usize = 4_000_000;

/// Titles that are less alike are not looked at further.
const ALIKE: f64 = 0.58;

/// How the times of two events meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// They begin at the same instant at least once.
    Instant,
    /// Only the day is the same: one source may not know the hour.
    Day,
}

/// What is compared of an event.
pub struct EventFacts {
    entry: usize,
    source: usize,
    pub names: Vec<Name>,
    /// Sorted instants.
    begins: Vec<i64>,
    /// Sorted, by the calendar of the place.
    days: Vec<NaiveDate>,
    location: Option<Location>,
    /// What the location is called.
    place: Option<Name>,
    online: bool,
    status: EventStatus,
}

impl EventFacts {
    pub fn new(entry: usize, source: usize, event: &Event) -> Self {
        let begins = || event.timings.iter().map(|timing| timing.begin);
        Self {
            entry,
            source,
            names: names(&event.common, Of::Event),
            begins: sorted(begins().map(|begin| begin.timestamp())),
            days: sorted(begins().map(|begin| begin.date_naive())),
            location: event.location.clone(),
            place: event.location.as_ref().and_then(|location| Name::new(&location.name, Of::Place)),
            online: event.is_online(),
            status: event.status,
        }
    }

    /// `None` where they never meet.
    pub fn meeting(&self, other: &Self) -> Option<Meeting> {
        if self.shares_a_begin(other) {
            return Some(Meeting::Instant);
        }
        shares(&self.days, &other.days).then_some(Meeting::Day)
    }

    /// Whether both begin at one instant at least once.
    pub fn shares_a_begin(&self, other: &Self) -> bool {
        shares(&self.begins, &other.begins)
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

fn sorted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether two sorted lists have an element in common.
fn shares<T: Ord>(a: &[T], b: &[T]) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter().any(|one| many.binary_search(one).is_ok())
}

/// All events of two sources that may be one by title, time and place, with how sure that is.
pub fn alike(keys: &Keys, problems: &mut Vec<Problem>) -> Vec<Pair> {
    let facts = keys.events.as_slice();
    if facts.windows(2).all(|two| two[0].source == two[1].source) {
        return Vec::new();
    }
    let mut found = Candidates::among(facts.len(), |candidates| by_time_and_title(facts, candidates));
    let crowds = std::mem::take(&mut found.crowds);
    // What many sources call by such a title at one instant is looked at place by place.
    let placed = by_place(facts, &crowds).found();
    let id = |at: usize| keys.id(facts[at].entry);
    crowded(&placed, id, "events begin at one instant and place with titles alike", problems);
    let Found { mut pairs, is_cut, .. } = found;
    pairs.extend(placed.pairs);
    pairs.sort_unstable();
    pairs.dedup();
    crowded(&Found { is_cut, ..Found::default() }, id, "", problems);
    pairs.iter().filter_map(|(a, b)| judged(&facts[*a], &facts[*b])).collect()
}

fn by_time_and_title(facts: &[EventFacts], candidates: &mut Candidates) {
    for (at, event) in facts.iter().enumerate() {
        let edges = edges(&event.names);
        for begin in &event.begins {
            edges.iter().for_each(|title| candidates.lies((begin, title), at, event.source));
        }
        for day in &event.days {
            event.names.iter().for_each(|name| candidates.lies((day, &name.core), at, event.source));
        }
    }
}

fn by_place(facts: &[EventFacts], crowds: &[Vec<usize>]) -> Candidates {
    let grid = Grid::new(SAME_PLACE_M);
    let mut candidates = Candidates::default();
    for (crowd, members) in crowds.iter().enumerate() {
        if candidates.len() > ROWS_MAX {
            candidates.cut();
            break;
        }
        for at in members {
            let EventFacts { source, location, place, .. } = &facts[*at];
            if let Some(position) = location.as_ref().and_then(|location| location.position) {
                let home = grid.cell(position);
                for cell in grid.around(position) {
                    match cell == home {
                        true => candidates.lies((crowd, cell), *at, *source),
                        false => candidates.looks((crowd, cell), *at, *source),
                    }
                }
            }
            let name = place.as_ref().map(|name| &name.core);
            candidates.lies((crowd, name), *at, *source);
        }
    }
    candidates
}

fn judged(a: &EventFacts, b: &EventFacts) -> Option<Pair> {
    let alike = best_likeness(&a.names, &b.names);
    if alike < ALIKE {
        return None;
    }
    let meeting = a.meeting(b)?;
    let part = a.part(b);
    if a.differs_in_part(b) {
        return None;
    }
    let called = || a.place.as_ref().zip(b.place.as_ref()).map(|(one, other)| likeness(one, other));
    let (place, distance_m) = match (&a.location, &b.location) {
        _ if a.online && b.online => (Whereabouts::Same, None),
        (Some(one), Some(other)) => whereabouts(one, other, called()),
        _ => (Whereabouts::Open, None),
    };
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
