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
