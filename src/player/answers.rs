//! What the search says to what a visitor has typed so far. Pure.

use super::scene::Scene;
use super::widgets::Grouped;
use crate::calendar::next_timing;
use crate::content::{ItemRef, PlaceKind};
use crate::player::needs::{Verdict, verdict};
use crate::wayfinding::distance_m;

/// Names the list of answers, its scroll position, and the fold over what says no to a need.
pub const LIST: &str = "search";
/// Answers that are looked at; what is over is taken out of them.
const LOOKED_AT: usize = 1_000;
/// Answers that are shown: nobody scrolls further.
const SHOWN: usize = 50;
/// Nothing found for fewer letters than this asks for more of them.
const SHORT_CHARS: usize = 3;
/// What is asked for most at a kiosk, in this order, as far as the town has it.
const OFTEN: [PlaceKind; 8] = [
    PlaceKind::Toilets,
    PlaceKind::Pharmacy,
    PlaceKind::Stop,
    PlaceKind::Parking,
    PlaceKind::Cash,
    PlaceKind::DrinkingWater,
    PlaceKind::Lift,
    PlaceKind::Playground,
];
const SUGGESTIONS: usize = 6;

/// What makes an answer worth less than its likeness, in the points of the search. A title in place of a kind costs
/// about 70 points; being only near what is meant, more than all trouble together.
const FAR: f64 = 200.0;
/// For each time that something is twice as far as the nearest.
const DOUBLED: f64 = 60.0;
/// Answers that differ by less match as well as one another.
const ALIKE: f64 = 30.0;
/// Metres that nobody minds.
const NEAR_M: f64 = 100.0;
/// An event passes; a place of the same name is there every day.
const EVENT: f64 = 40.0;
/// What is worth this share of the best answer is meant as well.
const MEANT: f64 = 0.6;

/// What the search says to what is typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer<'a> {
    /// Nothing is typed: kinds of places, each with the metres to the nearest.
    Suggestions(Vec<(PlaceKind, f64)>),
    /// Best first. `count` is how many there are in all, when that is known.
    Found {
        items: Grouped<ItemRef<'a>>,
        count: Option<usize>,
        partial: bool,
    },
    /// Too little is typed to say that there is nothing.
    TooShort,
    Nothing,
}

/// The answer to what is typed on the visitor's page.
pub fn answer<'a>(scene: &Scene<'a>) -> Answer<'a> {
    let text = scene.visitor.page().search.as_str();
    if text.trim().is_empty() {
        return Answer::Suggestions(suggestions(scene));
    }
    let almanac = scene.almanac;
    let results = almanac.search.query(text, scene.visitor.language.tag(), LOOKED_AT);
    let looked_at = results.hits.len();
    let items = results.hits.iter().filter_map(|hit| Some((almanac.catalog.item(&hit.id)?, f64::from(hit.score))));
    let items: Vec<_> = items.filter(|(item, _)| is_on(scene, *item)).collect();
    let count = (results.total == looked_at).then_some(items.len());
    let mut items = by_worth(scene, items);
    items.truncate(SHOWN);
    match (items.is_empty(), text.chars().count() < SHORT_CHARS) {
        (false, _) => Answer::Found { items: by_needs(scene, items), count, partial: results.partial },
        (true, true) => Answer::TooShort,
        (true, false) => Answer::Nothing,
    }
}

