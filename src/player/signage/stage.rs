//! Brings slides onto the panel. There are two sides: one that is seen, and one behind it on which the next picture is
//! laid out and decoded before its turn. Sides change only when the new one is whole: no black, no half a slide.

use super::compose::{Composer, Unfit};
use super::panel::{Making, Panel, Part};
use super::passing::pass;
use super::presented::{OnNow, tell_ended};
use super::station::Station;
use super::suitable::{Measured, Stocked, Unsuitable, with_stock};
use crate::content::{Bulletin, Id, PlaylistItem, Schedule};
use crate::player::almanac::Almanac;
use crate::player::block::{Block, Flow};
use crate::player::draw::{PictureNode, draw_block, patch};
use crate::player::fit::Ruler;
use crate::player::kiosk::Kiosk;
use crate::player::look::Look;
use crate::player::media::Gallery;
use crate::player::outbox::Outbox;
use crate::player::pictures::Hung;
use crate::player::scene::Scene;
use crate::player::theme::Ink;
use crate::player::visitor::Visitor;
use crate::protocol::Kind;
use crate::signage::{Cursor, Findings, Playing};
use bevy::prelude::*;
use bevy::text::{FontCx, LayoutCx};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::HashSet;
use std::sync::Arc;

/// A region of the side that is seen.
#[derive(Component)]
pub struct OnPanel;

/// The signage of this display.
#[derive(Resource)]
pub struct Stage {
    pub station: Station,
    /// The picture is darkened in hours in which less light is enough: the panel itself cannot be dimmed.
    pub darkens: bool,
    /// Of this content.
    almanac: Option<Arc<Almanac>>,
    bulletin: Option<Arc<Bulletin>>,
    schedule: Arc<Schedule>,
    measured: Measured,
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
    pub(super) on_now: OnNow,
    /// Films that do not play, and why.
    refused: Vec<(String, String)>,
    /// What could not be shown has been told of.
    told: HashSet<(Id, String)>,
}

/// A whole panel, laid out.
struct Side {
    root: Entity,
    /// Darkens all of it where the panel itself cannot be dimmed.
    veil: Entity,
    panel: Panel,
    drawn: Vec<Drawn>,
}

struct Drawn {
    region: Entity,
    block: Block,
    look: Look,
}

