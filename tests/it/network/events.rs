//! News from the hub: heard at once, and nothing that a server sends, or does not send, makes a display spin.

use super::server::{Reply, Server};
use super::{now, settings};
use futures_util::FutureExt;
use jiff::Timestamp;
use parvis::sync::{Chance, Clock, FetchFault, Notices, ServerEvents, Soon};
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;

/// Time that passes when the test says so, and what was waited for.
#[derive(Clone)]
struct Hand {
    time: watch::Sender<Duration>,
    waits: Arc<Mutex<Vec<u64>>>,
}

impl Hand {
    fn new() -> Self {
        Self { time: watch::channel(Duration::ZERO).0, waits: Arc::default() }
    }

    fn pass(&self, secs: u64) {
        self.time.send_modify(|time| *time += Duration::from_secs(secs));
    }

    /// Seconds of every wait, in order.
    fn waits(&self) -> Vec<u64> {
        self.waits.lock().unwrap().clone()
    }

    fn count(&self, secs: u64) -> usize {
        self.waits().iter().filter(|wait| **wait == secs).count()
    }

    fn has_waited(&self, secs: u64) -> bool {
        self.count(secs) > 0
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn elapsed(&self) -> Duration {
        *self.time.borrow()
    }

    fn is_set_by_a_source(&self) -> bool {
        true
    }

    fn sleep(&self, time: Duration) -> Soon<'_, ()> {
        let (end, mut passing) = (self.elapsed().saturating_add(time), self.time.subscribe());
        Box::pin(async move {
            self.waits.lock().unwrap().push(time.as_secs());
            passing.wait_for(|now| *now >= end).await.ok();
        })
    }
}

struct Most;

impl Chance for Most {
    fn fraction(&self) -> f64 {
        1.0
    }
}

fn listening(server: &Server, clock: &Hand) -> ServerEvents {
    ServerEvents::new(&settings(server.url()), Arc::new(clock.clone()), Arc::new(Most)).unwrap()
}

/// A hub that sends what the test gives it, and the display beside it.
fn hub() -> (Server, Sender<&'static str>, Hand, ServerEvents) {
    let (say, said) = channel();
    let said = Mutex::new(said);
    let server = Server::start(move |_, reply| stream(&said.lock().unwrap(), reply));
    let clock = Hand::new();
    let events = listening(&server, &clock);
    (server, say, clock, events)
}

fn stream(said: &Receiver<&'static str>, reply: &mut Reply<'_>) -> io::Result<()> {
    reply.head(200, &[("Content-Type", "text/event-stream; charset=utf-8")])?;
    said.iter().try_for_each(|words| reply.send(words))
}

