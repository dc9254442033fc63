//! A visitor's fingers and keys: the same messages that the panel sends.

use super::stage::Stage;
use super::tree_text::plain;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::prelude::*;
use parvis::player::render::Studio;
use parvis::player::tree::Element;
use std::time::Duration;

/// A frame of the panel.
pub const FRAME: Duration = Duration::from_millis(16);
/// Between two touches that are both meant.
pub const PAUSE: Duration = Duration::from_millis(600);

/// One message of finger `id`, and a frame in which it is read.
pub fn finger(studio: &mut Studio, id: u64, phase: TouchPhase, position: Vec2) {
    let touch = TouchInput { phase, position, window: Entity::PLACEHOLDER, force: None, id };
    studio.world().write_message(touch);
    studio.advance(FRAME);
}

pub fn tap(studio: &mut Studio, at: Vec2) {
    studio.advance(PAUSE);
    finger(studio, 1, TouchPhase::Started, at);
    finger(studio, 1, TouchPhase::Ended, at);
}

pub fn drag(studio: &mut Studio, from: Vec2, by: Vec2) {
    const STEPS: u16 = 10;
    studio.advance(PAUSE);
    finger(studio, 1, TouchPhase::Started, from);
    for step in 1..=STEPS {
        finger(studio, 1, TouchPhase::Moved, from + by * f32::from(step) / f32::from(STEPS));
    }
    // Held still before it lets go: nothing glides on.
    for _ in 0..10 {
        finger(studio, 1, TouchPhase::Moved, from + by);
    }
    finger(studio, 1, TouchPhase::Ended, from + by);
}

pub fn key(studio: &mut Studio, key_code: KeyCode) {
    for state in [ButtonState::Pressed, ButtonState::Released] {
        let logical_key = Key::Unidentified(bevy::input::keyboard::NativeKey::Unidentified);
        let message =
            KeyboardInput { key_code, logical_key, state, text: None, repeat: false, window: Entity::PLACEHOLDER };
        studio.world().write_message(message);
        studio.advance(FRAME);
    }
}

pub fn key_named(name: &str) -> Result<KeyCode, String> {
    Ok(match name {
        "Tab" => KeyCode::Tab,
        "Enter" => KeyCode::Enter,
        "Space" => KeyCode::Space,
        "Escape" => KeyCode::Escape,
        "Home" => KeyCode::Home,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        "ArrowUp" => KeyCode::ArrowUp,
        "ArrowDown" => KeyCode::ArrowDown,
        "ArrowLeft" => KeyCode::ArrowLeft,
        "ArrowRight" => KeyCode::ArrowRight,
        _ => return Err(format!("the runner knows no key \"{name}\"")),
    })
}

/// The middle, in px, of the one thing to touch that has this name.
pub fn find(stage: &mut Stage, name: &str) -> Result<Vec2, String> {
    let tree = stage.tree();
    let found = called(&tree, name, |element| element.touchable)?;
    Ok(middle(stage, found))
}

/// The one of these elements that has this name, begins with it, or contains it. Marks that nobody sees do not count.
pub fn called<'a>(tree: &'a [Element], name: &str, counts: impl Fn(&Element) -> bool) -> Result<&'a Element, String> {
    let named: Vec<(&Element, String)> =
        tree.iter().filter(|element| counts(element)).map(|element| (element, plain(&element.name))).collect();
    let ways: [fn(&str, &str) -> bool; 3] =
        [|one, name| one == name, |one, name| one.starts_with(name), |one, name| one.contains(name)];
    let found = ways.into_iter().find_map(|is| {
        let found: Vec<&Element> = named.iter().filter(|(_, one)| is(one, name)).map(|(element, _)| *element).collect();
        (!found.is_empty()).then_some(found)
    });
    let names = || named.iter().map(|(_, name)| format!("\n    {name}")).collect::<String>();
    match found.as_deref() {
        Some([one]) => Ok(one),
        Some(several) => Err(format!("{} are called \"{name}\"; there are:{}", several.len(), names())),
        None => Err(format!("nothing is called \"{name}\"; there are:{}", names())),
    }
}

/// In px.
pub fn middle(stage: &mut Stage, element: &Element) -> Vec2 {
    let [x, y, width, height] = element.rect_mm;
    Vec2::new(x + width / 2.0, y + height / 2.0) * stage.studio.kiosk().profile.px_per_mm()
}
