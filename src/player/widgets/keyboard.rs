//! The kiosk's own keyboard: keys are drawn, never a system's.

use crate::player::action::Action;
use crate::player::block::{Align, Block, Fit, Justify};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering, Reach};
use crate::search::{Key, Keyboard, Layout};
use lucide_icons::Icon;

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

    /// Height of a keyboard whose keys are so many times as high as a target must be.
    pub fn height_mm(&self, targets: f32) -> f32 {
        Self::ROWS * self.target_mm * targets + (Self::ROWS - 1.0) * self.gap_mm
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
    let unit_mm = (width_mm - gap_mm * (columns - 1.0)) / columns;
    let rtl = scene.visitor.language.is_rtl();
    let rows = keyboard.rows.iter().map(|row| {
        let has_space = row.contains(&Key::Space);
        let extra = if has_space { spare_columns(row, keyboard.columns()) } else { 0 };
        let key_width_mm = |key: Key| {
            let columns = f32::from(key.columns() + extra);
            unit_mm * columns + gap_mm * (columns - 1.0)
        };
        // Full rows share their width, or eleven keys rounded to whole pixels would stick out.
        let is_full = columns_of(row) == keyboard.columns() && !has_space;
        let block = |key: &Key| {
            let width_mm = key_width_mm(*key);
            let face = face(scene, *key, width_mm, key_mm);
            match key {
                Key::Space => face.fill(),
                _ if is_full => face.weight(width_mm),
                _ => face.width(width_mm),
            }
        };
        // Keys stand as on the keyboards sold there: from the left, in Arabic too.
        let mut keys: Vec<Block> = row.iter().map(block).collect();
        if rtl {
            keys.reverse();
        }
        Block::row(keys).gap(gap_mm).justify(Justify::Centre).align(Align::Stretch).height(key_mm)
    });
    Block::column(rows.collect()).gap(gap_mm).height(height_mm)
}

fn columns_of(row: &[Key]) -> u8 {
    row.iter().map(|key| key.columns()).sum()
}

/// A column more for the words beside a space bar that has columns to give.
fn spare_columns(row: &[Key], columns: u8) -> u8 {
    let words = row.len().saturating_sub(1).max(1);
    u8::from(usize::from(columns.saturating_sub(columns_of(row))) >= words)
}

fn face(scene: &Scene<'_>, key: Key, width_mm: f32, height_mm: f32) -> Block {
    let parts = match key.message() {
        None => {
            let letter = letter(key);
            // A bowl below the line sinks deeper than the line: alone on its key, it needs the room.
            let share = if Reach::of(&letter) == Reach::Far { 0.8 } else { 1.0 };
            let fit = Fit::Shrink { width_mm: width_mm - 4.0, height_mm: height_mm * share };
            vec![Block::text(letter, Lettering::Card).centred().fit(fit)]
        }
        Some(message) => word(scene, key, &scene.say(message), width_mm, height_mm),
    };
    Block::row(parts)
        .gap(4.0)
        .pad(1.0, 0.0)
        .justify(Justify::Centre)
        .round(3.0)
        .plane(Ink::Plane)
        .named(key.message().map(|message| scene.say(message)).unwrap_or_default())
        .touch(Action::Key(key))
}

/// Icon and word; the icon alone where the word is wider than the key.
fn word(scene: &Scene<'_>, key: Key, word: &str, width_mm: f32, height_mm: f32) -> Vec<Block> {
    let icon = icon(key).map(|icon| Block::icon(icon.unicode(), Ink::Ink, 11.0));
    // A letter of running text is about four fifths as wide as a capital is high.
    let word_mm = word.chars().count() as f32 * scene.cap_mm(Lettering::Smallest) * 0.8;
    let is_narrow = word_mm > width_mm - 4.0;
    if is_narrow && let Some(icon) = icon {
        return vec![icon];
    }
    let icon = icon.filter(|_| width_mm >= ICON_MM);
    let icon_mm = if icon.is_some() { 16.0 } else { 0.0 };
    let fit = Fit::Shrink { width_mm: width_mm - 4.0 - icon_mm, height_mm };
    let text = Block::text(word, Lettering::Smallest).centred().fit(fit);
    icon.into_iter().chain([text]).collect()
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
