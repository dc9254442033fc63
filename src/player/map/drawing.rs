//! The map itself, under the marks: from the ground up as it would be printed.

use super::MapColours;
use super::frame::{Bounds, Frame};
use super::tiles::{Area, Point, Street, StreetClass, Tiles};
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

/// From this many pixels a metre on, buildings cut into the streets as they do in reality; below,
/// streets are drawn wider than they are and lie over them.
const STREETS_UNDER_BUILDINGS: f32 = 0.55;
/// From this many pixels a metre on, footpaths are drawn; below they would be a thicket.
const PATHS_FROM: f32 = 0.65;
/// How far beyond the picture's edge something may lie and still show in it, in millimetres.
const WIDEST_MM: f32 = 14.0;
/// Corners nearer together than this are drawn as one, in pixels.
const STEP_PX: f32 = 0.6;
/// The distance of the trees on green, in metres.
const TREES_M: f64 = 9.0;
/// Where trees may stand is looked up on a mask so many times smaller than the picture.
const MASK_PX: u32 = 2;

/// A sheet being printed.
pub(super) struct Press<'a> {
    pub pixmap: Pixmap,
    pub frame: Frame,
    pub colours: &'a MapColours,
    pub px_per_mm: f32,
}

/// How a class of streets is drawn: its width in metres, and at least so many millimetres.
fn width_of(class: StreetClass) -> (f32, f32) {
    match class {
        StreetClass::Major => (13.0, 3.0),
        StreetClass::Minor => (8.0, 1.9),
        StreetClass::Pedestrian => (6.5, 1.6),
        StreetClass::Steps => (3.0, 1.5),
        StreetClass::Path => (2.0, 0.8),
        StreetClass::Rail => (2.0, 0.8),
    }
}

