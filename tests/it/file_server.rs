//! A web server that gives out a folder: plain HTTP/1.1, whole files and ranges.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Called with the number of each request, from 0, when its answer has gone out.
pub type Answered = Box<dyn FnMut(usize) + Send>;

pub struct FileServer {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    folder: PathBuf,
    requests: usize,
    answered: Answered,
}

impl FileServer {
    #[expect(clippy::disallowed_methods, reason = "the player is not here; this is the town's web server")]
    pub fn start(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = State { folder: folder.to_owned(), requests: 0, answered: Box::new(|_| {}) };
        let state = Arc::new(Mutex::new(state));
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = shared.clone();
                std::thread::spawn(move || serve(&stream, &shared));
            }
        });
        Self { address, state }
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// From now on another folder is given out, requests are counted from 0, and `answered` is called for each.
    pub fn give(&self, folder: &Path, answered: impl FnMut(usize) + Send + 'static) {
        let mut state = self.state.lock().unwrap();
        (state.folder, state.requests, state.answered) = (folder.to_owned(), 0, Box::new(answered));
    }

    pub fn requests(&self) -> usize {
        self.state.lock().unwrap().requests
    }
}

fn serve(stream: &TcpStream, shared: &Mutex<State>) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while let Some(request) = lines.next() {
        let path = request.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
        let headers: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        let from = headers.iter().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let range = value.trim().strip_prefix("bytes=").filter(|_| name.eq_ignore_ascii_case("range"))?;
            range.trim_end_matches('-').parse::<usize>().ok()
        });
        let mut state = shared.lock().unwrap();
        let answer = answer(&state.folder.join(path), from);
        let sent = (&mut (&*stream)).write_all(&answer);
        let number = state.requests;
        state.requests += 1;
        (state.answered)(number);
        if sent.is_err() {
            return;
        }
    }
}

fn answer(path: &Path, from: Option<usize>) -> Vec<u8> {
    let Ok(bytes) = std::fs::read(path) else {
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec();
    };
    let (status, from, range) = match from.filter(|from| *from < bytes.len()) {
        Some(from) => {
            let range = format!("Content-Range: bytes {from}-{}/{}\r\n", bytes.len() - 1, bytes.len());
            ("206 Partial Content", from, range)
        }
        None => ("200 OK", 0, String::new()),
    };
    let body = &bytes[from..];
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/octet-stream\r\n{range}Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}
