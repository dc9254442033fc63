//! What web servers say of a publication: `parvis-hub serve`, and nginx with the shipped configuration.

use crate::published_town::{Town, article, files};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// A server that does not answer in this time never will.
const PATIENCE: Duration = Duration::from_secs(60);

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

pub fn connect(address: &str) -> TcpStream {
    try_connect(address).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the test is the display that asks over the network")]
pub fn try_connect(address: &str) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Asks on a connection and reads the head of the answer.
pub fn ask(address: &str, path: &str, headers: &str) -> (BufReader<TcpStream>, u16, BTreeMap<String, String>) {
    let mut stream = connect(address);
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut from = BufReader::new(stream);
    let mut line = String::new();
    from.read_line(&mut line).unwrap();
    let status = line.split(' ').nth(1).unwrap().parse().unwrap();
    let mut found = BTreeMap::new();
    loop {
        line.clear();
        from.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        found.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    (from, status, found)
}

fn get(address: &str, path: &str, more: &str) -> Answer {
    let (mut from, status, headers) = ask(address, path, more);
    let mut body = Vec::new();
    from.read_to_end(&mut body).unwrap();
    Answer { status, headers, body }
}

/// What every server must say of this publication.
fn hold(address: &str, out: &Path) {
    const FOREVER: &str = "public, max-age=31536000, immutable";
    for (path, bytes) in files(out) {
        let answer = get(address, &format!("/{path}"), "");
        if [".lock", "renditions.json", "staged.json"].contains(&path.as_str()) {
            assert_eq!((answer.status, answer.header("cache-control")), (404, "no-store"), "{path}");
            continue;
        }
        let changes =
            ["root.json", "metadata/timestamp.json", "metadata/bundle/root.json", "metadata/bundle/timestamp.json"];
        let expected = if changes.contains(&path.as_str()) { "no-cache" } else { FOREVER };
        assert_eq!((answer.status, answer.header("cache-control")), (200, expected), "{path}");
        assert_eq!(answer.body, bytes, "{path}");
        let etag = answer.header("etag").to_owned();
        assert!(!etag.is_empty(), "{path}");
        let again = get(address, &format!("/{path}"), &format!("If-None-Match: {etag}\r\n"));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        let part = get(address, &format!("/{path}"), "Range: bytes=10-19\r\n");
        assert_eq!((part.status, &part.body[..]), (206, &bytes[10..20]), "{path}");
        assert_eq!(part.header("content-range"), format!("bytes 10-19/{}", bytes.len()), "{path}");
    }
    for path in
        ["/", "/metadata/", "/metadata/2.root.json", "/../keys/keys.toml", "/%2e%2e/keys/keys.toml", "/objects/00/x"]
    {
        let answer = get(address, path, "");
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert_ne!(answer.header("cache-control"), FOREVER, "{path}");
    }
}

fn a_town_to_serve(name: &str) -> Town {
    let town = Town::published(name);
    fs::write(town.at("out/staged.json"), "{}").unwrap();
    fs::write(town.at("out/renditions.json"), "{}").unwrap();
    town
}

fn serve(town: &Town) -> (crate::published_town::Running, String) {
    let mut running = town.start("serve --publication out --listen 127.0.0.1:0");
    let mut line = String::new();
    BufReader::new(running.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("{line}")).to_owned();
    (running, address)
}

#[test]
fn serve_gives_out_the_publication_and_nothing_else() {
    let town = a_town_to_serve("serve");
    let (_running, address) = serve(&town);
    hold(&address, &town.at("out"));
}

#[test]
fn whoever_listens_hears_of_each_publication() {
    let town = Town::published("events");
    let (_running, address) = serve(&town);
    let (mut first, status, headers) = ask(&address, "/events", "");
    assert_eq!((status, headers["content-type"].as_str()), (200, "text/event-stream"));
    // Lines of the stream, chunk sizes left out.
    let hear = |from: &mut BufReader<TcpStream>| loop {
        let mut line = String::new();
        assert!(from.read_line(&mut line).unwrap() > 0, "the stream ended");
        if let Some(version) = line.trim_end().strip_prefix("data: ") {
            return version.to_owned();
        }
    };
    assert_eq!(hear(&mut first), "1");
    town.write_items("a.json", &[article("t:1", "Changed")]);
    town.publish();
    assert_eq!(hear(&mut first), "2");
    let (mut second, ..) = ask(&address, "/events", "");
    assert_eq!(hear(&mut second), "2");
    drop(first);
    town.publish();
    assert_eq!(hear(&mut second), "3");
}

/// A port that nobody listens on.
#[expect(clippy::disallowed_methods, reason = "only the kernel knows which port is free")]
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Debian's nginx, started as whoever runs the tests.
pub struct Nginx<'a>(pub &'a Town);

impl Nginx<'_> {
    /// Starts it with this site, as Debian's own nginx.conf includes one.
    pub fn start(&self, site: &str) {
        fs::create_dir(self.0.at("nginx")).unwrap();
        fs::write(self.0.at("nginx/site.conf"), site).unwrap();
        let folders =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path {name};"));
        // `user` counts only where the tests run as root.
        let whole = format!(
            "user root;\npid nginx.pid;\nevents {{}}\nhttp {{ access_log off; {} include site.conf; }}\n",
            folders.join(" ")
        );
        fs::write(self.0.at("nginx/nginx.conf"), whole).unwrap();
        assert!(self.run(&[]), "{}", self.log());
    }

    /// Runs it once. It goes on in the background, so nothing waits for the end of its output.
    fn run(&self, more: &[&str]) -> bool {
        let program = ["/usr/sbin/nginx", "nginx"].into_iter().find(|path| Path::new(path).exists()).unwrap_or("nginx");
        let mut command = Command::new(program);
        command.arg("-p").arg(self.0.at("nginx")).args(["-e", "error.log", "-c", "nginx.conf"]).args(more);
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.unwrap_or_else(|error| panic!("nginx is needed (tests/run installs it): {error}")).success()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.0.at("nginx/error.log")).unwrap_or_default()
    }
}

impl Drop for Nginx<'_> {
    fn drop(&mut self) {
        self.run(&["-s", "stop"]);
    }
}

#[test]
fn nginx_with_the_shipped_configuration_says_the_same() {
    let town = a_town_to_serve("nginx");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/nginx.conf");
    let shipped = fs::read_to_string(shipped).unwrap();
    let address = format!("127.0.0.1:{}", free_port());
    for line in ["listen 80;", "root /srv/parvis/publication;"] {
        assert_eq!(shipped.matches(line).count(), 1, "{line}");
    }
    let site = shipped
        .replace("listen 80;", &format!("listen {address};"))
        .replace("root /srv/parvis/publication;", &format!("root {};", town.at("out").display()));
    let nginx = Nginx(&town);
    nginx.start(&site);
    hold(&address, &town.at("out"));
    let zipped = get(&address, "/metadata/1.targets.json", "Accept-Encoding: gzip\r\n");
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert_eq!(zipped.header("content-type"), "application/json");
}
