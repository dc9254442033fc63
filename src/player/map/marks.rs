//! What is drawn upon the map: the visitor, the goals, the way, and rings where there is no map.

use super::drawing::Press;
use tiny_skia::{Path, PathBuilder};

/// How far the cone of view reaches and how wide it opens to each side.
const VIEW_MM: f32 = 42.0;
const VIEW_HALF_DEGREES: f32 = 29.0;
/// How strongly the cone is printed over the map, of 255.
const VIEW_ALPHA: u8 = 74;
const YOU_MM: f32 = 8.0;
/// A pin's height from its tip, and the radius of its head.
pub(super) const PIN_MM: f32 = 26.0;
pub(super) const PIN_HEAD_MM: f32 = 9.0;
/// The paper left free around marks.
pub(super) const HALO_MM: f32 = 1.6;

impl Press<'_> {
    /// The way the visitor looks is up; the cone lies under all other marks.
    pub(super) fn mark_view(&mut self, (x, y): (f32, f32)) {
        let reach = VIEW_MM * self.px_per_mm;
        let mut cone = PathBuilder::new();
        cone.move_to(x, y);
        arc(&mut cone, (x, y), reach, -VIEW_HALF_DEGREES, VIEW_HALF_DEGREES);
        cone.close();
        let [r, g, b, _] = self.colours.you;
        if let Some(cone) = cone.finish() {
            self.fill(&cone, [r, g, b, VIEW_ALPHA]);
        }
    }

    pub(super) fn mark_you(&mut self, at: (f32, f32)) {
        let radius = YOU_MM * self.px_per_mm;
        self.disc(at, radius + HALO_MM * self.px_per_mm, self.colours.paper);
        self.disc(at, radius, self.colours.you);
        self.disc(at, radius * 0.42, self.colours.paper);
    }

    /// A pin whose tip is at this pixel.
    pub(super) fn mark_goal(&mut self, at: (f32, f32)) {
        let mm = self.px_per_mm;
        let Some(pin) = pin(at, PIN_MM * mm, PIN_HEAD_MM * mm) else { return };
        self.stroke(&pin, self.colours.paper, 2.0 * HALO_MM * mm, None);
        self.fill(&pin, self.colours.goal);
        self.disc((at.0, at.1 - (PIN_MM - PIN_HEAD_MM) * mm), PIN_HEAD_MM * mm * 0.4, self.colours.paper);
    }

    /// A goal beyond the edge: a head whose tip points the way.
    pub(super) fn mark_beyond(&mut self, you: (f32, f32), at: (f32, f32)) {
        let radius = PIN_HEAD_MM * self.px_per_mm;
        let (x, y) = (at.0 - you.0, at.1 - you.1);
        let long = x.hypot(y).max(1.0);
        let (x, y) = (x / long * radius, y / long * radius);
        let mut tip = PathBuilder::new();
        tip.move_to(at.0 + 2.0 * x, at.1 + 2.0 * y);
        tip.line_to(at.0 + 0.5 * x - 0.87 * y, at.1 + 0.5 * y + 0.87 * x);
        tip.line_to(at.0 + 0.5 * x + 0.87 * y, at.1 + 0.5 * y - 0.87 * x);
        tip.close();
        let Some(tip) = tip.finish() else { return };
        self.stroke(&tip, self.colours.paper, 2.0 * HALO_MM * self.px_per_mm, None);
        self.disc(at, radius + HALO_MM * self.px_per_mm, self.colours.paper);
        self.fill(&tip, self.colours.goal);
        self.disc(at, radius, self.colours.goal);
    }

    /// A place without a building of its own: a solid disc, free of its surroundings.
    pub(super) fn mark_spot(&mut self, at: (f32, f32), radius: f32) {
        self.disc(at, radius * 1.45, self.colours.paper);
        self.disc(at, radius, self.colours.ink);
    }

    /// Dots in a straight line: the direction, not a path to walk.
    pub(super) fn mark_way(&mut self, from: (f32, f32), to: (f32, f32)) {
        let mm = self.px_per_mm;
        let mut line = PathBuilder::new();
        line.move_to(from.0, from.1);
        line.line_to(to.0, to.1);
        if let Some(line) = line.finish() {
            self.stroke(&line, self.colours.paper, 3.8 * mm, Some([0.01, 4.6 * mm]));
            self.stroke(&line, self.colours.route, 2.2 * mm, Some([0.01, 4.6 * mm]));
        }
    }

    /// Where nothing is known of the ground, distance alone.
    pub(super) fn rings(&mut self, (x, y): (f32, f32), step_px: f32) {
        let reach = self.frame.width.hypot(self.frame.height);
        let count = (reach / step_px.max(1.0)).min(24.0) as usize;
        for ring in 1..=count {
            if let Some(circle) = PathBuilder::from_circle(x, y, step_px * ring as f32) {
                self.stroke(&circle, self.colours.street_edge, self.hair(), None);
            }
        }
    }

    fn disc(&mut self, (x, y): (f32, f32), radius: f32, with: [u8; 4]) {
        if let Some(circle) = PathBuilder::from_circle(x, y, radius) {
            self.fill(&circle, with);
        }
    }
}

/// A drop with its tip below: two tangents from the tip to a round head.
fn pin((x, y): (f32, f32), height: f32, radius: f32) -> Option<Path> {
    let down = height - radius;
    let open = 180.0 - (radius / down).clamp(0.0, 1.0).acos().to_degrees();
    let mut pin = PathBuilder::new();
    pin.move_to(x, y);
    arc(&mut pin, (x, y - down), radius, -open, open);
    pin.close();
    pin.finish()
}

/// Adds an arc in fine straight steps, from one angle to another, in degrees clockwise from up.
fn arc(path: &mut PathBuilder, (x, y): (f32, f32), radius: f32, from: f32, to: f32) {
    let steps = ((to - from).abs() / 4.0).ceil().max(1.0);
    for step in 0..=steps as u32 {
        let (sin, cos) = (from + (to - from) * step as f32 / steps).to_radians().sin_cos();
        path.line_to(x + radius * sin, y - radius * cos);
    }
}
