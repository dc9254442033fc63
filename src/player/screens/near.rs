//! Near me now: the visitor chooses a kind and sees the nearest on foot, on a map that looks the way they do, with
//! minutes and direction. Toilets are chosen before anybody chooses. What is known to be open stands first, what is
//! known to be closed last. All of it is in the catalogue, so it works without a network.

use crate::calendar::Opening;
use crate::content::{ItemRef, Need, Place, PlaceKind};
use crate::player::action::{Action, Filter};
use crate::player::block::{Block, Sheet};
use crate::player::media::MapMark;
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::theme::icons;
use crate::player::widgets::{
    Card, Choice, Grouped, GroupedList, WindowPlate, belt_height_mm, choices, dead_end, dotted, foot_map, is_speaking,
    kebab, numbered, page, place_card, place_title, sentence, speak_button, speak_plate, window_where,
};
use lucide_icons::Icon;

/// Farther is not near on foot, in metres.
const NEAR_M: f64 = 5_000.0;
const LIST: &str = "near";
const KINDS: &str = "near-kinds";

/// The kinds that stand first, and those behind "show more".
const FIRST: [PlaceKind; 6] = [
    PlaceKind::Toilets,
    PlaceKind::DrinkingWater,
    PlaceKind::Pharmacy,
    PlaceKind::Cash,
    PlaceKind::Stop,
    PlaceKind::Parking,
];
const MORE: [PlaceKind; 6] = [
    PlaceKind::Playground,
    PlaceKind::Lift,
    PlaceKind::Bench,
    PlaceKind::Defibrillator,
    PlaceKind::Taxi,
    PlaceKind::BicycleRental,
];

/// A place and how many metres it is away.
type Away<'a> = (&'a Place, f64);

/// What the screen says.
#[derive(Clone, Debug, PartialEq)]
pub struct NearView<'a> {
    pub kind: PlaceKind,
    pub first_kinds: Vec<PlaceKind>,
    pub more_kinds: Vec<PlaceKind>,
    pub places: Grouped<Away<'a>>,
    /// The one in the window.
    pub shown: Option<Away<'a>>,
}

pub fn view<'a>(scene: &Scene<'a>) -> NearView<'a> {
    let page = scene.visitor.page();
    let chosen = page.filters.near;
    // Where there are no toilets, whatever else there is.
    let any = || FIRST.into_iter().chain(MORE).find(|kind| near_of(scene, *kind).next().is_some());
    let kind = chosen.or_else(any).unwrap_or(PlaceKind::Toilets);
    let (first_kinds, more_kinds) = kinds(scene, chosen);
    let mut near: Vec<Away<'a>> = near_of(scene, kind).collect();
    // Stable: within open, unknown and closed the nearest stays first.
    near.sort_by_key(|(place, _)| openness(scene, place));
    let places = Grouped::new(scene, LIST, near, as_item);
    let looked_at = page.looking_at.as_ref().and_then(|id| places.shown().find(|(place, _)| place.common.id == *id));
    let shown = looked_at.or_else(|| places.shown().next()).copied();
    NearView { kind, first_kinds, more_kinds, places, shown }
}

fn as_item<'a>(away: &Away<'a>) -> ItemRef<'a> {
    ItemRef::Place(away.0)
}

fn near_of<'a>(scene: &Scene<'a>, kind: PlaceKind) -> impl Iterator<Item = Away<'a>> {
    let scene = *scene;
    let near = scene.almanac.nearest_of(kind).take_while(|(_, metres)| *metres <= NEAR_M);
    near.filter(move |(place, _)| scene.shows(&place.common))
}

/// What is known to be open stands first, what is known to be closed last.
fn openness(scene: &Scene<'_>, place: &Place) -> u8 {
    match scene.opening(place) {
        Opening::Open { .. } => 0,
        Opening::Unknown => 1,
        Opening::Closed { .. } => 2,
    }
}

