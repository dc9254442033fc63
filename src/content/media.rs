use super::Localized;
use super::reading::{Read, Reading, Word};
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

impl MediaRef {
    /// Whether a path stays below the folder it is looked up in.
    pub fn is_safe_path(path: &str) -> bool {
        let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
        path.len() <= 1024 && path.split('/').all(plain)
    }

    /// Whether a file below `media/` is a film, by the end of its name; all others are pictures.
    pub fn is_film(path: &str) -> bool {
        let path = path.to_ascii_lowercase();
        Self::FILM_ENDINGS.iter().any(|ending| path.ends_with(ending))
    }

    pub const FILM_ENDINGS: [&str; 5] = [".mp4", ".m4v", ".mov", ".webm", ".mkv"];

    /// Who made the picture, and the licence under which it is shown where the credit does not name it already: what
    /// an open licence asks to be read beside it (Creative Commons BY 4.0, section 3(a)(1)). Empty where neither is
    /// known.
    pub fn attribution(&self) -> String {
        let (credit, licence) = (self.credit.trim(), self.licence.trim());
        if credit.to_lowercase().contains(&licence.to_lowercase()) {
            return credit.to_owned();
        }
        if credit.is_empty() { licence.to_owned() } else { format!("{credit}, {licence}") }
    }
}

impl Word for Crop {}

impl Read for MediaRef {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let path: Option<String> = fields.needed("path", "a picture needs a path");
        let path = path.filter(|path| {
            let safe = Self::is_safe_path(path);
            if !safe {
                fields.problem("path", "the path must stay below media/: plain names and / only");
            }
            safe
        });
        let picture = Self {
            path: String::new(),
            alt: fields.get("alt"),
            credit: fields.get("credit"),
            licence: fields.get("licence"),
            crop: fields.get("crop"),
            focal: fields.get_if("focal", "fractions from 0 to 1 are expected", |focal: &Option<[f32; 2]>| {
                focal.is_none_or(|focal| focal.iter().all(|part| (0.0..=1.0).contains(part)))
            }),
        };
        path.map(|path| Self { path, ..picture })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribution_names_the_licence_once() {
        for (credit, licence, expected) in [
            ("Marie", "CC BY 4.0", "Marie, CC BY 4.0"),
            ("Marie / cc by 4.0", "CC BY 4.0", "Marie / cc by 4.0"),
            ("Marie", " ", "Marie"),
            ("", "CC0", "CC0"),
            ("", "", ""),
        ] {
            let media = MediaRef { credit: credit.to_owned(), licence: licence.to_owned(), ..Default::default() };
            assert_eq!(media.attribution(), expected, "{credit:?} under {licence:?}");
        }
    }

    #[test]
    fn a_path_never_leaves_its_folder() {
        for path in ["a.png", "2026/été/a b.jpg", "a..b.png"] {
            assert!(MediaRef::is_safe_path(path), "{path}");
        }
        for path in ["", "/a.png", "../a.png", "a/../../b.png", "a//b", "a/", "./a", "c:\\a", "a\\..\\b"] {
            assert!(!MediaRef::is_safe_path(path), "{path}");
        }
    }
}
