//! Nothing to touch lies over anything else to touch.

use super::Sight;

/// Pixels lost to rounding.
const ROUNDING_PX: f32 = 1.5;

pub fn check(sight: &Sight) -> Vec<String> {
    let mut problems = Vec::new();
    for (at, one) in sight.controls.iter().enumerate() {
        for other in &sight.controls[at + 1..] {
            let shared = one.seen.intersect(other.seen);
            if shared.width() > ROUNDING_PX && shared.height() > ROUNDING_PX {
                problems.push(format!("\"{}\" and \"{}\" lie over one another", one.name, other.name));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::super::sight::sample;
    use super::*;

    #[test]
    fn overlapping_controls_are_found_and_neighbours_are_not() {
        let mut sight = sample::sight();
        assert_eq!(check(&sight), Vec::<String>::new());
        sight.controls[1].seen = sight.controls[0].seen;
        sight.controls[1].seen.min.x = sight.controls[0].seen.max.x - 10.0;
        assert_eq!(check(&sight).len(), 1);
        sight.controls[1].seen.min.x = sight.controls[0].seen.max.x;
        sight.controls[1].seen.max.x = sight.controls[0].seen.max.x + 100.0;
        assert_eq!(check(&sight).len(), 0);
    }
}
