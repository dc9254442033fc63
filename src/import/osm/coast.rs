//! The sea. OpenStreetMap has no sea, only coastlines: lines with land on the left and water on
//! the right. Here they are closed against the frame of the map.

use super::grid::clip_line;
use geo::{Area, BooleanOps, Coord, Intersects, Line, LineString, MultiPolygon, Polygon, Rect};

/// How far back along a coast its direction at the end is taken from, in grid units (about 800 m):
/// far enough to look past moles and headlands.
const LOOK_BACK: f64 = 3600.0;
/// In which turns from its own direction a coast that stops short is led on to the frame, in
/// degrees, the likeliest first.
const TURNS: [f64; 13] = [0.0, 15.0, -15.0, 30.0, -30.0, 50.0, -50.0, 75.0, -75.0, 105.0, -105.0, 140.0, -140.0];
/// Closer than this to the frame is on it.
const TOUCH: f64 = 1e-6;

/// The water that coastlines, joined to runs, bound within the frame.
///
/// A coast that stops within the frame, as it does where an extract was cut along a border, is led
/// on straight to the frame without crossing another coast where that can be.
pub(super) fn sea(coasts: &[LineString<f64>], frame: &Rect<f64>) -> MultiPolygon<f64> {
    let (mut rings, mut runs) = (Vec::new(), Vec::new());
    for coast in coasts {
        if coast.is_closed() && coast.coords().all(|corner| frame.intersects(corner)) {
            rings.push(coast.clone());
        } else {
            runs.extend(cut(coast, frame));
        }
    }
    let steps: Vec<Line<f64>> = runs.iter().chain(&rings).flat_map(LineString::lines).collect();
    for run in &mut runs {
        lead_to_frame(run, frame, &steps);
    }
    rings.retain(|ring| ring.0.len() > 3);
    rings.sort_by(|a, b| inside(b).abs().total_cmp(&inside(a).abs()));
    let mut sea = if !runs.is_empty() {
        close_around(&runs, frame)
    } else if rings.first().is_some_and(|ring| inside(ring) < 0.0) {
        MultiPolygon::new(vec![frame.to_polygon()])
    } else {
        MultiPolygon::new(Vec::new())
    };
    for ring in rings {
        let is_water = inside(&ring) > 0.0;
        let ring = Polygon::new(ring, Vec::new());
        sea = if is_water { sea.union(&ring) } else { sea.difference(&ring) };
    }
    sea
}

/// Positive for a ring that runs clockwise as seen, so that what it bounds is on its right.
fn inside(ring: &LineString<f64>) -> f64 {
    Polygon::new(ring.clone(), Vec::new()).signed_area()
}

/// The parts of a coast within the frame. A ring is not cut where it happens to begin.
fn cut(coast: &LineString<f64>, frame: &Rect<f64>) -> Vec<LineString<f64>> {
    let mut parts = clip_line(coast, frame);
    let begins_inside = parts.len() > 1 && coast.is_closed() && parts[0].0.first() == coast.0.first();
    if begins_inside && parts[parts.len() - 1].0.last() == coast.0.last() {
        let first = parts.remove(0);
        if let Some(last) = parts.last_mut() {
            last.0.extend(first.0.into_iter().skip(1));
        }
    }
    parts
}

fn lead_to_frame(run: &mut LineString<f64>, frame: &Rect<f64>, steps: &[Line<f64>]) {
    if let Some(on) = way_to_frame(&run.0, frame, steps) {
        run.0.push(on);
    }
    run.0.reverse();
    if let Some(on) = way_to_frame(&run.0, frame, steps) {
        run.0.push(on);
    }
    run.0.reverse();
}

/// Where a run whose last corner is not on the frame meets it when led on.
fn way_to_frame(corners: &[Coord<f64>], frame: &Rect<f64>, steps: &[Line<f64>]) -> Option<Coord<f64>> {
    let end = *corners.last()?;
    if edge_distance(end, frame) < TOUCH {
        return None;
    }
    let is_back = |corner: &&Coord<f64>| (**corner - end).x.hypot((**corner - end).y) > LOOK_BACK;
    let from = corners.iter().rev().find(is_back).or(corners.first())?;
    let heading = if *from == end { 0.0 } else { (end.y - from.y).atan2(end.x - from.x) };
    let reach = frame.width() + frame.height();
    let mut ways = TURNS.iter().filter_map(|turn| {
        let (sin, cos) = (heading + turn.to_radians()).sin_cos();
        let ray = LineString::new(vec![end, Coord { x: end.x + cos * reach, y: end.y + sin * reach }]);
        clip_line(&ray, frame).first().and_then(|part| part.0.last().copied())
    });
    let likeliest = ways.next()?;
    let is_free = |on: &Coord<f64>| {
        let start = end + (*on - end) * 1e-6;
        let way = Line::new(start, *on);
        !steps.iter().any(|step| step.intersects(&way))
    };
    std::iter::once(likeliest).chain(ways).find(is_free).or(Some(likeliest))
}

