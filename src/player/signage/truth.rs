//! Whether the panel shows what it should: what was handed to the display is compared with a fresh painting.

use super::filming::Playing;
use super::passing::Passing;
use super::stage::Stage;
use crate::content::Id;
use crate::player::kiosk::Kiosk;
use crate::player::outbox::Outbox;
use crate::player::painter::{Marks, Painting, PanelSurface, Print};
use crate::protocol::Kind;
use bevy::prelude::*;
use serde_json::json;
use std::collections::HashSet;
use std::time::Duration;

/// After a slide has come, before it is looked at.
const SOON: Duration = Duration::from_millis(200);
/// While the same slide stands. With what comes on top, a fault is found within 10 s.
const EVERY: Duration = Duration::from_secs(8);
/// What is laid out but was not painted for so long never will be.
const UNPAINTED_MAX: Duration = Duration::from_secs(1);

/// What is wrong with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Black,
    /// The slide before is still seen.
    Frozen,
    /// Something else is seen.
    Wrong,
}

/// What is known of the picture on the panel. Films are not looked at while they play.
#[derive(Resource, Default)]
pub struct Truth {
    /// The slide that stands.
    front: Option<Entity>,
    /// When it is looked at next, since the start.
    due: Option<Duration>,
    /// What it should look like.
    expected: Option<Print>,
    /// What the one before should have looked like.
    before: Option<Print>,
    fault: Option<Found>,
}

impl Truth {
    /// How long until the panel is looked at; none where nothing is to be seen.
    pub fn wait(&self, elapsed: Duration) -> Option<Duration> {
        // What was due and is not painted yet is looked at a little later.
        self.due.map(|due| due.checked_sub(elapsed).unwrap_or(SOON))
    }

    /// What was wrong when it was last looked at.
    pub fn fault(&self) -> Option<Found> {
        self.fault
    }

    fn judge(&mut self, seen: &Print, expected: Print) -> Option<Found> {
        let found = match &self.before {
            _ if seen.is_like(&expected) => None,
            _ if seen.is_black() => Some(Found::Black),
            Some(before) if seen.is_like(before) => Some(Found::Frozen),
            _ => Some(Found::Wrong),
        };
        self.expected = Some(expected);
        found
    }

    fn turn_to(&mut self, front: Option<Entity>, now: Duration) {
        self.front = front;
        self.before = self.expected.take();
        self.due = front.map(|_| now + SOON);
    }
}

impl Found {
    fn name(self) -> &'static str {
        match self {
            Self::Black => "black",
            Self::Frozen => "frozen",
            Self::Wrong => "wrong",
        }
    }
}

/// Looks at the panel when it is due, says when its picture is not right, and has it painted again.
pub fn check_truth(
    mut truth: ResMut<Truth>,
    painting: Option<ResMut<Painting>>,
    mut surface: Option<NonSendMut<PanelSurface>>,
    (marks, images, paper): (Marks, Res<Assets<Image>>, Res<ClearColor>),
    (stage, passing, kiosk, time): (Option<Res<Stage>>, Res<Passing>, Res<Kiosk>, Res<Time<Real>>),
    (children, films): (Query<&Children>, Query<&InheritedVisibility, With<Playing>>),
    outbox: Option<Res<Outbox>>,
) {
    let (Some(mut painting), Some(stage)) = (painting, stage) else { return };
    let now = time.elapsed();
    let front = stage.standing();
    if truth.front != front {
        truth.turn_to(front, now);
    }
    let (Some(root), Some(due)) = (front, truth.due) else { return };
    if passing.is_on() || films.iter().any(|seen| seen.get()) {
        truth.due = Some(now + SOON);
        return;
    }
    if now < due || (now < due + UNPAINTED_MAX && !painting.is_of(&marks)) {
        return;
    }
    let own: HashSet<Entity> = children.iter_descendants(root).chain([root]).collect();
    let expected = painting.afresh(&marks, |entity| own.contains(&entity), &images, paper.0.to_srgba().to_u8_array());
    let seen = surface.as_deref_mut().and_then(PanelSurface::print);
    let seen = seen.unwrap_or_else(|| painting.shown().print());
    let found = truth.judge(&seen, expected);
    let was = std::mem::replace(&mut truth.fault, found);
    // Whether painting it again has helped is seen soon; what does not help is not done over and over.
    truth.due = Some(now + if found.is_some() && was.is_none() { SOON } else { EVERY });
    if found.is_some() {
        painting.forget();
    }
    if let Some(mut surface) = surface.filter(|_| found.is_some() && was.is_some()) {
        // Painted again it was no better: what it is shown on is replaced as well.
        *surface = PanelSurface::default();
    }
    if was.is_some() != found.is_some() {
        let item = stage.panel().and_then(|panel| panel.parts.first()).and_then(|part| part.key.id.as_ref());
        tell(outbox.as_deref(), &kiosk, now, found, item);
    }
}

fn tell(outbox: Option<&Outbox>, kiosk: &Kiosk, now: Duration, found: Option<Found>, item: Option<&Id>) {
    let words = match found {
        Some(Found::Black) => "the panel is black",
        Some(Found::Frozen) => "the panel still shows the slide before",
        Some(Found::Wrong) => "the panel shows something else",
        None => "the panel shows what it should again",
    };
    warn!("{item:?}: {words}");
    if let Some(outbox) = outbox {
        let body = json!({"fault": "picture", "words": words, "found": found.map(Found::name), "item": item});
        outbox.tell(kiosk.clock.now(now), Kind::Fault, body);
    }
}
