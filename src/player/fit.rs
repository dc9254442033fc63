//! The text policy: wrap, then step the type down to the legible minimum; only cards cut, at a word.

use super::block::{Fit, Text};
use super::theme::CAP_HEIGHT;
use bevy::text::{FontCx, LayoutCx, TextBrush};
use parley::style::{FontFamily, FontWeight, LineHeight, StyleProperty};
use unicode_segmentation::UnicodeSegmentation;

/// No step of type is more than so many times as large as the next.
const STEP: f32 = 1.22;

/// The few sizes of type, in px, that a panel shows: those wanted, and steps between them. Glyphs are kept for each font,
/// weight and size, so that a size for every text that had to shrink would fill the memory.
pub fn steps(wanted_px: impl IntoIterator<Item = f32>) -> Vec<f32> {
    let mut wanted: Vec<f32> = wanted_px.into_iter().collect();
    wanted.sort_by(f32::total_cmp);
    wanted.dedup();
    let mut steps = wanted.get(..1).unwrap_or_default().to_vec();
    for pair in wanted.windows(2) {
        let ratio = pair[1] / pair[0];
        let count = (ratio.ln() / STEP.ln()).ceil().max(1.0);
        let between = (1..count as u32).map(|at| (pair[0] * ratio.powf(at as f32 / count) * 2.0).round() / 2.0);
        steps.extend(between.chain([pair[1]]));
    }
    steps
}

/// Type size in px of capitals of this height in px, on the half pixel above.
pub fn px_of_cap(cap_px: f32) -> f32 {
    (cap_px / CAP_HEIGHT * 2.0).ceil() / 2.0
}

/// Words as they are given to the text engine. Parley 0.9 (`layout/line_break.rs`) takes a no-break space for a space: one
/// that does not fit hangs over the end of its line, and the line breaks after it. The narrow one it takes for a letter.
pub fn as_set(words: &str) -> String {
    words.replace('\u{a0}', "\u{202f}")
}

/// Measures text as Bevy will lay it out.
pub struct Ruler<'a> {
    pub fonts: &'a mut FontCx,
    pub layouts: &'a mut LayoutCx,
    pub family: &'a str,
}

/// Text that fits: what to show and how large.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    pub text: String,
    pub size_px: f32,
    /// A word is longer than the line even in the smallest type: it may break anywhere.
    pub breaks_words: bool,
}

/// The sizes at stake, in px.
#[derive(Clone, Copy, Debug)]
pub struct Sizes<'a> {
    pub wanted_px: f32,
    pub smallest_px: f32,
    /// All there are, from small to large.
    pub steps_px: &'a [f32],
    pub px_per_mm: f32,
}

impl Sizes<'_> {
    /// The next smaller step.
    fn below(&self, size_px: f32) -> f32 {
        let below = self.steps_px.iter().rev().copied().find(|step| *step < size_px);
        below.unwrap_or(self.smallest_px).max(self.smallest_px)
    }

    /// The smallest step of at least this.
    fn at_least(&self, size_px: f32) -> f32 {
        let above = self.steps_px.iter().copied().find(|step| *step >= size_px);
        above.unwrap_or(self.wanted_px).min(self.wanted_px)
    }

    /// A width in whole pixels, and one less: layout rounds gaps and columns, and a line that just fits would wrap.
    pub fn width_px(&self, width_mm: f32) -> f32 {
        (width_mm * self.px_per_mm).floor() - 1.0
    }
}

