//! How one slide becomes the next: cut, fade or push, on machines that are quick enough for it.
//!
//! Where the processor paints it mixes the two pictures that it has in memory. Where a graphics card draws, the
//! processor paints the slide before once more as it was seen last; that picture lies over the new slide and fades, or
//! both are pushed along.

use crate::content::{Transition, TransitionKind};
use crate::player::kiosk::Kiosk;
use crate::player::motion::Motion;
use crate::player::painter::{Afresh, Painting};
use bevy::ecs::system::{SystemParam, SystemState};
use bevy::math::IRect;
use bevy::prelude::*;
use bevy::ui::UiTransform;
use std::collections::HashSet;
use std::time::Duration;

/// Between two frames of a transition: no panel shows more.
pub const FRAME: Duration = Duration::from_micros(16_667);

/// The transition that is under way.
#[derive(Resource, Default)]
pub struct Passing {
    way: Option<Way>,
}

/// The picture of the slide before, over the one that comes.
#[derive(Component)]
pub struct Leaving;

struct Way {
    kind: TransitionKind,
    lasts: Duration,
    /// Since the start; none until the first frame of it.
    began: Option<Duration>,
    /// The side that comes.
    root: Entity,
    /// How far a graphics card pushes, in px.
    width: i32,
}

impl Passing {
    /// The next frame is due at once.
    pub fn is_on(&self) -> bool {
        self.way.is_some()
    }
}

/// The side that is seen becomes another one in this way, before the first is taken away. `moves`: it may.
pub fn pass(world: &mut World, moves: bool, transition: Transition, [old, new]: [Entity; 2]) {
    let lasts = Duration::from_millis(transition.millis.into());
    let moves = moves && transition.kind != TransitionKind::Cut && !lasts.is_zero() && is_quick_enough(world);
    let place = match world.get_resource_mut::<Painting>() {
        _ if !moves => None,
        Some(mut painting) => {
            painting.begin_passage();
            Some(IRect::default())
        }
        None => leave(world, old, new),
    };
    if transition.kind == TransitionKind::Slide
        && place.is_some()
        && let Some(mut node) = world.get_mut::<Node>(new)
    {
        // What is pushed stays within its part of the panel.
        node.overflow = Overflow::clip();
    }
    let way = |place: IRect| Way { kind: transition.kind, lasts, began: None, root: new, width: place.width() };
    world.resource_mut::<Passing>().way = place.map(way);
}

fn is_quick_enough(world: &mut World) -> bool {
    let mut motion = world.resource_mut::<Motion>();
    if motion.is_too_slow() {
        motion.forgive();
    }
    !motion.is_too_slow()
}

/// Hangs a picture of what is seen of the one side over the other. Returns where that is, in px.
fn leave(world: &mut World, old: Entity, new: Entity) -> Option<IRect> {
    let mut state = SystemState::<(Afresh, Query<&Children>, Query<&Camera, With<IsDefaultUiCamera>>)>::new(world);
    let (afresh, children, cameras) = state.get(world).ok()?;
    let own: HashSet<Entity> = children.iter_descendants(old).chain([old]).collect();
    let place = afresh.marks.place(old).filter(|place| !place.is_empty())?;
    let size = cameras.iter().find_map(Camera::physical_target_size)?;
    let picture = afresh.paint(|entity| own.contains(&entity), size).cut(place);
    let image = world.resource_mut::<Assets<Image>>().add(picture);
    let whole = Node { position_type: PositionType::Absolute, width: percent(100), height: percent(100), ..default() };
    let picture = ImageNode { image, image_mode: NodeImageMode::Stretch, ..default() };
    world.spawn((whole, picture, Leaving, ChildOf(new)));
    Some(place)
}

/// Says how far the transition has come, before the frame is laid out.
pub fn pass_on(
    mut passing: ResMut<Passing>,
    mut motion: ResMut<Motion>,
    painting: Option<ResMut<Painting>>,
    mut sides: Sides,
    (kiosk, time): (Res<Kiosk>, Res<Time<Real>>),
) {
    let now = time.elapsed();
    let step = passing.way.as_mut().map(|way| {
        if way.began.is_some() {
            motion.pace(time.delta());
        }
        let began = *way.began.get_or_insert(now);
        now.saturating_sub(began).as_secs_f32() / way.lasts.as_secs_f32()
    });
    let share = step.filter(|share| *share < 1.0 && !motion.is_too_slow() && kiosk.moves);
    if let Some(mut painting) = painting {
        painting.passes(passing.way.as_ref().and_then(|way| Some((way.kind, share?))));
    } else if let Some(way) = &passing.way {
        match share {
            Some(share) => sides.go(way, share),
            None => sides.arrive(way),
        }
    }
    if share.is_none() {
        passing.way = None;
    }
}

/// The side that comes, with the one that leaves over it.
#[derive(SystemParam)]
pub struct Sides<'w, 's> {
    commands: Commands<'w, 's>,
    children: Query<'w, 's, &'static Children>,
    parts: Query<'w, 's, (&'static mut UiTransform, Option<&'static mut ImageNode>, Has<Leaving>)>,
}

impl Sides<'_, '_> {
    fn go(&mut self, way: &Way, share: f32) {
        let gone = (way.width as f32 * share) as i32;
        for part in self.children.get(way.root).into_iter().flatten() {
            let Ok((mut transform, image, leaves)) = self.parts.get_mut(*part) else { continue };
            match (way.kind, image) {
                (TransitionKind::Cut, _) => {}
                (TransitionKind::Fade, Some(mut image)) if leaves => image.color = Color::WHITE.with_alpha(1.0 - share),
                (TransitionKind::Fade, _) => {}
                (TransitionKind::Slide, _) => {
                    let along = if leaves { -gone } else { way.width - gone };
                    transform.translation = Val2::px(along as f32, 0.0);
                }
            }
        }
    }

    fn arrive(&mut self, way: &Way) {
        for part in self.children.get(way.root).into_iter().flatten() {
            let Ok((mut transform, _, leaves)) = self.parts.get_mut(*part) else { continue };
            if leaves {
                self.commands.entity(*part).despawn();
            }
            transform.set_if_neq(UiTransform::IDENTITY);
        }
    }
}
