//! Small choices of a few words, in columns of one width: periods, days.

use super::choices::set_mm;
use crate::player::action::Action;
use crate::player::block::{Block, Fit, Justify, Role, Rule};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};

/// One of the small choices.
pub struct Chip {
    pub word: String,
    pub chosen: bool,
    pub action: Action,
}

const GAP_MM: f32 = 4.0;
const PAD_MM: f32 = 3.0;

/// The chips, and their height in mm.
pub fn chip_grid(scene: &Scene<'_>, chips: Vec<Chip>) -> (Block, f32) {
    let cap_mm = scene.cap_mm(Lettering::Smallest);
    let width_mm = scene.frame().content_width();
    let (columns, lines) = shape(chips.iter().map(|chip| chip.word.as_str()), width_mm, cap_mm);
    let room_mm = column_mm(width_mm, columns) - 2.0 * PAD_MM;
    let lines_mm = scene.lines_mm(Lettering::Smallest, lines);
    let cell_mm = (lines_mm + 4.0).max(scene.target_mm());
    let rows = chips.len().div_ceil(columns.max(1)) as f32;
    let fit = Fit::Shrink { width_mm: room_mm, height_mm: lines_mm };
    let cells = chips.into_iter().map(|chip| {
        let (plane, ink) = if chip.chosen { (Ink::Town, Ink::OnTown) } else { (Ink::Plane, Ink::Ink) };
        let word = Block::text(chip.word, Lettering::Smallest).ink(ink).fit(fit).centred();
        let cell = Block::column(vec![word])
            .justify(Justify::Centre)
            .pad(PAD_MM, 1.0)
            .height(cell_mm)
            .round(3.0)
            .plane(plane)
            .role(Role::Choice(chip.chosen))
            .touch(chip.action);
        if chip.chosen { cell.rule(Rule::Frame(Ink::Town, 0.5)) } else { cell }
    });
    (Block::grid(columns as u16, cells.collect()).gap(GAP_MM), rows * (cell_mm + GAP_MM) - GAP_MM)
}

fn column_mm(width_mm: f32, columns: usize) -> f32 {
    (width_mm - GAP_MM * (columns as f32 - 1.0)) / columns as f32
}

/// Columns and lines such that no word is broken: one row when all fit, else rows of about equal length.
fn shape<'a>(words: impl ExactSizeIterator<Item = &'a str> + Clone, width_mm: f32, cap_mm: f32) -> (usize, u8) {
    let count = words.len().max(1);
    let widest = |words: &mut dyn Iterator<Item = &'a str>| words.map(|word| set_mm(word, cap_mm)).fold(0.0, f32::max);
    let label_mm = widest(&mut words.clone());
    let word_mm = widest(&mut words.flat_map(str::split_whitespace));
    let room_mm = |columns: usize| column_mm(width_mm, columns) - 2.0 * PAD_MM;
    // What wraps needs some room beside its widest word.
    let lines = |columns: usize| match room_mm(columns) {
        room if room >= label_mm => Some(1),
        room if room >= word_mm && 1.6 * room >= label_mm => Some(2),
        _ => None,
    };
    let shapes = (1..=count).map(|rows| count.div_ceil(rows));
    shapes.filter_map(|columns| Some((columns, lines(columns)?))).next().unwrap_or((1, 2))
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn chips_stand_in_one_row_where_their_words_fit() {
        let of = |words: &[&'static str], width_mm: f32, cap_mm: f32| shape(words.iter().copied(), width_mm, cap_mm);
        let days = ["Ce soir, 3", "Aujourd’hui, 5", "Ce week-end, 12", "Choisir un jour", "Tout, 40"];
        assert_eq!(of(&days, 613.0, 7.5), (5, 1));
        assert_eq!(of(&days, 400.0, 7.5), (5, 2));
        assert_eq!(of(&days, 244.0, 6.25), (3, 2));
        assert_eq!(of(&days[..1], 30.0, 9.0), (1, 2), "too narrow for anything: still a column");
    }
}
