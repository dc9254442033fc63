//! Which names help most on a map, and where their plates may lie.

use super::frame::Frame;
use super::tiles::{Area, Street, StreetClass, Tiles};
use std::collections::HashMap;

/// More names than these are noise on a map that is looked at for seconds.
const LABELS_MAX: usize = 4;
/// A plate's height and a letter's width on it, in heights of a capital; and the sides left free.
const PLATE_CAPS: f32 = 2.0;
const LETTER_CAPS: f32 = 0.8;
const PLATE_SIDES_CAPS: f32 = 1.2;
/// What stays free around plates, in heights of a capital.
const APART_CAPS: f32 = 0.8;
/// Where along a street its plate may lie, the best first.
const SHARES: [f32; 7] = [0.5, 0.38, 0.62, 0.25, 0.75, 0.12, 0.88];

/// A name to be laid over a map on its own plate.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub text: String,
    /// The middle of the plate, in pixels from the picture's upper left corner.
    pub x: f32,
    pub y: f32,
    /// How wide and high a plate was left room for, in pixels.
    pub width: f32,
    pub height: f32,
}

/// A box on the picture that is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Obstacle {
    middle: (f32, f32),
    half: (f32, f32),
}

impl Obstacle {
    pub(super) fn around(middle: (f32, f32), half: (f32, f32)) -> Self {
        Self { middle, half }
    }

    fn meets(&self, other: &Self, apart: f32) -> bool {
        (self.middle.0 - other.middle.0).abs() < self.half.0 + other.half.0 + apart
            && (self.middle.1 - other.middle.1).abs() < self.half.1 + other.half.1 + apart
    }

    fn is_within(&self, frame: &Frame, apart: f32) -> bool {
        self.middle.0 - self.half.0 >= apart
            && self.middle.1 - self.half.1 >= apart
            && self.middle.0 + self.half.0 <= frame.width - apart
            && self.middle.1 + self.half.1 <= frame.height - apart
    }
}

/// A name with how much it helps and where it may stand.
struct Candidate<'a> {
    text: &'a str,
    weight: f32,
    spots: Vec<(f32, f32)>,
}

/// At most four names, the most helpful first, that keep clear of each other and of what is taken.
pub(super) fn chosen(tiles: &Tiles, frame: &Frame, taken: &[Obstacle], cap_px: f32) -> Vec<Label> {
    let mut candidates = streets(tiles, frame);
    candidates.extend(places(&tiles.squares, frame, 1.3));
    candidates.extend(places(&tiles.green, frame, 0.9));
    candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.text.cmp(b.text)));
    let apart = APART_CAPS * cap_px;
    let mut taken = taken.to_vec();
    let mut labels: Vec<Label> = Vec::new();
    for candidate in candidates {
        if labels.len() == LABELS_MAX {
            break;
        }
        let letters = candidate.text.chars().count() as f32;
        let half = ((letters * LETTER_CAPS / 2.0 + PLATE_SIDES_CAPS) * cap_px, PLATE_CAPS / 2.0 * cap_px);
        let plates = candidate.spots.iter().map(|spot| Obstacle::around(*spot, half));
        let is_free =
            |plate: &Obstacle| plate.is_within(frame, apart) && taken.iter().all(|other| !plate.meets(other, apart));
        let is_new = labels.iter().all(|label| label.text != candidate.text);
        if let Some(plate) = plates.into_iter().find(is_free).filter(|_| is_new) {
            let (x, y) = plate.middle;
            labels.push(Label { text: candidate.text.to_owned(), x, y, width: 2.0 * half.0, height: 2.0 * half.1 });
            taken.push(plate);
        }
    }
    labels
}

/// Streets by the length of them that is seen, larger classes first.
fn streets<'a>(tiles: &'a Tiles, frame: &Frame) -> Vec<Candidate<'a>> {
    let view = frame.bounds(0.0);
    let mut named: HashMap<&str, Vec<&Street>> = HashMap::new();
    for street in tiles.streets.iter().filter(|street| street.bounds.meets(&view) && !street.tunnel) {
        if let Some(name) = street.name.as_deref().filter(|_| street.class != StreetClass::Rail) {
            named.entry(name).or_default().push(street);
        }
    }
    let candidates = named.into_iter().map(|(text, streets)| {
        let mut runs: Vec<Run> = streets.iter().flat_map(|street| seen(street, frame)).collect();
        runs.sort_by(|a, b| b.length.total_cmp(&a.length));
        let weight = runs.iter().map(|run| run.length * run.weight).sum();
        let spots = runs.iter().take(4).flat_map(|run| SHARES.iter().filter_map(|share| run.at(*share))).collect();
        Candidate { text, weight, spots }
    });
    candidates.filter(|candidate| !candidate.spots.is_empty()).collect()
}

/// A part of a street that is seen in one piece.
struct Run {
    corners: Vec<(f32, f32)>,
    length: f32,
    weight: f32,
}

