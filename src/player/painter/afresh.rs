//! What is laid out, painted whatever was painted or drawn before.

use super::{Canvas, Marks, Painting};
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

#[derive(SystemParam)]
pub struct Afresh<'w, 's> {
    pub marks: Marks<'w, 's>,
    images: Res<'w, Assets<Image>>,
    paper: Res<'w, ClearColor>,
}

impl Afresh<'_, '_> {
    /// What those of the nodes should look like on a panel of this size, in px.
    pub fn paint(&self, which: impl Fn(Entity) -> bool, size: UVec2) -> Canvas {
        let mut painting = Painting::default();
        painting.paint_now(self.marks.list(which), &self.images, size, self.paper.0.to_srgba().to_u8_array());
        painting.canvas
    }
}
