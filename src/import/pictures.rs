use super::fetch::{Ask, FetchError, Web};
use super::record_id::digits_of;
use super::unfinished_file::write_whole;
use crate::content::{Crop, Localized, MediaRef};
use chrono::{DateTime, TimeDelta, Utc};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use url::Url;

/// The largest picture that is fetched, in bytes: a press photo, uncut.
const BYTES_MAX: u64 = 40 << 20;
/// The most memory that a picture may take unpacked, in bytes.
const UNPACKED_MAX: u64 = 320 << 20;
const SIDE_MAX: u32 = 20_000;
/// Fine enough for a second encoding not to be seen.
const QUALITY: u8 = 90;
/// How long a picture that was fetched is taken to be the same.
const TRUSTED: TimeDelta = TimeDelta::days(7);

/// A picture where its source has it; whoever takes the items may fetch it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Address of the picture.
    pub url: String,
    pub alt: Localized,
    pub credit: String,
    pub licence: String,
}

/// The folder that pictures are kept in, each under the hash of what it holds.
#[derive(Debug)]
pub struct PictureFolder {
    folder: PathBuf,
    /// The part of a picture's path that keeps it apart from those that staff put into the folder; empty or ending in /.
    below: &'static str,
    now: DateTime<Utc>,
    /// What was fetched, by what the web knows its address by.
    pub kept: BTreeMap<String, KeptPicture>,
    /// The addresses that were needed.
    used: HashSet<String>,
    /// Whether one did not come that may come another time.
    pub missed: bool,
}

/// A picture that lies in the folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptPicture {
    /// Its path below the folder.
    pub path: String,
    pub fetched: DateTime<Utc>,
}

impl PictureFolder {
    pub fn new(folder: &Path, now: DateTime<Utc>) -> Self {
        Self { folder: folder.to_owned(), below: "", now, kept: BTreeMap::new(), used: HashSet::new(), missed: false }
    }

    /// Puts the pictures into a folder of their own there.
    #[must_use]
    pub fn below(self, below: &'static str) -> Self {
        Self { below, ..self }
    }

    /// Fetches a picture unless it is here already: decoded, turned upright, without what its camera wrote into it.
    ///
    /// # Errors
    /// In words for staff: it is not there, or it is none.
    pub fn bring(&mut self, web: &mut Web, picture: &Picture) -> Result<MediaRef, String> {
        let path = self.path(web, &picture.url)?;
        Ok(MediaRef {
            path,
            alt: picture.alt.clone(),
            credit: picture.credit.clone(),
            licence: picture.licence.clone(),
            crop: picture.crop(),
            focal: None,
        })
    }

    /// Forgets the addresses that nothing needed.
    pub fn forget_unused(&mut self) {
        self.kept.retain(|address, _| self.used.contains(address));
    }

    fn path(&mut self, web: &mut Web, address: &str) -> Result<String, String> {
        let url = Url::parse(address).map_err(|error| format!("not the address of a picture: {error}"))?;
        let mark = web.mark(&url);
        self.used.insert(mark.clone());
        let known = self.kept.get(&mark).filter(|kept| self.folder.join(&kept.path).is_file()).cloned();
        if let Some(known) = known.as_ref().filter(|known| self.now - known.fetched < TRUSTED) {
            return Ok(known.path.clone());
        }
        let accept = "image/jpeg, image/png, image/webp";
        let ask = Ask { accept, bytes_max: BYTES_MAX, always: known.is_none(), is_picture: true, ..Ask::default() };
        let path = match (web.get(&url, &ask), known) {
            (Ok(Some(page)), _) => self.keep(&page.bytes)?,
            (Ok(None), Some(known)) => known.path,
            (Ok(None), None) => return Err(FetchError::unasked(&url).reason),
            // One that is here and cannot be looked at again is still the one to show.
            (Err(error), Some(known)) if error.is_passing => return Ok(known.path),
            (Err(error), _) => {
                self.missed |= error.is_passing;
                return Err(error.reason);
            }
        };
        self.kept.insert(mark, KeptPicture { path: path.clone(), fetched: self.now });
        Ok(path)
    }

