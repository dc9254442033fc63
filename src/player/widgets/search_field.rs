//! The line that shows what is being typed.

use crate::player::block::{Block, Fit, Role, Rule};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// Height of the field and of the button beside it, whose word may take two lines.
pub fn search_field_mm(scene: &Scene<'_>) -> f32 {
    (scene.lines_mm(Lettering::Smallest, 2) + 2.0).max(scene.target_mm())
}

/// The text with a caret behind it; what can be asked while there is none.
pub fn search_field(scene: &Scene<'_>, text: &str, width_mm: f32, height_mm: f32) -> Block {
    const ICON_MM: f32 = 13.0;
    let caret = Block::column(Vec::new()).width(1.4).height(height_mm * 0.56).plane(Ink::Town);
    let text_mm = width_mm - ICON_MM - 24.0;
    let one_line = Fit::Shrink { width_mm: text_mm, height_mm: scene.lines_mm(Lettering::Card, 1) };
    let prompt = scene.say("search-prompt");
    let mut parts = vec![Block::icon(Icon::Search.unicode(), Ink::Town, ICON_MM)];
    if text.is_empty() {
        parts.push(caret);
        let fit = Fit::Shrink { width_mm: text_mm, height_mm: height_mm - 1.0 };
        let prompt = Block::text(prompt.clone(), Lettering::Body).ink(Ink::Quiet).fit(fit);
        parts.push(Block::column(vec![prompt]).fill());
    } else {
        // A letter is about as wide as a capital is high; at the smallest size all of these fit.
        let fits = (text_mm / scene.cap_mm(Lettering::Smallest)) as usize;
        let typed = Block::text(text_end(text, fits), Lettering::Card).role(Role::Text).fit(one_line);
        parts.push(Block::row(vec![typed, caret]).gap(1.0));
    }
    let name = if text.is_empty() { prompt } else { text.to_owned() };
    Block::row(parts)
        .gap(4.0)
        .pad(6.0, 0.0)
        .width(width_mm)
        .height(height_mm)
        .round(3.0)
        .rule(Rule::Frame(Ink::Town, 1.0))
        .role(Role::SearchBox)
        .named(name)
}

/// The end of a text too long for its field: where the next letter goes.
pub fn text_end(text: &str, fits: usize) -> String {
    let chars = text.chars().count();
    if chars <= fits {
        return text.to_owned();
    }
    std::iter::once('…').chain(text.chars().skip(chars + 1 - fits.max(1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_long_text_is_seen_with_an_ellipsis() {
        for (text, fits, seen) in
            [("", 4, ""), ("port", 4, "port"), ("porte", 4, "…rte"), ("متحف", 3, "…حف"), ("ab", 0, "…")]
        {
            assert_eq!(text_end(text, fits), seen, "{text}");
        }
    }
}