impl Press<'_> {
    /// Draws everything that the tiles know of this frame; `false` when that is nothing.
    pub(super) fn print(&mut self, tiles: &Tiles) -> bool {
        let view = self.frame.bounds(WIDEST_MM * self.px_per_mm);
        let water = visible(&tiles.water, &view);
        let green = visible(&tiles.green, &view);
        let squares = visible(&tiles.squares, &view);
        let buildings = visible(&tiles.buildings, &view);
        let streets: Vec<&Street> = tiles.streets.iter().filter(|street| street.bounds.meets(&view)).collect();
        if [&water, &green, &squares, &buildings].iter().all(|areas| areas.is_empty()) && streets.is_empty() {
            return false;
        }
        self.pixmap.fill(colour(self.colours.ground));
        self.print_green(&green);
        self.print_water(&water);
        self.print_paths(&streets);
        self.print_squares(&squares);
        self.print_tunnels_and_rails(&streets);
        let streets_first = self.frame.px_per_metre() > STREETS_UNDER_BUILDINGS;
        if streets_first {
            self.print_streets(&streets);
        }
        self.print_buildings(&buildings);
        if !streets_first {
            self.print_streets(&streets);
        }
        self.print_steps(&streets);
        true
    }

    fn print_green(&mut self, green: &[&Area]) {
        let Some(path) = self.surface(green) else { return };
        self.fill(&path, self.colours.green);
        if let Some(trees) = self.trees(&path) {
            self.fill(&trees, self.colours.tree);
        }
    }

    /// Dots that stand fast on the ground, wherever the middle of one is on green.
    fn trees(&self, green: &Path) -> Option<Path> {
        let (width, height) = (self.pixmap.width() / MASK_PX, self.pixmap.height() / MASK_PX);
        let mut mask = Mask::new(width.max(1), height.max(1))?;
        let smaller = 1.0 / MASK_PX as f32;
        mask.fill_path(green, FillRule::Winding, false, Transform::from_scale(smaller, smaller));
        let px_per_metre = self.frame.px_per_metre();
        let radius = (1.5 * px_per_metre).max(0.4 * self.px_per_mm);
        let apart = (4.2 * f64::from(self.px_per_mm) * self.frame.metres_per_px).max(TREES_M);
        let mut dots = PathBuilder::new();
        for ((x, y), size) in self.frame.scattered(apart) {
            let (column, row) = ((x * smaller).floor(), (y * smaller).floor());
            if column < 0.0 || row < 0.0 || column >= mask.width() as f32 {
                continue;
            }
            let pixel = row as usize * mask.width() as usize + column as usize;
            if mask.data().get(pixel).is_some_and(|covered| *covered > 0) {
                dots.push_circle(x, y, radius * size);
            }
        }
        dots.finish()
    }

    fn print_water(&mut self, water: &[&Area]) {
        let Some(path) = self.surface(water) else { return };
        self.fill(&path, self.colours.water);
        let Some(shore) = self.edges(water) else { return };
        self.print_echoes(&path);
        self.stroke(&shore, self.colours.shore, self.hair() * 1.3, None);
    }

    fn print_squares(&mut self, squares: &[&Area]) {
        if let Some(path) = self.surface(squares) {
            if let Some(edges) = self.edges(squares) {
                self.stroke(&edges, self.colours.street_edge, self.hair() * 2.0, None);
            }
            self.fill(&path, self.colours.square);
        }
    }

    fn print_buildings(&mut self, buildings: &[&Area]) {
        if let Some(path) = self.surface(buildings) {
            self.fill(&path, self.colours.building);
        }
        let has_edges = self.colours.building_edge != self.colours.building;
        if let Some(edges) = self.edges(buildings).filter(|_| has_edges && self.frame.px_per_metre() > 0.35) {
            self.stroke(&edges, self.colours.building_edge, self.hair(), None);
        }
    }

    /// The carriageways, edges of all first, so that crossings are open.
    fn print_streets(&mut self, streets: &[&Street]) {
        let classes = [StreetClass::Pedestrian, StreetClass::Minor, StreetClass::Major];
        let paths = classes.map(|class| self.lines(streets, |street| street.class == class && !street.tunnel));
        for (class, path) in classes.iter().zip(&paths) {
            if let Some(path) = path {
                self.stroke(path, self.colours.street_edge, self.width(*class) + self.hair() * 2.0, None);
            }
        }
        for (class, path) in classes.iter().zip(&paths) {
            let is_major = *class == StreetClass::Major;
            let fill = if is_major { self.colours.street_major } else { self.colours.street };
            if let Some(path) = path {
                self.stroke(path, fill, self.width(*class), None);
            }
        }
    }

    /// Under squares, streets and buildings: what is seen of them leads through green and over water.
    fn print_paths(&mut self, streets: &[&Street]) {
        let is_path = |street: &Street| street.class == StreetClass::Path && !street.tunnel;
        if let Some(paths) = self.lines(streets, is_path).filter(|_| self.frame.px_per_metre() > PATHS_FROM) {
            let mm = self.px_per_mm;
            self.stroke(&paths, self.colours.path, self.hair() * 1.2, Some([1.6 * mm, 1.1 * mm]));
        }
    }

    fn print_steps(&mut self, streets: &[&Street]) {
        let is_steps = |street: &Street| street.class == StreetClass::Steps && !street.tunnel;
        if let Some(steps) = self.lines(streets, is_steps).filter(|_| self.frame.px_per_metre() > PATHS_FROM / 2.0) {
            let (width, tread) = (self.width(StreetClass::Steps), self.hair() * 1.1);
            self.stroke_butt(&steps, self.colours.street, width + self.hair() * 2.0, None);
            self.stroke_butt(&steps, self.colours.path, width, Some([tread, tread * 1.5]));
        }
    }

    fn print_tunnels_and_rails(&mut self, streets: &[&Street]) {
        let mm = self.px_per_mm;
        let is_near = self.frame.px_per_metre() > PATHS_FROM;
        let is_tunnel = |street: &Street| {
            street.tunnel && matches!(street.class, StreetClass::Minor | StreetClass::Major | StreetClass::Pedestrian)
        };
        if let Some(tunnels) = self.lines(streets, is_tunnel).filter(|_| is_near) {
            self.stroke_butt(&tunnels, self.colours.street_edge, self.hair() * 1.5, Some([1.8 * mm, 1.8 * mm]));
        }
        let is_rail = |street: &Street| street.class == StreetClass::Rail && !street.tunnel;
        if let Some(rails) = self.lines(streets, is_rail) {
            let width = self.width(StreetClass::Rail);
            self.stroke(&rails, self.colours.rail, width + self.hair(), None);
            self.stroke_butt(&rails, self.colours.paper, width - self.hair(), Some([2.4 * mm, 2.4 * mm]));
        }
    }

    /// The finest line of the print.
    pub(super) fn hair(&self) -> f32 {
        (0.4 * self.px_per_mm).max(0.75)
    }

    fn width(&self, class: StreetClass) -> f32 {
        let (metres, mm) = width_of(class);
        (metres * self.frame.px_per_metre()).max(mm * self.px_per_mm)
    }

    /// What these areas cover, as one path: tiles overlap, so they are filled by winding.
    pub(super) fn surface(&self, areas: &[&Area]) -> Option<Path> {
        let mut path = PathBuilder::new();
        for ring in areas.iter().flat_map(|area| &area.rings) {
            self.trace(&mut path, ring);
            path.close();
        }
        path.finish()
    }

    /// The outlines of these areas as far as they are seen, without the cuts that tiles made into
    /// them: what lies wholly in a tile's margin its neighbour draws, if it is real.
    pub(super) fn edges(&self, areas: &[&Area]) -> Option<Path> {
        let mut path = PathBuilder::new();
        let view = self.frame.bounds(WIDEST_MM * self.px_per_mm);
        for area in areas {
            for ring in &area.rings {
                let edges = ring.chunk_by(|a, b| {
                    let edge = Bounds::of_edge(*a, *b);
                    edge.meets(&area.cut) && edge.meets(&view)
                });
                for run in edges.filter(|run| run.len() > 1) {
                    self.trace(&mut path, run);
                }
            }
        }
        path.finish()
    }

    fn lines(&self, streets: &[&Street], which: impl Fn(&Street) -> bool) -> Option<Path> {
        let view = self.frame.bounds(WIDEST_MM * self.px_per_mm);
        let mut path = PathBuilder::new();
        for line in streets.iter().filter(|street| which(street)).flat_map(|street| &street.lines) {
            if line.bounds.meets(&view) {
                self.trace(&mut path, &line.points);
            }
        }
        path.finish()
    }

    fn trace(&self, path: &mut PathBuilder, line: &[Point]) {
        let Some((first, rest)) = line.split_first() else { return };
        let mut last = self.frame.point(*first);
        path.move_to(last.0, last.1);
        for (at, point) in rest.iter().enumerate() {
            let (x, y) = self.frame.point(*point);
            let is_end = at + 1 == rest.len();
            if is_end || (x - last.0).abs() + (y - last.1).abs() > STEP_PX {
                path.line_to(x, y);
                last = (x, y);
            }
        }
    }

    pub(super) fn fill(&mut self, path: &Path, with: [u8; 4]) {
        self.pixmap.fill_path(path, &paint(with), FillRule::Winding, Transform::identity(), None);
    }

    /// A line with round ends, solid or with dashes and gaps of these lengths.
    pub(super) fn stroke(&mut self, path: &Path, with: [u8; 4], width: f32, dash: Option<[f32; 2]>) {
        let dash = dash.and_then(|[on, off]| StrokeDash::new(vec![on, off], 0.0));
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Miter, dash, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint(with), &stroke, Transform::identity(), None);
    }

    fn stroke_butt(&mut self, path: &Path, with: [u8; 4], width: f32, dash: Option<[f32; 2]>) {
        let dash = dash.and_then(|[on, off]| StrokeDash::new(vec![on, off], 0.0));
        let stroke = Stroke { width, line_join: LineJoin::Miter, dash, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint(with), &stroke, Transform::identity(), None);
    }
}

fn visible<'a>(areas: &'a [Area], view: &Bounds) -> Vec<&'a Area> {
    areas.iter().filter(|area| area.bounds.meets(view)).collect()
}

pub(super) fn paint(with: [u8; 4]) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(colour(with));
    paint
}

fn colour([r, g, b, a]: [u8; 4]) -> Color {
    Color::from_rgba8(r, g, b, a)
}
