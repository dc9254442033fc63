//! A town's folder as `parvis-hub import --all` finds it, and what it is filled with in tests.

use crate::stand_in::{Asked, Reply, StandIn};
use parvis::store::load_directory;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// A town with its sources.toml; it goes with the test.
pub struct TownFolder(pub PathBuf);

impl TownFolder {
    pub fn new(name: &str, sources: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("parvis-sources-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let quick = "[fetch]\nbetween_ms = 0\nagain_ms = 0\n";
        fs::write(folder.join("sources.toml"), format!("{quick}{sources}")).unwrap();
        Self(folder)
    }

    /// Runs the import; the clock stands at this hour of 1 May 2026.
    pub fn import(&self, hour: &str, more: &[&str]) -> Output {
        self.import_at(&format!("2026-05-01T{hour}:00Z"), more)
    }

    /// The same at any moment.
    pub fn import_at(&self, at: &str, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
        command.args(["import", "--all"]).arg(self.0.join("sources.toml")).args(["--at", at]).args(more);
        command.env("KEY_OF_TEST", "secret").env_remove("http_proxy").output().unwrap()
    }

    pub fn good(&self, hour: &str, more: &[&str]) -> String {
        let output = self.import(hour, more);
        assert!(output.status.success(), "{}", text(&output));
        text(&output)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    pub fn problems(&self) -> String {
        self.read("import-state/problems.json")
    }

    pub fn titles(&self) -> Vec<String> {
        let loaded = load_directory(&self.0.join("content")).unwrap();
        let mut titles: Vec<String> =
            loaded.catalog.items().map(|item| item.common().title.0.values().next().unwrap().text.clone()).collect();
        titles.sort();
        titles
    }

    pub fn pictures(&self) -> usize {
        fs::read_dir(self.0.join("content/media/imported")).map_or(0, Iterator::count)
    }
}

impl Drop for TownFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub fn event(uid: u64, title: &str, picture: Option<&str>) -> Value {
    json!({
        "uid": uid, "title": { "fr": title }, "state": 2, "timezone": "Europe/Paris",
        "timings": [{ "begin": "2026-06-01T20:00:00+02:00", "end": "2026-06-01T22:00:00+02:00" }],
        "image": picture.map(|name| json!({ "base": "", "filename": name })),
    })
}

pub fn export(titles: &[&str]) -> String {
    let events: Vec<Value> = titles.iter().zip(1..).map(|(title, uid)| event(uid, title, None)).collect();
    json!({ "events": events }).to_string()
}

pub fn entry(name: &str, from: &str, rest: &str) -> String {
    format!("[[source]]\nname = \"{name}\"\nformat = \"openagenda\"\nfrom = \"{from}\"\n{rest}\n")
}

pub type Served = Arc<Mutex<Reply>>;

/// A server with one export, whose answer a test changes.
pub fn server(first: Reply) -> (StandIn, Served) {
    let served = Arc::new(Mutex::new(first));
    let gives = served.clone();
    let server = StandIn::start(move |asked: &Asked| {
        let reply = gives.lock().unwrap().clone();
        let etag = reply.headers.iter().find(|(name, _)| *name == "etag").map(|(_, value)| value.clone());
        match asked.headers.get("if-none-match") {
            Some(known) if Some(known) == etag.as_ref() => Reply::new(304, "application/json", ""),
            _ => reply,
        }
    });
    (server, served)
}
