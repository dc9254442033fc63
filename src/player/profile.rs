//! The physical panel: what a visitor reads and touches is sized in millimetres from it.

use super::assets::PROFILES;
use super::visitor::{Mode, Visitor};
use serde::Deserialize;

/// A display profile: a file of `kiosk-config/profiles` or one given by path.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub name: String,
    pub panel_width_mm: f32,
    pub panel_height_mm: f32,
    pub width_px: u32,
    pub height_px: u32,
    /// Height of the panel's lower edge above the floor.
    pub lower_edge_mm: f32,
    pub viewing_distance_mm: f32,
    /// From where people read it who walk past: as signage.
    #[serde(default = "usual_audience")]
    pub audience_distance_mm: f32,
    pub belt_low_mm: f32,
    pub belt_high_mm: f32,
    pub reach_low_mm: f32,
    pub reach_high_mm: f32,
    /// Compass direction in which a visitor looks who faces the screen.
    pub facing_degrees: f64,
    pub minimum_target_mm: f32,
    /// In large mode.
    pub large_target_mm: f32,
}

/// Three metres.
fn usual_audience() -> f32 {
    3_000.0
}

impl Profile {
    /// The same panel for people who walk past.
    pub fn for_audience(&self) -> Self {
        Self { viewing_distance_mm: self.audience_distance_mm, ..self.clone() }
    }

    /// Panels above this height keep every control in the belt (LOOK).
    pub const TALL_MM: f32 = 600.0;

    /// Reads a profile file.
    ///
    /// # Errors
    /// A sentence that names what is missing or cannot be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let profile: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        let sizes = [
            profile.panel_width_mm,
            profile.panel_height_mm,
            profile.viewing_distance_mm,
            profile.audience_distance_mm,
            profile.minimum_target_mm,
        ];
        if sizes.iter().any(|mm| !(5.0..=10_000.0).contains(mm)) {
            return Err("sizes and distances must lie between 5 and 10000 mm".to_owned());
        }
        if !(200..=16_384).contains(&profile.width_px) || !(200..=16_384).contains(&profile.height_px) {
            return Err("width_px and height_px must lie between 200 and 16384".to_owned());
        }
        if profile.belt_high_mm - profile.belt_low_mm < 200.0 || profile.reach_high_mm - profile.reach_low_mm < 200.0 {
            return Err("the belt must be at least 200 mm high".to_owned());
        }
        Ok(profile)
    }

    /// Smallest side of anything to touch, in mm, for this visitor.
    pub fn target_mm(&self, visitor: &Visitor) -> f32 {
        if visitor.has(Mode::Large) { self.large_target_mm } else { self.minimum_target_mm }
    }

    /// A profile that ships, by name.
    ///
    /// # Errors
    /// When there is none of that name; the message lists those there are.
    pub fn shipped(name: &str) -> Result<Self, String> {
        match PROFILES.get_file(format!("{name}.toml")).and_then(|file| file.contents_utf8()) {
            Some(text) => Self::parse(text),
            None => Err(format!("there is no profile \"{name}\"; there are: {}", Self::names().join(", "))),
        }
    }

    /// Names of the profiles that ship.
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<_> = PROFILES.files().filter_map(|file| file.path().file_stem()?.to_str()).collect();
        names.sort_unstable();
        names
    }

    pub fn px_per_mm(&self) -> f32 {
        self.width_px as f32 / self.panel_width_mm
    }

    pub fn is_portrait(&self) -> bool {
        self.panel_height_mm > self.panel_width_mm
    }

    pub fn is_tall(&self) -> bool {
        self.panel_height_mm > Self::TALL_MM
    }

    /// Capital height that is still legible from here: EN 301 549 clause 5.1.4.
    pub fn legible_mm(&self) -> f32 {
        self.viewing_distance_mm * 0.01222
    }

    /// The same panel drawn with another number of pixels across; millimetres stay.
    #[must_use]
    pub fn with_pixels(mut self, width_px: u32, height_px: u32) -> Self {
        self.width_px = width_px;
        self.height_px = height_px;
        self
    }
}