fn edge_distance(at: Coord<f64>, frame: &Rect<f64>) -> f64 {
    let (low, high) = (at - frame.min(), frame.max() - at);
    low.x.min(low.y).min(high.x).min(high.y)
}

/// Closes runs, each from the frame to the frame, to rings: from where one ends clockwise along the
/// frame, water on the right, to where the next begins.
fn close_around(runs: &[LineString<f64>], frame: &Rect<f64>) -> MultiPolygon<f64> {
    let begins: Vec<f64> = runs.iter().map(|run| run.0.first().map_or(0.0, |at| around(*at, frame))).collect();
    let mut used = vec![false; runs.len()];
    let mut closed = Vec::new();
    for first in 0..runs.len() {
        let (mut ring, mut at) = (Vec::new(), first);
        while !std::mem::replace(&mut used[at], true) {
            ring.extend_from_slice(&runs[at].0);
            let end = ring.last().map_or(0.0, |corner| around(*corner, frame));
            let ahead = |run: &usize| (begins[*run] - end).rem_euclid(4.0);
            let open = (0..runs.len()).filter(|run| !used[*run] || *run == first);
            let Some(next) = open.min_by(|a, b| ahead(a).total_cmp(&ahead(b))) else { break };
            ring.extend(corners_between(end, ahead(&next), frame));
            at = next;
        }
        if ring.len() > 2 {
            closed.push(Polygon::new(LineString::new(ring), Vec::new()));
        }
    }
    let empty = MultiPolygon::new(Vec::new());
    closed.iter().fold(empty, |sea, ring| sea.union(ring))
}

/// How far around the frame a point on it lies, clockwise from the upper left corner: 0 to 4.
fn around(at: Coord<f64>, frame: &Rect<f64>) -> f64 {
    let (x, y) = ((at.x - frame.min().x) / frame.width(), (at.y - frame.min().y) / frame.height());
    let sides = [(y, x), (1.0 - x, 1.0 + y), (1.0 - y, 3.0 - x), (x, 4.0 - y)];
    sides.into_iter().min_by(|a, b| a.0.abs().total_cmp(&b.0.abs())).map_or(0.0, |(_, along)| along.clamp(0.0, 4.0))
}

