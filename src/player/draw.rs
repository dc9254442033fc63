//! From blocks to Bevy nodes. A region is built anew only when its block has changed.

use super::block::{Align, Block, Body, Fit, Flow, Justify, Length, Pad, Pin, Role, Rule, Scroll, Sheet, Style, Text};
use super::fit::{Ruler, Sizes, as_set, px_of_cap};
use super::frame::{Area, Frame};
use super::look::Look;
use super::media::PictureSpec;
use super::paging::spawn_pager;
use super::patch::parts_that_differ;
use super::reader::accessible;
use super::theme::{ICONS, Ink, Light};
use crate::player::action::Action;
use bevy::prelude::*;
use bevy::text::{FontCx, LayoutCx};
use bevy::ui::widget::Text as TextNode;

/// A part of the panel; its children are one block.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Region {
    Band,
    Window,
    Belt,
    Foot,
    Overlay,
}

impl Region {
    pub const ALL: [Self; 5] = [Self::Band, Self::Window, Self::Belt, Self::Foot, Self::Overlay];

    /// As the spoken tree calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Band => "band",
            Self::Window => "window",
            Self::Belt => "belt",
            Self::Foot => "foot",
            Self::Overlay => "overlay",
        }
    }
}

/// What is spoken of a node.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Spoken {
    pub role: Role,
    pub name: String,
    pub language: Option<String>,
}

/// A node that does something when touched.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Touchable {
    pub action: Action,
    pub plane: Option<Ink>,
}

/// A node that scrolls by finger.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct ScrollArea {
    pub key: &'static str,
}

/// A node that shows a picture as soon as there is one.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct PictureNode(pub PictureSpec);

/// A text node with what it was cut from, when it was cut.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Lettered {
    pub full: String,
    pub is_icon: bool,
}

/// What is drawn now.
#[derive(Resource, Default)]
pub struct Drawn {
    sheet: Option<Sheet>,
    look: Option<Look>,
}

impl Drawn {
    pub fn sheet(&self) -> Option<&Sheet> {
        self.sheet.as_ref()
    }

    /// How many words are to be read on the screen.
    pub fn words(&self) -> usize {
        let Some(sheet) = &self.sheet else { return 0 };
        let blocks = [&sheet.window, &sheet.belt, &sheet.foot];
        blocks.into_iter().chain(&sheet.band).map(|block| block.words().split_whitespace().count()).sum()
    }
}

/// Spawns the regions under one root.
pub fn spawn_regions(mut commands: Commands) {
    for (order, region) in Region::ALL.into_iter().enumerate() {
        let node = Node { position_type: PositionType::Absolute, overflow: Overflow::clip(), ..default() };
        commands.spawn((region, node, GlobalZIndex(order as i32)));
    }
}

/// What stood there for a while makes room for what is scheduled.
pub fn take_sheet_off(world: &mut World) {
    let Some(look) = world.resource::<Drawn>().look.clone() else { return };
    let nothing = || Block::column(Vec::new());
    let sheet = Sheet { band: None, window: nothing(), belt: nothing(), foot: nothing(), overlay: None };
    draw_sheet(world, sheet, &look, &|_| 0.0);
    world.resource_mut::<Drawn>().sheet = None;
}

