//! Makes one picture from its spec. Runs on the picture workers, never on the main thread.

use super::damage::Damage;
use super::spec::{MapMark, PictureSpec};
use crate::content::{Crop, MediaRef, Position};
use crate::film::GStreamer;
use crate::player::map::{self, Locator, MapColours, MapInks, Solid, Tiles, Vignette};
use crate::player::theme::{Colours, Ink};
use crate::store::{State, Store, stored_picture};
use image::{DynamicImage, ImageReader, Limits, RgbImage, RgbaImage, imageops::FilterType};
use include_dir::Dir;
use std::io::Cursor;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Pictures with more pixels than this on a side are refused before anything is allocated for them.
const SIDE_MAX_PX: u32 = 16_384;
/// Decoding one picture may take this much memory.
const DECODE_MAX_BYTES: u64 = 256 << 20;
/// Larger files are refused unread.
const FILE_MAX_BYTES: u64 = 64 << 20;
/// A vignette shows this far around its place.
const VIGNETTE_RADIUS_M: f64 = 150.0;

/// Where a content's pictures and map come from.
#[derive(Clone, Default)]
pub struct Gallery {
    pub files: Files,
    pub tiles: Arc<Tiles>,
    /// The town's logo, as its theme brings it.
    pub logo: Option<Arc<[u8]>>,
}

impl Gallery {
    /// Whether a picture looks as it did in another gallery: then it need not be made anew.
    pub fn draws_as(&self, other: &Self, spec: &PictureSpec) -> bool {
        match spec {
            PictureSpec::Media { .. } | PictureSpec::Film { .. } => match (&self.files, &other.files) {
                (Files::Stored(..), Files::Stored(..)) => true,
                (Files::Shipped(one), Files::Shipped(other)) => std::ptr::eq(*one, *other),
                // A file of the same name may be another by now.
                _ => false,
            },
            PictureSpec::Vignette { .. } | PictureSpec::Locator { .. } => Arc::ptr_eq(&self.tiles, &other.tiles),
            PictureSpec::Logo => self.logo == other.logo,
            PictureSpec::Qr(_) => true,
        }
    }
}

#[derive(Clone, Default)]
pub enum Files {
    #[default]
    None,
    Folder(PathBuf),
    Shipped(&'static Dir<'static>),
    /// Objects, named by [`crate::store::stored_picture`].
    Stored(Store, Damage),
}

impl Files {
    /// Whether there is a file of this name; whether it can be drawn shows when it is.
    pub fn has(&self, path: &str) -> bool {
        match self {
            Self::None => false,
            Self::Folder(root) => MediaRef::is_safe_path(path) && root.join(path).is_file(),
            Self::Shipped(root) => root.get_file(path).is_some(),
            Self::Stored(store, _) => stored_picture(path).is_some_and(|object| store.has(&object)),
        }
    }
}

impl Files {
    /// Where a film lies, for the programs that decode it.
    pub fn film(&self, path: &str) -> Option<PathBuf> {
        match self {
            Self::Folder(root) => MediaRef::is_safe_path(path).then(|| root.join(path)),
            Self::Stored(store, _) => store.place(&stored_picture(path)?),
            Self::Shipped(_) | Self::None => None,
        }
    }

    /// Looks at every byte of a film that came signed.
    fn check_film(&self, path: &str) -> Result<(), String> {
        let Self::Stored(store, damage) = self else { return Ok(()) };
        let object = stored_picture(path).ok_or_else(|| format!("{path}: no object has this name"))?;
        if store.check(&object) != State::Whole {
            damage.add(object);
            return Err(format!("{path}: it is not what was signed"));
        }
        Ok(())
    }
}

/// What the worker needs beside the spec.
#[derive(Clone)]
pub struct Easel {
    pub gallery: Gallery,
    pub colours: Colours,
    pub px_per_mm: f32,
    /// Height of capitals on the plates over maps.
    pub label_cap_mm: f32,
}

/// A finished picture and what the interface lays over it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
    pub labels: Vec<MapLabel>,
}

/// A name or number to lay on a plate over a map; `x` and `y` are its centre in px.
#[derive(Clone, Debug, PartialEq)]
pub struct MapLabel {
    pub text: String,
    pub x: f32,
    pub y: f32,
    pub is_number: bool,
}