/// News, or nothing once something is the case.
async fn news_until(events: &mut ServerEvents, is_so: impl Fn() -> bool) -> Option<Result<(), FetchFault>> {
    let mut next = events.next();
    loop {
        if let Some(news) = (&mut next).now_or_never() {
            return Some(news);
        }
        if is_so() {
            return None;
        }
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_connection_is_news_and_so_is_every_event() {
    let (server, say, clock, mut events) = hub();
    now(async {
        events.next().await.unwrap();
        clock.pass(10);
        for words in ["data: 1\n\n", ": beat\n\n: beat\n\nevent: published\ndata: 2\n\n", "data: 3\r\n\r\n"] {
            say.send(words).unwrap();
            events.next().await.unwrap();
            clock.pass(10);
        }
    });
    let request = &server.requests()[0];
    assert_eq!((request.target.as_str(), request.header("accept")), ("/town/events", Some("text/event-stream")));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_call_that_is_dropped_loses_nothing() {
    let (_server, say, clock, mut events) = hub();
    now(async {
        events.next().await.unwrap();
        clock.pass(10);
        for _ in 0..10 {
            assert!(events.next().now_or_never().is_none());
        }
        say.send("data: 1\n").unwrap();
        say.send("\n").unwrap();
        loop {
            if let Some(news) = events.next().now_or_never() {
                break news.unwrap();
            }
            tokio::task::yield_now().await;
        }
    });
}

#[test]
fn many_events_at_once_are_one_piece_of_news() {
    let (_server, say, clock, mut events) = hub();
    now(async {
        events.next().await.unwrap();
        clock.pass(10);
        say.send("data: 1\n\n").unwrap();
        events.next().await.unwrap();
        say.send("data: 2\n\ndata: 3\n\ndata: 4\n\n").unwrap();
        assert_eq!(news_until(&mut events, || clock.has_waited(5)).await, None, "within five seconds");
        clock.pass(5);
        events.next().await.unwrap();
        let waits = clock.waits().len();
        clock.pass(5);
        assert_eq!(news_until(&mut events, || clock.waits().len() > waits).await, None, "told twice");
    });
}

#[test]
fn a_web_server_without_events_is_asked_again_after_an_hour() {
    let answers: [(u16, &[(&str, &str)]); 8] = [
        (404, &[("Content-Type", "text/html")]),
        (403, &[]),
        (405, &[]),
        (406, &[]),
        (204, &[]),
        (302, &[("Location", "/login")]),
        (200, &[("Content-Type", "application/json")]),
        (200, &[]),
    ];
    for (status, headers) in answers {
        let server = Server::start(move |_, reply| reply.whole(status, headers, b""));
        let clock = Hand::new();
        let mut events = listening(&server, &clock);
        now(async {
            for asked in 1..=3 {
                assert_eq!(news_until(&mut events, || clock.count(3600) == asked).await, None, "{status} {headers:?}");
                assert_eq!(server.requests().len(), asked);
                clock.pass(3600);
            }
        });
    }
}

#[test]
fn silence_is_a_broken_line() {
    let (server, say, clock, mut events) = hub();
    now(async {
        events.next().await.unwrap();
        assert_eq!(news_until(&mut events, || clock.has_waited(120)).await, None);
        clock.pass(100);
        say.send(": beat\n\n").unwrap();
        assert_eq!(news_until(&mut events, || clock.count(120) == 2).await, None, "it was not silent");
        clock.pass(119);
        assert_eq!(news_until(&mut events, || clock.has_waited(1)).await, None);
        clock.pass(1);
        assert_eq!(events.next().await, Err(FetchFault::Stalled(120)));
        assert_eq!(news_until(&mut events, || clock.has_waited(5)).await, None, "it is asked again at once");
        assert_eq!(server.requests().len(), 1);
        drop(say);
        server.behave(|_, reply| {
            reply.head(200, &[("Content-Type", "text/event-stream")])?;
            reply.stall()
        });
        clock.pass(5);
        events.next().await.unwrap();
        assert_eq!(server.requests().len(), 2);
    });
}

#[test]
fn a_server_that_hangs_up_is_asked_ever_less() {
    let server = Server::start(|_, reply| reply.head(200, &[("Content-Type", "text/event-stream")]));
    let clock = Hand::new();
    let mut events = listening(&server, &clock);
    now(async {
        for (before, wait) in [5, 10, 20, 40, 80, 160, 320, 640, 900, 900].into_iter().enumerate() {
            events.next().await.unwrap();
            assert!(matches!(events.next().await, Err(FetchFault::Broken(_))));
            let waits = clock.count(wait);
            assert_eq!(news_until(&mut events, || clock.count(wait) > waits).await, None);
            assert_eq!(server.requests().len(), before + 1);
            clock.pass(wait);
        }
    });
}

#[test]
fn what_is_in_the_way_is_named_and_not_asked_again_at_once() {
    let page = [("Content-Type", "text/html")];
    let answers: [(u16, &[(&str, &str)], FetchFault); 3] =
        [(200, &page, FetchFault::WebPage), (500, &page, FetchFault::Status(500)), (503, &[], FetchFault::Status(503))];
    for (status, headers, fault) in answers {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let server = Server::start(move |_, reply| {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            reply.whole(status, &headers, b"<html>")
        });
        let clock = Hand::new();
        let mut events = listening(&server, &clock);
        now(async {
            assert_eq!(events.next().await, Err(fault));
            assert_eq!(news_until(&mut events, || clock.has_waited(5)).await, None);
            assert_eq!(server.requests().len(), 1);
        });
    }
}

#[test]
fn a_flood_of_events_is_cut_off() {
    for piece in ["data: 1\n\n".repeat(1000), "x".repeat(10_000), ": beat\n".repeat(1000)] {
        let server = Server::start(move |_, reply| {
            reply.head(200, &[("Content-Type", "text/event-stream")])?;
            loop {
                reply.send(&piece)?;
            }
        });
        let clock = Hand::new();
        let mut events = listening(&server, &clock);
        now(async {
            events.next().await.unwrap();
            assert!(matches!(events.next().await, Err(FetchFault::Broken(words)) if words.contains("more than")));
        });
        assert_eq!(server.requests().len(), 1);
        assert!(server.sent() < 16 << 20, "it could send {} bytes", server.sent());
    }
}
