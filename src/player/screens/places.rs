//! See and do: the visitor chooses what they like and sees the town's named places, nearest sights first, each with
//! whether it is open now. All of it is in the catalogue, so it works without a network.

use crate::content::{ItemRef, Place, PlaceKind};
use crate::player::action::{Action, Filter, PlaceGroup};
use crate::player::block::{Block, Sheet};
use crate::player::media::MapMark;
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::sights::{Away, is_of, is_open, worth_seeing};
use crate::player::theme::{Ink, icons};
use crate::player::widgets::{
    Card, Choice, Grouped, GroupedList, WindowPlate, belt_height_mm, choices, dead_end, dotted, foot_map, hours_known,
    is_speaking, kebab, numbered, open_now, page, place_card, place_title, speak_button, speak_plate, window_where,
};
use lucide_icons::Icon;

const LIST: &str = "places";
const GROUPS: &str = "places-groups";

/// What the screen says.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacesView<'a> {
    pub group: Option<PlaceGroup>,
    pub groups: Vec<PlaceGroup>,
    pub places: Grouped<Away<'a>>,
    pub open: usize,
    /// The one in the window.
    pub shown: Option<Away<'a>>,
}

impl PlaceGroup {
    const ALL: [Self; 7] = [Self::Sights, Self::Culture, Self::Nature, Self::Eat, Self::Shops, Self::Sport, Self::Town];

    fn icon(self) -> (Icon, Ink) {
        match self {
            Self::Sights => (Icon::Binoculars, Ink::Terracotta),
            Self::Culture => (Icon::Landmark, Ink::Plum),
            Self::Nature => (Icon::Trees, Ink::Moss),
            Self::Eat => (Icon::Utensils, Ink::Terracotta),
            Self::Shops => (Icon::ShoppingBag, Ink::Ochre),
            Self::Sport => (Icon::Dumbbell, Ink::Lake),
            Self::Town => (Icon::Building2, Ink::Lake),
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Sights => "place-group-sights",
            Self::Culture => "place-group-culture",
            Self::Nature => "place-group-nature",
            Self::Eat => "place-group-eat",
            Self::Shops => "place-group-shops",
            Self::Sport => "place-group-sport",
            Self::Town => "place-group-town",
        }
    }
}

pub fn view<'a>(scene: &Scene<'a>) -> PlacesView<'a> {
    let page = scene.visitor.page();
    let group = page.filters.places;
    let in_group = |place: &Place| is_of(place, group);
    let mut all: Vec<Away<'a>> = worth_seeing(scene).filter(|(place, _)| in_group(place)).collect();
    if group.is_none() {
        all.sort_by_key(|(place, _)| interest(place.kind));
    }
    let open = all.iter().filter(|(place, _)| is_open(scene, place)).count();
    let groups =
        PlaceGroup::ALL.into_iter().filter(|group| worth_seeing(scene).any(|(place, _)| is_of(place, Some(*group))));
    let groups = groups.collect();
    let places = Grouped::new(scene, LIST, all, as_item);
    let looked_at = page.looking_at.as_ref().and_then(|id| places.shown().find(|(place, _)| place.common.id == *id));
    let shown = looked_at.or_else(|| places.shown().next()).copied();
    PlacesView { group, groups, places, open, shown }
}

fn as_item<'a>(away: &Away<'a>) -> ItemRef<'a> {
    ItemRef::Place(away.0)
}

/// What a guest comes for stands before what serves the day.
fn interest(kind: PlaceKind) -> u8 {
    match (PlaceGroup::of(kind), kind) {
        (
            _,
            PlaceKind::Attraction | PlaceKind::Museum | PlaceKind::Historic | PlaceKind::Viewpoint | PlaceKind::Garden,
        ) => 0,
        (Some(PlaceGroup::Culture | PlaceGroup::Sights | PlaceGroup::Nature), _) => 1,
        (Some(PlaceGroup::Eat | PlaceGroup::Sport | PlaceGroup::Shops), _) => 2,
        _ => 3,
    }
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let (first, more) = group_choices(scene, &view);
    let (chips, chips_mm) = choices(scene, GROUPS, first, more);
    let place = GroupedList {
        key: LIST,
        row_mm: Card::height_mm(scene),
        sight_mm: belt_height_mm(scene) - chips_mm - 6.0,
        hidden: "group-hidden",
    };
    let (mut rows, marks) =
        numbered(scene, &place, &view.places, as_item, |(place, metres)| place_card(scene, place, *metres, true));
    if view.places.is_empty() {
        let all = (Icon::MapPin, scene.say("places-all"), Action::Filter(Filter::PlaceKinds(None)));
        let search = (Icon::Search, scene.say("nav-search"), Action::Navigate(Screen::Search));
        let (words, step) = if view.group.is_some() { ("places-none", all) } else { ("content-none", search) };
        rows = dead_end(scene, scene.say(words), vec![step]);
        if is_speaking(scene) {
            rows = speak_plate(scene, None);
        } else if view.group.is_none() {
            rows = Block::column(vec![rows, speak_button(scene)]).gap(6.0);
        }
    }
    let foot = foot_map(scene, marks.clone(), count_words(scene, &view));
    page(scene, places_window(scene, &view, marks), vec![chips, rows], foot)
}

