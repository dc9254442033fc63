use crate::content::{Crop, Position};
use crate::player::theme::Ink;

/// A picture by what it shows; its size comes from where it stands.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureSpec {
    /// A file below the content's `media/`.
    Media { path: String, crop: Crop, focal: Option<[f32; 2]> },
    /// A film below `media/`, and the still picture that stands for it until it plays and where no film does.
    Film { path: String, still: Option<String> },
    /// The 300 m around a place in two tints of an ink, the building itself solid.
    Vignette { centre: Position, ink: Ink },
    /// Where things are from here; up is the way the visitor looks.
    Locator { you: Position, facing_degrees: f64, marks: Vec<MapMark> },
    /// A QR code of a link.
    Qr(String),
    /// The town's logo: the theme's.
    Logo,
}

/// A goal on a locator map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapMark {
    pub position: Position,
    /// The number of its row in the list; `None` when it is the only one.
    pub number: Option<u8>,
}
