//! The real `parvis sync`, killed with SIGKILL at points that chance decides: what is in the store is the old or the new
//! publication, whole, and the next run brings the new.

use crate::faulty_disk::Chance;
use crate::file_server::FileServer;
use parvis::store::{Folder, Store, verify};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

const PASSPHRASE: &str = "only for this test\n";

/// A folder of its own, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("parvis-kills-{}-{name}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Writes content in a state, and publishes it. Every sixth item has a picture of that state.
fn publish(scratch: &Scratch, state: &str, items: std::ops::Range<usize>) {
    let content = scratch.at("content");
    fs::create_dir_all(content.join("media")).unwrap();
    let item = |number: usize| {
        let mut media = String::new();
        if number.is_multiple_of(6) {
            let colour = [u8::try_from(number).unwrap(), state.as_bytes()[0], 90];
            let picture = image::RgbImage::from_pixel(60, 40, image::Rgb(colour));
            picture.save(content.join(format!("media/{number}.png"))).unwrap();
            media = format!(r#","media":[{{"path":"{number}.png","alt":{{"fr":"{state}"}}}}]"#);
        }
        let title = format!(r#""title":{{"fr":"{state} {number}"}}"#);
        format!(r#"{{"type":"article","id":"test:{number}",{title},"section":"discover"{media}}}"#)
    };
    let items: Vec<String> = items.map(item).collect();
    fs::write(content.join("items.json"), format!(r#"{{"format":1,"items":[{}]}}"#, items.join(","))).unwrap();
    fs::write(content.join("town.json"), r#"{"name":{"fr":"Essai"}}"#).unwrap();
    let mut hub = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
    hub.args(["publish", "--content"]).arg(&content).arg("--keys").arg(scratch.at("keys"));
    run(hub.arg("--passphrase-file").arg(scratch.at("passphrase")).arg("--out").arg(scratch.at("site")));
}

fn copy(from: &Path, to: &Path) {
    fs::remove_dir_all(to).ok();
    run(Command::new("cp").arg("-r").arg(from).arg(to));
}

struct Town {
    scratch: Scratch,
    server: FileServer,
}

impl Town {
    /// Publishes twice: the folders `old` and `new`, and a store that shows the old one.
    fn new(name: &str) -> Self {
        let scratch = Scratch::new(name);
        fs::write(scratch.at("passphrase"), PASSPHRASE).unwrap();
        let mut hub = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
        hub.args(["keys", "init"]).arg(scratch.at("keys"));
        run(hub.arg("--passphrase-file").arg(scratch.at("passphrase")));
        publish(&scratch, "old", 0..60);
        copy(&scratch.at("site"), &scratch.at("old"));
        publish(&scratch, "new", 10..80);
        copy(&scratch.at("site"), &scratch.at("new"));
        let server = FileServer::start(&scratch.at("old"));
        let town = Self { scratch, server };
        run(&mut town.sync("store"));
        town
    }

    fn sync(&self, store: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
        command.args(["sync", "--once", "--store"]).arg(self.scratch.at(store));
        command.arg("--root").arg(self.scratch.at("old/root.json")).args(["--from", &self.server.url()]);
        command.env_remove("PARVIS_STORE").stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// The first title that is shown: "old" or "new"; every byte has been looked at.
    fn shows(&self, store: &str, case: &str) -> String {
        let folder = self.scratch.at(store);
        let verified = verify(&Store::new(Arc::new(Folder::new(&folder))));
        assert!(verified.is_whole(), "{case}: {:?}", verified.flaws);
        match verified.items {
            60 => "old".to_owned(),
            70 => "new".to_owned(),
            other => panic!("{case}: {other} items"),
        }
    }

    /// Kills one run where chance says, and runs again.
    fn kill(&self, requests: usize, seed: u64) -> String {
        let mut chance = Chance(seed);
        copy(&self.scratch.at("store"), &self.scratch.at("killed"));
        // Behind an answer, and then some turns of the processor later: in the middle of what is made of it.
        let (request, doublings) = (chance.below(requests), chance.below(24));
        let turns = chance.below(1 << doublings);
        let case = format!("seed {seed}: behind request {request} of {requests}, {turns} turns");
        let running = Arc::new(Mutex::new(None::<std::process::Child>));
        let victim = running.clone();
        self.server.give(&self.scratch.at("new"), move |number| {
            if number == request {
                (0..turns).for_each(|_| std::hint::spin_loop());
                victim.lock().unwrap().as_mut().unwrap().kill().unwrap();
            }
        });
        let mut holding = running.lock().unwrap();
        *holding = Some(self.sync("killed").spawn().unwrap());
        drop(holding);
        wait(&running);
        let shows = self.shows("killed", &case);
        self.server.give(&self.scratch.at("new"), |_| {});
        run(&mut self.sync("killed"));
        assert_eq!(self.shows("killed", &case), "new", "{case}");
        shows
    }
}

/// Waits for the end without holding the lock, which whoever kills needs.
fn wait(running: &Mutex<Option<std::process::Child>>) {
    loop {
        if running.lock().unwrap().as_mut().unwrap().try_wait().unwrap().is_some() {
            return;
        }
        std::thread::yield_now();
    }
}

fn kill_many(name: &str, many: u64) {
    let town = Town::new(name);
    assert_eq!(town.shows("store", "at the beginning"), "old");
    // How many requests a whole run makes.
    copy(&town.scratch.at("store"), &town.scratch.at("killed"));
    town.server.give(&town.scratch.at("new"), |_| {});
    run(&mut town.sync("killed"));
    assert_eq!(town.shows("killed", "unharmed"), "new");
    let requests = town.server.requests();
    let left: Vec<String> = (0..many).map(|seed| town.kill(requests, seed)).collect();
    assert!(left.iter().any(|shows| shows == "old"), "no run was killed before it was done");
}

#[test]
fn a_killed_synchronisation_leaves_old_or_new() {
    kill_many("some", 25);
}

#[test]
#[ignore = "twenty times as long"]
fn a_synchronisation_killed_500_times_leaves_old_or_new() {
    kill_many("many", 500);
}
