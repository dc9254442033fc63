//! Brings slides onto the panel. There are two sides: one that is seen, and one behind it on which the next picture is
//! laid out and decoded before its turn. Sides change only when the new one is whole: no black, no half a slide.

use super::compose::Composer;
use super::panel::{self, Making, Panel, Part};
use super::station::Station;
use super::templates::kind_of;
use crate::content::{Alert, Id, Live, PlaylistItem, Schedule, Show};
use crate::player::almanac::Almanac;
use crate::player::block::{Block, Flow};
use crate::player::draw::{PictureNode, draw_block, patch};
use crate::player::fit::Ruler;
use crate::player::kiosk::Kiosk;
use crate::player::look::Look;
use crate::player::media::Gallery;
use crate::player::pictures::Hung;
use crate::player::scene::Scene;
use crate::player::theme::Ink;
use crate::player::visitor::Visitor;
use crate::signage::{CatalogStock, program};
use bevy::prelude::*;
use bevy::text::{FontCx, LayoutCx};
use chrono::{DateTime, Utc};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// A region of the side that is seen.
#[derive(Component)]
pub struct OnPanel;

/// The signage of this display.
#[derive(Resource)]
pub struct Stage {
    pub station: Station,
    /// Of this content.
    almanac: Option<Arc<Almanac>>,
    schedule: Arc<Schedule>,
    /// How many words a slide of an item has, and of which event; none where it has no room or no picture.
    measured: HashMap<(Id, Option<Id>), Option<usize>>,
    front: Option<Side>,
    back: Option<Side>,
}

/// A whole panel, laid out.
struct Side {
    root: Entity,
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
            almanac: None,
            schedule: Arc::default(),
            measured: HashMap::new(),
            front: None,
            back: None,
        }
    }

    /// What is seen.
    pub fn panel(&self) -> Option<&Panel> {
        self.front.as_ref().map(|side| &side.panel)
    }

    /// Takes in that the content has been replaced.
    fn follow(&mut self, almanac: &Arc<Almanac>) {
        if self.almanac.as_ref().is_none_or(|known| !Arc::ptr_eq(known, almanac)) {
            self.almanac = Some(almanac.clone());
            self.schedule = Arc::new(self.station.schedule(&almanac.catalog));
            self.measured.clear();
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
        stage.follow(&kiosk.almanac);
        let profile = kiosk.profile.for_audience();
        let visitor = Visitor::nobody(stage.station.languages[0]);
        let scene = Scene { profile: &profile, visitor: &visitor, band_mm: 0.0, ..kiosk.scene(now) };
        let atelier = Atelier { scene, look, gallery: &kiosk.gallery };
        let due = stage.panel_at(world, &atelier, now);
        stage.show(world, &atelier, kiosk, &due);
        let until = due.until;
        if until > now {
            let next = stage.panel_at(world, &Atelier { scene: Scene { now: until, ..scene }, ..atelier }, until);
            stage.prepare(world, &atelier, kiosk, next);
        }
        until.min(next_minute(now))
    })
}

fn next_minute(now: DateTime<Utc>) -> DateTime<Utc> {
    let into = now.timestamp().rem_euclid(60);
    DateTime::from_timestamp(now.timestamp() - into + 60, 0).unwrap_or(now)
}

impl Stage {
    /// What is to be seen at an instant.
    fn panel_at(&mut self, world: &mut World, atelier: &Atelier<'_>, at: DateTime<Utc>) -> Panel {
        let scene = &atelier.scene;
        let schedule = self.schedule.clone();
        let making = Making { station: &self.station, schedule: &schedule };
        let measured = RefCell::new(std::mem::take(&mut self.measured));
        let panel = with_composer(world, atelier.look, |composer| {
            let composer = RefCell::new(composer);
            let measure = |item: &PlaylistItem, event: Option<&Id>| {
                let key = (item.common.id.clone(), event.cloned());
                if let Some(words) = measured.borrow().get(&key) {
                    return *words;
                }
                let words = words_of(atelier, making, item, event, &mut composer.borrow_mut());
                measured.borrow_mut().insert(key, words);
                words
            };
            let live: Vec<&Live> = scene.bulletin.live.iter().chain(&scene.almanac.catalog.bulletin.live).collect();
            let alerts: Vec<&Alert> = scene.bulletin.alerts.iter().chain(&scene.almanac.catalog.bulletin.alerts).collect();
            let stock = CatalogStock {
                catalog: &scene.almanac.catalog,
                live: &live,
                display: &making.station.display,
                words: &|item, event| measure(item, event).unwrap_or(0),
                is_playable: &|item| matches!(item.show, Show::Events { .. }) || measure(item, None).is_some(),
            };
            let program = program(&schedule, &alerts, &making.station.display, &stock, at);
            Panel::of(scene, making, &program)
        });
        self.measured = measured.into_inner();
        panel
    }

