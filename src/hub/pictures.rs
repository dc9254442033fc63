//! Pictures as display groups need them: what is larger than the largest panel of the group is scaled down, and what a
//! camera wrote beside the pixels goes. Everything else, films among it, stays as it is, byte for byte.

use super::films;
use super::side_by_side::{Progress, side_by_side};
use super::{HubError, Site};
use crate::content::MediaRef;
use crate::import::pictures::upright;
use crate::publication::{Digest, Object, Rendition, object_path};
use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader, Limits};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

/// Larger pictures are refused unread.
const FILE_BYTES_MAX: u64 = 64 << 20;
/// Pictures with more pixels on a side are refused before anything is allocated for them.
const SIDE_MAX_PX: u32 = 16_384;
/// Decoding one picture may take this much memory.
const DECODE_BYTES_MAX: u64 = 256 << 20;
const JPEG_QUALITY: u8 = 85;

/// Which renditions were made of which files, so that publishing again does not make them again.
const MADE: &str = "renditions.json";
const MADE_BYTES_MAX: u64 = 64 << 20;

/// A picture below `media/` and the longest side that is needed of it, in px.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    pub path: String,
    pub longest_px: u32,
}

/// What became of each picture: its rendition, or in a sentence why there is none.
pub type Renditions = BTreeMap<Wanted, Result<Rendition, String>>;

/// By what [`made_key`] says.
#[derive(Default, Serialize, Deserialize)]
struct Made(BTreeMap<String, Rendition>);

/// The file it is made of, what is made of it, and by which way of making it.
fn made_key(source: Digest, wanted: &Wanted) -> String {
    let kind = if films::of_poster(&wanted.path).is_some() { "-poster" } else { "" };
    format!("{source}-{}{kind}-without-metadata", wanted.longest_px)
}

/// Makes what is not made yet, and puts all of it among the objects.
///
/// # Errors
/// Those of the publication's disk; a picture that cannot be used costs only itself.
pub fn make_all(
    wanted: BTreeSet<Wanted>,
    media_root: &Path,
    site: &Site,
    progress: Progress<'_>,
) -> Result<Renditions, HubError> {
    let before = site.read(MADE, MADE_BYTES_MAX)?.and_then(|text| serde_json::from_slice::<Made>(&text).ok());
    let before = before.unwrap_or_default();
    let wanted: Vec<Wanted> = wanted.into_iter().collect();
    let made = side_by_side(&wanted, "pictures", progress, |one| make(one, media_root, &before, site));
    let (mut now, mut renditions) = (Made::default(), Renditions::new());
    for (one, made) in wanted.into_iter().zip(made) {
        let result = match made? {
            Ok((source, rendition)) => {
                now.0.insert(made_key(source, &one), rendition);
                Ok(rendition)
            }
            Err(why) => Err(why),
        };
        renditions.insert(one, result);
    }
    if now.0 != before.0 {
        let text = serde_json::to_vec(&now).map_err(|error| HubError::refused(error.to_string()))?;
        site.write_one_of_many(MADE, &text)?;
    }
    Ok(renditions)
}

/// The outer error is the publication's disk, the inner one the picture's own.
type Outcome = Result<Result<(Digest, Rendition), String>, HubError>;

fn make(wanted: &Wanted, media_root: &Path, before: &Made, site: &Site) -> Outcome {
    let film = films::of_poster(&wanted.path);
    let path = media_root.join(film.unwrap_or(&wanted.path));
    let is_film = MediaRef::is_film(&wanted.path);
    let bytes = match read(&path, if is_film || film.is_some() { Object::BYTES_MAX } else { FILE_BYTES_MAX }) {
        Ok(bytes) => bytes,
        Err(why) => return Ok(Err(why)),
    };
    let source = Digest::of(&bytes);
    if let Some(known) = before.0.get(&made_key(source, wanted))
        && is_whole(site, &known.object())?
    {
        return Ok(Ok((source, *known)));
    }
    let made = match film {
        Some(_) => films::poster(&path, wanted.longest_px),
        None if is_film => films::size(&path).map(|(width, height)| (bytes, width, height)),
        None => scale(bytes, wanted.longest_px),
    };
    let (bytes, width, height) = match made {
        Ok(made) => made,
        Err(why) => return Ok(Err(why)),
    };
    let object = put(site, &bytes)?;
    Ok(Ok((source, Rendition { hash: object.hash, length: object.length, width, height })))
}

/// Puts bytes among the objects, unless they lie there whole.
///
/// # Errors
/// Those of the disk.
pub fn put(site: &Site, bytes: &[u8]) -> Result<Object, HubError> {
    let object = Object::of(bytes);
    if !is_whole(site, &object)? {
        site.write_one_of_many(&format!("objects/{}", object.path()), bytes)?;
    }
    Ok(object)
}

/// Whether an object lies in the publication with every byte right.
///
/// # Errors
/// Those of the disk.
pub fn is_whole(site: &Site, object: &Object) -> Result<bool, HubError> {
    let path = format!("objects/{}", object_path(object.hash));
    match site.read(&path, object.length.min(Object::BYTES_MAX)) {
        Ok(Some(bytes)) => Ok(Object::of(&bytes) == *object),
        Ok(None) => Ok(false),
        Err(HubError::Disk { error, .. }) if error.kind() == std::io::ErrorKind::FileTooLarge => Ok(false),
        Err(error) => Err(error),
    }
}

