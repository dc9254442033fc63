//! The panel's light: off in the hours that are not on, and dimmer where less is enough.

use super::stage::Stage;
use crate::device::panel::{Panel, PanelState};
use bevy::prelude::*;

/// What switches the panel, on a display that has anything for it.
#[derive(Resource)]
pub struct Lamp(pub Panel);

/// Asks for the light that the picture on the panel wants. A picture that goes off is black by now.
pub fn switch_panel(lamp: Option<ResMut<Lamp>>, stage: Option<Res<Stage>>) {
    let (Some(mut lamp), Some(stage)) = (lamp, stage) else { return };
    let Some(panel) = stage.panel() else { return };
    lamp.0.ask(PanelState { on: !panel.is_off, brightness_percent: panel.brightness_percent });
}
