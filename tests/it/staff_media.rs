//! The media library: what comes in, what is refused, and what becomes of whatever shows a picture.

use crate::browser::{Browser, House, Page};
use crate::display::Display;
use crate::published_town::files;
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, ImageFormat, Rgb, RgbImage};
use std::fs;
use std::io::Cursor;
use std::path::Path;

pub fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (width + height) as u8]));
    let mut file = Vec::new();
    picture.write_to(&mut Cursor::new(&mut file), ImageFormat::Png).unwrap();
    file
}

/// A photo as a telephone makes it: with the place where it was taken.
fn photo() -> Vec<u8> {
    let picture = RgbImage::from_pixel(60, 40, Rgb([200, 90, 10]));
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new(&mut file);
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x0e\0\x02\0\0\0\x18\0\0\0\x1a\0\0\0\0".to_vec();
    exif.extend(b"GPS 43.7384N 7.4246E home\0");
    encoder.set_exif_metadata(exif).unwrap();
    encoder.write_image(picture.as_raw(), 60, 40, image::ExtendedColorType::Rgb8).unwrap();
    assert!(holds(&file, b"GPS 43.7384N"));
    file
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|part| part == what)
}

/// Sends one file to the library; the id of its entry.
pub fn kept(browser: &mut Browser, name: &str, bytes: &[u8]) -> String {
    browser.get("/staff/media");
    let page = browser.upload("/staff/media", &[("for", "")], &[(name, bytes)]);
    assert_eq!(page.status, 303, "{}", page.body);
    page.header("location").rsplit('/').next().unwrap().to_owned()
}

/// What stands in a field of a page.
fn value(page: &Page, name: &str) -> String {
    let (_, rest) =
        page.body.split_once(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("{name}: {}", page.body));
    let (_, rest) = rest.split_once("value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Sends what is said of an entry.
fn say(browser: &mut Browser, id: &str, fields: &[(&str, &str)]) -> Page {
    let version = value(&browser.get(&format!("/staff/media/{id}")), "version");
    let usual = [("name", ""), ("version", version.as_str())];
    browser.post(&format!("/staff/media/{id}"), &[&usual[..], fields].concat())
}

/// An event that is ready, with this entry as its picture; its address.
fn event_with(browser: &mut Browser, title: &str, media: &str) -> String {
    browser.get("/staff/items/new/event");
    let times = [("timings.0.begin", "2026-12-12T20:30"), ("timings.0.end", "2026-12-12T23:00")];
    let made =
        browser.post("/staff/items/new/event", &[&[("title.fr", title), ("action", "pick")], &times[..]].concat());
    let picker = made.header("location").to_owned();
    assert!(picker.starts_with("/staff/media?for="), "{}", made.body);
    let page = browser.get(&picker);
    let event = format!("/staff/items/{}", picker.trim_start_matches("/staff/media?for="));
    let chosen = [("version", value(&page, "version")), ("media", media.to_owned())];
    let chosen = chosen.each_ref().map(|(name, value)| (*name, value.as_str()));
    let taken = browser.post(&format!("{event}/media"), &chosen);
    assert_eq!(taken.status, 303, "{}", taken.body);
    event
}

/// Makes what an event says ready, without changing it.
fn ready(browser: &mut Browser, event: &str) {
    let version = value(&browser.get(event), "version");
    assert_eq!(browser.post(&format!("{event}/judge"), &[("action", "ready"), ("version", &version)]).status, 303);
}

/// Every file that staff or displays could be given of it.
fn all_below(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let below = entries.map(|entry| entry.unwrap().path());
    below.flat_map(|path| if path.is_dir() { all_below(&path) } else { vec![fs::read(path).unwrap()] }).collect()
}

#[test]
fn a_picture_goes_from_a_telephone_to_a_display_without_what_it_knows() {
    let (house, mut anne) = House::set_up("media-story");
    let id = kept(&mut anne, "IMG_0001.JPG", &photo());
    let said =
        [("alt.fr", "Le port"), ("credit", "Léa"), ("licence", "CC BY 4.0"), ("focal.x", "20"), ("focal.y", "30,5")];
    assert_eq!(say(&mut anne, &id, &said).status, 303);
    let event = event_with(&mut anne, "Bal du port", &id);
    ready(&mut anne, &event);
    let published = anne.post("/staff/publish", &[]);
    assert!(published.body.contains("1 added, 0 changed, 0 removed"), "{}", published.body);

    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(&fs::read(house.town.at("publication/root.json")).unwrap());
    display.web.serve(&files(&house.town.at("publication")));
    display.turn().unwrap();
    assert!(display.titles().contains(&"Bal du port".to_owned()));
    let used = anne.get(&format!("/staff/media/{id}"));
    assert!(used.body.contains("Bal du port") && used.body.contains("value=\"30.5\""), "{}", used.body);

    // The place where it was taken is nowhere but in the file as it came, which nobody is given.
    for folder in ["publication", "media", "thumbnails"] {
        let all = all_below(&house.town.at(folder));
        assert!(folder == "thumbnails" || !all.is_empty(), "{folder}");
        assert!(!all.iter().any(|bytes| holds(bytes, b"GPS 43.7384N")), "{folder}");
    }
    for size in ["small", "large"] {
        let shown = anne.get(&format!("/staff/media/{id}/picture/{size}"));
        assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
        assert!(!holds(&shown.bytes, b"GPS"));
    }
    assert!(
        all_below(&house.town.at("originals")).iter().any(|bytes| holds(bytes, b"GPS 43.7384N")),
        "kept as it came"
    );
}
