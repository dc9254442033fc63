//! Which piece of ground a locator map shows: the visitor and the goals, and never mostly bare paper.

use super::Locator;
use super::frame::Frame;
use super::ground::Ground;
use super::marks::{PIN_HEAD_MM, PIN_MM};
use crate::content::Position;
use crate::wayfinding::distance_m;

/// What stays free beside the outermost marks: a share of the shorter side, and at least their size.
const MARGIN_SHARE: f32 = 0.13;
const MARGIN_MM: f32 = 14.0;
/// The least ground shown across the shorter side, in metres: nearer, one cannot tell where one is.
pub(super) const ACROSS_MIN_M: f64 = 320.0;
/// The same where goals lie beyond the edge: a step back, to be able to tell which way they are.
const ACROSS_BEYOND_M: f64 = 900.0;
/// So much of the picture is worth seeing, else the farthest goal stands at the edge; where there is but one, a
/// picture of both ends is worth more than a full one.
const WORTH: f32 = 0.6;
const WORTH_OF_ONE: f32 = 0.45;
/// How many points of the picture are looked at, across and down.
const PROBES: (u16, u16) = (24, 16);
/// Moving the visitor from the middle to the margin must show this much more.
const MOVE_COSTS: f32 = 0.1;

/// A frame, and which of the goals lie in it.
pub(super) struct Framed {
    pub frame: Frame,
    pub inside: Vec<bool>,
}

/// The frame that holds the visitor and the goals with room for their marks. Where that would show mostly ground of
/// which there is no map, it is moved, and then left without the farthest goals.
pub(super) fn framed(ground: &Ground, wish: &Locator) -> Framed {
    let mut nearest: Vec<usize> = (0..wish.goals.len()).collect();
    nearest.sort_by(|one, other| {
        let away = |at: usize| distance_m(wish.you, wish.goals[at]);
        away(*one).total_cmp(&away(*other))
    });
    let mut best: Option<(f32, Framed)> = None;
    for kept in (0..=nearest.len()).rev() {
        let goals: Vec<Position> = nearest[..kept].iter().map(|at| wish.goals[*at]).collect();
        let (frame, worth) = best_place(ground, wish, &goals);
        let inside = (0..wish.goals.len()).map(|at| nearest[..kept].contains(&at)).collect();
        let framed = Framed { frame, inside };
        if worth >= if wish.goals.len() == 1 { WORTH_OF_ONE } else { WORTH } {
            return framed;
        }
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, framed));
        }
    }
    best.map_or_else(|| Framed { frame: best_place(ground, wish, &[]).0, inside: Vec::new() }, |(_, framed)| framed)
}

/// The frame around the visitor and these goals, moved within what the marks allow to where most of it is worth
/// seeing, and how much that is.
fn best_place(ground: &Ground, wish: &Locator, goals: &[Position]) -> (Frame, f32) {
    let (frame, slack) = around(wish, goals);
    if ground.is_empty() {
        return (frame, 1.0);
    }
    let steps = [0.0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1.0, 1.0_f32];
    let moves = steps.into_iter().flat_map(|right| steps.into_iter().map(move |down| (right, down)));
    let middle = (frame.width / 2.0, frame.height / 2.0);
    let moved = moves.map(|(right, down)| {
        let frame = frame.centred_on((middle.0 + right * slack.0, middle.1 + down * slack.1));
        let worth = worth_seeing(ground, &frame);
        (worth - MOVE_COSTS * right.hypot(down), worth, frame)
    });
    // The first of equals: the one that moves least.
    let best = moved.reduce(|best, next| if next.0 > best.0 + f32::EPSILON { next } else { best });
    best.map_or((frame, 0.0), |(_, worth, frame)| (frame, worth))
}

fn worth_seeing(ground: &Ground, frame: &Frame) -> f32 {
    let along = |at: u16, of: u16, px: f32| (f32::from(at) + 0.5) / f32::from(of) * px;
    let probes = (0..PROBES.0).flat_map(|x| (0..PROBES.1).map(move |y| (x, y)));
    let at = |(x, y)| frame.ground((along(x, PROBES.0, frame.width), along(y, PROBES.1, frame.height)));
    let worth: f32 = probes.map(|probe| ground.worth(at(probe))).sum();
    worth / (f32::from(PROBES.0) * f32::from(PROBES.1))
}

fn margin_px(wish: &Locator) -> f32 {
    (MARGIN_MM * wish.px_per_mm).max(MARGIN_SHARE * wish.width_px.min(wish.height_px) as f32)
}

