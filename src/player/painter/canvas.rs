//! The panel's pixels in memory.

use super::light::{Light, parts, pixel};
use super::plane::Plane;
use super::print::Print;
use bevy::asset::RenderAssetUsages;
use bevy::math::IRect;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

/// Pixels as 0RGB, row by row.
#[derive(Clone, Default)]
pub struct Canvas {
    width: i32,
    height: i32,
    paper: u32,
    pixels: Vec<u32>,
}

/// RGBA bytes, row by row.
#[derive(Clone, Copy)]
pub struct Texture<'a> {
    pub rgba: &'a [u8],
    pub width: i32,
    pub height: i32,
}

impl Texture<'_> {
    /// The nearest pixel's bytes.
    fn at(&self, x: i32, y: i32) -> [u8; 4] {
        let (x, y) = (x.clamp(0, self.width - 1), y.clamp(0, self.height - 1));
        let start = 4 * (y as usize * self.width as usize + x as usize);
        self.rgba.get(start..start + 4).and_then(|four| four.try_into().ok()).unwrap_or_default()
    }

    /// The mean of the four pixels around a point.
    fn between(&self, at: Vec2) -> [u8; 4] {
        let corner = (at - 0.5).floor();
        let part = at - 0.5 - corner;
        let (x, y) = (corner.x as i32, corner.y as i32);
        let [a, b, c, d] = [self.at(x, y), self.at(x + 1, y), self.at(x, y + 1), self.at(x + 1, y + 1)];
        std::array::from_fn(|i| {
            let [a, b, c, d] = [a[i], b[i], c[i], d[i]].map(f32::from);
            let (upper, lower) = (a + (b - a) * part.x, c + (d - c) * part.x);
            (upper + (lower - upper) * part.y + 0.5) as u8
        })
    }
}

impl Canvas {
    /// Takes another size or paper; true when it did, and all of it is to be painted.
    pub fn becomes(&mut self, size: UVec2, [red, green, blue, _]: [u8; 4]) -> bool {
        let paper = pixel([red, green, blue]);
        let (width, height) = (size.x as i32, size.y as i32);
        if (self.width, self.height, self.paper) == (width, height, paper) {
            return false;
        }
        (self.width, self.height, self.paper) = (width, height, paper);
        self.pixels.resize(size.x as usize * size.y as usize, paper);
        self.pixels.shrink_to_fit();
        true
    }

    pub fn area(&self) -> IRect {
        IRect::new(0, 0, self.width, self.height)
    }

    /// Row by row, opaque.
    pub fn rgba(&self) -> Vec<u8> {
        self.pixels
            .iter()
            .flat_map(|pixel| {
                let [red, green, blue] = parts(*pixel);
                [red, green, blue, 255]
            })
            .collect()
    }

    /// A part of it, as a picture that a graphics card draws and that can be painted again.
    pub fn cut(&self, area: IRect) -> Image {
        let area = area.intersect(self.area());
        let mut rgba = Vec::with_capacity(4 * area.width().max(0) as usize * area.height().max(0) as usize);
        for y in area.min.y..area.max.y {
            for pixel in self.row(y, area.min.x, area.max.x) {
                let [red, green, blue] = parts(*pixel);
                rgba.extend_from_slice(&[red, green, blue, 255]);
            }
        }
        let size = Extent3d { width: area.width() as u32, height: area.height() as u32, depth_or_array_layers: 1 };
        Image::new(size, TextureDimension::D2, rgba, TextureFormat::Rgba8UnormSrgb, RenderAssetUsages::all())
    }

    pub fn print(&self) -> Print {
        Print::of(&self.pixels, self.width as usize)
    }

    /// The pixels of a row between two columns.
    pub fn row(&self, y: i32, from: i32, to: i32) -> &[u32] {
        let start = y as usize * self.width as usize;
        &self.pixels[start + from as usize..start + to as usize]
    }

    pub fn row_mut(&mut self, y: i32, from: i32, to: i32) -> &mut [u32] {
        let start = y as usize * self.width as usize;
        &mut self.pixels[start + from as usize..start + to as usize]
    }

    pub fn clear(&mut self, area: IRect) {
        let [red, green, blue] = parts(self.paper);
        self.fill(area, [red, green, blue, 255]);
    }

    /// Every pixel of the area, which lies on the canvas.
    pub fn fill(&mut self, area: IRect, [red, green, blue, alpha]: [u8; 4]) {
        let colour = [red, green, blue];
        for y in area.min.y..area.max.y {
            lay(self.row_mut(y, area.min.x, area.max.x), colour, f32::from(alpha) / 255.0);
        }
    }

    /// The part of a plane that lies in the area.
    pub fn plane(&mut self, area: IRect, plane: &Plane, [red, green, blue, alpha]: [u8; 4]) {
        let colour = [red, green, blue];
        let alpha = f32::from(alpha) / 255.0;
        let uneven = plane.uneven();
        let even_from = ((plane.rect.min.x + uneven).ceil() as i32).clamp(area.min.x, area.max.x);
        let even_to = ((plane.rect.max.x - uneven).floor() as i32).clamp(even_from, area.max.x);
        for y in area.min.y..area.max.y {
            let middle = y as f32 + 0.5;
            for (from, to) in [(area.min.x, even_from), (even_to, area.max.x)] {
                let light = Light::of(colour);
                for (x, pixel) in (from..to).zip(self.row_mut(y, from, to)) {
                    let share = plane.coverage(Vec2::new(x as f32 + 0.5, middle)) * alpha;
                    if share > 0.0 {
                        *pixel = light.over(*pixel, share);
                    }
                }
            }
            if even_from < even_to {
                let share = plane.coverage(Vec2::new(0.5 * (even_from + even_to) as f32, middle));
                lay(self.row_mut(y, even_from, even_to), colour, share * alpha);
            }
        }
    }