/// Draws the sheet: regions whose block is as before are left alone.
pub fn draw_sheet(world: &mut World, sheet: Sheet, look: &Look, scroll_mm: &dyn Fn(&str) -> f32) {
    let drawn = world.resource::<Drawn>();
    let same_look = drawn.look.as_ref() == Some(look);
    let old = if same_look { drawn.sheet.clone() } else { None };
    let regions: Vec<(Entity, Region)> =
        world.query::<(Entity, &Region)>().iter(world).map(|(entity, region)| (entity, *region)).collect();
    let part = |sheet: &Sheet, region: Region| match region {
        Region::Band => sheet.band.clone(),
        Region::Window => Some(sheet.window.clone()),
        Region::Belt => Some(sheet.belt.clone()),
        Region::Foot => Some(sheet.foot.clone()),
        Region::Overlay => sheet.overlay.clone(),
    };
    for (entity, region) in regions {
        let new = part(&sheet, region);
        let before = old.as_ref().map(|old| part(old, region));
        if before.as_ref() == Some(&new) {
            continue;
        }
        match (before.flatten(), &new) {
            (Some(before), Some(new)) => patch(world, entity, &before, new, look, scroll_mm),
            _ => rebuild(world, entity, region, new.as_ref(), look, scroll_mm),
        }
    }
    // Where no region is, it looks as the belt does.
    world.insert_resource(ClearColor(look.colour(sheet.belt.style.plane.unwrap_or(Ink::Paper))));
    let mut drawn = world.resource_mut::<Drawn>();
    drawn.sheet = Some(sheet);
    drawn.look = Some(look.clone());
}

fn rebuild(
    world: &mut World,
    entity: Entity,
    region: Region,
    block: Option<&Block>,
    look: &Look,
    scroll_mm: &dyn Fn(&str) -> f32,
) {
    world.entity_mut(entity).despawn_children();
    let area = area_of(region, &look.frame, look);
    let mut node = Node { position_type: PositionType::Absolute, overflow: Overflow::clip(), ..default() };
    node.left = px(look.x_px(area));
    node.top = px((area.y * look.px_per_mm).round());
    node.width = px((area.width * look.px_per_mm).round());
    node.height = px((area.height * look.px_per_mm).round());
    node.flex_direction = FlexDirection::Column;
    node.direction = look.direction();
    node.display = if block.is_some() && area.height > 0.0 { Display::Flex } else { Display::None };
    world.entity_mut(entity).insert(node);
    if let Some(block) = block {
        draw_block(world, entity, (block, Flow::Column), look, scroll_mm);
    }
}

/// Builds anew what differs, and leaves the nodes around it alone.
pub(super) fn patch(
    world: &mut World,
    region: Entity,
    before: &Block,
    block: &Block,
    look: &Look,
    scroll_mm: &dyn Fn(&str) -> f32,
) {
    let child_of = |world: &World, parent: Entity, at: usize| world.get::<Children>(parent)?.get(at).copied();
    for part in parts_that_differ(before, block) {
        let (at, above) = part.path.split_last().map_or((0, &[][..]), |(at, above)| (*at, above));
        // The region's one child is the outermost block.
        let above = std::iter::once(0).chain(above.iter().copied()).take(part.path.len());
        let parent = above.into_iter().try_fold(region, |parent, at| child_of(world, parent, at));
        let Some(parent) = parent else { continue };
        if let Some(old) = child_of(world, parent, at) {
            world.entity_mut(old).despawn();
        }
        draw_block(world, parent, (part.block, part.flow), look, scroll_mm);
        if let Some(new) = world.get::<Children>(parent).and_then(|children| children.last().copied()) {
            world.entity_mut(parent).insert_children(at, &[new]);
        }
    }
}

/// Draws a block, in the flow it stands in, as the last child of a node.
pub(super) fn draw_block(
    world: &mut World,
    parent: Entity,
    (block, flow): (&Block, Flow),
    look: &Look,
    scroll_mm: &dyn Fn(&str) -> f32,
) {
    world.resource_scope(|world, mut fonts: Mut<FontCx>| {
        world.resource_scope(|world, mut layouts: Mut<LayoutCx>| {
            let ruler = Ruler { fonts: &mut fonts, layouts: &mut layouts, family: &look.family };
            let mut pen = Pen { look, ruler, scroll_mm };
            let mut commands = world.commands();
            commands.entity(parent).with_children(|inner| pen.draw(inner, block, flow));
        });
    });
    world.flush();
}

fn area_of(region: Region, frame: &Frame, look: &Look) -> Area {
    match region {
        Region::Band => frame.band,
        Region::Window => frame.window,
        Region::Belt => frame.belt,
        Region::Foot => frame.foot,
        Region::Overlay => Area { x: 0.0, y: 0.0, width: look.panel_mm.0, height: look.panel_mm.1 },
    }
}

