//! `parvis-hub publish` with films: as they are, each behind a still picture, and broken ones told.

use crate::film_samples::{VP8, numbered};
use crate::published_town::{Town, object, renditions, vouch};
use crate::scratch::Scratch;
use serde_json::json;
use std::fs;

fn film(id: &str, media: &[&str]) -> serde_json::Value {
    let media: Vec<_> = media.iter().map(|path| json!({"path": path, "alt": {"fr": "La baie"}})).collect();
    json!({"type": "article", "id": id, "title": {"fr": "Film"}, "section": "discover", "media": media})
}

#[test]
fn films_are_published_as_they_are_behind_a_picture_and_broken_ones_are_told() {
    let scratch = Scratch::new("published-films");
    let town = Town::new("films");
    let whole = fs::read(numbered(&scratch, "bay.webm", 50, VP8)).unwrap();
    fs::write(town.at("content/media/bay.webm"), &whole).unwrap();
    fs::write(town.at("content/media/broken.mp4"), b"this is no film").unwrap();
    town.write_picture("still.png", 300, 100);
    let items = [
        film("t:7", &["bay.webm"]),
        film("t:8", &["bay.webm", "still.png"]),
        film("t:9", &["broken.mp4", "still.png"]),
    ];
    town.write_items("films.json", &items);
    let publish = "publish --content content --keys keys --passphrase-file passphrase --out out";
    let (status, _, stderr) = town.hub(publish);
    assert_eq!(status, 0, "{stderr}");
    assert!(
        stderr.contains("t:9: media: film left out: the film is damaged: Could not determine type of stream"),
        "{stderr}"
    );

    let root = fs::read(town.at("out/root.json")).unwrap();
    let (vouched, items) = vouch(&town.at("out"), &root, "default").unwrap();
    let paths = |id: &str| -> Vec<&str> {
        items[id]["media"].as_array().unwrap().iter().map(|media| media["path"].as_str().unwrap()).collect()
    };
    assert_eq!(paths("t:7"), ["bay.webm.poster.jpg", "bay.webm"]);
    assert_eq!(items["t:7"]["media"][0]["alt"], items["t:7"]["media"][1]["alt"]);
    assert_eq!(paths("t:8"), ["still.png", "bay.webm"], "staff's own picture stands for it");
    assert_eq!(paths("t:9"), ["still.png"]);
    let renditions = renditions(&town.at("out"), &vouched.revision);
    assert_eq!((renditions["bay.webm"].width, renditions["bay.webm"].height), (192, 96));
    assert_eq!(object(&town.at("out"), renditions["bay.webm"].hash), whole);
    let poster = image::load_from_memory(&object(&town.at("out"), renditions["bay.webm.poster.jpg"].hash)).unwrap();
    assert_eq!((poster.width(), poster.height()), (192, 96));
    assert!(poster.to_luma8().pixels().any(|pixel| pixel.0[0] > 200), "it shows something");

    let (_, told, _) = town.hub(publish);
    assert!(told.contains("0 added, 0 changed, 0 removed\n0 new bytes\n"), "{told}");
}
