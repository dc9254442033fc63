//! What somebody who holds the web server, or some of the keys, may try: nothing wrong is ever shown, and the trouble is
//! named.

use crate::display::Display;
use crate::town::{Note, Town};
use parvis::publication::{ALERTS, LIVE};
use serde_json::json;

const DAY: u64 = 24 * 3600;

fn notes(state: &str) -> Vec<Note> {
    (0..5).map(|number| Note::new(format!("test:{number}"), format!("{state} {number}"))).collect()
}

/// A display that shows "first", and its town that has published "second" since.
fn a_town_and_its_display() -> (Town, Display) {
    let mut display = Display::new();
    let mut town = Town::new(display.now());
    town.publish(&notes("first"), display.now());
    display.web.serve(&town.files);
    display.trust(&town.root());
    display.turn().unwrap();
    assert_eq!(display.titles(), titles("first"));
    display.clock.pass(3600);
    town.publish(&notes("second"), display.now());
    (town, display)
}

fn titles(state: &str) -> Vec<String> {
    (0..5).map(|number| format!("{state} {number}")).collect()
}

/// The display refuses what the web server has, names the trouble, shows on what it showed, and takes what is right.
#[track_caller]
fn refuses(attack: &str, kind: &str, forge: impl FnOnce(&mut Town, &Display)) {
    let (mut town, mut display) = a_town_and_its_display();
    let right = town.files.clone();
    forge(&mut town, &display);
    assert_ne!(right, town.files, "{attack}: nothing was forged");
    display.web.serve(&town.files);
    let refusal = display.turn().expect_err(attack);
    assert_eq!(refusal.kind(), kind, "{attack}: {refusal}");
    assert_eq!(display.titles(), titles("first"), "{attack}");
    let fault = display.store.sync_note().faults.first().map(|fault| fault.kind.clone());
    assert_eq!(fault.as_deref(), Some(kind), "{attack}");
    display.web.serve(&right);
    display.turn().unwrap_or_else(|refusal| panic!("{attack}: afterwards: {refusal}"));
    assert_eq!(display.titles(), titles("second"), "{attack}");
    assert!(display.store.sync_note().faults.is_empty(), "{attack}");
}

const SIGNED: [(&str, &str); 3] = [
    ("timestamp", "metadata/timestamp.json"),
    ("snapshot", "metadata/2.snapshot.json"),
    ("targets", "metadata/2.targets.json"),
];

#[test]
fn what_is_not_signed_by_the_town_is_refused() {
    for (role, path) in SIGNED {
        // Below the timestamp each file is pinned by the one above, so that another is no longer what was signed.
        let kind = if role == "timestamp" { "signature" } else { "mixed" };
        let change = |signed: &mut serde_json::Value| signed["expires"] = json!("2030-01-01T00:00:00Z");
        refuses(&format!("{role} unsigned"), kind, |town, _| town.forge(path, change, &[]));
        refuses(&format!("{role} by a stranger"), kind, |town, _| town.forge(path, change, &["stranger"]));
        refuses(&format!("{role} changed"), kind, |town, _| {
            let text = String::from_utf8(town.files[path].clone()).unwrap();
            town.files.insert(path.to_owned(), text.replace("\"expires\":\"2026", "\"expires\":\"2027").into_bytes());
        });
    }
    refuses("timestamp by the key of another role", "signature", |town, _| {
        town.forge("metadata/timestamp.json", |_| {}, &["snapshot"]);
    });
}

#[test]
fn a_root_needs_two_of_the_old_keys_and_two_of_the_new() {
    for signers in [&[][..], &["stranger"], &["one root key"], &["one root key", "stranger"]] {
        refuses(&format!("root by {signers:?}"), "signature", |town, display| {
            town.rotate("timestamp", display.now());
            town.forge("metadata/2.root.json", |_| {}, signers);
        });
    }
    refuses("the same key twice", "signature", |town, display| {
        town.rotate("timestamp", display.now());
        town.forge("metadata/2.root.json", |_| {}, &["one root key", "one root key"]);
    });
    refuses("a root that leaves one out", "rollback", |town, display| {
        town.rotate("timestamp", display.now());
        town.forge("metadata/2.root.json", |signed| signed["version"] = json!(3), &["root"]);
    });
}

