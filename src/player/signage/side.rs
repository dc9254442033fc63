//! A slide, or several in their regions, laid out as nodes: in front, or behind what is seen until its turn.

use super::compose::{Composer, Unfit};
use super::panel::{Panel, Part};
use super::room::Room;
use crate::player::block::{Block, Body, Flow};
use crate::player::draw::{PictureNode, draw_block, patch};
use crate::player::fit::Ruler;
use crate::player::kiosk::Kiosk;
use crate::player::look::Look;
use crate::player::media::Gallery;
use crate::player::pictures::Hung;
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Light};
use crate::player::visitor::Visitor;
use bevy::prelude::*;
use bevy::text::{FontCx, LayoutCx};

/// A region of the side that is seen.
#[derive(Component)]
pub struct OnPanel;

/// What slides are measured and drawn with.
pub(super) struct Atelier<'a> {
    pub scene: Scene<'a>,
    pub look: &'a Look,
    pub gallery: &'a Gallery,
    pub room: Room,
}

/// All of the room, laid out.
pub(super) struct Side {
    pub root: Entity,
    /// Darkens all of it where the panel itself cannot be dimmed.
    veil: Entity,
    pub panel: Panel,
    drawn: Vec<Drawn>,
}

struct Drawn {
    region: Entity,
    laid: Laid,
}

/// A part as blocks.
struct Laid {
    block: Block,
    look: Look,
    /// All that is said in it.
    words: String,
    /// Its words have grown since they were measured, and have no room any more.
    is_unfit: bool,
}

/// How far the pictures of a side have come.
pub(super) enum Hanging {
    Whole,
    Waiting,
    /// A picture of this part cannot be drawn.
    Broken(usize),
    /// The words of this part have no room.
    Unfit(usize),
}

impl Side {
    pub fn build(world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, panel: Panel) -> Self {
        let node = atelier.room.node(&kiosk.profile, atelier.look);
        let paper = BackgroundColor(atelier.look.colour(if panel.is_off { Ink::Black } else { Ink::Paper }));
        let root = world.spawn((node, paper, Visibility::Hidden)).id();
        let mut drawn = Vec::new();
        for part in &panel.parts {
            let laid = laid_out(world, atelier, kiosk, part);
            let look = &laid.look;
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
            draw_block(world, region, (&laid.block, Flow::Column), look, &|_| 0.0);
            drawn.push(Drawn { region, laid });
        }
        let whole =
            Node { position_type: PositionType::Absolute, width: percent(100), height: percent(100), ..default() };
        let veil = world.spawn((whole, BackgroundColor(Color::NONE), ChildOf(root))).id();
        Self { root, veil, panel, drawn }
    }

    /// As bright as the panel is to be, where the picture has to do it.
    pub fn darken(&self, world: &mut World, darkens: bool) {
        let percent = if darkens && !self.panel.is_off { self.panel.brightness_percent } else { 100 };
        let shade = Color::BLACK.with_alpha(1.0 - f32::from(percent.min(100)) / 100.0);
        if let Some(mut colour) = world.get_mut::<BackgroundColor>(self.veil) {
            colour.set_if_neq(BackgroundColor(shade));
        }
    }

    /// The same slides, with what the time has changed in them.
    pub fn update(&mut self, world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, due: &Panel) {
        // A window lies elsewhere once the screen is read from the other side.
        let node = atelier.room.node(&kiosk.profile, atelier.look);
        if world.get::<Node>(self.root) != Some(&node) {
            world.entity_mut(self.root).insert(node);
        }
        for (part, drawn) in due.parts.iter().zip(&mut self.drawn) {
            let laid = laid_out(world, atelier, kiosk, part);
            if laid.is_unfit {
                // What it said before stands until its turn is over.
                continue;
            }
            let was = std::mem::replace(&mut drawn.laid, laid);
            let Laid { block, look, .. } = &drawn.laid;
            if was.look != *look {
                world.entity_mut(drawn.region).despawn_children();
                draw_block(world, drawn.region, (block, Flow::Column), look, &|_| 0.0);
            } else if was.block != *block {
                patch(world, drawn.region, &was.block, block, look, &|_| 0.0);
            }
        }
        self.panel = due.clone();
    }

