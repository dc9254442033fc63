//! The first page of a PDF as a picture, and its text. This runs in a process of its own, which may fail in any way.

use super::suggestions::Line;
use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Point, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

/// The longest side of the picture of a page, in px: an A3 poster is sharp on a 4K panel.
const LONGEST_PX: f32 = 3000.0;
/// A page that is smaller is not drawn larger than this.
const SCALE_MAX: f32 = 6.0;
/// It is encoded once more when it is kept.
const JPEG_QUALITY: u8 = 95;
/// The units of a glyph's own space that make an em.
const UNITS_PER_EM: f64 = 1000.0;
/// More text than any poster has, in bytes.
const TEXT_BYTES_MAX: usize = 64 << 10;

/// A page as it looks and what it says.
pub struct PagePicture {
    pub jpeg: Vec<u8>,
    pub lines: Vec<Line>,
}

/// Draws the first page of a PDF.
///
/// # Errors
/// In words, when it is none, is locked by a password, or has no page.
pub fn draw_first_page(pdf: Vec<u8>) -> Result<PagePicture, String> {
    let pdf = Pdf::new(pdf).map_err(|error| format!("{error:?}"))?;
    let page = pdf.pages().first().ok_or("it has no page")?;
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !longest.is_finite() || width < 1.0 || height < 1.0 {
        return Err("its first page has no size".to_owned());
    }
    let scale = (LONGEST_PX / longest).min(SCALE_MAX);
    let settings = InterpreterSettings::default();
    let look = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let drawn = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &look);
    let (across, down) = (u32::from(drawn.width()), u32::from(drawn.height()));
    // On white paper, nothing of it is transparent.
    let rgb: Vec<u8> =
        drawn.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY);
    encoder.encode(&rgb, across, down, ExtendedColorType::Rgb8).map_err(|error| error.to_string())?;
    Ok(PagePicture { jpeg, lines: lines(page, settings) })
}

fn lines<'a>(page: &'a Page<'a>, settings: InterpreterSettings) -> Vec<Line> {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), area, &cache, page.xref(), settings);
    let mut reader = Reader::default();
    interpret_page(page, &mut context, &mut reader);
    reader.end_line();
    reader.lines
}

/// Listens to a page being drawn, and keeps what is written.
#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    text: String,
    size: f64,
    /// Where the last glyph began.
    last: Option<Point>,
    bytes: usize,
}

impl Reader {
    fn end_line(&mut self) {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.lines.push(Line { text, size: self.size });
        }
        (self.text, self.size, self.last) = (String::new(), 0.0, None);
    }

    fn add(&mut self, letters: &str, transform: Affine) {
        let [_, _, c, d, ..] = transform.as_coeffs();
        let (em, at) = (c.hypot(d) * UNITS_PER_EM, transform * Point::ORIGIN);
        if let Some(last) = self.last {
            let (across, down) = (at.x - last.x, (at.y - last.y).abs());
            if down > em * 0.4 || across < -em || across > em * 4.0 || (em - self.size).abs() > self.size * 0.3 {
                self.end_line();
            } else if across > em * 1.3 {
                // No glyph is that wide: what is set without spaces has moved on instead.
                self.text.push(' ');
            }
        }
        self.bytes += letters.len();
        if self.bytes <= TEXT_BYTES_MAX {
            self.text.push_str(letters);
        }
        (self.size, self.last) = (em, Some(at));
    }
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            match glyph.as_unicode() {
                Some(BfString::Char(letter)) => self.add(letter.encode_utf8(&mut [0; 4]), transform),
                Some(BfString::String(letters)) => self.add(&letters, transform),
                None => {}
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
