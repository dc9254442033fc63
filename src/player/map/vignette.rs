use super::drawing::Press;
use super::frame::{Frame, world};
use super::picture::sheet;
use super::tiles::{Area, Point, Tiles};
use super::{MapColours, Picture};
use crate::content::Position;

/// A place's own mark where it has no building: its radius in millimetres, and at least this share
/// of the picture's shorter side.
const SPOT_MM: f32 = 4.0;
const SPOT_SHARE: f32 = 0.022;
/// A building this near belongs to a place that stands beside its wall, in metres.
const BESIDE_M: f64 = 7.0;

/// What a vignette shows in solid ink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Solid<'a> {
    /// The building, park or square drawn from this record, such as `way/12`; where the map has
    /// none, as for [`Solid::Centre`].
    Record(&'a str),
    /// The building that stands at the centre, or else a disc.
    Centre,
    Nothing,
}

/// The surroundings of a place as a small print, for places that have no photograph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vignette<'a> {
    pub centre: Position,
    /// From the centre to the nearer edge: 150 shows the 300 m around.
    pub radius_m: f64,
    pub width_px: u32,
    pub height_px: u32,
    pub px_per_mm: f32,
    pub colours: MapColours,
    pub solid: Solid<'a>,
}

/// Draws a vignette, north up.
pub fn vignette(tiles: &Tiles, wish: &Vignette) -> Picture {
    let (width, height) = (wish.width_px.max(1), wish.height_px.max(1));
    let metres_per_px = wish.radius_m.max(10.0) * 2.0 / f64::from(width.min(height));
    let frame = Frame::new((width, height), wish.centre, 0.0, metres_per_px);
    let Some(pixmap) = sheet(width, height, wish.colours.paper) else {
        return Picture::blank(width, height, wish.colours.paper);
    };
    let mut press = Press { pixmap, frame, colours: &wish.colours, px_per_mm: wish.px_per_mm };
    let middle = frame.place(wish.centre);
    if !press.print(tiles) {
        press.rings(middle, 50.0 * frame.px_per_metre());
    }
    if wish.solid != Solid::Nothing {
        match own_ground(tiles, wish) {
            Some(parts) => print_solid(&mut press, &parts),
            None => press.mark_spot(middle, (SPOT_MM * wish.px_per_mm).max(SPOT_SHARE * frame.width.min(frame.height))),
        }
    }
    press.pixmap.into()
}

/// What of the map is the place itself; in parts where tiles cut it.
fn own_ground<'a>(tiles: &'a Tiles, wish: &Vignette) -> Option<Vec<&'a Area>> {
    if let Solid::Record(record) = wish.solid {
        let layers = [&tiles.buildings, &tiles.squares, &tiles.green];
        let parts: Vec<&Area> =
            layers.into_iter().flatten().filter(|area| area.id.as_deref() == Some(record)).collect();
        if !parts.is_empty() {
            return Some(parts);
        }
    }
    let at = world(wish.centre);
    let near = BESIDE_M / super::frame::metres_per_unit(wish.centre);
    let distances =
        tiles.buildings.iter().filter(|area| area.bounds.is_near(at, near)).map(|area| (area.distance(at), area));
    let (distance, nearest) =
        distances.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.bounds.width().cmp(&b.1.bounds.width())))?;
    if distance > near {
        return None;
    }
    match &nearest.id {
        Some(id) => Some(tiles.buildings.iter().filter(|area| area.id.as_ref() == Some(id)).collect()),
        None => Some(vec![nearest]),
    }
}

fn print_solid(press: &mut Press, parts: &[&Area]) {
    let Some(path) = press.surface(parts) else { return };
    let (ink, paper, hair) = (press.colours.ink, press.colours.paper, press.hair());
    if let Some(edges) = press.edges(parts) {
        press.stroke(&edges, paper, hair * 4.0, None);
    }
    press.fill(&path, ink);
}

impl Area {
    /// From a point to this area in world units; 0 within it or its courts.
    fn distance(&self, at: [f64; 2]) -> f64 {
        self.rings.iter().map(|ring| distance_to_ring(at, ring)).fold(f64::MAX, f64::min)
    }
}

fn distance_to_ring(at: [f64; 2], ring: &[Point]) -> f64 {
    let mut is_inside = false;
    let mut nearest = f64::MAX;
    for step in ring.windows(2) {
        let (a, b) = (step[0].map(f64::from), step[1].map(f64::from));
        if (a[1] > at[1]) != (b[1] > at[1]) && at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0] {
            is_inside = !is_inside;
        }
        nearest = nearest.min(distance_to_step(at, a, b));
    }
    if is_inside { 0.0 } else { nearest }
}

fn distance_to_step(at: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (way, from) = ([b[0] - a[0], b[1] - a[1]], [at[0] - a[0], at[1] - a[1]]);
    let length = way[0] * way[0] + way[1] * way[1];
    let share = if length > 0.0 { ((from[0] * way[0] + from[1] * way[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
    (from[0] - way[0] * share).hypot(from[1] - way[1] * share)
}

#[cfg(test)]
mod tests {
    use super::super::frame::Bounds;
    use super::*;

    fn building() -> Area {
        let ring = vec![[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]];
        let bounds = Bounds { min: [0, 0], max: [10, 10] };
        Area { rings: vec![ring], bounds, name: None, id: None, cut: bounds }
    }

    #[test]
    fn within_a_building_the_distance_is_nothing_and_outside_to_the_wall() {
        let far = |at| building().distance(at);
        assert!(far([5.0, 5.0]) < 0.001);
        assert!((far([14.0, 5.0]) - 4.0).abs() < 0.001);
        assert!((far([13.0, 14.0]) - 5.0).abs() < 0.001);
    }

    #[test]
    fn an_empty_map_gives_rings_on_paper_of_the_size_asked_for() {
        let (paper, ink) = ([250, 247, 241, 255], [11, 79, 108, 255]);
        let wish = Vignette {
            centre: Position { lat: 0.0, lon: 0.0 },
            radius_m: 150.0,
            width_px: 200,
            height_px: 150,
            px_per_mm: 1.0,
            colours: MapColours::two_tints(paper, ink),
            solid: Solid::Nothing,
        };
        let picture = vignette(&Tiles::default(), &wish);
        assert_eq!((picture.width, picture.height, picture.rgba.len()), (200, 150, 200 * 150 * 4));
        let pixel = |x: usize, y: usize| picture.rgba[(y * 200 + x) * 4..][..4].to_vec();
        assert_eq!(pixel(100 + 12, 75), paper);
        assert_ne!(pixel(100 + 25, 75), paper, "a ring 50 m to the east");
    }
}
