use super::ground::metres;
use super::names::folded;
use crate::content::Location;

/// Two records of where one event takes place lie this near.
pub const SAME_PLACE_M: f64 = 150.0;
/// From this likeness on two names of a place are the same.
const CALLED_ALIKE: f64 = 0.85;
/// Names that are the same may lie this far apart: a park and its gate.
const SAME_NAME_M: f64 = 500.0;

/// How the places of two events stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    Same,
    Likely,
    /// One of them does not say.
    Open,
    Elsewhere,
}

/// Whether two locations are one, and how far apart they lie; `called` is how alike their names are.
pub fn whereabouts(one: &Location, other: &Location, called: Option<f64>) -> (Whereabouts, Option<f64>) {
    let distance_m = one.position.zip(other.position).map(|(one, other)| metres(one, other));
    let whereabouts = match distance_m {
        _ if one.place.is_some() && one.place == other.place => Whereabouts::Same,
        Some(metres) => by_distance(one, other, metres, called),
        None => by_words(one, other, called),
    };
    (whereabouts, distance_m)
}

fn by_distance(one: &Location, other: &Location, metres: f64, called: Option<f64>) -> Whereabouts {
    match metres {
        _ if metres <= 50.0 => Whereabouts::Same,
        // Two squares side by side are two places.
        _ if metres <= SAME_PLACE_M && called.is_some_and(|alike| alike < 0.5) && !names_other(one, other) => {
            Whereabouts::Likely
        }
        _ if metres <= SAME_PLACE_M => Whereabouts::Same,
        _ if metres <= SAME_NAME_M && called.is_some_and(|alike| alike >= CALLED_ALIKE) => Whereabouts::Same,
        _ if metres <= SAME_NAME_M && called.is_none() => Whereabouts::Likely,
        _ => Whereabouts::Elsewhere,
    }
}

/// Where a position is missing: by what the two call the place.
fn by_words(one: &Location, other: &Location, called: Option<f64>) -> Whereabouts {
    let says_nothing = |location: &Location| location.name.is_empty() && location.address.is_empty();
    if says_nothing(one) || says_nothing(other) {
        return Whereabouts::Open;
    }
    let codes = postal_codes(one).zip(postal_codes(other));
    let is_called_so = called.is_some_and(|alike| alike >= CALLED_ALIKE) || names_other(one, other);
    if codes.as_ref().is_some_and(|(one, other)| one != other) || !is_called_so {
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
    within(one, other) || within(other, one)
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
    use crate::import::merge::names::{Name, Of, likeness};

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
            let name = |location: &Location| Name::new(&location.name, Of::Place);
            let called = name(one).zip(name(&other)).map(|(one, other)| likeness(&one, &other));
            assert_eq!(by_words(one, &other, called), expected, "{one:?} {other:?}");
        }
    }
}
