//! Whether the panel shows what it should: what was handed to the display, or what the graphics card drew for it, is
//! compared with a fresh painting.

mod card;

pub use card::look_at_card;

use super::filming::Playing;
use super::passing::{Leaving, Passing};
use super::stage::Stage;
use crate::player::kiosk::Kiosk;
use crate::player::outbox::Outbox;
use crate::player::painter::{Afresh, Painting, PanelSurface, Print};
use crate::protocol::Kind;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use card::Look;
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

/// What is known of the picture on the panel.
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
    /// Since when what is laid out was not painted, at looks.
    unpainted: Option<Duration>,
    /// A frame that the graphics card was asked for.
    look: Option<Look>,
    /// Counts looks, for tests and measurements.
    pub looked: u64,
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
        self.looked += 1;
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
        self.unpainted = None;
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

/// What stands on the panel, and whether it can be looked at.
#[derive(SystemParam)]
pub struct Standing<'w, 's> {
    stage: Option<Res<'w, Stage>>,
    passing: Res<'w, Passing>,
    time: Res<'w, Time<Real>>,
    children: Query<'w, 's, &'static Children>,
    films: Query<'w, 's, &'static InheritedVisibility, With<Playing>>,
    leaving: Query<'w, 's, (), With<Leaving>>,
}

impl Standing<'_, '_> {
    /// The nodes of what is to be looked at now, or as soon as no film plays: by the time that a graphics card gives back
    /// what it drew, a film has gone on.
    fn due_between_films(&self, truth: &mut Truth) -> Option<HashSet<Entity>> {
        let due = self.due(truth)?;
        if self.films.iter().any(|seen| seen.get()) {
            truth.due = Some(self.time.elapsed() + SOON);
            return None;
        }
        Some(due)
    }

    /// The nodes of what is to be looked at now.
    fn due(&self, truth: &mut Truth) -> Option<HashSet<Entity>> {
        let now = self.time.elapsed();
        let front = self.stage.as_ref()?.standing();
        if truth.front != front {
            truth.turn_to(front, now);
        }
        let (Some(root), Some(due)) = (front, truth.due) else { return None };
        if self.passing.is_on() {
            truth.due = Some(now + SOON);
            return None;
        }
        // Nothing that was left of a slide before belongs to it.
        let own = self.children.iter_descendants(root).chain([root]).filter(|entity| !self.leaving.contains(*entity));
        (now >= due).then(|| own.collect())
    }
}

/// Tells town IT what is wrong with the picture, and when it is right again.
#[derive(SystemParam)]
pub struct Told<'w> {
    stage: Option<Res<'w, Stage>>,
    kiosk: Res<'w, Kiosk>,
    time: Res<'w, Time<Real>>,
    outbox: Option<Res<'w, Outbox>>,
}

impl Told<'_> {
    /// Takes in what was found at this look. Returns what was found at the one before.
    fn of(&self, truth: &mut Truth, found: Option<Found>) -> Option<Found> {
        let now = self.time.elapsed();
        let was = std::mem::replace(&mut truth.fault, found);
        // Whether drawing it again has helped is seen soon; what does not help is not done over and over.
        truth.due = Some(now + if found.is_some() && was.is_none() { SOON } else { EVERY });
        if was.is_some() != found.is_some() {
            self.tell(now, found);
        }
        was
    }

    fn tell(&self, now: Duration, found: Option<Found>) {
        let words = match found {
            Some(Found::Black) => "the panel is black",
            Some(Found::Frozen) => "the panel still shows the slide before",
            Some(Found::Wrong) => "the panel shows something else",
            None => "the panel shows what it should again",
        };
        let panel = self.stage.as_ref().and_then(|stage| stage.panel());
        let item = panel.and_then(|panel| panel.parts.first()).and_then(|part| part.key.id.as_ref());
        warn!("{item:?}: {words}");
        if let Some(outbox) = &self.outbox {
            let body = json!({"fault": "picture", "words": words, "found": found.map(Found::name), "item": item});
            outbox.tell(self.kiosk.clock.now(now), Kind::Fault, body);
        }
    }
}

/// Where the processor paints: looks at the panel when it is due, says when its picture is not right, and has it painted
/// again.
pub fn check_truth(
    mut truth: ResMut<Truth>,
    painting: Option<ResMut<Painting>>,
    surface: Option<NonSendMut<PanelSurface>>,
    (standing, afresh, told): (Standing, Afresh, Told),
) {
    let Some(mut painting) = painting else { return };
    let Some(own) = standing.due(&mut truth) else { return };
    let now = standing.time.elapsed();
    if painting.is_of(&afresh.marks) {
        truth.unpainted = None;
    } else if now < *truth.unpainted.get_or_insert(now) + UNPAINTED_MAX {
        return;
    }
    let expected = afresh.paint(|entity| own.contains(&entity), painting.canvas.area().size().as_uvec2()).print();
    let mut surface = surface;
    let seen = surface.as_deref_mut().and_then(PanelSurface::print);
    let seen = seen.unwrap_or_else(|| painting.shown().print());
    let found = truth.judge(&seen, expected);
    let was = told.of(&mut truth, found);
    if found.is_some() {
        painting.forget();
    }
    if let Some(mut surface) = surface.filter(|_| found.is_some() && was.is_some()) {
        // Painted again it was no better: what it is shown on is replaced as well.
        *surface = PanelSurface::default();
    }
}
