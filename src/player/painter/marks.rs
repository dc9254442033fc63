//! What there is to paint, from back to front, read off the laid-out nodes.

use super::canvas::{Canvas, Texture, around};
use super::plane::Plane;
use bevy::ecs::system::SystemParam;
use bevy::math::IRect;
use bevy::prelude::*;
use bevy::sprite::BorderRect;
use bevy::text::TextLayoutInfo;
use bevy::ui::{CalculatedClip, ComputedNode, ResolvedBorderRadius, UiGlobalTransform, UiStack};
use std::collections::HashSet;

/// One thing to paint, and the pixels of the panel on which it can be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub seen: IRect,
    pub shape: Shape,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// All that is seen, in one colour.
    Fill {
        colour: [u8; 4],
    },
    Plane(Plane, [u8; 4]),
    Picture {
        image: AssetId<Image>,
        rect: Rect,
        tint: [u8; 4],
        /// How much of the picture's rim is a corner, in px, when its sides are repeated instead of stretched.
        corner: Option<i32>,
    },
    Text {
        glyphs: Vec<Glyph>,
        colour: [u8; 4],
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    atlas: AssetId<Image>,
    source: Rect,
    at: Vec2,
}

type Drawable<'a> = (
    &'a ComputedNode,
    &'a UiGlobalTransform,
    &'a InheritedVisibility,
    Option<&'a CalculatedClip>,
    Option<&'a BackgroundColor>,
    Option<&'a BorderColor>,
    Option<&'a Outline>,
    Option<&'a ImageNode>,
    Option<(&'a TextLayoutInfo, &'a TextColor)>,
);

/// The nodes on the panel.
#[derive(SystemParam)]
pub struct Marks<'w, 's> {
    stack: Res<'w, UiStack>,
    nodes: Query<'w, 's, Drawable<'static>>,
    cameras: Query<'w, 's, &'static Camera, With<IsDefaultUiCamera>>,
}

impl Marks<'_, '_> {
    /// Of these nodes, as far as they are seen.
    pub fn list(&self, which: impl Fn(Entity) -> bool) -> Vec<Mark> {
        let corner = self.corner();
        let mut marks = Vec::new();
        for entity in &self.stack.uinodes {
            if let Ok(drawable) = self.nodes.get(*entity)
                && drawable.2.get()
                && which(*entity)
            {
                add(&mut marks, drawable, corner);
            }
        }
        marks
    }

    /// Where on the panel a node is, in px.
    pub fn place(&self, entity: Entity) -> Option<IRect> {
        let (node, transform, ..) = self.nodes.get(entity).ok()?;
        let rect = Rect::from_center_size(transform.translation + self.corner(), node.size());
        Some(IRect { min: rect.min.round().as_ivec2(), max: rect.max.round().as_ivec2() })
    }

    /// The pictures that are seen, those of letters among them.
    pub fn pictures(&self) -> HashSet<AssetId<Image>> {
        let mut pictures = HashSet::new();
        for mark in self.list(|_| true) {
            match mark.shape {
                Shape::Picture { image, .. } => pictures.extend([image]),
                Shape::Text { glyphs, .. } => pictures.extend(glyphs.iter().map(|glyph| glyph.atlas)),
                Shape::Fill { .. } | Shape::Plane(..) => {}
            }
        }
        pictures
    }

    /// Nodes are laid out from the corner of the camera's part of the window.
    fn corner(&self) -> Vec2 {
        let viewport = self.cameras.iter().find_map(|camera| camera.viewport.as_ref());
        viewport.map_or(Vec2::ZERO, |viewport| viewport.physical_position.as_vec2())
    }
}

