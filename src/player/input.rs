//! Fingers, mouse and keys become actions.

use super::action::Action;
use super::draw::{Region, ScrollArea, Touchable};
use super::focus::{Focus, Ringable};
use super::kiosk::Kiosk;
use super::paging::Areas;
use super::screen::Screen;
use super::session;
use super::theme::Ink;
use super::touch::{Finger, Glide, Outcome, Point, Strike, Under};
use crate::search;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input::mouse::{MouseButton, MouseButtonInput, MouseScrollUnit, MouseWheel};
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::prelude::*;
use bevy::ui::{CalculatedClip, UiGlobalTransform, UiStack};
use bevy::window::{CursorMoved, RequestRedraw};
use std::collections::VecDeque;

/// The finger and what still moves after it.
#[derive(Resource, Default)]
pub struct Hand {
    finger: Finger<Entity>,
    cursor: Vec2,
    glide: Option<Glide>,
    coloured: Option<Entity>,
    /// Where on the panel, in px, that lies which was touched last and leads somewhere.
    touched: Option<Rect>,
}

impl Hand {
    /// Something moves: the next frame is due at once.
    pub fn is_moving(&self) -> bool {
        self.glide.is_some()
    }

    /// What was touched last, once.
    pub fn take_touched(&mut self) -> Option<Rect> {
        self.touched.take()
    }
}

const MOUSE: u64 = u64::MAX;

/// What can be hit, from front to back.
#[derive(bevy::ecs::system::SystemParam)]
pub struct Target<'w, 's> {
    stack: Res<'w, UiStack>,
    nodes: Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform, Option<&'static CalculatedClip>)>,
    touchables: Query<'w, 's, &'static Touchable>,
    scrolls: Query<'w, 's, &'static ScrollArea>,
    regions: Query<'w, 's, (&'static Region, &'static Children)>,
    parents: Query<'w, 's, &'static ChildOf>,
    cameras: Query<'w, 's, &'static Camera, With<IsDefaultUiCamera>>,
}

impl Target<'_, '_> {
    /// The panel's upper left corner in the window, in px: not the window's where the panel is letterboxed.
    fn origin(&self) -> Vec2 {
        let viewport = self.cameras.iter().find_map(|camera| camera.viewport.as_ref());
        viewport.map_or(Vec2::ZERO, |viewport| viewport.physical_position.as_vec2())
    }

    /// The touchable and the list under a point in px; of the prompt alone while it is up.
    pub fn under(&self, at: Vec2) -> Under<Entity> {
        let mut under = Under { touchable: None, scroll: None };
        let asking = self.is_asking();
        for entity in self.stack.uinodes.iter().rev() {
            let Ok((node, transform, clip)) = self.nodes.get(*entity) else { continue };
            let clipped = clip.is_some_and(|clip| !clip.clip.contains(at));
            if clipped || node.is_empty() || !node.contains_point(*transform, at) {
                continue;
            }
            if asking {
                if self.touchables.contains(*entity) && self.is_answer(*entity) {
                    under.touchable = Some(*entity);
                    break;
                }
                continue;
            }
            if under.touchable.is_none() && self.touchables.contains(*entity) {
                under.touchable = Some(*entity);
            }
            if let Ok(area) = self.scrolls.get(*entity) {
                under.scroll = Some(area.key);
                break;
            }
        }
        under
    }

    /// Where a node lies in the window, in px.
    fn rect(&self, entity: Entity) -> Option<Rect> {
        let (node, transform, _) = self.nodes.get(entity).ok()?;
        Some(Rect::from_center_size(transform.translation, node.size()))
    }

    /// The prompt is up.
    fn is_asking(&self) -> bool {
        self.regions.iter().any(|(region, _)| *region == Region::Overlay)
    }

    /// It is part of the prompt.
    fn is_answer(&self, entity: Entity) -> bool {
        self.parents
            .iter_ancestors(entity)
            .chain(std::iter::once(entity))
            .any(|ancestor| self.regions.get(ancestor).is_ok_and(|(region, _)| *region == Region::Overlay))
    }
}

