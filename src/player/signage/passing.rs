//! How one slide becomes the next: cut, fade or push, on machines that are quick enough for it.

use crate::content::{Transition, TransitionKind};
use crate::player::kiosk::Kiosk;
use crate::player::motion::Motion;
use crate::player::painter::Painting;
use bevy::prelude::*;
use std::time::Duration;

/// Between two frames of a transition: no panel shows more.
pub const FRAME: Duration = Duration::from_micros(16_667);

/// The transition that is under way.
#[derive(Resource, Default)]
pub struct Passing {
    way: Option<Way>,
}

struct Way {
    kind: TransitionKind,
    lasts: Duration,
    /// Since the start; none until the first frame of it.
    began: Option<Duration>,
}

impl Passing {
    /// The next picture comes in this way.
    pub fn begin(&mut self, transition: Transition) {
        let lasts = Duration::from_millis(transition.millis.into());
        let moves = transition.kind != TransitionKind::Cut && !lasts.is_zero();
        self.way = moves.then_some(Way { kind: transition.kind, lasts, began: None });
    }

    /// The next frame is due at once.
    pub fn is_on(&self) -> bool {
        self.way.is_some()
    }
}

/// Says how far the transition has come, before the frame is painted.
pub fn pass_on(
    mut passing: ResMut<Passing>,
    mut motion: ResMut<Motion>,
    painting: Option<ResMut<Painting>>,
    (kiosk, time): (Res<Kiosk>, Res<Time<Real>>),
) {
    let Some(mut painting) = painting else {
        passing.way = None;
        return;
    };
    let now = time.elapsed();
    let Some(way) = &mut passing.way else { return };
    match way.began {
        Some(_) => motion.pace(time.delta()),
        None => {
            painting.begin_passage();
            if motion.is_too_slow() {
                motion.forgive();
            }
        }
    }
    let began = *way.began.get_or_insert(now);
    let share = now.saturating_sub(began).as_secs_f32() / way.lasts.as_secs_f32();
    if share >= 1.0 || motion.is_too_slow() || !kiosk.moves {
        passing.way = None;
        painting.passes(None);
    } else {
        painting.passes(Some((way.kind, share)));
    }
}
