//! Pictures as they come from the web: upright, clean, each once, and what is none is said to be none.

use crate::import::{Imported, now};
use crate::stand_in::{Reply, StandIn};
use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader, Rgb, RgbImage};
use parvis::content::{Crop, Id};
use parvis::import::fetch::{Allowed, Pace, Web};
use parvis::import::pictures::{PictureFolder, upright};
use parvis::import::{Input, Job, Picture, Settings};
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

/// A picture three pixels by two thousandfold, dark at the top left corner; its camera says how it was held, and where
/// its owner lives.
fn photograph(orientation: u8) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(48, 32, |x, y| if x < 16 && y < 16 { Rgb([0, 0, 0]) } else { Rgb([250, 250, 250]) });
    let mut jpeg = Vec::new();
    picture.write_to(&mut Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    // TIFF header, one directory with the orientation (0x0112) and the artist (0x013b).
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0x3b, 0x01, 2, 0, 14, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"Camille Secret\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let segment: Vec<u8> = [&[0xFF, 0xE1][..], &length, &exif].concat();
    jpeg.splice(2..2, segment);
    jpeg
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("parvis-pictures-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn every_way_a_camera_is_held_comes_out_upright_and_without_what_it_wrote() {
    for orientation in 1..=8 {
        let taken = photograph(orientation);
        assert!(taken.windows(6).any(|bytes| bytes == b"Secret"));
        let (bytes, extension) = upright(&taken).unwrap();
        assert_eq!(extension, "jpg");
        for mark in [&b"Exif"[..], b"Secret"] {
            assert!(!bytes.windows(mark.len()).any(|part| part == mark), "{orientation}");
        }
        let mut decoder = ImageReader::new(Cursor::new(&bytes)).with_guessed_format().unwrap().into_decoder().unwrap();
        assert_eq!(decoder.orientation().unwrap(), Orientation::NoTransforms);
        let mut expected = image::load_from_memory(&taken).unwrap();
        expected.apply_orientation(Orientation::from_exif(orientation).unwrap());
        let got = image::load_from_memory(&bytes).unwrap();
        assert_eq!((got.width(), got.height()), (expected.width(), expected.height()), "{orientation}");
        let differing = got
            .to_luma8()
            .pixels()
            .zip(expected.to_luma8().pixels())
            .filter(|(a, b)| a.0[0].abs_diff(b.0[0]) > 60)
            .count();
        assert_eq!(differing, 0, "{orientation}");
    }
}

#[test]
fn a_transparent_picture_stays_transparent_and_a_bomb_is_refused() {
    let clear = image::RgbaImage::from_pixel(8, 8, image::Rgba([9, 9, 9, 100]));
    let mut png = Vec::new();
    clear.write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    let (bytes, extension) = upright(&png).unwrap();
    assert_eq!(extension, "png");
    assert_eq!(image::load_from_memory(&bytes).unwrap().to_rgba8().get_pixel(1, 1).0[3], 100);
    // Its head alone promises 19,000 by 19,000 pixels.
    let mut bomb = png.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0x4A, 0x38, 0, 0, 0x4A, 0x38]);
    assert!(upright(&bomb).is_err());
}

#[test]
fn pictures_are_fetched_once_and_what_is_none_is_a_problem_of_its_item() {
    let server = StandIn::start(|asked| match asked.path.as_str() {
        "/one.jpg" | "/same.jpg" => Reply::new(200, "image/jpeg", photograph(6)).with("etag", "\"a\""),
        "/html.jpg" => Reply::new(200, "image/jpeg", "<html>Not here any more</html>"),
        _ => Reply::new(404, "text/html", "no"),
    });
    let media = folder("once");
    let mut allowed = Allowed::default();
    allowed.and_host_of(&server.url("/"));
    let mut web = Web::new(allowed, Pace::unhurried());
    let mut pictures = PictureFolder::new(&media, now());
    let mut imported = Imported::default();
    let (from, settings) = (Input::Web(server.url("/")), Settings::new(now()));
    let mut progress = |_| {};
    let mut job = Job::new(&from, &settings, &mut web, &mut imported, &mut progress).with_pictures(Some(&mut pictures));
    for (number, paths) in [(1, &["/one.jpg", "/html.jpg"][..]), (2, &["/same.jpg", "/one.jpg", "/none.jpg"])] {
        job.record();
        let mut item = parvis::content::Item::Place(Default::default());
        item.common_mut().id = Id(format!("x:{number}"));
        item.common_mut().title = parvis::content::Localized::one("fr", "Un lieu");
        let licence = if number == 1 { "CC BY-NC-ND 4.0" } else { "CC BY 4.0" };
        let picture =
            |path: &&str| Picture { url: server.url(path).into(), licence: licence.into(), ..Picture::default() };
        job.item(
            item,
            paths
                .iter()
                .map(picture)
                .chain([Picture { url: "http://127.0.0.1:9/x".into(), ..Picture::default() }])
                .collect(),
        );
    }
    let media_of = |at: usize| imported.items[at].common().media.clone();
    assert_eq!((media_of(0).len(), media_of(1).len()), (1, 2));
    assert_eq!(media_of(0)[0].path, media_of(1)[0].path, "the same pixels lie there once");
    assert_eq!((media_of(0)[0].crop, media_of(1)[0].crop), (Crop::Forbidden, Crop::Allowed));
    assert_eq!(fs::read_dir(&media).unwrap().count(), 1);
    let told: Vec<_> =
        imported.problems.iter().map(|problem| (problem.record.as_str(), problem.reason.as_str())).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].0 == "x:1" && told[0].1.contains("not a picture"), "{told:?}");
    assert!(told[1].1.contains("not on the list") && told[2].1.contains("404"), "{told:?}");
    assert_eq!(server.asked().iter().filter(|asked| asked.path == "/one.jpg").count(), 1);
    fs::remove_dir_all(&media).unwrap();
}
