//! The same where a graphics card draws: a frame that it presents is read back, which takes it some more.

use super::{Standing, Told, Truth};
use crate::player::painter::{Afresh, Marks, Painting, Print};
use crate::player::signage::passing::Leaving;
use bevy::camera::RenderTarget;
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use std::time::Duration;

/// A frame that has not come by then never will: there was no window to present it in.
const LOST: Duration = Duration::from_secs(4);

/// A frame that was asked for.
pub struct Look {
    frame: Entity,
    /// What it shows, and what that should look like.
    front: Option<Entity>,
    expected: Print,
    since: Duration,
}

/// Asks for the frame that is about to be drawn, when a look is due.
pub fn look_at_card(
    mut commands: Commands,
    mut truth: ResMut<Truth>,
    painting: Option<Res<Painting>>,
    (standing, afresh): (Standing, Afresh),
    cameras: Query<(&Camera, &RenderTarget), With<IsDefaultUiCamera>>,
    frames: Query<(), With<Screenshot>>,
) {
    if painting.is_some() {
        return;
    }
    let Some(own) = standing.due_between_films(&mut truth) else { return };
    let now = standing.time.elapsed();
    if let Some(look) = &truth.look {
        let is_coming = frames.contains(look.frame);
        if is_coming && now < look.since + LOST {
            return;
        }
        if is_coming {
            commands.entity(look.frame).despawn();
        }
        truth.look = None;
    }
    let Ok((camera, target)) = cameras.single() else { return };
    // A frame that is held back would be read back empty.
    let Some(size) = camera.physical_target_size().filter(|_| camera.is_active) else { return };
    let expected = afresh.paint(|entity| own.contains(&entity), size).print();
    let frame = commands.spawn(Screenshot(target.clone())).observe(judge_card).id();
    truth.look = Some(Look { frame, front: truth.front, expected, since: now });
}

/// Says when the frame is not right. All that it was drawn from is sent to the card again then, and what was left of a
/// slide before is taken away.
fn judge_card(
    captured: On<ScreenshotCaptured>,
    mut commands: Commands,
    mut truth: ResMut<Truth>,
    mut images: ResMut<Assets<Image>>,
    (marks, told): (Marks, Told),
    leaving: Query<Entity, With<Leaving>>,
) {
    let Some(look) = truth.look.take_if(|look| look.frame == captured.entity) else { return };
    let Some(seen) = Print::of_picture(&captured.image).filter(|_| look.front == truth.front) else { return };
    let found = truth.judge(&seen, look.expected);
    told.of(&mut truth, found);
    if found.is_some() {
        leaving.iter().for_each(|left| commands.entity(left).despawn());
        for picture in marks.pictures() {
            if let Some(picture) = images.get_mut(picture) {
                // What counts as changed is sent.
                picture.into_inner();
            }
        }
    }
}
