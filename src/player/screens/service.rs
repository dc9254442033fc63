//! One procedure in plain words: what to do step by step, what to bring, what it costs, how long it takes, and who
//! answers. What can be done online is a code for the visitor's telephone; everything else is on the display itself.

use crate::content::{Desk, Id, ItemRef, Localized, Position, Service};
use crate::player::block::{Align, Block, Justify, Sheet};
use crate::player::media::MapMark;
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{Ink, Lettering};
use crate::player::widgets::{
    Reading, SIDE_GAP_MM, WindowPlate, easy_switch, foot_map, gone, head, is_speaking, item, item_title, language_mark,
    page, place_title, qr, reading, reading_area, reading_blocks, sentence, side_mm, sixty_characters_mm, speak_button,
    speak_plate, speak_view, window,
};
use lucide_icons::Icon;

/// What a procedure says.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceView<'a> {
    pub service: &'a Service,
    pub reading: Option<Reading>,
    pub steps: Vec<Shown>,
    pub bring: Vec<Shown>,
    pub cost: Option<Shown>,
    pub delay: Option<Shown>,
    pub desk: &'a Desk,
}

pub fn view<'a>(scene: &Scene<'a>, id: &Id) -> Option<ServiceView<'a>> {
    let Some(ItemRef::Service(service)) = scene.almanac.catalog.item(id) else { return None };
    if !scene.shows(&service.common) {
        return None;
    }
    let all = |texts: &[Localized]| texts.iter().filter_map(|text| scene.pick(text)).collect();
    let has_text = !service.common.text.is_empty() || !service.common.easy.is_empty();
    Some(ServiceView {
        service,
        reading: reading(scene, &service.common).filter(|_| has_text),
        steps: all(&service.steps),
        bring: all(&service.documents),
        cost: scene.pick(&service.cost),
        delay: scene.pick(&service.delay),
        desk: service.desk.as_ref().unwrap_or(&scene.almanac.catalog.town.desk),
    })
}

pub fn sheet(scene: &Scene<'_>, id: &Id) -> Sheet {
    let Some(view) = view(scene, id) else { return gone(scene) };
    let service = view.service;
    let plate = WindowPlate {
        kicker: scene.say("services-title"),
        title: item_title(scene, ItemRef::Service(service)),
        line: scene.plain(&service.common.summary),
        status: None,
        ink: Ink::Ochre,
        sample: service.common.sample,
    };
    let window = window(scene, Some(ItemRef::Service(service)), plate);
    let (goal, way) = desk_on_map(scene, view.desk);
    let marks = goal.into_iter().map(|position| MapMark { position, number: None }).collect();
    let foot = foot_map(scene, marks, way.unwrap_or_else(|| scene.say("map-you")));
    let belt = if is_speaking(scene) { speak_plate(scene, Some(view.desk)) } else { belt(scene, &view) };
    page(scene, window, vec![belt], foot)
}

/// Where the desk is, when it stands at a place, and the way there in words.
fn desk_on_map(scene: &Scene<'_>, desk: &Desk) -> (Option<Position>, Option<String>) {
    let town = &scene.almanac.catalog.town.desk;
    let place = desk.place.as_ref().or(town.place.as_ref()).and_then(|id| scene.almanac.catalog.place(id));
    let Some(place) = place else { return (None, None) };
    let way = place.position.and_then(|at| sentence(scene, &place_title(scene, place).text, at));
    (place.position, way)
}

fn belt(scene: &Scene<'_>, view: &ServiceView<'_>) -> Block {
    let service = view.service;
    let code_mm = side_mm(scene).unwrap_or(scene.frame().content_width());
    let online = qr(scene, scene.say("qr-scan-online"), &service.online, code_mm);
    let payment = qr(scene, scene.say("qr-scan-pay"), &service.payment, code_mm);
    let codes: Vec<Block> = online.into_iter().chain(payment).collect();
    let easy = view.reading.as_ref().filter(|reading| reading.has_easy).map(|_| easy_switch(scene));
    let mut text = procedure(scene, view);
    let Some(side_mm) = side_mm(scene) else {
        text.extend(facts(scene, view));
        text.extend(codes);
        text.extend(explanation(scene, view));
        let buttons = Block::row(easy.into_iter().chain([speak_button(scene)]).map(Block::fill).collect()).gap(6.0);
        return Block::column(vec![reading_area("service", text), buttons]).gap(8.0).fill();
    };
    text.extend(explanation(scene, view));
    let mut side = vec![reading_area("beside", facts(scene, view).into_iter().chain(codes).collect())];
    side.extend(easy);
    side.push(speak_button(scene));
    let side = Block::column(side).gap(8.0).width(side_mm);
    Block::row(vec![reading_area("service", text), side]).gap(SIDE_GAP_MM).align(Align::Stretch).fill()
}