/// How far the ink of a letter may stand beside its column.
const OVERHANG_MM: f32 = 2.5;

/// Draws blocks under a parent.
struct Pen<'a> {
    look: &'a Look,
    ruler: Ruler<'a>,
    scroll_mm: &'a dyn Fn(&str) -> f32,
}

impl Pen<'_> {
    fn draw(&mut self, parent: &mut ChildSpawnerCommands<'_>, block: &Block, flow: Flow) {
        let look = self.look;
        let style = edged(block, look);
        let mut node = node_of(&style, look, flow);
        let mut entity = match &block.body {
            Body::Text(text) => {
                let lettered = self.letter(text, &mut node);
                parent.spawn((node, lettered))
            }
            Body::Icon(glyph, ink, height_mm) => {
                let size = (height_mm * look.px_per_mm).round();
                node.flex_shrink = 0.0;
                let font =
                    TextFont { font: FontSource::Family(ICONS.into()), font_size: FontSize::Px(size), ..default() };
                parent.spawn((
                    node,
                    TextNode(glyph.to_string()),
                    font,
                    TextColor(look.colour(*ink)),
                    bevy::text::LineHeight::RelativeToFont(1.0),
                    TextLayout::new(bevy::text::Justify::Center, LineBreak::NoWrap),
                    Lettered { full: String::new(), is_icon: true },
                ))
            }
            Body::Picture(spec) => {
                node.overflow = Overflow::clip();
                let plane = block.style.plane.unwrap_or(Ink::Plane);
                parent.spawn((node, BackgroundColor(look.colour(plane)), PictureNode(spec.clone())))
            }
            Body::Scroll(scroll, _) => return self.draw_scroll(parent, node, scroll, block),
            Body::Group(_) => parent.spawn(node),
        };
        if !matches!(block.body, Body::Picture(_))
            && let Some(ink) = block.style.plane
        {
            entity.insert(BackgroundColor(look.colour(ink)));
        }
        if let Some(colours) = style.rule.and_then(|rule| border_colours(rule, look)) {
            entity.insert(colours);
        }
        if let Some(action) = &block.action {
            entity.insert(Touchable { action: action.clone(), plane: block.style.plane });
        }
        if let Some(role) = block.role
            && !block.silent
        {
            let spoken = Spoken { role, name: block.words(), language: block.language.clone() };
            entity.insert((accessible(&spoken, block.action.is_some(), look.language), spoken));
        }
        entity.with_children(|inner| self.draw_children(inner, block));
    }

    /// What scrolls, and its page buttons beside it.
    fn draw_scroll(&mut self, parent: &mut ChildSpawnerCommands<'_>, place: Node, scroll: &Scroll, block: &Block) {
        let look = self.look;
        let y = (self.scroll_mm)(scroll.key) * look.px_per_mm;
        // The hook of a j, the bar of an Arabic alef and Latin lines in an Arabic text, which stand a space too far to the
        // left, reach out of the column: the edge must not cut them.
        let overhang = (OVERHANG_MM * look.px_per_mm).round();
        let inner = Node {
            direction: look.direction(),
            overflow: Overflow::scroll_y(),
            margin: UiRect::horizontal(px(-overhang)),
            padding: UiRect::horizontal(px(overhang)),
            flex_direction: FlexDirection::Column,
            flex_grow: 1.0,
            flex_basis: px(0),
            min_height: px(0),
            ..default()
        };
        parent.spawn(place).with_children(|outer| {
            let area = (inner, ScrollPosition(Vec2::new(0.0, y)), ScrollArea { key: scroll.key });
            let area = outer.spawn(area).with_children(|inner| self.draw_children(inner, block)).id();
            spawn_pager(outer, look, scroll, area);
        });
    }

    fn draw_children(&mut self, inner: &mut ChildSpawnerCommands<'_>, block: &Block) {
        if let Some(Rule::Dashed(ink)) = block.style.rule {
            inner.spawn(self.look.dashes(ink));
        }
        let spacer = |height_mm: f32, look: &Look| Node {
            height: px((height_mm * look.px_per_mm).round()),
            flex_shrink: 0.0,
            ..default()
        };
        if let Body::Scroll(Scroll { before_mm, .. }, _) = &block.body {
            inner.spawn(spacer(*before_mm, self.look));
        }
        for child in block.children() {
            self.draw(inner, child, block.style.flow);
        }
        if let Body::Scroll(Scroll { after_mm, .. }, _) = &block.body {
            inner.spawn(spacer(*after_mm, self.look));
        }
    }

    fn letter(&mut self, text: &Text, node: &mut Node) -> impl Bundle + use<> {
        let look = self.look;
        let sizes = Sizes {
            wanted_px: look.type_px(text.lettering),
            smallest_px: look.smallest_px(text.lettering),
            steps_px: look.steps_px(),
            px_per_mm: look.px_per_mm,
        };
        let mut fitted = self.ruler.fit(text, sizes);
        if let Some(cap_mm) = text.cap_mm {
            fitted.size_px = px_of_cap(cap_mm * look.px_per_mm);
        }
        if let Fit::Shrink { width_mm, .. } | Fit::Cut { width_mm, .. } = text.fit
            && node.max_width == Val::Auto
        {
            node.max_width = px(sizes.width_px(width_mm));
        }
        let justify = match (text.centred, look.rtl) {
            (true, _) => bevy::text::Justify::Center,
            (false, true) => bevy::text::Justify::Right,
            (false, false) => bevy::text::Justify::Left,
        };
        let linebreak = if fitted.breaks_words { LineBreak::WordOrCharacter } else { LineBreak::WordBoundary };
        let weight = if text.bold { FontWeight::BOLD } else { FontWeight::NORMAL };
        (
            TextNode(fitted.text),
            TextFont {
                font: FontSource::Family(look.family.as_str().into()),
                font_size: FontSize::Px(fitted.size_px),
                weight,
                ..default()
            },
            bevy::text::LineHeight::RelativeToFont(text.line_height()),
            TextColor(look.colour(text.ink)),
            TextLayout::new(justify, linebreak),
            Lettered { full: as_set(&text.text), is_icon: false },
        )
    }
}

