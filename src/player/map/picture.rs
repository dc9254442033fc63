use tiny_skia::{Color, Pixmap};

/// The longest side a map is drawn with, in pixels; a larger wish is cut to it, before allocation.
const SIDE_MAX: u32 = 4096;

/// An opaque picture: `width * height` pixels of red, green, blue, alpha, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// An empty sheet of this colour; `None` when there is no room for it.
pub(super) fn sheet(width_px: u32, height_px: u32, paper: [u8; 4]) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(width_px.clamp(1, SIDE_MAX), height_px.clamp(1, SIDE_MAX))?;
    let [r, g, b, _] = paper;
    pixmap.fill(Color::from_rgba8(r, g, b, 255));
    Some(pixmap)
}

impl From<Pixmap> for Picture {
    fn from(pixmap: Pixmap) -> Self {
        Self { width: pixmap.width(), height: pixmap.height(), rgba: pixmap.take() }
    }
}

impl Picture {
    /// The paper with nothing on it.
    pub(super) fn blank(width: u32, height: u32, [r, g, b, _]: [u8; 4]) -> Self {
        let (width, height) = (width.clamp(1, SIDE_MAX), height.clamp(1, SIDE_MAX));
        Self { width, height, rgba: [r, g, b, 255].repeat(width as usize * height as usize) }
    }
}
