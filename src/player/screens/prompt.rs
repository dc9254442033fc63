//! "Are you still there?": over the controls of every screen when nobody has touched it for long.

use crate::player::action::Action;
use crate::player::block::{Align, Block, Justify, Pin};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// The idle prompt, while it is up: a plane as high as the belt, so that nothing looks out from under it.
pub fn prompt(scene: &Scene<'_>) -> Option<Block> {
    if !scene.visitor.asked {
        return None;
    }
    let frame = scene.frame();
    let belt = frame.belt;
    let icon_mm = scene.target_mm();
    let answer = |icon: Icon, key: &str, action: Action| {
        let word = Block::text(scene.say(key), Lettering::Card).centred();
        Block::column(vec![
            Block::row(vec![Block::icon(icon.unicode(), Ink::Town, icon_mm * 1.4)]).justify(Justify::Centre),
            word,
        ])
        .gap(4.0)
        .justify(Justify::Centre)
        .pad(8.0, 8.0)
        .min_height(scene.target_mm() * 4.0)
        .round(3.0)
        .plane(Ink::Paper)
        .touch(action)
        .fill()
    };
    let lines = Block::column(vec![
        Block::text(scene.say("session-title"), Lettering::Hero).ink(Ink::OnTown),
        Block::text(scene.say("session-more"), Lettering::Body).ink(Ink::OnTown),
    ]);
    let answers = Block::row(vec![
        answer(Icon::Hand, "session-stay", Action::Stay),
        answer(Icon::LogOut, "session-leave", Action::Leave),
    ]);
    let plate = Block::column(vec![lines.gap(8.0), answers.gap(8.0).align(Align::Stretch)])
        .gap(24.0)
        .justify(Justify::Centre)
        .pad(frame.margin_mm, 12.0)
        .width(belt.width)
        .height(belt.height)
        .plane(Ink::Town)
        .pin(Pin { start: Some(belt.x), top: Some(belt.y), ..Pin::default() });
    Some(Block::column(vec![plate]).fill())
}
