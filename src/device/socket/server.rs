//! The end that `parvis sync` holds.

use super::lines;
use crate::protocol::Told;
use std::fs::{self, Permissions};
use std::io;
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

/// More players than a display has; the ones that have been there longest are let go for new ones.
const PLAYERS_MAX: usize = 8;

/// Listens for players until it is dropped.
pub struct Server {
    path: PathBuf,
    players: Arc<Mutex<Players>>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Players {
    streams: Vec<Arc<UnixStream>>,
    /// What a player that comes later has to know.
    current: Option<Told>,
    alerts: Option<Told>,
    /// The code, or the name that has come of it.
    known_as: Option<Told>,
    ends: bool,
}

impl Server {
    /// Listens at `path`, in place of a socket that a program left behind. `heard` is called, on threads of its own, with
    /// each line that a player sends. Those who may use the socket are its owner and its group.
    ///
    /// # Errors
    /// `AddrInUse` when another program answers there; those of the disk.
    pub fn start(path: &Path, heard: impl Fn(Told) + Send + Sync + 'static) -> io::Result<Self> {
        if UnixStream::connect(path).is_ok() {
            return Err(io::Error::new(io::ErrorKind::AddrInUse, "another parvis sync is at work here"));
        }
        let new = path.with_extension("new");
        fs::remove_file(&new)
            .or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
        let listener = UnixListener::bind(&new)?;
        fs::set_permissions(&new, Permissions::from_mode(0o660))?;
        if path.is_dir() {
            fs::remove_dir_all(path)?;
        }
        fs::rename(&new, path)?;
        let players = Arc::new(Mutex::new(Players::default()));
        let accepting = std::thread::Builder::new().name("players".to_owned()).spawn({
            let (players, heard) = (players.clone(), Arc::new(heard));
            move || accept(&listener, &players, &heard)
        })?;
        Ok(Self { path: path.to_owned(), players, accepting: Some(accepting) })
    }

    /// Tells every player, and those that come later what they have to know. Whether there was one.
    pub fn tell(&self, told: Told) -> bool {
        let mut players = lock(&self.players);
        players.streams.retain(|stream| lines::write(stream, &told).is_ok() || part(stream));
        match told {
            Told::Current(_) => (players.current, players.alerts) = (Some(told), None),
            Told::Alerts(_) => players.alerts = Some(told),
            Told::Pairing(_) | Told::Placed(_) => players.known_as = Some(told),
            Told::Damaged(_) | Told::Asked(_) | Told::On(_) | Told::Pictured(_) => {}
        }
        !players.streams.is_empty()
    }

    /// Whether a player is there.
    pub fn has_players(&self) -> bool {
        !lock(&self.players).streams.is_empty()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        {
            let mut players = lock(&self.players);
            players.ends = true;
            players.streams.retain(|stream| part(stream));
        }
        // Accepting cannot be interrupted, but somebody can come.
        let came = UnixStream::connect(&self.path).is_ok();
        fs::remove_file(&self.path).ok();
        if let Some(thread) = self.accepting.take()
            && came
        {
            thread.join().ok();
        }
    }
}

fn accept<F: Fn(Told) + Send + Sync + 'static>(listener: &UnixListener, players: &Arc<Mutex<Players>>, heard: &Arc<F>) {
    for stream in listener.incoming() {
        if lock(players).ends {
            return;
        }
        let Ok(stream) = stream else {
            // Too many open files, most often: at once it would be the same again.
            std::thread::park_timeout(std::time::Duration::from_secs(1));
            continue;
        };
        let stream = Arc::new(stream);
        let Ok(reading) = stream.try_clone() else { continue };
        {
            let mut players = lock(players);
            let known = [&players.current, &players.alerts, &players.known_as];
            if known.into_iter().flatten().any(|told| lines::write(&stream, told).is_err()) {
                continue;
            }
            if players.streams.len() >= PLAYERS_MAX {
                part(&players.streams.remove(0));
            }
            players.streams.push(stream.clone());
        }
        let (players, heard) = (players.clone(), heard.clone());
        let read = move || {
            lines::read(reading, |told| heard(told));
            part(&stream);
            lock(&players).streams.retain(|other| !Arc::ptr_eq(other, &stream));
        };
        std::thread::Builder::new().name("player".to_owned()).spawn(read).ok();
    }
}

/// Ends a connection on both sides; it is not kept.
fn part(stream: &UnixStream) -> bool {
    stream.shutdown(Shutdown::Both).ok();
    false
}

fn lock(players: &Mutex<Players>) -> MutexGuard<'_, Players> {
    players.lock().unwrap_or_else(PoisonError::into_inner)
}
