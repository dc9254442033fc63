//! Home: the ways into the town for which there is anything, each with one live fact; in the window what is best
//! tonight. Works without a network like everything else.

use crate::calendar::{Opening, Period, falls_in, minutes_left};
use crate::content::{Event, Id, ItemRef, Place, PlaceKind, Section, Tri};
use crate::language::{Arg, Language, Words};
use crate::player::action::{Action, Filter};
use crate::player::block::{Block, Fit, Justify, Role, Sheet};
use crate::player::frame::Frame;
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::sights::open_of_all;
use crate::player::theme::{Ink, Lettering};
use crate::player::visitor::Mode;
use crate::player::widgets::{
    Card, Tile, TileSize, WindowPlate, belt_height_mm, card, chip, dead_end, event_card, foot_coming, foot_map,
    is_speaking, kebab, live_line, live_line_mm, logo, next_events, page, phone_display, place_title, set_mm,
    speak_button, speak_plate, tiles, window,
};
use lucide_icons::Icon;

/// With fewer ways than this there is room for what comes next.
const WAYS_FULL: usize = 4;
/// What a row of tiles takes of the height when events stand below it.
const TILES_SHARE: f32 = 0.42;
/// Between those events.
const NEXT_GAP_MM: f32 = 4.0;
/// Farther is not near on foot, in metres.
const NEAR_M: f64 = 5_000.0;
/// What somebody at a screen in the street may need, first things first.
const NEEDED: [PlaceKind; 6] = [
    PlaceKind::Toilets,
    PlaceKind::DrinkingWater,
    PlaceKind::Pharmacy,
    PlaceKind::Cash,
    PlaceKind::Stop,
    PlaceKind::Parking,
];

const TODAY: &str = "tile-today";
const NEAR: &str = "tile-near";
const SEE: &str = "tile-see";
const AROUND: &str = "tile-around";
const SERVICES: &str = "tile-services";
const ACCESS: &str = "tile-access";

/// One way into the town: what stands on its tile and where it leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Key of its title.
    pub key: &'static str,
    pub fact: String,
    pub action: Action,
}

/// What home says.
#[derive(Clone, Debug, PartialEq)]
pub struct HomeView<'a> {
    /// In the window: what was touched on attract, else what is best tonight.
    pub best: Option<ItemRef<'a>>,
    /// Today's; a greeting while nobody knows it.
    pub date: String,
    /// At most six; one that leads to nothing is not there.
    pub ways: Vec<Way>,
    /// What begins next, where few ways leave room for it.
    pub next: Vec<&'a Event>,
}

pub fn view<'a>(scene: &Scene<'a>) -> HomeView<'a> {
    let chosen = scene.visitor.page().looking_at.as_ref().and_then(|id| scene.almanac.catalog.item(id));
    let chosen = chosen.filter(|item| scene.shows_item(*item));
    let best = chosen.or_else(|| best_tonight(scene).map(ItemRef::Event));
    let date = if scene.knows_the_time() { scene.words().date(scene.today()) } else { scene.say("greeting") };
    let ways = [today(scene), near(scene), see(scene), around(scene), services(scene), accessible(scene)];
    let ways: Vec<Way> = ways.into_iter().flatten().collect();
    let rows = if ways.len() < WAYS_FULL { next_rows(scene, tiles_height_mm(scene)) } else { 0 };
    let next = next_events(scene).filter(|event| best.is_none_or(|best| best.common().id != event.common.id));
    HomeView { best, date, ways, next: next.take(rows).collect() }
}

fn best_tonight<'a>(scene: &Scene<'a>) -> Option<&'a Event> {
    let coming = scene.coming();
    let is_tonight = falls_in(Period::Tonight, scene.now, scene.zone());
    let tonight = |event: &&&Event| event.timings.iter().any(|timing| timing.begin > scene.now && is_tonight(timing));
    let going = || coming.iter().filter(|event| event.status.takes_place());
    going().find(tonight).or_else(|| going().next()).copied()
}

fn count_in(scene: &Scene<'_>, period: Period) -> usize {
    let coming = scene.coming();
    let falls = falls_in(period, scene.now, scene.zone());
    coming.iter().filter(|event| event.timings.iter().any(falls)).count()
}

