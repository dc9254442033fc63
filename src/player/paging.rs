//! Page buttons: what scrolls can be turned by touch alone, nobody has to drag it (WCAG 2.5.7).
//!
//! They stand in the margin beside what scrolls, and only where it holds more than can be seen. Layout does not depend
//! on whether they are there, so that nothing moves when they come.

use super::action::Action;
use super::block::{Role, Scroll};
use super::draw::{Lettered, ScrollArea, Spoken, Touchable};
use super::input::STILL;
use super::kiosk::Kiosk;
use super::look::Look;
use super::reader::accessible;
use super::theme::{ICONS, Ink, Lettering, Light};
use crate::language::{Language, Words};
use bevy::a11y::AccessibilityNode;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::ui::UiGlobalTransform;
use bevy::ui::widget::Text as TextNode;
use lucide_icons::Icon;

/// All that scrolls.
#[derive(SystemParam)]
pub struct Areas<'w, 's> {
    areas: Query<'w, 's, (&'static ScrollArea, &'static mut ScrollPosition, &'static ComputedNode, &'static Children)>,
    nodes: Query<'w, 's, &'static ComputedNode>,
    places: Query<'w, 's, &'static UiGlobalTransform>,
    parents: Query<'w, 's, &'static ChildOf>,
}

/// Height of what stands in an area. Its content size would not do: it counts what a text measured before its lines
/// were broken.
fn held(nodes: &Query<&ComputedNode>, children: &Children) -> f32 {
    nodes.iter_many(children).map(|node| node.size().y).sum()
}

impl Areas<'_, '_> {
    /// Key, position, height in sight and height of all it holds, in px.
    fn measure(&self, entity: Entity) -> Option<(&'static str, [f32; 3])> {
        let (area, position, node, children) = self.areas.get(entity).ok()?;
        Some((area.key, [position.y, node.size().y, held(&self.nodes, children)]))
    }

    /// Moves the area that holds this node, so far that all of it can be seen. Returns which and to where, in px.
    pub fn bring_into_sight(&mut self, entity: Entity) -> Option<(&'static str, f32)> {
        let holder = self.parents.iter_ancestors(entity).find(|above| self.areas.contains(*above))?;
        let rect = |entity: Entity| {
            // What has just been built lies nowhere yet.
            let size = self.nodes.get(entity).ok().filter(|node| !node.is_empty())?.size();
            Some(Rect::from_center_size(self.places.get(entity).ok()?.translation, size))
        };
        let (inner, outer) = (rect(entity)?, rect(holder)?);
        let by =
            if inner.min.y < outer.min.y { inner.min.y - outer.min.y } else { (inner.max.y - outer.max.y).max(0.0) };
        let key = self.areas.get(holder).ok()?.0.key;
        Some((key, self.scroll_by(key, by)?))
    }

    /// Moves by so many px, as far as it goes. Returns where it stands when that is elsewhere than before.
    pub fn scroll_by(&mut self, key: &str, by: f32) -> Option<f32> {
        let mut moved = None;
        for (area, mut position, node, children) in &mut self.areas {
            let most = (held(&self.nodes, children) - node.size().y).max(0.0);
            let y = (position.y + by).clamp(0.0, most);
            if area.key == key && (y - position.y).abs() > STILL {
                position.y = y;
                moved = Some(y);
            }
        }
        moved
    }
}

/// The buttons beside one scroll area, and what they say now.
#[derive(Component)]
pub struct Pager {
    area: Entity,
    row_mm: f32,
    up: Entity,
    down: Entity,
    /// Says which page it is.
    place: Entity,
    said: Option<Turns>,
}

/// Where a scroll area stands, and how far its buttons turn it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Turns {
    page: usize,
    pages: usize,
    at_mm: f32,
    up_to_mm: f32,
    down_to_mm: f32,
}

impl Turns {
    /// `None` when all is in sight. Lengths are in mm.
    fn new(at_mm: f32, sight_mm: f32, whole_mm: f32, row_mm: f32) -> Option<Self> {
        /// Less than this out of sight is rounding.
        const SOME_MM: f32 = 1.0;
        let most_mm = whole_mm - sight_mm;
        if most_mm < SOME_MM || sight_mm < SOME_MM {
            return None;
        }
        let at_mm = at_mm.clamp(0.0, most_mm);
        // What was the last row is the first of the next page.
        let step_mm = ((sight_mm / row_mm).floor() - 1.0).max(1.0) * row_mm;
        let row_at_or_before = |mm: f32| (mm / row_mm + 0.01).floor() * row_mm;
        let down_to = row_at_or_before(at_mm + step_mm).min(most_mm);
        let up_to = (at_mm - step_mm).max(0.0);
        let up_to = (up_to / row_mm - 0.01).ceil().max(0.0) * row_mm;
        let pages = (most_mm / step_mm - 0.01).ceil().max(1.0) as usize + 1;
        let is_end = most_mm - at_mm < SOME_MM;
        let page = if is_end { pages } else { ((at_mm / step_mm + 0.01) as usize + 1).min(pages - 1) };
        Some(Self { page, pages, at_mm, up_to_mm: up_to.min(at_mm), down_to_mm: if is_end { at_mm } else { down_to } })
    }
}

