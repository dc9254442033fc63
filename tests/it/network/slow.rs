//! The whole of `parvis sync` where the server stops in the middle, or the line brings 8 kbit/s. The limits are those of
//! a display; only the time goes faster (libfaketime), so that nobody waits for half a minute.

use super::display::{Case, Files, expected, give};
use super::server::{Reply, Request};
use crate::faked_time::by_clock;
use crate::town::Note;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::TcpStream;
use std::process::Command;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

/// How many times faster the time of a display goes than the server's: 30 seconds without progress are 5, long enough
/// for a busy machine.
const HURRY: u32 = 6;
/// What a line of 8 kbit/s brings in a second, in bytes.
const SLOW_BYTES: u32 = 1000;
/// Longer than any limit on waiting, in seconds: 20 for a connection and 30 without progress.
const LONG_SECS: usize = 80;

/// A program whose time goes faster.
fn hurried(command: Command, times: u32) -> Command {
    by_clock(command, &format!("+0 x{times}"))
}

/// Bytes of each file that went out, heads not counted.
#[derive(Clone, Default)]
struct Served(Arc<Mutex<BTreeMap<String, usize>>>);

impl Served {
    fn add(&self, request: &Request, bytes: usize) {
        *self.0.lock().unwrap().entry(path(request).to_owned()).or_default() += bytes;
    }

    /// Of each object that went out, no byte went out twice and none is lacking.
    fn is_each_whole(&self, files: &Files) {
        let mut served = self.0.lock().unwrap().clone();
        served.retain(|path, _| path.starts_with("objects/"));
        let lengths: BTreeMap<_, _> = served.keys().map(|path| (path.clone(), files[path].len())).collect();
        assert_eq!(served, lengths);
    }

    /// All bytes of them.
    fn bytes(&self) -> usize {
        self.0.lock().unwrap().values().sum()
    }
}

fn path(request: &Request) -> &str {
    request.target.trim_start_matches('/')
}

/// The first byte that is asked for.
fn from(request: &Request) -> usize {
    let range = request.header("range").and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-'));
    range.map_or(0, |from| from.parse().unwrap())
}

/// Gives files out and notes what went out; of the picture no more than `piece` bytes at once, and then it stops.
fn stops_in_the_picture(
    files: Files,
    served: Served,
    piece: usize,
) -> impl Fn(&Request, &mut Reply<'_>) -> io::Result<()> {
    move |request, reply| {
        let Some(bytes) = files.get(path(request)) else { return give(&files, request, reply) };
        let (from, all) = (from(request), bytes.len());
        let stops = request.target.starts_with("/objects/") && all > 100_000 && all - from > piece;
        let end = if stops { from + piece } else { all };
        let (length, range) = ((all - from).to_string(), format!("bytes {from}-{}/{all}", all - 1));
        let status = if from == 0 { 200 } else { 206 };
        reply.head(status, &[("Content-Length", &length), ("Content-Range", &range)])?;
        reply.send(&bytes[from..end])?;
        served.add(request, end - from);
        if stops { reply.stall() } else { Ok(()) }
    }
}

#[test]
fn a_server_that_stops_at_any_point_is_named_and_asked_again() {
    let silent = Case::new();
    silent.server.behave(|_, reply| reply.stall());
    silent.meets_as(hurried(silent.sync(), HURRY), "nothing came for 30 seconds", || silent.serve_well());

    let halfway = Case::new();
    let files = halfway.town.files.clone();
    halfway.server.behave(move |request, reply| {
        let Some(bytes) = files.get(path(request)).filter(|_| path(request) == "metadata/timestamp.json") else {
            return give(&files, request, reply);
        };
        reply.head(200, &[("Content-Length", &bytes.len().to_string())])?;
        reply.send(&bytes[..bytes.len() / 2])?;
        reply.stall()
    });
    halfway.meets_as(hurried(halfway.sync(), HURRY), "timestamp.json nothing came for 30 seconds", || {
        halfway.serve_well();
    });
}

#[test]
fn what_came_before_a_server_stopped_is_not_fetched_again() {
    let (case, served) = (Case::new(), Served::default());
    // Too little to go on at once: the turn is refused, and the next goes on from there.
    case.server.behave(stops_in_the_picture(case.town.files.clone(), served.clone(), 3_000));
    case.meets_as(hurried(case.sync(), HURRY), "nothing came for 30 seconds", || {
        case.server.behave(stops_in_the_picture(case.town.files.clone(), served.clone(), usize::MAX));
    });
    served.is_each_whole(&case.town.files);
    assert!(served.bytes() > 150_000, "{}", served.bytes());
}

