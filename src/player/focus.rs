//! Keyboard focus: one ring, in reading order, over everything that can be touched.

use super::action::Action;
use super::draw::{Region, Touchable};
use super::kiosk::Kiosk;
use super::paging::{Areas, PageButton};
use super::session;
use super::theme::Ink;
use bevy::ecs::system::SystemParam;
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::prelude::*;
use bevy::window::RequestRedraw;

/// Which touchable element has the ring.
#[derive(Resource, Default)]
pub struct Focus {
    entity: Option<Entity>,
    /// What it is, to find it again when its region was built anew.
    held: Option<Held>,
    /// Place in reading order, when that is not there any more.
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
        self.held = None;
        self.steps = 0;
    }

    pub fn entity(&self) -> Option<Entity> {
        self.entity
    }
}

/// What has the ring, whichever node draws it.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    Page(PageButton),
    Action(Action),
}

/// Width of the ring and its distance from what it surrounds, in mm.
const RING_MM: f32 = 1.6;

/// All that can have the ring.
#[derive(SystemParam)]
pub struct Ringable<'w, 's> {
    regions: Query<'w, 's, (Entity, &'static Region)>,
    children: Query<'w, 's, &'static Children>,
    touchables: Query<'w, 's, &'static Touchable>,
    pages: Query<'w, 's, (Entity, &'static PageButton)>,
}

impl Ringable<'_, '_> {
    fn held(&self, entity: Entity) -> Option<Held> {
        let page = self.pages.get(entity).ok().map(|(_, page)| Held::Page(*page));
        page.or_else(|| Some(Held::Action(self.touchables.get(entity).ok()?.action.clone())))
    }

    /// The node that draws it now. A page button is there before it is known whether it can be touched.
    fn find(&self, held: &Held, order: &[Entity]) -> Option<Entity> {
        match held {
            Held::Page(page) => self.pages.iter().find(|(_, one)| *one == page).map(|(entity, _)| entity),
            Held::Action(_) => order.iter().copied().find(|entity| self.held(*entity).as_ref() == Some(held)),
        }
    }

    /// In reading order; only the prompt's while it is up.
    fn order(&self) -> Vec<Entity> {
        let of = |wanted: Region| {
            let roots = self.regions.iter().filter(move |(_, region)| **region == wanted).map(|(entity, _)| entity);
            let inner = roots.flat_map(|root| self.children.iter_descendants_depth_first(root));
            inner.filter(|entity| self.touchables.contains(*entity))
        };
        let asked: Vec<Entity> = of(Region::Overlay).collect();
        if !asked.is_empty() {
            return asked;
        }
        [Region::Window, Region::Belt, Region::Foot].into_iter().flat_map(of).collect()
    }
}

/// Puts the ring where it belongs now, and what wears it into sight.
pub fn move_ring(
    mut commands: Commands,
    mut focus: ResMut<Focus>,
    ringable: Ringable,
    mut areas: Areas,
    mut kiosk: ResMut<Kiosk>,
    mut redraw: MessageWriter<RequestRedraw>,
    spoken: Option<ResMut<InputFocus>>,
) {
    if focus.steps == 0 && !focus.shown {
        unring(&mut commands, &mut focus, None);
        return;
    }
    if focus.steps == 0 && focus.entity.is_some_and(|entity| ringable.touchables.contains(entity)) {
        return;
    }
    let order = ringable.order();
    if order.is_empty() {
        return;
    }
    let steps = std::mem::take(&mut focus.steps);
    let found = focus.held.clone().filter(|_| focus.shown).and_then(|held| ringable.find(&held, &order));
    // A page button that could not be touched in the frame before this one will not be.
    let found = found.filter(|found| ringable.touchables.contains(*found) || focus.entity != Some(*found));
    let entity = match found {
        Some(entity) if steps == 0 => entity,
        _ => {
            let count = order.len() as i32;
            let place = found.and_then(|found| order.iter().position(|entity| *entity == found));
            let from = if focus.shown { place.unwrap_or(focus.place) as i32 } else { -1 };
            let to = if !focus.shown && steps < 0 { count - 1 } else { (from + steps).rem_euclid(count) };
            order[to as usize]
        }
    };
    focus.shown = true;
    focus.place = order.iter().position(|one| *one == entity).unwrap_or(focus.place);
    focus.entity = Some(entity);
    focus.held = ringable.held(entity);
    if let Some(mut spoken) = spoken {
        spoken.set(entity, FocusCause::Navigated);
    }
    unring(&mut commands, &mut focus, Some(entity));
    let Some(look) = kiosk.look() else { return };
    let width = px((RING_MM * look.px_per_mm).ceil());
    commands.entity(entity).insert(Outline::new(width, width, look.colour(Ink::Ink)));
    if let Some((key, y)) = areas.bring_into_sight(entity) {
        let y_mm = y / kiosk.profile.px_per_mm();
        session::scroll(&mut kiosk.visitor, key, y_mm);
        kiosk.look_again();
        redraw.write(RequestRedraw);
    }
}

/// Takes the ring off what wore it, unless that is what is to wear it.
fn unring(commands: &mut Commands, focus: &mut Focus, next: Option<Entity>) {
    let old = std::mem::replace(&mut focus.ringed, next);
    if let Some(old) = old.filter(|old| Some(*old) != next)
        && let Ok(mut old) = commands.get_entity(old)
    {
        old.remove::<Outline>();
    }
}