/// Space between the buttons at least, in mm.
const BETWEEN_MM: f32 = 4.0;

/// Spawns the buttons, unseen, at the end side of `area` under the same parent.
pub fn spawn_pager(parent: &mut ChildSpawnerCommands<'_>, look: &Look, scroll: &Scroll, area: Entity) {
    let mm = |value: f32| px((value * look.px_per_mm).round());
    let (width_mm, gap_mm) = room_mm(look);
    let aside = mm(-(width_mm + gap_mm));
    let (left, right) = if look.rtl { (aside, Val::Auto) } else { (Val::Auto, aside) };
    let column = Node {
        position_type: PositionType::Absolute,
        left,
        right,
        top: px(0),
        bottom: px(0),
        width: mm(width_mm),
        min_height: mm(2.0 * button_mm(look) + BETWEEN_MM),
        flex_direction: FlexDirection::Column,
        ..default()
    };
    let row_mm = scroll.row_mm.unwrap_or_else(|| look.line_mm(Lettering::Body)).max(1.0);
    parent.spawn(column).with_children(|column| {
        let up = button(column, look, Icon::ChevronUp, PageButton { key: scroll.key, down: false });
        let place = column.spawn(Node { flex_grow: 1.0, ..default() }).id();
        let down = button(column, look, Icon::ChevronDown, PageButton { key: scroll.key, down: true });
        column.spawn((Node::default(), Pager { area, row_mm, up, down, place, said: None }));
    });
}

/// A page button of what scrolls under this key.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageButton {
    pub key: &'static str,
    pub down: bool,
}

fn button_mm(look: &Look) -> f32 {
    room_mm(look).0
}

/// Width of the buttons in the margin, and the space before them, in mm.
fn room_mm(look: &Look) -> (f32, f32) {
    let margin_mm = look.frame.margin_mm.min(super::widgets::SIDE_GAP_MM);
    let width_mm = (margin_mm - 6.0).min(look.target_mm * 1.2).max(look.target_mm);
    (width_mm, (margin_mm - width_mm) / 2.0)
}

fn button(column: &mut ChildSpawnerCommands<'_>, look: &Look, icon: Icon, which: PageButton) -> Entity {
    let node = Node {
        height: px((button_mm(look) * look.px_per_mm).round()),
        // Where planes are as white as paper, what can be touched shows by its edge.
        border: UiRect::all(if look.light == Light::Contrast { px((0.8 * look.px_per_mm).round()) } else { px(0) }),
        flex_shrink: 0.0,
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        border_radius: BorderRadius::all(px((3.0 * look.px_per_mm).round())),
        ..default()
    };
    let font = TextFont {
        font: FontSource::Family(ICONS.into()),
        font_size: FontSize::Px((look.target_mm * 0.9 * look.px_per_mm).round()),
        ..default()
    };
    let glyph = (
        TextNode(icon.unicode().to_string()),
        font,
        TextColor(Color::NONE),
        bevy::text::LineHeight::RelativeToFont(1.0),
        TextLayout::new(Justify::Center, LineBreak::NoWrap),
    );
    column.spawn((node, which)).with_child(glyph).id()
}

/// After layout: shows, changes and takes away the buttons of whatever scrolls.
pub fn turn_pagers(
    mut commands: Commands,
    mut pagers: Query<&mut Pager>,
    areas: Areas,
    children: Query<&Children>,
    kiosk: Res<Kiosk>,
) {
    let Some(look) = kiosk.look() else { return };
    for mut pager in &mut pagers {
        let Some((key, [at, sight, whole])) = areas.measure(pager.area) else { continue };
        let mm = |px: f32| px / look.px_per_mm;
        let turns = Turns::new(mm(at), mm(sight), mm(whole), pager.row_mm);
        if turns == pager.said {
            continue;
        }
        pager.said = turns;
        let first_of = |entity: Entity| children.get(entity).ok().and_then(|children| children.first().copied());
        let both = turns.map(|turns| {
            [turns.up_to_mm, turns.down_to_mm]
                .map(|to_mm| (Action::Turn(key, to_mm), (to_mm - turns.at_mm).abs() <= STILL))
        });
        for (at, (entity, word)) in [(pager.up, "page-previous"), (pager.down, "page-next")].into_iter().enumerate() {
            let turn = both.as_ref().map(|both| (both[at].clone(), word));
            dress(&mut commands, look, entity, first_of(entity), turn);
        }
        say_place(&mut commands, look, pager.place, turns);
    }
}