/// Who walks badly finds lifts at once, who comes with children playgrounds; a kind of which there is none near is
/// not offered.
fn kinds(scene: &Scene<'_>, chosen: Option<PlaceKind>) -> (Vec<PlaceKind>, Vec<PlaceKind>) {
    let needs = &scene.visitor.needs;
    let (mut first, mut more) = (FIRST, MORE);
    let mut promote = |kind: PlaceKind, instead: PlaceKind| {
        let up = more.iter_mut().find(|other| **other == kind);
        let down = first.iter_mut().find(|other| **other == instead);
        if let (Some(up), Some(down)) = (up, down) {
            std::mem::swap(up, down);
        }
    };
    if needs.contains(&Need::Wheelchair) || needs.contains(&Need::Walking) {
        promote(PlaceKind::Lift, PlaceKind::Cash);
    }
    if needs.contains(&Need::Children) {
        promote(PlaceKind::Playground, PlaceKind::Parking);
    }
    let offered = |kind: &PlaceKind| Some(*kind) == chosen || near_of(scene, *kind).next().is_some();
    let [mut first, more] = [first, more].map(|kinds| kinds.into_iter().filter(offered).collect::<Vec<_>>());
    if let Some(chosen) = chosen.filter(|chosen| !first.contains(chosen) && !more.contains(chosen)) {
        first.truncate(FIRST.len() - 1);
        first.push(chosen);
    }
    (first, more)
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let chips = |kinds: &[PlaceKind]| kinds.iter().map(|kind| kind_choice(scene, *kind, view.kind)).collect();
    let (chips, chips_mm) = choices(scene, KINDS, chips(&view.first_kinds), chips(&view.more_kinds));
    let place = GroupedList {
        key: LIST,
        row_mm: Card::height_mm(scene),
        sight_mm: belt_height_mm(scene) - chips_mm - 6.0,
        hidden: "group-hidden",
    };
    let (mut rows, marks) = numbered(scene, &place, &view.places, as_item, |(place, metres)| {
        place_card(scene, place, Some(*metres), false)
    });
    if is_speaking(scene) {
        rows = speak_plate(scene, None);
    } else if view.places.is_empty() {
        rows = nothing_near(scene);
    }
    let foot = foot_map(scene, marks.clone(), scene.say("near-intro"));
    page(scene, near_window(scene, &view, marks), vec![chips, rows], foot)
}

fn kind_choice(scene: &Scene<'_>, kind: PlaceKind, chosen: PlaceKind) -> Choice {
    let (word, count) = (kinds_word(scene, kind), near_of(scene, kind).count());
    Choice::counted(scene, icons::of_place(kind), word, count, kind == chosen, Action::Filter(Filter::Near(kind)))
}

fn kinds_word(scene: &Scene<'_>, kind: PlaceKind) -> String {
    scene.say(&format!("kinds-{}", kebab(&kind)))
}

fn near_window(scene: &Scene<'_>, view: &NearView<'_>, marks: Vec<MapMark>) -> Block {
    let (_, ink) = icons::of_place(view.kind);
    let kicker = dotted(scene, [scene.say("near-title"), kinds_word(scene, view.kind)]);
    let mut plate = WindowPlate {
        kicker,
        title: Shown { text: kinds_word(scene, view.kind), language: None, machine: false },
        line: String::new(),
        status: None,
        ink,
        sample: false,
    };
    if let Some((place, _)) = view.shown {
        plate.title = place_title(scene, place);
        plate.line =
            place.position.and_then(|position| sentence(scene, &plate.title.text, position)).unwrap_or_default();
        plate.sample = place.common.sample;
    }
    let item = view.shown.map(|(place, _)| ItemRef::Place(place));
    window_where(scene, item, marks, scene.say("map-you"), plate)
}