/// What is on: tonight, today, tomorrow, or whatever comes next.
fn today(scene: &Scene<'_>) -> Option<Way> {
    let next = *scene.coming().first()?;
    let words = scene.words();
    let tomorrow = scene.today().succ_opt().map(Period::Day);
    let soon =
        [(Some(Period::Tonight), "fact-tonight"), (Some(Period::Today), "fact-today"), (tomorrow, "fact-tomorrow")];
    let counted = soon.into_iter().filter_map(|(period, key)| Some((count_in(scene, period?), key)));
    let fact = counted.into_iter().find(|(count, _)| *count > 0).map_or_else(
        || words.say_with("fact-next", &[("title", scene.plain(&next.common.title).into())]),
        |(count, key)| words.say_with(key, &[("count", count.into())]),
    );
    let action = Action::Navigate(Screen::Agenda);
    Some(Way { key: TODAY, fact, action })
}

/// "Toilets 120 m", or what else is near.
fn near(scene: &Scene<'_>) -> Option<Way> {
    let (kind, fact) = NEEDED.into_iter().find_map(|kind| Some((kind, nearest_fact(scene, kind)?)))?;
    let action = match kind {
        PlaceKind::Toilets => Action::Navigate(Screen::Near),
        kind => Action::Open(Screen::Near, Filter::Near(kind)),
    };
    Some(Way { key: NEAR, fact, action })
}

fn nearest_fact(scene: &Scene<'_>, kind: PlaceKind) -> Option<String> {
    let words = scene.words();
    let mut near = scene.almanac.nearest_of(kind).take_while(|(_, metres)| *metres <= NEAR_M);
    let (_, metres) = near.find(|(place, _)| scene.shows(&place.common))?;
    let kind = words.say(&format!("kind-{}", kebab(&kind)));
    Some(words.say_with("fact-nearest", &[("kind", kind.into()), ("distance", words.distance(metres).into())]))
}

/// The museum, gallery or sight that closes next, else how many places are open, as the screen behind it counts.
fn see(scene: &Scene<'_>) -> Option<Way> {
    const SIGHTS: [PlaceKind; 5] =
        [PlaceKind::Museum, PlaceKind::Gallery, PlaceKind::Attraction, PlaceKind::Garden, PlaceKind::Park];
    let words = scene.words();
    let (open, count) = open_of_all(scene);
    if count == 0 {
        return None;
    }
    let sight = |place: &&Place| place.named && SIGHTS.contains(&place.kind) && scene.shows(&place.common);
    let closes = scene.almanac.catalog.places.iter().filter(sight).filter_map(|place| {
        let Opening::Open { until } = scene.opening(place) else { return None };
        let minutes = minutes_left(until?.to_utc(), scene.now).filter(|minutes| *minutes > 0)?;
        Some((minutes, place))
    });
    let fact = match closes.min_by_key(|(minutes, _)| *minutes) {
        Some((minutes, place)) => {
            let name = place_title(scene, place).text;
            words.say_with("fact-closes", &[("place", name.into()), ("minutes", Arg::from(minutes))])
        }
        None if open > 0 => words.say_with("fact-open-count", &[("count", open.into())]),
        None => words.say_with("fact-places", &[("count", count.into())]),
    };
    let action = Action::Navigate(Screen::Places);
    Some(Way { key: SEE, fact, action })
}

/// The stop next to the screen; where nothing is written about getting around, the way to it and its like.
fn around(scene: &Scene<'_>) -> Option<Way> {
    let stop = nearest_fact(scene, PlaceKind::Stop);
    let pages = articles_of(scene, Section::GettingAround);
    let action = if pages > 0 {
        Action::Open(Screen::Guide, Filter::Section(Some(Section::GettingAround)))
    } else {
        Action::Open(Screen::Near, Filter::Near(PlaceKind::Stop))
    };
    let read = (pages > 0).then(|| scene.words().say_with("fact-articles", &[("count", pages.into())]));
    let fact = stop.or(read)?;
    Some(Way { key: AROUND, fact, action })
}