/// Feeds touches and the mouse to the finger, and does what it says.
pub fn read_fingers(
    mut touches: MessageReader<TouchInput>,
    mut buttons: MessageReader<MouseButtonInput>,
    mut cursor: MessageReader<CursorMoved>,
    target: Target,
    mut areas: Areas,
    mut hand: ResMut<Hand>,
    mut kiosk: ResMut<Kiosk>,
    mut focus: ResMut<Focus>,
    time: Res<Time<Real>>,
) {
    let px_per_mm = kiosk.profile.px_per_mm();
    let origin = target.origin();
    let point = |at: Vec2| Point { x: (at.x - origin.x) / px_per_mm, y: (at.y - origin.y) / px_per_mm };
    let mut strikes: Vec<(u64, Strike)> = Vec::new();
    for touch in touches.read() {
        let at = point(touch.position);
        strikes.push((
            touch.id,
            match touch.phase {
                TouchPhase::Started => Strike::Down(at),
                TouchPhase::Moved => Strike::Move(at),
                TouchPhase::Ended => Strike::Up(at),
                TouchPhase::Canceled => Strike::Cancel,
            },
        ));
    }
    if let Some(moved) = cursor.read().last() {
        hand.cursor = moved.position;
        strikes.push((MOUSE, Strike::Move(point(moved.position))));
    }
    for button in buttons.read().filter(|button| button.button == MouseButton::Left) {
        let at = point(hand.cursor);
        strikes.push((MOUSE, if button.state == ButtonState::Pressed { Strike::Down(at) } else { Strike::Up(at) }));
    }
    for (id, strike) in strikes {
        let under = |at: Point| target.under(Vec2::new(at.x, at.y) * px_per_mm);
        if matches!(strike, Strike::Down(_)) {
            hand.glide = None;
            focus.hide();
        }
        if !matches!(strike, Strike::Move(_)) || hand.finger.pressed().is_some() || hand.finger.dragging().is_some() {
            kiosk.touched(time.elapsed());
        }
        // Whoever touches anything but an answer is still here, and means nothing below the prompt.
        if let Strike::Down(at) = strike
            && kiosk.visitor.asked
            && under(at).touchable.is_none_or(|entity| !target.is_answer(entity))
        {
            kiosk.act(Action::Stay);
        }
        match hand.finger.strike(id, strike, time.elapsed_secs_f64(), under) {
            Outcome::Tapped(entity) => {
                if let Ok(touchable) = target.touchables.get(entity) {
                    hand.touched = target.rect(entity).filter(|_| touchable.action.leads_on());
                    kiosk.act(touchable.action.clone());
                }
            }
            Outcome::Pressed(entity) => {
                if let Ok(touchable) = target.touchables.get(entity) {
                    hand.touched = target.rect(entity).filter(|_| touchable.action.leads_on());
                    kiosk.look_at(&touchable.action);
                }
            }
            Outcome::Scrolled(key, by_mm) => scroll_by(key, by_mm, &mut areas, &mut kiosk),
            Outcome::Flung(key, speed) => hand.glide = Glide::new(key, speed),
            Outcome::Nothing | Outcome::Released => {}
        }
    }
}

/// A wheel moves the list under the arrow.
pub fn read_wheel(
    mut wheel: MessageReader<MouseWheel>,
    target: Target,
    mut areas: Areas,
    mut hand: ResMut<Hand>,
    mut kiosk: ResMut<Kiosk>,
    time: Res<Time<Real>>,
) {
    const NOTCH_MM: f32 = 30.0;
    let px_per_mm = kiosk.profile.px_per_mm();
    let by_mm: f32 = wheel
        .read()
        .map(|turn| match turn.unit {
            MouseScrollUnit::Line => -turn.y * NOTCH_MM,
            MouseScrollUnit::Pixel => -turn.y / px_per_mm,
        })
        .sum();
    if by_mm.abs() <= STILL {
        return;
    }
    kiosk.touched(time.elapsed());
    hand.glide = None;
    if kiosk.visitor.asked {
        kiosk.act(Action::Stay);
        return;
    }
    if let Some(key) = target.under(hand.cursor - target.origin()).scroll {
        scroll_by(key, by_mm, &mut areas, &mut kiosk);
    }
}

/// Moves a list as far as it goes, and has the screen drawn anew when other rows come into sight.
fn scroll_by(key: &'static str, by_mm: f32, areas: &mut Areas, kiosk: &mut Kiosk) {
    let px_per_mm = kiosk.profile.px_per_mm();
    if let Some(y) = areas.scroll_by(key, by_mm * px_per_mm) {
        session::scroll(&mut kiosk.visitor, key, y / px_per_mm);
        kiosk.look_again();
    }
}

/// A list that moves less, in px or mm, stands still.
pub const STILL: f32 = 0.001;

/// Lets a flung list glide on.
pub fn glide_lists(mut hand: ResMut<Hand>, mut areas: Areas, mut kiosk: ResMut<Kiosk>, time: Res<Time<Real>>) {
    let Some(glide) = hand.glide else { return };
    let before = kiosk.visitor.page().scroll(glide.key);
    let (by_mm, rest) = glide.advance(time.delta_secs().min(0.1));
    scroll_by(glide.key, by_mm, &mut areas, &mut kiosk);
    let stuck = (kiosk.visitor.page().scroll(glide.key) - before).abs() <= STILL;
    hand.glide = rest.filter(|_| !stuck);
}

