//! Paints the laid-out screen with the processor, for machines without a graphics card.
//!
//! A software Vulkan draws every pixel of every frame anew and hands each frame to the display server through a socket.
//! Here the screen is a list of marks (planes, pictures, lines of text). Only where the list differs from the one
//! painted before are pixels touched and shown. What is painted follows Bevy's own shaders (blending in linear light,
//! edges by distance), so that both ways of drawing give the same picture; `tests/scenarios` holds them together.

mod canvas;
mod damage;
mod light;
mod marks;
mod plane;
mod surface;

pub use canvas::Canvas;
pub use marks::Marks;
pub use surface::{PanelSurface, show_panel};

use bevy::math::IRect;
use bevy::prelude::*;

/// What is painted now, and what of it has changed.
#[derive(Resource, Default)]
pub struct Painting {
    pub canvas: Canvas,
    marks: Vec<marks::Mark>,
    /// Counts pixels painted, for tests and measurements.
    pub painted: u64,
}

impl Painting {
    /// Brings the canvas to what the marks say, touching only pixels that differ. Returns where those are.
    pub fn paint(&mut self, marks: &Marks, images: &Assets<Image>, size: UVec2, paper: [u8; 4]) -> Vec<IRect> {
        let list = marks.list();
        let damage = if self.canvas.becomes(size, paper) {
            vec![self.canvas.area()]
        } else {
            damage::between(&self.marks, &list, self.canvas.area())
        };
        for area in &damage {
            self.painted += (area.width() as u64) * (area.height() as u64);
            self.canvas.clear(*area);
            for mark in &list {
                let seen = mark.seen.intersect(*area);
                if !seen.is_empty() {
                    mark.paint(&mut self.canvas, seen, images);
                }
            }
        }
        self.marks = list;
        damage
    }
}
