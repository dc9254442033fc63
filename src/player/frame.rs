//! Window, belt and foot: where on the panel they lie, in mm from its upper left corner.

use super::profile::Profile;
use super::visitor::{Mode, Visitor};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// The regions of a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Warnings in force: no height without any.
    pub band: Area,
    pub window: Area,
    pub belt: Area,
    /// No height where the panel has no room for it.
    pub foot: Area,
    /// Space between the panel's edge and what stands on it.
    pub margin_mm: f32,
    /// Controls stand beside the window instead of below it.
    pub beside: bool,
}

impl Frame {
    /// Space between columns and tiles.
    pub const GUTTER_MM: f32 = 8.0;

    /// `reach` tightens the belt to what can be reached from a wheelchair.
    pub fn new(profile: &Profile, visitor: &Visitor) -> Self {
        /// Space beside page buttons, which stand in the margin.
        const BESIDE_BUTTON_MM: f32 = 2.0;
        let reach = visitor.has(Mode::Reach);
        let (width, height) = (profile.panel_width_mm, profile.panel_height_mm);
        let top_mm = profile.lower_edge_mm + height;
        let (low, high) = if reach {
            (profile.reach_low_mm, profile.reach_high_mm)
        } else {
            (profile.belt_low_mm, profile.belt_high_mm)
        };
        let belt_top = (top_mm - high).clamp(0.0, height);
        let belt_bottom = (top_mm - low).clamp(0.0, height);
        let margin_mm = (if profile.is_portrait() { width } else { height * 1.2 }) / 19.0;
        let margin_mm = margin_mm.max(profile.target_mm(visitor) + BESIDE_BUTTON_MM);
        if profile.is_portrait() && profile.is_tall() {
            return Self {
                band: Area { x: 0.0, y: 0.0, width, height: 0.0 },
                window: Area { x: 0.0, y: 0.0, width, height: belt_top },
                belt: Area { x: 0.0, y: belt_top, width, height: belt_bottom - belt_top },
                foot: Area { x: 0.0, y: belt_bottom, width, height: height - belt_bottom },
                margin_mm,
                beside: false,
            };
        }
        let split = width * 5.0 / 12.0;
        let (top, bottom) = if profile.is_tall() { (belt_top, belt_bottom) } else { (0.0, height) };
        Self {
            band: Area { x: 0.0, y: 0.0, width: split, height: 0.0 },
            window: Area { x: 0.0, y: 0.0, width: split, height },
            belt: Area { x: split, y: top, width: width - split, height: bottom - top },
            foot: Area { x: split, y: 0.0, width: width - split, height: top },
            margin_mm,
            beside: true,
        }
    }

    /// With so much of the window given to a band above it.
    #[must_use]
    pub fn with_band(mut self, height_mm: f32) -> Self {
        self.band.height = height_mm;
        self.window.y += height_mm;
        self.window.height -= height_mm;
        self
    }

    /// Width inside the belt's margins.
    pub fn content_width(&self) -> f32 {
        self.belt.width - 2.0 * self.margin_mm
    }
}