#[test]
fn a_server_that_keeps_stopping_brings_all_in_one_turn() {
    let (case, served) = (Case::new(), Served::default());
    case.server.behave(stops_in_the_picture(case.town.files.clone(), served.clone(), 60_000));
    let output = hurried(case.sync(), HURRY).arg("--once").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(case.titles(), expected("second"));
    served.is_each_whole(&case.town.files);
}

#[test]
fn a_server_that_says_nothing_for_ever_ends_a_single_try_with_its_name() {
    let case = Case::new();
    case.server.behave(|_, reply| reply.stall());
    let before = case.server.requests().len();
    let output = hurried(case.sync(), HURRY).arg("--once").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let last = said.lines().last().unwrap_or_default();
    assert!(last.contains("nothing came for 30 seconds") && last.contains(&case.server.address.to_string()), "{said}");
    assert_eq!((case.titles(), case.trouble()), (expected("first"), vec!["network".to_owned()]));
    assert_eq!(case.server.requests().len() - before, 4, "{said}");
    case.serve_well();
    let output = case.sync().arg("--once").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!((case.titles(), case.trouble()), (expected("second"), vec![]));
}

/// A part of an answer on its way, and whom to tell when it is through.
struct Piece {
    stream: TcpStream,
    bytes: Vec<u8>,
    through: mpsc::Sender<()>,
}

/// One line for all answers: the pieces of one that waits go between those of another.
#[derive(Clone)]
struct SlowLine(mpsc::Sender<Piece>);

impl SlowLine {
    const PIECE_BYTES: u32 = 128;

    fn new() -> Self {
        let (send, pieces) = mpsc::channel::<Piece>();
        thread::spawn(move || {
            let (_open, nothing) = mpsc::channel::<()>();
            for Piece { mut stream, bytes, through } in pieces {
                let took = Duration::from_secs(1) * u32::try_from(bytes.len()).unwrap() / SLOW_BYTES / HURRY;
                nothing.recv_timeout(took).ok();
                if stream.write_all(&bytes).is_ok() {
                    through.send(()).ok();
                }
            }
        });
        Self(send)
    }

    fn send(&self, reply: &Reply<'_>, bytes: &[u8]) -> io::Result<()> {
        for bytes in bytes.chunks(Self::PIECE_BYTES as usize) {
            let (through, is_through) = mpsc::channel();
            let stream = reply.stream.try_clone()?;
            self.0.send(Piece { stream, bytes: bytes.to_owned(), through }).map_err(io::Error::other)?;
            is_through.recv().map_err(io::Error::other)?;
        }
        Ok(())
    }
}

#[test]
fn a_line_of_8_kbit_a_second_brings_all_in_one_turn() {
    let (mut case, served, line) = (Case::new(), Served::default(), SlowLine::new());
    // As many pictures as are fetched at once, so that each has a sixth of the line.
    let picture = |number: u8| Some(vec![number; 18_000]);
    let note = |number: u8| Note {
        picture: picture(number),
        ..Note::new(format!("test-{number}"), format!("second {number}"))
    };
    case.town.publish(&(0..5).map(note).collect::<Vec<_>>(), Timestamp::now());
    let (files, counted) = (case.town.files.clone(), served.clone());
    case.server.behave(move |request, reply| {
        let Some(bytes) = files.get(path(request)) else { return reply.whole(404, &[], b"") };
        let range = format!("bytes {}-{}/{}", from(request), bytes.len() - 1, bytes.len());
        let rest = &bytes[from(request)..];
        let status = if rest.len() == bytes.len() { 200 } else { 206 };
        reply.head(status, &[("Content-Length", &rest.len().to_string()), ("Content-Range", &range)])?;
        counted.add(request, rest.len());
        line.send(reply, rest)?;
        reply.stays_open = true;
        Ok(())
    });
    let output = hurried(case.sync(), HURRY).arg("--once").output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!((case.titles(), case.trouble()), (expected("second"), vec![]));
    served.is_each_whole(&case.town.files);
    assert!(served.bytes() > LONG_SECS * SLOW_BYTES as usize, "{} bytes are no long wait", served.bytes());
}
