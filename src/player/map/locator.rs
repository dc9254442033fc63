use super::drawing::Press;
use super::frame::Frame;
use super::framing::{Framed, at_the_edge, framed};
use super::labels::{self, Obstacle};
use super::marks::{HALO_MM, PIN_HEAD_MM, PIN_MM};
use super::picture::sheet;
use super::spread::spread;
use super::{Label, MapColours, Picture, Tiles};
use crate::content::Position;
use crate::wayfinding::distance_m;

/// The lengths that a scale bar may stand for, in metres.
const BAR_METRES: [u32; 9] = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
/// The longest scale bar, as a share of the picture's width.
const BAR_SHARE: f64 = 0.22;

/// Where the visitor stands, looks and wants to go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Locator<'a> {
    pub you: Position,
    /// Which way the visitor looks at the screen, clockwise from north: this is up in the picture.
    pub facing_degrees: f64,
    pub goals: &'a [Position],
    pub width_px: u32,
    pub height_px: u32,
    pub px_per_mm: f32,
    /// The height of capitals on the plates of the labels, in millimetres.
    pub label_cap_mm: f32,
    pub colours: MapColours,
}

/// A length to be drawn and named beside the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleBar {
    pub metres: u32,
    pub px: f32,
}

/// A drawn locator map and where things are in it, in pixels from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct LocatorPicture {
    pub picture: Picture,
    pub you_px: (f32, f32),
    /// The tips of the pins, in the order of the goals; of a goal beyond the edge, the middle of its mark there. Pins
    /// that would cover one another stand a little apart.
    pub goals_px: Vec<(f32, f32)>,
    /// The middles of their heads, where their numbers stand.
    pub heads_px: Vec<(f32, f32)>,
    pub metres_per_px: f64,
    pub scale_bar: ScaleBar,
    /// At most four, none upon another, on a mark or cut by the edge.
    pub labels: Vec<Label>,
    /// Where north is, in degrees clockwise from up, from 0 to 360.
    pub north_degrees: f64,
}

/// Draws the map between the visitor and the goals.
pub fn locator(tiles: &Tiles, wish: &Locator) -> LocatorPicture {
    let Framed { frame, inside } = framed(&tiles.ground, wish);
    let you = frame.place(wish.you);
    let place = |(goal, inside): (&Position, &bool)| {
        let there = frame.place(*goal);
        if *inside { there } else { at_the_edge(wish, you, there) }
    };
    let goals: Vec<(f32, f32)> = wish.goals.iter().zip(&inside).map(place).collect();
    let mut nearest: Vec<usize> = (0..goals.len()).collect();
    nearest.sort_by(|one, other| {
        distance_m(wish.you, wish.goals[*one]).total_cmp(&distance_m(wish.you, wish.goals[*other]))
    });
    let goals = apart(wish, you, &goals, &nearest);
    let head = |((x, y), inside): (&(f32, f32), &bool)| {
        let up_mm = if *inside { PIN_MM - PIN_HEAD_MM } else { 0.0 };
        (*x, *y - up_mm * wish.px_per_mm)
    };
    let heads_px = goals.iter().zip(&inside).map(head).collect();
    let mut drawn = LocatorPicture {
        picture: Picture::blank(wish.width_px, wish.height_px, wish.colours.paper),
        you_px: you,
        metres_per_px: frame.metres_per_px,
        scale_bar: scale_bar(&frame),
        labels: Vec::new(),
        north_degrees: (-wish.facing_degrees).rem_euclid(360.0),
        goals_px: goals,
        heads_px,
    };
    let Some(pixmap) = sheet(wish.width_px, wish.height_px, wish.colours.paper) else { return drawn };
    let mut press = Press { pixmap, frame, colours: &wish.colours, px_per_mm: wish.px_per_mm };
    if press.print(tiles) {
        drawn.labels = labels::chosen(tiles, &frame, &obstacles(&drawn, wish), wish.label_cap_mm * wish.px_per_mm);
    } else {
        press.rings(you, ring_px(&frame));
    }
    press.mark_view(you);
    if let [goal] = drawn.goals_px[..] {
        press.mark_way(you, goal);
    }
    press.mark_you(you);
    // The nearest lies on top.
    for at in nearest.into_iter().rev() {
        let goal = drawn.goals_px[at];
        if inside[at] { press.mark_goal(goal) } else { press.mark_beyond(you, goal) }
    }
    drawn.picture = press.pixmap.into();
    drawn
}

