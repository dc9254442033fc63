//! The media library: what comes in, what is refused, and what becomes of whatever shows a picture.

use crate::browser::{Browser, House, Page};
use crate::display::Display;
use crate::published_town::files;
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
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

/// The first picture of what a display shows under this title, after it has brought in the publication.
fn on_display(house: &House, title: &str) -> Value {
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(&fs::read(house.town.at("publication/root.json")).unwrap());
    display.web.serve(&files(&house.town.at("publication")));
    display.turn().unwrap();
    let items = display.items();
    let item = items.iter().find(|item| item.common().title.exact("fr").unwrap().text == title).unwrap();
    json!(item.common().media.first())
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

    let shown = on_display(&house, "Bal du port");
    assert_eq!(shown["alt"]["fr"]["text"], "Le port");
    assert_eq!((&shown["credit"], &shown["licence"]), (&json!("Léa"), &json!("CC BY 4.0")));
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

#[test]
fn another_file_takes_the_place_of_a_picture_everywhere() {
    let (house, mut anne) = House::set_up("media-replace");
    let id = kept(&mut anne, "bal.png", &png(40, 30));
    let shown = event_with(&mut anne, "Bal", &id);
    let draft = event_with(&mut anne, "Loto", &id);
    ready(&mut anne, &shown);
    anne.post("/staff/publish", &[]);
    let before = on_display(&house, "Bal");

    // What displays show is not a contributor's to change.
    let mut lea = house.staff(&mut anne, "contributor");
    let version = value(&lea.get(&format!("/staff/media/{id}")), "version");
    let replace = format!("/staff/media/{id}/replace");
    assert_eq!(lea.upload(&replace, &[("version", &version)], &[("b.png", &png(50, 30))]).status, 403);
    assert_eq!(say(&mut lea, &id, &[("credit", "Léa")]).status, 403);
    assert_eq!(on_display(&house, "Bal"), before);

    anne.get("/staff");
    assert_eq!(anne.upload(&replace, &[("version", "9")], &[("b.png", &png(50, 30))]).status, 409);
    let done = anne.upload(&replace, &[("version", &version)], &[("b.png", &png(50, 30))]);
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(on_display(&house, "Bal"), before, "displays wait for the next publication");
    anne.post("/staff/publish", &[]);
    assert_ne!(on_display(&house, "Bal")["path"], before["path"]);
    let now = on_display(&house, "Bal")["path"].as_str().unwrap().to_owned();
    for event in [&shown, &draft] {
        assert_eq!(value(&anne.get(event), "media.0.path"), now);
        assert!(anne.get(&format!("{event}/history")).body.contains(&now), "the history says it");
    }
    assert!(house.town.at("media").join(&now).exists());

    // The same file once more is the same entry.
    assert_eq!(kept(&mut anne, "copie.png", &png(50, 30)), id);
}

#[test]
fn only_what_its_licence_allows_is_cut_and_the_original_stays() {
    let (_house, mut anne) = House::set_up("media-cut");
    let id = kept(&mut anne, "bal.png", &png(80, 40));
    let cut = |browser: &mut Browser, part: [&str; 4], action: &str| {
        let version = value(&browser.get(&format!("/staff/media/{id}")), "version");
        let [left, top, width, height] = part;
        let part = [("cut.left", left), ("cut.top", top), ("cut.width", width), ("cut.height", height)];
        let fields = [&[("version", version.as_str()), ("action", action)][..], &part].concat();
        browser.post(&format!("/staff/media/{id}/cut"), &fields)
    };
    let quarter = ["50", "50", "25", "50"];
    for licence in ["", "CC BY-ND 4.0", "CC BY-NC-ND 4.0"] {
        assert_eq!(say(&mut anne, &id, &[("licence", licence), ("credit", "Léa")]).status, 303);
        assert!(!anne.get(&format!("/staff/media/{id}")).body.contains("name=\"cut.left\""));
        let refused = cut_refused(&mut anne, &id, quarter);
        assert!(
            refused.status == 422 && refused.body.contains("Sa licence ne permet pas"),
            "{licence}: {}",
            refused.body
        );
    }
    let focal = [("focal.x", "55"), ("focal.y", "75")];
    assert_eq!(say(&mut anne, &id, &[&[("licence", "own")][..], &focal].concat()).status, 303);
    for wrong in [["0", "0", "2", "50"], ["60", "0", "50", "50"], ["a", "0", "50", "50"], ["0", "0", "-5", "50"]] {
        assert_eq!(cut(&mut anne, wrong, "cut").status, 422, "{wrong:?}");
    }
    assert_eq!(cut(&mut anne, quarter, "cut").status, 303);
    let page = anne.get(&format!("/staff/media/{id}"));
    assert!(page.body.contains("20 × 20"), "{}", page.body);
    // The same point of the picture, in its new frame.
    assert_eq!((value(&page, "focal.x"), value(&page, "focal.y")), ("20".to_owned(), "50".to_owned()));
    let small = anne.get(&format!("/staff/media/{id}/picture/small"));
    let small = image::load_from_memory(&small.bytes).unwrap().to_rgb8();
    assert_eq!(small.get_pixel(0, 0).0, [40, 20, 120]);
    let refused = say(&mut anne, &id, &[("licence", "CC BY-ND 4.0")]);
    assert!(refused.status == 422 && refused.body.contains("Reprenez d’abord"), "{}", refused.body);
    assert_eq!(cut(&mut anne, quarter, "whole").status, 303);
    assert!(anne.get(&format!("/staff/media/{id}")).body.contains("80 × 40"));
}

/// The form of a picture that may not be cut has no fields for it.
fn cut_refused(browser: &mut Browser, id: &str, [left, top, width, height]: [&str; 4]) -> Page {
    let version = value(&browser.get(&format!("/staff/media/{id}")), "version");
    let part = [("cut.left", left), ("cut.top", top), ("cut.width", width), ("cut.height", height)];
    browser.post(&format!("/staff/media/{id}/cut"), &[&[("version", version.as_str())][..], &part].concat())
}

#[test]
fn what_something_shows_is_not_deleted_and_what_nothing_needs_goes_for_good() {
    let (house, mut anne) = House::set_up("media-delete");
    let id = kept(&mut anne, "bal.png", &png(40, 30));
    let event = event_with(&mut anne, "Bal", &id);
    let delete = |browser: &mut Browser| {
        let version = value(&browser.get(&format!("/staff/media/{id}")), "version");
        browser.post(&format!("/staff/media/{id}/delete"), &[("version", &version)]).status
    };
    assert_eq!(delete(&mut anne), 409);
    // Taken out of the draft, it is still on the displays.
    ready(&mut anne, &event);
    anne.post("/staff/publish", &[]);
    let page = anne.get(&event);
    let fields = [("version", value(&page, "version")), ("media.0.path", value(&page, "media.0.path"))];
    let [version, path] = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let times = [("timings.0.begin", "2026-12-12T20:30"), ("timings.0.end", "2026-12-12T23:00")];
    let without =
        [&[version, path, ("title.fr", "Bal"), ("media.0.remove", "1"), ("action", "ready")], &times[..]].concat();
    assert_eq!(anne.post(&event, &without).status, 303);
    assert!(!anne.get(&event).body.contains("media.0.path"));
    assert_eq!(delete(&mut anne), 409);
    anne.post("/staff/publish", &[]);
    assert_eq!(delete(&mut anne), 303);
    assert_eq!(anne.get(&format!("/staff/media/{id}")).status, 404);
    assert_eq!(fs::read_dir(house.town.at("originals")).unwrap().count(), 0);
    assert_eq!(fs::read_dir(house.town.at("media/library")).unwrap().count(), 1, "what it was once still shows it");

    // One that nothing ever showed leaves nothing; what a broken off upload left goes at the next start.
    let other = kept(&mut anne, "loto.png", &png(10, 30));
    let version = value(&anne.get(&format!("/staff/media/{other}")), "version");
    assert_eq!(anne.post(&format!("/staff/media/{other}/delete"), &[("version", &version)]).status, 303);
    assert_eq!(fs::read_dir(house.town.at("media/library")).unwrap().count(), 1);
    let stays = kept(&mut anne, "stays.png", &png(11, 30));
    let (town, _) = house.stop();
    for left in ["uploads/half", "media/library/half.png", "originals/half.jpg"] {
        fs::write(town.at(left), "half").unwrap();
    }
    let house = House::again(town);
    for left in ["uploads/half", "media/library/half.png", "originals/half.jpg"] {
        assert!(!house.town.at(left).exists(), "{left}");
    }
    let mut anne = house.browser();
    assert_eq!(anne.sign_in(crate::browser::ANNE, crate::browser::PASSWORD), 303);
    assert_eq!(anne.get(&format!("/staff/media/{stays}/picture/large")).status, 200);
}

#[test]
fn the_library_is_searched_and_says_what_is_missing() {
    let (_house, mut anne) = House::set_up("media-search");
    let names: [(&str, u32); 3] = [("bal.png", 10), ("loto.png", 11), ("Fête.png", 12)];
    let ids = names.map(|(name, width)| kept(&mut anne, name, &png(width, 9)));
    assert_eq!(say(&mut anne, &ids[0], &[("alt.fr", "Des danseurs")]).status, 303);
    assert_eq!(say(&mut anne, &ids[1], &[("credit", "Max <b>")]).status, 303);
    event_with(&mut anne, "Fête", &ids[2]);
    let mut found = |query: &str| -> Vec<&str> {
        let page = anne.get(&format!("/staff/media?{query}"));
        assert!(page.status == 200 && !page.body.contains("<b>"));
        names.iter().map(|(name, _)| *name).filter(|name| page.body.contains(&format!(">{name}<"))).collect()
    };
    assert_eq!(found("text=DANSEURS"), ["bal.png"]);
    assert_eq!(found("text=max"), ["loto.png"]);
    assert_eq!(found("only=no_alt"), ["loto.png", "Fête.png"]);
    assert_eq!(found("only=no_credit"), ["bal.png", "Fête.png"]);
    assert_eq!(found("only=unused"), ["bal.png", "loto.png"]);
    assert_eq!(found("only=films"), [""; 0]);
    assert_eq!(found("page=1"), [""; 0]);
}
