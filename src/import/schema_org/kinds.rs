use crate::content::{EventKind, PlaceKind};

/// Types of schema.org below Event that say what it is about.
const EVENTS: &[(&str, EventKind)] = &[
    ("MusicEvent", EventKind::Music),
    ("TheaterEvent", EventKind::Stage),
    ("DanceEvent", EventKind::Stage),
    ("ComedyEvent", EventKind::Stage),
    ("ExhibitionEvent", EventKind::Exhibition),
    ("VisualArtsEvent", EventKind::Exhibition),
    ("ScreeningEvent", EventKind::Cinema),
    ("LiteraryEvent", EventKind::Talk),
    ("BusinessEvent", EventKind::Talk),
    ("EducationEvent", EventKind::Workshop),
    ("CourseInstance", EventKind::Workshop),
    ("Hackathon", EventKind::Workshop),
    ("Festival", EventKind::Festival),
    ("SaleEvent", EventKind::Market),
    ("SportsEvent", EventKind::Sport),
    ("ChildrensEvent", EventKind::Family),
];

/// Below Event, but nothing that a visitor could go to.
const NOT_FOR_VISITORS: &[&str] = &["PublicationEvent", "BroadcastEvent", "OnDemandEvent", "DeliveryEvent"];

/// Types below Place that a visitor may look for.
const PLACES: &[(&str, PlaceKind)] = &[
    ("PublicToilet", PlaceKind::Toilets),
    ("Pharmacy", PlaceKind::Pharmacy),
    ("AutomatedTeller", PlaceKind::Cash),
    ("Playground", PlaceKind::Playground),
    ("BusStop", PlaceKind::Stop),
    ("ParkingFacility", PlaceKind::Parking),
    ("RecyclingCenter", PlaceKind::Recycling),
    ("Museum", PlaceKind::Museum),
    ("ArtGallery", PlaceKind::Gallery),
    ("TouristAttraction", PlaceKind::Attraction),
    ("AmusementPark", PlaceKind::Attraction),
    ("Aquarium", PlaceKind::Attraction),
    ("Zoo", PlaceKind::Attraction),
    ("LandmarksOrHistoricalBuildings", PlaceKind::Monument),
    ("PlaceOfWorship", PlaceKind::Worship),
    ("BuddhistTemple", PlaceKind::Worship),
    ("CatholicChurch", PlaceKind::Worship),
    ("Church", PlaceKind::Worship),
    ("HinduTemple", PlaceKind::Worship),
    ("Mosque", PlaceKind::Worship),
    ("Synagogue", PlaceKind::Worship),
    ("Park", PlaceKind::Park),
    ("Beach", PlaceKind::Beach),
    ("PerformingArtsTheater", PlaceKind::Theatre),
    ("MusicVenue", PlaceKind::Theatre),
    ("EventVenue", PlaceKind::Theatre),
    ("MovieTheater", PlaceKind::Cinema),
    ("Library", PlaceKind::Library),
    ("Casino", PlaceKind::Casino),
    ("NightClub", PlaceKind::Nightlife),
    ("Restaurant", PlaceKind::Restaurant),
    ("FoodEstablishment", PlaceKind::Restaurant),
    ("Brewery", PlaceKind::Bar),
    ("Winery", PlaceKind::Bar),
    ("BarOrPub", PlaceKind::Bar),
    ("CafeOrCoffeeShop", PlaceKind::Cafe),
    ("FastFoodRestaurant", PlaceKind::FastFood),
    ("IceCreamShop", PlaceKind::IceCream),
    ("Bakery", PlaceKind::Bakery),
    ("Hotel", PlaceKind::Hotel),
    ("BedAndBreakfast", PlaceKind::Hotel),
    ("Campground", PlaceKind::Hotel),
    ("Hostel", PlaceKind::Hotel),
    ("Motel", PlaceKind::Hotel),
    ("LodgingBusiness", PlaceKind::Hotel),
    ("GroceryStore", PlaceKind::Supermarket),
    ("ShoppingCenter", PlaceKind::Shop),
    ("Store", PlaceKind::Shop),
    ("BookStore", PlaceKind::Shop),
    ("ClothingStore", PlaceKind::Shop),
    ("Florist", PlaceKind::Shop),
    ("StadiumOrArena", PlaceKind::Sport),
    ("SportsActivityLocation", PlaceKind::Sport),
    ("ExerciseGym", PlaceKind::Sport),
    ("HealthClub", PlaceKind::Sport),
    ("GolfCourse", PlaceKind::Sport),
    ("TennisComplex", PlaceKind::Sport),
    ("PublicSwimmingPool", PlaceKind::Pool),
    ("CityHall", PlaceKind::TownHall),
    ("GovernmentOffice", PlaceKind::TownHall),
    ("TouristInformationCenter", PlaceKind::Information),
    ("PostOffice", PlaceKind::PostOffice),
    ("BankOrCreditUnion", PlaceKind::Bank),
    ("PoliceStation", PlaceKind::Police),
    ("FireStation", PlaceKind::FireStation),
    ("Hospital", PlaceKind::Hospital),
    ("MedicalClinic", PlaceKind::Doctor),
    ("Physician", PlaceKind::Doctor),
    ("Dentist", PlaceKind::Doctor),
    ("VeterinaryCare", PlaceKind::Veterinary),
    ("School", PlaceKind::School),
    ("ElementarySchool", PlaceKind::School),
    ("MiddleSchool", PlaceKind::School),
    ("HighSchool", PlaceKind::School),
    ("Preschool", PlaceKind::Kindergarten),
    ("ChildCare", PlaceKind::Kindergarten),
    ("CollegeOrUniversity", PlaceKind::University),
    ("Embassy", PlaceKind::Embassy),
    ("TaxiStand", PlaceKind::Taxi),
    ("AutoRental", PlaceKind::CarRental),
    ("GasStation", PlaceKind::Fuel),
    ("TrainStation", PlaceKind::Station),
    ("BusStation", PlaceKind::Station),
    ("SubwayStation", PlaceKind::Station),
    ("BoatTerminal", PlaceKind::Ferry),
    ("Cemetery", PlaceKind::Other),
    ("CivicStructure", PlaceKind::Other),
    ("EntertainmentBusiness", PlaceKind::Other),
    ("LocalBusiness", PlaceKind::Other),
    ("TouristDestination", PlaceKind::Attraction),
    ("Place", PlaceKind::Other),
];

/// What an event is about, if it is one: `Some(None)` where its type does not say.
pub fn event(types: &[String]) -> Option<Option<EventKind>> {
    let known = |name: &String| EVENTS.iter().find(|(own, _)| own == name).map(|(_, kind)| *kind);
    let is_event = |name: &String| name.ends_with("Event") || name == "EventSeries" || known(name).is_some();
    let is_for_visitors = !types.iter().any(|name| NOT_FOR_VISITORS.contains(&name.as_str()));
    (is_for_visitors && types.iter().any(is_event)).then(|| types.iter().find_map(known))
}

/// What a place is, if it is one: the type that says most.
pub fn place(types: &[String]) -> Option<PlaceKind> {
    let known = |name: &String| PLACES.iter().find(|(own, _)| own == name).map(|(_, kind)| *kind);
    let kinds: Vec<PlaceKind> = types.iter().filter_map(known).collect();
    kinds.iter().copied().find(|kind| *kind != PlaceKind::Other).or_else(|| kinds.first().copied())
}