/// The marks as far from each other as their heads are wide, and no head upon the visitor.
fn apart(wish: &Locator, you: (f32, f32), goals: &[(f32, f32)], nearest: &[usize]) -> Vec<(f32, f32)> {
    let mm = wish.px_per_mm;
    let head = (PIN_HEAD_MM + HALO_MM) * mm;
    let low = (head, (PIN_MM + HALO_MM) * mm);
    let high = (wish.width_px as f32 - head, wish.height_px as f32 - HALO_MM * mm);
    // A pin whose tip were here would have its head upon the visitor.
    let under_you = (you.0, you.1 + (PIN_MM - PIN_HEAD_MM) * mm);
    let marks: Vec<_> = std::iter::once(under_you).chain(goals.iter().copied()).collect();
    let order: Vec<usize> = std::iter::once(0).chain(nearest.iter().map(|at| at + 1)).collect();
    spread(&marks, &order, 2.0 * head, (low, high)).split_off(1)
}

fn scale_bar(frame: &Frame) -> ScaleBar {
    let longest = f64::from(frame.width) * frame.metres_per_px * BAR_SHARE;
    let metres = BAR_METRES.into_iter().rev().find(|metres| f64::from(*metres) <= longest).unwrap_or(BAR_METRES[0]);
    ScaleBar { metres, px: metres as f32 * frame.px_per_metre() }
}

/// The distance of the rings: a round length, some six of them across.
fn ring_px(frame: &Frame) -> f32 {
    let apart = f64::from(frame.width.min(frame.height)) * frame.metres_per_px / 6.0;
    let metres = BAR_METRES.into_iter().find(|metres| f64::from(*metres) >= apart).unwrap_or(5000);
    metres as f32 * frame.px_per_metre()
}

