//! Whether one pays to come in, as French tourism offices tell prices.

use crate::content::{PlaceKind, Tri};

/// Whether one pays at the door of a place where something is free, or not; unknown where a price says nothing of that.
pub fn fee(kind: PlaceKind, free: Tri) -> Tri {
    match free {
        Tri::Yes if has_entrance(kind) => Tri::No,
        Tri::No if has_entrance(kind) => Tri::Yes,
        _ => Tri::Unknown,
    }
}

/// Whether one pays at the door, so that a price is the price of coming in.
fn has_entrance(kind: PlaceKind) -> bool {
    use PlaceKind::{
        Attraction, Beach, Cinema, Gallery, Garden, Historic, Library, Monument, Museum, Park, Pool, Theatre, Toilets,
        Viewpoint, Worship,
    };
    let all = [
        Attraction, Beach, Cinema, Gallery, Garden, Historic, Library, Monument, Museum, Park, Pool, Theatre, Toilets,
        Viewpoint, Worship,
    ];
    all.contains(&kind)
}

/// "Gratuit" alone, without a price or an age beside it.
pub fn free_in_words(text: &str) -> Tri {
    let text = text.trim().to_lowercase();
    let begins_free = ["gratuit", "entrée libre", "accès libre", "entrée gratuite", "visite libre et gratuite"];
    let is_priced = text.contains(['€', '$', '£']) || text.contains("euro");
    let has_number = text.contains(|c: char| c.is_ascii_digit());
    match is_priced {
        true => Tri::No,
        false if !has_number && begins_free.iter().any(|word| text.starts_with(word)) => Tri::Yes,
        false => Tri::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_a_fee_only_where_one_pays_at_the_door() {
        for (kind, free, pays) in [
            (PlaceKind::Museum, Tri::Yes, Tri::No),
            (PlaceKind::Museum, Tri::No, Tri::Yes),
            (PlaceKind::Museum, Tri::Unknown, Tri::Unknown),
            (PlaceKind::Restaurant, Tri::No, Tri::Unknown),
            (PlaceKind::Restaurant, Tri::Yes, Tri::Unknown),
        ] {
            assert_eq!(fee(kind, free), pays, "{kind:?} {free:?}");
        }
    }

    #[test]
    fn free_is_what_is_free_for_everybody() {
        for (text, free) in [
            ("Gratuit.", Tri::Yes),
            ("Entrée libre dans la limite des places", Tri::Yes),
            ("Gratuit pour les moins de 12 ans", Tri::Unknown),
            ("Gratuit le dimanche, sinon 5 €", Tri::No),
            ("Sur réservation", Tri::Unknown),
        ] {
            assert_eq!(free_in_words(text), free, "{text}");
        }
    }
}
