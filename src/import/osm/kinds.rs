use super::reading::Tags;
use crate::content::PlaceKind::{self, *};

/// What a row of the table makes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Is(PlaceKind),
    /// Only with a name: its kind alone tells a visitor nothing.
    IfNamed(PlaceKind),
    /// Only with a name or when a tag says that the public may go there.
    IfPublic(PlaceKind),
    LeftOut(&'static str),
}
use Outcome::{IfNamed, IfPublic, Is, LeftOut};

/// `key` has one of `values` (`*`: any), and `also` holds when given.
struct Row {
    key: &'static str,
    values: &'static [&'static str],
    also: Option<(&'static str, &'static [&'static str])>,
    outcome: Outcome,
}

const fn row(key: &'static str, values: &'static [&'static str], outcome: Outcome) -> Row {
    Row { key, values, also: None, outcome }
}

const fn when(
    key: &'static str,
    values: &'static [&'static str],
    also: (&'static str, &'static [&'static str]),
    outcome: Outcome,
) -> Row {
    Row { key, values, also: Some(also), outcome }
}

const STREET_FURNITURE: &str = "street furniture that a visitor does not look for";
const NOT_FOR_VISITORS: &str = "a business or facility that is not for visitors";
const PART: &str = "a part of something else that counts by itself";

/// From the most telling to the least: the first row that accepts an element gives its kind. A key that a row
/// refuses is not looked at again, so that special values stand before general ones.
const TABLE: &[Row] = &[
    row("emergency", &["defibrillator"], Is(Defibrillator)),
    row("emergency", &["phone"], Is(Telephone)),
    row("highway", &["elevator"], Is(Lift)),
    row("highway", &["bus_stop"], Is(Stop)),
    row("railway", &["station", "halt"], Is(Station)),
    row("railway", &["tram_stop"], Is(Stop)),
    row("aerialway", &["station"], Is(Station)),
    row("tourism", &["hotel", "hostel", "guest_house", "motel", "apartment", "chalet"], IfNamed(Hotel)),
    row("tourism", &["museum"], Is(Museum)),
    row("tourism", &["gallery"], Is(Gallery)),
    row("tourism", &["viewpoint"], Is(Viewpoint)),
    row("tourism", &["picnic_site"], Is(Picnic)),
    row("tourism", &["zoo", "aquarium", "theme_park"], Is(Attraction)),
    when(
        "tourism",
        &["information"],
        ("information", &["board", "map", "guidepost", "route_marker", "trail_blaze", "terminal", "sign"]),
        LeftOut("a sign, not a desk"),
    ),
    when("tourism", &["information"], ("information", &["office", "visitor_centre"]), Is(Information)),
    row("tourism", &["information"], IfNamed(Information)),
    row("amenity", &["toilets"], Is(Toilets)),
    row("amenity", &["drinking_water", "water_point"], Is(DrinkingWater)),
    when("amenity", &["fountain"], ("drinking_water", &["yes"]), Is(DrinkingWater)),
    when(
        "man_made",
        &["water_tap", "drinking_fountain", "water_well"],
        ("drinking_water", &["yes"]),
        Is(DrinkingWater),
    ),
    row("amenity", &["fountain"], Is(Fountain)),
    row("amenity", &["pharmacy"], Is(Pharmacy)),
    row("amenity", &["atm"], Is(Cash)),
    row("amenity", &["bank", "bureau_de_change", "money_transfer"], Is(Bank)),
    row("amenity", &["parking"], Is(Parking)),
    row("amenity", &["parking_entrance"], IfNamed(Parking)),
    row("amenity", &["bench"], Is(Bench)),
    row("amenity", &["bicycle_parking"], Is(BicycleParking)),
    row("amenity", &["bicycle_rental"], Is(BicycleRental)),
    row("amenity", &["charging_station"], Is(ChargingStation)),
    row("amenity", &["recycling"], Is(Recycling)),
    row("amenity", &["post_box"], Is(PostBox)),
    row("amenity", &["post_office"], Is(PostOffice)),
    row("amenity", &["telephone"], Is(Telephone)),
    when("amenity", &["shelter"], ("shelter_type", &["public_transport"]), LeftOut(PART)),
    row("amenity", &["shelter"], Is(Shelter)),
    row("amenity", &["place_of_worship", "monastery"], Is(Worship)),
    row("amenity", &["theatre", "concert_hall", "music_venue"], Is(Theatre)),
    row("amenity", &["cinema"], Is(Cinema)),
    row("amenity", &["library"], Is(Library)),
    row("amenity", &["community_centre", "social_centre", "arts_centre"], IfNamed(CommunityCentre)),
    row("amenity", &["casino"], Is(Casino)),
    row("amenity", &["nightclub"], Is(Nightlife)),
    row("amenity", &["restaurant", "food_court"], Is(Restaurant)),
    row("amenity", &["cafe"], Is(Cafe)),
    row("amenity", &["bar", "pub", "biergarten"], Is(Bar)),
    row("amenity", &["fast_food"], Is(FastFood)),
    row("amenity", &["ice_cream"], Is(IceCream)),
    row("amenity", &["marketplace"], Is(Market)),
    row("amenity", &["public_bath"], Is(Pool)),
    row("amenity", &["townhall"], Is(TownHall)),
    row("amenity", &["police"], Is(Police)),
    row("amenity", &["fire_station"], Is(FireStation)),
    row("amenity", &["hospital"], Is(Hospital)),
    row("amenity", &["clinic", "doctors", "dentist"], Is(Doctor)),
    row("amenity", &["veterinary"], Is(Veterinary)),
    row("amenity", &["university", "college"], Is(University)),
    row("amenity", &["kindergarten", "childcare"], Is(Kindergarten)),
    row("amenity", &["school", "music_school", "language_school", "dancing_school"], Is(School)),
    row("amenity", &["taxi"], Is(Taxi)),
    row("amenity", &["car_rental", "car_sharing"], Is(CarRental)),
    row("amenity", &["fuel"], Is(Fuel)),
    row("amenity", &["ferry_terminal"], Is(Ferry)),
    row("amenity", &["bus_station"], Is(Station)),
    row("amenity", &["waste_basket", "waste_disposal", "clock", "binoculars", "shower"], LeftOut(STREET_FURNITURE)),
    row("amenity", &["vending_machine"], LeftOut("a vending machine")),
    row("amenity", &["parking_exit", "parking_space"], LeftOut(PART)),
    row("amenity", &["motorcycle_parking", "car_wash", "driving_school", "prison"], LeftOut(NOT_FOR_VISITORS)),
    row("shop", &["supermarket"], Is(Supermarket)),
    row("shop", &["bakery", "pastry"], Is(Bakery)),
    row("shop", &["ice_cream"], Is(IceCream)),
    row("shop", &["vacant", "no"], LeftOut("an empty shop")),
    row("shop", &["*"], IfNamed(Shop)),
    row("leisure", &["playground"], Is(Playground)),
    row("leisure", &["park", "nature_reserve"], Is(Park)),
    row("leisure", &["dog_park"], IfNamed(Park)),
    row("leisure", &["garden"], IfPublic(Garden)),
    row("leisure", &["water_park"], Is(Pool)),
    row("leisure", &["swimming_pool", "swimming_area"], IfPublic(Pool)),
    row("leisure", &["beach_resort"], IfNamed(Beach)),
    row("leisure", &["marina"], Is(Marina)),
    row("leisure", &["picnic_table"], Is(Picnic)),
    row("leisure", &["slipway", "outdoor_seating", "common"], LeftOut(PART)),
    row(
        "leisure",
        &[
            "pitch",
            "sports_centre",
            "sports_hall",
            "fitness_centre",
            "fitness_station",
            "stadium",
            "ice_rink",
            "track",
            "bowling_alley",
            "miniature_golf",
            "golf_course",
            "horse_riding",
        ],
        Is(Sport),
    ),
    row("natural", &["beach"], Is(Beach)),
    row("historic", &["memorial", "monument"], Is(Monument)),
    row("tourism", &["artwork"], Is(Artwork)),
    row("historic", &["*"], IfNamed(Historic)),
    row("office", &["diplomatic"], Is(Embassy)),
    row("office", &["government", "association", "ngo", "foundation", "employment_agency"], IfNamed(Other)),
    row("office", &["*"], LeftOut(NOT_FOR_VISITORS)),
    row("healthcare", &["pharmacy"], Is(Pharmacy)),
    row("healthcare", &["hospital"], Is(Hospital)),
    row("healthcare", &["*"], Is(Doctor)),
    row("craft", &["*"], IfNamed(Shop)),
    row("aeroway", &["aerodrome", "heliport", "terminal"], IfNamed(Other)),
    when("public_transport", &["platform", "stop_position"], ("train", &["yes"]), LeftOut(PART)),
    when("public_transport", &["platform"], ("railway", &["platform"]), LeftOut(PART)),
    row("public_transport", &["station"], Is(Station)),
    row("public_transport", &["platform"], Is(Stop)),
    row("public_transport", &["stop_position"], IfNamed(Stop)),
    row("public_transport", &["*"], LeftOut(PART)),
    row("tourism", &["*"], IfNamed(Attraction)),
    row("amenity", &["*"], IfNamed(Other)),
    row("leisure", &["*"], IfNamed(Other)),
];

/// Keys that make an element a record whatever their value.
const KEYS: &[&str] =
    &["amenity", "tourism", "historic", "leisure", "shop", "office", "healthcare", "craft", "public_transport"];

/// Keys that make an element a record by these values only.
const VALUES: &[(&str, &[&str])] = &[
    ("highway", &["bus_stop", "elevator"]),
    ("railway", &["station", "halt", "tram_stop"]),
    ("aerialway", &["station"]),
    ("natural", &["beach"]),
    ("aeroway", &["aerodrome", "heliport", "terminal"]),
    ("man_made", &["water_tap", "drinking_fountain", "water_well"]),
    ("emergency", &["defibrillator", "phone"]),
];

/// Put before a key when the thing is gone or not yet there.
const LIFECYCLE: &[&str] = &[
    "disused",
    "abandoned",
    "was",
    "demolished",
    "razed",
    "removed",
    "destroyed",
    "closed",
    "ruins",
    "proposed",
    "planned",
    "construction",
];

/// Whether this tag, as it stands or once its lifecycle is cut off, makes an element a record.
fn is_place_tag(key: &str, value: &str) -> bool {
    let listed = |(known, values): &(&str, &[&str])| key == *known && values.contains(&value);
    value != "no" && (KEYS.contains(&key) || VALUES.iter().any(listed))
}

/// A record: an element that carries a place key ([`KEYS`], or [`VALUES`] with one of the values listed there),
/// alone or behind a lifecycle prefix such as `disused:`. All else (roads, plain buildings, trees, routes) is
/// scenery for the map.
pub fn is_record(tags: &Tags) -> bool {
    place_tag(tags).is_some()
}

/// The prefix, when `key` is a place key behind one.
fn lifecycle(key: &str, value: &str) -> Option<&'static str> {
    let (prefix, rest) = key.split_once(':')?;
    let prefix = LIFECYCLE.iter().find(|known| **known == prefix)?;
    is_place_tag(rest, value).then_some(prefix)
}

/// The tag that makes an element a record.
pub fn place_tag(tags: &Tags) -> Option<(&str, &str)> {
    let as_it_stands = tags.iter().find(|(key, value)| is_place_tag(key, value));
    as_it_stands.or_else(|| tags.iter().find(|(key, value)| lifecycle(key, value).is_some()))
}

/// What kind of place the element is, or why it is left out, in words for staff.
pub fn kind_of(tags: &Tags, named: bool) -> Result<PlaceKind, String> {
    if !tags.iter().any(|(key, value)| is_place_tag(key, value)) {
        let prefix = tags.iter().find_map(|(key, value)| lifecycle(key, value)).unwrap_or("disused");
        return Err(format!("not in use: \"{prefix}\""));
    }
    if let Some(reason) = not_open_to_all(tags) {
        return Err(reason);
    }
    let mut refused: Vec<(&str, &str)> = Vec::new();
    for row in TABLE.iter().filter(|row| row.fits(tags)) {
        if refused.iter().any(|(key, _)| *key == row.key) {
            continue;
        }
        let reason = match row.outcome {
            Is(kind) => return Ok(kind),
            IfNamed(kind) if named => return Ok(kind),
            IfPublic(kind) if named || says_public(tags) => return Ok(kind),
            IfNamed(_) => "without a name: what it is would tell nobody anything",
            IfPublic(_) => "without a name, and nothing says that the public may go there",
            LeftOut(reason) => reason,
        };
        refused.push((row.key, reason));
    }
    let reason = refused.first().map_or("tags that name no known kind of place", |(_, reason)| reason);
    Err(reason.to_owned())
}

impl Row {
    fn fits(&self, tags: &Tags) -> bool {
        has_one_of(tags, self.key, self.values) && self.also.is_none_or(|(key, values)| has_one_of(tags, key, values))
    }
}

/// Values may be lists: `convenience;bakery`.
fn has_one_of(tags: &Tags, key: &str, values: &[&str]) -> bool {
    tags.get(key).is_some_and(|all| {
        all.split(';').map(str::trim).any(|value| value != "no" && (values == ["*"] || values.contains(&value)))
    })
}

fn says_public(tags: &Tags) -> bool {
    has_one_of(tags, "access", &["yes", "public", "permissive"]) || tags.get("opening_hours").is_some()
}

fn not_open_to_all(tags: &Tags) -> Option<String> {
    let closed = ["private", "no", "residents", "permit", "employees", "delivery", "military", "members"];
    if let Some(access) = tags.get("access").filter(|access| closed.contains(access)) {
        return Some(format!("not open to the public: access={access}"));
    }
    let gone = ["disused", "abandoned", "demolished", "construction", "proposed"];
    let key = gone.into_iter().find(|key| tags.is(key, "yes"))?;
    Some(format!("not in use: \"{key}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        Tags(pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect())
    }

    #[test]
    fn the_most_telling_tag_decides() {
        let kind = |pairs: &[(&str, &str)], named| kind_of(&tags(pairs), named);
        assert_eq!(kind(&[("amenity", "restaurant"), ("tourism", "hotel")], true), Ok(Hotel));
        assert_eq!(kind(&[("tourism", "attraction"), ("leisure", "garden")], true), Ok(Garden));
        assert_eq!(kind(&[("amenity", "fountain"), ("drinking_water", "yes")], false), Ok(DrinkingWater));
        assert_eq!(kind(&[("shop", "doityourself;bakery")], true), Ok(Bakery));
        assert_eq!(kind(&[("disused:shop", "shoes"), ("amenity", "cafe")], true), Ok(Cafe));
        assert_eq!(kind(&[("public_transport", "platform"), ("highway", "bus_stop")], false), Ok(Stop));
    }

    #[test]
    fn what_is_left_out_has_a_reason() {
        let reason = |pairs: &[(&str, &str)]| kind_of(&tags(pairs), false).unwrap_err();
        assert_eq!(reason(&[("amenity", "parking"), ("access", "private")]), "not open to the public: access=private");
        assert_eq!(reason(&[("disused:amenity", "fuel")]), "not in use: \"disused\"");
        assert!(reason(&[("shop", "shoes")]).starts_with("without a name"));
        assert!(reason(&[("leisure", "swimming_pool")]).contains("public"));
        assert_eq!(reason(&[("tourism", "information"), ("information", "board")]), "a sign, not a desk");
    }

    #[test]
    fn only_place_keys_make_a_record() {
        assert!(is_record(&tags(&[("amenity", "bench")])));
        assert!(is_record(&tags(&[("abandoned:railway", "station")])));
        assert!(!is_record(&tags(&[("highway", "residential"), ("name", "Rue Grimaldi")])));
        assert!(!is_record(&tags(&[("building", "yes"), ("emergency", "no")])));
        assert!(!is_record(&tags(&[("shop", "no")])));
    }

    #[test]
    fn every_place_key_has_a_row() {
        for key in KEYS.iter().chain(VALUES.iter().map(|(key, _)| key)) {
            assert!(TABLE.iter().any(|row| row.key == *key), "{key}");
        }
    }
}