/// Where planes are as white as paper, what can be touched shows by its edge.
fn edged(block: &Block, look: &Look) -> Style {
    const EDGE_MM: f32 = 0.8;
    let mut style = block.style.clone();
    let plain = matches!(style.rule, None | Some(Rule::Bar(..)));
    if look.light == Light::Contrast && block.action.is_some() && style.plane == Some(Ink::Plane) && plain {
        style.rule = Some(Rule::Frame(Ink::Rule, EDGE_MM));
        // Words have the room that they were measured for.
        let pad = &mut style.pad;
        for side in [&mut pad.start, &mut pad.end, &mut pad.top, &mut pad.bottom] {
            *side = (*side - EDGE_MM).max(0.0);
        }
    }
    style
}

fn border_colours(rule: Rule, look: &Look) -> Option<BorderColor> {
    match rule {
        Rule::Frame(ink, _) | Rule::Above(ink) | Rule::Below(ink) | Rule::Bar(ink, _) => {
            Some(BorderColor::all(look.colour(ink)))
        }
        Rule::Dashed(_) => None,
    }
}

fn node_of(style: &Style, look: &Look, parent: Flow) -> Node {
    let mm = |value: f32| px((value * look.px_per_mm).round());
    let mut node = Node {
        direction: look.direction(),
        row_gap: mm(style.gap_mm),
        column_gap: mm(style.gap_mm),
        padding: sides(style.pad, look),
        min_height: if style.min_height_mm > 0.0 { mm(style.min_height_mm) } else { Val::Auto },
        border_radius: BorderRadius::all(mm(style.radius_mm)),
        ..default()
    };
    flow_into(&mut node, style);
    size_into(&mut node, style, look, parent);
    if let Some(max) = style.max_width_mm {
        node.max_width = mm(max);
    }
    if let Some(pin) = style.pin {
        pin_into(&mut node, pin, look);
    }
    if style.clip {
        node.overflow = Overflow::clip();
    }
    let line = |width_mm: f32| px((width_mm * look.px_per_mm).max(1.0).round());
    match style.rule {
        Some(Rule::Frame(_, width_mm)) => node.border = UiRect::all(line(width_mm)),
        Some(Rule::Above(_)) => node.border = UiRect::top(line(0.5)),
        Some(Rule::Below(_)) => node.border = UiRect::bottom(line(0.5)),
        Some(Rule::Bar(_, width_mm)) if look.rtl => node.border = UiRect::right(line(width_mm)),
        Some(Rule::Bar(_, width_mm)) => node.border = UiRect::left(line(width_mm)),
        Some(Rule::Dashed(_)) | None => {}
    }
    node
}

