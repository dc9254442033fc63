use super::{MapColours, Picture, Tiles};
use crate::content::Position;

/// What a vignette shows in solid ink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Solid<'a> {
    /// The building or ground drawn from this record, such as `way/12`; else the one at the centre.
    Record(&'a str),
    /// The building that stands at the centre.
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

/// Draws a vignette.
pub fn vignette(_tiles: &Tiles, wish: &Vignette) -> Picture {
    Picture::blank(wish.width_px, wish.height_px, wish.colours.paper)
}
