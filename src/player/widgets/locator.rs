//! Where things are from here: a map, and the sentence that says the same.

use super::foot_coming;
use super::on_foot::FAR_M;
use crate::content::Position;
use crate::language::Arg;
use crate::player::block::{Align, Block, Fit, Justify};
use crate::player::media::{MapMark, PictureSpec};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use crate::wayfinding::distance_m;

/// Nearer than this there is no direction to speak of.
const HERE_M: f64 = 15.0;

/// "Museum is behind you, to the left, 350 m away, about 7 min on foot."
pub fn sentence(scene: &Scene<'_>, name: &str, goal: Position) -> Option<String> {
    let stand = scene.almanac.stand?;
    let metres = distance_m(stand.position, goal);
    let words = scene.words();
    let distance = words.distance(metres);
    let name = Arg::from(name.to_owned());
    if metres < HERE_M {
        return Some(words.say_with("map-sentence-here", &[("name", name), ("distance", distance.into())]));
    }
    let direction = scene.say(scene.direction(goal)?.key());
    let mut args = vec![("name", name), ("direction", direction.into()), ("distance", distance.into())];
    if metres > FAR_M {
        return Some(words.say_with("map-sentence-far", &args));
    }
    args.push(("minutes", words.number(i64::from(scene.walk(metres))).into()));
    Some(words.say_with("map-sentence", &args))
}

/// The foot of a screen: the map of here, with marks, and a line under it. Without a map the line stays where it tells
/// the way to the one goal; else what comes next stands there.
pub fn foot_map(scene: &Scene<'_>, marks: Vec<MapMark>, line: String) -> Block {
    let frame = scene.frame();
    let Some(stand) = scene.almanac.stand.filter(|_| scene.almanac.has_map) else {
        let is_way = matches!(marks[..], [MapMark { number: None, .. }]) && scene.almanac.stand.is_some();
        return if is_way { foot_plate(scene, line) } else { foot_coming(scene, &[]) };
    };
    let spec = PictureSpec::Locator { you: stand.position, facing_degrees: stand.facing_degrees, marks };
    let spoken = if line.is_empty() { scene.say("map-you") } else { line.clone() };
    let map = Block::picture(spec, spoken).fill();
    let text_mm = frame.foot.width - 2.0 * frame.margin_mm;
    let lines = if frame.beside { 1 } else { 2 };
    let fit = Fit::Shrink { width_mm: text_mm * 0.68, height_mm: scene.lines_mm(Lettering::Body, lines) };
    let line = Block::text(line, Lettering::Body).fit(fit).silent();
    let credit = &scene.almanac.catalog.town.map_credit;
    let credit_fit = Fit::Shrink { width_mm: text_mm * 0.3, height_mm: scene.lines_mm(Lettering::Smallest, lines) };
    let credit = Block::text(credit.clone(), Lettering::Smallest).ink(Ink::Quiet).fit(credit_fit);
    let bar = Block::row(vec![Block::column(vec![line]).fill(), Block::column(vec![credit])])
        .gap(8.0)
        .pad(frame.margin_mm, 4.0)
        .align(Align::Centre)
        .justify(Justify::Between)
        .plane(Ink::Paper);
    Block::column(vec![map, bar]).fill()
}

/// The map for the window of a panel that has no foot; `None` where the foot shows it, or nobody knows where we are.
pub fn window_map(scene: &Scene<'_>, marks: Vec<MapMark>, spoken: String) -> Option<Block> {
    let stand = scene.almanac.stand.filter(|_| scene.frame().foot.height <= 0.0)?;
    let spec = PictureSpec::Locator { you: stand.position, facing_degrees: stand.facing_degrees, marks };
    Some(Block::picture(spec, spoken))
}

/// The foot where there is no map: the town's desk.
pub fn foot_plate(scene: &Scene<'_>, line: String) -> Block {
    let frame = scene.frame();
    let town = &scene.almanac.catalog.town;
    let mut lines = Vec::new();
    if !line.is_empty() {
        lines.push(Block::text(line, Lettering::Body));
    }
    let name = scene.plain(&town.name);
    if !name.is_empty() {
        lines.push(Block::text(name, Lettering::Card));
    }
    if !town.desk.phone.is_empty() {
        let call = scene.words().say_with("speak-call", &[("phone", town.desk.phone.clone().into())]);
        lines.push(Block::text(call, Lettering::Body));
    }
    Block::column(lines).gap(4.0).pad(frame.margin_mm, 12.0).plane(Ink::Plane).fill()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Common, Event, Id, Item, Localized, Timing, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::block::Body;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;

    fn texts(block: &Block) -> Vec<String> {
        let own = if let Body::Text(text) = &block.body { Some(text.text.clone()) } else { None };
        own.into_iter().chain(block.children().iter().flat_map(texts)).collect()
    }

    #[test]
    fn without_a_map_no_words_speak_of_one() {
        let at = |hour: u8| format!("2026-06-15T{hour}:00:00Z").parse().expect("an instant");
        let event = Event {
            common: Common { id: Id("e:1".to_owned()), title: Localized::one("en", "Concert"), ..Common::default() },
            timings: vec![Timing { begin: at(18), end: at(20) }],
            ..Event::default()
        };
        let town = Town { position: Position::new(43.7, 7.4), ..Town::default() };
        let almanac = Almanac::new(Catalog::new(town, vec![Item::Event(event)]).0, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let visitor = Visitor::nobody(Language::En);
        let now = "2026-06-15T12:00:00Z".parse().expect("an instant");
        let scene = Scene::of(&almanac, &visitor, now, &profile);
        let foot = texts(&foot_map(&scene, Vec::new(), scene.say("map-you")));
        assert!(foot.contains(&"Concert".to_owned()) && !foot.contains(&scene.say("map-you")), "{foot:?}");
        let goal = MapMark { position: Position { lat: 43.701, lon: 7.4 }, number: None };
        assert_eq!(texts(&foot_map(&scene, vec![goal], "behind you".to_owned()))[0], "behind you", "the way stays");
    }
}
