//! Films as displays need them: as they are, each behind a picture of it for whoever shows no films.

use crate::content::{Item, MediaRef};
use crate::film::{GStreamer, Poster};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use std::path::Path;

/// What the name of a poster has behind that of its film.
const POSTER: &str = ".poster.jpg";

/// As good as a picture that is scaled.
const JPEG_QUALITY: u8 = 85;

/// The film that a poster is made from.
pub fn of_poster(path: &str) -> Option<&str> {
    path.strip_suffix(POSTER).filter(|film| MediaRef::is_film(film))
}

/// Puts pictures before films, and a poster where an item has only films: what shows no films takes the first.
pub fn put_posters_first(items: &mut [Item]) {
    for item in items {
        let media = &mut item.common_mut().media;
        media.sort_by_key(|one| MediaRef::is_film(&one.path));
        let poster = media
            .first()
            .filter(|first| MediaRef::is_film(&first.path))
            .map(|film| MediaRef { path: format!("{}{POSTER}", film.path), ..film.clone() });
        media.splice(0..0, poster);
    }
}

/// Width and height of a film as it is seen, in px.
///
/// # Errors
/// When it cannot be decoded: what nobody can decode is told now, and not on the panel.
pub fn size(film: &Path) -> Result<(u32, u32), String> {
    let gstreamer = GStreamer::of_the_system();
    let looked_at = gstreamer.probe(film).and_then(|probe| gstreamer.poster(film, 16, 16).map(|_| probe));
    looked_at.map(|probe| (probe.width, probe.height)).map_err(|fault| fault.to_string())
}

/// A still picture of a film as a JPEG, with its width and height.
///
/// # Errors
/// When the film gives no picture.
pub fn poster(film: &Path, longest_px: u32) -> Result<(Vec<u8>, u32, u32), String> {
    let made = GStreamer::of_the_system().poster(film, longest_px, longest_px).map_err(|fault| fault.to_string())?;
    let Poster { width, height, rgb } = made;
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY);
    encoder.encode(&rgb, width, height, ExtendedColorType::Rgb8).map_err(|error| error.to_string())?;
    Ok((file, width, height))
}
