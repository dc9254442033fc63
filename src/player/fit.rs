//! The text policy: wrap, then step the type down to the legible minimum; only cards cut, at a word.

use super::block::{Fit, Text};
use bevy::text::{FontCx, LayoutCx, TextBrush};
use parley::style::{FontFamily, FontWeight, LineHeight, StyleProperty};
use unicode_segmentation::UnicodeSegmentation;

/// How much smaller each step of type is than the one before.
const STEP: f32 = 0.92;

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
pub struct Sizes {
    pub wanted_px: f32,
    pub smallest_px: f32,
    pub px_per_mm: f32,
}

impl Sizes {
    /// A width in whole pixels, and one less: layout rounds gaps and columns, and a line that just fits would wrap.
    pub fn width_px(&self, width_mm: f32) -> f32 {
        (width_mm * self.px_per_mm).floor() - 1.0
    }
}

impl Ruler<'_> {
    /// Width and height in px of the text laid out in lines at most `width_px` wide.
    pub fn measure(&mut self, text: &Text, words: &str, size_px: f32, width_px: f32) -> (f32, f32) {
        let mut builder = self.layouts.0.ranged_builder(&mut self.fonts.context, words, 1.0, true);
        builder.push_default(StyleProperty::FontFamily(FontFamily::named(self.family)));
        builder.push_default(StyleProperty::FontSize(size_px));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(text.line_height())));
        builder.push_default(StyleProperty::FontWeight(if text.bold { FontWeight::BOLD } else { FontWeight::NORMAL }));
        builder.push_default(StyleProperty::Brush(TextBrush::default()));
        let mut layout = builder.build(words);
        layout.break_all_lines(Some(width_px));
        (layout.full_width().ceil(), layout.height().ceil())
    }

    /// Applies the text's [`Fit`].
    pub fn fit(&mut self, text: &Text, sizes: Sizes) -> Fitted {
        let (width_mm, height_mm, cuts) = match text.fit {
            Fit::Wrap => return Fitted { text: text.text.clone(), size_px: sizes.wanted_px, breaks_words: false },
            Fit::Shrink { width_mm, height_mm } => (width_mm, height_mm, false),
            Fit::Cut { width_mm, height_mm } => (width_mm, height_mm, true),
        };
        let (width, height) = (sizes.width_px(width_mm), height_mm * sizes.px_per_mm);
        let mut size_px = sizes.wanted_px;
        loop {
            let (wide, high) = self.measure(text, &text.text, size_px, width);
            if wide <= width && high <= height {
                return Fitted { text: text.text.clone(), size_px, breaks_words: false };
            }
            if size_px <= sizes.smallest_px {
                break;
            }
            size_px = (size_px * STEP).max(sizes.smallest_px);
        }
        if !cuts {
            return Fitted { text: text.text.clone(), size_px, breaks_words: true };
        }
        // A card keeps its size: a small cut title reads worse than a larger shorter one.
        let size_px = sizes.wanted_px.min(size_px.max(sizes.smallest_px * 1.15));
        Fitted { text: self.cut(text, size_px, width, height), size_px, breaks_words: true }
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
