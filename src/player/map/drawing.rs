//! The map itself, under the marks: from the ground up as it would be printed.

use super::colours::{MapColours, mix};
use super::frame::{Bounds, Frame};
use super::tiles::{Area, Point, Street, StreetClass, Tiles};
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

/// From this many pixels a metre on, buildings cut into the streets as they do in reality; below,
/// streets are drawn wider than they are and lie over them.
const STREETS_UNDER_BUILDINGS: f32 = 0.55;
/// Corners nearer together than this are drawn as one, in pixels.
const STEP_PX: f32 = 0.6;
/// How far from the shore its echoes run over the water, in millimetres, and how strong they are.
const SHORE_LINES: [(f32, f32); 3] = [(11.0, 0.18), (6.5, 0.32), (2.8, 0.5)];
/// The distance of the trees on green, in metres.
const TREES_M: f64 = 13.0;

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
        let view = self.frame.bounds(24.0 * self.px_per_mm);
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
        self.print_squares(&squares);
        let streets_first = self.frame.px_per_metre() > STREETS_UNDER_BUILDINGS;
        if streets_first {
            self.print_streets(&streets);
        }
        self.print_buildings(&buildings);
        if !streets_first {
            self.print_streets(&streets);
        }
        self.print_footways(&streets);
        self.print_tunnels_and_rails(&streets);
        true
    }

    fn print_green(&mut self, green: &[&Area]) {
        let Some(path) = self.surface(green) else { return };
        self.fill(&path, self.colours.green);
        let trees = self.trees(&path);
        if let Some(trees) = trees {
            self.fill(&trees, self.colours.tree);
        }
    }

    /// Dots in rows that stand fast on the ground, wherever the middle of one is on green.
    fn trees(&self, green: &Path) -> Option<Path> {
        let mut mask = Mask::new(self.pixmap.width(), self.pixmap.height())?;
        mask.fill_path(green, FillRule::Winding, false, Transform::identity());
        let radius = (1.9 * self.frame.px_per_metre()).max(0.45 * self.px_per_mm);
        let mut dots = PathBuilder::new();
        let apart = if self.frame.px_per_metre() < 0.5 { TREES_M * 2.0 } else { TREES_M };
        for (x, y) in self.frame.grid(apart) {
            if x < 0.0 || y < 0.0 || x >= self.frame.width || y >= self.frame.height {
                continue;
            }
            let pixel = y as usize * mask.width() as usize + x as usize;
            if mask.data().get(pixel).is_some_and(|covered| *covered > 127) {
                dots.push_circle(x, y, radius);
            }
        }
        dots.finish()
    }

    fn print_water(&mut self, water: &[&Area]) {
        let Some(path) = self.surface(water) else { return };
        self.fill(&path, self.colours.water);
        let Some(shore) = self.edges(water) else { return };
        let line = 0.45 * self.px_per_mm.max(1.2);
        if let Some(mut mask) = Mask::new(self.pixmap.width(), self.pixmap.height()) {
            mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
            for (distance, strength) in SHORE_LINES {
                let width = 2.0 * distance * self.px_per_mm;
                let echo = mix(self.colours.water, self.colours.shore, strength);
                self.stroke_within(&shore, echo, width + line, &mask);
                self.stroke_within(&shore, self.colours.water, width - line, &mask);
            }
        }
        self.stroke(&shore, self.colours.shore, line * 1.4, None);
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

    fn print_footways(&mut self, streets: &[&Street]) {
        let mm = self.px_per_mm;
        let is = |class: StreetClass| move |street: &Street| street.class == class && !street.tunnel;
        if let Some(paths) = self.lines(streets, is(StreetClass::Path)).filter(|_| self.frame.px_per_metre() > 0.35) {
            self.stroke(&paths, self.colours.path, self.hair() * 1.2, Some([1.6 * mm, 1.1 * mm]));
        }
        if let Some(steps) = self.lines(streets, is(StreetClass::Steps)) {
            let width = self.width(StreetClass::Steps);
            self.stroke(&steps, self.colours.street, width + self.hair() * 2.0, None);
            let tread = self.hair() * 1.1;
            self.stroke_butt(&steps, self.colours.path, width, [tread, tread * 1.5]);
        }
    }

    fn print_tunnels_and_rails(&mut self, streets: &[&Street]) {
        let mm = self.px_per_mm;
        let is_street = |street: &Street| street.tunnel && street.class >= StreetClass::Minor;
        if let Some(tunnels) = self.lines(streets, |street| is_street(street) && street.class != StreetClass::Rail) {
            self.stroke_butt(&tunnels, self.colours.street_edge, self.hair() * 1.5, [1.8 * mm, 1.8 * mm]);
        }
        let is_rail = |street: &Street| street.class == StreetClass::Rail && !street.tunnel;
        if let Some(rails) = self.lines(streets, is_rail) {
            let width = self.width(StreetClass::Rail);
            self.stroke(&rails, self.colours.rail, width + self.hair(), None);
            self.stroke_butt(&rails, self.colours.paper, width - self.hair(), [2.4 * mm, 2.4 * mm]);
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

    /// The outlines of these areas without the cuts that tiles made into them.
    pub(super) fn edges(&self, areas: &[&Area]) -> Option<Path> {
        let mut path = PathBuilder::new();
        for area in areas {
            for ring in &area.rings {
                let edges = ring.chunk_by(|a, b| !is_cut(*a, *b, &area.cut));
                for run in edges.filter(|run| run.len() > 1) {
                    self.trace(&mut path, run);
                }
            }
        }
        path.finish()
    }

    fn lines(&self, streets: &[&Street], which: impl Fn(&Street) -> bool) -> Option<Path> {
        let mut path = PathBuilder::new();
        for line in streets.iter().filter(|street| which(street)).flat_map(|street| &street.lines) {
            self.trace(&mut path, line);
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
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, dash, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint(with), &stroke, Transform::identity(), None);
    }

    fn stroke_butt(&mut self, path: &Path, with: [u8; 4], width: f32, [on, off]: [f32; 2]) {
        let dash = StrokeDash::new(vec![on, off], 0.0);
        let stroke = Stroke { width, line_join: LineJoin::Round, dash, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint(with), &stroke, Transform::identity(), None);
    }

    fn stroke_within(&mut self, path: &Path, with: [u8; 4], width: f32, mask: &Mask) {
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint(with), &stroke, Transform::identity(), Some(mask));
    }
}

fn visible<'a>(areas: &'a [Area], view: &Bounds) -> Vec<&'a Area> {
    areas.iter().filter(|area| area.bounds.meets(view)).collect()
}

/// Whether an edge lies wholly in a tile's margin: there the neighbour draws it, if it is real.
fn is_cut(a: Point, b: Point, tile: &Bounds) -> bool {
    (0..2).any(|axis| {
        let (low, high) = (a[axis].min(b[axis]), a[axis].max(b[axis]));
        high < tile.min[axis] || low > tile.max[axis]
    })
}

pub(super) fn paint(with: [u8; 4]) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(colour(with));
    paint
}

fn colour([r, g, b, a]: [u8; 4]) -> Color {
    Color::from_rgba8(r, g, b, a)
}
