//! Brings slides onto the panel. There are two sides: one that is seen, and one behind it on which the next picture is
//! laid out and decoded before its turn. Sides change only when the new one is whole: no black, no half a slide.

use super::panel::{Making, Panel};
use super::passing::{Passing, pass};
use super::presented::{Moment, OnNow, tell_ended};
use super::room::Room;
use super::side::{Atelier, Hanging, Side, with_composer};
use super::station::Station;
use super::suitable::{Measured, Stocked, Unsuitable, with_stock};
use crate::content::{Bulletin, Id, PlaylistItem, Schedule, Validity};
use crate::film::{FilmFault, Lies};
use crate::player::almanac::Almanac;
use crate::player::clock::Trust;
use crate::player::kiosk::Kiosk;
use crate::player::look::Look;
use crate::player::outbox::Outbox;
use crate::player::painter::Painting;
use crate::player::scene::Scene;
use crate::player::visitor::Visitor;
use crate::protocol::Kind;
use crate::signage::{Bookmarks, Cursor, Findings, Playing, Power};
use bevy::prelude::*;
use chrono::{DateTime, Utc};
use serde_json::json;
use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

/// The signage of this display.
#[derive(Resource)]
pub struct Stage {
    pub station: Station,
    /// The picture is darkened in hours in which less light is enough: the panel itself cannot be dimmed.
    pub darkens: bool,
    /// What has been on is told; not of hours that are pretended.
    pub tells: bool,
    /// Of this content.
    almanac: Option<Arc<Almanac>>,
    bulletin: Option<Arc<Bulletin>>,
    is_doubted: bool,
    schedule: Arc<Schedule>,
    measured: Measured,
    /// How far the program has come. It holds for what is measured, and is thrown away with it.
    bookmarks: Bookmarks,
    findings: Findings,
    /// The turns that are on.
    playing: Playing,
    front: Option<Side>,
    back: Option<Side>,
    /// A side whose pictures have not all come is laid out.
    waits: bool,
    /// It is the one that is seen.
    is_coming: bool,
    /// What is told when it has ended.
    on_now: OnNow,
    /// Films that do not play, and why.
    refused: Vec<(String, FilmFault)>,
    /// When the panel is on and how bright, while the clock is in doubt: then it is always on.
    hours: Option<Power>,
    /// What could not be shown has been told of, as this fault. One of each is enough for town IT: whoever writes the content
    /// sees all of them at once with `parvis lint`.
    told: HashSet<(Id, &'static str)>,
}

impl Stage {
    pub fn new(station: Station) -> Self {
        Self {
            station,
            darkens: true,
            tells: true,
            almanac: None,
            bulletin: None,
            is_doubted: false,
            schedule: Arc::default(),
            measured: Measured::default(),
            bookmarks: Bookmarks::default(),
            findings: Findings::default(),
            playing: Playing::default(),
            front: None,
            back: None,
            waits: false,
            is_coming: false,
            on_now: OnNow::default(),
            refused: Vec::new(),
            hours: None,
            told: HashSet::new(),
        }
    }

    /// Whether it is to look again as soon as a picture has come.
    pub fn is_waiting(&self) -> bool {
        self.waits || !self.refused.is_empty()
    }

    /// Whether all that is seen is there.
    pub fn is_whole(&self) -> bool {
        self.front.is_some() && !self.is_coming
    }

    /// The node of what is seen, when all of it is there and it has the whole panel; none while the panel is off.
    pub fn standing(&self) -> Option<Entity> {
        let is_all = self.station.room == Room::Panel;
        let front = self.front.as_ref().filter(|front| is_all && self.is_whole() && !front.panel.is_off);
        front.map(|front| front.root)
    }

    /// What is seen.
    pub fn panel(&self) -> Option<&Panel> {
        self.front.as_ref().map(|side| &side.panel)
    }

    /// A film of this name does not play: what becomes of its item is seen to at the next look.
    pub fn refuse(&mut self, path: &str, fault: FilmFault) {
        if !self.refused.iter().any(|(known, _)| known == path) {
            self.refused.push((path.to_owned(), fault));
        }
    }

    /// What could not be drawn may have been mended.
    pub fn forgive(&mut self) {
        self.measured.forgive();
        self.bookmarks = Bookmarks::default();
        self.told.clear();
    }

