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
    /// For buildings.
    pub stone: [u8; 4],
    /// For the ground and major streets.
    pub earth: [u8; 4],
    pub you: [u8; 4],
    pub goal: [u8; 4],
}

/// No channel of a print is darker than this; a tint of pure black would be muddy.
const DARKEST: f32 = 20.0;

impl MapColours {
    /// The colours of a locator map.
    pub fn of_inks(inks: &MapInks) -> Self {
        let MapInks { paper, ink, water, green, stone, earth, you, goal } = *inks;
        let line = mix(stone, ink, 0.5);
        Self {
            ground: mix(paper, earth, 0.07),
            paper,
            water: mix(paper, water, 0.24),
            shore: mix(paper, water, 0.70),
            green: mix(paper, green, 0.24),
            tree: mix(paper, green, 0.42),
            square: mix(paper, stone, 0.04),
            building: mix(paper, stone, 0.19),
            building_edge: mix(paper, line, 0.40),
            street: paper,
            street_major: mix(paper, earth, 0.17),
            street_edge: mix(paper, line, 0.30),
            path: mix(paper, line, 0.62),
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
        let light = mix(paper, ink, 0.12);
        let strong = mix(paper, ink, 0.32);
        Self {
            ground: light,
            paper,
            water: strong,
            shore: paper,
            green: light,
            tree: strong,
            square: paper,
            building: strong,
            building_edge: paper,
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

/// `share` of `ink` printed on `paper`, from 0.0 to 1.0. A dark ink in a thin layer lets the paper
/// through, which keeps tints livelier than an even mixture; on dark paper the mixture is even.
pub(super) fn mix(paper: [u8; 4], ink: [u8; 4], share: f32) -> [u8; 4] {
    let channel = |i: usize| {
        let (from, to) = (f32::from(paper[i]), f32::from(ink[i]));
        let even = from + (to - from) * share;
        let (from, to) = (from.max(DARKEST), to.max(DARKEST));
        let layer = from * (to / from).powf(share);
        (if to < from { (layer + even) / 2.0 } else { even }).round() as u8
    };
    [channel(0), channel(1), channel(2), 255]
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: [u8; 4] = [250, 247, 241, 255];
    const LAKE: [u8; 4] = [11, 79, 108, 255];

    fn light(colour: [u8; 4]) -> u32 {
        colour[..3].iter().map(|channel| u32::from(*channel)).sum()
    }

    #[test]
    fn no_ink_is_the_paper_and_more_ink_is_darker() {
        assert_eq!(mix(PAPER, LAKE, 0.0), PAPER);
        let tints = [0.0, 0.1, 0.3, 0.6, 1.0].map(|share| light(mix(PAPER, LAKE, share)));
        assert!(tints.is_sorted_by(|a, b| a > b), "{tints:?}");
    }

    #[test]
    fn at_night_a_light_ink_is_lighter_than_its_dark_paper() {
        let night = [16, 24, 31, 255];
        assert!(light(mix(night, [243, 239, 230, 255], 0.2)) > light(night));
    }

    #[test]
    fn a_vignette_uses_the_ink_itself_for_the_place_alone() {
        let colours = MapColours::two_tints(PAPER, LAKE);
        assert_eq!(colours.ink, LAKE);
        for tint in [colours.ground, colours.building, colours.water, colours.green] {
            assert!(light(tint) > light(LAKE) && light(tint) < light(PAPER));
        }
    }
}
