//! What there is to see and do: the named places a visitor comes for, and whether they are open.

use super::action::PlaceGroup;
use super::scene::Scene;
use crate::calendar::Opening;
use crate::content::{Place, PlaceKind};

/// A place and, when both ends are known, how many metres it is away.
pub type Away<'a> = (&'a Place, Option<f64>);

impl PlaceGroup {
    /// Where a visitor would look for a kind; `None` for what belongs to *near me now*.
    pub fn of(kind: PlaceKind) -> Option<Self> {
        use PlaceKind as Kind;
        Some(match kind {
            Kind::Attraction
            | Kind::Monument
            | Kind::Artwork
            | Kind::Viewpoint
            | Kind::Historic
            | Kind::Worship
            | Kind::Fountain => Self::Sights,
            Kind::Museum
            | Kind::Gallery
            | Kind::Theatre
            | Kind::Cinema
            | Kind::Library
            | Kind::CommunityCentre
            | Kind::Casino
            | Kind::Nightlife => Self::Culture,
            Kind::Park | Kind::Garden | Kind::Beach | Kind::Picnic => Self::Nature,
            Kind::Restaurant | Kind::Cafe | Kind::Bar | Kind::FastFood | Kind::IceCream => Self::Eat,
            Kind::Shop | Kind::Supermarket | Kind::Bakery | Kind::Market => Self::Shops,
            Kind::Sport | Kind::Pool | Kind::Marina | Kind::Playground => Self::Sport,
            Kind::TownHall
            | Kind::Information
            | Kind::PostOffice
            | Kind::Bank
            | Kind::Police
            | Kind::FireStation
            | Kind::Hospital
            | Kind::Doctor
            | Kind::Veterinary
            | Kind::School
            | Kind::Kindergarten
            | Kind::University
            | Kind::Embassy
            | Kind::Hotel
            | Kind::Station
            | Kind::Ferry => Self::Town,
            _ => return None,
        })
    }
}

/// Places with a name of their own, nearest first; those whose position nobody knows last.
pub fn worth_seeing<'a>(scene: &Scene<'a>) -> impl Iterator<Item = Away<'a>> {
    let located = scene.almanac.stand.is_some();
    let scene = *scene;
    let far = scene.almanac.catalog.places.iter().filter(move |place| !located || place.position.is_none());
    let all =
        scene.almanac.nearest().map(|(place, metres)| (place, Some(metres))).chain(far.map(|place| (place, None)));
    all.filter(move |(place, _)| place.named && scene.shows(&place.common))
}

pub fn is_open(scene: &Scene<'_>, place: &Place) -> bool {
    matches!(scene.opening(place), Opening::Open { .. })
}

pub fn is_of(place: &Place, group: Option<PlaceGroup>) -> bool {
    let own = PlaceGroup::of(place.kind);
    own.is_some() && group.is_none_or(|group| own == Some(group))
}

/// How many places of the whole screen are open now, and how many there are.
pub fn open_of_all(scene: &Scene<'_>) -> (usize, usize) {
    let all = || worth_seeing(scene).filter(|(place, _)| is_of(place, None));
    (all().filter(|(place, _)| is_open(scene, place)).count(), all().count())
}
