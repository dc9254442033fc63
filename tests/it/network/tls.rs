//! TLS with the certificates of a town, and proxies on the way.

use super::server::{Reply, Request, Server, connection, listener};
use super::{bring, now, read, settings};
use crate::faked_time::by_clock;
use parvis::sync::{Asked, Fetch, FetchFault, Found, Http, HttpSettings};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

const FILE: &[u8] = b"what the town says";

/// An authority of a town's own, with the certificate of its server, and the server.
struct Town {
    folder: PathBuf,
    years: i32,
    server: Option<Child>,
}

impl Town {
    /// `names` are the server's, as OpenSSL writes them.
    fn new(names: &str, days: i32) -> Self {
        Self::made_in(names, days, 0)
    }

    /// `years` from now; certificates are good for some days.
    fn made_in(names: &str, days: i32, years: i32) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("tls-{}-{number}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join("town/metadata")).unwrap();
        fs::write(folder.join("town/metadata/timestamp.json"), FILE).unwrap();
        fs::write(folder.join("names"), format!("subjectAltName={names}\nextendedKeyUsage=serverAuth\n")).unwrap();
        let town = Self { folder, years, server: None };
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
        town.openssl(&format!("req -x509 {key} -keyout ca.key -out ca.pem -subj /CN=Town{number} -days 2"));
        town.openssl(&format!("req -new {key} -keyout server.key -out server.csr -subj /CN=server"));
        let ca = "-CA ca.pem -CAkey ca.key -CAcreateserial";
        town.openssl(&format!("x509 -req -in server.csr {ca} -out server.pem -days {days} -extfile names"));
        town
    }

    fn openssl(&self, arguments: &str) {
        let mut openssl = by_clock(Command::new("openssl"), &format!("{:+}y", self.years));
        openssl.args(arguments.split(' '));
        let output = openssl.current_dir(&self.folder).output().unwrap();
        assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn ca(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    /// Serves the files below `town/`.
    fn serve(&mut self) -> SocketAddr {
        let arguments = "s_server -accept 127.0.0.1:0 -cert server.pem -key server.key -WWW";
        let mut command = Command::new("openssl");
        command.args(arguments.split(' ')).current_dir(&self.folder).stdout(Stdio::piped()).stderr(Stdio::null());
        let server = self.server.insert(command.stdin(Stdio::null()).spawn().unwrap());
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let line = lines.find_map(|line| line.unwrap().strip_prefix("ACCEPT ").map(str::to_owned)).unwrap();
        thread::spawn(move || lines.for_each(drop));
        line.parse().unwrap()
    }

    /// Serves them with Debian's nginx and HTTP/2: one process, which ends when it is killed and may read what we may.
    fn serve_by_nginx(&mut self) -> SocketAddr {
        let free = listener("127.0.0.1:0").local_addr().unwrap();
        let folder = self.folder.display();
        let conf = format!(
            "daemon off; master_process off; pid {folder}/pid; events {{}} http {{
             log_format protocol '$server_protocol $status $body_bytes_sent $connection';
             access_log {folder}/log protocol;
             client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
             uwsgi_temp_path {folder}; scgi_temp_path {folder};
             server {{ listen {free} ssl http2; root {folder};
             ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.key; }} }}"
        );
        fs::write(self.folder.join("conf"), conf).unwrap();
        let mut command = Command::new("nginx");
        command.arg("-e").arg("stderr").arg("-c").arg(self.folder.join("conf")).stderr(Stdio::null());
        self.server = Some(command.spawn().unwrap());
        while connection(free).is_err() {
            assert!(self.server.as_mut().unwrap().try_wait().unwrap().is_none(), "nginx has ended");
            thread::yield_now();
        }
        free
    }