/// How many procedures can be read, else where the town's desk can be called.
fn services(scene: &Scene<'_>) -> Option<Way> {
    let catalog = &scene.almanac.catalog;
    let count = catalog.services.iter().filter(|service| scene.shows(&service.common)).count();
    let phone = &catalog.town.desk.phone;
    let fact = match count {
        0 if phone.is_empty() => return None,
        0 => scene.words().say_with("fact-desk-call", &[("phone", phone_display(phone).into())]),
        count => scene.words().say_with("fact-services", &[("count", count.into())]),
    };
    let action = Action::Navigate(Screen::Services);
    Some(Way { key: SERVICES, fact, action })
}

/// How many places are known to be accessible, else how many pages say anything of it.
fn accessible(scene: &Scene<'_>) -> Option<Way> {
    let words = scene.words();
    let yes = |place: &&Place| place.access.wheelchair.value == Tri::Yes && scene.shows(&place.common);
    let fact =
        match (scene.almanac.catalog.places.iter().filter(yes).count(), articles_of(scene, Section::Accessibility)) {
            (0, 0) => return None,
            (0, pages) => words.say_with("fact-articles", &[("count", pages.into())]),
            (confirmed, _) => words.say_with("fact-accessible", &[("count", confirmed.into())]),
        };
    let action = Action::Open(Screen::Guide, Filter::Section(Some(Section::Accessibility)));
    Some(Way { key: ACCESS, fact, action })
}

fn articles_of(scene: &Scene<'_>, section: Section) -> usize {
    let read = scene.almanac.catalog.articles.iter().filter(|article| article.section == section);
    read.filter(|article| scene.shows(&article.common)).count()
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let plate = match view.best {
        Some(ItemRef::Event(event)) => WindowPlate::inviting(scene, event),
        Some(item) => WindowPlate::of(scene, item),
        None => WindowPlate {
            kicker: String::new(),
            title: welcome(scene),
            line: if view.next.is_empty() { String::new() } else { scene.say("home-quiet") },
            status: None,
            ink: Ink::Town,
            sample: false,
        },
    };
    let mut window = window(scene, view.best, plate);
    window.silent = false;
    let foot = if scene.almanac.has_map {
        foot_map(scene, Vec::new(), scene.say("map-you"))
    } else {
        let shown: Vec<&Id> = view
            .best
            .iter()
            .map(|item| &item.common().id)
            .chain(view.next.iter().map(|event| &event.common.id))
            .collect();
        foot_coming(scene, &shown)
    };
    let live = live_line(scene).filter(|_| has_room_for_live(scene));
    let belt = [Some(greetings(scene, &view)), live, Some(ways(scene, &view))];
    page(scene, window, belt.into_iter().flatten().collect(), foot)
}

fn welcome(scene: &Scene<'_>) -> Shown {
    let town = scene.plain(&scene.almanac.catalog.town.name);
    Shown { text: scene.words().say_with("welcome", &[("town", town.into())]), language: None, machine: false }
}

/// The date, and a greeting in three languages that are not the visitor's.
fn greetings(scene: &Scene<'_>, view: &HomeView<'_>) -> Block {
    const CHIP_PAD_MM: f32 = 16.0;
    let content_mm = scene.frame().content_width();
    let is_narrow = content_mm < 400.0;
    // Beside large words, the date has no room otherwise.
    let is_large = is_narrow && scene.visitor.has(Mode::Large);
    let languages = scene.almanac.languages.iter().copied();
    let others: Vec<(Language, String)> = languages
        .filter(|language| *language != scene.visitor.language)
        .take(if is_large {
            1
        } else if is_narrow {
            2
        } else {
            3
        })
        .map(|language| (language, Words::of(language).say("greeting")))
        .collect();
    let chip_mm = |word: &str| set_mm(word, scene.cap_mm(Lettering::Smallest)) + CHIP_PAD_MM;
    let chips_mm: f32 = others.iter().map(|(_, word)| chip_mm(word)).sum();
    let logo_mm = if scene.almanac.has_logo { scene.target_mm() + 6.0 } else { 0.0 };
    let fit = Fit::Shrink { width_mm: content_mm - chips_mm - logo_mm - 8.0, height_mm: scene.target_mm() };
    let chips = others.into_iter().map(|(language, word)| {
        chip(scene, word, false, Action::Speak(language)).in_language(Some(language.tag().to_owned()))
    });
    let date = Block::text(view.date.clone(), Lettering::Card).fit(fit);
    let town = logo(scene, scene.target_mm(), Ink::Paper).into_iter().chain([date]);
    Block::row(vec![Block::row(town.collect()).gap(6.0), Block::row(chips.collect()).gap(4.0)])
        .gap(8.0)
        .justify(Justify::Between)
}

