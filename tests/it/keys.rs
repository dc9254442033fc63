//! A town's keys over the years: each command leaves a publication that displays of before still believe.

use crate::published_town::{PASSPHRASE, Town, files, python_tuf, vouch};
use std::fs;
use std::os::unix::fs::PermissionsExt;

const KEYS: &str = "--keys keys --passphrase-file passphrase";

fn holds(town: &Town, root: &[u8]) -> Result<(), String> {
    vouch(&town.at("out"), root, "default").map(drop)
}

fn python(town: &Town, targets: &[&str]) -> String {
    fs::write(town.at("pinned.json"), fs::read(town.at("out/metadata/1.root.json")).unwrap()).unwrap();
    let (holds, words) = python_tuf(&town.at("out"), &town.at("pinned.json"), targets);
    assert!(holds, "{words}");
    words
}

#[test]
fn keys_are_made_once_for_their_owner_alone() {
    let town = Town::new("init");
    fs::write(town.at("empty"), "\n").unwrap();
    assert!(town.refused("keys init new --passphrase-file empty").contains("empty"));
    fs::write(town.at("short"), "too short\n").unwrap();
    let (status, _, words) = town.hub("keys init weak --passphrase-file short");
    assert!(status == 0 && words.contains("fewer than 12"), "{words}");
    assert!(town.refused("keys init new").contains("--passphrase-file"));
    let told = town.done("keys init new --passphrase-file passphrase");
    for words in ["root-1.pem", "root-3.pem", "USB", "passphrase", "sign --listen", "sign --once"] {
        assert!(told.contains(words), "{told}");
    }
    let made = files(&town.at("new"));
    for (name, text) in &made {
        let mode = fs::metadata(town.at("new").join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
        let is_key = name.ends_with(".pem");
        assert_eq!(is_key, text.starts_with(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{name}");
    }
    assert_eq!(made.keys().filter(|name| name.ends_with(".pem")).count(), 9);
    assert_eq!(fs::metadata(town.at("new")).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(town.refused("keys init new --passphrase-file passphrase").contains("never written over"));
    assert_eq!(files(&town.at("new")), made);
    fs::write(town.at("other"), "quite another passphrase\n").unwrap();
    let told = town.refused("publish --content content --keys keys --passphrase-file other --out out");
    assert!(told.contains("passphrase is not the right one"), "{told}");
    assert!(!told.contains(PASSPHRASE) && !town.at("out").exists());
}

#[test]
fn every_role_gets_a_new_key_and_old_displays_follow() {
    let town = Town::published("rotate");
    let root = fs::read(town.at("out/root.json")).unwrap();
    fs::write(town.at("warning.json"), r#"{"format":1,"items":[]}"#).unwrap();
    town.done(&format!("alerts --file warning.json {KEYS} --out out"));
    for (key, new) in [
        ("timestamp", "timestamp-2"),
        ("snapshot", "snapshot-2"),
        ("targets", "targets-2"),
        ("bundle", "bundle-2"),
        ("alerts", "alerts-2"),
        ("live", "live-2"),
        ("root-1", "root-4"),
        ("timestamp", "timestamp-3"),
    ] {
        let told = town.done(&format!("keys rotate {key} {KEYS} --out out"));
        assert!(told.contains(&format!("has the key {new} in place of")), "{told}");
        assert!(town.at(&format!("keys/{new}.pem")).exists());
        holds(&town, &root).unwrap_or_else(|why| panic!("{key}: {why}"));
    }
    assert_eq!(python(&town, &["default/revision.json", "default/alerts.json"]).split(',').next(), Some("root 7"));
    town.publish();
    holds(&town, &root).unwrap();
    assert_eq!(fs::read(town.at("out/root.json")).unwrap(), root, "the first root stays the one to pin");
    assert!(town.refused(&format!("keys rotate root {KEYS}")).contains("name one: "));
    assert!(town.refused(&format!("keys rotate moon {KEYS}")).contains("there are: "));
}

#[test]
fn a_revoked_key_is_worth_nothing() {
    let town = Town::published("revoke");
    let root = fs::read(town.at("out/root.json")).unwrap();
    let old = files(&town.at("out/metadata"));
    town.done(&format!("keys revoke timestamp {KEYS} --out out"));
    assert!(!town.at("keys/timestamp.pem").exists());
    holds(&town, &root).unwrap();
    fs::write(town.at("out/metadata/timestamp.json"), &old["timestamp.json"]).unwrap();
    assert!(holds(&town, &root).unwrap_err().contains("signatures do not hold"));
}

#[test]
fn a_lost_root_key_is_replaced_by_the_other_two() {
    let town = Town::published("lost-one");
    let root = fs::read(town.at("out/root.json")).unwrap();
    fs::create_dir(town.at("stick")).unwrap();
    fs::remove_file(town.at("keys/root-2.pem")).unwrap();
    fs::rename(town.at("keys/root-3.pem"), town.at("stick/root-3.pem")).unwrap();
    let before = files(&town.at("keys"));
    let told = town.refused(&format!("keys rotate root-2 {KEYS} --out out"));
    assert!(told.contains("1 of 3 root keys") && told.contains("--offline"), "{told}");
    let mut after = files(&town.at("keys"));
    after.remove(".lock");
    let before: Vec<_> = before.into_iter().filter(|(name, _)| name != ".lock").collect();
    assert_eq!(after.into_iter().collect::<Vec<_>>(), before, "a refusal changes nothing");
    town.done(&format!("keys rotate root-2 {KEYS} --offline stick --out out"));
    holds(&town, &root).unwrap();
    python(&town, &["default/revision.json"]);
    let shown = town.done("keys show --keys keys --out out");
    assert!(shown.contains("root: 2 of root-1 (here), root-4 (here), root-3 (elsewhere)"), "{shown}");
}

#[test]
fn a_root_is_renewed_for_another_year() {
    let town = Town::published("renew-root");
    let root = fs::read(town.at("out/root.json")).unwrap();
    town.done(&format!("keys renew {KEYS} --out out"));
    assert_eq!(town.json("out/metadata/2.root.json")["signed"]["roles"], town.json("out/root.json")["signed"]["roles"]);
    holds(&town, &root).unwrap();
}

#[test]
fn a_change_of_keys_that_was_cut_off_signs_nothing_until_it_is_ended() {
    let town = Town::published("cut-off");
    let root = fs::read(town.at("out/root.json")).unwrap();
    fs::copy(town.at("keys/keys.toml"), town.at("book")).unwrap();
    fs::copy(town.at("keys/timestamp.pem"), town.at("old.pem")).unwrap();
    town.done(&format!("keys rotate timestamp {KEYS}"));
    // As it lies there when the power goes between the root and keys.toml.
    fs::copy(town.at("book"), town.at("keys/keys.toml")).unwrap();
    fs::copy(town.at("old.pem"), town.at("keys/timestamp.pem")).unwrap();
    let told = town.refused(&format!("sign --once {KEYS} --publication out"));
    assert!(told.contains("keys renew"), "{told}");
    holds(&town, &root).unwrap();
    town.done(&format!("keys renew {KEYS} --out out"));
    holds(&town, &root).unwrap();
}

#[test]
fn with_two_root_keys_lost_displays_are_given_a_new_root() {
    let town = Town::published("lost-two");
    let old = fs::read(town.at("out/root.json")).unwrap();
    for name in ["root-1", "root-2"] {
        fs::remove_file(town.at(&format!("keys/{name}.pem"))).unwrap();
    }
    assert!(town.refused(&format!("keys rotate root-1 {KEYS} --out out")).contains("root keys are here"));
    let told = town.done(&format!("keys recover {KEYS} --out out"));
    assert!(told.contains("parvis sync --root out/root.json"), "{told}");
    let named: Vec<&str> = told.split_whitespace().filter(|word| word.ends_with(".pem")).collect();
    assert_eq!(named, ["keys/root-4.pem", "keys/root-5.pem", "keys/root-6.pem"]);
    assert!(named.iter().all(|name| town.at(name).is_file()));
    let new = fs::read(town.at("out/root.json")).unwrap();
    assert_ne!(new, old);
    holds(&town, &new).unwrap();
    holds(&town, &old).unwrap_or_else(|why| panic!("a display that nobody has visited yet goes on: {why}"));
    let (holds_for_python, words) = python_tuf(&town.at("out"), &town.at("out/root.json"), &["default/revision.json"]);
    assert!(holds_for_python && words.starts_with("root 3"), "{words}");
    // From then on the new chain goes on, and the old one has ended.
    town.done(&format!("keys rotate timestamp {KEYS} --out out"));
    holds(&town, &new).unwrap();
    assert!(holds(&town, &old).is_err());
}

#[test]
fn recovering_with_a_mistyped_passphrase_changes_nothing() {
    let town = Town::published("recover-mistyped");
    for name in ["root-1", "root-2"] {
        fs::remove_file(town.at(&format!("keys/{name}.pem"))).unwrap();
    }
    fs::write(town.at("other"), "three horses and a goat\n").unwrap();
    let state = || {
        let mut keys = files(&town.at("keys"));
        keys.remove(".lock");
        (keys, files(&town.at("out")))
    };
    let before = state();
    let told = town.refused("keys recover --keys keys --passphrase-file other --out out");
    assert!(told.contains("the passphrase is not the right one") && told.contains("nothing was changed"), "{told}");
    assert_eq!(state(), before);
}

#[test]
fn a_recovery_that_lacks_a_key_names_the_command_that_ends_it() {
    let town = Town::published("recover-offline");
    let old = fs::read(town.at("out/root.json")).unwrap();
    fs::create_dir(town.at("stick")).unwrap();
    fs::rename(town.at("keys/timestamp.pem"), town.at("stick/timestamp.pem")).unwrap();
    let (status, stdout, told) = town.hub(&format!("keys recover {KEYS} --out out"));
    assert!(status == 1 && told.contains("nothing is published under the new root yet"), "{told}");
    assert!(!stdout.contains("parvis sync"), "out/root.json is still the old one: {stdout}");
    holds(&town, &old).unwrap();
    let (_, command) = told.trim_end().split_once("parvis-hub sign ").unwrap_or_else(|| panic!("{told}"));
    town.done(&format!("sign {} --passphrase-file passphrase", command.replace("STICK", "stick")));
    let new = fs::read(town.at("out/root.json")).unwrap();
    assert_ne!(new, old);
    holds(&town, &new).unwrap();
}

#[test]
fn a_stick_is_tried_without_changing_anything() {
    let town = Town::published("try");
    fs::create_dir(town.at("stick")).unwrap();
    fs::rename(town.at("keys/root-2.pem"), town.at("stick/root-2.pem")).unwrap();
    let before = files(&town.at(""));
    let told = town.done("keys try stick/root-2.pem --passphrase-file passphrase");
    assert!(told.starts_with("stick/root-2.pem opens with this passphrase"), "{told}");
    let told = town.done(&format!("keys try stick/root-2.pem {KEYS}"));
    assert!(told.contains("it is the key root-2, which signs for root"), "{told}");
    fs::write(town.at("other"), "three horses and a goat\n").unwrap();
    let told = town.refused("keys try stick/root-2.pem --keys keys --passphrase-file other");
    assert!(told.contains("stick/root-2.pem: the passphrase is not the right one"), "{told}");
    assert!(town.refused(&format!("keys try stick/root-1.pem {KEYS}")).contains("there is no such file"));
    assert!(town.refused(&format!("keys try keys/keys.toml {KEYS}")).contains("no private key"));
    fs::remove_file(town.at("other")).unwrap();
    assert_eq!(files(&town.at("")), before);
    town.done(&format!("keys rotate root-2 {KEYS}"));
    assert!(town.refused(&format!("keys try stick/root-2.pem {KEYS}")).contains("another took its place"));
}

#[test]
fn with_everything_lost_a_town_begins_again_in_the_same_place() {
    let town = Town::published("lost-all");
    town.done(&format!("keys renew {KEYS} --out out"));
    fs::remove_dir_all(town.at("keys")).unwrap();
    town.done("keys init keys --passphrase-file passphrase");
    town.publish();
    let root = fs::read(town.at("out/root.json")).unwrap();
    holds(&town, &root).unwrap();
    python(&town, &["default/revision.json"]);
    assert_eq!(town.json("out/metadata/timestamp.json")["signed"]["version"], 3, "newer than all that was there");
}
