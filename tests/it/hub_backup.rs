//! A hub backed up while it works, and restored: onto an empty folder, with displays that had seen more; and what no archive
//! does to a machine.

use crate::browser::{ANNE, Browser, House, PASSWORD};
use crate::display::Display;
use crate::published_town::{Running, Town, files, vouch};
use parvis::hub::store::{AuditLog, Sqlite};
use parvis::publication::Digest;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A picture deep enough that its path is too long for the oldest tar.
const DEEP: &str = "media/fêtes et marchés de toute une année/photographies de la commune et de ses associations/\
                    le grand bal du port au soir du quatorze juillet.png";

/// Starts the hub of a folder of the town.
fn start(town: &Town, data: &str) -> (Running, Browser) {
    let mut running = town.start(&format!("serve --data {data} --listen 127.0.0.1:0 --services services.toml"));
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim_end().trim_start_matches("http://").to_owned();
    (running, Browser { address, cookies: BTreeMap::new(), form_token: String::new() })
}

fn article(browser: &mut Browser, title: &str) {
    browser.get("/staff/items/new/article");
    let made = browser.post("/staff/items/new/article", &[("title.fr", title), ("action", "ready")]);
    assert_eq!(made.status, 303, "{}", made.body);
}

fn publish(browser: &mut Browser) {
    browser.get("/staff/publish");
    let done = browser.post("/staff/publish", &[]);
    assert_eq!(done.status, 200, "{}", done.body);
}

fn titles(display: &mut Display, publication: &Path) -> Vec<String> {
    display.web.serve(&files(publication));
    display.turn().unwrap();
    display.titles()
}

/// Names and bytes of the files in a backup, in order.
fn packed(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = tar::Archive::new(zstd::Decoder::new(File::open(path).unwrap()).unwrap());
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.path().unwrap().to_str().unwrap().to_owned(), bytes)
    });
    entries.collect()
}

