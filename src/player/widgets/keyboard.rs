//! The kiosk's own keyboard: keys are drawn, never a system's.

use crate::player::action::Action;
use crate::player::block::{Align, Block, Fit, Justify};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use crate::search::{Key, Keyboard, Layout};
use lucide_icons::Icon;

/// Beyond this width, in mm, a hand travels further than it needs to.
const WIDEST_MM: f32 = 62.0;
/// A key with an icon beside its word is at least this wide, in mm.
const ICON_MM: f32 = 86.0;

/// What a keyboard needs of a screen.
pub struct KeyboardRoom {
    target_mm: f32,
    gap_mm: f32,
}

impl KeyboardRoom {
    /// Rows that the room is made for; a layout with fewer has higher keys, so that nothing above it moves.
    const ROWS: f32 = 4.0;

    pub fn new(scene: &Scene<'_>) -> Self {
        let width_mm = scene.frame().content_width();
        // A finger's slip on a totem; less on a small panel, whose keys need the width.
        Self { target_mm: scene.target_mm(), gap_mm: if width_mm < 400.0 { 2.0 } else { 4.0 } }
    }

    /// The height it takes of this much: keys are at least a target and at most half as much again.
    pub fn height_mm(&self, left_mm: f32) -> f32 {
        let gaps_mm = (Self::ROWS - 1.0) * self.gap_mm;
        let key_mm = ((left_mm - gaps_mm) / Self::ROWS).clamp(self.target_mm, self.target_mm * 1.5);
        key_mm * Self::ROWS + gaps_mm
    }
}

/// A keyboard as wide as the belt's content and this high.
pub fn keyboard(scene: &Scene<'_>, layout: Layout, height_mm: f32) -> Block {
    let width_mm = scene.frame().content_width();
    let gap_mm = KeyboardRoom::new(scene).gap_mm;
    let keyboard = Keyboard::of(layout);
    let rows = keyboard.rows.len() as f32;
    let key_mm = (height_mm - gap_mm * (rows - 1.0)) / rows;
    let columns = f32::from(keyboard.columns());
    let unit_mm = ((width_mm - gap_mm * (columns - 1.0)) / columns).min(WIDEST_MM);
    let rtl = scene.visitor.language.is_rtl();
    let rows = keyboard.rows.iter().map(|row| {
        // Keys stand as on the keyboards sold there: from the left, in Arabic too.
        let mut keys: Vec<Block> = row.iter().map(|key| face(scene, *key, unit_mm, gap_mm, key_mm)).collect();
        if rtl {
            keys.reverse();
        }
        Block::row(keys).gap(gap_mm).justify(Justify::Centre).align(Align::Stretch).height(key_mm)
    });
    Block::column(rows.collect()).gap(gap_mm).height(height_mm)
}

fn face(scene: &Scene<'_>, key: Key, unit_mm: f32, gap_mm: f32, height_mm: f32) -> Block {
    let columns = f32::from(key.columns());
    let width_mm = unit_mm * columns + gap_mm * (columns - 1.0);
    let mut parts = Vec::new();
    let text = match key.message() {
        None => Block::text(letter(key), Lettering::Card),
        Some(message) => {
            let icon = icon(key).filter(|_| width_mm >= ICON_MM);
            let icon_mm = if icon.is_some() { 16.0 } else { 0.0 };
            parts.extend(icon.map(|icon| Block::icon(icon.unicode(), Ink::Ink, 11.0)));
            let fit = Fit::Shrink { width_mm: width_mm - 6.0 - icon_mm, height_mm };
            Block::text(scene.say(message), Lettering::Smallest).centred().fit(fit)
        }
    };
    parts.push(text);
    let face = Block::row(parts)
        .gap(4.0)
        .pad(1.0, 0.0)
        .justify(Justify::Centre)
        .round(3.0)
        .plane(Ink::Plane)
        .touch(Action::Key(key));
    if key == Key::Space { face.fill() } else { face.width(width_mm) }
}

/// Capitals are found faster and mean the same to the search.
fn letter(key: Key) -> String {
    match key {
        Key::Letter(letter) => letter.to_uppercase().collect(),
        _ => String::new(),
    }
}

fn icon(key: Key) -> Option<Icon> {
    match key {
        Key::Delete => Some(Icon::Delete),
        Key::Clear => Some(Icon::X),
        _ => None,
    }
}