    /// Lets nginx end as it does by itself, with its log written: a line comes after what it is about was answered.
    fn end_nginx(&mut self) {
        let mut nginx = self.server.take().unwrap();
        let asked = Command::new("kill").arg("-QUIT").arg(nginx.id().to_string()).status().unwrap();
        assert!(asked.success() && nginx.wait().unwrap().success());
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            server.kill().unwrap();
            server.wait().unwrap();
        }
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

fn ask(settings: &HttpSettings) -> Result<Option<Vec<u8>>, FetchFault> {
    now(bring(&Http::new(settings).unwrap(), "metadata/timestamp.json", 1000))
}

fn with_ca(address: SocketAddr, ca: &Path) -> HttpSettings {
    HttpSettings { ca_file: Some(ca.to_owned()), ..settings(format!("https://{address}/town/")) }
}

fn unreachable_because(fault: &FetchFault, why: &str) -> bool {
    matches!(fault, FetchFault::Unreachable(words) if words.contains(why))
}

#[test]
fn a_town_s_own_authority_is_trusted_where_it_is_named() {
    let mut town = Town::new("IP:127.0.0.1", 2);
    let address = town.serve();
    assert_eq!(ask(&with_ca(address, &town.ca())), Ok(Some(FILE.to_vec())));
    let stranger = Town::new("IP:127.0.0.1", 2);
    for settings in [settings(format!("https://{address}/town/")), with_ca(address, &stranger.ca())] {
        let fault = ask(&settings).unwrap_err();
        assert!(unreachable_because(&fault, "UnknownIssuer"), "{fault:?}");
    }
    assert_eq!(ask(&with_ca(address, &town.ca())), Ok(Some(FILE.to_vec())), "afterwards all is well");
}

#[test]
fn a_certificate_for_another_name_or_time_is_refused() {
    for (names, days, why) in [
        ("DNS:other.example", 2, "not valid for name"),
        ("IP:127.0.0.1", -1, "Expired (is the clock of this display right?)"),
    ] {
        let mut town = Town::new(names, days);
        let address = town.serve();
        let fault = ask(&with_ca(address, &town.ca())).unwrap_err();
        assert!(unreachable_because(&fault, why), "{fault:?}");
    }
}

/// The clock says 1970 or 2036, in effect: certificates were made ten years after it, or before.
#[test]
fn a_clock_that_nothing_sets_keeps_no_display_from_its_town() {
    for years in [10, -10] {
        let mut town = Town::made_in("IP:127.0.0.1", 2, years);
        let address = town.serve();
        let set = with_ca(address, &town.ca());
        let unset = |settings: HttpSettings| HttpSettings { is_clock_set: || false, ..settings };
        assert_eq!(ask(&unset(set.clone())), Ok(Some(FILE.to_vec())), "{years}");
        let fault = ask(&set).unwrap_err();
        assert!(unreachable_because(&fault, "(is the clock of this display right?)"), "{fault:?}");
        let mut other = Town::made_in("DNS:other.example", 2, years);
        for (address, ca, why) in
            [(address, other.ca(), "UnknownIssuer"), (other.serve(), other.ca(), "not valid for name")]
        {
            let fault = ask(&unset(with_ca(address, &ca))).unwrap_err();
            assert!(unreachable_because(&fault, why), "{years}: {fault:?}");
        }
    }
}

#[test]
fn where_tls_is_asked_for_nothing_else_is_taken() {
    let server = Server::with_file(FILE);
    let fault = ask(&settings(server.url().replace("http:", "https:"))).unwrap_err();
    assert!(matches!(fault, FetchFault::Unreachable(_)), "{fault:?}");
}

#[test]
fn a_file_of_certificates_that_cannot_be_used_is_named() {
    let town = Town::new("IP:127.0.0.1", 2);
    let with = |path: &Path| Http::new(&with_ca("127.0.0.1:1".parse().unwrap(), path)).err().unwrap();
    assert!(with(&town.folder.join("absent")).contains("absent: No such file"));
    for (content, why) in [("", "holds no certificate"), ("-----BEGIN CERTIFICATE-----\nAAAA\n", "pem: ")] {
        fs::write(town.folder.join("pem"), content).unwrap();
        let fault = with(&town.folder.join("pem"));
        assert!(fault.contains(why), "{fault}");
    }
}

#[test]
fn nginx_gives_files_and_parts_of_them_over_one_connection() {
    let mut town = Town::new("IP:127.0.0.1", 2);
    let address = town.serve_by_nginx();
    let http = Http::new(&with_ca(address, &town.ca())).unwrap();
    now(async {
        let path = "metadata/timestamp.json";
        let answer = http.get(Asked { path, ..Asked::default() }).await.unwrap();
        let (tag, date) = (answer.tag.unwrap(), answer.date_secs.unwrap());
        assert!(date > 1_700_000_000, "{date}");
        let known = Some(tag.as_str());
        assert!(matches!(http.get(Asked { path, from: 0, known }).await.unwrap().found, Found::Unchanged));
        for (known, begins) in [(known, 5), (None, 5), (Some("\"other\""), 0)] {
            let Found::Body { from, mut body } = http.get(Asked { path, from: 5, known }).await.unwrap().found else {
                panic!("no body")
            };
            let mut bytes = Vec::new();
            read(body.as_mut(), &mut bytes, 1000).await.unwrap();
            assert_eq!((from, bytes.as_slice()), (begins, &FILE[usize::try_from(begins).unwrap()..]));
        }
        assert_eq!(bring(&http, "metadata/absent", 1000).await, Ok(None));
    });
    drop(http);
    town.end_nginx();
    let log = fs::read_to_string(town.folder.join("log")).unwrap();
    let connections: BTreeSet<&str> = log.lines().map(|line| line.rsplit(' ').next().unwrap()).collect();
    assert!(log.lines().all(|line| line.starts_with("HTTP/2.0 ")), "{log}");
    assert_eq!((log.lines().count(), connections.len()), (6, 1), "{log}");
}

/// A proxy that lets everything through.
fn proxy(request: &Request, reply: &mut Reply<'_>) -> io::Result<()> {
    if request.method != "CONNECT" {
        return reply.file(request, "\"one\"", FILE);
    }
    let there = connection(&*request.target)?;
    reply.head(200, &[])?;
    let (mut back, mut to) = (there.try_clone()?, reply.stream.try_clone()?);
    let returning = thread::spawn(move || io::copy(&mut back, &mut to).ok());
    let (mut from, mut there) = (reply.stream, there);
    io::copy(&mut from, &mut there).ok();
    there.shutdown(std::net::Shutdown::Both)?;
    returning.join().ok();
    Ok(())
}

fn through(proxy: &Server, settings: HttpSettings) -> HttpSettings {
    HttpSettings { proxy: Some(format!("http://display:word@{}", proxy.address)), ..settings }
}

/// "display:word" as RFC 7617 writes it.
const CREDENTIALS: &str = "Basic ZGlzcGxheTp3b3Jk";

#[test]
fn a_proxy_is_asked_in_the_town_s_name() {
    let proxy = Server::start(proxy);
    let settings = through(&proxy, settings("http://town.invalid/town/"));
    assert_eq!(ask(&settings), Ok(Some(FILE.to_vec())));
    let request = &proxy.requests()[0];
    assert_eq!(request.target, "http://town.invalid/town/metadata/timestamp.json");
    assert_eq!(request.header("proxy-authorization"), Some(CREDENTIALS));
}

#[test]
fn what_is_encrypted_passes_a_proxy_unread() {
    let mut town = Town::new("IP:127.0.0.1", 2);
    let address = town.serve();
    let proxy = Server::start(proxy);
    assert_eq!(ask(&through(&proxy, with_ca(address, &town.ca()))), Ok(Some(FILE.to_vec())));
    let request = &proxy.requests()[0];
    assert_eq!((request.method.as_str(), request.target.as_str()), ("CONNECT", address.to_string().as_str()));
    assert_eq!(request.header("proxy-authorization"), Some(CREDENTIALS));
}

#[test]
fn a_proxy_that_refuses_is_named() {
    let proxy = Server::start(|_, reply| reply.whole(407, &[], b""));
    assert_eq!(ask(&through(&proxy, settings("http://town.invalid/town/"))), Err(FetchFault::Status(407)));
    let fault = ask(&through(&proxy, settings("https://town.invalid/town/"))).unwrap_err();
    assert!(unreachable_because(&fault, "proxy"), "{fault:?}");
    assert_eq!(proxy.requests().len(), 2);
    let nobody = HttpSettings { proxy: Some("http://127.0.0.1:1".to_owned()), ..settings("http://town.invalid/") };
    assert!(unreachable_because(&ask(&nobody).unwrap_err(), "refused"));
    let none = HttpSettings { proxy: Some("::".to_owned()), ..settings("http://town.invalid/") };
    assert!(Http::new(&none).err().unwrap().starts_with("the proxy's address: "));
}