/// The icon and ink that a way always comes with.
fn face(key: &str) -> (Icon, Ink) {
    match key {
        TODAY => (Icon::CalendarDays, Ink::Terracotta),
        NEAR => (Icon::MapPin, Ink::Lake),
        SEE => (Icon::Binoculars, Ink::Plum),
        AROUND => (Icon::Bus, Ink::Moss),
        SERVICES => (Icon::Landmark, Ink::Ochre),
        _ => (Icon::Accessibility, Ink::Lake),
    }
}

/// Tiles in rows that are filled from edge to edge; where they are few, what comes next stands below them.
fn ways(scene: &Scene<'_>, view: &HomeView<'_>) -> Block {
    let gap = Frame::GUTTER_MM;
    let height_mm = tiles_height_mm(scene);
    if view.ways.is_empty() {
        let search = (Icon::Search, scene.say("nav-search"), Action::Navigate(Screen::Search));
        if is_speaking(scene) {
            return speak_plate(scene, None);
        }
        let none = dead_end(scene, scene.say("content-none"), vec![search]);
        return Block::column(vec![none, speak_button(scene)]).gap(6.0);
    }
    let rows: &[usize] = match view.ways.len() {
        1 => &[1],
        2 => &[2],
        3 => &[3],
        4 => &[2, 2],
        5 => &[2, 3],
        _ => &[3, 3],
    };
    let tiles_mm = if view.next.is_empty() { height_mm } else { height_mm * TILES_SHARE };
    let row_mm = (tiles_mm - gap * (rows.len() as f32 - 1.0)) / rows.len() as f32;
    let size = |columns: usize| {
        let columns = columns as f32;
        TileSize { width_mm: (scene.frame().content_width() - (columns - 1.0) * gap) / columns, height_mm: row_mm }
    };
    let sizes = rows.iter().flat_map(|columns| std::iter::repeat_n(size(*columns), *columns));
    let drawn = view.ways.iter().zip(sizes).map(|(way, size)| {
        let Way { key, fact, action } = way.clone();
        let (icon, ink) = face(key);
        (Tile { icon, ink, title: scene.say(key), fact, action }, size)
    });
    let mut drawn = tiles(scene, drawn.collect()).into_iter();
    let mut lines: Vec<Block> = rows
        .iter()
        .map(|columns| Block::grid(*columns as u16, drawn.by_ref().take(*columns).collect()).gap(gap))
        .collect();
    if !view.next.is_empty() {
        let mut next = vec![Block::text(scene.say("home-next"), Lettering::Card).role(Role::Heading)];
        next.extend(view.next.iter().map(|event| card(scene, event_card(scene, event, &event.timings))));
        lines.push(Block::column(next).gap(NEXT_GAP_MM));
    }
    Block::column(lines).gap(gap).fill()
}

/// Height below the greetings.
fn tiles_height_mm(scene: &Scene<'_>) -> f32 {
    let left_mm = full_height_mm(scene);
    if has_room_for_live(scene) { left_mm - live_line_mm(scene) - 6.0 } else { left_mm }
}

fn full_height_mm(scene: &Scene<'_>) -> f32 {
    belt_height_mm(scene) - scene.target_mm() - 6.0
}

/// Whether there are figures of the moment, and the tiles are high enough without the room of one line.
fn has_room_for_live(scene: &Scene<'_>) -> bool {
    const TILES_MIN_MM: f32 = 200.0;
    scene.live().next().is_some() && full_height_mm(scene) - live_line_mm(scene) >= TILES_MIN_MM
}