/// "12 places open now", else how many there are.
fn count_words(scene: &Scene<'_>, view: &PlacesView<'_>) -> String {
    let words = scene.words();
    if view.open > 0 {
        return words.say_with("fact-open-count", &[("count", view.open.into())]);
    }
    words.say_with("places-count", &[("count", view.places.shown().count().into())])
}

/// At most seven at a time: all and five groups, the others behind "show more".
fn group_choices(scene: &Scene<'_>, view: &PlacesView<'_>) -> (Vec<Choice>, Vec<Choice>) {
    const FIRST: usize = 5;
    let mut groups: Vec<Choice> = view.groups.iter().map(|group| group_choice(scene, *group, view.group)).collect();
    let more = if groups.len() > FIRST + 1 { groups.split_off(FIRST) } else { Vec::new() };
    let action = Action::Filter(Filter::PlaceKinds(None));
    let all = Choice::all(Icon::Compass, scene.say("places-all"), view.group.is_none(), action);
    groups.insert(0, all);
    (groups, more)
}

fn group_choice(scene: &Scene<'_>, group: PlaceGroup, chosen: Option<PlaceGroup>) -> Choice {
    let count = worth_seeing(scene).filter(|(place, _)| is_of(place, Some(group))).count();
    let action = Action::Filter(Filter::PlaceKinds(Some(group)));
    Choice::counted(scene, group.icon(), scene.say(group.key()), count, chosen == Some(group), action)
}

fn places_window(scene: &Scene<'_>, view: &PlacesView<'_>, marks: Vec<MapMark>) -> Block {
    let title = Shown { text: scene.say("places-title"), language: None, machine: false };
    let mut plate = WindowPlate {
        kicker: scene.say("places-title"),
        title,
        line: String::new(),
        status: None,
        ink: Ink::Plum,
        sample: false,
    };
    if let Some((place, _)) = view.shown {
        let kind = scene.say(&format!("kind-{}", kebab(&place.kind)));
        plate.kicker = dotted(scene, [plate.kicker, kind]);
        plate.title = place_title(scene, place);
        plate.line = open_now(scene, place).filter(|_| hours_known(scene, place)).unwrap_or_default();
        plate.ink = icons::of_place(place.kind).1;
        plate.sample = place.common.sample;
    } else {
        plate.kicker = String::new();
    }
    let item = view.shown.map(|(place, _)| ItemRef::Place(place));
    window_where(scene, item, marks, scene.say("map-you"), plate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Common, Id, Item, Localized, Position, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;
    use crate::player::widgets::Group;

    fn place(id: &str, kind: PlaceKind, steps: f64, named: bool) -> Place {
        let id = Id(format!("test:{id}"));
        let common = Common { id, title: Localized::one("en", "Here"), ..Common::default() };
        let position = Position::new(43.7 + steps * 0.001, 7.4);
        Place { common, kind, position, named, ..Place::default() }
    }

    fn town() -> Vec<Place> {
        let mut open = place("café", PlaceKind::Cafe, 1.0, true);
        open.hours = "24/7".to_owned();
        let mut lost = place("lost", PlaceKind::Museum, 0.0, true);
        lost.position = None;
        vec![
            open,
            place("bench", PlaceKind::Bench, 0.5, true),
            place("nameless", PlaceKind::Artwork, 0.5, false),
            place("museum", PlaceKind::Museum, 3.0, true),
            place("castle", PlaceKind::Historic, 2.0, true),
            place("church", PlaceKind::Worship, 1.0, true),
            lost,
        ]
    }

    fn seen(group: Option<PlaceGroup>, look: impl FnOnce(&PlacesView<'_>)) {
        let town_of = Town { position: Position::new(43.7, 7.4), ..Town::default() };
        let (catalog, _) = Catalog::new(town_of, town().into_iter().map(Item::Place).collect());
        let almanac = Almanac::new(catalog, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let mut visitor = Visitor::nobody(Language::En);
        visitor.page_mut().filters.places = group;
        let now = "2026-06-15T13:00:00Z".parse().expect("an instant");
        look(&view(&Scene::of(&almanac, &visitor, now, &profile)));
    }

    fn ids(view: &PlacesView<'_>) -> String {
        let places = view.places.of(Group::Plain).iter();
        places.map(|(place, _)| place.common.id.as_str().trim_start_matches("test:")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn named_sights_stand_first_by_distance() {
        seen(None, |view| {
            assert_eq!(ids(view), "castle museum lost church café");
            assert_eq!(view.open, 1);
            assert_eq!(view.groups, [PlaceGroup::Sights, PlaceGroup::Culture, PlaceGroup::Eat]);
        });
    }

    #[test]
    fn a_group_shows_its_own() {
        seen(Some(PlaceGroup::Culture), |view| assert_eq!(ids(view), "museum lost"));
        seen(Some(PlaceGroup::Sport), |view| assert!(view.places.is_empty()));
    }

    #[test]
    fn every_group_has_its_words() {
        for group in PlaceGroup::ALL {
            for language in Language::ALL {
                assert!(crate::language::Words::of(language).has(group.key()), "{language:?} {group:?}");
            }
        }
    }
}
