/// How far the ink of a script reaches from its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Latin and Chinese: within the type size.
    Even,
    /// Arabic: marks above tall letters, bowls far below the line.
    Far,
}

impl Reach {
    /// The furthest reach of any letter in the text.
    pub fn of(text: &str) -> Self {
        let is_arabic = |c| matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
        if text.chars().any(is_arabic) { Self::Far } else { Self::Even }
    }
}

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
    pub const ALL: [Self; 6] = [Self::Smallest, Self::Body, Self::Card, Self::Title, Self::Hero, Self::Numeral];

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

    /// Line height as a multiple of the type size: LOOK's for running text and titles, and what keeps the lines of
    /// other scripts apart as well.
    pub fn line_height(self, reach: Reach) -> f32 {
        match (self, reach) {
            (Self::Smallest | Self::Body, Reach::Even) => 1.35,
            (Self::Smallest | Self::Body, Reach::Far) => 1.5,
            (Self::Card | Self::Title | Self::Hero | Self::Numeral, Reach::Even) => 1.1,
            (Self::Card | Self::Title | Self::Hero | Self::Numeral, Reach::Far) => 1.35,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_arabic_word_in_a_line_asks_for_the_room_of_arabic() {
        for (text, reach) in [
            ("Monaco", Reach::Even),
            ("选择您的语言", Reach::Even),
            ("العربية", Reach::Far),
            ("Monaco ترحب", Reach::Far),
        ] {
            assert_eq!(Reach::of(text), reach, "{text}");
        }
        assert!(Lettering::Title.line_height(Reach::Far) > Lettering::Title.line_height(Reach::Even));
    }
}
