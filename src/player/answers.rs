//! What the search says to what a visitor has typed so far. Pure.

use super::scene::Scene;
use super::widgets::Grouped;
use crate::calendar::next_timing;
use crate::content::{ItemRef, PlaceKind};
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
    let mut items: Vec<_> =
        results.hits.iter().filter_map(|hit| Some((almanac.catalog.item(&hit.id)?, hit.score))).collect();
    items.retain(|(item, _)| is_on(scene, *item));
    let count = (results.total == looked_at).then_some(items.len());
    items.truncate(2 * SHOWN);
    // Among equals: the thing itself before the stop that is named after it, then what is nearer.
    let metres = |item: ItemRef<'_>| metres_to(scene, item).unwrap_or(f64::MAX);
    items.sort_by(|(one, one_score), (other, other_score)| {
        let likeness = other_score.cmp(one_score).then_with(|| is_stop(*one).cmp(&is_stop(*other)));
        likeness.then_with(|| metres(*one).total_cmp(&metres(*other)))
    });
    let items: Vec<_> = items.into_iter().map(|(item, _)| item).take(SHOWN).collect();
    match (items.is_empty(), text.chars().count() < SHORT_CHARS) {
        (false, _) => {
            let items = Grouped::new(scene, LIST, items, |item| *item);
            Answer::Found { items, count, partial: results.partial }
        }
        (true, true) => Answer::TooShort,
        (true, false) => Answer::Nothing,
    }
}

fn is_stop(item: ItemRef<'_>) -> bool {
    matches!(item, ItemRef::Place(place) if matches!(place.kind, PlaceKind::Stop | PlaceKind::Parking | PlaceKind::BicycleParking))
}

/// Neither over nor withdrawn.
fn is_on(scene: &Scene<'_>, item: ItemRef<'_>) -> bool {
    let to_come = match item {
        ItemRef::Event(event) => next_timing(&event.timings, scene.now).is_some(),
        ItemRef::Place(_) | ItemRef::Article(_) | ItemRef::Service(_) => true,
    };
    to_come && item.common().valid.contains(scene.now)
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
    use crate::player::profile::Profile;
    use crate::player::screen::Screen;
    use crate::player::visitor::Visitor;
    use crate::player::widgets::Group;
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

    fn with_answer<R>(typed: &str, needs: &[Need], check: impl FnOnce(Answer<'_>) -> R) -> R {
        let almanac = town();
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let mut visitor = Visitor::nobody(Language::Fr);
        visitor.needs.extend(needs);
        visitor.open(Screen::Search);
        visitor.page_mut().search = typed.to_owned();
        let scene = Scene {
            almanac: &almanac,
            visitor: &visitor,
            now: instant(NOW).to_utc(),
            profile: &profile,
            preview: false,
        };
        check(answer(&scene))
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
