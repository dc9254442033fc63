//! Motion (LOOK): going in, the picture grows out of what was touched into the window; going back, it shrinks to where
//! it came from; the stills of the attract screen fade into one another. Text never moves or fades.
//!
//! One picture flies at a time, over everything; the window's own stays as it was until it arrives. A machine that shows
//! frames too slowly for it is left in peace: the motion ends at once, and none begins until its frames are quick again.

use super::draw::{PictureNode, Region};
use super::input::Hand;
use super::kiosk::Kiosk;
use super::media::PictureSpec;
use bevy::prelude::*;
use bevy::ui::UiGlobalTransform;
use std::collections::BTreeMap;
use std::time::Duration;

const IN: Duration = Duration::from_millis(240);
const BACK: Duration = Duration::from_millis(180);
const FADE: Duration = Duration::from_millis(300);
/// Frames that take longer stutter.
const SLOW: Duration = Duration::from_millis(50);
/// So many slow frames one after another are no accident.
const SLOW_MAX: u8 = 2;
/// Sizes in px that differ by less are rounded differently.
const SAME_PX: f32 = 2.0;

/// What moves, and what the next motion begins from.
#[derive(Resource, Default)]
pub struct Motion {
    /// The window's picture that was last seen whole.
    shown: Option<Shown>,
    moving: Option<Moving>,
    /// Where on the panel each page on the way back was opened from, by its depth.
    trail: BTreeMap<usize, Rect>,
    slow: u8,
}

/// The window's picture in one frame.
#[derive(Clone)]
struct Shown {
    window: Entity,
    spec: PictureSpec,
    image: Handle<Image>,
    rect: Rect,
    depth: usize,
    is_attract: bool,
}

struct Moving {
    kind: Kind,
    began: Duration,
    from: Rect,
    to: Rect,
    flying: Entity,
    /// What the window shows when all has arrived.
    shown: Shown,
    /// What it shows until then; nothing where that had another width.
    cover: Option<Cover>,
}

/// The picture that was there before, and what of it has room now, in px.
#[derive(Clone)]
struct Cover {
    image: Handle<Image>,
    part: Rect,
}

impl Cover {
    fn new(before: &Shown, now: &Shown) -> Option<Self> {
        let (old, new) = (before.rect.size(), now.rect.size());
        let part = Rect::from_corners(Vec2::ZERO, Vec2::new(old.x, old.y.min(new.y)));
        ((old.x - new.x).abs() < SAME_PX).then(|| Self { image: before.image.clone(), part })
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    In,
    Back,
    Fade,
}

impl Kind {
    fn lasts(self) -> Duration {
        match self {
            Self::In => IN,
            Self::Back => BACK,
            Self::Fade => FADE,
        }
    }
}

impl Motion {
    /// The next frame is due at once.
    pub fn is_moving(&self) -> bool {
        self.moving.is_some()
    }

    /// Counts slow frames while something moves; a quick one forgives one.
    pub(super) fn pace(&mut self, frame: Duration) {
        self.slow =
            if frame > SLOW { self.slow.saturating_add(1).min(2 * SLOW_MAX) } else { self.slow.saturating_sub(1) };
    }

    pub(super) fn is_too_slow(&self) -> bool {
        self.slow >= SLOW_MAX
    }