/// What a button does, whether it has come to its end, and its words.
type Turn<'a> = ((Action, bool), &'a str);

/// A button as it is now: absent, to be touched, or at the end of its way.
fn dress(commands: &mut Commands, look: &Look, entity: Entity, glyph: Option<Entity>, turn: Option<Turn<'_>>) {
    let Ok(mut button) = commands.get_entity(entity) else { return };
    let ink = match turn {
        None => {
            button.remove::<(Touchable, Spoken, AccessibilityNode, BackgroundColor, BorderColor)>();
            None
        }
        Some(((action, ended), word)) => {
            let plane = if ended { Ink::Paper } else { Ink::Plane };
            let spoken = Spoken { role: Role::Button, name: words(look).say(word), language: None };
            let mut node = accessible(&spoken, true, look.language);
            if ended {
                node.set_disabled();
            }
            let touchable = Touchable { action, plane: Some(plane) };
            let edge = BorderColor::all(if ended { Color::NONE } else { look.colour(Ink::Rule) });
            button.insert((touchable, node, spoken, BackgroundColor(look.colour(plane)), edge));
            Some(if ended { Ink::Quiet } else { Ink::Ink })
        }
    };
    let Some(Ok(mut glyph)) = glyph.map(|glyph| commands.get_entity(glyph)) else { return };
    match ink {
        Some(ink) => {
            let lettered = Lettered { full: String::new(), is_icon: true };
            glyph.insert((TextColor(look.colour(ink)), lettered));
        }
        None => {
            glyph.insert(TextColor(Color::NONE)).remove::<Lettered>();
        }
    }
}

/// Says which page it is, and says so again when it is another.
fn say_place(commands: &mut Commands, look: &Look, entity: Entity, turns: Option<Turns>) {
    let Ok(mut place) = commands.get_entity(entity) else { return };
    let Some(turns) = turns else {
        place.remove::<(Spoken, AccessibilityNode)>();
        return;
    };
    let (index, count) = (turns.page.into(), turns.pages.into());
    let name = words(look).say_with("page-position", &[("index", index), ("count", count)]);
    let spoken = Spoken { role: Role::Status, name, language: None };
    let mut node = accessible(&spoken, false, look.language);
    node.set_live(accesskit::Live::Polite);
    place.insert((node, spoken));
}

fn words(look: &Look) -> &'static Words {
    Words::of(Language::parse(look.language).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_in_sight_whole_needs_no_buttons() {
        assert_eq!(Turns::new(0.0, 300.0, 300.4, 34.0), None);
        assert_eq!(Turns::new(0.0, 0.0, 300.0, 34.0), None, "what is not laid out yet");
    }

    #[test]
    fn a_page_is_what_is_in_sight_less_one_row() {
        let at = |at_mm: f32| {
            let turns = Turns::new(at_mm, 110.0, 340.0, 34.0).unwrap();
            (turns.page, turns.pages, turns.up_to_mm, turns.down_to_mm)
        };
        assert_eq!(at(0.0), (1, 5, 0.0, 68.0));
        assert_eq!(at(20.0), (1, 5, 0.0, 68.0), "after a drag rows stand whole again");
        assert_eq!(at(102.0), (2, 5, 34.0, 170.0));
        assert_eq!(at(230.0), (5, 5, 170.0, 230.0));
        assert_eq!(at(900.0), (5, 5, 170.0, 230.0), "what it held has become less");
    }

    proptest! {
        #[test]
        fn turning_shows_everything_there_and_back(
            sight_mm in 20.0..500.0_f32,
            rows in 1..200_u16,
            row_mm in 5.0..80.0_f32,
        ) {
            let whole_mm = f32::from(rows) * row_mm;
            let Some(first) = Turns::new(0.0, sight_mm, whole_mm, row_mm) else { return Ok(()) };
            let (mut turns, mut turned) = (first, 0);
            while turns.down_to_mm > turns.at_mm {
                // Only of a row that is higher than what is in sight is something passed by.
                prop_assert!(turns.down_to_mm - turns.at_mm <= sight_mm.max(row_mm) + 0.1, "{turns:?}");
                prop_assert!(turns.page < turns.pages);
                turned += 1;
                prop_assert!(turned < 500);
                turns = Turns::new(turns.down_to_mm, sight_mm, whole_mm, row_mm).unwrap();
            }
            prop_assert_eq!(turns.page, turns.pages);
            prop_assert!((turns.at_mm - (whole_mm - sight_mm)).abs() < 1.01);
            while turns.up_to_mm < turns.at_mm {
                turned += 1;
                prop_assert!(turned < 1_000);
                turns = Turns::new(turns.up_to_mm, sight_mm, whole_mm, row_mm).unwrap();
            }
            prop_assert_eq!((turns.page, turns.at_mm), (1, 0.0));
        }
    }
}