    fn keep(&self, bytes: &[u8]) -> Result<String, String> {
        let (bytes, extension) = upright(bytes)?;
        let name = format!("{}{}.{extension}", self.below, digits_of(&bytes, 32));
        let path = self.folder.join(&name);
        if !path.is_file() {
            write_whole(&path, &bytes).map_err(|error| format!("cannot be kept: {error}"))?;
        }
        Ok(name)
    }
}

/// Decodes a picture and encodes it anew: turned as its camera says, with its colour profile and nothing else that
/// stood beside the pixels. Returns the bytes and the extension of their format.
///
/// # Errors
/// In words for staff, when it is no JPEG, PNG or WebP picture, or too large.
pub fn upright(bytes: &[u8]) -> Result<(Vec<u8>, &'static str), String> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    let format = reader.format().ok_or("not a picture that can be shown: JPEG, PNG or WebP is expected")?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE_MAX), Some(SIDE_MAX));
    limits.max_alloc = Some(UNPACKED_MAX);
    reader.limits(limits);
    let in_words = |error: image::ImageError| format!("not a picture that can be shown: {error}");
    let mut decoder = reader.into_decoder().map_err(in_words)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) * 4 > UNPACKED_MAX {
        return Err(format!("{width} x {height} pixels: larger than any screen can use"));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(in_words)?;
    picture.apply_orientation(orientation);
    let as_png = picture.color().has_alpha() || format == ImageFormat::Png;
    let mut out = Vec::new();
    let written = if as_png {
        let picture = if picture.color().has_alpha() { picture.to_rgba8().into() } else { picture.to_rgb8().into() };
        encode(PngEncoder::new(&mut out), profile, &picture)
    } else {
        encode(JpegEncoder::new_with_quality(&mut out, QUALITY), profile, &picture.to_rgb8().into())
    };
    written.map_err(|error| format!("cannot be encoded: {error}"))?;
    Ok((out, if as_png { "png" } else { "jpg" }))
}

fn encode(mut encoder: impl ImageEncoder, profile: Option<Vec<u8>>, picture: &DynamicImage) -> image::ImageResult<()> {
    if let Some(profile) = profile {
        // A format that takes none shows the colours without it.
        let _ = encoder.set_icc_profile(profile);
    }
    encoder.write_image(picture.as_bytes(), picture.width(), picture.height(), picture.color().into())
}

impl Picture {
    /// Whether it may be cut to fit. Cutting is a change: only an open licence without "ND" allows it, and none named is
    /// none given. Many write the licence into the credit: it counts there where none stands beside it, and may forbid.
    pub fn crop(&self) -> Crop {
        let named = if self.licence.trim().is_empty() { &self.credit } else { &self.licence };
        let is_allowed = names_open_licence(named) && !forbids_changes(&self.credit);
        if is_allowed { Crop::Allowed } else { Crop::Forbidden }
    }

    /// Whether the credit names a licence, so that the one of the whole source is not the picture's.
    pub fn is_licensed_by_credit(&self) -> bool {
        names_open_licence(&self.credit) || forbids_changes(&self.credit)
    }
}

/// Whether a text names a licence under which changed copies may be published: CC BY, BY-SA and BY-NC, CC0, public
/// domain, Licence Ouverte, Datenlizenz Deutschland, ODbL.
pub fn names_open_licence(text: &str) -> bool {
    let upper = text.to_uppercase();
    let words: Vec<&str> = words(&upper).collect();
    let has = |word: &str| words.contains(&word);
    let is_open = is_attribution(&words) || ["CC0", "ETALAB", "OUVERTE", "ODBL"].into_iter().any(has);
    let is_nobodys = ["PUBLICDOMAIN", "DOMAINEPUBLIC"].iter().any(|term| words.concat().contains(term));
    (is_open || is_nobodys) && !forbids_changes(text)
}

