//! Paints the laid-out screen with the processor, for machines without a graphics card.
//!
//! A software Vulkan draws every pixel of every frame anew and hands each frame to the display server through a socket.
//! Here the screen is a list of marks (planes, pictures, lines of text). Only where the list differs from the one
//! painted before are pixels touched and shown. What is painted follows Bevy's own shaders (blending in linear light,
//! edges by distance), so that both ways of drawing give the same picture; `tests/scenarios` holds them together.

mod afresh;
mod canvas;
mod damage;
mod light;
mod marks;
mod passage;
mod plane;
mod print;
mod surface;

pub use afresh::Afresh;
pub use canvas::Canvas;
pub use marks::Marks;
pub use print::Print;
pub use surface::{PanelSurface, show_panel};

use crate::content::TransitionKind;
use bevy::math::IRect;
use bevy::prelude::*;
use passage::Passage;

/// What is painted now, and what of it has changed.
#[derive(Resource, Default)]
pub struct Painting {
    pub canvas: Canvas,
    marks: Vec<marks::Mark>,
    /// Counts pixels painted, for tests and measurements.
    pub painted: u64,
    /// How the picture of before becomes the one of now.
    way: Option<(TransitionKind, f32)>,
    passage: Option<Passage>,
}

impl Painting {
    /// The picture that was last painted becomes the next one in this way, of which this share has passed, from 0 to 1;
    /// none: at once.
    pub fn passes(&mut self, way: Option<(TransitionKind, f32)>) {
        self.way = way;
    }

    /// What is seen now, be it one picture or part of two, is what the next one comes from.
    pub fn begin_passage(&mut self) {
        if let Some(passage) = self.passage.take() {
            self.passage = Some(passage.begin_again());
        }
    }

    /// What is to be seen.
    pub fn shown(&self) -> &Canvas {
        self.passage.as_ref().map_or(&self.canvas, Passage::shown)
    }

    /// Whether what is shown is what is laid out now, and all of it.
    pub fn is_of(&self, marks: &Marks) -> bool {
        self.way.is_none() && self.passage.is_none() && self.marks == marks.list(|_| true)
    }

    /// The next frame is painted whole.
    pub fn forget(&mut self) {
        *self = Self { painted: self.painted, ..Self::default() };
    }

    /// Brings what is shown to what the marks say, as far as it has passed. Returns where pixels differ.
    pub fn paint(&mut self, marks: &Marks, images: &Assets<Image>, size: UVec2, paper: [u8; 4]) -> Vec<IRect> {
        let before = match (self.way, &self.passage) {
            (Some(_), None) if self.canvas.area().size() == size.as_ivec2() => Some(self.canvas.clone()),
            _ => None,
        };
        let damage = self.paint_now(marks.list(|_| true), images, size, paper);
        let changed = damage.iter().copied().reduce(|one, other| one.union(other));
        let Some((kind, share)) = self.way else {
            let passed = self.passage.take().map(|passage| passage.area());
            return damage.into_iter().chain(passed).collect();
        };
        if let (Some(before), Some(area)) = (before, changed) {
            self.passage = Some(Passage::new(before, area));
        } else if let (Some(passage), Some(area)) = (&mut self.passage, changed) {
            passage.widen(area);
        }
        match &mut self.passage {
            Some(passage) => {
                passage.go(&self.canvas, kind, share);
                vec![passage.area()]
            }
            None => damage,
        }
    }

    fn paint_now(&mut self, list: Vec<marks::Mark>, images: &Assets<Image>, size: UVec2, paper: [u8; 4]) -> Vec<IRect> {
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
