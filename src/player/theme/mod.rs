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
use std::sync::Arc;

/// A town's looks: a file of `assets/themes` or one given by path.
#[derive(Clone, Debug, Deserialize)]
pub struct Theme {
    pub name: String,
    /// Name of a PNG beside the theme file; empty for none.
    #[serde(default)]
    logo: String,
    /// That file, as it stands on disk.
    #[serde(skip)]
    pub logo_png: Option<Arc<[u8]>>,
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
    /// Reads a theme file; `beside` reads the file of a name that lies beside it.
    ///
    /// # Errors
    /// A sentence that names the line that could not be understood, or the logo that could not be read.
    pub fn parse(toml: &str, beside: impl FnOnce(&str) -> Result<Vec<u8>, String>) -> Result<Self, String> {
        let mut theme: Self = toml::from_str(toml).map_err(|error| error.to_string())?;
        if !theme.logo.is_empty() {
            theme.logo_png = Some(beside(&theme.logo).map_err(|reason| format!("{}: {reason}", theme.logo))?.into());
        }
        Ok(theme)
    }

    /// A theme that ships, by name.
    ///
    /// # Errors
    /// When there is none of that name; the message lists those there are.
    pub fn shipped(name: &str) -> Result<Self, String> {
        let file = THEMES.get_file(format!("{name}.toml")).and_then(|file| file.contents_utf8());
        let Some(text) = file else {
            let tomls = THEMES.files().filter(|file| file.path().extension().is_some_and(|end| end == "toml"));
            let names: Vec<_> = tomls.filter_map(|file| file.path().file_stem()?.to_str()).collect();
            return Err(format!("there is no theme \"{name}\"; there are: {}", names.join(", ")));
        };
        Self::parse(text, |logo| {
            let file = THEMES.get_file(logo).ok_or_else(|| "no such file ships".to_owned())?;
            Ok(file.contents().to_vec())
        })
    }

    pub fn colours(&self, light: Light) -> &Colours {
        match light {
            Light::Day => &self.day,
            Light::Night => &self.night,
            Light::Contrast => &self.contrast,
        }
    }
}
