//! Databases of every version that a hub ever wrote, kept as they were: today's program opens each and finds everything.
//!
//! `tests/hub_versions/NNNN.db.zst` was written by the program whose newest migration is NNNN. Whoever adds a migration adds
//! such a file: `PARVIS_KEEP_VERSION=1 cargo test --test it -- hub_versions` writes it, and it is never changed again.

use crate::scratch::Scratch;
use chrono::{DateTime, TimeDelta, Utc};
use parvis::hub::store::{
    AuditLog, By, Draft, Items, NewUser, Query, Role, SessionKey, Sessions, Settings, Sqlite, State, Users, copy,
    newest,
};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

fn begin() -> DateTime<Utc> {
    "2026-06-01T10:00:00Z".parse().unwrap()
}

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hub_versions")
}

/// Something of everything that version 1 knows. Later versions add to it, and change nothing of it.
fn fill(store: &Sqlite) {
    let by = |who, minute| By { who, now: begin() + TimeDelta::minutes(minute) };
    let anne = NewUser {
        email: "anne@ville.fr",
        name: "Anne",
        role: Role::Administrator,
        password: "$argon2id$v=19$m=19456,t=2,p=1$kept",
        language: "fr",
    };
    let id = store.add_user(&anne, by("set-up", 0)).unwrap();
    let lea = NewUser { email: "lea@ville.fr", name: "Léa", role: Role::Contributor, language: "en", ..anne.clone() };
    let lea = store.add_user(&lea, by("anne@ville.fr", 1)).unwrap();
    store.block_user(lea, true, by("anne@ville.fr", 2)).unwrap();
    store.begin_session(SessionKey::of("a cookie"), id, "a form", begin()).unwrap();
    store.set("town", &json!({"name": {"fr": "Essai"}}), by("set-up", 3)).unwrap();
    let save = |id, title, state, based_on, minute| {
        let body = json!({"type": "event", "id": id, "title": {"fr": title}});
        let reason = if state == State::Refused { "Le prix manque." } else { "" };
        let draft = Draft { id, kind: "event", title, words: title, state, body: &body, reason, based_on };
        store.save(&draft, by("lea@ville.fr", minute)).unwrap();
    };
    save("hub:1", "Bal du port", State::Ready, None, 4);
    store.mark_published(&store.to_publish().unwrap(), by("anne@ville.fr", 5)).unwrap();
    save("hub:1", "Grand bal du port", State::Draft, Some(1), 6);
    save("hub:2", "Fête", State::Refused, None, 7);
}

fn finds_everything(store: &Sqlite, case: &str) {
    assert_eq!(store.check_audit().unwrap(), None, "{case}");
    let lines = store.audit(i64::MAX, 100).unwrap();
    let first: Vec<_> = lines.iter().rev().take(8).map(|line| (line.who.as_str(), line.what.as_str())).collect();
    let anne = "anne@ville.fr";
    let due = [("set-up", "add user"), (anne, "add user"), (anne, "block user"), ("set-up", "set")];
    assert_eq!(first[..4], due, "{case}");
    let due = [("lea@ville.fr", "ready"), (anne, "publish"), ("lea@ville.fr", "draft"), ("lea@ville.fr", "refused")];
    assert_eq!(first[4..], due, "{case}");
    let users: Vec<_> =
        store.users().unwrap().into_iter().map(|user| (user.name, user.role, user.is_blocked)).collect();
    let due = [("Anne".to_owned(), Role::Administrator, false), ("Léa".to_owned(), Role::Contributor, true)];
    assert_eq!(users, due, "{case}");
    let session = store.session(SessionKey::of("a cookie"), begin() + TimeDelta::hours(1)).unwrap().unwrap();
    assert_eq!((session.user.email.as_str(), session.form_token.as_str()), (anne, "a form"), "{case}");
    assert_eq!(store.setting("town").unwrap().unwrap()["name"]["fr"], "Essai", "{case}");
    let found = store.items(&Query { text: "grand bal".to_owned(), count: 10, ..Query::default() }).unwrap();
    assert_eq!((found.1, found.0[0].id.as_str()), (1, "hub:1"), "{case}");
    let ball = store.item("hub:1").unwrap().unwrap();
    assert_eq!((ball.state, ball.version, ball.is_published), (State::Draft, 2, true), "{case}");
    assert_eq!(store.versions("hub:1").unwrap().len(), 2, "{case}");
    let shown: Vec<String> = store.to_publish().unwrap().into_iter().map(|item| item.body).collect();
    assert!(shown.len() == 1 && shown[0].contains("Bal du port"), "{case}: displays show what they did");
    assert_eq!(store.item("hub:2").unwrap().unwrap().reason, "Le prix manque.", "{case}");
}

#[test]
fn today_s_program_finds_everything_that_earlier_ones_wrote() {
    let scratch = Scratch::new("hub-versions");
    if std::env::var_os("PARVIS_KEEP_VERSION").is_some() {
        let folder = scratch.0.join("new");
        fs::create_dir(&folder).unwrap();
        fill(&Sqlite::open(&folder).unwrap());
        copy(&folder, &folder.join("copy")).unwrap();
        let path = kept().join(format!("{:04}.db.zst", newest()));
        assert!(!path.exists(), "{} is kept already, and is never changed", path.display());
        fs::create_dir_all(kept()).unwrap();
        fs::write(path, zstd::encode_all(&*fs::read(folder.join("copy")).unwrap(), 19).unwrap()).unwrap();
    }
    let mut versions = Vec::new();
    for entry in fs::read_dir(kept()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let version: u32 = name.strip_suffix(".db.zst").unwrap().parse().unwrap();
        let folder = scratch.file("hub.db", &zstd::decode_all(&*fs::read(kept().join(&name)).unwrap()).unwrap());
        let before: u32 = pragma(&folder, "user_version");
        assert_eq!(before, version, "{name} was written by another version than its name says");
        // Once to bring it here, once more as what it is then.
        for case in ["brought to today", "opened again"] {
            finds_everything(&Sqlite::open(&scratch.0).unwrap(), &format!("{name}, {case}"));
        }
        assert_eq!(pragma(&folder, "user_version"), newest());
        versions.push(version);
        fs::remove_file(folder).unwrap();
    }
    versions.sort_unstable();
    assert_eq!(versions.first(), Some(&1), "the first version is kept");
    assert_eq!(
        versions.last(),
        Some(&newest()),
        "a migration was added: keep the version that it makes, as said above"
    );
}

fn pragma(db: &Path, name: &str) -> u32 {
    rusqlite::Connection::open(db).unwrap().query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn what_a_newer_program_wrote_is_left_alone() {
    let scratch = Scratch::new("hub-newer");
    drop(Sqlite::open(&scratch.0).unwrap());
    let db = rusqlite::Connection::open(scratch.0.join("hub.db")).unwrap();
    db.pragma_update(None, "user_version", newest() + 1).unwrap();
    drop(db);
    let before = fs::read(scratch.0.join("hub.db")).unwrap();
    let Err(error) = Sqlite::open(&scratch.0) else { panic!("it was opened") };
    let (newer, own) = (newest() + 1, newest());
    assert!(error.to_string().contains(&format!("version {newer}; this one knows {own}")), "{error}");
    assert_eq!(fs::read(scratch.0.join("hub.db")).unwrap(), before);
}
