//! "Are you still there?": over every screen when nobody has touched it for long.

use crate::player::action::Action;
use crate::player::block::{Align, Block, Justify, Pin, Rule};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};

/// The idle prompt, while it is up.
pub fn prompt(scene: &Scene<'_>) -> Option<Block> {
    if !scene.visitor.asked {
        return None;
    }
    let frame = scene.frame();
    let button = |key: &str, plane: Ink, ink: Ink, action: Action| {
        Block::row(vec![Block::text(scene.say(key), Lettering::Card).ink(ink)])
            .justify(Justify::Centre)
            .pad(8.0, 6.0)
            .min_height(scene.target_mm() * 1.6)
            .round(3.0)
            .plane(plane)
            .touch(action)
            .fill()
    };
    let plate = Block::column(vec![
        Block::text(scene.say("session-title"), Lettering::Hero),
        Block::text(scene.say("session-more"), Lettering::Body),
        Block::row(vec![
            button("session-stay", Ink::Town, Ink::OnTown, Action::Stay),
            button("session-leave", Ink::Plane, Ink::Ink, Action::Leave),
        ])
        .gap(8.0)
        .align(Align::Stretch),
    ])
    .gap(12.0)
    .pad(frame.margin_mm / 1.5, 18.0)
    .width(frame.belt.width - 2.0 * frame.margin_mm)
    .round(3.0)
    .plane(Ink::Paper)
    .rule(Rule::Frame(Ink::Town, 2.0))
    .pin(Pin { start: Some(frame.belt.x + frame.margin_mm), top: Some(frame.belt.y + 24.0), ..Pin::default() });
    Some(Block::column(vec![plate]).fill())
}
