//! The frame that every screen stands in.

use super::{nav, nav_height_mm};
use crate::player::band::band;
use crate::player::block::{Block, Sheet};
use crate::player::scene::Scene;
use crate::player::theme::Ink;

/// A screen: its window, what stands in the belt above the lowest row, and its foot.
pub fn page(scene: &Scene<'_>, window: Block, belt: Vec<Block>, foot: Block) -> Sheet {
    let frame = scene.frame();
    let mut rows = vec![Block::column(belt).gap(6.0).fill()];
    rows.push(nav(scene));
    let belt = Block::column(rows).gap(8.0).pad(frame.margin_mm, 8.0).plane(Ink::Paper).fill();
    Sheet { band: band(scene), window, belt, foot, overlay: super::super::screens::prompt(scene) }
}

/// Height in mm that a screen's own part of the belt has.
pub fn belt_height_mm(scene: &Scene<'_>) -> f32 {
    scene.frame().belt.height - 16.0 - 8.0 - nav_height_mm(scene)
}
