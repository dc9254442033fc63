//! Displays that hold a connection for news each, and tell how they are every minute.

use super::house::Outcome;
use parvis::protocol::{REPORT_SECS, Report, Request, Signed};
use parvis::publication::SigningKey;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A display that the hub has let in.
pub struct Identity {
    pub number: i64,
    pub key: SigningKey,
}

#[derive(Default)]
struct Reported {
    took: Vec<Duration>,
    failed: usize,
}

pub struct Displays {
    _runtime: tokio::runtime::Runtime,
    news: Receiver<SystemTime>,
    reported: Arc<Mutex<Reported>>,
    count: usize,
}

impl Displays {
    /// Connects all of them; back when each has heard the present version.
    pub fn connect(hub: &str, identities: Vec<Identity>) -> Outcome<Self> {
        let own = std::process::id().to_string();
        let raised = Command::new("prlimit").args(["--pid", &own, "--nofile=65536:"]).status()?;
        if !raised.success() {
            println!("this program may hold few connections: prlimit failed");
        }
        let address: SocketAddr = hub.parse()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let (tell, news) = channel();
        let reported = Arc::new(Mutex::new(Reported::default()));
        let count = identities.len();
        let spread = Duration::from_secs(REPORT_SECS).as_secs_f64() / count as f64;
        for (place, identity) in identities.into_iter().enumerate() {
            runtime.spawn(listen(address, tell.clone()));
            let first = Duration::from_secs_f64(spread * place as f64);
            runtime.spawn(report(address, identity, first, reported.clone()));
        }
        let displays = Self { _runtime: runtime, news, reported, count };
        displays.heard(Duration::from_secs(60))?;
        Ok(displays)
    }

    /// When each of them heard of news.
    pub fn heard(&self, patience: Duration) -> Outcome<Vec<SystemTime>> {
        let until = Instant::now() + patience;
        let heard = (0..self.count).map(|_| self.news.recv_timeout(until.saturating_duration_since(Instant::now())));
        heard.collect::<Result<_, _>>().map_err(|_| "not every display heard of it".into())
    }

    /// How many reports were answered, and how many were not.
    pub fn reports(&self) -> (usize, usize) {
        let reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        (reported.took.len(), reported.failed)
    }

    pub fn report_times(&self) -> Vec<Duration> {
        self.reported.lock().unwrap_or_else(PoisonError::into_inner).took.clone()
    }
}

async fn listen(hub: SocketAddr, tell: Sender<SystemTime>) {
    let Ok(mut stream) = TcpStream::connect(hub).await else { return };
    let asked = format!("GET /events HTTP/1.1\r\nHost: {hub}\r\n\r\n");
    if stream.write_all(asked.as_bytes()).await.is_err() {
        return;
    }
    let mut piece = [0; 1024];
    while let Ok(read @ 1..) = stream.read(&mut piece).await {
        if piece[..read].windows(6).any(|word| word == b"\ndata:") && tell.send(SystemTime::now()).is_err() {
            return;
        }
    }
}

async fn report(hub: SocketAddr, identity: Identity, first: Duration, reported: Arc<Mutex<Reported>>) {
    let body = serde_json::to_vec(&Report { group: "default".to_owned(), ..Report::default() }).unwrap_or_default();
    let mut every = tokio::time::interval_at(tokio::time::Instant::now() + first, Duration::from_secs(REPORT_SECS));
    let mut number = 0_u64;
    loop {
        every.tick().await;
        number += 1;
        let began = Instant::now();
        let is_answered =
            post(hub, &identity, number, &body).await.is_ok_and(|answer| answer.starts_with(b"HTTP/1.1 200"));
        let mut reported = reported.lock().unwrap_or_else(PoisonError::into_inner);
        if is_answered {
            reported.took.push(began.elapsed());
        } else {
            reported.failed += 1;
        }
    }
}

/// On a connection of its own, as a display does that has not reported for a minute.
async fn post(hub: SocketAddr, identity: &Identity, number: u64, body: &[u8]) -> std::io::Result<Vec<u8>> {
    let path = "/displays/report";
    let nonce = format!("{:08x}{number:08x}", identity.number);
    let signed = Signed { display: identity.number, created: chrono::Utc::now().timestamp(), nonce };
    let headers = signed.headers(Request { method: "POST", path, body }, &identity.key);
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {hub}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(hub).await?;
    stream.write_all(&[head.as_bytes(), body].concat()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}
