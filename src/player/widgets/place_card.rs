use super::{Card, kebab, place_title};
use crate::calendar::Opening;
use crate::content::{Place, PlaceKind};
use crate::language::opening_words;
use crate::player::action::Action;
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::icons;

/// Pins with more than two digits are too small to read.
const NUMBER_MAX: usize = 99;

/// A place as a row: what it is, whether it is open, which way and how many minutes.
pub fn place_card(scene: &Scene<'_>, place: &Place, metres: Option<f64>, says_kind: bool) -> Card {
    let title = place_title(scene, place);
    let (icon, ink) = icons::of_place(place.kind);
    let mut parts = Vec::new();
    if says_kind && place.named {
        parts.push(scene.say(&format!("kind-{}", kebab(&place.kind))));
    }
    parts.extend(open_now(scene, place));
    if let Some(direction) = place.position.and_then(|position| scene.direction(position)) {
        parts.push(scene.say(direction.key()));
    }
    let minutes =
        metres.map(|metres| scene.words().say_with("on-foot", &[("minutes", minutes_words(scene, metres).into())]));
    Card {
        icon,
        ink,
        number: None,
        title: title.text,
        language: title.language,
        line: parts.join(" · "),
        status: None,
        end: minutes.unwrap_or_default(),
        action: Action::Navigate(Screen::Place(place.common.id.clone())),
        width_mm: scene.frame().content_width(),
        height_mm: Card::height_mm(scene),
    }
}

fn minutes_words(scene: &Scene<'_>, metres: f64) -> String {
    scene.words().number(i64::from(scene.walk(metres)))
}

/// The number of the row below so many others, when a pin can carry it.
pub fn row_number(above: usize) -> Option<u8> {
    (above < NUMBER_MAX).then(|| u8::try_from(above + 1).ok()).flatten()
}

/// Whether a place is open, in words. Nothing of a place that has no door; of one that has, not knowing is said.
pub fn open_now(scene: &Scene<'_>, place: &Place) -> Option<String> {
    let opening = scene.almanac.opening(place, scene.now);
    if opening == Opening::Unknown && !has_door(place.kind) {
        return None;
    }
    Some(opening_words(scene.words(), &opening, scene.now, scene.zone()))
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