    /// A film that this machine cannot play keeps its still picture; one that cannot be played is left out, and one that
    /// could not just now, for the rest of the day.
    fn take_refused(&mut self, world: &World, now: DateTime<Utc>) {
        for (path, fault) in std::mem::take(&mut self.refused) {
            let sides = [&self.front, &self.back].into_iter().flatten();
            let parts =
                sides.flat_map(|side| &side.panel.parts).filter(|part| part.slide.files().any(|own| own == path));
            let keys: Vec<(Id, Option<Id>)> =
                parts.filter_map(|part| Some((part.key.id.clone()?, part.key.event.clone()))).collect();
            let words = fault.to_string();
            for (id, event) in keys {
                match fault.lies_in() {
                    Lies::Machine => {}
                    Lies::Moment => drop(self.rest_today(id.clone(), event, now)),
                    Lies::File => drop(self.measured.leave_out(id.clone(), event)),
                }
                self.bookmarks = Bookmarks::default();
                self.tell(world, &id, ("film", &words), now);
            }
        }
    }

    /// Takes all of it off the panel.
    pub fn clear(self, world: &mut World) {
        self.front.into_iter().chain(self.back).for_each(|side| side.clear(world));
    }

    /// Takes all of it off the panel, for a while: what was on has ended, and what comes after it comes at once.
    pub fn rest(&mut self, world: &mut World, trust: Trust, now: DateTime<Utc>) {
        if self.front.is_some() {
            world.insert_resource(Passing::default());
            if let Some(mut painting) = world.get_resource_mut::<Painting>() {
                painting.passes(None);
            }
        }
        self.front.take().into_iter().chain(self.back.take()).for_each(|side| side.clear(world));
        (self.playing, self.waits, self.is_coming) = Default::default();
        self.on_panel(world, None, trust, now);
    }

    /// This is seen from now on. What has ended with it is told.
    pub(super) fn on_panel(&mut self, world: &World, panel: Option<&Panel>, trust: Trust, now: DateTime<Utc>) {
        let moment = Moment { now, elapsed: world.resource::<Time<Real>>().elapsed(), trust };
        let ended = self.on_now.becomes(panel, moment);
        if self.tells {
            tell_ended(world, ended);
        }
    }

    /// All that is said on what is seen, in reading order.
    pub fn words(&self) -> String {
        self.front.as_ref().map(Side::words).unwrap_or_default()
    }

    /// Where nothing is to be seen, a panel is black, and a kiosk's window its own.
    fn is_seen(&self, panel: &Panel) -> bool {
        self.station.room == Room::Panel || !panel.parts.is_empty()
    }

    /// Takes in that the content has been replaced, or that the clock is believed or doubted from now on.
    fn follow(&mut self, kiosk: &Kiosk) {
        let Kiosk { almanac, bulletin, .. } = kiosk;
        let is_doubted = kiosk.trust != Trust::Believed;
        let is_other_content = self.almanac.as_ref().is_none_or(|known| !Arc::ptr_eq(known, almanac));
        let is_other_bulletin = self.bulletin.as_ref().is_none_or(|known| !Arc::ptr_eq(known, bulletin));
        if is_other_content {
            self.almanac = Some(almanac.clone());
            self.findings = Findings::default();
            self.told.clear();
            if let Some(display) = &kiosk.display {
                self.station.stand_as(display);
            }
        }
        if is_other_content || self.is_doubted != is_doubted {
            let schedule = self.station.schedule(&almanac.catalog);
            self.schedule = Arc::new(if is_doubted { schedule.evergreen() } else { schedule });
            self.measured = Measured::default();
            self.keep_on(is_doubted);
        }
        if is_other_content || is_other_bulletin || self.is_doubted != is_doubted {
            self.bulletin = Some(bulletin.clone());
            self.is_doubted = is_doubted;
            self.station.inform(&almanac.catalog.bulletin, bulletin);
            if is_doubted {
                // It may be one of the hours in which the law has it rest.
                self.station.display.advertising_rests = vec![Validity::default()];
            }
            self.bookmarks = Bookmarks::default();
        }
    }

