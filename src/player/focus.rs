//! Keyboard focus: one ring, in the order of the spoken tree, over everything that can be touched.
//!
//! Tab leads over what is in sight, arrows row by row through a list, page keys turn it.

use super::action::Action;
use super::block::Role;
use super::draw::{Region, ScrollArea, Spoken, Touchable};
use super::kiosk::Kiosk;
use super::paging::{Areas, PageButton};
use super::screen::Screen;
use super::session;
use super::theme::Ink;
use super::visitor::Visitor;
use crate::content::Id;
use bevy::ecs::system::SystemParam;
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::prelude::*;
use bevy::ui::{CalculatedClip, UiGlobalTransform};
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
    /// Steps lead over what is in sight, not over all that scrolls past.
    in_sight: bool,
    /// This list was turned: the ring goes to its first row in sight once that is laid out.
    turned: Option<Turned>,
    /// The page it is on, and what lies over it.
    page: Option<(usize, Screen, Cover)>,
    /// Where it was before anything lay over its page.
    aside: Option<(Held, usize)>,
    ringed: Option<Entity>,
}

/// What may lie over a page: a warning, and the prompt over both.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cover {
    told: Option<Id>,
    asked: bool,
}

#[derive(Clone, Copy)]
struct Turned {
    key: &'static str,
    laid_out: bool,
}

impl Focus {
    /// Moves on by so many elements at the next frame, row by row through whatever scrolls.
    pub fn step(&mut self, by: i32) {
        self.steps += by;
        self.in_sight = false;
    }

    /// Moves on to the next element in sight: a list of hundreds is passed in as many steps as it shows rows.
    pub fn tab(&mut self) {
        self.steps += 1;
        self.in_sight = true;
    }

    /// It has yet to move.
    pub fn is_stepping(&self) -> bool {
        self.steps != 0
    }

    /// A finger took over.
    pub fn hide(&mut self) {
        self.steps = 0;
        self.aside = None;
        self.forget();
    }

    fn forget(&mut self) {
        self.shown = false;
        self.entity = None;
        self.held = None;
        self.turned = None;
        self.place = 0;
    }