impl Ruler<'_> {
    /// Width and height in px of the text laid out in lines at most `width_px` wide, the space where a line breaks
    /// included.
    pub fn measure(&mut self, text: &Text, words: &str, size_px: f32, width_px: f32) -> (f32, f32) {
        let layout = self.lay_out(text, words, size_px, width_px);
        (layout.full_width().ceil(), layout.height().ceil())
    }

    /// As [`Ruler::measure`], of what is seen: spaces where a line breaks hang over its end.
    pub fn measure_seen(&mut self, text: &Text, size_px: f32, width_px: f32) -> (f32, f32) {
        let layout = self.lay_out(text, &text.text, size_px, width_px);
        (layout.width().ceil(), layout.height().ceil())
    }

    fn lay_out(&mut self, text: &Text, words: &str, size_px: f32, width_px: f32) -> parley::Layout<TextBrush> {
        let words = &as_set(words);
        let mut builder = self.layouts.0.ranged_builder(&mut self.fonts.context, words, 1.0, true);
        builder.push_default(StyleProperty::FontFamily(FontFamily::named(self.family)));
        builder.push_default(StyleProperty::FontSize(size_px));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(text.line_height())));
        builder.push_default(StyleProperty::FontWeight(if text.bold { FontWeight::BOLD } else { FontWeight::NORMAL }));
        builder.push_default(StyleProperty::Brush(TextBrush::default()));
        let mut layout = builder.build(words);
        layout.break_all_lines(Some(width_px));
        layout
    }

    /// Applies the text's [`Fit`].
    pub fn fit(&mut self, text: &Text, sizes: Sizes<'_>) -> Fitted {
        let (width_mm, height_mm, cuts) = match text.fit {
            Fit::Wrap => return Fitted { text: as_set(&text.text), size_px: sizes.wanted_px, breaks_words: false },
            Fit::Shrink { width_mm, height_mm } => (width_mm, height_mm, false),
            Fit::Cut { width_mm, height_mm } => (width_mm, height_mm, true),
        };
        let (width, height) = (sizes.width_px(width_mm), height_mm * sizes.px_per_mm);
        let mut size_px = sizes.wanted_px;
        loop {
            let (wide, high) = self.measure(text, &text.text, size_px, width);
            if wide <= width && high <= height {
                return Fitted { text: as_set(&text.text), size_px, breaks_words: false };
            }
            if size_px <= sizes.smallest_px {
                break;
            }
            size_px = sizes.below(size_px);
        }
        if !cuts {
            return Fitted { text: as_set(&text.text), size_px, breaks_words: true };
        }
        // A card keeps its size: a small cut title reads worse than a larger shorter one.
        let size_px = sizes.at_least(size_px.max(sizes.smallest_px * 1.15));
        Fitted { text: as_set(&self.cut(text, size_px, width, height)), size_px, breaks_words: true }
    }

    /// The longest beginning that fits with an ellipsis, ended at a word.
    fn cut(&mut self, text: &Text, size_px: f32, width: f32, height: f32) -> String {
        let ends: Vec<usize> = text.text.unicode_word_indices().map(|(start, word)| start + word.len()).collect();
        let (mut fits, mut too_long) = (0, ends.len());
        while fits + 1 < too_long {
            let middle = usize::midpoint(fits, too_long);
            let candidate = format!("{}…", text.text.get(..ends[middle - 1]).unwrap_or_default());
            let (wide, high) = self.measure(text, &candidate, size_px, width);
            if wide <= width && high <= height { fits = middle } else { too_long = middle }
        }
        let end = ends.get(fits.saturating_sub(1)).copied().unwrap_or_default();
        format!("{}…", text.text.get(..end).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_panel_has_about_a_dozen_sizes() {
        let steps = steps([20.5, 21.0, 22.0, 30.0, 43.5, 59.5, 141.0]);
        assert_eq!(steps, [20.5, 21.0, 22.0, 25.5, 30.0, 36.0, 43.5, 51.0, 59.5, 70.5, 84.0, 100.0, 118.5, 141.0]);
        let sizes = Sizes { wanted_px: 30.0, smallest_px: 20.5, steps_px: &steps, px_per_mm: 1.0 };
        let twice = |size: f32| (size * 2.0).round() as i32;
        assert_eq!([30.0, 22.0, 21.0, 20.5].map(|size| twice(sizes.below(size))), [51, 42, 41, 41]);
        assert_eq!([23.0, 25.5, 140.0].map(|size| twice(sizes.at_least(size))), [51, 51, 60]);
    }

    proptest! {
        #[test]
        fn whatever_is_wanted_is_there_and_nothing_is_smaller(wanted in prop::collection::vec(10..400_u16, 1..8)) {
            let wanted: Vec<f32> = wanted.into_iter().map(f32::from).collect();
            let steps = steps(wanted.clone());
            let smallest = wanted.iter().copied().fold(f32::MAX, f32::min);
            prop_assert!(wanted.iter().all(|size| steps.contains(size)));
            prop_assert_eq!(steps.first(), Some(&smallest));
            prop_assert!(steps.is_sorted());
            prop_assert!(steps.windows(2).all(|pair| pair[1] / pair[0] < STEP + 0.1), "{:?}", steps);
        }
    }
}
