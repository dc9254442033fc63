//! What stands where an item was that the town has just removed.

use super::{WindowPlate, foot_map, is_speaking, page, speak_button, speak_plate, window};
use crate::player::block::{Block, Sheet};
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{Ink, Lettering};

/// The screen of an item that is no more; `title` is the key of where it stood.
pub fn gone(scene: &Scene<'_>, title: &str) -> Sheet {
    let plate = WindowPlate {
        kicker: String::new(),
        title: Shown { text: scene.say(title), language: None, machine: false },
        line: String::new(),
        status: None,
        ink: Ink::Town,
        sample: false,
    };
    let belt = if is_speaking(scene) {
        vec![speak_plate(scene, None)]
    } else {
        vec![Block::text(scene.say("item-gone"), Lettering::Card), speak_button(scene)]
    };
    page(scene, window(scene, None, plate), belt, foot_map(scene, Vec::new(), scene.say("map-you")))
}
