//! Warnings and live facts: on displays without a new revision. And the publication in one file.

use crate::published_town::{Town, files, python_tuf, vouch};
use parvis::content::{Bulletin, read_document};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;

const WITH: &str = "--keys keys --passphrase-file passphrase --out out";

#[test]
fn a_warning_changes_no_revision_and_comes_with_every_signature() {
    let town = Town::published("alerts");
    let root = fs::read(town.at("out/root.json")).unwrap();
    let targets = town.at("out/metadata/1.targets.json");
    let before = fs::read(&targets).unwrap();
    let document = r#"{"format":1,"items":[{"type":"alert","id":"hub:1","title":{"fr":"Crue"}}]}"#;
    fs::write(town.at("alert.json"), document).unwrap();
    let (status, stdout, stderr) = town.hub(&format!("alerts --file alert.json {WITH}"));
    assert!(status == 0 && stdout.contains("alerts published for default"), "{stdout}{stderr}");
    let vouched = vouch(&town.at("out"), &root, "default").unwrap().0;
    assert_eq!((vouched.alerts.as_deref(), vouched.live), (Some(document), None));
    assert_eq!(fs::read(&targets).unwrap(), before);
    assert!(!town.at("out/metadata/2.targets.json").exists());
    let bundle = town.json("out/metadata/bundle/timestamp.json");
    assert_eq!(bundle["signed"]["meta"], town.json("out/metadata/timestamp.json")["signed"]["meta"]);
    fs::write(town.at("live.json"), r#"{"format":1,"items":[]}"#).unwrap();
    town.done(&format!("live --file live.json {WITH}"));
    let vouched = vouch(&town.at("out"), &root, "default").unwrap().0;
    assert!(vouched.alerts.is_some() && vouched.live.is_some());
    let (holds, words) =
        python_tuf(&town.at("out"), &town.at("out/root.json"), &["default/alerts.json", "default/live.json"]);
    assert!(holds, "{words}");
    town.publish();
    assert!(
        vouch(&town.at("out"), &root, "default").unwrap().0.alerts.is_some(),
        "a publication takes no warning back"
    );
}

#[test]
fn a_cut_of_electricity_silences_advertising_without_a_new_revision() {
    let town = Town::published("curfew");
    let root = fs::read(town.at("out/root.json")).unwrap();
    let curfew = |valid: &str| {
        format!(
            r#"{{"format":1,"items":[{{"type":"advertising_curfew","id":"hub:1","title":{{"fr":"EcoWatt rouge"}},
            "valid":{{"from":"2026-01-12T07:00:00Z"{valid}}}}}]}}"#
        )
    };
    fs::write(town.at("cut.json"), curfew("")).unwrap();
    assert!(town.refused(&format!("alerts --file cut.json {WITH}")).contains("a curfew needs an end"));
    fs::write(town.at("cut.json"), curfew(r#","until":"2026-01-12T12:00:00Z""#)).unwrap();
    for role in ["alerts", "live"] {
        town.done(&format!("{role} --file cut.json {WITH}"));
        let vouched = vouch(&town.at("out"), &root, "default").unwrap().0;
        let document = if role == "alerts" { vouched.alerts } else { vouched.live };
        let told = Bulletin::new(read_document(role, document.unwrap().as_bytes()).items);
        assert_eq!(told.curfews[0].common.valid.until, "2026-01-12T12:00:00Z".parse().ok(), "{role}");
    }
}

#[test]
fn a_warning_is_for_the_groups_named() {
    let town = Town::new("alert-groups");
    town.done("group add hall --keys keys");
    town.publish();
    let root = fs::read(town.at("out/root.json")).unwrap();
    fs::write(town.at("alert.json"), r#"{"format":1,"items":[]}"#).unwrap();
    town.done(&format!("alerts --file alert.json --group hall {WITH}"));
    let alerts = |group| vouch(&town.at("out"), &root, group).unwrap().0.alerts;
    assert!(alerts("hall").is_some() && alerts("default").is_none());
    assert!(town.refused(&format!("alerts --file alert.json --group moon {WITH}")).contains("default, hall"));
}

#[test]
fn warnings_whose_file_is_lost_are_not_taken_back_by_a_signature() {
    let town = Town::new("alert-lost");
    town.done("group add hall --keys keys");
    town.publish();
    let root = fs::read(town.at("out/root.json")).unwrap();
    let alerts = |group| vouch(&town.at("out"), &root, group).unwrap().0.alerts;
    let document = r#"{"format":1,"items":[{"type":"alert","id":"hub:1","title":{"fr":"Crue"}}]}"#;
    fs::write(town.at("alert.json"), document).unwrap();
    town.done(&format!("alerts --file alert.json {WITH}"));
    let (lost, kept) = (town.at("out/metadata/1.alerts.json"), town.at("1.alerts.json"));
    fs::copy(&lost, &kept).unwrap();
    let damages: [&dyn Fn(); 2] = [&|| fs::write(&lost, "{}").unwrap(), &|| fs::remove_file(&lost).unwrap()];
    for damage in damages {
        damage();
        let before = files(&town.at("out/metadata"));
        for command in [
            "sign --once --keys keys --passphrase-file passphrase --publication out".to_owned(),
            format!("publish --content content {WITH}"),
            format!("alerts --file alert.json --group hall {WITH}"),
        ] {
            let told = town.refused(&command);
            assert!(told.contains("out/metadata/1.alerts.json: ") && told.contains("parvis-hub alerts"), "{told}");
            assert_eq!(files(&town.at("out/metadata")), before, "{command}");
        }
    }
    fs::copy(&kept, &lost).unwrap();
    town.done("sign --once --keys keys --passphrase-file passphrase --publication out");
    assert_eq!(alerts("default").as_deref(), Some(document));
    // Said anew for all groups, nothing is lost.
    fs::remove_file(&lost).unwrap();
    town.done(&format!("alerts --file alert.json {WITH}"));
    assert_eq!([alerts("default"), alerts("hall")].map(|alerts| alerts.as_deref() == Some(document)), [true; 2]);
    // With the whole publication gone there is nothing to bring back; that is said.
    fs::remove_dir_all(town.at("out")).unwrap();
    let (status, _, stderr) = town.hub(&format!("publish --content content {WITH}"));
    assert!(status == 0 && stderr.contains("published again with `parvis-hub alerts`"), "{stderr}");
    assert_eq!(alerts("default"), None);
    let (_, _, stderr) = town.hub(&format!("publish --content content {WITH}"));
    assert!(!stderr.contains("published again"), "{stderr}");
}

#[test]
fn no_stick_is_written_that_displays_would_refuse() {
    let town = Town::published("bundle-cut-off");
    let timestamp = town.at("out/metadata/bundle/timestamp.json");
    let old = fs::read(&timestamp).unwrap();
    town.done("keys rotate bundle --keys keys --passphrase-file passphrase --out out");
    let new = fs::read(&timestamp).unwrap();
    // As it lies there when the power goes between the roots and what is signed under them.
    fs::write(&timestamp, old).unwrap();
    let told = town.refused("bundle --publication out --out stick.parvis");
    let (_, command) = told.split_once("`parvis-hub ").unwrap_or_else(|| panic!("{told}"));
    let command = command.split('`').next().unwrap().replace("KEYS", "keys");
    fs::write(&timestamp, new).unwrap();
    town.done(&format!("{command} --passphrase-file passphrase"));
    let told = town.done("bundle --publication out --out stick.parvis");
    assert!(told.contains("displays take it until "), "{told}");
    let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(61 * 24);
    let site = parvis::hub::Site::new(town.at("out"));
    let ended = parvis::hub::bundle(&site, &town.at("late.parvis"), later, &|_, _, _| {}).unwrap_err();
    assert!(ended.to_string().contains("its signature ended on "), "{ended}");
    assert!(!town.at("late.parvis").exists());
}

#[test]
fn what_is_too_large_or_no_document_is_refused() {
    let town = Town::published("alert-bad");
    let before = files(&town.at("out"));
    let large = format!(r#"{{"format":1,"items":[],"x":"{}"}}"#, "x".repeat(32 << 10));
    let untitled = r#"{"format":1,"items":[{"type":"alert","id":"hub:1"}]}"#;
    for (document, why) in [
        (large.as_str(), "32768"),
        ("[1", "EOF"),
        (r#"{"items":[]}"#, "no content document"),
        (untitled, "not one item can be shown"),
    ] {
        fs::write(town.at("alert.json"), document).unwrap();
        let told = town.refused(&format!("alerts --file alert.json {WITH}"));
        assert!(told.contains(why), "{told}");
        assert_eq!(files(&town.at("out")), before);
    }
}

#[test]
fn a_bundle_holds_the_whole_publication_under_its_own_timestamp() {
    let town = Town::new("bundle");
    town.write_picture("large.png", 2500, 40);
    let media = serde_json::json!({"type": "article", "id": "t:9", "title": {"fr": "Image"},
        "media": [{"path": "large.png"}]});
    town.write_items("b.json", &[media]);
    town.done("group add hall --keys keys");
    town.publish();
    fs::write(town.at("alert.json"), r#"{"format":1,"items":[]}"#).unwrap();
    town.done(&format!("alerts --file alert.json {WITH}"));
    let told = town.done("bundle --publication out --out stick.parvis");
    let mut held = BTreeMap::new();
    for entry in tar::Archive::new(fs::File::open(town.at("stick.parvis")).unwrap()).entries().unwrap() {
        let mut entry = entry.unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        held.insert(entry.path().unwrap().to_str().unwrap().to_owned(), bytes);
    }
    assert!(told.starts_with(&format!("{} files", held.len())), "{told}");
    let mut published = files(&town.at("out"));
    // What a stick does not need: the web's timestamp, the snapshot before the warning, and what is no part of it.
    for path in ["metadata/timestamp.json", "metadata/1.snapshot.json", ".lock", "renditions.json"] {
        assert!(published.remove(path).is_some(), "{path}");
    }
    assert_eq!(held.keys().collect::<Vec<_>>(), published.keys().collect::<Vec<_>>());
    assert_eq!(held, published);
    // Unpacked, with the bundle's root and timestamp in place of the web's, everything is vouched for.
    let out = town.at("unpacked");
    for (path, bytes) in &held {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), bytes).unwrap();
    }
    fs::copy(out.join("metadata/bundle/timestamp.json"), out.join("metadata/timestamp.json")).unwrap();
    vouch(&out, &held["metadata/bundle/root.json"], "hall").unwrap();
    assert!(vouch(&out, &held["root.json"], "hall").is_err(), "the web's root does not believe a stick's timestamp");
    let object = held.keys().find(|path| path.starts_with("objects/")).unwrap();
    fs::write(town.at("out").join(object), b"damaged").unwrap();
    assert!(town.refused("bundle --publication out --out other.parvis").contains("is damaged"));
    assert!(!town.at("other.parvis").exists());
}