    /// A picture stretched over `rect`, tinted; its part in the area.
    pub fn picture(&mut self, area: IRect, texture: Texture<'_>, rect: Rect, tint: [u8; 4]) {
        let origin = rect.min.round();
        let whole = rect.size() == Vec2::new(texture.width as f32, texture.height as f32) && origin == rect.min;
        let scale = Vec2::new(texture.width as f32, texture.height as f32) / rect.size();
        for y in area.min.y..area.max.y {
            for (x, pixel) in (area.min.x..area.max.x).zip(self.row_mut(y, area.min.x, area.max.x)) {
                let bytes = if whole {
                    texture.at(x - origin.x as i32, y - origin.y as i32)
                } else {
                    texture.between((Vec2::new(x as f32 + 0.5, y as f32 + 0.5) - rect.min) * scale)
                };
                *pixel = tinted(*pixel, bytes, tint);
            }
        }
    }

    /// A frame cut from a tile: corners as they are, sides repeated; its part in the area.
    pub fn sliced(&mut self, area: IRect, texture: Texture<'_>, rect: IRect, corner: i32, tint: [u8; 4]) {
        let along = |at: i32, length: i32, tile: i32| {
            let middle = (tile - 2 * corner).max(1);
            if at < corner {
                at
            } else if at >= length - corner {
                tile - (length - at)
            } else {
                corner + (at - corner) % middle
            }
        };
        for y in area.min.y..area.max.y {
            let down = along(y - rect.min.y, rect.height(), texture.height);
            for (x, pixel) in (area.min.x..area.max.x).zip(self.row_mut(y, area.min.x, area.max.x)) {
                *pixel = tinted(*pixel, texture.at(along(x - rect.min.x, rect.width(), texture.width), down), tint);
            }
        }
    }

    /// A glyph: the alpha of `source` in the atlas, with its upper left corner at `at`; its part in the area.
    pub fn glyph(
        &mut self,
        area: IRect,
        atlas: Texture<'_>,
        source: Rect,
        at: Vec2,
        [red, green, blue, alpha]: [u8; 4],
    ) {
        let light = Light::of([red, green, blue]);
        let alpha = f32::from(alpha) / 255.0;
        let reach = Rect::from_corners(at, at + source.size());
        let area = area.intersect(around(reach));
        let shift = source.min - at;
        for y in area.min.y..area.max.y {
            if area.is_empty() {
                return;
            }
            for (x, pixel) in (area.min.x..area.max.x).zip(self.row_mut(y, area.min.x, area.max.x)) {
                let centre = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                if !reach.contains(centre) {
                    continue;
                }
                let covered = atlas_alpha(atlas, centre + shift) * alpha;
                if covered > 0.0 {
                    *pixel = light.over(*pixel, covered);
                }
            }
        }
    }
}

/// The pixels that a rectangle touches.
pub fn around(rect: Rect) -> IRect {
    IRect { min: rect.min.floor().as_ivec2(), max: rect.max.ceil().as_ivec2() }
}

/// One colour over a run of pixels.
fn lay(pixels: &mut [u32], colour: [u8; 3], share: f32) {
    if share >= 1.0 {
        pixels.fill(pixel(colour));
    } else if share > 0.0 {
        let light = Light::of(colour);
        for pixel in pixels {
            *pixel = light.over(*pixel, share);
        }
    }
}

fn tinted(under: u32, [red, green, blue, alpha]: [u8; 4], tint: [u8; 4]) -> u32 {
    let [tint_red, tint_green, tint_blue, tint_alpha] = tint;
    if tint == [255; 4] && alpha == 255 {
        return pixel([red, green, blue]);
    }
    let share = f32::from(alpha) * f32::from(tint_alpha) / (255.0 * 255.0);
    if share <= 0.0 {
        return under;
    }
    Light::of([red, green, blue]).through(Light::of([tint_red, tint_green, tint_blue])).over(under, share)
}

/// The alpha of an atlas at a point, the mean of the four pixels around it.
fn atlas_alpha(atlas: Texture<'_>, at: Vec2) -> f32 {
    let corner = (at - 0.5).floor();
    let part = at - 0.5 - corner;
    let (x, y) = (corner.x as i32, corner.y as i32);
    let alpha = |x: i32, y: i32| f32::from(atlas.at(x, y)[3]) / 255.0;
    if part.max_element() < 0.002 {
        return alpha(x, y);
    }
    let (upper, lower) = (
        alpha(x, y) + (alpha(x + 1, y) - alpha(x, y)) * part.x,
        alpha(x, y + 1) + (alpha(x + 1, y + 1) - alpha(x, y + 1)) * part.x,
    );
    upper + (lower - upper) * part.y
}