/// Steps, then what to bring.
fn procedure(scene: &Scene<'_>, view: &ServiceView<'_>) -> Vec<Block> {
    let width_mm = sixty_characters_mm(scene, Lettering::Body);
    let mut blocks: Vec<Block> = view.steps.first().and_then(|step| language_mark(scene, step)).into_iter().collect();
    if !view.steps.is_empty() {
        blocks.push(head(scene.say("service-steps")));
    }
    blocks.extend(view.steps.iter().enumerate().map(|(at, text)| step(scene, at + 1, text)));
    blocks.push(head(scene.say("service-bring")));
    if view.bring.is_empty() {
        blocks.push(Block::text(scene.say("service-bring-nothing"), Lettering::Body));
    }
    let line = |shown: &Shown| Block::text(shown.text.clone(), Lettering::Body).in_language(shown.language.clone());
    blocks.extend(view.bring.iter().map(|shown| item(line(shown).max_width(width_mm))));
    blocks
}

/// The long text.
fn explanation(scene: &Scene<'_>, view: &ServiceView<'_>) -> Vec<Block> {
    let Some(reading) = &view.reading else { return Vec::new() };
    let mut blocks = vec![Block::column(Vec::new()).height(2.0)];
    blocks.extend(language_mark(scene, &reading.shown));
    blocks.extend(reading_blocks(scene, &reading.shown));
    blocks
}

/// A step behind its number.
fn step(scene: &Scene<'_>, number: usize, shown: &Shown) -> Block {
    let side_mm = scene.lines_mm(Lettering::Body, 1) * 1.15;
    let digit = Block::text(scene.words().number(number as i64), Lettering::Body).ink(Ink::Paper).bold();
    let disc = Block::row(vec![digit])
        .justify(Justify::Centre)
        .width(side_mm)
        .height(side_mm)
        .round(side_mm / 2.0)
        .plane(Ink::Ochre)
        .silent();
    let spoken = scene.words().say_with("service-step", &[("number", scene.words().number(number as i64).into())]);
    let text = Block::text(shown.text.clone(), Lettering::Body)
        .named(format!("{spoken}: {}", shown.text))
        .in_language(shown.language.clone());
    Block::row(vec![disc, text.fill()]).gap(6.0).align(Align::Start)
}

fn facts(scene: &Scene<'_>, view: &ServiceView<'_>) -> Vec<Block> {
    let facts = [(Icon::Banknote, "service-cost", &view.cost), (Icon::Clock, "service-delay", &view.delay)];
    let mut blocks: Vec<Block> = facts
        .into_iter()
        .filter_map(|(icon, key, shown)| Some(fact(scene, icon, key, vec![answer(shown.as_ref()?)])))
        .collect();
    let desk = speak_view(scene, Some(view.desk));
    if !desk.desk.is_empty() {
        let mut lines = vec![answer(&Shown { text: desk.desk, language: desk.desk_language, machine: false })];
        lines.extend(desk.now.map(|now| Block::text(now, Lettering::Smallest)));
        blocks.push(fact(scene, Icon::MapPin, "service-desk", lines));
    }
    blocks
}

fn answer(shown: &Shown) -> Block {
    Block::text(shown.text.clone(), Lettering::Body).bold().in_language(shown.language.clone())
}

fn fact(scene: &Scene<'_>, icon: Icon, key: &str, answers: Vec<Block>) -> Block {
    let mut lines = vec![Block::text(scene.say(key), Lettering::Smallest).ink(Ink::Quiet)];
    lines.extend(answers);
    Block::row(vec![Block::icon(icon.unicode(), Ink::Ochre, 14.0), Block::column(lines).fill()])
        .gap(6.0)
        .pad(6.0, 3.0)
        .round(3.0)
        .plane(Ink::Plane)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Common, Item, Origin, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;

    #[test]
    fn a_procedure_without_a_desk_is_answered_by_the_town() {
        let mut step = Localized::one("fr", "Venez.");
        step.insert("it", "Venite.", Origin::Machine);
        let common = Common { id: Id("s:1".to_owned()), summary: Localized::one("fr", "Court"), ..Common::default() };
        let service = Service { common, steps: vec![step, Localized::default()], ..Service::default() };
        let mut town = Town::default();
        town.desk.phone = "123".to_owned();
        let almanac = Almanac::new(Catalog::new(town, vec![Item::Service(service)]).0, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let visitor = Visitor::nobody(Language::It);
        let now = "2026-06-15T12:00:00Z".parse().expect("an instant");
        let scene = Scene::of(&almanac, &visitor, now, &profile);
        let seen = view(&scene, &Id("s:1".to_owned())).expect("it is there");
        assert_eq!(seen.desk.phone, "123");
        assert_eq!(
            seen.steps,
            [Shown { text: "Venite.".to_owned(), language: None, machine: true }],
            "an empty step is none"
        );
        assert_eq!(seen.reading, None, "the summary stands in the window already");
        assert_eq!(view(&scene, &Id("s:2".to_owned())), None);
    }
}