/// What labels must not lie upon.
fn obstacles(drawn: &LocatorPicture, wish: &Locator) -> Vec<Obstacle> {
    let mm = wish.px_per_mm;
    let mut obstacles = vec![Obstacle::around(drawn.you_px, (14.0 * mm, 14.0 * mm))];
    for (x, y) in &drawn.goals_px {
        let middle = (*x, *y - PIN_MM * mm / 2.0);
        obstacles.push(Obstacle::around(middle, ((PIN_HEAD_MM + 4.0) * mm, (PIN_MM / 2.0 + 4.0) * mm)));
    }
    if let [goal] = drawn.goals_px[..] {
        let steps = 24_u8;
        obstacles.extend((0..=steps).map(|step| {
            let share = f32::from(step) / f32::from(steps);
            let along = |from: f32, to: f32| from + (to - from) * share;
            let at = (along(drawn.you_px.0, goal.0), along(drawn.you_px.1, goal.1));
            Obstacle::around(at, (3.0 * mm, 3.0 * mm))
        }));
    }
    obstacles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::player::map::MapInks;

    use super::super::framing::ACROSS_MIN_M;

    const YOU: Position = Position { lat: 43.7325, lon: 7.4195 };
    const AQUARIUM: Position = Position { lat: 43.7307, lon: 7.4257 };

    fn wish(facing_degrees: f64, goals: &[Position]) -> Locator<'_> {
        let grey = |value: u8| [value, value, value, 255];
        let inks = MapInks {
            paper: grey(255),
            ink: grey(0),
            water: grey(60),
            green: grey(70),
            stone: grey(80),
            earth: grey(80),
            you: [200, 0, 0, 255],
            goal: [0, 0, 200, 255],
        };
        let colours = MapColours::of_inks(&inks);
        Locator {
            you: YOU,
            facing_degrees,
            goals,
            width_px: 540,
            height_px: 408,
            px_per_mm: 0.8,
            label_cap_mm: 7.5,
            colours,
        }
    }

    fn pixel(picture: &Picture, x: f32, y: f32) -> &[u8] {
        let at = (y as usize * picture.width as usize + x as usize) * 4;
        &picture.rgba[at..at + 4]
    }

    #[test]
    fn a_goal_straight_ahead_is_above_you() {
        let bearing = 112.0;
        let drawn = locator(&Tiles::default(), &wish(bearing, &[AQUARIUM]));
        let (you, goal) = (drawn.you_px, drawn.goals_px[0]);
        assert!(goal.1 < you.1 - 100.0 && (goal.0 - you.0).abs() < 2.0, "{you:?} {goal:?}");
        let behind = locator(&Tiles::default(), &wish(bearing + 180.0, &[AQUARIUM]));
        assert!(behind.goals_px[0].1 > behind.you_px.1 + 100.0);
    }

    #[test]
    fn every_mark_lies_within_the_picture_whichever_way_one_looks() {
        let goals = [AQUARIUM, Position { lat: 43.7480, lon: 7.4380 }, Position { lat: 43.7276, lon: 7.4155 }];
        for facing in [0.0, 45.0, 133.0, 270.0, 359.0, -30.0, 720.0] {
            let drawn = locator(&Tiles::default(), &wish(facing, &goals));
            for (x, y) in drawn.goals_px.iter().chain([&drawn.you_px]) {
                assert!((10.0..530.0).contains(x) && (10.0..398.0).contains(y), "{facing}: {x} {y}");
            }
        }
    }

    #[test]
    fn pins_at_one_corner_do_not_cover_one_another_and_the_nearest_keeps_its_place() {
        let beside = Position { lon: AQUARIUM.lon + 0.00002, ..AQUARIUM };
        let alone = locator(&Tiles::default(), &wish(30.0, &[beside, AQUARIUM, AQUARIUM]));
        let heads = &alone.heads_px;
        for (at, one) in heads.iter().enumerate() {
            for other in &heads[at + 1..] {
                let apart = (one.0 - other.0).hypot(one.1 - other.1);
                assert!(apart >= 2.0 * PIN_HEAD_MM * 0.8, "{heads:?}");
            }
        }
        let (x, y) = heads[1];
        assert_eq!(pixel(&alone.picture, x + PIN_HEAD_MM * 0.8 * 0.7, y), [0, 0, 200, 255]);
    }

    #[test]
    fn marks_are_drawn_where_the_answer_says() {
        let drawn = locator(&Tiles::default(), &wish(30.0, &[AQUARIUM]));
        let (x, y) = drawn.you_px;
        assert_eq!(pixel(&drawn.picture, x + 5.0, y), [200, 0, 0, 255]);
        let (x, y) = drawn.goals_px[0];
        assert_eq!(pixel(&drawn.picture, x, y - 5.0), [0, 0, 200, 255]);
    }

    #[test]
    fn the_scale_bar_is_as_long_as_it_says() {
        let drawn = locator(&Tiles::default(), &wish(30.0, &[AQUARIUM]));
        let metres = f64::from(drawn.scale_bar.px) * drawn.metres_per_px;
        assert!((metres - f64::from(drawn.scale_bar.metres)).abs() < 0.01);
        assert!(drawn.scale_bar.px < 540.0 * 0.23);
    }

    #[test]
    fn standing_at_the_goal_shows_the_surroundings() {
        let drawn = locator(&Tiles::default(), &wish(30.0, &[YOU]));
        assert!((drawn.metres_per_px * 408.0 - ACROSS_MIN_M).abs() < 1.0);
        assert!((drawn.north_degrees - 330.0).abs() < 0.001);
    }

    #[test]
    fn without_any_goal_the_visitor_is_in_the_middle() {
        let drawn = locator(&Tiles::default(), &wish(30.0, &[]));
        assert!((drawn.you_px.0 - 270.0).abs() < 1.0);
    }
}
