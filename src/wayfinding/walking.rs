use crate::content::Need;

/// How a visitor gets along: the speed on the pavement, and how much longer than the straight line their way is.
///
/// Speeds. 1.2 m/s is what pedestrian lights in the United Kingdom are timed for; people of 65 and more walk
/// 0.9 (men) and 0.8 m/s (women) on average: Asher and others, Age and Ageing 41 (2012), 690-694. Hand-driven
/// wheelchairs move at 0.79 m/s in daily life: Tolerico and others, JRRD 44 (2007), 561-572.
///
/// Detours. Walks to stations are 1.21 to 1.23 times the straight line on a town's grid: O'Sullivan and Morrall,
/// Transportation Research Record 1538 (1996). Old towns on a slope are worse, so 1.3. Without stairs the way is
/// longer still; 1.5 is our own estimate, on the side of arriving early.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Metres a second along the way.
    pub speed_mps: f64,
    /// Length of the way over length of the straight line, at least 1.
    pub detour: f64,
}

impl Pace {
    pub const WALKING: Self = Self { speed_mps: 1.2, detour: 1.3 };
    pub const SLOW: Self = Self { speed_mps: 0.8, detour: 1.3 };
    pub const WHEELCHAIR: Self = Self { speed_mps: 0.8, detour: 1.5 };

    /// The slowest pace among what the visitor said of themselves.
    pub fn of(needs: impl IntoIterator<Item = Need>) -> Self {
        needs
            .into_iter()
            .map(|need| match need {
                Need::Wheelchair => Self::WHEELCHAIR,
                Need::Walking => Self::SLOW,
                Need::Sight | Need::Hearing | Need::Children => Self::WALKING,
            })
            .fold(
                Self::WALKING,
                |slowest, pace| if pace.progress_mps() < slowest.progress_mps() { pace } else { slowest },
            )
    }

    /// Metres of straight line won in a second.
    fn progress_mps(self) -> f64 {
        self.speed_mps / self.detour
    }
}

/// Whole minutes on the way to a goal `distance_m` metres off as the crow flies, rounded up, at least one.
pub fn walking_minutes(distance_m: f64, pace: Pace) -> u32 {
    let minutes = (distance_m / pace.progress_mps() / 60.0).ceil();
    // The cast saturates: a nonsense distance gives a nonsense number, not a crash.
    (minutes as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn minutes_by_distance_and_pace() {
        for (metres, pace, minutes) in [
            (0.0, Pace::WALKING, 1),
            (50.0, Pace::WALKING, 1),
            (60.0, Pace::WALKING, 2),
            (500.0, Pace::WALKING, 10),
            (500.0, Pace::SLOW, 14),
            (500.0, Pace::WHEELCHAIR, 16),
            (f64::NAN, Pace::WALKING, 1),
            (f64::INFINITY, Pace::WALKING, u32::MAX),
        ] {
            assert_eq!(walking_minutes(metres, pace), minutes, "{metres} m at {pace:?}");
        }
    }

    #[test]
    fn the_slowest_need_sets_the_pace() {
        assert_eq!(Pace::of([]), Pace::WALKING);
        assert_eq!(Pace::of([Need::Hearing, Need::Sight]), Pace::WALKING);
        assert_eq!(Pace::of([Need::Sight, Need::Walking]), Pace::SLOW);
        assert_eq!(Pace::of([Need::Wheelchair, Need::Walking]), Pace::WHEELCHAIR);
        assert_eq!(Pace::of([Need::Walking, Need::Wheelchair]), Pace::WHEELCHAIR);
    }

    proptest! {
        #[test]
        fn farther_never_takes_less(near in 0.0..50_000.0f64, more in 0.0..5_000.0f64) {
            for pace in [Pace::WALKING, Pace::SLOW, Pace::WHEELCHAIR] {
                prop_assert!(walking_minutes(near + more, pace) >= walking_minutes(near, pace));
            }
        }

        #[test]
        fn a_slower_pace_never_arrives_earlier(metres in 0.0..50_000.0f64) {
            prop_assert!(walking_minutes(metres, Pace::SLOW) >= walking_minutes(metres, Pace::WALKING));
            prop_assert!(walking_minutes(metres, Pace::WHEELCHAIR) >= walking_minutes(metres, Pace::SLOW));
        }
    }
}
