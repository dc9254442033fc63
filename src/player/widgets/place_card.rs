use super::{Card, dotted, kebab, on_foot, place_title};
use crate::calendar::Opening;
use crate::content::{Place, PlaceKind};
use crate::language::opening_words;
use crate::player::action::Action;
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::icons;

/// A place as a row: what it is, whether it is open, which way and how many minutes.
///
/// Among places of other kinds it says its own kind, and hours where they are known; among its own kind, of which
/// one is needed now, it also says that its hours are not known.
pub fn place_card(scene: &Scene<'_>, place: &Place, metres: Option<f64>, says_kind: bool) -> Card {
    let mut parts = Vec::new();
    let kind = || scene.say(&format!("kind-{}", kebab(&place.kind)));
    if says_kind {
        parts.extend(place.named.then(kind));
    }
    parts.extend(open_now(scene, place).filter(|_| !says_kind || hours_known(scene, place)));
    if let Some(direction) = place.position.and_then(|position| scene.direction(position)) {
        parts.push(scene.say(direction.key()));
    }
    let action = Action::Navigate(Screen::Place(place.common.id.clone()));
    Card {
        line: dotted(scene, parts),
        end: metres.map(|metres| on_foot(scene, metres)).unwrap_or_default(),
        ..Card::of(scene, icons::of_place(place.kind), place_title(scene, place), action)
    }
}

/// Whether a place is open, in words. Nothing of a place that has no door; of one that has, not knowing is said.
/// Nothing either while nobody knows what time it is.
pub fn open_now(scene: &Scene<'_>, place: &Place) -> Option<String> {
    let opening = scene.opening(place);
    if !scene.knows_the_time() || opening == Opening::Unknown && !has_door(place.kind) {
        return None;
    }
    Some(opening_words(scene.words(), &opening, scene.now, scene.zone()))
}

/// Whether it can be said that it is open or closed.
pub fn hours_known(scene: &Scene<'_>, place: &Place) -> bool {
    scene.opening(place) != Opening::Unknown
}

/// Whether anybody would ask for its hours.
pub fn has_door(kind: PlaceKind) -> bool {
    use PlaceKind as Kind;
    !matches!(
        kind,
        Kind::DrinkingWater
            | Kind::Cash
            | Kind::Playground
            | Kind::Stop
            | Kind::Lift
            | Kind::Bench
            | Kind::Defibrillator
            | Kind::BicycleParking
            | Kind::ChargingStation
            | Kind::Recycling
            | Kind::PostBox
            | Kind::Telephone
            | Kind::Shelter
            | Kind::Attraction
            | Kind::Monument
            | Kind::Artwork
            | Kind::Viewpoint
            | Kind::Historic
            | Kind::Park
            | Kind::Garden
            | Kind::Beach
            | Kind::Fountain
            | Kind::Picnic
            | Kind::Marina
            | Kind::Taxi
            | Kind::BicycleRental
            | Kind::Ferry
            | Kind::Other
    )
}
