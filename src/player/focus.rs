//! Keyboard focus: one ring, in reading order, over everything that can be touched.

use super::draw::{Region, Touchable};
use super::kiosk::Kiosk;
use super::theme::Ink;
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::prelude::*;

/// Which touchable element has the ring.
#[derive(Resource, Default)]
pub struct Focus {
    entity: Option<Entity>,
    /// Place in reading order; survives a redraw.
    place: usize,
    shown: bool,
    steps: i32,
    ringed: Option<Entity>,
}

impl Focus {
    /// Moves on by so many elements at the next frame.
    pub fn step(&mut self, by: i32) {
        self.steps += by;
    }

    /// It has yet to move.
    pub fn is_stepping(&self) -> bool {
        self.steps != 0
    }

    /// A finger took over.
    pub fn hide(&mut self) {
        self.shown = false;
        self.entity = None;
        self.steps = 0;
    }

    pub fn entity(&self) -> Option<Entity> {
        self.entity
    }
}

/// Width of the ring and its distance from what it surrounds, in mm.
const RING_MM: f32 = 1.6;

/// Puts the ring where it belongs now.
pub fn move_ring(
    mut commands: Commands,
    mut focus: ResMut<Focus>,
    regions: Query<(Entity, &Region)>,
    children: Query<&Children>,
    touchables: Query<(), With<Touchable>>,
    kiosk: Res<Kiosk>,
    spoken: Option<ResMut<InputFocus>>,
) {
    if focus.steps == 0 && !focus.shown {
        if let Some(old) = focus.ringed.take()
            && let Ok(mut old) = commands.get_entity(old)
        {
            old.remove::<Outline>();
        }
        return;
    }
    if focus.steps == 0 && focus.entity.is_some_and(|entity| touchables.contains(entity)) {
        return;
    }
    let order = reading_order(&regions, &children, &touchables);
    if order.is_empty() {
        return;
    }
    let count = order.len() as i32;
    let from = if focus.shown { focus.place as i32 } else { -1 };
    let steps = std::mem::take(&mut focus.steps);
    let to = if !focus.shown && steps < 0 { count - 1 } else { (from + steps).rem_euclid(count) };
    focus.shown = true;
    focus.place = to as usize;
    let entity = order[focus.place];
    focus.entity = Some(entity);
    if let Some(mut spoken) = spoken {
        spoken.set(entity, FocusCause::Navigated);
    }
    if let Some(old) = focus.ringed.replace(entity)
        && old != entity
        && let Ok(mut old) = commands.get_entity(old)
    {
        old.remove::<Outline>();
    }
    if let Some(look) = kiosk.look() {
        let width = px((RING_MM * look.px_per_mm).ceil());
        commands.entity(entity).insert(Outline::new(width, width, look.colour(Ink::Ink)));
    }
}

/// Touchable elements in reading order; only the prompt's while it is up.
fn reading_order(
    regions: &Query<(Entity, &Region)>,
    children: &Query<&Children>,
    touchables: &Query<(), With<Touchable>>,
) -> Vec<Entity> {
    let of = |wanted: Region| {
        let roots = regions.iter().filter(move |(_, region)| **region == wanted).map(|(entity, _)| entity);
        roots.flat_map(|root| children.iter_descendants_depth_first(root)).filter(|entity| touchables.contains(*entity))
    };
    let asked: Vec<Entity> = of(Region::Overlay).collect();
    if !asked.is_empty() {
        return asked;
    }
    [Region::Window, Region::Belt, Region::Foot].into_iter().flat_map(of).collect()
}