    /// While nobody knows the hour the panel is never off, and as bright as by day.
    fn keep_on(&mut self, is_doubted: bool) {
        let power = &mut self.station.display.power;
        if is_doubted {
            let hours = std::mem::take(power);
            self.hours.get_or_insert(hours);
        } else if let Some(hours) = self.hours.take() {
            *power = hours;
        }
    }
}

/// Draws what is due, and prepares what comes next. Returns when to look again.
pub fn draw_stage(world: &mut World, kiosk: &Kiosk, look: &Look, now: DateTime<Utc>) -> DateTime<Utc> {
    world.resource_scope(|world, mut stage: Mut<Stage>| {
        stage.follow(kiosk);
        stage.take_refused(world, now);
        let room = stage.station.room;
        let profile = room.profile(&kiosk.profile);
        let visitor = Visitor::nobody(stage.station.languages[0]);
        // The window of a kiosk is marked by the screen around it.
        let preview = kiosk.preview && room == Room::Panel;
        let scene = Scene { profile: &profile, visitor: &visitor, band_mm: 0.0, preview, ..kiosk.scene(now) };
        let atelier = Atelier { scene, look, gallery: &kiosk.gallery, room };
        let mut due = stage.panel_at(world, &atelier, false);
        while stage.is_seen(&due) && stage.show(world, &atelier, kiosk, &due) == Shown::Broken {
            due = stage.panel_at(world, &atelier, false);
        }
        let until = due.until;
        if !stage.is_seen(&due) {
            stage.rest(world, scene.trust, now);
            return until;
        }
        if until > now {
            let ahead = Atelier { scene: Scene { now: until, ..scene }, ..atelier };
            let mut next = stage.panel_at(world, &ahead, true);
            while stage.is_seen(&next) && stage.prepare(world, &ahead, kiosk, &next) == Shown::Broken {
                next = stage.panel_at(world, &ahead, true);
            }
        }
        stage.see(world, scene.trust, now);
        for side in [&stage.front, &stage.back].into_iter().flatten() {
            side.darken(world, stage.darkens);
        }
        until.min(next_minute(now))
    })
}

/// What became of a panel.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Done,
    /// A picture of it cannot be drawn: what it belongs to is left out from now on.
    Broken,
}

fn next_minute(now: DateTime<Utc>) -> DateTime<Utc> {
    let into = now.timestamp().rem_euclid(60);
    DateTime::from_timestamp(now.timestamp() - into + 60, 0).unwrap_or(now)
}

impl Stage {
    /// What is to be seen at the scene's instant, which may lie ahead.
    fn panel_at(&mut self, world: &mut World, atelier: &Atelier<'_>, is_ahead: bool) -> Panel {
        loop {
            let mut panel = self.panel_of(world, atelier, is_ahead);
            if self.keeps_lost(&mut panel, atelier.scene.now) {
                return panel;
            }
        }
    }

    /// What stands keeps its slide until its turn is over, even when it has nothing more to say; what has nothing to say from
    /// the beginning is passed over. `false`: something is that was not before.
    fn keeps_lost(&mut self, panel: &mut Panel, now: DateTime<Utc>) -> bool {
        let mut is_settled = true;
        for (at, key) in std::mem::take(&mut panel.lost) {
            let sides = [&self.front, &self.back].into_iter().flatten();
            let kept = sides.flat_map(|side| &side.panel.parts).find(|part| part.key == key).cloned();
            match (kept, key.id) {
                (Some(part), _) => panel.parts.insert(at.min(panel.parts.len()), part),
                (None, Some(id)) => is_settled &= !self.rest_today(id, key.event, now),
                (None, None) => {}
            }
        }
        is_settled
    }

    /// It is not offered for the rest of the day. Whether it was until now.
    fn rest_today(&mut self, item: Id, event: Option<Id>, now: DateTime<Utc>) -> bool {
        self.bookmarks = Bookmarks::default();
        self.measured.rest(item, event, now.with_timezone(&self.station.display.zone).date_naive())
    }

    fn panel_of(&mut self, world: &mut World, atelier: &Atelier<'_>, is_ahead: bool) -> Panel {
        let scene = &atelier.scene;
        let schedule = self.schedule.clone();
        let making = Making { station: &self.station, schedule: &schedule };
        let mut playing = self.playing.clone();
        let mut measured = std::mem::take(&mut self.measured);
        let refusals = RefCell::new(Vec::new());
        let refused = |item: &PlaylistItem, why: &Unsuitable| {
            let words = match why {
                Unsuitable::Nothing => return,
                Unsuitable::Missing(path) => format!("media/{path} is not there"),
                Unsuitable::Unfit(unfit) => unfit.to_string(),
            };
            refusals.borrow_mut().push((item.common.id.clone(), words));
        };
        let bookmarks = self.bookmarks.clone();
        let (panel, bookmarks) = with_composer(world, atelier.look, |composer| {
            let stocked = Stocked { scene, files: &atelier.gallery.files, making, findings: &self.findings };
            with_stock(stocked, &mut measured, composer, &refused, |stock, alerts| {
                let display = &making.station.display;
                let mut cursor = Cursor::new(&schedule, alerts, display, stock).going_on(bookmarks);
                let program = playing.at(&mut cursor, scene.now);
                (Panel::of(scene, making, &program), cursor.into_bookmarks())
            })
        });
        self.measured = measured;
        for (id, words) in refusals.into_inner() {
            self.tell(world, &id, ("unsuitable", &words), scene.now);
        }
        if !is_ahead {
            (self.playing, self.bookmarks) = (playing, bookmarks);
        }
        panel
    }

