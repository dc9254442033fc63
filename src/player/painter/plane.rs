//! A plane with round corners, or its edge, after `bevy_ui_render`'s `ui.wgsl`: how much of a pixel it covers.

use bevy::prelude::*;

/// Widths in px at the left, top, right and bottom.
pub type Sides = [f32; 4];

/// A filled plane inside its edge, or the edge alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    pub rect: Rect,
    /// Of the corners, in px: upper left, upper right, lower right, lower left.
    pub radius: [f32; 4],
    pub edge: Sides,
    pub is_edge: bool,
}

impl Plane {
    /// How far into the plane, from its left and right, coverage may change along a row.
    pub fn uneven(&self) -> f32 {
        self.radius.iter().chain(&self.edge).fold(0.0, |most: f32, width| most.max(*width)) + 1.0
    }

    /// The share, 0 to 1, of the pixel around a point that is covered.
    pub fn coverage(&self, at: Vec2) -> f32 {
        let point = at - self.rect.center();
        let inner = self.inset_distance(point);
        if !self.is_edge {
            return antialias(inner);
        }
        let outer = distance(point, self.rect.size(), self.radius);
        let border = outer.max(-inner);
        // Where there is no edge, the line around the plane would else be drawn.
        if outer < inner {
            antialias(border)
        } else if border < 0.0 {
            1.0
        } else {
            0.0
        }
    }

    fn inset_distance(&self, point: Vec2) -> f32 {
        let [left, top, right, bottom] = self.edge;
        let size = self.rect.size();
        let inner_size = size - Vec2::new(left + right, top + bottom);
        let centre = Vec2::new(left, top) + 0.5 * inner_size - 0.5 * size;
        let most = (inner_size * 0.5).min_element().max(0.0);
        let [upper_left, upper_right, lower_right, lower_left] = self.radius;
        let inner_radius = [
            upper_left - left.max(top),
            upper_right - right.max(top),
            lower_right - right.max(bottom),
            lower_left - left.max(bottom),
        ]
        .map(|radius| radius.max(0.0).min(most));
        distance(point - centre, inner_size, inner_radius)
    }
}

/// From a point to the edge of a box with round corners around the origin, in px; negative inside.
fn distance(point: Vec2, size: Vec2, [upper_left, upper_right, lower_right, lower_left]: [f32; 4]) -> f32 {
    let radius = match (point.x > 0.0, point.y > 0.0) {
        (false, false) => upper_left,
        (true, false) => upper_right,
        (true, true) => lower_right,
        (false, true) => lower_left,
    };
    let q = point.abs() - 0.5 * size + radius;
    q.max(Vec2::ZERO).length() + q.max_element().min(0.0) - radius
}

fn antialias(distance: f32) -> f32 {
    (0.5 - distance).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(edge: Sides, is_edge: bool) -> Plane {
        Plane { rect: Rect::new(10.0, 10.0, 30.0, 20.0), radius: [4.0; 4], edge, is_edge }
    }

    fn is_covered(plane: &Plane, x: f32, y: f32) -> bool {
        let share = plane.coverage(Vec2::new(x, y));
        assert!(!(0.001..=0.999).contains(&share), "half covered: {share}");
        share > 0.5
    }

    #[test]
    fn the_middle_is_covered_the_corner_is_not() {
        let plane = plane([0.0; 4], false);
        assert!(is_covered(&plane, 20.5, 15.5));
        assert!(!is_covered(&plane, 10.5, 10.5));
        assert!(is_covered(&plane, 10.5, 15.5));
        assert!(!is_covered(&plane, 9.5, 15.5));
    }

    #[test]
    fn a_line_below_covers_only_the_last_rows() {
        let line = plane([0.0, 0.0, 0.0, 2.0], true);
        assert!(is_covered(&line, 20.5, 19.5));
        assert!(!is_covered(&line, 20.5, 17.5));
        assert!(!is_covered(&line, 10.5, 14.5));
    }
}
