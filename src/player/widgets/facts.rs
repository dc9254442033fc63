use crate::player::block::{Align, Block, Rule};
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

/// A number to call, large.
pub fn number_to_call(number: impl Into<String>) -> Block {
    Block::text(number, Lettering::Title).role(crate::player::block::Role::Text)
}

/// The head of a part of a screen.
pub fn part_head(word: impl Into<String>) -> Block {
    Block::text(word, Lettering::Card).role(crate::player::block::Role::Heading)
}
