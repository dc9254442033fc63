//! A real hub on a real disk that is full: staff are told so, nothing is changed by halves, and all is well when there is room.

use crate::browser::{ANNE, Browser, PASSWORD};
use crate::published_town::{Running, Town, vouch};
use parvis::hub::store::{AuditLog, Items, Query, Sqlite};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A hub whose folder is a small disk of its own, which only its process and those it starts see by its name.
struct Small {
    town: Town,
    running: Running,
    browser: Browser,
    token: String,
}

const IN_A_SMALL_DISK: &str = "mount -t tmpfs -o size=48m tmpfs data && cp -r keys passphrase data && exec \"$@\"";

impl Small {
    /// `None` where this machine lets nobody mount anything.
    fn start(name: &str) -> Option<Self> {
        let town = Town::new(name);
        fs::create_dir(town.at("data")).unwrap();
        let services = include_str!("../../kiosk-config/services.toml").replace("https://", "http://127.0.0.1:9/");
        fs::write(town.at("services.toml"), services).unwrap();
        let mut command = Command::new("unshare");
        command.current_dir(town.at(".")).args(["--user", "--map-root-user", "--mount", "sh", "-c", IN_A_SMALL_DISK]);
        command.arg("sh").arg(env!("CARGO_BIN_EXE_parvis-hub"));
        command.args("serve --data data --listen 127.0.0.1:0 --services services.toml".split(' '));
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut running = Running(command.spawn().unwrap());
        let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
        let address = lines.next()?.unwrap().trim_start_matches("http://").to_owned();
        let token = lines.next()?.unwrap().split_once("token=").unwrap().1.to_owned();
        let browser = Browser { address, cookies: BTreeMap::new(), form_token: String::new() };
        Some(Self { town, running, browser, token })
    }

    /// The disk, as its process sees it.
    fn at(&self, path: &str) -> PathBuf {
        let inside = self.town.at("data").canonicalize().unwrap();
        PathBuf::from(format!("/proc/{}/root{}", self.running.0.id(), inside.display())).join(path)
    }

    fn set_up(&mut self) {
        let browser = &mut self.browser;
        browser.get(&format!("/setup?token={}", self.token));
        let said = [("token", self.token.as_str()), ("town", "Essai"), ("name", "Anne"), ("email", ANNE)];
        assert_eq!(browser.post("/setup", &[&said[..], &[("password", PASSWORD)]].concat()).status, 303);
        let mut page = browser.get("/staff/setup");
        while page.body.contains("http-equiv=\"refresh\"") {
            page = browser.get("/staff/setup");
        }
        assert!(page.body.contains("C’est publié"), "{}", page.body);
    }

    /// Takes all the room there is.
    fn fill(&self) {
        let mut file = OpenOptions::new().create(true).append(true).open(self.at("ballast")).unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            let error = loop {
                if let Err(error) = file.write_all(&vec![1; size]) {
                    break error;
                }
            };
            assert_eq!(error.kind(), ErrorKind::StorageFull, "{error}");
        }
    }

    /// The database as it lies there, opened elsewhere.
    fn store(&self, copy: &str) -> Sqlite {
        let folder = self.town.at(copy);
        fs::create_dir(&folder).unwrap();
        for name in ["hub.db", "hub.db-wal"] {
            fs::copy(self.at(name), folder.join(name)).unwrap();
        }
        Sqlite::open(&folder).unwrap()
    }
}

fn write(browser: &mut Browser, title: &str) -> (u16, String) {
    browser.get("/staff/items/new/article");
    let text = "Une longue page. ".repeat(1_000);
    let page =
        browser.post("/staff/items/new/article", &[("title.fr", title), ("text.fr", &text), ("action", "ready")]);
    (page.status, page.body)
}

#[test]
fn a_full_disk_is_said_changes_nothing_and_is_no_matter_when_there_is_room_again() {
    let Some(mut small) = Small::start("disk-full") else {
        println!("WARNING: this machine permits no disk of its own (unshare --mount): a full disk was not tried");
        return;
    };
    small.set_up();
    let root = fs::read(small.at("publication/root.json")).unwrap();
    assert_eq!(write(&mut small.browser, "Avant").0, 303);
    let shown = vouch(&small.at("publication"), &root, "default").unwrap().1;
    small.fill();
    // The log of the database may have room of its own left, which the next changes use up.
    let mut acknowledged = 0;
    let (status, body) = loop {
        let (status, body) = write(&mut small.browser, "Pendant");
        if status != 303 || acknowledged == 1_000 {
            break (status, body);
        }
        acknowledged += 1;
    };
    assert_eq!(status, 503);
    assert!(body.contains("Le disque du serveur est plein : rien n’a été changé."), "{body}");
    small.browser.get("/staff/publish");
    let page = small.browser.post("/staff/publish", &[]);
    assert_eq!(page.status, 503);
    assert!(page.body.contains("Le disque du serveur est plein"), "{}", page.body);
    assert!(page.body.contains("les écrans gardent ce qu’ils montrent") && !page.body.contains("os error"));
    let found = small.browser.get("/staff/items?text=Avant");
    assert!(found.status == 200 && found.body.contains("<a href=\"/staff/items/hub"), "{}", found.body);
    assert_eq!(vouch(&small.at("publication"), &root, "default").unwrap().1, shown);
    let store = small.store("during");
    assert_eq!(store.check_audit().unwrap(), None);
    let found = Query { text: "Pendant".to_owned(), count: 1, ..Query::default() };
    assert_eq!(store.items(&found).unwrap().1, acknowledged, "what was refused is not there, and the rest is");

    fs::remove_file(small.at("ballast")).unwrap();
    assert_eq!(write(&mut small.browser, "Après").0, 303);
    small.browser.get("/staff/publish");
    let page = small.browser.post("/staff/publish", &[]);
    assert_eq!(page.status, 200, "{}", page.body);
    let shown = vouch(&small.at("publication"), &root, "default").unwrap().1;
    assert!(
        ["Avant", "Après"].iter().all(|title| shown.values().any(|item| item["title"].to_string().contains(title)))
    );
    assert_eq!(small.store("after").check_audit().unwrap(), None);
}