#[test]
fn what_has_expired_is_refused_and_what_is_shown_stays() {
    for (role, path) in SIGNED {
        let (mut town, mut display) = a_town_and_its_display();
        let _ = path;
        display.web.serve(&town.files);
        display.clock.pass(match role {
            "timestamp" => 8 * DAY,
            "snapshot" => 31 * DAY,
            _ => 91 * DAY,
        });
        // What stands above it is fresh, so that this role alone has expired.
        match role {
            "timestamp" => {}
            "snapshot" => town.renew(display.now()),
            _ => town.sign_snapshot(display.now()),
        }
        display.web.serve(&town.files);
        let refusal = display.turn().expect_err(role);
        assert_eq!(refusal.kind(), "stale", "{role}: {refusal}");
        assert!(refusal.to_string().contains(role), "{refusal}");
        assert_eq!(display.titles(), titles("first"));
        town.sign_targets(display.now());
        display.web.serve(&town.files);
        display.turn().unwrap();
        assert_eq!(display.titles(), titles("second"));
    }
}

#[test]
fn a_frozen_server_is_told_of_when_the_signature_ends() {
    let (town, mut display) = a_town_and_its_display();
    display.web.serve(&town.files);
    display.turn().unwrap();
    for _ in 0..6 {
        display.clock.pass(DAY);
        display.turn().unwrap();
    }
    display.clock.pass(2 * DAY);
    assert_eq!(display.turn().unwrap_err().kind(), "stale");
    assert_eq!(display.titles(), titles("second"), "the last good town stays");
}

#[test]
fn nothing_older_than_what_was_seen_is_taken() {
    let (mut town, mut display) = a_town_and_its_display();
    let first = town.files.clone();
    display.web.serve(&town.files);
    display.turn().unwrap();
    town.publish(&notes("third"), display.now());
    display.web.serve(&town.files);
    display.turn().unwrap();
    display.web.serve(&first);
    assert_eq!(display.turn().unwrap_err().kind(), "rollback");
    assert_eq!(display.titles(), titles("third"));
    // A thief who has the keys of the roles above lists what is older below.
    let newest = town.version_of("timestamp") + 1;
    let stamp = |signed: &mut serde_json::Value| {
        signed["version"] = json!(newest);
        signed["meta"]["snapshot.json"]["version"] = json!(1);
    };
    let right = town.files.clone();
    town.forge("metadata/timestamp.json", stamp, &["timestamp"]);
    display.web.serve(&town.files);
    assert_eq!(display.turn().unwrap_err().kind(), "rollback", "snapshot");
    assert_eq!(display.titles(), titles("third"));
    town.files = right;
    town.set_version("targets", 1);
    town.repin("targets", display.now());
    display.web.serve(&town.files);
    assert_eq!(display.turn().unwrap_err().kind(), "rollback", "targets");
    assert_eq!(display.titles(), titles("third"));
}

#[test]
fn a_restart_and_a_lost_cache_forget_no_version() {
    let (mut town, mut display) = a_town_and_its_display();
    let first = town.files.clone();
    town.publish(&notes("third"), display.now());
    display.web.serve(&town.files);
    display.turn().unwrap();
    display.store.disk().remove("tuf").unwrap();
    display.restart();
    display.web.serve(&first);
    assert_eq!(display.turn().unwrap_err().kind(), "rollback");
    assert_eq!(display.titles(), titles("third"));
}

