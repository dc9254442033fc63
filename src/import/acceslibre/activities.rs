use crate::content::PlaceKind;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of Acceslibre's activities, the particular before the general. Without accents, in small letters.
const WORDS: &[(&str, PlaceKind)] = &[
    ("mairie", PlaceKind::TownHall),
    ("hotel de ville", PlaceKind::TownHall),
    ("toilettes", PlaceKind::Toilets),
    ("pharmacie", PlaceKind::Pharmacy),
    ("distributeur automatique de billets", PlaceKind::Cash),
    ("aire de jeu", PlaceKind::Playground),
    ("borne de recharge", PlaceKind::ChargingStation),
    ("station service", PlaceKind::Fuel),
    ("parking", PlaceKind::Parking),
    ("dechetterie", PlaceKind::Recycling),
    ("dechet", PlaceKind::Recycling),
    ("musee", PlaceKind::Museum),
    ("galerie d art", PlaceKind::Gallery),
    ("monument", PlaceKind::Monument),
    ("chateau", PlaceKind::Historic),
    ("patrimoine", PlaceKind::Historic),
    ("lieu de culte", PlaceKind::Worship),
    ("lieux de culte", PlaceKind::Worship),
    ("eglise", PlaceKind::Worship),
    ("chapelle", PlaceKind::Worship),
    ("mosquee", PlaceKind::Worship),
    ("synagogue", PlaceKind::Worship),
    ("parc d attraction", PlaceKind::Attraction),
    ("jardin botanique", PlaceKind::Garden),
    ("zoo", PlaceKind::Attraction),
    ("aquarium", PlaceKind::Attraction),
    ("jardin", PlaceKind::Garden),
    ("parc", PlaceKind::Park),
    ("plage", PlaceKind::Beach),
    ("salle de spectacle", PlaceKind::Theatre),
    ("theatre", PlaceKind::Theatre),
    ("opera", PlaceKind::Theatre),
    ("cinema", PlaceKind::Cinema),
    ("bibliotheque", PlaceKind::Library),
    ("mediatheque", PlaceKind::Library),
    ("centre culturel", PlaceKind::CommunityCentre),
    ("salle des fetes", PlaceKind::CommunityCentre),
    ("salle polyvalente", PlaceKind::CommunityCentre),
    ("maison de quartier", PlaceKind::CommunityCentre),
    ("centre social", PlaceKind::CommunityCentre),
    ("casino", PlaceKind::Casino),
    ("discotheque", PlaceKind::Nightlife),
    ("restauration rapide", PlaceKind::FastFood),
    ("restaurant scolaire", PlaceKind::Other),
    ("restaurant", PlaceKind::Restaurant),
    ("pizzeria", PlaceKind::Restaurant),
    ("creperie", PlaceKind::Restaurant),
    ("salon de the", PlaceKind::Cafe),
    ("cafe", PlaceKind::Cafe),
    ("bar", PlaceKind::Bar),
    ("glacier", PlaceKind::IceCream),
    ("hotel restaurant", PlaceKind::Hotel),
    ("hotel", PlaceKind::Hotel),
    ("hebergement", PlaceKind::Hotel),
    ("chambre d hotes", PlaceKind::Hotel),
    ("gite", PlaceKind::Hotel),
    ("auberge de jeunesse", PlaceKind::Hotel),
    ("camping", PlaceKind::Hotel),
    ("residence de tourisme", PlaceKind::Hotel),
    ("hypermarche", PlaceKind::Supermarket),
    ("supermarche", PlaceKind::Supermarket),
    ("superette", PlaceKind::Supermarket),
    ("epicerie", PlaceKind::Shop),
    ("boulangerie", PlaceKind::Bakery),
    ("patisserie", PlaceKind::Bakery),
    ("marche", PlaceKind::Market),
    ("piscine", PlaceKind::Pool),
    ("gymnase", PlaceKind::Sport),
    ("stade", PlaceKind::Sport),
    ("salle de sport", PlaceKind::Sport),
    ("equipement sportif", PlaceKind::Sport),
    ("centre sportif", PlaceKind::Sport),
    ("patinoire", PlaceKind::Sport),
    ("port de plaisance", PlaceKind::Marina),
    ("office du tourisme", PlaceKind::Information),
    ("office de tourisme", PlaceKind::Information),
    ("bureau de poste", PlaceKind::PostOffice),
    ("la poste", PlaceKind::PostOffice),
    ("banque", PlaceKind::Bank),
    ("police", PlaceKind::Police),
    ("gendarmerie", PlaceKind::Police),
    ("commissariat", PlaceKind::Police),
    ("pompiers", PlaceKind::FireStation),
    ("hopital", PlaceKind::Hospital),
    ("clinique veterinaire", PlaceKind::Veterinary),
    ("veterinaire", PlaceKind::Veterinary),
    ("clinique", PlaceKind::Hospital),
    ("medecin", PlaceKind::Doctor),
    ("cabinet medical", PlaceKind::Doctor),
    ("chirurgien dentiste", PlaceKind::Doctor),
    ("dentiste", PlaceKind::Doctor),
    ("kinesitherapeute", PlaceKind::Doctor),
    ("infirmier", PlaceKind::Doctor),
    ("centre medical", PlaceKind::Doctor),
    ("maison de sante", PlaceKind::Doctor),
    ("creche", PlaceKind::Kindergarten),
    ("ecole maternelle", PlaceKind::Kindergarten),
    ("garderie", PlaceKind::Kindergarten),
    ("auto ecole", PlaceKind::Other),
    ("ecole", PlaceKind::School),
    ("college", PlaceKind::School),
    ("lycee", PlaceKind::School),
    ("universite", PlaceKind::University),
    ("enseignement superieur", PlaceKind::University),
    ("ambassade", PlaceKind::Embassy),
    ("consulat", PlaceKind::Embassy),
    ("taxi", PlaceKind::Taxi),
    ("location de voiture", PlaceKind::CarRental),
    ("location de velo", PlaceKind::BicycleRental),
    ("gare routiere", PlaceKind::Stop),
    ("gare", PlaceKind::Station),
    ("embarcadere", PlaceKind::Ferry),
    ("magasin", PlaceKind::Shop),
    ("boutique", PlaceKind::Shop),
    ("librairie", PlaceKind::Shop),
    ("fleuriste", PlaceKind::Shop),
    ("boucherie", PlaceKind::Shop),
    ("opticien", PlaceKind::Shop),
    ("vetements", PlaceKind::Shop),
    ("bijouterie", PlaceKind::Shop),
    ("bureau de tabac", PlaceKind::Shop),
    ("coiffure", PlaceKind::Shop),
    ("chaussures", PlaceKind::Shop),
    ("bricolage", PlaceKind::Shop),
];

