//! Pins that would cover one another move apart.

/// How many directions are looked at around a pin, and in how many steps outwards.
const DIRECTIONS: u16 = 16;
const STEPS: u16 = 12;

/// Where each of these marks may stand so that no two are nearer than `apart` and all stay within the bounds, given as
/// the upper left and lower right corner. The first of the order keeps its place, each next one moves as little as it
/// can; one for which there is no room stays.
pub(super) fn spread(
    marks: &[(f32, f32)],
    order: &[usize],
    apart: f32,
    (low, high): ((f32, f32), (f32, f32)),
) -> Vec<(f32, f32)> {
    let mut spread = marks.to_vec();
    let mut placed: Vec<(f32, f32)> = Vec::new();
    for at in order {
        let own = marks[*at];
        let is_free = |spot: &(f32, f32)| placed.iter().all(|other| away(*spot, *other) >= apart);
        let is_within = |spot: &(f32, f32)| (low.0..=high.0).contains(&spot.0) && (low.1..=high.1).contains(&spot.1);
        let spot =
            if is_free(&own) { Some(own) } else { around(own, apart).find(|spot| is_within(spot) && is_free(spot)) };
        spread[*at] = spot.unwrap_or(own);
        placed.push(spread[*at]);
    }
    spread
}

/// Spots around a mark, the nearest first.
fn around(own: (f32, f32), apart: f32) -> impl Iterator<Item = (f32, f32)> {
    (1..=STEPS).flat_map(move |step| {
        (0..DIRECTIONS).map(move |direction| {
            let reach = apart * f32::from(step) / 4.0;
            let (sin, cos) = (f32::from(direction) / f32::from(DIRECTIONS) * std::f32::consts::TAU).sin_cos();
            (own.0 + cos * reach, own.1 + sin * reach)
        })
    })
}

fn away(one: (f32, f32), other: (f32, f32)) -> f32 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: ((f32, f32), (f32, f32)) = ((20.0, 30.0), (500.0, 230.0));

    #[test]
    fn what_is_apart_stays_and_the_first_never_moves() {
        let marks = [(100.0, 100.0), (140.0, 100.0), (300.0, 200.0)];
        assert_eq!(spread(&marks, &[0, 1, 2], 20.0, PICTURE), marks);
        let close = [(100.0, 100.0), (104.0, 100.0), (96.0, 103.0)];
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            assert_eq!(spread(&close, &order, 20.0, PICTURE)[order[0]], close[order[0]]);
        }
    }

    #[test]
    fn no_two_cover_one_another_and_all_stay_in_the_picture() {
        // In the corner, where half of the ways are barred.
        let marks: Vec<(f32, f32)> = (0..7_u8).map(|at| (22.0 + f32::from(at), 32.0)).collect();
        let spread = spread(&marks, &[0, 1, 2, 3, 4, 5, 6], 20.0, PICTURE);
        for (at, one) in spread.iter().enumerate() {
            assert!(one.0 >= 20.0 && one.1 >= 30.0, "{one:?}");
            assert!(away(*one, marks[at]) <= 60.0, "{one:?} is far from its place");
            assert!(spread[at + 1..].iter().all(|other| away(*one, *other) >= 19.9), "{spread:?}");
        }
    }
}
