use super::candidates::Candidates;
use super::ground::{Grid, metres};
use super::groups::Pair;
use super::identifiers::{identifiers, names};
use super::keys::Keys;
use super::kinds::{Fit, fit, is_in_the_street};
use super::names::{Name, Of, best_likeness, edges, folded};
use super::report::By;
use super::{PROPOSED_FROM, crowded};
use crate::content::{Place, PlaceKind, Position, Problem};
use std::collections::{HashMap, HashSet};

/// Beyond this no two records of one name are taken for one place.
const REACH_M: f64 = 250.0;
/// Beyond this no two branches that share their name are.
const SHARED_REACH_M: f64 = 60.0;
const STREET_REACH_M: f64 = 40.0;
/// What stands in the street and is this near is the same thing.
const SAME_SPOT_M: f64 = 15.0;

/// What is compared of a place.
pub struct PlaceFacts {
    pub entry: usize,
    source: usize,
    pub names: Vec<Name>,
    named: bool,
    /// The kind that it says it has, else the one that its name begins with.
    pub kind: PlaceKind,
    pub position: Option<Position>,
    pub identifiers: Vec<(By, String)>,
    /// Tags that may be the id of another.
    pub may_name: Vec<String>,
    /// House number and the first telling word of the street.
    address: Option<(String, String)>,
    phone: String,
    /// Others of the same source have its name too, or it belongs to a chain.
    shared: bool,
}

impl PlaceFacts {
    pub fn new(entry: usize, source: usize, place: &Place) -> Self {
        let digits: Vec<char> = place.contact.phone.chars().filter(char::is_ascii_digit).collect();
        // Without what differs between +33 5 and 05.
        let phone = if digits.len() < 6 { String::new() } else { digits.iter().rev().take(9).collect() };
        let names = names(&place.common, Of::Place);
        let kind = match place.kind {
            PlaceKind::Other => names.iter().find_map(|name| name.kind).unwrap_or_default(),
            kind => kind,
        };
        Self {
            entry,
            source,
            names,
            named: place.named,
            kind,
            position: place.position,
            identifiers: identifiers(&place.common).collect(),
            may_name: place.common.tags.iter().filter(|tag| tag.contains(':')).cloned().collect(),
            address: house(&place.address),
            phone,
            shared: place.common.tags.iter().any(|tag| tag.starts_with("brand:")),
        }
    }
}

/// The number of the house and the first telling word of its street.
fn house(address: &str) -> Option<(String, String)> {
    const KINDS_OF_STREET: [&str; 20] = [
        "rue",
        "r",
        "avenue",
        "av",
        "ave",
        "boulevard",
        "bd",
        "blvd",
        "place",
        "pl",
        "chemin",
        "route",
        "quai",
        "allee",
        "allees",
        "impasse",
        "bis",
        "ter",
        "street",
        "via",
    ];
    let folded = folded(address);
    let words: Vec<&str> = folded.split(' ').collect();
    let starts_with_digit = |word: &&str| word.starts_with(|letter: char| letter.is_ascii_digit());
    let number = words.iter().position(|word| starts_with_digit(word) && word.len() <= 4)?;
    let is_telling = |word: &&&str| word.len() > 2 && !KINDS_OF_STREET.contains(*word) && !starts_with_digit(word);
    let small = ["des", "les", "del", "der", "die", "das"];
    let street = words[number..].iter().filter(is_telling).find(|word| !small.contains(*word))?;
    Some((words[number].to_owned(), (*street).to_owned()))
}

/// All places of two sources that may be one by name, kind and distance, with how sure that is.
pub fn alike(keys: &mut Keys, problems: &mut Vec<Problem>) -> Vec<Pair> {
    if keys.places.windows(2).all(|two| two[0].source == two[1].source) {
        return Vec::new();
    }
    let towns = keys.towns.names();
    for place in keys.places.iter_mut().filter(|place| place.named) {
        let shorter: Vec<Name> = place.names.iter().filter_map(|name| name.without_town(&towns)).collect();
        place.names.extend(shorter);
    }
    mark_shared(&mut keys.places);
    let facts = keys.places.as_slice();
    let found = Candidates::among(facts.len(), |candidates| fill(facts, candidates));
    let id = |at: usize| keys.id(facts[at].entry);
    crowded(&found, id, "places with names alike lie side by side", problems);
    found.pairs.iter().filter_map(|(a, b)| judged(&facts[*a], &facts[*b])).collect()
}

fn mark_shared(facts: &mut [PlaceFacts]) {
    let mut counts: HashMap<(usize, &str), usize> = HashMap::new();
    for place in facts.iter().filter(|place| place.named) {
        for name in &place.names {
            *counts.entry((place.source, &*name.core)).or_default() += 1;
        }
    }
    let often: HashSet<String> =
        counts.into_iter().filter(|(_, count)| *count > 1).map(|((_, name), _)| name.to_owned()).collect();
    for place in facts {
        place.shared |= place.names.iter().any(|name| often.contains(&*name.core));
    }
}

