//! Which ground the map knows: beyond it there is only paper.

use super::frame::Bounds;
use super::tiles::Point;
use std::collections::HashSet;

/// Side of a cell in world units: about 110 m in Europe, wider than most blocks of houses.
const CELL: i32 = 512;

const WATER_WORTH: f32 = 0.6;

/// The cells in which anything is drawn, and those that lie in water.
#[derive(Debug, Default)]
pub(super) struct Ground {
    cells: HashSet<(i32, i32)>,
    water: HashSet<(i32, i32)>,
}

impl Ground {
    /// Along a line there is something to see.
    pub(super) fn add_line(&mut self, line: &[Point], within: &Bounds) {
        for ends in line.windows(2) {
            let [from, to] = [ends[0], ends[1]].map(|point| point.map(f64::from));
            let (along_x, along_y) = (to[0] - from[0], to[1] - from[1]);
            let steps = (along_x.abs().max(along_y.abs()) / f64::from(CELL)).ceil().clamp(1.0, 64.0);
            for step in 0..=steps as u32 {
                let share = f64::from(step) / steps;
                let point = [from[0] + along_x * share, from[1] + along_y * share];
                if within.is_near(point, 0.0) {
                    self.cells.insert(cell(point));
                }
            }
        }
    }

    /// Water, by the box around it.
    pub(super) fn add_water(&mut self, bounds: &Bounds, within: &Bounds) {
        let side = |axis: usize| {
            let (from, to) = (bounds.min[axis].max(within.min[axis]), bounds.max[axis].min(within.max[axis]));
            from.div_euclid(CELL)..=to.div_euclid(CELL)
        };
        let rows = side(1);
        self.water.extend(side(0).flat_map(|x| rows.clone().map(move |y| (x, y))));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.water.is_empty()
    }

    /// What there is to see here, of one: beyond the map nothing, on open water little.
    pub(super) fn worth(&self, point: [f64; 2]) -> f32 {
        let cell = cell(point);
        if self.cells.contains(&cell) {
            1.0
        } else if self.water.contains(&cell) {
            WATER_WORTH
        } else {
            0.0
        }
    }
}

fn cell(point: [f64; 2]) -> (i32, i32) {
    let [x, y] = point.map(|along| (along as i32).div_euclid(CELL));
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_along_its_way_and_only_within_its_tile() {
        let mut ground = Ground::default();
        assert!(ground.is_empty());
        let tile = Bounds { min: [0, 0], max: [4096, 4096] };
        ground.add_line(&[[100, 100], [i32::MAX, 100]], &tile);
        ground.add_line(&[[100, 2000], [3000, 2000]], &tile);
        let is_worth = |ground: &Ground, at, worth: f32| (ground.worth(at) - worth).abs() < 0.001;
        assert!(is_worth(&ground, [1500.0, 2000.0], 1.0));
        assert!(is_worth(&ground, [1500.0, 3000.0], 0.0));
        assert!(ground.cells.len() < 20, "a hostile corner fills no memory: {}", ground.cells.len());
        ground.add_water(&Bounds { min: [-9_000_000, 3000], max: [9_000_000, 3100] }, &tile);
        assert!(is_worth(&ground, [1500.0, 3050.0], WATER_WORTH));
        assert!(is_worth(&ground, [9000.0, 3050.0], 0.0));
        assert!(ground.water.len() < 20, "{}", ground.water.len());
    }
}
