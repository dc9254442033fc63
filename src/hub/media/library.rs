//! From a file that somebody sent to an entry of the library.

use super::files::{MediaFiles, shown_name};
use super::film_metadata;
use crate::hub::app::Hub;
use crate::hub::store::{By, Media, Store, StoreError};
use crate::hub::uploads::Upload;
use crate::hub::{films, pictures};
use crate::import::pictures::upright;
use crate::publication::{Digest, Object};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use thiserror::Error;
use uuid::Uuid;

/// The longest sides of the working pictures that pages show, in px, by name.
pub const SIDES: [(&str, u32); 2] = [("small", 480), ("large", 1600)];

/// What is kept of the longest side of a picture, in px: the largest panels have that many.
const KEPT_PX: u32 = 7680;
/// A picture may have so many pixels, whatever its file weighs.
const PIXELS_MAX: u64 = 80_000_000;
const SIDE_MAX_PX: u32 = 16_384;
/// The largest file of a picture, in bytes: what a publication reads at most.
const PICTURE_BYTES_MAX: u64 = 64 << 20;
/// The largest PDF, in bytes.
const PDF_BYTES_MAX: u64 = 64 << 20;
const JPEG_QUALITY: u8 = 90;

/// Below the folder of media: what came through the library.
const LIBRARY: &str = "library";

/// What a file is, by what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incoming {
    Picture(ImageFormat),
    /// The ending that players know it by.
    Film(&'static str),
    Pdf,
}

/// Why a file is not kept.
#[derive(Debug, Error)]
pub enum NotKept {
    /// The key of the words for it.
    #[error("{0}")]
    Refused(&'static str),
    #[error("{0}")]
    Disk(#[from] io::Error),
    #[error("{0}")]
    Store(#[from] StoreError),
}

impl Incoming {
    /// What its first bytes say; its name and what the browser says of it count for nothing. Drawings made of text (SVG)
    /// can carry programs, and are none of these.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn of(path: &Path) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        File::open(path)?.take(1024).read_to_end(&mut head)?;
        let format = image::guess_format(&head).ok();
        Ok(match format {
            Some(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Some(Self::Picture(format)),
            _ if head.starts_with(b"%PDF-") => Some(Self::Pdf),
            _ if head.get(4..8) == Some(b"ftyp") => Some(Self::Film("mp4")),
            _ if head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) => Some(Self::Film("webm")),
            _ => None,
        })
    }
}

/// A picture or film, looked at and stored; an entry that no store knows yet.
///
/// # Errors
/// When it is none that can be shown, or the disk fails.
pub fn keep(files: &MediaFiles, upload: &Upload) -> Result<Media, NotKept> {
    if upload.is_too_large {
        return Err(NotKept::Refused("upload-too-large"));
    }
    let kind = Incoming::of(upload.path())?.ok_or(NotKept::Refused("upload-no-picture"))?;
    let media = match kind {
        Incoming::Picture(format) => picture(files, upload.path(), format)?,
        Incoming::Film(ending) => film(files, upload.path(), ending)?,
        Incoming::Pdf => return Err(NotKept::Refused("upload-pdf")),
    };
    Ok(Media { name: upload.name.clone(), ..media })
}

/// The first page of a PDF, drawn, as a picture of the library; the PDF itself is its original.
///
/// # Errors
/// When the disk fails, or what was drawn is no picture.
pub fn keep_page(files: &MediaFiles, upload: &Upload, drawn: &Path) -> Result<Media, NotKept> {
    let page = picture(files, drawn, ImageFormat::Jpeg)?;
    let original = files.keep_original(upload.path(), "pdf")?;
    Ok(Media { name: upload.name.clone(), original, ..page })
}

/// # Errors
/// Those of the disk.
pub fn is_pdf_too_large(path: &Path) -> io::Result<bool> {
    Ok(std::fs::metadata(path)?.len() > PDF_BYTES_MAX)
}

fn entry(file: String, size: (u32, u32), bytes: usize) -> Media {
    let id = Uuid::now_v7().to_string();
    Media { id, file, width: size.0, height: size.1, bytes: bytes as i64, ..Media::default() }
}

fn picture(files: &MediaFiles, path: &Path, format: ImageFormat) -> Result<Media, NotKept> {
    if std::fs::metadata(path)?.len() > PICTURE_BYTES_MAX {
        return Err(NotKept::Refused("upload-too-large"));
    }
    let bytes = std::fs::read(path)?;
    // Before anything is unpacked: a small file can say that it holds a picture larger than the memory.
    let mut reader = ImageReader::new(Cursor::new(&bytes));
    reader.set_format(format);
    let (width, height) = reader.into_dimensions().map_err(|_| NotKept::Refused("upload-no-picture"))?;
    if width.max(height) > SIDE_MAX_PX || u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(NotKept::Refused("upload-too-many-pixels"));
    }
    // Encoded anew: nothing stays that stood beside the pixels, such as where and with which telephone it was taken.
    let (mut shown, ending) = upright(&bytes).map_err(|_| NotKept::Refused("upload-no-picture"))?;
    if width.max(height) > KEPT_PX {
        shown = pictures::scale(shown, KEPT_PX).map_err(|_| NotKept::Refused("upload-no-picture"))?.0;
    }
    let size = size_of(&shown)?;
    let original = files.keep_original(path, format.extensions_str().first().copied().unwrap_or("bin"))?;
    let length = shown.len();
    Ok(Media { original, ..entry(files.show(shown, LIBRARY, ending)?, size, length) })
}

fn size_of(bytes: &[u8]) -> Result<(u32, u32), NotKept> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    reader.into_dimensions().map_err(|_| NotKept::Refused("upload-no-picture"))
}

