//! Films before and in a publication: what `parvis lint` says of them, and `parvis-hub publish` with films: as they are, each
//! behind a still picture, and broken ones told.

use crate::film_samples::{VP8, numbered};
use crate::published_town::{Town, object, renditions, vouch};
use crate::scratch::Scratch;
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

fn film(id: &str, media: &[&str]) -> Value {
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

#[test]
fn films_are_looked_at_before_they_are_published() {
    let scratch = Scratch::new("linted-films");
    fs::create_dir_all(scratch.0.join("content/media")).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(scratch.0.join("content/media").join(name), bytes).unwrap();
    let vp8 = fs::read(numbered(&scratch, "three.webm", 64, VP8)).unwrap();
    write("three.webm", &vp8);
    write("cut.mp4", b"this is no film");
    write("empty.webm", b"");
    image::RgbImage::new(32, 18).save(scratch.0.join("content/media/still.png")).unwrap();
    let item = |id: &str, film: &str, secs: Option<u32>| {
        let media = [json!({"path": "still.png"}), json!({"path": film})];
        let mut item = json!({"type": "playlist_item", "id": id, "title": {"fr": "Un film"},
            "show": {"kind": "film"}, "media": media});
        secs.into_iter().for_each(|secs| item["duration_secs"] = json!(secs));
        item
    };
    let items = [
        item("t:long", "three.webm", Some(1)),
        item("t:unsaid", "three.webm", None),
        item("t:looped", "three.webm", Some(30)),
        item("t:none", "cut.mp4", Some(8)),
        item("t:empty", "empty.webm", Some(8)),
    ];
    fs::write(scratch.0.join("content/films.json"), json!({"format": 1, "items": items}).to_string()).unwrap();
    let lint = Command::new(env!("CARGO_BIN_EXE_parvis"))
        .args(["lint", "--json", "--profile", "totem-portrait", "--content"])
        .arg(scratch.0.join("content"))
        .output()
        .unwrap();
    let found: Vec<Value> = serde_json::from_slice(&lint.stdout).unwrap();
    let of = |id: &str, weight: &str| -> Vec<&str> {
        let all = found.iter().filter(|finding| finding["id"] == id && finding["weight"] == weight);
        all.filter_map(|finding| finding["words"].as_str()).collect()
    };
    assert!(
        of("t:long", "warning").iter().any(|words| words.contains("lasts 3 s and is cut off after 1")),
        "{found:#?}"
    );
    assert!(of("t:unsaid", "warning").iter().any(|words| words.contains("name duration_secs")), "{found:#?}");
    assert!(of("t:looped", "warning").iter().all(|words| !words.contains("duration_secs")), "{found:#?}");
    assert!(of("t:none", "refused").iter().any(|words| words.contains("the film is damaged")), "{found:#?}");
    assert!(of("t:empty", "refused").iter().any(|words| words.contains("the film is empty")), "{found:#?}");
    assert!(!lint.status.success());
}
