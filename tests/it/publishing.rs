//! `parvis-hub publish`: what it writes, what it leaves alone, and what an interruption leaves behind.

use crate::published_town::{Town, article, copy, files, object, renditions, vouch};
use parvis::hub::{self, Groups, Signing, Site};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn a_town_is_published_and_every_byte_is_vouched_for() {
    let town = Town::new("whole");
    let told = town.publish();
    assert!(told.starts_with("3 items in 1 display groups\n3 added, 0 changed, 0 removed"), "{told}");
    let root = fs::read(town.at("out/root.json")).unwrap();
    let (vouched, items) = vouch(&town.at("out"), &root, "default").unwrap();
    assert_eq!(items.keys().collect::<Vec<_>>(), ["t:1", "t:2", "t:3"]);
    assert_eq!(vouched.version.to_string(), "1.1");
    let frame = parvis::publication::unpack(&object(&town.at("out"), vouched.revision.frame.hash)).unwrap();
    let frame: serde_json::Value = serde_json::from_slice(&frame).unwrap();
    assert_eq!(frame["town"], town.json("content/town.json"), "as staff wrote it");
    assert!(frame["map"]["3/4/5.mvt"]["hash"].is_string());
    let bundle = town.json("out/metadata/bundle/root.json");
    assert_eq!(bundle["signed"]["x-parvis-for"], "bundle");
    assert_eq!(bundle["signed"]["version"], town.json("out/root.json")["signed"]["version"]);
    assert!(!town.at("out/staged.json").exists());
}

#[test]
fn the_same_content_again_changes_nothing_but_the_timestamp() {
    let town = Town::new("same");
    town.write_picture("large.png", 2500, 40);
    town.write_items(
        "b.json",
        &[json!({"type": "article", "id": "t:9", "title": {"fr": "Image"},
        "media": [{"path": "large.png"}]})],
    );
    town.publish();
    let before = files(&town.at("out"));
    let told = town.publish();
    assert!(told.contains("0 added, 0 changed, 0 removed\n0 new bytes\n"), "{told}");
    let after = files(&town.at("out"));
    let changed: Vec<_> = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).collect();
    assert_eq!(changed.into_iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["metadata/timestamp.json"]);
    assert_eq!(before.len(), after.len());
}

#[test]
fn what_came_changed_and_went_is_counted_and_one_item_ships_one_segment() {
    let town = Town::published("changes");
    let objects = || -> BTreeSet<String> {
        files(&town.at("out")).into_keys().filter(|path| path.starts_with("objects/")).collect()
    };
    let before = objects();
    town.write_items("a.json", &[article("t:1", "One"), article("t:2", "Two, changed"), article("t:4", "Four")]);
    let told = town.publish();
    assert!(told.contains("1 added, 1 changed, 1 removed\n"), "{told}");
    assert_eq!(objects().difference(&before).count(), 2, "a segment for each of the two items");
}