fn nothing_near(scene: &Scene<'_>) -> Block {
    let sentence = scene.words().say_with("near-none", &[("distance", scene.words().distance(NEAR_M).into())]);
    let search = (Icon::Search, scene.say("nav-search"), Action::Navigate(Screen::Search));
    Block::column(vec![dead_end(scene, sentence, vec![search]), speak_button(scene)]).gap(6.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{AccessFact, Catalog, Common, Id, Item, Localized, Position, Town, Tri};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;
    use crate::player::widgets::Group;

    /// At so many steps of about 111 m to the north of the display.
    fn place(id: &str, kind: PlaceKind, steps: f64, hours: &str) -> Place {
        let id = Id(format!("test:{id}"));
        let common = Common { id, title: Localized::one("en", "Here"), ..Common::default() };
        let position = Position::new(43.7 + steps * 0.001, 7.4);
        Place { common, kind, position, hours: hours.to_owned(), ..Place::default() }
    }

    fn seen(places: Vec<Place>, visitor: &Visitor, look: impl FnOnce(&NearView<'_>)) {
        let town = Town { position: Position::new(43.7, 7.4), ..Town::default() };
        let (catalog, _) = Catalog::new(town, places.into_iter().map(Item::Place).collect());
        let almanac = Almanac::new(catalog, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let now = "2026-06-15T13:00:00Z".parse().expect("an instant");
        look(&view(&Scene::of(&almanac, visitor, now, &profile)));
    }

    fn ids(places: &[Away<'_>]) -> String {
        places
            .iter()
            .map(|(place, _)| place.common.id.as_str().trim_start_matches("test:"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_open_stand_first_by_distance_and_the_closed_last() {
        let places = vec![
            place("far", PlaceKind::Toilets, 4.0, "24/7"),
            place("closed", PlaceKind::Toilets, 1.0, "Mo-Su 08:00-10:00"),
            place("silent", PlaceKind::Toilets, 2.0, ""),
            place("open", PlaceKind::Toilets, 3.0, "Mo-Su 08:00-20:00"),
            place("out of reach", PlaceKind::Toilets, 60.0, "24/7"),
            place("other", PlaceKind::Pharmacy, 0.5, ""),
        ];
        seen(places, &Visitor::nobody(Language::En), |view| {
            assert_eq!(view.kind, PlaceKind::Toilets);
            assert_eq!(ids(view.places.of(Group::Plain)), "open far silent closed");
            assert_eq!(view.first_kinds, [PlaceKind::Toilets, PlaceKind::Pharmacy]);
            assert!(view.more_kinds.is_empty());
        });
    }

    #[test]
    fn what_there_is_none_of_is_not_offered() {
        seen(vec![place("tap", PlaceKind::DrinkingWater, 1.0, "")], &Visitor::nobody(Language::En), |view| {
            assert_eq!((view.kind, &view.first_kinds[..]), (PlaceKind::DrinkingWater, &[PlaceKind::DrinkingWater][..]));
        });
        seen(Vec::new(), &Visitor::nobody(Language::En), |view| assert!(view.first_kinds.is_empty()));
    }

    #[test]
    fn needs_part_the_list_and_bring_lifts_forward() {
        let mut places = vec![place("none", PlaceKind::Toilets, 1.0, ""), place("lift", PlaceKind::Lift, 1.0, "")];
        for (id, value) in [("yes", Tri::Yes), ("no", Tri::No)] {
            let mut place = place(id, PlaceKind::Toilets, 2.0, "");
            place.access.wheelchair = AccessFact { value, ..AccessFact::default() };
            places.push(place);
        }
        let mut visitor = Visitor::nobody(Language::En);
        seen(places.clone(), &visitor, |view| assert_eq!(view.more_kinds, [PlaceKind::Lift]));
        visitor.needs.insert(Need::Wheelchair);
        seen(places, &visitor, |view| {
            assert_eq!(ids(view.places.of(Group::Confirmed)), "yes");
            assert_eq!(ids(view.places.of(Group::Unknown)), "none");
            assert_eq!(ids(view.places.of(Group::No)), "no");
            assert_eq!(view.shown.map(|(place, _)| place.common.id.as_str()), Some("test:yes"));
            assert_eq!(view.first_kinds, [PlaceKind::Toilets, PlaceKind::Lift]);
        });
    }
}
