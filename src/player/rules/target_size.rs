//! Whatever can be touched is as wide and as high as the display's profile asks.

use super::{Control, Sight};
use crate::player::visitor::Mode;

/// Millimetres lost to whole pixels.
const ROUNDING_MM: f32 = 0.7;

pub fn check(sight: &Sight) -> Vec<String> {
    let profile = &sight.profile;
    let least = if sight.has(Mode::Large) { profile.large_target_mm } else { profile.minimum_target_mm };
    let too_small = |control: &&Control| {
        let size = size_mm(sight, control);
        size.0.min(size.1) < least - ROUNDING_MM
    };
    let problem = |control: &Control| {
        let (width, height) = size_mm(sight, control);
        format!("\"{}\" is {width:.1} x {height:.1} mm, the least is {least} mm", control.name)
    };
    sight.controls.iter().filter(too_small).map(problem).collect()
}

/// A row half scrolled out of sight counts whole; what the screen itself cuts off does not.
fn size_mm(sight: &Sight, control: &Control) -> (f32, f32) {
    let height = if control.scrolls { control.whole.height() } else { control.seen.height() };
    (sight.mm(control.seen.width()), sight.mm(height))
}

#[cfg(test)]
mod tests {
    use super::super::sight::sample;
    use super::*;

    #[test]
    fn too_narrow_too_low_and_cut_off_are_found() {
        let sight = sample::sight();
        assert_eq!(check(&sight), Vec::<String>::new());
        let px = sight.profile.px_per_mm();
        for (width, height) in [(15.0, 40.0), (40.0, 15.0)] {
            let mut small = sight.clone();
            small.controls[0].seen.max = small.controls[0].seen.min + bevy::math::Vec2::new(width, height) * px;
            assert_eq!(check(&small).len(), 1, "{width} x {height}");
        }
    }

    #[test]
    fn a_row_partly_scrolled_away_is_not_too_low() {
        let mut sight = sample::sight();
        sight.controls[0].scrolls = true;
        sight.controls[0].seen.max.y = sight.controls[0].seen.min.y + 3.0;
        assert_eq!(check(&sight), Vec::<String>::new());
    }

    #[test]
    fn large_mode_asks_for_more() {
        let mut sight = sample::sight();
        let px = sight.profile.px_per_mm();
        sight.controls[0].seen.max.y = sight.controls[0].seen.min.y + 22.0 * px;
        assert_eq!(check(&sight).len(), 0);
        sight.modes.push(Mode::Large);
        assert_eq!(check(&sight).len(), 1);
    }
}
