//! What ships in the binary: fonts, themes and profiles.

use include_dir::{Dir, include_dir};

pub static FONTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/fonts");
pub static THEMES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/themes");
pub static PROFILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/kiosk-config/profiles");

/// The commented settings file: also the defaults.
pub const KIOSK_CONFIG: &str = include_str!("../../kiosk-config/kiosk.toml");

/// The templates and layouts of signage.
pub const TEMPLATES: &[u8] = include_bytes!("../../assets/signage/templates.json");