fn add(marks: &mut Vec<Mark>, drawable: Drawable<'_>, corner: Vec2) {
    let (node, transform, _, clip, background, border, outline, image, text) = drawable;
    let centre = transform.translation + corner;
    let rect = Rect::from_center_size(centre, node.size());
    let clip = clip.map_or(IRect::new(i32::MIN, i32::MIN, i32::MAX, i32::MAX), |clip| {
        let clip = clip.clip;
        IRect { min: (clip.min + corner).round().as_ivec2(), max: (clip.max + corner).round().as_ivec2() }
    });
    let mut put = |bounds: Rect, shape: Shape| {
        let seen = around(bounds).intersect(clip);
        if !seen.is_empty() {
            marks.push(Mark { seen, shape });
        }
    };
    let radius = corners(node.border_radius());
    let edge = sides(node.border());
    if !node.is_empty() {
        if let Some(background) = background
            && !background.0.is_fully_transparent()
        {
            put(rect, plane(rect, radius, edge, false, background.0));
        }
        if let Some(border) = border
            && node.border() != BorderRect::ZERO
        {
            put(rect, plane(rect, radius, edge, true, border.top));
        }
    }
    if let Some(outline) = outline
        && node.outline_width() > 0.0
    {
        let around = Rect::from_center_size(centre, node.outlined_node_size());
        put(around, plane(around, corners(node.outline_radius()), [node.outline_width(); 4], true, outline.color));
    }
    if node.is_empty() {
        return;
    }
    if let Some(image) = image {
        let corner = match &image.image_mode {
            NodeImageMode::Sliced(slicer) => Some(slicer.border.min_inset.x as i32),
            _ => None,
        };
        put(rect, Shape::Picture { image: image.image.id(), rect, tint: bytes(image.color), corner });
    }
    if let Some((layout, colour)) = text {
        let from = centre + node.content_box().min;
        let glyphs: Vec<Glyph> = layout
            .glyphs
            .iter()
            .map(|glyph| Glyph {
                atlas: glyph.atlas_info.texture,
                source: glyph.atlas_info.rect,
                at: from + glyph.position - 0.5 * glyph.atlas_info.rect.size(),
            })
            .collect();
        let ink = glyphs.iter().map(Glyph::reach).reduce(|one, other| one.union(other));
        if let Some(ink) = ink {
            put(ink, Shape::Text { glyphs, colour: bytes(colour.0) });
        }
    }
}

impl Glyph {
    fn reach(&self) -> Rect {
        Rect::from_corners(self.at, self.at + self.source.size())
    }
}

fn plane(rect: Rect, radius: [f32; 4], edge: [f32; 4], is_edge: bool, colour: Color) -> Shape {
    let colour = bytes(colour);
    let straight = rect.min == rect.min.round() && rect.max == rect.max.round();
    let plain = radius.iter().chain(&edge).all(|width| *width <= 0.0);
    if !is_edge && straight && plain {
        return Shape::Fill { colour };
    }
    Shape::Plane(Plane { rect, radius, edge, is_edge }, colour)
}

fn corners(radius: ResolvedBorderRadius) -> [f32; 4] {
    [radius.top_left, radius.top_right, radius.bottom_right, radius.bottom_left]
}

fn sides(border: BorderRect) -> [f32; 4] {
    [border.min_inset.x, border.min_inset.y, border.max_inset.x, border.max_inset.y]
}

fn bytes(colour: Color) -> [u8; 4] {
    colour.to_srgba().to_u8_array()
}

impl Mark {
    /// Paints the part of it that lies in `area`, which is within `seen`.
    pub fn paint(&self, canvas: &mut Canvas, area: IRect, images: &Assets<Image>) {
        match &self.shape {
            Shape::Fill { colour } => canvas.fill(area, *colour),
            Shape::Plane(plane, colour) => canvas.plane(area, plane, *colour),
            Shape::Picture { image, rect, tint, corner } => {
                let Some(texture) = texture(images, *image) else { return };
                match corner {
                    Some(corner) => canvas.sliced(area, texture, around(*rect), *corner, *tint),
                    None => canvas.picture(area, texture, *rect, *tint),
                }
            }
            Shape::Text { glyphs, colour } => {
                let mut atlas = None;
                for glyph in glyphs {
                    if atlas.is_none_or(|(id, _)| id != glyph.atlas) {
                        atlas = texture(images, glyph.atlas).map(|texture| (glyph.atlas, texture));
                    }
                    if let Some((_, texture)) = atlas {
                        canvas.glyph(area, texture, glyph.source, glyph.at, *colour);
                    }
                }
            }
        }
    }
}

/// The picture's bytes, when it is one of four bytes a pixel.
fn texture(images: &Assets<Image>, id: AssetId<Image>) -> Option<Texture<'_>> {
    let image = images.get(id)?;
    let rgba = image.data.as_deref()?;
    let (width, height) = (image.width(), image.height());
    (rgba.len() == 4 * width as usize * height as usize).then_some(Texture {
        rgba,
        width: i32::try_from(width).ok()?,
        height: i32::try_from(height).ok()?,
    })
}