fn fill(facts: &[PlaceFacts], candidates: &mut Candidates) {
    let (wide, narrow) = (Grid::new(REACH_M), Grid::new(STREET_REACH_M));
    for (at, place) in facts.iter().enumerate() {
        let mut take = |cell, key: (&str, &str), looks| match looks {
            false => candidates.lies((cell, key), at, place.source),
            true => candidates.looks((cell, key), at, place.source),
        };
        if let Some(position) = place.position {
            let home = wide.cell(position);
            for edge in edges(&place.names).into_iter().filter(|_| place.named) {
                for cell in wide.around(position) {
                    take(cell, ("name", &edge), cell != home);
                }
            }
            let (home, kind) = (narrow.cell(position), format!("{:?}", place.kind));
            for cell in narrow.around(position).filter(|_| is_in_the_street(place.kind)) {
                take(cell, ("kind", &kind), cell != home);
            }
        }
        // Where one has no position, only names that are the same are looked at.
        for name in place.names.iter().filter(|_| place.named) {
            take((0, 0), ("whole name", &name.core), place.position.is_some());
        }
    }
}

fn judged(a: &PlaceFacts, b: &PlaceFacts) -> Option<Pair> {
    let kinds = fit(a.kind, b.kind);
    let distance_m = a.position.zip(b.position).map(|(a, b)| metres(a, b));
    let (by, confidence) = match distance_m {
        _ if kinds == Fit::Never => return None,
        Some(metres) if !(a.named && b.named) => (By::KindAndDistance, in_the_street(a, b, metres)?),
        Some(metres) => (By::NameAndDistance, by_distance(a, b, metres, kinds)?),
        None if !(a.named && b.named) => return None,
        None => (By::NameAndAddress, by_address(a, b)?),
    };
    let confidence = confidence.clamp(0.0, 97.0).round() as u8;
    (confidence >= PROPOSED_FROM)
        .then(|| Pair { distance_m, ..Pair::new(a.entry.min(b.entry), a.entry.max(b.entry), by, confidence) })
}

fn in_the_street(a: &PlaceFacts, b: &PlaceFacts, metres: f64) -> Option<f64> {
    use PlaceKind::{Bench, BicycleParking, Picnic, PostBox, Recycling, Shelter};
    if a.kind != b.kind || !is_in_the_street(a.kind) {
        return None;
    }
    // Of these there are so many that a proposal for each would bury the others.
    let is_everywhere = matches!(a.kind, Bench | BicycleParking | Picnic | PostBox | Recycling | Shelter);
    match metres {
        _ if metres <= SAME_SPOT_M => Some(92.0 - 0.7 * metres),
        _ if metres <= STREET_REACH_M && !is_everywhere => Some(70.0),
        _ => None,
    }
}

/// How sure the names make it, without regard to where the places lie.
///
/// 110 puts a likeness of 0.85, from which on locations count as called the same, just above 80, where items are joined. From there to
/// 0.75, which makes 70, staff are asked; below that most pairs are two. Tried with the altered copies of Monaco, whose
/// names differ by a typing error, a missing first word or the town's name (ARCHITECTURE.md).
fn by_names(a: &PlaceFacts, b: &PlaceFacts) -> Option<f64> {
    let alike = best_likeness(&a.names, &b.names);
    (alike >= 0.75).then_some(97.0 - (1.0 - alike) * 110.0)
}

fn by_distance(a: &PlaceFacts, b: &PlaceFacts, metres: f64, kinds: Fit) -> Option<f64> {
    let shared = a.shared || b.shared;
    let reach = if shared { SHARED_REACH_M } else { REACH_M };
    if metres > reach {
        return None;
    }
    let away = match metres {
        // Every metre tells one branch from the next. Else records of one place lie up to 25 m apart (entrance or middle
        // of a house; the altered copies of Monaco), and 0.16 for each metre takes as much by 150 m (20) as makes a
        // proposal of two equal names (77).
        _ if shared => metres,
        _ if metres <= 25.0 => 0.0,
        _ if metres <= 75.0 => (metres - 25.0) * 0.16,
        _ if metres <= 150.0 => 8.0 + (metres - 75.0) * 0.16,
        _ => 20.0 + (metres - 150.0) * 0.2,
    };
    let kinds = match kinds {
        Fit::Same => 0.0,
        Fit::Alike => -3.0,
        Fit::Open | Fit::Never => -4.0,
    };
    Some(by_names(a, b)? - away + kinds + houses(a, b) + phones(a, b))
}

fn houses(a: &PlaceFacts, b: &PlaceFacts) -> f64 {
    match (&a.address, &b.address) {
        (Some((number, street)), Some((other, same))) if street == same => {
            if number == other {
                6.0
            } else {
                -15.0
            }
        }
        _ => 0.0,
    }
}

fn phones(a: &PlaceFacts, b: &PlaceFacts) -> f64 {
    if a.phone == b.phone && !a.phone.is_empty() { 8.0 } else { 0.0 }
}

fn by_address(a: &PlaceFacts, b: &PlaceFacts) -> Option<f64> {
    let sure = by_names(a, b)?;
    let same_house = a.address.is_some() && a.address == b.address;
    match () {
        () if same_house || (phones(a, b) > 0.0 && !a.shared && !b.shared) => Some(sure.min(88.0)),
        // Never by the name alone.
        () if a.shared || b.shared || houses(a, b) < 0.0 => None,
        () => Some(sure.min(65.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_found_in_addresses_as_people_write_them() {
        for (address, number, street) in [
            ("12 rue de la République, 81000 Albi", "12", "republique"),
            ("12, Rue de la Republique", "12", "republique"),
            ("4 bis avenue Gambetta", "4", "gambetta"),
        ] {
            assert_eq!(house(address), Some((number.to_owned(), street.to_owned())), "{address}");
        }
        for address in ["", "Place du Vigan", "81000 Albi"] {
            assert_eq!(house(address), None, "{address}");
        }
    }
}