    /// Brings the panel of this instant to the front.
    fn show(&mut self, world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, due: &Panel) -> Shown {
        if let Some(front) = &mut self.front
            && front.panel.is_same_turn(due)
        {
            front.update(world, atelier, kiosk, due);
            // It came to the front before its pictures were there, or they were replaced where they hang.
            return if self.front_is_left_out(world, atelier.scene.now) { Shown::Broken } else { Shown::Done };
        }
        let mut next = match self.back.take() {
            Some(back) if back.panel.is_same_turn(due) => back,
            other => {
                other.into_iter().for_each(|side| side.clear(world));
                Side::build(world, atelier, kiosk, due.clone())
            }
        };
        next.update(world, atelier, kiosk, due);
        let hanging = next.hanging(world);
        if self.leaves_out(world, &next, &hanging, atelier.scene.now) {
            next.clear(world);
            return Shown::Broken;
        }
        match hanging {
            Hanging::Waiting if self.front.is_some() => {
                // What is seen stays until all of the next is there.
                self.back = Some(next);
                Shown::Done
            }
            _ => {
                next.turn_to_front(world);
                let root = next.root;
                if let Some(old) = self.front.replace(next) {
                    pass(world, kiosk.moves, due.transition, [old.root, root]);
                    old.clear(world);
                }
                Shown::Done
            }
        }
    }

    fn front_is_left_out(&mut self, world: &World, now: DateTime<Utc>) -> bool {
        let Some(front) = self.front.take() else { return false };
        let hanging = front.hanging(world);
        let is_left_out = self.leaves_out(world, &front, &hanging, now);
        self.front = Some(front);
        is_left_out
    }

    /// Lays out behind what is seen.
    fn prepare(&mut self, world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, next: &Panel) -> Shown {
        let back = match self.back.take() {
            // The turn of what waits for its pictures has come already.
            Some(back) if back.panel.is_same_turn(next) || self.is_late(next) => back,
            other => {
                other.into_iter().for_each(|side| side.clear(world));
                Side::build(world, atelier, kiosk, next.clone())
            }
        };
        let hanging = back.hanging(world);
        if self.leaves_out(world, &back, &hanging, atelier.scene.now) {
            back.clear(world);
            return Shown::Broken;
        }
        self.back = Some(back);
        Shown::Done
    }

    /// Whether what is due before this is not seen yet.
    fn is_late(&self, next: &Panel) -> bool {
        self.front.as_ref().is_some_and(|front| front.panel.until < next.begins())
    }

    /// Whether something is left out that was not before: what cannot be drawn is not shown again, what has no room not on
    /// this day; both are told of once. What is shown when nothing else can be stays as it is.
    fn leaves_out(&mut self, world: &World, side: &Side, hanging: &Hanging, now: DateTime<Utc>) -> bool {
        let (part, fault, words) = match hanging {
            Hanging::Broken(part) => (part, "broken", "a picture of it is missing or cannot be drawn"),
            Hanging::Unfit(part) => (part, "unsuitable", "its words have grown and have no room"),
            Hanging::Whole | Hanging::Waiting => return false,
        };
        let Some(key) = side.panel.parts.get(*part).map(|part| &part.key) else { return false };
        let Some(id) = &key.id else { return false };
        let (item, event) = (id.clone(), key.event.clone());
        let is_new = match hanging {
            Hanging::Unfit(_) => self.rest_today(item, event, now),
            _ => self.measured.leave_out(item, event),
        };
        self.bookmarks = Bookmarks::default();
        self.tell(world, id, (fault, words), now);
        is_new
    }

    fn tell(&mut self, world: &World, id: &Id, (fault, words): (&'static str, &str), now: DateTime<Utc>) {
        if !self.told.insert((id.clone(), fault)) {
            return;
        }
        warn!("{id}: it is not shown: {words}");
        if let Some(outbox) = world.get_resource::<Outbox>() {
            outbox.tell(now, Kind::Fault, json!({"fault": "item", "item": id, "words": words}));
        }
    }

    /// Remembers whether a picture is still to come. What is whole is on from now on.
    fn see(&mut self, world: &World, trust: Trust, now: DateTime<Utc>) {
        let waits =
            |side: &Option<Side>| side.as_ref().is_some_and(|side| matches!(side.hanging(world), Hanging::Waiting));
        self.is_coming = waits(&self.front);
        self.waits = self.is_coming || waits(&self.back);
        if !self.is_coming
            && let Some(panel) = self.panel().cloned()
        {
            self.on_panel(world, Some(&panel), trust, now);
        }
    }
}
