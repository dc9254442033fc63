use crate::player::action::Action;
use crate::player::block::{Block, Fit, Justify, Role};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// A large choice: icon, title, one live fact.
pub struct Tile {
    pub icon: Icon,
    pub ink: Ink,
    pub title: String,
    pub fact: String,
    pub action: Action,
    pub width_mm: f32,
    pub height_mm: f32,
}

pub fn tile(scene: &Scene<'_>, tile: Tile) -> Block {
    let pad = if tile.width_mm < 100.0 { 5.0 } else { 8.0 };
    let width_mm = tile.width_mm - 2.0 * pad;
    let icon_mm = (tile.height_mm * 0.26).clamp(13.0, 34.0);
    let left = tile.height_mm - 2.0 * pad - icon_mm - 4.0;
    // A narrow tile keeps its words whole rather than large.
    let lettering = if width_mm < scene.cap_mm(Lettering::Title) * 9.0 { Lettering::Card } else { Lettering::Title };
    let title_mm = (left * 0.6).min(scene.lines_mm(lettering, 2));
    let title = Block::text(tile.title, lettering).role(Role::Text).fit(Fit::Shrink { width_mm, height_mm: title_mm });
    let fact = Block::text(tile.fact, Lettering::Body)
        .bold()
        .ink(tile.ink)
        .fit(Fit::Shrink { width_mm, height_mm: left - title_mm });
    Block::column(vec![Block::icon(tile.icon.unicode(), tile.ink, icon_mm), Block::column(vec![title, fact]).gap(2.0)])
        .justify(Justify::Between)
        .pad(pad, pad)
        .round(3.0)
        .plane(Ink::Plane)
        .touch(tile.action)
}
