use super::{AccessFacts, Common, Position, Tri};
use serde::{Deserialize, Serialize};

/// What a place is: gives its word, icon and ink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    Toilets,
    DrinkingWater,
    Pharmacy,
    Cash,
    Playground,
    Stop,
    Parking,
    Lift,
    Bench,
    Defibrillator,
    BicycleParking,
    ChargingStation,
    Recycling,
    PostBox,
    Telephone,
    Shelter,
    Museum,
    Gallery,
    Attraction,
    Monument,
    Artwork,
    Viewpoint,
    Historic,
    Worship,
    Park,
    Garden,
    Beach,
    Fountain,
    Picnic,
    Theatre,
    Cinema,
    Library,
    CommunityCentre,
    Casino,
    Nightlife,
    Restaurant,
    Cafe,
    Bar,
    FastFood,
    IceCream,
    Hotel,
    Shop,
    Supermarket,
    Bakery,
    Market,
    Sport,
    Pool,
    Marina,
    TownHall,
    Information,
    PostOffice,
    Bank,
    Police,
    FireStation,
    Hospital,
    Doctor,
    Veterinary,
    School,
    Kindergarten,
    University,
    Embassy,
    Taxi,
    CarRental,
    BicycleRental,
    Fuel,
    Station,
    Ferry,
    #[default]
    Other,
}

/// How the public reaches the place: never a private person's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
}

impl Contact {
    pub fn is_empty(&self) -> bool {
        self.phone.is_empty() && self.email.is_empty()
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    #[serde(flatten)]
    pub common: Common,
    pub kind: PlaceKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Opening hours in OpenStreetMap syntax.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hours: String,
    #[serde(skip_serializing_if = "Contact::is_empty")]
    pub contact: Contact,
    pub fee: Tri,
    pub changing_table: Tri,
    #[serde(skip_serializing_if = "AccessFacts::is_unknown")]
    pub access: AccessFacts,
    /// Whether the source gives it a name of its own; if not, the title is its kind and what it stands near.
    pub named: bool,
}
