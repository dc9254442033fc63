//! What is on screen, measured once: the rules look at this and at nothing else.

use crate::language::kept_together;
use crate::player::action::Action;
use crate::player::block::Role;
use crate::player::draw::{Lettered, PictureNode, Region, ScrollArea, Spoken, Touchable};
use crate::player::fit::as_set;
use crate::player::kiosk::Kiosk;
use crate::player::profile::Profile;
use crate::player::signage::{OnPanel, Panel, Part, Room, Stage};
use crate::player::theme::CAP_HEIGHT;
use crate::player::visitor::Mode;
use bevy::prelude::*;
use bevy::text::{ComputedTextBlock, TextLayoutInfo};
use bevy::ui::widget::Text as TextNode;
use bevy::ui::{CalculatedClip, UiGlobalTransform};
use parley::BreakReason;
use unicode_normalization::char::is_combining_mark;

/// Everything that can be touched and everything that can be read.
#[derive(Clone, Debug)]
pub struct Sight {
    pub profile: Profile,
    pub modes: Vec<Mode>,
    pub controls: Vec<Control>,
    pub letters: Vec<Letters>,
    /// What is on a panel that nobody touches.
    pub signage: Option<SignageSight>,
}

/// What a panel of signage shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignageSight {
    /// Who made the pictures, and what marks a slide: read from near, like the small print of a poster.
    pub credits: Vec<String>,
    /// How many slides people take in at a glance; lists and warnings are none of them.
    pub notices: usize,
    /// One of its slides is a list or a warning.
    pub is_more: bool,
}

/// Something to touch.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// What is spoken of it.
    pub name: String,
    pub role: Option<Role>,
    pub action: Action,
    /// The whole of it, in px.
    pub whole: Rect,
    /// What of it is in sight, in px.
    pub seen: Rect,
    /// A finger can bring the rest of it into sight.
    pub scrolls: bool,
    /// Controls with the same number stand beside one another.
    pub among: Entity,
}

/// A run of text or one icon.
#[derive(Clone, Debug, PartialEq)]
pub struct Letters {
    /// What is drawn.
    pub drawn: String,
    /// What the screen asked for.
    pub full: String,
    pub is_icon: bool,
    /// It stands inside something to touch.
    pub on_control: bool,
    /// A finger can bring the rest of it into sight.
    pub scrolls: bool,
    pub colour: [u8; 3],
    /// Height of a capital, in mm.
    pub cap_mm: f32,
    /// What of the node is in sight, in px.
    pub seen: Rect,
    /// Characters that no font has.
    pub missing: String,
    /// How far ink stands outside its node or what clips it, in px.
    pub cut_px: f32,
    /// A line ends inside a word.
    pub broken: bool,
    /// It lies on a picture, with no plane between.
    pub on_picture: bool,
}

impl Sight {
    /// Measures what is laid out now. While the prompt is up, only the prompt counts.
    pub fn of(world: &mut World) -> Self {
        let kiosk = world.resource::<Kiosk>();
        let stage = world.get_resource::<Stage>().filter(|stage| stage.station.room == Room::Panel);
        let signage = stage.and_then(Stage::panel).map(SignageSight::of);
        let profile = if signage.is_some() { kiosk.profile.for_audience() } else { kiosk.profile.clone() };
        let modes: Vec<Mode> = kiosk.visitor.modes.iter().copied().collect();
        let asked = kiosk.visitor.asked;
        let mut roots: Vec<(Entity, Region)> =
            world.query::<(Entity, &Region)>().iter(world).map(|(entity, region)| (entity, *region)).collect();
        roots.retain(|(_, region)| (*region == Region::Overlay) == asked);
        let mut roots: Vec<Entity> = roots.into_iter().map(|(entity, _)| entity).collect();
        // What lies behind the panel is not there yet.
        let is_seen = |seen: &InheritedVisibility| seen.get();
        let panels = world.query_filtered::<(Entity, &InheritedVisibility), With<OnPanel>>();
        roots.extend(in_sight_of(panels, world, is_seen));
        let pictures = world.query_filtered::<(Entity, &InheritedVisibility), With<PictureNode>>();
        let pictures: Vec<(Entity, Rect)> = in_sight_of(pictures, world, is_seen)
            .into_iter()
            .filter_map(|entity| Some((entity, in_sight(world, entity)?)))
            .collect();
        let panel = Rect::new(0.0, 0.0, profile.width_px as f32, profile.height_px as f32);
        let mut sight = Self { profile, modes, controls: Vec::new(), letters: Vec::new(), signage };
        let measure = Measure { world, pictures, panel };
        for root in roots {
            measure.walk(root, &mut sight);
        }
        sight
    }

