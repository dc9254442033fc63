use super::sieve::field_name;
use crate::content::EventKind::{self, *};
use crate::content::ItineraryMode;
use crate::content::PlaceKind;
use crate::import::json_node::Node;

/// What an object becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `None`: none of its types says more than that it is an event.
    Event(Option<EventKind>),
    Itinerary(ItineraryMode),
    /// `None`: none of its types says what kind of place it is.
    Place(Option<PlaceKind>),
}

/// From the most telling types of the ontology to the most general, so that the first row with one of an object's
/// types decides.
#[rustfmt::skip]
const PLACES: &[(PlaceKind, &[&str])] = {
    use PlaceKind::*;
    &[
    (Toilets, &["PublicLavatories"]),
    (DrinkingWater, &["WaterSource"]),
    (Pharmacy, &["Pharmacy"]),
    (Cash, &["ATM"]),
    (ChargingStation, &["ElectricVehicleChargingPoint", "ElectricBycicleChargingPoint"]),
    (BicycleRental, &["BikeStationOrDepot"]),
    (Stop, &["BusStop"]),
    (Station, &["TrainStation", "BusStation", "CableCarStation"]),
    (Taxi, &["TaxiStation", "TaxiCompany"]),
    (Hospital, &["Hospital"]),
    (Doctor, &["HealthcareProfessional", "HealthcarePlace", "MedicalPlace"]),
    (Parking, &["Parking", "RVServiceArea"]),
    (Picnic, &["PicnicArea"]),
    (Playground, &["PlayArea"]),
    (Information, &["LocalTouristOffice", "TouristInformationCenter", "TourismCentre"]),
    (Museum, &["Museum", "InterpretationCentre"]),
    (Gallery, &["ArtGalleryOrExhibitionGallery"]),
    (Library, &["Library", "Mediatheque"]),
    (Cinema, &["Cinema", "Cinematheque", "MovieTheater"]),
    (Theatre, &["Theater", "Opera", "Auditorium", "ConcertHall", "CircusPlace", "Cabaret"]),
    (Casino, &["Casino"]),
    (Nightlife, &["NightClub", "DiscothequeOrNightClub"]),
    (Worship, &["Church", "Cathedral", "Chapel", "Basilica", "Abbey", "Collegiate", "Convent", "Cloister",
        "Monastery", "Priory", "Temple", "Mosque", "Synagogue", "ReligiousSite"]),
    (Monument, &["RemembranceSite", "CommemorativeMonument", "CivilCemetery", "MilitaryCemetery", "Statue"]),
    (Fountain, &["Fountain"]),
    (Historic, &["Castle", "FortifiedCastle", "CastleAndPrestigeMansion", "Palace", "Fort", "Citadel", "DefenceSite",
        "FortifiedSet", "ArcheologicalSite", "MegalithDolmenMenhir", "Ruins", "Mill", "Aqueduct", "WashHouse",
        "Dovecote", "Bridge", "Tower", "Lighthouse", "Mine", "CityHeritage", "TechnicalHeritage", "IndustrialSite",
        "RemarkableBuilding", "RemarkableHouse"]),
    (Viewpoint, &["PointOfView"]),
    (Garden, &["Garden", "BotanicalGarden", "RemarkableGarden", "ParkAndGarden"]),
    (Park, &["Park", "RegionalNaturalPark", "NationalPark", "NaturalReserve", "Forest"]),
    (Beach, &["Beach"]),
    (Marina, &["Marina", "RiverPort", "Port"]),
    (Attraction, &["ThemePark", "ZooAnimalPark", "Zoo", "Aquarium", "LeisureComplex", "TouristTrain",
        "SightseeingBoat", "TouristBus", "Farm", "TeachingFarm"]),
    (Pool, &["SwimmingPool", "AquaticCentre"]),
    (IceCream, &["IceCreamShop", "IceCreamParlor"]),
    (FastFood, &["FastFoodRestaurant", "StreetFood"]),
    (Cafe, &["CafeOrTeahouse", "CafeOrTearoom", "CafeOrCoffeeShop"]),
    (Bar, &["BarOrPub", "BistroOrWineBar"]),
    (Hotel, &["Hotel"]),
    (Restaurant, &["Restaurant", "GourmetRestaurant", "BrasserieOrTavern", "SelfServiceCafeteria", "HotelRestaurant",
        "FoodEstablishment"]),
    (Market, &["CoveredMarket", "Market"]),
    (Bakery, &["Bakery"]),
    (Supermarket, &["Supermarket", "HyperMarket", "SuperMarket"]),
    (Shop, &["BoutiqueOrLocalShop", "CraftsmanShop", "LocalProductsShop", "AntiqueAndSecondhandGoodDealer",
        "BricABrac", "WineCellar", "TastingProvider", "EquipmentRentalShop", "EquipmentRepairShop", "Store"]),
    (Hotel, &["HotelTrade", "CampingAndCaravanning", "Camping", "Guesthouse", "RentalAccommodation",
        "SelfCateringAccommodation", "CollectiveAccommodation", "HolidayCentre", "HolidayVillage", "YouthHostel",
        "LodgingBusiness", "Accommodation", "AccommodationProduct"]),
    (CommunityCentre, &["MultiPurposeRoomOrCommunityRoom"]),
    (School, &["SchoolOrTrainingCentre"]),
    (Sport, &["StadiumOrArena", "Stadium", "Arena", "GolfCourse", "TennisComplex", "ClimbingWall", "FitnessCenter",
        "EquestrianCenter", "NauticalCentre", "BowlingAlley", "MiniGolf", "BoulesPitch", "IceSkatingRink", "SkiResort",
        "DownhillSkiResort", "Racetrack", "AccompaniedPractice", "Practice", "SportsAndLeisurePlace"]),
    (Attraction, &["NaturalHeritage", "CulturalSite", "Visit", "TouristAttraction"]),
    (Shop, &["Rental", "ActivityProvider"]),
    (Other, &["BusinessPlace", "ConvenientService", "ServiceProvider", "Transport", "Transporter",
        "TourOperatorOrTravelAgency", "IncomingTravelAgency", "WifiHotSpot", "Spa", "Hammam", "BalneotherapyCentre",
        "ThalassotherapyCentre", "SpaResort", "LocalBusiness", "Product"]),
    ]
};