#[test]
fn a_hub_comes_back_from_its_backup_and_its_displays_follow() {
    let (house, mut anne) = House::set_up("backup-whole");
    fs::create_dir_all(house.town.at(DEEP).parent().unwrap()).unwrap();
    fs::write(house.town.at(DEEP), b"a picture").unwrap();
    article(&mut anne, "Bal du port");
    publish(&mut anne);
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(&fs::read(house.town.at("publication/root.json")).unwrap());
    let before = titles(&mut display, &house.town.at("publication"));
    assert!(before.contains(&"Bal du port".to_owned()));

    // Kept beside the folder of the hub, while it works.
    let out = house.town.at("../parvis-backup-whole.tar.zst").display().to_string();
    fs::remove_file(&out).ok();
    let said = house.town.done(&format!("backup --data . --with-keys --out {out}"));
    assert!(said.contains("THE KEYS ARE IN IT"), "{said}");
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(house.town.refused(&format!("backup --data . --out {out}")).contains("no backup is written over"));

    // What came after it is lost, and displays have seen it.
    article(&mut anne, "Bal d’après");
    for _ in 0..3 {
        publish(&mut anne);
    }
    assert!(titles(&mut display, &house.town.at("publication")).contains(&"Bal d’après".to_owned()));
    let (town, _) = house.stop();

    let said = town.done(&format!("restore {out} --data restored/hub"));
    assert!(said.contains("parvis-hub serve --data restored/hub") && !said.contains("were not in it"), "{said}");
    assert_eq!(fs::read(town.at("restored/hub").join(DEEP)).unwrap(), b"a picture");
    for secret in ["passphrase", "hub.db", "keys/timestamp.pem"] {
        let mode = fs::metadata(town.at("restored/hub").join(secret)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{secret}");
    }
    assert!(town.refused(&format!("restore {out} --data restored/hub")).contains("not empty"));
    let (_running, mut anne) = start(&town, "restored/hub");
    assert_eq!(anne.sign_in(ANNE, PASSWORD), 303);
    assert!(!anne.get("/staff/items?text=apr%C3%A8s").body.contains("Bal d’après"));
    publish(&mut anne);
    assert_eq!(titles(&mut display, &town.at("restored/hub/publication")), before);
    let store = Sqlite::open(&town.at("restored/hub")).unwrap();
    assert_eq!(store.check_audit().unwrap(), None);
    assert!(store.audit(i64::MAX, 20).unwrap().iter().any(|line| line.what == "restore" && line.who == "console"));
    fs::remove_file(&out).unwrap();
}

#[test]
fn a_restored_hub_publishes_by_itself_and_sessions_have_ended() {
    let (house, anne) = House::set_up("backup-itself");
    let out = house.town.at("../parvis-backup-itself.tar.zst").display().to_string();
    fs::remove_file(&out).ok();
    house.town.done(&format!("backup --data . --with-keys --out {out}"));
    let (town, _) = house.stop();
    town.done(&format!("restore {out} --data restored"));
    assert!(!town.at("restored/publication/objects").exists(), "objects are made again");
    let (_running, mut again) = start(&town, "restored");
    again.cookies.clone_from(&anne.cookies);
    assert_eq!(again.get("/staff").header("location"), "/login");
    // The channel of displays says when it is done.
    let mut versions = crate::hub_kills::news(&again.address);
    let root = fs::read(town.at("restored/publication/root.json")).unwrap();
    while vouch(&town.at("restored/publication"), &root, "default").is_err() {
        versions.next().unwrap();
    }
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(&root);
    assert!(titles(&mut display, &town.at("restored/publication")).len() > 1_000);
    fs::remove_file(&out).unwrap();
}

#[test]
fn without_its_keys_a_backup_holds_no_secret_of_displays_and_they_can_be_put_back() {
    let (house, mut anne) = House::set_up("backup-keyless");
    let out = house.town.at("../parvis-backup-keyless.tar.zst").display().to_string();
    fs::remove_file(&out).ok();
    let said = house.town.done(&format!("backup --data . --out {out}"));
    assert!(said.contains("THE KEYS ARE NOT IN IT"), "{said}");
    let names: Vec<String> = packed(Path::new(&out)).into_iter().map(|(name, _)| name).collect();
    assert_eq!((names[0].as_str(), names.last().unwrap().as_str()), ("hub.db", "backup.json"));
    let secret = names.iter().find(|name| name.starts_with("keys") || name.contains("passphrase"));
    assert_eq!(secret, None);
    // A copy of the keys that is older than what displays have.
    crate::published_town::copy(&house.town.at("keys"), &house.town.at("copy"));
    publish(&mut anne);
    publish(&mut anne);
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(&fs::read(house.town.at("publication/root.json")).unwrap());
    let before = titles(&mut display, &house.town.at("publication"));
    let (town, _) = house.stop();
    let said = town.done(&format!("restore {out} --data restored"));
    assert!(said.contains("The keys were not in it"), "{said}");
    assert!(!town.at("restored/keys").exists());
    crate::published_town::copy(&town.at("copy"), &town.at("restored/keys"));
    fs::copy(town.at("passphrase"), town.at("restored/passphrase")).unwrap();
    town.done("keys leap --keys restored/keys");
    let (_running, mut anne) = start(&town, "restored");
    anne.sign_in(ANNE, PASSWORD);
    publish(&mut anne);
    assert_eq!(titles(&mut display, &town.at("restored/publication")), before);
    fs::remove_file(&out).unwrap();
}

#[test]
fn a_backup_goes_nowhere_it_would_be_lost_and_needs_a_hub() {
    let (house, _) = House::set_up("backup-where");
    assert!(house.town.refused("backup --data . --out inside.tar.zst").contains("is lost with it"));
    assert!(house.town.refused("backup --data content --out x.tar.zst").contains("there is no hub"));
    assert!(house.town.refused("backup --data . --out /nowhere/x.tar.zst").contains("/nowhere"));
    let other = house.town.refused("serve --data . --listen 127.0.0.1:0");
    assert!(other.contains("a hub runs here already"), "{other}");
    fs::create_dir(house.town.at("half")).unwrap();
    fs::write(house.town.at("half/.restoring"), "").unwrap();
    assert!(house.town.refused("serve --data half --listen 127.0.0.1:0").contains("was broken off here"));
}

/// One file of an archive as an attacker writes it.
struct Entry {
    name: &'static str,
    kind: tar::EntryType,
    link: &'static str,
    bytes: Vec<u8>,
    claimed: Option<u64>,
}

fn plain(name: &'static str, bytes: &[u8]) -> Entry {
    Entry { name, kind: tar::EntryType::Regular, link: "", bytes: bytes.to_vec(), claimed: None }
}

fn write(path: &Path, entries: &[Entry]) {
    let mut archive = tar::Builder::new(zstd::Encoder::new(File::create(path).unwrap(), 1).unwrap().auto_finish());
    for entry in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(entry.claimed.unwrap_or(entry.bytes.len() as u64));
        header.set_entry_type(entry.kind);
        header.set_mode(0o600);
        // As is: the library would refuse some of them.
        let (name, link) = (entry.name.as_bytes(), entry.link.as_bytes());
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.as_old_mut().linkname[..link.len()].copy_from_slice(link);
        header.set_cksum();
        archive.append(&header, entry.bytes.as_slice()).unwrap();
    }
    archive.finish().unwrap();
}

/// What the archive of these files should say of itself.
fn manifest(entries: &[Entry], change: impl Fn(&mut Value)) -> Entry {
    let files = entries.iter().map(|entry| {
        let (length, hash) = (entry.bytes.len(), Digest::of(&entry.bytes).to_string());
        json!({"path": entry.name, "length": length, "hash": hash})
    });
    let files: Vec<Value> = files.collect();
    let made = "2026-06-01T10:00:00Z";
    let mut said = json!({"format": 1, "program": "9.9.9", "made": made, "database": 1, "has_keys": false});
    said["files"] = Value::Array(files);
    change(&mut said);
    plain("backup.json", said.to_string().as_bytes())
}

