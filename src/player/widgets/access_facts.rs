//! What is known about access, need by need: yes, no and *nobody has said* never look alike.

use super::kebab;
use crate::content::{AccessFact, ItemRef, Need, Tri};
use crate::language::Arg;
use crate::player::block::{Align, Block, Justify, Rule};
use crate::player::needs::answer;
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering, icons};
use lucide_icons::Icon;

/// One statement, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessLine {
    pub need: Need,
    pub value: Tri,
    /// "Accessible by wheelchair".
    pub words: String,
    /// What more is stated.
    pub details: String,
    /// "Source: OpenStreetMap, 4 February 2019"; empty while nobody has said anything.
    pub source: String,
}

/// The visitor's own needs first, then what is known, then what is not.
pub fn access_lines<'a>(scene: &Scene<'a>, item: ItemRef<'a>) -> Vec<AccessLine> {
    let answers = Need::ALL.into_iter().filter_map(|need| {
        let (value, fact) = answer(&scene.almanac.catalog, item, need)?;
        let mut words = scene.say(&format!("access-{}-{}", kebab(&need), kebab(&value)));
        let mut details = scene.plain(&fact.details);
        // What is stated without being a yes or a no is known all the same.
        let is_stated = value == Tri::Unknown && !details.is_empty();
        if is_stated {
            words = std::mem::take(&mut details);
        }
        let source = if value != Tri::Unknown || is_stated { source_words(scene, fact) } else { String::new() };
        Some(AccessLine { need, value, words, details, source })
    });
    let mut lines: Vec<AccessLine> = answers.collect();
    lines.sort_by_key(|line| (!scene.visitor.needs.contains(&line.need), line.value == Tri::Unknown));
    lines
}

fn source_words(scene: &Scene<'_>, fact: &AccessFact) -> String {
    if fact.source.is_empty() {
        return String::new();
    }
    let words = scene.words();
    let source = ("source", Arg::from(fact.source.clone()));
    match fact.date {
        Some(date) => words.say_with("group-confirmed-source", &[source, ("date", words.date_of_record(date).into())]),
        None => words.say_with("group-confirmed-by", &[source]),
    }
}

/// The facts, one under the other.
pub fn access_facts<'a>(scene: &Scene<'a>, item: ItemRef<'a>) -> Block {
    let facts = access_lines(scene, item).into_iter().map(|line| access_fact(scene, line));
    Block::column(facts.collect()).gap(4.0)
}

fn access_fact(scene: &Scene<'_>, line: AccessLine) -> Block {
    let (sign, ink) = match line.value {
        Tri::Yes => (Icon::Check, Ink::Moss),
        Tri::No => (Icon::X, Ink::Terracotta),
        Tri::Unknown => (Icon::CircleQuestionMark, Ink::Quiet),
    };
    let icon_mm = scene.cap_mm(Lettering::Card) * 1.35;
    let mut lines = vec![Block::text(line.words, Lettering::Body)];
    if line.value != Tri::Unknown {
        lines = lines.into_iter().map(Block::bold).collect();
    }
    if !line.details.is_empty() {
        lines.push(Block::text(line.details, Lettering::Smallest));
    }
    if !line.source.is_empty() {
        lines.push(Block::text(line.source, Lettering::Smallest).ink(Ink::Quiet));
    }
    let signs =
        vec![Block::icon(icons::of_need(line.need).unicode(), ink, icon_mm), Block::icon(sign.unicode(), ink, icon_mm)];
    let fact =
        Block::row(vec![Block::row(signs).gap(2.0), Block::column(lines).gap(1.0).justify(Justify::Centre).fill()])
            .gap(6.0)
            .pad(6.0, 5.0)
            .align(Align::Centre)
            .round(3.0);
    match line.value {
        Tri::Unknown => fact.rule(Rule::Dashed(Ink::Quiet)),
        Tri::Yes => fact.plane(Ink::Plane).rule(Rule::Bar(Ink::Moss, 1.6)),
        Tri::No => fact.plane(Ink::Plane).rule(Rule::Frame(Ink::Terracotta, 0.8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Localized, Place, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;

    #[test]
    fn what_is_stated_without_a_yes_or_no_is_not_called_unknown() {
        let almanac = Almanac::new(Catalog::new(Town::default(), Vec::new()).0, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let visitor = Visitor::nobody(Language::En);
        let now = "2026-06-15T12:00:00Z".parse().expect("an instant");
        let scene = Scene::of(&almanac, &visitor, now, &profile);
        let line = |value, details: &str| {
            let mut place = Place::default();
            let details = Localized::one("en", details);
            place.access.wheelchair = AccessFact { value, details, source: "OSM".to_owned(), ..AccessFact::default() };
            let lines = access_lines(&scene, ItemRef::Place(&place));
            let line = lines.into_iter().find(|line| line.need == Need::Wheelchair).expect("it is asked for");
            (line.words, line.details, line.source)
        };
        let stated = line(Tri::Unknown, "Partly accessible.");
        assert_eq!((stated.0.as_str(), stated.1.as_str()), ("Partly accessible.", ""));
        assert!(stated.2.contains("OSM"));
        assert_eq!(line(Tri::Unknown, ""), (scene.say("access-wheelchair-unknown"), String::new(), String::new()));
        assert_eq!(line(Tri::Yes, "A ramp.").0, scene.say("access-wheelchair-yes"));
    }
}