fn read(path: &Path, bytes_max: u64) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| error.to_string();
    let file = File::open(path).map_err(told)?;
    let length = file.metadata().map_err(told)?.len();
    if length > bytes_max {
        return Err(format!("{} MiB is more than the {} MiB it may have", length >> 20, bytes_max >> 20));
    }
    let mut bytes = Vec::new();
    file.take(bytes_max).read_to_end(&mut bytes).map_err(told)?;
    Ok(bytes)
}

/// The picture as a file whose longest side fits, with its width and height as it is seen.
///
/// # Errors
/// When it is none, or larger than any that is read.
pub fn scale(bytes: Vec<u8>, longest_px: u32) -> Result<(Vec<u8>, u32, u32), String> {
    let told = |error: image::ImageError| error.to_string();
    let mut reader = ImageReader::new(Cursor::new(&bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX_PX);
    limits.max_image_height = Some(SIDE_MAX_PX);
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(told)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let is_personal = [decoder.exif_metadata(), decoder.xmp_metadata(), decoder.iptc_metadata()]
        .iter()
        .any(|metadata| !matches!(metadata, Ok(None)));
    let (width, height) = decoder.dimensions();
    let largest = width.max(height);
    // It is decoded in any case: what nobody can decode is told now, and not on the panel.
    let mut picture = DynamicImage::from_decoder(decoder).map_err(told)?;
    if largest <= longest_px && is_personal {
        // Encoded anew, without where and with what it was taken.
        let (bytes, _) = upright(&bytes)?;
        picture.apply_orientation(orientation);
        return Ok((bytes, picture.width(), picture.height()));
    }
    if largest <= longest_px {
        let turned = matches!(
            orientation,
            Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
        );
        let (width, height) = if turned { (height, width) } else { (width, height) };
        return Ok((bytes, width, height));
    }
    picture.apply_orientation(orientation);
    let fitting = |side: u32| (u64::from(side) * u64::from(longest_px) / u64::from(largest)).max(1) as u32;
    let (width, height) = (fitting(picture.width()), fitting(picture.height()));
    Ok((resized(&picture, width, height)?, width, height))
}

fn resized(picture: &DynamicImage, width: u32, height: u32) -> Result<Vec<u8>, String> {
    let has_alpha = picture.color().has_alpha();
    let (full, pixel) = if has_alpha {
        (picture.to_rgba8().into_raw(), PixelType::U8x4)
    } else {
        (picture.to_rgb8().into_raw(), PixelType::U8x3)
    };
    let from = Image::from_vec_u8(picture.width(), picture.height(), full, pixel).map_err(|error| error.to_string())?;
    let mut to = Image::new(width, height, pixel);
    Resizer::new().resize(&from, &mut to, None).map_err(|error| error.to_string())?;
    let mut file = Vec::new();
    let written = if has_alpha {
        PngEncoder::new(&mut file).write_image(to.buffer(), width, height, ExtendedColorType::Rgba8)
    } else {
        JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY).encode(
            to.buffer(),
            width,
            height,
            ExtendedColorType::Rgb8,
        )
    };
    written.map_err(|error| error.to_string())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgba, RgbaImage};

    fn file(width: u32, height: u32, alpha: u8, format: ImageFormat) -> Vec<u8> {
        let picture = RgbaImage::from_fn(width, height, |x, y| Rgba([x as u8, y as u8, 90, alpha]));
        let mut file = Vec::new();
        let picture = DynamicImage::ImageRgba8(picture);
        let picture = if alpha == 255 { DynamicImage::ImageRgb8(picture.to_rgb8()) } else { picture };
        picture.write_to(&mut Cursor::new(&mut file), format).unwrap();
        file
    }

    /// A JPEG that says in its EXIF data that it is to be turned by 90 degrees.
    fn turned(jpeg: &[u8]) -> Vec<u8> {
        let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let length = (exif.len() as u16 + 2).to_be_bytes();
        [&jpeg[..2], b"\xff\xe1", &length, exif, &jpeg[2..]].concat()
    }

    #[test]
    fn small_pictures_stay_as_they_are_and_large_ones_fit() {
        let small = file(40, 20, 255, ImageFormat::Jpeg);
        assert_eq!(scale(small.clone(), 40).unwrap(), (small, 40, 20));
        let (bytes, width, height) = scale(file(400, 100, 255, ImageFormat::Png), 40).unwrap();
        assert_eq!((width, height), (40, 10));
        assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Jpeg);
        let (bytes, ..) = scale(file(400, 100, 120, ImageFormat::Png), 40).unwrap();
        assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Png);
        assert_eq!(image::load_from_memory(&bytes).unwrap().to_rgba8().get_pixel(3, 3).0[3], 120);
    }

    #[test]
    fn a_picture_taken_upright_stays_upright() {
        let lying = turned(&file(400, 100, 255, ImageFormat::Jpeg));
        let (_, width, height) = scale(lying.clone(), 40).unwrap();
        assert_eq!((width, height), (10, 40));
        // What a camera says goes, and with it how to turn it: it is turned already.
        let (bytes, width, height) = scale(lying.clone(), 400).unwrap();
        assert_eq!((width, height), (100, 400));
        let read = image::load_from_memory(&bytes).unwrap();
        assert_eq!((read.width(), read.height()), (100, 400));
        assert!(!bytes.windows(4).any(|part| part == b"Exif"));
    }

    #[test]
    fn what_is_too_large_or_no_picture_is_refused() {
        assert!(scale(b"no picture".to_vec(), 40).is_err());
        // A PNG head that says 20,000 x 20,000.
        let mut bomb = file(4, 4, 255, ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
        assert!(scale(bomb, 40).is_err());
    }
}