#[test]
fn nothing_of_an_archive_that_no_hub_wrote_reaches_the_disk() {
    let town = Town::new("backup-hostile");
    let refused = |what: &str, entries: &[Entry], says: &str| {
        write(&town.at("hostile.tar.zst"), entries);
        let said = town.refused("restore hostile.tar.zst --data new/hub");
        assert!(said.contains(says), "{what}: {said}");
        assert!(!town.at("new").exists(), "{what}: something was written");
    };
    for path in ["../evil", "/evil", "media/../../evil", "media//evil", "./evil", "media/", "a\nb", ""] {
        let files = [plain("hub.db", b"x"), plain(path, b"evil")];
        let said = manifest(&files, |_| {});
        let [db, evil] = files;
        refused(path, &[db, evil, said], "no hub writes");
    }
    for kind in ["Symlink", "Link", "Char", "Block", "Fifo", "Directory", "GNUSparse", "XHeader", "XGlobalHeader"] {
        let kinds = [tar::EntryType::Symlink, tar::EntryType::Link, tar::EntryType::Char, tar::EntryType::Block];
        let more = [tar::EntryType::Fifo, tar::EntryType::Directory, tar::EntryType::GNUSparse];
        let last = [tar::EntryType::XHeader, tar::EntryType::XGlobalHeader];
        let kind = *kinds.iter().chain(&more).chain(&last).find(|known| format!("{known:?}") == kind).unwrap();
        let link = Entry { name: "media/a", kind, link: "/etc/passwd", bytes: Vec::new(), claimed: None };
        refused(&format!("{kind:?}"), &[plain("hub.db", b"x"), link], "which is no file");
    }
    let long =
        |claimed| Entry { kind: tar::EntryType::GNULongName, claimed: Some(claimed), ..plain("l", &[b'a'; 512]) };
    refused("a long name", &[long(1 << 40)], "a path that no hub writes");
    refused("a claim", &[Entry { claimed: Some(1 << 60), ..plain("hub.db", b"x") }], "more than the");
    refused("twice", &[plain("hub.db", b"x"), plain("hub.db", b"y")], "no hub writes");
    refused("below a file", &[plain("hub.db", b"x"), plain("hub.db/a", b"y")], "no hub writes");
    refused("no end", &[plain("hub.db", b"x")], "its end is missing");
    let alone = || [plain("hub.db", b"x")];
    let with = |change: fn(&mut Value)| manifest(&alone(), change);
    let mut after = Vec::from(alone());
    after.extend([with(|_| {}), plain("media/a", b"")]);
    refused("after the end", &after, "stands behind the end");
    let changed = |change| [plain("hub.db", b"x"), with(change)];
    refused("another hash", &changed(|said| said["files"][0]["hash"] = json!("0")), "not as it was backed up");
    refused("a file too many", &changed(|said| said["files"] = json!([])), "missing, or one too many");
    refused("newer", &changed(|said| said["database"] = json!(4_000)), "parvis-hub 9.9.9 wrote it, which is newer");
    refused("a newer format", &changed(|said| said["format"] = json!(2)), "which is newer");
    // Whole as an archive, and the database in it is none.
    write(&town.at("hostile.tar.zst"), &changed(|_| {}));
    let said = town.refused("restore hostile.tar.zst --data new/hub");
    assert!(said.contains("hub.db") && !town.at("new/hub").exists(), "{said}");
    fs::write(town.at("hostile.tar.zst"), "nothing").unwrap();
    assert!(town.refused("restore hostile.tar.zst --data new/hub").contains("no backup"));
    fs::create_dir(town.at("own")).unwrap();
    fs::write(town.at("own/letter"), "mine").unwrap();
    assert!(town.refused("restore hostile.tar.zst --data own").contains("not empty"));
}

#[test]
fn a_damaged_or_cut_off_backup_restores_nothing() {
    let (house, _) = House::set_up("backup-damage");
    let out = house.town.at("../parvis-backup-damage.tar.zst");
    fs::remove_file(&out).ok();
    house.town.done(&format!("backup --data . --out {}", out.display()));
    let whole = fs::read(&out).unwrap();
    fs::remove_file(&out).unwrap();
    let tenth = whole.len() / 10;
    for at in (1..10).map(|part| part * tenth) {
        fs::write(house.town.at("cut"), &whole[..at]).unwrap();
        house.town.refused("restore cut --data new");
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        fs::write(house.town.at("cut"), &flipped).unwrap();
        house.town.refused("restore cut --data new");
        assert!(!house.town.at("new").exists());
    }
}