impl Stage {
    pub fn new(station: Station) -> Self {
        Self {
            station,
            darkens: true,
            almanac: None,
            bulletin: None,
            schedule: Arc::default(),
            measured: Measured::new(),
            findings: Findings::default(),
            playing: Playing::default(),
            front: None,
            back: None,
            waits: false,
            is_coming: false,
            on_now: OnNow::default(),
            refused: Vec::new(),
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

    /// The node of what is seen, when all of it is there; none while the panel is off.
    pub fn standing(&self) -> Option<Entity> {
        let front = self.front.as_ref().filter(|front| self.is_whole() && !front.panel.parts.is_empty());
        front.map(|front| front.root)
    }

    /// What is seen.
    pub fn panel(&self) -> Option<&Panel> {
        self.front.as_ref().map(|side| &side.panel)
    }

    /// A film of this name does not play: what it belongs to is left out from the next look on.
    pub fn refuse(&mut self, path: &str, reason: String) {
        if !self.refused.iter().any(|(known, _)| known == path) {
            self.refused.push((path.to_owned(), reason));
        }
    }

    /// Leaves out what was refused.
    fn take_refused(&mut self, world: &World, now: DateTime<Utc>) {
        for (path, reason) in std::mem::take(&mut self.refused) {
            let sides = [&self.front, &self.back].into_iter().flatten();
            let parts =
                sides.flat_map(|side| &side.panel.parts).filter(|part| part.slide.files().any(|own| own == path));
            let keys: Vec<(Id, Option<Id>)> =
                parts.filter_map(|part| Some((part.key.id.clone()?, part.key.event.clone()))).collect();
            for (id, event) in keys {
                self.measured.insert((id.clone(), event), None);
                self.tell(world, &id, &reason, now);
            }
        }
    }

    /// Takes all of it off the panel.
    pub fn clear(self, world: &mut World) {
        self.front.into_iter().chain(self.back).for_each(|side| side.clear(world));
    }

    /// Takes in that the content has been replaced.
    fn follow(&mut self, almanac: &Arc<Almanac>, bulletin: &Arc<Bulletin>) {
        if self.bulletin.as_ref().is_none_or(|known| !Arc::ptr_eq(known, bulletin)) {
            self.bulletin = Some(bulletin.clone());
            self.station.inform(&almanac.catalog.bulletin, bulletin);
        }
        if self.almanac.as_ref().is_none_or(|known| !Arc::ptr_eq(known, almanac)) {
            self.almanac = Some(almanac.clone());
            self.station.inform(&almanac.catalog.bulletin, bulletin);
            self.schedule = Arc::new(self.station.schedule(&almanac.catalog));
            self.measured.clear();
            self.findings = Findings::default();
        }
    }
}

/// What slides are measured and drawn with.
pub struct Atelier<'a> {
    pub scene: Scene<'a>,
    pub look: &'a Look,
    pub gallery: &'a Gallery,
}

/// Draws what is due, and prepares what comes next. Returns when to look again.
pub fn draw_stage(world: &mut World, kiosk: &Kiosk, look: &Look, now: DateTime<Utc>) -> DateTime<Utc> {
    world.resource_scope(|world, mut stage: Mut<Stage>| {
        stage.follow(&kiosk.almanac, &kiosk.bulletin);
        stage.take_refused(world, now);
        let profile = kiosk.profile.for_audience();
        let visitor = Visitor::nobody(stage.station.languages[0]);
        let scene = Scene { profile: &profile, visitor: &visitor, band_mm: 0.0, ..kiosk.scene(now) };
        let atelier = Atelier { scene, look, gallery: &kiosk.gallery };
        let mut due = stage.panel_at(world, &atelier, false);
        while stage.show(world, &atelier, kiosk, &due) == Shown::Broken {
            due = stage.panel_at(world, &atelier, false);
        }
        let until = due.until;
        if until > now {
            let ahead = Atelier { scene: Scene { now: until, ..scene }, ..atelier };
            let mut next = stage.panel_at(world, &ahead, true);
            while stage.prepare(world, &ahead, kiosk, &next) == Shown::Broken {
                next = stage.panel_at(world, &ahead, true);
            }
        }
        stage.see(world);
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

/// How far the pictures of a side have come.
enum Hanging {
    Whole,
    Waiting,
    /// One of this part cannot be drawn.
    Broken(usize),
}

fn next_minute(now: DateTime<Utc>) -> DateTime<Utc> {
    let into = now.timestamp().rem_euclid(60);
    DateTime::from_timestamp(now.timestamp() - into + 60, 0).unwrap_or(now)
}

impl Stage {
    /// What is to be seen at the scene's instant, which may lie ahead.
    fn panel_at(&mut self, world: &mut World, atelier: &Atelier<'_>, is_ahead: bool) -> Panel {
        let scene = &atelier.scene;
        let schedule = self.schedule.clone();
        let making = Making { station: &self.station, schedule: &schedule };
        let mut playing = self.playing.clone();
        let mut measured = std::mem::take(&mut self.measured);
        let refused = |item: &PlaylistItem, why: &Unsuitable| {
            if let Unsuitable::Unfit(unfit) = why {
                warn!("{}: {unfit}", item.common.id);
            }
        };
        let panel = with_composer(world, atelier.look, |composer| {
            let stocked = Stocked { scene, files: &atelier.gallery.files, making, findings: &self.findings };
            with_stock(stocked, &mut measured, composer, &refused, |stock, alerts| {
                let mut cursor = Cursor::new(&schedule, alerts, &making.station.display, stock);
                let program = playing.at(&mut cursor, scene.now);
                Panel::of(scene, making, &program)
            })
        });
        self.measured = measured;
        if !is_ahead {
            self.playing = playing;
        }
        panel
    }

    /// Brings the panel of this instant to the front.
    fn show(&mut self, world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, due: &Panel) -> Shown {
        if let Some(front) = &mut self.front
            && front.panel.is_same_turn(due)
        {
            front.update(world, atelier, kiosk, due);
            return Shown::Done;
        }
        let mut next = match self.back.take() {
            Some(back) if back.panel.is_same_turn(due) => back,
            other => {
                other.into_iter().for_each(|side| side.clear(world));
                Side::build(world, atelier, kiosk, due.clone())
            }
        };
        next.update(world, atelier, kiosk, due);
        match next.hanging(world) {
            Hanging::Broken(part) => {
                self.leave_out(world, &next, part, atelier.scene.now);
                next.clear(world);
                Shown::Broken
            }
            Hanging::Waiting if self.front.is_some() => {
                // What is seen stays until all of the next is there.
                self.back = Some(next);
                Shown::Done
            }
            Hanging::Waiting | Hanging::Whole => {
                next.turn_to_front(world);
                let ended = self.on_now.becomes(Some(due), atelier.scene.now);
                tell_ended(world, atelier.scene.trust, ended);
                let root = next.root;
                if let Some(old) = self.front.replace(next) {
                    pass(world, kiosk.moves, due.transition, [old.root, root]);
                    old.clear(world);
                }
                Shown::Done
            }
        }
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
        if let Hanging::Broken(part) = back.hanging(world) {
            self.leave_out(world, &back, part, atelier.scene.now);
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

    /// What cannot be drawn is not shown again, and told of once.
    fn leave_out(&mut self, world: &World, side: &Side, part: usize, now: DateTime<Utc>) {
        let Some(key) = side.panel.parts.get(part).map(|part| &part.key) else { return };
        let Some(id) = &key.id else { return };
        self.measured.insert((id.clone(), key.event.clone()), None);
        self.tell(world, id, "a picture of it is missing or cannot be drawn", now);
    }

    fn tell(&mut self, world: &World, id: &Id, words: &str, now: DateTime<Utc>) {
        if !self.told.insert((id.clone(), words.to_owned())) {
            return;
        }
        warn!("{id}: it is not shown: {words}");
        if let Some(outbox) = world.get_resource::<Outbox>() {
            outbox.tell(now, Kind::Fault, json!({"fault": "item", "item": id, "words": words}));
        }
    }

    /// Remembers whether a picture is still to come.
    fn see(&mut self, world: &World) {
        let waits =
            |side: &Option<Side>| side.as_ref().is_some_and(|side| matches!(side.hanging(world), Hanging::Waiting));
        self.is_coming = waits(&self.front);
        self.waits = self.is_coming || waits(&self.back);
    }
}

impl Side {
    fn build(world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, panel: Panel) -> Self {
        let node =
            Node { position_type: PositionType::Absolute, width: percent(100), height: percent(100), ..default() };
        let paper = BackgroundColor(atelier.look.colour(if panel.parts.is_empty() { Ink::Black } else { Ink::Paper }));
        let root = world.spawn((node, paper, Visibility::Hidden)).id();
        let mut drawn = Vec::new();
        for part in &panel.parts {
            let (block, look) = laid_out(world, atelier, kiosk, part);
            let px = |mm: f32| px((mm * look.px_per_mm).round());
            let edge = |from: f32, to: f32| px(from + to);
            let node = Node {
                position_type: PositionType::Absolute,
                left: px(part.area.x),
                top: px(part.area.y),
                width: size(part.area.x, edge(part.area.x, part.area.width), look.px_per_mm),
                height: size(part.area.y, edge(part.area.y, part.area.height), look.px_per_mm),
                overflow: Overflow::clip(),
                flex_direction: FlexDirection::Column,
                direction: look.direction(),
                ..default()
            };
            let region = world.spawn((node, OnPanel, ChildOf(root))).id();
            draw_block(world, region, (&block, Flow::Column), &look, &|_| 0.0);
            drawn.push(Drawn { region, block, look });
        }
        let whole =
            Node { position_type: PositionType::Absolute, width: percent(100), height: percent(100), ..default() };
        let veil = world.spawn((whole, BackgroundColor(Color::NONE), ChildOf(root))).id();
        Self { root, veil, panel, drawn }
    }

    /// As bright as the panel is to be, where the picture has to do it.
    fn darken(&self, world: &mut World, darkens: bool) {
        let percent = if darkens && !self.panel.parts.is_empty() { self.panel.brightness_percent } else { 100 };
        let shade = Color::BLACK.with_alpha(1.0 - f32::from(percent.min(100)) / 100.0);
        if let Some(mut colour) = world.get_mut::<BackgroundColor>(self.veil) {
            colour.set_if_neq(BackgroundColor(shade));
        }
    }

    /// The same slides, with what the time has changed in them.
    fn update(&mut self, world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, due: &Panel) {
        for (part, drawn) in due.parts.iter().zip(&mut self.drawn) {
            let (block, look) = laid_out(world, atelier, kiosk, part);
            if drawn.look != look {
                world.entity_mut(drawn.region).despawn_children();
                draw_block(world, drawn.region, (&block, Flow::Column), &look, &|_| 0.0);
            } else if drawn.block != block {
                patch(world, drawn.region, &drawn.block, &block, &look, &|_| 0.0);
            }
            (drawn.block, drawn.look) = (block, look);
        }
        self.panel = due.clone();
    }

    fn hanging(&self, world: &World) -> Hanging {
        let mut waits = false;
        for (at, drawn) in self.drawn.iter().enumerate() {
            let mut nodes = vec![drawn.region];
            while let Some(entity) = nodes.pop() {
                if world.get::<PictureNode>(entity).is_some() {
                    match (world.get::<Hung>(entity), world.get::<ImageNode>(entity)) {
                        (Some(_), None) => return Hanging::Broken(at),
                        (None, _) => waits = true,
                        (Some(_), Some(_)) => {}
                    }
                }
                nodes.extend(world.get::<Children>(entity).into_iter().flatten().copied());
            }
        }
        if waits { Hanging::Waiting } else { Hanging::Whole }
    }

    fn turn_to_front(&self, world: &mut World) {
        world.entity_mut(self.root).insert(Visibility::Inherited);
    }

    fn clear(self, world: &mut World) {
        world.entity_mut(self.root).despawn();
    }
}

/// From one whole pixel to another: regions that touch leave no line between them.
fn size(from_mm: f32, to: Val, px_per_mm: f32) -> Val {
    match to {
        Val::Px(to) => px(to - (from_mm * px_per_mm).round()),
        other => other,
    }
}

/// A part as blocks. What has been measured to fit does; a slide that has grown since is left as large as it was.
fn laid_out(world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, part: &Part) -> (Block, Look) {
    let visitor = Visitor::nobody(part.slide.language);
    let scene = Scene { visitor: &visitor, ..atelier.scene };
    let look = Look::new(&scene, &kiosk.theme, atelier.look.light == crate::player::theme::Light::Night, kiosk.dash());
    let block = with_composer(world, &look, |composer| {
        let block = part.block(composer);
        if part.is_alert { block.or_else(|_| smaller(part, composer)) } else { block }
    });
    let block = block.unwrap_or_else(|unfit| {
        warn!("{:?}: {unfit}", part.key.id);
        Block::column(Vec::new())
    });
    (block, look)
}

/// A warning is never left out for its length: what has no room in legible type is set smaller, for those who come
/// closer.
fn smaller(part: &Part, composer: &mut Composer<'_>) -> Result<Block, Unfit> {
    const STEP: f32 = 0.8;
    const STEPS: usize = 8;
    let mut block = Err(Unfit { words: part.slide.words() });
    for _ in 0..STEPS {
        composer.unit_mm *= STEP;
        block = part.block(composer);
        if block.is_ok() {
            break;
        }
    }
    block
}

fn with_composer<T>(world: &mut World, look: &Look, work: impl FnOnce(&mut Composer<'_>) -> T) -> T {
    world.resource_scope(|world, mut fonts: Mut<FontCx>| {
        world.resource_scope(|_, mut layouts: Mut<LayoutCx>| {
            let ruler = Ruler { fonts: &mut fonts, layouts: &mut layouts, family: &look.family };
            work(&mut Composer::new(ruler, look))
        })
    })
}