/// The frame with all these in its middle, and how far it may be moved each way before a mark leaves it.
fn around(wish: &Locator, goals: &[Position]) -> (Frame, (f32, f32)) {
    let size = (wish.width_px.max(1), wish.height_px.max(1));
    let unit = Frame::new(size, wish.you, wish.facing_degrees, 1.0);
    let points: Vec<(f32, f32)> =
        std::iter::once(&wish.you).chain(goals).map(|position| unit.place(*position)).collect();
    let side = |of: fn(&(f32, f32)) -> f32| {
        points.iter().map(of).fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)))
    };
    let ((left, right), (top, bottom)) = (side(|at| at.0), side(|at| at.1));
    let pin = PIN_MM * wish.px_per_mm;
    let margin = margin_px(wish);
    let room = |px: u32, margins: f32| (px as f32 - margins).max(px as f32 * 0.3);
    let (room_x, room_y) = (room(size.0, 2.0 * margin), room(size.1, 2.0 * margin + pin));
    let across_m = if goals.len() < wish.goals.len() { ACROSS_BEYOND_M } else { ACROSS_MIN_M };
    let metres_per_px = f64::from((right - left) / room_x)
        .max(f64::from((bottom - top) / room_y))
        .max(across_m / f64::from(size.0.min(size.1)));
    let frame = Frame::new(size, wish.you, wish.facing_degrees, metres_per_px);
    let scale = metres_per_px as f32;
    let from_you = |at: f32, you: f32| (at - you) / scale;
    let middle = (
        frame.width / 2.0 + from_you((left + right) / 2.0, points[0].0),
        frame.height / 2.0 + from_you((top + bottom) / 2.0, points[0].1) - pin / 2.0,
    );
    let slack = |room: f32, low: f32, high: f32| ((room - (high - low) / scale) / 2.0).max(0.0);
    (frame.centred_on(middle), (slack(room_x, left, right), slack(room_y, top, bottom)))
}

/// Where the mark of a goal beyond the edge stands: at the margin, on the straight way from the visitor to it.
pub(super) fn at_the_edge(wish: &Locator, you: (f32, f32), goal: (f32, f32)) -> (f32, f32) {
    let margin = (PIN_HEAD_MM + 12.0) * wish.px_per_mm;
    let reach = |from: f32, towards: f32, side: u32| {
        let free = if towards > 0.0 { side as f32 - margin - from } else { from - margin };
        if towards.abs() < 1.0 { f32::MAX } else { (free / towards.abs()).max(0.0) }
    };
    let towards = (goal.0 - you.0, goal.1 - you.1);
    let share = reach(you.0, towards.0, wish.width_px).min(reach(you.1, towards.1, wish.height_px)).min(1.0);
    (you.0 + towards.0 * share, you.1 + towards.1 * share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::player::map::frame::{Bounds, world};
    use crate::player::map::{MapColours, MapInks};

    const YOU: Position = Position { lat: 43.7325, lon: 7.4195 };

    fn wish(goals: &[Position]) -> Locator<'_> {
        let grey = [128, 128, 128, 255];
        let inks = MapInks {
            paper: grey,
            ink: grey,
            water: grey,
            green: grey,
            stone: grey,
            earth: grey,
            you: grey,
            goal: grey,
        };
        let colours = MapColours::of_inks(&inks);
        Locator {
            you: YOU,
            facing_degrees: 45.0,
            goals,
            width_px: 540,
            height_px: 240,
            px_per_mm: 0.8,
            label_cap_mm: 7.5,
            colours,
        }
    }

    /// About two kilometres of town each way around the visitor.
    fn town() -> Ground {
        let [x, y] = world(YOU).map(|along| along as i32);
        let tile = Bounds { min: [x - 10_000, y - 10_000], max: [x + 10_000, y + 10_000] };
        let mut ground = Ground::default();
        for row in (-10_000..=10_000).step_by(400) {
            ground.add_line(&[[x - 10_000, y + row], [x + 10_000, y + row]], &tile);
        }
        ground
    }

    fn north(of_degrees: f64) -> Position {
        Position { lat: YOU.lat + of_degrees, ..YOU }
    }

    #[test]
    fn goals_in_town_all_stand_in_the_picture() {
        let goals = [north(0.004), north(-0.006), north(0.008)];
        assert_eq!(framed(&town(), &wish(&goals)).inside, [true; 3]);
    }

    #[test]
    fn a_far_goal_stands_at_the_edge_and_the_rest_is_town() {
        let goals = [north(0.3), north(0.004)];
        let wish = wish(&goals);
        let framed = framed(&town(), &wish);
        assert_eq!(framed.inside, [false, true]);
        assert!(worth_seeing(&town(), &framed.frame) >= WORTH);
        let (you, far) = (framed.frame.place(YOU), framed.frame.place(goals[0]));
        let (x, y) = at_the_edge(&wish, you, far);
        assert!((10.0..530.0).contains(&x) && (10.0..230.0).contains(&y), "{x} {y}");
        let turned = (far.0 - you.0) * (y - you.1) - (far.1 - you.1) * (x - you.0);
        assert!(turned.abs() < 0.01 * (far.0 - you.0).hypot(far.1 - you.1), "it lies on the way there");
    }

    #[test]
    fn without_a_map_every_goal_stays() {
        let goals = [north(0.3), north(0.004)];
        assert_eq!(framed(&Ground::default(), &wish(&goals)).inside, [true; 2]);
    }

    #[test]
    fn the_picture_is_moved_to_where_there_is_something() {
        let coast = {
            let [x, y] = world(YOU).map(|along| along as i32);
            let tile = Bounds { min: [x - 500, y - 10_000], max: [x + 10_000, y + 10_000] };
            let mut ground = Ground::default();
            for row in (-10_000..=10_000).step_by(400) {
                ground.add_line(&[[x - 500, y + row], [x + 10_000, y + row]], &tile);
            }
            ground
        };
        let wish = Locator { facing_degrees: 0.0, ..wish(&[]) };
        let (x, _) = framed(&coast, &wish).frame.place(YOU);
        assert!(x < 250.0, "what is known lies to the right: {x}");
    }
}
