//! A few kinds to choose from, each with icon and word; what does not fit among seven stands behind "show more".

use crate::player::action::Action;
use crate::player::block::{Block, Fit, Justify, Role, Rule};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// One kind to choose.
pub struct Choice {
    pub icon: Icon,
    pub ink: Ink,
    pub word: String,
    /// What is spoken: the word and how many there are.
    pub spoken: String,
    pub chosen: bool,
    pub action: Action,
}

impl Choice {
    /// Not to choose among the kinds: it shows them all.
    pub fn all(icon: Icon, word: String, chosen: bool, action: Action) -> Self {
        Self { icon, ink: Ink::Town, spoken: word.clone(), word, chosen, action }
    }

    /// A kind that speaks how many there are of it.
    pub fn counted(
        scene: &Scene<'_>,
        (icon, ink): (Icon, Ink),
        word: String,
        count: usize,
        chosen: bool,
        action: Action,
    ) -> Self {
        let count = scene.words().number(count as i64);
        let spoken =
            scene.words().say_with("near-kind-count", &[("kind", word.clone().into()), ("count", count.into())]);
        Self { icon, ink, word, spoken, chosen, action }
    }
}

const GAP_MM: f32 = 4.0;
const PAD_MM: f32 = 4.0;
/// More rows would leave no room for what is chosen from.
const ROWS_MAX: usize = 2;

/// How the choices stand: chosen so that no word is broken.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shape {
    columns: u16,
    /// The icon stands over its word, not beside it.
    stacked: bool,
    lines: u8,
}

/// The choices in a grid, and its height in mm. `more` is shown instead of `first` while `key` is revealed.
pub fn choices(scene: &Scene<'_>, key: &'static str, mut first: Vec<Choice>, mut more: Vec<Choice>) -> (Block, f32) {
    let cap_mm = scene.cap_mm(Lettering::Smallest);
    let width_mm = scene.frame().content_width();
    let all = first.iter().chain(&more).map(|choice| choice.word.as_str());
    let shape = shape(first.len() as u16 + 1, all, width_mm, cap_mm);
    let cells = usize::from(shape.columns) * ROWS_MAX;
    if first.len() + usize::from(!more.is_empty()) > cells {
        let chosen = first.iter().position(|choice| choice.chosen).unwrap_or(0);
        // The one that is chosen stays in sight.
        first.swap(chosen, chosen.min(cells - 2));
        more.splice(0..0, first.split_off(cells - 1));
    }
    let revealed = !more.is_empty() && scene.visitor.page().revealed.contains(key);
    let has_more = !more.is_empty();
    let mut shown = if revealed { more } else { first };
    if has_more {
        let (icon, word) = if revealed { (Icon::ChevronUp, "nav-less") } else { (Icon::Ellipsis, "nav-more") };
        let word = scene.say(word);
        let action = Action::Reveal(key);
        shown.push(Choice { icon, ink: Ink::Ink, spoken: word.clone(), word, chosen: false, action });
    }
    let lines_mm = scene.lines_mm(Lettering::Smallest, shape.lines);
    let content_mm = if shape.stacked { icon_mm(cap_mm) + 1.0 + lines_mm } else { lines_mm.max(icon_mm(cap_mm)) };
    let cell_mm = (content_mm + 5.0).max(scene.target_mm());
    let rows = shown.len().div_ceil(usize::from(shape.columns)) as f32;
    let reveals = shown.len() - usize::from(has_more);
    let cells = shown.into_iter().enumerate().map(|(at, choice)| {
        let role = if at < reveals { Role::Choice(choice.chosen) } else { Role::Button };
        cell(choice, shape, (cell_mm, cap_mm, lines_mm), column_mm(width_mm, shape.columns)).role(role)
    });
    let grid = Block::grid(shape.columns, cells.collect()).gap(GAP_MM);
    (grid, rows * (cell_mm + GAP_MM) - GAP_MM)
}

