//! One file per screen. A screen never imports a screen: it asks to navigate.

mod about;
mod access;
mod agenda;
mod article;
mod attract;
mod event;
mod guide;
mod home;
mod languages;
mod near;
mod notice;
mod place;
mod places;
mod prompt;
mod search;
mod service;
mod services;
mod warning;

pub use notice::sheet as notice;
pub use prompt::prompt;

use super::block::Sheet;
use super::scene::Scene;
use super::screen::Screen;
use crate::content::Alert;
use crate::language::Language;
use chrono::{DateTime, TimeDelta, Utc};

/// The warning that has the screen to itself.
pub fn told<'a>(scene: &Scene<'a>) -> Option<&'a Alert> {
    warning::told(scene)
}

/// The language that the screen speaks at this moment, where it is not the visitor's.
pub fn speaks(scene: &Scene<'_>) -> Option<Language> {
    warning::speaks(scene)
}

/// What the visitor's screen shows now. A warning that they have not read has it to itself.
pub fn sheet(scene: &Scene<'_>) -> Sheet {
    if let Some(warning) = warning::sheet(scene) {
        return Sheet { overlay: prompt(scene), ..warning };
    }
    match scene.visitor.screen() {
        Screen::Attract => attract::sheet(scene),
        Screen::Home => home::sheet(scene),
        Screen::Near => near::sheet(scene),
        Screen::Agenda => agenda::sheet(scene),
        Screen::Event(id) => event::sheet(scene, id),
        Screen::Places => places::sheet(scene),
        Screen::Place(id) => place::sheet(scene, id),
        Screen::Guide => guide::sheet(scene),
        Screen::Article(id) => article::sheet(scene, id),
        Screen::Services => services::sheet(scene),
        Screen::Service(id) => service::sheet(scene, id),
        Screen::Languages => languages::sheet(scene),
        Screen::Access => access::sheet(scene),
        Screen::About => about::sheet(scene),
        Screen::Search => search::sheet(scene),
    }
}

/// The next instant at which the screen would say something else without anybody touching it.
pub fn next_change(scene: &Scene<'_>) -> DateTime<Utc> {
    let bulletins = [scene.bulletin, &scene.almanac.catalog.bulletin];
    let edges = bulletins.into_iter().filter_map(|bulletin| bulletin.next_change(scene.now));
    let content = edges.fold(scene.almanac.next_change(scene.now), DateTime::min);
    let content = warning::next_turn(scene).map_or(content, |turn| content.min(turn));
    match scene.visitor.screen() {
        Screen::Attract if scene.slide.is_none() => content.min(attract::next_slide(scene.now)),
        _ if scene.visitor.asked => content.min(scene.now + TimeDelta::seconds(1)),
        _ => content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Period;
    use crate::content::{Id, PlaceKind};
    use crate::player::action::{Action, Filter};
    use crate::player::almanac::Almanac;
    use crate::player::opening::{Standing, open_demo};
    use crate::player::profile::Profile;
    use crate::player::session::act;
    use crate::player::visitor::Visitor;

    /// Instants of one day and one night in the demo town: at the minute, between minutes, before and after midnight.
    const MOMENTS: [&str; 14] = [
        "2026-06-15T03:59:30+02:00",
        "2026-06-15T08:12:07+02:00",
        "2026-06-15T09:00:00+02:00",
        "2026-06-15T11:59:59+02:00",
        "2026-06-15T12:25:00+02:00",
        "2026-06-15T13:24:59+02:00",
        "2026-06-15T15:30:00+02:00",
        "2026-06-15T16:03:20+02:00",
        "2026-06-15T17:05:00+02:00",
        "2026-06-15T17:59:59+02:00",
        "2026-06-15T19:10:11+02:00",
        "2026-06-15T21:31:00+02:00",
        "2026-06-15T23:45:00+02:00",
        "2026-06-16T01:20:00+02:00",
    ];

    fn ways(almanac: &Almanac) -> Vec<Vec<Action>> {
        let go = Action::Navigate;
        let mut ways: Vec<Vec<Action>> = [Screen::Home, Screen::Near, Screen::Agenda, Screen::Places, Screen::Services]
            .map(|to| vec![go(to)])
            .into();
        ways.push(Vec::new());
        ways.extend(
            [Period::Tonight, Period::Today, Period::Weekend, Period::All]
                .map(|period| vec![go(Screen::Agenda), Action::Filter(Filter::Period(period))]),
        );
        ways.push(vec![go(Screen::Near), Action::Filter(Filter::Near(PlaceKind::Pharmacy))]);
        let id = |id: &str| Id(id.to_owned());
        ways.extend(
            almanac.catalog.events.iter().step_by(7).map(|event| vec![go(Screen::Event(event.common.id.clone()))]),
        );
        ways.push(vec![go(Screen::Event(id("demo:cine-detente")))]);
        let told = almanac.catalog.places.iter().filter(|place| almanac.hours(&place.common.id).is_some());
        ways.extend(told.step_by(9).map(|place| vec![go(Screen::Place(place.common.id.clone()))]));
        let services = almanac.catalog.services.iter().step_by(3);
        ways.extend(services.map(|service| vec![go(Screen::Service(service.common.id.clone()))]));
        ways
    }

    #[test]
    fn no_word_changes_before_the_next_change_is_due() {
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let noon = "2026-06-15T12:00:00+02:00".parse().expect("an instant");
        let almanac = open_demo(noon, Standing::default()).almanac;
        let mut changed = 0_usize;
        for way in ways(&almanac) {
            let mut visitor = Visitor::nobody(Language::Fr);
            way.iter().for_each(|action| act(&mut visitor, action.clone(), Language::Fr));
            let scene = |now| Scene::of(&almanac, &visitor, now, &profile);
            for moment in MOMENTS {
                let now: DateTime<Utc> = moment.parse().expect("an instant");
                let first = scene(now);
                let due = next_change(&first);
                assert!(due > now, "{way:?} at {moment}");
                let until = due - TimeDelta::seconds(1);
                assert!(until <= now || sheet(&first) == sheet(&scene(until)), "{way:?} at {moment}, before {due}");
                changed += usize::from(sheet(&first) != sheet(&scene(due)));
            }
        }
        assert!(changed > 50, "a test that sees nothing change shows nothing: {changed}");
    }
}