    pub fn mm(&self, px: f32) -> f32 {
        px / self.profile.px_per_mm()
    }

    pub fn has(&self, mode: Mode) -> bool {
        self.modes.contains(&mode)
    }
}

impl SignageSight {
    fn of(panel: &Panel) -> Self {
        let credit = |part: &Part| {
            let credit = part.slide.text("credit").map(|shown| kept_together(&shown.text, part.slide.language));
            let mark = part.slide.mark.as_ref().map(|mark| mark.words.clone());
            credit.into_iter().chain(mark).map(|words| as_set(&words)).collect::<Vec<_>>()
        };
        let is_more = |part: &&Part| !part.slide.rows.is_empty() || part.playlist.is_none();
        Self {
            credits: panel.parts.iter().flat_map(credit).collect(),
            notices: panel.parts.iter().filter(|part| !is_more(part)).count(),
            is_more: panel.parts.iter().any(|part| is_more(&part)),
        }
    }
}

/// Those of a query whose visibility will do.
fn in_sight_of<F: bevy::ecs::query::QueryFilter>(
    mut all: QueryState<(Entity, &'static InheritedVisibility), F>,
    world: &World,
    is_seen: impl Fn(&InheritedVisibility) -> bool,
) -> Vec<Entity> {
    all.iter(world).filter(|(_, seen)| is_seen(seen)).map(|(entity, _)| entity).collect()
}

struct Measure<'a> {
    world: &'a World,
    pictures: Vec<(Entity, Rect)>,
    panel: Rect,
}