/// Colours what is under the finger, and no longer what was.
pub fn colour_pressed(
    mut hand: ResMut<Hand>,
    mut commands: Commands,
    touchables: Query<&Touchable>,
    kiosk: Res<Kiosk>,
) {
    let pressed = hand.finger.pressed();
    if pressed == hand.coloured {
        return;
    }
    let Some(look) = kiosk.look() else { return };
    if let Some(entity) = hand.coloured.take()
        && let Ok(touchable) = touchables.get(entity)
        && let Ok(mut node) = commands.get_entity(entity)
    {
        node.insert(BackgroundColor(touchable.plane.map_or(Color::NONE, |ink| look.colour(ink))));
    }
    if let Some(entity) = pressed {
        if let Ok(touchable) = touchables.get(entity) {
            // Glass over a slide: what lies under it stays in sight.
            let is_glass = touchable.plane.is_none() && matches!(touchable.action, Action::Begin(_));
            let colour = look.colour(Ink::Pressed).with_alpha(if is_glass { 0.4 } else { 1.0 });
            commands.entity(entity).insert(BackgroundColor(colour));
            hand.coloured = Some(entity);
        } else {
            hand.finger.forget();
        }
    }
}

/// Tab and arrows move the focus, page keys turn a list, Enter and Space act, Escape goes back; on the search screen
/// what is typed goes into its text.
pub fn read_keys(
    mut keys: MessageReader<KeyboardInput>,
    mut focus: ResMut<Focus>,
    mut kiosk: ResMut<Kiosk>,
    (target, ringable, mut hand): (Target, Ringable, ResMut<Hand>),
    time: Res<Time<Real>>,
    mut waiting: Local<VecDeque<KeyboardInput>>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    waiting.extend(keys.read().filter(|key| key.state == ButtonState::Pressed).cloned());
    while let Some(key) = waiting.front().cloned() {
        kiosk.touched(time.elapsed());
        let acts = acts(key.key_code);
        // The ring moves at the end of the frame; what follows in the same frame means where it will be.
        if acts && focus.is_stepping() {
            redraw.write(RequestRedraw);
            return;
        }
        waiting.pop_front();
        if kiosk.visitor.asked {
            answer(key.key_code, &mut focus, &target, &mut kiosk);
            continue;
        }
        let searching = *kiosk.visitor.screen() == Screen::Search;
        if let Some(typed) = typed(&key.logical_key, focus.entity().is_some()).filter(|_| searching) {
            typed.into_iter().for_each(|key| kiosk.act(Action::Key(key)));
            continue;
        }
        match key.key_code {
            KeyCode::Tab => focus.tab(),
            KeyCode::ArrowDown | KeyCode::ArrowRight => focus.step(1),
            KeyCode::ArrowUp | KeyCode::ArrowLeft => focus.step(-1),
            KeyCode::Escape | KeyCode::BrowserBack => kiosk.act(Action::Back),
            KeyCode::Home => kiosk.act(Action::Home),
            KeyCode::PageDown | KeyCode::PageUp => {
                if let Some(turn) = ringable.turn(&mut focus, key.key_code == KeyCode::PageDown) {
                    kiosk.act(turn);
                }
            }
            _ if acts => {
                if let Some(entity) = focus.entity()
                    && let Ok(touchable) = target.touchables.get(entity)
                {
                    hand.touched = target.rect(entity).filter(|_| touchable.action.leads_on());
                    kiosk.act(touchable.action.clone());
                }
            }
            _ => {}
        }
    }
}

fn acts(key: KeyCode) -> bool {
    matches!(key, KeyCode::Enter | KeyCode::NumpadEnter | KeyCode::Space)
}

/// While the prompt is up, keys move between its answers and give one; any other says that somebody is still here.
fn answer(key: KeyCode, focus: &mut Focus, target: &Target, kiosk: &mut Kiosk) {
    match key {
        KeyCode::Tab | KeyCode::ArrowDown | KeyCode::ArrowRight => focus.step(1),
        KeyCode::ArrowUp | KeyCode::ArrowLeft => focus.step(-1),
        KeyCode::ShiftLeft | KeyCode::ShiftRight => {}
        _ => {
            let ringed = focus.entity().filter(|entity| acts(key) && target.is_answer(*entity));
            let answer = ringed.and_then(|entity| target.touchables.get(entity).ok());
            kiosk.act(answer.map_or(Action::Stay, |answer| answer.action.clone()));
        }
    }
}

/// What a key of a real keyboard types into a search. A space acts instead while something has the ring.
fn typed(key: &Key, ring: bool) -> Option<Vec<search::Key>> {
    match key {
        Key::Backspace => Some(vec![search::Key::Delete]),
        Key::Space if !ring => Some(vec![search::Key::Space]),
        Key::Character(text) if text.chars().any(char::is_control) => None,
        Key::Character(text) => Some(text.chars().map(search::Key::Letter).collect()),
        _ => None,
    }
}