/// Best first: how well it matches, less the trouble of getting there.
///
/// What matches best and is nearest costs nothing, so that it stands first wherever the town keeps it; from there on,
/// twice as far costs as much as a somewhat worse match.
fn by_worth<'a>(scene: &Scene<'a>, items: Vec<(ItemRef<'a>, f64)>) -> Vec<(ItemRef<'a>, f64)> {
    let placed = || items.iter().filter_map(|(item, score)| Some((metres_to(scene, *item)?, *score)));
    let most = placed().map(|(_, score)| score).fold(0.0, f64::max);
    let nearest =
        placed().filter(|(_, score)| *score + ALIKE >= most).map(|(metres, _)| metres).fold(f64::MAX, f64::min);
    let worth = |(item, score): (ItemRef<'a>, f64)| (item, score - trouble(scene, item, nearest));
    let mut items: Vec<_> = items.into_iter().map(worth).collect();
    items.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    items
}

/// How much worse an answer is for being far away or far off.
fn trouble(scene: &Scene<'_>, item: ItemRef<'_>, nearest: f64) -> f64 {
    let far = |metres: f64| (DOUBLED * ((NEAR_M + metres) / (NEAR_M + nearest)).log2()).clamp(0.0, FAR);
    match item {
        ItemRef::Place(_) => metres_to(scene, item).map_or(FAR, far),
        ItemRef::Event(event) => {
            let begin = next_timing(&event.timings, scene.now).map_or(scene.now, |timing| timing.begin.to_utc());
            let days = (begin - scene.now).num_minutes().max(0) as f64 / (24.0 * 60.0);
            (EVENT + DOUBLED * (1.0 + days).log2()).min(FAR)
        }
        ItemRef::Article(_) | ItemRef::Service(_) => 0.0,
    }
}

/// Parts what can be gone to by the visitor's needs.
///
/// Who types "museum" wants the museums, those that suit first. So neither what is only near one nor an article about
/// one stands before them or between them: such answers follow.
fn by_needs<'a>(scene: &Scene<'a>, items: Vec<(ItemRef<'a>, f64)>) -> Grouped<ItemRef<'a>> {
    let verdict_of = |item| verdict(&scene.almanac.catalog, item, &scene.visitor.needs);
    let Some((first, best)) = items.first().copied() else {
        return Grouped::new(scene, LIST, [], |item| *item);
    };
    let plain_first = verdict_of(first).is_none();
    let is_meant = |(item, worth): &(ItemRef<'a>, f64)| match verdict_of(*item) {
        // What says no stays behind its count.
        Some(Verdict::No) => true,
        Some(_) => *worth >= best * MEANT,
        None => plain_first,
    };
    let (meant, others): (Vec<_>, Vec<_>) = items.into_iter().partition(is_meant);
    let bare = |items: Vec<(ItemRef<'a>, f64)>| items.into_iter().map(|(item, _)| item);
    Grouped::new(scene, LIST, bare(meant), |item| *item).and_others(bare(others))
}

/// Neither over nor withdrawn.
fn is_on(scene: &Scene<'_>, item: ItemRef<'_>) -> bool {
    let to_come = match item {
        ItemRef::Event(event) => next_timing(&event.timings, scene.now).is_some(),
        ItemRef::Place(_) | ItemRef::Article(_) | ItemRef::Service(_) => true,
    };
    to_come && scene.shows_item(item)
}

fn suggestions(scene: &Scene<'_>) -> Vec<(PlaceKind, f64)> {
    let nearest = |kind: PlaceKind| Some((kind, scene.almanac.nearest_of(kind).next()?.1));
    OFTEN.into_iter().filter_map(nearest).take(SUGGESTIONS).collect()
}

/// Metres to an item that is somewhere.
pub fn metres_to(scene: &Scene<'_>, item: ItemRef<'_>) -> Option<f64> {
    Some(distance_m(scene.almanac.stand?.position, scene.almanac.position_of(item)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{
        AccessFact, Article, Catalog, Common, Event, Id, Item, Localized, Need, Place, Position, Service, Timing, Town,
        Tri,
    };
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::opening::{Standing, open_demo};
    use crate::player::profile::Profile;
    use crate::player::screen::Screen;
    use crate::player::visitor::Visitor;
    use crate::player::widgets::{Group, kebab};
    use chrono::{DateTime, FixedOffset};

    const NOW: &str = "2026-06-15T15:30:00+02:00";

    fn instant(text: &str) -> DateTime<FixedOffset> {
        text.parse().expect("an instant")
    }

    fn common(id: &str, title: &str) -> Common {
        Common { id: Id(id.to_owned()), title: Localized::one("fr", title), ..Common::default() }
    }

    fn place(id: &str, title: &str, kind: PlaceKind, lat: f64) -> Place {
        let position = Position::new(lat, 7.42);
        Place { common: common(id, title), kind, named: true, position, ..Place::default() }
    }

    fn event(id: &str, title: &str, begin: &str, end: &str) -> Item {
        let timings = vec![Timing { begin: instant(begin), end: instant(end) }];
        Item::Event(Event { common: common(id, title), timings, ..Event::default() })
    }

    fn town() -> Almanac {
        let mut museum = place("p:museum", "Musée naval", PlaceKind::Museum, 43.734);
        museum.access.wheelchair = AccessFact { value: Tri::Yes, ..AccessFact::default() };
        let mut villa = place("p:villa", "Musée villa", PlaceKind::Museum, 43.735);
        villa.access.wheelchair = AccessFact { value: Tri::No, ..AccessFact::default() };
        let items = vec![
            Item::Place(place("p:stop", "Musée naval", PlaceKind::Stop, 43.731)),
            Item::Place(museum),
            Item::Place(villa),
            Item::Place(place("p:wc", "Toilettes du port", PlaceKind::Toilets, 43.732)),
            event("e:over", "Concert au port", "2026-06-14T20:00:00+02:00", "2026-06-14T22:00:00+02:00"),
            event("e:soon", "Concert au jardin", "2026-06-16T20:00:00+02:00", "2026-06-16T22:00:00+02:00"),
            Item::Article(Article { common: common("a:rain", "Quand il pleut"), ..Article::default() }),
            Item::Service(Service { common: common("s:id", "Carte d’identité"), ..Service::default() }),
        ];
        Almanac::new(Catalog::new(Town::default(), items).0, Position::new(43.73, 7.42), 0.0)
    }

    fn with_scene<R>(
        almanac: &Almanac,
        language: Language,
        typed: &str,
        needs: &[Need],
        check: impl FnOnce(&Scene<'_>) -> R,
    ) -> R {
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let mut visitor = Visitor::nobody(language);
        visitor.needs.extend(needs);
        visitor.open(Screen::Search);
        visitor.page_mut().search = typed.to_owned();
        let now = instant(NOW).to_utc();
        check(&Scene::of(almanac, &visitor, now, &profile))
    }

    fn with_answer<R>(typed: &str, needs: &[Need], check: impl FnOnce(Answer<'_>) -> R) -> R {
        with_scene(&town(), Language::Fr, typed, needs, |scene| check(answer(scene)))
    }

    fn found(typed: &str, needs: &[Need]) -> String {
        with_answer(typed, needs, |answer| match answer {
            Answer::Found { items, .. } => {
                items.shown().map(|item| item.common().id.0.clone()).collect::<Vec<_>>().join(" ")
            }
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn all_kinds_are_found_while_typing_and_what_is_over_is_not() {
        for (typed, ids) in [
            ("musee nav", "p:museum p:stop"),
            ("concert", "e:soon"),
            ("pleu", "a:rain"),
            ("identite", "s:id"),
            ("toiletes", "p:wc"),
            ("q", "a:rain"),
            ("77", "TooShort"),
            ("zzzzqq", "Nothing"),
        ] {
            assert_eq!(found(typed, &[]), ids, "{typed}");
        }
    }

    #[test]
    fn what_is_over_is_not_counted() {
        with_answer("concert", &[], |answer| {
            assert!(matches!(answer, Answer::Found { count: Some(1), .. }), "{answer:?}");
        });
    }

    #[test]
    fn needs_part_the_answers_and_hide_what_says_no() {
        assert_eq!(found("musee", &[Need::Wheelchair]), "p:museum p:stop");
        with_answer("musee", &[Need::Wheelchair], |answer| {
            let Answer::Found { items, .. } = answer else { panic!("{answer:?}") };
            let counts = [Group::Plain, Group::Confirmed, Group::Unknown, Group::No].map(|group| items.of(group).len());
            assert_eq!(counts, [0, 1, 1, 1]);
        });
    }

    /// Whether the answers to a row of `tests/search/town.toml` are as it asks.
    fn as_asked(almanac: &Almanac, [lang, typed, asked, what]: &[String; 4]) -> Result<(), String> {
        let (needs, asked) = match asked.split_once(' ') {
            Some((_, asked)) => (vec![Need::Wheelchair], asked),
            None => (vec![], asked.as_str()),
        };
        let language = Language::ALL.into_iter().find(|language| language.tag() == lang).expect("a language");
        with_scene(almanac, language, typed, &needs, |scene| {
            let Answer::Found { items, .. } = answer(scene) else { return Err("nothing found".to_owned()) };
            let found: Vec<_> = items.shown().copied().take(3).collect();
            let title = |item: ItemRef<'_>| item.common().title.exact("fr").map_or("", |text| &text.text).to_owned();
            let is = |item: ItemRef<'_>| title(item) == *what || item.common().id.as_str() == what;
            let kind = |item: ItemRef<'_>| match item {
                ItemRef::Place(place) => kebab(&place.kind).replace('-', "_"),
                ItemRef::Event(event) => kebab(&event.kind).replace('-', "_"),
                ItemRef::Article(_) | ItemRef::Service(_) => String::new(),
            };
            let of_kind = || almanac.nearest().filter(|(place, _)| kind(ItemRef::Place(place)) == *what);
            let good = match asked {
                "nearest" => {
                    let nearest = of_kind().map(|(_, metres)| Some(metres)).take(3).collect::<Vec<_>>();
                    !nearest.is_empty()
                        && found.len() >= nearest.len()
                        && found
                            .iter()
                            .zip(nearest)
                            .all(|(item, metres)| kind(*item) == *what && metres_to(scene, *item) == metres)
                }
                "kind" => found.len() == 3 && found.iter().all(|item| kind(*item) == *what),
                "first" => found.first().is_some_and(|item| is(*item)),
                "among" => found.iter().any(|item| is(*item)),
                other => panic!("{other}"),
            };
            let say = |item: &ItemRef<'_>| {
                format!("{} [{}] {:.0} m", title(*item), kind(*item), metres_to(scene, *item).unwrap_or_default())
            };
            if good { Ok(()) } else { Err(found.iter().map(say).collect::<Vec<_>>().join(", ")) }
        })
    }

    #[test]
    fn what_visitors_type_in_the_demo_town_finds_what_they_mean() {
        #[derive(serde::Deserialize)]
        struct Table {
            rows: Vec<[String; 4]>,
        }
        let table: Table = toml::from_str(include_str!("../../tests/search/town.toml")).expect("the table");
        let opened = open_demo(instant(NOW).to_utc(), Standing::default());
        let wrong =
            table.rows.iter().filter_map(|row| Some(format!("{row:?}: {}", as_asked(&opened.almanac, row).err()?)));
        let wrong: Vec<_> = wrong.collect();
        assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), table.rows.len(), wrong.join("\n"));
    }

    #[test]
    fn before_anything_is_typed_the_kinds_that_exist_are_offered() {
        for typed in ["", " "] {
            with_answer(typed, &[], |answer| {
                let Answer::Suggestions(kinds) = answer else { panic!("{answer:?}") };
                assert_eq!(
                    kinds.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
                    [PlaceKind::Toilets, PlaceKind::Stop]
                );
                assert!(kinds.iter().all(|(_, metres)| (100.0..300.0).contains(metres)), "{kinds:?}");
            });
        }
    }
}
