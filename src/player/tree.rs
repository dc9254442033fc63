//! The spoken tree: what a screen says to someone who does not see it, in reading order.

use super::block::Role;
use super::draw::{Region, Spoken, Touchable};
use super::kiosk::Kiosk;
use super::signage::OnPanel;
use bevy::prelude::*;
use bevy::ui::{CalculatedClip, UiGlobalTransform};
use serde::Serialize;

/// One element of the tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Element {
    pub role: &'static str,
    pub name: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub state: &'static str,
    /// The text that is drawn for it, in full.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// BCP 47 tag.
    pub language: String,
    pub region: &'static str,
    /// Left, top, width and height in mm from the panel's upper left corner.
    pub rect_mm: [f32; 4],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub touchable: bool,
    #[serde(skip)]
    pub entity: Option<Entity>,
}

/// Reads the tree off what is laid out now. Elements scrolled out of sight are left out.
pub fn spoken_tree(world: &mut World) -> Vec<Element> {
    let mut regions: Vec<(Entity, Region)> =
        world.query::<(Entity, &Region)>().iter(world).map(|(entity, region)| (entity, *region)).collect();
    regions.sort_by_key(|(_, region)| Region::ALL.iter().position(|one| one == region));
    // What lies behind the panel is not there yet.
    let mut panels = world.query_filtered::<(Entity, &InheritedVisibility), With<OnPanel>>();
    let panels: Vec<Entity> = panels.iter(world).filter(|(_, seen)| seen.get()).map(|(entity, _)| entity).collect();
    let mut tree = Vec::new();
    let (language, px_per_mm) = {
        let kiosk = world.resource::<Kiosk>();
        (kiosk.visitor.language.tag().to_owned(), kiosk.profile.px_per_mm())
    };
    let walker = Walker { world, language, px_per_mm };
    for (root, region) in regions {
        walker.walk(root, region.name(), &mut tree);
    }
    for root in panels {
        walker.walk(root, "panel", &mut tree);
    }
    tree
}

struct Walker<'a> {
    world: &'a World,
    language: String,
    px_per_mm: f32,
}

impl Walker<'_> {
    fn walk(&self, entity: Entity, region: &'static str, tree: &mut Vec<Element>) {
        let world = self.world;
        if let Some(spoken) = world.get::<Spoken>(entity) {
            let touchable = world.get::<Touchable>(entity).is_some();
            if let Some(rect) = self.rect_px(entity) {
                tree.push(self.element(entity, spoken, region, rect, touchable));
            }
            // Of anything but a list, its own name says what stands inside.
            if spoken.role != Role::List {
                return;
            }
        }
        for child in world.get::<Children>(entity).into_iter().flatten() {
            self.walk(*child, region, tree);
        }
    }

    fn element(&self, entity: Entity, spoken: &Spoken, region: &'static str, rect: Rect, touchable: bool) -> Element {
        let mm = |px: f32| (px / self.px_per_mm * 10.0).round() / 10.0;
        Element {
            role: spoken.role.word(),
            name: spoken.name.clone(),
            state: spoken.role.state(),
            text: String::new(),
            language: spoken.language.clone().unwrap_or_else(|| self.language.clone()),
            region,
            rect_mm: [mm(rect.min.x), mm(rect.min.y), mm(rect.width()), mm(rect.height())],
            touchable,
            entity: Some(entity),
        }
    }

    /// What of the node is in sight; `None` when nothing is.
    fn rect_px(&self, entity: Entity) -> Option<Rect> {
        let node = self.world.get::<ComputedNode>(entity)?;
        let transform = self.world.get::<UiGlobalTransform>(entity)?;
        let mut rect = Rect::from_center_size(transform.translation, node.size());
        if let Some(clip) = self.world.get::<CalculatedClip>(entity) {
            rect = rect.intersect(clip.clip);
        }
        (rect.width() >= 1.0 && rect.height() >= 1.0).then_some(rect)
    }
}
