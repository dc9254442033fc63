use super::phone_display;
use crate::language::Arg;
use crate::player::block::{Align, Block, Fit, Role, Rule};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// A fact: its icon, what it is about, and what is known.
pub fn fact(scene: &Scene<'_>, icon: Icon, ink: Ink, label: String, known: Vec<Block>) -> Block {
    let icon = Block::icon(icon.unicode(), ink, scene.cap_mm(Lettering::Card) * 1.35);
    let mut lines = vec![Block::text(label, Lettering::Smallest).ink(Ink::Quiet)];
    lines.extend(known);
    Block::row(vec![icon, Block::column(lines).gap(2.0).fill()])
        .gap(6.0)
        .pad(0.0, 5.0)
        .align(Align::Start)
        .rule(Rule::Below(Ink::Rule))
}

/// What is known, as running text.
pub fn known(text: impl Into<String>) -> Block {
    Block::text(text, Lettering::Body)
}

/// Numbers to call, large. OpenStreetMap puts a semicolon between several.
pub fn numbers_to_call(scene: &Scene<'_>, phone: &str, width_mm: f32) -> Block {
    let icon_mm = scene.cap_mm(Lettering::Card) * 1.35;
    let numbers = phone.split(';').map(str::trim).filter(|number| !number.is_empty()).take(2);
    let fit = Fit::Shrink { width_mm, height_mm: scene.lines_mm(Lettering::Title, 1) };
    let numbers = numbers.map(|number| {
        let spoken = scene.words().say_with("place-phone", &[("phone", Arg::from(number))]);
        Block::text(phone_display(number), Lettering::Title).role(Role::Text).named(spoken).fit(fit)
    });
    let label = Block::text(scene.say("speak-phone"), Lettering::Smallest).ink(Ink::Quiet).silent();
    let head = Block::row(vec![Block::icon(Icon::Phone.unicode(), Ink::Town, icon_mm), label]).gap(6.0);
    Block::column(vec![head, Block::column(numbers.collect())]).gap(2.0)
}
