use super::reading::{Read, Reading, Word};
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

impl PlaceKind {
    pub const ALL: [Self; 68] = [
        Self::Toilets,
        Self::DrinkingWater,
        Self::Pharmacy,
        Self::Cash,
        Self::Playground,
        Self::Stop,
        Self::Parking,
        Self::Lift,
        Self::Bench,
        Self::Defibrillator,
        Self::BicycleParking,
        Self::ChargingStation,
        Self::Recycling,
        Self::PostBox,
        Self::Telephone,
        Self::Shelter,
        Self::Museum,
        Self::Gallery,
        Self::Attraction,
        Self::Monument,
        Self::Artwork,
        Self::Viewpoint,
        Self::Historic,
        Self::Worship,
        Self::Park,
        Self::Garden,
        Self::Beach,
        Self::Fountain,
        Self::Picnic,
        Self::Theatre,
        Self::Cinema,
        Self::Library,
        Self::CommunityCentre,
        Self::Casino,
        Self::Nightlife,
        Self::Restaurant,
        Self::Cafe,
        Self::Bar,
        Self::FastFood,
        Self::IceCream,
        Self::Hotel,
        Self::Shop,
        Self::Supermarket,
        Self::Bakery,
        Self::Market,
        Self::Sport,
        Self::Pool,
        Self::Marina,
        Self::TownHall,
        Self::Information,
        Self::PostOffice,
        Self::Bank,
        Self::Police,
        Self::FireStation,
        Self::Hospital,
        Self::Doctor,
        Self::Veterinary,
        Self::School,
        Self::Kindergarten,
        Self::University,
        Self::Embassy,
        Self::Taxi,
        Self::CarRental,
        Self::BicycleRental,
        Self::Fuel,
        Self::Station,
        Self::Ferry,
        Self::Other,
    ];
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
    /// A document that does not say means yes.
    pub named: bool,
}

impl Word for PlaceKind {}

impl Read for Contact {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self { phone: fields.get("phone"), email: fields.get("email") })
    }
}

impl Read for Place {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        Some(Self {
            common: fields.flat(Common::from_fields),
            kind: fields.get("kind"),
            position: fields.get("position"),
            address: fields.get("address"),
            hours: fields.get("hours"),
            contact: fields.get("contact"),
            fee: fields.get("fee"),
            changing_table: fields.get("changing_table"),
            access: fields.get("access"),
            named: fields.get_or("named", true),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_kinds_are_listed_once_and_in_order() {
        assert!(PlaceKind::ALL.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(PlaceKind::ALL.last(), Some(&PlaceKind::Other));
        assert_eq!(PlaceKind::ALL.len(), PlaceKind::Other as usize + 1);
    }
}
