use super::decoder::{Decoder, Given, PIXEL_BYTES};
use super::{FilmFault, FilmSpec, Fit, GStreamer};
use std::path::Path;

/// So many frames of a second are looked at: neighbours look alike.
const LOOKS_PER_SECOND: u32 = 4;

/// A film's first second is often black or a title that fades in.
const FIRST: u64 = LOOKS_PER_SECOND as u64;

/// So far is looked for a picture that shows something.
const LOOKS_MAX: u64 = 10 * LOOKS_PER_SECOND as u64;

/// From this mean distance from the mean brightness, of 255, a picture shows something.
const CONTRAST_GOOD: u32 = 16;

/// A still picture that stands for a film.
#[derive(Clone, PartialEq, Eq)]
pub struct Poster {
    pub width: u32,
    pub height: u32,
    /// Rows from the top, three bytes a pixel.
    pub rgb: Vec<u8>,
}

impl GStreamer {
    /// The first picture of a film that shows something, from its second second on; of a film that stays dark the one
    /// that shows most. As large as the film or as fits into so many pixels. Waits up to half a minute.
    ///
    /// # Errors
    /// When the film gives no picture at all.
    pub fn poster(&self, film: &Path, width_max: u32, height_max: u32) -> Result<Poster, FilmFault> {
        let probe = self.probe(film)?;
        let (width, height) = fitted((probe.width, probe.height), (width_max, height_max));
        let spec = FilmSpec {
            fit: Fit::Contain,
            frames_per_second: LOOKS_PER_SECOND,
            looped: false,
            ..FilmSpec::new(width, height)
        };
        let mut decoder = Decoder::start(self, film, &spec)?;
        let mut frame = vec![0; spec.frame_bytes()?];
        let mut best: Option<(u32, Vec<u8>)> = None;
        let ended = loop {
            match decoder.read(&mut frame) {
                Ok(Given::Frame) => {}
                Ok(Given::End) => break decoder.finish(),
                Err(fault) => break Err(fault),
            }
            let found = contrast(&frame);
            let is_good = decoder.frames() > FIRST && found >= CONTRAST_GOOD;
            if is_good || best.as_ref().is_none_or(|(least, _)| *least < found) {
                best = Some((found, frame.clone()));
            }
            if is_good || decoder.frames() >= LOOKS_MAX {
                break Ok(());
            }
        };
        match (best, ended) {
            (Some((_, pixels)), _) => Ok(Poster { width, height, rgb: without_alpha(&pixels) }),
            (None, Err(fault)) => Err(fault),
            (None, Ok(())) => Err(FilmFault::NoPicture),
        }
    }
}

/// A size of the same shape that fits, never larger than it is.
fn fitted((width, height): (u32, u32), (width_max, height_max): (u32, u32)) -> (u32, u32) {
    let [w, h, w_max, h_max] = [width, height, width_max.min(width), height_max.min(height)].map(u64::from);
    // The side that has to shrink more says how much.
    let (w, h) = if w * h_max > h * w_max { (w_max, h * w_max / w.max(1)) } else { (w * h_max / h.max(1), h_max) };
    let side = |side: u64| u32::try_from(side).unwrap_or(u32::MAX).max(1);
    (side(w), side(h))
}

fn without_alpha(pixels: &[u8]) -> Vec<u8> {
    pixels.chunks_exact(PIXEL_BYTES).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

/// How far pixels are from the mean brightness, in the mean, of 255. Every seventh counts.
fn contrast(pixels: &[u8]) -> u32 {
    let brightness = || {
        let looked_at = pixels.chunks_exact(PIXEL_BYTES).step_by(7);
        looked_at.map(|pixel| (u32::from(pixel[0]) * 2 + u32::from(pixel[1]) * 5 + u32::from(pixel[2])) / 8)
    };
    let mean_of = |values: &mut dyn Iterator<Item = u32>| {
        let (sum, count) = values.fold((0_u64, 0), |(sum, count), value| (sum + u64::from(value), count + 1));
        u32::try_from(sum / u64::max(count, 1)).unwrap_or(0)
    };
    let mean = mean_of(&mut brightness());
    mean_of(&mut brightness().map(|value| value.abs_diff(mean)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poster_has_the_shape_of_its_film_and_never_more_pixels() {
        assert_eq!(fitted((1920, 1080), (960, 960)), (960, 540));
        assert_eq!(fitted((1080, 1920), (960, 960)), (540, 960));
        assert_eq!(fitted((320, 240), (960, 960)), (320, 240));
        assert_eq!(fitted((10_000, 1), (100, 100)), (100, 1));
    }

    #[test]
    fn black_and_any_one_colour_show_nothing() {
        let black = [0, 0, 0, 255].repeat(1000);
        let blue = [20, 60, 200, 255].repeat(1000);
        let stripes: Vec<u8> = (0..1000).flat_map(|at| [if at % 3 == 0 { 255 } else { 0 }; 4]).collect();
        assert_eq!(contrast(&black), 0);
        assert_eq!(contrast(&blue), 0);
        assert!(contrast(&stripes) > CONTRAST_GOOD);
        assert_eq!(contrast(&[]), 0);
    }
}
