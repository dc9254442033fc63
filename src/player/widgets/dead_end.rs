use super::{SPEAK, WindowPlate, is_speaking, page, speak_plate, window};
use crate::player::action::Action;
use crate::player::block::{Block, Justify, Sheet};
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// Nothing to show: a sentence, and a next step for each way on.
pub fn dead_end(scene: &Scene<'_>, sentence: String, steps: Vec<(Icon, String, Action)>) -> Block {
    let buttons = steps.into_iter().map(|(icon, word, action)| {
        let word = Block::text(word, Lettering::Card).ink(Ink::OnTown);
        Block::row(vec![Block::icon(icon.unicode(), Ink::OnTown, 15.0), word])
            .gap(6.0)
            .pad(8.0, 4.0)
            .justify(Justify::Centre)
            .min_height(scene.target_mm() + 8.0)
            .round(3.0)
            .plane(Ink::Town)
            .touch(action)
    });
    let sentence = Block::text(sentence, Lettering::Card);
    Block::column(vec![sentence, Block::row(buttons.collect()).gap(8.0).wrap()]).gap(10.0).pad(0.0, 8.0)
}

/// The screen of an item that is no longer there.
pub fn gone(scene: &Scene<'_>) -> Sheet {
    let title = Shown { text: scene.plain(&scene.almanac.catalog.town.name), language: None, machine: false };
    let plate =
        WindowPlate { kicker: String::new(), title, line: String::new(), status: None, ink: Ink::Town, sample: false };
    let home = (Icon::House, scene.say("nav-home"), Action::Home);
    let speak = (Icon::Phone, scene.say("speak-title"), Action::Reveal(SPEAK));
    let words = if is_speaking(scene) {
        speak_plate(scene, None)
    } else {
        let why = if scene.knows_the_time() { "item-gone" } else { "date-not-known" };
        dead_end(scene, scene.say(why), vec![home, speak])
    };
    let foot = super::foot_map(scene, Vec::new(), scene.say("map-you"));
    page(scene, window(scene, None, plate), vec![words], foot)
}
