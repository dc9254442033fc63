use crate::content::Position;
use crate::import::geometry::METRES_PER_DEGREE;

pub use crate::import::geometry::metres;

/// Squares of the ground: whatever lies within `side_m` of a point is in its cell or one beside it.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    side_m: f64,
}

pub type Cell = (i32, i32);

impl Grid {
    pub const fn new(side_m: f64) -> Self {
        Self { side_m }
    }

    fn row(&self, lat: f64) -> i32 {
        (lat * METRES_PER_DEGREE / self.side_m).floor() as i32
    }

    /// Cells of one row have the width that its edge nearer to the pole needs.
    fn column(&self, row: i32, lon: f64) -> i32 {
        let edge = |row: i32| (f64::from(row) * self.side_m / METRES_PER_DEGREE).to_radians().cos();
        let degrees = self.side_m / METRES_PER_DEGREE / edge(row).min(edge(row.saturating_add(1))).max(0.01);
        (lon / degrees).floor() as i32
    }

    pub fn cell(&self, at: Position) -> Cell {
        let row = self.row(at.lat);
        (row, self.column(row, at.lon))
    }

    pub fn around(&self, at: Position) -> impl Iterator<Item = Cell> + use<> {
        let (grid, row) = (*self, self.row(at.lat));
        (row.saturating_sub(1)..=row.saturating_add(1)).flat_map(move |row| {
            let column = grid.column(row, at.lon);
            (column.saturating_sub(1)..=column.saturating_add(1)).map(move |column| (row, column))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn whatever_is_near_lies_in_the_cells_around(
            (lat, lon) in (-80.0..80.0_f64, -179.0..179.0_f64), (north, east) in (-1.0..1.0_f64, -1.0..1.0_f64),
        ) {
            let grid = Grid::new(250.0);
            let here = Position { lat, lon };
            let step = 170.0 / METRES_PER_DEGREE;
            let there = Position { lat: lat + north * step, lon: lon + east * step / lat.to_radians().cos() };
            prop_assert!(metres(here, there) < 260.0);
            prop_assert!(grid.around(here).any(|cell| cell == grid.cell(there)));
        }
    }

    #[test]
    fn the_date_line_is_no_distance() {
        let at = |lon| Position { lat: -13.3, lon };
        assert!(metres(at(179.999), at(-179.999)) < 250.0);
    }
}
