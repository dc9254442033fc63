use super::bearing_degrees;
use crate::content::Position;

/// Where the goal lies for somebody who stands before the display and looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Ahead,
    AheadRight,
    Right,
    BehindRight,
    Behind,
    BehindLeft,
    Left,
    AheadLeft,
}

impl Direction {
    /// Clockwise from straight ahead.
    pub const ALL: [Self; 8] = [
        Self::Ahead,
        Self::AheadRight,
        Self::Right,
        Self::BehindRight,
        Self::Behind,
        Self::BehindLeft,
        Self::Left,
        Self::AheadLeft,
    ];

    /// The Fluent message that says it in the visitor's language.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ahead => "directions-ahead",
            Self::AheadRight => "directions-ahead-right",
            Self::Right => "directions-right",
            Self::BehindRight => "directions-behind-right",
            Self::Behind => "directions-behind",
            Self::BehindLeft => "directions-behind-left",
            Self::Left => "directions-left",
            Self::AheadLeft => "directions-ahead-left",
        }
    }
}

/// The direction from `from` to `to` for a visitor who looks towards `facing_degrees` (0 north, 90 east).
///
/// Each direction is a sector of 45 degrees around its middle. A goal at the very same point is `Ahead`.
pub fn direction(from: Position, to: Position, facing_degrees: f64) -> Direction {
    const SECTOR: f64 = 45.0;
    let turn = (bearing_degrees(from, to) - facing_degrees + SECTOR / 2.0).rem_euclid(360.0);
    // Rounding can put the remainder on 360 itself, and a facing that is no number has no sector.
    Direction::ALL.get((turn / SECTOR) as usize).copied().unwrap_or(Direction::Ahead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: Position = Position { lat: 43.7384, lon: 7.4246 };

    fn towards(degrees: f64) -> Position {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Position { lat: HERE.lat + 0.002 * cos, lon: HERE.lon + 0.002 * sin / HERE.lat.to_radians().cos() }
    }

    #[test]
    fn each_sector_from_edge_to_edge() {
        for (at, expected) in Direction::ALL.into_iter().enumerate() {
            let middle = at as f64 * 45.0;
            for off in [-21.0, 0.0, 21.0] {
                assert_eq!(direction(HERE, towards(middle + off), 0.0), expected, "{middle} {off:+}");
            }
        }
    }

    #[test]
    fn facing_south_the_east_is_on_the_left() {
        assert_eq!(direction(HERE, towards(90.0), 180.0), Direction::Left);
        assert_eq!(direction(HERE, towards(45.0), 180.0), Direction::BehindLeft);
    }

    #[test]
    fn nonsense_does_not_crash() {
        assert_eq!(direction(HERE, HERE, 0.0), Direction::Ahead);
        assert_eq!(direction(HERE, towards(90.0), f64::NAN), Direction::Ahead);
    }

    #[test]
    fn keys_are_the_names() {
        for direction in Direction::ALL {
            let name = format!("{direction:?}").replace("Right", "-right").replace("Left", "-left").to_lowercase();
            assert_eq!(direction.key(), format!("directions-{}", name.trim_start_matches('-')));
        }
    }

    proptest! {
        #[test]
        fn a_quarter_turn_of_the_display_turns_the_direction(bearing in 0.0..360.0f64, facing in 0.0..360.0f64) {
            // Away from the edges, where one ulp decides.
            let edge = (bearing - facing + 22.5).rem_euclid(45.0);
            prop_assume!((0.5..44.5).contains(&edge));
            let place = |direction| Direction::ALL.iter().position(|other| *other == direction).unwrap_or(99);
            let before = place(direction(HERE, towards(bearing), facing));
            let after = place(direction(HERE, towards(bearing), facing + 90.0));
            prop_assert_eq!((before + 8 - after) % 8, 2);
        }

        #[test]
        fn whole_turns_change_nothing(bearing in 0.0..360.0f64, facing in 0.0..360.0f64, turns in -3..3i32) {
            let edge = (bearing - facing + 22.5).rem_euclid(45.0);
            prop_assume!((0.5..44.5).contains(&edge));
            let turned = facing + f64::from(turns) * 360.0;
            prop_assert_eq!(direction(HERE, towards(bearing), facing), direction(HERE, towards(bearing), turned));
        }
    }
}