fn cell(choice: Choice, shape: Shape, (cell_mm, cap_mm, lines_mm): (f32, f32, f32), column_mm: f32) -> Block {
    let (plane, ink, icon_ink) =
        if choice.chosen { (Ink::Town, Ink::OnTown, Ink::OnTown) } else { (Ink::Plane, Ink::Ink, choice.ink) };
    let width_mm = room_mm(column_mm, cap_mm, shape.stacked);
    let word =
        Block::text(choice.word, Lettering::Smallest).ink(ink).fit(Fit::Shrink { width_mm, height_mm: lines_mm });
    let icon = Block::icon(choice.icon.unicode(), icon_ink, icon_mm(cap_mm));
    let cell = if shape.stacked {
        Block::column(vec![icon, word.centred()]).align(crate::player::block::Align::Centre).gap(1.0)
    } else {
        Block::row(vec![icon, Block::column(vec![word]).fill()]).gap(PAD_MM)
    };
    let cell = cell
        .justify(Justify::Centre)
        .pad(if shape.stacked { PAD_MM / 2.0 } else { PAD_MM }, 2.0)
        .height(cell_mm)
        .round(3.0)
        .plane(plane);
    let cell = cell.named(choice.spoken).touch(choice.action);
    if choice.chosen { cell.rule(Rule::Frame(Ink::Town, 0.5)) } else { cell }
}

fn icon_mm(cap_mm: f32) -> f32 {
    cap_mm * 1.7
}

fn column_mm(width_mm: f32, columns: u16) -> f32 {
    let columns = f32::from(columns);
    (width_mm - GAP_MM * (columns - 1.0)) / columns
}

/// Width left for the word.
fn room_mm(column_mm: f32, cap_mm: f32, stacked: bool) -> f32 {
    // Centred under its icon, a word may come nearer to the edge.
    if stacked { column_mm - PAD_MM } else { column_mm - 3.0 * PAD_MM - icon_mm(cap_mm) }
}

/// About how wide a text is set in capitals of this height, rather too wide than too narrow.
pub fn set_mm(text: &str, cap_mm: f32) -> f32 {
    let width = |letter: char| match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | ' ' | '.' | '\'' => 0.5,
        'm' | 'w' => 1.2,
        '\u{2e80}'.. => 1.55,
        _ => 0.88,
    };
    text.chars().map(width).sum::<f32>() * cap_mm
}

/// All side by side where they fit, else in rows.
fn shape<'a>(count: u16, words: impl Iterator<Item = &'a str> + Clone, width_mm: f32, cap_mm: f32) -> Shape {
    let widest = |words: &mut dyn Iterator<Item = &'a str>| words.map(|word| set_mm(word, cap_mm)).fold(0.0, f32::max);
    let label_mm = widest(&mut words.clone());
    // A script without spaces breaks anywhere.
    let word_mm = widest(&mut words.flat_map(str::split_whitespace)).min(width_mm / 2.0);
    let shapes = [(count.max(1), true), (4, false), (4, true), (3, false), (3, true)];
    let room = |(columns, stacked): &(u16, bool)| room_mm(column_mm(width_mm, *columns), cap_mm, *stacked);
    let (columns, stacked) = shapes.into_iter().find(|shape| room(shape) >= word_mm).unwrap_or((2, false));
    Shape { columns, stacked, lines: if label_mm <= room(&(columns, stacked)) { 1 } else { 2 } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_broken_on_any_panel() {
        let of = |words: &[&'static str], width_mm: f32, cap_mm: f32| shape(7, words.iter().copied(), width_mm, cap_mm);
        let short = ["Toilets", "Cash machine"];
        assert_eq!(of(&short, 613.0, 7.5), Shape { columns: 7, stacked: true, lines: 1 });
        let french = ["Toilettes", "Distributeur de billets"];
        assert_eq!(of(&french, 613.0, 7.5), Shape { columns: 7, stacked: true, lines: 2 });
        assert_eq!(of(&french, 613.0, 9.75), Shape { columns: 4, stacked: false, lines: 2 });
        assert_eq!(of(&french, 244.0, 6.25), Shape { columns: 4, stacked: true, lines: 2 });
    }
}
