//! Pictures are kept at half size and compared with a tolerance: rasterisers differ in the last digit.

use image::RgbImage;
use image::imageops::FilterType;
use parvis::player::render::Shot;
use std::path::Path;

/// A pixel differs when a channel is off by more than this.
const CHANNEL_MAX: u8 = 40;
/// Pictures differ when more than this share of pixels does.
pub const SHARE_MAX: f64 = 0.002;

/// Compares with the picture at `path`; writes it when `bless`. A difference leaves `*.actual.png` and `*.diff.png`.
pub fn compare(shot: &Shot, path: &Path, bless: bool) -> Result<(), String> {
    let actual = half(shot)?;
    let name = path.display();
    if bless {
        return save(&actual, path);
    }
    let expected = image::open(path).map_err(|error| format!("{name}: {error}; PARVIS_BLESS=1 writes it"))?.into_rgb8();
    let (off, diff) = difference(&expected, &actual);
    let share = f64::from(off) / f64::from(actual.width() * actual.height()).max(1.0);
    if expected.dimensions() == actual.dimensions() && share <= SHARE_MAX {
        return Ok(());
    }
    save(&actual, &path.with_extension("actual.png"))?;
    save(&diff, &path.with_extension("diff.png"))?;
    Err(format!(
        "{name}: {:.2} % of the picture is different; see *.actual.png and *.diff.png beside it",
        share * 100.0
    ))
}

/// The share of pixels, 0 to 1, in which two pictures of the same size differ, at half size.
pub fn different_share(one: &Shot, other: &Shot) -> Result<f64, String> {
    let (one, other) = (half(one)?, half(other)?);
    let (off, _) = difference(&one, &other);
    Ok(f64::from(off) / f64::from(one.width() * one.height()).max(1.0))
}

/// Writes the picture at half size, for whoever wants to see what went wrong.
pub fn keep(shot: &Shot, path: &Path) -> Result<(), String> {
    save(&half(shot)?, path)
}

fn save(picture: &RgbImage, path: &Path) -> Result<(), String> {
    picture.save(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn half(shot: &Shot) -> Result<RgbImage, String> {
    let whole = image::RgbaImage::from_raw(shot.width, shot.height, shot.rgba.clone());
    let whole = image::DynamicImage::ImageRgba8(whole.ok_or("the picture has an odd size")?).into_rgb8();
    Ok(image::imageops::resize(&whole, shot.width / 2, shot.height / 2, FilterType::Triangle))
}

/// How many pixels differ, and a picture with those in red.
fn difference(expected: &RgbImage, actual: &RgbImage) -> (u32, RgbImage) {
    let mut off = 0;
    let mut diff = actual.clone();
    for (x, y, pixel) in diff.enumerate_pixels_mut() {
        let wanted = expected.get_pixel_checked(x, y);
        let alike = wanted
            .is_some_and(|wanted| wanted.0.iter().zip(pixel.0).all(|(one, other)| one.abs_diff(other) <= CHANNEL_MAX));
        if alike {
            pixel.0 = pixel.0.map(|part| 255 - (255 - part) / 4);
        } else {
            off += 1;
            pixel.0 = [220, 0, 0];
        }
    }
    (off, diff)
}
