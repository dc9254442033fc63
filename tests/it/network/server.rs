//! A web server that does to a display whatever networks do.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// What was asked.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub target: String,
    /// By their names in small letters.
    pub headers: BTreeMap<String, String>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    fn read(stream: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split_whitespace().map(str::to_owned);
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err(io::Error::other(line));
        };
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        Ok(Some(Self { method, target, headers }))
    }
}

/// The way back to who asked.
pub struct Reply<'a> {
    pub stream: &'a TcpStream,
    sent: &'a AtomicU64,
    /// Whether the connection may be asked again.
    pub stays_open: bool,
}

impl Reply<'_> {
    /// Sends bytes as they are, and counts what the system took of them.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        let mut left = bytes.as_ref();
        while !left.is_empty() {
            let taken = self.stream.write(left)?;
            self.sent.fetch_add(taken as u64, Ordering::SeqCst);
            left = &left[taken..];
        }
        Ok(())
    }

    pub fn head(&mut self, status: u16, headers: &[(&str, &str)]) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {status} Status\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        self.send(head + "\r\n")
    }

    /// A whole answer, after which the connection stays.
    pub fn whole(&mut self, status: u16, headers: &[(&str, &str)], body: &[u8]) -> io::Result<()> {
        let length = body.len().to_string();
        let headers: Vec<_> = headers.iter().copied().chain([("Content-Length", length.as_str())]).collect();
        self.head(status, &headers)?;
        self.send(if status == 304 { &[] } else { body })?;
        self.stays_open = true;
        Ok(())
    }

    /// A file as web servers send it: by part where a part is asked for, not at all where it is known.
    pub fn file(&mut self, request: &Request, tag: &str, bytes: &[u8]) -> io::Result<()> {
        if request.header("if-none-match") == Some(tag) {
            return self.whole(304, &[("ETag", tag)], &[]);
        }
        let is_same = request.header("if-range").is_none_or(|known| known == tag);
        let from =
            request.header("range").and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
        match from.filter(|from| is_same && *from < bytes.len()) {
            Some(from) => {
                let range = format!("bytes {from}-{}/{}", bytes.len() - 1, bytes.len());
                self.whole(206, &[("ETag", tag), ("Content-Range", &range)], &bytes[from..])
            }
            None => self.whole(200, &[("ETag", tag)], bytes),
        }
    }

    /// Says no more until the other side goes away.
    pub fn stall(&mut self) -> io::Result<()> {
        io::copy(&mut &*self.stream, &mut io::sink()).map(|_| ())
    }
}

pub type Behaviour = Arc<dyn Fn(&Request, &mut Reply<'_>) -> io::Result<()> + Send + Sync>;

struct State {
    behaviour: Mutex<Behaviour>,
    requests: Mutex<Vec<Request>>,
    connections: AtomicUsize,
    sent: AtomicU64,
    is_over: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

/// The server; it ends when it is dropped.
pub struct Server {
    pub address: SocketAddr,
    state: Arc<State>,
    listening: Option<JoinHandle<()>>,
}

#[expect(clippy::disallowed_methods, reason = "the other end of the network stands in the test")]
pub fn listener(address: &str) -> TcpListener {
    TcpListener::bind(address).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the other end of the network stands in the test")]
pub fn connection(address: impl std::net::ToSocketAddrs) -> io::Result<TcpStream> {
    TcpStream::connect(address)
}

impl Server {
    pub fn start(behave: impl Fn(&Request, &mut Reply<'_>) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self::start_at(&listener("127.0.0.1:0"), behave)
    }

    pub fn start_at(
        listener: &TcpListener,
        behave: impl Fn(&Request, &mut Reply<'_>) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = listener.try_clone().unwrap();
        let state = Arc::new(State {
            behaviour: Mutex::new(Arc::new(behave)),
            requests: Mutex::default(),
            connections: AtomicUsize::new(0),
            sent: AtomicU64::new(0),
            is_over: AtomicBool::new(false),
            open: Mutex::default(),
        });
        let address = listener.local_addr().unwrap();
        let shared = Arc::clone(&state);
        let listening = Some(thread::spawn(move || listen(&listener, &shared)));
        Self { address, state, listening }
    }

    /// A server with one file, whatever is asked for.
    pub fn with_file(bytes: &'static [u8]) -> Self {
        Self::start(move |request, reply| reply.file(request, "\"one\"", bytes))
    }

    pub fn url(&self) -> String {
        format!("http://{}/town/", self.address)
    }

    /// From now on it behaves so.
    pub fn behave(&self, behave: impl Fn(&Request, &mut Reply<'_>) -> io::Result<()> + Send + Sync + 'static) {
        *self.state.behaviour.lock().unwrap() = Arc::new(behave);
    }

    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// Bytes that the system has taken for sending.
    pub fn sent(&self) -> u64 {
        self.state.sent.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
        for stream in self.state.open.lock().unwrap().iter() {
            stream.shutdown(Shutdown::Both).ok();
        }
        connection(self.address).ok();
        if let Some(listening) = self.listening.take() {
            listening.join().ok();
        }
    }
}

fn listen(listener: &TcpListener, state: &Arc<State>) {
    while let Ok((stream, _)) = listener.accept() {
        if state.is_over.load(Ordering::SeqCst) {
            return;
        }
        state.connections.fetch_add(1, Ordering::SeqCst);
        state.open.lock().unwrap().push(stream.try_clone().unwrap());
        let state = Arc::clone(state);
        // Whatever goes wrong on a connection is what the client did, and is looked at there.
        thread::spawn(move || serve(&stream, &state).ok());
    }
}

fn serve(stream: &TcpStream, state: &State) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some(request) = Request::read(&mut reader)? {
        state.requests.lock().unwrap().push(request.clone());
        let behaviour = Arc::clone(&state.behaviour.lock().unwrap());
        let mut reply = Reply { stream, sent: &state.sent, stays_open: false };
        let done = behaviour(&request, &mut reply);
        if done.is_err() || !reply.stays_open {
            break;
        }
    }
    // What still comes is read to its end: a reset would take from the client what it has not read yet.
    stream.shutdown(Shutdown::Write)?;
    reader.take(1 << 20).read_to_end(&mut Vec::new())?;
    Ok(())
}

/// A file below a folder, called as it was asked for.
pub fn file_on_disk(folder: &Path, request: &Request, reply: &mut Reply<'_>) -> io::Result<()> {
    match fs::read(folder.join(request.target.trim_start_matches('/'))) {
        Ok(bytes) => reply.whole(200, &[], &bytes),
        Err(_) => reply.whole(404, &[("Content-Type", "text/html")], b"<html>Not found</html>"),
    }
}
