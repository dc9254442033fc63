use super::Display;
use super::contest::Verdict;
use super::day::{Day, Library, Plays, Stretch};
use super::local_day::Span;
use super::rota::{Rota, Turn};
use super::stock::Stock;
use super::warnings::{self, AlertTurn};
use crate::content::{Alert, Playlist, Region, Schedule};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// What a display shows at an instant, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Program<'a> {
    pub shown: Shown<'a>,
    /// 0 is off, 100 full.
    pub brightness_percent: u8,
    /// The stretch of the local day in which the same things are on: turns are counted from its beginning, and its end
    /// cuts them.
    pub window: Span,
    /// The next instant at which any of this changes. What comes then is the program of that instant.
    pub until: DateTime<Utc>,
    /// What became of each schedule entry, alerts and power aside: the one that plays, and why the others do not, those
    /// first that come before others.
    pub verdicts: Arc<[Verdict<'a>]>,
}

/// One of the three, never two: while an alert is in force nothing else is there to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown<'a> {
    /// The panel is off.
    Nothing,
    Alert(AlertTurn<'a>),
    Playlist {
        playlist: &'a Playlist,
        regions: Vec<RegionTurn<'a>>,
    },
}

/// What plays in a region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegionTurn<'a> {
    pub region: &'a Region,
    pub playing: Turn<'a>,
    /// None when the window ends with this turn: then it is what the program of that instant says.
    pub next: Option<Turn<'a>>,
}

/// What a display shows at an instant.
///
/// To play on and on a [`Cursor`] says the same with less work.
pub fn program<'a>(
    schedule: &'a Schedule,
    alerts: &[&'a Alert],
    display: &'a Display,
    stock: &'a dyn Stock,
    now: DateTime<Utc>,
) -> Program<'a> {
    Cursor::new(schedule, alerts, display, stock).at(now)
}

/// Says what [`program()`] says for one instant after another, and remembers its place in the window.
///
/// It holds for what it was made of: whatever of that is replaced, a new one is made.
pub struct Cursor<'a> {
    library: Library<'a>,
    stock: &'a dyn Stock,
    place: Option<Place<'a>>,
}

/// The day, and within it the window that was last asked for with a rota for each of its regions.
struct Place<'a> {
    day: Day<'a>,
    window: Span,
    rotas: Vec<Rota<'a>>,
}

impl<'a> Cursor<'a> {
    pub fn new(schedule: &'a Schedule, alerts: &[&'a Alert], display: &'a Display, stock: &'a dyn Stock) -> Self {
        Self { library: Library::new(schedule, alerts, display), stock, place: None }
    }

    /// What is shown at an instant: it may lie before the last one.
    pub fn at(&mut self, now: DateTime<Utc>) -> Program<'a> {
        let (library, stock) = (&self.library, self.stock);
        let place = match self.place.take() {
            Some(place) if place.day.span.contains(&now) => place,
            _ => Place { day: Day::new(library, now), window: now..now, rotas: Vec::new() },
        };
        let place = self.place.insert(place);
        let Some(stretch) = place.day.stretch(now) else { return nothing(now) };
        let is_past = place.rotas.iter().any(|rota| now < rota.playing.begins);
        if place.window != stretch.window || is_past {
            place.window = stretch.window.clone();
            place.rotas.clear();
            if let Plays::Playlist(_, plans) = &stretch.plays {
                place.rotas.extend(plans.iter().map(|plan| Rota::new(plan, &stretch.window, stock)));
            }
        }
        for rota in &mut place.rotas {
            rota.forward(now, stock);
        }
        program_of(stretch, &place.rotas, self.library.display, stock, now)
    }
}

/// Only for an instant that lies on no day of the calendar.
fn nothing<'a>(now: DateTime<Utc>) -> Program<'a> {
    Program {
        shown: Shown::Nothing,
        brightness_percent: 0,
        window: now..now,
        until: DateTime::<Utc>::MAX_UTC,
        verdicts: Arc::default(),
    }
}

fn program_of<'a>(
    stretch: &Stretch<'a>,
    rotas: &[Rota<'a>],
    display: &'a Display,
    stock: &dyn Stock,
    now: DateTime<Utc>,
) -> Program<'a> {
    let (shown, brightness_percent) = match &stretch.plays {
        Plays::Off => (Shown::Nothing, 0),
        Plays::Alerts(alerts) => match warnings::turn(alerts, display, stock, &stretch.window, now) {
            Some(turn) => (Shown::Alert(turn), 100),
            None => (Shown::Nothing, 0),
        },
        Plays::Playlist(playlist, _) => {
            let turns =
                rotas.iter().map(|rota| RegionTurn { region: rota.region, playing: rota.playing, next: rota.next });
            (Shown::Playlist { playlist, regions: turns.collect() }, stretch.dimmed_percent)
        }
    };
    let ends = match &shown {
        Shown::Nothing => None,
        Shown::Alert(turn) => Some(turn.ends),
        Shown::Playlist { regions, .. } => regions.iter().map(|turn| turn.playing.ends).min(),
    };
    Program {
        until: ends.map_or(stretch.span.end, |ends| ends.min(stretch.span.end)),
        shown,
        brightness_percent,
        window: stretch.window.clone(),
        verdicts: Arc::clone(&stretch.verdicts),
    }
}
