/// What a map is printed with. The theme gives a few inks; the tints between them are made here, so
/// that day, night and vignettes keep the same order of light and dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapColours {
    /// Under everything that is not known to be something else.
    pub ground: [u8; 4],
    /// Of the page: around marks, so that they stand free.
    pub paper: [u8; 4],
    pub water: [u8; 4],
    /// The shore and the lines that follow it.
    pub shore: [u8; 4],
    pub green: [u8; 4],
    /// The trees sprinkled over green.
    pub tree: [u8; 4],
    pub square: [u8; 4],
    pub building: [u8; 4],
    pub building_edge: [u8; 4],
    pub street: [u8; 4],
    pub street_major: [u8; 4],
    pub street_edge: [u8; 4],
    /// Footpaths and steps.
    pub path: [u8; 4],
    pub rail: [u8; 4],
    /// A place's own building in a vignette, rings and other lines of a drawing.
    pub ink: [u8; 4],
    pub you: [u8; 4],
    pub goal: [u8; 4],
    pub route: [u8; 4],
}

/// The inks of a theme that a locator map is mixed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapInks {
    pub paper: [u8; 4],
    pub ink: [u8; 4],
    /// For the sea, rivers and ponds.
    pub water: [u8; 4],
    /// For parks and woods.
    pub green: [u8; 4],
    /// For buildings and major streets.
    pub earth: [u8; 4],
    pub you: [u8; 4],
    pub goal: [u8; 4],
}

impl MapColours {
    /// The colours of a locator map.
    pub fn of_inks(inks: &MapInks) -> Self {
        let MapInks { paper, ink, water, green, earth, you, goal } = *inks;
        let stone = mix(earth, ink, 0.45);
        Self {
            ground: mix(paper, stone, 0.07),
            paper,
            water: mix(paper, water, 0.24),
            shore: mix(paper, water, 0.62),
            green: mix(paper, green, 0.22),
            tree: mix(paper, green, 0.38),
            square: mix(paper, earth, 0.04),
            building: mix(paper, stone, 0.22),
            building_edge: mix(paper, stone, 0.46),
            street: paper,
            street_major: mix(paper, earth, 0.16),
            street_edge: mix(paper, stone, 0.34),
            path: mix(paper, stone, 0.60),
            rail: mix(paper, ink, 0.62),
            ink,
            you,
            goal,
            route: ink,
        }
    }

    /// The colours of a vignette: the paper and two tints of one ink; the place's own building is
    /// the ink itself.
    pub fn two_tints(paper: [u8; 4], ink: [u8; 4]) -> Self {
        let light = mix(paper, ink, 0.13);
        let strong = mix(paper, ink, 0.34);
        Self {
            ground: light,
            paper,
            water: strong,
            shore: light,
            green: light,
            tree: strong,
            square: paper,
            building: strong,
            building_edge: strong,
            street: paper,
            street_major: paper,
            street_edge: light,
            path: paper,
            rail: strong,
            ink,
            you: ink,
            goal: ink,
            route: ink,
        }
    }
}

/// `share` of `ink` printed on `paper`, from 0.0 to 1.0.
fn mix(paper: [u8; 4], ink: [u8; 4], share: f32) -> [u8; 4] {
    let channel = |i: usize| {
        let (from, to) = (f32::from(paper[i]), f32::from(ink[i]));
        (from + (to - from) * share).round() as u8
    };
    [channel(0), channel(1), channel(2), 255]
}
