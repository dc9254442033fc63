//! The panel's light: off in the hours that are not on, and dimmer where less is enough.

use super::stage::Stage;
use crate::device::panel::{Panel, PanelState};
use crate::player::kiosk::Kiosk;
use bevy::prelude::*;

/// What switches the panel, on a display that has anything for it.
#[derive(Resource)]
pub struct Lamp(pub Panel);

/// Asks for the light that the picture on the panel wants. A picture that goes off is black by now.
/// Staff may switch it off as well; a warning switches it on all the same.
pub fn switch_panel(lamp: Option<ResMut<Lamp>>, stage: Option<Res<Stage>>, kiosk: Res<Kiosk>) {
    let (Some(mut lamp), Some(stage)) = (lamp, stage) else { return };
    let Some(panel) = stage.panel() else { return };
    let is_wanted = !kiosk.asked.is_off || panel.parts.iter().any(|part| part.is_alert);
    lamp.0.ask(PanelState { on: !panel.is_off && is_wanted, brightness_percent: panel.brightness_percent });
}
