//! A frame is shown when it is whole: never black, never with pictures missing that are a moment away.
//!
//! While a new screen's pictures are on their way, what was shown before stays; the window itself appears with the
//! first whole frame. Pictures that take longer than [`HELD_MAX`] appear when they are there.

use super::alarm::Alarm;
use super::draw::Drawn;
use super::input::Hand;
use super::kiosk::{Kiosk, sleep_for};
use super::media::Pictures;
use super::motion::Motion;
use super::pictures::Hung;
use super::signage::{FRAME, Passing, Projector, Stage, Truth};
use bevy::prelude::*;
use bevy::window::{CursorMoved, PrimaryWindow, WindowEvent};
use std::time::{Duration, Instant};

/// A visitor does not wait longer than this for a screen to answer.
const HELD_MAX: Duration = Duration::from_millis(200);
/// Before the first frame nobody is waiting.
const FIRST_HELD_MAX: Duration = Duration::from_secs(3);

#[derive(Resource)]
pub struct Curtain {
    /// When the program started.
    began: Instant,
    /// Since when, after the start, a frame is being held back.
    held: Option<Duration>,
    first: First,
}

#[derive(Clone, Copy, PartialEq)]
enum First {
    Waiting,
    Presented,
    Reported,
}

impl Curtain {
    pub fn new(began: Instant) -> Self {
        Self { began, held: None, first: First::Waiting }
    }
}

/// What changed in this frame, and whether it can be seen.
#[derive(bevy::ecs::system::SystemParam)]
pub struct Changes<'w, 's> {
    events: MessageReader<'w, 's, WindowEvent>,
    cursor: MessageReader<'w, 's, CursorMoved>,
    seen: Query<
        'w,
        's,
        (),
        Or<(Changed<ComputedNode>, Changed<BackgroundColor>, Changed<Outline>, Changed<ScrollPosition>)>,
    >,
    unringed: RemovedComponents<'w, 's, Outline>,
    hung: Query<'w, 's, (), Added<Hung>>,
}

impl Changes<'_, '_> {
    /// Nothing but a pointer that moved over a still screen.
    fn is_only_the_pointer(&mut self) -> bool {
        let moved = self.cursor.read().count();
        let events = self.events.read().count();
        let unringed = self.unringed.read().count();
        moved > 0 && moved == events && unringed == 0 && self.seen.is_empty()
    }
}

/// After everything is laid out: shows the frame or holds it back, and says when the next one is due.
pub fn draw_curtain(
    mut curtain: ResMut<Curtain>,
    mut changes: Changes,
    mut alarm: ResMut<Alarm>,
    mut cameras: Query<&mut Camera, With<IsDefaultUiCamera>>,
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
    (kiosk, drawn, pictures, time): (Res<Kiosk>, Res<Drawn>, Res<Pictures>, Res<Time<Real>>),
    (hand, motion): (Res<Hand>, Res<Motion>),
    (stage, passing, projector, truth): (Option<Res<Stage>>, Res<Passing>, Option<Res<Projector>>, Res<Truth>),
) {
    let elapsed = time.elapsed();
    let only_pointer = changes.is_only_the_pointer();
    // The names on a map that was hung just now are laid out with the next frame.
    let hung = !changes.hung.is_empty();
    // Of signage only what is seen counts: what is prepared behind it takes its time.
    let coming = match &stage {
        Some(stage) => !stage.is_whole(),
        None => hung || pictures.is_waiting() || kiosk.look().is_none(),
    };
    let since = *curtain.held.get_or_insert(elapsed);
    let most = if curtain.first == First::Waiting { FIRST_HELD_MAX } else { HELD_MAX };
    let hold = coming && elapsed.saturating_sub(since) < most;
    if !coming {
        curtain.held = None;
    }
    for mut camera in &mut cameras {
        let draw = !hold && (coming || !only_pointer);
        debug!("{}", if draw { "frame shown" } else { "frame held" });
        if camera.is_active != draw {
            camera.is_active = draw;
        }
    }
    let mut again = hung || hand.is_moving() || motion.is_moving();
    match curtain.first {
        First::Waiting if !hold => {
            for mut window in &mut windows {
                window.visible = true;
            }
            curtain.first = First::Presented;
            again = true;
        }
        First::Presented => {
            info!("first frame after {} ms", curtain.began.elapsed().as_millis());
            curtain.first = First::Reported;
        }
        First::Waiting | First::Reported => {}
    }
    // Not by `RequestRedraw`: each one costs two frames.
    let mut wait = if again { Duration::ZERO } else { sleep_for(&kiosk, &drawn, elapsed) };
    if passing.is_on() {
        wait = wait.min(FRAME.saturating_sub(time.delta()));
    }
    if let Some(next) = projector.and_then(|projector| projector.wait(elapsed)) {
        wait = wait.min(next);
    }
    if let Some(next) = truth.wait(elapsed) {
        wait = wait.min(next);
    }
    if hold {
        wait = wait.min((since + most).saturating_sub(elapsed));
    }
    alarm.ring_in(Instant::now(), wait);
}
