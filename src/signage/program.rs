use super::Display;
use super::contest::{Outcome, Verdict};
use super::day::{Day, Library, Plays, Stretch};
use super::local_day::Span;
use super::rota::{Milestone, Plan, Rota, Turn};
use super::stock::Stock;
use super::warnings::{AlertTurn, alert_in_turn};
use crate::content::{Alert, Playlist, Region, Schedule, ScheduleEntry};
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

impl<'a> Program<'a> {
    /// The schedule entry that plays, alerts and power aside. `None` while the town's default playlist does.
    pub fn entry(&self) -> Option<&'a ScheduleEntry> {
        self.verdicts.iter().find(|verdict| verdict.outcome == Outcome::Plays).map(|verdict| verdict.entry)
    }
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

impl Shown<'_> {
    /// When the first of its turns ends.
    fn ends(&self) -> Option<DateTime<Utc>> {
        match self {
            Shown::Nothing => None,
            Shown::Alert(turn) => Some(turn.ends),
            Shown::Playlist { regions, .. } => regions.iter().map(|turn| turn.playing.ends).min(),
        }
    }
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
    bookmarks: Bookmarks,
    pub(super) stock: &'a dyn Stock,
    place: Option<Place<'a>>,
    /// Where it looks ahead.
    ahead: Option<Place<'a>>,
}

/// How far a cursor had come in a window: a cursor over the same goes on from there. Owned, so that it outlives what the
/// cursor was made of; it says nothing of anything else, so it is thrown away when any of that is replaced.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bookmarks {
    window: Option<Span>,
    /// Of each region in the layout's order.
    milestones: Vec<Vec<Milestone>>,
}

impl Bookmarks {
    fn of(&self, window: &Span) -> &[Vec<Milestone>] {
        if self.window.as_ref() == Some(window) { &self.milestones } else { &[] }
    }
}

/// The day, and within it the window that was last asked for with a rota for each of its regions.
struct Place<'a> {
    day: Day<'a>,
    window: Span,
    rotas: Vec<Rota<'a>>,
}

impl<'a> Cursor<'a> {
    pub fn new(schedule: &'a Schedule, alerts: &[&'a Alert], display: &'a Display, stock: &'a dyn Stock) -> Self {
        let library = Library::new(schedule, alerts, display);
        Self { library, bookmarks: Bookmarks::default(), stock, place: None, ahead: None }
    }

    /// Goes on where another cursor over the same was, and not from the beginning of the window.
    #[must_use]
    pub fn going_on(self, bookmarks: Bookmarks) -> Self {
        Self { bookmarks, ..self }
    }

    /// Where it is.
    pub fn into_bookmarks(self) -> Bookmarks {
        let Some(place) = self.place else { return self.bookmarks };
        Bookmarks {
            milestones: place.rotas.iter().map(|rota| rota.milestones().to_vec()).collect(),
            window: Some(place.window),
        }
    }

    /// What is shown at an instant: it may lie before the last one.
    pub fn at(&mut self, now: DateTime<Utc>) -> Program<'a> {
        let place = Place::at(&mut self.place, (&self.library, &self.bookmarks), self.stock, now);
        place.program(self.library.display, self.stock, now)
    }

    /// What will be shown at an instant, mostly at `until`, where it is to be prepared before its turn. It says what
    /// [`Cursor::at`] says then, and keeps the place that this is at: to look ahead again and again costs as little as
    /// going on does.
    pub fn ahead(&mut self, then: DateTime<Utc>) -> Program<'a> {
        let place = Place::at(&mut self.ahead, (&self.library, &self.bookmarks), self.stock, then);
        place.program(self.library.display, self.stock, then)
    }

    /// The lists of a region at the instant that was last asked for.
    pub(super) fn plan(&self, region: &Region, now: DateTime<Utc>) -> Option<&Plan<'a>> {
        let Plays::Playlist(_, plans) = &self.place.as_ref()?.day.stretch(now)?.plays else { return None };
        plans.iter().find(|plan| std::ptr::eq(plan.region, region))
    }

    /// What is due in a region at an instant ahead.
    pub(super) fn due_in(&mut self, region: &Region, then: DateTime<Utc>) -> Option<Turn<'a>> {
        let Shown::Playlist { regions, .. } = self.ahead(then).shown else { return None };
        regions.into_iter().find(|turn| std::ptr::eq(turn.region, region)).map(|turn| turn.playing)
    }

    /// Until when this is shown, at the instant that was last asked for.
    pub(super) fn until(&self, shown: &Shown<'a>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let stretch = self.place.as_ref()?.day.stretch(now)?;
        shown.ends().into_iter().chain([stretch.span.end]).min()
    }
}

impl<'a> Place<'a> {
    /// Goes to an instant, from where it is if it can.
    fn at<'p>(
        kept: &'p mut Option<Self>,
        (library, bookmarks): (&Library<'a>, &Bookmarks),
        stock: &dyn Stock,
        now: DateTime<Utc>,
    ) -> &'p Self {
        let place = match kept.take() {
            Some(place) if place.day.span.contains(&now) => place,
            _ => Self { day: Day::new(library, now), window: now..now, rotas: Vec::new() },
        };
        let place = kept.insert(place);
        let Some(stretch) = place.day.stretch(now) else { return place };
        let is_past = place.rotas.iter().any(|rota| now < rota.playing.begins);
        if place.window != stretch.window || is_past {
            place.window = stretch.window.clone();
            place.rotas.clear();
            if let Plays::Playlist(_, plans) = &stretch.plays {
                let milestones = bookmarks.of(&stretch.window);
                let rota = |(nr, plan)| {
                    let milestones = milestones.get(nr).map_or(&[][..], Vec::as_slice);
                    Rota::at(plan, &stretch.window, milestones, stock, now)
                };
                place.rotas.extend(plans.iter().enumerate().map(rota));
            }
        }
        for rota in &mut place.rotas {
            rota.forward(now, stock);
        }
        place
    }

    fn program(&self, display: &'a Display, stock: &dyn Stock, now: DateTime<Utc>) -> Program<'a> {
        let stretch = self.day.stretch(now);
        stretch.map_or_else(|| nothing(now), |stretch| program_of(stretch, &self.rotas, display, stock, now))
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
        Plays::Alerts(alerts) => match alert_in_turn(
            alerts,
            display,
            &|alert, language| stock.alert_secs(alert, language),
            &stretch.window,
            now,
        ) {
            Some(turn) => (Shown::Alert(turn), 100),
            None => (Shown::Nothing, 0),
        },
        Plays::Playlist(playlist, _) => {
            let turns =
                rotas.iter().map(|rota| RegionTurn { region: rota.region, playing: rota.playing, next: rota.next });
            (Shown::Playlist { playlist, regions: turns.collect() }, stretch.dimmed_percent)
        }
    };
    Program {
        until: shown.ends().map_or(stretch.span.end, |ends| ends.min(stretch.span.end)),
        shown,
        brightness_percent,
        window: stretch.window.clone(),
        verdicts: Arc::clone(&stretch.verdicts),
    }
}