fn film(files: &MediaFiles, path: &Path, ending: &str) -> Result<Media, NotKept> {
    let length = std::fs::metadata(path)?.len();
    if length > Object::BYTES_MAX {
        return Err(NotKept::Refused("upload-too-large"));
    }
    let size = films::size(path).map_err(|_| NotKept::Refused("upload-no-film"))?;
    if ending == "mp4" {
        film_metadata::blank(path).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => NotKept::Refused("upload-no-film"),
            _ => NotKept::Disk(error),
        })?;
    }
    let file = files.show_file(path, LIBRARY, ending)?;
    Ok(Media { is_film: true, ..entry(file, size, length as usize) })
}

/// A part of a picture's original in its place: left, top, width and height as fractions; none for all of it.
///
/// # Errors
/// When that is no part of it, it cannot be read, or the disk fails.
pub fn cut(files: &MediaFiles, media: &Media, part: Option<[f32; 4]>) -> Result<Media, NotKept> {
    let source = if media.original.is_empty() { shown_name(&media.file) } else { media.original.clone() };
    if source.ends_with(".pdf") {
        return Err(NotKept::Refused("cut-of-page"));
    }
    let bytes = files.read(&source, PICTURE_BYTES_MAX)?;
    let (whole, ending) = upright(&bytes).map_err(|_| NotKept::Refused("upload-no-picture"))?;
    let bytes = match part {
        None => whole,
        Some(part) => cut_out(&whole, part, ending)?,
    };
    let (bytes, ..) = pictures::scale(bytes, KEPT_PX).map_err(|_| NotKept::Refused("upload-no-picture"))?;
    let (size, length) = (size_of(&bytes)?, bytes.len());
    let original = if media.original.is_empty() { first_file(files, media)? } else { media.original.clone() };
    let file = files.show(bytes, LIBRARY, ending)?;
    let focal = media.focal.and_then(|focal| moved(focal, media.cut, part));
    Ok(Media { file, original, width: size.0, height: size.1, bytes: length as i64, cut: part, focal, ..media.clone() })
}

/// A picture that did not come through the library has no other original than itself.
fn first_file(files: &MediaFiles, media: &Media) -> io::Result<String> {
    let ending = media.file.rsplit('.').next().unwrap_or("bin");
    files.keep_original(&files.path(&media.file), ending)
}

/// Where a point lies after another part was cut out; none where it was cut away.
fn moved(focal: [f32; 2], before: Option<[f32; 4]>, now: Option<[f32; 4]>) -> Option<[f32; 2]> {
    let whole = [0.0, 0.0, 1.0, 1.0];
    let (from, to) = (before.unwrap_or(whole), now.unwrap_or(whole));
    let at = |axis: usize| (from[axis] + focal[axis] * from[axis + 2] - to[axis]) / to[axis + 2];
    let point = [at(0), at(1)];
    point.iter().all(|part| (0.0..=1.0).contains(part)).then_some(point)
}

fn cut_out(bytes: &[u8], [left, top, width, height]: [f32; 4], ending: &str) -> Result<Vec<u8>, NotKept> {
    let unreadable = |_| NotKept::Refused("upload-no-picture");
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let profile = decoder.icc_profile().ok().flatten();
    let picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    let px = |part: f32, of: u32| (f64::from(part) * f64::from(of)).round() as u32;
    let (all_width, all_height) = (picture.width(), picture.height());
    let (x, y) = (px(left, all_width).min(all_width - 1), px(top, all_height).min(all_height - 1));
    let (w, h) = (px(width, all_width).clamp(1, all_width - x), px(height, all_height).clamp(1, all_height - y));
    let part = picture.crop_imm(x, y, w, h);
    let mut file = Vec::new();
    let written = if ending == "png" {
        encode(PngEncoder::new(&mut file), profile, &part)
    } else {
        encode(JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY), profile, &part)
    };
    written.map_err(unreadable)?;
    Ok(file)
}