impl Measure<'_> {
    fn walk(&self, entity: Entity, sight: &mut Sight) {
        if let Some(touchable) = self.world.get::<Touchable>(entity) {
            sight.controls.extend(self.control(entity, touchable));
        }
        if let Some(lettered) = self.world.get::<Lettered>(entity) {
            sight.letters.extend(self.letters(entity, lettered, sight));
        }
        for child in self.world.get::<Children>(entity).into_iter().flatten() {
            self.walk(*child, sight);
        }
    }

    fn control(&self, entity: Entity, touchable: &Touchable) -> Option<Control> {
        let seen = in_sight(self.world, entity)?.intersect(self.panel);
        let spoken = self.world.get::<Spoken>(entity);
        Some(Control {
            name: spoken.map(|spoken| spoken.name.clone()).unwrap_or_default(),
            role: spoken.map(|spoken| spoken.role),
            action: touchable.action.clone(),
            whole: whole(self.world, entity)?,
            seen,
            scrolls: self.scrolls(entity),
            among: self.among(entity),
        })
    }

    fn scrolls(&self, entity: Entity) -> bool {
        self.above(entity).any(|above| self.world.get::<ScrollArea>(above).is_some())
    }

    /// The list it stands in, or the nearest node that holds other controls too.
    fn among(&self, entity: Entity) -> Entity {
        let list = self.above(entity).find(|above| self.world.get::<ScrollArea>(*above).is_some());
        list.or_else(|| self.above(entity).find(|above| self.controls_in(*above) > 1)).unwrap_or(entity)
    }

    fn controls_in(&self, entity: Entity) -> usize {
        let own = usize::from(self.world.get::<Touchable>(entity).is_some());
        let children = self.world.get::<Children>(entity).into_iter().flatten();
        own + children.map(|child| self.controls_in(*child)).sum::<usize>()
    }

    fn letters(&self, entity: Entity, lettered: &Lettered, sight: &Sight) -> Option<Letters> {
        let seen = in_sight(self.world, entity)?.intersect(self.panel);
        if seen.is_empty() {
            return None;
        }
        let drawn = self.world.get::<TextNode>(entity)?.0.clone();
        let FontSize::Px(size_px) = self.world.get::<TextFont>(entity)?.font_size else { return None };
        let colour = self.world.get::<TextColor>(entity)?.0.to_srgba().to_u8_array();
        let missing = missing(self.world.get::<ComputedTextBlock>(entity)?, &drawn);
        let on_control = self.above(entity).any(|above| self.world.get::<Touchable>(above).is_some());
        Some(Letters {
            full: lettered.full.clone(),
            is_icon: lettered.is_icon,
            on_control,
            scrolls: self.scrolls(entity),
            colour: [colour[0], colour[1], colour[2]],
            cap_mm: sight.mm(size_px) * CAP_HEIGHT,
            seen,
            missing: if lettered.is_icon { String::new() } else { missing },
            cut_px: self.cut_px(entity, size_px).unwrap_or_default(),
            broken: is_broken(self.world.get::<ComputedTextBlock>(entity)?, &drawn),
            on_picture: self.is_on_picture(entity, seen),
            drawn,
        })
    }

    /// How far the ink of a text stands outside its own node or outside a node that cuts what is in it, or that is
    /// touched as one thing. Along a list that scrolls it may: a finger brings it into sight.
    fn cut_px(&self, entity: Entity, size_px: f32) -> Option<f32> {
        // Marks above capitals and below the line may reach into the space between lines.
        let leave_px = size_px * 0.25;
        let ink = self.ink(entity)?;
        let own = whole(self.world, entity)?;
        let mut cut = outside(ink, own) - leave_px;
        let mut along = true;
        for above in self.above(entity) {
            let Some(node) = self.world.get::<Node>(above) else { continue };
            let is_control = self.world.get::<Touchable>(above).is_some();
            if node.overflow.is_visible() && !is_control {
                continue;
            }
            let Some(bounds) = whole(self.world, above) else { continue };
            along &= self.world.get::<ScrollArea>(above).is_none();
            let across = (bounds.min.x - ink.min.x).max(ink.max.x - bounds.max.x);
            cut = cut.max(if along { outside(ink, bounds) } else { across });
        }
        Some(cut.max(0.0))
    }

    fn ink(&self, entity: Entity) -> Option<Rect> {
        let layout = self.world.get::<TextLayoutInfo>(entity)?;
        let node = self.world.get::<ComputedNode>(entity)?;
        let transform = self.world.get::<UiGlobalTransform>(entity)?;
        let from = transform.translation + node.content_box().min;
        let ink = layout.glyphs.iter().filter(|glyph| !glyph.atlas_info.rect.is_empty());
        let ink = ink.map(|glyph| Rect::from_center_size(from + glyph.position, glyph.atlas_info.rect.size()));
        ink.reduce(|one, other| one.union(other))
    }

    /// A picture lies under it, and up to where the two part there is no plane that covers the picture.
    fn is_on_picture(&self, entity: Entity, seen: Rect) -> bool {
        let lies_under = |(picture, rect): &&(Entity, Rect)| {
            let shared = rect.intersect(seen);
            shared.width() > 1.0 && shared.height() > 1.0 && self.world.get_entity(*picture).is_ok()
        };
        self.pictures.iter().filter(lies_under).any(|(picture, _)| {
            let holds = |above: Entity| above == *picture || self.above(*picture).any(|one| one == above);
            let path = std::iter::once(entity).chain(self.above(entity)).take_while(|above| !holds(*above));
            !path
                .into_iter()
                .any(|above| self.world.get::<BackgroundColor>(above).is_some_and(|plane| plane.0.alpha() >= 1.0))
        })
    }

    fn above(&self, entity: Entity) -> impl Iterator<Item = Entity> + '_ {
        std::iter::successors(Some(entity), |one| Some(self.world.get::<ChildOf>(*one)?.parent())).skip(1)
    }
}

