//! Brings finished pictures onto the nodes that wait for them.

use super::draw::{Lettered, PictureNode};
use super::kiosk::Kiosk;
use super::media::{Easel, MapLabel, PictureCache, PictureKey, Pictures};
use super::theme::{BODY, Ink, Lettering};
use bevy::prelude::*;
use bevy::ui::widget::Text as TextNode;

/// A picture node that shows what it should.
#[derive(Component)]
pub struct Hung;

/// After layout, when sizes are known: hangs pictures that are there, orders those that are not.
pub fn hang_pictures(
    mut commands: Commands,
    mut pictures: ResMut<Pictures>,
    mut images: ResMut<Assets<Image>>,
    kiosk: Res<Kiosk>,
    nodes: Query<(Entity, &PictureNode, &ComputedNode), Without<Hung>>,
) {
    pictures.collect(&mut images);
    let Some(look) = kiosk.look() else { return };
    for (entity, picture, computed) in &nodes {
        let size = computed.size();
        if size.x < 1.0 || size.y < 1.0 {
            continue;
        }
        let key =
            PictureKey { spec: picture.0.clone(), width: size.x as u32, height: size.y as u32, light: look.light };
        let easel = || Easel {
            gallery: kiosk.gallery.clone(),
            colours: look.colours().clone(),
            px_per_mm: look.px_per_mm,
            label_cap_mm: look.smallest_cap_mm(),
        };
        match pictures.get(&key, easel) {
            PictureCache::Waiting => {}
            PictureCache::Failed => {
                commands.entity(entity).insert(Hung);
            }
            PictureCache::Ready(image, labels) => {
                let shown = ImageNode { image, image_mode: NodeImageMode::Stretch, ..default() };
                commands.entity(entity).insert((shown, Hung)).with_children(|parent| {
                    for label in labels.iter() {
                        plate(parent, label, look);
                    }
                });
            }
        }
    }
}

/// A name or number on a plane of its own: text never lies on a picture.
fn plate(parent: &mut ChildSpawnerCommands<'_>, label: &MapLabel, look: &super::look::Look) {
    let (ink, plane) = if label.is_number { (Ink::OnTown, Ink::Town) } else { (Ink::Ink, Ink::Paper) };
    let size_px = look.smallest_px(Lettering::Smallest);
    // A node without size whose child is centred on it.
    let anchor = Node {
        position_type: PositionType::Absolute,
        left: px(label.x),
        top: px(label.y),
        width: px(0),
        height: px(0),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    };
    let side = (size_px * 1.5).round();
    let node = Node {
        padding: UiRect::axes(px(size_px * 0.35), px(size_px * 0.1)),
        min_width: if label.is_number { px(side) } else { Val::Auto },
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        border_radius: BorderRadius::all(if label.is_number { px(side / 2.0) } else { px(2) }),
        ..default()
    };
    parent.spawn(anchor).with_child((
        node,
        BackgroundColor(look.colour(plane)),
        children![(
            TextNode(label.text.clone()),
            TextFont {
                font: FontSource::Family(BODY.into()),
                font_size: FontSize::Px(size_px),
                weight: if label.is_number { FontWeight::BOLD } else { FontWeight::NORMAL },
                ..default()
            },
            bevy::text::LineHeight::RelativeToFont(1.2),
            TextColor(look.colour(ink)),
            TextLayout::new(Justify::Center, LineBreak::NoWrap),
            Lettered { full: label.text.clone(), is_icon: false },
        )],
    ));
}