    /// After a few motions that were left out one is tried again: the machine may have been busy with something else.
    pub(super) fn forgive(&mut self) {
        self.slow = self.slow.saturating_sub(1);
    }
}

/// How far a motion has come: quick at first, gently to its end.
fn ease_out(share: f32) -> f32 {
    1.0 - (1.0 - share.clamp(0.0, 1.0)).powi(3)
}

fn between(from: Rect, to: Rect, share: f32) -> Rect {
    Rect { min: from.min.lerp(to.min, share), max: from.max.lerp(to.max, share) }
}

/// Before layout: the flying picture goes on, or has arrived.
pub fn move_on(
    mut commands: Commands,
    mut motion: ResMut<Motion>,
    mut nodes: Query<(&mut Node, &mut ImageNode)>,
    (hand, time): (Res<Hand>, Res<Time<Real>>),
) {
    if motion.is_moving() || hand.is_moving() {
        motion.pace(time.delta());
    }
    let too_slow = motion.is_too_slow();
    let Some(moving) = &motion.moving else { return };
    let share = time.elapsed().saturating_sub(moving.began).as_secs_f32() / moving.kind.lasts().as_secs_f32();
    if share >= 1.0 || too_slow {
        end(&mut commands, &mut motion, &mut nodes);
        return;
    }
    let share = ease_out(share);
    let Ok((mut node, mut image)) = nodes.get_mut(moving.flying) else { return };
    if moving.kind == Kind::Fade {
        image.color = Color::WHITE.with_alpha(1.0 - share);
        // Under the old picture, which now is laid out, stands the new one.
        let new = (moving.shown.window, moving.shown.image.clone());
        if let Ok((_, mut window)) = nodes.get_mut(new.0)
            && window.image != new.1
        {
            (window.image, window.rect) = (new.1, None);
        }
        return;
    }
    let rect = between(moving.from, moving.to, share);
    (node.left, node.top) = (px(rect.min.x), px(rect.min.y));
    (node.width, node.height) = (px(rect.width()), px(rect.height()));
}

fn end(commands: &mut Commands, motion: &mut Motion, nodes: &mut Query<(&mut Node, &mut ImageNode)>) {
    let Some(moving) = motion.moving.take() else { return };
    if let Ok(mut flying) = commands.get_entity(moving.flying) {
        flying.despawn();
    }
    if let Ok((_, mut window)) = nodes.get_mut(moving.shown.window) {
        (window.image, window.color, window.rect) = (moving.shown.image, Color::WHITE, None);
    }
}

/// The pictures of the window.
#[derive(bevy::ecs::system::SystemParam)]
pub struct WindowPictures<'w, 's> {
    pictures: Query<'w, 's, (Entity, &'static PictureNode, &'static ComputedNode, &'static UiGlobalTransform)>,
    parents: Query<'w, 's, &'static ChildOf>,
    regions: Query<'w, 's, &'static Region>,
}

impl WindowPictures<'_, '_> {
    /// The largest, once it hangs.
    fn shown(&self, kiosk: &Kiosk, nodes: &Query<(&mut Node, &mut ImageNode)>) -> Option<Shown> {
        let is_in_window = |entity: Entity| {
            let above = self.parents.iter_ancestors(entity);
            above.filter_map(|above| self.regions.get(above).ok()).any(|region| *region == Region::Window)
        };
        let area = |node: &ComputedNode| node.size().element_product();
        let largest = self.pictures.iter().filter(|(entity, ..)| is_in_window(*entity));
        let (window, picture, node, at) = largest.max_by(|one, other| area(one.2).total_cmp(&area(other.2)))?;
        let (_, own) = nodes.get(window).ok()?;
        Some(Shown {
            window,
            spec: picture.0.clone(),
            image: own.image.clone(),
            rect: Rect::from_center_size(at.translation, node.size()),
            depth: kiosk.visitor.depth(),
            is_attract: !kiosk.visitor.is_here(),
        })
    }
}

/// After pictures are hung: when the window has another than before, it begins to move there.
pub fn begin(
    mut commands: Commands,
    mut motion: ResMut<Motion>,
    mut hand: ResMut<Hand>,
    mut nodes: Query<(&mut Node, &mut ImageNode)>,
    (window, kiosk, time): (WindowPictures, Res<Kiosk>, Res<Time<Real>>),
) {
    if !kiosk.moves {
        return;
    }
    let Some(mut now) = window.shown(&kiosk, &nodes) else { return };
    if let Some(moving) = &mut motion.moving
        && moving.shown.spec == now.spec
    {
        // The same picture, perhaps in a window that was built anew.
        if moving.shown.window == now.window {
            now.image = moving.shown.image.clone();
        } else {
            cover(&mut nodes, now.window, moving.cover.as_ref());
            moving.to = if moving.kind == Kind::In { now.rect } else { moving.to };
        }
        moving.shown = now.clone();
        motion.shown = Some(now);
        return;
    }
    let Some(before) = motion.shown.replace(now.clone()).filter(|before| before.spec != now.spec) else { return };
    end(&mut commands, &mut motion, &mut nodes);
    let Some((kind, from, to)) = motion.way(&before, &now, hand.take_touched()) else { return };
    if motion.is_too_slow() {
        motion.forgive();
        return;
    }
    let behind = Cover::new(&before, &now);
    let flying = fly(&mut commands, kind, (&before, &now));
    cover(&mut nodes, now.window, behind.as_ref());
    motion.moving = Some(Moving { kind, began: time.elapsed(), from, to, flying, shown: now, cover: behind });
}

impl Motion {
    /// From where to where a picture moves, if this change is one of those that move.
    fn way(&mut self, before: &Shown, now: &Shown, touched: Option<Rect>) -> Option<(Kind, Rect, Rect)> {
        if now.is_attract {
            self.trail.clear();
            let fades = before.is_attract && Cover::new(before, now).is_some();
            return fades.then_some((Kind::Fade, now.rect, now.rect));
        }
        if now.depth < before.depth {
            let home = self.trail.get(&before.depth).copied();
            self.trail.retain(|depth, _| *depth <= now.depth);
            return home.map(|home| (Kind::Back, before.rect, home));
        }
        let touched = touched?;
        self.trail.insert(now.depth, touched);
        Some((Kind::In, touched, now.rect))
    }
}

/// The picture that flies: the new one on the way in, the old one on the way back.
fn fly(commands: &mut Commands, kind: Kind, (before, now): (&Shown, &Shown)) -> Entity {
    let image = if kind == Kind::In { now.image.clone() } else { before.image.clone() };
    let picture = ImageNode { image, image_mode: NodeImageMode::Stretch, ..default() };
    let node = Node { position_type: PositionType::Absolute, left: px(0), top: px(0), ..default() };
    if kind == Kind::Fade {
        // In its place, so that what stands on the picture stays on it.
        let size = before.rect.size();
        let whole = Node { width: px(size.x), height: px(size.y), ..node };
        let fading = commands.spawn((whole, picture)).id();
        commands.entity(now.window).insert_children(0, &[fading]);
        return fading;
    }
    commands.spawn((node, picture, GlobalZIndex(Region::ALL.len() as i32))).id()
}

/// Until the flying picture has arrived, the window shows what was there before.
fn cover(nodes: &mut Query<(&mut Node, &mut ImageNode)>, window: Entity, behind: Option<&Cover>) {
    let Ok((_, mut own)) = nodes.get_mut(window) else { return };
    match behind {
        Some(cover) => (own.image, own.rect) = (cover.image.clone(), Some(cover.part)),
        None => own.color = Color::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_quick_at_first_and_arrives() {
        assert_eq!((ease_out(0.0), ease_out(1.0), ease_out(7.0)), (0.0, 1.0, 1.0));
        assert!(ease_out(0.25) > 0.5);
        let (card, window) = (Rect::new(10.0, 900.0, 110.0, 940.0), Rect::new(0.0, 0.0, 1000.0, 500.0));
        assert_eq!((between(card, window, 0.0), between(card, window, 1.0)), (card, window));
    }

    #[test]
    fn two_slow_frames_end_it_and_quick_ones_allow_it_again() {
        let mut motion = Motion::default();
        let (slow, quick) = (Duration::from_millis(80), Duration::from_millis(16));
        motion.pace(slow);
        motion.pace(quick);
        motion.pace(slow);
        assert!(!motion.is_too_slow(), "one slow frame is an accident");
        motion.pace(slow);
        assert!(motion.is_too_slow());
        motion.pace(quick);
        assert!(!motion.is_too_slow());
    }
}
