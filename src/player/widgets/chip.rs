use crate::player::action::Action;
use crate::player::block::{Block, Justify, Role, Rule};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};

/// A small choice in a row: a filter, a day, a language.
pub fn chip(scene: &Scene<'_>, word: impl Into<String>, chosen: bool, action: Action) -> Block {
    let (plane, ink) = if chosen { (Ink::Town, Ink::OnTown) } else { (Ink::Plane, Ink::Ink) };
    let word = Block::text(word, Lettering::Smallest).ink(ink);
    let chip = Block::row(vec![word])
        .justify(Justify::Centre)
        .pad(6.0, 2.0)
        .min_height(scene.target_mm())
        .round(3.0)
        .plane(plane)
        .role(Role::Choice(chosen))
        .touch(action);
    if chosen { chip.rule(Rule::Frame(Ink::Town, 0.5)) } else { chip }
}

/// Chips side by side, in as many rows as they need.
pub fn chips(chips: Vec<Block>) -> Block {
    Block::row(chips).gap(4.0).wrap()
}