#[test]
fn large_pictures_are_scaled_for_each_group_and_small_ones_stay() {
    let town = Town::new("pictures");
    town.write_picture("large.png", 4000, 100);
    town.write_picture("small.png", 300, 100);
    fs::write(town.at("content/media/broken.png"), b"no picture").unwrap();
    let media = json!([{"path": "large.png"}, {"path": "small.png"}, {"path": "broken.png"}]);
    town.write_items("b.json", &[json!({"type": "article", "id": "t:9", "title": {"fr": "Image"}, "media": media})]);
    town.done("group add wall --keys keys --profile totem-portrait-4k");
    let (status, _, stderr) = town.hub("publish --content content --keys keys --passphrase-file passphrase --out out");
    assert_eq!(status, 0);
    assert!(stderr.contains("t:9: media: picture left out") && stderr.contains("broken.png"), "{stderr}");
    let root = fs::read(town.at("out/root.json")).unwrap();
    for (group, width) in [("default", 1920), ("wall", 3840)] {
        let (vouched, items) = vouch(&town.at("out"), &root, group).unwrap();
        let renditions = renditions(&town.at("out"), &vouched.revision);
        assert_eq!(renditions["large.png"].width, width);
        let seen = image::load_from_memory(&object(&town.at("out"), renditions["large.png"].hash)).unwrap();
        assert_eq!((seen.width(), seen.height()), (width, renditions["large.png"].height));
        let small = object(&town.at("out"), renditions["small.png"].hash);
        assert_eq!(small, fs::read(town.at("content/media/small.png")).unwrap());
        assert_eq!(items["t:9"]["media"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn a_group_gets_what_is_meant_for_it() {
    let town = Town::new("groups");
    let meant = |id: &str, groups: serde_json::Value| {
        let mut item = article(id, "Meant");
        item["groups"] = groups;
        item
    };
    town.write_items("b.json", &[meant("t:hall", json!(["hall"])), meant("t:in", json!(["indoors"]))]);
    town.done("group add hall --keys keys --profile counter --tag indoors");
    assert!(town.refused("group add hall --keys keys").contains("already"));
    assert!(town.refused("group add Hall --keys keys").contains("small letters"));
    assert!(town.refused("group add cinema --keys keys --profile imax").contains("there are:"));
    town.publish();
    let root = fs::read(town.at("out/root.json")).unwrap();
    let ids = |group| vouch(&town.at("out"), &root, group).unwrap().1.into_keys().collect::<Vec<_>>();
    assert_eq!(ids("default"), ["t:1", "t:2", "t:3"]);
    assert_eq!(ids("hall"), ["t:1", "t:2", "t:3", "t:hall", "t:in"]);
}

#[test]
fn one_bad_item_costs_itself_and_nothing_at_all_is_refused() {
    let town = Town::new("bad");
    town.write_items("b.json", &[json!({"type": "article", "id": "t:bad"}), article("t:5", "Five")]);
    let (status, stdout, stderr) =
        town.hub("publish --content content --keys keys --passphrase-file passphrase --out out");
    assert!(status == 0 && stdout.starts_with("4 items"), "{stdout}");
    assert!(stderr.contains("t:bad: title: left out"), "{stderr}");
    // A text of just the size that is read is more than that once the item is written anew.
    let full = "x".repeat((1 << 20) - 40);
    let mut item = article("t:full", "Full");
    item["text"] = json!({"fr": full});
    town.write_items("c.json", &[item]);
    let (status, stdout, stderr) =
        town.hub("publish --content content --keys keys --passphrase-file passphrase --out out");
    assert!(status == 0 && stdout.starts_with("4 items"), "{stdout}{stderr}");
    assert!(stderr.contains("publication: t:full: left out: larger"), "{stderr}");
    fs::remove_file(town.at("content/c.json")).unwrap();
    let before = files(&town.at("out"));
    for document in ["a.json", "b.json"] {
        town.write_items(document, &[]);
    }
    let told = town.refused("publish --content content --keys keys --passphrase-file passphrase --out out");
    assert!(told.contains("not one item"), "{told}");
    assert_eq!(files(&town.at("out")), before);
}

#[test]
fn what_stands_in_a_document_that_cannot_be_read_does_not_vanish_unasked() {
    const PUBLISH: &str = "publish --content content --keys keys --passphrase-file passphrase --out out";
    let town = Town::new("broken");
    town.write_items("b.json", &[article("t:5", "Five")]);
    town.publish();
    let before = files(&town.at("out"));
    let good = fs::read(town.at("content/b.json")).unwrap();
    let root = fs::read(town.at("out/root.json")).unwrap();
    let ids = || vouch(&town.at("out"), &root, "default").unwrap().1.into_keys().collect::<Vec<_>>();
    let path = town.at("content/b.json");
    let breaks: [(&str, &dyn Fn()); 5] = [
        ("cut", &|| fs::write(&path, &good[..good.len() / 2]).unwrap()),
        ("empty", &|| fs::write(&path, "").unwrap()),
        ("other", &|| fs::write(&path, r#"{"format":1,"itmes":[]}"#).unwrap()),
        ("large", &|| fs::File::create(&path).unwrap().set_len((64 << 20) + 1).unwrap()),
        ("gone", &|| {
            fs::remove_file(&path).unwrap();
            std::os::unix::fs::symlink(town.at("nowhere"), &path).unwrap();
        }),
    ];
    for (how, do_break) in breaks {
        do_break();
        let told = town.refused(PUBLISH);
        assert!(told.contains("b.json: ") && told.contains("--without-broken"), "{how}: {told}");
        assert_eq!(files(&town.at("out")), before, "{how}");
    }
    town.done(&format!("{PUBLISH} --without-broken"));
    assert_eq!(ids(), ["t:1", "t:2", "t:3"]);
    fs::remove_file(&path).unwrap();
    fs::write(&path, &good).unwrap();
    fs::write(town.at("content/town.json"), "{\"name\":").unwrap();
    let told = town.refused(PUBLISH);
    assert!(told.contains("town.json: not JSON"), "{told}");
    fs::remove_file(town.at("content/town.json")).unwrap();
    town.publish();
    assert_eq!(ids(), ["t:1", "t:2", "t:3", "t:5"]);
}

#[test]
fn groups_go_only_when_somebody_says_so() {
    let town = Town::new("other-groups");
    town.done("group add hall --keys keys --profile counter");
    town.publish();
    let before = files(&town.at("out"));
    let told = town.refused("publish --content content --out out");
    assert!(told.contains("(hall)") && told.contains("--groups"), "{told}");
    let told = town.refused("publish --content content --out out --groups keys/group.toml");
    assert!(told.contains("keys/group.toml: there is no such file"), "{told}");
    fs::rename(town.at("keys/groups.toml"), town.at("groups.toml")).unwrap();
    let told = town.refused("publish --content content --keys keys --passphrase-file passphrase --out out");
    assert!(told.contains("(hall)"), "{told}");
    assert_eq!(files(&town.at("out")), before);
    let told = town.done("publish --content content --out out --groups groups.toml");
    assert!(told.starts_with("3 items in 2 display groups"), "{told}");
    fs::write(town.at("groups.toml"), "[default]\n").unwrap();
    let told = town.done("publish --content content --out out --groups groups.toml");
    assert!(told.contains("removed groups: hall"), "{told}");
}

#[test]
fn what_is_written_while_it_sweeps_stays() {
    let town = Town::published("sweep-meanwhile");
    let written = |text: &str| {
        let object = parvis::publication::Object::of(text.as_bytes());
        [
            format!("objects/{}", object.path()),
            format!("targets/default/{}.alerts.json", object.hash),
            format!("metadata/.new-{text}"),
        ]
    };
    let put = |out: &std::path::Path, paths: &[String]| {
        for path in paths {
            fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
            fs::write(out.join(path), "x").unwrap();
        }
    };
    let (old, new) = (written("old"), written("new"));
    put(&town.at("out"), &old);
    // A signer that works meanwhile writes with the first removal, and all is removed that was there before.
    let (out, during) = (town.at("out"), new.clone());
    let site = Site::failing(
        town.at("out"),
        Box::new(move |_| {
            put(&out, &during);
            Ok(())
        }),
    );
    assert_eq!(hub::tidy_up(&site).unwrap().files, 3);
    assert!(old.iter().all(|path| !town.at("out").join(path).exists()));
    assert!(new.iter().all(|path| town.at("out").join(path).exists()));
}

#[test]
fn a_damaged_object_is_written_again() {
    let town = Town::published("damaged");
    let object = files(&town.at("out")).into_keys().find(|path| path.starts_with("objects/")).unwrap();
    let whole = fs::read(town.at("out").join(&object)).unwrap();
    fs::write(town.at("out").join(&object), vec![0; whole.len()]).unwrap();
    town.publish();
    assert_eq!(fs::read(town.at("out").join(&object)).unwrap(), whole);
}

#[test]
fn two_do_not_publish_at_once() {
    let town = Town::published("lock");
    let _alone = Site::new(town.at("out")).lock().unwrap();
    let told = town.refused("publish --content content --keys keys --passphrase-file passphrase --out out");
    assert!(told.contains("somebody else publishes"), "{told}");
}

#[test]
fn only_the_last_publications_stay() {
    let town = Town::published("sweep");
    let one = |number: usize| town.write_items("a.json", &[article("t:1", &format!("Version {number}"))]);
    for number in 0..4 {
        one(number);
        let told = town.publish();
        assert_eq!(told.contains("removed "), number >= 2, "{number}: {told}");
    }
    let names = files(&town.at("out")).into_keys().collect::<Vec<_>>();
    let count =
        |start: &str, end: &str| names.iter().filter(|name| name.starts_with(start) && name.ends_with(end)).count();
    assert_eq!(count("targets/", ".json"), 3);
    assert_eq!(count("metadata/", ".targets.json"), 3);
    // A segment for each, and the frame.
    assert_eq!(count("objects/", ""), 5, "{names:?}");
    let root = fs::read(town.at("out/root.json")).unwrap();
    vouch(&town.at("out"), &root, "default").unwrap();
}

#[test]
fn without_keys_it_is_staged_and_displays_see_nothing_of_it() {
    let town = Town::published("staged");
    town.write_items("a.json", &[article("t:1", "Changed")]);
    let before = files(&town.at("out/metadata"));
    let told = town.done("publish --content content --out out");
    assert!(told.contains("staged, not signed"), "{told}");
    assert_eq!(files(&town.at("out/metadata")), before);
    assert!(town.at("out/staged.json").exists());
    // Sweeping leaves what waits for its signature.
    hub::tidy_up(&Site::new(town.at("out"))).unwrap();
    town.done("sign --once --keys keys --passphrase-file passphrase --publication out");
    let root = fs::read(town.at("out/root.json")).unwrap();
    assert_eq!(vouch(&town.at("out"), &root, "default").unwrap().1.len(), 1);
}

/// Publishes new content into `site` with the keys of the town.
fn publish_into(site: &Site, town: &Town) -> Result<(), hub::HubError> {
    let (ring, unlocked) = town.ring();
    let loaded = parvis::store::load_directory(&town.at("content")).unwrap();
    let items = loaded.catalog.articles.into_iter().map(parvis::content::Item::Article).collect();
    let content = hub::Content {
        town: town.json("content/town.json"),
        items,
        media_root: loaded.media_root,
        map_root: loaded.map_root,
    };
    hub::stage(site, content, &Groups::default(), &|_, _, _| {})?;
    let now = jiff::Timestamp::now();
    let signing = Signing { ring: &ring, unlocked: &unlocked, site, now };
    hub::sign_staged(&signing, &|_, _, _| {})?;
    hub::tidy_up(site).map(drop)
}

#[test]
fn an_interruption_at_any_write_leaves_the_old_publication_or_the_new_one_whole() {
    let town = Town::published("interrupted");
    let root = fs::read(town.at("out/root.json")).unwrap();
    let old = vouch(&town.at("out"), &root, "default").unwrap();
    town.write_items("a.json", &[article("t:1", "New"), article("t:4", "Four")]);
    copy(&town.at("out"), &town.at("out-old"));
    copy(&town.at("keys"), &town.at("keys-old"));
    let (mut olds, mut news) = (0, 0);
    for stop in 0.. {
        for (from, to) in [("out-old", "out"), ("keys-old", "keys")] {
            fs::remove_dir_all(town.at(to)).unwrap();
            copy(&town.at(from), &town.at(to));
        }
        let changes = Arc::new(AtomicUsize::new(0));
        let counted = changes.clone();
        let site = Site::failing(
            town.at("out"),
            Box::new(move |_| match counted.fetch_add(1, Ordering::SeqCst) {
                done if done >= stop => Err(io::Error::from(io::ErrorKind::StorageFull)),
                _ => Ok(()),
            }),
        );
        let done = publish_into(&site, &town);
        let (vouched, items) = vouch(&town.at("out"), &root, "default").unwrap();
        if items == old.1 {
            olds += 1;
            assert_eq!(vouched.version, old.0.version);
        } else {
            news += 1;
            assert_eq!(items.into_keys().collect::<Vec<_>>(), ["t:1", "t:4"]);
        }
        publish_into(&Site::new(town.at("out")), &town).unwrap();
        let (again, items) = vouch(&town.at("out"), &root, "default").unwrap();
        assert!(again.version > old.0.version && items.len() == 2, "after a stop at {stop}");
        if done.is_ok() {
            break;
        }
    }
    assert!(olds >= 8 && news >= 2, "stopped {olds} times before and {news} times after the timestamp");
}