#[rustfmt::skip]
const EVENTS: &[(EventKind, &[&str])] = &[
    (Cinema, &["ScreeningEvent"]),
    (Exhibition, &["Exhibition", "ExhibitionEvent", "VisualArtsEvent"]),
    (Music, &["Concert", "MusicEvent"]),
    (Stage, &["TheaterEvent", "DanceEvent", "CircusEvent", "ShowEvent", "Opera", "Recital"]),
    (Talk, &["Conference", "Reading", "Seminar", "Congress", "OpenDay", "BusinessEvent", "LiteraryEvent"]),
    (Workshop, &["TrainingWorkshop", "Traineeship", "EducationEvent"]),
    (Market, &["Market", "BricABrac", "GarageSale", "FairOrShow", "SaleEvent"]),
    (Nature, &["Rambling"]),
    (Sport, &["SportsCompetition", "SportsDemonstration", "Rally", "Game", "SportsEvent"]),
    (Family, &["ChildrensEvent"]),
    (Festival, &["Festival", "Carnival", "Parade", "TraditionalCelebration", "LocalAnimation", "ReligiousEvent",
        "PilgrimageAndProcession", "Commemoration", "Harvest"]),
];

const ITINERARIES: &[(ItineraryMode, &[&str])] = &[
    (ItineraryMode::Foot, &["WalkingTour"]),
    (ItineraryMode::Bicycle, &["CyclingTour"]),
    (ItineraryMode::Horse, &["HorseTour"]),
    (ItineraryMode::Car, &["RoadTour"]),
    (ItineraryMode::Boat, &["FluvialTour", "UnderwaterRoute"]),
    (ItineraryMode::Foot, &["EducationalTrail", "Tour"]),
];

/// The types of an object, without prefixes and each once: `schema:Restaurant` is `Restaurant`.
pub fn types(object: Node<'_>) -> Vec<&str> {
    let mut all: Vec<&str> =
        object.texts("type").map(|name| name.rsplit([':', '#', '/']).next().unwrap_or(name)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What these types make of an object; `None` for what is no point of interest, such as the address of one.
pub fn class(types: &[&str]) -> Option<Class> {
    let has = |name: &str| types.contains(&name);
    if has("EntertainmentAndEvent") || has("Event") || types.iter().any(|name| name.ends_with("Event")) {
        return Some(Class::Event(first(EVENTS, types)));
    }
    if let Some(mode) = first(ITINERARIES, types) {
        return Some(Class::Itinerary(mode));
    }
    match first(PLACES, types) {
        Some(kind) => Some(Class::Place(Some(kind))),
        None if has("PlaceOfInterest") || has("PointOfInterest") => Some(Class::Place(None)),
        None => first(EVENTS, types).map(|kind| Class::Event(Some(kind))),
    }
}

fn first<K: Copy>(table: &[(K, &[&str])], types: &[&str]) -> Option<K> {
    let row = table.iter().find(|(_, names)| names.iter().any(|name| types.contains(name)));
    row.map(|(kind, _)| *kind)
}

/// `Loop` and `RoundTrip` end where they begin.
pub fn is_circular(object: Node<'_>) -> Option<bool> {
    object.nodes("hasTourType").find_map(|tour| match super::texts::key(tour) {
        "Loop" | "RoundTrip" => Some(true),
        "OneWay" | "OpenJaw" => Some(false),
        other => field_name(other).contains("loop").then_some(true),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_telling_type_decides_and_broader_ones_catch_the_rest() {
        for (types, expected) in [
            (
                &["PlaceOfInterest", "FoodEstablishment", "Restaurant"][..],
                Some(Class::Place(Some(PlaceKind::Restaurant))),
            ),
            (&["Hotel", "HotelTrade", "Restaurant"], Some(Class::Place(Some(PlaceKind::Hotel)))),
            (&["CulturalSite", "ReligiousSite", "Church"], Some(Class::Place(Some(PlaceKind::Worship)))),
            (&["NewKindOfPlace", "CulturalSite", "PlaceOfInterest"], Some(Class::Place(Some(PlaceKind::Attraction)))),
            (&["NewKindOfPlace", "PlaceOfInterest"], Some(Class::Place(None))),
            (&["Exhibition", "CulturalEvent", "EntertainmentAndEvent"], Some(Class::Event(Some(Exhibition)))),
            (&["Event", "EntertainmentAndEvent", "SocialEvent"], Some(Class::Event(None))),
            (&["Market", "SaleEvent", "EntertainmentAndEvent"], Some(Class::Event(Some(Market)))),
            (&["Market", "Store", "PlaceOfInterest"], Some(Class::Place(Some(PlaceKind::Market)))),
            (&["Tour", "CyclingTour", "PlaceOfInterest"], Some(Class::Itinerary(ItineraryMode::Bicycle))),
            (&["PostalAddress"], None),
            (&[], None),
        ] {
            assert_eq!(class(types), expected, "{types:?}");
        }
    }
}
