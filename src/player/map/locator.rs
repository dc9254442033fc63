use super::{Label, MapColours, Picture, Tiles};
use crate::content::Position;

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
    /// The tips of the pins, in the order of the goals.
    pub goals_px: Vec<(f32, f32)>,
    pub metres_per_px: f64,
    pub scale_bar: ScaleBar,
    /// At most four, none upon another, on a mark or cut by the edge.
    pub labels: Vec<Label>,
    /// Where north is, in degrees clockwise from up, from 0 to 360.
    pub north_degrees: f64,
}

/// Draws the map between the visitor and the goals.
pub fn locator(_tiles: &Tiles, wish: &Locator) -> LocatorPicture {
    LocatorPicture {
        picture: Picture::blank(wish.width_px, wish.height_px, wish.colours.paper),
        you_px: (0.0, 0.0),
        goals_px: Vec::new(),
        metres_per_px: 1.0,
        scale_bar: ScaleBar { metres: 100, px: 100.0 },
        labels: Vec::new(),
        north_degrees: (-wish.facing_degrees).rem_euclid(360.0),
    }
}