fn encode(mut encoder: impl ImageEncoder, profile: Option<Vec<u8>>, picture: &DynamicImage) -> image::ImageResult<()> {
    if let Some(profile) = profile {
        // A format that takes none shows the colours without it.
        let _ = encoder.set_icc_profile(profile);
    }
    encoder.write_image(picture.as_bytes(), picture.width(), picture.height(), picture.color().into())
}

/// A working picture for pages, and its media type: made once, then kept beside.
///
/// # Errors
/// When there is no such file, or nothing can be made of it.
pub fn rendition(files: &MediaFiles, media: &Media, longest_px: u32) -> io::Result<(Vec<u8>, &'static str)> {
    if let Some(kept) = kept_rendition(files, media, longest_px) {
        return Ok(kept);
    }
    let made = if media.is_film {
        films::poster(&files.path(&media.file), longest_px).map(|(bytes, ..)| bytes)
    } else {
        pictures::scale(files.read(&shown_name(&media.file), PICTURE_BYTES_MAX)?, longest_px).map(|(bytes, ..)| bytes)
    };
    let bytes = made.map_err(io::Error::other)?;
    files.put(&rendition_name(media, longest_px), bytes.clone())?;
    Ok(with_kind(bytes))
}

/// One that was made before.
pub fn kept_rendition(files: &MediaFiles, media: &Media, longest_px: u32) -> Option<(Vec<u8>, &'static str)> {
    files.read(&rendition_name(media, longest_px), PICTURE_BYTES_MAX).ok().map(with_kind)
}

fn rendition_name(media: &Media, longest_px: u32) -> String {
    format!("thumbnails/{}-{longest_px}", Digest::of(media.file.as_bytes()))
}

fn with_kind(bytes: Vec<u8>) -> (Vec<u8>, &'static str) {
    let kind = image::guess_format(&bytes).map_or("application/octet-stream", |format| format.to_mime_type());
    (bytes, kind)
}

/// Removes the files of an entry that is gone, unless something else needs them.
///
/// # Errors
/// Those of the store and the disk.
pub fn forget(files: &MediaFiles, store: &dyn Store, media: &Media) -> Result<(), NotKept> {
    for (_, side) in SIDES {
        files.remove(&rendition_name(media, side))?;
    }
    for (file, name) in [(&media.file, shown_name(&media.file)), (&media.original, media.original.clone())] {
        let is_ours = file.starts_with(LIBRARY) || file.starts_with("originals/");
        if is_ours && !store.needs_file(file)? {
            files.remove(&name)?;
        }
    }
    Ok(())
}

/// Removes what an upload or a removal left behind that was broken off.
///
/// # Errors
/// Those of the store and the disk.
pub fn sweep(files: &MediaFiles, store: &dyn Store) -> Result<(), NotKept> {
    for (folder, shown) in [(shown_name(LIBRARY), true), ("originals".to_owned(), false)] {
        for name in files.names(&folder)? {
            let file = if shown { name.trim_start_matches("media/") } else { &name };
            if !store.needs_file(file)? {
                files.remove(&name)?;
            }
        }
    }
    Ok(())
}

/// Takes into the library what items show and it does not know: what a town began with, or a source brought.
///
/// # Errors
/// Those of the store. A file that is no picture stays outside.
pub fn adopt(hub: &Hub, by: By<'_>) -> Result<usize, StoreError> {
    let mut adopted = 0;
    for known in hub.store.media_unknown()? {
        let path = hub.files.path(&known.path);
        let Ok(length) = std::fs::metadata(&path).map(|data| data.len()) else { continue };
        let is_film = crate::content::MediaRef::is_film(&known.path);
        let size = if is_film {
            films::size(&path).ok()
        } else {
            ImageReader::open(&path)
                .and_then(ImageReader::with_guessed_format)
                .ok()
                .and_then(|it| it.into_dimensions().ok())
        };
        let Some((width, height)) = size else { continue };
        let media = Media {
            id: Uuid::now_v7().to_string(),
            name: known.path.rsplit('/').next().unwrap_or_default().to_owned(),
            file: known.path,
            is_film,
            width,
            height,
            bytes: length as i64,
            alt: known.alt,
            credit: known.credit,
            licence: known.licence,
            focal: known.focal,
            ..Media::default()
        };
        adopted += usize::from(hub.store.add_media(&media, by)?);
    }
    Ok(adopted)
}