    /// All that is said on it, in reading order.
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.drawn.iter().map(|drawn| drawn.laid.words.as_str()).collect();
        words.join(", ")
    }

    pub fn hanging(&self, world: &World) -> Hanging {
        let mut waits = false;
        for (at, drawn) in self.drawn.iter().enumerate() {
            if drawn.laid.is_unfit {
                return Hanging::Unfit(at);
            }
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

    pub fn turn_to_front(&self, world: &mut World) {
        world.entity_mut(self.root).insert(Visibility::Inherited);
    }

    pub fn clear(self, world: &mut World) {
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

/// A part as blocks.
fn laid_out(world: &mut World, atelier: &Atelier<'_>, kiosk: &Kiosk, part: &Part) -> Laid {
    let visitor = Visitor::nobody(part.slide.language);
    let scene = Scene { visitor: &visitor, ..atelier.scene };
    let look = Look::new(&scene, &kiosk.theme, atelier.look.light == Light::Night, kiosk.dash());
    let block = with_composer(world, &look, |composer| {
        let block = part.block(composer);
        if part.is_alert { block.or_else(|_| smaller(part, composer)) } else { block }
    });
    let is_unfit = block.is_err() && !part.is_alert;
    let block = block.unwrap_or_else(|unfit| {
        warn!("{:?}: {unfit}", part.key.id);
        Block::column(Vec::new())
    });
    let words = block.words();
    // The window says itself what stands in it: it is one thing to touch.
    let block = if atelier.room == Room::Window { unspoken(block) } else { block };
    Laid { block, look, words, is_unfit }
}

fn unspoken(mut block: Block) -> Block {
    if let Body::Group(children) | Body::Scroll(_, children) = &mut block.body {
        *children = std::mem::take(children).into_iter().map(unspoken).collect();
    }
    block.silent()
}

/// A warning is never left out for its length: words that are longer than a line are broken; what has no room in legible
/// type then is set smaller, for those who come closer; and of a text that has none even so the beginning is shown.
fn smaller(part: &Part, composer: &mut Composer<'_>) -> Result<Block, Unfit> {
    const STEP: f32 = 0.8;
    const STEPS: i32 = 4;
    const WORDS: [usize; 5] = [usize::MAX, 150, 75, 40, 15];
    let unit_mm = composer.unit_mm;
    let mut block = Err(Unfit { words: part.slide.words() });
    for words in WORDS {
        let short = Part { slide: part.slide.beginning(words), ..part.clone() };
        for step in 0..=STEPS {
            composer.unit_mm = unit_mm * STEP.powi(step);
            block = short.block(composer);
            if block.is_ok() {
                return block;
            }
        }
    }
    block
}

pub(super) fn with_composer<T>(world: &mut World, look: &Look, work: impl FnOnce(&mut Composer<'_>) -> T) -> T {
    world.resource_scope(|world, mut fonts: Mut<FontCx>| {
        world.resource_scope(|_, mut layouts: Mut<LayoutCx>| {
            let ruler = Ruler { fonts: &mut fonts, layouts: &mut layouts, family: &look.family };
            work(&mut Composer::new(ruler, look))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Alert, Bulletin, Catalog, Id, Localized, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::media::Files;
    use crate::player::profile::Profile;
    use crate::player::signage::lint::{Desk, Subject};
    use crate::player::signage::panel::{Key, boxes, whole};
    use crate::player::signage::slides;
    use crate::player::theme::Theme;

    #[test]
    fn a_warning_is_read_whatever_its_words_are() {
        let (theme, bulletin) = (Theme::shipped("parvis").unwrap(), Bulletin::default());
        let almanac = Almanac::new(Catalog::new(Town::default(), Vec::new()).0, None, 0.0);
        let now = "2026-06-15T12:00:00Z".parse().unwrap();
        let subject = Subject { almanac: &almanac, bulletin: &bulletin, files: &Files::None, theme: &theme, now };
        let schedule = subject.schedule();
        let visitor = Visitor::nobody(Language::Fr);
        let mut desk = Desk::new();
        let address = format!("https://ville.fr/{}", "consignes/".repeat(30));
        let texts = [address, "Ne sortez pas. ".repeat(600), "x".repeat(30_000), "水".repeat(9_000)];
        for profile in Profile::names() {
            let profile = Profile::shipped(profile).unwrap().for_audience();
            let scene = subject.scene(&profile, &visitor, now);
            let look = Look::new(&scene, &theme, false, Handle::default());
            for text in &texts {
                let mut alert = Alert { instruction: Localized::one("fr", text.as_str()), ..Alert::default() };
                (alert.common.id, alert.common.title) = (Id("w:1".to_owned()), Localized::one("fr", text.as_str()));
                let key =
                    Key { region: String::new(), id: None, event: None, which: 0, begins: now, language: Language::Fr };
                let (area, slide) = (whole(&scene), slides::alert(&scene, &alert));
                let boxes = boxes(&schedule, "", "alert", area);
                let part = Part { key, is_alert: true, playlist: None, by: None, area, slide, boxes };
                let words = smaller(&part, &mut desk.composer(&look)).map(|block| block.words());
                let beginning: String = text.chars().take(8).collect();
                let is_there = words.as_ref().is_ok_and(|words| words.contains(&beginning));
                assert!(is_there, "{}: {beginning}", profile.name);
            }
        }
    }
}
