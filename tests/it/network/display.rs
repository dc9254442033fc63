//! The whole of `parvis sync` on networks that are down, slow, lying or without end: what was shown is shown on, the
//! trouble is named, little is taken, nothing spins; and when the network is a good one again, the new is shown.

use super::server::{Reply, Request, Server, listener};
use crate::display::titles;
use crate::town::{Note, Town};
use jiff::Timestamp;
use parvis::store::{Folder, Store};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

pub type Files = BTreeMap<String, Vec<u8>>;

/// What a display may hold in memory during all of it, besides the program itself.
const OWN_KIB_MAX: u64 = 20 << 10;
/// How often a display may ask within the time of these tests: each turn asks for a handful of files, and before each
/// is a wait.
const REQUESTS_MAX: usize = 40;

/// A display that shows "first", at an address where there is "second" by now.
pub struct Case {
    folder: PathBuf,
    pub town: Town,
    pub server: Server,
    address: SocketAddr,
}

impl Case {
    pub fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sync-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut town = Town::new(Timestamp::now());
        fs::write(folder.join("root.json"), town.root()).unwrap();
        town.publish(&notes("first"), Timestamp::now());
        let files = town.files.clone();
        let server = Server::start(move |request, reply| give(&files, request, reply));
        let mut case = Self { folder, town, address: server.address, server };
        let output = case.sync().arg("--once").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(case.titles(), expected("first"));
        case.town.publish(&notes("second"), Timestamp::now());
        case
    }

    /// In a store of this name, from this address.
    fn sync_in(&self, store: &str, address: SocketAddr) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
        // A proxy that somebody set for other programs is not this one's.
        command.env("http_proxy", "http://127.0.0.1:1").env("HTTPS_PROXY", "http://127.0.0.1:1");
        command.args(["sync", "--from", &format!("http://{address}/"), "--store"]).arg(self.folder.join(store));
        command
    }

    pub fn sync(&self) -> Command {
        let mut command = self.sync_in("store", self.address);
        command.arg("--root").arg(self.folder.join("root.json"));
        command
    }

    fn store(&self, name: &str) -> Store {
        Store::new(Arc::new(Folder::new(self.folder.join(name))))
    }

    pub fn titles(&self) -> Vec<String> {
        titles(&self.store("store"), &self.town.root())
    }

    /// The trouble that is noted, by its kind.
    pub fn trouble(&self) -> Vec<String> {
        self.store("store")
            .sync_note()
            .faults
            .into_iter()
            .map(|fault| fault.kind)
            .filter(|kind| kind != "clock")
            .collect()
    }

    pub fn serve_well(&self) {
        let files = self.town.files.clone();
        self.server.behave(move |request, reply| give(&files, request, reply));
    }

    /// The display meets the fault, and then a good network.
    fn meets(&self, words: &str) {
        self.meets_as(self.sync(), words, || self.serve_well());
    }

    /// The same with a program that was started otherwise, and another good network.
    pub fn meets_as(&self, sync: Command, words: &str, recover: impl FnOnce()) {
        let before = self.server.requests().len();
        let running = Running::start(sync);
        let said = running.line_with(&["parvis sync: "]);
        assert!(said.contains(words), "{said}");
        assert_eq!(self.titles(), expected("first"), "{said}");
        assert_eq!(self.trouble().len(), 1, "{said}");
        recover();
        running.line_with(&["is shown from now on"]);
        assert_eq!((self.titles(), self.trouble()), (expected("second"), vec![]), "{said}");
        let asked = self.server.requests().len() - before;
        assert!(asked <= REQUESTS_MAX, "{said}: it asked {asked} times");
        let own = running.own_kib();
        assert!(own <= OWN_KIB_MAX, "{said}: {own} KiB of its own");
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// `parvis sync` on and on.
struct Running {
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (say, lines) = mpsc::channel();
        let outputs: [Box<dyn io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for output in outputs {
            let say = say.clone();
            thread::spawn(move || {
                BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| say.send(line))
            });
        }
        Self { child, lines }
    }

    /// The next line with one of these words in it.
    fn line_with(&self, words: &[&str]) -> String {
        let mut before = Vec::new();
        loop {
            // Only so that a test that has failed ends.
            let Ok(line) = self.lines.recv_timeout(Duration::from_secs(120)) else {
                panic!("it never said {words:?}, but {before:?}")
            };
            if words.iter().any(|words| line.contains(words)) {
                return line;
            }
            before.push(line);
        }
    }

    /// The most that it has held in memory, less what is mapped from files.
    fn own_kib(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kib = |name: &str| -> u64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.trim().trim_end_matches(" kB").parse().unwrap()
        };
        kib("VmHWM:") - kib("RssFile:")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

pub fn notes(state: &str) -> Vec<Note> {
    let picture: Vec<u8> = state.bytes().cycle().take(150_000).collect();
    let note = |number| Note::new(format!("test-{number}"), format!("{state} {number}"));
    let mut notes: Vec<Note> = (0..5).map(note).collect();
    notes[0].picture = Some(picture);
    notes
}

pub fn expected(state: &str) -> Vec<String> {
    (0..5).map(|number| format!("{state} {number}")).collect()
}

pub fn give(files: &Files, request: &Request, reply: &mut Reply<'_>) -> io::Result<()> {
    match files.get(request.target.trim_start_matches('/')) {
        Some(bytes) => reply.file(request, "\"one\"", bytes),
        None => reply.whole(404, &[], b""),
    }
}

fn meets(words: &str, behave: impl Fn(&Request, &mut Reply<'_>) -> io::Result<()> + Send + Sync + 'static) {
    let case = Case::new();
    case.server.behave(behave);
    case.meets(words);
}

/// Metadata comes, and objects meet this.
fn objects_meet(words: &str, behave: impl Fn(&[u8], &mut Reply<'_>) -> io::Result<()> + Send + Sync + 'static) {
    let case = Case::new();
    let files = case.town.files.clone();
    case.server.behave(move |request, reply| match files.get(request.target.trim_start_matches('/')) {
        Some(bytes) if request.target.starts_with("/objects/") => behave(bytes, reply),
        _ => give(&files, request, reply),
    });
    case.meets(words);
}

#[test]
fn a_hub_that_is_down() {
    let mut case = Case::new();
    let nobody = listener("127.0.0.1:0");
    let elsewhere = Server::start_at(&nobody, |_, reply| reply.whole(404, &[], b""));
    drop(std::mem::replace(&mut case.server, elsewhere));
    let running = Running::start(case.sync());
    assert!(running.line_with(&["parvis sync: "]).contains("cannot be reached: "));
    assert_eq!((case.titles(), case.trouble()), (expected("first"), vec!["network".to_owned()]));
    let files = case.town.files.clone();
    case.server =
        Server::start_at(&listener(&case.address.to_string()), move |request, reply| give(&files, request, reply));
    running.line_with(&["is shown from now on"]);
    assert_eq!((case.titles(), case.trouble()), (expected("second"), vec![]));
}

#[test]
fn a_root_that_was_named_is_kept_although_nothing_could_be_reached() {
    let case = Case::new();
    let mut first = case.sync_in("other", "127.0.0.1:1".parse().unwrap());
    first.arg("--root").arg(case.folder.join("root.json"));
    assert!(Running::start(first).line_with(&["parvis sync: "]).contains("cannot be reached: "));
    assert!(case.store("other").pinned_root().unwrap() == Some(case.town.root()), "the root was not kept");
    case.serve_well();
    let output = case.sync_in("other", case.address).arg("--once").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(titles(&case.store("other"), &case.town.root()), expected("second"));
}

#[test]
fn a_line_that_keeps_falling_brings_all_in_one_turn() {
    let case = Case::new();
    let files = case.town.files.clone();
    case.server.behave(move |request, reply| {
        let Some(bytes) = files.get(request.target.trim_start_matches('/')) else { return reply.whole(404, &[], b"") };
        let range = request.header("range").unwrap_or("bytes=0-").to_owned();
        let from: usize = range.trim_start_matches("bytes=").trim_end_matches('-').parse().unwrap();
        let range = format!("bytes {from}-{}/{}", bytes.len() - 1, bytes.len());
        let length = (bytes.len() - from).to_string();
        reply.head(if from == 0 { 200 } else { 206 }, &[("Content-Length", &length), ("Content-Range", &range)])?;
        reply.send(&bytes[from..bytes.len().min(from + 10_000)])
    });
    let output = case.sync().arg("--once").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(case.titles(), expected("second"));
}

#[test]
fn bodies_that_end_early() {
    meets("the connection ended early", |_, reply| {
        reply.head(200, &[("Content-Length", "1000")])?;
        reply.send(b"{")
    });
    objects_meet("the connection ended early", |bytes, reply| {
        reply.head(200, &[("Content-Length", &bytes.len().to_string())])?;
        reply.send(&bytes[..100.min(bytes.len() - 1)])
    });
}

#[test]
fn a_network_that_wants_a_login() {
    let page = b"<!DOCTYPE html><title>Welcome to our network</title>";
    meets("does this network want a login?", |_, reply| reply.whole(200, &[("Content-Type", "text/html")], page));
    meets("does this network want a login?", |_, reply| reply.whole(200, &[], page));
    meets("sends elsewhere, to http://login.example/", |_, reply| {
        reply.whole(302, &[("Location", "http://login.example/")], b"")
    });
    objects_meet("does this network want a login?", |_, reply| reply.whole(200, &[], page));
}

#[test]
fn lengths_that_are_wrong() {
    objects_meet("ended early", |bytes, reply| reply.whole(200, &[], &bytes[..bytes.len() - 1]));
    objects_meet("more came than was signed", |bytes, reply| reply.whole(200, &[], &[bytes, b"x"].concat()));
    objects_meet("ended early", |_, reply| reply.whole(200, &[], b""));
    objects_meet("is not what was signed", |bytes, reply| reply.whole(200, &[], &vec![b'x'; bytes.len()]));
}

#[test]
fn bodies_without_end() {
    let flood = |reply: &mut Reply<'_>| {
        reply.head(200, &[])?;
        loop {
            reply.send([b' '; 1 << 16])?;
        }
    };
    meets("more came than was signed", move |_, reply| flood(reply));
    objects_meet("more came than was signed", move |_, reply| flood(reply));
}

#[test]
fn a_hundred_megabytes_of_metadata() {
    meets("more came than was signed", |_, reply| reply.whole(200, &[], &vec![b' '; 100_000_000]));
}

#[test]
fn what_unpacks_to_any_size() {
    meets("packs what it sends (gzip)", |_, reply| {
        reply.whole(200, &[("Content-Encoding", "gzip")], &[b"\x1f\x8b\x08".as_slice(), &[0; 1_000_000]].concat())
    });
}

#[test]
fn unchanged_of_what_is_not_here() {
    meets("status 304", |_, reply| reply.whole(304, &[], b""));
    objects_meet("status 304", |_, reply| reply.whole(304, &[], b""));
}

#[test]
fn servers_in_trouble() {
    meets("status 503", |_, reply| reply.whole(503, &[("Retry-After", "0")], b""));
    meets("metadata/timestamp.json", |_, reply| reply.whole(404, &[], b""));
    objects_meet("is missing there", |_, reply| reply.whole(404, &[], b""));
    meets("the connection ended early", |_, reply| reply.send("SSH-2.0-OpenSSH_9.2\r\n"));
}