#[test]
fn files_of_different_publications_do_not_mix() {
    refuses("the snapshot of another day", "mixed", |town, _| {
        let other = town.files["metadata/1.snapshot.json"].clone();
        town.files.insert("metadata/2.snapshot.json".to_owned(), other);
    });
    refuses("the targets of another day", "mixed", |town, _| {
        let other = town.files["metadata/1.targets.json"].clone();
        town.files.insert("metadata/2.targets.json".to_owned(), other);
    });
    let mut forged = Vec::new();
    refuses("another object under a right name", "mixed", |town, _| {
        for (path, bytes) in town.files.iter_mut().filter(|(path, _)| path.starts_with("objects/")) {
            bytes.reverse();
            forged.push(path.clone());
        }
    });
    assert!(!forged.is_empty());
}

#[test]
fn versions_that_a_thief_drove_up_end_with_his_key() {
    let (mut town, mut display) = a_town_and_its_display();
    let (timestamp, snapshot) = (town.version_of("timestamp"), town.version_of("snapshot"));
    town.set_version("timestamp", 1_000_000);
    town.set_version("snapshot", 1_000_000);
    town.sign_snapshot(display.now());
    display.web.serve(&town.files);
    display.turn().unwrap();
    town.set_version("timestamp", timestamp);
    town.set_version("snapshot", snapshot);
    town.rotate("snapshot", display.now());
    town.rotate("timestamp", display.now());
    town.publish(&notes("third"), display.now());
    display.web.serve(&town.files);
    display.turn().unwrap();
    assert_eq!(display.titles(), titles("third"));
    display.restart();
    display.turn().unwrap();
    assert_eq!(display.titles(), titles("third"), "the thief's head is not the newer one");
}

#[test]
fn a_delegated_role_signs_its_own_document_and_nothing_else() {
    for (role, other) in [(ALERTS, LIVE), (LIVE, ALERTS)] {
        let (mut town, mut display) = a_town_and_its_display();
        let document = r#"{"format":1,"items":[]}"#;
        town.announce(role, document, display.now());
        display.web.serve(&town.files);
        display.turn().unwrap();
        assert_eq!(display.document(role).as_deref(), Some(document));
        // It lists the revision, and the other role's document, as its own.
        let version = town.version_of(role);
        let path = format!("metadata/{version}.{role}.json");
        town.forge(
            &path,
            |signed| {
                let listed = signed["targets"][format!("default/{role}.json")].clone();
                signed["targets"] = json!({"default/revision.json": listed, format!("default/{other}.json"): listed});
            },
            &[role],
        );
        town.repin(role, display.now());
        display.web.serve(&town.files);
        display.turn().unwrap();
        assert_eq!(display.titles(), titles("second"), "{role} cannot sign a revision");
        assert_eq!(display.document(other), None, "{role} cannot sign for {other}");
        assert_eq!(display.document(role), None, "its own it no longer lists");
    }
}

#[test]
fn a_delegated_role_changes_what_is_shown_without_a_new_revision() {
    let (mut town, mut display) = a_town_and_its_display();
    display.web.serve(&town.files);
    let revision = display.turn().unwrap().activated();
    display.web.asked();
    town.announce(ALERTS, r#"{"format":1,"items":[]}"#, display.now());
    display.web.serve(&town.files);
    assert!(display.turn().unwrap().activated() > revision);
    let asked = display.web.asked();
    assert!(!asked.iter().any(|path| path.starts_with("objects/")), "{asked:?}");
    assert!(!asked.iter().any(|path| path.ends_with("revision.json")), "{asked:?}");
    assert!(display.document(ALERTS).is_some());
}

#[test]
fn names_in_signed_metadata_never_become_paths_outside_the_store() {
    for group in ["../../etc", "/etc", "a/b", "."] {
        let mut display = Display::new();
        let mut town = Town::new(display.now());
        town.publish(&notes("first"), display.now());
        town.forge(
            "metadata/1.targets.json",
            |signed| {
                let listed = signed["targets"]["default/revision.json"].clone();
                signed["targets"][format!("{group}/revision.json")] = listed;
            },
            &["targets"],
        );
        town.repin("targets", display.now());
        display.web.serve(&town.files);
        display.trust(&town.root());
        display.set_group(group);
        assert!(display.turn().is_err(), "{group}");
        assert_eq!(display.files_outside(), Vec::<String>::new());
    }
}