fn outside(ink: Rect, bounds: Rect) -> f32 {
    let over = (bounds.min - ink.min).max(ink.max - bounds.max);
    over.x.max(over.y)
}

/// The whole node, in px.
fn whole(world: &World, entity: Entity) -> Option<Rect> {
    let size = world.get::<ComputedNode>(entity)?.size();
    let centre = world.get::<UiGlobalTransform>(entity)?.translation;
    Some(Rect::from_center_size(centre, size))
}

/// What of the node is in sight; `None` when nothing is.
fn in_sight(world: &World, entity: Entity) -> Option<Rect> {
    let mut rect = whole(world, entity)?;
    if let Some(clip) = world.get::<CalculatedClip>(entity) {
        rect = rect.intersect(clip.clip);
    }
    (rect.width() >= 1.0 && rect.height() >= 1.0).then_some(rect)
}

/// The characters for which no font had a glyph.
fn missing(block: &ComputedTextBlock, drawn: &str) -> String {
    let mut missing = String::new();
    for line in block.buffer().lines() {
        for run in line.runs() {
            for cluster in run.clusters().filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0)) {
                let text = drawn.get(cluster.text_range()).unwrap_or_default();
                missing.extend(text.chars().filter(|c| !c.is_whitespace() && !c.is_control()));
            }
        }
    }
    missing
}

/// A line ends where its script allows no end, or the next one begins with the mark of a letter left behind.
fn is_broken(block: &ComputedTextBlock, drawn: &str) -> bool {
    block.buffer().lines().any(|line| {
        let first = drawn.get(line.text_range()).and_then(|text| text.chars().next());
        line.break_reason() == BreakReason::Emergency || first.is_some_and(is_combining_mark)
    })
}

#[cfg(test)]
pub mod sample {
    //! A screen with nothing wrong: two controls side by side in the belt, and one text.

    use super::{Control, Letters, Sight};
    use crate::player::action::Action;
    use crate::player::block::Role;
    use crate::player::profile::Profile;
    use bevy::prelude::{Entity, Rect};

    pub fn sight() -> Sight {
        let profile = Profile::shipped("totem-portrait").unwrap();
        let px = profile.px_per_mm();
        let top = profile.lower_edge_mm + profile.panel_height_mm - 1100.0;
        let control = |name: &str, x: f32| {
            let rect = Rect::new(x * px, top * px, (x + 100.0) * px, (top + 40.0) * px);
            Control {
                name: name.to_owned(),
                role: Some(Role::Button),
                action: Action::Home,
                whole: rect,
                seen: rect,
                scrolls: false,
                among: Entity::PLACEHOLDER,
            }
        };
        let letters = Letters {
            drawn: "Near me".to_owned(),
            full: "Near me".to_owned(),
            is_icon: false,
            on_control: true,
            scrolls: false,
            colour: [0; 3],
            cap_mm: 8.0,
            seen: Rect::new(40.0 * px, (top + 10.0) * px, 120.0 * px, (top + 25.0) * px),
            missing: String::new(),
            cut_px: 0.0,
            broken: false,
            on_picture: false,
        };
        Sight {
            profile,
            modes: Vec::new(),
            controls: vec![control("Near", 30.0), control("Agenda", 140.0)],
            letters: vec![letters],
            signage: None,
        }
    }
}