    /// Brings the panel of this instant to the front.
    fn show(&mut self, world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, due: &Panel) {
        if let Some(front) = &mut self.front
            && front.panel.is_same_turn(due)
        {
            front.update(world, atelier, kiosk, due);
            return;
        }
        let mut next = match self.back.take() {
            Some(back) if back.panel.is_same_turn(due) => back,
            other => {
                other.into_iter().for_each(|side| side.clear(world));
                Side::build(world, atelier, kiosk, due.clone())
            }
        };
        next.update(world, atelier, kiosk, due);
        if self.front.is_some() && !next.is_whole(world) {
            // What is seen stays until all of the next is there.
            self.back = Some(next);
            return;
        }
        next.turn_to_front(world);
        if let Some(old) = self.front.replace(next) {
            old.clear(world);
        }
    }

    /// Lays out behind what is seen.
    fn prepare(&mut self, world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, next: Panel) {
        if self.back.as_ref().is_some_and(|back| back.panel.is_same_turn(&next)) {
            return;
        }
        if let Some(old) = self.back.take() {
            old.clear(world);
        }
        self.back = Some(Side::build(world, atelier, kiosk, next));
    }
}

impl Side {
    fn build(world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, panel: Panel) -> Self {
        let node = Node { position_type: PositionType::Absolute, width: percent(100), height: percent(100), ..default() };
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
        Self { root, panel, drawn }
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

    /// Whether all its pictures hang.
    fn is_whole(&self, world: &World) -> bool {
        let mut nodes = vec![self.root];
        while let Some(entity) = nodes.pop() {
            if world.get::<PictureNode>(entity).is_some() && world.get::<Hung>(entity).is_none() {
                return false;
            }
            nodes.extend(world.get::<Children>(entity).into_iter().flatten().copied());
        }
        true
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
    let block = with_composer(world, &look, |composer| part.block(composer));
    let block = block.unwrap_or_else(|unfit| {
        warn!("{:?}: {unfit}", part.key.id);
        Block::column(Vec::new())
    });
    (block, look)
}

fn with_composer<T>(world: &mut World, look: &Look, work: impl FnOnce(&mut Composer<'_>) -> T) -> T {
    world.resource_scope(|world, mut fonts: Mut<FontCx>| {
        world.resource_scope(|_, mut layouts: Mut<LayoutCx>| {
            let ruler = Ruler { fonts: &mut fonts, layouts: &mut layouts, family: &look.family };
            work(&mut Composer {
                ruler,
                unit_mm: look.smallest_cap_mm(),
                px_per_mm: look.px_per_mm,
                region_mm: look.panel_mm,
            })
        })
    })
}

/// How many words the slide of an item has; none where it cannot be shown.
fn words_of(
    atelier: &Atelier<'_>,
    making: Making<'_>,
    item: &PlaylistItem,
    event: Option<&Id>,
    composer: &mut Composer<'_>,
) -> Option<usize> {
    let scene = &atelier.scene;
    let language = making.station.languages[0];
    let which = match (&item.show, event) {
        (Show::Events { filter, .. }, Some(event)) => {
            let found = crate::signage::events_found(&scene.almanac.catalog, filter, &making.station.display, scene.now);
            found.iter().position(|(found, _)| found.common.id == *event)?
        }
        _ => 0,
    };
    let slide = panel::slide_of(scene, making.station, item, which, scene.now, language)?;
    if !slide.files().all(|path| atelier.gallery.files.has(path)) {
        return None;
    }
    let area = panel::whole(scene);
    composer.region_mm = (area.width, area.height);
    let boxes = panel::boxes(making.schedule, &item.template, kind_of(&item.show), area);
    let block = composer.compose(&boxes, &slide);
    block.inspect_err(|unfit| warn!("{}: {unfit}", item.common.id)).ok().map(|block| block.words().split_whitespace().count())
}