impl Run {
    fn at(&self, share: f32) -> Option<(f32, f32)> {
        let mut left = self.length * share;
        for step in self.corners.windows(2) {
            let length = (step[1].0 - step[0].0).hypot(step[1].1 - step[0].1);
            if length >= left && length > 0.0 {
                let part = left / length;
                let along = |from: f32, to: f32| from + (to - from) * part;
                return Some((along(step[0].0, step[1].0), along(step[0].1, step[1].1)));
            }
            left -= length;
        }
        self.corners.last().copied()
    }
}

fn seen(street: &Street, frame: &Frame) -> Vec<Run> {
    let weight = match street.class {
        StreetClass::Major => 1.5,
        StreetClass::Pedestrian => 1.3,
        StreetClass::Minor => 1.0,
        StreetClass::Steps | StreetClass::Path => 0.5,
        StreetClass::Rail => 0.0,
    };
    let is_in = |(x, y): &(f32, f32)| (0.0..frame.width).contains(x) && (0.0..frame.height).contains(y);
    let mut runs = Vec::new();
    let view = frame.bounds(0.0);
    for line in street.lines.iter().filter(|line| line.bounds.meets(&view)) {
        let corners: Vec<(f32, f32)> = line.points.iter().map(|point| frame.point(*point)).collect();
        for run in corners.chunk_by(|a, b| is_in(a) && is_in(b)).filter(|run| run.len() > 1) {
            let length = run.windows(2).map(|step| (step[1].0 - step[0].0).hypot(step[1].1 - step[0].1)).sum();
            runs.push(Run { corners: run.to_vec(), length, weight });
        }
    }
    runs
}

/// Named squares and parks by their size.
fn places<'a>(areas: &'a [Area], frame: &Frame, weight: f32) -> Vec<Candidate<'a>> {
    let view = frame.bounds(0.0);
    let named = areas.iter().filter(|area| area.bounds.meets(&view));
    let candidates = named.filter_map(|area| {
        let text = area.name.as_deref()?;
        let (low, high) = (area.bounds.min, area.bounds.max);
        let middle = frame.point([low[0] / 2 + high[0] / 2, low[1] / 2 + high[1] / 2]);
        let (from, to) = (frame.point(low), frame.point(high));
        let across = (to.0 - from.0).hypot(to.1 - from.1);
        Some(Candidate { text, weight: across * weight, spots: vec![middle] })
    });
    candidates.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tiles::{Line, TileId};
    use super::*;
    use crate::content::Position;

    #[test]
    fn plates_that_would_touch_are_told_apart() {
        let plate = Obstacle::around((50.0, 50.0), (20.0, 5.0));
        assert!(plate.meets(&Obstacle::around((85.0, 50.0), (10.0, 5.0)), 6.0));
        assert!(!plate.meets(&Obstacle::around((85.0, 50.0), (10.0, 5.0)), 4.0));
        assert!(!plate.meets(&Obstacle::around((50.0, 62.0), (10.0, 5.0)), 1.0));
    }

    #[test]
    fn a_tile_path_names_its_tile() {
        assert_eq!(TileId::from_path("map/15/17059/11948.mvt"), Some(TileId { z: 15, x: 17059, y: 11948 }));
        assert_eq!(TileId::from_path("map/15/17059/11948.png"), None);
    }

    #[test]
    fn the_largest_streets_are_named_and_no_plate_lies_on_another() {
        let frame = Frame::new((1000, 800), Position { lat: 0.0, lon: 0.0 }, 0.0, 1.0);
        let centre = (super::super::frame::UNITS_PER_WORLD / 2.0) as i32;
        let street = |name: &str, y: i32, reach: i32| {
            let line = vec![[centre - reach, centre + y], [centre + reach, centre + y]];
            let line = Line::of(line).expect("two corners");
            Street {
                bounds: line.bounds,
                lines: vec![line],
                class: StreetClass::Minor,
                tunnel: false,
                name: Some(name.into()),
            }
        };
        let streets = vec![
            street("Rue Courte", 900, 60),
            street("Boulevard A", 0, 1600),
            street("Boulevard B", 20, 1500),
            street("Rue C", 400, 1400),
            street("Rue D", -400, 1300),
            street("Rue E", -800, 1200),
        ];
        let tiles = Tiles { streets, ..Tiles::default() };
        let labels = chosen(&tiles, &frame, &[], 12.0);
        let names: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
        assert_eq!(names, ["Boulevard A", "Boulevard B", "Rue C", "Rue D"]);
        for (at, a) in labels.iter().enumerate() {
            let plate = |label: &Label| Obstacle::around((label.x, label.y), (label.width / 2.0, label.height / 2.0));
            assert!(labels[at + 1..].iter().all(|b| !plate(a).meets(&plate(b), 0.0)));
        }
    }
}