/// The frame's corners passed from `from` when going `ahead` clockwise.
fn corners_between(from: f64, ahead: f64, frame: &Rect<f64>) -> impl Iterator<Item = Coord<f64>> {
    let (min, max) = (frame.min(), frame.max());
    let corners = [min, Coord { x: max.x, y: min.y }, max, Coord { x: min.x, y: max.y }];
    let next = from.floor() as usize + 1;
    (next..next + 4).take_while(move |at| (*at as f64) < from + ahead).map(move |at| corners[at % 4])
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Contains, Point, coord};

    fn frame() -> Rect<f64> {
        Rect::new(coord! {x: 0.0, y: 0.0}, coord! {x: 100.0, y: 100.0})
    }

    /// The sea as a chart of 10 by 10 signs, `~` for water.
    fn chart(coasts: &[Vec<(f64, f64)>]) -> Vec<String> {
        let coasts: Vec<LineString<f64>> = coasts.iter().map(|coast| LineString::from(coast.clone())).collect();
        let sea = sea(&coasts, &frame());
        let sign = |x: u32, y: u32| {
            let at = Point::new(f64::from(x) * 10.0 + 5.0, f64::from(y) * 10.0 + 5.0);
            if sea.contains(&at) { '~' } else { '.' }
        };
        (0..10).map(|y| (0..10).map(|x| sign(x, y)).collect()).collect()
    }

    fn rows(row: &str, count: usize) -> Vec<String> {
        vec![row.to_owned(); count]
    }

    #[test]
    fn without_a_coast_there_is_no_sea() {
        assert_eq!(chart(&[]), rows("..........", 10));
    }

    #[test]
    fn a_coast_from_west_to_east_has_its_water_in_the_south() {
        let expected = [rows("..........", 5), rows("~~~~~~~~~~", 5)].concat();
        assert_eq!(chart(&[vec![(-20.0, 50.0), (50.0, 50.0), (120.0, 50.0)]]), expected);
    }

    #[test]
    fn a_coast_from_east_to_west_has_its_water_in_the_north() {
        let expected = [rows("~~~~~~~~~~", 5), rows("..........", 5)].concat();
        assert_eq!(chart(&[vec![(120.0, 50.0), (50.0, 50.0), (-20.0, 50.0)]]), expected);
    }

    #[test]
    fn an_island_stands_in_the_sea() {
        let island = vec![(40.0, 40.0), (40.0, 60.0), (60.0, 60.0), (60.0, 40.0), (40.0, 40.0)];
        let expected = [rows("~~~~~~~~~~", 4), rows("~~~~..~~~~", 2), rows("~~~~~~~~~~", 4)].concat();
        assert_eq!(chart(&[island]), expected);
    }

    #[test]
    fn a_lagoon_lies_in_its_island_and_has_an_island_of_its_own() {
        let square = |from: f64, to: f64| vec![(from, from), (from, to), (to, to), (to, from), (from, from)];
        let clockwise = |from: f64, to: f64| square(from, to).into_iter().rev().collect::<Vec<_>>();
        let chart = chart(&[square(40.0, 60.0), square(10.0, 90.0), clockwise(30.0, 70.0)]);
        assert_eq!(chart[0], "~~~~~~~~~~");
        assert_eq!(chart[2], "~........~");
        assert_eq!(chart[3], "~..~~~~..~");
        assert_eq!(chart[5], "~..~..~..~");
    }

    #[test]
    fn a_bay_that_enters_and_leaves_on_one_side_is_cut_out_of_the_land() {
        let bay = vec![(70.0, 120.0), (70.0, 40.0), (30.0, 40.0), (30.0, 120.0)];
        let reversed: Vec<_> = bay.iter().rev().copied().collect();
        let expected = [rows("..........", 4), rows("...~~~~...", 6)].concat();
        assert_eq!(chart(&[reversed]), expected);
        let peninsula = [rows("~~~~~~~~~~", 4), rows("~~~....~~~", 6)].concat();
        assert_eq!(chart(&[bay]), peninsula);
    }

    #[test]
    fn two_coasts_bound_one_strait_and_an_island_in_it() {
        let north = vec![(0.0, 20.0), (100.0, 20.0)];
        let south = vec![(100.0, 80.0), (0.0, 80.0)];
        let island = vec![(40.0, 40.0), (40.0, 60.0), (60.0, 60.0), (60.0, 40.0), (40.0, 40.0)];
        let chart = chart(&[north, south, island]);
        assert_eq!(chart[1], "..........");
        assert_eq!(chart[3], "~~~~~~~~~~");
        assert_eq!(chart[5], "~~~~..~~~~");
        assert_eq!(chart[8], "..........");
    }

    #[test]
    fn a_coast_that_stops_short_is_led_on_to_the_frame() {
        let expected = [rows("..........", 5), rows("~~~~~~~~~~", 5)].concat();
        assert_eq!(chart(&[vec![(30.0, 50.0), (45.0, 47.0), (70.0, 50.0)]])[7], expected[7]);
        assert_eq!(chart(&[vec![(30.0, 50.0), (70.0, 50.0)]]), expected);
    }

    #[test]
    fn a_coast_led_on_does_not_cross_another() {
        let short = vec![(0.0, 50.0), (40.0, 50.0)];
        let island = vec![(60.0, 40.0), (60.0, 60.0), (80.0, 60.0), (80.0, 40.0), (60.0, 40.0)];
        let chart = chart(&[short, island]);
        assert_eq!(chart[9], "~~~~~~~~~~");
        assert_eq!(chart[0], "..........");
    }

    #[test]
    fn a_ring_that_leaves_the_frame_is_closed_along_it() {
        let headland = vec![(50.0, 50.0), (50.0, 150.0), (150.0, 150.0), (150.0, 50.0), (50.0, 50.0)];
        let expected = [rows("~~~~~~~~~~", 5), rows("~~~~~.....", 5)].concat();
        assert_eq!(chart(&[headland]), expected);
    }
}
