use crate::content::{Item, PlaceKind};
use crate::import::town_sources::{KeptFolder, SourcesFile};
use std::io;

/// The theme that comes with Parvis: legible in the sun, measured.
const HOUSE: &str = include_str!("../../../assets/themes/parvis.toml");

/// The town's colours by day and by night in the house theme.
const HOUSE_DAY: &str = "town = \"#16395B\"";
const HOUSE_NIGHT: &str = "town = \"#B9D4EC\"";

/// A theme for a town, and why this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub text: String,
    pub why: &'static str,
}

/// What gives a town its colour: the kinds of places that speak for it, its colour by day and by night, and the reason.
#[rustfmt::skip]
const CHARACTERS: [(&[PlaceKind], &str, &str, &str); 3] = [
    (&[PlaceKind::Beach, PlaceKind::Marina, PlaceKind::Ferry], "#0B3F5C", "#9FD2E8", "sea blue, for its water"),
    (&[PlaceKind::Monument, PlaceKind::Historic, PlaceKind::Museum], "#6B2A1C", "#F0BBA6", "brick red, for its old stones"),
    (&[PlaceKind::Park, PlaceKind::Garden, PlaceKind::Viewpoint], "#23472C", "#B5DBBC", "leaf green, for its gardens"),
];

/// So many places must speak for a colour before the town gets it.
const PLACES_MIN: usize = 3;

/// A theme in the colour that the town's own places suggest.
///
/// # Errors
/// When what was imported cannot be read.
pub fn theme(file: &SourcesFile) -> io::Result<Theme> {
    let mut kinds = Vec::new();
    for entry in &file.sources {
        let mut items = KeptFolder::new(&file.state, &entry.name).items()?;
        while let Some((_, item)) = items.next(&mut Vec::new())? {
            if let Item::Place(place) = item {
                kinds.push(place.kind);
            }
        }
    }
    Ok(coloured(&kinds))
}

fn coloured(kinds: &[PlaceKind]) -> Theme {
    let speaking = |wanted: &[PlaceKind]| kinds.iter().filter(|kind| wanted.contains(kind)).count();
    let first = CHARACTERS.iter().find(|(wanted, ..)| speaking(wanted) >= PLACES_MIN);
    let Some((_, day, night, why)) = first else {
        return Theme {
            text: HOUSE.replace("logo = \"parvis.png\"", "logo = \"\""),
            why: "the blue of the house theme",
        };
    };
    let text = HOUSE.replace("name = \"parvis\"", "name = \"town\"").replace("logo = \"parvis.png\"", "logo = \"\"");
    let text =
        text.replace(HOUSE_DAY, &format!("town = \"{day}\"")).replace(HOUSE_NIGHT, &format!("town = \"{night}\""));
    Theme { text, why }
}

/// The profile of the first display: on the street, or, in a village, on the counter of its town hall.
pub fn profile(population: u64) -> &'static str {
    if population < 2000 { "counter" } else { "totem-portrait" }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_that_is_proposed_can_be_read() {
        let house: toml::Table = HOUSE.parse().unwrap();
        let of = |part: &str, key: &str| house[part][key].as_str().unwrap().to_owned();
        for (_, day, night, why) in CHARACTERS {
            for (part, town) in [("day", day), ("night", night)] {
                for on in ["on_town", "paper", "plane"] {
                    assert!(contrast(town, &of(part, on)) >= 7.0, "{why} {part} on {on}");
                }
            }
        }
    }

    #[test]
    fn a_town_gets_the_colour_that_its_places_speak_for() {
        let sea = coloured(&[PlaceKind::Beach; 3]);
        assert!(sea.why.contains("water") && sea.text.contains("#0B3F5C") && sea.text.contains("#9FD2E8"));
        assert!(!sea.text.contains(HOUSE_DAY) && !sea.text.contains(HOUSE_NIGHT));
        assert!(sea.text.parse::<toml::Table>().is_ok());
        assert!(coloured(&[PlaceKind::Beach; 2]).text.contains(HOUSE_DAY));
    }
}
