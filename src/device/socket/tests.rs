use super::*;
use crate::protocol::Told;
use crate::publication::{Digest, Version};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Far longer than anything here takes: only a failure waits for it.
const PATIENCE: Duration = Duration::from_secs(20);
const RETRY: Duration = Duration::from_millis(5);
/// More lines than any socket holds.
const MANY: u64 = 40_000;

struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("parvis-socket-{}-{name}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn socket(&self) -> PathBuf {
        self.0.join(SOCKET)
    }

    fn server(&self) -> (Server, Receiver<Told>) {
        let (say, heard) = channel();
        (Server::start(&self.socket(), move |told| say.send(told).unwrap_or(())).unwrap(), heard)
    }

    fn client(&self) -> (Client, Receiver<Told>) {
        let (say, heard) = channel();
        let said = move |told| say.send(told).unwrap_or(());
        (Client::start_retrying(&self.socket(), RETRY, said).unwrap(), heard)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn current(snapshot: u64) -> Told {
    Told::Current(Version { root: 1, snapshot })
}

fn alerts(snapshot: u64) -> Told {
    Told::Alerts(Version { root: 1, snapshot })
}

fn damaged(bytes: &[u8]) -> Told {
    Told::Damaged(Digest::of(bytes))
}

#[test]
fn both_sides_hear_each_other_and_who_comes_late_hears_what_counts() {
    let scratch = Scratch::new("both");
    let (server, told_server) = scratch.server();
    server.tell(current(6));
    server.tell(alerts(7));
    server.tell(current(8));
    server.tell(alerts(9));
    let (client, told_player) = scratch.client();
    assert_eq!(told_player.recv_timeout(PATIENCE), Ok(current(8)));
    assert_eq!(told_player.recv_timeout(PATIENCE), Ok(alerts(9)));
    server.tell(current(10));
    assert_eq!(told_player.recv_timeout(PATIENCE), Ok(current(10)));
    client.tell(damaged(b"a"));
    assert_eq!(told_server.recv_timeout(PATIENCE), Ok(damaged(b"a")));
    let mode = fs::metadata(scratch.socket()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o660);
}

#[test]
fn a_player_finds_the_daemon_again_and_says_then_what_it_could_not() {
    let scratch = Scratch::new("again");
    let (client, told_player) = scratch.client();
    client.tell(damaged(b"a"));
    client.tell(damaged(b"a"));
    client.tell(damaged(b"b"));
    for version in [1, 2, 3] {
        let (server, told_server) = scratch.server();
        server.tell(current(version));
        assert_eq!(told_player.recv_timeout(PATIENCE), Ok(current(version)));
        if version == 1 {
            assert_eq!(told_server.recv_timeout(PATIENCE), Ok(damaged(b"a")));
            assert_eq!(told_server.recv_timeout(PATIENCE), Ok(damaged(b"b")));
        }
        assert!(told_server.try_recv().is_err(), "nothing is said twice");
    }
}

#[test]
fn a_socket_left_behind_is_replaced_and_one_in_use_is_not() {
    let scratch = Scratch::new("stale");
    drop(UnixListener::bind(scratch.socket()).unwrap());
    assert!(scratch.socket().exists());
    let (server, _) = scratch.server();
    let second = Server::start(&scratch.socket(), |_| ()).map(|_| ()).unwrap_err();
    assert_eq!(second.kind(), std::io::ErrorKind::AddrInUse);
    drop(server);
    assert!(!scratch.socket().exists());
    fs::write(scratch.socket(), "no socket").unwrap();
    drop(scratch.server());
    fs::create_dir(scratch.socket()).unwrap();
    drop(scratch.server());
}

#[test]
fn a_line_without_end_costs_the_connection_and_nothing_else() {
    let scratch = Scratch::new("endless");
    let (server, heard) = scratch.server();
    let mut endless = UnixStream::connect(scratch.socket()).unwrap();
    // The server hangs up before all of it has gone.
    endless.write_all(&[b'a'; 1 << 20]).ok();
    let mut rest = Vec::new();
    assert!(endless.read_to_end(&mut rest).is_err() || rest.is_empty());
    let mut other = UnixStream::connect(scratch.socket()).unwrap();
    other.write_all(format!("dance 3\n\ncurrent\n{}\n", damaged(b"c")).as_bytes()).unwrap();
    assert_eq!(heard.recv_timeout(PATIENCE), Ok(damaged(b"c")));
    server.tell(current(5));
    let mut line = String::new();
    BufReader::new(other).read_line(&mut line).unwrap();
    assert_eq!(line, "current 1.5\n");
}

#[test]
fn a_player_that_does_not_read_is_let_go_and_the_others_still_hear() {
    let scratch = Scratch::new("deaf");
    let (server, _) = scratch.server();
    server.tell(current(0));
    let mut deaf = UnixStream::connect(scratch.socket()).unwrap();
    let (_client, told_player) = scratch.client();
    assert_eq!(told_player.recv_timeout(PATIENCE), Ok(current(0)));
    for version in 1..=MANY {
        server.tell(current(version));
    }
    assert!((1..=MANY).find(|_| told_player.recv_timeout(PATIENCE) == Ok(current(MANY))).is_some());
    let mut read = String::new();
    deaf.read_to_string(&mut read).ok();
    assert!(!read.ends_with(&format!("current 1.{MANY}\n")), "it was let go before");
}

#[test]
fn too_many_players_cost_the_oldest() {
    let scratch = Scratch::new("many");
    let (server, _) = scratch.server();
    server.tell(current(1));
    let mut players = Vec::new();
    for _ in 0..20 {
        let player = UnixStream::connect(scratch.socket()).unwrap();
        let mut line = [0; 12];
        (&player).read_exact(&mut line).unwrap();
        players.push(player);
    }
    let mut rest = Vec::new();
    assert_eq!(players[0].read_to_end(&mut rest).unwrap(), 0, "its connection has ended");
    server.tell(current(2));
    let mut line = [0; 12];
    players[19].read_exact(&mut line).unwrap();
    assert_eq!(&line, b"current 1.2\n");
}
