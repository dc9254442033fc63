//! The room that signage has on a panel: all of it, or the window of a kiosk that nobody is at.

use crate::content::{Transition, TransitionKind};
use crate::player::frame::{Area, Frame};
use crate::player::look::Look;
use crate::player::profile::Profile;
use crate::player::visitor::Visitor;
use bevy::prelude::*;

/// What of the panel is signage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    #[default]
    Panel,
    /// That of the attract screen. What stands there has one region: half a window is too small to be read in passing.
    Window,
}

impl Room {
    /// This part of the panel as if it were a panel of its own, for people who walk past.
    ///
    /// A window is read from nearer than a panel, by the ratio of their sizes: so it has room for as many words, and what
    /// is written for the town's panels fits. It is there to bring people closer.
    pub fn profile(self, panel: &Profile) -> Profile {
        let seen = panel.for_audience();
        match self {
            Self::Panel => seen,
            Self::Window => {
                let Area { width, height, .. } = window(panel);
                let px = |mm: f32| ((mm * panel.px_per_mm()).round() as u32).max(1);
                let share = (width * height / (panel.panel_width_mm * panel.panel_height_mm)).sqrt();
                Profile {
                    panel_width_mm: width,
                    panel_height_mm: height,
                    width_px: px(width),
                    height_px: px(height),
                    viewing_distance_mm: (seen.viewing_distance_mm * share).max(panel.viewing_distance_mm),
                    ..seen
                }
            }
        }
    }

    /// Where it lies on the panel; of the look only the direction counts.
    pub fn node(self, panel: &Profile, look: &Look) -> Node {
        let node = Node { position_type: PositionType::Absolute, ..default() };
        match self {
            Self::Panel => Node { width: percent(100), height: percent(100), ..node },
            Self::Window => {
                let area = window(panel);
                let mm = |mm: f32| px((mm * panel.px_per_mm()).round());
                let x = if look.rtl { panel.panel_width_mm - area.x - area.width } else { area.x };
                let (width, height) = (mm(area.width), mm(area.height));
                Node { left: mm(x), top: mm(area.y), width, height, overflow: Overflow::clip(), ..node }
            }
        }
    }

    /// What stands beside the window does not move.
    pub fn transition(self, wanted: Transition) -> Transition {
        match (self, wanted.kind) {
            (Self::Window, TransitionKind::Slide) => Transition { kind: TransitionKind::Fade, ..wanted },
            _ => wanted,
        }
    }
}

/// Of the attract screen, while no warning takes of it.
fn window(panel: &Profile) -> Area {
    let nobody = Visitor::nobody(crate::language::Language::Fr);
    Frame::new(panel, &nobody).window
}
