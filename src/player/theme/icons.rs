use super::Ink;
use crate::content::{EventKind, Need, PlaceKind, Section};
use lucide_icons::Icon;

/// The icon and ink that an event kind always comes with, beside its word.
pub fn of_event(kind: EventKind) -> (Icon, Ink) {
    match kind {
        EventKind::Music => (Icon::Music, Ink::Plum),
        EventKind::Stage => (Icon::Drama, Ink::Plum),
        EventKind::Exhibition => (Icon::Palette, Ink::Terracotta),
        EventKind::Cinema => (Icon::Clapperboard, Ink::Plum),
        EventKind::Talk => (Icon::MessagesSquare, Ink::Lake),
        EventKind::Workshop => (Icon::Hammer, Ink::Ochre),
        EventKind::Festival => (Icon::PartyPopper, Ink::Terracotta),
        EventKind::Market => (Icon::ShoppingBasket, Ink::Ochre),
        EventKind::Sport => (Icon::Trophy, Ink::Lake),
        EventKind::Nature => (Icon::Leaf, Ink::Moss),
        EventKind::Family => (Icon::Baby, Ink::Terracotta),
        EventKind::Other => (Icon::CalendarDays, Ink::Lake),
    }
}

/// The icon and ink of a kind of place.
pub fn of_place(kind: PlaceKind) -> (Icon, Ink) {
    use PlaceKind as Kind;
    match kind {
        Kind::Toilets => (Icon::Toilet, Ink::Lake),
        Kind::DrinkingWater | Kind::Fountain => (Icon::Droplets, Ink::Lake),
        Kind::Pharmacy => (Icon::Pill, Ink::Moss),
        Kind::Hospital => (Icon::Hospital, Ink::Terracotta),
        Kind::Doctor => (Icon::Stethoscope, Ink::Moss),
        Kind::Veterinary => (Icon::PawPrint, Ink::Moss),
        Kind::Cash | Kind::Bank => (Icon::Banknote, Ink::Ochre),
        Kind::Playground => (Icon::Blocks, Ink::Terracotta),
        Kind::Kindergarten => (Icon::Baby, Ink::Terracotta),
        Kind::Stop | Kind::Shelter => (Icon::Bus, Ink::Lake),
        Kind::Station => (Icon::TrainFront, Ink::Lake),
        Kind::Ferry => (Icon::Ship, Ink::Lake),
        Kind::Taxi | Kind::CarRental => (Icon::CarTaxiFront, Ink::Lake),
        Kind::Parking => (Icon::SquareParking, Ink::Lake),
        Kind::BicycleParking | Kind::BicycleRental => (Icon::Bike, Ink::Moss),
        Kind::ChargingStation => (Icon::BatteryCharging, Ink::Moss),
        Kind::Fuel => (Icon::Fuel, Ink::Ochre),
        Kind::Lift => (Icon::ArrowUpDown, Ink::Lake),
        Kind::Bench | Kind::Picnic => (Icon::Armchair, Ink::Moss),
        Kind::Defibrillator => (Icon::HeartPulse, Ink::Terracotta),
        Kind::Recycling => (Icon::Recycle, Ink::Moss),
        Kind::PostBox | Kind::PostOffice => (Icon::Mail, Ink::Ochre),
        Kind::Telephone => (Icon::Phone, Ink::Lake),
        Kind::Museum | Kind::TownHall | Kind::Monument => (Icon::Landmark, Ink::Plum),
        Kind::Gallery | Kind::Artwork => (Icon::Palette, Ink::Plum),
        Kind::Attraction => (Icon::Star, Ink::Terracotta),
        Kind::Viewpoint => (Icon::Binoculars, Ink::Moss),
        Kind::Historic => (Icon::Castle, Ink::Plum),
        Kind::Worship => (Icon::Church, Ink::Plum),
        Kind::Park => (Icon::Trees, Ink::Moss),
        Kind::Garden => (Icon::Flower, Ink::Moss),
        Kind::Beach | Kind::Pool => (Icon::Waves, Ink::Lake),
        Kind::Theatre => (Icon::Drama, Ink::Plum),
        Kind::Cinema => (Icon::Clapperboard, Ink::Plum),
        Kind::Library => (Icon::Library, Ink::Plum),
        Kind::CommunityCentre => (Icon::Users, Ink::Lake),
        Kind::Casino => (Icon::Dices, Ink::Terracotta),
        Kind::Nightlife | Kind::Bar => (Icon::Martini, Ink::Plum),
        Kind::Restaurant => (Icon::Utensils, Ink::Terracotta),
        Kind::Cafe => (Icon::Coffee, Ink::Ochre),
        Kind::FastFood => (Icon::Sandwich, Ink::Ochre),
        Kind::IceCream => (Icon::IceCreamCone, Ink::Ochre),
        Kind::Hotel => (Icon::Bed, Ink::Lake),
        Kind::Shop | Kind::Supermarket => (Icon::ShoppingBag, Ink::Ochre),
        Kind::Bakery => (Icon::Croissant, Ink::Ochre),
        Kind::Market => (Icon::ShoppingBasket, Ink::Ochre),
        Kind::Sport => (Icon::Dumbbell, Ink::Lake),
        Kind::Marina => (Icon::Anchor, Ink::Lake),
        Kind::Information => (Icon::Info, Ink::Lake),
        Kind::Police => (Icon::Shield, Ink::Lake),
        Kind::FireStation => (Icon::Flame, Ink::Terracotta),
        Kind::School | Kind::University => (Icon::GraduationCap, Ink::Lake),
        Kind::Embassy => (Icon::Flag, Ink::Lake),
        Kind::Other => (Icon::MapPin, Ink::Lake),
    }
}

/// The icon and ink of a part of the guide.
pub fn of_section(section: Section) -> (Icon, Ink) {
    match section {
        Section::Accessibility => (Icon::Accessibility, Ink::Lake),
        Section::GettingAround => (Icon::Bus, Ink::Lake),
        Section::Nature => (Icon::Leaf, Ink::Moss),
        Section::Rain => (Icon::Umbrella, Ink::Plum),
        Section::History => (Icon::Castle, Ink::Plum),
        Section::Practical => (Icon::Info, Ink::Ochre),
        Section::Notice => (Icon::CircleAlert, Ink::Terracotta),
        Section::Discover => (Icon::Compass, Ink::Terracotta),
    }
}

pub fn of_need(need: Need) -> Icon {
    match need {
        Need::Wheelchair => Icon::Accessibility,
        Need::Walking => Icon::Footprints,
        Need::Sight => Icon::Eye,
        Need::Hearing => Icon::Ear,
        Need::Children => Icon::Baby,
    }
}