/// Whether these words, in capitals, are of a licence that asks for attribution: "CC BY 4.0", "dl-de/by-2-0",
/// ".../licenses/by/4.0". Alone before a name, "by" is a word of a credit.
fn is_attribution(words: &[&str]) -> bool {
    const GIVES: [&str; 4] = ["CC", "COMMONS", "DE", "LICENSES"];
    const BY: [&str; 7] =
        ["BY", "ATTRIBUTION", "ATTRIBUZIONE", "ATRIBUCIÓN", "RECONOCIMIENTO", "NAMENSNENNUNG", "NAAMSVERMELDING"];
    let is_term = |word: &&str| ["NC", "SA"].contains(word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = words.split_first().is_some_and(|(first, terms)| *first == "BY" && terms.iter().all(is_term));
    is_short || words.windows(2).any(|pair| GIVES.contains(&pair[0]) && BY.contains(&pair[1]))
}

/// "ND" (no derivatives), or what it stands for.
fn forbids_changes(text: &str) -> bool {
    let upper = text.to_uppercase();
    let whole: String = words(&upper).collect();
    let terms = ["NODERIV", "PASDEMODIFICATION", "KEINEBEARBEITUNG", "SINOBRADERIVADA", "NONOPEREDERIVATE"];
    words(&upper).any(|word| word == "ND") || terms.iter().any(|term| whole.contains(term))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_open_licence_lets_a_picture_be_cut() {
        for (licence, credit, crop) in [
            ("CC BY-SA 4.0", "", Crop::Allowed),
            ("by-nc 4.0", "", Crop::Allowed),
            ("CC_BY_4.0", "", Crop::Allowed),
            ("https://creativecommons.org/licenses/by-nc/3.0/", "", Crop::Allowed),
            ("https://creativecommons.org/publicdomain/zero/1.0/", "", Crop::Allowed),
            ("CC0", "", Crop::Allowed),
            ("Domaine public", "", Crop::Allowed),
            ("Licence Ouverte 2.0", "Ville d'Andorre", Crop::Allowed),
            ("dl-de/by-2-0", "", Crop::Allowed),
            ("", "", Crop::Forbidden),
            ("", "Marie, CC BY 4.0", Crop::Allowed),
            ("", "By Marie", Crop::Forbidden),
            ("", "Foto by CC De Brug", Crop::Forbidden),
            ("© Office de tourisme", "CC BY 4.0", Crop::Forbidden),
            ("Creative Commons Attribution 4.0", "", Crop::Allowed),
            ("Creative Commons Namensnennung - Keine Bearbeitung 4.0", "", Crop::Forbidden),
            ("© Office de tourisme", "", Crop::Forbidden),
            ("Photo by Paul, public parks", "", Crop::Forbidden),
            ("By-NC-ND 4.0", "", Crop::Forbidden),
            ("CC_BY_NC_ND", "", Crop::Forbidden),
            ("https://creativecommons.org/licenses/by-nd/3.0/", "", Crop::Forbidden),
            ("CC BY, No Derivatives", "", Crop::Forbidden),
            ("CC BY, pas de modification", "", Crop::Forbidden),
            ("Licence Ouverte", "Paul Martin, CC BY-NC-ND 4.0", Crop::Forbidden),
        ] {
            let picture = Picture { licence: licence.into(), credit: credit.into(), ..Picture::default() };
            assert_eq!(picture.crop(), crop, "{licence} / {credit}");
        }
    }

    #[test]
    fn what_is_no_picture_is_said_to_be_none() {
        for bytes in [&b""[..], b"<html>", b"\xFF\xD8\xFF\xE0", b"GIF89a\x01\x00\x01\x00", b"\x89PNG\r\n\x1a\n"] {
            assert!(upright(bytes).is_err(), "{bytes:?}");
        }
    }
}