    /// Another page is begun from its first element; from what lay over it the ring goes back to where it was.
    fn follow(&mut self, visitor: &Visitor, told: Option<&Id>) {
        let cover = Cover { told: told.cloned(), asked: visitor.asked };
        let page = (visitor.depth(), visitor.screen().clone(), cover);
        let Some(before) = self.page.replace(page.clone()).filter(|before| *before != page) else { return };
        let same_page = (before.0, &before.1) == (page.0, &page.1);
        let was = self.held.take().filter(|_| self.shown).map(|held| (held, self.place));
        self.forget();
        let is_bare = page.2 == Cover::default();
        if same_page && before.2 == Cover::default() {
            self.aside = was;
        } else if !same_page {
            self.aside = None;
        } else if let Some((held, place)) = self.aside.take_if(|_| is_bare) {
            (self.held, self.place, self.shown) = (Some(held), place, true);
        }
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
    parents: Query<'w, 's, &'static ChildOf>,
    spoken: Query<'w, 's, &'static Spoken>,
    touchables: Query<'w, 's, Ref<'static, Touchable>>,
    pages: Query<'w, 's, (Entity, &'static PageButton)>,
    areas: Query<'w, 's, &'static ScrollArea>,
    nodes: Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform, Option<&'static CalculatedClip>)>,
}

impl Ringable<'_, '_> {
    fn held(&self, entity: Entity) -> Option<Held> {
        let page = self.pages.get(entity).ok().map(|(_, page)| Held::Page(*page));
        page.or_else(|| Some(Held::Action(self.touchables.get(entity).ok()?.action.clone())))
    }

    /// The node that draws it now, the nearest to its place. A page button is there before it is known whether it can
    /// be touched.
    fn find(&self, held: &Held, order: &[Entity], place: usize) -> Option<Entity> {
        match held {
            Held::Page(page) => self.pages.iter().find(|(_, one)| *one == page).map(|(entity, _)| entity),
            Held::Action(_) => {
                let same = order.iter().enumerate().filter(|(_, entity)| self.held(**entity).as_ref() == Some(held));
                same.min_by_key(|(at, _)| at.abs_diff(place)).map(|(_, entity)| *entity)
            }
        }
    }

    /// In the order in which it is spoken; only the prompt's while it is up.
    fn order(&self) -> Vec<Entity> {
        let of = |wanted: Region| {
            let mut order = Vec::new();
            let roots = self.regions.iter().filter(|(_, region)| **region == wanted);
            roots.for_each(|(root, _)| self.walk(root, &mut order));
            order
        };
        let asked = of(Region::Overlay);
        if !asked.is_empty() {
            return asked;
        }
        [Region::Window, Region::Belt, Region::Foot].into_iter().flat_map(of).collect()
    }

    fn walk(&self, entity: Entity, order: &mut Vec<Entity>) {
        if let Ok(spoken) = self.spoken.get(entity) {
            if self.touchables.contains(entity) {
                order.push(entity);
            }
            // Of anything but a list, its own name says what stands inside.
            if spoken.role != Role::List {
                return;
            }
        }
        for child in self.children.get(entity).into_iter().flatten() {
            self.walk(*child, order);
        }
    }

    /// What a step may lead to. Of what has just been built nobody knows yet where it lies.
    fn counts(&self, entity: Entity, in_sight: bool) -> bool {
        let Ok((node, place, clip)) = self.nodes.get(entity) else { return false };
        if self.touchables.get(entity).is_ok_and(|touchable| touchable.is_added()) {
            return true;
        }
        let rect = Rect::from_center_size(place.translation, node.size());
        let rect = clip.filter(|_| in_sight).map_or(rect, |clip| rect.intersect(clip.clip));
        rect.width() >= 1.0 && rect.height() >= 1.0
    }

    /// So many steps on from there, round and round.
    fn step(&self, order: &[Entity], from: Option<usize>, steps: i32, in_sight: bool) -> Option<Entity> {
        let count = order.len() as i32;
        let mut at = from.map_or(if steps < 0 { count } else { -1 }, |from| from as i32);
        for _ in 0..steps.unsigned_abs() {
            let mut ways = (1..=count).map(|way| (at + way * steps.signum()).rem_euclid(count));
            at = ways.find(|at| self.counts(order[*at as usize], in_sight))?;
        }
        order.get(usize::try_from(at).ok()?).copied()
    }

    /// The list in which an element stands.
    fn list_of(&self, entity: Entity) -> Option<&'static str> {
        if let Ok((_, page)) = self.pages.get(entity) {
            return Some(page.key);
        }
        self.parents.iter_ancestors(entity).find_map(|above| self.areas.get(above).ok()).map(|area| area.key)
    }

    /// What turns the list that has the ring, or else the one there is, by a page.
    pub fn turn(&self, focus: &mut Focus, down: bool) -> Option<Action> {
        let own = focus.entity.and_then(|entity| self.list_of(entity));
        let mut buttons =
            self.pages.iter().filter(|(_, page)| page.down == down && own.is_none_or(|own| own == page.key));
        let (action, key) = buttons.find_map(|(entity, page)| Some((self.touchables.get(entity).ok()?, page.key)))?;
        focus.turned = Some(Turned { key, laid_out: false });
        Some(action.action.clone())
    }

    /// Where the ring goes now.
    fn next(&self, focus: &mut Focus, order: &[Entity]) -> Option<Entity> {
        let steps = std::mem::take(&mut focus.steps);
        if let Some(turned) = focus.turned.take() {
            let mut rows = order.iter().copied().filter(|one| self.list_of(*one) == Some(turned.key));
            if let Some(row) = rows.find(|row| self.counts(*row, true)) {
                (focus.held, focus.shown) = (self.held(row), true);
            }
        }
        let held = focus.held.clone().filter(|_| focus.shown);
        let found = held.and_then(|held| self.find(&held, order, focus.place));
        // A page button that could not be touched in the frame before this one will not be.
        let found = found.filter(|found| self.touchables.contains(*found) || focus.entity != Some(*found));
        if steps == 0 && found.is_some() {
            return found;
        }
        let place = found.and_then(|found| order.iter().position(|entity| *entity == found));
        let from = focus.shown.then(|| place.unwrap_or(focus.place).min(order.len() - 1));
        self.step(order, from, steps, focus.in_sight)
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
    focus.follow(&kiosk.visitor, kiosk.told());
    if let Some(turned) = focus.turned.as_mut().filter(|turned| !turned.laid_out) {
        turned.laid_out = true;
        redraw.write(RequestRedraw);
        return;
    }
    if focus.steps == 0 && focus.turned.is_none() {
        if !focus.shown {
            unring(&mut commands, &mut focus, None);
            return;
        }
        if focus.entity.is_some_and(|entity| ringable.touchables.contains(entity)) {
            return;
        }
    }
    let order = ringable.order();
    if order.is_empty() {
        return;
    }
    let Some(entity) = ringable.next(&mut focus, &order) else { return };
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
        session::follow(&mut kiosk.visitor, key, y_mm);
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