/// Makes the picture `width` x `height` px large.
///
/// # Errors
/// A sentence for the problem list.
pub fn make(spec: &PictureSpec, width: u32, height: u32, easel: &Easel) -> Result<Made, String> {
    let plain = |width, height, rgba| Made { width, height, rgba, labels: Vec::new() };
    match spec {
        PictureSpec::Media { path, crop, focal } => {
            let picture = open(&easel.gallery.files, path)?;
            let fitted = match crop {
                Crop::Allowed => cover(&picture, width, height, focal.unwrap_or([0.5, 0.5])),
                Crop::Forbidden => whole(&picture, width, height),
            };
            Ok(plain(width, height, fitted.into_raw()))
        }
        PictureSpec::Film { path, still } => {
            easel.gallery.files.check_film(path)?;
            let picture = match still {
                Some(still) => open(&easel.gallery.files, still)?,
                None => first_picture(&easel.gallery.files, path, (width, height))?,
            };
            Ok(plain(width, height, cover(&picture, width, height, [0.5, 0.5]).into_raw()))
        }
        PictureSpec::Logo => {
            let logo = easel.gallery.logo.as_ref().ok_or_else(|| "the theme has no logo".to_owned())?;
            Ok(plain(width, height, whole(&decode(logo, "the theme's logo")?, width, height).into_raw()))
        }
        PictureSpec::Vignette { centre, ink } => {
            let wish = Vignette {
                centre: *centre,
                radius_m: VIGNETTE_RADIUS_M,
                width_px: width,
                height_px: height,
                px_per_mm: easel.px_per_mm,
                colours: MapColours::two_tints(opaque(&easel.colours, Ink::Paper), opaque(&easel.colours, *ink)),
                solid: Solid::Centre,
            };
            let picture = map::vignette(&easel.gallery.tiles, &wish);
            Ok(plain(picture.width, picture.height, picture.rgba))
        }
        PictureSpec::Locator { you, facing_degrees, marks } => {
            Ok(locate(*you, *facing_degrees, marks, (width, height), easel))
        }
        PictureSpec::Qr(link) => qr(link, width.min(height)),
    }
}

fn locate(
    you: Position,
    facing_degrees: f64,
    marks: &[MapMark],
    (width_px, height_px): (u32, u32),
    easel: &Easel,
) -> Made {
    let goals: Vec<_> = marks.iter().map(|mark| mark.position).collect();
    let colours = &easel.colours;
    let inks = MapInks {
        paper: opaque(colours, Ink::Paper),
        ink: opaque(colours, Ink::Ink),
        water: opaque(colours, Ink::Lake),
        green: opaque(colours, Ink::Moss),
        stone: opaque(colours, Ink::Terracotta),
        earth: opaque(colours, Ink::Ochre),
        you: opaque(colours, Ink::Alarm),
        goal: opaque(colours, Ink::Town),
    };
    let px_per_mm = easel.px_per_mm;
    let colours = MapColours::of_inks(&inks);
    let locator = Locator {
        you,
        facing_degrees,
        goals: &goals,
        width_px,
        height_px,
        px_per_mm,
        label_cap_mm: easel.label_cap_mm,
        colours,
    };
    let made = map::locator(&easel.gallery.tiles, &locator);
    let names =
        made.labels.into_iter().map(|label| MapLabel { text: label.text, x: label.x, y: label.y, is_number: false });
    let numbers = marks
        .iter()
        .zip(&made.heads_px)
        // The nearest comes first in lists, and lies on top.
        .rev()
        .filter_map(|(mark, (x, y))| Some(MapLabel { text: mark.number?.to_string(), x: *x, y: *y, is_number: true }));
    let labels = names.chain(numbers).collect();
    Made { width: made.picture.width, height: made.picture.height, rgba: made.picture.rgba, labels }
}

fn opaque(colours: &Colours, ink: Ink) -> [u8; 4] {
    let [red, green, blue] = colours.of(ink);
    [red, green, blue, 255]
}

/// Width and height in px of a picture as it is drawn; it is decoded whole.
///
/// # Errors
/// A sentence that names the file.
pub fn picture_size(files: &Files, path: &str) -> Result<(u32, u32), String> {
    open(files, path).map(|picture| (picture.width(), picture.height()))
}