/// How many events there is room for below a row of tiles.
fn next_rows(scene: &Scene<'_>, height_mm: f32) -> usize {
    let head_mm = Frame::GUTTER_MM + scene.lines_mm(Lettering::Card, 1);
    let left_mm = height_mm * (1.0 - TILES_SHARE) - head_mm;
    (left_mm / (Card::height_mm(scene) + NEXT_GAP_MM)).max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Common, Item, Localized, Position, Service, Timing, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;

    fn common(id: &str) -> Common {
        Common { id: Id(id.to_owned()), title: Localized::one("en", id), ..Common::default() }
    }

    fn event(id: &str, day: u8) -> Item {
        let at = |hour: u8| format!("2026-06-{day:02}T{hour}:00:00+02:00").parse().expect("an instant");
        Item::Event(Event {
            common: common(id),
            timings: vec![Timing { begin: at(20), end: at(22) }],
            ..Event::default()
        })
    }

    fn place(id: &str, kind: PlaceKind, named: bool) -> Item {
        let position = Position::new(43.701, 7.4);
        Item::Place(Place { common: common(id), kind, position, named, ..Place::default() })
    }

    fn seen<T>(items: Vec<Item>, tell: impl FnOnce(&HomeView<'_>) -> T) -> T {
        let town = Town { position: Position::new(43.7, 7.4), ..Town::default() };
        let almanac = Almanac::new(Catalog::new(town, items).0, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let visitor = Visitor::nobody(Language::En);
        let now = "2026-06-15T12:00:00+02:00".parse().expect("an instant");
        tell(&view(&Scene::of(&almanac, &visitor, now, &profile)))
    }

    fn keys(view: &HomeView<'_>) -> Vec<&'static str> {
        view.ways.iter().map(|way| way.key).collect()
    }

    #[test]
    fn a_way_that_leads_to_nothing_is_not_there() {
        assert!(seen(Vec::new(), |view| view.ways.is_empty() && view.next.is_empty()));
        let agenda = || (16..28).map(|day| event(&format!("e{day}"), day)).collect::<Vec<_>>();
        seen(agenda(), |view| {
            assert_eq!(keys(view), [TODAY]);
            let next: Vec<&str> = view.next.iter().map(|event| event.common.id.as_str()).collect();
            assert!(next.len() >= 3 && next[..3] == ["e17", "e18", "e19"], "the best stands in the window: {next:?}");
        });
        let mut whole = agenda();
        whole.extend([
            place("wc", PlaceKind::Toilets, false),
            place("museum", PlaceKind::Museum, true),
            place("stop", PlaceKind::Stop, true),
            Item::Service(Service { common: common("passport"), ..Service::default() }),
        ]);
        seen(whole, |view| {
            assert_eq!(keys(view), [TODAY, NEAR, SEE, AROUND, SERVICES]);
            assert!(view.next.is_empty(), "there is no room");
        });
    }

    #[test]
    fn no_fact_counts_nothing() {
        for items in [vec![event("later", 28)], vec![place("shop", PlaceKind::Shop, true)], vec![event("tonight", 15)]]
        {
            seen(items, |view| {
                for way in &view.ways {
                    assert!(!way.fact.is_empty() && !way.fact.contains('0'), "{}", way.fact);
                }
            });
        }
        assert!(seen(vec![event("later", 28)], |view| view.ways[0].fact.contains("later")), "it says what comes next");
    }

    #[test]
    fn open_places_are_counted_as_on_the_screen_behind_the_tile() {
        let open = |id: &str, kind| {
            let Item::Place(place) = place(id, kind, true) else { panic!("a place") };
            Item::Place(Place { hours: "24/7".to_owned(), ..place })
        };
        let items =
            vec![open("museum", PlaceKind::Museum), open("café", PlaceKind::Cafe), open("bench", PlaceKind::Bench)];
        seen(items, |view| {
            let see = view.ways.iter().find(|way| way.key == SEE).map(|way| way.fact.as_str());
            assert!(see.is_some_and(|fact| fact.contains('2')), "{see:?}");
        });
    }

    #[test]
    fn where_there_are_no_toilets_the_next_need_is_met() {
        seen(vec![place("tap", PlaceKind::DrinkingWater, false)], |view| {
            assert_eq!(view.ways[0].action, Action::Open(Screen::Near, Filter::Near(PlaceKind::DrinkingWater)));
        });
    }
}
