use crate::content::ItineraryMode::{self, Bicycle, Boat, Car, Foot, Horse, Ski};
use crate::content::PlaceKind::{self, *};

/// What an object becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Event,
    /// The kind where no label says more.
    Place(PlaceKind),
    /// No place one could go to: for this reason.
    LeftOut(&'static str),
    Unknown,
}

/// The types of Apidae.
pub fn class(kind: &str) -> Class {
    match kind {
        "FETE_ET_MANIFESTATION" => Class::Event,
        "HOTELLERIE" | "HOTELLERIE_PLEIN_AIR" | "HEBERGEMENT_LOCATIF" | "HEBERGEMENT_COLLECTIF" => Class::Place(Hotel),
        "RESTAURATION" => Class::Place(Restaurant),
        "PATRIMOINE_CULTUREL" | "PATRIMOINE_NATUREL" => Class::Place(Attraction),
        "ACTIVITE" | "DOMAINE_SKIABLE" => Class::Place(Sport),
        "COMMERCE_ET_SERVICE" | "DEGUSTATION" => Class::Place(Shop),
        "EQUIPEMENT" | "STRUCTURE" => Class::Place(Other),
        "TERRITOIRE" => Class::LeftOut("a territory, not a place to go to"),
        "SEJOUR_PACKAGE" => Class::LeftOut("a package holiday, not a place or an event"),
        _ => Class::Unknown,
    }
}

/// Beginnings of words of labels, in small letters, from the most telling to the most general.
#[rustfmt::skip]
const WORDS: &[(PlaceKind, &[&str])] = &[
    (Toilets, &["toilette", "sanitaires publics"]),
    (Information, &["office de tourisme", "office du tourisme", "point d'information", "point info"]),
    (BicycleRental, &["location de vélo", "location de cycle", "location de vtt"]),
    (ChargingStation, &["borne de recharge", "recharge électrique"]),
    (BicycleParking, &["stationnement vélo", "parking vélo"]),
    (Parking, &["parking", "aire de stationnement", "aire de service camping"]),
    (Picnic, &["pique-nique"]),
    (Playground, &["aire de jeux"]),
    (Museum, &["musée", "écomusée", "centre d'interprétation"]),
    (Library, &["bibliothèque", "médiathèque"]),
    (Cinema, &["cinéma"]),
    (Theatre, &["théâtre", "salle de spectacle", "salle de concert"]),
    (Gallery, &["galerie"]),
    (Casino, &["casino"]),
    (Nightlife, &["discothèque", "boîte de nuit"]),
    (Worship, &["église", "chapelle", "cathédrale", "abbaye", "basilique", "temple", "synagogue", "mosquée", "couvent",
        "prieuré", "monastère", "édifice religieux", "patrimoine religieux"]),
    (Garden, &["jardin"]),
    (Viewpoint, &["point de vue", "belvédère", "table d'orientation", "panorama"]),
    (Fountain, &["fontaine"]),
    (Monument, &["monument", "mémorial", "statue", "lieu de mémoire"]),
    (Historic, &["château", "fort ", "fortification", "citadelle", "moulin", "ruines", "site archéologique", "lavoir",
        "pont ", "tour ", "patrimoine industriel", "ouvrage d'art", "demeure historique", "site et monument historique"]),
    (Beach, &["plage", "baignade"]),
    (Pool, &["piscine", "centre aquatique"]),
    (Marina, &["port de plaisance", "halte fluviale"]),
    (Park, &["parc naturel", "parc public", "réserve naturelle", "forêt", "espace naturel"]),
    (IceCream, &["glacier"]),
    (FastFood, &["restauration rapide", "sandwicherie", "snack"]),
    (Cafe, &["salon de thé", "café"]),
    (Bar, &["bar ", "bar à", "pub "]),
    (Market, &["marché", "halle"]),
    (Bakery, &["boulangerie", "pâtisserie"]),
    (Supermarket, &["supermarché", "hypermarché"]),
    (Pharmacy, &["pharmacie"]),
    (Doctor, &["médecin", "cabinet médical"]),
    (Bank, &["banque"]),
    (PostOffice, &["bureau de poste"]),
    (Taxi, &["taxi"]),
    (Station, &["gare "]),
    (Sport, &["stade", "gymnase", "terrain de sport", "tennis", "golf", "équitation", "patinoire", "escalade"]),
];

/// What the labels say it is, among the kinds that it may be.
pub fn kind_in_words(labels: &[String], may_be: impl Fn(PlaceKind) -> bool) -> Option<PlaceKind> {
    let text: String = labels.iter().map(|label| format!(" {} ", label.to_lowercase().replace('’', "'"))).collect();
    let begins = |stem: &str| text.contains(&format!(" {stem}"));
    let mut rows = WORDS.iter().filter(|(kind, _)| may_be(*kind));
    rows.find(|(_, stems)| stems.iter().any(|stem| begins(stem))).map(|(kind, _)| *kind)
}

/// How an itinerary is travelled, by the labels of its activities.
pub fn mode(labels: &[String]) -> ItineraryMode {
    let text: String = labels.iter().map(|label| format!(" {} ", label.to_lowercase())).collect();
    let rows: [(ItineraryMode, &[&str]); 6] = [
        (Bicycle, &["vtt", "vélo", "cyclo", "vae"]),
        (Horse, &["équestre", "cheval", "équitation"]),
        (Ski, &["ski", "raquette"]),
        (Boat, &["canoë", "kayak", "bateau", "fluvial", "aviron"]),
        (Foot, &["pédestre", "randonnée", "marche", "trail", "à pied"]),
        (Car, &["automobile", "voiture", "moto", "routier"]),
    ];
    rows.iter().find(|(_, stems)| stems.iter().any(|stem| text.contains(stem))).map_or(Foot, |(mode, _)| *mode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_more_than_the_type() {
        for (label, kind) in [
            ("Musée", Some(Museum)),
            ("Église paroissiale", Some(Worship)),
            ("Point d’information touristique", Some(Information)),
            ("Parking à vélos", Some(Parking)),
            ("Barrage", None),
            ("Fortune", None),
        ] {
            assert_eq!(kind_in_words(&[label.to_owned()], |_| true), kind, "{label}");
        }
        assert_eq!(mode(&["Itinéraire VTT".to_owned()]), Bicycle);
        assert_eq!(mode(&[]), Foot);
    }
}