/// What kind of place an activity is, by the words that begin in it.
pub fn kind(activity: &str) -> PlaceKind {
    let bare = activity.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let bare: String = bare.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let text = format!(" {} ", words.join(" "));
    let found = WORDS.iter().find(|(word, _)| {
        let plural = text.contains(&format!(" {word}s "));
        plural || text.contains(&format!(" {word} "))
    });
    found.map_or(PlaceKind::Other, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activities_are_known_by_their_words() {
        for (activity, found) in [
            ("Bibliothèque, médiathèque", PlaceKind::Library),
            ("Mairie", PlaceKind::TownHall),
            ("Hôtel", PlaceKind::Hotel),
            ("Office du tourisme, syndicat d’initiative", PlaceKind::Information),
            ("Boulangerie Pâtisserie", PlaceKind::Bakery),
            ("Jardin botanique et/ou zoologique", PlaceKind::Garden),
            ("Bar, café", PlaceKind::Cafe),
            ("École primaire", PlaceKind::School),
            ("Clinique vétérinaire", PlaceKind::Veterinary),
            ("barbier", PlaceKind::Other),
            ("Parkings", PlaceKind::Parking),
            ("", PlaceKind::Other),
        ] {
            assert_eq!(kind(activity), found, "{activity}");
        }
    }
}