fn flow_into(node: &mut Node, style: &Style) {
    match style.flow {
        Flow::Column => node.flex_direction = FlexDirection::Column,
        Flow::Row => node.flex_direction = FlexDirection::Row,
        Flow::Grid(columns) => {
            node.display = Display::Grid;
            let none = MinTrackSizingFunction::Px(0.0);
            let share = MaxTrackSizingFunction::Fraction(1.0);
            node.grid_template_columns = RepeatedGridTrack::minmax(columns, none, share);
            if style.height != Length::Auto {
                node.grid_auto_rows = vec![GridTrack::minmax(none, share)];
            }
        }
    }
    node.align_items = match style.align {
        Align::Start => AlignItems::FlexStart,
        Align::Centre => AlignItems::Center,
        Align::End => AlignItems::FlexEnd,
        Align::Stretch => AlignItems::Stretch,
    };
    node.justify_content = match style.justify {
        Justify::Start => JustifyContent::FlexStart,
        Justify::Centre => JustifyContent::Center,
        Justify::End => JustifyContent::FlexEnd,
        Justify::Between => JustifyContent::SpaceBetween,
    };
    if matches!(style.flow, Flow::Grid(_)) {
        node.justify_content = JustifyContent::Stretch;
    }
    node.flex_wrap = if style.wrap { FlexWrap::Wrap } else { FlexWrap::NoWrap };
}

fn size_into(node: &mut Node, style: &Style, look: &Look, parent: Flow) {
    let along = if matches!(parent, Flow::Row) { style.width } else { style.height };
    match along {
        Length::Fill(share) if !matches!(parent, Flow::Grid(_)) => {
            node.flex_grow = share;
            node.flex_basis = px(0);
            if matches!(parent, Flow::Row) { node.min_width = px(0) } else { node.min_height = px(0) }
        }
        Length::Mm(_) => node.flex_shrink = 0.0,
        _ => {}
    }
    let value = |length: Length| match length {
        Length::Mm(mm) => Some(px((mm * look.px_per_mm).round())),
        Length::Percent(share) => Some(percent(share)),
        Length::Auto | Length::Fill(_) => None,
    };
    node.width = value(style.width).unwrap_or(Val::Auto);
    node.height = value(style.height).unwrap_or(Val::Auto);
}

fn sides(pad: Pad, look: &Look) -> UiRect {
    let mm = |value: f32| px((value * look.px_per_mm).round());
    let (left, right) = if look.rtl { (pad.end, pad.start) } else { (pad.start, pad.end) };
    UiRect { left: mm(left), right: mm(right), top: mm(pad.top), bottom: mm(pad.bottom) }
}

fn pin_into(node: &mut Node, pin: Pin, look: &Look) {
    let mm = |value: Option<f32>| value.map_or(Val::Auto, |value| px((value * look.px_per_mm).round()));
    node.position_type = PositionType::Absolute;
    let (left, right) = if look.rtl { (pin.end, pin.start) } else { (pin.start, pin.end) };
    node.left = mm(left);
    node.right = mm(right);
    node.top = mm(pin.top);
    node.bottom = mm(pin.bottom);
}