/// Reads a picture within limits and turns it upright.
fn open(files: &Files, path: &str) -> Result<DynamicImage, String> {
    let relative = Path::new(path);
    if relative.components().any(|part| !matches!(part, Component::Normal(_))) {
        return Err(format!("{path}: not a plain path below media/"));
    }
    let bytes = match files {
        Files::None => return Err(format!("{path}: this content has no pictures")),
        Files::Folder(root) => {
            let full = root.join(relative);
            let size = std::fs::metadata(&full).map_err(|error| format!("{path}: {error}"))?.len();
            if size > FILE_MAX_BYTES {
                return Err(format!(
                    "{path}: {} MiB is more than the {} MiB a picture may have",
                    size >> 20,
                    FILE_MAX_BYTES >> 20
                ));
            }
            std::fs::read(&full).map_err(|error| format!("{path}: {error}"))?
        }
        Files::Shipped(root) => {
            root.get_file(relative).ok_or_else(|| format!("{path}: no such picture"))?.contents().to_vec()
        }
        Files::Stored(store, damage) => {
            let object = stored_picture(path).ok_or_else(|| format!("{path}: names no object"))?;
            if object.length > FILE_MAX_BYTES {
                return Err(format!("{path}: more than the {} MiB a picture may have", FILE_MAX_BYTES >> 20));
            }
            store.read(&object).map_err(|error| {
                damage.add(object);
                format!("picture {}: {error}", object.hash)
            })?
        }
    };
    decode(&bytes, path)
}

/// What a film without a still picture of it begins with.
fn first_picture(files: &Files, path: &str, (width, height): (u32, u32)) -> Result<DynamicImage, String> {
    let file = files.film(path).ok_or_else(|| format!("{path}: no film lies there"))?;
    let poster = GStreamer::of_the_system().poster(&file, width, height);
    let poster = poster.map_err(|fault| format!("{path}: {fault}"))?;
    let picture = RgbImage::from_raw(poster.width, poster.height, poster.rgb);
    picture.map(DynamicImage::ImageRgb8).ok_or_else(|| format!("{path}: its picture has an odd size"))
}

fn decode(bytes: &[u8], path: &str) -> Result<DynamicImage, String> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| format!("{path}: {error}"))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX_PX);
    limits.max_image_height = Some(SIDE_MAX_PX);
    limits.max_alloc = Some(DECODE_MAX_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| format!("{path}: {error}"))?;
    let orientation =
        image::ImageDecoder::orientation(&mut decoder).unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| format!("{path}: {error}"))?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Fills the frame, cropping around the focal point.
fn cover(picture: &DynamicImage, width: u32, height: u32, focal: [f32; 2]) -> RgbaImage {
    let (full_width, full_height) = (picture.width() as f32, picture.height() as f32);
    let scale = (full_width / width as f32).min(full_height / height as f32);
    let (crop_width, crop_height) = ((width as f32 * scale).min(full_width), (height as f32 * scale).min(full_height));
    let x = (full_width * focal[0] - crop_width / 2.0).clamp(0.0, full_width - crop_width);
    let y = (full_height * focal[1] - crop_height / 2.0).clamp(0.0, full_height - crop_height);
    let cut = picture.crop_imm(x as u32, y as u32, (crop_width as u32).max(1), (crop_height as u32).max(1));
    cut.resize_exact(width, height, FilterType::Triangle).into_rgba8()
}

/// Stands whole in the frame, with nothing around it.
fn whole(picture: &DynamicImage, width: u32, height: u32) -> RgbaImage {
    let fitted = picture.resize(width, height, FilterType::Triangle).into_rgba8();
    let mut framed = RgbaImage::new(width, height);
    let (x, y) = ((width - fitted.width().min(width)) / 2, (height - fitted.height().min(height)) / 2);
    image::imageops::replace(&mut framed, &fitted, i64::from(x), i64::from(y));
    framed
}

/// Around a QR code, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

fn qr_code(link: &str) -> Result<fast_qr::QRCode, String> {
    fast_qr::QRBuilder::new(link).build().map_err(|_| format!("{link}: too long for a QR code"))
}

/// How many modules the code of a link has on a side, without the quiet zone, and with it.
///
/// # Errors
/// A sentence where no code has room for the link.
pub fn qr_modules(link: &str) -> Result<(usize, usize), String> {
    qr_code(link).map(|code| (code.size, code.size + 2 * QUIET))
}

/// A QR code with its quiet zone.
fn qr(link: &str, side: u32) -> Result<Made, String> {
    let code = qr_code(link)?;
    let modules = code.size + 2 * QUIET;
    let module_px = (side as usize / modules).max(1);
    let size = modules * module_px;
    let mut rgba = vec![255; size * size * 4];
    for y in 0..size {
        for x in 0..size {
            let (column, row) = ((x / module_px).wrapping_sub(QUIET), (y / module_px).wrapping_sub(QUIET));
            if column < code.size && row < code.size && code[row][column].value() {
                let at = (y * size + x) * 4;
                rgba[at..at + 3].fill(0);
            }
        }
    }
    let size = size as u32;
    Ok(Made { width: size, height: size, rgba, labels: Vec::new() })
}
