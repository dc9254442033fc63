use crate::content::PlaceKind::{self, *};

/// The word that names of places of a kind begin with, folded.
const WORDS: &[(&str, PlaceKind)] = &[
    ("auditorium", Theatre),
    ("banque", Bank),
    ("bar", Bar),
    ("basilique", Worship),
    ("bibliotheque", Library),
    ("bistro", Restaurant),
    ("bistrot", Restaurant),
    ("boucherie", Shop),
    ("boulangerie", Bakery),
    ("brasserie", Restaurant),
    ("cafe", Cafe),
    ("cathedrale", Worship),
    ("cave", Shop),
    ("chapelle", Worship),
    ("cinema", Cinema),
    ("coiffeur", Shop),
    ("coiffure", Shop),
    ("college", School),
    ("creperie", Restaurant),
    ("dentiste", Doctor),
    ("ecole", School),
    ("eglise", Worship),
    ("epicerie", Shop),
    ("fromagerie", Shop),
    ("galerie", Gallery),
    ("gallery", Gallery),
    ("gare", Station),
    ("glacier", IceCream),
    ("gymnase", Sport),
    ("hopital", Hospital),
    ("hotel", Hotel),
    ("jardin", Garden),
    ("librairie", Shop),
    ("lycee", School),
    ("mairie", TownHall),
    ("maternelle", Kindergarten),
    ("mediatheque", Library),
    ("mosquee", Worship),
    ("musee", Museum),
    ("museum", Museum),
    ("parc", Park),
    ("parking", Parking),
    ("patisserie", Bakery),
    ("pharmacie", Pharmacy),
    ("piscine", Pool),
    ("pizzeria", Restaurant),
    ("poste", PostOffice),
    ("pressing", Shop),
    ("pub", Bar),
    ("restaurant", Restaurant),
    ("snack", FastFood),
    ("stade", Sport),
    ("supermarche", Supermarket),
    ("synagogue", Worship),
    ("temple", Worship),
    ("theatre", Theatre),
    ("toilettes", Toilets),
    ("universite", University),
];

/// Kinds that two sources may give to one and the same place.
const ALIKE: &[&[PlaceKind]] = &[
    &[Restaurant, Cafe, Bar, FastFood, IceCream],
    &[Bar, Nightlife],
    &[Bakery, Shop, Supermarket],
    &[Bakery, Cafe],
    &[Market, Shop],
    &[Museum, Gallery, Attraction, Historic, Monument],
    &[Worship, Historic, Monument, Attraction],
    &[Artwork, Monument, Attraction, Fountain],
    &[Park, Garden, Attraction, Playground, Picnic],
    &[Viewpoint, Attraction, Historic],
    &[Beach, Attraction],
    &[Theatre, CommunityCentre, Cinema, Attraction],
    &[Library, CommunityCentre],
    &[Sport, Pool, CommunityCentre, Attraction],
    &[School, Kindergarten],
    &[School, University],
    &[Doctor, Hospital],
    &[Station, Stop],
    &[Ferry, Stop, Marina],
    &[TownHall, Historic],
];

/// Things of the street, which mostly have no name: two sources mean the same one when it stands in the same spot.
const IN_THE_STREET: &[PlaceKind] = &[
    Toilets,
    DrinkingWater,
    Cash,
    Lift,
    Bench,
    Defibrillator,
    BicycleParking,
    ChargingStation,
    Recycling,
    PostBox,
    Telephone,
    Shelter,
    Picnic,
    Playground,
    Taxi,
    BicycleRental,
    Parking,
];

/// How the kinds that two sources give fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Same,
    /// One may be taken for the other.
    Alike,
    /// One source does not know.
    Open,
    Never,
}

pub fn fit(a: PlaceKind, b: PlaceKind) -> Fit {
    match () {
        () if a == Other || b == Other => Fit::Open,
        () if a == b => Fit::Same,
        () if ALIKE.iter().any(|group| group.contains(&a) && group.contains(&b)) => Fit::Alike,
        () => Fit::Never,
    }
}

pub fn is_in_the_street(kind: PlaceKind) -> bool {
    IN_THE_STREET.contains(&kind)
}

/// The kind of place that this word is for.
pub fn kind_of_word(word: &str) -> Option<PlaceKind> {
    WORDS.binary_search_by(|(known, _)| (*known).cmp(word)).ok().map(|at| WORDS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_so_that_each_is_found() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn fitting_does_not_depend_on_who_is_asked() {
        for a in PlaceKind::ALL {
            assert!(a == Other || fit(a, a) == Fit::Same);
            for b in PlaceKind::ALL {
                assert_eq!(fit(a, b), fit(b, a));
            }
        }
        assert_eq!(fit(Theatre, Cafe), Fit::Never);
    }
}
