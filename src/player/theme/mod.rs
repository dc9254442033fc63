//! Colours, type sizes and fonts. Values stand in `assets/themes/*.toml`; the names here are roles.

mod fonts;
pub mod icons;
mod ink;
mod lettering;

pub use fonts::{BODY, CAP_HEIGHT, FONT_CREDITS, ICONS, missing_fonts, register_fonts};
pub use ink::{Colours, Ink};
pub use lettering::{Lettering, Reach};

use crate::player::assets::THEMES;
use serde::Deserialize;

/// A town's looks: a file of `assets/themes` or one given by path.
#[derive(Clone, Debug, Deserialize)]
pub struct Theme {
    pub name: String,
    /// PNG beside the theme file, shown on the welcome plate; empty for none.
    #[serde(default)]
    pub logo: String,
    /// Family of the two text weights; must be among the registered fonts.
    #[serde(default = "default_family")]
    pub family: String,
    pub day: Colours,
    pub night: Colours,
    pub contrast: Colours,
}

fn default_family() -> String {
    BODY.to_owned()
}

/// Which of a theme's colour sets is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Light {
    #[default]
    Day,
    Night,
    /// The visitor asked for 15:1.
    Contrast,
}

impl Theme {
    /// Reads a theme file.
    ///
    /// # Errors
    /// A sentence that names the line that could not be understood.
    pub fn parse(toml: &str) -> Result<Self, String> {
        toml::from_str(toml).map_err(|error| error.to_string())
    }

    /// A theme that ships, by name.
    ///
    /// # Errors
    /// When there is none of that name; the message lists those there are.
    pub fn shipped(name: &str) -> Result<Self, String> {
        let file = THEMES.get_file(format!("{name}.toml")).and_then(|file| file.contents_utf8());
        let Some(text) = file else {
            let names: Vec<_> = THEMES.files().filter_map(|file| file.path().file_stem()?.to_str()).collect();
            return Err(format!("there is no theme \"{name}\"; there are: {}", names.join(", ")));
        };
        Self::parse(text)
    }

    pub fn colours(&self, light: Light) -> &Colours {
        match light {
            Light::Day => &self.day,
            Light::Night => &self.night,
            Light::Contrast => &self.contrast,
        }
    }
}
