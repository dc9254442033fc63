use super::Localized;
use serde::{Deserialize, Serialize};

/// Whether a licence lets a picture be cut to fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Crop {
    #[default]
    Allowed,
    /// Shown whole on paper like a framed print.
    Forbidden,
}

/// A picture of an item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MediaRef {
    /// Path below the content directory's `media/`: plain names and `/`, no `..`.
    pub path: String,
    #[serde(skip_serializing_if = "Localized::is_empty")]
    pub alt: Localized,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub credit: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub licence: String,
    pub crop: Crop,
    /// What must stay visible when cropping, as fractions of width and height from the top left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focal: Option<[f32; 2]>,
}
